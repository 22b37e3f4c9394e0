//! A citizen card as screens get it: fields to correct, and what is odd about them.

use citizen_contract::card_qr::{self, Card, CardWarning, NotACard};
use citizen_contract::citizen_id::Sex;
use serde::Serialize;
use ts_rs::TS;

use crate::photos::{PhotoError, qr_texts};
use crate::store::StoreError;

/// What a card's code says, for the person to correct. Nothing of it is kept here.
#[derive(Clone, Serialize, TS)]
#[ts(export, export_to = "views/")]
pub struct CardView {
    /// Twelve digits.
    pub citizen_id: Option<String>,
    /// As on the card.
    pub full_name: Option<String>,
    /// `YYYY-MM-DD`.
    pub birth_date: Option<String>,
    /// As on the card.
    pub sex: Option<Sex>,
    /// What is missing or odd.
    pub warnings: Vec<CardWarning>,
}

impl std::fmt::Debug for CardView {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        // A card's words must not reach a log by accident.
        f.write_str("CardView { .. }")
    }
}

/// Why no card was read.
#[derive(Debug, thiserror::Error)]
pub enum CardError {
    /// The picture has no QR code that can be read.
    #[error("there is no readable code in the picture")]
    NoCode,
    /// There is a code, and it is no citizen card's.
    #[error("this is not the code of a citizen card")]
    NotACard,
    /// The bytes are no picture.
    #[error(transparent)]
    Picture(#[from] PhotoError),
    /// The work was broken off.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl CardError {
    /// The short code that screens act on.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self {
            Self::NoCode => "card-no-code",
            // A picture on which the search itself breaks down is as unreadable as any.
            Self::NotACard | Self::Store(StoreError::Stopped) => "card-unreadable",
            Self::Picture(error) => error.code(),
            Self::Store(error) => error.code(),
        }
    }
}

/// Reads the card in a picture. Takes a second: call it off the async threads.
///
/// # Errors
/// [`CardError`].
pub fn in_picture(bytes: &[u8]) -> Result<Card, CardError> {
    let texts = qr_texts(bytes)?;
    if texts.is_empty() {
        return Err(CardError::NoCode);
    }
    texts.iter().find_map(|text| Card::parse(text).ok()).ok_or(CardError::NotACard)
}

/// Reads the text that a scanner gave.
///
/// # Errors
/// [`CardError::NotACard`].
pub fn in_text(text: &str) -> Result<Card, CardError> {
    Card::parse(text).map_err(|NotACard| CardError::NotACard)
}

/// The view of a card in a year.
#[must_use]
pub fn view(card: &Card, province_codes: &[String], year_now: u16) -> CardView {
    let number = card.citizen_id.as_ref();
    let oddities = number.map(|it| card_qr::oddities(it, province_codes, year_now)).unwrap_or_default();
    CardView {
        citizen_id: number.map(|it| it.reveal().to_owned()),
        full_name: card.full_name.clone(),
        birth_date: card.birth_date.map(|it| it.to_string()),
        sex: card.sex,
        warnings: card.warnings.iter().copied().chain(oddities).collect(),
    }
}

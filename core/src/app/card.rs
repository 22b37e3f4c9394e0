//! Reading a citizen card. Nothing of it is kept here, and nothing leaves the device.

use citizen_contract::card_qr::Card;
use zeroize::Zeroizing;

use super::{App, AppError};
use crate::identity::card::{CardView, in_picture, in_text, view};
use crate::store::off_thread;

impl App {
    /// Reads the card whose code is in a picture. The picture is wiped afterwards.
    ///
    /// # Errors
    /// [`AppError`], such as `card-no-code` or `card-unreadable`.
    pub async fn scan_card(&self, picture: Vec<u8>) -> Result<CardView, AppError> {
        let picture = Zeroizing::new(picture);
        let card = off_thread(move || in_picture(&picture)).await?;
        Ok(self.card_view(&card))
    }

    /// Reads the card whose code a scanner has read already.
    ///
    /// # Errors
    /// [`AppError`], `card-unreadable` if it is the code of something else.
    pub fn read_card(&self, text: &str) -> Result<CardView, AppError> {
        let card = in_text(text)?;
        Ok(self.card_view(&card))
    }

    fn card_view(&self, card: &Card) -> CardView {
        let locality = self.locality();
        let profile = locality.profile();
        let year = profile.calendar.day_of(self.now()).year_month_day().0;
        view(card, &profile.id_provinces, u16::try_from(year).unwrap_or(u16::MAX))
    }
}

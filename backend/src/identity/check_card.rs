//! `POST /v1/card-checks`: an official or a community team member has a person's card in hand and says
//! what stands on it.
//!
//! The answer never shows what is stored: only whether number and name are those of an account. So that
//! nobody can try out numbers or names, looks are counted by official, and misses more strictly.

use std::sync::Arc;

use citizen_contract::audit::AuditAct;
use citizen_contract::checks::{CardChecked, CardOutcome, Check, CheckCard, CheckWay, MAX_PLACE, same_name};
use citizen_contract::citizen_id::CitizenId;
use citizen_contract::ids::{AccountId, IdentityCheckId, UnitId};
use citizen_contract::registration::MAX_NAME_BYTES;
use citizen_contract::sync::Nudge;

use super::account::{AccountRow, by_number, sealed_as};
use super::card_limits::{self, Admission};
use super::checks::NewCheck;
use super::my_data;
use super::{Identity, NumberKeys};
use crate::audit::{self, Entry, Subject};
use crate::auth::Reader;
use crate::clock::random_bytes;
use crate::db::{DbError, Tx, WriteError};
use crate::feeds;

/// Nothing was looked up.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum CheckCardError {
    /// Says which field.
    #[error("the field {0} is not acceptable")]
    Invalid(&'static str),
    /// Nobody checks themselves, nor for a unit that is not theirs.
    #[error("this official may not check this card")]
    Forbidden,
    /// Too many looks, or too many misses.
    #[error("too many cards within an hour")]
    TooOften {
        /// When to try again.
        retry_after_s: u32,
    },
    /// The database.
    #[error(transparent)]
    Db(#[from] DbError),
}

/// Looks the card up and, if number and name fit an account, keeps that it was checked.
///
/// # Errors
/// [`CheckCardError`]; no account was changed then.
pub async fn check_card(
    identity: &Identity,
    official: &Reader,
    input: &CheckCard,
) -> Result<CardChecked, CheckCardError> {
    let backend = &identity.backend;
    let number = CitizenId::parse(&input.citizen_id).map_err(|_| CheckCardError::Invalid("/citizen_id"))?;
    let name = input.full_name.clone();
    if name.trim().is_empty() || name.len() > MAX_NAME_BYTES {
        return Err(CheckCardError::Invalid("/full_name"));
    }
    let now = backend.clock.now();
    let look = Look {
        keys: Arc::clone(&identity.numbers),
        number_hash: identity.numbers.lookup_hash(&number),
        name,
        phone_digits: phone_digits(input)?,
        official: official.clone(),
        new: NewCheck {
            id: IdentityCheckId::from_parts(now, random_bytes(backend.random.as_ref())),
            check: Check { way: CheckWay::Card, at: now, unit_id: Some(unit(official, input)?) },
            place: place(input)?,
            by: Some(official.account),
        },
    };
    let kept = backend.db.write(move |tx| look.carry_out(tx)).await.map_err(WriteError::flatten)?;
    let (told, nudges) = kept?;
    backend.nudges.tell(nudges);
    Ok(told)
}

struct Look {
    keys: Arc<NumberKeys>,
    number_hash: [u8; 32],
    name: String,
    phone_digits: Option<String>,
    official: Reader,
    new: NewCheck,
}

/// What a transaction comes to that is kept: a refusal's count is kept too.
type Kept = Result<(CardChecked, Vec<Nudge>), CheckCardError>;

impl Look {
    fn carry_out(&self, tx: &mut Tx<'_>) -> Result<Kept, CheckCardError> {
        let official = self.official.account.to_string();
        match card_limits::admit(tx, &official, self.new.check.at)? {
            Admission::Yes => {}
            Admission::TooOften { retry_after_s } => {
                return Ok(Err(CheckCardError::TooOften { retry_after_s }));
            }
        }
        let Some(account) = by_number(tx, &self.number_hash)? else {
            self.record(tx, None, "no_account")?;
            return self.missed(tx, &official, CardOutcome::NoAccount);
        };
        if account.view.id == self.official.account {
            return Ok(Err(CheckCardError::Forbidden));
        }
        if !same_name(&account.view.display_name, &self.name) {
            self.record(tx, Some(account.view.id), "name_differs")?;
            return self.missed(tx, &official, CardOutcome::NameDiffers);
        }
        if !fits_phone(&self.keys, &account, self.phone_digits.as_deref()) {
            self.record(tx, Some(account.view.id), "phone_differs")?;
            return self.missed(tx, &official, CardOutcome::PhoneDiffers);
        }
        let id = account.view.id.to_string();
        if !self.new.insert(tx, &id)? {
            let told = CardChecked { outcome: CardOutcome::AlreadyChecked, check: account.view.check };
            self.record(tx, Some(account.view.id), "already_checked")?;
            return Ok(Ok((told, Vec::new())));
        }
        let change = my_data::document::bump(tx, &id)?;
        self.record(tx, Some(account.view.id), "confirmed")?;
        let told = CardChecked { outcome: CardOutcome::Confirmed, check: Some(self.new.check.clone()) };
        Ok(Ok((told, feeds::bump(tx, &[change])?)))
    }

    fn record(&self, tx: &mut Tx<'_>, whose: Option<AccountId>, outcome: &str) -> Result<(), DbError> {
        let entry = Entry {
            at: self.new.check.at,
            actor: Some(self.official.account),
            act: AuditAct::CardChecked,
            subject: whose.map(Subject::account),
            unit: self.new.check.unit_id.clone(),
            detail: vec![outcome.to_owned()],
        };
        audit::record(tx, &entry)
    }

    fn missed(&self, tx: &mut Tx<'_>, official: &str, outcome: CardOutcome) -> Result<Kept, CheckCardError> {
        card_limits::missed(tx, official)?;
        Ok(Ok((CardChecked { outcome, check: None }, Vec::new())))
    }
}

/// Three digits, if any.
pub(super) fn phone_digits(input: &CheckCard) -> Result<Option<String>, CheckCardError> {
    let typed = input.phone_digits.as_deref().map(str::trim).filter(|typed| !typed.is_empty());
    let sound = typed.is_none_or(|it| it.len() == 3 && it.bytes().all(|byte| byte.is_ascii_digit()));
    if sound { Ok(typed.map(str::to_owned)) } else { Err(CheckCardError::Invalid("/phone_digits")) }
}

/// Whether these are the last digits of the account's phone; an account that an operator made has none.
pub(super) fn fits_phone(keys: &NumberKeys, account: &AccountRow, digits: Option<&str>) -> bool {
    let Some(sealed) = &account.phone_sealed else { return true };
    let phone = keys.unseal_text(sealed, &sealed_as(account.view.id, "phone"));
    phone.zip(digits).is_some_and(|(phone, digits)| phone.ends_with(digits))
}

/// The unit for which the official looks: the one that is named, or the only one that they have.
pub(super) fn unit(official: &Reader, input: &CheckCard) -> Result<UnitId, CheckCardError> {
    let mut units: Vec<&UnitId> = official.roles.iter().map(|role| &role.unit_id).collect();
    units.sort_unstable();
    units.dedup();
    match (&input.unit_id, units.as_slice()) {
        (Some(named), units) if units.contains(&named) => Ok(named.clone()),
        (Some(_), _) | (None, []) => Err(CheckCardError::Forbidden),
        (None, [only]) => Ok((*only).clone()),
        (None, _) => Err(CheckCardError::Invalid("/unit_id")),
    }
}

fn place(input: &CheckCard) -> Result<String, CheckCardError> {
    let place = input.place.as_deref().unwrap_or_default().trim();
    let odd = place.chars().count() > MAX_PLACE || place.chars().any(char::is_control);
    if odd { Err(CheckCardError::Invalid("/place")) } else { Ok(place.to_owned()) }
}

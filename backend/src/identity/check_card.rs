//! `POST /v1/card-checks`: an official or a community team member has a person's card in hand and says
//! what stands on it.
//!
//! The answer never shows what is stored: only whether number and name are those of an account. So that
//! nobody can try out numbers or names, looks are counted by official, and misses more strictly.

use citizen_contract::checks::{CardChecked, CardOutcome, Check, CheckCard, CheckWay, MAX_PLACE, same_name};
use citizen_contract::citizen_id::CitizenId;
use citizen_contract::ids::{IdentityCheckId, UnitId};
use citizen_contract::registration::MAX_NAME_BYTES;

use super::Identity;
use super::account::by_number;
use super::card_limits::{self, Admission};
use super::checks::NewCheck;
use crate::auth::Reader;
use crate::clock::random_bytes;
use crate::db::{DbError, Tx, WriteError};

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
        number_hash: identity.numbers.lookup_hash(&number),
        name,
        official: official.clone(),
        new: NewCheck {
            id: IdentityCheckId::from_parts(now, random_bytes(backend.random.as_ref())),
            check: Check { way: CheckWay::Card, at: now, unit_id: Some(unit(official, input)?) },
            place: place(input)?,
            by: Some(official.account),
        },
    };
    backend.db.write(move |tx| look.carry_out(tx)).await.map_err(WriteError::flatten)?
}

struct Look {
    number_hash: [u8; 32],
    name: String,
    official: Reader,
    new: NewCheck,
}

/// What a transaction comes to that is kept: a refusal's count is kept too.
type Kept = Result<CardChecked, CheckCardError>;

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
            return self.missed(tx, &official, CardOutcome::NoAccount);
        };
        if account.view.id == self.official.account {
            return Ok(Err(CheckCardError::Forbidden));
        }
        if !same_name(&account.view.display_name, &self.name) {
            return self.missed(tx, &official, CardOutcome::NameDiffers);
        }
        let outcome = if self.new.insert(tx, &account.view.id.to_string())? {
            CardOutcome::Confirmed
        } else {
            CardOutcome::AlreadyChecked
        };
        let check = account.view.check.unwrap_or_else(|| self.new.check.clone());
        Ok(Ok(CardChecked { outcome, check: Some(check) }))
    }

    fn missed(&self, tx: &mut Tx<'_>, official: &str, outcome: CardOutcome) -> Result<Kept, CheckCardError> {
        card_limits::missed(tx, official)?;
        Ok(Ok(CardChecked { outcome, check: None }))
    }
}

/// The unit for which the official looks: the one that is named, or the only one that they have.
fn unit(official: &Reader, input: &CheckCard) -> Result<UnitId, CheckCardError> {
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

//! `POST /v1/card-checks/free`: somebody stands at the office with the card of a number that another
//! person registered first.
//!
//! The number is taken from that account, so that its owner can register with it. The account stays, with
//! what was sent from it, but nobody can sign in to it any more; its phone is told. A number whose card was
//! seen before, and one of the staff, is never taken here.

use std::sync::Arc;

use citizen_contract::audit::AuditAct;
use citizen_contract::checks::{CardChecked, CardOutcome, CheckCard, same_name};
use citizen_contract::citizen_id::CitizenId;
use citizen_contract::ids::{AccountId, UnitId};
use citizen_contract::phone::Phone;
use citizen_contract::sync::Nudge;
use citizen_contract::time::UtcMillis;

use super::account::{AccountRow, by_number, sealed_as};
use super::card_limits::{self, Admission};
use super::check_card::{CheckCardError, fits_phone, phone_digits, unit};
use super::cut_off_all::end_everywhere;
use super::{Identity, NumberKeys, my_data};
use crate::audit::{self, Entry, Subject};
use crate::auth::Reader;
use crate::db::{DbError, Tx, WriteError};
use crate::feeds;
use crate::messenger::Message;
use crate::params;

/// The number was not taken from its account.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum FreeNumberError {
    /// The look itself, as with checking a card.
    #[error(transparent)]
    Look(#[from] CheckCardError),
    /// Its card was seen before, it is an official's, or everything fits: then there is nothing to take.
    #[error("this number stays with its account")]
    Stays,
}

impl From<DbError> for FreeNumberError {
    fn from(error: DbError) -> Self {
        Self::Look(error.into())
    }
}

/// Takes the number of the card that the official holds from an account that is not of the card's owner.
///
/// # Errors
/// [`FreeNumberError`]; nothing changed then.
pub async fn free_number(
    identity: &Identity,
    official: &Reader,
    input: &CheckCard,
) -> Result<CardChecked, FreeNumberError> {
    let number = CitizenId::parse(&input.citizen_id).map_err(|_| CheckCardError::Invalid("/citizen_id"))?;
    if input.full_name.trim().is_empty() {
        return Err(CheckCardError::Invalid("/full_name").into());
    }
    let taking = Taking {
        keys: Arc::clone(&identity.numbers),
        number_hash: identity.numbers.lookup_hash(&number),
        name: input.full_name.clone(),
        digits: phone_digits(input)?,
        official: official.account,
        unit: unit(official, input)?,
        now: identity.backend.clock.now(),
    };
    let written = identity.backend.db.write(move |tx| taking.carry_out(tx)).await;
    let (outcome, phone, nudges) = written.map_err(WriteError::flatten)??;
    identity.backend.nudges.tell(nudges);
    if let Some(phone) = phone {
        tell(identity, phone).await;
    }
    Ok(CardChecked { outcome, check: None })
}

struct Taking {
    keys: Arc<NumberKeys>,
    number_hash: [u8; 32],
    name: String,
    digits: Option<String>,
    official: AccountId,
    unit: UnitId,
    now: UtcMillis,
}

/// What a transaction comes to that is kept, a refusal's count among it: the phone is still to be told.
type Kept = Result<(CardOutcome, Option<Phone>, Vec<Nudge>), FreeNumberError>;

impl Taking {
    fn carry_out(&self, tx: &mut Tx<'_>) -> Result<Kept, FreeNumberError> {
        let official = self.official.to_string();
        if let Admission::TooOften { retry_after_s } = card_limits::admit(tx, &official, self.now)? {
            return Ok(Err(CheckCardError::TooOften { retry_after_s }.into()));
        }
        let Some(account) = by_number(tx, &self.number_hash)? else {
            card_limits::missed(tx, &official)?;
            return Ok(Ok((CardOutcome::NoAccount, None, Vec::new())));
        };
        let theirs = same_name(&account.view.display_name, &self.name)
            && fits_phone(&self.keys, &account, self.digits.as_deref());
        if theirs || account.view.check.is_some() || !account.view.roles.is_empty() {
            card_limits::missed(tx, &official)?;
            return Ok(Err(FreeNumberError::Stays));
        }
        let nudges = self.take(tx, &account)?;
        let phone = account.phone_sealed.as_deref();
        let phone =
            phone.and_then(|sealed| self.keys.unseal_text(sealed, &sealed_as(account.view.id, "phone")));
        Ok(Ok((CardOutcome::Freed, phone.and_then(|phone| Phone::from_e164(&phone)), nudges)))
    }

    fn take(&self, tx: &mut Tx<'_>, account: &AccountRow) -> Result<Vec<Nudge>, DbError> {
        let id = account.view.id.to_string();
        // The hash column must hold something unlike any other row's: the account's own id.
        tx.execute(
            "UPDATE accounts SET number_hash = ?2, number_sealed = ?3, masked_number = '', \
             password_hash = '' WHERE id = ?1",
            params![id.as_str(), id.as_bytes(), Vec::<u8>::new()],
        )?;
        let mut changes = end_everywhere(tx, &id, self.now)?;
        changes.push(my_data::document::bump(tx, &id)?);
        audit::record(
            tx,
            &Entry {
                at: self.now,
                actor: Some(self.official),
                act: AuditAct::NumberFreed,
                subject: Some(Subject::account(account.view.id)),
                unit: Some(self.unit.clone()),
                detail: Vec::new(),
            },
        )?;
        feeds::bump(tx, &changes)
    }
}

/// Whoever mistyped a number when registering must know where to turn.
async fn tell(identity: &Identity, to: Phone) {
    let locality = &identity.backend.profile.locality;
    let text = format!(
        "{}: số căn cước bạn khai khi đăng ký là của người khác, nên tài khoản này đã ngừng. Đăng ký lại bằng số \
         trên thẻ của bạn, hoặc mang thẻ đến {}.",
        locality.app_name, locality.governing_body.vi
    );
    if let Err(error) = identity.codes.messenger.send(&Message { to, code: String::new(), text }).await {
        tracing::warn!(%error, "the phone of an account that lost its number was not told");
    }
}

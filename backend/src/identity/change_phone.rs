//! `POST /v1/me/phone` and its finish: another phone for an account, proved by a code to that phone.

use citizen_contract::contact::{ChangePhone, Contact, FinishPhoneChange};
use citizen_contract::ids::{AccountId, ChallengeId, DeviceId};
use citizen_contract::phone::Phone;
use citizen_contract::sync::Nudge;

use super::account::{by_id, sealed_as};
use super::challenge::{self, CodeRefused, Kind, Payload};
use super::codes::{self, CodeError, CodeSent};
use super::contact::contact;
use super::my_data::document;
use super::own_password::{OwnPasswordError, with_password};
use super::{Identity, Origin};
use crate::clock::random_bytes;
use crate::db::{DbError, Tx, WriteError};
use crate::feeds;
use crate::messenger::Message;
use crate::params;

/// No code was sent to a new phone.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ChangePhoneError {
    /// No Vietnamese mobile number, or the account's own already.
    #[error("the phone is not acceptable")]
    Phone,
    /// The password.
    #[error(transparent)]
    Password(#[from] OwnPasswordError),
    /// The code.
    #[error(transparent)]
    Code(#[from] CodeError),
}

/// Sends a code to the new phone; until it comes back nothing has changed.
///
/// # Errors
/// [`ChangePhoneError`]
pub async fn change_phone(
    identity: &Identity,
    account: AccountId,
    input: &ChangePhone,
    origin: Origin,
) -> Result<CodeSent, ChangePhoneError> {
    let prefixes = &identity.backend.profile.mobile_prefixes;
    let phone = Phone::parse(&input.phone, prefixes).map_err(|_| ChangePhoneError::Phone)?;
    let (row, _) = with_password(identity, account, &input.password, origin).await?;
    let present =
        row.phone_sealed.and_then(|it| identity.numbers.unseal_text(&it, &sealed_as(account, "phone")));
    if present.is_some_and(|present| present == phone.e164()) {
        return Err(ChangePhoneError::Phone);
    }
    let payload = Payload::for_phone(&phone);
    let id = Some(account.to_string());
    Ok(codes::send(identity, Kind::PhoneChange, id, &payload, phone, origin).await?)
}

/// The right code makes the new phone the account's. Devices stay signed in; codes that are still on
/// their way to the old phone serve no more, and the old phone is told.
///
/// # Errors
/// [`CodeRefused`]; somebody else's challenge is none.
pub async fn finish_phone_change(
    identity: &Identity,
    account: AccountId,
    id: ChallengeId,
    input: &FinishPhoneChange,
) -> Result<Contact, CodeRefused> {
    let opened = challenge::open(identity, id, Kind::PhoneChange, &input.code).await?;
    if opened.account != Some(account.to_string()) {
        return Err(CodeRefused::Over);
    }
    let phone = Phone::from_e164(&opened.payload.phone).ok_or(CodeRefused::Over)?;
    if opened.before.is_none() {
        let random = identity.backend.random.as_ref();
        let sealed = identity.numbers.seal_text(&phone.e164(), &sealed_as(account, "phone"), random);
        let change = Change {
            id,
            account,
            hash: identity.numbers.phone_hash(&phone),
            masked: phone.to_string(),
            sealed: sealed.ok_or(CodeRefused::Over)?,
            // Stands for the success in the challenge's row; no device has it.
            nobody: DeviceId::from_parts(identity.backend.clock.now(), random_bytes(random)),
            now: identity.backend.clock.now(),
        };
        let written = identity.backend.db.write(move |tx| change.write(tx)).await;
        let (before, nudges) = written.map_err(WriteError::<DbError>::flatten)?;
        identity.backend.nudges.tell(nudges);
        if let Some(before) = before {
            tell(identity, account, &before).await;
        }
    }
    Ok(contact(identity, account).await?)
}

/// A change that is about to be written; it can run again.
struct Change {
    id: ChallengeId,
    account: AccountId,
    hash: [u8; 32],
    masked: String,
    sealed: Vec<u8>,
    nobody: DeviceId,
    now: citizen_contract::time::UtcMillis,
}

impl Change {
    /// The phone before, sealed, if there was one and nobody was faster; and what to tell after COMMIT.
    fn write(&self, tx: &mut Tx<'_>) -> Result<(Option<Vec<u8>>, Vec<Nudge>), DbError> {
        if !challenge::claim(tx, self.id, self.nobody, self.now)? {
            return Ok((None, Vec::new()));
        }
        let account = self.account.to_string();
        let before = by_id(tx, &account)?.phone_sealed;
        tx.execute(
            "UPDATE accounts SET phone_hash = ?2, phone_sealed = ?3, masked_phone = ?4 WHERE id = ?1",
            params![account.as_str(), &self.hash, &self.sealed, &self.masked],
        )?;
        // Whoever holds the old phone must not finish with a code that it got before.
        tx.execute(
            "DELETE FROM challenges WHERE account_id = ?1 AND id <> ?2 AND finished_at IS NULL",
            params![account.as_str(), self.id.to_string()],
        )?;
        let change = document::bump(tx, &account)?;
        Ok((before, feeds::bump(tx, &[change])?))
    }
}

/// Tells the phone before. It is the only one that can object; a message that does not arrive changes
/// nothing.
async fn tell(identity: &Identity, account: AccountId, sealed: &[u8]) {
    let before = identity.numbers.unseal_text(sealed, &sealed_as(account, "phone"));
    let Some(to) = before.and_then(|phone| Phone::from_e164(&phone)) else { return };
    let app_name = &identity.backend.profile.locality.app_name;
    let text = format!(
        "{app_name}: tài khoản dùng số này vừa đổi sang số điện thoại khác. Nếu không phải bạn đổi, mở ứng dụng, \
         vào Cá nhân, Thiết bị để đăng xuất máy lạ, rồi báo {}.",
        identity.backend.profile.locality.governing_body.vi
    );
    if let Err(error) = identity.codes.messenger.send(&Message { to, code: String::new(), text }).await {
        tracing::warn!(%error, "the phone before was not told of a change");
    }
}

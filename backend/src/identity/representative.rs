//! `/v1/me/representative`: a parent or guardian consents to a child's reports being public.
//!
//! The child types the code that the representative reads out, so that both are present. Until then, and
//! again after a withdrawal, everything that the child sends stays private.

use citizen_contract::contact::{AskRepresentative, Contact, FinishRepresentative};
use citizen_contract::ids::{AccountId, ChallengeId, DeviceId};
use citizen_contract::phone::Phone;
use citizen_contract::time::UtcMillis;
use citizen_contract::working_time::CivilDate;

use super::account::{AccountRow, by_id, sealed_as};
use super::challenge::{self, CodeRefused, Kind, Payload};
use super::codes::{self, CodeError, CodeSent};
use super::contact::{contact, declared_phone};
use super::register::is_version;
use super::{Identity, Origin};
use crate::clock::random_bytes;
use crate::db::{DbError, Tx, WriteError};
use crate::params;

/// No code was sent to a representative.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum RepresentativeError {
    /// Nobody's consent is needed.
    #[error("this person needs no representative")]
    NotNeeded,
    /// No Vietnamese mobile number, none was declared, or it is the child's own.
    #[error("the phone is not acceptable")]
    Phone,
    /// Says which field of the finish.
    #[error("the field {0} is not acceptable")]
    Invalid(&'static str),
    /// The code could not be sent.
    #[error(transparent)]
    Code(#[from] CodeError),
    /// The code was refused.
    #[error(transparent)]
    Refused(#[from] CodeRefused),
    /// The database.
    #[error(transparent)]
    Db(#[from] DbError),
}

/// Sends a code to the representative.
///
/// # Errors
/// [`RepresentativeError`]
pub async fn ask_representative(
    identity: &Identity,
    account: AccountId,
    input: &AskRepresentative,
    origin: Origin,
) -> Result<CodeSent, RepresentativeError> {
    let (row, own, declared) = child(identity, account).await?;
    let prefixes = &identity.backend.profile.mobile_prefixes;
    let phone = match &input.phone {
        Some(typed) => Phone::parse(typed, prefixes).ok(),
        None => declared,
    };
    let phone = phone.filter(|it| Some(it.e164()) != own).ok_or(RepresentativeError::Phone)?;
    let payload = Payload::for_phone(&phone);
    let id = Some(row.view.id.to_string());
    Ok(codes::send(identity, Kind::Representative, id, &payload, phone, origin).await?)
}

/// The right code is the consent; it is kept with its time and the words that were shown.
///
/// # Errors
/// [`RepresentativeError`]; somebody else's challenge is none.
pub async fn finish_representative(
    identity: &Identity,
    account: AccountId,
    id: ChallengeId,
    input: &FinishRepresentative,
) -> Result<Contact, RepresentativeError> {
    if !is_version(&input.wording) {
        return Err(RepresentativeError::Invalid("/wording"));
    }
    let opened = challenge::open(identity, id, Kind::Representative, &input.code).await?;
    if opened.account != Some(account.to_string()) {
        return Err(CodeRefused::Over.into());
    }
    if opened.before.is_none() {
        let (random, now) = (identity.backend.random.as_ref(), identity.backend.clock.now());
        let sealed =
            identity.numbers.seal_text(&opened.payload.phone, &sealed_as(account, "representative"), random);
        let sealed = sealed.ok_or(CodeError::Sealing)?;
        let nobody = DeviceId::from_parts(now, random_bytes(random));
        let wording = input.wording.clone();
        let written = identity.backend.db.write(move |tx| {
            if challenge::claim(tx, id, nobody, now)? {
                keep(tx, account, now, &wording, &sealed)?;
            }
            Ok(())
        });
        written.await.map_err(WriteError::<DbError>::flatten)?;
    }
    Ok(contact(identity, account).await?)
}

/// Takes the consent back: what is sent from now on stays private.
///
/// # Errors
/// The database's.
pub async fn withdraw_representative(identity: &Identity, account: AccountId) -> Result<Contact, DbError> {
    let now = identity.backend.clock.now();
    let written = identity.backend.db.write(move |tx| withdraw(tx, account, now));
    written.await.map_err(WriteError::<DbError>::flatten)?;
    contact(identity, account).await
}

/// Whether a consent holds for this account.
pub(super) fn has_consented(tx: &mut Tx<'_>, account: &str) -> Result<bool, DbError> {
    let found = tx.query_opt(
        "SELECT 1 FROM representatives WHERE account_id = ?1 AND withdrawn_at IS NULL LIMIT 1",
        params![account],
        |row| row.int(0),
    )?;
    Ok(found.is_some())
}

fn keep(
    tx: &mut Tx<'_>,
    account: AccountId,
    now: UtcMillis,
    wording: &str,
    sealed: &[u8],
) -> Result<(), DbError> {
    withdraw(tx, account, now)?;
    tx.execute(
        "INSERT INTO representatives (account_id, confirmed_at, wording, phone_sealed) \
         VALUES (?1, ?2, ?3, ?4)",
        params![account.to_string(), now.0, wording, sealed],
    )
    .map(|_| ())
}

/// One consent holds at a time.
fn withdraw(tx: &mut Tx<'_>, account: AccountId, now: UtcMillis) -> Result<(), DbError> {
    tx.execute(
        "UPDATE representatives SET withdrawn_at = ?2 WHERE account_id = ?1 AND withdrawn_at IS NULL",
        params![account.to_string(), now.0],
    )
    .map(|_| ())
}

/// A child's account, its own phone, and the phone that was declared as the representative's.
async fn child(
    identity: &Identity,
    account: AccountId,
) -> Result<(AccountRow, Option<String>, Option<Phone>), RepresentativeError> {
    let id = account.to_string();
    let read = identity.backend.db.read(move |tx| {
        let sealed =
            tx.query_one("SELECT person_sealed FROM accounts WHERE id = ?1", params![id.as_str()], |row| {
                row.opt_bytes(0)
            })?;
        Ok::<_, DbError>((by_id(tx, &id)?, sealed))
    });
    let (row, person) = read.await.map_err(WriteError::flatten)?;
    let today: CivilDate = identity.backend.profile.calendar.day_of(identity.backend.clock.now());
    if row.child_until.is_none_or(|until| today >= until) {
        return Err(RepresentativeError::NotNeeded);
    }
    let own = row
        .phone_sealed
        .as_ref()
        .and_then(|sealed| identity.numbers.unseal_text(sealed, &sealed_as(account, "phone")));
    let declared = declared_phone(identity, account, person.as_deref());
    Ok((row, own, declared))
}

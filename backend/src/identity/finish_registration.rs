//! `POST /v1/registrations/{challenge}/finish`: the right code makes the account, and signs in.

use std::sync::Arc;

use citizen_contract::citizen_id::CitizenId;
use citizen_contract::ids::{AccountId, ChallengeId, UnitId};
use citizen_contract::phone::Phone;
use citizen_contract::registration::FinishRegistration;
use citizen_contract::session::SessionGrant;
use citizen_contract::sync::Nudge;
use citizen_contract::time::UtcMillis;

use super::account::{AccountRow, by_id, sealed_as};
use super::again::{OnceMoreError, once_more};
use super::challenge::{self, CodeRefused, Kind, Payload, Person, Success};
use super::grant::Opening;
use super::my_data::document;
use super::origin::OriginHash;
use super::passwords::check_length;
use super::person::Declared;
use super::register::device_name;
use super::{Identity, Origin, PasswordError};
use crate::clock::random_bytes;
use crate::db::{DbError, Tx, WriteError};
use crate::feeds;
use crate::params;

/// Nobody was registered, or not again.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum FinishError {
    /// Says which field; no try was counted.
    #[error("the field {0} is not acceptable")]
    Invalid(&'static str),
    /// The code.
    #[error(transparent)]
    Code(#[from] CodeRefused),
    /// The code was right, but the number has an account.
    #[error("the number has an account already")]
    Taken,
    /// The password could not be hashed.
    #[error(transparent)]
    Password(PasswordError),
    /// Something could not be encrypted.
    #[error("the account could not be sealed")]
    Sealing,
    /// The database.
    #[error(transparent)]
    Db(#[from] DbError),
}

impl From<PasswordError> for FinishError {
    fn from(error: PasswordError) -> Self {
        match error {
            PasswordError::Length => Self::Invalid("/password"),
            error => Self::Password(error),
        }
    }
}

impl From<OnceMoreError> for FinishError {
    fn from(error: OnceMoreError) -> Self {
        match error {
            OnceMoreError::Password(error) => error.into(),
            OnceMoreError::Db(error) => error.into(),
        }
    }
}

/// What one transaction came to.
enum Came {
    Registered(Box<AccountRow>, Vec<Nudge>),
    Taken,
    /// Somebody with the same challenge was faster.
    Second(Option<Success>),
}

/// Makes the account that the challenge was for. The same again within a minute, in case the answer
/// was lost, gets a session on the same device.
///
/// # Errors
/// [`FinishError`]
pub async fn finish_registration(
    identity: &Identity,
    id: ChallengeId,
    input: &FinishRegistration,
    origin: Origin,
) -> Result<SessionGrant, FinishError> {
    let name = device_name(&input.device_name).ok_or(FinishError::Invalid("/device_name"))?;
    check_length(&input.password)?;
    let opened = challenge::open(identity, id, Kind::Registration, &input.code).await?;
    let number = CitizenId::parse(&opened.payload.number).map_err(|_| CodeRefused::Over)?;
    let origin = identity.numbers.origin_hash(&number, origin);
    if let Some(success) = opened.before {
        return repeated(identity, success, input, &name, origin).await;
    }
    // Hashed whether or not the number has an account, so that the time does not tell.
    let hashed = identity.passwords.hash(&input.password, identity.backend.random.as_ref()).await?;
    let account = NewAccount::draw(identity, &number, &opened.payload, hashed).ok_or(FinishError::Sealing)?;
    let opening = Arc::new(Opening::on_new(identity, &name, origin));
    let writing = Arc::clone(&opening);
    let write = move |tx: &mut Tx<'_>| finish(tx, id, &account, &writing);
    match identity.backend.db.write(write).await.map_err(WriteError::<DbError>::flatten)? {
        Came::Registered(account, nudges) => {
            identity.backend.nudges.tell(nudges);
            Ok(opening.grant(account.view))
        }
        Came::Taken => Err(FinishError::Taken),
        Came::Second(Some(success)) => repeated(identity, success, input, &name, origin).await,
        Came::Second(None) => Err(CodeRefused::Over.into()),
    }
}

fn finish(
    tx: &mut Tx<'_>,
    id: ChallengeId,
    account: &NewAccount,
    opening: &Opening,
) -> Result<Came, DbError> {
    if !challenge::claim(tx, id, opening.device(), account.now)? {
        return Ok(Came::Second(challenge::success(tx, id)?));
    }
    if !account.insert(tx)? {
        challenge::taken(tx, id)?;
        return Ok(Came::Taken);
    }
    let row = by_id(tx, &account.id.to_string())?;
    // Nobody else has this feed yet, so that its lock comes before no other.
    feeds::bump(tx, &[document::first(&account.id.to_string())])?;
    let nudges = opening.write(tx, &account.id.to_string())?;
    Ok(Came::Registered(Box::new(row), nudges))
}

/// The same challenge succeeded a moment ago; whoever also knows the password did it.
async fn repeated(
    identity: &Identity,
    success: Success,
    input: &FinishRegistration,
    name: &str,
    origin: OriginHash,
) -> Result<SessionGrant, FinishError> {
    let Success::On(device) = success else { return Err(FinishError::Taken) };
    let grant = once_more(identity, device, &input.password, name, origin).await?;
    grant.ok_or(CodeRefused::Over.into())
}

/// An account that is about to be made, drawn before the transaction so that this can run again.
struct NewAccount {
    id: AccountId,
    number_hash: [u8; 32],
    number_sealed: Vec<u8>,
    masked_number: String,
    person: Person,
    person_sealed: Vec<u8>,
    phone_hash: [u8; 32],
    masked_phone: String,
    phone_sealed: Vec<u8>,
    password_hash: String,
    now: UtcMillis,
}

impl NewAccount {
    fn draw(
        identity: &Identity,
        number: &CitizenId,
        payload: &Payload,
        password_hash: String,
    ) -> Option<Self> {
        let (keys, random) = (&identity.numbers, identity.backend.random.as_ref());
        let now = identity.backend.clock.now();
        let id = AccountId::from_parts(now, random_bytes(random));
        let phone = Phone::from_e164(&payload.phone)?;
        let person = payload.person.clone()?;
        let declared = Declared {
            birth_date: person.birth_date.clone(),
            sex: person.sex,
            representative_phone: person.representative_phone.clone(),
        };
        Some(Self {
            id,
            number_hash: keys.lookup_hash(number),
            number_sealed: keys.seal(number, id, random)?,
            masked_number: number.to_string(),
            person_sealed: declared.seal(keys, id, random)?,
            person,
            phone_hash: keys.phone_hash(&phone),
            masked_phone: phone.to_string(),
            phone_sealed: keys.seal_text(&phone.e164(), &sealed_as(id, "phone"), random)?,
            password_hash,
            now,
        })
    }

    /// Answers whether the number had no account so far.
    fn insert(&self, tx: &mut Tx<'_>) -> Result<bool, DbError> {
        let added = tx.execute(
            "INSERT INTO accounts (id, number_hash, number_sealed, masked_number, display_name, job_title, \
             home_unit, password_hash, created_at, phone_hash, phone_sealed, person_sealed, child_until, \
             masked_phone) \
             VALUES (?1, ?2, ?3, ?4, ?5, '', ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13) \
             ON CONFLICT (number_hash) DO NOTHING",
            params![
                self.id.to_string(),
                &self.number_hash,
                &self.number_sealed,
                &self.masked_number,
                &self.person.full_name,
                self.person.home_unit.as_ref().map(UnitId::as_str),
                &self.password_hash,
                self.now.0,
                &self.phone_hash,
                &self.phone_sealed,
                &self.person_sealed,
                self.person.child_until,
                &self.masked_phone,
            ],
        )?;
        if added == 0 {
            return Ok(false);
        }
        for consent in &self.person.consents {
            tx.execute(
                "INSERT INTO consents (account_id, purpose, wording, given_at, way) \
                 VALUES (?1, ?2, ?3, ?4, 'registration')",
                params![self.id.to_string(), &consent.purpose, &consent.wording, self.now.0],
            )?;
        }
        Ok(true)
    }
}

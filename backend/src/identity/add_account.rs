//! Adding an account by an operator; registration by oneself is another verb.

use citizen_contract::citizen_id::CitizenId;
use citizen_contract::ids::{AccountId, UnitId};
use citizen_contract::session::RoleInUnit;

use super::my_data::document;
use super::{Identity, PasswordError};
use crate::clock::random_bytes;
use crate::db::{DbError, WriteError};
use crate::feeds;
use crate::params;

/// Who is to be added.
pub struct AddAccount {
    /// The citizen-ID number.
    pub number: CitizenId,
    /// The password in the clear.
    pub password: String,
    /// The name to show.
    pub display_name: String,
    /// What the person does, perhaps empty.
    pub job_title: String,
    /// Where the person lives.
    pub home_unit: Option<UnitId>,
    /// What the person may do besides being a citizen.
    pub roles: Vec<RoleInUnit>,
    /// Whose password it is.
    pub origin: PasswordOrigin,
}

/// Whose password an account begins with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PasswordOrigin {
    /// The person's own.
    Own,
    /// Somebody else knows it: it must be changed first of all.
    Given,
    /// Everybody knows it: the person does not exist.
    Sample,
}

/// The account was not added.
#[derive(Debug, thiserror::Error)]
pub enum AddAccountError {
    /// The number has an account.
    #[error("this number has an account already")]
    Taken,
    /// The password.
    #[error(transparent)]
    Password(#[from] PasswordError),
    /// The number could not be encrypted.
    #[error("the number could not be sealed")]
    Sealing,
    /// The database.
    #[error(transparent)]
    Db(#[from] DbError),
}

/// Adds an account and answers its id.
///
/// # Errors
/// [`AddAccountError`]; nothing was added then.
pub async fn add_account(identity: &Identity, add: AddAccount) -> Result<AccountId, AddAccountError> {
    let backend = &identity.backend;
    let random = backend.random.as_ref();
    let now = backend.clock.now();
    let id = AccountId::from_parts(now, random_bytes(random));
    let password_hash = identity.passwords.hash(&add.password, random).await?;
    let number_hash = identity.numbers.lookup_hash(&add.number);
    let sealed = identity.numbers.seal(&add.number, id, random).ok_or(AddAccountError::Sealing)?;
    backend
        .db
        .write(move |tx| {
            let added = tx.execute(
                "INSERT INTO accounts (id, number_hash, number_sealed, masked_number, display_name, job_title, \
                 home_unit, password_hash, created_at, password_given, sample) \
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11) \
                 ON CONFLICT (number_hash) DO NOTHING",
                params![
                    id.to_string(),
                    number_hash,
                    &sealed,
                    add.number.to_string(),
                    &add.display_name,
                    &add.job_title,
                    add.home_unit.as_ref().map(UnitId::as_str),
                    &password_hash,
                    now.0,
                    add.origin == PasswordOrigin::Given,
                    add.origin == PasswordOrigin::Sample,
                ],
            )?;
            if added == 0 {
                return Err(AddAccountError::Taken);
            }
            for role in &add.roles {
                tx.execute(
                    "INSERT INTO account_roles (account_id, role, unit_id) VALUES (?1, ?2, ?3) \
                     ON CONFLICT DO NOTHING",
                    params![id.to_string(), role.role.as_str(), role.unit_id.as_str()],
                )?;
            }
            feeds::bump(tx, &[document::first(&id.to_string())])?;
            Ok(id)
        })
        .await
        .map_err(WriteError::flatten)
}

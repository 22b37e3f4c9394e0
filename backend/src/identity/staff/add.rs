//! `POST /v1/staff`: an account for somebody who works in a unit.
//!
//! One person has one account. Who has registered as a citizen keeps the account and its password and
//! gets the roles, if the name that the administrator wrote is the account's; the second factor is then
//! demanded at once.

use citizen_contract::audit::AuditAct;
use citizen_contract::checks::same_name;
use citizen_contract::citizen_id::CitizenId;
use citizen_contract::ids::AccountId;
use citizen_contract::registration::MAX_NAME_BYTES;
use citizen_contract::session::RoleInUnit;
use citizen_contract::staff::{AddStaff, MAX_JOB_TITLE, MAX_ROLES, StaffAdded};
use citizen_contract::time::UtcMillis;

use super::super::Identity;
use super::super::account::{AccountRow, by_number};
use super::super::my_data::document;
use super::act::{StaffError, code, give};
use super::given;
use super::scope::Scope;
use crate::audit::{self, Entry, Subject};
use crate::auth::Reader;
use crate::clock::random_bytes;
use crate::db::{DbError, Tx, WriteError};
use crate::feeds::Change;
use crate::{feeds, params};

/// Somebody who gets roles, with everything drawn beforehand.
pub(super) struct NewStaff {
    pub(super) id: AccountId,
    pub(super) number_hash: [u8; 32],
    number_sealed: Vec<u8>,
    masked: String,
    pub(super) name: String,
    pub(super) job_title: String,
    pub(super) roles: Vec<RoleInUnit>,
    pub(super) password: String,
    password_hash: String,
    now: UtcMillis,
}

/// What writing it came to.
pub(super) struct Written {
    pub(super) account: AccountId,
    /// Whether the account was there.
    pub(super) existing: bool,
    pub(super) change: Option<Change>,
}

impl NewStaff {
    /// Draws id and password. `existing` people need none, which saves its hashing.
    pub(super) async fn draw(
        identity: &Identity,
        number: &CitizenId,
        input: &AddStaff,
        existing: bool,
    ) -> Result<Self, StaffError> {
        let random = identity.backend.random.as_ref();
        let now = identity.backend.clock.now();
        let id = AccountId::from_parts(now, random_bytes(random));
        let password = given::draw(random, 4, 4);
        let password_hash =
            if existing { String::new() } else { identity.passwords.hash(&password, random).await? };
        Ok(Self {
            id,
            number_hash: identity.numbers.lookup_hash(number),
            number_sealed: identity.numbers.seal(number, id, random).ok_or(StaffError::Sealing)?,
            masked: number.to_string(),
            name: input.full_name.trim().to_owned(),
            job_title: input.job_title.trim().to_owned(),
            roles: input.roles.clone(),
            password,
            password_hash,
            now,
        })
    }

    /// Writes the account or gives the roles to the one that is there, and writes that down.
    pub(super) fn write(&self, tx: &mut Tx<'_>, scope: &Scope) -> Result<Written, StaffError> {
        let written = match by_number(tx, &self.number_hash)? {
            Some(row) => self.join(tx, &row)?,
            None => self.insert(tx)?,
        };
        let mut detail = vec![if written.existing { "existing" } else { "new" }.to_owned()];
        detail.extend(self.roles.iter().map(|role| code("given", role)));
        audit::record(
            tx,
            &Entry {
                at: self.now,
                actor: Some(scope.me),
                act: AuditAct::AccountAdded,
                subject: Some(Subject::account(written.account)),
                unit: self.roles.first().map(|role| role.unit_id.clone()),
                detail,
            },
        )?;
        Ok(written)
    }

    fn join(&self, tx: &mut Tx<'_>, row: &AccountRow) -> Result<Written, StaffError> {
        if !same_name(&row.view.display_name, &self.name) {
            return Err(StaffError::NameDiffers);
        }
        if self.roles.iter().all(|role| row.view.roles.contains(role)) {
            return Err(StaffError::Invalid("/roles"));
        }
        give(tx, row.view.id, self.roles.iter())?;
        if row.view.job_title.is_empty() {
            let sql = "UPDATE accounts SET job_title = ?2 WHERE id = ?1";
            tx.execute(sql, params![row.view.id.to_string(), &self.job_title])?;
        }
        Ok(Written { account: row.view.id, existing: true, change: None })
    }

    fn insert(&self, tx: &mut Tx<'_>) -> Result<Written, StaffError> {
        if self.password_hash.is_empty() {
            // The account that was there a moment ago is gone.
            return Err(DbError::Contended.into());
        }
        let id = self.id.to_string();
        tx.execute(
            "INSERT INTO accounts (id, number_hash, number_sealed, masked_number, display_name, job_title, \
             password_hash, created_at, password_given) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, 1)",
            params![
                &id,
                &self.number_hash,
                &self.number_sealed,
                &self.masked,
                &self.name,
                &self.job_title,
                &self.password_hash,
                self.now.0,
            ],
        )?;
        give(tx, self.id, self.roles.iter())?;
        Ok(Written { account: self.id, existing: false, change: Some(document::first(&id)) })
    }
}

/// Adds one account.
///
/// # Errors
/// [`StaffError`]
pub async fn add(identity: &Identity, reader: &Reader, input: &AddStaff) -> Result<StaffAdded, StaffError> {
    let backend = &identity.backend;
    let scope = Scope::of(&backend.profile, reader).ok_or(StaffError::Forbidden)?;
    let number = CitizenId::parse(&input.citizen_id).map_err(|_| StaffError::Invalid("/citizen_id"))?;
    if input.full_name.trim().is_empty() || input.full_name.len() > MAX_NAME_BYTES {
        return Err(StaffError::Invalid("/full_name"));
    }
    if input.job_title.chars().count() > MAX_JOB_TITLE {
        return Err(StaffError::Invalid("/job_title"));
    }
    if input.roles.is_empty() || input.roles.len() > MAX_ROLES {
        return Err(StaffError::Invalid("/roles"));
    }
    if !input.roles.iter().all(|role| scope.has(role)) {
        return Err(StaffError::UnknownUnit);
    }
    let new = NewStaff::draw(identity, &number, input, false).await?;
    let password = new.password.clone();
    let me = scope.me;
    let (written, nudges) = backend
        .db
        .write(move |tx| {
            let own = by_number(tx, &new.number_hash)?.is_some_and(|row| row.view.id == me);
            if own {
                return Err(StaffError::NotOneself);
            }
            let written = new.write(tx, &scope)?;
            let nudges = feeds::bump(tx, written.change.as_slice())?;
            Ok((written, nudges))
        })
        .await
        .map_err(WriteError::flatten)?;
    backend.nudges.tell(nudges);
    let password = (!written.existing).then_some(password);
    Ok(StaffAdded { account_id: written.account, password })
}

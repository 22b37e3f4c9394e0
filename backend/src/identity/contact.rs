//! `POST /v1/queries/contact`: how an account is reached, and who consented for a child.

use citizen_contract::contact::{Contact, Representative};
use citizen_contract::ids::AccountId;
use citizen_contract::phone::Phone;
use citizen_contract::time::UtcMillis;

use super::Identity;
use super::account::{AccountRow, by_id, sealed_as};
use super::person::Declared;
use crate::db::{DbError, Tx, WriteError};
use crate::params;

/// What a row says, still sealed.
struct Read {
    row: AccountRow,
    person_sealed: Option<Vec<u8>>,
    consent: Option<(i64, String, Vec<u8>)>,
}

/// The account's contacts; phones by their last digits only.
///
/// # Errors
/// The database's.
pub async fn contact(identity: &Identity, account: AccountId) -> Result<Contact, DbError> {
    let id = account.to_string();
    let read = identity.backend.db.read(move |tx| read(tx, &id)).await.map_err(WriteError::flatten)?;
    let hint = |sealed: &[u8], what: &str| {
        let phone = identity.numbers.unseal_text(sealed, &sealed_as(account, what))?;
        Some(Phone::from_e164(&phone)?.to_string())
    };
    let today = identity.backend.profile.calendar.day_of(identity.backend.clock.now());
    let phone_hint = read.row.phone_sealed.as_ref().and_then(|sealed| hint(sealed, "phone"));
    let Some(until) = read.row.child_until.filter(|until| today < *until) else {
        return Ok(Contact { phone_hint, ..Contact::default() });
    };
    let declared = declared_phone(identity, account, read.person_sealed.as_deref());
    Ok(Contact {
        phone_hint,
        child_until: Some(until.to_string()),
        declared_hint: declared.map(|phone| phone.to_string()),
        representative: read.consent.map(|(at, wording, sealed)| Representative {
            phone_hint: hint(&sealed, "representative").unwrap_or_default(),
            confirmed_at: UtcMillis(at),
            wording,
        }),
    })
}

fn read(tx: &mut Tx<'_>, id: &str) -> Result<Read, DbError> {
    Ok(Read {
        row: by_id(tx, id)?,
        person_sealed: tx.query_one(
            "SELECT person_sealed FROM accounts WHERE id = ?1",
            params![id],
            |row| row.opt_bytes(0),
        )?,
        consent: tx.query_opt(
            "SELECT confirmed_at, wording, phone_sealed FROM representatives \
             WHERE account_id = ?1 AND withdrawn_at IS NULL",
            params![id],
            |row| Ok((row.int(0)?, row.text(1)?, row.bytes(2)?)),
        )?,
    })
}

/// The phone that was declared as the representative's.
pub(super) fn declared_phone(
    identity: &Identity,
    account: AccountId,
    sealed: Option<&[u8]>,
) -> Option<Phone> {
    Phone::from_e164(&Declared::unseal(&identity.numbers, account, sealed?)?.representative_phone?)
}

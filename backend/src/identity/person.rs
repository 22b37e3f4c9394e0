//! What was declared of a person besides name and number, sealed in the account's row.

use citizen_contract::citizen_id::Sex;
use citizen_contract::ids::AccountId;
use citizen_contract::my_data::Correction;
use citizen_contract::registration::REPRESENTATIVE_UNTIL;
use citizen_contract::working_time::CivilDate;
use serde::{Deserialize, Serialize};

use super::Identity;
use super::account::sealed_as;
use super::numbers::NumberKeys;
use super::register::birthday;
use crate::clock::Random;
use crate::db::{DbError, Tx, WriteError};
use crate::params;

/// Shown to nobody but its owner.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Declared {
    /// `YYYY-MM-DD`.
    pub birth_date: Option<String>,
    /// As on the card.
    pub sex: Option<Sex>,
    /// E.164.
    pub representative_phone: Option<String>,
}

impl Declared {
    pub(super) fn seal(&self, keys: &NumberKeys, id: AccountId, random: &dyn Random) -> Option<Vec<u8>> {
        keys.seal_text(&serde_json::to_string(self).ok()?, &sealed_as(id, "person"), random)
    }

    /// What was sealed for this account.
    #[must_use]
    pub fn unseal(keys: &NumberKeys, id: AccountId, sealed: &[u8]) -> Option<Self> {
        serde_json::from_str(&keys.unseal_text(sealed, &sealed_as(id, "person"))?).ok()
    }
}

/// A correction that is about to be written.
pub(super) struct Correcting {
    account: String,
    full_name: Option<String>,
    person_sealed: Vec<u8>,
    /// Set if the birth date changed: the new 16th birthday of a child, or none.
    child_until: Option<Option<i64>>,
}

impl Correcting {
    /// Reads what is declared today and seals it with the right values.
    pub(super) async fn new(
        identity: &Identity,
        account: AccountId,
        right: Correction,
    ) -> Result<Option<Self>, DbError> {
        let (backend, keys, id) = (&identity.backend, &identity.numbers, account.to_string());
        let sealed = backend
            .db
            .read(move |tx| {
                tx.query_one(
                    "SELECT person_sealed FROM accounts WHERE id = ?1",
                    params![id.as_str()],
                    |row| row.opt_bytes(0),
                )
            })
            .await
            .map_err(WriteError::<DbError>::flatten)?;
        let before = match &sealed {
            None => Some(Declared::default()),
            Some(sealed) => Declared::unseal(keys, account, sealed),
        };
        let Some(before) = before else { return Ok(None) };
        let today = backend.profile.calendar.day_of(backend.clock.now());
        let child_until = right.birth_date.as_deref().map(|text| {
            let born = text.parse::<CivilDate>().ok();
            let sixteenth = born.and_then(|born| birthday(born, REPRESENTATIVE_UNTIL));
            sixteenth.filter(|sixteenth| today < *sixteenth).map(CivilDate::days)
        });
        let declared = Declared {
            birth_date: right.birth_date.or(before.birth_date),
            sex: right.sex.or(before.sex),
            representative_phone: before.representative_phone,
        };
        let sealed = declared.seal(keys, account, backend.random.as_ref());
        Ok(sealed.map(|person_sealed| Self {
            account: account.to_string(),
            full_name: right.full_name,
            person_sealed,
            child_until,
        }))
    }

    pub(super) fn write(&self, tx: &mut Tx<'_>) -> Result<(), DbError> {
        tx.execute(
            "UPDATE accounts SET display_name = COALESCE(?2, display_name), person_sealed = ?3 WHERE id = ?1",
            params![self.account.as_str(), self.full_name.as_ref(), &self.person_sealed],
        )?;
        if let Some(child_until) = self.child_until {
            tx.execute(
                "UPDATE accounts SET child_until = ?2 WHERE id = ?1",
                params![self.account.as_str(), child_until],
            )?;
        }
        Ok(())
    }
}

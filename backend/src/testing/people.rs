//! The people of the test world.

use citizen_contract::ids::AccountId;
use citizen_contract::session::{Role, RoleInUnit};
use citizen_contract::time::UtcMillis;

use super::{OrStop as _, World};
use crate::db::{DbError, Tx};
use crate::params;

/// Somebody.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Person {
    /// Sends reports.
    Citizen,
    /// Has nothing to do with them.
    Neighbour,
    /// Takes reports in.
    Officer,
    /// Handles reports of the commune.
    Handler,
    /// Approves answers of the commune.
    Approver,
    /// Handles and approves in the commune.
    Chief,
    /// Handles reports of the other commune.
    Elsewhere,
}

impl Person {
    /// Everybody.
    pub const ALL: [Self; 7] = [
        Self::Citizen,
        Self::Neighbour,
        Self::Officer,
        Self::Handler,
        Self::Approver,
        Self::Chief,
        Self::Elsewhere,
    ];

    /// The account.
    pub fn account(self) -> AccountId {
        let number = Self::ALL.iter().position(|person| *person == self).or_stop();
        AccountId::from_parts(UtcMillis(1_712_000_000_000), [u8::try_from(number).or_stop(); 10])
    }

    /// The name.
    pub fn name(self) -> &'static str {
        match self {
            Self::Citizen => "Nguyễn Văn Mẫu",
            Self::Neighbour => "Trần Thị Mẫu",
            Self::Officer => "Phạm Thị Mẫu",
            Self::Handler => "Lê Văn Mẫu",
            Self::Approver => "Vũ Thị Mẫu",
            Self::Chief => "Đỗ Văn Mẫu",
            Self::Elsewhere => "Bùi Thị Mẫu",
        }
    }
}

/// What somebody may do.
pub fn roles_of(person: Person, world: &World) -> Vec<RoleInUnit> {
    let intake = &world.backend.profile.locality.intake_unit;
    let roles = match person {
        Person::Citizen | Person::Neighbour => vec![],
        Person::Officer => vec![(Role::Intake, intake)],
        Person::Handler => vec![(Role::Handler, &world.commune)],
        Person::Approver => vec![(Role::Approver, &world.commune)],
        Person::Chief => vec![(Role::Handler, &world.commune), (Role::Approver, &world.commune)],
        Person::Elsewhere => vec![(Role::Handler, &world.other_commune)],
    };
    roles.into_iter().map(|(role, unit)| RoleInUnit { role, unit_id: unit.clone() }).collect()
}

/// An account's row.
pub(super) struct AccountRow {
    person: Person,
    at: UtcMillis,
}

impl World {
    pub(super) fn row(&self, person: Person) -> AccountRow {
        AccountRow { person, at: self.now() }
    }
}

impl AccountRow {
    /// Nobody signs in here, so that number and password are only filled in.
    pub(super) fn insert(&self, tx: &mut Tx<'_>) -> Result<(), DbError> {
        let id = self.person.account().to_string();
        tx.execute(
            "INSERT INTO accounts (id, number_hash, number_sealed, masked_number, display_name, job_title, \
             password_hash, created_at) VALUES (?1, ?2, ?2, '031*******01', ?3, '', '', ?4)",
            params![id.as_str(), id.as_bytes(), self.person.name(), self.at.0],
        )?;
        Ok(())
    }
}

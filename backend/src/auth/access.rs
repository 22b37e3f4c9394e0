//! The one place of authorisation: who may see or do what, per report and per field, at read time.
//!
//! Everything else asks here: verbs for the capacity to act in, rendering for the fields to fill,
//! sync for the feeds to give, queries for the rows to show. A person in no capacity on a report is
//! answered as if the report did not exist.

use std::collections::BTreeSet;

use citizen_contract::ids::{AccountId, UnitId};
use citizen_contract::report_state::Actor;
use citizen_contract::session::{Role, RoleInUnit};

/// The signed-in person on whose behalf something is read or done.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reader {
    /// The account.
    pub account: AccountId,
    /// Its roles now; everybody is a citizen besides.
    pub roles: Vec<RoleInUnit>,
    /// Whether the person is a child, of whom nothing is public before a representative confirmed it.
    pub child: bool,
}

/// What of a report decides over rights.
#[derive(Debug, Clone, Copy)]
pub struct Standing<'a> {
    /// Who sent it.
    pub sender: AccountId,
    /// The office that takes it in.
    pub intake_unit: &'a UnitId,
    /// The unit that has it.
    pub handling_unit: Option<&'a UnitId>,
    /// Who proposed the answer that waits.
    pub answered_by: Option<AccountId>,
}

/// What a reader may see of one report.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Sight {
    /// Who sent it: the sender and the intake office, never a handling unit.
    pub sender: bool,
    /// Notes, names of officials, an answer before it is published.
    pub internal: bool,
    /// Whether the reader sent it.
    pub mine: bool,
}

impl Reader {
    /// In which capacities this person stands to a report. None means: it does not exist for them.
    #[must_use]
    pub fn capacities(&self, report: Standing<'_>) -> Vec<Actor> {
        let mut capacities = Vec::new();
        if self.account == report.sender {
            capacities.push(Actor::Sender);
        }
        if self.has(Role::Intake, report.intake_unit) {
            capacities.push(Actor::Intake);
        }
        let Some(unit) = report.handling_unit else { return capacities };
        if self.has(Role::Handler, unit) {
            capacities.push(Actor::Handler);
        }
        // Four eyes: nobody approves or returns an answer that they proposed themselves.
        if self.has(Role::Approver, unit) && report.answered_by != Some(self.account) {
            capacities.push(Actor::Approver);
        }
        capacities
    }

    /// What this person may see of a report; nothing at all if they have no business with it.
    #[must_use]
    pub fn sight(&self, report: Standing<'_>) -> Option<Sight> {
        let mine = self.account == report.sender;
        let intake = self.has(Role::Intake, report.intake_unit);
        let unit = report.handling_unit.is_some_and(|unit| self.works_in(unit));
        (mine || intake || unit).then_some(Sight { sender: intake, internal: intake || unit, mine })
    }

    /// The feeds that this person has now.
    #[must_use]
    pub fn feeds(&self) -> BTreeSet<String> {
        let units = self.roles.iter().filter(|role| matches!(role.role, Role::Handler | Role::Approver));
        units
            .map(|role| format!("unit:{}", role.unit_id))
            .chain([PUBLIC_FEED.to_owned(), format!("account:{}", self.account)])
            .collect()
    }

    /// The offices for which this person takes reports in.
    pub fn intake_units(&self) -> impl Iterator<Item = &UnitId> {
        self.roles.iter().filter(|role| role.role == Role::Intake).map(|role| &role.unit_id)
    }

    fn has(&self, role: Role, unit: &UnitId) -> bool {
        self.roles.iter().any(|have| have.role == role && have.unit_id == *unit)
    }

    fn works_in(&self, unit: &UnitId) -> bool {
        self.has(Role::Handler, unit) || self.has(Role::Approver, unit)
    }
}

/// The feed that everybody has, signed in or not.
pub const PUBLIC_FEED: &str = "public:all";

#[cfg(test)]
mod tests {
    use super::*;

    fn account(number: u8) -> AccountId {
        AccountId::from_parts(citizen_contract::time::UtcMillis(0), [number; 10])
    }

    fn reader(number: u8, roles: &[(Role, &str)]) -> Reader {
        let roles =
            roles.iter().map(|(role, unit)| RoleInUnit { role: *role, unit_id: UnitId((*unit).into()) });
        Reader { account: account(number), roles: roles.collect(), child: false }
    }

    #[test]
    fn each_person_stands_where_their_role_puts_them() {
        let (office, here, elsewhere) = ("office", "hoa-binh", "tan-duong");
        let (intake_unit, unit) = (UnitId(office.into()), UnitId(here.into()));
        let report = Standing {
            sender: account(1),
            intake_unit: &intake_unit,
            handling_unit: Some(&unit),
            answered_by: Some(account(5)),
        };
        let rows: [(&str, Reader, &[Actor]); 8] = [
            ("the sender", reader(1, &[]), &[Actor::Sender]),
            ("another citizen", reader(2, &[]), &[]),
            ("the intake office", reader(3, &[(Role::Intake, office)]), &[Actor::Intake]),
            ("another intake office", reader(3, &[(Role::Intake, elsewhere)]), &[]),
            ("the unit's handler", reader(4, &[(Role::Handler, here)]), &[Actor::Handler]),
            ("another unit's handler", reader(4, &[(Role::Handler, elsewhere)]), &[]),
            ("the unit's approver", reader(6, &[(Role::Approver, here)]), &[Actor::Approver]),
            (
                "who answered and may approve others' answers",
                reader(5, &[(Role::Handler, here), (Role::Approver, here)]),
                &[Actor::Handler],
            ),
        ];
        for (who, reader, expected) in rows {
            assert_eq!(reader.capacities(report), expected, "{who}");
            assert_eq!(reader.sight(report).is_some(), !expected.is_empty(), "{who}");
        }
        let handler = reader(4, &[(Role::Handler, here)]).sight(report).unwrap();
        assert!(!handler.sender && handler.internal && !handler.mine);
        let sender = reader(1, &[]).sight(report).unwrap();
        assert!(!sender.internal && sender.mine);
        let intake = reader(3, &[(Role::Intake, office)]).sight(report).unwrap();
        assert!(intake.sender && intake.internal);
    }

    #[test]
    fn only_who_handles_or_approves_has_a_unit_s_feed() {
        let officer = reader(
            3,
            &[
                (Role::Intake, "office"),
                (Role::Administrator, "huyen"),
                (Role::TeamMember, "tan-duong"),
                (Role::Handler, "hoa-binh"),
            ],
        );
        let feeds = officer.feeds();
        assert!(feeds.contains("unit:hoa-binh") && feeds.contains(PUBLIC_FEED));
        assert_eq!(feeds.len(), 3);
    }
}

//! Who may use which door and give which command: one table, printed into `docs/ROLES.md` and walked
//! by a test that takes the list of doors from the router.
//!
//! What the table says of commands is read from the one table of report states, so that it cannot say
//! anything else.

use std::fmt::Write as _;

use citizen_contract::report_state::{Act, Actor, TABLE};
use citizen_contract::session::Role;

/// Who is let through a door.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Admits {
    /// Everybody, with the same answer for all.
    Everybody,
    /// Whoever brings the right secret: a password, a code, a token.
    Secret,
    /// Everybody; who is signed in gets more.
    More,
    /// Who is signed in, and only for what is theirs; anything else answers like what does not exist.
    Own,
    /// Who takes reports in.
    Intake,
    /// Who has any role in a unit.
    Staff,
    /// Who administers a unit, for it and its parts.
    Administrator,
}

/// A door and who is let through.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Door {
    /// The method.
    pub method: &'static str,
    /// The path, with placeholders.
    pub path: &'static str,
    /// Who.
    pub admits: Admits,
}

/// Who knocks at a door.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Visitor {
    /// Nobody is signed in.
    Guest,
    /// Signed in, without a role.
    Citizen,
    /// Signed in with a role.
    Official(Role),
}

impl Visitor {
    /// All, in the table's order.
    pub const ALL: [Self; 7] = [
        Self::Guest,
        Self::Citizen,
        Self::Official(Role::Intake),
        Self::Official(Role::Handler),
        Self::Official(Role::Approver),
        Self::Official(Role::Administrator),
        Self::Official(Role::TeamMember),
    ];

    fn title(self) -> &'static str {
        match self {
            Self::Guest => "guest",
            Self::Citizen => "citizen",
            Self::Official(Role::Intake) => "intake",
            Self::Official(Role::Handler) => "handler",
            Self::Official(Role::Approver) => "approver",
            Self::Official(Role::Administrator) => "administrator",
            Self::Official(Role::TeamMember) => "team member",
        }
    }
}

/// What a visitor meets at a door.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Meets {
    /// It opens.
    Open,
    /// It opens for what is theirs.
    Own,
    /// `401 sign-in-required`.
    SignIn,
    /// `403 forbidden`: the door is in the documentation, so that hiding it would hide nothing.
    Forbidden,
}

impl Admits {
    /// What this visitor meets.
    #[must_use]
    pub fn meets(self, visitor: Visitor) -> Meets {
        match (self, visitor) {
            (Self::Everybody | Self::Secret | Self::More, _) => Meets::Open,
            (Self::Own | Self::Intake | Self::Staff | Self::Administrator, Visitor::Guest) => Meets::SignIn,
            (Self::Own, _) | (Self::Staff, Visitor::Official(_)) => Meets::Own,
            (Self::Intake, Visitor::Official(Role::Intake)) => Meets::Own,
            (Self::Administrator, Visitor::Official(Role::Administrator)) => Meets::Own,
            (Self::Intake | Self::Staff | Self::Administrator, _) => Meets::Forbidden,
        }
    }
}

/// Every door of the public port.
#[rustfmt::skip]
pub const DOORS: &[Door] = &[
    door("POST", "/v1/registrations", Admits::Everybody),
    door("POST", "/v1/registrations/{challenge}/finish", Admits::Secret),
    door("POST", "/v1/password-resets", Admits::Everybody),
    door("POST", "/v1/password-resets/{challenge}/finish", Admits::Secret),
    door("POST", "/v1/challenges/{challenge}/resend", Admits::Secret),
    door("POST", "/v1/sessions", Admits::Secret),
    door("POST", "/v1/sessions/{challenge}/finish", Admits::Secret),
    door("POST", "/v1/sessions/refresh", Admits::Secret),
    door("DELETE", "/v1/sessions/current", Admits::Own),
    door("POST", "/v1/sessions/current/active", Admits::Own),
    door("POST", "/v1/password", Admits::Own),
    door("POST", "/v1/second-factor", Admits::Own),
    door("POST", "/v1/second-factor/confirm", Admits::Own),
    door("POST", "/v1/queries/staff", Admits::Administrator),
    door("POST", "/v1/queries/audit", Admits::Administrator),
    door("POST", "/v1/staff", Admits::Administrator),
    door("POST", "/v1/staff/{account}", Admits::Administrator),
    door("POST", "/v1/staff-import", Admits::Administrator),
    door("POST", "/v1/commands", Admits::Own),
    door("POST", "/v1/sync", Admits::More),
    door("GET", "/v1/nudges", Admits::Own),
    door("POST", "/v1/queries/intake-queue", Admits::Intake),
    door("POST", "/v1/queries/report", Admits::Own),
    door("POST", "/v1/queries/devices", Admits::Own),
    door("POST", "/v1/queries/contact", Admits::Own),
    door("POST", "/v1/me/phone", Admits::Own),
    door("POST", "/v1/me/phone/{challenge}/finish", Admits::Own),
    door("POST", "/v1/me/representative", Admits::Own),
    door("POST", "/v1/me/representative/{challenge}/finish", Admits::Own),
    door("DELETE", "/v1/me/representative", Admits::Own),
    door("DELETE", "/v1/devices/{device}", Admits::Own),
    door("POST", "/v1/my-data/home-unit", Admits::Own),
    door("POST", "/v1/my-data/requests", Admits::Own),
    door("DELETE", "/v1/my-data/requests/{request}", Admits::Own),
    door("GET", "/v1/my-data/export", Admits::Own),
    door("POST", "/v1/queries/data-requests", Admits::Intake),
    door("POST", "/v1/data-requests/{request}/answer", Admits::Intake),
    door("POST", "/v1/card-checks", Admits::Staff),
    door("POST", "/v1/card-checks/free", Admits::Intake),
    door("POST", "/v1/identity-checks", Admits::Own),
    door("POST", "/v1/identity-checks/{check}/finish", Admits::Own),
    door("OPTIONS", "/v1/files/{command}/{attachment}", Admits::Everybody),
    door("HEAD", "/v1/files/{command}/{attachment}", Admits::Own),
    door("PATCH", "/v1/files/{command}/{attachment}", Admits::Own),
    door("GET", "/v1/attachments/{attachment}", Admits::Own),
    door("GET", "/v1/keys", Admits::Everybody),
    door("GET", "/openapi.json", Admits::Everybody),
    door("GET", "/healthz", Admits::Everybody),
    door("GET", "/readyz", Admits::Everybody),
];

const fn door(method: &'static str, path: &'static str, admits: Admits) -> Door {
    Door { method, path, admits }
}

/// Whether somebody in this capacity may ever do this to a report.
#[must_use]
pub fn may_ever(act: Act, actor: Actor) -> bool {
    TABLE.iter().any(|(of, actors, ..)| *of == act && actors.contains(&actor))
}

/// The document `docs/ROLES.md`.
#[must_use]
pub fn document() -> String {
    let mut text = String::from(
        "# Who may do what\n\nPrinted by `citizen-backend roles`; a test compares this file, and another \
         one knocks at every door of the router as every visitor.\n\n## Doors\n\n**✓** opens; **own** \
         opens for what is theirs, and anything else answers exactly like what does not exist; **secret** \
         opens for whoever brings the right password, code or token; **401** `sign-in-required`; **403** \
         `forbidden`.\n\n| door |",
    );
    for visitor in Visitor::ALL {
        let _ = write!(text, " {} |", visitor.title());
    }
    text.push_str("\n|---|");
    text.push_str(&"---|".repeat(Visitor::ALL.len()));
    for door in DOORS {
        let _ = write!(text, "\n| `{} {}` |", door.method, door.path);
        for visitor in Visitor::ALL {
            let _ = write!(text, " {} |", cell(door.admits, visitor));
        }
    }
    text.push_str(
        "\n\n## Commands\n\nEverybody who is signed in may send a report. Otherwise, on one report: **✓** \
         may do it where the report's state allows it; **–** is `forbidden` for those who see the report, \
         and for all others exactly as if there were none. Handler and approver are those of the unit that \
         has the report; who proposed an answer never approves it.\n\n| act | sender | intake office | \
         handler | approver | anybody else |\n|---|---|---|---|---|---|",
    );
    for act in Act::ALL.into_iter().filter(|act| *act != Act::Submit) {
        let name = serde_json::to_value(act).unwrap_or_default();
        let _ = write!(text, "\n| `{}` |", name.as_str().unwrap_or_default());
        for actor in [Actor::Sender, Actor::Intake, Actor::Handler, Actor::Approver] {
            text.push_str(if may_ever(act, actor) { " ✓ |" } else { " – |" });
        }
        text.push_str(" – |");
    }
    text.push_str(
        "\n\n## What of a report is seen\n\n| | sender | intake office | its unit |\n|---|---|---|---|\n\
         | words, place, photos, timeline | ✓ | ✓ | ✓ |\n| who sent it | ✓ | ✓ | – |\n\
         | notes, names of officials, answers before they are published | – | ✓ | ✓ |\n",
    );
    text
}

fn cell(admits: Admits, visitor: Visitor) -> &'static str {
    match admits.meets(visitor) {
        Meets::Open if admits == Admits::Secret => "secret",
        Meets::Open => "✓",
        Meets::Own => "own",
        Meets::SignIn => "401",
        Meets::Forbidden => "403",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_printed_table_is_this_one() {
        let printed = include_str!("../../../docs/ROLES.md");
        assert_eq!(printed, document(), "run `cargo run -p citizen-backend -- roles > docs/ROLES.md`");
    }
}

//! Every table and column of the schema; see the register.

mod identity;
mod reports;

use super::register::Column::{Shown, Unsealed, Withheld};
use super::register::{Fate, Of, Sealed, Table};

const fn nobody(name: &'static str) -> Table {
    Table { name, of: Of::Nobody, fate: Fate::Kept, columns: &[] }
}

/// Every table, in the order in which rows are deleted: what finds others goes after them.
pub fn tables() -> impl Iterator<Item = &'static Table> {
    [NOBODY, identity::TABLES, reports::TABLES, ACCOUNT].into_iter().flatten()
}

const NOBODY: &[Table] = &[
    nobody("schema_migrations"),
    nobody("feed_epoch"),
    nobody("catalogues"),
    nobody("number_blocks"),
    nobody("queue_counts"),
    nobody("checkpoints"),
    nobody("checkpoint_heads"),
    nobody("audit_head"),
    nobody("audit_checkpoints"),
    nobody("erased_files"),
    nobody("erased_sessions"),
];

/// What the others are found by.
const ACCOUNT: &[Table] = &[
    Table {
        name: "feed_rows",
        of: Of::Account("feed = 'account:' || ?1"),
        fate: Fate::Deleted,
        columns: &[
            ("feed", Shown),
            ("doc_kind", Shown),
            ("doc_id", Shown),
            ("seq", Shown),
            ("revision", Shown),
            ("gone", Shown),
        ],
    },
    Table {
        name: "feeds",
        of: Of::Account("feed = 'account:' || ?1"),
        fate: Fate::Deleted,
        columns: &[("feed", Shown), ("epoch", Shown), ("seq", Shown)],
    },
    Table {
        name: "accounts",
        of: Of::Account("id = ?1"),
        fate: Fate::ByRoom,
        columns: &[
            ("id", Shown),
            ("number_hash", Withheld),
            ("number_sealed", Unsealed(Sealed::Number)),
            ("masked_number", Shown),
            ("display_name", Shown),
            ("job_title", Shown),
            ("home_unit", Shown),
            ("password_hash", Withheld),
            ("created_at", Shown),
            ("phone_hash", Withheld),
            ("phone_sealed", Unsealed(Sealed::Phone)),
            ("person_sealed", Unsealed(Sealed::Person)),
            ("child_until", Shown),
            ("revision", Shown),
            ("masked_phone", Shown),
            ("erasing_at", Shown),
            ("erased_at", Shown),
            ("password_given", Shown),
            ("sample", Shown),
            ("locked_at", Shown),
        ],
    },
];

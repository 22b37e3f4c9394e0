//! Every table and column of the schema; see the register.

use super::register::Column::{Shown, Unsealed, Withheld};
use super::register::{Fate, Of, Sealed, Table};

// The reports that an account sent are found by its feed, which has an index.
macro_rules! own {
    ($before:literal, $after:literal) => {
        concat!(
            $before,
            " IN (SELECT doc_id FROM feed_rows WHERE feed = 'account:' || ?1 AND doc_kind = 'report')",
            $after
        )
    };
}

const fn nobody(name: &'static str) -> Table {
    Table { name, of: Of::Nobody, fate: Fate::Kept, columns: &[] }
}

/// Every table, in the order in which rows are deleted: what finds others goes after them.
pub const TABLES: &[Table] = &[
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
    Table {
        name: "challenges",
        of: Of::Account("account_id = ?1 OR device_id IN (SELECT id FROM devices WHERE account_id = ?1)"),
        fate: Fate::Deleted,
        columns: &[
            ("id", Withheld),
            ("kind", Shown),
            ("account_id", Shown),
            ("code_hash", Withheld),
            // The same phone, name and number as in the account, for some minutes.
            ("payload_sealed", Withheld),
            ("created_at", Shown),
            ("expires_at", Shown),
            ("resend_after", Shown),
            ("tries_left", Shown),
            ("resends_left", Shown),
            ("finished_at", Shown),
            ("device_id", Shown),
        ],
    },
    Table {
        name: "code_counts",
        of: Of::Phone("subject = ?1"),
        fate: Fate::Deleted,
        columns: &[("scope", Shown), ("subject", Withheld), ("window_started_at", Shown), ("sent", Shown)],
    },
    Table {
        name: "sign_in_attempts",
        of: Of::Number("number_hash = ?1"),
        fate: Fate::Deleted,
        columns: &[("number_hash", Withheld), ("window_started_at", Shown), ("attempts", Shown)],
    },
    Table {
        name: "sign_in_origins",
        of: Of::Number("number_hash = ?1"),
        fate: Fate::Deleted,
        columns: &[
            ("number_hash", Withheld),
            ("origin_hash", Withheld),
            ("window_started_at", Shown),
            ("attempts", Shown),
            ("turn_at", Shown),
        ],
    },
    Table {
        name: "sessions",
        of: Of::Account("account_id = ?1"),
        fate: Fate::Deleted,
        columns: &[
            ("id", Withheld),
            ("account_id", Shown),
            ("device_name", Shown),
            ("created_at", Shown),
            ("ends_at", Shown),
            ("access_hash", Withheld),
            ("access_expires_at", Shown),
            ("previous_access_hash", Withheld),
            ("previous_access_expires_at", Shown),
            ("refresh_hash", Withheld),
            ("previous_refresh_hash", Withheld),
            ("rotated_at", Shown),
            ("successor_sealed", Withheld),
            ("revoked_at", Shown),
            ("origin_hash", Withheld),
            ("device_id", Shown),
        ],
    },
    Table {
        name: "devices",
        of: Of::Account("account_id = ?1"),
        fate: Fate::Deleted,
        columns: &[
            ("id", Shown),
            ("account_id", Shown),
            ("name", Shown),
            ("token_hash", Withheld),
            ("since", Shown),
            ("last_seen_day", Shown),
            ("revision", Shown),
        ],
    },
    Table {
        name: "identity_checks",
        of: Of::Account("account_id = ?1"),
        fate: Fate::Deleted,
        columns: &[
            ("id", Shown),
            ("account_id", Shown),
            ("way", Shown),
            ("checked_at", Shown),
            ("unit_id", Shown),
            ("place", Shown),
            ("by_account", Withheld),
        ],
    },
    Table {
        name: "representatives",
        of: Of::Account("account_id = ?1"),
        fate: Fate::Deleted,
        columns: &[
            ("account_id", Shown),
            ("confirmed_at", Shown),
            ("wording", Shown),
            // Another person's.
            ("phone_sealed", Withheld),
            ("withdrawn_at", Shown),
        ],
    },
    Table {
        name: "card_check_counts",
        of: Of::Account("account_id = ?1"),
        fate: Fate::Deleted,
        columns: &[("account_id", Shown), ("window_started_at", Shown), ("tries", Shown), ("misses", Shown)],
    },
    Table {
        name: "national_attempts",
        of: Of::Account("account_id = ?1"),
        fate: Fate::Deleted,
        columns: &[
            ("id", Withheld),
            ("account_id", Shown),
            ("secrets_sealed", Withheld),
            ("created_at", Shown),
            ("expires_at", Shown),
        ],
    },
    Table {
        name: "audit",
        of: Of::Account("subject_id = ?1"),
        // Codes and ids only: what was done to a number of nobody.
        fate: Fate::Kept,
        columns: &[
            ("seq", Shown),
            ("at", Shown),
            // An official's.
            ("actor", Withheld),
            ("act", Shown),
            ("subject_kind", Shown),
            ("subject_id", Shown),
            ("unit_id", Shown),
            ("detail", Shown),
            ("hash", Withheld),
        ],
    },
    Table {
        name: "account_roles",
        of: Of::Account("account_id = ?1"),
        fate: Fate::Deleted,
        columns: &[("account_id", Shown), ("role", Shown), ("unit_id", Shown)],
    },
    Table {
        name: "consents",
        of: Of::Account("account_id = ?1"),
        // What was agreed to must be provable: purpose, wording, time and way, of a pseudonym.
        fate: Fate::Kept,
        columns: &[
            ("account_id", Shown),
            ("purpose", Shown),
            ("wording", Shown),
            ("given_at", Shown),
            ("way", Shown),
            ("withdrawn", Shown),
            ("command_id", Shown),
        ],
    },
    Table {
        name: "data_requests",
        of: Of::Account("account_id = ?1"),
        fate: Fate::Blanked(&["wish_sealed", "answer"]),
        columns: &[
            ("id", Shown),
            ("account_id", Shown),
            ("kind", Shown),
            ("wish_sealed", Unsealed(Sealed::Wish)),
            ("asked_at", Shown),
            ("due_at", Shown),
            ("state", Shown),
            ("ended_at", Shown),
            ("answer", Shown),
            ("answered_by", Withheld),
        ],
    },
    Table {
        name: "report_words",
        of: Of::Account(own!("report_id", "")),
        fate: Fate::ByRoom,
        columns: &[("word", Withheld), ("report_id", Withheld)],
    },
    Table {
        name: "uploads",
        of: Of::Account(own!(
            "attachment_id IN (SELECT id FROM attachments WHERE report_id",
            " AND account = ?1)"
        )),
        fate: Fate::ByRoom,
        columns: &[
            ("attachment_id", Shown),
            ("command_id", Shown),
            ("generation", Shown),
            ("received", Shown),
            ("finished", Shown),
            ("touched_at", Shown),
        ],
    },
    Table {
        name: "upload_parts",
        of: Of::Account(own!(
            "attachment_id IN (SELECT id FROM attachments WHERE report_id",
            " AND account = ?1)"
        )),
        fate: Fate::ByRoom,
        columns: &[
            ("attachment_id", Shown),
            ("generation", Shown),
            ("start", Shown),
            ("length", Shown),
            ("object", Withheld),
        ],
    },
    Table {
        name: "attachments",
        of: Of::Account(own!("report_id", " AND account = ?1")),
        fate: Fate::ByRoom,
        columns: &[
            ("id", Shown),
            ("report_id", Shown),
            ("event_seq", Shown),
            ("place", Shown),
            ("account", Shown),
            ("command_id", Shown),
            ("sha256", Shown),
            ("size", Shown),
            ("media_type", Shown),
            ("role", Shown),
            ("state", Shown),
            ("captured_at", Shown),
        ],
    },
    Table {
        name: "event_payloads",
        of: Of::Account(own!(
            "report_id",
            " AND EXISTS (SELECT 1 FROM report_events WHERE report_events.report_id = event_payloads.report_id \
             AND report_events.seq = event_payloads.seq AND report_events.actor = ?1)"
        )),
        fate: Fate::ByRoom,
        columns: &[("report_id", Shown), ("seq", Shown), ("payload", Shown), ("salt", Shown)],
    },
    Table {
        name: "report_events",
        of: Of::Account(own!("report_id", " AND actor = ?1")),
        // The chain of proof, in which the account is a number of nobody.
        fate: Fate::Kept,
        columns: &[
            ("report_id", Shown),
            ("seq", Shown),
            ("revision", Shown),
            ("act", Shown),
            ("state", Shown),
            ("at", Shown),
            ("actor", Shown),
            ("capacity", Shown),
            ("unit_id", Shown),
            ("to_unit", Shown),
            ("command_id", Shown),
            ("commitment", Shown),
            ("hash", Shown),
        ],
    },
    Table {
        name: "reports",
        of: Of::Account(own!("id", " AND sender = ?1")),
        // Number, category, commune, dates; title and searchable words are blanked.
        fate: Fate::ByRoom,
        columns: &[
            ("id", Shown),
            ("number", Shown),
            ("sender", Shown),
            ("intake_unit", Shown),
            ("handling_unit", Shown),
            ("answered_by", Withheld),
            ("revision", Shown),
            ("state", Shown),
            ("category", Shown),
            ("urgency", Shown),
            ("public", Shown),
            ("place_unit", Shown),
            ("title", Shown),
            ("folded", Shown),
            ("submitted_at", Shown),
            ("take_in_by", Shown),
            ("answer_by", Shown),
            ("paused_since", Shown),
            ("queue", Shown),
            ("due_at", Shown),
            ("photos_declared", Shown),
            ("photos_received", Shown),
            ("events", Shown),
            ("head", Shown),
            ("checkpointed", Shown),
            ("indexed", Shown),
        ],
    },
    Table {
        name: "command_outcomes",
        of: Of::Account("account = ?1"),
        // The hash of a command's words could be tried with guessed words.
        fate: Fate::Deleted,
        columns: &[
            ("account", Shown),
            ("command_id", Shown),
            ("content_sha256", Shown),
            ("accepted", Shown),
            ("verdict", Shown),
            ("decided_at", Shown),
        ],
    },
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
        ],
    },
];

//! What is kept of the reports that an account sent, and of its commands.

use crate::erase::register::Column::{Shown, Withheld};
use crate::erase::register::{Fate, Of, Table};

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

pub(super) const TABLES: &[Table] = &[
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
];

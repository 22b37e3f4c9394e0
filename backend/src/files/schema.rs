//! The tables of this room.

use crate::db::Migration;

/// Applied in this order.
pub const MIGRATIONS: &[Migration] = &[
    Migration {
        id: "2024-04-01-files",
        sql: "
-- One row while an upload is on its way; it goes when the attachment has been received and swept.
-- A generation ends when the whole file turns out damaged and must be sent again.
CREATE TABLE uploads (
    attachment_id TEXT NOT NULL PRIMARY KEY,
    command_id TEXT NOT NULL,
    generation INTEGER NOT NULL,
    received INTEGER NOT NULL,
    finished INTEGER NOT NULL,
    touched_at INTEGER NOT NULL
);
CREATE INDEX uploads_by_touch ON uploads (touched_at);
CREATE TABLE upload_parts (
    attachment_id TEXT NOT NULL,
    generation INTEGER NOT NULL,
    start INTEGER NOT NULL,
    length INTEGER NOT NULL,
    object TEXT NOT NULL,
    PRIMARY KEY (attachment_id, generation, start)
) WITHOUT ROWID;
",
    },
    Migration {
        id: "2024-05-13-erased-files",
        sql: "
-- Attachments that were erased and whose bytes must go. A row outlives every request that was under
-- way when the attachment was erased, so that what such a request still stores goes too.
CREATE TABLE erased_files (
    attachment_id TEXT NOT NULL PRIMARY KEY,
    command_id TEXT NOT NULL,
    erased_at INTEGER NOT NULL
);
",
    },
];

//! The tables of `outbox.db`.

use crate::store::Migration;

/// All steps, oldest first. Additive only: an older program must still open a newer file.
pub const MIGRATIONS: &[Migration] = &[
    Migration {
        name: "2026-11-22 drafts, commands, attachments",
        sql: "
CREATE TABLE drafts (
  id TEXT NOT NULL PRIMARY KEY,          -- becomes the command's id
  kind TEXT NOT NULL,
  report_id TEXT NOT NULL,
  form TEXT NOT NULL,                    -- JSON of the slice that owns the kind
  created_at INTEGER NOT NULL,
  saved_at INTEGER NOT NULL
) STRICT;
CREATE TABLE commands (
  seq INTEGER PRIMARY KEY AUTOINCREMENT, -- the order in which the person acted
  id TEXT NOT NULL UNIQUE,
  kind TEXT NOT NULL,
  lane TEXT NOT NULL,                    -- the report
  after TEXT,                            -- the command before it in the lane, if that was unsent
  text TEXT NOT NULL,                    -- the exact text, frozen
  sha256 TEXT NOT NULL,
  form TEXT,                             -- what the draft was, for taking it back
  state TEXT NOT NULL,
  waiting TEXT,
  attempts INTEGER NOT NULL DEFAULT 0,
  next_at INTEGER NOT NULL DEFAULT 0,
  exposed INTEGER NOT NULL DEFAULT 0,    -- 1 once the text may have reached the backend
  trouble TEXT,
  receipt TEXT,                          -- the signed receipt as it came
  report_number TEXT,
  revision INTEGER,
  received_at INTEGER,
  first_deadline INTEGER,
  created_at INTEGER NOT NULL,
  sent_at INTEGER,
  settled_at INTEGER
) STRICT;
CREATE INDEX commands_by_state ON commands (state, seq);
CREATE INDEX commands_by_lane ON commands (lane, seq);
CREATE TABLE attachments (
  id TEXT NOT NULL PRIMARY KEY,
  owner TEXT NOT NULL,                   -- the draft or command
  position INTEGER NOT NULL,
  sha256 TEXT NOT NULL,
  size INTEGER NOT NULL,
  media_type TEXT NOT NULL,
  captured_at INTEGER,
  lat_e7 INTEGER,
  lon_e7 INTEGER,
  state TEXT NOT NULL,                   -- held, waiting, confirmed, unreadable
  sent_bytes INTEGER NOT NULL DEFAULT 0,
  attempts INTEGER NOT NULL DEFAULT 0,
  next_at INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE INDEX attachments_by_owner ON attachments (owner, position);
CREATE TABLE chunks (
  attachment_id TEXT NOT NULL REFERENCES attachments (id) ON DELETE CASCADE,
  seq INTEGER NOT NULL,
  bytes BLOB NOT NULL,
  PRIMARY KEY (attachment_id, seq)
) STRICT;
",
    },
    Migration {
        name: "2026-11-22 sender lease, key lists, settings",
        sql: "
CREATE TABLE sender_lease (
  one INTEGER NOT NULL PRIMARY KEY CHECK (one = 1),
  holder TEXT NOT NULL,
  until INTEGER NOT NULL
) STRICT;
CREATE TABLE key_lists (
  one INTEGER NOT NULL PRIMARY KEY CHECK (one = 1),
  issued_at INTEGER NOT NULL,
  signed TEXT NOT NULL
) STRICT;
CREATE TABLE settings (
  name TEXT NOT NULL PRIMARY KEY,
  value TEXT NOT NULL
) STRICT;
",
    },
    Migration {
        name: "2026-11-22 photos in sealed files",
        sql: "
-- Where the bytes are; both null for photos in chunks, from before, and for those that have settled.
ALTER TABLE attachments ADD COLUMN sealed_file TEXT;
ALTER TABLE attachments ADD COLUMN sealed_start INTEGER;
",
    },
];

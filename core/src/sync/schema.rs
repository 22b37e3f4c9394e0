//! The tables of `cache.db`.

use crate::store::Migration;

/// All steps, oldest first.
pub const MIGRATIONS: &[Migration] = &[Migration {
    name: "2026-11-22 documents, cursors, pages, photos",
    sql: "
CREATE TABLE documents (
  feed TEXT NOT NULL,
  kind TEXT NOT NULL,
  id TEXT NOT NULL,
  revision INTEGER NOT NULL,
  body TEXT NOT NULL,
  folded TEXT NOT NULL,             -- searchable form of its words
  kept_at INTEGER NOT NULL,
  PRIMARY KEY (feed, kind, id)
) STRICT;
CREATE INDEX documents_by_id ON documents (kind, id);
CREATE TABLE cursors (
  feed TEXT NOT NULL PRIMARY KEY,
  epoch TEXT NOT NULL,
  next INTEGER NOT NULL
) STRICT;
CREATE TABLE pages (
  name TEXT NOT NULL PRIMARY KEY,   -- the query and its filters
  body TEXT NOT NULL,
  as_of INTEGER NOT NULL
) STRICT;
CREATE TABLE photos (
  attachment_id TEXT NOT NULL,
  variant TEXT NOT NULL,
  media_type TEXT NOT NULL,
  bytes BLOB NOT NULL,
  used_at INTEGER NOT NULL,
  PRIMARY KEY (attachment_id, variant)
) STRICT;
CREATE TABLE meta (
  name TEXT NOT NULL PRIMARY KEY,
  value TEXT NOT NULL
) STRICT;
",
}];

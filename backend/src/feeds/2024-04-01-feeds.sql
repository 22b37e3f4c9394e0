-- One row at most: what a new feed starts with. Set at first start and after a restore.
CREATE TABLE feed_epoch (
    one INTEGER PRIMARY KEY CHECK (one = 1),
    epoch TEXT NOT NULL
);

CREATE TABLE feeds (
    feed TEXT PRIMARY KEY,
    epoch TEXT NOT NULL,
    seq INTEGER NOT NULL
) WITHOUT ROWID;

CREATE TABLE feed_rows (
    feed TEXT NOT NULL,
    doc_kind TEXT NOT NULL,
    doc_id TEXT NOT NULL,
    seq INTEGER NOT NULL,
    revision INTEGER NOT NULL,
    gone INTEGER NOT NULL CHECK (gone IN (0, 1)),
    PRIMARY KEY (feed, doc_kind, doc_id)
) WITHOUT ROWID;

CREATE UNIQUE INDEX feed_rows_by_seq ON feed_rows (feed, seq);

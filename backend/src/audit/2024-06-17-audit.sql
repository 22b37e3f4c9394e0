-- Append-only: what staff did, as codes and ids; no name, number, address or word of a person.
-- Each hash covers the row and the hash before it.
CREATE TABLE audit (
    seq INTEGER NOT NULL PRIMARY KEY,
    at INTEGER NOT NULL,
    actor TEXT,
    act TEXT NOT NULL,
    subject_kind TEXT,
    subject_id TEXT,
    unit_id TEXT,
    detail TEXT NOT NULL,
    hash BLOB NOT NULL
);
CREATE INDEX audit_by_unit ON audit (unit_id, seq);
CREATE INDEX audit_by_actor ON audit (actor, seq);
CREATE INDEX audit_by_subject ON audit (subject_id, seq);
-- The one end of the one chain.
CREATE TABLE audit_head (
    one INTEGER NOT NULL PRIMARY KEY,
    entries INTEGER NOT NULL,
    head BLOB NOT NULL
);
-- Where the chain stood, signed now and then, so that also a cut-off end is found.
CREATE TABLE audit_checkpoints (
    seq INTEGER NOT NULL PRIMARY KEY,
    signed TEXT NOT NULL
);

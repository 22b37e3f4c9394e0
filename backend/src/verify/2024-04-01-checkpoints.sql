-- Each checkpoint signs the heads of the chains that moved since the one before.
CREATE TABLE checkpoints (
    number INTEGER NOT NULL PRIMARY KEY,
    signed TEXT NOT NULL
);
CREATE TABLE checkpoint_heads (
    report_id TEXT NOT NULL,
    checkpoint INTEGER NOT NULL,
    seq INTEGER NOT NULL,
    hash BLOB NOT NULL,
    PRIMARY KEY (report_id, checkpoint)
) WITHOUT ROWID;
CREATE INDEX checkpoint_heads_by_checkpoint ON checkpoint_heads (checkpoint, report_id);

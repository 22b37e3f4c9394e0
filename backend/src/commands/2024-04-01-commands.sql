-- One row a command that was decided. A repeat gets the same outcome, byte for byte.
CREATE TABLE command_outcomes (
    account TEXT NOT NULL,
    command_id TEXT NOT NULL,
    content_sha256 TEXT NOT NULL,
    accepted INTEGER NOT NULL,
    verdict TEXT NOT NULL,
    decided_at INTEGER NOT NULL,
    PRIMARY KEY (account, command_id)
) WITHOUT ROWID;

-- Who was checked, when, by whom, where, and how. Rows are only added; an account is checked by its first.
-- by_account is the official who saw the card, none with the national identification.
CREATE TABLE identity_checks (
    id TEXT NOT NULL PRIMARY KEY,
    account_id TEXT NOT NULL REFERENCES accounts (id),
    way TEXT NOT NULL,
    checked_at INTEGER NOT NULL,
    unit_id TEXT,
    place TEXT NOT NULL,
    by_account TEXT
);
CREATE UNIQUE INDEX identity_checks_by_account ON identity_checks (account_id);

-- How many cards an official looked up within a window of time.
CREATE TABLE card_check_counts (
    account_id TEXT NOT NULL PRIMARY KEY,
    window_started_at INTEGER NOT NULL,
    tries INTEGER NOT NULL,
    misses INTEGER NOT NULL
);

-- Attempts with the national identification that are under way. secrets_sealed holds state, nonce, the
-- challenge and where to come back to; rows go when they are used or over.
CREATE TABLE national_attempts (
    id TEXT NOT NULL PRIMARY KEY,
    account_id TEXT NOT NULL REFERENCES accounts (id),
    secrets_sealed BLOB NOT NULL,
    created_at INTEGER NOT NULL,
    expires_at INTEGER NOT NULL
);
CREATE INDEX national_attempts_by_account ON national_attempts (account_id, created_at);
CREATE INDEX national_attempts_by_end ON national_attempts (expires_at);

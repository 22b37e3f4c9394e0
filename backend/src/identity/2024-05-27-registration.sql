-- Where an account is or was signed in. token_hash lets the device sign in again without a code; it is
-- SHA-256 of 256 random bits. last_seen_day counts days since 1970-01-01, and nothing finer is kept.
CREATE TABLE devices (
    id TEXT NOT NULL PRIMARY KEY,
    account_id TEXT NOT NULL REFERENCES accounts (id),
    name TEXT NOT NULL,
    token_hash BLOB NOT NULL,
    since INTEGER NOT NULL,
    last_seen_day INTEGER NOT NULL,
    revision INTEGER NOT NULL
);
CREATE INDEX devices_by_account ON devices (account_id);
CREATE INDEX devices_by_day ON devices (last_seen_day);
ALTER TABLE sessions ADD COLUMN device_id TEXT;
CREATE INDEX sessions_by_device ON sessions (device_id);

-- The phone lies only in phone_sealed, as a number does; person_sealed holds what else was declared.
-- child_until is the day of the 16th birthday of somebody who registered younger, in days since 1970-01-01.
ALTER TABLE accounts ADD COLUMN phone_hash BLOB;
ALTER TABLE accounts ADD COLUMN phone_sealed BLOB;
ALTER TABLE accounts ADD COLUMN person_sealed BLOB;
ALTER TABLE accounts ADD COLUMN child_until INTEGER;

-- What was agreed to: which purpose, which wording, when and how. Rows are only added.
CREATE TABLE consents (
    account_id TEXT NOT NULL REFERENCES accounts (id),
    purpose TEXT NOT NULL,
    wording TEXT NOT NULL,
    given_at INTEGER NOT NULL,
    way TEXT NOT NULL,
    PRIMARY KEY (account_id, purpose, given_at)
) WITHOUT ROWID;

-- Codes that were sent and are waited for. code_hash is keyed and bound to the id; payload_sealed holds
-- the phone and, for a registration, what the account will be made of. Rows go some minutes after use.
CREATE TABLE challenges (
    id TEXT NOT NULL PRIMARY KEY,
    kind TEXT NOT NULL,
    account_id TEXT,
    code_hash BLOB NOT NULL,
    payload_sealed BLOB NOT NULL,
    created_at INTEGER NOT NULL,
    expires_at INTEGER NOT NULL,
    resend_after INTEGER NOT NULL,
    tries_left INTEGER NOT NULL,
    resends_left INTEGER NOT NULL,
    finished_at INTEGER,
    device_id TEXT
);
CREATE INDEX challenges_by_creation ON challenges (created_at);

-- How many codes were sent, to whom and from where under the deployment's key, and altogether.
CREATE TABLE code_counts (
    scope TEXT NOT NULL,
    subject BLOB NOT NULL,
    window_started_at INTEGER NOT NULL,
    sent INTEGER NOT NULL,
    PRIMARY KEY (scope, subject)
) WITHOUT ROWID;
CREATE INDEX code_counts_by_window ON code_counts (window_started_at);

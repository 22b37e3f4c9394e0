-- password_given: 1 while somebody else knows the password. sample: 1 for people who do not exist.
ALTER TABLE accounts ADD COLUMN password_given INTEGER NOT NULL DEFAULT 0;
ALTER TABLE accounts ADD COLUMN sample INTEGER NOT NULL DEFAULT 0;
ALTER TABLE accounts ADD COLUMN locked_at INTEGER;
-- When the person, not the app by itself, last did something; a staff session ends some time after it.
ALTER TABLE sessions ADD COLUMN used_at INTEGER;
-- When the device last showed the second factor.
ALTER TABLE devices ADD COLUMN factor_at INTEGER;
-- Wrong passwords among the tries of the window.
ALTER TABLE sign_in_attempts ADD COLUMN failed INTEGER NOT NULL DEFAULT 0;

-- The second factor of staff. The secret lies only in secret_sealed; enrolled_at is empty until it was
-- confirmed; no code of last_step or before is taken again.
CREATE TABLE staff_factors (
    account_id TEXT NOT NULL PRIMARY KEY REFERENCES accounts (id),
    secret_sealed BLOB NOT NULL,
    enrolled_at INTEGER,
    last_step INTEGER NOT NULL,
    failures INTEGER NOT NULL,
    failures_since INTEGER NOT NULL
);
-- Keyed hashes of the codes that serve once each when the authenticator is lost.
CREATE TABLE staff_recovery_codes (
    account_id TEXT NOT NULL REFERENCES accounts (id),
    code_hash BLOB NOT NULL,
    used_at INTEGER,
    PRIMARY KEY (account_id, code_hash)
) WITHOUT ROWID;

//! The tables of this slice.

use crate::db::Migration;

/// Applied in this order.
pub const MIGRATIONS: &[Migration] = &[
    Migration {
        id: "2024-04-01-identity",
        sql: "
-- The number itself lies only in number_sealed; number_hash finds it; masked_number is what others see.
CREATE TABLE accounts (
    id TEXT NOT NULL PRIMARY KEY,
    number_hash BLOB NOT NULL UNIQUE,
    number_sealed BLOB NOT NULL,
    masked_number TEXT NOT NULL,
    display_name TEXT NOT NULL,
    job_title TEXT NOT NULL,
    home_unit TEXT,
    password_hash TEXT NOT NULL,
    created_at INTEGER NOT NULL
);
CREATE TABLE account_roles (
    account_id TEXT NOT NULL REFERENCES accounts (id),
    role TEXT NOT NULL,
    unit_id TEXT NOT NULL,
    PRIMARY KEY (account_id, role, unit_id)
) WITHOUT ROWID;
-- One row a sign-in. Tokens are kept as SHA-256. successor_sealed holds the tokens that followed
-- previous_refresh_hash, readable only with the token before.
CREATE TABLE sessions (
    id BLOB NOT NULL PRIMARY KEY,
    account_id TEXT NOT NULL REFERENCES accounts (id),
    device_name TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    ends_at INTEGER NOT NULL,
    access_hash BLOB NOT NULL,
    access_expires_at INTEGER NOT NULL,
    previous_access_hash BLOB,
    previous_access_expires_at INTEGER,
    refresh_hash BLOB NOT NULL,
    previous_refresh_hash BLOB,
    rotated_at INTEGER,
    successor_sealed BLOB,
    revoked_at INTEGER
);
CREATE INDEX sessions_by_account ON sessions (account_id);
-- Counted by the number's hash whether or not there is such an account.
CREATE TABLE sign_in_attempts (
    number_hash BLOB NOT NULL PRIMARY KEY,
    window_started_at INTEGER NOT NULL,
    attempts INTEGER NOT NULL
);
",
    },
    Migration {
        id: "2024-04-02-sessions-by-end",
        sql: "CREATE INDEX sessions_by_end ON sessions (ends_at);",
    },
    Migration {
        id: "2024-05-13-sign-in-origins",
        sql: "
-- Tries of a number from one network; sign_in_attempts counts them from everywhere. origin_hash is
-- keyed and differs from number to number.
CREATE TABLE sign_in_origins (
    number_hash BLOB NOT NULL,
    origin_hash BLOB NOT NULL,
    window_started_at INTEGER NOT NULL,
    attempts INTEGER NOT NULL,
    turn_at INTEGER NOT NULL,
    PRIMARY KEY (number_hash, origin_hash)
) WITHOUT ROWID;
CREATE INDEX sign_in_origins_by_window ON sign_in_origins (window_started_at);
CREATE INDEX sign_in_attempts_by_window ON sign_in_attempts (window_started_at);
ALTER TABLE sessions ADD COLUMN origin_hash BLOB;
",
    },
    Migration { id: "2024-05-27-registration", sql: include_str!("2024-05-27-registration.sql") },
    Migration { id: "2024-06-03-my-data", sql: include_str!("2024-06-03-my-data.sql") },
    Migration {
        id: "2024-06-04-erased-accounts",
        sql: "CREATE INDEX accounts_erased ON accounts (erased_at) WHERE erased_at IS NOT NULL;",
    },
    Migration { id: "2024-06-10-identity-checks", sql: include_str!("2024-06-10-identity-checks.sql") },
    Migration { id: "2024-06-17-staff", sql: include_str!("2024-06-17-staff.sql") },
    Migration { id: "2024-06-24-representatives", sql: include_str!("2024-06-24-representatives.sql") },
];

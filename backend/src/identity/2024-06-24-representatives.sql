-- The consent of a child's representative to the child's reports being public: which words, when, and the
-- phone that gave the code, sealed. Rows are only added; a withdrawn one keeps when it was withdrawn.
CREATE TABLE representatives (
    account_id TEXT NOT NULL REFERENCES accounts (id),
    confirmed_at INTEGER NOT NULL,
    wording TEXT NOT NULL,
    phone_sealed BLOB NOT NULL,
    withdrawn_at INTEGER,
    PRIMARY KEY (account_id, confirmed_at)
) WITHOUT ROWID;

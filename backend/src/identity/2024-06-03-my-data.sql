-- revision counts changes of what the owner sees of the account; masked_phone is the phone's last digits.
-- erasing_at says that the erasure was decided and goes on until erased_at; then nothing personal is left
-- in the row, whose id stays as a pseudonym.
ALTER TABLE accounts ADD COLUMN revision INTEGER NOT NULL DEFAULT 1;
ALTER TABLE accounts ADD COLUMN masked_phone TEXT;
ALTER TABLE accounts ADD COLUMN erasing_at INTEGER;
ALTER TABLE accounts ADD COLUMN erased_at INTEGER;
CREATE INDEX accounts_erasing ON accounts (erasing_at) WHERE erasing_at IS NOT NULL AND erased_at IS NULL;

-- A row with withdrawn = 1 takes an earlier one back. command_id is the command whose signed receipt
-- proves it; a registration has none.
ALTER TABLE consents ADD COLUMN withdrawn INTEGER NOT NULL DEFAULT 0;
ALTER TABLE consents ADD COLUMN command_id TEXT;

-- What people want of their data. wish_sealed holds words and corrections, as a number is sealed.
CREATE TABLE data_requests (
    id TEXT NOT NULL PRIMARY KEY,
    account_id TEXT NOT NULL REFERENCES accounts (id),
    kind TEXT NOT NULL,
    wish_sealed BLOB,
    asked_at INTEGER NOT NULL,
    due_at INTEGER NOT NULL,
    state TEXT NOT NULL,
    ended_at INTEGER,
    answer TEXT,
    answered_by TEXT
);
CREATE INDEX data_requests_by_account ON data_requests (account_id, asked_at);
CREATE INDEX data_requests_by_state ON data_requests (state, due_at);

-- Sessions of erased accounts, so that their devices can be told why they ended. id is random and says
-- nothing of anybody; rows go when the session would have ended.
CREATE TABLE erased_sessions (
    id BLOB NOT NULL PRIMARY KEY,
    ends_at INTEGER NOT NULL
);
CREATE INDEX erased_sessions_by_end ON erased_sessions (ends_at);

-- Every account is a document of its own feed from now on.
INSERT INTO feeds (feed, epoch, seq)
    SELECT 'account:' || accounts.id, feed_epoch.epoch, 1 FROM accounts, feed_epoch WHERE feed_epoch.one = 1
    ON CONFLICT (feed) DO UPDATE SET seq = feeds.seq + 1;
INSERT INTO feed_rows (feed, doc_kind, doc_id, seq, revision, gone)
    SELECT feeds.feed, 'account', accounts.id, feeds.seq, 1, 0
    FROM accounts JOIN feeds ON feeds.feed = 'account:' || accounts.id;

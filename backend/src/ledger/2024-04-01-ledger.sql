-- The projection of a report's events: what routing, rights and lists need. Words stand only in
-- title and folded, which erasing blanks.
CREATE TABLE reports (
    id TEXT NOT NULL PRIMARY KEY,
    number TEXT NOT NULL UNIQUE,
    sender TEXT NOT NULL,
    intake_unit TEXT NOT NULL,
    handling_unit TEXT,
    answered_by TEXT,
    revision INTEGER NOT NULL,
    state TEXT NOT NULL,
    category TEXT NOT NULL,
    urgency TEXT NOT NULL,
    public INTEGER NOT NULL,
    place_unit TEXT,
    title TEXT NOT NULL,
    folded TEXT NOT NULL,
    submitted_at INTEGER NOT NULL,
    take_in_by INTEGER NOT NULL,
    answer_by INTEGER,
    paused_since INTEGER,
    queue TEXT NOT NULL,
    due_at INTEGER NOT NULL,
    photos_declared INTEGER NOT NULL,
    photos_received INTEGER NOT NULL,
    events INTEGER NOT NULL,
    head BLOB NOT NULL,
    checkpointed INTEGER NOT NULL DEFAULT 0
);
CREATE INDEX reports_by_queue ON reports (intake_unit, queue, due_at, id);
CREATE INDEX reports_by_place ON reports (intake_unit, queue, place_unit, due_at, id);
CREATE INDEX reports_by_category ON reports (intake_unit, queue, category, due_at, id);
CREATE INDEX reports_to_checkpoint ON reports (id) WHERE events > checkpointed;

-- Append-only. Each hash covers the row, the hash before it and a salted commitment to the payload.
CREATE TABLE report_events (
    report_id TEXT NOT NULL,
    seq INTEGER NOT NULL,
    revision INTEGER NOT NULL,
    act TEXT NOT NULL,
    state TEXT NOT NULL,
    at INTEGER NOT NULL,
    actor TEXT,
    capacity TEXT,
    unit_id TEXT,
    to_unit TEXT,
    command_id TEXT,
    commitment BLOB NOT NULL,
    hash BLOB NOT NULL,
    PRIMARY KEY (report_id, seq)
) WITHOUT ROWID;

-- Erasable: deleting a row takes the words and the salt, and the chain still verifies.
CREATE TABLE event_payloads (
    report_id TEXT NOT NULL,
    seq INTEGER NOT NULL,
    payload TEXT NOT NULL,
    salt BLOB NOT NULL,
    PRIMARY KEY (report_id, seq)
) WITHOUT ROWID;

CREATE TABLE attachments (
    id TEXT NOT NULL PRIMARY KEY,
    report_id TEXT NOT NULL,
    event_seq INTEGER NOT NULL,
    place INTEGER NOT NULL,
    account TEXT NOT NULL,
    command_id TEXT NOT NULL,
    sha256 TEXT NOT NULL,
    size INTEGER NOT NULL,
    media_type TEXT NOT NULL,
    role TEXT NOT NULL,
    state TEXT NOT NULL,
    captured_at INTEGER
);
CREATE INDEX attachments_by_report ON attachments (report_id, event_seq, place);

-- Numbers are handed out in blocks, so that no report waits for a counter that all reports share.
CREATE TABLE number_blocks (
    prefix TEXT NOT NULL PRIMARY KEY,
    next INTEGER NOT NULL
);

-- How many reports a queue has, spread over shards so that no row is hot.
CREATE TABLE queue_counts (
    intake_unit TEXT NOT NULL,
    queue TEXT NOT NULL,
    shard INTEGER NOT NULL,
    reports INTEGER NOT NULL,
    PRIMARY KEY (intake_unit, queue, shard)
) WITHOUT ROWID;

-- The words by which a report is found. They are written by a chore after the report, so that taking a
-- report in costs no more; until then the report is in reports_to_index and is looked at itself.
ALTER TABLE reports ADD COLUMN indexed INTEGER NOT NULL DEFAULT 0;
CREATE INDEX reports_to_index ON reports (id) WHERE indexed = 0;
CREATE TABLE report_words (
    word TEXT NOT NULL,
    report_id TEXT NOT NULL,
    PRIMARY KEY (word, report_id)
) WITHOUT ROWID;
-- Erasing a report finds its words by this.
CREATE INDEX report_words_by_report ON report_words (report_id);

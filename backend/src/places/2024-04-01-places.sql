-- What devices need of the locality's profile, as it was last imported.
CREATE TABLE catalogues (
    id TEXT NOT NULL PRIMARY KEY,
    revision INTEGER NOT NULL,
    sha256 TEXT NOT NULL,
    body TEXT NOT NULL
);

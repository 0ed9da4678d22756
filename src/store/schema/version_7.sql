-- Version 7: where a theme comes from: the framework, the data, or not said; where coders differ, and what they agreed on.

ALTER TABLE theme ADD COLUMN origin TEXT;

CREATE TABLE verdict (
    id BLOB PRIMARY KEY,
    source BLOB NOT NULL REFERENCES source DEFERRABLE INITIALLY DEFERRED,
    "on" ANY NOT NULL,            -- codings, with the passages they had
    coder BLOB NOT NULL REFERENCES coder DEFERRABLE INITIALLY DEFERRED,
    time INTEGER NOT NULL,        -- milliseconds since 1970
    edit INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

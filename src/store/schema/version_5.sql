-- Version 5: statements with what speaks for and against them, and types of cases.

CREATE TABLE proposition (
    id BLOB PRIMARY KEY, statement ANY NOT NULL, note ANY NOT NULL, status TEXT NOT NULL,
    searched ANY,                 -- who looked for contradiction, and when
    coder BLOB NOT NULL REFERENCES coder DEFERRABLE INITIALLY DEFERRED,
    time INTEGER NOT NULL,        -- milliseconds since 1970
    position INTEGER NOT NULL, edit INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE evidence (
    id BLOB PRIMARY KEY,
    proposition BLOB NOT NULL REFERENCES proposition DEFERRABLE INITIALLY DEFERRED,
    weight TEXT NOT NULL,
    "of" ANY NOT NULL,            -- a passage or a cell, which may be gone
    words ANY NOT NULL,           -- as they were when it was added
    note ANY NOT NULL,
    coder BLOB NOT NULL REFERENCES coder DEFERRABLE INITIALLY DEFERRED,
    time INTEGER NOT NULL,
    edit INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE typology (
    id BLOB PRIMARY KEY, name ANY NOT NULL, about ANY NOT NULL,
    coder BLOB NOT NULL REFERENCES coder DEFERRABLE INITIALLY DEFERRED,
    time INTEGER NOT NULL, position INTEGER NOT NULL, edit INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE dimension (
    id BLOB PRIMARY KEY,
    typology BLOB NOT NULL REFERENCES typology DEFERRABLE INITIALLY DEFERRED,
    name ANY NOT NULL,
    "values" ANY NOT NULL,
    position INTEGER NOT NULL, edit INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE placement (
    id BLOB PRIMARY KEY,
    dimension BLOB NOT NULL REFERENCES dimension DEFERRABLE INITIALLY DEFERRED,
    "case" BLOB NOT NULL REFERENCES "case" DEFERRABLE INITIALLY DEFERRED,
    value BLOB,                   -- none: the case is unplaced
    reason ANY NOT NULL,
    rests_on ANY NOT NULL,        -- cells, which may be gone
    coder BLOB NOT NULL REFERENCES coder DEFERRABLE INITIALLY DEFERRED,
    time INTEGER NOT NULL, edit INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

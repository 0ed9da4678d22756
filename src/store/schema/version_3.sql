-- Version 3: what analysts write in the cells of the matrix. A memo can be on such a cell too.

CREATE TABLE summary (
    id BLOB PRIMARY KEY,
    cell ANY NOT NULL,            -- theme, and case or values
    "from" ANY,                   -- what it was written of, while it waits to be settled
    text ANY NOT NULL,
    spread ANY NOT NULL,          -- consensus, range, dissent
    citations ANY NOT NULL,
    state TEXT NOT NULL,
    silence TEXT,
    basis ANY NOT NULL,           -- the codings and cases it was written of
    coder BLOB NOT NULL REFERENCES coder DEFERRABLE INITIALLY DEFERRED,
    time INTEGER NOT NULL,        -- milliseconds since 1970
    edit INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- Version 4: copies for other coders, and what came back with them.

CREATE TABLE copy (               -- in a copy: how it was made; copies of copies have a row for each time
    place INTEGER PRIMARY KEY,
    mark BLOB NOT NULL,           -- with the device it makes the device of the copy's edits
    coder BLOB,                   -- whom it was given to; null when it was made for nobody
    name ANY, initials ANY,
    blind INTEGER NOT NULL        -- whether only own work is shown
) STRICT;

-- The merge with which an edit came from a copy; it has no effect but by that.
ALTER TABLE edit ADD COLUMN brought_by INTEGER REFERENCES edit DEFERRABLE INITIALLY DEFERRED;
CREATE INDEX edit_brought ON edit (brought_by) WHERE brought_by IS NOT NULL;

DROP INDEX edit_live;
CREATE INDEX edit_live ON edit (device, seq) WHERE kind IN ('act', 'merge') AND undone_by IS NULL AND brought_by IS NULL;

-- Version 1. Free text and JSON are of type ANY: they pass the codec, which may make them blobs.
-- `edit` is the edit that last wrote the row.

CREATE TABLE blob (
    id BLOB PRIMARY KEY,          -- SHA-256
    size INTEGER NOT NULL         -- bytes
) STRICT, WITHOUT ROWID;

CREATE TABLE block (
    blob BLOB NOT NULL REFERENCES blob ON DELETE CASCADE,
    place INTEGER NOT NULL,
    bytes BLOB NOT NULL,          -- at most 65,536
    UNIQUE (blob, place)
) STRICT;

CREATE TABLE edit (
    seq INTEGER PRIMARY KEY,      -- place in this file
    device BLOB NOT NULL,
    counter INTEGER NOT NULL,     -- with device: identity in every copy
    clock INTEGER NOT NULL,       -- hybrid logical clock
    coder BLOB NOT NULL,
    kind TEXT NOT NULL,           -- setup, act, undo, redo
    label ANY NOT NULL,
    undoes INTEGER REFERENCES edit,
    redoes INTEGER REFERENCES edit,
    repeats INTEGER,              -- edits in a row with one number are undone together
    undone_by INTEGER,            -- the undo that took it back, null while it is live
    change_count INTEGER NOT NULL,
    sources BLOB NOT NULL,        -- identities of the sources it touches, 16 bytes each
    changes ANY NOT NULL,
    UNIQUE (device, counter)
) STRICT;
CREATE INDEX edit_live ON edit (device, seq) WHERE kind = 'act' AND undone_by IS NULL;

CREATE TABLE touched (            -- which edits touch (0) or need (1) an entity
    entity BLOB NOT NULL,
    seq INTEGER NOT NULL REFERENCES edit,
    needs INTEGER NOT NULL,
    PRIMARY KEY (entity, seq, needs)
) STRICT, WITHOUT ROWID;

CREATE TABLE named (              -- which edits name a blob: it is kept as long as one does
    blob BLOB NOT NULL REFERENCES blob,
    seq INTEGER NOT NULL REFERENCES edit,
    PRIMARY KEY (blob, seq)
) STRICT, WITHOUT ROWID;

CREATE TABLE tombstone (          -- what was erased for good
    id BLOB PRIMARY KEY,
    time INTEGER NOT NULL,        -- milliseconds since 1970
    reason ANY NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE project (
    id BLOB PRIMARY KEY, name ANY NOT NULL, about ANY NOT NULL, synthetic INTEGER NOT NULL,
    edit INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE coder (
    id BLOB PRIMARY KEY, name ANY NOT NULL, initials ANY NOT NULL,
    edit INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE attribute (
    id BLOB PRIMARY KEY, name ANY NOT NULL, "of" TEXT NOT NULL, role TEXT, built_in TEXT,
    identifying INTEGER NOT NULL, position INTEGER NOT NULL,
    edit INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE value (
    id BLOB PRIMARY KEY,
    attribute BLOB NOT NULL REFERENCES attribute DEFERRABLE INITIALLY DEFERRED,
    name ANY NOT NULL, aliases ANY NOT NULL, position INTEGER NOT NULL,
    edit INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE theme (
    id BLOB PRIMARY KEY, name ANY NOT NULL,
    parent BLOB REFERENCES theme DEFERRABLE INITIALLY DEFERRED,
    position INTEGER NOT NULL, number ANY, abbreviation ANY NOT NULL, colour TEXT,
    definition ANY NOT NULL, use_when ANY NOT NULL, not_when ANY NOT NULL,
    edit INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE "case" (
    id BLOB PRIMARY KEY, label ANY NOT NULL, kind TEXT NOT NULL,
    "values" ANY NOT NULL,        -- {attribute: [value, …]}
    position INTEGER NOT NULL,
    edit INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE source (
    id BLOB PRIMARY KEY, label ANY NOT NULL, title ANY NOT NULL, form TEXT NOT NULL,
    revision BLOB NOT NULL REFERENCES revision DEFERRABLE INITIALLY DEFERRED,
    "case" BLOB REFERENCES "case" DEFERRABLE INITIALLY DEFERRED,
    "values" ANY NOT NULL, file_name ANY NOT NULL, fingerprint BLOB NOT NULL,
    original BLOB REFERENCES blob, position INTEGER NOT NULL,
    edit INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE revision (
    id BLOB PRIMARY KEY,
    source BLOB NOT NULL REFERENCES source DEFERRABLE INITIALLY DEFERRED,
    parent BLOB REFERENCES revision DEFERRABLE INITIALLY DEFERRED,
    text BLOB NOT NULL REFERENCES blob, geometry BLOB NOT NULL REFERENCES blob,
    edit INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE speaker (
    id BLOB PRIMARY KEY,
    source BLOB NOT NULL REFERENCES source DEFERRABLE INITIALLY DEFERRED,
    label ANY NOT NULL, voice TEXT NOT NULL,
    "case" BLOB REFERENCES "case" DEFERRABLE INITIALLY DEFERRED,
    edit INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE case_span (
    id BLOB PRIMARY KEY,
    source BLOB NOT NULL REFERENCES source DEFERRABLE INITIALLY DEFERRED,
    revision BLOB NOT NULL REFERENCES revision DEFERRABLE INITIALLY DEFERRED,
    start_byte INTEGER NOT NULL, end_byte INTEGER NOT NULL,
    "case" BLOB NOT NULL REFERENCES "case" DEFERRABLE INITIALLY DEFERRED,
    edit INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE coding (
    id BLOB PRIMARY KEY,
    source BLOB NOT NULL REFERENCES source DEFERRABLE INITIALLY DEFERRED,
    revision BLOB NOT NULL REFERENCES revision DEFERRABLE INITIALLY DEFERRED,
    start_byte INTEGER NOT NULL, end_byte INTEGER NOT NULL,
    theme BLOB NOT NULL REFERENCES theme DEFERRABLE INITIALLY DEFERRED,
    coder BLOB NOT NULL REFERENCES coder DEFERRABLE INITIALLY DEFERRED,
    time INTEGER NOT NULL,        -- milliseconds since 1970
    origin TEXT NOT NULL,
    edit INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX coding_theme ON coding (theme);

CREATE TABLE quote_mark (
    id BLOB PRIMARY KEY,
    source BLOB NOT NULL REFERENCES source DEFERRABLE INITIALLY DEFERRED,
    revision BLOB NOT NULL REFERENCES revision DEFERRABLE INITIALLY DEFERRED,
    start_byte INTEGER NOT NULL, end_byte INTEGER NOT NULL,
    coding BLOB REFERENCES coding DEFERRABLE INITIALLY DEFERRED,
    coder BLOB NOT NULL REFERENCES coder DEFERRABLE INITIALLY DEFERRED,
    time INTEGER NOT NULL,
    edit INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX quote_mark_coding ON quote_mark (coding);

CREATE TABLE contrary_mark (
    id BLOB PRIMARY KEY,
    source BLOB NOT NULL REFERENCES source DEFERRABLE INITIALLY DEFERRED,
    coding BLOB NOT NULL REFERENCES coding DEFERRABLE INITIALLY DEFERRED,
    contrary_to ANY NOT NULL,
    coder BLOB NOT NULL REFERENCES coder DEFERRABLE INITIALLY DEFERRED,
    time INTEGER NOT NULL,
    edit INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX contrary_mark_coding ON contrary_mark (coding);

CREATE TABLE memo (
    id BLOB PRIMARY KEY,
    "on" ANY NOT NULL,            -- {"what": …, identities}
    kind TEXT NOT NULL, text ANY NOT NULL,
    coder BLOB NOT NULL REFERENCES coder DEFERRABLE INITIALLY DEFERRED,
    time INTEGER NOT NULL,
    edit INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE status (
    id BLOB PRIMARY KEY,
    source BLOB NOT NULL REFERENCES source DEFERRABLE INITIALLY DEFERRED,
    coder BLOB NOT NULL REFERENCES coder DEFERRABLE INITIALLY DEFERRED,
    status TEXT NOT NULL,
    edit INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

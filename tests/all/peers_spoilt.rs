//! Files that are no projects of QualCoder or Taguette, or were made to do harm: they are refused with a sentence.

use std::path::Path;
use std::time::{Duration, Instant};

use rusqlite::Connection;
use themata::exchange::refi::{Account, PeerError, Project, qualcoder, taguette};

use crate::peers_made::{archive, database, qualcoder_folder, taguette_file};
use crate::support::Scratch;

type Outcome = Result<(Project, Account), PeerError>;

/// What both readers say of a file.
fn sentences(path: &Path) -> [String; 2] {
    let sentence = |outcome: Outcome| outcome.map(drop).unwrap_err().to_string();
    [sentence(qualcoder::read(path)), sentence(taguette::read(path))]
}

#[test]
fn what_is_no_database_is_said_to_be_none() {
    let scratch = Scratch::new();
    for (name, bytes) in
        [("empty.sqlite3", &b""[..]), ("words.sqlite3", b"SQLite is a fine thing, but this is a letter."), ("x.qda", &[0; 4096])]
    {
        let path = scratch.path(name);
        std::fs::write(&path, bytes).unwrap();
        assert_eq!(sentences(&path), [format!("{name}: it is not an SQLite database"), format!("{name}: it is not an SQLite database")]);
    }
    let [one, other] = sentences(&scratch.path("nowhere.qda"));
    assert!(one.starts_with("nowhere.qda cannot be read: ") && other.starts_with("nowhere.qda: it cannot be read ("), "{one} {other}");
    let folder = scratch.path("folder.qda");
    std::fs::create_dir(&folder).unwrap();
    assert_eq!(sentences(&folder)[0], "folder.qda is no project of QualCoder: there is no data.qda in it");
}

#[test]
fn a_database_of_another_program_is_said_to_be_one() {
    let scratch = Scratch::new();
    let path = scratch.path("other.sqlite3");
    database(&path, "CREATE TABLE source (id); CREATE TABLE projects (id);");
    let expected = [
        "other.sqlite3 is no project of QualCoder: its database has no table “code_name”",
        "other.sqlite3 is no project of Taguette: its database has no table “documents”",
    ];
    assert_eq!(sentences(&path), expected);
    // A view is no table, whatever it is called.
    let path = scratch.path("views.sqlite3");
    database(&path, "CREATE TABLE source (id); CREATE TABLE code_name (id); CREATE VIEW code_text AS SELECT * FROM source;");
    assert_eq!(sentences(&path)[0], "views.sqlite3 is no project of QualCoder: its database has no table “code_text”");
}

#[test]
fn a_file_of_taguette_with_none_or_several_projects_is_refused() {
    let scratch = Scratch::new();
    let path = taguette_file(&scratch, "INSERT INTO projects VALUES (2, 'Windows', '', '');");
    let said = taguette::read(&path).unwrap_err().to_string();
    assert_eq!(said, "Doors.sqlite3 holds 2 projects (Doors, Windows); export the one you mean from Taguette and take that file");
    Connection::open(&path).unwrap().execute_batch("DELETE FROM projects").unwrap();
    assert_eq!(taguette::read(&path).unwrap_err().to_string(), "Doors.sqlite3 holds no project");
}

/// A project of each program with enough in it for several pages.
fn large(scratch: &Scratch) -> [std::path::PathBuf; 2] {
    let words = "The door sticks. ".repeat(600);
    let base = qualcoder_folder(
        scratch,
        &format!(
            "INSERT INTO source VALUES (1, 'a.txt', '{words}', NULL, '', 'Ann', '');
             INSERT INTO code_name VALUES (1, 'Door', '', NULL, 'Ann', '', '', NULL);
             WITH RECURSIVE n(i) AS (VALUES (0) UNION ALL SELECT i + 1 FROM n WHERE i < 299)
             INSERT INTO code_text SELECT i, 1, 1, 'door', 17 * i + 4, 17 * i + 8, 'Ann', '', '', NULL, NULL FROM n;"
        ),
    );
    let file = taguette_file(
        scratch,
        &format!(
            "INSERT INTO documents VALUES (1, 'a', '', '', '', 1, '', '<p>{words}</p>');
             WITH RECURSIVE n(i) AS (VALUES (0) UNION ALL SELECT i + 1 FROM n WHERE i < 299)
             INSERT INTO highlights SELECT i, 1, 17 * i + 4, 17 * i + 8, 'door' FROM n;"
        ),
    );
    [base.join("data.qda"), file]
}

#[test]
fn a_database_that_was_cut_off_or_changed_anywhere_ends_in_a_sentence_or_a_project() {
    let scratch = Scratch::new();
    let [one, other] = large(&scratch);
    for (path, read) in [(one, qualcoder::read_bytes as fn(&str, &[u8]) -> Outcome), (other, taguette::read_bytes)] {
        let whole = std::fs::read(path).unwrap();
        assert!(read("whole", &whole).is_ok());
        for len in (0..whole.len()).step_by(whole.len() / 20 + 1) {
            let said = read("cut", &whole[..len]).map(drop).unwrap_err().to_string();
            assert!(said.starts_with("cut: ") || said.starts_with("cut is no project of "), "{len}: {said}");
        }
        let begun = Instant::now();
        // The same on every run: a byte here and there becomes another.
        let mut state = 9_u32;
        for _ in 0..60 {
            let mut spoilt = whole.clone();
            for _ in 0..8 {
                state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
                let at = state as usize % spoilt.len().min(12_288);
                spoilt[at] = (state >> 24) as u8;
            }
            drop(read("spoilt", &spoilt));
        }
        assert!(begun.elapsed() < Duration::from_mins(1));
    }
}

#[test]
fn nothing_that_the_file_brings_is_run() {
    let scratch = Scratch::new();
    // A generated column and an index on an expression would run what they say, and take for ever.
    let path = qualcoder_folder(
        &scratch,
        "DROP TABLE journal; DROP TABLE cases; DROP TABLE coder_names;
         CREATE TABLE journal (jid integer primary key, name text, jentry text AS (hex(zeroblob(30000000))) VIRTUAL, owner text);
         INSERT INTO journal (jid, name, owner) VALUES (1, 'Trap', 'Eve');
         CREATE VIEW cases AS WITH RECURSIVE n(i) AS (VALUES (0) UNION ALL SELECT i + 1 FROM n) SELECT i AS caseid, 'x' AS name FROM n;
         CREATE VIRTUAL TABLE coder_names USING fts5(name, visibility);
         INSERT INTO code_name VALUES (1, 'Door', '', NULL, 'Ann', '', '', NULL);
         CREATE TRIGGER t AFTER INSERT ON code_name BEGIN DELETE FROM code_name; END;",
    );
    let begun = Instant::now();
    let (project, _) = qualcoder::read(&path).unwrap();
    assert!(begun.elapsed() < Duration::from_secs(5));
    assert!(project.cases.is_empty() && project.notes.is_empty());
    assert_eq!(project.codes.len(), 1);
}

#[test]
fn values_of_other_types_than_they_should_be_do_no_harm() {
    let scratch = Scratch::new();
    let path = qualcoder_folder(
        &scratch,
        "INSERT INTO source VALUES (1, x'ff00', x'fffe41', NULL, 7, 8.5, 9), (2, 'b.txt', 12345, 5, NULL, NULL, 'yesterday');
         INSERT INTO source (id, name, fulltext) VALUES (3, 'c.txt', CAST(x'41ff42' AS TEXT));
         INSERT INTO code_name VALUES (1, NULL, x'00', 'x', 3.25, '', 5, 'y');
         INSERT INTO code_text VALUES (1, '1', '2', 234, '1', 4.0, NULL, '', '', NULL, 'yes'), (2, 1, 2, '345', -9223372036854775808,
             9223372036854775807, NULL, '', '', NULL, NULL), (3, 1.5, 2, '345', 2, 5, NULL, '', '', NULL, NULL);
         INSERT INTO case_text VALUES (1, 'no', 'text', 'at', 'all', '', '', '');",
    );
    let (project, account) = qualcoder::read(&path).unwrap();
    let texts: Vec<Option<&str>> = project.sources.iter().map(|source| source.text.as_deref()).collect();
    assert_eq!(texts, [None, Some("12345"), None], "bytes are no text");
    let spans: Vec<_> = project.sources[1].selections.iter().map(|one| one.span.map(|span| (span.start, span.end))).collect();
    assert_eq!(spans, [Some((1, 4)), Some((2, 5))]);
    assert!(account.entries.iter().any(|entry| entry.what == "sources" && entry.sentence.contains("UTF-8")));
}

#[test]
fn an_archive_that_cannot_be_unpacked_is_refused() {
    let scratch = Scratch::new();
    let said = |path: &Path| qualcoder::read(path).map(drop).unwrap_err().to_string();
    let path = scratch.path("none.zip");
    archive(&path, &[("documents/a.txt", b"a")]);
    assert_eq!(said(&path), "none.zip is no project of QualCoder: there is no data.qda in it");
    let path = scratch.path("two.zip");
    archive(&path, &[("a.qda/data.qda", b"a"), ("b.qda/data.qda", b"b")]);
    assert_eq!(said(&path), "two.zip cannot be unpacked: it holds several projects; unpack it and take the one you mean");
    let path = scratch.path("broken.zip");
    archive(&path, &[("a.qda/data.qda", &[7; 9_000])]);
    let bytes = std::fs::read(&path).unwrap();
    std::fs::write(&path, &bytes[..bytes.len() / 2]).unwrap();
    assert!(said(&path).starts_with("broken.zip cannot be unpacked: "), "{}", said(&path));
}

#[test]
fn a_database_is_read_as_it_is_or_not_at_all() {
    let scratch = Scratch::new();
    let folder =
        qualcoder_folder(&scratch, "PRAGMA journal_mode = wal; INSERT INTO code_name VALUES (1, 'Door', '', NULL, '', '', '', NULL);");
    let path = folder.join("data.qda");
    // The writer is gone and its log with it, but the header still names one.
    assert_eq!(qualcoder::read(&folder).unwrap().0.codes.len(), 1);
    assert!(!folder.join("data.qda-wal").exists() && !folder.join("data.qda-shm").exists());
    let writer = Connection::open(&path).unwrap();
    writer.execute_batch("INSERT INTO code_name VALUES (2, 'Window', '', NULL, '', '', '', NULL)").unwrap();
    let said = qualcoder::read(&folder).map(drop).unwrap_err().to_string();
    assert!(said.contains("its newest changes still lie beside it in") && said.contains("data.qda-wal"), "{said}");
}

#[test]
fn whoever_no_longer_wants_it_is_heard() {
    let scratch = Scratch::new();
    let [one, other] = large(&scratch);
    let said = |outcome: Outcome| outcome.map(drop).unwrap_err().to_string();
    assert_eq!(said(qualcoder::read_while(&one, &|| false)), "data.qda: it was cancelled");
    assert_eq!(said(taguette::read_while(&other, &|| false)), "Doors.sqlite3: it was cancelled");
}

//! Small projects of QualCoder and Taguette, made here, so that their readers are tested wherever the samples are not.

use std::io::Write as _;
use std::path::{Path, PathBuf};

use rusqlite::Connection;
use themata::exchange::refi::{Account, Code, Entry, Fate, Project, Selection, qualcoder, taguette};

use crate::support::Scratch;

/// Makes a database at `path`.
pub fn database(path: &Path, sql: &str) {
    std::fs::create_dir_all(path.parent().unwrap()).unwrap();
    Connection::open(path).unwrap().execute_batch(sql).unwrap();
}

/// The tables of QualCoder 4.0, as far as they are read.
pub const QUALCODER: &str = "
    CREATE TABLE project (databaseversion text, date text, memo text, about text, codername text);
    CREATE TABLE source (id integer primary key, name text, fulltext text, mediapath text, memo text, owner text, date text, unique(name));
    CREATE TABLE code_image (imid integer primary key, id integer, x1 integer, cid integer);
    CREATE TABLE code_av (avid integer primary key, id integer, pos0 integer, pos1 integer, cid integer);
    CREATE TABLE annotation (anid integer primary key, fid integer, pos0 integer, pos1 integer, memo text, owner text, date text);
    CREATE TABLE attribute_type (name text primary key, date text, owner text, memo text, caseOrFile text, valuetype text);
    CREATE TABLE attribute (attrid integer primary key, name text, attr_type text, value text, id integer, date text, owner text);
    CREATE TABLE case_text (id integer primary key, caseid integer, fid integer, pos0 integer, pos1 integer, owner text, date text, memo text);
    CREATE TABLE cases (caseid integer primary key, name text, memo text, owner text, date text);
    CREATE TABLE code_cat (catid integer primary key, name text, owner text, date text, memo text, supercatid integer);
    CREATE TABLE code_text (ctid integer primary key, cid integer, fid integer, seltext text, pos0 integer, pos1 integer, owner text,
        date text, memo text, avid integer, important integer);
    CREATE TABLE code_name (cid integer primary key, name text, memo text, catid integer, owner text, date text, color text, supercid integer);
    CREATE TABLE journal (jid integer primary key, name text, jentry text, date text, owner text);
    CREATE TABLE graph (grid integer primary key, name text);
    CREATE TABLE coder_names (name text unique not null, visibility integer);
    INSERT INTO project VALUES ('v17', '2026-03-01 10:00:00', 'What is it about?', 'QualCoder 4.0', 'default');
";

/// The tables of Taguette 1.5, as far as they are read.
pub const TAGUETTE: &str = "
    CREATE TABLE users (login text primary key);
    CREATE TABLE projects (id integer primary key, name text, description text, created text);
    CREATE TABLE project_members (project_id integer, user_login text, privileges text);
    CREATE TABLE documents (id integer primary key, name text, description text, filename text, created text, project_id integer,
        text_direction text, contents text);
    CREATE TABLE commands (id integer primary key, date text, user_login text, project_id integer, document_id integer, payload text);
    CREATE TABLE tags (id integer primary key, project_id integer, path text, description text);
    CREATE TABLE highlights (id integer primary key, document_id integer, start_offset integer, end_offset integer, snippet text);
    CREATE TABLE highlight_tags (highlight_id integer, tag_id integer);
    INSERT INTO projects VALUES (1, 'Doors', 'About doors', '2026-03-01 10:00:00.250000');
";

/// A project of QualCoder in a folder of its own, with these rows.
pub fn qualcoder_folder(scratch: &Scratch, rows: &str) -> PathBuf {
    let folder = scratch.path("Doors.qda");
    database(&folder.join("data.qda"), &format!("{QUALCODER}{rows}"));
    folder
}

/// A project of Taguette with these rows.
pub fn taguette_file(scratch: &Scratch, rows: &str) -> PathBuf {
    let file = scratch.path("Doors.sqlite3");
    database(&file, &format!("{TAGUETTE}{rows}"));
    file
}

fn read_qualcoder(rows: &str) -> (Project, Account) {
    qualcoder::read(&qualcoder_folder(&Scratch::new(), rows)).unwrap()
}

fn read_taguette(rows: &str) -> (Project, Account) {
    taguette::read(&taguette_file(&Scratch::new(), rows)).unwrap()
}

/// Codes as paths; those that no passage can carry in brackets.
fn paths(project: &Project) -> Vec<String> {
    let mut paths: Vec<String> = Vec::new();
    for Code { name, parent, is_codable, .. } in &project.codes {
        let above = parent.map(|parent| format!("{} > ", paths[parent])).unwrap_or_default();
        paths.push(if *is_codable { format!("{above}{name}") } else { format!("{above}({name})") });
    }
    paths
}

fn quote<'project>(project: &'project Project, selection: &Selection) -> &'project str {
    let source = project.sources.iter().find(|source| source.selections.contains(selection)).unwrap();
    selection.span.unwrap().slice(source.text.as_deref().unwrap())
}

/// What had this fate, but for the authors of codes and cases, who are never brought.
fn told(account: &Account, fate: Fate) -> Vec<(&str, &str, usize)> {
    let entries = account.entries.iter().filter(|entry| entry.fate == fate && entry.what != "authors of codes and cases");
    entries.map(|Entry { what, name, number, .. }| (*what, name.as_str(), *number)).collect()
}

const ONE_TEXT: &str = "
    INSERT INTO source VALUES (1, 'hall.txt', '😀 Cold hall.' || char(13, 10) || 'P1: The door sticks. The door sticks.' || char(13, 10),
        NULL, 'Taken in March', 'Ann', '2026-03-02 09:00:00');
    INSERT INTO code_cat VALUES (1, 'Place', 'Ann', '', 'Where', NULL), (2, 'Inside', 'Ann', '', '', 1);
    INSERT INTO code_name VALUES (1, 'Door', 'What opens', 2, 'Ann', '', '#AABBCC', NULL), (2, 'Lock', '', NULL, 'Ann', '', 'red', 1),
        (3, 'Free', NULL, NULL, 'Ann', '', NULL, NULL);
";

#[test]
fn categories_and_codes_become_one_tree() {
    let (project, account) = read_qualcoder(ONE_TEXT);
    assert_eq!(paths(&project), ["(Place)", "(Place) > (Inside)", "(Place) > (Inside) > Door", "(Place) > (Inside) > Door > Lock", "Free"]);
    let of = |name: &str| project.codes.iter().find(|code| code.name == name).unwrap();
    assert_eq!((of("Door").colour.as_deref(), of("Door").description.as_str()), (Some("#aabbcc"), "What opens"));
    assert_eq!(of("Lock").colour, None, "a word is no colour here");
    assert_eq!(
        (project.name.as_str(), project.origin.as_str(), project.description.as_str()),
        ("Doors", "QualCoder 4.0", "What is it about?")
    );
    assert_eq!(told(&account, Fate::Changed), []);
    assert_eq!(account.number(Fate::LeftOut), 5, "who made the codes");
}

#[test]
fn codes_below_each_other_in_a_circle_come_to_the_top() {
    let (project, account) = read_qualcoder(
        "INSERT INTO code_cat VALUES (1, 'A', '', '', '', 2), (2, 'B', '', '', '', 1), (3, 'C', '', '', '', 9);
         INSERT INTO code_name VALUES (1, 'X', '', NULL, '', '', '', 1);",
    );
    assert_eq!(paths(&project), ["(C)", "(A)", "(A) > (B)", "X"]);
    assert_eq!(told(&account, Fate::Changed), [("codes", "", 3)]);
}

#[test]
fn stored_words_decide_how_positions_were_counted() {
    // In units of UTF-16, in characters, in characters with two for a line end, and in nothing at all.
    let (project, account) = read_qualcoder(&format!(
        "{ONE_TEXT}
         INSERT INTO code_text VALUES (1, 1, 1, 'The door sticks.', 35, 51, 'Ann', '2026-03-02 10:00:00', 'Twice', NULL, 1),
             (2, 1, 1, 'The door sticks.', 34, 50, 'Ben', '2026-03-02 10:00:00', '', NULL, NULL),
             (3, 2, 1, 'The door sticks.', 35, 51, 'Ben', '', NULL, NULL, 0),
             (4, 2, 1, 'hall.' || char(8233) || 'P1', 2, 9, 'Ben', '', NULL, NULL, 0),
             (5, 2, 1, 'a window', 2, 9, 'Ben', '', NULL, NULL, 0),
             (6, 99, 1, 'hall', 2, 6, 'Ben', '', NULL, NULL, 0),
             (7, 1, 99, 'hall', 2, 6, 'Ben', '', NULL, NULL, 0);"
    ));
    let source = &project.sources[0];
    assert_eq!(source.text.as_deref(), Some("😀 Cold hall.\nP1: The door sticks. The door sticks.\n"));
    assert_eq!(source.description, "Taken in March");
    let second = source.text.as_ref().unwrap().rfind("The door").unwrap();
    let starts: Vec<Option<usize>> = source.selections.iter().map(|one| one.span.map(|span| span.start as usize)).collect();
    assert_eq!(starts[..3], [Some(second), Some(second), Some(second)]);
    assert_eq!(quote(&project, &source.selections[3]), "hall.\nP1");
    let lost = &source.selections[4];
    assert_eq!((lost.span, lost.name.as_str(), lost.stated), (None, "a window", (2, 9)), "what is not found is not put anywhere");
    assert_eq!(told(&account, Fate::LeftOut), [("codings", "hall.txt", 1), ("passages", "", 1), ("passages", "", 1)]);
    let coding = &source.selections[0].codings[0];
    assert!(coding.important && !source.selections[1].codings[0].important);
    let memo = project.notes.iter().find(|note| coding.note_refs.contains(&note.guid)).unwrap();
    let ann = project.users.iter().find(|user| user.name == "Ann").unwrap().guid;
    assert_eq!((memo.text.as_str(), memo.made.by, coding.made.by), ("Twice", Some(ann), Some(ann)));
    assert_eq!(project.users.iter().map(|user| user.name.as_str()).collect::<Vec<_>>(), ["default", "Ann", "Ben"]);
}

#[test]
fn cases_have_whole_texts_passages_and_values() {
    let (project, account) = read_qualcoder(&format!(
        "{ONE_TEXT}
         INSERT INTO cases VALUES (1, 'Door owner', 'Old', 'Ann', ''), (2, 'Nobody', '', 'Ann', ''), (3, 'Three', '', 'Ann', '');
         INSERT INTO case_text VALUES (1, 1, 1, 0, 52, 'Ann', '', ''), (2, 2, 1, 0, 0, 'Ann', '', ''), (3, 2, 1, 14, 34, 'Ben', '', 'Hers'),
             (4, 7, 1, 0, 3, 'Ann', '', ''), (5, 3, 1, 100, 200, 'Ann', '', '');
         INSERT INTO attribute_type VALUES ('age', '', '', 'In years', 'case', 'numeric'), ('room', '', '', '', 'file', 'character'),
             ('mood', '', '', '', 'journal', 'character');
         INSERT INTO attribute VALUES (1, 'age', 'case', '41', 1, '', ''), (2, 'age', 'case', '', 2, '', ''),
             (3, 'room', 'file', 'hall', 1, '', ''), (4, 'mood', 'journal', 'good', 1, '', ''), (5, 'new', 'case', 7, 1, '', '');"
    ));
    let [owner, nobody, three] = project.cases.as_slice() else { panic!("{:?}", project.cases) };
    let source = &project.sources[0];
    assert_eq!((owner.sources.as_slice(), owner.selections.as_slice()), ([source.guid].as_slice(), [].as_slice()));
    assert_eq!(nobody.sources, [source.guid], "older versions write 0 to 0 for a whole text");
    let selection = source.selections.iter().find(|one| nobody.selections.contains(&one.guid)).unwrap();
    assert_eq!(quote(&project, selection), "P1: The door sticks.");
    assert_eq!(selection.note_refs.len(), 1);
    assert_eq!(three.selections.len(), 1);
    let values = |values: &[themata::exchange::refi::VariableValue]| {
        let name = |guid| project.variables.iter().find(|variable| variable.guid == guid).unwrap().name.clone();
        values.iter().map(|value| format!("{}={}", name(value.variable), value.value)).collect::<Vec<_>>()
    };
    assert_eq!((values(&owner.values), values(&nobody.values)), (vec!["age=41".to_owned(), "new=7".to_owned()], vec!["age=".to_owned()]));
    assert_eq!(values(&source.values), ["room=hall"]);
    let told = told(&account, Fate::LeftOut);
    assert_eq!(told, [("attributes", "", 1), ("passages of cases", "hall.txt", 1), ("passages", "", 1)]);
}

#[test]
fn media_are_told_and_what_stands_in_no_text_too() {
    let (project, account) = read_qualcoder(
        "INSERT INTO source VALUES (1, 'door.jpg', NULL, '/images/door.jpg', 'A door', 'Ann', ''),
             (2, 'talk.mp3', NULL, 'audio:/home/ann/talk.mp3', '', 'Ann', ''), (3, 'report.pdf', 'It says.', '/docs/report.pdf', '', 'Ann', '');
         INSERT INTO code_name VALUES (1, 'Door', '', NULL, 'Ann', '', '#aabbcc', NULL);
         INSERT INTO code_image VALUES (1, 1, 5, 1), (2, 1, 9, 1);
         INSERT INTO code_av VALUES (1, 2, 0, 500, 1);
         INSERT INTO cases VALUES (1, 'Ann', '', 'Ann', '');
         INSERT INTO case_text VALUES (1, 1, 1, 0, 0, 'Ann', '', '');
         INSERT INTO graph VALUES (1, 'Map'), (2, 'Map 2');
         INSERT INTO coder_names VALUES ('Ann', 1), ('Ben', 0);
         INSERT INTO journal VALUES (1, 'Monday', 'It rains.', '2026-03-02 10:00:00', 'Ben');
         INSERT INTO annotation VALUES (1, 3, 3, 7, 'Does it?', 'Ben', '2026-03-02 10:00:00');",
    );
    let texts: Vec<Option<&str>> = project.sources.iter().map(|source| source.text.as_deref()).collect();
    assert_eq!(texts, [None, None, Some("It says.")]);
    assert_eq!(project.cases[0].sources, [project.sources[0].guid]);
    assert_eq!(told(&account, Fate::Changed), [("coders", "Ben", 1), ("sources", "door.jpg", 1), ("sources", "talk.mp3", 1)]);
    let left_out = [("codings of pictures", "door.jpg", 1), ("codings of sound and film", "talk.mp3", 1), ("graphs", "", 2)];
    assert_eq!(told(&account, Fate::LeftOut), left_out);
    let annotation = &project.sources[2].selections[0];
    assert_eq!((quote(&project, annotation), annotation.codings.len()), ("says", 0));
    let words = |guids: &[uuid::Uuid]| {
        project.notes.iter().filter(|note| guids.contains(&note.guid)).map(|note| note.text.as_str()).collect::<Vec<_>>()
    };
    assert_eq!((words(&annotation.note_refs), words(&project.note_refs)), (vec!["Does it?"], vec!["It rains."]));
}

#[test]
fn an_older_qualcoder_lacks_tables_and_columns() {
    let scratch = Scratch::new();
    let file = scratch.path("Old.qda/data.qda");
    database(
        &file,
        "CREATE TABLE project (databaseversion text, date text, memo text, about text);
         INSERT INTO project VALUES ('v6', '2021-01-01 10:00:00', NULL, 'QualCoder 3.0');
         CREATE TABLE source (id integer primary key, name text, fulltext text, mediapath text, memo text, owner text, date text);
         INSERT INTO source VALUES (1, 'a.txt', 'So it is.', NULL, NULL, 'ann', NULL);
         CREATE TABLE code_name (cid integer primary key, name text, memo text, owner text, date text, color text);
         INSERT INTO code_name VALUES (1, 'It', '', 'ann', '', '#000000');
         CREATE TABLE code_text (cid integer, fid integer, seltext text, pos0 integer, pos1 integer, owner text, memo text, date text);
         INSERT INTO code_text VALUES (1, 1, 'it is', 3, 8, 'ann', '', ''), (1, 1, 'So', 0, 2, 'ann', '', '');",
    );
    let (project, account) = qualcoder::read(&scratch.path("Old.qda")).unwrap();
    assert_eq!((project.name.as_str(), paths(&project)), ("Old", vec!["It".to_owned()]));
    let [first, second] = project.sources[0].selections.as_slice() else { panic!() };
    assert_eq!((quote(&project, first), quote(&project, second)), ("it is", "So"));
    assert_ne!(first.guid, second.guid, "also without numbers");
    assert_eq!(told(&account, Fate::LeftOut), []);
}

#[test]
fn identities_are_the_same_when_a_project_is_read_again() {
    assert_eq!(read_qualcoder(ONE_TEXT).0, read_qualcoder(ONE_TEXT).0);
}

/// A zip archive of these files.
pub fn archive(path: &Path, files: &[(&str, &[u8])]) {
    let mut archive = zip::ZipWriter::new(std::fs::File::create(path).unwrap());
    for (name, bytes) in files {
        archive.start_file(*name, zip::write::SimpleFileOptions::default()).unwrap();
        archive.write_all(bytes).unwrap();
    }
    archive.finish().unwrap();
}

#[test]
fn an_archive_is_read_whatever_its_folders_are_called() {
    let scratch = Scratch::new();
    let base = std::fs::read(qualcoder_folder(&scratch, ONE_TEXT).join("data.qda")).unwrap();
    let path = scratch.path("sent.qda.zip");
    for (inside, name) in
        [("Doors.qda/data.qda", "Doors"), ("data.qda", "sent"), ("../../Up.qda/DATA.QDA", "Up"), ("a\\b.qda\\data.qda", "b")]
    {
        archive(&path, &[("Doors.qda/documents/x.txt", b"x"), (inside, &base), ("Doors.qda/old/copies/data.qda", b"no database")]);
        let (project, _) = qualcoder::read(&path).unwrap();
        assert_eq!((project.name.as_str(), project.codes.len()), (name, 5), "{inside}");
    }
    assert!(!scratch.path("Up.qda").exists() && !scratch.path("../Up.qda").exists());
}

const DOORS: &str = "
    INSERT INTO project_members VALUES (1, 'ann', 'ADMIN'), (1, 'ben', 'TAG');
    INSERT INTO documents VALUES (1, 'Hall', 'In March', 'hall.html', '2026-03-01 10:00:01.000000', 1, 'LEFT_TO_RIGHT',
        '<p>Caf&eacute; 😀</p><p>The <b>door</b>&nbsp;sticks.</p>');
    INSERT INTO tags VALUES (1, 1, 'place.inside.door', 'What opens'), (2, 1, 'place', 'Where'), (3, 1, 'places', ''), (4, 1, 'e.g.', '');
    INSERT INTO highlights VALUES (1, 1, 6, 18, 'x'), (2, 1, 0, 5, '<p>Café</p>'), (3, 1, 900, 950, '<p>door</p>'), (4, 1, 1, 4, '<p>window</p>'),
        (5, 7, 0, 1, '');
    INSERT INTO highlight_tags VALUES (1, 1), (1, 3), (3, 2), (1, 77);
    INSERT INTO commands VALUES (1, '2026-03-01 10:00:02', 'ann', 1, 1, '{\"type\": \"document_add\", \"document_name\": \"Hall\"}'),
        (2, '2026-03-01 11:00:00', 'ann', 1, 1, '{\"type\": \"highlight_add\", \"highlight_id\": 1, \"tags\": [1]}'),
        (3, '2026-03-01 12:00:00', 'ben', 1, 1, '{\"type\": \"highlight_add\", \"highlight_id\": 1, \"tags\": [1, 3]}'),
        (4, '2026-03-01 12:00:00', 'ben', 1, 1, 'not JSON at all'), (5, '2026-03-01 12:00:00', 'ben', 1, 1, '[1, 2]'),
        (6, '2026-03-01 13:00:00', 'eve', 1, NULL, '{\"type\": \"highlight_add\", \"highlight_id\": \"x\"}');
";

#[test]
fn tags_highlights_and_who_made_them_are_read() {
    let (project, account) = read_taguette(DOORS);
    assert_eq!(paths(&project), ["place", "place > (inside)", "place > (inside) > door", "places", "e.g."]);
    let source = &project.sources[0];
    assert_eq!((source.text.as_deref(), source.description.as_str()), (Some("Café 😀\nThe door\u{a0}sticks."), "In March"));
    let [first, second, third, fourth] = source.selections.as_slice() else { panic!("{:?}", source.selections) };
    assert_eq!((quote(&project, first), quote(&project, second)), ("😀\nThe door", "Café"));
    assert_eq!(quote(&project, third), "door", "by its words, where its place is behind the end");
    assert_eq!((fourth.span, fourth.name.as_str()), (None, "window"));
    let user = |name: &str| project.users.iter().find(|user| user.name == name).map(|user| user.guid);
    assert_eq!(project.users.len(), 3);
    let codings: Vec<_> = first.codings.iter().map(|coding| (coding.made.by, coding.made.at)).collect();
    assert_eq!(codings, [(user("ann"), Some(1_772_362_800_000)), (user("ben"), Some(1_772_366_400_000))]);
    assert_eq!((first.made.by, first.made.changed_by), (user("ann"), user("ben")));
    assert_eq!((source.made.by, source.made.at), (user("ann"), Some(1_772_359_201_000)));
    assert_eq!(told(&account, Fate::LeftOut), [("highlights", "Hall", 1), ("highlights", "", 1)]);
    assert_eq!(told(&account, Fate::Changed), [("tags", "", 1), ("layouts of documents", "", 1), ("highlights", "", 1)]);
}

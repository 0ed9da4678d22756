//! Project files: what is refused and how, backups, reading only.

use themata::project::{Access, EditError, EditKind, NewText, Project, ProjectError};
use themata::store::StoreError;
use themata::study::{Origin, SummaryState, ThemeOrigin};
use themata::text::{BlobId, Span, Style, Styled};

use crate::support::{Scratch, add_source, me, project, with_ending};

fn refusal(path: &std::path::Path) -> StoreError {
    match Project::open(path, Access::Write, &me("Elspeth")) {
        Err(ProjectError::Store(error)) => error,
        other => panic!("expected the file to be refused, got {other:?}"),
    }
}

#[test]
fn other_files_are_refused_and_left_as_they_are() {
    let scratch = Scratch::new();
    assert!(matches!(refusal(&scratch.path("none.themata")), StoreError::Missing(_)));
    assert!(matches!(refusal(&scratch.path("")), StoreError::Foreign(_)), "a folder");
    for (name, bytes) in [("text", b"Some words.".as_slice()), ("long", &[b'w'; 9000]), ("empty", b""), ("cut", b"SQLite format 3\0")] {
        let path = scratch.path(name);
        std::fs::write(&path, bytes).unwrap();
        let refused = refusal(&path);
        assert!(matches!(refused, StoreError::Foreign(_)), "{name}: {refused:?}");
        assert_eq!(std::fs::read(&path).unwrap(), bytes);
    }
    let path = scratch.path("other.sqlite");
    rusqlite::Connection::open(&path).unwrap().execute_batch("CREATE TABLE coding (id)").unwrap();
    assert!(matches!(refusal(&path), StoreError::Foreign(_)));
}

#[test]
fn a_newer_file_is_refused_politely() {
    let scratch = Scratch::new();
    drop(project(&scratch));
    rusqlite::Connection::open(scratch.project()).unwrap().pragma_update(None, "user_version", 99).unwrap();
    let refused = refusal(&scratch.project());
    assert!(matches!(refused, StoreError::Newer { found: 99, .. }));
    assert!(refused.to_string().contains("newer version"));
}

#[test]
fn an_existing_file_is_never_overwritten() {
    let scratch = Scratch::new();
    std::fs::write(scratch.project(), "words").unwrap();
    let made = Project::create(&scratch.project(), "Test", &me("Elspeth"));
    assert!(matches!(made, Err(ProjectError::Store(StoreError::Exists(_)))));
    assert_eq!(std::fs::read_to_string(scratch.project()).unwrap(), "words");
}

#[test]
fn backups_are_daily_verified_and_rotate() {
    let scratch = Scratch::new();
    let (mut project, _) = project(&scratch);
    let day = 86_400_000;
    let first = project.daily_backup(0).unwrap().unwrap();
    assert_eq!(first.name, "1970-01-01");
    assert_eq!(project.daily_backup(day - 1).unwrap(), None, "one a day");
    project.edit("Theme", |tx| tx.theme_at("Later")).unwrap();
    for days in 1..14 {
        project.daily_backup(days * day).unwrap().unwrap();
    }
    let backups = themata::store::backup_folder(project.path());
    assert_eq!(std::fs::read_dir(backups).unwrap().count(), 10);

    let newest = project.daily_backup(20 * day).unwrap().unwrap();
    let copy = Project::open(&newest.path, Access::Read, &me("Elspeth")).unwrap();
    assert_eq!(copy.study().entities(), project.study().entities());
}

#[test]
fn a_project_that_sqlite_cannot_open_is_not_called_foreign() {
    let scratch = Scratch::new();
    let (opened, _) = project(&scratch);
    let path = opened.path().to_path_buf();
    drop(opened);
    let mut log = path.clone().into_os_string();
    log.push("-wal");
    // As in a folder that cannot be written: the log cannot be made.
    std::fs::create_dir(log).unwrap();
    let error = Project::open(&path, Access::Read, &me("Elspeth")).unwrap_err().to_string();
    assert!(!error.contains("not a Themata project"), "{error}");
}

/// A closed project beside which SQLite can make no file for its locks, as in a folder that cannot be written: it follows no links.
#[cfg(unix)]
fn without_place_for_locks(scratch: &Scratch) -> std::path::PathBuf {
    drop(project(scratch));
    // Signs that mean something in an address.
    let path = scratch.path("a study 50%?#ü.themata");
    std::fs::rename(scratch.project(), &path).unwrap();
    std::os::unix::fs::symlink(scratch.path("nowhere"), with_ending(&path, "-shm")).unwrap();
    path
}

#[cfg(unix)]
#[test]
fn a_project_in_a_folder_that_cannot_be_written_can_be_read() {
    let scratch = Scratch::new();
    let path = without_place_for_locks(&scratch);
    let before = std::fs::read(&path).unwrap();
    let mut reader = Project::open(&path, Access::Read, &me("Ravi")).unwrap();
    let text = reader.study().materials()[1].revision().unwrap().text;
    assert!(reader.texts().text(text).unwrap().contains("Naïve"));
    assert_eq!(reader.check(false).unwrap(), []);
    assert!(matches!(reader.edit("Theme", |tx| tx.theme_at("New")), Err(EditError::Store(StoreError::ReadOnly))));
    drop(reader);
    assert_eq!(std::fs::read(&path).unwrap(), before);
}

#[cfg(unix)]
#[test]
fn newer_edits_beside_a_project_that_cannot_be_read_in_are_never_passed_over() {
    let scratch = Scratch::new();
    let path = without_place_for_locks(&scratch);
    let log = with_ending(&path, "-wal");
    std::fs::write(&log, b"edits").unwrap();
    let error = Project::open(&path, Access::Read, &me("Ravi")).unwrap_err();
    assert!(matches!(&error, ProjectError::Store(StoreError::LogBeside(beside)) if *beside == log.canonicalize().unwrap()), "{error:?}");
    // Without anything in it there is nothing to pass over.
    std::fs::write(&log, b"").unwrap();
    Project::open(&path, Access::Read, &me("Ravi")).unwrap();
}

#[test]
fn a_file_that_lacks_its_end_is_damaged_and_left_as_it_is() {
    let scratch = Scratch::new();
    drop(project(&scratch));
    let whole = std::fs::read(scratch.project()).unwrap();
    for length in [4096, whole.len() / 2, whole.len() - 4096] {
        let path = scratch.path(format!("{length}.themata"));
        std::fs::write(&path, &whole[..length]).unwrap();
        for access in [Access::Write, Access::Read] {
            let opened = Project::open(&path, access, &me("Elspeth"));
            assert!(matches!(opened, Err(ProjectError::Store(StoreError::Damaged(_)))), "{length}: {:?}", opened.err());
        }
        assert_eq!(std::fs::read(&path).unwrap(), &whole[..length]);
    }
    // Of a last page that is there in part SQLite notices nothing until it reads it.
    let path = scratch.path("page.themata");
    std::fs::write(&path, &whole[..whole.len() - 3000]).unwrap();
    let found = Project::open(&path, Access::Read, &me("Elspeth")).map(|project| project.check(false).unwrap());
    assert!(found.as_ref().is_ok_and(|findings| !findings.is_empty()) || found.is_err(), "{found:?}");
}

#[test]
fn a_project_is_made_whole_or_not_at_all() {
    let scratch = Scratch::new();
    let refused = Project::create_with(&scratch.project(), "Test", &me("Elspeth"), "Begin", |tx| {
        tx.theme_at("Half")?;
        tx.blob(b"half a text")?;
        Err::<(), _>(EditError::NoName)
    });
    assert!(matches!(refused, Err(ProjectError::Edit(_))));
    let missing = scratch.path("no folder/study.themata");
    assert!(matches!(Project::create(&missing, "Test", &me("Elspeth")), Err(ProjectError::Store(StoreError::NoFolder(_)))));
    assert_eq!(std::fs::read_dir(scratch.path("")).unwrap().count(), 0);
}

#[test]
fn what_a_project_begins_with_cannot_be_undone() {
    let scratch = Scratch::new();
    let mut made =
        Project::create_with(&scratch.project(), "Test", &me("Elspeth"), "Study loaded from here", |tx| add_source(tx, "A", "R: Aye.\n"))
            .unwrap();
    assert!(made.undo().unwrap().is_none());
    let history = made.history(None, 9).unwrap();
    assert_eq!((history[0].label.as_str(), history[0].kind), ("Study loaded from here", EditKind::Setup));
    assert!(matches!(made.undo_edit(history[0].seq, true), Err(EditError::Gone("edit"))));
    // What is done to it afterwards can.
    let source = made.study().materials()[0].source.id;
    made.edit("Remove", |tx| tx.remove_source(source)).unwrap();
    made.undo().unwrap().unwrap();
    assert_eq!(made.study().materials().len(), 1);
    assert_eq!(made.check(false).unwrap(), []);
}

#[cfg(unix)]
#[test]
fn a_link_to_a_project_is_the_same_project() {
    let scratch = Scratch::new();
    let (open, _) = project(&scratch);
    let link = scratch.path("link.themata");
    std::os::unix::fs::symlink(scratch.project(), &link).unwrap();
    assert!(matches!(refusal(&link), StoreError::InUse));
    drop(open);
    assert_eq!(Project::open(&link, Access::Write, &me("Ravi")).unwrap().path(), scratch.project().canonicalize().unwrap());
}

#[test]
fn a_backup_that_was_stopped_goes_with_the_next_one() {
    let scratch = Scratch::new();
    let (project, _) = project(&scratch);
    let folder = themata::store::backup_folder(project.path());
    std::fs::create_dir(&folder).unwrap();
    std::fs::write(folder.join("1969-12-31.unfinished"), "half").unwrap();
    project.daily_backup(0).unwrap().unwrap();
    let names: Vec<_> = std::fs::read_dir(&folder).unwrap().map(|entry| entry.unwrap().file_name()).collect();
    assert_eq!(names, ["1970-01-01.themata"]);
}

#[test]
fn a_backup_that_cannot_be_made_harms_nothing() {
    let scratch = Scratch::new();
    let (project, _) = project(&scratch);
    let folder = themata::store::backup_folder(project.path());
    std::fs::write(&folder, "where the folder of the backups belongs").unwrap();
    assert!(matches!(project.daily_backup(0), Err(ProjectError::Store(StoreError::Io(_)))));
    assert_eq!(project.check(false).unwrap(), []);
    assert!(folder.is_file());
}

#[test]
fn what_a_stopped_import_left_is_swept() {
    let scratch = Scratch::new();
    let (mut project, _) = project(&scratch);
    let stopped: Result<(), _> = project.edit("Import", |tx| {
        tx.blob(b"half an import")?;
        Err(themata::project::EditError::NoName)
    });
    assert!(stopped.is_err());
    let findings = project.check(false).unwrap();
    assert!(findings.len() == 1 && !findings[0].repaired);
    let reader = Project::open(project.path(), Access::Read, &me("Elspeth")).unwrap();
    assert_eq!(reader.check(false).unwrap(), [], "to a reader a running import is no damage");
    assert!(project.check(true).unwrap()[0].repaired);
    assert_eq!(project.check(false).unwrap(), []);
}

#[test]
fn damage_is_found() {
    let scratch = Scratch::new();
    let (project, _) = project(&scratch);
    rusqlite::Connection::open(scratch.project()).unwrap().execute("UPDATE block SET bytes = zeroblob(length(bytes))", []).unwrap();
    let findings = project.check(false).unwrap();
    assert!(findings.iter().any(|finding| finding.what.contains("damaged")), "{findings:?}");
}

#[test]
fn reading_leaves_one_file() {
    let scratch = Scratch::new();
    drop(project(&scratch));
    let reader = Project::open(&scratch.project(), Access::Read, &me("Ravi")).unwrap();
    let text = reader.study().materials()[0].revision().unwrap().text;
    assert!(reader.texts().text(text).unwrap().contains("aye"));
    drop(reader);
    let names: Vec<_> = std::fs::read_dir(scratch.path("")).unwrap().map(|entry| entry.unwrap().file_name()).collect();
    assert_eq!(names, ["study.themata"]);
}

#[test]
fn a_file_of_version_1_opens() {
    let scratch = Scratch::new();
    let fixture = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/version-1.themata");
    std::fs::copy(fixture, scratch.project()).unwrap();
    let mut project = Project::open(&scratch.project(), Access::Write, &me("Fixture")).unwrap();
    assert_eq!(project.check(false).unwrap(), []);
    let study = project.study();
    assert_eq!(study.materials().len(), 2);
    assert_eq!(study.codebook().len(), 2);
    // Two from the folder, one coded by the command; the other was undone.
    let words: Vec<_> = study
        .codings()
        .map(|(material, coded)| {
            let text = project.texts().text(material.revision().unwrap().text).unwrap();
            coded.coding.span.slice(&text).to_owned()
        })
        .collect();
    assert_eq!(
        words,
        [
            "By the kettle. Everything is settled by the kettle 😀, naïve as it sounds.",
            "Everything is settled by the kettle",
            "the day walks in"
        ]
    );
    assert!(study.materials().iter().all(|material| material.codings.iter().all(|coded| coded.parts.len() == 1)));
    let history = project.history(None, 99).unwrap();
    assert!(history.iter().any(|edit| edit.undone) && history.iter().any(|edit| edit.label == "Load study folder"));
    project.edit("Theme", |tx| tx.theme_at("Place > Cellar")).unwrap();
    // Before it was brought to this version it was copied as it was.
    let backups = project.backups().unwrap();
    assert_eq!(backups.len(), 1, "one copy of the file as it was");
}

#[test]
fn in_a_file_of_version_6_no_theme_says_where_it_comes_from() {
    let scratch = Scratch::new();
    let fixture = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/version-6.themata");
    std::fs::copy(fixture, scratch.project()).unwrap();
    let mut project = Project::open(&scratch.project(), Access::Write, &me("Fixture")).unwrap();
    assert_eq!(project.check(false).unwrap(), []);
    assert_eq!(project.backups().unwrap().len(), 1, "one copy of the file as it was");
    let origins = |project: &Project| -> Vec<(String, Option<ThemeOrigin>)> {
        project.study().codebook().themes().map(|theme| (theme.name.clone(), theme.origin)).collect()
    };
    assert_eq!(origins(&project), [("Place".into(), None), ("Kitchen".into(), None)]);
    let kitchen = project.study().codebook().find_path("Place > Kitchen").unwrap();
    project.edit("Say where themes come from", |tx| tx.say_origin(&[kitchen].into(), Some(ThemeOrigin::Emergent))).unwrap();
    drop(project);
    let mut project = Project::open(&scratch.project(), Access::Write, &me("Fixture")).unwrap();
    assert_eq!(origins(&project)[1], ("Kitchen".into(), Some(ThemeOrigin::Emergent)));
    project.undo().unwrap();
    assert_eq!(origins(&project)[1], ("Kitchen".into(), None));
    // Its log knows nothing of origins, and is read all the same.
    let book = project.codebook_after(3).unwrap();
    assert_eq!(book.themes().map(|theme| theme.origin).collect::<Vec<_>>(), [None, None]);
    let book = project.codebook_after(project.history(None, 9).unwrap()[1].seq).unwrap();
    assert_eq!(book.get(kitchen).unwrap().origin, Some(ThemeOrigin::Emergent));
}

#[test]
fn in_a_file_of_version_7_nobody_has_said_yet_that_a_summary_still_holds() {
    let scratch = Scratch::new();
    let fixture = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/version-7.themata");
    std::fs::copy(fixture, scratch.project()).unwrap();
    let summary = |project: &Project| project.study().summaries().iter().next().unwrap().clone();
    let mut project = Project::open(&scratch.project(), Access::Write, &me("Fixture")).unwrap();
    assert_eq!(project.check(false).unwrap(), []);
    let before = summary(&project);
    assert_eq!((before.state, before.confirmed.as_ref()), (SummaryState::Reviewed, None));
    project.edit("Still holds", |tx| tx.still_holds(before.id)).unwrap();
    drop(project);
    let mut project = Project::open(&scratch.project(), Access::Write, &me("Fixture")).unwrap();
    let said = summary(&project);
    assert_eq!(said.confirmed.as_ref().map(|it| it.coder), Some(project.me().coder));
    assert_eq!((said.coder, said.time), (before.coder, before.time), "who wrote it stays");
    assert_eq!(project.check(false).unwrap(), []);
    project.undo().unwrap();
    assert_eq!(summary(&project).confirmed, None);
}

#[test]
fn a_file_of_version_8_can_be_given_bold_words() {
    let scratch = Scratch::new();
    let fixture = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/version-8.themata");
    std::fs::copy(fixture, scratch.project()).unwrap();
    let mut project = Project::open(&scratch.project(), Access::Write, &me("Fixture")).unwrap();
    assert_eq!(project.check(false).unwrap(), []);
    assert_eq!(project.backups().unwrap().len(), 1, "one copy of the file as it was");
    let source = project.study().materials().iter().find(|material| material.source.label == "N1").unwrap().source.id;
    let styles = |project: &Project| project.study().material(source).unwrap().geometry.styles().collect::<Vec<_>>();
    assert_eq!(styles(&project), [], "nobody has said so yet");
    let revision = project.study().material(source).unwrap().revision().unwrap().clone();
    let text = project.texts().text(revision.text).unwrap();
    let word = text.find("kettle").map(|at| Span::of(at..at + "kettle".len())).unwrap();
    let bold = Styled { span: word, style: Style::Bold };
    let geometry = (*project.study().material(source).unwrap().geometry).clone().with_styles(&text, &[bold]).unwrap();
    let new = || NewText {
        text: &text,
        geometry: &geometry,
        speakers: Vec::new(),
        file_name: "a",
        fingerprint: BlobId::of(b"a"),
        original: None,
    };
    project.edit("Correct", |tx| tx.correct_source(source, new())).unwrap();
    drop(project);
    let project = Project::open(&scratch.project(), Access::Write, &me("Fixture")).unwrap();
    assert_eq!(styles(&project), [bold]);
    assert_eq!(project.check(false).unwrap(), []);
    drop(project);
    // A program that knew version 8 only would not open it.
    let version: i64 =
        rusqlite::Connection::open(scratch.project()).unwrap().pragma_query_value(None, "user_version", |row| row.get(0)).unwrap();
    assert!(version > 8);
}

#[test]
fn a_file_of_version_1_is_read_only_after_it_was_brought_to_this_version() {
    let scratch = Scratch::new();
    let fixture = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/version-1.themata");
    std::fs::copy(fixture, scratch.project()).unwrap();
    let before = std::fs::read(scratch.project()).unwrap();
    let refused = Project::open(&scratch.project(), Access::Read, &me("Reader")).unwrap_err();
    assert!(refused.to_string().contains("open it once to edit"), "{refused}");
    assert_eq!(std::fs::read(scratch.project()).unwrap(), before);
    drop(Project::open(&scratch.project(), Access::Write, &me("Fixture")).unwrap());
    Project::open(&scratch.project(), Access::Read, &me("Reader")).unwrap();
}

/// Theme and coding come in one edit; a reader that took the tables at different moments would find one without the other.
#[test]
fn a_reader_beside_a_writer_sees_one_moment() {
    let scratch = Scratch::new();
    let (mut writer, [source, _]) = project(&scratch);
    let path = scratch.project();
    let writing = std::thread::spawn(move || {
        for number in 0..60 {
            let edit = writer.edit("Code", |tx| {
                let theme = tx.theme_at(&format!("Theme {number}"))?;
                tx.code(source, Span::new(18, 43), theme, Origin::Hand)
            });
            edit.unwrap();
        }
    });
    let mut read = 0;
    while !writing.is_finished() || read == 0 {
        let reader = Project::open(&path, Access::Read, &me("Ravi")).unwrap();
        let study = reader.study();
        assert_eq!(study.codebook().len(), study.source_labelled("A").unwrap().codings.len());
        read += 1;
    }
    writing.join().unwrap();
}

//! What was acknowledged is there: after the process is killed, and after power fails in the middle of a write.
//!
//! Killing proves little by itself, because the system still holds what was written; so copies of the write-ahead log
//! are also cut at random bytes at or after an acknowledged length, as a disk that lost power would leave them.

use std::collections::BTreeSet;
use std::io::{BufRead as _, BufReader, Write as _};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use themata::exchange::sample;
use themata::home::Home;
use themata::project::{Access, Project};
use themata::store::StoreError;
use themata::study::{CodingId, Origin};
use themata::text::Span;

use crate::support::{Scratch, add_source, me, project, with_ending};

/// Set for the child of these tests; its value is the project, or the folder of the user.
const CHILD: &str = "THEMATA_TEST_CHILD";
/// What the child does.
const DEED: &str = "THEMATA_TEST_DEED";
/// How often the child does it before it waits to be killed.
const LIMIT: &str = "THEMATA_TEST_LIMIT";
/// How many sources are imported as one edit.
const FILES: usize = 12;

/// Not a test by itself: the child of the tests below. It works, and says so once each piece of work is durable.
#[test]
fn child() {
    let Some(path) = std::env::var_os(CHILD).map(PathBuf::from) else { return };
    let limit: usize = std::env::var(LIMIT).unwrap().parse().unwrap();
    let acknowledge = |what: &str| {
        // Past the harness, which keeps what tests print.
        let mut out = std::io::stdout().lock();
        writeln!(out, "ack {what}").and_then(|()| out.flush()).unwrap();
    };
    acknowledge("0");
    let deed = match std::env::var(DEED).unwrap().as_str() {
        "code" => code,
        "import" => import,
        "back up" => back_up,
        "merge" => crate::merging::merge_and_be_gone,
        "type" => return crate::chart_typing::type_on_and_on(&path, limit, &acknowledge),
        _ => return drop(sample::project(&Home::below(&path), &me("Elspeth")).unwrap()),
    };
    let mut project = Project::open(&path, Access::Write, &me("Elspeth")).unwrap();
    deed(&mut project, limit, &acknowledge);
    // It stays open: closing it would fold the log into the file while the test copies both.
    std::thread::sleep(Duration::from_mins(10));
}

/// Acknowledges each coding with the length of the write-ahead log.
fn code(project: &mut Project, limit: usize, acknowledge: &dyn Fn(&str)) {
    let wal = with_ending(project.path(), "-wal");
    let source = project.study().materials()[0].source.id;
    for index in 0..limit {
        let coding = project.edit("Apply theme", |tx| {
            let theme = tx.theme_at(&format!("Theme {index}"))?;
            tx.code(source, Span::new(18, 40), theme, Origin::Hand)
        });
        let length = std::fs::metadata(&wal).map_or(0, |wal| wal.len());
        acknowledge(&format!("{} {length}", coding.unwrap()));
    }
}

/// Acknowledges how many imports there are.
fn import(project: &mut Project, limit: usize, acknowledge: &dyn Fn(&str)) {
    let before = project.study().materials().len();
    for round in 0..limit {
        let label = |file| format!("{}", before + round * FILES + file);
        let text = |file| format!("R: This is interview {}.\n", label(file)).repeat(800);
        project.edit("Import", |tx| (0..FILES).try_for_each(|file| add_source(tx, &label(file), &text(file)).map(drop))).unwrap();
        acknowledge(&(round + 1).to_string());
    }
}

/// Acknowledges how many backups have been made.
fn back_up(project: &mut Project, limit: usize, acknowledge: &dyn Fn(&str)) {
    for (day, time) in (0..limit).zip((0..).step_by(86_400_000)) {
        project.edit("Theme", |tx| tx.theme_at(&format!("Theme {day}"))).unwrap();
        project.daily_backup(time).unwrap().unwrap();
        acknowledge(&(day + 1).to_string());
    }
}

/// The same program, doing `deed` with the project at `path`.
pub fn start_child(deed: &str, path: &Path, limit: usize) -> Child {
    Command::new(std::env::current_exe().unwrap())
        .args(["durability::child", "--exact", "--nocapture", "--test-threads=1"])
        .env(CHILD, path)
        .env(DEED, deed)
        .env(LIMIT, limit.to_string())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .unwrap()
}

/// The coding and the length of the write-ahead log that a line of the child acknowledges.
fn acknowledged(line: &str) -> Option<(CodingId, u64)> {
    let mut words = line.split_once("ack ")?.1.split_whitespace();
    Some((words.next()?.parse().ok()?, words.next()?.parse().ok()?))
}

fn codings(project: &Project) -> BTreeSet<CodingId> {
    project.study().codings().map(|(_, coded)| coded.coding.id).collect()
}

/// A different number at every call; no seed is needed where any number must do.
fn random(below: u64) -> u64 {
    let bytes = uuid::Uuid::now_v7().into_bytes();
    u64::from_be_bytes(bytes[8..].try_into().unwrap()) % below.max(1)
}

#[test]
fn a_killed_process_loses_no_acknowledged_coding() {
    let mut acknowledged_in_all = 0;
    for _ in 0..8 {
        let scratch = Scratch::new();
        drop(project(&scratch));
        let mut child = start_child("code", &scratch.project(), 100_000);
        let out = child.stdout.take().unwrap();
        let (send, receive) = std::sync::mpsc::channel();
        std::thread::spawn(move || {
            let lines = BufReader::new(out).lines().map_while(Result::ok);
            lines.filter_map(|line| acknowledged(&line)).for_each(|(coding, _)| _ = send.send(coding));
        });
        // Killed in full flight, at a moment of its own each time.
        let mut acknowledged: Vec<_> = receive.iter().take(5).collect();
        std::thread::sleep(Duration::from_millis(random(200)));
        child.kill().unwrap();
        child.wait().unwrap();
        acknowledged.extend(receive.iter());
        acknowledged_in_all += acknowledged.len();

        let project = Project::open(&scratch.project(), Access::Write, &me("Elspeth")).unwrap();
        let there = codings(&project);
        for coding in acknowledged {
            assert!(there.contains(&coding), "the acknowledged coding {coding} is lost");
        }
        assert_eq!(project.check(false).unwrap(), []);
    }
    assert!(acknowledged_in_all >= 40, "only {acknowledged_in_all} codings were made before the kills");
}

/// Lets a child work on `path` until it has acknowledged `first`, and kills it at a moment of its own after that, `within` so
/// many milliseconds. Returns what it acknowledged last.
fn killed(deed: &str, path: &Path, first: usize, within: u64) -> usize {
    let mut child = start_child(deed, path, 100_000);
    let lines = BufReader::new(child.stdout.take().unwrap()).lines().map_while(Result::ok);
    let mut acknowledged = lines.filter_map(|line| line.split_once("ack ")?.1.parse().ok());
    acknowledged.find(|done: &usize| *done == first).unwrap();
    std::thread::sleep(Duration::from_millis(random(within)));
    child.kill().unwrap();
    child.wait().unwrap();
    acknowledged.last().unwrap_or(first)
}

#[test]
fn an_import_that_is_killed_is_there_whole_or_not_at_all() {
    let scratch = Scratch::new();
    let path = scratch.project();
    drop(Project::create(&path, "Test", &me("Elspeth")).unwrap());
    let mut before = 0;
    for _ in 0..6 {
        let acknowledged = killed("import", &path, 1, 1500);
        let project = Project::open(&path, Access::Write, &me("Elspeth")).unwrap();
        let there = project.study().materials().len();
        assert_eq!(there % FILES, 0, "half an import is there");
        assert!(there / FILES >= before + acknowledged, "an acknowledged import is lost");
        before = there / FILES;
        assert_eq!(project.check(false).unwrap(), []);
    }
}

#[test]
fn a_killed_backup_harms_neither_the_project_nor_other_backups() {
    let scratch = Scratch::new();
    let path = scratch.project();
    let (mut project, _) = project(&scratch);
    project.edit("Import", |tx| add_source(tx, "Long", &"R: Aye, so it was.\n".repeat(5_000))).unwrap();
    drop(project);
    for _ in 0..5 {
        let folder = themata::store::backup_folder(&path);
        if folder.exists() {
            std::fs::remove_dir_all(&folder).unwrap();
        }
        let acknowledged = killed("back up", &path, 1, 1200);
        let project = Project::open(&path, Access::Write, &me("Elspeth")).unwrap();
        assert_eq!(project.check(false).unwrap(), []);
        let backups = project.backups().unwrap();
        assert!(backups.len() >= acknowledged.min(10), "{acknowledged} were acknowledged, {} are there", backups.len());
        for backup in backups {
            let backup = Project::open(&backup.path, Access::Read, &me("Elspeth")).unwrap();
            assert_eq!(backup.check(false).unwrap(), []);
            assert_eq!(backup.study().materials().len(), 3);
        }
        project.daily_backup(1_000_000 * 86_400_000).unwrap().unwrap();
        let unfinished = |entry: &std::fs::DirEntry| entry.path().extension().is_some_and(|ending| ending == "unfinished");
        assert!(!std::fs::read_dir(&folder).unwrap().map(Result::unwrap).any(|entry| unfinished(&entry)));
    }
}

#[test]
fn a_sample_study_whose_making_is_killed_is_made_again() {
    let scratch = Scratch::new();
    let home = Home::below(&scratch.path("home"));
    for _ in 0..5 {
        killed("make the sample", &scratch.path("home"), 0, 1500);
        let made = std::fs::read_dir(&home.data).into_iter().flatten().map(|entry| entry.unwrap().path());
        for path in made.filter(|path| path.extension().is_some_and(|ending| ending == "themata")) {
            assert_eq!(Project::open(&path, Access::Read, &me("Elspeth")).unwrap().study().materials().len(), 29, "half a sample");
            std::fs::remove_file(path).unwrap();
        }
    }
    let project = Project::open(&sample::project(&home, &me("Elspeth")).unwrap(), Access::Write, &me("Elspeth")).unwrap();
    assert_eq!(project.study().materials().len(), 29);
    assert_eq!(project.check(false).unwrap(), []);
}

#[test]
fn a_log_cut_by_a_power_failure_keeps_every_acknowledged_coding() {
    let scratch = Scratch::new();
    drop(project(&scratch));
    let path = scratch.project();
    let mut child = start_child("code", &path, 25);
    let out = child.stdout.take().unwrap();
    let acks: Vec<_> = BufReader::new(out).lines().map_while(Result::ok).filter_map(|line| acknowledged(&line)).take(25).collect();
    assert_eq!(acks.len(), 25);
    assert!(acks.windows(2).all(|pair| pair[0].1 < pair[1].1), "the log was folded in, so cutting it would prove nothing");
    let whole = std::fs::read(with_ending(&path, "-wal")).unwrap();
    let file = std::fs::read(&path).unwrap();
    assert!(whole.len() as u64 >= acks[24].1, "the log was folded in while it was copied");
    child.kill().unwrap();
    child.wait().unwrap();

    for trial in 0..60 {
        let last = random(acks.len() as u64) as usize;
        let length = acks[last].1;
        let cut = if trial == 0 { length } else { length + random(whole.len() as u64 - length + 1) };
        let copy = scratch.path(format!("cut-{trial}.themata"));
        std::fs::write(&copy, &file).unwrap();
        std::fs::write(with_ending(&copy, "-wal"), &whole[..cut as usize]).unwrap();

        let project = Project::open(&copy, Access::Write, &me("Elspeth"))
            .unwrap_or_else(|error| panic!("trial {trial}, log of {} bytes cut at {cut} (acknowledged {length}): {error:?}", whole.len()));
        let there = codings(&project);
        for (coding, _) in acks.iter().take(last + 1) {
            assert!(there.contains(coding), "a coding acknowledged before byte {length} is lost after a cut at {cut}");
        }
        assert_eq!(project.check(false).unwrap(), []);
    }
}

#[test]
fn there_is_one_writer_and_others_may_read() {
    let scratch = Scratch::new();
    drop(project(&scratch));
    let path = scratch.project();
    let mut child = start_child("code", &path, 1);
    let mut lines = BufReader::new(child.stdout.take().unwrap()).lines().map_while(Result::ok);
    lines.find_map(|line| acknowledged(&line)).unwrap();

    let second = Project::open(&path, Access::Write, &me("Ravi")).map(drop);
    assert!(matches!(second, Err(themata::project::ProjectError::Store(StoreError::InUse))));
    let mut reader = Project::open(&path, Access::Read, &me("Ravi")).unwrap();
    assert_eq!(codings(&reader).len(), 1);
    assert!(reader.edit("Theme", |tx| tx.theme_at("New")).is_err());
    drop(reader);

    child.kill().unwrap();
    child.wait().unwrap();
    let mut writer = Project::open(&path, Access::Write, &me("Ravi")).unwrap();
    writer.edit("Theme", |tx| tx.theme_at("New")).unwrap();
    drop(writer);
    // Closed, the project is one file.
    let names: Vec<_> = std::fs::read_dir(path.parent().unwrap()).unwrap().map(|entry| entry.unwrap().file_name()).collect();
    assert_eq!(names, [path.file_name().unwrap()]);
}

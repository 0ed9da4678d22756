//! What was acknowledged is there: after the process is killed, and after power fails in the middle of a write.
//!
//! Killing proves little by itself, because the system still holds what was written; so copies of the write-ahead log
//! are also cut at random bytes at or after an acknowledged length, as a disk that lost power would leave them.

use std::collections::BTreeSet;
use std::io::{BufRead as _, BufReader, Write as _};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use themata::project::{Access, Project};
use themata::store::StoreError;
use themata::study::{CodingId, Origin};
use themata::text::Span;

use crate::support::{Scratch, me, project};

/// Set for the child that codes; its value is the project.
const CHILD: &str = "THEMATA_TEST_CODES";
/// How many codings the child makes before it waits to be killed.
const LIMIT: &str = "THEMATA_TEST_LIMIT";

/// Not a test by itself: the child of the tests below. It codes and says so once each coding is durable.
#[test]
fn child() {
    let Some(path) = std::env::var_os(CHILD).map(PathBuf::from) else { return };
    let limit: usize = std::env::var(LIMIT).unwrap().parse().unwrap();
    let mut project = Project::open(&path, Access::Write, &me("Elspeth")).unwrap();
    let wal = with_ending(&path, "-wal");
    let source = project.study().materials()[0].source.id;
    for index in 0..limit {
        let coding = project.edit("Apply theme", |tx| {
            let theme = tx.theme_at(&format!("Theme {index}"))?;
            tx.code(source, Span::new(18, 40), theme, Origin::Hand)
        });
        let length = std::fs::metadata(&wal).map_or(0, |wal| wal.len());
        // Past the harness, which keeps what tests print.
        let mut out = std::io::stdout().lock();
        writeln!(out, "ack {} {length}", coding.unwrap()).and_then(|()| out.flush()).unwrap();
    }
    std::thread::sleep(Duration::from_mins(10));
}

fn with_ending(path: &Path, ending: &str) -> PathBuf {
    PathBuf::from(format!("{}{ending}", path.display()))
}

fn start_child(path: &Path, limit: usize) -> Child {
    Command::new(std::env::current_exe().unwrap())
        .args(["durability::child", "--exact", "--nocapture", "--test-threads=1"])
        .env(CHILD, path)
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
        let mut child = start_child(&scratch.project(), 100_000);
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

#[test]
fn a_log_cut_by_a_power_failure_keeps_every_acknowledged_coding() {
    let scratch = Scratch::new();
    drop(project(&scratch));
    let path = scratch.project();
    let mut child = start_child(&path, 25);
    let out = child.stdout.take().unwrap();
    let acks: Vec<_> = BufReader::new(out).lines().map_while(Result::ok).filter_map(|line| acknowledged(&line)).take(25).collect();
    assert_eq!(acks.len(), 25);
    assert!(acks.windows(2).all(|pair| pair[0].1 < pair[1].1), "the log was folded in, so cutting it would prove nothing");
    let whole = std::fs::read(with_ending(&path, "-wal")).unwrap();
    let file = std::fs::read(&path).unwrap();
    child.kill().unwrap();
    child.wait().unwrap();

    for trial in 0..60 {
        let last = random(acks.len() as u64) as usize;
        let length = acks[last].1;
        let cut = if trial == 0 { length } else { length + random(whole.len() as u64 - length + 1) };
        let copy = scratch.path(format!("cut-{trial}.themata"));
        std::fs::write(&copy, &file).unwrap();
        std::fs::write(with_ending(&copy, "-wal"), &whole[..cut as usize]).unwrap();

        let project = Project::open(&copy, Access::Write, &me("Elspeth")).unwrap();
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
    let mut child = start_child(&path, 1);
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

//! What the fuzzer starts from and what it has found, given to the parsers again. See `fuzz`.

use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use crate::parsers::{PARSERS, read};

/// How long a parser may take for a file of the corpus, which is small, without any optimisation on a busy machine.
const LONGEST: Duration = Duration::from_secs(10);

fn corpus() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/corpus")
}

fn entries(folder: &Path) -> Vec<PathBuf> {
    let mut paths: Vec<PathBuf> = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    paths.sort();
    paths
}

#[test]
fn every_parser_comes_back_from_every_file_of_its_corpus() {
    for (name, _) in PARSERS {
        let files = entries(&corpus().join(name));
        assert!(!files.is_empty(), "there is no file to begin with for {name}");
        for file in files {
            let bytes = std::fs::read(&file).unwrap();
            let begun = Instant::now();
            let outcome = std::panic::catch_unwind(|| read(name, &bytes));
            assert!(outcome.is_ok(), "{name} panicked at {}", file.display());
            assert!(begun.elapsed() < LONGEST, "{name} took {:?} for {}", begun.elapsed(), file.display());
        }
    }
}

#[test]
fn every_folder_of_the_corpus_and_every_target_has_its_parser() {
    let parsers: Vec<&str> = PARSERS.iter().map(|(name, _)| *name).collect();
    let folders: Vec<String> = entries(&corpus()).iter().map(|path| path.file_name().unwrap().to_string_lossy().into_owned()).collect();
    assert_eq!(folders, parsers);
    let manifest = std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("fuzz/Cargo.toml")).unwrap();
    let (_, targets) = manifest.split_once("[[bin]]").unwrap();
    let targets: Vec<&str> = targets.lines().filter_map(|line| line.strip_prefix("name = \"")?.strip_suffix('"')).collect();
    assert_eq!(targets, parsers);
}

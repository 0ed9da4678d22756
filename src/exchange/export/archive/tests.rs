//! An archive as a repository would look through it.

use std::collections::BTreeMap;

use super::super::project::tests::rich;
use super::super::{Content, Form, Labels, Leaving, Wish, leaving, to_the_end};
use super::Archive;
use crate::text::BlobId;

fn made(labels: Labels) -> Archive {
    let (b, study) = rich();
    let wish = Wish { labels, ..Wish::whole(&study, Content::Archive, Form::Zip, 1_000) };
    let Leaving::Archive(archive) = leaving(&study, &b.blobs, &wish, &mut to_the_end).unwrap() else { panic!("no archive") };
    archive
}

fn files(archive: &Archive) -> BTreeMap<&str, String> {
    archive.files.iter().map(|file| (file.path.as_str(), String::from_utf8(file.bytes.clone()).unwrap())).collect()
}

#[test]
fn everything_is_there_is_explained_and_has_its_checksum() {
    let archive = made(Labels::IDS);
    let files = files(&archive);
    let (readme, sums) = (&files["README.md"], &files["manifest.txt"]);
    assert_eq!(sums.lines().count(), files.len() - 1);
    for (path, text) in &files {
        assert!(*path == "manifest.txt" || sums.contains(&format!("{}  {path}\n", BlobId::of(text.as_bytes()))), "{path}");
        assert!(["README.md", "manifest.txt"].contains(path) || readme.contains(&format!("| `{path}` | ")), "{path} is not explained");
        if let Some(table) = path.strip_prefix("tables/") {
            let part = readme.split(&format!("### tables/{table}\n")).nth(1).unwrap().split("\n### ").next().unwrap();
            let header = csv::Reader::from_reader(text.as_bytes()).headers().unwrap().clone();
            for column in &header {
                let row = format!("| {} | ", super::markdown::escaped(column));
                let says = part.lines().find_map(|line| line.strip_prefix(&row)).unwrap_or_else(|| panic!("{path}: {column}"));
                assert!(says.len() > 8, "{path}: {column} is not explained: {says}");
            }
        }
    }
    for said in ["Licence: not stated", "Cases: 4 (person: 4).", "Codings: 6", "Values that few people share are not masked"] {
        assert!(readme.contains(said), "{said}: {readme}");
    }
    assert!(!files.values().any(|text| text.contains("Mary") || text.contains("Interview S1")), "names leave by ids");
}

#[test]
fn places_in_the_table_of_codings_are_those_of_the_texts_beside_it() {
    for labels in [Labels::IDS, Labels::FULL] {
        let archive = made(labels);
        let files = files(&archive);
        let mut codings = csv::Reader::from_reader(files["tables/codings.csv"].as_bytes());
        let mut compared = 0;
        for row in codings.deserialize::<BTreeMap<String, String>>() {
            let row = row.unwrap();
            let text: Vec<char> = files[format!("texts/{}.txt", row["source_id"]).as_str()].chars().collect();
            if row["broken"] == "1" {
                assert!(row["start"].is_empty() && row["end"].is_empty());
                continue;
            }
            let words: String = text[row["start"].parse().unwrap()..row["end"].parse().unwrap()].iter().collect();
            let last = row["text"].trim_start_matches('\'').lines().last().unwrap().to_owned();
            assert!(words.ends_with(&last), "{words} and {}", row["text"]);
            compared += 1;
        }
        assert_eq!(compared, 6);
    }
}

#[test]
fn it_is_the_same_packed_and_in_a_folder_and_the_same_every_time() {
    let folder = tempfile::tempdir().unwrap();
    let (archive, again) = (made(Labels::FULL), made(Labels::FULL));
    let (one, other) = (folder.path().join("one.zip"), folder.path().join("other.zip"));
    archive.write(&one, &mut to_the_end).unwrap();
    again.write(&other, &mut to_the_end).unwrap();
    assert_eq!(std::fs::read(&one).unwrap(), std::fs::read(&other).unwrap());
    let to = folder.path().join("deposit");
    assert_eq!(archive.in_the_way(&to), None);
    archive.write(&to, &mut to_the_end).unwrap();
    assert_eq!(archive.in_the_way(&to), Some(to.join("README.md")));
    for file in &archive.files {
        assert_eq!(std::fs::read(to.join(&file.path)).unwrap(), file.bytes);
    }
    assert!(matches!(archive.write(&folder.path().join("x.rar"), &mut to_the_end), Err(super::ExportError::Ending { .. })));
    assert!(matches!(archive.write(&one, &mut |_, _| false), Err(super::ExportError::Cancelled)));
}

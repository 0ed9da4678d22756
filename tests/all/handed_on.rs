//! What is handed on by command: transcripts, the whole project, an archive, and tables for scripts.

use std::time::{Duration, Instant};

use serde_json::Value;
use themata::exchange::export::{Content, Form, Wish, leaving, to_the_end};
use themata::project::{Access, Project};
use themata::study::Origin;
use themata::text::Span;

use crate::cli::{printed, refused};
use crate::exported::scene;
use crate::support::{Scratch, add_source, me, project};

/// Exports and gives back what was written.
fn export(scratch: &Scratch, path: &str, what: &str, name: &str, more: &[&str]) -> Vec<u8> {
    let file = scratch.path(name);
    printed(scratch, &[&["export", path, &file.to_string_lossy(), "--what", what], more].concat());
    std::fs::read(file).unwrap()
}

#[test]
fn every_table_leaves_as_tsv_json_and_markdown() {
    let scratch = Scratch::new();
    let path = scene(&scratch);
    let tables = ["matrix", "cells", "chart", "summaries", "codings", "sources", "quotes", "cases", "memos", "propositions", "typologies"];
    for what in tables.into_iter().chain(["codebook"]) {
        let csv = export(&scratch, &path, what, &format!("{what}.csv"), &[]);
        let rows = csv::Reader::from_reader(&csv[..]).records().count();
        let tsv = export(&scratch, &path, what, &format!("{what}.tsv"), &["--force"]);
        assert_eq!(String::from_utf8_lossy(&tsv).lines().count(), rows + 1, "{what}: a row is a line");
        assert!(!tsv.starts_with(b"\xEF\xBB\xBF") && scratch.path(format!("{what}-about.txt")).exists());
        let json: Value = serde_json::from_slice(&export(&scratch, &path, what, &format!("{what}.json"), &["--force"])).unwrap();
        assert_eq!((json["rows"].as_array().unwrap().len(), json["about"].as_array().is_some()), (rows, true), "{what}");
        let page = String::from_utf8(export(&scratch, &path, what, &format!("{what}.md"), &["--force"])).unwrap();
        assert!(
            page.starts_with("# ") && (what == "codebook" || page.lines().filter(|line| line.starts_with("| ")).count() == rows + 2),
            "{page}"
        );
    }
    let codings: Value = serde_json::from_slice(&std::fs::read(scratch.path("codings.json")).unwrap()).unwrap();
    let row = &codings["rows"][0];
    assert!(row["paragraph"].is_u64() && row["title"].is_null() && row["id"].is_string(), "{row}");
    let says = std::fs::read_to_string(scratch.path("codings-about.txt")).unwrap();
    assert!(says.contains("1 cell that a spreadsheet would run"), "{says}");
}

#[test]
fn the_project_the_transcripts_and_an_archive_leave_and_nothing_is_written_over() {
    let scratch = Scratch::new();
    let path = scene(&scratch);
    let json: Value = serde_json::from_slice(&export(&scratch, &path, "project", "project.json", &[])).unwrap();
    assert_eq!((json["format"].as_str(), json["sources"].as_array().unwrap().len()), (Some("Themata project"), 4));
    for name in ["t.html", "t.docx", "t.md"] {
        assert!(!export(&scratch, &path, "transcripts", name, &["--source", "A"]).is_empty());
    }
    let page = std::fs::read_to_string(scratch.path("t.html")).unwrap();
    assert!(page.contains("And cold.") && !page.contains("We share"), "{page}");
    let (code, says) = refused(&scratch, &["export", &path, &scratch.path("t.html").to_string_lossy(), "--what", "transcripts"]);
    assert!(code == Some(1) && says.contains("is there already"), "{says}");
    let folder = scratch.path("deposit").to_string_lossy().into_owned();
    let archive = ["export", &path, &folder, "--what", "archive", "--smallest-n", "2"];
    let says = printed(&scratch, &archive);
    assert!(says.contains("20 files in "), "{says}");
    for (name, part) in [
        ("README.md", "Licence: not stated"),
        ("texts/A.txt", "A: And cold."),
        ("tables/cells.csv", "cell_kind"),
        ("manifest.txt", "  project.json\n"),
    ] {
        let text = std::fs::read_to_string(scratch.path("deposit").join(name)).unwrap();
        assert!(text.contains(part), "{name}: {text}");
        assert!(!text.contains(&*scratch.path("").to_string_lossy()), "no path of this machine in {name}");
    }
    let (code, says) = refused(&scratch, &archive);
    assert!(code == Some(1) && says.contains("README.md"), "{says}");
    printed(&scratch, &[&archive[..], &["--force"]].concat());
    let (code, says) = refused(&scratch, &["export", &path, &scratch.path("x.csv").to_string_lossy(), "--what", "project"]);
    assert!(code == Some(2) && says.contains("project can leave as .json"), "{says}");
    let (code, says) =
        refused(&scratch, &["export", &path, &scratch.path("c.csv").to_string_lossy(), "--what", "codings", "--source", "A"]);
    assert!(code == Some(2) && says.contains("--source goes with"), "{says}");
}

#[test]
fn ten_thousand_codings_leave_at_once() {
    let scratch = Scratch::new();
    let (mut project, _) = project(&scratch);
    let made = project.edit("Code much", |tx| {
        let turn = "R: It was cold in the room and nobody came to see to it.\n";
        for at in 0..20 {
            let source = add_source(tx, &format!("L{at}"), &turn.repeat(100))?;
            for place in 0..500_u32 {
                let theme = tx.theme_at(&format!("Theme {}", place % 30))?;
                let start = place / 5 * u32::try_from(turn.len()).unwrap() + 3 + place % 5;
                tx.code(source, Span::new(start, start + 20), theme, Origin::Hand)?;
            }
        }
        Ok(())
    });
    made.unwrap();
    drop(project);
    let project = Project::open(&scratch.project(), Access::Read, &me("Reader")).unwrap();
    let (study, texts) = (project.study(), project.texts());
    assert!(study.codings().count() > 9_000);
    let folder = scratch.path("out");
    std::fs::create_dir(&folder).unwrap();
    for (content, form) in [
        (Content::Project, Form::Json),
        (Content::Transcripts, Form::Html),
        (Content::Transcripts, Form::Docx),
        (Content::Transcripts, Form::Md),
        (Content::Codings, Form::Tsv),
        (Content::Codings, Form::Json),
        (Content::Archive, Form::Zip),
    ] {
        let begun = Instant::now();
        let made = leaving(&study, texts.as_ref(), &Wish::whole(&study, content, form, 0), &mut to_the_end).unwrap();
        made.write(&folder.join(format!("out.{}", form.ending())), false, &mut to_the_end).unwrap();
        // Built without optimisation, on a machine that does other things too: what is quadratic takes minutes.
        assert!(begun.elapsed() < Duration::from_secs(30), "{content:?} as {form:?}: {:?}", begun.elapsed());
    }
}

//! The real binary on real files: what it prints, what it says, how it ends.

use std::path::Path;
use std::process::{Command, Output, Stdio};

use serde_json::{Value, json};
use themata::project::{Access, Project, Tx};
use themata::study::{Origin, StatusKind};
use themata::text::Span;

use crate::support::{Scratch, me, project};
use crate::testing::reports;

/// Runs the program with folders of its own; the user's real ones are set to a place that must stay empty.
pub fn themata(scratch: &Scratch, args: &[&str]) -> Output {
    command(scratch, args).output().unwrap()
}

pub fn command(scratch: &Scratch, args: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_themata"));
    command.args(args).env("THEMATA_HOME", scratch.path("home")).env("USER", "Ravi Thomson").stdin(Stdio::null());
    for real in ["HOME", "XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_CACHE_HOME", "APPDATA", "LOCALAPPDATA"] {
        command.env(real, scratch.path("real"));
    }
    command
}

/// What a command that must succeed prints.
pub fn printed(scratch: &Scratch, args: &[&str]) -> String {
    let output = themata(scratch, args);
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    assert_eq!(output.status.code(), Some(0), "{args:?}: {said}");
    String::from_utf8(output.stdout).unwrap()
}

pub fn json_of(scratch: &Scratch, args: &[&str]) -> Value {
    serde_json::from_str(&printed(scratch, args)).unwrap()
}

/// How a command that must fail ends, and what it says.
pub fn refused(scratch: &Scratch, args: &[&str]) -> (Option<i32>, String) {
    let output = themata(scratch, args);
    assert_eq!(String::from_utf8_lossy(&output.stdout), "", "{args:?} must not print a result");
    (output.status.code(), String::from_utf8(output.stderr).unwrap())
}

/// A project with two interviews, three themes and two codings; the first interview is done.
pub fn coded(scratch: &Scratch) -> String {
    let (mut project, [a, b]) = project(scratch);
    project
        .edit("Code", |tx| {
            let forms = tx.theme_at("Admin > Forms")?;
            let rooms = tx.theme_at("Rooms")?;
            tx.code(a, Span::new(19, 63), forms, Origin::Hand)?;
            let text = tx.text(b)?;
            let place = text.find("We share").unwrap();
            let coding = tx.code(b, Span::of(place..place + 18), rooms, Origin::Hand)?;
            tx.toggle_quote(b, coding)?;
            tx.set_status(a, StatusKind::Done)
        })
        .unwrap();
    scratch.project().to_string_lossy().into_owned()
}

#[test]
fn wrong_use_missing_files_and_help_have_their_own_codes() {
    let scratch = Scratch::new();
    let path = coded(&scratch);
    for wrong in [&["frobnicate", "x"][..], &["matrix"], &["matrix", &path, "--measure", "weight"], &["export", &path, "out.csv"]] {
        assert_eq!(refused(&scratch, wrong).0, Some(2), "{wrong:?}");
    }
    let (code, said) = refused(&scratch, &["matrix", &path, "--rows", "cases", "--pages", "case"]);
    assert_eq!((code, said.lines().next()), (Some(2), Some("themata: The same axis is given twice.")));
    let (code, said) = refused(&scratch, &["matrix", &path, "--rows", "weather"]);
    assert!(code == Some(1) && said.contains("there are: themes, cases, group, area, Participant group"), "{said}");
    let (code, said) = refused(&scratch, &["sources", &scratch.path("none.themata").to_string_lossy()]);
    assert!(code == Some(1) && said.contains("There is no file"), "{said}");
    for command in [
        "new", "import", "sources", "themes", "cases", "codings", "history", "search", "code", "quotes", "matrix", "export", "copy",
        "merge", "undo", "redo", "check",
    ] {
        let help = printed(&scratch, &[command, "--help"]);
        assert!(help.contains(&format!("Usage: themata {command} ")) && help.contains("<PROJECT>"), "{help}");
    }
}

#[test]
fn lists_are_for_people_and_for_scripts() {
    let scratch = Scratch::new();
    let path = coded(&scratch);
    assert_eq!(
        printed(&scratch, &["themes", &path]),
        "number  theme          passages  codings  participants\n\
         ──────  ─────────────  ────────  ───────  ────────────\n\
         1       Admin                 1        1             1\n\
         1.1     Admin › Forms         1        1             1\n\
         2       Rooms                 1        1             1\n"
    );
    let sources = json_of(&scratch, &["sources", &path, "--json"]);
    assert_eq!(sources[0]["status"], json!({ "Elspeth": "done" }));
    assert_eq!((&sources[1]["id"], &sources[1]["cases"], &sources[1]["paragraphs"]), (&json!("B"), &json!(["B"]), &json!(2)));
    let cases = json_of(&scratch, &["cases", &path, "--json"]);
    assert_eq!((&cases[0]["label"], &cases[0]["group"], &cases[0]["sources"]), (&json!("A"), &json!(null), &json!(["A"])));
    let codings = json_of(&scratch, &["codings", &path, "--json"]);
    assert_eq!(
        (&codings[1]["text"], &codings[1]["quote"], &codings[1]["cases"]),
        (&json!("We share one room."), &json!(true), &json!(["B"]))
    );
    let history = json_of(&scratch, &["history", &path, "--json"]);
    assert_eq!((&history[0]["label"], &history[0]["kind"], &history[0]["sources"]), (&json!("Code"), &json!("act"), &json!(["A", "B"])));
}

#[test]
fn the_matrix_is_printed_in_three_ways() {
    let scratch = Scratch::new();
    let path = coded(&scratch);
    assert_eq!(
        printed(&scratch, &["matrix", &path, "--columns", "cases", "--measure", "passages"]),
        "All: passages\n\
         Theme             A    B  Total\n\
         ──────────────  ───  ───  ─────\n\
         n participants    1    1      2\n\
         sources done    1/1  0/1    1/2\n\
         Admin             1   0…     1…\n\
         \x20 Forms           1   0…     1…\n\
         Rooms             0   1…     1…\n\
         Total             1   1…     2…\n\
         \n\
         – no such participants · … sources not all marked done · 0 done, nothing found\n\
         6 + 2: six persons and two other cases (pairs, groups, interviews of which only the label is known)\n\
         Totals are counted for themselves: whoever stands in two rows or columns is one.\n"
    );
    assert_eq!(
        printed(&scratch, &["matrix", &path, "--columns", "cases", "--format", "csv"]),
        "Theme,A,B,Total\r\nAdmin,1,,1\r\nAdmin › Forms,1,,1\r\nRooms,0,1,1\r\nTotal,1,1,2\r\n"
    );
    let matrix = json_of(&scratch, &["matrix", &path, "--columns", "none", "--format", "json"]);
    assert_eq!(matrix["rows"], json!(["Admin", "Admin › Forms", "Rooms"]));
    assert_eq!((&matrix["row_totals"], &matrix["columns"]), (&json!([[1, 1, 1]]), &json!([])));
}

#[test]
fn searching_and_coding_hits_is_one_edit_that_can_be_undone() {
    let scratch = Scratch::new();
    let path = coded(&scratch);
    let found = json_of(&scratch, &["search", &path, "naive", "--json"]);
    assert_eq!(found["total"], json!(1));
    let hit = &found["hits"][0];
    assert_eq!(
        (&hit["source"], &hit["paragraph"], &hit["text"]),
        (&json!("B"), &json!(2), &json!("Naïve of me 😀 to think so. We share one room."))
    );
    assert_eq!(hit["matches"], json!([[0, 5]]));
    let coded = ["code", &path, "--theme", "Admin > Mood", "--query", "fine OR room"];
    assert_eq!(refused(&scratch, &coded).0, Some(1), "the theme is not there");
    let made = json_of(&scratch, &[&coded[..], &["--create", "--words", "--coder", "Mairi Grant", "--json"]].concat());
    assert_eq!((&made["theme"], made["codings"].as_array().unwrap().len()), (&json!("Admin › Mood"), 2));
    let codings = json_of(&scratch, &["codings", &path, "--json"]);
    let words: Vec<_> =
        codings.as_array().unwrap().iter().filter(|coding| coding["coder"] == "Mairi Grant").map(|it| &it["text"]).collect();
    assert_eq!(words, [&json!("fine"), &json!("room")]);
    let (code, said) = refused(&scratch, &["code", &path, "--theme", "Rooms", "--query", "fine theme:Nowhere"]);
    assert!(code == Some(2) && said.contains("Nowhere"), "{said}");
    assert_eq!(printed(&scratch, &["undo", &path]), "Undone: Code 2 hits of “fine OR room”\n");
    assert_eq!(json_of(&scratch, &["themes", &path, "--json"]).as_array().unwrap().len(), 3);
    assert_eq!(printed(&scratch, &["redo", &path]), "Redone: Code 2 hits of “fine OR room”\n");
    assert_eq!(json_of(&scratch, &["themes", &path, "--json"]).as_array().unwrap().len(), 4);
    assert_eq!(refused(&scratch, &["redo", &path]), (Some(1), "themata: There is nothing to redo.\n".to_owned()));
}

#[test]
fn searching_tells_of_definitions_and_that_there_are_no_summaries() {
    let scratch = Scratch::new();
    let path = coded(&scratch);
    let mut project = Project::open(&scratch.project(), Access::Write, &me("Elspeth")).unwrap();
    let define = |tx: &mut Tx<'_>| {
        let mut theme = tx.study().codebook().themes().find(|theme| theme.name == "Rooms").cloned().unwrap();
        theme.definition = "One room, shared.".into();
        tx.put(theme)
    };
    project.edit("Define", define).unwrap();
    drop(project);
    let found = json_of(&scratch, &["search", &path, "share in:definitions", "--json"]);
    let note = json!({ "place": "Definition of Rooms", "text": "One room, shared.", "matches": [[10, 16]] });
    assert_eq!((&found["total"], &found["notes"]), (&json!(0), &json!([note])));
    assert_eq!(printed(&scratch, &["search", &path, "share in:definitions"]), "Definition of Rooms One room, shared.\n");
    assert_eq!(json_of(&scratch, &["search", &path, "share in:summaries", "--json"])["notes"], json!([]));
    let said = |query: &str| String::from_utf8(themata(&scratch, &["search", &path, query]).stderr).unwrap();
    for (query, searched) in [
        ("share", "1 paragraph.\n"),
        ("share in:definitions", "1 in definitions.\n"),
        ("share (in:memos OR in:definitions)", "1 in memos and definitions.\n"),
        ("share (in:texts OR in:summaries OR in:memos OR in:definitions)", "1 in summaries, memos and definitions.\n1 paragraph.\n"),
    ] {
        let said = said(query);
        assert!(said.ends_with(searched), "{query}: {said}");
    }
    // That no summary is written is a remark that stands before it.
    assert!(said("share in:summaries").ends_with("0 in summaries.\n"), "{}", said("share in:summaries"));
}

#[test]
fn what_identifies_is_numbered_in_the_matrix_unless_it_is_asked_for() {
    let scratch = Scratch::new();
    let path = coded(&scratch);
    let mut project = Project::open(&scratch.project(), Access::Write, &me("Elspeth")).unwrap();
    let identify = |tx: &mut Tx<'_>| {
        let area = tx.study().attributes().with_role(themata::study::Role::Area).cloned().unwrap();
        let value = tx.value_named(area.id, "Fife")?;
        let case = tx.case_labelled("A", themata::study::CaseKind::Person)?;
        tx.set_value(case, area.id, [value].into())?;
        tx.put(themata::study::Attribute { identifying: true, ..area })
    };
    project.edit("Areas", identify).unwrap();
    drop(project);
    for (labels, named) in [("ids", "Case-study area 1"), ("full", "Fife")] {
        let arguments = ["matrix", &path, "--columns", "area", "--labels", labels, "--format"];
        assert_eq!(json_of(&scratch, &[&arguments[..], &["json"]].concat())["columns"][0], json!(named));
        assert!(printed(&scratch, &[&arguments[..], &["csv"]].concat()).starts_with(&format!("Theme,{named},")));
    }
}

#[test]
fn every_export_is_written_with_its_note() {
    let scratch = Scratch::new();
    let path = coded(&scratch);
    for what in ["matrix", "cells", "codings", "cases", "codebook"] {
        let file = scratch.path(format!("{what}.csv"));
        printed(&scratch, &["export", &path, &file.to_string_lossy(), "--what", what, "--bom"]);
        let bytes = std::fs::read(&file).unwrap();
        assert!(bytes.starts_with(b"\xEF\xBB\xBF"), "{what}");
        let mut reader = csv::Reader::from_reader(&bytes[3..]);
        assert!(reader.records().map(Result::unwrap).count() > 0, "{what}");
        let note = std::fs::read_to_string(scratch.path(format!("{what}-about.txt"))).unwrap();
        for said in ["Project: Test", "Coders: Elspeth", "Filters: none", "0", "blank", "–", "No cell was changed."] {
            assert!(note.contains(said), "{what}: {said} is missing in {note}");
        }
    }
    let folder = scratch.path("texts");
    printed(&scratch, &["export", &path, &folder.to_string_lossy(), "--what", "texts"]);
    assert_eq!(
        std::fs::read_to_string(folder.join("A.txt")).unwrap(),
        "I: How was it?\nR: It was fine, aye, mostly. The forms were not.\nR: And cold.\n"
    );
    let before = std::fs::read(&path).unwrap();
    let other = scratch.path("other.themata").to_string_lossy().into_owned();
    for project in [&path, &other] {
        assert_eq!(refused(&scratch, &["export", &path, project, "--what", "codings"]).0, Some(2));
    }
    assert_eq!(std::fs::read(&path).unwrap(), before, "a project is never written over");
    assert!(!Path::new(&other).exists());
}

#[test]
fn a_new_project_is_sound_and_nothing_is_overwritten() {
    let scratch = Scratch::new();
    let path = scratch.path("new.themata").to_string_lossy().into_owned();
    assert!(printed(&scratch, &["new", &path]).starts_with("Made "));
    assert_eq!(json_of(&scratch, &["check", &path, "--json"]), json!({ "ok": true, "findings": [] }));
    let (code, said) = refused(&scratch, &["new", &path]);
    assert!(code == Some(1) && said.contains("Choose another name"), "{said}");
    assert!(Path::new(&path).exists() && scratch.path("home/config/identity.json").exists());
    assert!(scratch.path("home/cache").exists() && !scratch.path("real").exists(), "the user's own folders are not touched");
}

#[test]
fn check_names_what_was_wrong_with_the_search_index() {
    let scratch = Scratch::new();
    let path = coded(&scratch);
    let hits = printed(&scratch, &["search", &path, "*"]);
    assert!(!hits.is_empty());
    let indexes = scratch.path("home/cache/index");
    let folder = std::fs::read_dir(&indexes).unwrap().next().unwrap().unwrap().path();
    std::fs::write(folder.join("meta.json"), "{").unwrap();
    let said = json_of(&scratch, &["check", &path, "--json"]);
    assert_eq!((&said["ok"], &said["findings"][0]["repaired"]), (&json!(true), &json!(true)), "{said}");
    assert!(said["findings"][0]["what"].as_str().unwrap().contains("search index"), "{said}");
    assert_eq!(json_of(&scratch, &["check", &path, "--json"]), json!({ "ok": true, "findings": [] }));
    std::fs::remove_dir_all(&folder).unwrap();
    assert_eq!(json_of(&scratch, &["check", &path, "--json"]), json!({ "ok": true, "findings": [] }), "one that is gone is made");

    std::fs::remove_dir_all(&indexes).unwrap();
    std::fs::write(&indexes, "no folder").unwrap();
    let checked = themata(&scratch, &["check", &path]);
    assert_eq!(checked.status.code(), Some(1));
    assert!(String::from_utf8_lossy(&checked.stdout).contains("The folder of the search index cannot be used"));
    assert_eq!(printed(&scratch, &["search", &path, "*"]), hits, "it is searched all the same");
}

#[test]
fn a_project_in_use_can_be_read_and_not_changed() {
    let scratch = Scratch::new();
    let path = coded(&scratch);
    let open = Project::open(Path::new(&path), Access::Write, &me("Elspeth")).unwrap();
    let (code, said) = refused(&scratch, &["undo", &path]);
    assert!(code == Some(1) && said.contains("being edited in another window"), "{said}");
    assert!(printed(&scratch, &["themes", &path]).contains("Rooms"));
    drop(open);
}

#[cfg(unix)]
#[test]
fn a_reader_who_has_had_enough_is_no_error() {
    let scratch = Scratch::new();
    let path = coded(&scratch);
    let mut child = command(&scratch, &["codings", &path, "--json"]).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    drop(child.stdout.take());
    let output = child.wait_with_output().unwrap();
    assert_eq!((output.status.code(), String::from_utf8_lossy(&output.stderr).into_owned()), (Some(0), String::new()));
}

pub fn corpus() -> String {
    concat!(env!("CARGO_MANIFEST_DIR"), "/corpus").to_owned()
}

#[test]
fn the_sample_study_is_loaded_whole_and_counted() {
    let scratch = Scratch::new();
    let path = scratch.path("sample.themata").to_string_lossy().into_owned();
    let made = printed(&scratch, &["new", &path, "--from", &corpus()]);
    assert!(made.contains("29 sources"), "{made}");
    assert_eq!(json_of(&scratch, &["check", &path, "--json"]), json!({ "ok": true, "findings": [] }));
    let matrix = json_of(&scratch, &["matrix", &path, "--pages", "area", "--format", "json"]);
    let pages = matrix["pages"].as_array().unwrap();
    assert_eq!(pages[..3], [json!("All"), json!("Argyll and Bute"), json!("Fife")]);
    let sizes = [&matrix["rows"], &matrix["columns"]].map(|heads| heads.as_array().unwrap().len());
    let cells: Vec<_> = matrix["cells"].as_array().unwrap().iter().map(|page| page.as_array().unwrap().len()).collect();
    assert_eq!(cells, vec![sizes[0]; pages.len()]);
    // The list of themes in the window has those without a participant's words too.
    assert!(printed(&scratch, &["themes", &path]).contains(" hold no participant's words and are not counted here"));
    let codings = json_of(&scratch, &["codings", &path, "--json"]);
    let folder = scratch.path("texts");
    printed(&scratch, &["export", &path, &folder.to_string_lossy(), "--what", "texts"]);
    for coding in codings.as_array().unwrap() {
        let text = std::fs::read_to_string(folder.join(format!("{}.txt", coding["source_id"].as_str().unwrap()))).unwrap();
        let place = |key: &str| usize::try_from(coding[key].as_u64().unwrap()).unwrap();
        let words: String = text.chars().skip(place("start")).take(place("end") - place("start")).collect();
        assert_eq!(coding["text"], json!(words));
    }
    // It is what the project begins with: nobody can undo it.
    assert_eq!(refused(&scratch, &["undo", &path]), (Some(1), "themata: There is nothing to undo.\n".to_owned()));
    let history = json_of(&scratch, &["history", &path, "--json"]);
    assert_eq!((&history[0]["label"], &history[0]["kind"]), (&json!("Study loaded from corpus"), &json!("setup")));
    assert_eq!(json_of(&scratch, &["sources", &path, "--json"]).as_array().unwrap().len(), 29);
}

#[test]
fn a_broken_study_folder_is_named_with_its_line_and_makes_nothing() {
    let scratch = Scratch::new();
    let folder = scratch.path("study");
    std::fs::create_dir(&folder).unwrap();
    std::fs::write(folder.join("study.json"), "{\n  \"name\": \"Broken\",\n  \"themes\": [}\n").unwrap();
    let path = scratch.path("broken.themata");
    let (code, said) = refused(&scratch, &["new", &path.to_string_lossy(), "--from", &folder.to_string_lossy()]);
    assert!(code == Some(1) && said.contains("study.json, line 3"), "{said}");
    assert!(!path.exists());
}

#[test]
fn files_are_imported_as_one_edit_or_not_at_all() {
    let scratch = Scratch::new();
    let path = scratch.path("study.themata").to_string_lossy().into_owned();
    printed(&scratch, &["new", &path]);
    let interview = format!("{}/sources/FIF-TL2.txt", corpus());
    let group = format!("{}/sources/FIF-FG1.txt", corpus());
    std::fs::write(scratch.path("empty.txt"), " ").unwrap();
    let (code, said) = refused(&scratch, &["import", &path, &interview, &scratch.path("empty.txt").to_string_lossy()]);
    assert!(code == Some(1) && said.contains("“empty.txt” is empty."), "{said}");
    assert_eq!(json_of(&scratch, &["sources", &path, "--json"]), json!([]));
    let imported = json_of(&scratch, &["import", &path, &interview, &group, "--json"]);
    let first = &imported["sources"][0];
    assert_eq!(
        (&first["id"], &first["kind"], &first["quotes"], &first["cases"]),
        (
            &json!("FIF-TL2"),
            &json!("Interview"),
            &json!(0),
            &json!([{ "label": "FIF-TL2", "group": "Senior managers / team leaders", "area": "Fife" }])
        )
    );
    let (code, said) = refused(&scratch, &["import", &path, &interview]);
    assert!(code == Some(1) && said.contains("FIF-TL2"), "a file is imported once: {said}");
    let again = scratch.path("FIF-TL2.txt").to_string_lossy().into_owned();
    std::fs::write(&again, "I: How?\nR: Well.\n").unwrap();
    let second = &json_of(&scratch, &["import", &path, &again, "--json"])["sources"][0];
    assert_eq!(second["id"], "FIF-TL2-2");
    assert!(second["problems"][0].as_str().unwrap().contains("“FIF-TL2” already"), "{second}");
    printed(&scratch, &["undo", &path]);
    assert_eq!(printed(&scratch, &["undo", &path]), "Undone: Import 2 sources\n");
    assert_eq!(json_of(&scratch, &["sources", &path, "--json"]), json!([]));
}

#[test]
fn a_folder_is_imported_as_a_map_says_and_what_fails_in_it_is_told() {
    let scratch = Scratch::new();
    let path = scratch.path("study.themata").to_string_lossy().into_owned();
    printed(&scratch, &["new", &path]);
    let folder = scratch.path("talks");
    std::fs::create_dir(&folder).unwrap();
    std::fs::write(folder.join("a.txt"), "PB: How?\nJean: Well.\nPB: And?\nJean: Aye.\n").unwrap();
    std::fs::write(folder.join("s.csv"), "id,Area,Comment\nP1,Fife,It was colder than I had thought it would be\n").unwrap();
    let folder = folder.to_string_lossy().into_owned();
    let told = json_of(&scratch, &["import", &path, &folder, "--dry-run", "--json"]);
    assert_eq!((&told["files"][0]["id"], &told["tables"][0]["respondents"]), (&json!("a"), &json!(1)));
    assert_eq!(json_of(&scratch, &["sources", &path, "--json"]), json!([]), "nothing was written");
    let mut map = told;
    map["files"][0]["id"] = json!("TL1");
    map["files"][0]["speakers"][0]["is"] = json!("interviewer");
    let map_file = scratch.path("map.json");
    std::fs::write(&map_file, map.to_string()).unwrap();
    std::fs::write(scratch.path("talks/empty.txt"), " ").unwrap();
    let import = ["import", &path, &folder, "--map", &map_file.to_string_lossy(), "--json"];
    let output = themata(&scratch, &import);
    let said = String::from_utf8(output.stderr).unwrap();
    assert!(output.status.code() == Some(1) && said.contains("“empty.txt” is empty"), "{said}");
    let sources = json_of(&scratch, &["sources", &path, "--json"]);
    let ids: Vec<_> = sources.as_array().unwrap().iter().map(|source| &source["id"]).collect();
    assert_eq!(ids, [&json!("TL1"), &json!("P1")], "the others are there all the same");
    let said = String::from_utf8(themata(&scratch, &import).stderr).unwrap();
    assert!(said.contains("2 left out, which the project has already"), "{said}");
}

#[test]
fn a_corrected_file_takes_the_place_of_a_source_and_says_what_became_of_its_codings() {
    let scratch = Scratch::new();
    let path = coded(&scratch);
    let file = scratch.path("A corrected.txt").to_string_lossy().into_owned();
    std::fs::write(&file, "I: How was it?\nR: It was fine, aye, [colleague] said. The forms were not.\nR: And cold.\n").unwrap();
    let import = |label| ["import", &path, &file, "--corrects", label];
    let (code, said) = refused(&scratch, &import("Nowhere"));
    assert!(code == Some(1) && said.contains("There is no source “Nowhere”"), "{said}");
    let (code, said) = refused(&scratch, &["import", &path, &file, &file, "--corrects", "A"]);
    assert!(code == Some(2) && said.contains("One file corrects one source"), "{said}");
    let corrected = json_of(&scratch, &[&import("a")[..], &["--json"]].concat());
    assert_eq!(
        corrected,
        json!({
            "corrected": "A", "problems": [],
            "codings": { "unchanged": 0, "moved": 0, "reworded": 1, "joined": 0, "broken": 0, "restored": 0 },
            "changed": corrected["changed"],
        })
    );
    let changed = &corrected["changed"][0];
    assert_eq!(
        (&changed["fate"], &changed["after"]),
        (&json!("reworded"), &json!("t was fine, aye, [colleague] said. The forms were not."))
    );
    assert_ne!(changed["before"], changed["after"]);
    let codings = json_of(&scratch, &["codings", &path, "--json"]);
    assert_eq!(
        (&codings[0]["text"], &codings[0]["broken"], &codings[0]["cases"]),
        (&json!("t was fine, aye, [colleague] said. The forms were not."), &json!(false), &json!(["A"]))
    );
    let (code, said) = refused(&scratch, &import("A"));
    assert!(code == Some(1) && said.contains("holds already"), "{said}");
    std::fs::write(&file, "I: How was it?\nR: And cold.\n").unwrap();
    assert!(printed(&scratch, &import("A")).contains("broken     1\n"));
    let codings = json_of(&scratch, &["codings", &path, "--json"]);
    assert_eq!((&codings[0]["broken"], &codings[0]["cases"]), (&json!(true), &json!([])));
    assert_eq!(codings[0]["text"], json!("t was fine, aye, [colleague] said. The forms were not."), "with the words it had");
    let matrix = json_of(&scratch, &["matrix", &path, "--columns", "none", "--measure", "codings", "--format", "json"]);
    assert_eq!(matrix["row_totals"], json!([[0, 0, 1]]), "and counted nowhere");
    assert_eq!(json_of(&scratch, &["check", &path, "--json"]), json!({ "ok": true, "findings": [] }));
    assert_eq!(printed(&scratch, &["undo", &path]), "Undone: Correct A\n");
    assert_eq!(json_of(&scratch, &["codings", &path, "--json"])[0]["broken"], json!(false));
}

#[test]
fn reports_go_from_import_to_the_matrix() {
    let Some(reports) = reports() else { return };
    let chapter = reports.join("justice-social-work-chapter-5.txt").to_string_lossy().into_owned();
    let scratch = Scratch::new();
    let path = scratch.path("study.themata").to_string_lossy().into_owned();
    printed(&scratch, &["new", &path]);
    let imported = json_of(&scratch, &["import", &path, &chapter, "--json"]);
    let source = &imported["sources"][0];
    assert_eq!((&source["quotes"], source["cases"].as_array().unwrap().len()), (&json!(9), 7));
    let made = json_of(&scratch, &["code", &path, "--theme", "Partners", "--query", "partner* speaker:participant", "--create", "--json"]);
    let hits = made["codings"].as_array().unwrap().len();
    assert!(hits > 0);
    let matrix = json_of(&scratch, &["matrix", &path, "--measure", "codings", "--format", "json"]);
    assert_eq!(matrix["row_totals"], json!([[hits]]));
}

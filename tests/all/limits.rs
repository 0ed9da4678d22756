//! The command line and the window where something is wrong or unusual: words, paths, rights, signs, sizes.

use std::path::Path;
use std::process::{Command, Stdio};
use std::sync::Arc;

use eframe::egui::{Key, Modifiers, vec2};
use egui_kittest::kittest::Queryable as _;
use proptest::prelude::*;
use serde_json::{Value, json};
use themata::app::state::View;
use themata::project::{Access, Project, Tx};
use themata::study::{CaseKind, Origin, Theme};
use themata::text::Span;

use crate::cli::{coded, command, corpus, json_of, printed, refused};
use crate::support::{Scratch, add_source, me, project};
use crate::window::{Window, window, window_with};

#[test]
fn a_word_that_is_no_command_and_no_file_is_said_to_be_neither() {
    let scratch = Scratch::new();
    let (code, said) = refused(&scratch, &["sorces"]);
    assert!(code == Some(2) && said.starts_with("themata: There is no command “sorces”, and no file of that name."), "{said}");
    let missing = scratch.path("none.themata").to_string_lossy().into_owned();
    let (code, said) = refused(&scratch, &[&missing]);
    assert!(code == Some(1) && said.starts_with("themata: There is no file:"), "{said}");
}

#[test]
fn a_query_in_which_nothing_can_be_found_codes_nothing() {
    let scratch = Scratch::new();
    let path = coded(&scratch);
    for query in ["", "  ", "()", "theme:Nowhere", "nofield:x", "\"\""] {
        let (code, said) = refused(&scratch, &["code", &path, "--theme", "Rooms", "--query", query]);
        assert!(code == Some(1) && said.contains("Nothing was coded"), "“{query}”: {code:?} {said}");
    }
    // A query that could find something and does not is answered.
    assert_eq!(
        json_of(&scratch, &["code", &path, "--theme", "Rooms", "--query", "zebra", "--json"]),
        json!({ "theme": "Rooms", "codings": [] })
    );
}

#[test]
fn originals_can_be_declined() {
    let scratch = Scratch::new();
    let folder = scratch.path("study");
    std::fs::create_dir(&folder).unwrap();
    // Its bytes differ from its text, and would be kept.
    std::fs::write(folder.join("W1.txt"), b"I: How?\r\nR: Well, aye.\r\n").unwrap();
    let original = |project: &str| {
        let opened = themata::project::Project::open(Path::new(project), themata::project::Access::Read, &crate::support::me("Elspeth"));
        opened.unwrap().study().materials()[0].source.original
    };
    let [folder, file] = [folder.clone(), folder.join("W1.txt")].map(|path| path.to_string_lossy().into_owned());
    for (declined, kept) in [(&["--no-originals"][..], false), (&[], true)] {
        let from = scratch.path(format!("from-{kept}.themata")).to_string_lossy().into_owned();
        printed(&scratch, &[&["new", &from, "--from", &folder], declined].concat());
        assert_eq!(original(&from).is_some(), kept, "new");
        let into = scratch.path(format!("into-{kept}.themata")).to_string_lossy().into_owned();
        printed(&scratch, &["new", &into]);
        printed(&scratch, &[&["import", &into, &file], declined].concat());
        assert_eq!(original(&into).is_some(), kept, "import");
    }
}

#[test]
fn the_matrix_and_the_codings_are_of_the_quotes_and_sources_asked_for() {
    let scratch = Scratch::new();
    let path = scratch.path("sample.themata").to_string_lossy().into_owned();
    printed(&scratch, &["new", &path, "--from", &corpus()]);
    let count = |wanted: &[&str]| -> u64 {
        let arguments =
            [&["matrix", &path, "--columns", "none", "--measure", "codings", "--all-voices", "--format", "json"], wanted].concat();
        let matrix = json_of(&scratch, &arguments);
        let rows = matrix["rows"].as_array().unwrap().iter();
        let top = rows.zip(matrix["row_totals"][0].as_array().unwrap()).filter(|(row, _)| !row.as_str().unwrap().contains('›'));
        top.map(|(_, total)| total.as_u64().unwrap()).sum()
    };
    let exported = |wanted: &[&str]| -> Vec<Vec<String>> {
        let file = scratch.path("codings.csv").to_string_lossy().into_owned();
        printed(&scratch, &[&["export", &path, &file, "--what", "codings", "--force"], wanted].concat());
        csv::Reader::from_path(&file).unwrap().records().map(|row| row.unwrap().iter().map(str::to_owned).collect()).collect()
    };
    let codings = json_of(&scratch, &["codings", &path, "--json"]);
    let codings = codings.as_array().unwrap();
    let [quoted, report] = [
        codings.iter().filter(|coding| coding["quote"] == json!(true)).count(),
        codings.iter().filter(|coding| coding["source_id"] == json!("REP-1")).count(),
    ];
    assert!(quoted > 0 && quoted < codings.len());
    for (wanted, expected) in [
        (&[][..], codings.len()),
        (&["--quote-marked"], quoted),
        (&["--kind", "report"], report),
        (&["--kind", "transcript"], codings.len() - report),
        (&["--kind", "transcript", "--kind", "Report"], codings.len()),
    ] {
        assert_eq!(count(wanted), expected as u64, "matrix {wanted:?}");
        assert_eq!(exported(wanted).len(), expected, "export {wanted:?}");
    }
    let note = std::fs::read_to_string(scratch.path("codings-about.txt")).unwrap();
    assert!(note.contains("Filters: only sources of the kinds "), "{note}");
    let (code, said) = refused(&scratch, &["matrix", &path, "--kind", "diary"]);
    assert!(code == Some(1) && said.contains("no source of the kind “diary”; there are: transcript, report, not stated, "), "{said}");
}

#[cfg(unix)]
#[test]
fn a_long_result_may_be_cut_off_by_its_reader() {
    use std::io::Read as _;
    let scratch = Scratch::new();
    let path = scratch.path("sample.themata").to_string_lossy().into_owned();
    printed(&scratch, &["new", &path, "--from", &corpus()]);
    let long = [
        &["codings", &path, "--json"][..],
        &["codings", &path],
        &["search", &path, "*", "--limit", "9999"],
        &["matrix", &path, "--pages", "cases"],
    ];
    for arguments in long {
        let mut child = command(&scratch, arguments).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        let mut head = [0; 100];
        child.stdout.take().unwrap().read_exact(&mut head).unwrap();
        let output = child.wait_with_output().unwrap();
        let said = String::from_utf8(output.stderr).unwrap();
        assert_eq!((output.status.code(), said.contains("panicked")), (Some(0), false), "{arguments:?}: {said}");
    }
}

#[cfg(target_os = "linux")]
#[test]
fn paths_need_not_be_utf_8() {
    use std::ffi::OsStr;
    use std::os::unix::ffi::OsStrExt as _;
    let scratch = Scratch::new();
    let folder = scratch.path(OsStr::from_bytes(b"caf\xe9"));
    std::fs::create_dir(&folder).unwrap();
    let path = folder.join(OsStr::from_bytes(b"\xe9tude.themata"));
    let run = |arguments: &[&OsStr]| command(&scratch, &[]).args(arguments).output().unwrap();
    let words = |words: &str| OsStr::new(words).to_owned();
    for arguments in [
        vec![words("new"), path.clone().into(), words("--from"), corpus().into()],
        vec![words("undo"), path.clone().into()],
        vec![words("check"), path.clone().into()],
        vec![words("export"), path.clone().into(), folder.join(OsStr::from_bytes(b"\xe0.csv")).into(), words("--what"), words("matrix")],
    ] {
        let output = run(&arguments.iter().map(std::ffi::OsString::as_os_str).collect::<Vec<_>>());
        let said = String::from_utf8_lossy(&output.stderr).into_owned();
        let expected = i32::from(arguments[0] == "undo");
        assert!(output.status.code() == Some(expected) && !said.contains("backup"), "{arguments:?}: {said}");
    }
    // The first command that could change something made the day's backup.
    let backups = std::fs::read_dir(folder.join(OsStr::from_bytes(b"\xe9tude.themata-backups"))).unwrap();
    assert_eq!(backups.count(), 1);
}

/// Runs as somebody who has no rights here: the superuser's rights bind nothing.
#[cfg(unix)]
fn without_rights(scratch: &Scratch, arguments: &[&str]) -> Command {
    use std::os::unix::fs::MetadataExt as _;
    use std::os::unix::process::CommandExt as _;
    let mut command = command(scratch, arguments);
    if std::fs::metadata(scratch.path("")).unwrap().uid() == 0 {
        command.uid(65_534).gid(65_534);
    }
    command
}

#[cfg(unix)]
#[test]
fn what_cannot_be_written_can_be_read() {
    use std::os::unix::fs::PermissionsExt as _;
    let scratch = Scratch::new();
    let folder = scratch.path("shelf");
    std::fs::create_dir(&folder).unwrap();
    let path = folder.join("study.themata");
    std::fs::rename(coded(&scratch), &path).unwrap();
    let text = path.to_string_lossy().into_owned();
    printed(&scratch, &["new", &scratch.path("other.themata").to_string_lossy()]);
    let may = |path: &Path, mode| std::fs::set_permissions(path, std::fs::Permissions::from_mode(mode)).unwrap();
    may(&scratch.path(""), 0o755);
    for open in ["home", "home/config", "home/cache"] {
        std::fs::create_dir_all(scratch.path(open)).unwrap();
        may(&scratch.path(open), 0o777);
    }
    may(&scratch.path("home/config/identity.json"), 0o644);
    if without_rights(&scratch, &["--version"]).output().is_err() {
        println!("skipped: the program lies where only its owner may run it");
        return;
    }
    for (of_folder, of_file) in [(0o555, 0o444), (0o555, 0o644), (0o777, 0o444)] {
        may(&path, of_file);
        may(&folder, of_folder);
        let output = without_rights(&scratch, &["themes", &text]).output().unwrap();
        let said = String::from_utf8_lossy(&output.stderr).into_owned();
        assert!(output.status.success() && String::from_utf8_lossy(&output.stdout).contains("Admin › Forms"), "{of_folder:o}: {said}");
        let output = without_rights(&scratch, &["undo", &text]).output().unwrap();
        let said = String::from_utf8_lossy(&output.stderr).into_owned();
        assert!(
            output.status.code() == Some(1) && said.starts_with("themata: The project file cannot be written:"),
            "{of_folder:o}: {said}"
        );
        assert!(!said.contains("SQL") && said.contains("copy the project"), "{said}");
        may(&folder, 0o755);
    }
}

const VIEWS: [(Key, View); 7] = [
    (Key::Num1, View::Read),
    (Key::Num2, View::Matrix),
    (Key::Num3, View::Search),
    (Key::Num4, View::Quotes),
    (Key::Num6, View::Themes),
    (Key::Num7, View::Cases),
    (Key::Num9, View::History),
];

/// 3,000 themes, 40 levels deep; a word of 200,000 letters; a source without words; a case of which nothing is known.
fn extremes() -> Window {
    window_with(|project| {
        let fill = |tx: &mut Tx<'_>| {
            let mut themes: Vec<Theme> = Vec::new();
            for chain in 0..75 {
                let mut above = None;
                for level in 0..40 {
                    let theme = Theme::named(above, format!("Chain {chain} level {level}"), chain);
                    above = Some(theme.id);
                    themes.push(theme);
                }
            }
            let deepest = themes[39].id;
            tx.put_all(themes.into_iter().map(Into::into).collect())?;
            // The window opens with the first source that has a coding.
            let first = tx.study().source_labelled("A").unwrap().source.id;
            tx.code(first, Span::of(18..29), deepest, Origin::Hand)?;
            tx.case_labelled("Nobody", CaseKind::Unidentified)?;
            add_source(tx, "NONE", "")?;
            let text = format!("I: And?\nR: {}\n", "tea".repeat(66_667));
            let endless = add_source(tx, "ENDLESS", &text)?;
            tx.code(endless, Span::of(11..text.len() - 1), deepest, Origin::Hand)?;
            tx.code(endless, Span::of(5_000..150_000), deepest, Origin::Hand).map(drop)
        };
        project.edit("Extremes", fill).unwrap();
    })
}

#[test]
fn every_view_draws_extremes_in_windows_of_every_size() {
    let mut window = extremes();
    let before = Arc::clone(window.app().study());
    for size in [vec2(1280.0, 800.0), vec2(960.0, 600.0), vec2(300.0, 800.0), vec2(300.0, 200.0)] {
        window.harness.set_size(size);
        for (key, view) in VIEWS {
            window.press_with(Modifiers::COMMAND, key);
            window.harness.run_steps(3);
            assert_eq!(window.app().state().view, view, "{size:?}");
        }
    }
    assert!(Arc::ptr_eq(&before, window.app().study()), "looking changes nothing");
    // The window is as usable as before.
    window.harness.set_size(vec2(1280.0, 800.0));
    window.press_with(Modifiers::COMMAND, Key::Num1);
    window.until("the words are there again", |window| window.shows("It was fine, aye"));
}

#[test]
fn the_deepest_of_thousands_of_themes_is_picked_for_a_word_without_end() {
    let mut window = extremes();
    window.harness.get_by_label_contains("ENDLESS Interview ENDLESS").click();
    window.until("it is shown", |window| window.shows("Text of Interview ENDLESS"));
    window.press_with(Modifiers::COMMAND, Key::End);
    for key in [Key::End, Key::PageUp, Key::PageDown, Key::Home, Key::ArrowDown, Key::ArrowRight, Key::S, Key::C] {
        window.press(key);
    }
    window.type_words("chain 74 level 39");
    window.press(Key::Enter);
    let themes = |window: &Window| -> Vec<String> {
        let study = window.app().study();
        let codings = &study.source_labelled("ENDLESS").unwrap().codings;
        codings.iter().map(|coded| study.codebook().get(coded.coding.theme).unwrap().name.clone()).collect()
    };
    window.until("it is coded", |window| themes(window).contains(&"Chain 74 level 39".to_owned()));
    assert_eq!(themes(&window).len(), 3);
}

#[test]
fn a_theme_may_have_any_name_but_none() {
    let mut window = window();
    let long = "A name that does not end ".repeat(20);
    let names =
        [long.trim(), "😀 👩‍👩‍👧", "مرحبا بكم في البيت", "either/or", "e\u{301}\u{302}\u{303}", "\\", "<b &amp; ‘c’", "\u{1f9ff}\u{fdfd}"];
    window.click_words("It was fine");
    for (count, name) in (1..).zip(names) {
        window.press(Key::C);
        window.type_words(name);
        window.press_with(Modifiers::COMMAND, Key::Enter);
        let made = |window: &Window| window.app().study().codebook().themes().any(|theme| theme.name == name);
        window.until(name, made);
        window.until("and applied", |window| window.app().study().source_labelled("A").unwrap().codings.len() == count);
    }
    for nothing in ["", "   ", "\u{a0}", " > ", "›"] {
        window.press(Key::C);
        window.type_words(nothing);
        window.press_with(Modifiers::COMMAND, Key::Enter);
        window.harness.run_steps(5);
        window.press(Key::Escape);
        window.harness.run_steps(2);
        window.click_words("It was fine");
    }
    let names: Vec<String> = window.app().study().codebook().themes().map(|theme| theme.name.clone()).collect();
    assert!(names.iter().all(|name| !name.trim().is_empty()), "{names:?}");
    for size in [vec2(1280.0, 800.0), vec2(300.0, 800.0)] {
        window.harness.set_size(size);
        for (key, view) in VIEWS {
            window.press_with(Modifiers::COMMAND, key);
            window.harness.run_steps(3);
            assert_eq!(window.app().state().view, view, "{size:?}");
        }
    }
}

#[test]
fn a_name_that_cannot_be_is_refused_with_a_sentence() {
    let scratch = Scratch::new();
    let (mut project, _) = project(&scratch);
    project.edit("Theme", |tx| tx.theme_at("Rooms > Cold").map(drop)).unwrap();
    let mut refused = |path: &str| {
        let before = project.study();
        let said = project.edit("Theme", |tx| tx.theme_at(path).map(drop)).unwrap_err().to_string();
        assert!(Arc::ptr_eq(&before, &project.study()));
        said
    };
    for nothing in ["", "  ", "Rooms >", "> Cold", "Rooms > \u{a0} > Cold"] {
        assert_eq!(refused(nothing), "a name is needed", "{nothing:?}");
    }
    let rooms = project.study().codebook().find_path("Rooms").unwrap();
    let said = project.edit("Theme", |tx| tx.add_theme(Some(rooms), "COLD").map(drop)).unwrap_err().to_string();
    assert_eq!(said, "there is a Theme named “COLD” already");
}

#[test]
fn hundreds_of_acts_are_taken_back_at_once_and_brought_again_one_by_one() {
    let scratch = Scratch::new();
    let (mut project, _) = project(&scratch);
    let before = project.study().entities();
    for number in 0..250 {
        project.edit("Theme", |tx| tx.add_theme(None, &format!("Theme {number}")).map(drop)).unwrap();
    }
    let first = project.history(None, 250).unwrap().last().unwrap().seq;
    assert_eq!(project.undo_to(first).unwrap().len(), 250);
    assert_eq!(project.study().entities(), before);
    for _ in 0..250 {
        project.redo().unwrap().unwrap();
    }
    assert_eq!(project.study().codebook().len(), 250);
    project.undo_to(first).unwrap();
    drop(project);
    let project = Project::open(&scratch.project(), Access::Write, &me("Elspeth")).unwrap();
    assert_eq!(project.study().entities(), before, "and so it is on disk");
    assert!(project.check(false).unwrap().is_empty());
}

/// A transcript in which characters, bytes and what is seen differ.
fn transcript() -> impl Strategy<Value = String> {
    let word =
        prop::sample::select(vec!["tea", "naïve", "cafe\u{301}", "😀", "👩‍👧 tea", "TEA.", "ﬁne", "Straße", "«tea»", "مرحبا", "\u{feff}tea"]);
    let line = (
        prop::sample::select(vec!["I: ", "R: ", "R:\t", ""]),
        prop::collection::vec(word, 1..8),
        prop::sample::select(vec!["\n", "\r\n", "\n\n"]),
    );
    let lines = prop::collection::vec(line.prop_map(|(label, words, end)| format!("{label}{}{end}", words.join(" "))), 2..20);
    lines.prop_map(|lines| format!("I: Begin.\nR: tea begins.\n{}", lines.concat()))
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 10, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn places_are_characters_of_the_texts_that_are_exported(texts in prop::collection::vec(transcript(), 1..4)) {
        let scratch = Scratch::new();
        let path = scratch.project().to_string_lossy().into_owned();
        printed(&scratch, &["new", &path]);
        let files: Vec<_> = (0..texts.len()).map(|file| scratch.path(format!("S{file}.txt")).to_string_lossy().into_owned()).collect();
        for (file, text) in files.iter().zip(&texts) {
            // The same file twice would be refused.
            std::fs::write(file, format!("{text}R: The end of {file}.\n")).unwrap();
        }
        printed(&scratch, &[&["import", &path], &files.iter().map(String::as_str).collect::<Vec<_>>()[..]].concat());
        printed(&scratch, &["code", &path, "--theme", "Tea", "--query", "tea OR naive", "--words", "--create"]);
        let folder = scratch.path("texts").to_string_lossy().into_owned();
        printed(&scratch, &["export", &path, &folder, "--what", "texts"]);
        let characters = |source: &Value| -> Vec<char> {
            std::fs::read_to_string(scratch.path(format!("texts/{}.txt", source.as_str().unwrap()))).unwrap().chars().collect()
        };
        let slice = |characters: &[char], start: &Value, end: &Value| -> String {
            let [start, end] = [start, end].map(|place| usize::try_from(place.as_u64().unwrap()).unwrap());
            characters[start..end].iter().collect()
        };
        let codings = json_of(&scratch, &["codings", &path, "--json"]);
        prop_assert!(!codings.as_array().unwrap().is_empty());
        for coding in codings.as_array().unwrap() {
            let words = slice(&characters(&coding["source_id"]), &coding["start"], &coding["end"]);
            prop_assert_eq!(coding["text"].as_str().unwrap(), &words);
            prop_assert!(["tea", "naïve"].contains(&words.to_lowercase().trim_start_matches('\u{feff}')), "{}", words);
        }
        let found = json_of(&scratch, &["search", &path, "tea", "--json", "--limit", "9999"]);
        prop_assert_eq!(found["total"].as_u64().unwrap(), found["hits"].as_array().unwrap().len() as u64);
        for hit in found["hits"].as_array().unwrap() {
            prop_assert_eq!(hit["text"].as_str().unwrap(), &slice(&characters(&hit["source"]), &hit["start"], &hit["end"]));
            let text: Vec<char> = hit["text"].as_str().unwrap().chars().collect();
            prop_assert!(!hit["matches"].as_array().unwrap().is_empty());
            for place in hit["matches"].as_array().unwrap() {
                let word = slice(&text, &place[0], &place[1]).to_lowercase();
                prop_assert_eq!(word.trim_start_matches('\u{feff}'), "tea");
            }
        }
    }
}

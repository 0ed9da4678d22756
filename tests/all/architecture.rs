//! The floors of the house: each module uses only those above it in the list, and only it knows its trade.

use std::path::{Path, PathBuf};

/// The modules, ground floor first.
const FLOORS: &[&str] = &["text", "study", "home", "query", "analysis", "store", "search", "project", "exchange", "app", "cli"];

/// Crates and library modules that only some may use.
const TRADES: &[(&str, &[&str])] = &[
    ("rusqlite", &["store"]),
    ("tantivy", &["search"]),
    ("egui", &["app"]),
    ("eframe", &["app"]),
    ("egui_extras", &["app"]),
    ("rfd", &["app"]),
    ("clap", &["cli"]),
    ("std::fs", &["home", "store", "search", "exchange", "app", "cli"]),
    ("std::thread", &["analysis", "search", "project", "app", "cli"]),
    ("std::time::SystemTime", &[]),
    ("jiff::Timestamp::now", &["project", "app", "cli"]),
];

/// Longest file, in lines.
const LONGEST: usize = 600;

/// A table with a line or two for each command, which is looked things up in and not read.
const TABLE: &str = "command/table.rs";

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

/// Whether a file holds only tests and what they need.
fn is_for_tests(path: &Path) -> bool {
    path.components().any(|part| matches!(part.as_os_str().to_string_lossy().trim_end_matches(".rs"), "tests" | "testing"))
}

/// Every Rust file below `folder`, with its text.
fn sources(folder: &Path) -> Vec<(PathBuf, String)> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            found.extend(sources(&path));
        } else if path.extension().is_some_and(|ending| ending == "rs") {
            let text = std::fs::read_to_string(&path).unwrap();
            found.push((path, text));
        }
    }
    found.sort();
    found
}

/// The module a file of `src` belongs to.
fn module(path: &Path) -> Option<String> {
    let inside = path.strip_prefix(root().join("src")).unwrap();
    let first = inside.components().next()?.as_os_str().to_string_lossy().into_owned();
    let name = first.trim_end_matches(".rs").to_owned();
    (name != "lib" && name != "main").then_some(name)
}

/// The code of a file: without comments, and without the test module at its end.
fn code(text: &str) -> String {
    let code = text.split("#[cfg(test)]\nmod tests").next().unwrap_or_default();
    code.lines().filter(|line| !line.trim_start().starts_with("//")).collect::<Vec<_>>().join("\n")
}

/// Whether `code` names `word` as a path of its own.
fn names(code: &str, word: &str) -> bool {
    code.match_indices(word).any(|(at, _)| {
        let before = code[..at].chars().next_back();
        let after = code[at + word.len()..].chars().next();
        let part = |c: Option<char>| c.is_some_and(|c| c.is_alphanumeric() || c == '_');
        !part(before) && !part(after)
    })
}

#[test]
fn modules_use_only_those_above_them() {
    let mut wrong = Vec::new();
    for (path, text) in sources(&root().join("src")) {
        let Some(module) = module(&path).filter(|_| !is_for_tests(path.strip_prefix(root()).unwrap())) else { continue };
        let floor = FLOORS.iter().position(|floor| *floor == module);
        let floor = floor.unwrap_or_else(|| panic!("{module} is not in the list of floors"));
        let code = code(&text);
        for above in &FLOORS[floor + 1..] {
            if names(&code, &format!("crate::{above}")) {
                wrong.push(format!("{}: {module} must not know {above}", path.display()));
            }
        }
        for (trade, allowed) in TRADES {
            if !allowed.contains(&module.as_str()) && names(&code, trade) {
                wrong.push(format!("{}: {module} must not use {trade}", path.display()));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn changes_are_written_in_one_place() {
    // The store's `write` is called by the project alone, and a study is replaced by it alone.
    for (path, text) in sources(&root().join("src")) {
        let module = module(&path).unwrap_or_default();
        if module != "project" && module != "store" {
            assert!(!names(&code(&text), "NewEdit"), "{}: changes go through Project::edit", path.display());
        }
    }
}

#[test]
fn files_stay_readable() {
    for folder in ["src", "tests"] {
        for (path, text) in sources(&root().join(folder)) {
            let lines = text.lines().count();
            assert!(lines <= LONGEST || path.ends_with(TABLE), "{} has {lines} lines; it wants to be two files", path.display());
        }
    }
}

#[test]
fn views_and_bars_hold_no_colours_type_sizes_radii_or_nameless_factors() {
    let app = root().join("src/app");
    let mut wrong = Vec::new();
    for (path, text) in ["views", "frame", "widgets"].iter().flat_map(|folder| sources(&app.join(folder))) {
        let code = code(&text);
        for literal in [
            "Color32::from_",
            "Color32::WHITE",
            "Color32::BLACK",
            "Rgba::from",
            "hex_color!",
            "FontId::new(",
            "FontId::proportional(",
            "CornerRadius::same(",
        ] {
            if code.contains(literal) {
                wrong.push(format!("{}: {literal} belongs to the tokens", path.display()));
            }
        }
        // The drawn marks and signs are made of such numbers; everywhere else a factor has a name that says what it is for.
        if !path.ends_with("widgets/mark.rs") && !path.ends_with("widgets/sign.rs") {
            let lines = code.lines().filter(|line| !line.trim_start().starts_with("const ") && !line.contains(" const "));
            let factors = lines.flat_map(|line| fractions(line).into_iter().map(move |factor| (line, factor)));
            wrong.extend(factors.map(|(line, factor)| format!("{}: {factor} wants a name: {}", path.display(), line.trim())));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// The numbers in a line of code that are neither whole nor a half.
fn fractions(line: &str) -> Vec<&str> {
    let is_part = |c: char| c.is_ascii_alphanumeric() || c == '.' || c == '_';
    let words = line.split(|c| !is_part(c)).filter(|word| word.starts_with(|c: char| c.is_ascii_digit()));
    words.filter(|word| word.parse::<f32>().is_ok_and(|number| (number * 2.0).fract() != 0.0)).collect()
}

#[test]
fn every_colour_of_the_tokens_is_drawn_somewhere() {
    let tokens = std::fs::read_to_string(root().join("assets/tokens.json")).unwrap();
    let tokens: serde_json::Value = serde_json::from_str(&tokens).unwrap();
    let app = root().join("src/app");
    let drawn: String = sources(&app).into_iter().filter(|(path, _)| !path.starts_with(app.join("tokens"))).map(|(_, text)| text).collect();
    let colours = tokens["colour"]["light"].as_object().unwrap();
    let idle: Vec<&String> = colours.keys().filter(|name| !names(&drawn, name)).collect();
    assert!(!colours.is_empty() && idle.is_empty(), "no view uses {idle:?}");
}

#[test]
fn the_document_names_every_module() {
    let document = std::fs::read_to_string(root().join("ARCHITECTURE.md")).unwrap();
    for floor in FLOORS {
        assert!(document.contains(&format!("`{floor}`")), "ARCHITECTURE.md says nothing of {floor}");
    }
}

#[test]
fn every_file_of_tests_is_run() {
    let main = std::fs::read_to_string(root().join("tests/all/main.rs")).unwrap();
    for (path, _) in sources(&root().join("tests/all")) {
        let name = path.file_stem().unwrap().to_string_lossy().into_owned();
        assert!(name == "main" || main.contains(&format!("mod {name};")), "tests/all/main.rs does not run {name}");
    }
}

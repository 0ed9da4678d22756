//! Pictures of the sample study from the command line.

use std::fs;
use std::path::PathBuf;

use crate::cli::{corpus, json_of, printed, refused, themata};
use crate::support::Scratch;

fn sample(scratch: &Scratch) -> String {
    let path = scratch.path("sample.themata").to_string_lossy().into_owned();
    printed(scratch, &["new", &path, "--from", &corpus()]);
    path
}

/// Draws to a file of this name; what is printed, and the file.
fn drawn(scratch: &Scratch, args: &[&str], name: &str) -> (String, PathBuf) {
    let file = scratch.path(name);
    let said = printed(scratch, &[args, &["--picture", &file.to_string_lossy()]].concat());
    (said, file)
}

#[test]
fn every_measure_that_has_a_picture_is_drawn_without_fonts() {
    let scratch = Scratch::new();
    let path = sample(&scratch);
    let source = json_of(&scratch, &["sources", &path, "--json"]);
    let source =
        source.as_array().unwrap().iter().find(|source| source["codings"].as_u64() > Some(5)).unwrap()["id"].as_str().unwrap().to_owned();
    for (number, (args, says)) in [
        (&["analyse", &path, "cooccurrence"][..], "Themes spoken of together, by overlap"),
        (&["analyse", &path, "cooccurrence", "--as", "network", "--weight", "c", "--basis", "paragraph"], "by paragraph"),
        (&["analyse", &path, "saturation", "--by", "group", "--orders", "20"], "Themes heard for the first time"),
        (&["analyse", &path, "frequency", "--by", "area", "--measure", "participants"], "Case-study area: participants"),
        (&["analyse", &path, "overview"], "Themes × sources"),
        (&["analyse", &path, "timeline", "--source", &source], &source),
        (&["matrix", &path, "--columns", "group,area", "--measure", "share-column"], "share of the column"),
        (&["matrix", &path, "--as", "bars"], "passages"),
        (&["agreement", &path, "--intervals", "20"], "Agreement by theme: Elspeth Munro and Ravi Thomson, by characters"),
        (&["agreement", &path, "--unit", "segments", "--with-below"], "by segments"),
    ]
    .into_iter()
    .enumerate()
    {
        let (said, file) = drawn(&scratch, args, &format!("{number}.svg"));
        assert!(said.contains(says) && said.contains(" mm"), "{args:?}: {said}");
        let svg = fs::read_to_string(file).unwrap();
        assert!(svg.starts_with("<?xml") && svg.contains("<title") && !svg.contains("<text"), "{args:?}");
        assert!(svg.contains("Justice social work"), "of which project it is stands in it: {args:?}");
    }
}

#[test]
fn one_command_is_one_picture_and_writes_over_nothing_unasked() {
    let scratch = Scratch::new();
    let path = sample(&scratch);
    let network = ["analyse", path.as_str(), "cooccurrence", "--as", "network"];
    let (_, one) = drawn(&scratch, &network, "one.svg");
    let (_, again) = drawn(&scratch, &network, "again.svg");
    assert_eq!(fs::read(&one).unwrap(), fs::read(again).unwrap());
    let file = one.to_string_lossy().into_owned();
    let (code, said) = refused(&scratch, &["matrix", &path, "--picture", &file]);
    assert!(code == Some(1) && said.contains("one.svg is there already"), "{said}");
    let before = fs::read(&one).unwrap();
    printed(&scratch, &["matrix", &path, "--picture", &file, "--force"]);
    assert_ne!(before, fs::read(&one).unwrap());
    let (said, png) = drawn(&scratch, &["matrix", &path, "--dpi", "60"], "small.png");
    assert!(said.starts_with("Theme × Participant group: passages in "), "{said}");
    assert!(fs::read(png).unwrap().starts_with(b"\x89PNG"));
}

#[test]
fn what_cannot_be_drawn_is_said_in_a_sentence_and_leaves_no_file() {
    let scratch = Scratch::new();
    let path = sample(&scratch);
    let empty = scratch.path("empty.themata").to_string_lossy().into_owned();
    printed(&scratch, &["new", &empty]);
    let file = scratch.path("none.svg").to_string_lossy().into_owned();
    for (args, says) in [
        (&["analyse", empty.as_str(), "cooccurrence"][..], "There is nothing to draw: no two themes"),
        (&["analyse", &empty, "saturation"], "There is nothing to draw: no theme was heard"),
        (&["analyse", &empty, "overview"], "There is nothing to draw: nothing is coded"),
        (&["matrix", &empty], "There is nothing to draw: nothing is coded"),
        (&["agreement", &path, "--theme", "Unsorted"], "nothing to draw: nobody used any of the themes"),
        (&["agreement", &path, "--unit", "segments", "--coefficient", "kappa"], "segments of one theme have no κ"),
        (&["agreement", "--table", "some.csv"], "cannot be used with"),
        (&["analyse", &path, "frequency", "--words"], "there is no picture of words"),
        (&["analyse", &path, "timeline", "--source", "nobody"], "there is no source “nobody”"),
        (&["analyse", &path, "overview", "--by", "group"], "leave out --by"),
        (&["analyse", &path, "keywords"], "--picture"),
    ] {
        let (code, said) = refused(&scratch, &[args, &["--picture", &file]].concat());
        let told = said.to_lowercase().contains(&says.to_lowercase());
        assert!(code.is_some_and(|code| code == 1 || code == 2) && told, "{args:?}: {said}");
        assert!(!scratch.path("none.svg").exists(), "{args:?}");
    }
    for (file, says) in
        [("none.pdf", ".svg or .png"), ("none.themata", "the name of a project"), (path.as_str(), "overwrite the project itself")]
    {
        let file = if file == path { file.to_owned() } else { scratch.path(file).to_string_lossy().into_owned() };
        let (code, said) = refused(&scratch, &["matrix", &path, "--picture", &file, "--force"]);
        assert!(code == Some(2) && said.contains(says), "{file}: {said}");
    }
    let (code, said) = refused(&scratch, &["agreement", &path, "--coefficient", "alpha"]);
    assert!(code == Some(2) && said.contains("--picture"), "{said}");
    let (code, said) = refused(&scratch, &["matrix", &path, "--as", "bars"]);
    assert!(code == Some(2) && said.contains("--picture"), "{said}");
    let help = themata(&scratch, &["analyse", &path, "cooccurrence", "--help"]);
    let help = String::from_utf8(help.stdout).unwrap();
    assert!(help.contains("--picture <FILE>") && help.contains("- network:"), "{help}");
}

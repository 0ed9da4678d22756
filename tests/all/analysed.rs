//! Measures of the sample study from the command line.

use std::path::Path;

use serde_json::{Value, json};

use crate::cli::{corpus, json_of, printed, refused, themata};
use crate::support::Scratch;

fn sample(scratch: &Scratch) -> String {
    let path = scratch.path("sample.themata").to_string_lossy().into_owned();
    printed(scratch, &["new", &path, "--from", &corpus()]);
    path
}

fn rows(measured: &Value) -> &Vec<Value> {
    measured["rows"].as_array().unwrap()
}

#[test]
fn every_measure_says_how_it_is_computed_and_comes_as_table_csv_and_json() {
    let scratch = Scratch::new();
    let path = sample(&scratch);
    for (measure, head) in [
        (&["cooccurrence"][..], "theme,other_theme,n,n_other,together,c,jaccard,flag"),
        (&["sequence"], "theme,then,n,followed,share"),
        (&["saturation"], "whose,interview,source,date,new,heard,share,run_new,run_share,low,median,high"),
        (&["frequency"], "Theme,cell_kind,passages"),
        (&["frequency", "--words"], "word,count,per_10000,participants"),
        (&["keywords", "--by", "group"], "of,word,count,elsewhere"),
        (&["coverage"], "source,coder,status,words,coded,share,gaps,longest_gap"),
        (&["coverage", "--gaps"], "source,paragraph,case,words"),
    ] {
        let with = |format: &'static str| [&["analyse", path.as_str()], measure, &[format]].concat();
        let csv = themata(&scratch, &with("--csv"));
        assert!(String::from_utf8(csv.stdout).unwrap().starts_with(head), "{measure:?}");
        assert!(!csv.stderr.is_empty(), "how {measure:?} is computed is told beside it");
        let measured = json_of(&scratch, &with("--json"));
        assert!(!measured["computed"].as_array().unwrap().is_empty() && !rows(&measured).is_empty(), "{measure:?}");
        let table = printed(&scratch, &[&["analyse", path.as_str()], measure].concat());
        assert!(table.contains(measured["computed"][0].as_str().unwrap()), "{measure:?}");
    }
}

#[test]
fn figures_of_measures_agree_with_one_another() {
    let scratch = Scratch::new();
    let path = sample(&scratch);
    let of = |args: &[&str]| json_of(&scratch, &[&["analyse", path.as_str()], args, &["--json"]].concat());
    // Passages of a theme are those of the matrix, whatever is measured.
    let frequency = of(&["frequency"]);
    let passages = |theme: &str| rows(&frequency).iter().find(|row| row["Theme"] == theme).unwrap()["passages"].clone();
    for row in rows(&of(&["cooccurrence"])) {
        assert_eq!(row["n"], passages(row["theme"].as_str().unwrap()), "{row}");
        assert_eq!(row["n_other"], passages(row["other_theme"].as_str().unwrap()), "{row}");
    }
    for row in rows(&of(&["sequence", "--within", "3"])) {
        assert_eq!(row["n"], passages(row["theme"].as_str().unwrap()), "{row}");
        assert!(row["followed"].as_u64() <= row["n"].as_u64());
    }
    // The curve ends with all themes that are heard, and orders of the interviews end there too.
    let saturation = of(&["saturation", "--seed", "7"]);
    let last = rows(&saturation).last().unwrap();
    assert_eq!((&last["share"], &last["low"], &last["high"]), (&json!(1.0), &last["heard"], &last["heard"]));
    assert_eq!(saturation, of(&["saturation", "--seed", "7"]), "one seed is one answer");
    let said = saturation["found"][0].as_str().unwrap();
    assert!(said.contains("(base 4)") && !said.contains("saturated"), "{said}");
    // Words elsewhere and here are all words.
    let words = of(&["frequency", "--words"]);
    let all: u64 =
        words["computed"][0].as_str().unwrap().split(' ').find_map(|word| word.parse().ok().filter(|count| *count > 1000)).unwrap();
    let coverage = of(&["coverage"]);
    let counted = rows(&coverage).iter().filter(|row| row["coder"] == "all that counts");
    assert_eq!(counted.map(|row| row["words"].as_u64().unwrap()).sum::<u64>(), all);
    let gaps: u64 = rows(&of(&["coverage", "--gaps"])).iter().map(|row| row["words"].as_u64().unwrap()).sum();
    let open = |row: &&Value| row["coder"] == "all that counts";
    let uncoded: u64 = rows(&coverage).iter().filter(open).map(|row| row["words"].as_u64().unwrap() - row["coded"].as_u64().unwrap()).sum();
    assert!(gaps <= uncoded && gaps + 50 > uncoded, "words cut by the end of a coding are in neither: {gaps} of {uncoded}");
}

#[test]
fn every_measure_says_whose_codings_count_and_of_which_sources() {
    let scratch = Scratch::new();
    let path = sample(&scratch);
    let says = |args: &[&str]| json_of(&scratch, &[&["analyse", path.as_str()], args, &["--json"]].concat())["computed"].to_string();
    let measures =
        [&["cooccurrence"][..], &["sequence"], &["saturation"], &["frequency"], &["keywords"], &["coverage"], &["coverage", "--gaps"]];
    for measure in measures {
        let all = says(measure);
        assert!(
            all.contains("Coders: Elspeth Munro, Ravi Thomson (the codings of all of them are counted).")
                || all.contains("Coders: Ravi Thomson, Elspeth Munro"),
            "{measure:?}: {all}"
        );
        assert!(all.contains("Filters: none."), "{measure:?}: {all}");
        let one = says(&[measure, &["--coder", "RT", "--kind", "transcript"]].concat());
        assert!(one.contains("Coders: only Ravi Thomson.") && one.contains("Filters: only sources of the kinds "), "{measure:?}: {one}");
        assert!(!one.contains("all coders made") && !one.contains("codings of all of them"), "{measure:?}: {one}");
    }
    // Words that people say are there whatever is coded.
    for measure in [&["frequency", "--words"][..], &["keywords", "--by", "group"]] {
        let said = says(&[measure, &["--kind", "transcript"]].concat());
        assert!(!said.contains("Coders:") && said.contains("Filters: only sources of the kinds "), "{measure:?}: {said}");
        let (code, said) = refused(&scratch, &[&["analyse", path.as_str()], measure, &["--coder", "RT"]].concat());
        assert!(code == Some(2) && said.contains("leave out --coder"), "{measure:?}: {said}");
    }
    assert!(says(&["coverage"]).contains("all that counts: the agreed layer where a source was reconciled, else the codings of all"));
    let overlap = says(&["cooccurrence"]);
    assert!(!overlap.contains("Interviewers’ words are not counted") && overlap.contains("two may share no other"), "{overlap}");
    assert!(says(&["cooccurrence", "--basis", "case"]).contains("Interviewers’ words are not counted"));
    // Groups say words and are no participants.
    let words = says(&["frequency", "--words"]);
    assert!(words.contains(" by pairs, groups or people who are not stated") && words.contains("participants are persons"), "{words}");
}

#[test]
fn what_cannot_be_measured_is_said_in_a_sentence() {
    let scratch = Scratch::new();
    let path = sample(&scratch);
    for (args, says) in [
        (&["cooccurrence", "--by", "Shoe size"][..], "There is no axis “Shoe size”"),
        (&["cooccurrence", "--by", "themes"], "“themes” is no attribute"),
        (&["cooccurrence", "--coder", "Nobody"], "There is no coder “Nobody”"),
        (&["saturation", "--threshold", "a lot"], "a percentage between 0 and 100 is needed"),
        (&["saturation", "--base", "0"], "0 is not in 1.."),
        (&["keywords", "--theme", "Nothing"], "There is no theme “Nothing”"),
        (&["keywords", "--stop-words", "none.txt"], "none.txt cannot be read as text"),
        (&["coverage", "--by", "group"], "leave out --by"),
        (&["frequency", "--words", "--by", "group"], "analyse keywords --by"),
    ] {
        let (code, said) = refused(&scratch, &[&["analyse", path.as_str()], args].concat());
        assert!(code.is_some_and(|code| code == 1 || code == 2) && said.contains(says), "{args:?}: {said}");
    }
    // With little, less is said, and never a figure that is none.
    let few = printed(&scratch, &["analyse", &path, "saturation", "--base", "60"]);
    assert!(few.contains("not enough interviews: it takes 62"), "{few}");
    let empty = scratch.path("empty.themata");
    let empty = empty.to_string_lossy();
    printed(&scratch, &["new", &empty]);
    for measure in ["cooccurrence", "sequence", "saturation", "frequency", "keywords", "coverage"] {
        let said = printed(&scratch, &["analyse", &empty, measure]);
        assert!(!said.contains("NaN") && !said.contains("inf"), "{said}");
    }
    assert!(Path::new(&path).exists());
    // Nobody has a value: all is one part, and that is said.
    let interview = scratch.path("interview.txt");
    std::fs::write(&interview, "INT: How is it?\n\nP1: The room was cold.\n").unwrap();
    printed(&scratch, &["import", &empty, &interview.to_string_lossy()]);
    for measure in ["cooccurrence", "sequence", "saturation", "frequency", "keywords"] {
        let said = printed(&scratch, &["analyse", &empty, measure, "--by", "group"]);
        assert!(said.contains("No case has a value of “Participant group”: everything is under “Not stated”."), "{measure}: {said}");
    }
    let keywords = printed(&scratch, &["analyse", &empty, "keywords", "--by", "group"]);
    assert!(keywords.contains("Not stated: 0 keywords; ") && keywords.contains(": there is nothing to compare with."), "{keywords}");
    let timeline = printed(&scratch, &["analyse", &empty, "timeline", "--source", "interview"]);
    assert!(timeline.contains("No theme is spoken of in it.") && timeline.contains("Nothing is coded here that counts."), "{timeline}");
    let words = printed(&scratch, &["analyse", &empty, "frequency", "--words"]);
    assert!(words.contains("No word is said that often by that many participants."), "{words}");
    // A text without words never comes in.
    let blank = scratch.path("blank.txt");
    std::fs::write(&blank, "INT:\n\nP1:\n").unwrap();
    let (code, said) = refused(&scratch, &["import", &empty, &blank.to_string_lossy()]);
    assert!(code == Some(1) && said.contains("there are no words to read"), "{said}");
}

//! `themata agreement` of a project: which sources count, where coders differ, and how far they agree.

use serde_json::{Value, json};
use themata::project::{Access, Project, Tx};
use themata::study::{Origin, SourceId, StatusKind, ThemeId};
use themata::text::Span;

use crate::cli::{corpus, json_of, printed, refused, themata};
use crate::support::{Scratch, add_source, me};

fn sample(scratch: &Scratch) -> String {
    let path = scratch.path("sample.themata").to_string_lossy().into_owned();
    printed(scratch, &["new", &path, "--from", &corpus()]);
    path
}

fn of(scratch: &Scratch, path: &str, args: &[&str]) -> Value {
    json_of(scratch, &[&["agreement", path], args, &["--json"]].concat())
}

fn row<'a>(found: &'a Value, theme: &str) -> &'a Value {
    found["rows"].as_array().unwrap().iter().find(|row| row["theme"] == theme).unwrap()
}

fn says(found: &Value, list: &str, words: &str) -> bool {
    found[list].as_array().unwrap().iter().any(|sentence| sentence.as_str().unwrap().contains(words))
}

/// Work of several coders in small sources; each names the words that it is about.
struct Team {
    scratch: Scratch,
    sources: Vec<(SourceId, &'static str)>,
    themes: Vec<ThemeId>,
}

const COLD: &str = "I: How was it?\nR: It was fine, aye, mostly. The forms were not.\nR: And cold.\n";
const ROOM: &str = "I: And you?\nR: Naïve of me 😀 to think so. We share one room.\n";
const LONG: &str = "I: So?\nR: We waited long.\n";

impl Team {
    fn new() -> Self {
        let scratch = Scratch::new();
        let mut project = Project::create(&scratch.project(), "Test", &me("Ann")).unwrap();
        let made = project.edit("Import", |tx| {
            let themes = ["Forms", "Rooms", "Never used"].map(|name| tx.theme_at(name));
            let texts = [("A", COLD), ("B", ROOM), ("C", LONG)];
            let sources = texts.map(|(label, text)| (add_source(tx, label, text).unwrap(), text)).to_vec();
            Ok((sources, themes.into_iter().collect::<Result<Vec<_>, _>>()?))
        });
        let (sources, themes) = made.unwrap();
        drop(project);
        Self { scratch, sources, themes }
    }

    fn path(&self) -> String {
        self.scratch.project().to_string_lossy().into_owned()
    }

    fn as_coder(&self, name: &str, act: impl FnOnce(&mut Tx<'_>)) {
        let mut project = Project::open(&self.scratch.project(), Access::Write, &me(name)).unwrap();
        project
            .edit("Code", |tx| {
                act(tx);
                Ok(())
            })
            .unwrap();
    }

    /// Codes words of a source with a theme, both by their places.
    fn code(&self, name: &str, codings: &[(usize, &str, usize)]) {
        self.as_coder(name, |tx| {
            for (source, words, theme) in codings {
                let (id, text) = self.sources[*source];
                let from = text.find(words).unwrap();
                tx.code(id, Span::of(from..from + words.len()), self.themes[*theme], Origin::Hand).unwrap();
            }
        });
    }

    fn done(&self, name: &str, source: usize) {
        self.as_coder(name, |tx| tx.set_status(self.sources[source].0, StatusKind::Done).unwrap());
    }
}

#[test]
fn the_sample_study_has_the_figures_that_counting_its_files_gives() {
    let scratch = Scratch::new();
    let path = sample(&scratch);
    // Counted from the files of the study, character by character, by another program.
    let found = of(&scratch, &path, &["--all"]);
    let units: u64 = found["sources"].as_array().unwrap().iter().map(|source| source["units"].as_u64().unwrap()).sum();
    assert_eq!((found["sources"].as_array().unwrap().len(), units), (12, 51_426));
    for (theme, figures, both, first, second) in [
        ("Ethos and approach", [0.9483, 0.3915, 0.3891, 0.3516], 947, 1988, 669),
        ("Funding and resources › Training", [0.9878, 0.7135, 0.7133, 0.6953], 807, 510, 119),
        ("Leadership and governance", [0.9685, -0.0150, -0.0160, -0.0059], 0, 1003, 615),
        ("Delivering for clients › Consistency", [0.9597, 0.4655, 0.4618, 0.3597], 967, 1860, 212),
    ] {
        let row = row(&found, theme);
        let named = ["percent", "kappa", "alpha", "mean_kappa"].map(|name| row[name].clone());
        assert_eq!(named, figures.map(|figure| json!(figure)), "{theme}");
        assert_eq!((&row["both"], &row["first_only"], &row["second_only"]), (&json!(both), &json!(first), &json!(second)), "{theme}");
        let neither = units - both - first - second;
        assert_eq!((&row["neither"], &row["scott_pi"]), (&json!(neither), &row["alpha"]), "{theme}: many units make π and α the same");
    }
    let segments = of(&scratch, &path, &["--unit", "segments", "--overlap", "50"]);
    assert!(
        says(&segments, "found", "136 of 440 are met, a share of 0.3091") && says(&segments, "found", "chance: 0.2777"),
        "{segments:#}"
    );
    assert_eq!(segments["rows"][0]["kappa"], Value::Null);
    // What differs is listed, each with who did what, as many as the rows say.
    let differences = found["differences"].as_array().unwrap();
    let counted: u64 = found["rows"].as_array().unwrap().iter().map(|row| row["differences"].as_u64().unwrap()).sum();
    assert_eq!(differences.len() as u64, counted);
    assert!(differences.iter().all(|one| one["text"].as_str().is_some_and(|text| !text.is_empty()) && one["apart"].as_u64() > Some(0)));
    // Every character on which the two differ is in one difference of its theme.
    for row in found["rows"].as_array().unwrap() {
        let apart = differences.iter().filter(|one| one["theme"] == row["theme"]).map(|one| one["apart"].as_u64().unwrap()).sum::<u64>();
        assert_eq!(apart, row["first_only"].as_u64().unwrap() + row["second_only"].as_u64().unwrap(), "{row}");
    }
}

#[test]
fn differences_come_first_then_figures_then_how_they_are_computed() {
    let team = Team::new();
    team.code("Ann", &[(0, "It was fine", 0), (0, "And cold", 1), (1, "We share", 1)]);
    team.code("Ben", &[(0, "It was fine, aye", 0), (1, "We share", 1)]);
    let said = printed(&team.scratch, &["agreement", &team.path(), "--limit", "1"]);
    let places = [
        "Agreement of Ann and Ben by characters\n",
        "\nForms: 1\n  A, paragraph 2: both, not the same, 5 of 16 characters by only one: “It was fine, aye”\n",
        "\nRooms: 1\n  A, paragraph 3: only Ann, 8 characters: “And cold”\n",
        "\ntheme  differences  sources  percent   kappa   alpha  note\n",
        "\n2 differences on 2 themes, in 2 sources in which both worked, with ",
        "Mean over 2 themes: percent ",
        "Left out: none of those compared worked in C.\n",
        "Not defined – nobody used the theme: Never used.\n",
        "kappa: Cohen’s κ (1960)",
        "alpha: Krippendorff’s α (2004), nominal",
    ];
    let found: Vec<_> = places.iter().map(|place| said.find(place)).collect();
    assert!(found.iter().all(Option::is_some) && found.is_sorted(), "{found:?}\n{said}");
    let csv = themata(&team.scratch, &["agreement", &team.path(), "--csv", "--differences"]);
    let rows = String::from_utf8(csv.stdout).unwrap();
    assert!(rows.starts_with("theme,source,paragraph,start,end,coded_by,not_by,units,apart,says,text\r\n"), "{rows}");
    assert!(rows.contains("Rooms,A,3,") && rows.contains(",Ann,Ben,8,8,"), "{rows}");
    assert!(!csv.stderr.is_empty());
    let csv = String::from_utf8(themata(&team.scratch, &["agreement", &team.path(), "--csv"]).stdout).unwrap();
    assert!(csv.starts_with("theme,differences,sources,percent,kappa,alpha,note\r\nForms,1,1,"), "{csv}");
}

#[test]
fn a_coder_without_codings_counts_where_they_say_that_they_are_done() {
    let team = Team::new();
    team.code("Ann", &[(0, "And cold", 1)]);
    team.as_coder("Ben", |tx| _ = tx.add_theme(None, "Empty").unwrap());
    let nothing = of(&team.scratch, &team.path(), &["--coders", "Ann,Ben"]);
    assert_eq!((&nothing["rows"], &nothing["differences"], &nothing["sources"]), (&json!([]), &json!([]), &json!([])));
    assert!(says(&nothing, "found", "Nothing can be compared: there is no source in which both worked."), "{nothing:#}");
    assert!(says(&nothing, "found", "only Ann worked in A"), "{nothing:#}");
    team.done("Ben", 0);
    let found = of(&team.scratch, &team.path(), &[]);
    let rooms = row(&found, "Rooms");
    assert_eq!((&rooms["kappa"], &rooms["differences"]), (&json!(0.0), &json!(1)));
    assert_eq!((&found["differences"][0]["coded_by"], &found["differences"][0]["not_by"]), (&json!("Ann"), &json!("Ben")));
    assert!(says(&found, "found", "1 of them is not marked done by all who worked in it"), "Ann has not said so: {found:#}");
}

#[test]
fn what_is_not_defined_is_no_number() {
    let team = Team::new();
    for name in ["Ann", "Ben"] {
        team.code(name, &[(2, "We waited long.", 0)]);
    }
    for unit in ["characters", "paragraphs", "segments"] {
        let found = of(&team.scratch, &team.path(), &["--unit", unit]);
        let forms = row(&found, "Forms");
        assert_eq!((&forms["percent"], &forms["kappa"], &forms["alpha"]), (&json!(1.0), &Value::Null, &Value::Null), "{unit}");
        assert!(forms["note"].as_str().unwrap().contains("not defined – no variation"), "{forms}");
        assert!(says(&found, "found", "No difference"), "{found:#}");
    }
    let drawn = of(&team.scratch, &team.path(), &["--intervals", "50"]);
    assert!(says(&drawn, "found", "There are no intervals: they want two sources or more.") && drawn["rows"][0]["kappa_low"].is_null());
    let said = printed(&team.scratch, &["agreement", &team.path(), "--all", "--intervals", "50"]);
    assert!(!said.contains("NaN") && !said.contains("inf\n"), "{said}");
}

/// Fails unless a note says of every figure that has no value that it is not defined, and of no other.
fn assert_notes(found: &Value) {
    for row in found["rows"].as_array().unwrap() {
        let reasons = row["note"].as_str().unwrap_or_default().split("; ").filter_map(|part| part.split_once(" not defined – "));
        let named: Vec<&str> = reasons.flat_map(|(names, _)| names.split(", ").flat_map(|name| name.split(" and "))).collect();
        for (column, name) in [
            ("percent", "percent"),
            ("kappa", "κ"),
            ("alpha", "α"),
            ("kappa_low", "interval of κ"),
            ("mean_percent", "mean percent"),
            ("mean_kappa", "mean κ"),
            ("mean_kappa_by_size", "mean κ"),
            ("mean_alpha", "mean α"),
            ("holsti", "holsti"),
            ("cohen_kappa_max", "cohen_kappa_max"),
            ("scott_pi", "scott_pi"),
            ("gwet_ac1_declared_q", "gwet_ac1_declared_q"),
            ("light_kappa_mean_pairwise_cohen", "light_kappa_mean_pairwise_cohen"),
        ] {
            assert_eq!(row.get(column).is_some_and(Value::is_null), named.contains(&name), "{column}: {row:#}");
        }
    }
}

#[test]
fn a_note_tells_of_every_figure_that_is_missing() {
    let team = Team::new();
    for name in ["Ann", "Ben"] {
        team.code(name, &[(2, "We waited long.", 0)]);
    }
    let found = of(&team.scratch, &team.path(), &["--all", "--intervals", "20"]);
    assert_notes(&found);
    let note = |found: &Value, theme| row(found, theme)["note"].as_str().unwrap().to_owned();
    assert_eq!(
        note(&found, "Forms"),
        "κ, α, mean κ, mean α, cohen_kappa_max and scott_pi not defined – no variation; \
         interval of percent, interval of κ and interval of α not defined – fewer than two sources"
    );
    // In B some of the text is coded, so that there is a figure of one source and of both together.
    team.code("Ann", &[(1, "We share", 0)]);
    team.code("Ben", &[(1, "We share one", 0), (1, "Naïve", 1)]);
    let found = of(&team.scratch, &team.path(), &["--all", "--intervals", "20"]);
    assert_notes(&found);
    assert_eq!(note(&found, "Forms"), "mean κ and mean α of 1 of 2 sources");
    // The third shares with others only a source in which nobody used “Rooms”.
    team.code("Cid", &[(2, "We waited", 0)]);
    let several = of(&team.scratch, &team.path(), &["--all"]);
    assert_notes(&several);
    assert_eq!(note(&several, "Rooms"), "light_kappa_mean_pairwise_cohen of 1 of 3 pairs");
    let segments = of(&team.scratch, &team.path(), &["--all", "--unit", "segments", "--coders", "Ann,Ben"]);
    assert_eq!(note(&segments, "Forms"), "mean |uα of 1 of 2 sources");
}

#[test]
fn holsti_of_three_coders_is_of_the_sources_that_two_share() {
    let team = Team::new();
    for name in ["Ann", "Ben", "Cid"] {
        team.code(name, &[(0, "And cold", 1)]);
    }
    team.code("Ann", &[(1, "We share", 1)]);
    team.code("Ben", &[(1, "We share", 1)]);
    // All agree wherever two of them worked; that Cid did not work in B is no disagreement.
    let found = of(&team.scratch, &team.path(), &["--all"]);
    let rooms = row(&found, "Rooms");
    assert_eq!((&rooms["percent"], &rooms["holsti"]), (&json!(1.0), &json!(1.0)), "{rooms:#}");
    assert!(says(&found, "computed", "pairs for whom it is not defined are left out"), "{found:#}");
}

#[test]
fn stamps_are_no_text_and_nested_themes_no_more_segments() {
    let scratch = Scratch::new();
    let path = scratch.project().to_string_lossy().into_owned();
    printed(&scratch, &["new", &path]);
    let file = scratch.path("a.txt");
    std::fs::write(&file, "INT: So?\nRES: It was cold. And we waited [00:01:20] long.\nINT: Aye.\nRES: So.\n").unwrap();
    printed(&scratch, &["import", &path, &file.to_string_lossy()]);
    for (name, marked) in [("Ann", &[("And", "long.")][..]), ("Ben", &[("And", "waited"), ("long.", "long.")])] {
        let mut project = Project::open(&scratch.project(), Access::Write, &me(name)).unwrap();
        let material = project.study().materials()[0].clone();
        let text = project.texts().text(material.revision().unwrap().text).unwrap();
        let code = project.edit("Code", |tx| {
            let theme = tx.theme_at("Waiting > Long")?;
            for (from, to) in marked {
                let span = Span::of(text.find(from).unwrap()..text.find(to).unwrap() + to.len());
                tx.code(material.source.id, span, theme, Origin::Hand)?;
            }
            Ok(())
        });
        code.unwrap();
    }
    let found = of(&scratch, &path, &["--all"]);
    let long = row(&found, "Waiting › Long");
    // “It was cold. ”, “And we waited”, “long.” and “So.”, without the white space on both sides of the stamp.
    let parts = ["both", "first_only", "second_only", "neither"].map(|name| long[name].as_u64().unwrap());
    assert_eq!(parts, [13 + 5, 0, 0, 13 + 3], "{found:#}");
    let segments = |args: &[&str]| of(&scratch, &path, &[&["--unit", "segments", "--overlap", "50"], args].concat());
    assert!(says(&segments(&[]), "found", "All segments together: 2 of 3 are met"), "{:#}", segments(&[]));
    let nested = segments(&["--with-below"]);
    assert!(says(&nested, "found", "All segments together are not told") && !says(&nested, "found", "are met"), "{nested:#}");
    let again = "What differs under a theme counts again under each theme above it, in the differences and in the means.";
    assert!(says(&nested, "computed", again) && !says(&found, "computed", again), "{nested:#}");
    assert!(!says(&segments(&[]), "found", "Holsti"));
    let size = |args: &[&str]| segments(&[&["--all"], args].concat());
    assert!(says(&size(&[]), "computed", "…_by_size: each source by its segments") && says(&found, "computed", "by its units"));
}

#[test]
fn three_coders_are_compared_where_two_worked() {
    let team = Team::new();
    team.code("Ann", &[(0, "And cold", 1), (1, "We share one", 1)]);
    team.code("Ben", &[(0, "And cold", 1)]);
    team.code("Cid", &[(0, "cold", 1), (1, "We share", 1)]);
    let found = of(&team.scratch, &team.path(), &["--all"]);
    assert_eq!(found["sources"][1]["coders"], json!(["Ann", "Cid"]));
    assert!(says(&found, "computed", "kappa: Conger’s κ (1980)") && says(&found, "computed", "missing there"), "{found:#}");
    let says: Vec<&str> = found["differences"].as_array().unwrap().iter().map(|one| one["says"].as_str().unwrap()).collect();
    assert_eq!(says, ["all, not the same, 4 of 8 characters by not all", "both, not the same, 4 of 12 characters by only one"]);
    assert_eq!((&row(&found, "Rooms")["coded_by_some"], &row(&found, "Rooms")["coded_by_all"]), (&json!(20), &json!(12)));
    let (code, said) = refused(&team.scratch, &["agreement", &team.path(), "--unit", "segments"]);
    assert!(code == Some(1) && said.contains("matched between two coders"), "{said}");
    let two = of(&team.scratch, &team.path(), &["--unit", "segments", "--coders", "Ann", "--coders", "Cid"]);
    assert_eq!(two["sources"].as_array().unwrap().len(), 2);
}

#[test]
fn intervals_are_told_with_their_seed() {
    let scratch = Scratch::new();
    let path = sample(&scratch);
    let drawn = |seed: &str| of(&scratch, &path, &["--theme", "Ethos and approach", "--intervals", "100", "--seed", seed]);
    let found = drawn("7");
    assert_eq!(found, drawn("7"));
    assert_ne!(found["rows"], drawn("8")["rows"]);
    assert!(says(&found, "computed", "95 % of 100 draws of whole sources with replacement, seed 7"), "{found:#}");
    assert!(says(&found, "computed", "percent is defined in every draw"), "{found:#}");
    let row = row(&found, "Ethos and approach");
    for name in ["percent", "kappa", "alpha"] {
        let [low, value, high] = [format!("{name}_low"), name.to_owned(), format!("{name}_high")].map(|name| row[name].as_f64().unwrap());
        assert!(low < value && value < high, "{row}");
    }
    assert_eq!((found["rows"].as_array().unwrap().len(), &found["seed"]), (1, &json!(7)));
}

#[test]
fn a_blind_copy_tells_nothing_of_others() {
    let scratch = Scratch::new();
    let path = sample(&scratch);
    let copy = scratch.path("isla.themata").to_string_lossy().into_owned();
    printed(&scratch, &["copy", &path, &copy, "--coder", "Isla Kerr", "--blind"]);
    for args in [&[][..], &["--coders", "EM,RT"], &["--coders", "EM,RT", "--json"], &["--csv", "--differences"]] {
        let (code, said) = refused(&scratch, &[&["agreement", copy.as_str()], args].concat());
        assert!(code == Some(1) && said.contains("the codings of others are not shown"), "{args:?}: {said}");
    }
}

#[test]
fn what_cannot_be_compared_is_said_in_a_sentence() {
    let scratch = Scratch::new();
    let path = sample(&scratch);
    for (args, code, says) in [
        (&["--coders", "Elspeth Munro"][..], 2, "name each once"),
        (&["--coders", "EM,em"], 2, "name each once"),
        (&["--coders", "EM,Nobody"], 1, "There is no coder “Nobody”"),
        (&["--theme", "Nothing"], 1, "There is no theme “Nothing”"),
        (&["--unit", "words"], 2, "characters, paragraphs, segments"),
        (&["--overlap", "a lot"], 2, "a percentage between 0 and 100 is needed"),
        (&["--intervals", "0"], 2, "0 is not in 1.."),
        (&["--seed", "3"], 2, "--intervals"),
        (&["--differences"], 2, "--csv"),
        (&["--table", "some.csv"], 2, "cannot be used with"),
    ] {
        let (found, said) = refused(&scratch, &[&["agreement", path.as_str()], args].concat());
        assert!(found == Some(code) && said.contains(says), "{args:?}: {found:?} {said}");
    }
    let (code, said) = refused(&scratch, &["agreement", "--table", "some.csv", "--unit", "segments"]);
    assert!(code == Some(2) && said.contains("cannot be used with"), "{said}");
    let empty = scratch.path("empty.themata").to_string_lossy().into_owned();
    printed(&scratch, &["new", &empty]);
    let (code, said) = refused(&scratch, &["agreement", &empty]);
    assert!(code == Some(1) && said.contains("two coders or more"), "{said}");
}

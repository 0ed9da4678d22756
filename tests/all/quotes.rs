//! The quotations of a report held against the sources, and the list of marked quotes.

use std::collections::BTreeMap;
use std::path::Path;

use serde_json::{Value, json};
use themata::analysis::quotes::{Attributed, Checked, Fault, Finding, Quotation, SkippedFor, Verdict, check};
use themata::exchange::import::{Frame, add, read_file, read_quotations};
use themata::project::Project;
use themata::text::{Step, word_count, word_spans};

use crate::cli::{coded, json_of, printed, refused};
use crate::support::{Scratch, me};
use crate::testing::reports;

/// The sample study as a project, and the draft chapter that lies beside it.
fn sample(scratch: &Scratch) -> (String, String) {
    let corpus = Path::new(env!("CARGO_MANIFEST_DIR")).join("corpus");
    let path = scratch.path("sample.themata").to_string_lossy().into_owned();
    printed(scratch, &["new", &path, "--from", &corpus.to_string_lossy()]);
    (path, corpus.join("draft-report.md").to_string_lossy().into_owned())
}

/// The findings of the draft chapter by the first words of each quotation.
fn findings(checked: &Value) -> BTreeMap<String, &Value> {
    let list = checked["findings"].as_array().unwrap();
    let first = |finding: &Value| finding["words"].as_str().unwrap().split_whitespace().take(5).collect::<Vec<_>>().join(" ");
    list.iter().map(|finding| (first(finding), finding)).collect()
}

#[test]
fn every_planted_misquotation_is_named_and_no_right_one_is_accused() {
    let scratch = Scratch::new();
    let (path, report) = sample(&scratch);
    let checked = json_of(&scratch, &["quotes", &path, "check", &report, "--json"]);
    let found = findings(&checked);
    let planted = [
        ("every form we send to", json!(["not found"])),
        ("So the thresholds are about", json!(["interviewer"])),
        ("He’ll ask what I’d do,", json!(["joined"])),
        ("I lose people eight miles", json!(["joined", "words"])),
        ("I stand at the sink", json!(["attribution"])),
        ("Headquarters is like weather, you", json!(["attribution"])),
        ("The tool gives you a", json!(["turned"])),
        ("One interview room for four", json!(["words"])),
        ("I’d want it for the", json!(["words"])),
        ("She accepted, she handed in", json!(["words"])),
        ("So they can have training.", json!(["unreadable attribution"])),
    ];
    for (first, faults) in &planted {
        assert_eq!(&found[*first]["faults"], faults, "{first}");
    }
    let accused: Vec<&String> = found.iter().filter(|(_, finding)| finding["faults"] != json!([])).map(|(first, _)| first).collect();
    assert_eq!(accused.len(), planted.len(), "{accused:?}");
    // The worst come first, those that are right last.
    let order: Vec<bool> = checked["findings"].as_array().unwrap().iter().map(|finding| finding["faults"] == json!([])).collect();
    assert!(order.is_sorted() && order.len() == 25, "{order:?}");

    let difference = |first: &str| &found[first]["differences"][0];
    assert_eq!(difference("One interview room for four"), &json!({ "what": "changed", "quoted": "brick", "source": "glass" }));
    assert_eq!(difference("The tool gives you a"), &json!({ "what": "missing", "quoted": "", "source": "not" }));
    assert_eq!(difference("I’d want it for the"), &json!({ "what": "added", "quoted": "absolutely", "source": "" }));
    assert_eq!(difference("She accepted, she handed in")["source"], "she went looking for somewhere to rent, and");
    assert_eq!(found["I lose people eight miles"]["elsewhere"][0]["place"]["source"], "ARG-SM1");
    assert_eq!(found["He’ll ask what I’d do,"]["place"]["cases"], json!(["GLA-JSW2-M", "GLA-JSW2-D"]));
    assert_eq!(found["So the thresholds are about"]["place"]["participant_words"], 0);
    assert_eq!(found["Headquarters is like weather, you"]["contradictions"], json!([{ "says": "Fife", "source": "Glasgow" }]));
}

#[test]
fn right_quotations_are_told_with_their_places() {
    let scratch = Scratch::new();
    let (path, report) = sample(&scratch);
    let checked = json_of(&scratch, &["quotes", &path, "check", &report, "--json"]);
    let found = findings(&checked);
    for (first, verdict, source, attributed) in [
        ("I’ve done two disciplinaries from", "exact", "ARG-SM1", "agrees"),
        ("If we had him come", "exact with ellipses or insertions", "HIG-SM1", "agrees"),
        ("Sharing a stair with him", "exact", "GLA-TL1", "agrees"),
        ("That’s not partnership, it’s a", "exact", "FIF-FG1", "agrees"),
        ("[n]obody in that town knows,", "exact", "ARG-SM1", "agrees"),
        ("The drawer is a drawer", "exact", "FIF-TL2", "agrees"),
        ("If you’re putting somebody back", "exact", "FIF-TL2", "agrees"),
        ("Somebody in Bowmore should get", "exact with ellipses or insertions", "ARG-SM1", "agrees"),
        ("The man was kind, and", "exact", "GLA-CL1", "agrees"),
        ("I seen [sic] ‘pro-criminal attitudes’.", "exact", "SLA-CL1", "agrees"),
        ("You'd learn mair sitting in", "exact", "WLO-PA1", "agrees"),
        ("I’m not meant to refer,", "exact", "REP-1", "agrees"),
        ("I go to them. There’s", "exact", "WLO-CJP1", "agrees"),
        ("What’s Highland about it is", "exact", "HIG-JSW1", "agrees"),
    ] {
        let finding = found[first];
        let told = [&finding["verdict"], &finding["place"]["source"], &finding["attributed"]];
        assert_eq!(told, [&json!(verdict), &json!(source), &json!(attributed)], "{first}");
        assert!(finding["differences"] == json!([]) && finding["similarity"] == 1.0, "{first}");
    }
    // The place is the one that `export --what texts` writes, in characters.
    let texts = scratch.path("texts");
    printed(&scratch, &["export", &path, &texts.to_string_lossy(), "--what", "texts"]);
    let text: Vec<char> = std::fs::read_to_string(texts.join("FIF-TL2.txt")).unwrap().chars().collect();
    let span = &found["The drawer is a drawer"]["place"]["spans"][0];
    let [start, end] = [0, 1].map(|at| usize::try_from(span[at].as_u64().unwrap()).unwrap());
    assert_eq!(text[start..end].iter().collect::<String>(), "The drawer is a drawer");
    let drawer = &found["If you’re putting somebody back"];
    assert_eq!((&drawer["line"], &drawer["place"]["quote_marked"]), (&json!(19), &json!(true)));
    let whys: Vec<&Value> = checked["skipped"].as_array().unwrap().iter().map(|skipped| &skipped["why"]).collect();
    assert_eq!(whys, ["few words", "literature", "few words"]);
}

#[test]
fn the_spread_counts_quotations_against_words() {
    let scratch = Scratch::new();
    let (path, report) = sample(&scratch);
    let checked = json_of(&scratch, &["quotes", &path, "check", &report, "--json"]);
    let spread = &checked["spread"];
    let of = |list: &str, key: &str, name: &str| -> Value {
        spread[list].as_array().unwrap().iter().find(|cell| cell[key] == name).unwrap().clone()
    };
    let managers = of("groups", "group", "Senior managers / team leaders");
    // Counted by hand in the report: 13 of the 23 that were found at participants, one of two managers.
    assert_eq!((&managers["quotations"], &managers["quoted"]), (&json!(13), &json!("more")));
    assert_eq!((&managers["participants_quoted"], &managers["participants"]), (&json!(4), &json!(6)));
    let partners = of("groups", "group", "Wider professional partners");
    assert_eq!((&partners["quotations"], &partners["quoted"], &partners["participants_quoted"]), (&json!(0), &json!("less"), &json!(0)));
    assert_eq!(of("areas", "area", "South Lanarkshire")["quoted"], "less");
    assert_eq!(of("cases", "case", "FIF-TL2")["quotations"], 5);
    assert_eq!(spread["all"]["quotations"], 23);
    // Words are those of the matrix: all that participants said, in whatever crossing.
    let words: u64 =
        json_of(&scratch, &["sources", &path, "--json"]).as_array().unwrap().iter().map(|it| it["words"].as_u64().unwrap()).sum();
    assert_eq!(spread["all"]["words"], words);
    let cells: u64 = spread["cells"].as_array().unwrap().iter().map(|cell| cell["words"].as_u64().unwrap()).sum();
    assert_eq!(cells, words, "no case of the sample has two groups or areas");
}

#[test]
fn findings_are_printed_worst_first_with_their_lines() {
    let scratch = Scratch::new();
    let (path, report) = sample(&scratch);
    let told = printed(&scratch, &["quotes", &path, "check", &report]);
    for words in [
        "25 quotations: 19 exact, 5 differ, 1 not found; 2 attributions differ, 1 attribution names nobody known.\n\
         11 want a look; they come first.\n\nline 41: “every form we send to them",
        "    not found in any source\n",
        "  ! these are the words of the interviewer\n",
        "  ! attribution differs: said “Fife”, is Glasgow\n",
        "  ! a word that turns the sense round\n    missing: “not”\n",
        "    “brick” for “glass”\n",
        "2 of fewer than 4 words without attribution, not looked for: “one rate” (line 50), “stair” (line 56)\n",
        "1 from the literature, not looked for: ",
    ] {
        assert!(told.contains(words), "{words}\n{told}");
    }
}

#[test]
fn marked_quotes_are_listed_with_whose_they_are() {
    let scratch = Scratch::new();
    let path = coded(&scratch);
    let list = json_of(&scratch, &["quotes", &path, "list", "--json"]);
    assert_eq!(list.as_array().unwrap().len(), 1);
    let quote = &list[0];
    assert_eq!(
        (&quote["theme"], &quote["source"], &quote["paragraph"], &quote["words"], &quote["cases"], &quote["label"]),
        (&json!("Rooms"), &json!("B"), &json!(2), &json!("We share one room."), &json!(["B"]), &json!("B"))
    );
    assert_eq!((&quote["groups"], &quote["broken"], &quote["coder"]), (&json!([null]), &json!(false), &json!("Elspeth")));
    let told = printed(&scratch, &["quotes", &path, "list"]);
    assert!(told.lines().nth(2).unwrap().contains("We share one room."), "{told}");
    let (sample, _) = sample(&scratch);
    let list = json_of(&scratch, &["quotes", &sample, "list", "--json"]);
    let marks = std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("corpus/codings.json")).unwrap();
    assert_eq!(list.as_array().unwrap().len(), marks.matches("\"quote_mark\": true").count());
}

#[test]
fn what_cannot_be_checked_is_said_and_changes_nothing() {
    let scratch = Scratch::new();
    let path = coded(&scratch);
    let before = std::fs::read(&path).unwrap();
    let write = |name: &str, bytes: &[u8]| {
        std::fs::write(scratch.path(name), bytes).unwrap();
        scratch.path(name).to_string_lossy().into_owned()
    };
    for (name, bytes, sentence) in [
        ("picture.txt", &b"\x89PNG\r\n\x1a\n\x00\x00\x00\x00\x01"[..], "“picture.txt” is not a text."),
        ("empty.md", b"", "“empty.md” is empty."),
        ("blank.txt", b" \n\n ", "“blank.txt” is empty."),
        ("no-zip.docx", b"just words", "“no-zip.docx” cannot be opened as a Word document"),
        ("report.pages", b"words", "“report.pages” is of a kind that cannot be read. Save the report as .docx, .odt"),
        ("report.txt", b"%PDF-1.7 ...", "“report.txt” is a PDF, whatever its ending says."),
        ("report.pdf", b"%PDF-1.7 ...", "“report.pdf” cannot be opened as a PDF"),
    ] {
        let (code, said) = refused(&scratch, &["quotes", &path, "check", &write(name, bytes)]);
        assert!(code == Some(1) && said.contains(sentence), "{name}: {said}");
    }
    let (code, said) = refused(&scratch, &["quotes", &path, "check", &scratch.path("none.md").to_string_lossy()]);
    assert!(code == Some(1) && said.contains("“none.md” cannot be read"), "{said}");
    let (code, said) = refused(&scratch, &["quotes", &path, "check", &scratch.path("").to_string_lossy()]);
    assert!(code == Some(1) && said.contains("is a folder. Name the file of the report."), "{said}");

    let plain = write("plain.txt", b"A report.\n\nIt has no quotation at all, it's only prose.\n");
    assert_eq!(
        printed(&scratch, &["quotes", &path, "check", &plain]),
        "“plain.txt” has no quotations: nothing in quotation marks, and no paragraph set apart as one.\n"
    );
    let checked = json_of(&scratch, &["quotes", &path, "check", &plain, "--json"]);
    assert_eq!((&checked["findings"], &checked["skipped"]), (&json!([]), &json!([])));
    assert_eq!(std::fs::read(&path).unwrap(), before);

    let bare = scratch.path("bare.themata").to_string_lossy().into_owned();
    printed(&scratch, &["new", &bare]);
    let (code, said) = refused(&scratch, &["quotes", &bare, "check", &write("said.txt", "“It was fine, aye, mostly.”\n".as_bytes())]);
    assert!(code == Some(1) && said.contains("The project has no sources in which quotations could be found"), "{said}");
}

/// A report checked against a project that holds nothing but its own text.
fn checked_against_itself(path: &Path) -> Checked {
    let scratch = Scratch::new();
    let draft = read_file(path, &Frame::default()).unwrap();
    let mut project = Project::create(&scratch.project(), "Itself", &me("Ravi")).unwrap();
    project.edit("Import", |tx| add(tx, &draft, false)).unwrap();
    let quotations = read_quotations(path).unwrap().quotations;
    check(&project.study(), project.texts().as_ref(), &quotations).unwrap()
}

#[test]
fn published_reports_quote_themselves_word_for_word() {
    let Some(folder) = reports() else { return };
    for (name, fewest) in [
        ("justice-social-work-chapter-5.txt", 9),
        ("justice-social-work-executive-summary.txt", 0),
        ("leadership-and-management-2003.txt", 0),
        ("leadership-in-social-work-2024.txt", 55),
    ] {
        let checked = checked_against_itself(&folder.join(name));
        let is_exact = |finding: &&Finding| matches!(finding.verdict, Verdict::Exact);
        let exact = checked.findings.iter().filter(is_exact).count();
        let others: Vec<_> = checked.findings.iter().filter(|finding| !is_exact(finding)).map(|finding| &finding.quotation.words).collect();
        assert_eq!(exact, checked.findings.len(), "{name}: {others:#?}");
        assert!(exact >= fewest, "{name}: {exact} of at least {fewest}");
        // What the authors quote in their own sentences is theirs as far as the source can tell; else nothing is wrong.
        let faults = checked.findings.iter().flat_map(|finding| &finding.faults);
        assert!(faults.clone().all(|fault| *fault == Fault::Author), "{name}: {:?}", faults.collect::<Vec<_>>());
        let attributed: Vec<_> = checked.findings.iter().filter(|finding| finding.quotation.attribution.is_some()).collect();
        assert!(attributed.iter().all(|finding| finding.attributed == Attributed::Agrees), "{name}: {attributed:#?}");
        assert_eq!(name.contains("chapter-5"), attributed.len() >= 9, "{name}");
    }
}

#[test]
fn a_word_dropped_from_a_published_quotation_is_found_missing_there() {
    let Some(folder) = reports() else { return };
    let (scratch, path) = (Scratch::new(), folder.join("leadership-in-social-work-2024.txt"));
    let draft = read_file(&path, &Frame::default()).unwrap();
    let mut project = Project::create(&scratch.project(), "Itself", &me("Ravi")).unwrap();
    project.edit("Import", |tx| add(tx, &draft, false)).unwrap();
    let mut dropped = Vec::new();
    let long = read_quotations(&path).unwrap().quotations.into_iter().filter_map(|quotation| {
        let mut around = word_spans(&quotation.words).skip(4).take(3);
        let (left, words, right) = (around.next()?, around.next()?, around.next().filter(|_| word_count(&quotation.words) >= 12)?);
        let around = left.hull(right).slice(&quotation.words);
        let (before, after) = (&quotation.words[..words.start as usize], &quotation.words[words.end as usize..]);
        // Beside brackets and ellipses words may well be left out.
        (!around.contains(['[', ']', '…']) && !around.contains("..")).then(|| {
            dropped.push(words.slice(&quotation.words).to_owned());
            Quotation { words: [before, after].concat(), ..quotation }
        })
    });
    let quotations: Vec<Quotation> = long.collect();
    let checked = check(&project.study(), project.texts().as_ref(), &quotations).unwrap();
    assert!(quotations.len() >= 50, "{}", quotations.len());
    for (quotation, word) in quotations.iter().zip(&dropped) {
        let Some(finding) = checked.findings.iter().find(|finding| finding.quotation == *quotation) else {
            assert!(checked.skipped.iter().any(|skipped| skipped.why == SkippedFor::Literature && skipped.quotation == *quotation));
            continue;
        };
        let missing: Vec<_> = finding.altered.iter().map(|altered| (altered.step, altered.source.as_str())).collect();
        assert_eq!(missing, [(Step::Missing, word.as_str())], "{}", quotation.words);
    }
}

//! What a study folder says in cells of the matrix.

use crate::analysis::basis::{Drift, basis_of};
use crate::exchange::import::folder::{load, read_folder};
use crate::study::{Cites, Crossed, Role, Silence, SummaryState};

use super::project::{STUDY, folder, project, refused};

const TALK: &str = "I: Well?\nR: Well now.\nI: Well?\nR: Aye.";

/// `codings.json` with these summaries, from line 5 on one a line, after a coding of X1.
fn codings(summaries: &[&str]) -> String {
    let case = r#"{"id": "X1", "attributes": {"Groups": "Client"}}"#;
    let coding = r#"{"source": "X1", "quote": "Well now.", "theme": "One > Two", "coder": "EM"}"#;
    format!("{{\n\"cases\": [{case}],\n\"codings\": [{coding}],\n\"summaries\": [\n{}]}}", summaries.join(",\n"))
}

const OF_CASE: &str = r#"{"theme": "One > Two", "case": "x1", "state": "reviewed", "coder": "EM", "time": "2024-07-01T09:00:00Z",
 "text": "Says “Well now” [3].", "citations": [{"number": 3, "source": "X1", "words": "well  NOW."}]}"#;
const OF_CLIENTS: &str = r#"{"theme": "One > Two", "of": {"Groups": "client"}, "coder": "EM", "spread": {"consensus": "Well [1]"},
 "citations": [{"number": 1, "case": "X1"}]}"#;
const OF_NOBODY: &str = r#"{"theme": "One", "of": {"Groups": null}, "silence": "not_asked", "coder": "EM"}"#;

#[test]
fn summaries_come_with_their_coder_and_rest_on_what_lies_under_their_cells() {
    let files = [("study.json", STUDY), ("codings.json", &codings(&[OF_CASE, OF_CLIENTS, OF_NOBODY])), ("sources/X1.txt", TALK)];
    let read = read_folder(folder(&files).path()).unwrap();
    let (_folder, mut project) = project();
    load(&mut project, &read).unwrap();
    let study = project.study();
    let [of_case, of_clients, of_nobody] = [0, 1, 2].map(|at| study.summaries().iter().nth(at).unwrap());
    let case = study.case_labelled("X1").unwrap().id;
    assert_eq!(of_case.cell.of, Crossed::Case(case));
    assert_eq!((of_case.text.as_str(), of_case.state), ("Says “Well now” [3].", SummaryState::Reviewed));
    assert_eq!((of_case.coder, of_case.time), (study.coder_named("EM").unwrap().id, 1_719_824_400_000));
    let material = &study.materials()[0];
    let said = &of_case.citations[0];
    let (source, revision, span) = said.passage().unwrap();
    assert_eq!((said.number, said.words.as_str(), source, revision), (3, "Well now.", material.source.id, material.source.revision));
    assert_eq!(span.slice(TALK), "Well now.");

    let groups = study.attributes().with_role(Role::Group).unwrap().id;
    let clients = study.attributes().find_value(groups, "Clients").unwrap().id;
    assert_eq!(of_clients.cell.of, Crossed::Values([(groups, Some(clients))].into()));
    assert_eq!((of_clients.spread.consensus.as_str(), of_clients.state), ("Well [1]", SummaryState::Draft));
    assert_eq!((of_clients.citations[0].of, &of_clients.citations[0].words), (Cites::Summary { case }, &of_case.text));
    assert_eq!(of_nobody.cell.of, Crossed::Values([(groups, None)].into()));
    assert_eq!(of_nobody.silence, Some(Silence::NotAsked));

    for (summary, codings) in [(of_case, 1), (of_clients, 1), (of_nobody, 0)] {
        assert_eq!(summary.basis.codings.len(), codings);
        assert_eq!(Drift::between(&summary.basis, &basis_of(&study, &[&summary.cell])[0]), Drift::default());
    }
    project.undo().unwrap();
    assert_eq!(project.study().summaries().iter().len(), 0, "they are part of the one edit");
}

#[test]
fn a_summary_that_is_not_whole_is_named_with_its_line() {
    let summary = |fields: &str| format!("{{\"coder\": \"EM\", {fields}}}");
    let two = |fields: &str| summary(&format!("\"theme\": \"One > Two\", {fields}"));
    let cites = |text: &str, citations: &str| two(&format!("\"case\": \"X1\", \"text\": \"{text}\", \"citations\": [{citations}]"));
    for (wrong, sentence) in [
        (summary(r#""theme": "Three", "case": "X1", "text": "t""#), "There is no theme “Three” in study.json."),
        (two(r#""case": "X2", "text": "t""#), "There is no case “X2”."),
        (two(r#""of": {"Group": "Clients"}, "text": "t""#), "There is no attribute “Group” in study.json."),
        (two(r#""of": {"Groups": "Cats"}, "text": "t""#), "“Groups” has no value “Cats” in study.json."),
        (two(r#""text": "t""#), "A summary is of one cell: name its “case”, or “of” which values it is."),
        (two(r#""case": "X1", "of": {}, "text": "t""#), "A summary is of one cell: name its “case”, or “of” which values it is."),
        (two(r#""case": "X1", "text": " ""#), "A summary has either words or a “silence”, which is why there are none."),
        (
            two(r#""case": "X1", "text": "t", "silence": "not_asked""#),
            "A summary has either words or a “silence”, which is why there are none.",
        ),
        (cites("t", r#"{"number": 1, "source": "X9", "words": "Aye."}"#), "There is no source “X9”."),
        (cites("t", r#"{"number": 1, "source": "X1", "words": "Never."}"#), "X1 has no words “Never.…”."),
        (
            cites("t [2]", r#"{"number": 1, "source": "X1", "words": "Aye."}"#),
            "The summary cites [2], and there is no citation of that number.",
        ),
        (
            cites("t", r#"{"number": 1, "source": "X1", "words": "Aye."}, {"number": 1, "source": "X1", "words": "Well now."}"#),
            "The citation 1 is there twice. Give one of them another number.",
        ),
        (
            cites("t", r#"{"number": 1, "case": "X1"}"#),
            "The citation 1 is not clear: it cites words of a source, or in the cell of several people the summary of one “case”.",
        ),
        (
            two(r#""of": {}, "text": "t", "citations": [{"number": 1, "case": "X1"}]"#),
            "No summary of X1 on this theme stands above, which [1] could cite.",
        ),
        (two(r#""case": "X1", "text": "t", "state": "done""#), "unknown variant `done`, expected one of `draft`, `charted`, `reviewed`."),
        (r#"{"coder": "XX", "theme": "One", "case": "X1", "text": "t"}"#.to_owned(), "There is no coder “XX” in study.json."),
    ] {
        assert_eq!(refused(STUDY, &codings(&[OF_NOBODY, &wrong])), format!("codings.json, line 6: {sentence}"));
    }
    let twice = OF_CLIENTS.replace("client", "Clients");
    let error = refused(STUDY, &codings(&[OF_CASE, OF_CLIENTS, &twice]));
    assert_eq!(error, "codings.json, line 9: A cell has one summary; here is another one of this cell of “One > Two”.");
}

#[test]
fn beside_what_the_project_has_in_a_cell_a_folders_summary_waits_to_be_settled() {
    let files = [("study.json", STUDY), ("codings.json", &codings(&[OF_CLIENTS_ALONE])), ("sources/X1.txt", TALK)];
    let (_folder, mut project) = project();
    let mut read = read_folder(folder(&files).path()).unwrap();
    load(&mut project, &read).unwrap();
    // The same frame and summaries again, with other people's words.
    read.drafts.clear();
    read.codings.clear();
    load(&mut project, &read).unwrap();
    let study = project.study();
    let cell = &study.summaries().iter().next().unwrap().cell;
    assert_eq!(study.summaries().of(cell).unwrap().text, "Well.");
    let waiting: Vec<_> = study.summaries().to_settle(cell).map(|summary| summary.from.as_deref()).collect();
    assert_eq!(waiting, [Some("S")]);
}

const OF_CLIENTS_ALONE: &str = r#"{"theme": "One > Two", "of": {"Groups": "Clients"}, "coder": "EM", "text": "Well."}"#;

//! What an analyst decides of files, as a file of its own.

use super::helpers::*;
use crate::exchange::import::{ColumnRole, Draft, Frame, Mapping, MappingError, read_whole};
use crate::study::CaseKind;
use crate::text::Voice;

const TALK: &str = "PB: How was it?\n\nJean: Fine, aye.\n\nPB: And now?\n\nTam: Better.\n\nJean: Aye.\n\nTam: Aye.\n";
const SURVEY: &str =
    "no,Office,Comment\n1,North,\"It was colder than I had thought, that day\"\n2,South,I had no trouble with any of it at all\n";

fn mapping(json: &str) -> Mapping {
    serde_json::from_str(json).unwrap()
}

fn talk(name: &str) -> Draft {
    draft(name, TALK.as_bytes(), &frame())
}

#[test]
fn what_is_told_of_drafts_changes_nothing_when_it_is_carried_out() {
    let survey = read_whole("s.csv", SURVEY.as_bytes(), &frame()).unwrap();
    let drafts: Vec<Draft> =
        [talk("a.txt"), draft("b.txt", b"Only words.\n\nAnd more.\n", &frame())].into_iter().chain(survey.drafts).collect();
    let told = Mapping::of(&drafts, survey.table.as_slice());
    let again: Mapping = serde_json::from_str(&serde_json::to_string(&told).unwrap()).unwrap();
    assert_eq!(again, told);
    let mapped = again.carry_out(drafts.clone());
    assert_eq!((mapped.drafts, mapped.problems), (drafts, Vec::new()));
    let mut table = survey.table.unwrap();
    let before = table.clone();
    told.set_roles(&mut table);
    assert_eq!(table, before);
}

#[test]
fn a_mapping_says_who_speaks_and_what_files_are() {
    let told = mapping(
        r#"{"names": "{area}-{id}", "files": [
            {"file": "*", "kind": "Focus group", "group": "Clients", "speakers": [{"label": "pb", "is": "interviewer"}, {"label": "Nobody", "is": "author"}]},
            {"file": "Fife-TL2.txt", "title": "The second", "date": "2031-05-20", "speakers": [
                {"label": "Tam", "is": "unidentified"}, {"label": "Jean", "case": "J", "kind": "pair", "group": "Sheriffs"}, {"label": "Ann", "case": "A"}]},
            {"file": "odd.txt", "leave_out": true}, {"file": "gone.txt", "id": "X"}]}"#,
    );
    let mapped = told.carry_out(["Fife-TL1.txt", "Fife-TL2.txt", "odd.txt"].map(talk).to_vec());
    let [first, second] = mapped.drafts.as_slice() else { panic!("{}", mapped.drafts.len()) };
    assert_eq!((first.label.as_str(), first.kind.as_str()), ("TL1", "Focus group"));
    assert_eq!(first.speakers[0].voice, Voice::Interviewer);
    assert_eq!(
        cases(first),
        [("TL1-Jean", CaseKind::Person, Some("Clients"), Some("Fife")), ("TL1-Tam", CaseKind::Person, Some("Clients"), Some("Fife"))]
    );
    assert_eq!((second.title.as_str(), second.date.as_str()), ("The second", "2031-05-20"));
    assert_eq!(
        cases(second),
        [("J", CaseKind::Pair, Some("Sheriffs"), Some("Fife")), ("TL2-Tam", CaseKind::Unidentified, Some("Clients"), Some("Fife"))]
    );
    assert!(first.problems.is_empty(), "who is told of for every file need not speak in each: {:?}", first.problems);
    assert!(second.problems[0].sentence.contains("“Ann”, who does not speak here"));
    assert_eq!(
        mapped.problems.iter().map(|problem| problem.sentence.as_str()).collect::<Vec<_>>(),
        ["The map names “gone.txt”, which is not among the files."]
    );
}

#[test]
fn columns_are_what_a_mapping_says() {
    let mut table = read_whole("s.csv", SURVEY.as_bytes(), &Frame::default()).unwrap().table.unwrap();
    assert_eq!(
        table.columns.iter().map(|column| column.role).collect::<Vec<_>>(),
        [ColumnRole::Id, ColumnRole::Attribute, ColumnRole::Answer]
    );
    mapping(
        r#"{"tables": [{"file": "*", "columns": [{"name": "office", "role": "area"}, {"name": "Other", "role": "group"}]},
        {"file": "s.csv", "columns": [{"name": "no", "role": "leave_out"}, {"name": "Colour", "role": "answer"}]}]}"#,
    )
    .set_roles(&mut table);
    let drafts = table.drafts().unwrap();
    assert_eq!(cases(&drafts[1]), [("s-2", CaseKind::Person, None, Some("South"))]);
    assert_eq!(
        drafts[0].problems.iter().map(ToString::to_string).collect::<Vec<_>>(),
        ["The map names a column “Colour”, which is not there."]
    );
}

#[test]
fn what_is_no_mapping_says_where() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("map.json");
    let says = |words: &str| {
        std::fs::write(&path, words).unwrap();
        Mapping::read(&path).unwrap_err().to_string()
    };
    assert!(says("{\"files\": [{\"file\": \"a.txt\",\n\"idd\": \"x\"}]}").contains("unknown field `idd`"));
    assert!(says("{\"files\": [{\"file\": \"a.txt\",\n\"idd\": \"x\"}]}").contains("line 2"));
    assert!(says("{\"names\": \"{idd}\"}").contains("{idd}"));
    assert!(says("[").contains("--dry-run --json"));
    assert!(matches!(Mapping::read(&folder.path().join("none")), Err(MappingError::Unreadable { .. })));
}

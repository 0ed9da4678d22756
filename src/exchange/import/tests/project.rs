use std::fs;
use std::path::Path;

use tempfile::TempDir;

use super::super::docx::samples::{paragraph as docx_paragraph, run, with_parts};
use super::helpers::*;
use crate::exchange::import::folder::{FolderError, StudyFolder, load, read_folder};
use crate::exchange::import::{Comment, Frame, Imported, add, correct};
use crate::project::{Access, EditError, Me, Project};
use crate::study::CaseKind;
use crate::study::{BuiltIn, CoderId, DeviceId, Memo, MemoOn, Role, SourceId, StatusKind, Study};
use crate::text::{Span, Style, Voice};

pub(super) fn project() -> (TempDir, Project) {
    let folder = tempfile::tempdir().unwrap();
    let me = Me { device: DeviceId::new(), coder: CoderId::new(), name: "Somebody".into(), initials: "S".into() };
    let project = Project::create(&folder.path().join("study.themata"), "Study", &me).unwrap();
    (folder, project)
}

fn import(project: &mut Project, name: &str, text: &str) -> Result<Imported, EditError> {
    let draft = draft(name, text.as_bytes(), &Frame::of(&project.study()));
    project.edit("Import", |tx| add(tx, &draft, true))
}

/// Cases of the project as `label: group, area`.
fn people(study: &Study) -> Vec<String> {
    let name =
        |case, role| study.role_values(case, role).iter().map(|value| study.attributes().value_name(*value)).collect::<Vec<_>>().join("+");
    study
        .cases_in_order()
        .iter()
        .map(|case| format!("{}: {}, {}", case.label, name(case.id, Role::Group), name(case.id, Role::Area)))
        .collect()
}

const TALK: &str = "ID: X1\nDate: 2 May 2024\nInterviewer: Ruth Aird\nArea: Fife\nGroup: Clients\nAge: 40 to 49\nVenue: café\n\nINT: Well?\r\n\nAnn: Well.\n\nINT: And?\n\nBen: And so on.\n\nAnn: Aye.\n\nBen: Aye.\n";

#[test]
fn a_draft_becomes_a_source_with_speakers_cases_and_values() {
    let (_folder, mut project) = project();
    let imported = import(&mut project, "x.txt", TALK).unwrap();
    let study = project.study();
    let material = study.material(imported.source).unwrap();
    assert_eq!(people(&study), ["X1-Ann: Clients, Fife", "X1-Ben: Clients, Fife"]);
    assert_eq!(imported.cases.len(), 2);
    assert_eq!(study.built_in(material, BuiltIn::Date), "2024-05-02");
    assert_eq!(study.built_in(material, BuiltIn::Interviewer), "Ruth Aird");
    let venue = study.attributes().named("Venue").unwrap();
    assert_eq!(study.value_names(&material.source.values, venue.id), "café");
    let age = study.attributes().named("Age").unwrap();
    assert_eq!(study.value_names(&study.case_labelled("X1-Ann").unwrap().values, age.id), "40 to 49");
    let voices: Vec<_> = material.geometry.paragraphs().iter().map(|paragraph| material.speaker_of(paragraph).0).collect();
    assert_eq!(voices.iter().filter(|voice| **voice == Voice::Participant).count(), 4);
    assert!(material.source.original.is_some());
    assert_eq!(material.participant_words(), 6);
    project.undo().unwrap();
    assert!(project.study().materials().is_empty() && project.study().cases().is_empty());
}

#[test]
fn the_original_can_be_declined_and_a_file_comes_in_once() {
    let (_folder, mut project) = project();
    let draft = draft("x.txt", TALK.as_bytes(), &Frame::default());
    let imported = project.edit("Import", |tx| add(tx, &draft, false)).unwrap();
    assert_eq!(project.study().material(imported.source).unwrap().source.original, None);
    let again = import(&mut project, "y.txt", TALK).unwrap_err();
    assert_eq!(again.to_string(), "“y.txt” was imported already: it is the source X1.");
    assert_eq!(project.study().materials().len(), 1);
}

#[test]
fn another_file_of_the_same_id_is_another_source_with_its_own_people() {
    let (_folder, mut project) = project();
    import(&mut project, "talk.txt", "I: Well?\nR: Well.\nI: Well?\nR: Well.").unwrap();
    let second = import(&mut project, "talk.txt", "I: Well?\nR: No.\nI: Well?\nR: No.").unwrap();
    assert_eq!(second.label, "talk-2");
    assert_eq!(people(&project.study()), ["talk: , ", "talk-2: , "]);
}

#[test]
fn reports_of_one_study_share_their_interviews_and_their_groups_grow() {
    let (_folder, mut project) = project();
    let one = "Key points\n\n“I sat.” (Clients interview 1)\n\n“I stood.” (Clients interview 2)\n";
    let two = "Key points\n\n“I walked.” (Client interview 2)\n\n“I drove.” (Sheriffs interview 2)\n";
    import(&mut project, "one.txt", one).unwrap();
    import(&mut project, "two.txt", two).unwrap();
    let expected = ["Clients interview 1: Clients, ", "Clients interview 2: Clients, ", "Sheriffs interview 2: Sheriffs, "];
    assert_eq!(people(&project.study()), expected);
}

#[test]
fn groups_that_the_analyst_has_named_do_not_grow() {
    let (_folder, mut project) = project();
    project
        .edit("Group", |tx| {
            let groups = tx.study().attributes().with_role(Role::Group).unwrap().id;
            tx.value_named(groups, "Clients")
        })
        .unwrap();
    import(&mut project, "two.txt", "Key points\n\n“I walked.” (Client interview 2)\n\n“I drove.” (Sheriffs interview 2)\n").unwrap();
    assert_eq!(people(&project.study()), ["Clients interview 2: Clients, ", "Sheriffs interview 2: , "]);
}

/// An interview as a Word document: what was answered, with one of its words bold and a comment of this author on it.
fn commented(answer: &str, author: &str, comment: &str) -> Vec<u8> {
    let mark = |what: &str| format!(r#"<w:comment{what} w:id="1"/>"#);
    let said = [run("", "P1: "), mark("RangeStart"), run("<w:b/>", answer), mark("RangeEnd"), run("", " in there.")].concat();
    let body = [docx_paragraph("INT: How was it?"), format!("<w:p>{said}</w:p>"), docx_paragraph("INT: I see.")];
    let comments = format!(
        r#"<w:comment w:id="1" w:author="{author}">{}</w:comment><w:comment w:id="2">{}</w:comment>"#,
        docx_paragraph(comment),
        docx_paragraph("Nowhere")
    );
    with_parts(&body.concat(), &[("comments", &comments)])
}

/// The memos of the source with what they are on.
fn memos(project: &Project, source: SourceId) -> Vec<(String, String)> {
    let study = project.study();
    let material = study.material(source).unwrap();
    let on = |memo: &Memo| match memo.on {
        MemoOn::Passage { revision, span, .. } => {
            let revision = material.revisions.iter().find(|known| known.id == revision).unwrap();
            span.slice(&project.texts().text(revision.text).unwrap()).to_owned()
        }
        MemoOn::Source { .. } => "the source".to_owned(),
        _ => panic!("{:?}", memo.on),
    };
    let mut memos: Vec<_> = material.memos.iter().map(|memo| (memo.text.clone(), on(memo))).collect();
    memos.sort();
    memos
}

#[test]
fn comments_become_memos_and_bold_words_are_stored() {
    let (_folder, mut project) = project();
    let first = draft("x.docx", &commented("cold", "Ann", "Was it?"), &Frame::default());
    let source = project.edit("Import", |tx| add(tx, &first, false)).unwrap().source;
    let own = |text: &str, on: &str| (text.to_owned(), on.to_owned());
    assert_eq!(memos(&project, source), [own("Comment by Ann: Was it?", "cold"), own("Comment in the file: Nowhere", "the source")]);
    let bold = |project: &Project| {
        let study = project.study();
        let material = study.material(source).unwrap();
        let text = project.texts().text(material.revision().unwrap().text).unwrap();
        material.geometry.styles().map(|styled| (styled.span.slice(&text).to_owned(), styled.style)).collect::<Vec<_>>()
    };
    assert_eq!(bold(&project), [("cold".to_owned(), Style::Bold)]);
    // A correction brings its styles, and the comments that are not there yet.
    let second = draft("x.docx", &commented("cold and dark", "Ann", "Was it?"), &Frame::default());
    project.edit("Correct", |tx| correct(tx, source, &second, false)).unwrap();
    assert_eq!(memos(&project, source).len(), 2, "{:?}", memos(&project, source));
    assert_eq!(bold(&project), [("cold and dark".to_owned(), Style::Bold)]);
    let third = draft("x.docx", &commented("cold, and dark", "", "Ask &quot;again&quot;"), &Frame::default());
    project.edit("Correct", |tx| correct(tx, source, &third, false)).unwrap();
    let told = memos(&project, source);
    assert!(told.contains(&own("Comment in the file: Ask \"again\"", "cold, and dark")) && told.len() == 3, "{told:?}");
    project.undo().unwrap();
    assert_eq!(memos(&project, source).len(), 2);
    assert_eq!(bold(&project), [("cold and dark".to_owned(), Style::Bold)]);
}

#[test]
fn a_comment_outside_of_all_paragraphs_is_on_the_nearest() {
    let (_folder, mut project) = project();
    let mut written = draft("x.txt", b"INT: Well?\n\nANN: Well now.\n\nINT: And?\n\nANN: So.\n", &Frame::default());
    let label = written.text.find("ANN").unwrap() as u32;
    let comment = |start, end| Comment { span: Span::new(start, end), author: String::new(), text: format!("{start}") };
    written.comments = vec![comment(label, label + 3), comment(label, label + 9), comment(0, 2)];
    let source = project.edit("Import", |tx| add(tx, &written, false)).unwrap().source;
    let on: Vec<_> = memos(&project, source).into_iter().map(|(_, on)| on).collect();
    assert_eq!(on, ["Well?", "Well", "Well now."]);
}

fn sample() -> StudyFolder {
    read_folder(&Path::new(env!("CARGO_MANIFEST_DIR")).join("corpus")).unwrap()
}

#[test]
fn the_sample_study_is_loaded_as_one_edit() {
    let folder = sample();
    let (_folder, mut project) = project();
    load(&mut project, &folder).unwrap();
    let study = project.study();
    assert!(study.project().synthetic);
    assert_eq!(study.materials().len(), folder.drafts.len());
    assert_eq!(study.codings().count(), folder.codings.len());
    assert!(study.codings().count() >= 400);
    assert_eq!(study.coder_named("EM").unwrap().name, "Elspeth Munro");
    let theme = study.codebook().find_path("Partnership working > Co-location").unwrap();
    assert_eq!(study.codebook().get(theme).unwrap().abbreviation, "COL");
    let worker = study.case_labelled("FIF-FG1-A").unwrap();
    assert_eq!(study.role_values(worker.id, Role::Area).len(), 1);
    assert!(study.case_labelled("FIF-FG1-Worker A").is_none());
    assert!(!study.memos().is_empty());
    let rt = study.coder_named("RT").unwrap().id;
    assert!(study.materials().iter().any(|material| material.status(rt) == StatusKind::Done));
    let without = study.codings().filter(|(_, coded)| coded.parts.is_empty()).count();
    assert!(without * 50 < study.codings().count(), "{without} codings on nobody's words");
    project.undo().unwrap();
    assert!(project.study().materials().is_empty() && project.study().codebook().is_empty());
}

#[test]
fn a_loaded_study_is_the_same_when_opened_again() {
    let (folder, mut project) = project();
    load(&mut project, &sample()).unwrap();
    let entities = project.study().entities();
    let (path, me) = (project.path().to_owned(), project.me().clone());
    drop(project);
    assert_eq!(Project::open(&path, Access::Read, &me).unwrap().study().entities(), entities);
    drop(folder);
}

/// A study folder of these files.
pub(super) fn folder(files: &[(&str, &str)]) -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    fs::create_dir(folder.path().join("sources")).unwrap();
    for (name, text) in files {
        fs::write(folder.path().join(name), text).unwrap();
    }
    folder
}

pub(super) const STUDY: &str = r#"{"name": "S", "coders": [{"id": "EM", "name": "Elspeth Munro"}],
 "attributes": [{"name": "Groups", "of": "cases", "role": "group", "values": [{"name": "Clients", "aliases": ["Client"]}]}],
 "themes": [{"name": "One", "children": [{"name": "Two"}]}]}"#;

pub(super) fn refused(study: &str, codings: &str) -> String {
    let folder =
        folder(&[("study.json", study), ("codings.json", codings), ("sources/X1.txt", "I: Well?\nR: Well now.\nI: Well?\nR: Aye.")]);
    read_folder(folder.path()).map(|_| ()).unwrap_err().to_string()
}

#[test]
fn a_broken_folder_is_named_with_its_line() {
    let coding = |fields: &str| {
        format!(
            "{{\n\"codings\": [\n {{\"source\": \"X1\", \"quote\": \"Well now.\", \"theme\": \"One > Two\", \"coder\": \"EM\"}},\n {{{fields}}}]}}"
        )
    };
    for (fields, sentence) in [
        (r#""source": "X9", "quote": "Aye.", "theme": "One", "coder": "EM""#, "codings.json, line 4: There is no source “X9”."),
        (r#""source": "X1", "quote": "Never.", "theme": "One", "coder": "EM""#, "codings.json, line 4: X1 has no words “Never.…”."),
        (
            r#""source": "X1", "quote": "Aye.", "theme": "Two", "coder": "EM""#,
            "codings.json, line 4: There is no theme “Two” in study.json.",
        ),
        (
            r#""source": "X1", "quote": "Aye.", "theme": "One", "coder": "RT""#,
            "codings.json, line 4: There is no coder “RT” in study.json.",
        ),
        (r#""source": "X1", "quote": "Aye.", "theme": "One", "coder": "EM", "time": "soon""#, "codings.json, line 4: “soon” is no time"),
        (r#""source": "X1", "qoute": "Aye.", "theme": "One", "coder": "EM""#, "codings.json, line 4: unknown field `qoute`"),
        (r#""source": "X1""#, "codings.json, line 4: missing field"),
    ] {
        let error = refused(STUDY, &coding(fields));
        assert!(error.starts_with(sentence), "{error}");
    }
    for (codings, sentence) in [
        ("{\"sources\": [\n{\"id\": \"X1\", \"speakers\": {\"Z\": {}}}]}", "codings.json, line 2: Nobody in X1 speaks as “Z”."),
        (
            "{\"cases\": [{\"id\": \"X1\",\n\"attributes\": {\"Group\": \"Clients\"}}]}",
            "codings.json, line 1: There is no attribute “Group” in study.json.",
        ),
        ("{\"cases\": [{\"id\": \"X1\", \"attributes\": {\"Groups\": \"Cats\"}}]}", "codings.json, line 1: “Groups” has no value “Cats”"),
        (
            "{\"memos\": [\n\n{\"theme\": \"Three\", \"coder\": \"EM\", \"text\": \"t\"}]}",
            "codings.json, line 3: There is no theme “Three”",
        ),
        ("{\n\"codings\": [}", "codings.json, line 2: "),
    ] {
        let error = refused(STUDY, codings);
        assert!(error.starts_with(sentence), "{error}");
    }
    let twice = STUDY.replace("\"Two\"", "\"Two\"}, {\n\"name\": \"two\"");
    assert!(refused(&twice, "").starts_with("study.json, line 4: Themes side by side"), "{}", refused(&twice, ""));
    assert!(refused("{\n\"name\": 3}", "").starts_with("study.json, line 2: invalid type"));
}

#[test]
fn what_a_folder_says_of_speakers_holds() {
    let codings = r#"{"sources": [{"id": "X1", "kind": "Interview", "speakers": {"I": {"case": "P", "voice": "participant"}, "R": {"voice": "interviewer"}}}],
        "cases": [{"id": "P", "kind": "pair", "attributes": {"Groups": "Client"}}]}"#;
    let folder =
        folder(&[("study.json", STUDY), ("codings.json", codings), ("sources/X1.txt", "I: Well?\nR: Well now.\nI: Well?\nR: Aye.")]);
    let (_folder, mut project) = project();
    load(&mut project, &read_folder(folder.path()).unwrap()).unwrap();
    assert_eq!(people(&project.study()), ["P: Clients, "]);
    assert_eq!(project.study().case_labelled("P").unwrap().kind, CaseKind::Pair);
    assert_eq!(project.study().attributes().with_role(Role::Group).unwrap().name, "Groups");
}

#[test]
fn a_folder_of_texts_alone_is_a_study_without_a_frame() {
    let folder = tempfile::tempdir().unwrap();
    assert!(matches!(read_folder(folder.path()), Err(FolderError::Nothing { .. })));
    assert!(matches!(read_folder(&folder.path().join("none")), Err(FolderError::Unreadable { .. })));
    fs::write(folder.path().join("README.md"), "About it.").unwrap();
    fs::write(folder.path().join("a.txt"), "I came.").unwrap();
    assert_eq!(read_folder(folder.path()).unwrap().drafts.len(), 1);
    fs::write(folder.path().join("b.md"), "I came.").unwrap();
    assert!(matches!(read_folder(folder.path()), Err(FolderError::SameFile { .. })));
    fs::write(folder.path().join("b.md"), "ID: A\nDate: 2024\n\nI went.").unwrap();
    assert!(matches!(read_folder(folder.path()), Err(FolderError::SameId { .. })));
    fs::write(folder.path().join("b.md"), b"\0\0").unwrap();
    assert!(matches!(read_folder(folder.path()), Err(FolderError::Source(_))));
}

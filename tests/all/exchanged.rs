//! Studies that travel between programs: what is given out and brought back is the same study.

use proptest::prelude::*;
use themata::exchange::import::folder::{load, read_folder};
use themata::exchange::refi::{
    self, Case, Code, Coding, Fate, Kept, Link, Made, MediaFile, Note, Selection, Set, Source, User, Variable, VariableType, VariableValue,
    bring_in, give, read_project, write_project,
};
use themata::project::{EditError, Project};
use themata::study::{AttributeOf, Entity, MemoOn, Origin, ProjectInfo};
use themata::text::{BlobId, Span};
use uuid::Uuid;

use crate::laws::{Act, act, perform};
use crate::support::{Scratch, me, project, reference};

/// All entities but for the identity of the project itself, which stays with the file.
fn entities(project: &Project) -> Vec<Entity> {
    let without_id = |entity| match entity {
        Entity::Project(info) => ProjectInfo { id: themata::study::ProjectId(Uuid::nil()), ..info }.into(),
        other => other,
    };
    project.study().entities().into_iter().map(without_id).collect()
}

fn given(project: &Project) -> refi::Given {
    give(&project.study(), project.texts().as_ref()).unwrap()
}

/// Brings what one project gave into another.
fn bring(into: &mut Project, given: &refi::Given, from: &Project) -> Result<refi::Account, EditError> {
    let texts = from.texts();
    let mut file = |name: &str| given.files.get(name).and_then(|id: &BlobId| texts.bytes(*id).ok());
    into.edit("Bring in", |tx| bring_in(tx, &given.project, &mut file))
}

fn new(scratch: &Scratch, name: &str) -> Project {
    Project::create(&scratch.path(name), "New", &me("Elspeth")).unwrap()
}

fn assert_same(one: &Project, other: &Project) {
    let (one, other) = (entities(one), entities(other));
    for (one, other) in one.iter().zip(&other) {
        assert_eq!(one, other);
    }
    assert_eq!(one.len(), other.len());
}

fn check_travels(project: &Project, scratch: &Scratch) {
    let out = given(project);
    let mut back = new(scratch, "back.themata");
    bring(&mut back, &out, project).unwrap();
    assert_same(&back, project);
    let again = given(&back);
    assert_eq!(again.project, out.project);
    assert_eq!(again.files, out.files);
    let before = entities(&back);
    bring(&mut back, &out, project).unwrap();
    assert_eq!(entities(&back), before, "to bring it in twice changes nothing");
    assert_eq!(back.check(false).unwrap(), []);
    back.undo().unwrap();
    assert!(back.study().materials().is_empty() && back.study().codebook().is_empty());
    check_travels_as_file(project, scratch);
}

/// The same through an archive, whose bytes are the same for the same study.
fn check_travels_as_file(project: &Project, scratch: &Scratch) {
    let [first, second] = ["first.qdpx", "second.qdpx"].map(|name| scratch.path(name));
    write_project(&first, &project.study(), project.texts().as_ref()).unwrap();
    let mut back = new(scratch, "file.themata");
    let mut arrived = read_project(&first, None).unwrap();
    back.edit("Bring in", |tx| arrived.bring_in(tx)).unwrap();
    assert_same(&back, project);
    write_project(&second, &back.study(), back.texts().as_ref()).unwrap();
    assert!(std::fs::read(first).unwrap() == std::fs::read(second).unwrap(), "the same study is the same file");
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, ..ProptestConfig::default() })]

    #[test]
    fn a_study_that_is_given_out_comes_back_as_it_was(acts in proptest::collection::vec(act(), 1..60)) {
        let scratch = Scratch::new();
        let (mut project, _) = project(&scratch);
        for act in acts.iter().filter(|act| !matches!(act, Act::Reopen)) {
            _ = perform(&mut project, act);
        }
        check_travels(&project, &scratch);
    }
}

#[test]
fn the_sample_study_comes_back_whole() {
    let scratch = Scratch::new();
    let folder = read_folder(&std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("corpus")).unwrap();
    let mut project = Project::create(&scratch.project(), "Sample", &me("Elspeth")).unwrap();
    load(&mut project, &folder).unwrap();
    let out = given(&project);
    assert_eq!(out.account.number(Fate::LeftOut), 1, "{}", out.account.to_text());
    check_travels(&project, &scratch);
}

const TEXT: &str = "The forms are long.\nAnd the room is cold, mostly.\n";

fn id(number: u128) -> Uuid {
    Uuid::from_u128(number)
}

fn passage(number: u128, words: &str, codings: Vec<Coding>) -> Selection {
    let at = TEXT.find(words).unwrap();
    Selection { guid: id(number), name: words.to_owned(), span: Some(Span::of(at..at + words.len())), codings, ..Selection::default() }
}

fn coded(number: u128, code: u128, by: Option<u128>) -> Coding {
    Coding { guid: id(number), code: id(code), made: Made { by: by.map(id), at: Some(5), ..Made::default() }, ..Coding::default() }
}

/// What another program might hold: all that is mapped, and what only it understands.
fn foreign() -> refi::Project {
    let mut first = passage(30, "forms are long.\n", vec![coded(40, 10, Some(1)), coded(41, 11, None), coded(42, 99, None)]);
    first.made.by = Some(id(1));
    let mut noted = passage(32, "room", Vec::new());
    noted.note_refs.push(id(50));
    refi::Project {
        name: "Elsewhere".into(),
        origin: "ATLAS.ti 9".into(),
        users: vec![User { guid: id(1), name: "Moira".into(), id: "MO".into() }],
        codes: vec![
            Code { guid: id(10), name: "Forms".into(), is_codable: true, description: "Paper.".into(), ..Code::default() },
            Code { guid: id(11), name: "Place::Cold".into(), is_codable: true, colour: Some("#102030".into()), ..Code::default() },
        ],
        variables: vec![Variable { guid: id(20), name: "Gender".into(), kind: VariableType::Text, description: String::new() }],
        cases: vec![Case {
            guid: id(21),
            name: "Anna".into(),
            values: vec![VariableValue { variable: id(20), value: "female".into() }],
            sources: vec![id(22)],
            ..Case::default()
        }],
        sources: vec![
            Source {
                guid: id(22),
                name: "Interview 1".into(),
                text: Some(TEXT.into()),
                selections: vec![first, passage(31, "room is cold", vec![coded(43, 11, Some(1)), coded(44, 11, Some(1))]), noted],
                ..Source::default()
            },
            Source {
                guid: id(23),
                name: "Photograph".into(),
                file: Some(MediaFile { name: "photo.jpg".into(), len: 3 }),
                kept: Some(Kept {
                    element: "PictureSource".into(),
                    xml: format!("<PictureSource guid=\"{}\" name=\"Photograph\" path=\"internal://photo.jpg\"></PictureSource>", id(23)),
                }),
                ..Source::default()
            },
        ],
        notes: vec![
            Note { guid: id(50), name: "Cold rooms".into(), text: "Ask again.".into(), ..Note::default() },
            Note { guid: id(51), name: "Alone".into(), text: "Alone with it.".into(), ..Note::default() },
        ],
        links: vec![Link { guid: id(60), name: "because".into(), origin: id(10), target: id(11), ..Link::default() }],
        sets: vec![
            Set { guid: id(61), name: "site: north".into(), sources: vec![id(22)], ..Set::default() },
            Set { guid: id(62), name: "To do".into(), codes: vec![id(10)], ..Set::default() },
        ],
        kept: vec![Kept {
            element: "Graph".into(),
            xml: format!(
                "<Graph guid=\"{}\"><Vertex guid=\"{}\" representedGUID=\"{}\" firstX=\"0\" firstY=\"0\"></Vertex></Graph>",
                id(70),
                id(71),
                id(10)
            ),
        }],
        ..refi::Project::default()
    }
}

fn bring_foreign(project: &mut Project, given: &refi::Project) -> refi::Account {
    let mut file = |name: &str| (name == "photo.jpg").then(|| b"jpg".to_vec());
    project.edit("Bring in", |tx| bring_in(tx, given, &mut file)).unwrap()
}

#[test]
fn a_project_of_another_program_is_a_study_and_goes_back_with_what_only_that_program_knows() {
    let scratch = Scratch::new();
    let mut project = new(&scratch, "new.themata");
    let account = bring_foreign(&mut project, &foreign());
    let told = account.to_text();
    let study = project.study();
    let paths: Vec<_> = study.codebook().themes().map(|theme| study.codebook().path(theme.id)).collect();
    assert_eq!(paths, ["Forms", "Place", "Place › Cold"]);
    let material = &study.materials()[0];
    let codings: Vec<_> =
        study.codings().map(|(_, it)| (it.coding.span.slice(TEXT), study.coders()[&it.coding.coder].name.as_str())).collect();
    assert_eq!(codings, [("forms are long.", "Moira"), ("forms are long.", "Moira"), ("room is cold", "Moira")], "{told}");
    assert!(study.codings().all(|(_, it)| it.coding.origin == Origin::Import && it.coding.time == 5));
    let memos: Vec<_> = material.memos.iter().map(|memo| (memo.text.as_str(), matches!(memo.on, MemoOn::Passage { .. }))).collect();
    assert_eq!(memos, [("Cold rooms\n\nAsk again.", true)]);
    assert_eq!(study.memos().iter().map(|memo| memo.text.as_str()).collect::<Vec<_>>(), ["Alone with it."]);
    let anna = study.case_labelled("Anna").unwrap();
    assert_eq!(material.source.case, Some(anna.id));
    let attribute = |name: &str| study.attributes().named(name).unwrap();
    assert_eq!(study.value_names(&anna.values, attribute("Gender").id), "female");
    assert_eq!(
        (study.value_names(&material.source.values, attribute("site").id).as_str(), attribute("site").of),
        ("north", AttributeOf::Sources)
    );
    assert_eq!(material.parts_of(Span::of(0..TEXT.len())).len(), 2);
    assert!(told.contains("Its code is not in the file."), "{told}");
    assert!(account.entries.iter().any(|entry| entry.what == "links" && entry.fate == Fate::Changed));

    let out = given(&project);
    let elsewhere = foreign();
    assert!(out.project.links.contains(&elsewhere.links[0]) && out.project.sets.contains(&elsewhere.sets[1]));
    assert_eq!((&out.project.kept, out.project.sources.last()), (&elsewhere.kept, elsewhere.sources.last()));
    assert_eq!(project.texts().bytes(out.files["photo.jpg"]).unwrap(), b"jpg");

    let before = entities(&project);
    bring_foreign(&mut project, &elsewhere);
    assert_eq!(entities(&project), before, "to bring it in twice changes nothing");
    assert_eq!(project.check(false).unwrap(), []);
    check_travels(&project, &scratch);
}

#[test]
fn what_is_here_already_is_found_again_by_what_it_says() {
    let scratch = Scratch::new();
    let mut project = new(&scratch, "new.themata");
    project
        .edit("Begin", |tx| {
            let theme = tx.theme_at("Forms")?;
            let theme = tx.study().codebook().get(theme).unwrap().clone();
            tx.change_theme(themata::study::Theme { definition: "Mine.".into(), ..theme })?;
            tx.case_labelled("anna", themata::study::CaseKind::Pair)?;
            tx.theme_at("Other")
        })
        .unwrap();
    let theme = project.study().codebook().find_path("Forms").unwrap();
    bring_foreign(&mut project, &foreign());
    let study = project.study();
    assert_eq!(study.codebook().get(theme).unwrap().definition, "Mine.");
    assert_eq!(study.codings().filter(|(_, it)| it.coding.theme == theme).count(), 1);
    assert_eq!(study.cases().len(), 1);
    let out = given(&project).project;
    assert_eq!((out.links[0].origin, out.sets[0].codes[0]), (theme.0, theme.0), "what is kept follows");
    assert!(out.kept[0].xml.contains(&theme.to_string()));
    let before = entities(&project);
    bring_foreign(&mut project, &foreign());
    assert_eq!(entities(&project), before);
}

#[test]
fn the_same_text_with_other_identities_gets_the_codings() {
    let scratch = Scratch::new();
    let mut project = new(&scratch, "new.themata");
    bring_foreign(&mut project, &foreign());
    let before = project.study().codings().count();
    let mut again = foreign();
    again.sources[0].guid = id(122);
    for selection in &mut again.sources[0].selections {
        selection.guid = Uuid::from_u128(selection.guid.as_u128() + 1000);
        for coding in &mut selection.codings {
            coding.guid = Uuid::from_u128(coding.guid.as_u128() + 1000);
        }
    }
    again.sources[0].selections.push(passage(2000, "mostly", vec![coded(2001, 10, Some(1))]));
    bring_foreign(&mut project, &again);
    let study = project.study();
    assert_eq!((study.materials().len(), study.codings().count()), (1, before + 1));
}

/// Another program renames a code, removes another, and writes a note anew: its word stands, the rest comes back as it was.
#[test]
fn what_another_program_changed_on_the_way_is_as_it_left_it() {
    let scratch = Scratch::new();
    let (mut project, [source, _]) = project(&scratch);
    project
        .edit("Code", |tx| {
            let [kept, gone] = [tx.theme_at("Forms")?, tx.theme_at("Cold")?];
            let theme = tx.study().codebook().get(kept).unwrap().clone();
            tx.change_theme(themata::study::Theme { abbreviation: "FO".into(), ..theme })?;
            tx.code(source, Span::new(20, 30), gone, Origin::Hand)?;
            let coding = tx.code(source, Span::new(20, 30), kept, Origin::Hand)?;
            tx.toggle_quote(source, coding)
        })
        .unwrap();
    let mut out = given(&project);
    let gone = out.project.codes.iter().position(|code| code.name == "Cold").unwrap();
    let removed = out.project.codes.remove(gone).guid;
    out.project.codes[0].name = "Paperwork".into();
    for selection in out.project.sources.iter_mut().flat_map(|source| &mut source.selections) {
        selection.codings.retain(|coding| coding.code != removed);
    }
    let mut back = new(&scratch, "back.themata");
    let account = bring(&mut back, &out, &project).unwrap();
    let study = back.study();
    let themes: Vec<_> = study.codebook().themes().map(|theme| (theme.name.as_str(), theme.abbreviation.as_str())).collect();
    assert_eq!(themes, [("Paperwork", "FO")]);
    assert_eq!(study.codings().map(|(_, it)| it.coding.origin).collect::<Vec<_>>(), [Origin::Hand]);
    assert_eq!(study.materials().iter().map(|material| material.quote_marks.len()).sum::<usize>(), 1);
    assert!(account.number(Fate::LeftOut) > 0, "{}", account.to_text());
    assert_eq!(back.check(false).unwrap(), []);
}

/// Many codings are brought in within seconds, and no transaction lasts long.
#[test]
fn ten_thousand_codings_are_brought_in_as_one_edit() {
    let scratch = Scratch::new();
    let mut given = foreign();
    let line = "Someone says something about it here.\n";
    let text = line.repeat(10_000);
    given.sources[0].text = Some(text.clone());
    let selection = |at: usize| Selection {
        guid: id(100_000 + at as u128),
        span: Some(Span::of(at * line.len()..(at + 1) * line.len())),
        codings: vec![coded(200_000 + at as u128, 10, Some(1))],
        ..Selection::default()
    };
    given.sources[0].selections = (0..10_000).map(selection).collect();
    let mut project = new(&scratch, "new.themata");
    let begun = std::time::Instant::now();
    bring_foreign(&mut project, &given);
    println!("10,000 codings in {:?}, the longest transaction {:?}", begun.elapsed(), project.longest_transaction());
    assert_eq!(project.study().codings().count(), 10_000);
    project.undo().unwrap();
    assert_eq!(project.study().codings().count(), 0);
}

/// Samples of other programs, which lie beside the project: bringing them in twice changes nothing, and they travel on as studies.
#[test]
fn samples_of_other_programs_are_brought_in() {
    for name in ["refi/atlasti-standard-project.qdpx", "refi/every-element.qde", "peers/repair-evenings-taguette-1.5.2.qdc"] {
        let Some(path) = reference(name) else { continue };
        let scratch = Scratch::new();
        let mut project = new(&scratch, "new.themata");
        let bring = |project: &mut Project| {
            let mut arrived = read_project(&path, None).unwrap();
            project.edit("Bring in", |tx| arrived.bring_in(tx)).unwrap()
        };
        let account = bring(&mut project);
        println!("{name}\n{}", account.to_text());
        assert!(!project.study().codebook().is_empty());
        let before = entities(&project);
        bring(&mut project);
        assert_eq!(entities(&project), before, "{name}");
        check_travels(&project, &scratch);
    }
}

/// A codebook is themes, and goes out as it came.
#[test]
fn a_codebook_travels_alone() {
    let scratch = Scratch::new();
    let mut project = new(&scratch, "new.themata");
    bring_foreign(&mut project, &foreign());
    let file = scratch.path("codes.qdc");
    write_project(&file, &project.study(), project.texts().as_ref()).unwrap();
    let mut other = new(&scratch, "other.themata");
    let mut arrived = read_project(&file, None).unwrap();
    other.edit("Bring in", |tx| arrived.bring_in(tx)).unwrap();
    let paths = |project: &Project| {
        let study = project.study();
        let book = study.codebook();
        book.themes().map(|theme| (theme.id, book.path(theme.id), theme.definition.clone())).collect::<Vec<_>>()
    };
    assert_eq!(paths(&other), paths(&project));
    assert!(other.study().materials().is_empty());
}

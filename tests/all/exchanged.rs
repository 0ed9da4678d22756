//! Studies that travel between programs: what is given out and brought back is the same study.

use proptest::prelude::*;
use themata::exchange::import::folder::{load, read_folder};
use themata::exchange::refi::{self, Fate, bring_in, give};
use themata::project::{EditError, Project};
use themata::study::{Entity, ProjectInfo};
use themata::text::BlobId;

use crate::laws::{Act, act, perform};
use crate::support::{Scratch, me, project};

/// All entities but for the identity of the project itself, which stays with the file.
fn entities(project: &Project) -> Vec<Entity> {
    let without_id = |entity| match entity {
        Entity::Project(info) => ProjectInfo { id: themata::study::ProjectId(uuid_nil()), ..info }.into(),
        other => other,
    };
    project.study().entities().into_iter().map(without_id).collect()
}

fn uuid_nil() -> uuid::Uuid {
    uuid::Uuid::nil()
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

//! Where two coders differ, what they agree on, and what then counts.

use std::sync::Arc;

use themata::analysis::matrix::{Arranged, CellAt, Filter, MatrixSpec, matrix, passages};
use themata::analysis::reconcile::{Point, Standing, points};
use themata::project::{Access, EditError, Project, coder_called};
use themata::study::{CoderId, Kind, Origin, SourceId, StatusKind, ThemeId};
use themata::text::Span;

use crate::support::{Scratch, correct, me, project};

/// A project that Elspeth and Ravi coded, open for Elspeth.
struct Scene {
    project: Project,
    source: SourceId,
    forms: ThemeId,
    room: ThemeId,
    scratch: Scratch,
}

const COLD: &str = "And cold.";

impl Scene {
    /// Both coded that it is cold; the words on forms overlap; only Elspeth coded that it was fine.
    fn new() -> Self {
        let scratch = Scratch::new();
        let (mut project, [source, _]) = project(&scratch);
        let forms = project.edit("Theme", |tx| tx.theme_at("Forms")).unwrap();
        let room = project.edit("Theme", |tx| tx.theme_at("Room")).unwrap();
        let mut scene = Self { project, source, forms, room, scratch };
        scene.code("fine", room);
        scene.code("The forms", forms);
        scene.code(COLD, room);
        let mut scene = scene.opened_by("Ravi");
        scene.code("forms were not.", forms);
        scene.code(COLD, room);
        scene.opened_by("Elspeth")
    }

    /// The same project opened by somebody else.
    fn opened_by(self, name: &str) -> Self {
        let Self { project, source, forms, room, scratch } = self;
        drop(project);
        let project = Project::open(&scratch.project(), Access::Write, &me(name)).unwrap();
        Self { project, source, forms, room, scratch }
    }

    fn span(&self, words: &str) -> Span {
        let material = Arc::clone(self.project.study().material(self.source).unwrap());
        let text = self.project.texts().text(material.revision().unwrap().text).unwrap();
        let start = text.find(words).unwrap();
        Span::of(start..start + words.len())
    }

    fn code(&mut self, words: &str, theme: ThemeId) {
        let (source, span) = (self.source, self.span(words));
        self.project.edit("Apply theme", |tx| tx.code(source, span, theme, Origin::Hand)).unwrap();
    }

    fn points(&self) -> Vec<Point> {
        let study = self.project.study();
        points(&study, study.material(self.source).unwrap())
    }

    fn agree_on(&mut self, point: &Point, spans: &[Span]) -> Result<(), EditError> {
        let source = self.source;
        self.project.edit("Settle", |tx| tx.agree_on(source, point.theme, &point.on(), spans))
    }

    fn reconcile(&mut self) -> Result<usize, EditError> {
        let source = self.source;
        self.project.edit("Reconcile", |tx| tx.reconcile(source))
    }

    /// What a coder, or the agreed layer, has.
    fn layer(&self, coder: CoderId) -> Vec<(ThemeId, Span)> {
        let study = self.project.study();
        let material = study.material(self.source).unwrap();
        let own = material.codings.iter().map(|coded| &coded.coding).filter(|coding| coding.coder == coder);
        own.map(|coding| (coding.theme, coding.span)).collect()
    }

    fn agreed(&self) -> Vec<(ThemeId, Span)> {
        self.layer(CoderId::agreed())
    }

    /// Passages and codings of the whole study, of one coder or of those that count.
    fn counted(&self, coder: Option<CoderId>) -> (u32, u32) {
        let filter = Filter { coder, ..Filter::default() };
        let spec = MatrixSpec { rows: Vec::new(), columns: Vec::new(), pages: Vec::new(), filter };
        let matrix = matrix(&self.project.study(), &spec).unwrap();
        let cell = matrix.cell(0, None, None).unwrap();
        (cell.passages, cell.codings)
    }
}

#[test]
fn differences_are_settled_one_by_one_and_the_originals_stay() {
    let mut scene = Scene::new();
    let points = scene.points();
    let standing: Vec<_> = points.iter().map(|point| (point.theme, point.is_open())).collect();
    assert_eq!(standing, [(scene.room, true), (scene.forms, true), (scene.room, false)]);
    let [ours, theirs] = [CoderId::derived(&[b"Elspeth"]), CoderId::derived(&[b"Ravi"])];
    let before = [scene.layer(ours), scene.layer(theirs)];

    let refused = scene.reconcile().unwrap_err().to_string();
    assert_eq!(refused, "2 differences are not settled yet");
    assert_eq!(scene.agreed(), []);

    scene.agree_on(&points[0], &[]).unwrap();
    let widest = Span::new(scene.span("The forms").start, scene.span("forms were not.").end);
    scene.agree_on(&points[1], &[widest]).unwrap();
    assert_eq!(scene.counted(None), (3, 5), "until it is reconciled all counts, and the agreed layer does not");
    assert_eq!(scene.reconcile().unwrap(), 1);

    assert_eq!(scene.agreed(), [(scene.forms, widest), (scene.room, scene.span(COLD))]);
    assert_eq!([scene.layer(ours), scene.layer(theirs)], before);
    assert_eq!(scene.counted(None), (2, 2));
    assert_eq!(scene.counted(Some(ours)), (3, 3));
    assert!(scene.points().iter().all(|point| matches!(point.standing, Standing::Same | Standing::Settled(_))));
    assert_eq!(scene.project.check(false).unwrap(), []);
}

#[test]
fn where_one_coder_works_alone_there_is_nothing_to_reconcile() {
    let scratch = Scratch::new();
    let (mut project, [source, _]) = project(&scratch);
    let refused = project.edit("Reconcile", |tx| tx.reconcile(source)).unwrap_err().to_string();
    assert_eq!(refused, "only one coder works in this source: there is nothing to reconcile");
    assert!(!project.study().material(source).unwrap().is_reconciled());
}

#[test]
fn each_way_to_settle_leads_to_its_words_and_can_be_chosen_again() {
    let mut scene = Scene::new();
    let forms = scene.points()[1].clone();
    let (mine, theirs) = (scene.span("The forms"), scene.span("forms were not."));
    let new = Span::new(mine.start, theirs.end);
    for spans in [vec![mine], vec![theirs], vec![mine, theirs], vec![new], vec![]] {
        scene.agree_on(&forms, &spans).unwrap();
        assert_eq!(scene.agreed(), spans.iter().map(|span| (scene.forms, *span)).collect::<Vec<_>>());
        let verdicts = scene.project.study().material(scene.source).unwrap().verdicts.clone();
        assert_eq!(verdicts.len(), 1);
        assert_eq!(verdicts[0].coder, CoderId::derived(&[b"Elspeth"]));
    }
    assert!(matches!(scene.agree_on(&forms, &[Span::new(0, 0)]), Err(EditError::NoWords)));
}

#[test]
fn what_is_attached_to_the_agreed_words_goes_along_with_them() {
    let mut scene = Scene::new();
    let forms = scene.points()[1].clone();
    scene.agree_on(&forms, &[scene.span("The forms")]).unwrap();
    let source = scene.source;
    let study = scene.project.study();
    let agreed = study.material(source).unwrap().codings.iter().find(|coded| coded.coding.coder == CoderId::agreed()).unwrap();
    let coding = agreed.coding.id;
    assert!(scene.project.edit("Quote", |tx| tx.toggle_quote(source, coding)).unwrap());
    let theirs = scene.span("forms were not.");
    scene.agree_on(&forms, &[theirs]).unwrap();
    let marks = scene.project.study().material(source).unwrap().quote_marks.clone();
    assert_eq!(marks.iter().map(|mark| (mark.coding, mark.span)).collect::<Vec<_>>(), [(Some(coding), theirs)]);
}

#[test]
fn codings_that_changed_since_are_settled_anew() {
    let mut scene = Scene::new();
    let forms = scene.points()[1].clone();
    scene.agree_on(&forms, &[scene.span("The forms")]).unwrap();
    let (source, ours) = (scene.source, CoderId::derived(&[b"Elspeth"]));
    let own = forms.codings.iter().find(|coding| coding.coder == ours).unwrap().id;
    let wider = Span::new(scene.span("mostly").start, scene.span("The forms").end);
    scene.project.edit("Move", |tx| tx.resize(source, own, wider)).unwrap();
    assert!(scene.points().iter().any(|point| point.theme == scene.forms && point.is_open()));
    let refused = scene.agree_on(&forms, &[]).unwrap_err().to_string();
    assert!(refused.starts_with("the codings there have changed"), "{refused}");
    let now = scene.points().into_iter().find(|point| point.theme == scene.forms).unwrap();
    scene.agree_on(&now, &[wider]).unwrap();
    assert_eq!(scene.project.study().material(source).unwrap().verdicts.len(), 1, "what was settled before is replaced");
}

#[test]
fn what_was_settled_stays_settled_when_a_word_is_corrected() {
    let mut scene = Scene::new();
    let points = scene.points();
    scene.agree_on(&points[0], &[]).unwrap();
    scene.agree_on(&points[1], &[scene.span("The forms")]).unwrap();
    let source = scene.source;
    let text = "I: How was it?\nR: Well, it was fine, aye, mostly. The forms were never.\nR: And cold.\n";
    scene.project.edit("Correct", |tx| correct(tx, source, text)).unwrap();
    assert!(scene.points().iter().all(|point| !point.is_open()));
    assert_eq!(scene.reconcile().unwrap(), 1);
    assert_eq!(scene.agreed(), [(scene.forms, scene.span("The forms")), (scene.room, scene.span(COLD))]);
}

#[test]
fn settling_is_undone_in_any_order_and_only_by_whoever_settled() {
    let mut scene = Scene::new();
    let points = scene.points();
    scene.agree_on(&points[0], &[scene.span("fine")]).unwrap();
    scene.agree_on(&points[1], &[scene.span("The forms")]).unwrap();
    let first = scene.project.history(None, 10).unwrap().into_iter().rfind(|edit| edit.label == "Settle").unwrap();
    scene.project.undo_edit(first.seq, false).unwrap();
    assert_eq!(scene.agreed(), [(scene.forms, scene.span("The forms"))]);
    assert_eq!(scene.points().iter().filter(|point| point.is_open()).count(), 1);
    let mut scene = scene.opened_by("Ravi");
    assert!(scene.project.next_undo().unwrap().is_none_or(|edit| edit.label != "Settle"));
    let open = scene.points().into_iter().find(Point::is_open).unwrap();
    scene.agree_on(&open, &[]).unwrap();
    scene.reconcile().unwrap();
    let mut scene = scene.opened_by("Elspeth");
    let source = scene.source;
    scene.project.edit("Reopen", |tx| tx.reopen(source)).unwrap();
    assert_eq!(scene.project.study().material(source).unwrap().status(CoderId::agreed()), StatusKind::Coding);
    assert_eq!(scene.counted(None), (3, 5));
    assert_eq!(scene.project.check(false).unwrap(), []);
}

#[test]
fn two_copies_that_settle_the_same_agree_in_the_end() {
    let mut scene = Scene::new();
    let points = scene.points();
    let copy = scene.scratch.path("ravi.themata");
    scene.project.give_copy(&copy, "Ravi", false).unwrap();
    scene.agree_on(&points[0], &[scene.span("fine")]).unwrap();
    scene.agree_on(&points[1], &[scene.span("The forms")]).unwrap();
    let mut theirs = Project::open(&copy, Access::Write, &me("Ravi")).unwrap();
    let source = scene.source;
    theirs.edit("Settle", |tx| tx.agree_on(source, points[0].theme, &points[0].on(), &[])).unwrap();
    theirs
        .edit("Settle", |tx| tx.agree_on(source, points[1].theme, &points[1].on(), &[points[1].of(CoderId::derived(&[b"Elspeth"]))[0]]))
        .unwrap();
    theirs.edit("Reconcile", |tx| tx.reconcile(source)).unwrap();
    drop(theirs);
    let coming = scene.project.merge(&copy).unwrap();
    let told: Vec<&str> = coming.conflicts.iter().map(|conflict| conflict.sentence.as_str()).collect();
    assert_eq!(told, ["What was settled in “A”: Ravi settled a difference otherwise, later than Elspeth; that stands."]);
    let study = scene.project.study();
    let material = study.material(source).unwrap();
    assert_eq!(material.verdicts.len(), 2, "the same difference is settled once");
    assert!(material.is_reconciled());
    // Ravi left out that it was fine; on the forms both agreed on the same.
    assert_eq!(scene.agreed(), [(scene.forms, scene.span("The forms")), (scene.room, scene.span(COLD))]);
    assert_eq!(scene.project.check(false).unwrap(), []);
}

#[test]
fn a_source_goes_with_all_that_was_settled_in_it_and_comes_back() {
    let mut scene = Scene::new();
    let source = scene.source;
    let open = scene.points().into_iter().find(Point::is_open).unwrap();
    scene.agree_on(&open, &[]).unwrap();
    scene.project.edit("Remove", |tx| tx.remove_source(source)).unwrap();
    assert!(scene.project.study().entities().iter().all(|entity| entity.kind() != Kind::Verdict));
    scene.project.undo().unwrap();
    assert_eq!(scene.project.study().material(source).unwrap().verdicts.len(), 1);
}

#[test]
fn what_was_agreed_on_has_the_marks_of_the_codings_it_is_made_of() {
    let mut scene = Scene::new();
    let (source, ours) = (scene.source, CoderId::derived(&[b"Elspeth"]));
    let study = scene.project.study();
    let cold = study.coding_of(source, scene.span(COLD), scene.room, ours).unwrap().id;
    scene.project.edit("Quote", |tx| tx.toggle_quote(source, cold).map(drop)).unwrap();
    scene.project.edit("Contrary", |tx| tx.set_contrary(source, cold, Some("most"))).unwrap();
    for point in scene.points().iter().filter(|point| point.is_open()) {
        scene.agree_on(point, &[]).unwrap();
    }
    scene.reconcile().unwrap();
    let study = scene.project.study();
    let filter = Filter { quote_marked: true, ..Filter::default() };
    let spec = MatrixSpec { rows: Vec::new(), columns: Vec::new(), pages: Vec::new(), filter };
    let counted = matrix(&study, &spec).unwrap();
    assert_eq!(counted.cell(0, None, None).unwrap().passages, 1, "it is quoted");
    let at = CellAt { spec, key: counted.key(0, None, None) };
    let found = passages(&study, &at, Arranged::default()).unwrap();
    assert!(found.items[0].contrary, "and says otherwise");
    assert!(found.items[0].marked_with(study.material(source).unwrap()).contains(&cold), "by the mark that is there");
}

#[test]
fn no_point_is_settled_by_another_one() {
    let mut scene = Scene::new();
    let forms = scene.points()[1].clone();
    let over = Span::new(scene.span("fine").start, scene.span("The forms").end);
    scene.agree_on(&forms, &[over]).unwrap();
    let fine = scene.points()[0].clone();
    // Room is coded further on too, and that is settled by itself.
    let refused = scene.agree_on(&fine, &[Span::new(scene.span("fine").start, scene.span(COLD).end)]).unwrap_err().to_string();
    assert!(refused.starts_with("these words reach into another passage"), "{refused}");
}

#[test]
fn one_agreed_passage_becomes_two_where_both_coders_made_two_of_it() {
    let mut scene = Scene::new();
    for point in scene.points().iter().filter(|point| point.is_open()) {
        scene.agree_on(point, &[]).unwrap();
    }
    scene.reconcile().unwrap();
    assert_eq!(scene.agreed(), [(scene.room, scene.span(COLD))]);
    let source = scene.source;
    for name in ["Elspeth", "Ravi"] {
        scene = scene.opened_by(name);
        let coder = CoderId::derived(&[name.as_bytes()]);
        let cold = scene.project.study().coding_of(source, scene.span(COLD), scene.room, coder).unwrap().id;
        let and = scene.span("And");
        scene.project.edit("Narrow", |tx| tx.resize(source, cold, and)).unwrap();
        scene.code("cold.", scene.room);
    }
    scene.reconcile().unwrap();
    assert_eq!(scene.agreed(), [(scene.room, scene.span("And")), (scene.room, scene.span("cold."))]);
}

#[test]
fn nobody_is_the_agreed_layer_whatever_somebody_is_called() {
    let mut scene = Scene::new();
    let open = scene.points()[0].clone();
    scene.agree_on(&open, &[]).unwrap();
    for name in ["Agreed", "Ag", "the agreed layer"] {
        assert_ne!(coder_called(&scene.project.study(), name).id, CoderId::agreed(), "{name}");
    }
}

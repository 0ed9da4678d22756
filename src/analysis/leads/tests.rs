use super::*;
use crate::analysis::cooccurrence::Bridge;
use crate::analysis::matrix::{Axis, MatrixSpec, Passages, matrix};
use crate::analysis::testing::{Builder, Put, values};
use crate::study::{AttributeOf, CaseKind, Role, StatusKind, Study, ValueId, Values};
use crate::text::Voice;

struct Scene {
    builder: Builder,
    sources: [Put; 2],
    coders: [CoderId; 2],
    rooms: ThemeId,
    cold: ThemeId,
    letters: ThemeId,
    leads: (crate::study::AttributeId, Option<ValueId>),
}

/// Two talks of two people and an interviewer.
fn scene() -> Scene {
    let mut builder = Builder::new();
    let coders = [builder.coder("Ann"), builder.coder("Ben")];
    let group = builder.attribute("Group", AttributeOf::Cases, Some(Role::Group), None);
    let leads = builder.value(group, "Leads");
    let rooms = builder.theme(None, "Rooms");
    let (cold, letters) = (builder.theme(Some(rooms), "Cold"), builder.theme(None, "Letters"));
    let turns = [
        (Some("P"), Voice::Participant, "The room was cold and the letter late"),
        (Some("I"), Voice::Interviewer, "A letter to whom?"),
        (Some("Q"), Voice::Participant, "My letter came to the room, the Letter of all letters"),
    ];
    let cases = [("P", values(&[(group, leads)])), ("Q", Values::new())].map(|(label, own)| builder.case(label, CaseKind::Person, own));
    let sources = ["A", "B"].map(|label| {
        let put = builder.source(label, None, Values::new(), &turns);
        builder.speaker(&put, "I", Voice::Interviewer, None);
        builder.speaker(&put, "P", Voice::Participant, Some(cases[0]));
        builder.speaker(&put, "Q", Voice::Participant, Some(cases[1]));
        put
    });
    Scene { builder, sources, coders, rooms, cold, letters, leads: (group, Some(leads)) }
}

impl Scene {
    fn code(&mut self, source: usize, words: &str, theme: ThemeId, coder: usize) -> crate::study::CodingId {
        let put = self.sources[source].clone();
        self.builder.code(&put, put.span(words), theme, self.coders[coder])
    }

    fn pair(&self, basis: Basis, filter: Filter) -> Leads {
        Leads::Pair { one: self.rooms, other: self.letters, basis, filter }
    }

    fn behind(&self, leads: &Leads) -> Passages {
        behind(&self.builder.study(), &self.builder.blobs, leads, |_, _| true).unwrap().unwrap()
    }

    /// The headings with the words under each.
    fn listed(&self, leads: &Leads) -> Vec<(String, Vec<&str>)> {
        let found = self.behind(leads);
        let text = |source| &self.sources.iter().find(|put| put.id == source).unwrap().text;
        let of =
            |at| found.items.iter().filter(move |passage| passage.heading == at).map(|passage| passage.span.slice(text(passage.source)));
        found.headings.iter().enumerate().map(|(at, heading)| (heading.words.clone(), of(at).collect())).collect()
    }
}

fn under<'a>(heading: &str, words: &[&'a str]) -> (String, Vec<&'a str>) {
    (heading.to_owned(), words.to_vec())
}

const P_SAYS: &str = "The room was cold and the letter late";

#[test]
fn a_pair_is_listed_as_it_is_together() {
    let mut scene = scene();
    scene.code(0, "room was cold", scene.cold, 0);
    scene.code(0, "was cold and the letter", scene.letters, 0);
    scene.code(0, "letter late", scene.rooms, 1);
    scene.code(0, "My letter", scene.letters, 0);
    scene.code(1, "room was", scene.rooms, 0);
    scene.code(1, "My letter", scene.letters, 0);
    let all = Filter::default;
    let listed = |basis, filter| scene.listed(&scene.pair(basis, filter));
    assert_eq!(listed(Basis::Overlap, all()), [under("A", &["was cold", "letter"])], "what they share");
    assert_eq!(listed(Basis::Paragraph, all()), [under("A", &[P_SAYS])], "once, however often they meet in it");
    assert_eq!(
        listed(Basis::Source, all()),
        [under("A", &["room was cold and the letter late", "My letter"]), under("B", &["room was", "My letter"])]
    );
    assert_eq!(
        listed(Basis::Case, all()),
        [under("Leads › P", &["room was cold and the letter late", "room was"])],
        "whoever is heard on one of them alone is not among them"
    );
    let found = scene.behind(&scene.pair(Basis::Overlap, all()));
    assert_eq!(found.items.iter().map(|passage| passage.codings.len()).collect::<Vec<_>>(), [2, 2]);
    // What is left out is left out here too.
    let bens = Filter { coder: Some(scene.coders[1]), ..all() };
    let of_leads = Filter { said_by: Some(scene.leads), ..all() };
    assert_eq!(listed(Basis::Overlap, bens), []);
    assert_eq!(listed(Basis::Source, of_leads), [under("A", &["room was cold and the letter late"])]);
}

#[test]
fn what_follows_goes_to_the_end_of_the_first_that_does() {
    let mut scene = scene();
    scene.code(0, "room was", scene.cold, 0);
    scene.code(0, "the letter late", scene.letters, 0);
    scene.code(0, "My letter", scene.letters, 0);
    scene.code(1, "My letter", scene.letters, 0);
    scene.code(1, "Letter of all", scene.letters, 0);
    let follows = |one, other, paragraphs, bridge| {
        let within = Within { paragraphs, bridge };
        scene.listed(&Leads::Follows { one, other, within, filter: Filter::default() })
    };
    let (rooms, letters) = (scene.rooms, scene.letters);
    assert_eq!(follows(rooms, letters, 9, Bridge::Everything), [under("A", &["room was cold and the letter late"])]);
    assert_eq!(follows(letters, rooms, 9, Bridge::Everything), []);
    let itself = follows(letters, letters, 9, Bridge::Everything);
    assert_eq!((itself.len(), itself[1].clone()), (2, under("B", &["My letter came to the room, the Letter of all"])));
    assert_eq!(follows(letters, letters, 0, Bridge::Nothing).len(), 1, "of one paragraph and one speaker");
}

#[test]
fn themes_sources_and_places_have_what_counts_in_them() {
    let mut scene = scene();
    let contrary = scene.code(0, "room was", scene.cold, 0);
    scene.code(0, "was cold", scene.rooms, 1);
    scene.code(0, "letter late", scene.letters, 1);
    scene.code(1, "My letter", scene.rooms, 0);
    let (put, ann) = (scene.sources[0].clone(), scene.coders[0]);
    scene.builder.contrary(&put, contrary, "", ann);
    let all = Filter::default;
    let theme = Leads::Theme { theme: scene.rooms, filter: all() };
    assert_eq!(scene.listed(&theme), [under("A", &["room was cold"]), under("B", &["My letter"])]);
    let found = scene.behind(&theme);
    assert_eq!(found.items.iter().map(|passage| (passage.codings.len(), passage.contrary)).collect::<Vec<_>>(), [(2, true), (1, false)]);
    assert_eq!((found.headings[0].case, found.headings[0].count), (None, 1));
    let in_other = Leads::ThemeIn { theme: scene.rooms, source: scene.sources[1].id, filter: all() };
    assert_eq!(scene.listed(&in_other), [under("B", &["My letter"])]);
    let bens = Leads::Source { source: put.id, filter: Filter { coder: Some(scene.coders[1]), ..all() } };
    assert_eq!(scene.listed(&bens), [under("A", &["was cold", "letter late"])]);
    let gap = Leads::Stretch { source: put.id, span: put.span("My letter came") };
    assert_eq!(scene.listed(&gap), [under("A", &["My letter came"])]);
    let passage = Leads::Passage { source: put.id, span: put.span("was cold"), theme: scene.rooms, filter: all() };
    let found = scene.behind(&passage);
    assert_eq!(found.items[0].codings.len(), 1, "of the theme without those below it");
    let difference = |scope| Leads::Difference { theme: scene.rooms, scope, source: put.id, span: put.span("was cold"), coders: vec![ann] };
    assert_eq!(scene.behind(&difference(Scope::WithBelow)).items[0].codings, [contrary]);
    assert!(scene.behind(&difference(Scope::Alone)).items[0].codings.is_empty(), "of a theme by itself nothing is of those below it");
    assert_eq!(scene.listed(&Leads::Differences(scene.cold)), [under("A", &["room was"])]);
    // Once a source is reconciled only what was agreed on counts, and coders differ in what they did before.
    let agreed = scene.builder.agreed();
    scene.builder.code(&put, put.span("cold"), scene.rooms, agreed);
    scene.builder.status(&put, agreed, StatusKind::Done);
    assert_eq!(scene.listed(&theme), [under("A", &["cold"]), under("B", &["My letter"])]);
    assert_eq!(scene.listed(&Leads::Differences(scene.cold)), [under("A", &["room was"])]);
}

#[test]
fn a_word_is_listed_where_participants_say_it() {
    let mut scene = scene();
    scene.code(0, "My letter came", scene.letters, 0);
    let word = |said, filter| Leads::Word { word: "letter".to_owned(), said, filter };
    let all = Filter::default;
    assert_eq!(scene.listed(&word(Said::ByAll, all())), ["A", "B"].map(|label| under(label, &["letter", "letter", "Letter"])));
    let by_leads = Said::By(scene.leads.0, scene.leads.1);
    assert_eq!(scene.listed(&word(by_leads, all())), ["A", "B"].map(|label| under(label, &["letter"])));
    let on = scene.behind(&word(Said::On(scene.letters), all()));
    assert_eq!(on.items.iter().map(|passage| passage.span.start).collect::<Vec<_>>(), [scene.sources[0].span("letter came").start]);
}

#[test]
fn a_cell_has_the_passages_of_the_matrix() {
    let mut scene = scene();
    scene.code(0, "room was", scene.cold, 0);
    scene.code(1, "room, the", scene.rooms, 0);
    let study: Study = scene.builder.study();
    let spec = MatrixSpec {
        rows: vec![Axis::Themes],
        columns: vec![Axis::Attribute(scene.leads.0)],
        pages: Vec::new(),
        filter: Filter::default(),
    };
    let counted = matrix(&study, &spec).unwrap();
    let found = scene.listed(&Leads::cell(&counted, 0, Some(0), None).unwrap());
    assert_eq!(found, [under("Leads › P", &["room was"]), under("Group: not stated › Q", &["room, the"])]);
    // There is no such axis any more.
    let gone = MatrixSpec { columns: vec![Axis::Attribute(crate::study::AttributeId::new())], ..spec };
    let gone = Leads::Cell(CellAt { spec: gone, key: counted.key(0, None, None) });
    assert!(matches!(behind(&study, &scene.builder.blobs, &gone, |_, _| true), Err(NotBehind::Axes(_))));
}

#[test]
fn it_can_be_called_off_and_what_is_gone_has_nothing_behind_it() {
    let mut scene = scene();
    scene.code(0, "room was", scene.rooms, 0);
    let study = scene.builder.study();
    let filter = Filter::default;
    let within = Within { paragraphs: 1, bridge: Bridge::Nothing };
    let (theme, source) = (ThemeId(uuid::Uuid::nil()), SourceId::new());
    let everywhere = [
        Leads::Theme { theme, filter: filter() },
        Leads::Pair { one: theme, other: scene.rooms, basis: Basis::Case, filter: filter() },
        Leads::Follows { one: scene.rooms, other: theme, within, filter: filter() },
        Leads::Word { word: "nobody".to_owned(), said: Said::On(theme), filter: filter() },
        Leads::Differences(theme),
    ];
    for leads in &everywhere {
        assert!(scene.behind(leads).items.is_empty(), "{leads:?}");
        assert!(behind(&study, &scene.builder.blobs, leads, |done, _| done < 1).unwrap().is_none(), "{leads:?}");
    }
    let span = Span::new(0, 3);
    let in_one = [
        Leads::ThemeIn { theme: scene.rooms, source, filter: filter() },
        Leads::Source { source, filter: filter() },
        Leads::Stretch { source, span },
        Leads::Passage { source, span, theme, filter: filter() },
        Leads::Difference { theme, scope: Scope::Alone, source, span, coders: scene.coders.to_vec() },
    ];
    for leads in &in_one {
        let found = scene.behind(leads);
        assert!(found.items.is_empty() && found.headings.is_empty(), "{leads:?}");
    }
    let nothing = crate::analysis::testing::Blobs::default();
    assert!(matches!(behind(&study, &nothing, &everywhere[3], |_, _| true), Err(NotBehind::Text(_))));
}

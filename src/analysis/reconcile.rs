//! Where coders of a source differ, and what they have settled.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use crate::study::{CoderId, Coding, CodingId, Material, StatusKind, Study, ThemeId, Verdict};
use crate::text::Span;

/// Where coders stand on one stretch of a source under one theme: their codings of it that share words, of one another or over
/// others between them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Point {
    /// The theme.
    pub theme: ThemeId,
    /// From the first to the last of their words.
    pub span: Span,
    /// The codings of all who coded here, in order of place.
    pub codings: Vec<Coding>,
    /// What of the agreed layer lies here.
    pub agreed: Vec<Span>,
    /// How they stand.
    pub standing: Standing,
}

/// How coders stand on a point.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Standing {
    /// All who work in the source coded the same words, or none.
    Same,
    /// They differ, and nobody has settled it since.
    Differs,
    /// They differed, and it was settled.
    Settled(Verdict),
}

impl Point {
    /// Where a coding is, with nothing on it.
    const fn empty(coding: &Coding) -> Self {
        Self { theme: coding.theme, span: coding.span, codings: Vec::new(), agreed: Vec::new(), standing: Standing::Same }
    }

    /// The codings with their passages: what a verdict is about.
    #[must_use]
    pub fn on(&self) -> BTreeMap<CodingId, Span> {
        self.codings.iter().map(|coding| (coding.id, coding.span)).collect()
    }

    /// The passages of one coder, in order of place.
    #[must_use]
    pub fn of(&self, coder: CoderId) -> Vec<Span> {
        in_order(self.codings.iter().filter(|coding| coding.coder == coder).map(|coding| coding.span))
    }

    /// Every passage, each once, in order of place.
    #[must_use]
    pub fn all(&self) -> Vec<Span> {
        in_order(self.codings.iter().map(|coding| coding.span))
    }

    /// Whether all coded the same, and the agreed layer has something else.
    #[must_use]
    pub fn is_to_take_over(&self) -> bool {
        self.standing == Standing::Same && self.agreed != self.all()
    }

    /// Whether it is yet to be settled.
    #[must_use]
    pub const fn is_open(&self) -> bool {
        matches!(self.standing, Standing::Differs)
    }
}

/// Those who work in a source: they have coded in it, or say that they have read it to the end. The agreed layer is nobody's.
#[must_use]
pub fn coders_of(material: &Material) -> BTreeSet<CoderId> {
    let done = material.statuses.iter().filter(|status| status.status == StatusKind::Done).map(|status| status.coder);
    material.codings.coders().chain(done).filter(|coder| *coder != CoderId::agreed()).collect()
}

/// Every point of a source on which somebody coded or something is agreed, in order of place, then of the codebook; none where fewer
/// than two work in it.
#[must_use]
pub fn points(study: &Study, material: &Material) -> Vec<Point> {
    let mut points = points_where(material, |_| true);
    points.sort_by_cached_key(|point| (point.span.start, study.codebook().line(point.theme), point.span.end));
    points
}

/// The points of one theme, in order of place.
#[must_use]
pub fn points_of(material: &Material, theme: ThemeId) -> Vec<Point> {
    let mut points = points_where(material, |of| of == theme);
    points.sort_by_key(|point| (point.span.start, point.span.end));
    points
}

fn points_where(material: &Material, is_asked: impl Fn(ThemeId) -> bool) -> Vec<Point> {
    let coders = coders_of(material);
    if coders.len() < 2 {
        return Vec::new();
    }
    let codings = || material.codings.iter().map(|coded| &coded.coding).filter(|coding| is_asked(coding.theme));
    let mut themes: HashMap<ThemeId, OfTheme> = HashMap::new();
    for coding in codings().filter(|coding| coders.contains(&coding.coder)) {
        themes.entry(coding.theme).or_default().add_coding(coding);
    }
    for coding in codings().filter(|coding| coding.coder == CoderId::agreed()) {
        themes.entry(coding.theme).or_default().add_agreed(coding);
    }
    let mut points: Vec<Point> = themes.into_values().flat_map(OfTheme::all).collect();
    let verdicts: Verdicts<'_> = material.verdicts.iter().map(|verdict| (verdict.on.as_slice(), verdict)).collect();
    for point in &mut points {
        point.standing = standing(&verdicts, &coders, point);
    }
    points
}

/// The points of a theme, which share no words with one another, in order of place.
#[derive(Default)]
struct OfTheme {
    points: Vec<Point>,
    /// What lies in the agreed layer where nobody codes any more.
    left_behind: Vec<Point>,
}

impl OfTheme {
    /// Takes the next coding of a coder, in order of place.
    fn add_coding(&mut self, coding: &Coding) {
        match self.points.last_mut() {
            Some(point) if point.span.overlaps(coding.span) => {
                point.span = point.span.hull(coding.span);
                point.codings.push(coding.clone());
            }
            _ => self.points.push(Point { codings: vec![coding.clone()], ..Point::empty(coding) }),
        }
    }

    /// Takes the next coding of the agreed layer, once all of coders are there.
    fn add_agreed(&mut self, coding: &Coding) {
        let from = self.points.partition_point(|point| point.span.end <= coding.span.start);
        let on = self.points.iter_mut().skip(from).take_while(|point| point.span.overlaps(coding.span));
        if on.map(|point| point.agreed.push(coding.span)).count() == 0 {
            self.left_behind.push(Point { agreed: vec![coding.span], ..Point::empty(coding) });
        }
    }

    fn all(self) -> impl Iterator<Item = Point> {
        let each_once = |point: Point| Point { agreed: in_order(point.agreed.into_iter()), ..point };
        self.points.into_iter().chain(self.left_behind).map(each_once)
    }
}

/// Passages each once, in one order wherever they come from.
fn in_order(spans: impl Iterator<Item = Span>) -> Vec<Span> {
    spans.collect::<BTreeSet<_>>().into_iter().collect()
}

/// Verdicts by the codings they are about.
type Verdicts<'a> = HashMap<&'a [(CodingId, Span)], &'a Verdict>;

fn standing(verdicts: &Verdicts<'_>, coders: &BTreeSet<CoderId>, point: &Point) -> Standing {
    // Where fewer coded than work in the source, they differ.
    let all = point.all();
    if point.codings.is_empty() || point.codings.len() >= coders.len() && coders.iter().all(|coder| point.of(*coder) == all) {
        return Standing::Same;
    }
    let on: Vec<_> = point.on().into_iter().collect();
    verdicts.get(on.as_slice()).map_or(Standing::Differs, |verdict| Standing::Settled((*verdict).clone()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::testing::{Builder, Put};
    use crate::study::Values;
    use crate::text::Voice;

    struct Scene {
        builder: Builder,
        source: Put,
        ann: CoderId,
        ben: CoderId,
        rooms: ThemeId,
        letters: ThemeId,
    }

    fn scene() -> Scene {
        let mut builder = Builder::new();
        let (ann, ben) = (builder.coder("Ann"), builder.coder("Ben"));
        let (rooms, letters) = (builder.theme(None, "Rooms"), builder.theme(None, "Letters"));
        let words = "The room was cold and the letters came late to us";
        let source = builder.source("A", None, Values::new(), &[(None, Voice::Participant, words)]);
        Scene { builder, source, ann, ben, rooms, letters }
    }

    impl Scene {
        fn code(&mut self, words: &str, theme: ThemeId, coder: CoderId) -> CodingId {
            let span = self.source.span(words);
            self.builder.code(&self.source.clone(), span, theme, coder)
        }

        fn points(&self) -> Vec<Point> {
            let study = self.builder.study();
            points(&study, &study.materials()[0])
        }
    }

    #[test]
    fn codings_of_a_theme_that_share_words_are_one_point() {
        let mut scene = scene();
        scene.code("room was", scene.rooms, scene.ann);
        scene.code("was cold", scene.rooms, scene.ben);
        scene.code("cold and", scene.rooms, scene.ann);
        scene.code("letters came", scene.letters, scene.ben);
        scene.code("letters came", scene.letters, scene.ann);
        scene.code("to us", scene.rooms, scene.ben);
        let points = scene.points();
        let spans: Vec<Span> = points.iter().map(|point| point.span).collect();
        assert_eq!(spans, ["room was cold and", "letters came", "to us"].map(|words| scene.source.span(words)));
        assert_eq!(points[0].of(scene.ann), ["room was", "cold and"].map(|words| scene.source.span(words)));
        let standing: Vec<bool> = points.iter().map(Point::is_open).collect();
        assert_eq!(standing, [true, false, true]);
        assert_eq!(points[1].standing, Standing::Same);
    }

    #[test]
    fn codings_within_one_another_are_the_same_where_both_have_them() {
        let mut scene = scene();
        for coder in [scene.ann, scene.ben] {
            scene.code("room was cold", scene.rooms, coder);
            scene.code("room", scene.rooms, coder);
        }
        assert_eq!(scene.points().iter().map(|point| &point.standing).collect::<Vec<_>>(), [&Standing::Same]);
    }

    #[test]
    fn one_coder_alone_has_nobody_to_differ_from_until_somebody_has_read_it_too() {
        let mut scene = scene();
        scene.code("room was", scene.rooms, scene.ann);
        assert_eq!(scene.points(), []);
        scene.builder.status(&scene.source.clone(), scene.ben, StatusKind::Coding);
        assert_eq!(scene.points(), []);
        scene.builder.status(&scene.source.clone(), scene.ben, StatusKind::Done);
        assert!(scene.points()[0].is_open());
    }

    #[test]
    fn the_agreed_layer_lies_on_the_points_and_settles_none() {
        let mut scene = scene();
        let agreed = scene.builder.agreed();
        scene.code("room was", scene.rooms, scene.ann);
        scene.code("letters", scene.letters, scene.ben);
        scene.code("letters", scene.letters, scene.ann);
        scene.code("room", scene.rooms, agreed);
        scene.code("late", scene.letters, agreed);
        let points = scene.points();
        let found: Vec<_> = points.iter().map(|point| (point.agreed.clone(), point.is_open(), point.is_to_take_over())).collect();
        let (room, late) = (scene.source.span("room"), scene.source.span("late"));
        // What all coded is to be taken over, and what nobody codes is to go.
        assert_eq!(found, [(vec![room], true, false), (vec![], false, true), (vec![late], false, true)]);
    }

    #[test]
    fn a_verdict_holds_as_long_as_the_codings_are_where_they_were() {
        let mut scene = scene();
        let first = scene.code("room was", scene.rooms, scene.ann);
        let second = scene.code("was cold", scene.rooms, scene.ben);
        let on = scene.points()[0].on();
        assert_eq!(on.keys().copied().collect::<BTreeSet<_>>(), BTreeSet::from([first, second]));
        let verdict = Verdict::over(scene.source.id, &on, scene.ann, 7);
        scene.builder.put(verdict.clone());
        assert_eq!(scene.points()[0].standing, Standing::Settled(verdict));
        scene.code("cold and", scene.rooms, scene.ben);
        assert!(scene.points()[0].is_open(), "what was settled was about two codings");
    }
}

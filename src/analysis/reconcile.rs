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
    let coders = coders_of(material);
    if coders.len() < 2 {
        return Vec::new();
    }
    let mut open: BTreeMap<ThemeId, Point> = BTreeMap::new();
    let mut points = Vec::new();
    for coding in material.codings.iter().map(|coded| &coded.coding).filter(|coding| coders.contains(&coding.coder)) {
        match open.get_mut(&coding.theme) {
            Some(point) if point.span.overlaps(coding.span) => {
                point.span = Span::new(point.span.start, point.span.end.max(coding.span.end));
                point.codings.push(coding.clone());
            }
            _ => {
                let (theme, span) = (coding.theme, coding.span);
                let point = Point { theme, span, codings: vec![coding.clone()], agreed: Vec::new(), standing: Standing::Differs };
                points.extend(open.insert(theme, point));
            }
        }
    }
    points.extend(open.into_values());
    points.extend(left_behind(material, &points));
    points.sort_by_key(|point| (point.span.start, study.codebook().line(point.theme), point.span.end));
    let verdicts: Verdicts<'_> = material.verdicts.iter().map(|verdict| (verdict.on.as_slice(), verdict)).collect();
    for point in &mut points {
        point.agreed = agreed_in(material, point.theme, point.span);
        point.standing = standing(&verdicts, &coders, point);
    }
    points
}

/// Points of what lies in the agreed layer where nobody codes any more.
fn left_behind(material: &Material, points: &[Point]) -> Vec<Point> {
    let agreed = material.codings.iter().map(|coded| &coded.coding).filter(|coding| coding.coder == CoderId::agreed());
    // Points of a theme share no words, and come in order.
    let mut of_theme: HashMap<ThemeId, Vec<Span>> = HashMap::new();
    for point in points {
        of_theme.entry(point.theme).or_default().push(point.span);
    }
    let is_on = |coding: &&Coding| {
        let spans = of_theme.get(&coding.theme).map_or(&[][..], Vec::as_slice);
        let next = spans.get(spans.partition_point(|span| span.end <= coding.span.start));
        next.is_some_and(|span| span.overlaps(coding.span))
    };
    let alone = agreed.filter(|coding| !is_on(coding));
    let point = |coding: &Coding| {
        let (theme, span) = (coding.theme, coding.span);
        Point { theme, span, codings: Vec::new(), agreed: Vec::new(), standing: Standing::Same }
    };
    alone.map(point).collect()
}

/// The passages of the agreed layer of a theme that share words with `span`.
fn agreed_in(material: &Material, theme: ThemeId, span: Span) -> Vec<Span> {
    let codings = material.codings_over(span).map(|coded| &coded.coding);
    in_order(codings.filter(|coding| coding.coder == CoderId::agreed() && coding.theme == theme).map(|coding| coding.span))
}

/// Passages each once, in one order wherever they come from.
fn in_order(spans: impl Iterator<Item = Span>) -> Vec<Span> {
    spans.collect::<BTreeSet<_>>().into_iter().collect()
}

/// Verdicts by the codings they are about.
type Verdicts<'a> = HashMap<&'a [(CodingId, Span)], &'a Verdict>;

fn standing(verdicts: &Verdicts<'_>, coders: &BTreeSet<CoderId>, point: &Point) -> Standing {
    let all = point.all();
    if coders.iter().all(|coder| point.of(*coder) == all) {
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

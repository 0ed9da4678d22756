use std::collections::BTreeMap;

use super::passages::{Passage, Stretches};
use crate::analysis::layer::Layer;
use crate::analysis::lines::Lines;
use crate::analysis::matrix::Filter;
use crate::study::{CaseId, Material, Study, ThemeId};
use crate::text::Voice;

/// What may lie between two passages that follow one another.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Bridge {
    /// Nothing but words of the same speaker.
    #[default]
    Nothing,
    /// Other participants' words, but not the interviewer's: one answer of a group.
    Speakers,
    /// Everything.
    Everything,
}

/// How near two passages have to be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Within {
    /// So many paragraphs further on at most; 0 is the same paragraph.
    pub paragraphs: u32,
    /// What may lie between.
    pub bridge: Bridge,
}

/// How often one theme follows another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Follows {
    /// What comes first.
    pub first: ThemeId,
    /// What follows.
    pub then: ThemeId,
    /// How many passages of the first there are.
    pub of_first: u32,
    /// After how many of them the other follows.
    pub followed: u32,
}

/// Every two themes of which one follows the other somewhere, in the order of the lines: a passage of the one begins where or after
/// a passage of the other has ended, near enough. A theme may follow itself, but not one below or above it.
#[must_use]
pub fn sequence(study: &Study, lines: &Lines, filter: &Filter, within: Within) -> Vec<Follows> {
    sequence_while(study, lines, filter, within, |_, _| true).unwrap_or_default()
}

/// The same as long as `go_on` says so, which is asked before each source with how many are done and how many there are; nothing once it
/// does not.
pub fn sequence_while(
    study: &Study,
    lines: &Lines,
    filter: &Filter,
    within: Within,
    mut go_on: impl FnMut(usize, usize) -> bool,
) -> Option<Vec<Follows>> {
    let layer = Layer::new(study, filter);
    let mut stretches = Stretches::new(lines);
    let mut counts = vec![0_u32; lines.themes().len()];
    let mut followed: BTreeMap<(u32, u32), u32> = BTreeMap::new();
    let sources: Vec<_> = layer.sources().collect();
    for (done, source) in sources.iter().enumerate() {
        if !go_on(done, sources.len()) {
            return None;
        }
        let codings = layer.codings(source).0;
        let passages = stretches.passages(lines, &codings);
        let places = Places::of(source.material, within.bridge);
        for passage in &passages {
            if let Some(count) = counts.get_mut(passage.line as usize) {
                *count += 1;
            }
            for line in lines_of(following(&passages, passage, &places, within.paragraphs)) {
                *followed.entry((passage.line, line)).or_default() += 1;
            }
        }
    }
    let theme = |line: u32| lines.themes().get(line as usize).copied();
    let follows = |((first, then), followed): ((u32, u32), u32)| {
        let of_first = counts.get(first as usize).copied().unwrap_or(0);
        Some(Follows { first: theme(first)?, then: theme(then)?, of_first, followed })
    };
    Some(followed.into_iter().filter(|((first, then), _)| !lines.are_nested(*first, *then)).filter_map(follows).collect())
}

/// What begins after a passage, near enough, by where it begins.
pub fn following<'p>(passages: &'p [Passage], passage: &Passage, places: &Places<'_>, most: u32) -> impl Iterator<Item = &'p Passage> {
    let from = passages.partition_point(|other| other.span.start < passage.span.end);
    let end = places.at(passage.span.end.saturating_sub(1));
    let near = move |other: &&Passage| {
        let start = places.at(other.span.start);
        start.0 <= end.0.saturating_add(most) && start.1 == end.1
    };
    passages.get(from..).unwrap_or_default().iter().take_while(near)
}

/// The lines of passages, each once.
fn lines_of<'p>(passages: impl Iterator<Item = &'p Passage>) -> Vec<u32> {
    let mut lines: Vec<u32> = passages.map(|passage| passage.line).collect();
    lines.sort_unstable();
    lines.dedup();
    lines
}

/// Where a source's paragraphs stand: which of them are of one piece that may be bridged.
pub struct Places<'a> {
    material: &'a Material,
    /// By paragraph, the number of its piece.
    pieces: Vec<u32>,
}

impl<'a> Places<'a> {
    pub fn of(material: &'a Material, bridge: Bridge) -> Self {
        let (mut pieces, mut piece) = (Vec::new(), 0);
        let mut before: Option<(Voice, Option<CaseId>, u16)> = None;
        for paragraph in material.geometry.paragraphs() {
            let (voice, case) = material.speaker_of(paragraph);
            // A heading between two paragraphs of one answer is nobody's.
            if voice == Voice::Furniture {
                pieces.push(piece);
                continue;
            }
            let speaks = (voice, case, paragraph.speaker);
            let parted = match bridge {
                Bridge::Everything => false,
                Bridge::Speakers => before.is_some_and(|(other, ..)| (other == Voice::Participant) != (voice == Voice::Participant)),
                Bridge::Nothing => before.is_some_and(|other| other != speaks),
            };
            piece += u32::from(parted);
            pieces.push(piece);
            before = Some(speaks);
        }
        Self { material, pieces }
    }

    /// The paragraph that an offset lies in, or the next, and its piece.
    fn at(&self, offset: u32) -> (u32, u32) {
        let paragraph = self.material.geometry.paragraph_at(offset).unwrap_or(self.pieces.len());
        let piece = self.pieces.get(paragraph).copied().unwrap_or(u32::MAX);
        (u32::try_from(paragraph).unwrap_or(u32::MAX), piece)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::lines::Scope;
    use crate::analysis::testing::{Builder, Put};
    use crate::study::{CaseKind, CoderId, Values};

    struct Scene {
        builder: Builder,
        put: Put,
        ann: CoderId,
        rooms: ThemeId,
        letters: ThemeId,
    }

    /// A talk of two participants and an interviewer.
    fn scene() -> Scene {
        let mut builder = Builder::new();
        let ann = builder.coder("Ann");
        let (rooms, letters) = (builder.theme(None, "Rooms"), builder.theme(None, "Letters"));
        let turns = [
            (Some("P"), Voice::Participant, "The room was cold and the letter late"),
            (Some("P"), Voice::Participant, "Another letter came"),
            (Some("Q"), Voice::Participant, "My letter came in time"),
            (Some("I"), Voice::Interviewer, "And the rooms?"),
            (Some("P"), Voice::Participant, "No letters there"),
        ];
        let put = builder.source("A", None, Values::new(), &turns);
        for label in ["P", "Q"] {
            let case = builder.case(label, CaseKind::Person, Values::new());
            builder.speaker(&put, label, Voice::Participant, Some(case));
        }
        builder.speaker(&put, "I", Voice::Interviewer, None);
        Scene { builder, put, ann, rooms, letters }
    }

    impl Scene {
        fn code(&mut self, words: &str, theme: ThemeId) {
            self.builder.code(&self.put.clone(), self.put.span(words), theme, self.ann);
        }

        /// How many passages on rooms there are, and after how many one on letters follows.
        fn found(&self, paragraphs: u32, bridge: Bridge) -> Option<(u32, u32)> {
            let study = self.builder.study();
            let lines = Lines::all(study.codebook(), Scope::WithBelow);
            let all = sequence(&study, &lines, &Filter::default(), Within { paragraphs, bridge });
            let found = all.iter().find(|follows| follows.first == self.rooms && follows.then == self.letters)?;
            Some((found.of_first, found.followed))
        }
    }

    #[test]
    fn what_follows_begins_where_the_other_has_ended() {
        let mut scene = scene();
        scene.code("The room was", scene.rooms);
        scene.code("the letter late", scene.letters);
        assert_eq!(scene.found(0, Bridge::Nothing), Some((1, 1)));
        let mut scene = self::scene();
        scene.code("room was cold and the letter", scene.rooms);
        scene.code("the letter late", scene.letters);
        assert_eq!(scene.found(9, Bridge::Everything), None, "what overlaps does not follow");
    }

    #[test]
    fn it_is_near_enough_and_bridges_no_other_speaker_unless_asked() {
        let mut scene = scene();
        scene.code("room was", scene.rooms);
        scene.code("Another letter", scene.letters);
        assert_eq!((scene.found(0, Bridge::Nothing), scene.found(1, Bridge::Nothing)), (None, Some((1, 1))));
        let mut scene = self::scene();
        scene.code("room was", scene.rooms);
        scene.code("My letter", scene.letters);
        assert_eq!((scene.found(2, Bridge::Nothing), scene.found(2, Bridge::Speakers)), (None, Some((1, 1))));
        let mut scene = self::scene();
        scene.code("room was", scene.rooms);
        scene.code("No letters", scene.letters);
        assert_eq!((scene.found(9, Bridge::Speakers), scene.found(3, Bridge::Everything)), (None, None));
        assert_eq!(scene.found(4, Bridge::Everything), Some((1, 1)));
    }

    #[test]
    fn a_passage_is_followed_once_however_much_follows() {
        let mut scene = scene();
        scene.code("room was", scene.rooms);
        scene.code("the letter late", scene.letters);
        scene.code("Another letter", scene.letters);
        scene.code("came in time", scene.rooms);
        assert_eq!(scene.found(1, Bridge::Nothing), Some((2, 1)));
    }
}

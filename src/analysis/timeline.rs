//! One text from its beginning to its end: which theme is spoken of where, and who speaks.

use super::cooccurrence::passages::Stretches;
use super::layer::Layer;
use super::lines::{Lines, Scope};
use super::matrix::Filter;
use crate::study::{SourceId, Study, ThemeId};
use crate::text::{Span, Voice};

/// A stretch of a text, with the words before its beginning and its end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Stretch {
    /// Where it is in the version that is read.
    pub span: Span,
    /// How many words of the text lie before it.
    pub from: u32,
    /// The same with its own.
    pub until: u32,
}

/// A theme with its passages in a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Lane {
    /// The theme, without those below it.
    pub theme: ThemeId,
    /// Its passages, in order.
    pub passages: Vec<Stretch>,
}

/// A text with what is spoken of in it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Timeline {
    /// The source.
    pub source: SourceId,
    /// What is left out of what is spoken of.
    pub filter: Filter,
    /// How many words it has, whoever says them.
    pub words: u32,
    /// The themes that are spoken of in it, in the order of the codebook.
    pub lanes: Vec<Lane>,
    /// What is not said by a participant: the words of interviewers, authors and furniture, in order.
    pub others: Vec<Stretch>,
    /// Where each paragraph begins, in words.
    pub paragraphs: Vec<u32>,
}

/// What is spoken of where in a source; `None` where there is no such source, or the filter leaves it out. A theme stands for itself:
/// what is coded with those below it is in their lanes.
#[must_use]
pub fn timeline(study: &Study, filter: &Filter, source: SourceId) -> Option<Timeline> {
    let themes = Lines::all(study.codebook(), Scope::Alone);
    let layer = Layer::new(study, filter);
    let counted = layer.sources().find(|counted| counted.material.source.id == source)?;
    let material = counted.material;
    let geometry = &material.geometry;
    let before = |offset: u32| geometry.words_in(Span::new(0, offset));
    let stretch = |span: Span| {
        let from = before(span.start);
        Stretch { span, from, until: from + geometry.words_in(span) }
    };
    let mut lanes: Vec<Lane> = themes.themes().iter().map(|theme| Lane { theme: *theme, passages: Vec::new() }).collect();
    for passage in Stretches::new(&themes).passages(&themes, &layer.codings(&counted).0) {
        if let Some(lane) = lanes.get_mut(passage.line as usize) {
            lane.passages.push(stretch(passage.span));
        }
    }
    lanes.retain(|lane| !lane.passages.is_empty());
    let others = geometry.paragraphs().iter().filter(|paragraph| material.speaker_of(paragraph).0 != Voice::Participant);
    Some(Timeline {
        source,
        filter: filter.clone(),
        words: before(geometry.text_len()),
        lanes,
        others: others.map(|paragraph| stretch(paragraph.span)).filter(|stretch| stretch.until > stretch.from).collect(),
        paragraphs: geometry.paragraphs().iter().map(|paragraph| before(paragraph.span.start)).collect(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::testing::Builder;
    use crate::study::Values;

    #[test]
    fn themes_lie_where_they_are_spoken_of_and_others_speak_in_between() {
        let mut b = Builder::new();
        let ann = b.coder("Ann");
        let care = b.theme(None, "Care");
        let costs = b.theme(Some(care), "Costs");
        b.theme(None, "Never");
        let put = b.source(
            "A",
            None,
            Values::new(),
            &[
                (Some("I"), Voice::Interviewer, "What does it cost?"),
                (Some("P"), Voice::Participant, "Care costs too much"),
                (Some("I"), Voice::Interviewer, "And then?"),
                (Some("P"), Voice::Participant, "Nobody pays"),
            ],
        );
        b.speaker(&put, "I", Voice::Interviewer, None);
        b.speaker(&put, "P", Voice::Participant, None);
        b.code(&put, put.span("costs too much"), costs, ann);
        b.code(&put, put.span("too much"), costs, ann);
        b.code(&put, put.span("Nobody pays"), care, ann);
        let study = b.study();
        let found = timeline(&study, &Filter::default(), put.id).unwrap();
        let lanes: Vec<_> = found.lanes.iter().map(|lane| (lane.theme, lane.passages.len())).collect();
        assert_eq!(lanes, [(care, 1), (costs, 1)], "a theme nobody speaks of has no lane");
        let words = |lane: usize| (found.lanes[lane].passages[0].from, found.lanes[lane].passages[0].until);
        let at = |what: &str| study.materials()[0].geometry.words_in(Span::new(0, put.span(what).start));
        assert_eq!(words(1), (at("costs too much"), at("costs too much") + 3));
        assert_eq!(words(0), (at("Nobody"), at("Nobody") + 2));
        assert_eq!((found.others.len(), found.paragraphs.len()), (2, 4));
        assert!(found.words >= words(0).1);
        assert_eq!(timeline(&study, &Filter::default(), SourceId::new()), None);
    }
}

//! Everybody who is heard: the labels of every source, words without a label, words given to a case by hand.

use std::collections::HashMap;

use crate::exchange::import::Part;
use crate::study::{CaseId, CaseSpan, CaseSpanId, Material, SourceId, Speaker, SpeakerId, Study};
use crate::text::{NO_SPEAKER, Paragraph, ParagraphKind, Span, Voice, fold};

/// Who is heard in a source.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum Who {
    /// Whoever has this label.
    Label(SpeakerId),
    /// Whoever says what has no label.
    Nobody,
    /// Whoever was given these words by hand.
    Given(CaseSpanId),
}

/// A voice in a source.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) struct Heard {
    pub(super) source: SourceId,
    pub(super) who: Who,
}

impl Heard {
    /// The label, if it is one that is there.
    pub(super) fn speaker(self, study: &Study) -> Option<&Speaker> {
        let Who::Label(id) = self.who else { return None };
        study.material(self.source)?.speakers.iter().find(|speaker| speaker.id == id)
    }

    /// The words given by hand, if they are there.
    pub(super) fn given(self, study: &Study) -> Option<&CaseSpan> {
        let Who::Given(id) = self.who else { return None };
        study.material(self.source)?.case_spans.iter().find(|given| given.id == id)
    }

    /// The case behind it; none is *Not stated*.
    pub(super) fn case(self, study: &Study) -> Option<CaseId> {
        match self.who {
            Who::Label(_) => self.speaker(study)?.case,
            Who::Nobody => study.material(self.source)?.source.case,
            Who::Given(_) => self.given(study).map(|given| given.case),
        }
    }

    /// What it is.
    pub(super) fn part(self, study: &Study) -> Part {
        let voice = self.speaker(study).map_or(Voice::Participant, |speaker| speaker.voice);
        Part::of(voice, self.case(study).and_then(|case| study.case(case)).map(|case| case.kind))
    }

    /// How it is called in the list.
    pub(super) fn name(self, study: &Study) -> String {
        let paragraph = |given: &CaseSpan| study.material(self.source)?.geometry.paragraph_at(given.span.start).map(|index| index + 1);
        match self.who {
            Who::Label(_) => self.speaker(study).map(|speaker| speaker.label.clone()).unwrap_or_default(),
            Who::Nobody => "(no label)".to_owned(),
            Who::Given(_) => format!("(by hand) ¶ {}", self.given(study).and_then(paragraph).unwrap_or(1)),
        }
    }
}

/// How much somebody says.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Said {
    pub(super) turns: usize,
    pub(super) words: u32,
    /// The first of it.
    pub(super) first: Option<Span>,
}

impl Said {
    fn add(&mut self, material: &Material, span: Span) {
        self.turns += 1;
        self.words += material.geometry.words_in(span);
        self.first.get_or_insert(span);
    }
}

/// Everybody who is heard, source by source. It takes a walk over all paragraphs, so a job makes it.
#[derive(Default)]
pub(super) struct Roll {
    /// Each with the words of its row, folded.
    lines: Vec<(Heard, String)>,
    said: HashMap<Heard, Said>,
    /// How many there are, and of how many of them it is not stated who they are.
    pub(super) summary: String,
}

impl Roll {
    /// Calls the roll of a study.
    pub(super) fn of(study: &Study) -> Self {
        let mut roll = Self::default();
        let mut unstated = 0;
        for material in study.materials() {
            for (heard, said) in heard_in(material) {
                let case = heard.case(study).and_then(|case| study.case(case)).map_or("", |case| case.label.as_str());
                let part = heard.part(study);
                unstated += usize::from(case.is_empty() && part.takes_part());
                let name = heard.name(study);
                let cells = [material.source.label.as_str(), &material.source.title, &name, part.name(), case];
                roll.lines.push((heard, fold(&cells.join("\n"))));
                roll.said.insert(heard, said);
            }
        }
        let speakers = roll.lines.len();
        let count = if speakers == 1 { "1 speaker".to_owned() } else { format!("{speakers} speakers") };
        roll.summary = if unstated == 0 { count } else { format!("{count}, {unstated} of them not stated") };
        roll
    }

    /// Those whose rows hold every word of `filter`.
    pub(super) fn fitting(&self, filter: &str) -> Vec<Heard> {
        let words: Vec<String> = filter.split_whitespace().map(fold).collect();
        let fits = |(_, row): &&(Heard, String)| words.iter().all(|word| row.contains(word));
        self.lines.iter().filter(fits).map(|(heard, _)| *heard).collect()
    }

    /// How much one of them says.
    pub(super) fn said(&self, heard: Heard) -> Said {
        self.said.get(&heard).copied().unwrap_or_default()
    }

    /// Whether nobody is heard at all.
    pub(super) const fn is_empty(&self) -> bool {
        self.lines.is_empty()
    }
}

/// Those heard in a source: its labels, then who has none, then words given by hand.
fn heard_in(material: &Material) -> Vec<(Heard, Said)> {
    let source = material.source.id;
    let spoken = || material.geometry.paragraphs().iter().filter(|paragraph| paragraph.kind != ParagraphKind::Furniture);
    let mut by_label: HashMap<u16, Said> = HashMap::new();
    for paragraph in spoken().filter(|paragraph| paragraph.speaker != NO_SPEAKER) {
        by_label.entry(paragraph.speaker).or_default().add(material, paragraph.span);
    }
    let mut nobody = Said::default();
    let unnamed = |paragraph: &&Paragraph| paragraph.speaker == NO_SPEAKER && paragraph.voice == Voice::Participant;
    spoken().filter(unnamed).for_each(|paragraph| nobody.add(material, paragraph.span));
    let labels = material.geometry.labels();
    let said = |label: &str| {
        let index = labels.iter().position(|known| **known == *label).and_then(|index| u16::try_from(index).ok());
        index.and_then(|index| by_label.get(&index)).copied().unwrap_or_default()
    };
    let mut heard: Vec<(Heard, Said)> =
        material.speakers.iter().map(|speaker| (Heard { source, who: Who::Label(speaker.id) }, said(&speaker.label))).collect();
    // In the order in which they come up: it stays whatever is said of them.
    heard.sort_by_key(|(_, said)| said.first.map_or(u32::MAX, |first| first.start));
    if nobody.turns > 0 || material.source.case.is_some() || heard.is_empty() {
        heard.push((Heard { source, who: Who::Nobody }, nobody));
    }
    heard.extend(material.case_spans.iter().map(|given| {
        let mut said = Said::default();
        said.add(material, given.span);
        (Heard { source, who: Who::Given(given.id) }, said)
    }));
    heard
}

use std::collections::BTreeSet;

use crate::study::{CaseId, Material, SourceForm, SourceId, Study, ThemeId};
use crate::text::{Match, Span, Voice};

/// Where quoted words stand in a source, and whose they are.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Place {
    /// The source.
    pub source: SourceId,
    /// The words in the text that is read, in order; what the quotation leaves out lies between them.
    pub spans: Vec<Span>,
    /// Index of the paragraph in which they begin.
    pub paragraph: usize,
    /// The cases that said them, each once, in the order in which they speak. `None` is *Not stated*.
    pub cases: Vec<Option<CaseId>>,
    /// How many of the words are a participant's.
    pub participant_words: u32,
    /// How many are of whoever asks the questions.
    pub interviewer_words: u32,
    /// How many are of the author of a report.
    pub author_words: u32,
    /// Themes of the codings that share a byte with the words, in the order of the codebook.
    pub themes: Vec<ThemeId>,
    /// Whether any of the words was marked to be quoted.
    pub quote_marked: bool,
}

impl Place {
    /// The place of a match in its source.
    pub(super) fn of(study: &Study, material: &Material, found: &Match) -> Self {
        let spans = found.spans();
        let mut cases: Vec<Option<CaseId>> = Vec::new();
        let mut participant_words = 0;
        let (mut interviewer_words, mut author_words) = (0, 0);
        for span in &spans {
            for part in material.parts_of(*span) {
                let case = material.case(part.case);
                participant_words += material.geometry.words_in(part.span);
                if !cases.contains(&case) {
                    cases.push(case);
                }
            }
            let paragraphs = material.geometry.paragraphs().get(material.geometry.paragraphs_in(*span)).unwrap_or_default();
            for paragraph in paragraphs {
                let words = paragraph.span.intersection(*span).map_or(0, |inside| material.geometry.words_in(inside));
                match material.speaker_of(paragraph).0 {
                    Voice::Interviewer => interviewer_words += words,
                    Voice::Author => author_words += words,
                    Voice::Participant | Voice::Furniture => {}
                }
            }
        }
        let first = spans.first().map_or(0, |span| material.geometry.paragraphs_in(*span).start);
        let coded: BTreeSet<ThemeId> = spans.iter().flat_map(|span| material.codings_over(*span)).map(|coded| coded.coding.theme).collect();
        let themes = study.codebook().themes().map(|theme| theme.id).filter(|theme| coded.contains(theme)).collect();
        let quote_marked = material.quote_marks.iter().any(|mark| spans.iter().any(|span| mark.span.overlaps(*span)));
        Self {
            source: material.source.id,
            spans,
            paragraph: first,
            cases,
            participant_words,
            interviewer_words,
            author_words,
            themes,
            quote_marked,
        }
    }

    /// Whether no word is a participant's.
    #[must_use]
    pub const fn is_nobodys(&self) -> bool {
        self.participant_words == 0
    }

    /// Whether the words are of several people, or of the one who asks and the one who answers.
    #[must_use]
    pub fn is_joined(&self) -> bool {
        let others = [self.interviewer_words, self.author_words].iter().filter(|words| **words > 0).count();
        self.cases.len() + others > 1
    }

    /// Of several places that say the same, those come first where somebody speaks for themselves.
    pub(super) fn rank(&self, study: &Study) -> (bool, bool) {
        let is_report = study.material(self.source).is_some_and(|material| material.source.form == SourceForm::Report);
        (self.is_nobodys(), is_report)
    }
}

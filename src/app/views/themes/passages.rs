//! The passages of a theme, gathered once for each study.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::app::Seen;
use crate::app::context::Cx;
use crate::app::state::State;
use crate::app::user_error::UserError;
use crate::study::{CodingId, SourceId, Study, ThemeId};
use crate::text::{Span, Texts, fold};

/// Words under a theme.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Passage {
    /// The source.
    pub source: SourceId,
    /// The words, in the text that is read.
    pub span: Span,
    /// Every coding of them by the theme.
    pub codings: Vec<CodingId>,
    /// "FIF-TL2, ¶ 12".
    pub place: String,
    /// Who coded them, by initials.
    pub coders: String,
    /// How they begin, in one line.
    pub begins: String,
    /// Place and beginning, folded.
    folded: String,
}

impl Passage {
    /// Whether each of these folded words stands in its place or its beginning.
    pub fn holds(&self, words: &[String]) -> bool {
        words.iter().all(|word| self.folded.contains(word))
    }
}

/// The passages of one theme.
#[derive(Clone, Debug, Default)]
pub struct Passages {
    /// The passages in order of sources and places.
    pub items: Arc<[Passage]>,
    /// Codings of the theme whose words were corrected away.
    pub broken: usize,
}

/// What was gathered, and for what.
#[derive(Default)]
pub struct Gathered {
    of: Option<(Seen, ThemeId)>,
    /// The passages, once they are there.
    pub passages: Option<Passages>,
}

/// How much of a passage is shown in a line, in bytes.
const SHOWN: u32 = 320;

impl Gathered {
    /// Gathers again in a job of this slot when the study or the theme is another; the old ones stand until then. With
    /// `below` those of the themes below it too.
    pub fn keep_up(
        &mut self,
        cx: &mut Cx<'_>,
        theme: ThemeId,
        below: bool,
        slot: &'static str,
        then: impl FnOnce(&mut State, Passages) + Send + 'static,
    ) {
        let Some(texts) = cx.project.map(|project| Arc::clone(&project.texts)) else { return };
        if self.of.as_ref().is_some_and(|(seen, of)| seen.is(cx.study) && *of == theme) {
            return;
        }
        if self.of.as_ref().is_some_and(|(_, of)| *of != theme) {
            self.passages = None;
        }
        self.of = Some((Seen::of(cx.study), theme));
        let study = Arc::clone(cx.study);
        cx.job(slot, "", move |_| gather(&study, texts.as_ref(), theme, below), then);
    }
}

fn gather(study: &Study, texts: &dyn Texts, theme: ThemeId, below: bool) -> Result<Passages, UserError> {
    let book = study.codebook();
    let wanted = |other: ThemeId| if below { book.is_within(other, theme) } else { other == theme };
    let (mut items, mut broken) = (Vec::new(), 0);
    for material in study.materials() {
        broken += material.broken.codings.iter().filter(|coding| wanted(coding.theme)).count();
        let mut found: BTreeMap<(u32, u32), Vec<_>> = BTreeMap::new();
        for coding in material.codings.iter().map(|coded| &coded.coding).filter(|coding| wanted(coding.theme)) {
            found.entry((coding.span.start, coding.span.end)).or_default().push(coding);
        }
        let Some(revision) = material.revision().filter(|_| !found.is_empty()) else { continue };
        let text = texts.text(revision.text).map_err(|error| {
            UserError::new("The passages cannot be read.", "Check the project: the menu at its name has it.").because(&error)
        })?;
        for codings in found.into_values() {
            let Some(first) = codings.first() else { continue };
            let span = first.span;
            let shown = Span::new(span.start, span.end.min(span.start + SHOWN)).on_boundaries(&text);
            let begins = shown.slice(&text).split_whitespace().collect::<Vec<_>>().join(" ");
            let paragraph = material.geometry.paragraph_at(span.start).map_or(0, |at| at + 1);
            let place = format!("{}, ¶ {paragraph}", material.source.label);
            let mut initials: Vec<&str> =
                codings.iter().filter_map(|coding| study.coders().get(&coding.coder)).map(|coder| coder.initials.as_str()).collect();
            initials.dedup();
            items.push(Passage {
                source: material.source.id,
                span,
                codings: codings.iter().map(|coding| coding.id).collect(),
                folded: fold(&format!("{place} {begins}")),
                coders: initials.join(", "),
                place,
                begins,
            });
        }
    }
    Ok(Passages { items: items.into(), broken })
}

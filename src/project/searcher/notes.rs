use super::conditions::Wanted;
use super::found::{Note, NoteOn, Searched};
use crate::query::{Field, SUMMARIES, ValuePattern};
use crate::search::Plan;
use crate::study::{CaseId, CoderId, Crossed, Crossing, Material, Memo, MemoOn, SourceId, Spread, Study, Summary, ThemeId};

/// What `in:` calls memos and definitions.
const MEMOS: &str = "memos";
const DEFINITIONS: &str = "definitions";

/// A text of the study that is no source, and what is known of it.
struct Candidate<'s> {
    on: NoteOn,
    text: &'s str,
    /// What `in:` calls it.
    place: &'static str,
    theme: Option<ThemeId>,
    source: Option<SourceId>,
    case: Option<CaseId>,
    coder: Option<CoderId>,
}

/// What the query says that is to be searched.
pub(super) fn searched(plan: &Plan) -> Searched {
    let mut of_in = plan.conditions().iter().filter(|(field, _)| *field == Field::In).map(|(_, value)| ValuePattern::new(value)).peekable();
    let says_nothing = of_in.peek().is_none();
    let patterns: Vec<ValuePattern> = of_in.collect();
    let named = |place: &str| patterns.iter().any(|pattern| pattern.matches(place));
    let notes = [SUMMARIES, MEMOS, DEFINITIONS].into_iter().filter(|place| named(place)).collect();
    Searched { texts: says_nothing || named("texts"), notes }
}

/// The summaries, memos and definitions that match; only those that are to be searched.
pub(super) fn search(study: &Study, plan: &Plan, wanted: &[Wanted], searched: &Searched) -> Vec<Note> {
    let mut candidates = Vec::new();
    for place in &searched.notes {
        match *place {
            SUMMARIES => candidates.extend(study.summaries().iter().flat_map(|summary| of_summary(summary))),
            MEMOS => {
                candidates.extend(study.memos().iter().map(|memo| of_memo(memo, None)));
                for material in study.materials() {
                    candidates.extend(material.memos.iter().map(|memo| of_memo(memo, Some(material))));
                }
            }
            _ => candidates.extend(definitions(study)),
        }
    }
    let note = |candidate: Candidate<'_>| {
        let holds = |index: usize| wanted.get(index).is_some_and(|wanted| candidate.meets(wanted));
        let matches = plan.matches(candidate.text, &holds)?;
        Some(Note { on: candidate.on, text: candidate.text.to_owned(), matches })
    };
    candidates.into_iter().filter(|candidate| !candidate.text.trim().is_empty()).filter_map(note).collect()
}

fn of_memo<'s>(memo: &'s Memo, material: Option<&Material>) -> Candidate<'s> {
    let coded = match memo.on {
        MemoOn::Coding { coding, .. } => material.and_then(|material| material.coding(coding)),
        _ => None,
    };
    Candidate {
        on: NoteOn::Memo(memo.id),
        text: &memo.text,
        place: MEMOS,
        theme: memo.on.theme().or_else(|| coded.map(|coded| coded.coding.theme)),
        source: memo.on.source(),
        case: match &memo.on {
            MemoOn::Case { case } | MemoOn::Cell { cell: Crossing { of: Crossed::Case(case), .. } } => Some(*case),
            _ => None,
        },
        coder: Some(memo.coder),
    }
}

/// The summary of a cell, and what is said beside it.
fn of_summary(summary: &Summary) -> impl Iterator<Item = Candidate<'_>> {
    let Spread { consensus, range, dissent } = &summary.spread;
    let case = if let Crossed::Case(case) = &summary.cell.of { Some(*case) } else { None };
    [&summary.text, consensus, range, dissent].into_iter().map(move |text| Candidate {
        on: NoteOn::Summary(summary.id),
        text,
        place: SUMMARIES,
        theme: Some(summary.cell.theme),
        source: None,
        case,
        coder: Some(summary.coder),
    })
}

fn definitions(study: &Study) -> impl Iterator<Item = Candidate<'_>> {
    study.codebook().themes().flat_map(|theme| {
        let parts = [
            (NoteOn::Definition(theme.id), &theme.definition),
            (NoteOn::UseWhen(theme.id), &theme.use_when),
            (NoteOn::NotWhen(theme.id), &theme.not_when),
        ];
        parts.map(|(on, text)| Candidate { on, text, place: DEFINITIONS, theme: Some(theme.id), source: None, case: None, coder: None })
    })
}

impl Candidate<'_> {
    /// Whether a condition holds; those that only paragraphs can meet do not.
    fn meets(&self, wanted: &Wanted) -> bool {
        match wanted {
            Wanted::In(pattern) => pattern.matches(self.place),
            Wanted::Themes(themes) => self.theme.is_some_and(|theme| themes.contains(&theme)),
            Wanted::Sources(sources) => self.source.is_some_and(|source| sources.contains(&source)),
            Wanted::Cases { cases, .. } => self.case.is_some_and(|case| cases.contains(&case)),
            Wanted::Coders(coders) => self.coder.is_some_and(|coder| coders.contains(&coder)),
            Wanted::Coded(_) | Wanted::Quoted(_) | Wanted::Speaker { .. } | Wanted::Nothing => false,
        }
    }
}

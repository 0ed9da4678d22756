//! What was found of each quotation, as it is listed.

use std::collections::BTreeSet;
use std::sync::Arc;

use crate::analysis::quotes::{Checked, Fault, Finding, Piece, Place, Skipped, Spread, Tally, Verdict};
use crate::app::Seen;
use crate::app::views::capital;
use crate::app::views::quotes::entries::values;
use crate::app::views::quotes::spread::Of;
use crate::exchange::export::{Told, altered_says, at_says, skipped_says};
use crate::exchange::import::Problem;
use crate::study::{RevisionId, Role, SourceId, Study, ValueId};
use crate::text::{Span, Step};

/// What is found of a report at one time.
pub struct Findings {
    /// One row a quotation, and one a remark on the file.
    pub all: Vec<Entry>,
    /// What they were made from.
    pub checked: Arc<Checked>,
    /// How many are right.
    pub tally: Tally,
    /// How many hold no participant's words.
    pub nobodys: usize,
    /// The study they were looked for in.
    pub seen: Seen,
    /// When, in milliseconds since 1970.
    pub time: i64,
}

/// A row.
pub struct Entry {
    /// What it is of.
    pub of: Kind,
    /// What was found, in words.
    pub finding: String,
    /// Where it stands in the report.
    pub at: String,
    /// The words of the quotation, and what the source has in their place.
    pub pieces: Vec<Piece>,
    /// What its attribution is worth, what is wrong, where it stands elsewhere.
    pub notes: Vec<Note>,
    /// Where it stands in the sources, and whose words they are.
    pub place: Option<String>,
    /// The words in the sources.
    pub words: Option<InSource>,
    /// The groups of who says it; `None` is *Not stated*.
    groups: BTreeSet<Option<ValueId>>,
    /// The areas of who says it; `None` is *Not stated*.
    areas: BTreeSet<Option<ValueId>>,
}

/// What a row is of, by its place among those.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// A finding without a fault.
    Right(usize),
    /// Words that are the source's, but something else is wrong.
    Faulty(usize),
    /// Words that differ.
    Differs(usize),
    /// Words that no source has.
    NotFound(usize),
    /// A quotation that was not looked for.
    Skipped(usize),
    /// Something to know of the file.
    OfFile,
}

impl Kind {
    /// Whether it wants a look.
    pub const fn is_to_look_at(self) -> bool {
        !matches!(self, Self::Right(_) | Self::Skipped(_))
    }

    /// What rows of the kind stand under.
    pub const fn heading(self) -> &'static str {
        match self {
            Self::Right(_) => "Nothing wrong",
            Self::Skipped(_) => "Not looked for",
            Self::Faulty(_) | Self::Differs(_) | Self::NotFound(_) | Self::OfFile => "To look at",
        }
    }
}

/// A line under the words of a quotation.
pub struct Note {
    /// Whether something is wrong there.
    pub is_fault: bool,
    /// What it says.
    pub says: String,
}

/// Words of a source, in one version of its text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct InSource {
    /// The source.
    pub source: SourceId,
    /// The version.
    pub revision: RevisionId,
    /// From the first to the last word.
    pub span: Span,
}

impl Findings {
    /// What is listed of `checked`, and of the `problems` with the file.
    pub fn of(study: &Arc<Study>, checked: Checked, problems: Vec<Problem>, time: i64) -> Self {
        let told = Told::new(study);
        let findings = checked.findings.iter().enumerate().map(|(at, finding)| of_finding(study, &told, at, finding));
        // The worst come first, and those without a fault last; what is wrong with the file stands between them.
        let (wrong, right): (Vec<Entry>, Vec<Entry>) = findings.partition(|entry| entry.of.is_to_look_at());
        let skipped = checked.skipped.iter().enumerate().map(|(at, skipped)| of_skipped(at, skipped));
        let all = wrong.into_iter().chain(problems.into_iter().map(of_problem)).chain(right).chain(skipped).collect();
        let nobodys = checked.findings.iter().filter(|finding| finding.cases().is_empty()).count();
        Self { all, tally: checked.tally(), nobodys, checked: Arc::new(checked), seen: Seen::of(study), time }
    }

    /// Who is quoted how much.
    pub fn spread(&self) -> &Spread {
        &self.checked.spread
    }
}

impl Entry {
    fn new(of: Kind, finding: &str, at: String) -> Self {
        let (groups, areas) = (BTreeSet::new(), BTreeSet::new());
        Self { of, finding: capital(finding), at, pieces: Vec::new(), notes: Vec::new(), place: None, words: None, groups, areas }
    }

    /// Whether it holds words of these people.
    pub fn is_of(&self, of: Of) -> bool {
        of.group.is_none_or(|group| self.groups.contains(&group)) && of.area.is_none_or(|area| self.areas.contains(&area))
    }

    /// The words of the quotation.
    pub fn quoted(&self) -> String {
        self.pieces.iter().filter(|piece| !matches!(piece, Piece::Source(_))).map(Piece::words).collect()
    }

    /// What was found of which words, and nothing of whose they are: the rest could name somebody of few.
    pub fn lines_without_who(&self) -> Vec<String> {
        let words = Some(self.quoted()).filter(|words| !words.is_empty()).map(|words| format!("“{words}”"));
        [format!("{} ({})", self.finding, self.at)].into_iter().chain(words).collect()
    }

    /// All that it says, each on a line of its own.
    pub fn lines(&self) -> Vec<String> {
        let notes = self.notes.iter().map(|note| note.says.clone());
        self.lines_without_who().into_iter().chain(notes).chain(self.place.clone()).collect()
    }
}

fn of_finding(study: &Study, told: &Told<'_>, at: usize, finding: &Finding) -> Entry {
    let of = match (finding.faults.is_empty(), finding.verdict) {
        (true, _) => Kind::Right(at),
        (false, Verdict::Exact | Verdict::Marked) => Kind::Faulty(at),
        (false, Verdict::Nearest) => Kind::Differs(at),
        (false, Verdict::NotFound) => Kind::NotFound(at),
    };
    let cases = finding.cases();
    Entry {
        pieces: finding.pieces(),
        notes: notes(told, finding),
        place: finding.place.as_ref().map(|place| told.place(place)),
        words: finding.place.as_ref().and_then(|place| in_source(study, place)),
        groups: values(study, &cases, Role::Group),
        areas: values(study, &cases, Role::Area),
        ..Entry::new(of, &told.verdict(finding), at_says(&finding.quotation))
    }
}

/// The attribution first, then what else is wrong, then other places.
fn notes(told: &Told<'_>, finding: &Finding) -> Vec<Note> {
    let is_of_attribution = |fault: &Fault| matches!(fault, Fault::Attribution | Fault::Unreadable);
    let worth = told.attribution(finding);
    let says = finding.quotation.attribution.as_ref().map_or_else(|| capital(&worth), |said| format!("{said} – {worth}"));
    let mut notes = vec![Note { is_fault: finding.faults.iter().any(is_of_attribution), says }];
    let differences = |shown: bool| {
        let told = finding.altered.iter().filter(|altered| (altered.step == Step::Replaced) == shown);
        told.map(|altered| altered_says(altered.step, &altered.quoted, &altered.source)).collect::<Vec<_>>().join("; ")
    };
    for fault in finding.faults.iter().filter(|fault| !is_of_attribution(fault)) {
        let Some(says) = told.fault(finding, *fault) else { continue };
        let differ = match fault {
            Fault::Words | Fault::Turned => differences(false),
            Fault::Bracketed => differences(true),
            _ => String::new(),
        };
        let says = if differ.is_empty() { says } else { format!("{says}: {differ}") };
        notes.push(Note { is_fault: true, says: capital(&says) });
    }
    let elsewhere = finding.elsewhere.iter().map(|other| told.elsewhere(&other.words, &other.place));
    notes.extend(elsewhere.chain(told.others(finding)).map(|says| Note { is_fault: false, says: capital(&says) }));
    notes
}

fn of_skipped(at: usize, skipped: &Skipped) -> Entry {
    let pieces = vec![Piece::Both(skipped.quotation.words.clone())];
    let attribution = skipped.quotation.attribution.iter().map(|said| Note { is_fault: false, says: said.clone() }).collect();
    let finding = skipped_says(skipped.why);
    Entry { pieces, notes: attribution, ..Entry::new(Kind::Skipped(at), &finding, at_says(&skipped.quotation)) }
}

fn of_problem(problem: Problem) -> Entry {
    let at = problem.line.map(|line| format!("line {line}")).unwrap_or_default();
    let notes = vec![Note { is_fault: true, says: problem.sentence }];
    Entry { notes, ..Entry::new(Kind::OfFile, "A remark on the file", at) }
}

fn in_source(study: &Study, place: &Place) -> Option<InSource> {
    let revision = study.material(place.source)?.source.revision;
    let (first, last) = place.spans.first().zip(place.spans.last())?;
    Some(InSource { source: place.source, revision, span: first.hull(*last) })
}

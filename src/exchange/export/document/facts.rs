//! What a project knows of how its study was done, as sentences for the account of the method and for checklists.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::blocks::counted;
use crate::analysis::lines::{Lines, Scope};
use crate::analysis::matrix::{Axis, Filter, Matrix, MatrixSpec, SpecError, matrix};
use crate::analysis::propositions::propositions;
use crate::analysis::saturation::{Rule, news, runs, strata};
use crate::exchange::export::charted::Stale;
use crate::exchange::export::matrix::people_words;
use crate::exchange::export::measures::{LEVEL, order_says, outcome_says, threshold_says};
use crate::exchange::export::names::Names;
use crate::project::{EditKind, EditSummary};
use crate::study::{
    AttributeOf, BuiltIn, CaseId, CaseKind, Codebook, Coded, CoderId, Material, MemoKind, Origin, PATH_SEPARATOR, QuoteMark, Role,
    SourceId, StatusKind, SummaryState, ThemeId, ThemeOrigin,
};
use crate::text::Anchor;

/// How much was edited, as the log says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Edits {
    /// Edits that hold.
    pub live: usize,
    /// Edits that were taken back.
    pub undone: usize,
    /// Edits that hold and made or changed themes.
    pub of_themes: usize,
}

impl Edits {
    /// From the edits of the log; what only undid or brought back is none of its own, nor is what the program itself wrote to begin
    /// a project or to take in the coders of a copy.
    ///
    /// `themes` has the places of those that touched a theme.
    #[must_use]
    pub fn of(edits: &[EditSummary], themes: &BTreeSet<u64>) -> Self {
        // An act that is of another one only says that a merge was brought anew.
        let acts = || edits.iter().filter(|edit| edit.kind == EditKind::Act && edit.of.is_none());
        let live = || acts().filter(|edit| !edit.undone);
        Self {
            live: live().count(),
            undone: acts().filter(|edit| edit.undone).count(),
            of_themes: live().filter(|edit| themes.contains(&edit.seq)).count(),
        }
    }
}

/// What is known.
pub(in crate::exchange::export) struct Facts<'a> {
    pub names: &'a Names<'a>,
    pub edits: Option<Edits>,
    stale: Stale,
}

impl<'a> Facts<'a> {
    pub fn new(names: &'a Names<'a>, edits: Option<Edits>) -> Self {
        Self { names, edits, stale: Stale::new(names.study()) }
    }

    /// Sources by kind, and when they are from.
    pub fn sources(&self) -> String {
        let study = self.names.study();
        let mut kinds: BTreeMap<String, usize> = BTreeMap::new();
        for material in study.materials() {
            *kinds.entry(study.built_in(material, BuiltIn::Kind)).or_default() += 1;
        }
        let named = |(kind, count): (&String, &usize)| {
            let kind = if kind.is_empty() { "of no stated kind".to_owned() } else { kind.to_lowercase() };
            format!("{kind}: {count}")
        };
        let kinds: Vec<String> = kinds.iter().map(named).collect();
        let words: u32 = study.materials().iter().map(|material| material.participant_words()).sum();
        // What cannot be read as a day has no place among days.
        let days: BTreeSet<_> = study.materials().iter().filter_map(|material| study.day_of(material)).collect();
        let when = match (days.first(), days.last()) {
            (Some(first), Some(last)) if first == last => format!(" Dated {first}."),
            (Some(first), Some(last)) => format!(" Dated {first} to {last}."),
            _ => String::new(),
        };
        let kinds = if kinds.is_empty() { String::new() } else { format!(" ({})", kinds.join(", ")) };
        format!("{}{kinds} with {words} words of participants.{when}", counted(study.materials().len(), "source", "sources"))
    }

    /// How many take part, by the kind of case.
    pub fn people(&self) -> Result<String, SpecError> {
        let counted = self.matrix(Vec::new(), Vec::new())?;
        let people = counted.cell(0, None, None).copied().unwrap_or_default().n;
        let unidentified = if people.unidentified > 0 { format!(" + {} unidentified", people.unidentified) } else { String::new() };
        Ok(format!("{}{unidentified} speak as participants.", people_words(people, "participant", "participants")))
    }

    /// Who takes part, crossed.
    pub fn matrix(&self, rows: Vec<Axis>, columns: Vec<Axis>) -> Result<Matrix, SpecError> {
        matrix(self.names.study(), &MatrixSpec { rows, columns, pages: Vec::new(), filter: Filter::default() })
    }

    /// The attributes of cases that may leave: first group and area, then the others.
    pub fn attributes(&self) -> (Vec<Axis>, Vec<Axis>) {
        let study = self.names.study();
        let attributes = self.names.labels().attributes(study).into_iter().filter(|attribute| attribute.of == AttributeOf::Cases);
        let (mut roles, others): (Vec<_>, Vec<_>) = attributes.partition(|attribute| attribute.role.is_some());
        roles.sort_by_key(|attribute| attribute.role != Some(Role::Group));
        let axes = |list: Vec<&crate::study::Attribute>| list.into_iter().map(|attribute| Axis::Attribute(attribute.id)).collect();
        (axes(roles), axes(others))
    }

    /// Persons who speak in more than one source.
    pub fn repeated(&self) -> String {
        let study = self.names.study();
        let mut heard: BTreeMap<CaseId, usize> = BTreeMap::new();
        for material in study.materials() {
            let cases: BTreeSet<CaseId> = material.spoken().iter().filter_map(|(case, _)| material.case(*case)).collect();
            for case in cases {
                *heard.entry(case).or_default() += 1;
            }
        }
        let is_person = |case: &CaseId| study.case(*case).is_some_and(|case| case.kind == CaseKind::Person);
        let several = heard.iter().filter(|(case, sources)| **sources > 1 && is_person(case)).count();
        let speak = if several == 1 { "speaks" } else { "speak" };
        format!("{} {speak} in more than one source.", counted(several, "participant", "participants"))
    }

    /// How long the recordings are, from the time stamps of texts; nothing where no text has any.
    pub fn durations(&self) -> Option<String> {
        let last = |material: &std::sync::Arc<crate::study::Material>| material.geometry.anchors().last().map(|anchor| anchor.time);
        let mut times: Vec<u32> = self.names.study().materials().iter().filter_map(last).collect();
        times.sort_unstable();
        let clock = |time: &u32| Anchor { span: crate::text::Span::new(0, 0), time: *time }.clock();
        let (shortest, longest, middle) = (times.first()?, times.last()?, times.get((times.len() - 1) / 2)?);
        let all = self.names.study().materials().len();
        Some(format!(
            "The last time stamps of {} of {all} sources stand at {} to {}, half of them at or before {}.",
            times.len(),
            clock(shortest),
            clock(longest),
            clock(middle)
        ))
    }

    /// Who coded how much.
    pub fn coders(&self) -> String {
        let study = self.names.study();
        let mut codings: BTreeMap<CoderId, (usize, BTreeSet<SourceId>)> = BTreeMap::new();
        let mut by_source: BTreeMap<SourceId, BTreeSet<CoderId>> = BTreeMap::new();
        for (material, coded) in self.made() {
            let of = codings.entry(coded.coding.coder).or_default();
            of.0 += 1;
            of.1.insert(material.source.id);
            by_source.entry(material.source.id).or_default().insert(coded.coding.coder);
        }
        let named = |(coder, (count, sources)): (&CoderId, &(usize, BTreeSet<SourceId>))| {
            let name = study.coders().get(coder).map_or("", |coder| coder.name.as_str());
            let done = study.materials().iter().filter(|material| material.status(*coder) == StatusKind::Done).count();
            let codings = counted(*count, "coding", "codings");
            format!("{name} ({codings} in {}, {done} marked done)", counted(sources.len(), "source", "sources"))
        };
        let named: Vec<String> = codings.iter().map(named).collect();
        let double = by_source.values().filter(|coders| coders.len() > 1).count();
        if named.is_empty() {
            let alone = "No own codings yet. The work of others is not in this: whoever wrote it works blind.";
            return if study.alone().is_some() { alone } else { "Nobody has coded yet." }.to_owned();
        }
        let is = if double == 1 { "is" } else { "are" };
        let several = match study.alone() {
            Some(_) => "The work of others is not in this: whoever wrote it works blind.".to_owned(),
            None => format!("{} {is} coded by more than one.", counted(double, "source", "sources")),
        };
        let agreed = match study.reconciled() {
            0 => String::new(),
            settled => format!(
                " In {} they settled what they differed on, and what they agreed on is counted.",
                counted(settled, "source", "sources")
            ),
        };
        format!("{}: {}. {several}{agreed}", counted(named.len(), "coder", "coders"), named.join("; "))
    }

    /// The codings that people made.
    fn made(&self) -> impl Iterator<Item = (&Arc<Material>, &Coded)> {
        self.names.study().codings().filter(|(_, coded)| coded.coding.coder != CoderId::agreed())
    }

    /// How many codings there are, and of when.
    pub fn codings(&self) -> String {
        let study = self.names.study();
        let times: BTreeSet<i64> = self.made().map(|(_, coded)| coded.coding.time).collect();
        let all = self.made().count();
        let unread = self.made().filter(|(_, coded)| coded.coding.origin == Origin::SearchUnread).count();
        // As of all others, what was agreed is nobody's coding.
        let wordless = study.materials().iter().flat_map(|material| &material.broken.codings);
        let broken = wordless.filter(|coding| coding.coder != CoderId::agreed()).count();
        let when = match (times.first(), times.last()) {
            (Some(first), Some(last)) => format!(", made {} to {}", day(*first), day(*last)),
            _ => String::new(),
        };
        let mut said = vec![format!("{}{when}.", counted(all, "coding", "codings"))];
        if unread > 0 {
            said.push(format!("{unread} of them were made for the hits of a search and are not confirmed."));
        }
        if broken > 0 {
            said.push(format!("{broken} more lost their words in a correction and are counted nowhere."));
        }
        said.join(" ")
    }

    /// How large the codebook is.
    pub fn codebook(&self) -> String {
        let (study, book) = (self.names.study(), self.names.study().codebook());
        let top = book.children(None).count();
        let levels = book.outline().iter().map(|row| row.depth + 1).max().unwrap_or(0);
        let defined = book.themes().filter(|theme| !theme.definition.trim().is_empty()).count();
        let examples = book.themes().filter(|theme| study.example_of(theme.id).is_some()).count();
        format!(
            "{} on {}, {top} of them at the top; with a definition {defined}, with a typical example {examples}.",
            counted(book.len(), "theme", "themes"),
            counted(levels, "level", "levels")
        )
    }

    /// How many themes were set beforehand and how many came from the data; nothing where none is said to.
    pub fn origins(&self) -> Option<String> {
        let book = self.names.study().codebook();
        let said = book.themes().any(|theme| theme.origin.is_some());
        said.then(|| format!("Of {}: {}", counted(book.len(), "theme", "themes"), origins(book)))
    }

    /// Corrections of texts.
    pub fn corrections(&self) -> String {
        let study = self.names.study();
        let versions = study.materials().iter().map(|material| material.revisions.len().saturating_sub(1));
        let (count, sources) = versions.filter(|more| *more > 0).fold((0, 0), |(count, sources), more| (count + more, sources + 1));
        if count == 0 {
            return "No text was corrected after its import.".to_owned();
        }
        format!(
            "{} of texts or of who speaks in them, in {}; codings followed their words, and every version is kept.",
            counted(count, "correction", "corrections"),
            counted(sources, "source", "sources")
        )
    }

    /// What the log says, where it was asked.
    pub fn edits(&self) -> Option<String> {
        let Edits { live, undone, .. } = self.edits?;
        let whose = if self.names.study().alone().is_some() { "Of whoever wrote this the log has" } else { "The log of the project has" };
        Some(format!("{whose} {} that count and {undone} taken back, each with who and when.", counted(live, "edit", "edits")))
    }

    /// How often the codebook was changed, where the log was asked.
    pub fn codebook_edits(&self) -> Option<String> {
        let Edits { of_themes, .. } = self.edits?;
        Some(format!(
            "{} made or changed the themes that are there now, each with who and when in the log.",
            counted(of_themes, "edit", "edits")
        ))
    }

    /// How far the charting is.
    pub fn summaries(&self) -> String {
        let summaries = self.names.study().summaries();
        let of = |state: SummaryState| summaries.iter().filter(|summary| summary.is_own() && summary.reached() == state).count();
        let [drafts, charted, reviewed] = [SummaryState::Draft, SummaryState::Charted, SummaryState::Reviewed].map(of);
        let waiting = summaries.iter().filter(|summary| !summary.is_own()).count();
        let citations: usize = summaries.iter().map(|summary| summary.citations.len()).sum();
        let all = drafts + charted + reviewed;
        if all == 0 {
            let alone = "No own summaries are written yet.";
            return if self.names.study().alone().is_some() { alone } else { "No summaries are written yet." }.to_owned();
        }
        format!(
            "{} of cells (draft {drafts}, charted {charted}, reviewed {reviewed}) with {}. Under {} the evidence has changed since; still to be settled: {waiting} more.",
            counted(all, "summary", "summaries"),
            counted(citations, "citation", "citations"),
            self.stale.count()
        )
    }

    /// Passages chosen for the report, and those that speak against what most say.
    pub fn quotes(&self) -> String {
        let study = self.names.study();
        let quotes: usize = study.materials().iter().map(|material| material.quote_marks.len()).sum();
        let who = |material: &std::sync::Arc<crate::study::Material>| -> Vec<CaseId> {
            let parts = material.quote_marks.iter().flat_map(|mark| material.parts_of(mark.span));
            parts.filter_map(|part| material.case(part.case)).collect()
        };
        let cases: BTreeSet<CaseId> = study.materials().iter().flat_map(who).collect();
        format!("{} marked as quotes, from {}.", counted(quotes, "passage is", "passages are"), counted(cases.len(), "case", "cases"))
    }

    /// Marked quotes of whom nobody knows who says them, each with its place.
    pub fn unattributed_quotes(&self) -> String {
        let study = self.names.study();
        let places = study.materials().iter().flat_map(|material| {
            let unknown = |mark: &&QuoteMark| !material.parts_of(mark.span).iter().any(|part| material.case(part.case).is_some());
            let paragraph = |mark: &QuoteMark| material.geometry.paragraph_at(mark.span.start).map(|at| format!(" ¶ {}", at + 1));
            let place = move |mark| format!("{}{}", material.source.label, paragraph(mark).unwrap_or_default());
            material.quote_marks.iter().filter(unknown).map(place)
        });
        let places: Vec<String> = places.collect();
        match places.len() {
            0 => "Each leaves with the participant’s id and its paragraph.".to_owned(),
            count => format!(
                "Of {count} of them no participant is known: {}. The others leave with the participant’s id; each leaves with its paragraph.",
                places.join(", ")
            ),
        }
    }

    /// How much new information the interviews brought in their order, by the rule as it is set at first. Never that a study is
    /// saturated; nothing where nobody has coded.
    pub fn saturation(&self) -> Option<String> {
        let study = self.names.study();
        let (lines, rule) = (Lines::all(study.codebook(), Scope::WithBelow), Rule::default());
        let all = strata(study, &lines, &Filter::default(), None).into_iter().next()?;
        let found = runs(&news(all.heard()), rule);
        (self.made().count() > 0).then(|| {
            format!(
                "Themes heard for the first time, after Guest, Namey and Chen (2020), with base {}, runs of {} and a threshold of {}, over {} {}: {}. {LEVEL}",
                rule.base,
                rule.run,
                threshold_says(rule),
                counted(all.interviews.len(), "interview", "interviews"),
                order_says(all.undated()),
                outcome_says(&found, rule)
            )
        })
    }

    /// What speaks for and against the propositions; nothing where there are none.
    pub fn propositions(&self) -> Option<String> {
        let all = propositions(self.names.study());
        let [supports, qualifies, contradicts] =
            [0, 1, 2].map(|weight| all.iter().filter_map(|it| it.evidence.get(weight)).map(Vec::len).sum::<usize>());
        let against = all.iter().filter(|it| !it.evidence[2].is_empty()).count();
        let untried = all.iter().filter(|it| it.is_untried()).count();
        (!all.is_empty()).then(|| {
            format!(
                "{} with {}: {supports} supporting, {qualifies} qualifying, {contradicts} contradicting. Something contradicts {against}; of {untried} nothing does and nobody has said that they looked for it.",
                counted(all.len(), "proposition", "propositions"),
                counted(supports + qualifies + contradicts, "piece of evidence", "pieces of evidence"),
            )
        })
    }

    /// Contrary passages.
    pub fn contrary(&self) -> String {
        let study = self.names.study();
        let marks = study.materials().iter().flat_map(|material| {
            material.contrary_marks.iter().filter_map(|mark| material.coding(mark.coding)).map(|coded| coded.coding.theme)
        });
        let themes: Vec<ThemeId> = marks.collect();
        let distinct: BTreeSet<&ThemeId> = themes.iter().collect();
        format!(
            "{} marked as contrary to what most say, under {}.",
            counted(themes.len(), "passage is", "passages are"),
            counted(distinct.len(), "theme", "themes")
        )
    }

    /// Memos by kind.
    pub fn memos(&self) -> String {
        let study = self.names.study();
        let own = study.materials().iter().flat_map(|material| &material.memos);
        let of = |kind: MemoKind| study.memos().iter().chain(own.clone()).filter(|memo| memo.kind == kind).count();
        format!("{} analytic, {} method and {} reflexive memos.", of(MemoKind::Analytic), of(MemoKind::Method), of(MemoKind::Reflexive))
    }

    /// Themes with how many participants they hold; those at the top, or those below them.
    pub fn themes(&self, top: bool) -> Result<String, SpecError> {
        let counted = self.matrix(vec![Axis::Themes], Vec::new())?;
        let book = self.names.study().codebook();
        let of = |(at, head): (usize, &crate::analysis::matrix::Head)| match head.points.first() {
            Some(crate::analysis::matrix::Point::Theme(theme)) => Some((*theme, counted.cell(0, Some(at), None)?.people)),
            _ => None,
        };
        let wanted = counted.rows.iter().enumerate().filter_map(of).filter(|(theme, _)| (book.lineage(*theme).len() == 1) == top);
        let named: Vec<String> = wanted
            .map(|(theme, people)| {
                format!("{} {} ({})", book.number(theme), last_of(&book.path(theme)), people_words(people, "participant", "participants"))
            })
            .collect();
        Ok(if named.is_empty() { "None.".to_owned() } else { named.join("; ") + "." })
    }

    /// The program.
    pub fn software() -> String {
        format!(
            "Themata {}, which keeps texts, codebook, codings, summaries and the log of all edits in one project file.",
            env!("CARGO_PKG_VERSION")
        )
    }
}

/// Where the themes of a codebook come from, counted.
pub(super) fn origins(book: &Codebook) -> String {
    let of = |origin: Option<ThemeOrigin>| book.themes().filter(|theme| theme.origin == origin).count();
    let said = ThemeOrigin::ALL.map(|origin| format!("{} {}", of(Some(origin)), origin.words()));
    format!("{}, {} not said.", said.join(", "), of(None))
}

/// The day of a time in milliseconds since 1970, in UTC.
pub(super) fn day(time: i64) -> String {
    jiff::Timestamp::from_millisecond(time).map(|time| time.strftime("%Y-%m-%d").to_string()).unwrap_or_default()
}

/// The theme's own name at the end of its path.
fn last_of(path: &str) -> &str {
    path.rsplit(PATH_SEPARATOR).next().unwrap_or(path)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::testing::Builder;
    use crate::exchange::export::labels::Labels;
    use crate::study::Values;
    use crate::text::Voice;

    #[test]
    fn codings_that_lost_their_words_are_told_without_what_was_agreed() {
        let mut builder = Builder::new();
        let (ann, agreed, rooms) = (builder.coder("Ann"), builder.agreed(), builder.theme(None, "Rooms"));
        let source = builder.source("A", None, Values::new(), &[(None, Voice::Participant, "Two rooms are cold")]);
        let before = builder.earlier(&source);
        builder.code(&source, source.span("cold"), rooms, ann);
        for coder in [ann, agreed] {
            builder.code(&before, source.span("rooms"), rooms, coder);
        }
        let study = builder.study();
        let says = Facts::new(&Names::new(&study, Labels::IDS), None).codings();
        assert!(says.starts_with("1 coding, ") && says.contains(" 1 more lost their words in a correction"), "{says}");
    }
}

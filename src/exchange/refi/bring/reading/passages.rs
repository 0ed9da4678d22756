use std::collections::{BTreeMap, HashMap, HashSet};

use uuid::Uuid;

use super::super::super::exact::derived;
use super::super::super::model::{Coding as Given, Made, Selection};
use super::{Read, Reading};
use crate::study::{
    CaseSpan, CaseSpanId, Coding, CodingId, Memo, MemoId, MemoKind, MemoOn, Origin, QuoteFacts, QuoteMark, QuoteMarkId, SourceId,
};
use crate::text::Span;

impl<'p> Reading<'p> {
    pub(super) fn read_passages(&mut self) {
        let project = self.project;
        let of_cases: HashSet<Uuid> = project.cases.iter().flat_map(|case| &case.selections).copied().collect();
        let mut seen = HashSet::new();
        let (mut codings, mut whole, mut bare) = (0, 0, 0);
        for source in &project.sources {
            let Some(read) = self.texts.get(&source.guid).copied().filter(|_| seen.insert(source.guid)) else { continue };
            for selection in &source.selections {
                codings += self.read_selection(read, selection, &source.name);
                let says_nothing = selection.codings.is_empty() && selection.note_refs.is_empty() && !of_cases.contains(&selection.guid);
                if says_nothing && selection.description.trim().is_empty() && self.selections.contains_key(&selection.guid) {
                    bare += 1;
                    self.mark_bare(read, selection);
                }
            }
            let all = Span::of(0..read.text.len()).trimmed(read.text);
            for coding in &source.codings {
                whole += 1;
                codings += self.read_coding(read, all, coding, None);
            }
        }
        self.read_case_spans();
        self.account.kept("codings", codings);
        self.account.changed_many("codings", self.important, "They were marked as important, and have a quote mark here.");
        self.account.changed_many("codings", whole, "They were of a source as a whole, and are of all of its words here.");
        self.account.changed_many("selections", bare, "They were without code and note; each has a memo that says so.");
    }

    /// Reads a selection with its codings; returns how many these were.
    fn read_selection(&mut self, read: Read<'p>, selection: &'p Selection, source: &str) -> usize {
        let span = selection.span.map(|span| span.trimmed(read.text)).filter(|span| !span.is_empty());
        let Some(span) = span else {
            let (start, end) = selection.stated;
            let sentence = format!("{start} to {end} in “{source}” is no place with words in it.");
            self.account.left_out("selections", &selection.name, sentence);
            return 0;
        };
        self.selections.entry(selection.guid).or_insert((read.id, read.revision, span));
        let on = MemoOn::Passage { source: read.id, revision: read.revision, span };
        for note in &selection.note_refs {
            self.on.entry(*note).or_default().push(on.clone());
        }
        // Some programs repeat the words in the description, or begin it with the name.
        let words = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
        if words(&selection.description) != words(span.slice(read.text)) && selection.description != selection.name {
            self.describe_by(selection.guid, &selection.description, on, &[&selection.made]);
        }
        selection.codings.iter().map(|coding| self.read_coding(read, span, coding, Some(&selection.made))).sum()
    }

    /// Reads a coding; returns whether there is one now.
    fn read_coding(&mut self, read: Read<'p>, span: Span, given: &Given, selected: Option<&Made>) -> usize {
        let Some(theme) = self.themes.get(&given.code).copied() else {
            self.account.left_out("codings", span.slice(read.text).chars().take(60).collect::<String>(), "Its code is not in the file.");
            return 0;
        };
        let id = CodingId(self.claim(given.guid, "coding"));
        let made: Vec<&Made> = std::iter::once(&given.made).chain(selected).collect();
        let (coder, time) = (self.coder(made.iter().copied()), self.time(made.iter().copied()));
        let (source, revision) = (read.id, read.revision);
        self.put(Coding { id, source, revision, span, theme, coder, time, origin: Origin::Import });
        if given.important {
            let mark = QuoteMarkId(self.identified(&[b"important", id.0.as_bytes()]));
            let facts = QuoteFacts::default();
            self.put(QuoteMark { id: mark, source, revision, span, coding: Some(id), coder, time, facts });
            self.important += 1;
        }
        for note in &given.note_refs {
            self.on.entry(*note).or_default().push(MemoOn::Coding { source, coding: id });
        }
        1
    }

    fn mark_bare(&mut self, read: Read<'p>, selection: &Selection) {
        let Some((source, revision, span)) = self.selections.get(&selection.guid).copied() else { return };
        let repeats =
            read.text.get(span.range()).is_some_and(|words| words.starts_with(selection.name.trim().trim_end_matches(['…', '.'])));
        let text = if repeats { "Selected without a code." } else { selection.name.trim() };
        let (coder, time) = (self.coder([&selection.made]), self.time([&selection.made]));
        let id = MemoId(self.claim(selection.guid, "selection"));
        self.put(Memo { id, on: MemoOn::Passage { source, revision, span }, kind: MemoKind::Analytic, text: text.to_owned(), coder, time });
    }

    /// The selections of cases: words given to them. No words are given to two.
    fn read_case_spans(&mut self) {
        let project = self.project;
        let mut given: HashMap<SourceId, BTreeMap<u32, u32>> = HashMap::new();
        for case in &project.cases {
            let Some(id) = self.cases.get(&case.guid).copied() else { continue };
            for selection in &case.selections {
                // One in a medium is kept with it.
                let Some((source, revision, span)) = self.selections.get(selection).copied() else { continue };
                if *selection == turn_id(source, span) {
                    // It only says for other programs what a label says here.
                    continue;
                }
                let taken = given.entry(source).or_default();
                let before = taken.range(..span.end).next_back();
                if before.is_some_and(|(_, end)| *end > span.start) {
                    self.account.left_out("selections of cases", &case.name, "Some words belong to another case already, or to this one.");
                    continue;
                }
                taken.insert(span.start, span.end);
                let span_id = if self.taken.insert(*selection) {
                    *selection
                } else {
                    derived(&[b"case span", case.guid.as_bytes(), selection.as_bytes()])
                };
                self.put(CaseSpan { id: CaseSpanId(span_id), source, revision, span, case: id });
            }
        }
    }
}

/// The identity of the selection that tells other programs whose words a turn is.
pub(in crate::exchange::refi) fn turn_id(source: SourceId, span: Span) -> Uuid {
    derived(&[b"turn", source.0.as_bytes(), &span.start.to_le_bytes(), &span.end.to_le_bytes()])
}

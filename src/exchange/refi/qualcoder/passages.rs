use std::collections::{HashMap, HashSet};

use uuid::Uuid;

use super::super::account::Fate;
use super::super::model::{Coding, Selection};
use super::super::peer::{Positions, Quotes};
use super::Reading;
use super::sources::Text;
use crate::store::ForeignError;
use crate::text::Span;

/// A table of passages: its name, its number of a row, and what that is of.
struct Table {
    name: &'static str,
    id: &'static str,
    of: &'static str,
    kind: Kind,
}

/// What a passage is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    Coding,
    Annotation,
    Case,
}

const TABLES: [Table; 3] = [
    Table { name: "code_text", id: "ctid", of: "cid", kind: Kind::Coding },
    Table { name: "annotation", id: "anid", of: "anid", kind: Kind::Annotation },
    Table { name: "case_text", id: "id", of: "caseid", kind: Kind::Case },
];

/// A passage as the database has it.
struct Passage {
    kind: Kind,
    table: &'static str,
    id: i64,
    /// The code or the case.
    of: i64,
    stated: (i64, i64),
    /// The words that were selected, where they are stored.
    quote: String,
    memo: String,
    owner: String,
    date: String,
    is_important: bool,
}

/// What was met on the way.
#[derive(Default)]
struct Met {
    codings: usize,
    annotations: usize,
    of_cases: usize,
    /// Codings of codes, and passages of cases, that are not there.
    of_nothing: usize,
    /// Passages of texts that are not there.
    nowhere: usize,
    /// The sources that cases have as a whole; a case is known by its place.
    whole: HashSet<(usize, Uuid)>,
}

impl Reading<'_> {
    /// Reads codings, annotations and the passages of cases, and finds the words that each means. `cases` says where each case
    /// stands among the project's.
    pub(super) fn passages(&mut self, texts: Vec<Text>, cases: &HashMap<i64, usize>) -> Result<(), ForeignError> {
        let mut by_source = self.by_source()?;
        let (mut quotes, mut met) = (Quotes::new(), Met::default());
        for text in texts {
            let passages = by_source.remove(&text.id).unwrap_or_default();
            let wanted = passages.iter().flat_map(|passage| [passage.stated.0, passage.stated.1]).collect();
            let positions = Positions::of(&text.stored, wanted);
            drop(text.stored);
            for passage in passages {
                self.passage(text.at, passage, &positions, &mut quotes, cases, &mut met);
            }
        }
        // What is left is of media, of which a case can have the whole, or of nothing.
        let sources: HashSet<Uuid> = self.project.sources.iter().map(|source| source.guid).collect();
        for (source, passages) in by_source {
            let guid = self.ids.row("source", source);
            let is_there = sources.contains(&guid);
            for passage in passages {
                let of_case = cases.get(&passage.of).filter(|_| is_there && passage.kind == Kind::Case);
                match of_case.and_then(|at| Some((*at, self.project.cases.get_mut(*at)?))) {
                    Some((at, case)) => {
                        met.of_cases += 1;
                        if met.whole.insert((at, guid)) {
                            case.sources.push(guid);
                        }
                    }
                    None => met.nowhere += 1,
                }
            }
        }
        self.tell(&met);
        Ok(())
    }

    fn by_source(&self) -> Result<HashMap<i64, Vec<Passage>>, ForeignError> {
        let mut found: HashMap<i64, Vec<Passage>> = HashMap::new();
        for Table { name, id, of, kind } in TABLES {
            // Not every table has all of these; what it has not is empty.
            let columns = [id, of, "fid", "seltext", "pos0", "pos1", "owner", "date", "memo", "important"];
            let mut without_number = 0;
            self.base.rows(name, columns, |[id, of, source, quote, start, end, owner, date, memo, important]| {
                let id = id.integer().unwrap_or_else(|| {
                    without_number -= 1;
                    without_number
                });
                found.entry(source.integer().unwrap_or(-1)).or_default().push(Passage {
                    kind,
                    table: name,
                    id,
                    of: of.integer().unwrap_or(-1),
                    stated: (start.integer().unwrap_or(-1), end.integer().unwrap_or(-1)),
                    quote: quote.text(),
                    memo: memo.text(),
                    owner: owner.text(),
                    date: date.text(),
                    is_important: important.integer() == Some(1),
                });
            })?;
        }
        Ok(found)
    }

    fn passage(
        &mut self,
        at: usize,
        passage: Passage,
        positions: &Positions,
        quotes: &mut Quotes,
        cases: &HashMap<i64, usize>,
        met: &mut Met,
    ) {
        let Some(source) = self.project.sources.get(at) else { return };
        let text = source.text.as_deref().unwrap_or_default();
        let case = cases.get(&passage.of).copied().filter(|_| passage.kind == Kind::Case);
        let code = self.ids.row("code_name", passage.of);
        if (passage.kind == Kind::Case && case.is_none()) || (passage.kind == Kind::Coding && !self.code_ids.contains(&code)) {
            met.of_nothing += 1;
            return;
        }
        if let Some(at_case) = case
            && let Some(case) = self.project.cases.get_mut(at_case)
            && is_whole(positions, passage.stated)
        {
            if met.whole.insert((at_case, source.guid)) {
                case.sources.push(source.guid);
            }
            met.of_cases += 1;
            return;
        }
        let span = if passage.quote.is_empty() {
            Quotes::guess(text, positions, passage.stated)
        } else {
            quotes.find(text, positions, passage.stated, &passage.quote)
        };
        if span.is_none() {
            self.tell_lost(at, &passage);
        } else {
            match passage.kind {
                Kind::Coding => met.codings += 1,
                Kind::Annotation => met.annotations += 1,
                Kind::Case => met.of_cases += 1,
            }
        }
        let selection = self.selection(passage, span, code);
        if let Some(case) = case.and_then(|case| self.project.cases.get_mut(case)) {
            case.selections.push(selection.guid);
        }
        if let Some(source) = self.project.sources.get_mut(at) {
            source.selections.push(selection);
        }
    }

    /// The passage as it travels: a selection with the coding or the memo on it.
    fn selection(&mut self, passage: Passage, span: Option<Span>, code: Uuid) -> Selection {
        let made = self.made(&passage.owner, &passage.date);
        let memo = self.ids.named(passage.table, &format!("memo of {}", passage.id));
        let note = self.note(memo, String::new(), passage.memo, made.clone());
        let mut selection = Selection {
            guid: self.ids.row(passage.table, passage.id),
            made: made.clone(),
            stated: passage.stated,
            span,
            // Where the words are not in the text any more, they stand nowhere else.
            name: if span.is_none() { passage.quote } else { String::new() },
            ..Selection::default()
        };
        if passage.kind == Kind::Coding {
            let guid = self.ids.named(passage.table, &format!("coding of {}", passage.id));
            let note_refs = note.into_iter().collect();
            selection.codings.push(Coding { guid, code, made, note_refs, important: passage.is_important });
        } else {
            selection.note_refs.extend(note);
        }
        selection
    }

    fn tell_lost(&mut self, at: usize, passage: &Passage) {
        let name = self.project.sources.get(at).map_or("", |source| source.name.as_str());
        let what = match passage.kind {
            Kind::Coding => "codings",
            Kind::Annotation => "annotations",
            Kind::Case => "passages of cases",
        };
        let (start, end) = passage.stated;
        let sentence = if passage.quote.is_empty() {
            format!("There are no words at {start} to {end} of this text.")
        } else {
            let words: String = passage.quote.chars().take(80).collect();
            format!("The words “{words}” ({start} to {end}) are not in this text any more.")
        };
        self.account.left_out(what, name, sentence);
    }

    fn tell(&mut self, met: &Met) {
        self.account.kept("codings", met.codings);
        self.account.kept("annotations", met.annotations);
        self.account.kept("passages of cases", met.of_cases);
        let sentence = "The code or the case that they are of is not there.";
        self.account.several(Fate::LeftOut, "passages", met.of_nothing, sentence);
        self.account.several(Fate::LeftOut, "passages", met.nowhere, "The text that they are of is not there.");
    }
}

/// Whether a passage of a case is the whole text: from its start to its end, to one before it as 3.8 writes it, or from 0 to 0 as
/// older versions do.
fn is_whole(positions: &Positions, stated: (i64, i64)) -> bool {
    stated == (0, 0) || (stated.0 == 0 && positions.is_end(stated.1))
}

use std::collections::HashMap;

use uuid::Uuid;

use super::Giving;
use super::sources::begins;
use crate::exchange::export::silence_name;
use crate::exchange::refi::exact::{MATRIX, derived};
use crate::exchange::refi::model::{Direction, Link, Made, Note, Set};
use crate::study::{CaseId, CoderId, Crossed, Memo, MemoOn, Summary, ThemeId};

impl Giving<'_> {
    pub(super) fn give_notes(&mut self) {
        let study = self.study;
        let codes: HashMap<Uuid, usize> = self.project.codes.iter().enumerate().map(|(at, code)| (code.guid, at)).collect();
        let sources: HashMap<Uuid, usize> = self.project.sources.iter().enumerate().map(|(at, source)| (source.guid, at)).collect();
        for memo in study.memos().iter().chain(study.materials().iter().flat_map(|material| &material.memos)) {
            self.give_memo(memo);
            let id = memo.id.0;
            match &memo.on {
                MemoOn::Project => self.project.note_refs.push(id),
                MemoOn::Source { source } => {
                    let source = sources.get(&source.0).and_then(|at| self.project.sources.get_mut(*at));
                    if let Some(source) = source {
                        source.note_refs.push(id);
                    }
                }
                MemoOn::Theme { theme } => {
                    let code = codes.get(&theme.0).and_then(|at| self.project.codes.get_mut(*at));
                    if let Some(code) = code {
                        code.note_refs.push(id);
                    }
                }
                MemoOn::Case { case } => self.link_case(id, *case),
                MemoOn::Cell { cell } => self.link_cell(id, cell.theme, &cell.of),
                // Their passages refer to them already.
                MemoOn::Passage { .. } | MemoOn::Coding { .. } => {}
            }
        }
        let summaries: Vec<Uuid> = study.summaries().iter().map(|summary| self.give_summary(summary)).collect();
        if !summaries.is_empty() {
            self.project.sets.push(Set {
                guid: derived(&[b"set", MATRIX.as_bytes()]),
                name: MATRIX.to_owned(),
                description: "What is charted in the cells of the matrix: each note is linked with its theme and case.".to_owned(),
                notes: summaries,
                ..Set::default()
            });
        }
    }

    fn give_memo(&mut self, memo: &Memo) {
        let Memo { id, text, coder, time, .. } = memo;
        let name = Some(begins(text)).filter(|name| !name.is_empty()).unwrap_or_else(|| "Memo".to_owned());
        let (text, made) = (text.clone(), made(*coder, *time));
        self.project.notes.push(Note { guid: id.0, name, text, made, ..Note::default() });
    }

    fn give_summary(&mut self, summary: &Summary) -> Uuid {
        let (study, id) = (self.study, summary.id.0);
        let cell = &summary.cell;
        let name = study.crossing_name(cell).replace(" × ", " | ");
        let silence = summary.silence.map(|silence| format!("({})", silence_name(silence)));
        let spread =
            [("Consensus: ", &summary.spread.consensus), ("Range: ", &summary.spread.range), ("Dissent: ", &summary.spread.dissent)];
        let spread = spread.into_iter().filter(|(_, words)| !words.is_empty()).map(|(begins, words)| format!("{begins}{words}"));
        let text = Some(summary.text.clone()).filter(|text| !text.is_empty());
        let text = text.into_iter().chain(silence).chain(spread).collect::<Vec<_>>().join("\n\n");
        self.project.notes.push(Note { guid: id, name, text, made: made(summary.coder, summary.time), ..Note::default() });
        self.link_cell(id, cell.theme, &cell.of);
        id
    }

    fn link_cell(&mut self, note: Uuid, theme: ThemeId, of: &Crossed) {
        self.link(note, theme.0);
        if let Crossed::Case(case) = of {
            self.link_case(note, *case);
        }
    }

    fn link_case(&mut self, note: Uuid, case: CaseId) {
        self.link(note, case.0);
    }

    fn link(&mut self, note: Uuid, target: Uuid) {
        self.project.links.push(Link {
            guid: derived(&[b"link", note.as_bytes(), target.as_bytes()]),
            name: String::new(),
            direction: Direction::OneWay,
            colour: None,
            origin: note,
            target,
            note_refs: Vec::new(),
        });
    }
}

const fn made(coder: CoderId, time: i64) -> Made {
    Made { by: Some(coder.0), at: Some(time), changed_by: None, changed_at: None }
}

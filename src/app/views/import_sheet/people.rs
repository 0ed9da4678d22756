//! The table of speakers of one file.

use super::files::{role_name, role_values};
use super::sheet::ImportSheet;
use crate::app::views::case_kind::{kind_named, kind_names};
use crate::app::widgets::{Cell, Column, Look, Rows};
use crate::exchange::export::case_kind_name;
use crate::exchange::import::Part;
use crate::exchange::import::edits::{part_of, set_case, set_part};
use crate::exchange::import::{Draft, DraftCase, DraftSpeaker};
use crate::study::{NOT_STATED, Role, Study};

const LABEL: usize = 0;
const TURNS: usize = 1;
const PART: usize = 2;
const CASE: usize = 3;
const KIND: usize = 4;
const GROUP: usize = 5;
const AREA: usize = 6;

/// The speakers of a draft as rows of a grid. The row behind the last speaker is whoever says what has no label.
pub(super) struct People<'a> {
    sheet: &'a ImportSheet,
    draft: &'a Draft,
    study: &'a Study,
    columns: Vec<Column>,
    keys: Vec<usize>,
}

impl<'a> People<'a> {
    pub(super) fn new(sheet: &'a ImportSheet, draft: &'a Draft, study: &'a Study) -> Self {
        let [label, turns, part, case, kind, group, area] =
            if sheet.narrow { [10, 7, 12, 11, 15, 13, 10] } else { [15, 7, 13, 13, 16, 17, 15] };
        let columns = vec![
            Column::new("Label", label),
            Column::figures("Turns", turns),
            Column::new("Is", part),
            Column::new("Case", case).grows(),
            Column::new("Kind of case", kind),
            Column::new(role_name(study, Role::Group), group),
            Column::new(role_name(study, Role::Area), area),
        ];
        let rows = draft.speakers.len() + usize::from(draft.case.is_some() || draft.speakers.is_empty());
        Self { sheet, draft, study, columns, keys: (0..rows).collect() }
    }

    fn speaker(&self, key: usize) -> Option<&DraftSpeaker> {
        self.draft.speakers.get(key)
    }

    fn case(&self, key: usize) -> Option<&DraftCase> {
        self.speaker(key).map_or(self.draft.case.as_ref(), |speaker| speaker.case.as_ref())
    }
}

impl Rows for People<'_> {
    type Key = usize;

    fn columns(&self) -> &[Column] {
        &self.columns
    }

    fn keys(&self) -> &[usize] {
        &self.keys
    }

    fn cell(&self, key: usize, column: usize) -> Cell {
        let speaker = self.speaker(key);
        let part = speaker.map_or(Part::Participant, part_of);
        let speaks = part.takes_part();
        match (column, self.case(key)) {
            (LABEL, _) => speaker.map_or_else(
                || Cell::fixed("(no label)").look(Look::Quiet),
                |speaker| Cell::fixed(speaker.label.clone()).look(Look::Strong),
            ),
            (TURNS, _) => Cell::fixed(speaker.map_or_else(String::new, |speaker| speaker.turns.to_string())),
            (PART, _) => Cell { editable: speaker.is_some(), ..Cell::fixed(part.name()) },
            _ if !speaks => Cell::default(),
            (CASE, None) => Cell::editable(NOT_STATED).look(Look::Quiet),
            (_, None) => Cell::default(),
            (CASE, Some(case)) => Cell::editable(case.label.clone()),
            (KIND, Some(case)) => Cell::editable(case_kind_name(case.kind)).sign(case.kind),
            (GROUP, Some(case)) => Cell::editable(case.group.clone().unwrap_or_default()),
            (_, Some(case)) => Cell::editable(case.area.clone().unwrap_or_default()),
        }
    }

    fn choices(&self, key: usize, column: usize) -> Vec<String> {
        match column {
            PART => Part::names(),
            CASE => {
                let label = self.speaker(key).map(|speaker| format!("{}-{}", self.draft.label, speaker.label));
                let mut cases: Vec<String> = [Some(self.draft.label.clone()), label].into_iter().flatten().collect();
                cases.extend(self.study.cases_in_order().iter().map(|case| case.label.clone()));
                cases
            }
            KIND => kind_names(),
            GROUP => role_values(self.sheet, self.study, Role::Group),
            AREA => role_values(self.sheet, self.study, Role::Area),
            _ => Vec::new(),
        }
    }
}

/// Writes words into a cell of the table of speakers. Returns why it could not, as a sentence.
pub(super) fn set(draft: &mut Draft, key: usize, column: usize, words: &str) -> Result<(), String> {
    if column == PART {
        let part = Part::named(words).ok_or_else(|| format!("“{words}” is neither participant, interviewer, unidentified nor author."))?;
        set_part(draft, key, part);
        return Ok(());
    }
    let case = match draft.speakers.get_mut(key) {
        Some(speaker) => &mut speaker.case,
        None => &mut draft.case,
    };
    if column == CASE {
        if words != NOT_STATED {
            set_case(case, words);
        }
        return Ok(());
    }
    let Some(case) = case else { return Ok(()) };
    let stated = Some(words.trim().to_owned()).filter(|words| !words.is_empty());
    match column {
        KIND => case.kind = kind_named(words).ok_or_else(|| format!("“{words}” is no kind of case."))?,
        GROUP => case.group = stated,
        AREA => case.area = stated,
        _ => {}
    }
    Ok(())
}

/// Whether a column's words may be filled into the rows below.
pub(super) const fn fills(column: usize) -> bool {
    matches!(column, PART | KIND | GROUP | AREA)
}

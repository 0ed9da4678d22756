//! Attributes of cases from a table in a file, matched by id.

use std::collections::HashMap;
use std::path::PathBuf;
use std::sync::Arc;

use super::rows::Field;
use super::unknown::Unknown;
use super::writing::{Load, Written};
use crate::app::context::{Action, Cx};
use crate::app::frame::dialogs::{Answer, Choice, Dialog, Matches, Meant, PathDialog, PathKind, PathQuestion};
use crate::app::state::State;
use crate::app::user_error::UserError;
use crate::exchange::import::IdTable;
use crate::study::{Attribute, AttributeId, AttributeOf, Case, CaseId, CaseKind, Study, Values};
use crate::text::fold;

/// Asks for the file.
pub(super) fn ask(cx: &mut Cx<'_>) {
    if !cx.can_edit() {
        return;
    }
    let study = Arc::clone(cx.study);
    let question = PathQuestion {
        title: "Attributes from a table".into(),
        what: "A .csv or .tsv file. Its first line names the attributes, one column holds the ids of cases. Empty cells change nothing."
            .into(),
        button: "Look at it".into(),
        start: PathBuf::new(),
        kind: PathKind::Several,
        then: Box::new(move |paths| paths.into_iter().next().map(|path| read(path, study)).into_iter().collect()),
        other: None,
    };
    cx.actions.push(Action::Show(Box::new(Dialog::Path(PathDialog::new(question)))));
}

fn read(path: PathBuf, study: Arc<Study>) -> Action {
    Action::job(
        "table of attributes",
        "Reading a table",
        move |_| {
            let table = IdTable::read(&path).map_err(|error| UserError::new(error.to_string(), ""))?;
            let name = path.file_name().unwrap_or(path.as_os_str()).to_string_lossy().into_owned();
            Ok(Plan::of(&study, &table, name))
        },
        |state: &mut State, plan| match plan.question() {
            Ok(question) => state.frame.dialog = Some(Dialog::Choice(question)),
            Err(load) => state.cases.load(LABEL, load),
        },
    )
}

/// What the act is called.
const LABEL: &str = "Attributes from a table";

/// What a table comes to in a study.
#[derive(Clone, Debug)]
struct Plan {
    name: String,
    /// Cells of cases and attributes that are there.
    cells: Vec<Written>,
    /// Attributes that are not there, with their cells.
    attributes: Vec<Attribute>,
    of_new_attributes: Vec<Written>,
    /// Cases that are not there, with their cells, those of new attributes last.
    cases: Vec<Case>,
    of_new_cases: Vec<Written>,
    /// For each of these what it could stand for, and the cases of those names.
    unknown: Vec<Unknown>,
    known: HashMap<String, CaseId>,
    /// Columns that cannot be attributes of cases.
    left: Vec<String>,
}

/// What a column of a table is to the study.
#[derive(Clone, Copy)]
enum Column {
    Known(Field),
    New(AttributeId),
    Nothing,
}

impl Plan {
    fn of(study: &Study, table: &IdTable, name: String) -> Self {
        let mut plan = Self {
            name,
            cells: Vec::new(),
            attributes: Vec::new(),
            of_new_attributes: Vec::new(),
            cases: Vec::new(),
            of_new_cases: Vec::new(),
            unknown: Vec::new(),
            known: HashMap::new(),
            left: Vec::new(),
        };
        let columns: Vec<Column> = table.columns.iter().map(|column| plan.column(study, column)).collect();
        for (id, cells) in &table.rows {
            let known = study.case_labelled(id).map(|case| case.id);
            let case = known.unwrap_or_else(|| plan.new_case(study, id));
            for (words, column) in cells.iter().zip(&columns).filter(|(words, _)| !words.is_empty()) {
                // An exported table says so; written back, it is nothing.
                let words = if fold(words) == "not stated" { String::new() } else { words.clone() };
                let (field, list) = match (column, known) {
                    (Column::Nothing, _) => continue,
                    (Column::Known(field), Some(_)) => (*field, &mut plan.cells),
                    (Column::New(id), Some(_)) => (Field::Attribute(*id), &mut plan.of_new_attributes),
                    (Column::Known(field), None) => (*field, &mut plan.of_new_cases),
                    (Column::New(id), None) => (Field::Attribute(*id), &mut plan.of_new_cases),
                };
                list.push(Written { case, field, words });
            }
        }
        plan
    }

    fn column(&mut self, study: &Study, name: &str) -> Column {
        let name = name.trim();
        match (study.attributes().named(name), fold(name).as_str()) {
            (Some(attribute), _) if attribute.of == AttributeOf::Cases => Column::Known(Field::Attribute(attribute.id)),
            (_, "kind" | "kind of case") => Column::Known(Field::Kind),
            (Some(_), _) | (None, "" | "sources" | "codings") => {
                self.left.extend((!name.is_empty()).then(|| name.to_owned()));
                Column::Nothing
            }
            (None, _) => {
                let there = self.attributes.iter().find(|attribute| fold(&attribute.name) == fold(name)).map(|attribute| attribute.id);
                Column::New(there.unwrap_or_else(|| self.new_attribute(study, name)))
            }
        }
    }

    fn new_attribute(&mut self, study: &Study, name: &str) -> AttributeId {
        let id = AttributeId::new();
        let last = study.attributes().of(AttributeOf::Cases).last().map_or(0, |last| last.position);
        let position = last + 1 + i64::try_from(self.attributes.len()).unwrap_or(0);
        let of = AttributeOf::Cases;
        self.attributes.push(Attribute { id, name: name.to_owned(), of, role: None, built_in: None, identifying: false, position });
        id
    }

    fn new_case(&mut self, study: &Study, label: &str) -> CaseId {
        if let Some(there) = self.cases.iter().find(|case| fold(&case.label) == fold(label)) {
            return there.id;
        }
        let id = CaseId::new();
        let last = study.cases().values().map(|case| case.position).max().unwrap_or(0);
        let position = last + 1 + i64::try_from(self.cases.len()).unwrap_or(0);
        let unknown = Unknown::case(study, label);
        let there = |offer: &String| Some((offer.clone(), study.case_labelled(offer)?.id));
        self.known.extend(unknown.offers().iter().filter_map(there));
        self.unknown.push(unknown);
        self.cases.push(Case { id, label: label.to_owned(), kind: CaseKind::Person, values: Values::new(), position });
        id
    }

    /// What is to be written, with new attributes as wanted; `stands_for` says for which case a new one stands: for itself,
    /// for one that is there, or for none.
    fn load(&self, new_attributes: bool, stands_for: impl Fn(CaseId) -> Option<CaseId>) -> Load {
        let mut load = Load { made: Vec::new(), cells: self.cells.clone() };
        if new_attributes {
            load.made.extend(self.attributes.iter().cloned().map(Into::into));
            load.cells.extend(self.of_new_attributes.iter().cloned());
        }
        load.made.extend(self.cases.iter().filter(|case| stands_for(case.id) == Some(case.id)).cloned().map(Into::into));
        let is_new = |field: Field| self.attributes.iter().any(|attribute| field == Field::Attribute(attribute.id));
        let wanted = self.of_new_cases.iter().filter(|cell| new_attributes || !is_new(cell.field));
        load.cells.extend(wanted.filter_map(|cell| Some(Written { case: stands_for(cell.case)?, ..cell.clone() })));
        load
    }

    /// Asks which cases the unknown ids are, and writes all of it then.
    fn match_ids(&self) -> Action {
        let plan = self.clone();
        let then = move |meant: Vec<Meant>| {
            let stands_for: HashMap<CaseId, CaseId> = plan
                .cases
                .iter()
                .zip(meant)
                .filter_map(|(case, meant)| match meant {
                    Meant::Known(label) => Some((case.id, plan.known.get(&label).copied()?)),
                    Meant::New => Some((case.id, case.id)),
                    Meant::Nothing => None,
                })
                .collect();
            write(plan.load(true, |case| stands_for.get(&case).copied()))
        };
        let title =
            if self.cases.len() == 1 { "Which case is this?".to_owned() } else { format!("Which cases are these {}?", self.cases.len()) };
        let what = "Two spellings of one id would be two cases, and counted as two people.";
        let lines = self.unknown.iter().map(Unknown::line).collect();
        Action::Show(Box::new(Dialog::Matches(Matches::new(title, what, lines, then))))
    }

    /// What is to be asked; where nothing is, what is to be written.
    fn question(&self) -> Result<Choice, Load> {
        if self.attributes.is_empty() && self.cases.is_empty() && self.left.is_empty() && !self.cells.is_empty() {
            return Err(self.load(false, |_| None));
        }
        let of_attributes = self.attributes.iter().map(|attribute| format!("“{}” is no attribute yet: it becomes one.", attribute.name));
        let of_columns = self.left.iter().map(|name| format!("“{name}” is nothing a case can state: it is left out."));
        let of_cases = self.cases.iter().map(|case| format!("“{}” is no case of this study.", case.label));
        let lines = of_attributes.chain(of_columns).chain(of_cases).collect();
        let cells = self.cells.len() + self.of_new_attributes.len();
        let what = match cells {
            0 => "No cell of it belongs to a case that is there.".to_owned(),
            1 => "1 cell belongs to a case that is there.".to_owned(),
            many => format!("{many} cells belong to cases that are there."),
        };
        let mut answers = Vec::new();
        let mut answer = |words: String, new_attributes, new_cases: bool| {
            let load = self.load(new_attributes, |case| new_cases.then_some(case));
            if !load.cells.is_empty() {
                answers.push(Answer::new(words, write(load)));
            }
        };
        answer(if cells == 1 { "Write the cell".to_owned() } else { format!("Write {cells} cells") }, true, false);
        if !self.cases.is_empty() {
            answer(format!("Write them and add {} as new cases", self.cases.len()), true, true);
        }
        if !self.attributes.is_empty() && !self.cells.is_empty() {
            answer("Only attributes that are there".to_owned(), false, false);
        }
        if !self.cases.is_empty() {
            let matches = Answer::new("Say which cases these are…", self.match_ids());
            // What is nearly an id that is there is more likely a slip than somebody new.
            let slips = self.unknown.iter().any(Unknown::is_near);
            answers.insert(if slips { 0 } else { answers.len() }, matches);
        }
        Ok(Choice::new(format!("Attributes from “{}”", self.name), answers).what(what).lines(lines))
    }
}

/// Hands cells to the view, which asks about values it does not know.
fn write(load: Load) -> Action {
    Action::ask(|_| Ok(()), move |state, ()| state.cases.load(LABEL, load))
}

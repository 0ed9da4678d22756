//! What is decided of files before they are imported, as a file that can be written, kept and used again.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use serde::{Deserialize, Serialize};

use super::draft::{Draft, DraftCase, DraftSpeaker, Problem};
use super::edits::{Common, common, fill_from_name, part_of, set_area, set_case, set_group, set_label, set_part};
use super::file_names::{NamePattern, NamePatternError};
use super::part::Part;
use super::survey::{ColumnRole, SurveyTable};
use crate::study::CaseKind;
use crate::text::fold;

/// The name that stands for every file.
const EVERY: &str = "*";

/// The largest file of a mapping that is read, in bytes.
const MOST_BYTES: u64 = 16 * 1024 * 1024;

/// What is decided of files. What it does not say stays as it was read; what it says with nothing in it is taken away.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Mapping {
    /// How files are named, as `{area}-{id}`; empty to take nothing from names.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub names: String,
    /// What the columns of tables are.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub tables: Vec<MappedTable>,
    /// What files are. An entry for `*` is for every file; one for a name comes after it.
    pub files: Vec<MappedFile>,
}

/// What the columns of a table are.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct MappedTable {
    /// Name of the file, or `*` for every table that has such columns.
    pub file: String,
    /// Its columns.
    pub columns: Vec<MappedColumn>,
    /// How many respondents come of it; told, and not read.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub respondents: Option<usize>,
}

/// What a column is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct MappedColumn {
    /// Its name.
    pub name: String,
    /// What it is.
    pub role: ColumnRole,
    /// Some of its values; told, and not read.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub samples: Vec<String>,
}

/// What a file, or a row of a table, is.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct MappedFile {
    /// Name of the file without folders, or `*`.
    pub file: String,
    /// The line of a table on which the respondent's row begins.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub row: Option<usize>,
    /// Whether it is not imported.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub leave_out: bool,
    /// The source's id.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub id: Option<String>,
    /// Its title.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub title: Option<String>,
    /// Its kind.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub kind: Option<String>,
    /// The day, as `YYYY-MM-DD`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub date: Option<String>,
    /// The group of all its cases.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub group: Option<String>,
    /// The area of all its cases.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub area: Option<String>,
    /// Who speaks in it.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub speakers: Vec<MappedSpeaker>,
    /// How many paragraphs it has; told, and not read.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub paragraphs: Option<usize>,
    /// What to look at; told, and not read.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub problems: Vec<String>,
}

/// Who speaks under a label.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct MappedSpeaker {
    /// The label as it stands in the file; empty for what has no label.
    pub label: String,
    /// What they are.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub is: Option<Part>,
    /// The case whose words these are; with nothing in it, nobody’s who is known.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub case: Option<String>,
    /// Who or what the case is.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub kind: Option<CaseKind>,
    /// Its group.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub group: Option<String>,
    /// Its area.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub area: Option<String>,
    /// How often they begin to speak; told, and not read.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub turns: Option<usize>,
}

/// What a mapping made of drafts.
#[derive(Debug)]
pub struct Mapped {
    /// Those that are to be imported.
    pub drafts: Vec<Draft>,
    /// What it says of files that are not there.
    pub problems: Vec<Problem>,
}

/// Why a file is no mapping.
#[derive(Debug, thiserror::Error)]
pub enum MappingError {
    /// It cannot be read.
    #[error("the map “{name}” cannot be read ({reason})")]
    Unreadable {
        /// Name of the file.
        name: String,
        /// What the system says.
        reason: std::io::Error,
    },
    /// It is none.
    #[error("“{name}” is no map: {reason}. “themata import PROJECT FILE… --dry-run --json” writes one to begin with.")]
    Shape {
        /// Name of the file.
        name: String,
        /// What is wrong, and where.
        reason: String,
    },
    /// Its pattern of names is none.
    #[error("the map “{name}” says how files are named, but {reason}")]
    Names {
        /// Name of the file.
        name: String,
        /// What is wrong with the pattern.
        reason: NamePatternError,
    },
}

impl Mapping {
    /// Reads a mapping from a JSON file.
    ///
    /// # Errors
    /// [`MappingError`] when it cannot be read or is none.
    pub fn read(path: &Path) -> Result<Self, MappingError> {
        let name = path.file_name().unwrap_or(path.as_os_str()).to_string_lossy().into_owned();
        let unreadable = |reason| MappingError::Unreadable { name: name.clone(), reason };
        let size = fs::metadata(path).map_err(unreadable)?.len();
        if size > MOST_BYTES {
            return Err(MappingError::Shape { name, reason: "it is larger than any map".to_owned() });
        }
        let bytes = fs::read(path).map_err(unreadable)?;
        let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(&bytes);
        let mapping: Self =
            serde_json::from_slice(bytes).map_err(|error| MappingError::Shape { name: name.clone(), reason: error.to_string() })?;
        if !mapping.names.is_empty() {
            NamePattern::parse(&mapping.names).map_err(|reason| MappingError::Names { name, reason })?;
        }
        Ok(mapping)
    }

    /// The mapping that says of drafts what they are, and of tables what their columns are: carried out, it changes nothing.
    #[must_use]
    pub fn of(drafts: &[Draft], tables: &[SurveyTable]) -> Self {
        let files = drafts.iter().map(MappedFile::of).collect();
        Self { names: String::new(), tables: tables.iter().map(MappedTable::of).collect(), files }
    }

    /// Says of the columns of a table what they are.
    pub fn set_roles(&self, table: &mut SurveyTable) {
        for told in self.tables.iter().filter(|told| told.file == EVERY || told.file == table.file_name) {
            for column in &told.columns {
                let found = table.columns.iter_mut().find(|known| fold(&known.name) == fold(&column.name));
                match found {
                    Some(known) => known.role = column.role,
                    None if told.file == EVERY => {}
                    None => table.problems.push(Problem::whole(format!("The map names a column “{}”, which is not there.", column.name))),
                }
            }
        }
    }

    /// Changes drafts as it says.
    #[must_use]
    pub fn carry_out(&self, drafts: Vec<Draft>) -> Mapped {
        let pattern = NamePattern::parse(&self.names).ok();
        let mut met: BTreeSet<usize> = BTreeSet::new();
        let mut kept = Vec::with_capacity(drafts.len());
        for mut draft in drafts {
            if let Some(pattern) = &pattern {
                fill_from_name(&mut draft, pattern);
            }
            let mut left_out = false;
            let told = self.files.iter().enumerate();
            let (every, own): (Vec<_>, Vec<_>) = told.filter(|(_, file)| file.is_for(&draft)).partition(|(_, file)| file.file == EVERY);
            for (place, file) in every.into_iter().chain(own) {
                met.insert(place);
                left_out |= file.leave_out;
                file.carry_out(&mut draft);
            }
            if !left_out {
                kept.push(draft);
            }
        }
        let unknown = self.files.iter().enumerate().filter(|(place, file)| file.file != EVERY && !met.contains(place));
        let problems = unknown.map(|(_, file)| Problem::whole(format!("The map names “{}”, which is not among the files.", file.file)));
        Mapped { drafts: kept, problems: problems.collect() }
    }
}

impl MappedTable {
    fn of(table: &SurveyTable) -> Self {
        let column = |column: &super::survey::SurveyColumn| MappedColumn {
            name: column.name.clone(),
            role: column.role,
            samples: column.samples.clone(),
        };
        Self { file: table.file_name.clone(), columns: table.columns.iter().map(column).collect(), respondents: Some(table.respondents()) }
    }
}

impl MappedFile {
    fn of(draft: &Draft) -> Self {
        let stated = |words: &str| Some(words.to_owned()).filter(|words| !words.is_empty());
        let same = |common| if let Common::Same(name) = common { name } else { None };
        let nobody = draft.case.as_ref().map(|case| MappedSpeaker::of("", None, Some(case), None));
        let speaker =
            |speaker: &DraftSpeaker| MappedSpeaker::of(&speaker.label, Some(part_of(speaker)), speaker.case.as_ref(), Some(speaker.turns));
        Self {
            file: draft.file_name.clone(),
            row: draft.row_of.map(|(_, line)| line),
            leave_out: false,
            id: Some(draft.label.clone()),
            title: Some(draft.title.clone()),
            kind: stated(&draft.kind),
            date: stated(&draft.date),
            group: same(common(draft, |case| &case.group)),
            area: same(common(draft, |case| &case.area)),
            speakers: draft.speakers.iter().map(speaker).chain(nobody).collect(),
            paragraphs: Some(draft.paragraphs.len()),
            problems: draft.problems.iter().map(ToString::to_string).collect(),
        }
    }

    fn is_for(&self, draft: &Draft) -> bool {
        let of_file = self.file == EVERY || self.file == draft.file_name;
        of_file && self.row.is_none_or(|row| draft.row_of.is_some_and(|(_, line)| line == row))
    }

    fn carry_out(&self, draft: &mut Draft) {
        self.id.iter().for_each(|id| set_label(draft, id));
        let fields = [(&self.title, &mut draft.title), (&self.kind, &mut draft.kind), (&self.date, &mut draft.date)];
        for (told, field) in fields {
            if let Some(words) = told {
                words.trim().clone_into(field);
            }
        }
        self.group.iter().for_each(|group| set_group(draft, group));
        self.area.iter().for_each(|area| set_area(draft, area));
        for speaker in &self.speakers {
            let found = speaker.carry_out(draft);
            if !found && self.file != EVERY {
                let sentence = format!("The map names a speaker “{}”, who does not speak here.", speaker.label);
                draft.problems.push(Problem::whole(sentence));
            }
        }
    }
}

impl MappedSpeaker {
    fn of(label: &str, is: Option<Part>, case: Option<&DraftCase>, turns: Option<usize>) -> Self {
        Self {
            label: label.to_owned(),
            is,
            case: case.map(|case| case.label.clone()),
            kind: case.map(|case| case.kind),
            group: case.and_then(|case| case.group.clone()),
            area: case.and_then(|case| case.area.clone()),
            turns,
        }
    }

    /// Says who somebody is; returns whether they speak.
    fn carry_out(&self, draft: &mut Draft) -> bool {
        let slot = if self.label.is_empty() {
            &mut draft.case
        } else {
            let label = fold(self.label.trim());
            let Some(place) = draft.speakers.iter().position(|speaker| fold(&speaker.label) == label) else { return false };
            self.is.iter().for_each(|part| set_part(draft, place, *part));
            match draft.speakers.get_mut(place) {
                Some(speaker) => &mut speaker.case,
                None => return false,
            }
        };
        self.case.iter().for_each(|case| set_case(slot, case));
        if let Some(case) = slot {
            let stated = |words: &String| Some(words.trim().to_owned()).filter(|words| !words.is_empty());
            self.kind.iter().for_each(|kind| case.kind = *kind);
            self.group.iter().for_each(|group| case.group = stated(group));
            self.area.iter().for_each(|area| case.area = stated(area));
        }
        true
    }
}

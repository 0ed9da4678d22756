use std::collections::BTreeMap;

use jiff::Timestamp;

use super::error::FolderError;
use super::places::{line_of, lines};
use super::read::{CODINGS, STUDY};
use super::shapes::{
    AttributeShape, CaseShape, CoderShape, CodingShape, CodingsFile, MemoShape, SourceShape, SpeakerShape, StatusKindShape, StudyFile,
    ThemeShape, VoiceShape,
};
use super::study_folder::{FolderAttribute, FolderCase, FolderCoding, FolderMemo, FolderMemoOn, FolderStatus, FolderTheme, StudyFolder};
use crate::exchange::import::{Draft, DraftCase, DraftSpeaker};
use crate::study::{CaseKind, Coder, CoderId, Role, StatusKind, split_path};
use crate::text::{Span, Voice, find_quote, fold};

/// Resolves every name of the JSON files, or says which one is unknown and where.
pub(super) struct Check<'text> {
    study_text: &'text str,
    codings_text: &'text str,
    pub(super) folder: StudyFolder,
    /// Index of each theme by its folded path.
    themes: BTreeMap<Vec<String>, usize>,
}

pub(super) type Checked<T> = Result<T, FolderError>;

impl<'text> Check<'text> {
    pub(super) fn new(study_text: &'text str, codings_text: &'text str, drafts: Vec<Draft>) -> Self {
        let folder = StudyFolder { drafts, ..StudyFolder::default() };
        Self { study_text, codings_text, folder, themes: BTreeMap::new() }
    }

    pub(super) fn run(mut self, study: StudyFile, codings: CodingsFile) -> Checked<StudyFolder> {
        Self::format(&study.format, STUDY, "themata-study/1", self.study_text)?;
        Self::format(&codings.format, CODINGS, "themata-codings/1", self.codings_text)?;
        (self.folder.name, self.folder.about, self.folder.synthetic) = (study.name, study.about, study.synthetic);
        self.coders(&study.coders)?;
        self.attributes(study.attributes)?;
        for theme in study.themes {
            self.theme(&[], theme)?;
        }
        let each = |name| lines(self.codings_text, name).into_iter().chain(std::iter::repeat(1));
        let (sources, cases, statuses, memos) = (each("sources"), each("cases"), each("statuses"), each("memos"));
        let (quotes, summaries) = (each("codings"), each("summaries"));
        for (case, line) in codings.cases.into_iter().zip(cases) {
            self.case(case, line)?;
        }
        for (source, line) in codings.sources.into_iter().zip(sources) {
            self.source(source, line)?;
        }
        for (status, line) in codings.statuses.into_iter().zip(statuses) {
            let (source, coder) = (self.source_named(&status.source, line)?, self.coder_named(&status.coder, line)?);
            self.folder.statuses.push(FolderStatus { source, coder, status: status_kind(status.status) });
        }
        for (memo, line) in codings.memos.into_iter().zip(memos) {
            self.memo(memo, line)?;
        }
        for (coding, line) in codings.codings.into_iter().zip(quotes) {
            self.coding(coding, line)?;
        }
        for (summary, line) in codings.summaries.into_iter().zip(summaries) {
            self.summary(summary, line)?;
        }
        Ok(self.folder)
    }

    fn format(found: &str, file: &'static str, known: &str, text: &str) -> Checked<()> {
        if found.is_empty() || found == known {
            return Ok(());
        }
        let sentence = format!("The format “{found}” is not known here; “{known}” is.");
        Err(FolderError::Wrong { file, line: line_of(text, found), sentence })
    }

    fn in_study<T>(&self, name: &str, sentence: String) -> Checked<T> {
        Err(FolderError::Wrong { file: STUDY, line: line_of(self.study_text, name), sentence })
    }

    fn coders(&mut self, coders: &[CoderShape]) -> Checked<()> {
        for coder in coders {
            let (name, initials) = (coder.name.trim(), coder.id.trim());
            if name.is_empty() || initials.is_empty() {
                return self.in_study(&coder.name, "A coder needs an id and a name.".to_owned());
            }
            if self.folder.coders.iter().any(|known| fold(&known.name) == fold(name) || fold(&known.initials) == fold(initials)) {
                return self.in_study(&coder.name, format!("The coder “{name}” ({initials}) is there twice."));
            }
            let id = CoderId::derived(&[fold(name).as_bytes()]);
            self.folder.coders.push(Coder { id, name: name.to_owned(), initials: initials.to_owned() });
        }
        Ok(())
    }

    fn attributes(&mut self, attributes: Vec<AttributeShape>) -> Checked<()> {
        for attribute in attributes {
            let name = attribute.name.trim().to_owned();
            let known = &self.folder.attributes;
            if name.is_empty() || known.iter().any(|known| fold(&known.name) == fold(&name)) {
                return self.in_study(&attribute.name, format!("Attributes need names of their own; “{name}” is none."));
            }
            if attribute.role.is_some()
                && (known.iter().any(|known| known.role == attribute.role) || attribute.of != crate::study::AttributeOf::Cases)
            {
                return self.in_study(&name, format!("“{name}” cannot have its role: only one attribute of cases can play it."));
            }
            let mut values: Vec<(String, Vec<String>)> = Vec::new();
            for value in attribute.values {
                let value_name = value.name.trim().to_owned();
                if value_name.is_empty() || values.iter().any(|(known, _)| fold(known) == fold(&value_name)) {
                    return self.in_study(&value.name, format!("“{name}” needs values with names of their own; “{value_name}” is none."));
                }
                values.push((value_name, value.aliases));
            }
            let AttributeShape { of, role, identifying, .. } = attribute;
            self.folder.attributes.push(FolderAttribute { name, of, role, identifying, values });
        }
        Ok(())
    }

    fn theme(&mut self, above: &[String], shape: ThemeShape) -> Checked<()> {
        let name = shape.name.split_whitespace().collect::<Vec<_>>().join(" ");
        let path: Vec<String> = above.iter().cloned().chain([name.clone()]).collect();
        let folded = path.iter().map(|name| fold(name)).collect();
        if name.is_empty() || self.themes.contains_key(&folded) {
            return self.in_study(&shape.name, format!("Themes side by side need names of their own; “{name}” is none."));
        }
        self.themes.insert(folded, self.folder.themes.len());
        let ThemeShape { number, abbreviation, colour, definition, use_when, not_when, origin, children, .. } = shape;
        self.folder.themes.push(FolderTheme { path: path.clone(), number, abbreviation, colour, definition, use_when, not_when, origin });
        children.into_iter().try_for_each(|child| self.theme(&path, child))
    }

    fn case(&mut self, shape: CaseShape, line: usize) -> Checked<()> {
        if shape.id.trim().is_empty() || self.folder.cases.iter().any(|known| fold(&known.label) == fold(&shape.id)) {
            return wrong(line, format!("Cases need ids of their own; “{}” is none.", shape.id));
        }
        let mut values = Vec::new();
        for (name, given) in &shape.attributes {
            let attribute = self.attribute_named(name, line)?;
            for value in given.all() {
                value_named(attribute, value, line)?;
            }
            values.push((attribute.name.clone(), given.all().to_vec()));
        }
        self.folder.cases.push(FolderCase { label: shape.id, kind: shape.kind, values });
        Ok(())
    }

    /// What is said of a source holds against what its file says.
    fn source(&mut self, shape: SourceShape, line: usize) -> Checked<()> {
        let index = self.source_named(&shape.id, line)?;
        let cases = &self.folder.cases;
        let roles = [Role::Group, Role::Area].map(|role| self.folder.attributes.iter().find(|attribute| attribute.role == Some(role)));
        let Some(draft) = self.folder.drafts.get_mut(index) else { return Ok(()) };
        let fields = [
            (&mut draft.title, shape.title),
            (&mut draft.kind, shape.kind),
            (&mut draft.date, shape.date),
            (&mut draft.interviewer, shape.interviewer),
        ];
        for (field, said) in fields {
            if let Some(said) = said {
                *field = said;
            }
        }
        for (label, said) in shape.speakers {
            let Some(speaker) = draft.speakers.iter_mut().find(|speaker| fold(&speaker.label) == fold(label.trim())) else {
                return wrong(line, format!("Nobody in {} speaks as “{label}”.", shape.id));
            };
            let known = said.case.as_deref().and_then(|case| cases.iter().find(|known| fold(&known.label) == fold(case)));
            let [group, area] = roles.map(|role| role.zip(known).and_then(|(role, case)| value_of(case, &role.name)));
            override_speaker(speaker, said, known.and_then(|case| case.kind), group, area);
        }
        Ok(())
    }

    fn memo(&mut self, shape: MemoShape, line: usize) -> Checked<()> {
        let on = match (&shape.source, &shape.theme, &shape.case) {
            (None, None, None) => FolderMemoOn::Project,
            (Some(source), None, None) => FolderMemoOn::Source(self.source_named(source, line)?),
            (None, Some(theme), None) => FolderMemoOn::Theme(self.theme_named(theme, line)?),
            (None, None, Some(case)) => FolderMemoOn::Case(self.case_named(case, line)?),
            _ => return wrong(line, "A memo is on one thing: a source, a theme or a case.".to_owned()),
        };
        let (coder, time) = (self.coder_named(&shape.coder, line)?, time(shape.time.as_deref(), line)?);
        self.folder.memos.push(FolderMemo { on, coder, kind: shape.kind, text: shape.text, time });
        Ok(())
    }

    fn coding(&mut self, shape: CodingShape, line: usize) -> Checked<()> {
        let source = self.source_named(&shape.source, line)?;
        let (theme, coder) = (self.theme_named(&shape.theme, line)?, self.coder_named(&shape.coder, line)?);
        let time = time(shape.time.as_deref(), line)?;
        let span = self.words_in(source, &shape.quote, line)?;
        let CodingShape { quote_mark, contrary, memo, .. } = shape;
        self.folder.codings.push(FolderCoding { source, span, theme, coder, time, quote_mark, contrary, memo });
        Ok(())
    }

    /// Where a source has these words.
    pub(super) fn words_in(&self, source: usize, quote: &str, line: usize) -> Checked<Span> {
        let (label, text) = self.folder.drafts.get(source).map_or(("", ""), |draft| (&draft.label, &draft.text));
        let begin = || quote.chars().take(60).collect::<String>();
        find_quote(text, quote, 0).map_or_else(|| wrong(line, format!("{label} has no words “{}…”.", begin())), Ok)
    }

    pub(super) fn attribute_named(&self, name: &str, line: usize) -> Checked<&FolderAttribute> {
        let found = self.folder.attributes.iter().find(|attribute| fold(&attribute.name) == fold(name.trim()));
        found.map_or_else(|| wrong(line, format!("There is no attribute “{name}” in {STUDY}.")), Ok)
    }

    pub(super) fn source_named(&self, id: &str, line: usize) -> Checked<usize> {
        let found = self.folder.drafts.iter().position(|draft| fold(&draft.label) == fold(id.trim()));
        found.map_or_else(|| wrong(line, format!("There is no source “{id}”.")), Ok)
    }

    pub(super) fn theme_named(&self, path: &str, line: usize) -> Checked<usize> {
        let folded: Vec<String> = split_path(path).iter().map(|name| fold(name)).collect();
        self.themes.get(&folded).map_or_else(|| wrong(line, format!("There is no theme “{path}” in {STUDY}.")), |index| Ok(*index))
    }

    pub(super) fn coder_named(&self, name: &str, line: usize) -> Checked<CoderId> {
        let wanted = fold(name.trim());
        let found = self.folder.coders.iter().find(|coder| fold(&coder.initials) == wanted || fold(&coder.name) == wanted);
        found.map_or_else(|| wrong(line, format!("There is no coder “{name}” in {STUDY}.")), |coder| Ok(coder.id))
    }

    pub(super) fn case_named(&self, label: &str, line: usize) -> Checked<String> {
        let proposed = self.folder.drafts.iter().flat_map(Draft::cases).map(|case| &case.label);
        let found = self.folder.cases.iter().map(|case| &case.label).chain(proposed).find(|known| fold(known) == fold(label.trim()));
        found.map_or_else(|| wrong(line, format!("There is no case “{label}”.")), |label| Ok(label.clone()))
    }
}

pub(super) fn wrong<T>(line: usize, sentence: String) -> Checked<T> {
    Err(FolderError::Wrong { file: CODINGS, line, sentence })
}

/// The value of an attribute with this name or alias; an attribute without a list of values has any.
pub(super) fn value_named(attribute: &FolderAttribute, value: &str, line: usize) -> Checked<String> {
    let is = |other: &String| fold(other.trim()) == fold(value.trim());
    match attribute.values.iter().find(|(name, aliases)| is(name) || aliases.iter().any(is)) {
        Some((name, _)) => Ok(name.clone()),
        None if attribute.values.is_empty() => Ok(value.trim().to_owned()),
        None => wrong(line, format!("“{}” has no value “{value}” in {STUDY}.", attribute.name)),
    }
}

fn value_of(case: &FolderCase, attribute: &str) -> Option<String> {
    case.values.iter().find(|(name, _)| name == attribute)?.1.first().cloned()
}

fn override_speaker(speaker: &mut DraftSpeaker, said: SpeakerShape, kind: Option<CaseKind>, group: Option<String>, area: Option<String>) {
    if let Some(voice) = said.voice {
        speaker.voice = if voice == VoiceShape::Interviewer { Voice::Interviewer } else { Voice::Participant };
    }
    if speaker.voice == Voice::Interviewer {
        speaker.case = None;
    } else if let Some(label) = said.case {
        let unidentified = said.voice == Some(VoiceShape::Unidentified);
        let guessed = speaker.case.as_ref().map_or(CaseKind::Person, |case| case.kind);
        let kind = if unidentified { CaseKind::Unidentified } else { kind.unwrap_or(guessed) };
        speaker.case = Some(DraftCase { label, kind, group, area, attributes: Vec::new() });
    }
}

const fn status_kind(shape: StatusKindShape) -> StatusKind {
    match shape {
        StatusKindShape::NotStarted => StatusKind::NotStarted,
        StatusKindShape::Reading => StatusKind::Reading,
        StatusKindShape::Coding => StatusKind::Coding,
        StatusKindShape::Done => StatusKind::Done,
    }
}

pub(super) fn time(written: Option<&str>, line: usize) -> Checked<Option<i64>> {
    let Some(written) = written else { return Ok(None) };
    let read: Result<Timestamp, _> = written.parse();
    read.map_or_else(
        |_| wrong(line, format!("“{written}” is no time; write it as 2024-06-03T09:15:00Z.")),
        |time| Ok(Some(time.as_millisecond())),
    )
}

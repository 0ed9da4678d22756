//! What the analyst changes in a draft before it is written.

use super::draft::{Draft, DraftCase, DraftSpeaker};
use super::file_names::{NamePart, NamePattern};
use super::part::Part;
use crate::study::CaseKind;

/// What a speaker is now.
#[must_use]
pub fn part_of(speaker: &DraftSpeaker) -> Part {
    Part::of(speaker.voice, speaker.case.as_ref().map(|case| case.kind))
}

/// Words, or nothing where only white space was written.
fn stated(words: &str) -> Option<String> {
    Some(words.trim()).filter(|words| !words.is_empty()).map(str::to_owned)
}

fn cases(draft: &mut Draft) -> impl Iterator<Item = &mut DraftCase> {
    draft.speakers.iter_mut().filter_map(|speaker| speaker.case.as_mut()).chain(draft.case.as_mut())
}

/// Gives a draft another id. Cases that were named after it follow.
pub fn set_label(draft: &mut Draft, label: &str) {
    let before = std::mem::replace(&mut draft.label, label.trim().to_owned());
    let now = draft.label.clone();
    for case in cases(draft).filter(|case| case.kind != CaseKind::InterviewLabel) {
        let tail = case.label.strip_prefix(&before).filter(|tail| tail.is_empty() || tail.starts_with('-'));
        if let Some(tail) = tail {
            case.label = format!("{now}{tail}");
        }
    }
}

/// Fills in what the name of a draft's file says. Returns whether it is named so.
pub fn fill_from_name(draft: &mut Draft, pattern: &NamePattern) -> bool {
    let Some(said) = pattern.read(&draft.file_name) else { return false };
    for (part, words) in said {
        match part {
            NamePart::Id => set_label(draft, &words),
            NamePart::Title => draft.title = words,
            NamePart::Kind => draft.kind = words,
            NamePart::Date => draft.date = words,
            NamePart::Group => set_group(draft, &words),
            NamePart::Area => set_area(draft, &words),
            NamePart::Any => {}
        }
    }
    true
}

/// What several cases have in common in a field, or that they differ.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Common {
    /// There is no case.
    Nobody,
    /// All have this, or nothing.
    Same(Option<String>),
    /// They differ; what they have.
    Several(Vec<String>),
}

/// What the cases of a draft have in common in the field that `of` gives.
pub fn common(draft: &Draft, of: impl Fn(&DraftCase) -> &Option<String>) -> Common {
    let cases = draft.cases();
    let Some((first, rest)) = cases.split_first() else { return Common::Nobody };
    if rest.iter().all(|case| of(case) == of(first)) {
        return Common::Same(of(first).clone());
    }
    let mut names: Vec<String> = cases.iter().filter_map(|case| of(case).clone()).collect();
    names.dedup();
    Common::Several(names)
}

/// Gives every case of the draft this group.
pub fn set_group(draft: &mut Draft, group: &str) {
    cases(draft).for_each(|case| case.group = stated(group));
}

/// Gives every case of the draft this area.
pub fn set_area(draft: &mut Draft, area: &str) {
    cases(draft).for_each(|case| case.area = stated(area));
}

/// A new case for a speaker, with the group and area of the draft's others where they agree.
fn new_case(draft: &Draft, label: String, kind: CaseKind) -> DraftCase {
    let same = |common| if let Common::Same(name) = common { name } else { None };
    let (group, area) = (same(common(draft, |case| &case.group)), same(common(draft, |case| &case.area)));
    DraftCase { label, kind, group, area, attributes: Vec::new() }
}

/// Says what a speaker is.
pub fn set_part(draft: &mut Draft, speaker: usize, part: Part) {
    let participants = draft.speakers.iter().filter(|speaker| part_of(speaker) == Part::Participant).count();
    let Some(label) = draft.speakers.get(speaker).map(|speaker| speaker.label.clone()) else { return };
    let case = match part {
        Part::Interviewer | Part::Author => None,
        Part::Unidentified => Some(new_case(draft, format!("{}-{label}", draft.label), CaseKind::Unidentified)),
        Part::Participant if participants == 0 => Some(new_case(draft, draft.label.clone(), CaseKind::Person)),
        Part::Participant => Some(new_case(draft, format!("{}-{label}", draft.label), CaseKind::Person)),
    };
    let Some(speaker) = draft.speakers.get_mut(speaker).filter(|speaker| part_of(speaker) != part) else { return };
    speaker.voice = part.voice();
    speaker.case = case;
}

/// Says who somebody is. Without a label nobody is named: *Not stated*.
pub fn set_case(slot: &mut Option<DraftCase>, label: &str) {
    *slot = stated(label).map(|label| match slot.take() {
        Some(case) => DraftCase { label, ..case },
        None => DraftCase { label, kind: CaseKind::Person, group: None, area: None, attributes: Vec::new() },
    });
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::exchange::import::{Frame, read_bytes};
    use crate::text::Voice;

    fn draft() -> Draft {
        let text = "Participant group: Clients\nArea: Fife\n\nInterviewer: How was it?\n\nMorag: Fine.\n\nAlec: Not for me.\n\nMorag: No.\n\nAlec: Aye.\n";
        let mut draft = read_bytes("FG1.txt", text.as_bytes(), &Frame::default()).unwrap();
        set_group(&mut draft, "Clients");
        set_area(&mut draft, "Fife");
        draft
    }

    fn labels(draft: &Draft) -> Vec<String> {
        draft.cases().iter().map(|case| case.label.clone()).collect()
    }

    #[test]
    fn cases_named_after_a_draft_follow_its_id() {
        let mut draft = draft();
        let before = labels(&draft);
        set_label(&mut draft, " FIF-FG1 ");
        assert_eq!(draft.label, "FIF-FG1");
        let expected: Vec<String> = before.iter().map(|label| label.replacen("FG1", "FIF-FG1", 1)).collect();
        assert_eq!(labels(&draft), expected);
    }

    #[test]
    fn a_speaker_becomes_another_and_keeps_group_and_area() {
        let mut draft = draft();
        let alec = draft.speakers.iter().position(|speaker| speaker.label == "Alec").unwrap();
        set_part(&mut draft, alec, Part::Unidentified);
        let case = draft.speakers[alec].case.clone().unwrap();
        assert_eq!((case.label.as_str(), case.kind), ("FG1-Alec", CaseKind::Unidentified));
        assert_eq!((case.group.as_deref(), case.area.as_deref()), (Some("Clients"), Some("Fife")));
        set_part(&mut draft, alec, Part::Interviewer);
        assert_eq!((draft.speakers[alec].voice, draft.speakers[alec].case.clone()), (Voice::Interviewer, None));
    }

    #[test]
    fn what_cases_have_in_common_is_said() {
        let mut draft = draft();
        assert_eq!(common(&draft, |case| &case.area), Common::Same(Some("Fife".into())));
        draft.speakers.iter_mut().find(|speaker| speaker.label == "Alec").unwrap().case.as_mut().unwrap().area = Some("Highland".into());
        assert_eq!(common(&draft, |case| &case.area), Common::Several(vec!["Fife".into(), "Highland".into()]));
        draft.speakers.iter_mut().for_each(|speaker| speaker.case = None);
        draft.case = None;
        assert_eq!(common(&draft, |case| &case.area), Common::Nobody);
    }
}

use super::draft::{Draft, DraftCase, Problem};
use super::frame::{Found, Frame, Names, find, is_near};
use super::report::{Mention, Says};
use crate::study::CaseKind;

/// A draft whose attributions still wait for their groups.
#[derive(Debug)]
pub(super) struct Parsed {
    /// The draft.
    pub(super) draft: Draft,
    /// The attributions of its quotes.
    pub(super) mentions: Vec<Mention>,
}

/// Gives every attribution of the drafts its case and group.
///
/// Groups are those of the frame. Where it has none, or grows, those that the attributions of all drafts together
/// name are added to them: of near spellings the most frequent one counts.
pub(super) fn resolve(parsed: &mut [Parsed], frame: &Frame) {
    let mut groups = frame.groups.clone();
    if groups.is_empty() || frame.grows {
        discover(&mut groups, parsed, frame);
    }
    for Parsed { draft, mentions } in parsed {
        for mention in mentions.iter() {
            let case = case(&groups, frame, mention, &mut draft.problems);
            if let Some(speaker) = draft.speakers.get_mut(mention.speaker) {
                speaker.case = case;
            }
        }
    }
}

/// Adds the groups that attributions name and `groups` has not. A role without an interview must be seen twice.
fn discover(groups: &mut Vec<Names>, parsed: &[Parsed], frame: &Frame) {
    let mut tally: Vec<(String, usize, bool)> = Vec::new();
    for mention in parsed.iter().flat_map(|parsed| &parsed.mentions) {
        let (spelling, numbered) = match &mention.says {
            Says::Interview { group, .. } => (group.as_str(), true),
            Says::Role(role) => (role.as_str(), false),
            Says::Literature => continue,
        };
        let (spelling, _) = without_area(frame, spelling);
        match tally.iter_mut().find(|(known, _, _)| *known == spelling) {
            Some((_, count, is_numbered)) => {
                *count += mention.quotes;
                *is_numbered |= numbered;
            }
            None => tally.push((spelling, mention.quotes, numbered)),
        }
    }
    tally.retain(|(spelling, count, numbered)| !spelling.is_empty() && (*numbered || *count >= 2));
    // Stable: of equally frequent spellings the first one in the text comes first.
    tally.sort_by_key(|(_, count, numbered)| (!*numbered, std::cmp::Reverse(*count)));
    for (spelling, _, _) in tally {
        let is_part = || one_part(groups, &spelling).is_some();
        let is_there = find(groups, &spelling) != Found::Unknown || is_part() || groups.iter().any(|known| is_near(&known.name, &spelling));
        if !is_there {
            groups.push(Names { name: spelling, aliases: Vec::new() });
        }
    }
}

fn parts(spelling: &str) -> impl Iterator<Item = &str> {
    spelling.split([',', ';']).map(str::trim).filter(|part| !part.is_empty())
}

/// What an attribution says of the group, without the one area of the study that may stand beside it.
fn without_area(frame: &Frame, spelling: &str) -> (String, Option<String>) {
    let area_of = |part: &str| if let Found::Known(name) = frame.area(part) { Some(name) } else { None };
    let areas: Vec<String> = parts(spelling).filter_map(area_of).collect();
    let [area] = areas.as_slice() else { return (spelling.to_owned(), None) };
    let others: Vec<&str> = parts(spelling).filter(|part| area_of(part).is_none()).collect();
    (others.join(", "), Some(area.clone()))
}

/// The one part of a spelling that names a group where the whole does not, and the rest, which names nothing known.
fn one_part(groups: &[Names], spelling: &str) -> Option<(String, String)> {
    let is_group = |part: &&str| find(groups, part) != Found::Unknown;
    let (named, others): (Vec<&str>, Vec<&str>) = parts(spelling).partition(is_group);
    let [part] = named.as_slice() else { return None };
    let is_one = !others.is_empty() && !is_group(&spelling);
    is_one.then(|| ((*part).to_owned(), others.join(", ")))
}

fn case(groups: &[Names], frame: &Frame, mention: &Mention, problems: &mut Vec<Problem>) -> Option<DraftCase> {
    let (spelling, tail, kind) = match &mention.says {
        Says::Interview { group, noun, number } => (group, format!("{noun} {number}"), CaseKind::InterviewLabel),
        Says::Role(role) => (role, "not numbered".to_owned(), CaseKind::Unidentified),
        Says::Literature => return None,
    };
    let (mut spelling, area) = without_area(frame, spelling);
    // A role without a number is too little to be taken in part.
    if let Some((part, rest)) = one_part(groups, &spelling).filter(|_| kind == CaseKind::InterviewLabel) {
        problems.push(Problem::at(mention.line, format!("“{rest}” beside “{part}” names nothing that the study has; it was left aside.")));
        spelling = part;
    }
    let group = match find(groups, &spelling) {
        Found::Known(name) => Some(name),
        Found::Near(name) => {
            problems.push(Problem::at(mention.line, format!("“{spelling}” was taken for the participant group “{name}”.")));
            Some(name)
        }
        Found::Unknown if spelling.is_empty() => None,
        Found::Unknown => {
            let sentence = format!(
                "The study has no participant group “{spelling}”, so the group of this quote is not stated. Add the group, or the spelling to one, \
                 and give it to the case."
            );
            problems.push(Problem::at(mention.line, sentence));
            None
        }
    };
    if group.is_none() && kind == CaseKind::Unidentified {
        return None;
    }
    let who = group.as_deref().unwrap_or(&spelling);
    let label = match (kind, who.is_empty()) {
        // Those of one group in two areas are not the same people.
        (CaseKind::Unidentified, _) => area.as_ref().map_or_else(|| format!("{who}, {tail}"), |area| format!("{who}, {area}, {tail}")),
        (_, true) => tail,
        (_, false) => format!("{who} {tail}"),
    };
    Some(DraftCase { label, kind, group, area, attributes: Vec::new() })
}

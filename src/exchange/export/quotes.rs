use std::collections::BTreeSet;

use super::about::{About, time_text};
use super::labels::Labels;
use super::leaving::TableError;
use super::names::Names;
use super::quoted::Quoted;
use super::table::{BETWEEN, TIME_ANCHOR, Table, has_time_anchors};
use crate::analysis::matrix::Filter;
use crate::study::{Attribute, AttributeId, CoderId, CodingId, Consent, Material, QuoteMark, QuoteMarkId, Role, Strength, Study, ThemeId};
use crate::text::{Anchor, NoSuchBlob, Texts};

pub(super) const QUOTES_SIGNS: &[&str] = &[
    "One row a quote mark, in the order of themes, sources and places. theme: of the coding it hangs on, else of the codings over it, several joined by “; ”.",
    "cases: who says it, several joined by “; ”; “Not stated” where nobody is named, blank where the words are no participant's. Group and area likewise.",
    "paragraph counts from 1. contrary: 1 the coding speaks against what most say, 0 not; contrary_to: against what, blank where nothing is written.",
    "broken: 1 the words were corrected away; paragraph and quote are then of the text before that. “–” does not occur.",
    "strength: typical, vivid or contrary, blank where nobody has said. consent: not known, given or refused. checked: 1 identifying details were looked for, 0 not.",
    "used_in: where the quote is used, blank where nothing is written.",
    "time_anchor, where texts have time stamps: the last one at or before the beginning. blank: there is none before.",
];

/// What a quote stands for, in a word.
#[must_use]
pub const fn strength_name(strength: Strength) -> &'static str {
    match strength {
        Strength::Typical => "typical",
        Strength::Vivid => "vivid",
        Strength::Contrary => "contrary",
    }
}

/// Whether a quote may be quoted, in words.
#[must_use]
pub const fn consent_name(consent: Consent) -> &'static str {
    match consent {
        Consent::NotKnown => "not known",
        Consent::Given => "given",
        Consent::Refused => "refused",
    }
}

/// A passage that was chosen for the report.
#[derive(Clone)]
pub(super) struct Marked<'a> {
    pub material: &'a Material,
    pub mark: &'a QuoteMark,
    /// The themes it stands for, in their order.
    pub themes: Vec<ThemeId>,
    /// What it is contrary to, if it is.
    pub contrary: Option<String>,
}

/// The quote marks that a filter lets in, in the order of themes, sources and places.
pub(super) fn marked<'a>(study: &'a Study, filter: &Filter) -> Vec<Marked<'a>> {
    let line = |theme: &ThemeId| study.codebook().line(*theme);
    let mut found = Vec::new();
    for material in study.materials().iter().filter(|material| filter.lets_in(study, material)) {
        let by = |coder: CoderId| filter.coder.is_none_or(|only| only == coder);
        for mark in material.kept_quote_marks().filter(|mark| by(mark.coder)) {
            let codings: Vec<(CodingId, ThemeId)> = match mark.coding.and_then(|coding| material.kept_coding(coding)) {
                Some(coding) => vec![(coding.id, coding.theme)],
                None if mark.revision == material.source.revision => {
                    material.codings_over(mark.span).map(|coded| (coded.coding.id, coded.coding.theme)).collect()
                }
                None => Vec::new(),
            };
            let mut themes: Vec<ThemeId> = codings.iter().map(|(_, theme)| *theme).collect();
            themes.sort_by_key(line);
            themes.dedup();
            let against = |coding: &CodingId| material.contrary_marks.iter().find(|mark| mark.coding == *coding);
            let contrary = codings.iter().find_map(|(coding, _)| against(coding)).map(|mark| mark.contrary_to.clone());
            found.push(Marked { material, mark, themes, contrary });
        }
    }
    // Sources and places are in order already.
    found.sort_by_key(|marked| marked.themes.first().map_or(usize::MAX, |theme| line(theme).unwrap_or(usize::MAX)));
    found
}

/// Every quote mark as a row.
///
/// # Errors
/// [`NoSuchBlob`] when a text is missing.
pub fn quotes_table(study: &Study, texts: &dyn Texts, filter: &Filter, labels: Labels) -> Result<Table, NoSuchBlob> {
    table(study, texts, marked(study, filter), labels)
}

/// The quotes of a list, of which `what` says which they are, with a note on how the table is read. `by` are the attributes that
/// they were chosen by.
///
/// # Errors
/// [`TableError`] when a text is missing, or where that they were chosen so would tell what is masked.
pub fn listed_quotes_table(
    study: &Study,
    texts: &dyn Texts,
    labels: Labels,
    what: &str,
    (marks, by): (&BTreeSet<QuoteMarkId>, &[AttributeId]),
    now: i64,
) -> Result<(Table, About), TableError> {
    let mut wanted = marked(study, &Filter::default());
    wanted.retain(|marked| marks.contains(&marked.mark.id));
    let mut cases = BTreeSet::new();
    for Marked { material, mark, .. } in &wanted {
        cases.extend(material.parts_of(mark.span).into_iter().filter_map(|part| material.case(part.case)));
    }
    let names = Names::new(study, labels);
    names.may_narrow(by.iter().copied(), &cases)?;
    let about = About::new(study, what, &Filter::default(), now).section("Signs", QUOTES_SIGNS);
    Ok((table(study, texts, wanted, labels)?, about.names(&names)))
}

fn table(study: &Study, texts: &dyn Texts, wanted: Vec<Marked<'_>>, labels: Labels) -> Result<Table, NoSuchBlob> {
    let names = Names::new(study, labels);
    let roles = [Role::Group, Role::Area].into_iter().filter_map(|role| study.attributes().with_role(role));
    let roles: Vec<&Attribute> = roles.filter(|attribute| labels.lets_out(attribute)).collect();
    let has_anchors = has_time_anchors(study);
    let mut header = ["theme", "cases"].map(str::to_owned).to_vec();
    header.extend(roles.iter().map(|attribute| attribute.name.clone()));
    let place = ["source", "paragraph"].into_iter().chain(has_anchors.then_some(TIME_ANCHOR));
    header
        .extend(place.chain("quote contrary contrary_to broken coder time strength consent checked used_in".split(' ')).map(str::to_owned));
    let mut rows = Vec::new();
    for Marked { material, mark, themes, contrary } in wanted {
        let Some(quoted) = Quoted::read(&names, texts, material, mark.revision, mark.span)? else { continue };
        let cases: Vec<_> = quoted.cases.iter().map(|case| case.and_then(|case| study.case(case))).collect();
        let each = |named: &dyn Fn(Option<&crate::study::Case>) -> String| {
            let mut listed: Vec<String> = cases.iter().map(|case| named(*case)).collect();
            listed.dedup();
            listed.join(BETWEEN)
        };
        let paths: Vec<String> = themes.iter().map(|theme| names.theme(*theme)).collect();
        let mut row =
            vec![paths.join(BETWEEN), each(&|case| case.map_or_else(|| crate::study::NOT_STATED.to_owned(), |case| names.case(case)))];
        row.extend(roles.iter().map(|attribute| each(&|case| names.values(case, attribute.id))));
        row.push(labels.source(&material.source));
        row.push(quoted.paragraph.map(|paragraph| paragraph.to_string()).unwrap_or_default());
        let anchor = || material.geometry.anchor_before(mark.span.start).filter(|_| !quoted.broken).map(Anchor::clock);
        row.extend(has_anchors.then(|| anchor().unwrap_or_default()));
        row.extend([
            quoted.words,
            u8::from(contrary.is_some()).to_string(),
            contrary.unwrap_or_default(),
            u8::from(quoted.broken).to_string(),
            study.coders().get(&mark.coder).map(|coder| coder.name.clone()).unwrap_or_default(),
            time_text(mark.time),
            mark.facts.strength.map(|strength| strength_name(strength).to_owned()).unwrap_or_default(),
            consent_name(mark.facts.consent).to_owned(),
            u8::from(mark.facts.checked).to_string(),
            mark.facts.used_in.clone(),
        ]);
        rows.push(row);
    }
    Ok(Table::new(header, rows).counting(|_, name| ["paragraph", "contrary", "broken", "checked"].contains(&name)))
}

use super::words::{altered_says, aside_says, fault_name, place_says, skipped_name, verdict_name};
use crate::analysis::matrix::Filter;
use crate::analysis::quotes::{Attributed, Finding, Place, Quotation, Skipped};
use crate::exchange::export::table::BETWEEN;
use crate::exchange::export::{About, Labels, Names, Table};
use crate::study::{Attribute, Case, NOT_STATED, Role, Study};

const CHECKED_SIGNS: &[&str] = &[
    "One row a quotation of the report, the worst first, those that were not looked for last. line: of the file, blank where it has no lines; aside: the note or text box it stands in, blank in the running text; paragraph: of the report, or of the aside, from 1.",
    "finding: exact, exact with ellipses or insertions, nearest (not so in any source), not found, or “not looked for” with why. similarity: share of words that quotation and source have in common, 0 to 1; blank where nothing was found.",
    "faults, worst first: not found, interviewer and author (whose words they are), joined (of several people), attribution, turned (a “not” came or went), words, unreadable attribution. blank: nothing is wrong.",
    "attribution: as the report has it. attributed: right, differs, says nothing, nobody known. said, is: where it differs; is: blank by ids or where few are masked.",
    "source, source_paragraph, cases: where it was found and who says it; blank where nothing was found, or the words are no participant's. also_in: other places that say the same. “–” does not occur.",
];

/// The columns before and behind those of the attributes.
const BEFORE: &str =
    "line aside paragraph quotation finding attribution attributed said is similarity faults differences source source_paragraph cases";
const BEHIND: &str = "also_in elsewhere";

/// The columns that hold numbers.
const NUMBERS: [&str; 4] = ["line", "paragraph", "similarity", "source_paragraph"];

/// Findings as rows and behind them what was not looked for, of which `what` says which they are; with a note on how the table is
/// read. `now` is in milliseconds since 1970.
#[must_use]
pub fn checked_table(
    study: &Study,
    labels: Labels,
    what: &str,
    (findings, skipped): (&[&Finding], &[&Skipped]),
    now: i64,
) -> (Table, About) {
    let names = Names::new(study, labels);
    let roles = [Role::Group, Role::Area].into_iter().filter_map(|role| study.attributes().with_role(role));
    let roles: Vec<&Attribute> = roles.filter(|attribute| labels.lets_out(attribute)).collect();
    let columns = |columns: &str| columns.split(' ').map(str::to_owned).collect::<Vec<_>>();
    let header = [columns(BEFORE), roles.iter().map(|role| role.name.clone()).collect(), columns(BEHIND)].concat();
    let mut rows: Vec<Vec<String>> = findings.iter().map(|finding| of_finding(&names, &roles, finding)).collect();
    rows.extend(skipped.iter().map(|skipped| {
        let mut row = of_quotation(&skipped.quotation, format!("not looked for: {}", skipped_name(skipped.why)));
        row.resize(header.len(), String::new());
        row
    }));
    let about = About::new(study, what, &Filter::default(), now).section("Signs", CHECKED_SIGNS).names(&names);
    (Table::new(header, rows).counting(|_, name| NUMBERS.contains(&name)), about)
}

/// Where a quotation stands, its words, and what became of it.
fn of_quotation(quotation: &Quotation, finding: String) -> Vec<String> {
    let line = quotation.line.map(|line| line.to_string()).unwrap_or_default();
    let attribution = quotation.attribution.clone().unwrap_or_default();
    let aside = quotation.aside.map(aside_says).unwrap_or_default();
    vec![line, aside, quotation.paragraph.to_string(), quotation.words.clone(), finding, attribution]
}

fn of_finding(names: &Names<'_>, roles: &[&Attribute], finding: &Finding) -> Vec<String> {
    let (study, place) = (names.study(), finding.place.as_ref());
    let source = |place: &Place| study.material(place.source).map(|material| names.labels().source(&material.source)).unwrap_or_default();
    let cases: Vec<_> = place.iter().flat_map(|place| &place.cases).map(|case| case.and_then(|case| study.case(case))).collect();
    let each = |named: &dyn Fn(Option<&Case>) -> String| {
        let mut listed: Vec<String> = cases.iter().map(|case| named(*case)).collect();
        listed.dedup();
        listed.join(BETWEEN)
    };
    let (attributed, contradictions) = match &finding.attributed {
        Attributed::Agrees => ("right", [].as_slice()),
        Attributed::Contradicts(all) => ("differs", all.as_slice()),
        Attributed::SaysNothing => ("says nothing", [].as_slice()),
        Attributed::Unreadable => ("nobody known", [].as_slice()),
    };
    let tells_all = names.labels().is_full() && names.labels().smallest().is_none();
    let joined = |words: Vec<String>| words.join(BETWEEN);
    let is = if tells_all { contradictions.iter().map(|one| one.source.clone()).collect() } else { Vec::new() };
    let mut row = of_quotation(&finding.quotation, verdict_name(finding.verdict).to_owned());
    row.extend([
        attributed.to_owned(),
        joined(contradictions.iter().map(|one| one.says.clone()).collect()),
        joined(is),
        place.map(|_| format!("{:.3}", finding.similarity)).unwrap_or_default(),
        joined(finding.faults.iter().map(|fault| fault_name(*fault).to_owned()).collect()),
        joined(finding.altered.iter().map(|altered| altered_says(altered.step, &altered.quoted, &altered.source)).collect()),
        place.map(source).unwrap_or_default(),
        place.map(|place| (place.paragraph + 1).to_string()).unwrap_or_default(),
        each(&|case| case.map_or_else(|| NOT_STATED.to_owned(), |case| names.case(case))),
    ]);
    row.extend(roles.iter().map(|role| each(&|case| names.values(case, role.id))));
    let with_paragraph = |place: &Place| place_says(&source(place), place);
    row.push(joined(finding.others.iter().map(with_paragraph).collect()));
    row.push(joined(finding.elsewhere.iter().map(|other| format!("“{}”: {}", other.words, with_paragraph(&other.place))).collect()));
    row
}

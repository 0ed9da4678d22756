use super::{attribution, label};
use crate::analysis::quotes::{
    Altered, Attributed, Checked, Elsewhere, Fault, Finding, Place, Quotation, Share, Skipped, SkippedFor, SpreadCell, Verdict,
};
use crate::cli::columns::{columns, shortened};
use crate::cli::console::Console;
use crate::cli::error::CliError;
use crate::study::{NOT_STATED, Study, ValueId};
use crate::text::Step;

/// How much of a quotation is shown, in characters.
const WORDS: usize = 110;

/// How much of some words that differ is shown, in characters.
const DIFFERENCE: usize = 80;

/// Prints the findings, then what was skipped, then the spread.
pub(super) fn checked(study: &Study, checked: &Checked, console: &mut Console) -> Result<(), CliError> {
    let wrong = checked.findings.iter().filter(|finding| !finding.faults.is_empty()).count();
    let all = checked.findings.len();
    console.line(match (all, wrong) {
        (0, _) => "No quotation was looked for.".to_owned(),
        (1, 0) => "The one quotation is right.".to_owned(),
        (_, 0) => format!("All {all} quotations are right."),
        (_, 1) => format!("1 of {all} quotations wants a look; it comes first."),
        _ => format!("{wrong} of {all} quotations want a look; they come first."),
    })?;
    for finding in &checked.findings {
        console.line("")?;
        lines(study, finding).iter().try_for_each(|line| console.line(line))?;
    }
    if !checked.skipped.is_empty() {
        console.line("")?;
        skipped(&checked.skipped).iter().try_for_each(|line| console.line(line))?;
    }
    if all > 0 {
        console.line("")?;
        spread(study, checked).iter().try_for_each(|line| console.line(line))?;
    }
    Ok(())
}

/// Where a quotation stands in the report.
fn at(quotation: &Quotation) -> String {
    quotation.line.map_or_else(|| format!("paragraph {}", quotation.paragraph), |line| format!("line {line}"))
}

fn lines(study: &Study, finding: &Finding) -> Vec<String> {
    let quotation = &finding.quotation;
    let said = quotation.attribution.as_ref().map(|attribution| format!(" ({attribution})")).unwrap_or_default();
    let mut lines = vec![format!("{}: “{}”{said}", at(quotation), shortened(&quotation.words, WORDS))];
    let verdict = match finding.verdict {
        Verdict::Exact => "word for word".to_owned(),
        Verdict::Marked => "word for word but for what ellipses and brackets show".to_owned(),
        Verdict::Nearest => format!("not so in any source; nearest, {:.0} % the same", (finding.similarity * 100.0).floor()),
        Verdict::NotFound => "in no source".to_owned(),
    };
    let place = finding.place.as_ref().map(|place| format!(": {}", where_it_is(study, place))).unwrap_or_default();
    lines.push(format!("    {verdict}{place}"));
    lines.extend(finding.faults.iter().filter_map(|fault| fault_line(study, finding, *fault)).map(|line| format!("  ! {line}")));
    lines.extend(finding.altered.iter().map(|altered| format!("    {}", altered_line(altered))));
    lines.extend(finding.elsewhere.iter().map(|elsewhere| format!("    {}", elsewhere_line(study, elsewhere))));
    let others: Vec<String> = finding.others.iter().map(|place| short(study, place)).collect();
    lines.extend((!others.is_empty()).then(|| format!("    also in {}", others.join(", "))));
    lines
}

/// Source, paragraph, whose words, and what is marked there.
fn where_it_is(study: &Study, place: &Place) -> String {
    let mut whose: Vec<String> = place.cases.iter().map(|case| attribution(study, *case)).collect();
    whose.extend((place.interviewer_words > 0).then(|| "the interviewer".to_owned()));
    whose.extend((place.author_words > 0).then(|| "the author".to_owned()));
    let marks = [(!place.themes.is_empty()).then_some("coded"), place.quote_marked.then_some("marked as a quote")];
    let whose = format!("{}, {}", short(study, place), whose.join(" and "));
    [whose.as_str()].into_iter().chain(marks.into_iter().flatten()).collect::<Vec<_>>().join("; ")
}

fn short(study: &Study, place: &Place) -> String {
    let source = study.material(place.source).map(|material| material.source.label.as_str()).unwrap_or_default();
    format!("{source} ¶{}", place.paragraph + 1)
}

fn fault_line(study: &Study, finding: &Finding, fault: Fault) -> Option<String> {
    let line = match fault {
        Fault::NotFound => return None,
        Fault::Interviewer => "these are the words of the interviewer".to_owned(),
        Fault::Author => "these are the words of the author of a report, not of a participant".to_owned(),
        Fault::Joined => "words of several people are joined in one quotation".to_owned(),
        Fault::Attribution => match &finding.attributed {
            Attributed::Contradicts(all) => {
                let all: Vec<_> = all.iter().map(|one| format!("it says “{}”, the source says {}", one.says, one.source)).collect();
                format!("wrong attribution: {}", all.join("; "))
            }
            _ => return None,
        },
        Fault::Turned => "a word that turns the sense round".to_owned(),
        Fault::Words => "other words than in the source".to_owned(),
        Fault::Unreadable => {
            let cases = finding.place.iter().flat_map(|place| &place.cases);
            let cases: Vec<String> = cases.filter_map(|case| label(study, *case)).collect();
            format!("the attribution names nobody and nothing that the study has; the words are of {}", named(&cases))
        }
    };
    Some(line)
}

fn named(cases: &[String]) -> String {
    if cases.is_empty() { NOT_STATED.to_owned() } else { cases.join(", ") }
}

fn altered_line(altered: &Altered) -> String {
    let (quoted, source) = (shortened(&altered.quoted, DIFFERENCE), shortened(&altered.source, DIFFERENCE));
    match altered.step {
        Step::Missing => format!("missing: “{source}”"),
        Step::Added => format!("put in: “{quoted}”"),
        _ => format!("“{quoted}” for “{source}”"),
    }
}

fn elsewhere_line(study: &Study, elsewhere: &Elsewhere) -> String {
    format!("“{}” stands elsewhere: {}", shortened(&elsewhere.words, DIFFERENCE), where_it_is(study, &elsewhere.place))
}

/// What was not looked for, by reason.
fn skipped(skipped: &[Skipped]) -> Vec<String> {
    let mut lines = Vec::new();
    for (why, what) in [
        (SkippedFor::Few, "of fewer than four words without attribution, not looked for"),
        (SkippedFor::Literature, "from the literature, not looked for"),
        (SkippedFor::Long, "of more than a thousand words, not looked for"),
    ] {
        let these: Vec<String> = skipped
            .iter()
            .filter(|skipped| skipped.why == why)
            .map(|skipped| format!("“{}” ({})", shortened(&skipped.quotation.words, DIFFERENCE), at(&skipped.quotation)))
            .collect();
        lines.extend((!these.is_empty()).then(|| format!("{} {what}: {}", these.len(), these.join(", "))));
    }
    lines
}

/// Groups, areas and their crossings, with who is quoted more and who less than they spoke.
fn spread(study: &Study, checked: &Checked) -> Vec<String> {
    let spread = &checked.spread;
    let name = |value: Option<ValueId>| value.map_or(NOT_STATED, |value| study.attributes().value_name(value)).to_owned();
    let row = |group: String, area: String, cell: &SpreadCell| {
        let percent = |share: Option<f64>| share.map_or_else(|| "–".to_owned(), |share| format!("{:.0} %", share * 100.0));
        let quoted = match cell.quoted {
            Share::More => "more than they spoke",
            Share::Even => "",
            Share::Less => "less than they spoke",
        };
        vec![
            group,
            area,
            cell.quotations.to_string(),
            percent(cell.share_of_quotations),
            percent(cell.share_of_words),
            format!("{}/{}", cell.participants_quoted, cell.participants),
            if cell.others == 0 { String::new() } else { format!("{}/{}", cell.others_quoted, cell.others) },
            quoted.to_owned(),
        ]
    };
    let header = ["group", "area", "quotations", "share", "of words", "participants quoted", "other cases", "quoted"].map(str::to_owned);
    let all = || "all".to_owned();
    let mut rows: Vec<Vec<String>> = spread.cells.iter().map(|cell| row(name(cell.group), name(cell.area), cell)).collect();
    rows.extend(spread.groups.iter().map(|cell| row(name(cell.group), all(), cell)));
    rows.extend(spread.areas.iter().map(|cell| row(all(), name(cell.area), cell)));
    rows.push(row(all(), all(), &spread.all));
    columns(&header, &rows)
}

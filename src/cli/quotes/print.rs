use crate::analysis::quotes::{Checked, Finding, Skipped, SkippedFor, SpreadCell};
use crate::cli::columns::{columns, shortened};
use crate::cli::console::Console;
use crate::cli::error::CliError;
use crate::exchange::export::{Told, altered_says, at_says, share_says, skipped_says, tally_says};
use crate::study::{NOT_STATED, Study, ValueId};

/// How much of a quotation is shown, in characters.
const WORDS: usize = 110;

/// How much of some words that differ is shown, in characters.
const DIFFERENCE: usize = 80;

/// Prints the findings, then what was skipped, then the spread.
pub(super) fn checked(study: &Study, checked: &Checked, console: &mut Console) -> Result<(), CliError> {
    let tally = checked.tally();
    let (all, wrong) = (tally.quotations, tally.to_look_at);
    console.line(format!("{}.", tally_says(&tally)))?;
    if all > 0 {
        console.line(match (all, wrong) {
            (1, 0) => "It is right.".to_owned(),
            (_, 0) => "All are right.".to_owned(),
            (_, 1) => "1 wants a look; it comes first.".to_owned(),
            _ => format!("{wrong} want a look; they come first."),
        })?;
    }
    let told = Told::new(study);
    for finding in &checked.findings {
        console.line("")?;
        lines(&told, finding).iter().try_for_each(|line| console.line(line))?;
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

fn lines(told: &Told<'_>, finding: &Finding) -> Vec<String> {
    let quotation = &finding.quotation;
    let said = quotation.attribution.as_ref().map(|attribution| format!(" ({attribution})")).unwrap_or_default();
    let mut lines = vec![format!("{}: “{}”{said}", at_says(quotation), shortened(&quotation.words, WORDS))];
    let place = finding.place.as_ref().map(|place| format!(": {}", told.place(place))).unwrap_or_default();
    lines.push(format!("    {}{place}", told.verdict(finding)));
    lines.extend(finding.faults.iter().filter_map(|fault| told.fault(finding, *fault)).map(|line| format!("  ! {line}")));
    let short = |words: &str| shortened(words, DIFFERENCE);
    let altered = finding.altered.iter().map(|altered| altered_says(altered.step, &short(&altered.quoted), &short(&altered.source)));
    let elsewhere = finding.elsewhere.iter().map(|elsewhere| told.elsewhere(&short(&elsewhere.words), &elsewhere.place));
    lines.extend(altered.chain(elsewhere).chain(told.others(finding)).map(|line| format!("    {line}")));
    lines
}

/// What was not looked for, by reason.
fn skipped(skipped: &[Skipped]) -> Vec<String> {
    let mut lines = Vec::new();
    for why in [SkippedFor::Few, SkippedFor::Literature, SkippedFor::Long] {
        let these: Vec<String> = skipped
            .iter()
            .filter(|skipped| skipped.why == why)
            .map(|skipped| format!("“{}” ({})", shortened(&skipped.quotation.words, DIFFERENCE), at_says(&skipped.quotation)))
            .collect();
        lines.extend((!these.is_empty()).then(|| format!("{} {}: {}", these.len(), skipped_says(why), these.join(", "))));
    }
    lines
}

/// Groups, areas and their crossings, with who is quoted more and who less than they spoke.
fn spread(study: &Study, checked: &Checked) -> Vec<String> {
    let spread = &checked.spread;
    let name = |value: Option<ValueId>| value.map_or(NOT_STATED, |value| study.attributes().value_name(value)).to_owned();
    let row = |group: String, area: String, cell: &SpreadCell| {
        let percent = |share: Option<f64>| share.map_or_else(|| "–".to_owned(), |share| format!("{:.0} %", share * 100.0));
        vec![
            group,
            area,
            cell.quotations.to_string(),
            percent(cell.share_of_quotations),
            percent(cell.share_of_words),
            format!("{}/{}", cell.participants_quoted, cell.participants),
            if cell.others == 0 { String::new() } else { format!("{}/{}", cell.others_quoted, cell.others) },
            share_says(cell.quoted).to_owned(),
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

//! Checklists for reports: what the project knows is filled in, the rest is left to be written.

use super::blocks::{Block, Document};
use super::facts::{Edits, Facts};
use super::method::{withheld_people, withheld_where_crossed};
use crate::analysis::matrix::SpecError;
use crate::exchange::export::masked::WITHHELD;
use crate::exchange::export::names::Names;
use crate::exchange::export::table::Table;
use crate::study::BuiltIn;

/// What stands where the project knows nothing.
const TO_BE_WRITTEN: &str = "not reported: to be written";
/// What stands after what the project knows of a part.
const THE_REST: &str = "The rest is to be written.";

/// An item of a checklist: its number, what it asks for, and what is known.
type Item = (&'static str, &'static str, Option<String>);

/// The items of COREQ, as far as the project knows them. `now` is in milliseconds since 1970.
pub(in crate::exchange::export) fn coreq(names: &Names<'_>, edits: Option<Edits>, now: i64) -> Result<Document, SpecError> {
    let facts = Facts::new(names, edits);
    let open = |number, asks| (number, asks, None);
    let propositions = facts.propositions().map(|said| format!(" {said}")).unwrap_or_default();
    let derived: Vec<String> = facts.origins().into_iter().chain(facts.codebook_edits()).collect();
    let derived = derived.join(" ");
    let sections: [(&str, Vec<Item>); 3] = [
        (
            "Who did the research",
            vec![
                ("1", "Who interviewed", interviewers(names)),
                open("2", "Their qualifications"),
                open("3", "Their work at the time"),
                open("4", "Their gender"),
                open("5", "Their experience and training"),
                open("6", "How they knew the participants before"),
                open("7", "What participants knew of them"),
                open("8", "What about them could matter: reasons, interests, assumptions"),
            ],
        ),
        (
            "How the study was set up",
            vec![
                open("9", "Methodology behind the study"),
                open("10", "How participants were chosen"),
                open("11", "How they were approached"),
                ("12", "How many took part", Some(facts.people()?)),
                open("13", "How many refused or left, and why"),
                open("14", "Where the data were collected"),
                open("15", "Who else was present"),
                ("16", "Who the participants are", Some(format!("{} {} {THE_REST}", groups(&facts)?, facts.sources()))),
                open("17", "Questions, prompts, guides; whether they were tried out"),
                ("18", "Repeated interviews", Some(facts.repeated())),
                open("19", "Sound or video recording"),
                open("20", "Notes made in the field"),
                ("21", "How long interviews were", facts.durations()),
                ("22", "Whether saturation was discussed", facts.saturation().map(|said| format!("{said} {THE_REST}"))),
                open("23", "Whether transcripts went back to participants"),
            ],
        ),
        (
            "Analysis and findings",
            vec![
                ("24", "How many coded the data", Some(format!("{} How far they agree is to be written.", facts.coders()))),
                ("25", "The coding tree", Some(format!("{} The codebook can be exported beside this table.", facts.codebook()))),
                (
                    "26",
                    "Whether themes were set beforehand or came from the data",
                    (!derived.is_empty()).then(|| format!("{derived} {THE_REST}")),
                ),
                ("27", "Software", Some(Facts::software())),
                open("28", "Whether participants commented on the findings"),
                ("29", "Quotations, each with its participant", Some(format!("{} {}", facts.quotes(), facts.unattributed_quotes()))),
                (
                    "30",
                    "Whether data and findings agree",
                    Some(format!("{}{propositions} {} {THE_REST}", facts.summaries(), facts.contrary())),
                ),
                ("31", "Major themes", Some(format!("At the top of the codebook: {}", facts.themes(true)?))),
                ("32", "Minor themes and other voices", Some(format!("Below them: {} {}", facts.themes(false)?, facts.contrary()))),
            ],
        ),
    ];
    Ok(table_of(
        "COREQ",
        "The consolidated criteria for reporting qualitative research, 32 items, named in our own words.",
        &sections,
        names,
        now,
    ))
}

/// The items of SRQR, as far as the project knows them. `now` is in milliseconds since 1970.
pub(in crate::exchange::export) fn srqr(names: &Names<'_>, edits: Option<Edits>, now: i64) -> Result<Document, SpecError> {
    let facts = Facts::new(names, edits);
    let open = |number, asks| (number, asks, None);
    let origins = facts.origins().map(|origins| format!(" {origins}")).unwrap_or_default();
    let saturation = facts.saturation().map(|said| format!(" {said}")).unwrap_or_default();
    let log = facts.edits().map(|edits| format!(" {edits}")).unwrap_or_default();
    let sections: [(&str, Vec<Item>); 4] = [
        (
            "Title, abstract, introduction",
            vec![
                open("S1", "Title"),
                open("S2", "Abstract"),
                open("S3", "The problem and what is known of it"),
                open("S4", "Purpose or question"),
            ],
        ),
        (
            "Methods",
            vec![
                open("S5", "Approach and paradigm"),
                ("S6", "The researchers' own part", Some(format!("{} {THE_REST}", facts.memos()))),
                open("S7", "Context"),
                ("S8", "Sampling, and when it ended", Some(format!("{}{saturation} {THE_REST}", facts.people()?))),
                (
                    "S9",
                    "Ethics, consent, confidentiality, security of data",
                    Some(format!("The project is one local file and is not encrypted by the program; {} {THE_REST}", naming(names))),
                ),
                ("S10", "How data were collected, and when", Some(format!("{} {THE_REST}", facts.sources()))),
                open("S11", "Guides and instruments"),
                (
                    "S12",
                    "Participants, documents, events studied",
                    Some(format!("{} {} {}", facts.people()?, groups(&facts)?, facts.sources())),
                ),
                ("S13", "How data were processed", Some(format!("{} {} {THE_REST}", facts.corrections(), facts.codings()))),
                (
                    "S14",
                    "How data were analysed",
                    Some(format!("{} {}{origins} {} {THE_REST}", facts.coders(), facts.codebook(), Facts::software())),
                ),
                ("S15", "What makes the analysis trustworthy", Some(format!("{}{log} {THE_REST}", facts.contrary()))),
            ],
        ),
        (
            "Findings",
            vec![
                (
                    "S16",
                    "Findings and what they mean",
                    Some(format!("{} Themes at the top: {} {THE_REST}", facts.summaries(), facts.themes(true)?)),
                ),
                ("S17", "Evidence from the data", Some(format!("{} {}", facts.quotes(), facts.unattributed_quotes()))),
            ],
        ),
        (
            "Discussion and other",
            vec![
                open("S18", "How findings fit with earlier work; what they add"),
                open("S19", "Limitations"),
                open("S20", "Conflicts of interest"),
                open("S21", "Funding"),
            ],
        ),
    ];
    Ok(table_of("SRQR", "The standards for reporting qualitative research, 21 items, named in our own words.", &sections, names, now))
}

/// A table of items with what is known and an empty column for pages.
fn table_of(name: &str, what: &str, sections: &[(&str, Vec<Item>)], names: &Names<'_>, now: i64) -> Document {
    let mut document = Document::new(names, name, &format!("{what} What the project knows is filled in."), now);
    document.blocks.extend(names.withheld_say().map(Block::small));
    let mut known = 0;
    for (heading, items) in sections {
        document.blocks.push(Block::heading(1, *heading));
        let rows = items.iter().map(|(number, asks, says)| {
            known += usize::from(says.is_some());
            vec![(*number).to_owned(), (*asks).to_owned(), says.clone().unwrap_or_else(|| TO_BE_WRITTEN.to_owned()), String::new()]
        });
        let header = ["Item", "What it asks for", "What is reported", "Page"].map(str::to_owned).to_vec();
        document.blocks.push(Block::Table(Table::new(header, rows.collect()), vec![7, 28, 56, 9]));
    }
    let items: usize = sections.iter().map(|(_, items)| items.len()).sum();
    document.says = format!("{items} items, {known} with what the project knows");
    document
}

/// Who asked the questions, where sources say so and it may leave.
fn interviewers(names: &Names<'_>) -> Option<String> {
    let study = names.study();
    let attribute = study.attributes().built_in(BuiltIn::Interviewer).filter(|attribute| names.labels().lets_out(attribute))?;
    let used = |value: &&crate::study::Value| {
        study.materials().iter().any(|material| material.source.values.get(&attribute.id).is_some_and(|values| values.contains(&value.id)))
    };
    let people: Vec<&str> = study.attributes().values_of(attribute.id).into_iter().filter(used).map(|value| value.name.as_str()).collect();
    (!people.is_empty()).then(|| format!("{}.", people.join(", ")))
}

/// How many take part of each group and in each area.
fn groups(facts: &Facts<'_>) -> Result<String, SpecError> {
    let (roles, others) = facts.attributes();
    let crossed = withheld_where_crossed(facts)?;
    let mut said = Vec::new();
    for axis in roles.into_iter().chain(others) {
        let counted = facts.matrix(vec![axis], Vec::new())?;
        let places: Vec<_> = (0..counted.rows.len()).map(|at| (Some(at), None)).collect();
        let is_crossed = |(row, _): &(Option<usize>, Option<usize>)| {
            row.and_then(|row| counted.rows.get(row)).is_some_and(|head| crossed.contains(&(axis, head.points.clone())))
        };
        let Some(withheld) = withheld_people(facts.names, &counted, &places, is_crossed) else {
            said.push(format!("{}: {WITHHELD}.", axis.name(facts.names.study())));
            continue;
        };
        let one = |(at, head): (usize, &crate::analysis::matrix::Head)| {
            let people = counted.cell(0, Some(at), None)?.n;
            let name = head.names.first().cloned().flatten().unwrap_or_else(|| crate::study::NOT_STATED.to_owned());
            let figure = if withheld.contains(&(Some(at), None)) {
                WITHHELD.to_owned()
            } else {
                crate::exchange::export::matrix::people_words(people, "", "")
            };
            (people.total() > 0).then(|| format!("{name} {figure}"))
        };
        let values: Vec<String> = counted.rows.iter().enumerate().filter_map(one).collect();
        said.push(format!("{}: {}.", axis.name(facts.names.study()), values.join(", ")));
    }
    Ok(said.join(" "))
}

/// How people are named in what leaves, in half a sentence.
fn naming(names: &Names<'_>) -> String {
    let masked = names
        .labels()
        .smallest()
        .map(|smallest| format!(", and values that fewer than {smallest} people share are masked"))
        .unwrap_or_default();
    if names.labels().is_full() {
        format!("here people are named with everything that is known of them{masked}.")
    } else {
        format!("what leaves it names people by their ids unless more is asked for{masked}.")
    }
}

//! Charts some of a project, so that there is something to look at in every export: summaries of cases, of groups and areas
//! and of themes, with citations, comments and lists; quote marks; contrary marks; an evidence that changed.
//!
//! `chart-sample PROJECT`

use std::collections::{BTreeMap, BTreeSet};
use std::error::Error;
use std::path::Path;

use themata::project::{Access, Charted, EditError, Me, Project, Tx};
use themata::study::{
    Cites, CoderId, CodingId, Crossed, Crossing, DeviceId, MemoKind, MemoOn, Origin, Role, Silence, SourceId, Spread, SummaryState, ThemeId,
};
use themata::text::Span;

/// How many cases are charted under a theme, and how many passages a summary cites.
const CASES: usize = 4;
const CITED: usize = 2;

/// A passage that a summary can cite.
#[derive(Clone, Copy)]
struct Passage {
    source: SourceId,
    coding: CodingId,
    span: Span,
}

fn main() -> Result<(), Box<dyn Error>> {
    let path = std::env::args().nth(1).ok_or("say which project")?;
    let name = "Elspeth Munro".to_owned();
    let mut me = Me { device: DeviceId::derived(&[b"sample"]), coder: CoderId::derived(&[b"sample"]), initials: "EM".to_owned(), name };
    let read = Project::open(Path::new(&path), Access::Read, &me)?.study();
    if let Some(coder) = read.coder_named(&me.name) {
        me.coder = coder.id;
    }
    let mut project = Project::open(Path::new(&path), Access::Write, &me)?;
    project.edit("Chart the sample", chart)?;
    Ok(())
}

fn chart(tx: &mut Tx<'_>) -> Result<(), EditError> {
    let study = tx.study().clone();
    let mut cells: BTreeMap<Crossing, Vec<Passage>> = BTreeMap::new();
    let roles = [Role::Group, Role::Area].map(|role| study.attributes().with_role(role).map(|attribute| attribute.id));
    for (material, coded) in study.codings() {
        let coding = &coded.coding;
        let passage = Passage { source: material.source.id, coding: coding.id, span: coding.span };
        let Some(case) = material.cases_of(coded).into_iter().flatten().next().and_then(|case| study.case(case)) else { continue };
        let mut values = BTreeMap::new();
        for attribute in roles.into_iter().flatten() {
            values.insert(attribute, case.values.get(&attribute).and_then(|own| own.first()).copied());
        }
        for of in [Crossed::Case(case.id), Crossed::Values(values), Crossed::Values(BTreeMap::new())] {
            cells.entry(Crossing { theme: coding.theme, of }).or_default().push(passage);
        }
    }
    let mut charted: BTreeMap<ThemeId, usize> = BTreeMap::new();
    let mut quoted = BTreeSet::new();
    for (at, (cell, passages)) in cells.into_iter().enumerate() {
        let of_case = matches!(cell.of, Crossed::Case(_));
        let count = charted.entry(cell.theme).or_default();
        *count += usize::from(of_case);
        if of_case && *count > CASES {
            continue;
        }
        if let Some(first) = passages.first().filter(|first| at % 3 == 0 && quoted.insert(first.coding)) {
            tx.toggle_quote(first.source, first.coding)?;
        }
        let written = summary(tx, &passages, at)?;
        tx.chart(&cell, written)?;
    }
    let first = study.codings().next().map(|(material, coded)| (material.source.id, coded.coding.clone()));
    if let Some((source, coding)) = first {
        tx.set_contrary(source, coding.id, Some("most say that it works"))?;
        // Another theme on the same words changes the evidence of its cells.
        if let Some(other) = study.codebook().themes().find(|theme| theme.id != coding.theme) {
            tx.code(source, coding.span, other.id, Origin::Hand)?;
        }
    }
    if let Some(case) = study.cases_in_order().first() {
        tx.add_memo(
            MemoOn::Case { case: case.id },
            MemoKind::Analytic,
            "Has been in the post since the team was set up; careful with words.",
        )?;
    }
    tx.add_memo(MemoOn::Project, MemoKind::Method, "Both coders read the first six transcripts before the codebook was closed.")?;
    Ok(())
}

/// A summary that cites the first passages; every seventh says only that somebody was asked and said nothing.
fn summary(tx: &mut Tx<'_>, passages: &[Passage], at: usize) -> Result<Charted, EditError> {
    let state = match at % 3 {
        0 => SummaryState::Draft,
        1 => SummaryState::Charted,
        _ => SummaryState::Reviewed,
    };
    if at % 7 == 6 {
        return Ok(Charted { silence: Some(Silence::AskedSaidNothing), state, ..Charted::default() });
    }
    let mut written = Charted { state, ..Charted::default() };
    let mut lines = Vec::new();
    for passage in passages.iter().take(CITED) {
        let (text, revision) = (tx.text(passage.source)?, tx.material(passage.source)?.source.revision);
        let words = passage.span.slice(&text);
        let number = written.cite(Cites::Passage { source: passage.source, revision, span: passage.span }, || words.to_owned());
        let said: Vec<&str> = words.split_whitespace().take(9).collect();
        lines.push(format!("- “{}” [{number}]", said.join(" ")));
    }
    let begins = "Comes back to it **more than once**, in plain words and with an example each time [the second one sounds rehearsed].";
    written.text = format!("{begins}\n{}", lines.join("\n"));
    if passages.len() > CITED {
        written.spread = Spread {
            consensus: "That it takes more time than anybody plans for.".to_owned(),
            range: "From a nuisance to the reason for leaving.".to_owned(),
            dissent: String::new(),
        };
    }
    Ok(written)
}

use super::{Measured, Part, WHOSE, apart, figure, names, told};
use crate::analysis::cooccurrence::{Basis, Bridge, Cooccurrence, Follows, Pair, Within};
use crate::analysis::leads::Leads;
use crate::exchange::export::table::{BETWEEN, Table};
use crate::study::Study;

/// A basis as it is called.
#[must_use]
pub const fn basis_name(basis: Basis) -> &'static str {
    match basis {
        Basis::Overlap => "overlap",
        Basis::Paragraph => "paragraph",
        Basis::Source => "source",
        Basis::Case => "case",
    }
}

/// Whose words are counted where themes are spoken of together.
pub(in crate::exchange) fn counts_say(parts: &[Part<Cooccurrence>]) -> String {
    let basis = parts.first().map(|part| part.found.basis()).unwrap_or_default();
    let by_value = parts.iter().any(|part| part.filter.said_by.is_some());
    match basis {
        Basis::Overlap if by_value => "A passage counts whole where those with the value have words in it: it may reach over words of interviewers and of others, and two are together also where all they share is said by others; jaccard counts the words of those with the value alone. Codings without any are left out.",
        Basis::Overlap => "A passage may reach over interviewers’ words between two answers, and two may share no other; jaccard counts participants’ words alone. Codings without any are left out.",
        Basis::Source => "Codings without participants’ words are not counted.",
        Basis::Paragraph | Basis::Case => "Interviewers’ words are not counted.",
    }
    .to_owned()
}

/// The pairs of themes that are spoken of together, with the highest coefficient first. The value stands before each row where there are
/// several parts.
#[must_use]
pub fn cooccurrence_measured(study: &Study, parts: &[Part<Cooccurrence>]) -> Measured {
    let basis = parts.first().map(|part| part.found.basis()).unwrap_or_default();
    let parted = parts.iter().any(|part| part.whose.is_some());
    let mut header = if parted { vec!["whose"] } else { Vec::new() };
    header.extend(["theme", "other_theme", "n", "n_other", "together", "c", "jaccard", "flag"]);
    let mut rows = Vec::new();
    for Part { whose, filter, found } in parts {
        let mut pairs: Vec<Pair> = found.pairs().collect();
        pairs.sort_by(|one, other| other.coefficient().unwrap_or(0.0).total_cmp(&one.coefficient().unwrap_or(0.0)));
        rows.extend(pairs.iter().map(|pair| {
            let leads = Leads::Pair { one: pair.one, other: pair.other, basis, filter: filter.clone() };
            (whose.iter().cloned().chain(pair_cells(study, pair)).collect(), Some(leads))
        }));
    }
    let (rows, leads) = apart(rows);
    let counting = |_: usize, name: &str| ["n", "n_other", "together", "c", "jaccard"].contains(&name);
    let table = Table::new(names(&header), rows).counting(counting).headed(header.len() - 6);
    let (counted, jaccard) = match basis {
        Basis::Overlap => (
            "n: passages of each theme (codings of it that share characters are one); together: pairs of passages that share at least one character.",
            "jaccard: participants’ words under both themes over those under either, 0–1.",
        ),
        Basis::Paragraph => (
            "n: paragraphs in which participants’ words have the theme; together: paragraphs that have both.",
            "jaccard: paragraphs with both over those with either, 0–1.",
        ),
        Basis::Source => {
            ("n: sources with the theme; together: sources with both.", "jaccard: sources with both over those with either, 0–1.")
        }
        Basis::Case => (
            "n: cases heard on the theme; together: cases heard on both. Words of nobody who is stated are left out.",
            "jaccard: cases heard on both over those heard on either, 0–1.",
        ),
    };
    let mut computed = vec![
        format!("Basis: {}. {counted}", basis_name(basis)),
        "c = together / (n + n_other − together), as ATLAS.ti computes it. On the basis of overlap it may be over 1, as one passage may overlap several; such values are flagged and say little.".to_owned(),
        jaccard.to_owned(),
        "flag: “one is more than five times the other” where c is low even if the rarer theme never stands alone; “c over 1”.".to_owned(),
        "A theme counts with those below it; a theme and one below it are not compared.".to_owned(),
        counts_say(parts),
    ];
    if parted {
        computed.push(WHOSE.to_owned());
    }
    let found = told(&table, "No two themes are spoken of together on this basis.");
    Measured { name: format!("Co-occurrence of themes by {}", basis_name(basis)), table, leads, found, computed }
}

fn pair_cells(study: &Study, pair: &Pair) -> Vec<String> {
    let book = study.codebook();
    let mut flags = Vec::new();
    if pair.is_lopsided() {
        flags.push("one is more than five times the other");
    }
    if pair.is_out_of_range() {
        flags.push("c over 1");
    }
    vec![
        book.path(pair.one),
        book.path(pair.other),
        pair.of_one.to_string(),
        pair.of_other.to_string(),
        pair.both.to_string(),
        figure(pair.coefficient()),
        figure(pair.jaccard),
        flags.join(BETWEEN),
    ]
}

/// Which themes follow which, with the highest share first.
#[must_use]
pub fn sequence_measured(study: &Study, parts: &[Part<Vec<Follows>>], within: Within) -> Measured {
    let parted = parts.iter().any(|part| part.whose.is_some());
    let mut header = if parted { vec!["whose"] } else { Vec::new() };
    header.extend(["theme", "then", "n", "followed", "share"]);
    let book = study.codebook();
    let share = |follows: &Follows| f64::from(follows.followed) / f64::from(follows.of_first.max(1));
    let mut rows = Vec::new();
    for Part { whose, filter, found } in parts {
        let mut found = found.clone();
        found.sort_by(|one, other| share(other).total_cmp(&share(one)).then_with(|| other.followed.cmp(&one.followed)));
        rows.extend(found.iter().map(|follows| {
            let cells = [
                book.path(follows.first),
                book.path(follows.then),
                follows.of_first.to_string(),
                follows.followed.to_string(),
                figure(Some(share(follows))),
            ];
            let leads = Leads::Follows { one: follows.first, other: follows.then, within, filter: filter.clone() };
            (whose.iter().cloned().chain(cells).collect(), Some(leads))
        }));
    }
    let (rows, leads) = apart(rows);
    let counting = |_: usize, name: &str| ["n", "followed", "share"].contains(&name);
    let table = Table::new(names(&header), rows).counting(counting).headed(header.len() - 3);
    let near = match within.paragraphs {
        0 => "in the same paragraph".to_owned(),
        1 => "in the same paragraph or the next".to_owned(),
        most => format!("at most {most} paragraphs further on"),
    };
    let bridged = match within.bridge {
        Bridge::Nothing => "Only words of the same speaker without anybody else’s in between are looked at.",
        Bridge::Speakers => "Other participants may speak in between, the interviewer not.",
        Bridge::Everything => "Anybody may speak in between, the interviewer too.",
    };
    let mut computed = vec![
        format!(
            "n: passages of the theme (codings of it that share characters are one); followed: those after which a passage of the other begins where it ends or later, {near}."
        ),
        bridged.to_owned(),
        "share = followed / n. A passage counts once, however much follows it. What overlaps does not follow.".to_owned(),
        "A theme counts with those below it; a theme and one below it are not compared.".to_owned(),
    ];
    if parted {
        computed.push(WHOSE.to_owned());
    }
    let found = told(&table, "No theme follows another as near as that.");
    Measured { name: "Themes that follow one another".to_owned(), table, leads, found, computed }
}

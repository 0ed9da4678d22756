use regex::Regex;

use super::super::pattern::Pattern;
use super::super::units::Unit;
use super::quotes;
use crate::text::{Span, fold};

/// A number before a heading or a paragraph.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Number {
    /// Its bytes in the text, without the closing full stop or colon of a section's number.
    pub(super) label: Span,
    /// The words behind it.
    pub(super) words: Span,
    /// How many levels it has: 3 for "3.1.2".
    pub(super) depth: u8,
    /// Whether only headings are numbered so ("SECTION 4:").
    pub(super) section: bool,
}

static NUMBER: Pattern = Pattern::new(|| Regex::new(r"^(\d{1,2}(?:\.\d{1,3}){1,4}\.?|\d{1,2}\.)[\s\u{a0}]+(\S)").ok());
static SECTION: Pattern = Pattern::new(|| {
    Regex::new(r"^((?i:section|chapter|annexe?|appendix|part)\s+(?:\d{1,2}|[A-Z]|[IVX]+))\b[.:]?\s*(?:[-–—]\s+)?(\S|$)").ok()
});

/// The number with which `span` begins.
pub(super) fn number(text: &str, span: Span) -> Option<Number> {
    let words = span.slice(text);
    let found = NUMBER.first(words);
    let section = found.is_none();
    let found = found.or_else(|| SECTION.first(words))?;
    let (label, first) = (found.get(1)?, found.get(2)?);
    if !section && first.as_str().chars().all(char::is_lowercase) {
        return None;
    }
    let at = |offset: usize| span.start + u32::try_from(offset).unwrap_or(0);
    let depth = label.as_str().trim_end_matches('.').split('.').count();
    Some(Number {
        label: Span::new(at(label.start()), at(label.end())),
        words: Span::new(at(first.start()), span.end),
        depth: u8::try_from(depth).unwrap_or(u8::MAX),
        section,
    })
}

/// Whether words can be a heading: short, begun like a title and not ended like a sentence.
pub(super) fn is_title(words: &str) -> bool {
    words.chars().count() <= 110
        && words.split_whitespace().count() <= 15
        && !words.ends_with(['.', ',', ';', ':', '”', '"'])
        && !words.contains(['\t', '\n'])
        && !quotes::opens(words)
        && words.chars().any(char::is_alphabetic)
        && words.chars().next().is_some_and(|c| c.is_uppercase() || c.is_numeric())
        && !words.contains("://")
}

/// Whether every letter of a title is a capital.
pub(super) fn is_capitals(words: &str) -> bool {
    let letters = || words.chars().filter(|c| c.is_alphabetic());
    letters().count() > 2 && letters().all(|c| !c.is_lowercase())
}

/// Marks the units that are cells of tables which arrived one cell a line: four or more short lines in a row.
pub(super) fn cells(text: &str, units: &[Unit]) -> Vec<bool> {
    let is_cell = |unit: &Unit| {
        let words = unit.slice(text);
        words.chars().count() <= 60
            && !words.ends_with(['.', ';', ':', ',', '?', '!'])
            && !words.starts_with(['•', '-', '*', '–'])
            && !quotes::opens(words)
            && number(text, unit.span).is_none()
            && section(words).is_none()
            && unit.hint == super::Hint::None
    };
    let mut cells = vec![false; units.len()];
    let mut start = 0;
    while start < units.len() {
        let length = units.iter().skip(start).take_while(|unit| is_cell(unit)).count();
        if length >= 4 {
            cells.iter_mut().skip(start).take(length).for_each(|cell| *cell = true);
        }
        start += length + 1;
    }
    cells
}

/// What a heading says of the paragraphs under it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Section {
    /// Bullets are key points.
    KeyPoints,
    /// A list of questions that participants asked.
    Questions,
    /// A box begins with it.
    Box,
    /// Entries are references.
    References,
    /// Contact lines.
    Contact,
    /// A table of contents.
    Contents,
    /// A heading that reports have and transcripts have not.
    Other,
}

/// The meaning of a heading of this name; `None` for all those that mean nothing in particular.
pub(super) fn section(title: &str) -> Option<Section> {
    let folded = fold(title.trim_end_matches([':', '.']).trim());
    Some(match folded.as_str() {
        "key points" | "key findings" | "main points" | "key messages" | "summary of key points" => Section::KeyPoints,
        _ if folded.starts_with("participants' questions") => Section::Questions,
        "participant questions" | "participants questions" | "participant's questions" | "questions from participants" => {
            Section::Questions
        }
        "issues for reflection" | "issue for reflection" | "points for reflection" | "questions for reflection" => Section::Box,
        "references" | "bibliography" | "literature review" | "works cited" | "further reading" | "endnotes" | "footnotes" | "sources" => {
            Section::References
        }
        "contact" | "contact us" | "contacts" | "contact details" => Section::Contact,
        "contents" | "table of contents" | "list of contents" => Section::Contents,
        "executive summary" | "introduction" | "methodology" | "methods" | "recommendations" | "conclusion" | "conclusions"
        | "discussion" | "findings" | "background" | "acknowledgements" => Section::Other,
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::super::super::units::units;
    use super::*;

    #[test]
    fn numbers_of_headings_and_paragraphs() {
        for (line, expected) in [
            ("3.14 The study", Some(("3.14", "The study", 2))),
            ("9.1. This study", Some(("9.1.", "This study", 2))),
            ("3.1.2 Policy", Some(("3.1.2", "Policy", 3))),
            ("5. Leadership", Some(("5.", "Leadership", 1))),
            ("SECTION 4: MANAGEMENT", Some(("SECTION 4", "MANAGEMENT", 1))),
            ("SECTION 11 RECOMMENDATIONS", Some(("SECTION 11", "RECOMMENDATIONS", 1))),
            ("Annex B – Questions", Some(("Annex B", "Questions", 1))),
            ("32 authorities answered", None),
            ("3.5 million people", None),
            ("2003 was the year", None),
            ("Partners said", None),
        ] {
            let found = number(line, Span::of(0..line.len()));
            assert_eq!(found.map(|number| (number.label.slice(line), number.words.slice(line), number.depth)), expected, "{line}");
        }
    }

    #[test]
    fn titles_are_short_and_do_not_end_as_sentences_do() {
        for title in ["Local leadership and governance", "WHAT IS NEEDED?", "Who gets told what"] {
            assert!(is_title(title), "{title}");
        }
        for other in ["It rained.", "the rest of it", "They said:", "“Quoted”", "a\tb", "Bread, milk,"] {
            assert!(!is_title(other), "{other}");
        }
    }

    #[test]
    fn four_short_lines_in_a_row_are_cells() {
        let text = "The table follows here.\n\nManagers\n\n9\n\nFirst line\n\n23\n\n2.6 After it came this.\n\nOne heading\n\nTwo headings\n\nProse follows here.";
        assert_eq!(cells(text, &units(text)), [false, true, true, true, true, false, false, false, false]);
    }
}

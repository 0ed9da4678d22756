use std::collections::{BTreeMap, BTreeSet};

use regex::Regex;

use super::super::pattern::Pattern;
use super::super::units::Unit;
use super::headings::{Section, section};
use crate::text::fold;

static PAGE_AT_END: Pattern = Pattern::new(|| Regex::new(r"(?:\t|\s*\.{4,}\s*|(?:\s\.){4,}\s*|\s{3,})\d{1,3}$").ok());
static FURNITURE: Pattern = Pattern::new(|| {
    let lines = [
        r"(?:back|return) to top",
        r"skip to (?:main )?content",
        r"(?:previous|next)(?: page| chapter)?(?:: [^.]{1,80})?",
        r"cookies on (?:this|our) (?:web ?)?site.*|accept (?:all )?cookies",
        r"was this (?:page )?helpful\?.*|is there anything wrong with this page\?.*",
        r"(?:first )?published:? \d.*|last updated:? .*",
        r"(?:pdf|supporting) (?:\d|document|file).*",
        r"e-?mail:\s.*",
        r"tel(?:ephone)?:\s.*",
        r"listen",
        r"print(?: this page)?",
        r"share(?: this page)?",
        r"page \d+(?: of \d+)?|page \| \d+|\d+ \| page|[-–—] ?\d{1,4} ?[-–—]",
        r"isbn\b.*",
        r"official print publication date.*",
        r"website publication date.*",
        r"Description\p{Lu}.*",
        r".* logo",
        r"this document is also available .*",
        r"(?:©|\(c\)|crown copyright|copyright ).*",
        r"produced (?:for|by) .*|published by .*",
        r".*\bcharit(?:y|able)\b.*\bno:?\s*[a-z]*\d+.*",
        r"https?://\S+|www\.\S+",
    ];
    Regex::new(&format!(
        r"^(?:{})$",
        lines.map(|line| if line.contains("Lu") { line.to_owned() } else { format!("(?i:{line})") }).join("|")
    ))
    .ok()
});

/// Whether a line is page furniture by its words alone.
pub(super) fn is_furniture(words: &str) -> bool {
    let letters = words.split(|c: char| !c.is_alphabetic()).map(|word| word.chars().count()).max().unwrap_or(0);
    FURNITURE.is_in(words) || letters < 2 && !words.chars().any(|c| c.is_numeric() && letters == 0) || is_code(words)
}

/// What is left of a document's number: "h/1/1/1111."
fn is_code(words: &str) -> bool {
    !words.contains(' ')
        && words.matches('/').count() >= 2
        && words.chars().all(|c| c.is_alphanumeric() || "/.-".contains(c))
        && words.len() < 30
}

/// Marks tables of contents, the cover page before one, and the lines that come again on every page.
pub(super) fn contents(text: &str, units: &[Unit]) -> Vec<bool> {
    let mut marked = vec![false; units.len()];
    let is_heading = |unit: &Unit| section(unit.slice(text)) == Some(Section::Contents);
    if let Some(heading) = units.iter().position(is_heading) {
        let entries = entries_after(text, units, heading);
        if entries > 0 {
            marked.iter_mut().skip(heading).take(entries + 1).for_each(|mark| *mark = true);
            // The first line of a cover is the title; the rest is repeated inside or tells of the printing.
            let is_cover = |unit: &Unit| unit.span.len() <= 150 && !unit.slice(text).trim_end().ends_with(['.', '”', '"']);
            for (mark, _) in marked.iter_mut().zip(units).take(heading).skip(1).filter(|(_, unit)| is_cover(unit)) {
                *mark = true;
            }
        }
    }
    mark_page_lists(text, units, &mut marked);
    mark_page_heads(text, units, &mut marked);
    marked
}

/// How many units after the heading are entries: those with a page number, and those that come again later as headings.
fn entries_after(text: &str, units: &[Unit], heading: usize) -> usize {
    let plain = |unit: &Unit| fold(unit.slice(text)).split_whitespace().collect::<Vec<_>>().join(" ");
    let mut seen = BTreeSet::new();
    let mut entries = 0;
    for (index, unit) in units.iter().enumerate().skip(heading + 1) {
        let words = unit.slice(text);
        let has_page = PAGE_AT_END.is_in(words);
        let title = plain(unit);
        let comes_again = units.iter().skip(index + 1).any(|later| plain(later) == title);
        if !has_page && (!comes_again || !seen.insert(title)) {
            break;
        }
        entries += 1;
    }
    entries
}

/// Three lines or more in a row that end in page numbers are a table of contents also without its heading.
fn mark_page_lists(text: &str, units: &[Unit], marked: &mut [bool]) {
    let mut start = 0;
    while start < units.len() {
        let length = units.iter().skip(start).take_while(|unit| PAGE_AT_END.is_in(unit.slice(text))).count();
        if length >= 3 {
            marked.iter_mut().skip(start).take(length).for_each(|mark| *mark = true);
        }
        start += length + 1;
    }
}

/// A line that stands at the edge of three pages or more is the head or foot of a page; elsewhere it may be a heading.
fn mark_page_heads(text: &str, units: &[Unit], marked: &mut [bool]) {
    let at_edge = |index: usize, unit: &Unit| {
        let neighbour = |index: Option<usize>| index.and_then(|index| units.get(index));
        let (last, next) = (neighbour(index.checked_sub(1)), neighbour(Some(index + 1)));
        let breaks = |from: u32, to: u32| text.get(from as usize..to as usize).is_some_and(|gap| gap.contains('\u{c}'));
        let is_number = |unit: &Unit| unit.slice(text).chars().all(|c| c.is_ascii_digit());
        breaks(last.map_or(0, |last| last.span.end), unit.span.start)
            || next.is_some_and(|next| breaks(unit.span.end, next.span.start) || is_number(next))
            || last.is_some_and(is_number)
    };
    let mut heads: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    let short = units.iter().enumerate().filter(|(_, unit)| unit.span.len() <= 120 && !unit.slice(text).ends_with(['.', '”', '"']));
    for (index, unit) in short.filter(|(index, unit)| at_edge(*index, unit) && section(unit.slice(text)).is_none()) {
        heads.entry(unit.slice(text)).or_default().push(index);
    }
    let is_text = |words: &str| words.chars().any(char::is_alphabetic);
    for index in heads.into_iter().filter(|(words, places)| is_text(words) && places.len() >= 3).flat_map(|(_, places)| places) {
        // What stands at the very beginning is the title.
        if let Some(mark) = marked.get_mut(index).filter(|_| index > 0) {
            *mark = true;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::super::units::units;
    use super::*;

    #[test]
    fn furniture_is_known_by_its_words() {
        for line in [
            "Back to top",
            "Email: a@example.org",
            "---\t---",
            "SLF Logo",
            "Page 3 of 9",
            "ISBN",
            "h/1/1/1111.",
            "DescriptionReport of a study",
        ] {
            assert!(is_furniture(line), "{line}");
        }
        for line in ["They went back to top up", "Description of the area", "9", "80%", "Listening", "and/or"] {
            assert!(!is_furniture(line), "{line}");
        }
    }

    #[test]
    fn contents_end_where_the_first_entry_comes_again() {
        let text = "A report\n\nby somebody\n\nContents\n\nSECTION 1: ONE\nSECTION 2: TWO\n\nSECTION 1: ONE\n\nWords here.\n\nSECTION 2: TWO\n\nMore.";
        assert_eq!(contents(text, &units(text)), [false, true, true, true, true, false, false, false, false]);
        let text = "Contents\n1. One\t1\n2. Two\t12\n1. One\nWords.";
        assert_eq!(contents(text, &units(text)), [true, true, true, false, false]);
    }
}

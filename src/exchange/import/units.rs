use crate::analysis::quotes::Aside;
use crate::text::Span;

/// What a file's own format says of a unit.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Hint {
    /// Nothing.
    #[default]
    None,
    /// A heading of this level.
    Heading(u8),
    /// An item of a list, at this level.
    Item(u8),
    /// Words set apart.
    Quote,
    /// A row of a table.
    Row,
    /// A paragraph of a note or text box, which stands beside the running text.
    Aside(Aside),
    /// A turn. The bytes, from its beginning, of the label, empty if nobody is named, and where the words begin.
    Turn {
        /// From and to where.
        label: (u16, u16),
        /// Behind label and colon.
        words: u16,
    },
}

/// A stretch of the text that makes a paragraph, or several when voices or quotes change within it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Unit {
    /// Its words with labels, bullets and stamps, trimmed; never empty.
    pub(super) span: Span,
    /// The mark of a format (`- `, `> `, `# `) that stands before it; empty if there is none.
    pub(super) mark: Span,
    /// Length in bytes of the bold words it begins with; 0 when none are or all are.
    pub(super) bold: u32,
    /// Line of the file on which it begins, from 1.
    pub(super) line: usize,
    /// Columns of white space before it.
    pub(super) indent: usize,
    /// Whether a blank line, or the beginning of the text, is before it.
    pub(super) gap_before: bool,
    /// Whether a blank line, or the end of the text, is after it.
    pub(super) gap_after: bool,
    /// What the format says of it.
    pub(super) hint: Hint,
}

impl Unit {
    /// Its words in `text`.
    pub(super) fn slice<'text>(&self, text: &'text str) -> &'text str {
        self.span.slice(text)
    }

    /// Its words together with the mark before them.
    pub(super) fn whole(&self) -> Span {
        if self.mark.is_empty() { self.span } else { self.mark.hull(self.span) }
    }

    /// The note or text box it is in.
    pub(super) const fn aside(&self) -> Option<Aside> {
        match self.hint {
            Hint::Aside(aside) => Some(aside),
            _ => None,
        }
    }

    /// Whether it is in a footnote or an endnote.
    pub(super) const fn is_note(&self) -> bool {
        matches!(self.hint, Hint::Aside(Aside::Footnote(_) | Aside::Endnote(_)))
    }
}

/// A line of the text.
struct Line {
    /// Trimmed; empty for a blank line.
    span: Span,
    indent: usize,
}

/// Cuts a plain text into units: its lines, or where it was wrapped at a fixed width, runs of lines.
pub(super) fn units(text: &str) -> Vec<Unit> {
    let lines = lines(text);
    let wrapped = is_wrapped(text, &lines);
    let mut units: Vec<Unit> = Vec::new();
    let mut gap = true;
    for (index, line) in lines.iter().enumerate() {
        if line.span.is_empty() {
            if let Some(last) = units.last_mut() {
                last.gap_after = true;
            }
            gap = true;
            continue;
        }
        match units.last_mut() {
            Some(last) if wrapped && !gap && !begins_anew(line.span.slice(text)) && line.indent >= last.indent => {
                last.span = last.span.hull(line.span);
            }
            _ => units.push(Unit {
                span: line.span,
                mark: Span::new(line.span.start, line.span.start),
                bold: 0,
                line: index + 1,
                indent: line.indent,
                gap_before: gap,
                gap_after: false,
                hint: Hint::None,
            }),
        }
        gap = false;
    }
    if let Some(last) = units.last_mut() {
        last.gap_after = true;
    }
    units
}

fn lines(text: &str) -> Vec<Line> {
    let mut at = 0;
    text.split('\n')
        .map(|line| {
            let span = Span::of(at..at + line.len()).trimmed(text);
            let before = line.len() - line.trim_start().len();
            let lead = line.get(..before).unwrap_or_default();
            at += line.len() + 1;
            Line { span, indent: lead.chars().map(|c| if c == '\t' { 4 } else { 1 }).sum() }
        })
        .collect()
}

/// Whether the text was broken into lines of about one width: no long lines, and those that another follows are
/// long ones that mostly end within a sentence.
fn is_wrapped(text: &str, lines: &[Line]) -> bool {
    let width = |line: &Line| line.span.slice(text).chars().count();
    if lines.iter().any(|line| width(line) > 130) {
        return false;
    }
    let followed = || lines.iter().zip(lines.iter().skip(1)).filter(|(line, next)| !line.span.is_empty() && !next.span.is_empty());
    let long = followed().filter(|(line, _)| width(line) >= 55).count();
    let ended = followed().filter(|(line, _)| line.span.slice(text).ends_with(['.', '?', '!', '”', '"', ')', ':'])).count();
    long >= 3 && long * 3 >= followed().count() * 2 && ended * 5 <= followed().count() * 2
}

/// Whether a line cannot continue the one before it: a bullet, or a label with a colon.
fn begins_anew(line: &str) -> bool {
    let mut words = line.split_whitespace();
    let first = words.next().unwrap_or_default();
    matches!(first, "•" | "-" | "*" | "–" | "◦" | "▪") || first.ends_with(':') || first.starts_with(['[', '#'])
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: &[&str]) {
        let found: Vec<_> = units(text).iter().map(|unit| unit.slice(text).to_owned()).collect();
        assert_eq!(found, expected);
    }

    #[test]
    fn lines_are_units() {
        check("One.\nTwo.\n\n  • Three\n\u{c}\n", &["One.", "Two.", "• Three"]);
        let text = "One.\n\n\n  Two.";
        let found = units(text);
        assert_eq!((found[1].line, found[1].indent, found[1].gap_before), (4, 2, true));
    }

    #[test]
    fn wrapped_lines_are_joined() {
        let text = "I: What made you come into this line of work, if I may ask you that\n   so early in the morning, before the kettle has even boiled for us?\n\
                    R: Well now. There was a notice in the window of the post office and I\nread it twice, which is more than I do with most notices, and I went in\nand asked.\n";
        check(
            text,
            &[
                "I: What made you come into this line of work, if I may ask you that\n   so early in the morning, before the kettle has even boiled for us?",
                "R: Well now. There was a notice in the window of the post office and I\nread it twice, which is more than I do with most notices, and I went in\nand asked.",
            ],
        );
    }
}

//! Documents and tables as Markdown, which is read as it stands and shown by most programs for notes and code.

use std::fmt::Write as _;

use super::blocks::{Block, Document, Look, Run};
use crate::exchange::export::about::About;
use crate::exchange::export::table::Table;
use crate::study::Meant;

/// The deepest heading there is.
const DEEPEST: usize = 6;

/// A document as Markdown.
pub(in crate::exchange::export) fn page(document: &Document) -> String {
    let mut page = format!("# {}\n", escaped(&document.title));
    let mut in_list = false;
    for block in &document.blocks {
        let is_item = matches!(block, Block::Item(_));
        if !(is_item && in_list) {
            page.push('\n');
        }
        in_list = is_item;
        // Writing to a string cannot fail, here and below.
        _ = match block {
            Block::Heading { level, text, .. } => {
                writeln!(page, "{} {}", "#".repeat((level + 1).min(DEEPEST)), on_one_line(&escaped(text)))
            }
            Block::Text(Look::Plain | Look::Small, runs) => writeln!(page, "{}", broken(&runs_in_markdown(runs))),
            Block::Text(Look::Term, runs) => writeln!(page, "**{}**", on_one_line(&runs_in_markdown(runs))),
            Block::Item(runs) => writeln!(page, "- {}", on_one_line(&runs_in_markdown(runs))),
            Block::Quote { words, label } => writeln!(page, "{}\n>\n> — {}", quoted(words), on_one_line(&escaped(label))),
            Block::Table(table, _) => writeln!(page, "{}", table_in_markdown(table).trim_end()),
            Block::NewPage => writeln!(page, "---"),
        };
    }
    page
}

/// A table as a page of its own, with the note below it.
pub(in crate::exchange::export) fn table_page(table: &Table, about: &About, title: &str) -> String {
    let mut page = format!("# {}\n\n{}\n## About\n\n", escaped(title), table_in_markdown(table));
    for line in about.lines() {
        match line.strip_prefix("- ") {
            Some(item) => _ = writeln!(page, "- {}", escaped(item)),
            None if line.is_empty() => page.push('\n'),
            None => _ = writeln!(page, "{}\n", escaped(line)),
        }
    }
    page
}

/// A table between pipes; a line break in a cell is `<br>`.
pub(in crate::exchange::export) fn table_in_markdown(table: &Table) -> String {
    let line = |cells: &[String]| {
        let cells: Vec<String> = cells.iter().map(|cell| escaped(cell).replace("\r\n", "\n").replace(['\n', '\r'], "<br>")).collect();
        format!("| {} |\n", cells.join(" | "))
    };
    let rule: Vec<&str> = (0..table.header.len()).map(|at| if table.is_counting(at) { "--:" } else { "---" }).collect();
    let mut lines = line(&table.header) + &format!("| {} |\n", rule.join(" | "));
    table.rows.iter().for_each(|row| lines.push_str(&line(row)));
    lines
}

/// Words as a quotation.
pub(in crate::exchange::export) fn quoted(words: &str) -> String {
    words.lines().map(|line| format!("> {}", begun(&escaped(line)))).collect::<Vec<_>>().join("\n")
}

fn runs_in_markdown(runs: &[Run]) -> String {
    let one = |(meant, text): &Run| {
        let text = escaped(text);
        match meant {
            Meant::Plain | Meant::Said | Meant::Cited(_) => text,
            Meant::Bold => format!("**{text}**"),
            Meant::Comment => format!("*{text}*"),
        }
    };
    runs.iter().map(one).collect()
}

/// Line breaks stay, and none of the lines becomes something else by how it begins.
fn broken(text: &str) -> String {
    text.lines().map(begun).collect::<Vec<_>>().join("  \n")
}

fn on_one_line(text: &str) -> String {
    text.lines().collect::<Vec<_>>().join(" ")
}

/// A line that would be a heading, an item or a rule by how it begins, as words.
pub(in crate::exchange::export) fn begun(line: &str) -> String {
    let rest = line.trim_start();
    let digits = rest.chars().take_while(char::is_ascii_digit).count();
    if rest.starts_with(['#', '-', '+', '=']) {
        return format!("\\{rest}");
    }
    match rest.split_at_checked(digits) {
        Some((number, after)) if digits > 0 && after.starts_with(['.', ')']) => format!("{number}\\{after}"),
        _ => rest.to_owned(),
    }
}

/// Words in which nothing is a mark.
pub(in crate::exchange::export) fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '>' | '|' | '~' | '$' | '^' => escaped.extend(['\\', c]),
            '&' => escaped.push_str("&amp;"),
            c if c.is_control() && !matches!(c, '\n' | '\r' | '\t') => {}
            c => escaped.push(c),
        }
    }
    escaped
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_stay_words_and_marks_are_marks() {
        let table = Table::new(["a", "n"].map(str::to_owned).to_vec(), vec![["x | y\nz", "3"].map(str::to_owned).to_vec()]);
        let blocks = vec![
            Block::heading(1, "One *star*"),
            Block::Text(Look::Plain, vec![(Meant::Bold, "bold".into()), (Meant::Plain, " words\n# no heading\n1. no item".into())]),
            Block::item("first"),
            Block::item("second"),
            Block::Quote { words: "Aye.\n- no".into(), label: "P1 · ¶ 3".into() },
            Block::Table(table.counting(|at, _| at == 1), vec![3, 1]),
            Block::NewPage,
        ];
        let page = page(&Document { title: "T_1".into(), blocks, says: String::new(), time: 0 });
        let expected = "# T\\_1\n\n## One \\*star\\*\n\n**bold** words  \n\\# no heading  \n1\\. no item\n\n- first\n- second\n\n\
                        > Aye.\n> \\- no\n>\n> — P1 · ¶ 3\n\n| a | n |\n| --- | --: |\n| x \\| y<br>z | 3 |\n\n---\n";
        assert_eq!(page, expected);
    }
}

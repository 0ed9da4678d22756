/// Widest column of a head before its words are put below one another, in characters.
const HEAD: usize = 14;
/// What stands between columns.
const GAP: &str = "  ";

/// Lines up the cells of a table; heads of more than one word may take several lines. Columns of numbers are set to the right.
pub(super) fn columns(header: &[String], rows: &[Vec<String>]) -> Vec<String> {
    let heads: Vec<Vec<String>> = header.iter().map(|head| wrapped(head)).collect();
    let height = heads.iter().map(Vec::len).max().unwrap_or(0);
    let columns: Vec<Column> = heads
        .iter()
        .enumerate()
        .map(|(at, head)| {
            let cells = || rows.iter().filter_map(|row| row.get(at));
            Column {
                width: head.iter().chain(cells()).map(|cell| cell.chars().count()).max().unwrap_or(0),
                numbers: at > 0
                    && cells().all(|cell| cell.is_empty() || cell.starts_with(|c: char| c.is_ascii_digit() || c == '–' || c == '-')),
            }
        })
        .collect();
    let mut lines = Vec::new();
    for line in 0..height {
        // Heads stand on the table, with what is left free above them.
        let cells =
            heads.iter().map(|head| (line + head.len()).checked_sub(height).and_then(|at| head.get(at)).cloned().unwrap_or_default());
        lines.push(aligned(&cells.collect::<Vec<_>>(), &columns));
    }
    lines.push(columns.iter().map(|column| "─".repeat(column.width)).collect::<Vec<_>>().join(GAP));
    lines.extend(rows.iter().map(|row| aligned(row, &columns)));
    lines
}

struct Column {
    /// In characters.
    width: usize,
    /// Whether it is set to the right.
    numbers: bool,
}

fn aligned(cells: &[String], columns: &[Column]) -> String {
    let padded = cells.iter().zip(columns).map(|(cell, column)| {
        let free = " ".repeat(column.width.saturating_sub(cell.chars().count()));
        if column.numbers { format!("{free}{cell}") } else { format!("{cell}{free}") }
    });
    padded.collect::<Vec<_>>().join(GAP).trim_end().to_owned()
}

fn wrapped(head: &str) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for word in head.split(' ') {
        match lines.last_mut() {
            Some(line) if line.chars().count() + 1 + word.chars().count() <= HEAD => {
                line.push(' ');
                line.push_str(word);
            }
            _ => lines.push(word.to_owned()),
        }
    }
    lines
}

/// The first words of a text on one line, at most `most` characters.
pub(super) fn shortened(text: &str, most: usize) -> String {
    let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    if line.chars().count() <= most {
        return line;
    }
    let cut: String = line.chars().take(most.saturating_sub(1)).collect();
    cut.trim_end().to_owned() + "…"
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_line_up_and_heads_wrap() {
        let header = ["Theme", "Senior managers / team leaders", "n"].map(str::to_owned);
        let rows = [["Ethos", "12", "–"], ["Æsthetics", "3", "4"]].map(|row| row.map(str::to_owned).to_vec());
        assert_eq!(
            columns(&header, &rows).join("\n"),
            "                 Senior\n\
             \x20            managers /\n\
             Theme      team leaders  n\n\
             ─────────  ────────────  ─\n\
             Ethos                12  –\n\
             Æsthetics             3  4"
        );
        assert_eq!(shortened("a  b\nc", 10), "a b c");
        assert_eq!(shortened("one two three", 8), "one two…");
    }
}

//! Cells on the clipboard, as spreadsheets put them there.

/// The cells of a table: tabs between cells, ends of lines between rows. What stands in quotes may hold both, a quote in it is
/// doubled. Where quotes do not come in pairs nobody has quoted anything, and they are signs like others.
pub(super) fn cells(text: &str) -> Vec<Vec<String>> {
    let quotes = text.matches('"').count().is_multiple_of(2);
    let (mut rows, mut row, mut cell) = (Vec::new(), Vec::new(), String::new());
    let mut within = false;
    let mut signs = text.chars().peekable();
    while let Some(sign) = signs.next() {
        match sign {
            '"' if within && signs.next_if_eq(&'"').is_some() => cell.push('"'),
            '"' if within => within = false,
            '"' if quotes && cell.is_empty() => within = true,
            '\t' if !within => row.push(one_line(&std::mem::take(&mut cell))),
            '\r' if !within && signs.peek() == Some(&'\n') => {}
            '\n' | '\r' if !within => {
                row.push(one_line(&std::mem::take(&mut cell)));
                rows.push(std::mem::take(&mut row));
            }
            sign => cell.push(sign),
        }
    }
    // The last line may have no end; what follows an end is no line.
    if !cell.is_empty() || !row.is_empty() {
        row.push(one_line(&cell));
        rows.push(row);
    }
    rows
}

/// Cells have one line here: lines of one cell stand behind each other.
fn one_line(cell: &str) -> String {
    cell.lines().map(str::trim).filter(|line| !line.is_empty()).collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_are_read_as_spreadsheets_write_them() {
        for (text, expected) in [
            ("A\tFife\r\nB\tSkye\r\n", vec![vec!["A", "Fife"], vec!["B", "Skye"]]),
            ("A\n\nC", vec![vec!["A"], vec![""], vec!["C"]]),
            ("A\t\"two\nlines\"\tx\nB\t\"said \"\"aye\"\"\"\ty", vec![vec!["A", "two lines", "x"], vec!["B", "said \"aye\"", "y"]]),
            ("\"with\ttab\"\tz", vec![vec!["with\ttab", "z"]]),
            ("6\" pipe\tA", vec![vec!["6\" pipe", "A"]]),
            ("A\t", vec![vec!["A", ""]]),
            ("", vec![]),
        ] {
            assert_eq!(cells(text), expected, "{text:?}");
        }
    }
}

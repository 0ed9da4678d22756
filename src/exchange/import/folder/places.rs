/// The lines, from 1, on which the elements of the array named `list` at the top of a JSON object begin.
///
/// The text is JSON that was read before, so that this looks only for brackets and quotation marks.
pub(super) fn lines(json: &str, list: &str) -> Vec<usize> {
    let mut scan = Scan { list, line: 1, depth: 0, key: String::new(), in_list: false, expects: false, lines: Vec::new() };
    let mut chars = json.chars();
    while let Some(c) = chars.next() {
        match c {
            '"' => {
                let words = string(&mut chars, &mut scan.line);
                scan.word(words);
            }
            c => scan.sign(c),
        }
    }
    scan.lines
}

struct Scan<'list> {
    list: &'list str,
    line: usize,
    depth: usize,
    /// The last string at the top of the object, which is a key when an array follows.
    key: String,
    in_list: bool,
    /// Whether the next sign begins an element.
    expects: bool,
    lines: Vec<usize>,
}

impl Scan<'_> {
    fn word(&mut self, words: String) {
        self.element();
        if self.depth == 1 {
            self.key = words;
        }
    }

    fn sign(&mut self, c: char) {
        match c {
            '\n' => self.line += 1,
            '{' | '[' => {
                self.element();
                self.depth += 1;
                if c == '[' && self.depth == 2 && self.key == self.list {
                    (self.in_list, self.expects) = (true, true);
                }
            }
            '}' | ']' => {
                self.depth = self.depth.saturating_sub(1);
                if self.depth == 1 {
                    self.in_list = false;
                }
            }
            ',' if self.in_list && self.depth == 2 => self.expects = true,
            c if c.is_whitespace() || c == ',' || c == ':' => {}
            _ => self.element(),
        }
    }

    fn element(&mut self) {
        if self.in_list && std::mem::take(&mut self.expects) {
            self.lines.push(self.line);
        }
    }
}

/// Reads on to the end of a string; the words are those of a key, in which escapes do not matter.
fn string(chars: &mut std::str::Chars<'_>, line: &mut usize) -> String {
    let mut words = String::new();
    while let Some(c) = chars.next() {
        match c {
            '"' => break,
            '\\' => {
                chars.next();
            }
            '\n' => *line += 1,
            c => words.push(c),
        }
    }
    words
}

/// The first line, from 1, that holds `name` as a JSON string; 1 when none does.
pub(super) fn line_of(json: &str, name: &str) -> usize {
    let Ok(wanted) = serde_json::to_string(name) else { return 1 };
    json.lines().position(|line| line.contains(&wanted)).map_or(1, |line| line + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn elements_are_found_on_their_lines() {
        let json = "{\n \"a\": [1, [2]],\n \"b\": [\n  {\"x\": \"[,{\\\"\"},\n\n  {\"b\": [1,\n 2]}, {}\n ]\n}";
        assert_eq!(lines(json, "b"), [4, 6, 7]);
        assert_eq!(lines(json, "a"), [2, 2]);
        assert_eq!(lines("{\"b\": []}", "b"), [0; 0]);
        assert_eq!(line_of(json, "b"), 3);
    }
}

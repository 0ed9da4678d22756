use html5gum::{Token, Tokenizer};

use crate::text::Span;

/// Elements that stand on lines of their own.
const BLOCKS: &[&[u8]] = &[
    b"address",
    b"article",
    b"aside",
    b"blockquote",
    b"caption",
    b"center",
    b"colgroup",
    b"dd",
    b"details",
    b"div",
    b"dl",
    b"dt",
    b"figcaption",
    b"figure",
    b"footer",
    b"form",
    b"h1",
    b"h2",
    b"h3",
    b"h4",
    b"h5",
    b"h6",
    b"header",
    b"hr",
    b"li",
    b"main",
    b"nav",
    b"ol",
    b"p",
    b"pre",
    b"section",
    b"summary",
    b"table",
    b"tbody",
    b"tfoot",
    b"thead",
    b"tr",
    b"ul",
];

/// What parts the text before from the text to come.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Gap {
    None,
    Space,
    /// Cells of a table.
    Tab,
    Lines(usize),
}

/// A stretch of words that stand in the text as in the page.
#[derive(Clone, Copy, Debug)]
struct Run {
    /// Its first byte among the bytes of the page's words.
    page: usize,
    /// Its first byte in the text.
    text: usize,
    len: usize,
}

/// The words of a document of Taguette, laid out in lines, and where its highlights are in them.
///
/// Taguette counts the bytes of all words of a page, white space included and with nothing between its blocks. In the text white
/// space is as a page is shown: blocks and line breaks begin lines, cells are parted by tabs, and white space is one space.
#[derive(Debug)]
pub(super) struct Page {
    text: String,
    runs: Vec<Run>,
    /// The length of the page's words in bytes.
    len: usize,
    gap: Gap,
    /// Where a space that waits to be written stands in the page.
    space: usize,
}

impl Page {
    /// Reads a page.
    pub(super) fn read(html: &str) -> Self {
        let mut page = Self { text: String::new(), runs: Vec::new(), len: 0, gap: Gap::None, space: 0 };
        let mut depth_of_pre = 0usize;
        let mut is_first_of_pre = false;
        for Ok(token) in Tokenizer::new(html) {
            match token {
                Token::StartTag(tag) => {
                    let name: &[u8] = &tag.name;
                    page.meet(name);
                    is_first_of_pre = name == b"pre";
                    depth_of_pre += usize::from(is_first_of_pre);
                }
                Token::EndTag(tag) => {
                    let name: &[u8] = &tag.name;
                    // The end of a line break is one itself, to readers of pages; that of a cell is met at the next.
                    page.meet(name);
                    depth_of_pre = depth_of_pre.saturating_sub(usize::from(name == b"pre"));
                    is_first_of_pre = false;
                }
                Token::String(words) => {
                    let words = String::from_utf8_lossy(&words);
                    // A line end right behind `<pre>` is not part of it.
                    let words = words.strip_prefix('\n').filter(|_| is_first_of_pre).unwrap_or(&words);
                    words.chars().for_each(|c| page.word(c, depth_of_pre > 0));
                    is_first_of_pre = false;
                }
                _ => {}
            }
        }
        page
    }

    /// The text.
    pub(super) fn into_text(self) -> String {
        self.text
    }

    /// The text, to be looked into.
    pub(super) fn text(&self) -> &str {
        &self.text
    }

    fn meet(&mut self, element: &[u8]) {
        let gap = match element {
            b"br" => match self.gap {
                Gap::Lines(lines) => Gap::Lines(lines + 1),
                _ => Gap::Lines(1),
            },
            b"td" | b"th" => Gap::Tab,
            _ if BLOCKS.contains(&element) => Gap::Lines(1),
            _ => Gap::None,
        };
        self.gap = self.gap.max(gap);
    }

    /// Takes a character of the page's words.
    fn word(&mut self, c: char, is_pre: bool) {
        let at = self.len;
        self.len += c.len_utf8();
        if is_pre && c == '\n' {
            self.meet(b"br");
            return;
        }
        if !is_pre && c.is_ascii_whitespace() {
            if self.gap < Gap::Space {
                (self.gap, self.space) = (Gap::Space, at);
            }
            return;
        }
        self.close_gap();
        self.write(c, at);
    }

    /// Writes what parts the words to come from those before, if there are any.
    fn close_gap(&mut self) {
        let gap = std::mem::replace(&mut self.gap, Gap::None);
        if self.text.is_empty() {
            return;
        }
        match gap {
            Gap::None => {}
            Gap::Space => self.write(' ', self.space),
            Gap::Tab => self.text.push('\t'),
            Gap::Lines(lines) => self.text.extend(std::iter::repeat_n('\n', lines)),
        }
    }

    /// Writes a character that stands at this byte of the page.
    fn write(&mut self, c: char, page: usize) {
        let (text, len) = (self.text.len(), c.len_utf8());
        self.text.push(c);
        match self.runs.last_mut() {
            Some(run) if run.page + run.len == page && run.text + run.len == text => run.len += len,
            _ => self.runs.push(Run { page, text, len }),
        }
    }

    /// The words of the text that lie between two bytes of the page's words; none where these are none, or cut a character.
    pub(super) fn span(&self, start: i64, end: i64) -> Option<Span> {
        let (start, end) = (usize::try_from(start).ok()?, usize::try_from(end).ok()?);
        if end > self.len {
            return None;
        }
        // From the first byte at or behind the start to the last one before the end; what lies between runs is white space.
        let first = self.runs.get(self.runs.partition_point(|run| run.page + run.len <= start))?;
        let from = first.text + start.saturating_sub(first.page);
        let last = self.runs.get(self.runs.partition_point(|run| run.page < end).checked_sub(1)?)?;
        let to = last.text + (end - last.page).min(last.len);
        (from < to && self.text.is_char_boundary(from) && self.text.is_char_boundary(to)).then(|| Span::of(from..to))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(html: &str) -> String {
        Page::read(html).into_text()
    }

    #[test]
    fn blocks_breaks_and_cells_are_parted_and_white_space_is_one_space() {
        assert_eq!(text("<h1>A &amp; b</h1><p>One\n  two</p><p>three<br>four</p>\n"), "A & b\nOne two\nthree\nfour");
        assert_eq!(text("<ul>\n  <li>x</li>\n  <li>y</li>\n</ul>"), "x\ny");
        assert_eq!(text("<table><tr><th>a</th><th>b</th></tr>\n<tr><td>c</td>\n<td>d</td></tr></table>"), "a\tb\nc\td");
        assert_eq!(text("a<br><br/>b<br></p><p>c"), "a\n\nb\nc");
        assert_eq!(text("<pre>\n a\n  b\n\nc</pre>"), " a\n  b\n\nc");
        assert_eq!(text("x<em>y</em> <b>z</b>"), "xy z");
    }

    #[test]
    fn entities_of_every_kind_are_decoded() {
        assert_eq!(text("&lt;&nbsp;&eacute;&#128512;&#x1F525;&hellip;&NotEqualTilde;&copy 1&#150;"), "<\u{a0}é😀🔥…≂̸© 1–");
        assert_eq!(text("a &unknown; b & c &#xD800;"), "a &unknown; b & c \u{fffd}");
    }

    #[test]
    fn bytes_of_the_page_are_found_in_the_text() {
        let html = "<p>👋 Go <b>on</b>.</p><p>P3: You\n   did</p>\n<p>it.</p>";
        // The page counts 👋 Go on. (11 bytes), P3: You, the white space of four bytes, did, a line end, it.
        let page = Page::read(html);
        let words = |start, end| page.span(start, end).map(|span| span.slice(&page.text).to_owned());
        assert_eq!(page.text(), "👋 Go on.\nP3: You did\nit.");
        assert_eq!(words(0, 4).as_deref(), Some("👋"));
        assert_eq!(words(5, 10).as_deref(), Some("Go on"));
        assert_eq!(words(8, 14).as_deref(), Some("on.\nP3:"), "over two blocks that nothing parts in the page");
        assert_eq!(words(15, 25).as_deref(), Some("You did"));
        assert_eq!(words(18, 25).as_deref(), Some(" did"));
        assert_eq!(words(20, 25).as_deref(), Some("did"), "from within white space");
        assert_eq!(words(22, 29).as_deref(), Some("did\nit."));
        assert_eq!(words(25, 26), None, "white space between blocks");
        assert_eq!(words(1, 4), None, "within a character");
        assert_eq!((words(0, 999), words(-1, 4), words(4, 4), words(9, 5)), (None, None, None, None));
    }
}

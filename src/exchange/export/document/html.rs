//! A document as one page for browsers, that prints well and needs no other file.

use std::fmt::Write as _;

use super::blocks::{Block, Document, Look, Run};
use crate::exchange::export::table::Table;
use crate::study::Meant;

/// How the page looks, on paper and on screen.
const STYLE: &str = "body{font:11pt/1.5 Georgia,serif;color:#211f1b;max-width:44rem;margin:2rem auto;padding:0 1rem}\
h1{font-size:1.6em;line-height:1.25;margin-bottom:.3em}h2{font-size:1.3em;margin:1.8em 0 .3em}h3{font-size:1.1em;margin:1.4em 0 .2em}\
h4,h5,h6{font-size:1em;margin:1.2em 0 .2em}h2,h3,h4,h5,h6,.term{break-after:avoid}\
p{margin:.4em 0;white-space:pre-wrap}.small{color:#57534b;font-size:.9em}.term{font-weight:bold;font-size:.95em;margin-top:1em}\
.comment{font-style:italic;color:#57534b}.cited{font-size:.8em;vertical-align:super;line-height:0}ul{margin:.3em 0;padding-left:1.4em}\
figure{margin:.5em 0 .7em;padding-left:.9em;border-left:3px solid #cbc6bb;break-inside:avoid}blockquote{margin:0;white-space:pre-wrap}\
figcaption{color:#57534b;font-size:.85em}table{border-collapse:collapse;width:100%;font-size:.9em;margin:.6em 0 1em}\
th,td{text-align:left;vertical-align:top;padding:.25em .8em .25em 0;border-bottom:1px solid #dcd7cc;white-space:pre-wrap}\
th{border-bottom-color:#8a8478}.number{text-align:right;font-variant-numeric:tabular-nums}tr{break-inside:avoid}\
nav ul{list-style:none;padding-left:0}nav li{margin:.1em 0}nav .n{float:right;color:#57534b}a{color:inherit;text-decoration:none}\
@media print{body{margin:0;max-width:none}nav{break-after:page}.page{break-before:page}}";

/// Deeper headings are not set further in.
const DEEPEST: usize = 8;
/// From how many headings on there are contents.
const CONTENTS: usize = 2;

/// The page as HTML.
pub(super) fn page(document: &Document) -> String {
    let mut page = head(&document.title, STYLE);
    let _ = writeln!(page, "<h1>{}</h1>", escaped(&document.title));
    // What stands before the first heading is about the document; the contents follow it.
    let is_heading = |block: &Block| matches!(block, Block::Heading { .. });
    let begins = document.blocks.iter().position(is_heading).unwrap_or(document.blocks.len());
    let (about, rest) = document.blocks.split_at(begins);
    let mut writer = Writer { page: &mut page, headings: 0, in_list: false, breaks: false };
    writer.all(about);
    write_contents(&mut page, rest);
    page.push_str("<main>\n");
    let mut writer = Writer { page: &mut page, headings: 0, in_list: false, breaks: false };
    writer.all(rest);
    page.push_str("</main>\n</body>\n</html>\n");
    page
}

/// The beginning of a page that needs no other file, up to its body.
pub(in crate::exchange::export) fn head(title: &str, style: &str) -> String {
    let title = escaped(title);
    format!(
        "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n<meta name=\"viewport\" content=\"width=device-width\">\n\
         <title>{title}</title>\n<style>{style}</style>\n</head>\n<body>\n"
    )
}

fn write_contents(page: &mut String, blocks: &[Block]) {
    let headings = blocks.iter().filter_map(|block| match block {
        Block::Heading { level, text, aside } => Some((*level, text, aside)),
        _ => None,
    });
    let headings: Vec<_> = headings.collect();
    if headings.len() < CONTENTS {
        return;
    }
    page.push_str("<nav>\n<h2>Contents</h2>\n<ul>\n");
    for (at, (level, text, aside)) in headings.into_iter().enumerate() {
        let aside = if aside.is_empty() { String::new() } else { format!(" <span class=\"n\">{}</span>", escaped(aside)) };
        let indent = level.saturating_sub(1).min(DEEPEST) * 2;
        // Writing to a string cannot fail, here and below.
        let _ = writeln!(page, "<li style=\"padding-left:{indent}em\"><a href=\"#h{at}\">{}</a>{aside}</li>", escaped(text));
    }
    page.push_str("</ul>\n</nav>\n");
}

struct Writer<'a> {
    page: &'a mut String,
    /// How many headings there were.
    headings: usize,
    in_list: bool,
    /// Whether the next block begins a page.
    breaks: bool,
}

impl Writer<'_> {
    fn all(&mut self, blocks: &[Block]) {
        for block in blocks {
            self.block(block);
        }
        self.close_list();
    }

    fn block(&mut self, block: &Block) {
        let is_item = matches!(block, Block::Item(_));
        if is_item && !self.in_list {
            self.page.push_str("<ul>\n");
            self.in_list = true;
        } else if !is_item {
            self.close_list();
        }
        match block {
            Block::Heading { level, text, .. } => {
                let level = (level + 1).min(6);
                let class = if std::mem::take(&mut self.breaks) { " class=\"page\"" } else { "" };
                let _ = writeln!(self.page, "<h{level} id=\"h{}\"{class}>{}</h{level}>", self.headings, escaped(text));
                self.headings += 1;
            }
            Block::Text(look, runs) => {
                let class = match look {
                    Look::Plain => "",
                    Look::Small => " class=\"small\"",
                    Look::Term => " class=\"term\"",
                };
                let _ = writeln!(self.page, "<p{class}>{}</p>", runs_in_html(runs));
            }
            Block::Item(runs) => _ = writeln!(self.page, "<li>{}</li>", runs_in_html(runs)),
            Block::Quote { words, label } => {
                let (words, label) = (escaped(words), escaped(label));
                let _ = writeln!(self.page, "<figure><blockquote>{words}</blockquote><figcaption>{label}</figcaption></figure>");
            }
            Block::Table(table, widths) => self.table(table, widths),
            Block::NewPage => self.breaks = true,
        }
    }

    fn table(&mut self, table: &Table, widths: &[usize]) {
        self.page.push_str("<table>\n<colgroup>");
        let all = widths.iter().sum::<usize>().max(1);
        for width in widths {
            let _ = write!(self.page, "<col style=\"width:{}%\">", width * 100 / all);
        }
        self.page.push_str("</colgroup>\n<thead><tr>");
        let class = |at: usize| if table.is_counting(at) { " class=\"number\"" } else { "" };
        table.header.iter().enumerate().for_each(|(at, head)| _ = write!(self.page, "<th{}>{}</th>", class(at), escaped(head)));
        self.page.push_str("</tr></thead>\n<tbody>\n");
        for row in &table.rows {
            self.page.push_str("<tr>");
            for (at, cell) in row.iter().enumerate() {
                let _ = write!(self.page, "<td{}>{}</td>", class(at), escaped(cell));
            }
            self.page.push_str("</tr>\n");
        }
        self.page.push_str("</tbody>\n</table>\n");
    }

    fn close_list(&mut self) {
        if std::mem::take(&mut self.in_list) {
            self.page.push_str("</ul>\n");
        }
    }
}

fn runs_in_html(runs: &[Run]) -> String {
    let one = |(meant, text): &Run| {
        let text = escaped(text);
        match meant {
            Meant::Plain => text,
            Meant::Bold => format!("<strong>{text}</strong>"),
            Meant::Said => format!("<span class=\"said\">{text}</span>"),
            Meant::Comment => format!("<span class=\"comment\">{text}</span>"),
            Meant::Cited(_) => format!("<span class=\"cited\">{text}</span>"),
        }
    };
    runs.iter().map(one).collect()
}

/// Text as it may stand in HTML.
pub(in crate::exchange::export) fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            // Signs that no page may hold.
            c if c.is_control() && c != '\n' && c != '\t' => {}
            c => escaped.push(c),
        }
    }
    escaped
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_stays_what_it_is_in_html() {
        for (text, expected) in [
            ("a < b & c > \"d\"", "a &lt; b &amp; c &gt; &quot;d&quot;"),
            ("<script>", "&lt;script&gt;"),
            ("مرحبا 😀", "مرحبا 😀"),
            ("one\u{0}two\nthree", "onetwo\nthree"),
        ] {
            assert_eq!(escaped(text), expected);
        }
    }

    #[test]
    fn lists_are_closed_and_pages_begin_at_headings() {
        let blocks = vec![
            Block::small("about"),
            Block::heading(1, "One"),
            Block::item("a"),
            Block::item("b"),
            Block::NewPage,
            Block::heading(1, "Two"),
            Block::Quote { words: "x < y".into(), label: "P1".into() },
        ];
        let page = page(&Document { title: "T".into(), blocks, says: String::new(), time: 0 });
        assert!(page.contains("<p class=\"small\">about</p>\n<nav>\n"), "{page}");
        assert!(page.contains("<main>\n<h2 id=\"h0\">One</h2>\n<ul>\n<li>a</li>\n<li>b</li>\n</ul>\n<h2"), "{page}");
        assert!(page.contains("<h2 id=\"h1\" class=\"page\">Two</h2>\n<figure><blockquote>x &lt; y</blockquote>"), "{page}");
    }
}

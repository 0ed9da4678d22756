//! The codebook as one page to be printed: the tree with its numbers, what each theme means, and what is coded.

use std::collections::HashMap;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use super::about::time_text;
use super::write::{ExportError, write_file};
use crate::study::{Example, Study, Theme, ThemeId};
use crate::text::{NoSuchBlob, Texts};

/// How the page looks, on paper and on screen.
const STYLE: &str = "body{font:11pt/1.5 Georgia,serif;color:#211f1b;max-width:44rem;margin:2rem auto;padding:0 1rem}\
h1{font-size:1.6em;margin-bottom:.2em}h2{font-size:1.15em;margin:1.6em 0 .2em}h3{font-size:1em;margin:1.2em 0 .2em}\
p{margin:.3em 0}.about,.counts,.cite{color:#57534b;font-size:.9em}dl{margin:.3em 0}dt{font-weight:bold;font-size:.85em;margin-top:.4em}\
dd{margin:0;white-space:pre-wrap}blockquote{margin:.3em 0;padding-left:.8em;border-left:3px solid #cbc6bb;white-space:pre-wrap}\
nav ol{list-style:none;padding-left:0}nav li{margin:.1em 0}nav .n{float:right;color:#57534b}section{break-inside:avoid-page}\
a{color:inherit;text-decoration:none}@media print{body{margin:0;max-width:none}nav{break-after:page}}";

/// Deeper themes are not set further in.
const DEEPEST: usize = 8;

/// The page, as HTML that needs no other file. `now` is in milliseconds since 1970.
///
/// # Errors
/// [`NoSuchBlob`] when the text of a typical example is missing.
pub fn codebook_page(study: &Study, texts: &dyn Texts, now: i64) -> Result<String, NoSuchBlob> {
    let counts = Counts::of(study);
    let (project, book) = (study.project(), study.codebook());
    let name = escaped(&project.name);
    let mut page = format!(
        "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n<title>{name}: codebook</title>\n<style>{STYLE}</style>\n</head>\n<body>\n<h1>{name}</h1>\n"
    );
    let synthetic = if project.synthetic { " The study is synthetic: people and words are invented." } else { "" };
    let coders: Vec<String> = study.coders().values().map(|coder| escaped(&coder.name)).collect();
    let undefined = book.themes().filter(|theme| theme.definition.trim().is_empty()).count();
    // Writing to a string cannot fail, here and below.
    let _ = writeln!(
        page,
        "<p class=\"about\">Codebook, {}. {} themes, {undefined} without a definition. Coders: {}. Made with Themata {}.{synthetic}</p>\n<p \
         class=\"about\">Counts are codings: the theme’s own, then with the themes below it. Codings whose words were corrected away are in \
         neither.</p>",
        time_text(now - now.rem_euclid(1000)),
        book.len(),
        if coders.is_empty() { "none yet".to_owned() } else { coders.join(", ") },
        env!("CARGO_PKG_VERSION"),
    );
    page.push_str("<nav>\n<h2>Themes</h2>\n<ol>\n");
    for row in book.outline() {
        let Some(theme) = book.get(row.theme) else { continue };
        let (own, all) = counts.get(theme.id);
        let _ = writeln!(
            page,
            "<li style=\"padding-left:{}em\"><a href=\"#{}\">{} {}</a> <span class=\"n\">{own} / {all}</span></li>",
            row.depth.min(DEEPEST) * 2,
            theme.id,
            escaped(&row.number),
            escaped(&theme.name),
        );
    }
    page.push_str("</ol>\n</nav>\n<main>\n");
    for row in book.outline() {
        if let Some(theme) = book.get(row.theme) {
            write_theme(&mut page, study, texts, theme, counts.get(theme.id))?;
        }
    }
    page.push_str("</main>\n</body>\n</html>\n");
    Ok(page)
}

fn write_theme(page: &mut String, study: &Study, texts: &dyn Texts, theme: &Theme, (own, all): (usize, usize)) -> Result<(), NoSuchBlob> {
    let book = study.codebook();
    let level = if theme.parent.is_none() { "h2" } else { "h3" };
    let above = book.lineage(theme.id);
    let above: Vec<String> = above.iter().take(above.len().saturating_sub(1)).map(|theme| escaped(&theme.name)).collect();
    let short = if theme.abbreviation.is_empty() { String::new() } else { format!(" ({})", escaped(&theme.abbreviation)) };
    let _ = writeln!(
        page,
        "<section id=\"{}\">\n<{level}>{} {}{short}</{level}>",
        theme.id,
        escaped(book.number(theme.id)),
        escaped(&theme.name)
    );
    if !above.is_empty() {
        let _ = writeln!(page, "<p class=\"about\">In {}</p>", above.join(" › "));
    }
    let codings = if own == 1 { "1 coding".to_owned() } else { format!("{own} codings") };
    let below = if all > own { format!(", {all} with the themes below") } else { String::new() };
    let _ = writeln!(page, "<p class=\"counts\">{codings}{below}</p>\n<dl>");
    for (name, text) in [("Definition", &theme.definition), ("Use when", &theme.use_when), ("Do not use when", &theme.not_when)] {
        match text.trim() {
            "" if name == "Definition" => page.push_str("<dt>Definition</dt><dd>Not defined yet.</dd>\n"),
            "" => {}
            text => _ = writeln!(page, "<dt>{name}</dt><dd>{}</dd>", escaped(text)),
        }
    }
    page.push_str("</dl>\n");
    if let Some(example) = study.example_of(theme.id) {
        write_example(page, study, texts, example)?;
    }
    page.push_str("</section>\n");
    Ok(())
}

fn write_example(page: &mut String, study: &Study, texts: &dyn Texts, example: &Example) -> Result<(), NoSuchBlob> {
    let Some(material) = study.material(example.source) else { return Ok(()) };
    let Some(revision) = material.revisions.iter().find(|revision| revision.id == example.revision) else { return Ok(()) };
    let text = texts.text(revision.text)?;
    let paragraph = texts.geometry(revision.geometry)?.paragraph_at(example.span.start).map_or(0, |at| at + 1);
    let broken = if study.is_whole(example) { "" } else { "; these words were corrected away" };
    let _ = writeln!(
        page,
        "<p class=\"counts\">Typical example</p>\n<blockquote>{}</blockquote>\n<p class=\"cite\">{}, ¶ {paragraph}{broken}</p>",
        escaped(example.span.slice(&text)),
        escaped(&material.source.label),
    );
    Ok(())
}

/// Writes the page to a file.
///
/// # Errors
/// [`ExportError`]; a file that was there is then as it was.
pub fn write_codebook_page(path: &Path, study: &Study, texts: &dyn Texts, now: i64) -> Result<PathBuf, ExportError> {
    if path.extension().is_some_and(|ending| ending.eq_ignore_ascii_case("themata")) {
        return Err(ExportError::IsProject(path.to_owned()));
    }
    write_file(path, codebook_page(study, texts, now)?.as_bytes())?;
    Ok(path.to_owned())
}

/// Text as it may stand in HTML.
fn escaped(text: &str) -> String {
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

/// Codings of each theme: its own, and with those of the themes below it.
struct Counts(HashMap<ThemeId, (usize, usize)>);

impl Counts {
    fn of(study: &Study) -> Self {
        let mut counts: HashMap<ThemeId, (usize, usize)> = HashMap::new();
        for (_, coded) in study.codings() {
            let theme = coded.coding.theme;
            counts.entry(theme).or_default().0 += 1;
            study.codebook().lineage(theme).iter().for_each(|above| counts.entry(above.id).or_default().1 += 1);
        }
        Self(counts)
    }

    fn get(&self, theme: ThemeId) -> (usize, usize) {
        self.0.get(&theme).copied().unwrap_or_default()
    }
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
}

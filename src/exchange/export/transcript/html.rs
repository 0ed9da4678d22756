//! The transcripts as one page for browsers that needs no other file.

use std::collections::HashMap;
use std::fmt::Write as _;

use super::super::document::html::{escaped, head};
use super::colours::{Used, mark};
use super::style::{DARK, LIGHT, SCRIPT, STYLE};
use super::{Coded, Listed, Manner, Transcript, Transcripts, Turn};
use crate::text::Span;

/// How far one stripe stands from the next, in points; closer where there are many.
const LANE: f64 = 9.0;
/// So much room stripes take up at most, as long as they need not touch.
const MOST: f64 = 108.0;
/// Stripes are never closer.
const CLOSEST: f64 = 3.0;
/// From the words to the first stripe.
const GAP: f64 = 10.0;
/// So many codings over the same words have an underline each.
const UNDERLINES: usize = 4;

/// The page as HTML.
pub(super) fn page(transcripts: &Transcripts) -> String {
    let mut colours = Used::default();
    let of_theme: Vec<String> = transcripts.themes.iter().map(|theme| colours.name(theme.colour.as_deref())).collect();
    let mut body = Body { page: String::new(), transcripts, of_theme, mixed: HashMap::new(), mixes: String::new(), codings: 0 };
    body.beginning();
    for (at, source) in transcripts.sources.iter().enumerate() {
        body.source(at, source);
    }
    body.legend();
    let style = format!(
        ":root{{color-scheme:light dark;{LIGHT}{}}}@media screen and (prefers-color-scheme:dark){{:root{{{DARK}{}}}}}{STYLE}{}",
        colours.variables(false),
        colours.variables(true),
        body.mixes
    );
    let mut page = head(&transcripts.title, &style);
    page.push_str(&body.page);
    let _ = write!(page, "<script>{SCRIPT}</script>\n</body>\n</html>\n");
    page
}

struct Body<'a> {
    page: String,
    transcripts: &'a Transcripts,
    /// The name of the colour of every theme.
    of_theme: Vec<String>,
    /// The class of every mixture of colours that lie over the same words.
    mixed: HashMap<String, usize>,
    /// What those classes look like.
    mixes: String,
    /// How many codings stand in the sources before: each has a number of its own on the page.
    codings: usize,
}

impl<'a> Body<'a> {
    fn beginning(&mut self) {
        let transcripts = self.transcripts;
        let page = &mut self.page;
        // Writing to a string cannot fail, here and below.
        let _ = writeln!(page, "<h1>{}</h1>", escaped(&transcripts.title));
        transcripts.about.iter().for_each(|line| _ = writeln!(page, "<p class=\"small\">{}</p>", escaped(line)));
        page.push_str("<nav aria-label=\"Contents\"><ul>\n");
        for (at, source) in transcripts.sources.iter().enumerate() {
            let codings = source.codings.len();
            let _ = writeln!(page, "<li><a href=\"#s{at}\">{}</a> <span class=\"n\">{codings}</span></li>", escaped(&source.name));
        }
        page.push_str("<li><a href=\"#themes\">Themes</a></li>\n</ul></nav>\n<main>\n");
    }

    fn source(&mut self, at: usize, source: &'a Transcript) {
        let lanes = source.codings.iter().map(|coded| coded.lane + 1).max().unwrap_or(0);
        let apart = (MOST / lanes.max(1) as f64).clamp(CLOSEST, LANE);
        let width = GAP + apart * lanes as f64;
        let _ = writeln!(
            self.page,
            "<section id=\"s{at}\" style=\"--w:{width:.0}px\" aria-labelledby=\"h{at}\">\n<header><h2 id=\"h{at}\">{}</h2>",
            escaped(&source.name)
        );
        source.facts.iter().for_each(|line| _ = writeln!(self.page, "<p class=\"facts\">{}</p>", escaped(line)));
        self.page.push_str("</header>\n");
        for (place, turn) in source.turns.iter().enumerate() {
            self.turn(at, source, (place, turn), apart);
        }
        self.page.push_str("</section>\n");
        self.codings += source.codings.len();
    }

    fn turn(&mut self, at: usize, source: &'a Transcript, (place, turn): (usize, &'a Turn), apart: f64) {
        let class = match turn.manner {
            Manner::Said | Manner::Heading => "t",
            Manner::Quiet => "t quiet",
            Manner::Item => "t item",
        };
        let (number, who) = (turn.number, escaped(&turn.who));
        let _ = write!(
            self.page,
            "<div class=\"{class}\"><a class=\"no\" id=\"s{at}p{number}\" href=\"#s{at}p{number}\" aria-label=\"Paragraph {number}\">{number}</a><span class=\"who\">{who}</span><div class=\"say\">"
        );
        let element = if turn.manner == Manner::Heading { "h3" } else { "p" };
        let _ = write!(self.page, "<{element} class=\"words\">");
        self.words(source, place, turn);
        let _ = write!(self.page, "</{element}>");
        for (coding, span) in &turn.over {
            self.stripe(source, (place, turn), (*coding, *span), apart);
        }
        self.page.push_str("</div>");
        let begins = |at: &usize| source.codings.get(*at).is_some_and(|coded| coded.turns.0 == place);
        let begin: Vec<usize> = turn.over.iter().map(|(at, _)| *at).filter(begins).collect();
        if !begin.is_empty() {
            let _ = write!(self.page, "<ul class=\"m\" aria-label=\"Coded from paragraph {number} on\">");
            for coding in begin {
                self.name(source, coding);
            }
            self.page.push_str("</ul>");
        }
        self.page.push_str("</div>\n");
    }

    /// The words, each stretch under the same codings as one mark.
    fn words(&mut self, source: &'a Transcript, place: usize, turn: &'a Turn) {
        let mut begun: Vec<usize> = Vec::new();
        for (range, over) in &turn.pieces {
            let words = escaped(turn.words.get(range.clone()).unwrap_or_default());
            if over.is_empty() {
                self.page.push_str(&words);
                continue;
            }
            for coding in over {
                let begins = source.codings.get(*coding).is_some_and(|coded| coded.turns.0 == place);
                if begins && !begun.contains(coding) {
                    begun.push(*coding);
                    let _ = write!(self.page, "<span class=\"at\" id=\"c{}\"></span>", self.codings + coding);
                }
            }
            let class = self.mix(source, over);
            let ids: Vec<String> = over.iter().map(|coding| (self.codings + coding).to_string()).collect();
            let _ = write!(self.page, "<mark class=\"k{class}\" data-c=\"{}\">{words}</mark>", ids.join(" "));
        }
    }

    /// The class of the colours over some words: tints over one another, and an underline each where there are several.
    fn mix(&mut self, source: &'a Transcript, over: &[usize]) -> usize {
        let transcripts = self.transcripts;
        let of = |coding: &usize| source.codings.get(*coding).map_or(transcripts.themes.len(), |coded| coded.theme);
        let hues: Vec<String> = over.iter().map(|coding| self.of_theme.get(of(coding)).cloned().unwrap_or_default()).collect();
        let key = hues.join(" ");
        if let Some(class) = self.mixed.get(&key) {
            return *class;
        }
        let class = self.mixed.len();
        let mut layers: Vec<String> = Vec::new();
        if hues.len() > 1 {
            let lines = hues.iter().take(UNDERLINES).enumerate();
            layers.extend(lines.map(|(at, hue)| {
                let up = 2.5 * at as f64;
                format!("linear-gradient(var(--{hue}-l),var(--{hue}-l)) 0 calc(100% - {up}px)/100% 1.5px no-repeat")
            }));
        }
        let mut tints: Vec<&String> = hues.iter().collect();
        tints.sort_unstable();
        tints.dedup();
        layers.extend(tints.into_iter().map(|hue| format!("linear-gradient(var(--{hue}-u),var(--{hue}-u))")));
        let room = if hues.len() > 1 { 2.5 * (hues.len().min(UNDERLINES) - 1) as f64 } else { 0.0 };
        let _ = write!(self.mixes, ".k{class}{{background:{};padding-bottom:{room}px}}", layers.join(","));
        self.mixed.insert(key, class);
        class
    }

    /// The stripe of a coding beside a turn.
    fn stripe(&mut self, source: &Transcript, (place, turn): (usize, &Turn), (coding, span): (usize, Span), apart: f64) {
        let Some(coded) = source.codings.get(coding) else { return };
        let share = |at: u32| 100.0 * f64::from(at) / turn.words.len().max(1) as f64;
        let (top, height) = (share(span.start), share(span.len()));
        let left = GAP + apart * coded.lane as f64;
        let hue = self.of_theme.get(coded.theme).map_or("slate", String::as_str);
        let mut class = String::new();
        for (is, name) in [(coded.turns.0 < place, " up"), (place < coded.turns.1, " down"), (coded.is_unread, " unread")] {
            class.push_str(if is { name } else { "" });
        }
        let _ = write!(
            self.page,
            "<i aria-hidden=\"true\" class=\"{}\" data-c=\"{}\" style=\"left:calc(100% + {left:.1}px);top:{top:.1}%;height:{height:.1}%;color:var(--{hue}-s)\"></i>",
            class.trim_start(),
            self.codings + coding
        );
    }

    /// The name of a coding in the margin, with who made it and what is said of it.
    fn name(&mut self, source: &Transcript, coding: usize) {
        let Some((coded, theme)) = source.codings.get(coding).and_then(|coded| Some((coded, self.transcripts.theme(coded)?))) else {
            return;
        };
        let hue = self.of_theme.get(coded.theme).map_or("slate", String::as_str);
        let number = self.codings + coding;
        let (name, path, sign) = (escaped(&theme.name), escaped(&theme.path), mark(theme.colour.as_deref()));
        let _ = write!(
            self.page,
            "<li><span class=\"sign\" aria-hidden=\"true\" style=\"color:var(--{hue}-l)\">{sign}</span><a href=\"#c{number}\" data-c=\"{number}\" title=\"{path}\" style=\"color:var(--{hue}-l)\">{name}</a> {}",
            by(coded)
        );
        coded.memos.iter().for_each(|memo| _ = write!(self.page, "<span class=\"memo\">{}</span>", escaped(memo.trim())));
        self.page.push_str("</li>");
    }

    fn legend(&mut self) {
        self.page.push_str("<section id=\"themes\" class=\"legend\" aria-labelledby=\"legend\">\n<h2 id=\"legend\">Themes</h2>\n<p class=\"small\">Those of which something is coded here, with how many codings.</p>\n<ul>\n");
        for (at, theme) in self.transcripts.used() {
            self.listed(at, theme);
        }
        self.page.push_str("</ul>\n</section>\n</main>\n");
    }

    fn listed(&mut self, at: usize, theme: &Listed) {
        let hue = self.of_theme.get(at).map_or("slate", String::as_str);
        let definition = if theme.definition.is_empty() { String::new() } else { format!("<p>{}</p>", escaped(&theme.definition)) };
        let _ = writeln!(
            self.page,
            "<li style=\"padding-left:{:.1}em\"><span class=\"sign\" aria-hidden=\"true\" style=\"color:var(--{hue}-l)\">{}</span>{} {} <span class=\"n\">{}</span>{definition}</li>",
            1.4 * theme.depth.min(8) as f64,
            mark(theme.colour.as_deref()),
            escaped(&theme.number),
            escaped(&theme.name),
            theme.codings
        );
    }
}

/// By whom a coding is, and what is said of it.
fn by(coded: &Coded) -> String {
    let signs: Vec<String> = coded.signs().iter().map(|sign| format!(" · {}", escaped(sign))).collect();
    let signs = signs.concat();
    format!("<span class=\"by\"><abbr title=\"{}\">{}</abbr>{signs}</span>", escaped(&coded.coder), escaped(&coded.initials))
}

//! The transcripts as Markdown: where a coding begins stands its number, where it ends its footnote.

use std::fmt::Write as _;

use super::super::about::time_text;
use super::super::document::markdown::{begun, escaped};
use super::{Coded, Manner, Transcript, Transcripts, Turn};

/// How the signs are read.
const SIGNS: &str = "A passage begins at `⟦` with its number and ends at `⟧` with the footnote of that number, which names theme, coder and day. Passages may overlap.";

/// The page.
pub(super) fn page(transcripts: &Transcripts) -> String {
    let mut page = format!("# {}\n", escaped(&transcripts.title));
    // Writing to a string cannot fail, here and below.
    transcripts.about.iter().for_each(|line| _ = write!(page, "\n{}\n", escaped(line)));
    let _ = write!(page, "\n{SIGNS}\n");
    // Footnotes have numbers from 1 through the whole file.
    let mut before = 1;
    for source in &transcripts.sources {
        let _ = write!(page, "\n## {}\n", escaped(&source.name));
        source.facts.iter().for_each(|line| _ = write!(page, "\n{}\n", begun(&escaped(line))));
        for (place, turn) in source.turns.iter().enumerate() {
            page.push('\n');
            write_turn(&mut page, source, (place, turn), before);
        }
        page.push('\n');
        for (at, coded) in source.codings.iter().enumerate() {
            let _ = writeln!(page, "[^{}]: {}", before + at, footnote(transcripts, coded));
        }
        before += source.codings.len();
    }
    page.push_str("\n## Themes\n\n");
    for (_, theme) in transcripts.used() {
        let definition = theme.definition.lines().collect::<Vec<_>>().join(" ");
        let definition = if definition.is_empty() { String::new() } else { format!(": {}", escaped(&definition)) };
        let (indent, number, name) = ("  ".repeat(theme.depth), escaped(&theme.number), escaped(&theme.name));
        let _ = writeln!(page, "{indent}- {number} **{name}** ({}){definition}", theme.codings);
    }
    page
}

fn write_turn(page: &mut String, source: &Transcript, (place, turn): (usize, &Turn), before: usize) {
    let mut line = String::new();
    let ends = |coding: usize, first: bool| {
        let turns = source.codings.get(coding).map(|coded| coded.turns);
        turns.is_some_and(|(begins, ends)| if first { begins == place } else { ends == place })
    };
    let mut open: Vec<usize> = Vec::new();
    for (range, over) in &turn.pieces {
        close(&mut line, &open, over, before, &|coding| ends(coding, false));
        for coding in over.iter().filter(|coding| !open.contains(coding) && ends(**coding, true)) {
            let _ = write!(line, "⟦{} ", before + coding);
        }
        open.clone_from(over);
        line.push_str(&escaped(turn.words.get(range.clone()).unwrap_or_default()));
    }
    close(&mut line, &open, &[], before, &|coding| ends(coding, false));
    let line = line.lines().map(begun).collect::<Vec<_>>().join("  \n");
    let who = if turn.who.is_empty() { String::new() } else { format!("**{}:** ", escaped(&turn.who)) };
    let _ = match turn.manner {
        Manner::Heading => writeln!(page, "### {line}"),
        Manner::Said | Manner::Quiet => writeln!(page, "{}\\. {who}{line}", turn.number),
        Manner::Item => writeln!(page, "{}\\. • {who}{line}", turn.number),
    };
}

fn close(line: &mut String, open: &[usize], over: &[usize], before: usize, ends: &dyn Fn(usize) -> bool) {
    for coding in open.iter().filter(|coding| !over.contains(coding) && ends(**coding)) {
        let _ = write!(line, "⟧[^{}]", before + coding);
    }
}

fn footnote(transcripts: &Transcripts, coded: &Coded) -> String {
    let theme = transcripts.theme(coded).map(|theme| format!("{} {}", theme.number, theme.path)).unwrap_or_default();
    let day = time_text(coded.time).get(..10).unwrap_or_default().to_owned();
    let mut said = vec![escaped(&theme), escaped(&coded.coder), day];
    said.extend(coded.signs().iter().map(|sign| escaped(sign)));
    let memos = coded.memos.iter().map(|memo| format!("Memo: {}", escaped(&memo.split_whitespace().collect::<Vec<_>>().join(" "))));
    said.extend(memos);
    said.join(" · ")
}

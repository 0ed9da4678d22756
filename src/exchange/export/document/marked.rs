//! The light marks in what an analyst wrote, as paragraphs and lists.

use super::blocks::{Block, Look, Run};
use crate::study::{Meant, pieces};

/// Paragraphs and items of a text with light marks. Lines that begin with `- ` are items; an empty line begins a paragraph.
pub(super) fn blocks(text: &str) -> Vec<Block> {
    let mut blocks = Vec::new();
    let mut paragraph: Vec<&str> = Vec::new();
    let close = |paragraph: &mut Vec<&str>, blocks: &mut Vec<Block>| {
        if !paragraph.is_empty() {
            blocks.push(Block::Text(Look::Plain, runs(&paragraph.join("\n"))));
            paragraph.clear();
        }
    };
    for line in text.lines() {
        match line.trim_start().strip_prefix("- ") {
            Some(item) => {
                close(&mut paragraph, &mut blocks);
                blocks.push(Block::Item(runs(item.trim())));
            }
            None if line.trim().is_empty() => close(&mut paragraph, &mut blocks),
            None => paragraph.push(line.trim_end()),
        }
    }
    close(&mut paragraph, &mut blocks);
    blocks
}

/// The runs of a line; the marks of bold words are gone, all others are part of the words.
pub(super) fn runs(text: &str) -> Vec<Run> {
    let unmarked = |(meant, piece): (Meant, &str)| {
        let bold = piece.strip_prefix("**").and_then(|piece| piece.strip_suffix("**")).filter(|_| meant == Meant::Bold);
        (meant, bold.unwrap_or(piece).to_owned())
    };
    pieces(text).into_iter().map(unmarked).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_and_paragraphs_are_told_apart() {
        assert_eq!(
            blocks("One\ntwo **three**\n\n- first “aye” [2]\n  - second\nFour [my own]"),
            [
                Block::Text(Look::Plain, vec![(Meant::Plain, "One\ntwo ".into()), (Meant::Bold, "three".into())]),
                Block::Item(vec![
                    (Meant::Plain, "first ".into()),
                    (Meant::Said, "“aye”".into()),
                    (Meant::Plain, " ".into()),
                    (Meant::Cited(2), "[2]".into())
                ]),
                Block::item("second"),
                Block::Text(Look::Plain, vec![(Meant::Plain, "Four ".into()), (Meant::Comment, "[my own]".into())]),
            ]
        );
        assert_eq!(blocks(" \n"), Vec::<Block>::new());
        assert_eq!(blocks("-"), [Block::text("-")], "a dash alone is no item");
    }
}

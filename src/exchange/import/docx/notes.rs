use std::collections::HashMap;

use super::super::units::Hint;
use super::block::Block;
use super::numbering::{Mark, roman};
use super::walk::{Body, Part};
use crate::analysis::quotes::Aside;

/// The notes that a text refers to, in the order in which it does.
#[derive(Debug, Default)]
pub(super) struct References {
    found: Vec<Reference>,
    /// Their places by kind (whether endnotes) and id.
    known: HashMap<(bool, String), usize>,
    /// How many footnotes and endnotes there are, and how many have a number.
    counts: [usize; 2],
    numbers: [usize; 2],
}

#[derive(Debug)]
struct Reference {
    is_endnote: bool,
    id: String,
    /// Its place among its kind, from 1.
    place: usize,
    /// What stands in the text for it; nothing where the author wrote a sign.
    mark: String,
}

impl References {
    /// Notes a reference; returns what stands for it in the text. With a mark of the author's own it has no number.
    pub(super) fn refer(&mut self, is_endnote: bool, id: String, has_own_mark: bool) -> Option<String> {
        let key = (is_endnote, id);
        let known = self.known.get(&key).and_then(|at| self.found.get(*at));
        if let Some(known) = known {
            return Some(known.mark.clone()).filter(|_| !has_own_mark);
        }
        let [count, number] = [&mut self.counts, &mut self.numbers].map(|all| {
            let [footnotes, endnotes] = all;
            if is_endnote { endnotes } else { footnotes }
        });
        *count += 1;
        let mark = if has_own_mark {
            String::new()
        } else {
            *number += 1;
            // As Word writes them, in brackets: i, ii … for endnotes.
            let written = if is_endnote { roman(u32::try_from(*number).unwrap_or(u32::MAX)) } else { number.to_string() };
            format!("[{written}]")
        };
        self.known.insert(key.clone(), self.found.len());
        self.found.push(Reference { is_endnote, id: key.1, place: *count, mark: mark.clone() });
        (!has_own_mark).then_some(mark)
    }

    /// The blocks of the notes that the text refers to, in that order: footnotes, then endnotes. Nobody sees a note that it does not
    /// refer to, or that was deleted.
    pub(super) fn notes(self, footnotes: &mut Body, endnotes: &mut Body) -> Vec<Block> {
        let (mut foot, mut end) = (parted(footnotes), parted(endnotes));
        let mut notes = [Vec::new(), Vec::new()];
        for Reference { is_endnote, id, place, mark } in self.found {
            let from = if is_endnote { &mut end } else { &mut foot };
            let Some(blocks) = from.remove(&id) else { continue };
            let aside = if is_endnote { Aside::Endnote(place) } else { Aside::Footnote(place) };
            let mut mark = Mark { text: mark, behind: "\t" };
            let [of_foot, of_end] = &mut notes;
            let to = if is_endnote { of_end } else { of_foot };
            for block in blocks {
                // A note begins with its number, unless it has an own mark; a list within it keeps its numbers.
                let is_blank = block.words.text.trim().is_empty();
                let mark = if is_blank || mark.text.is_empty() { block.mark } else { std::mem::take(&mut mark) };
                to.push(Block { words: block.words, hint: Hint::Aside(aside), mark });
            }
        }
        notes.concat()
    }
}

/// The blocks of each note by its id; of those that have one id the first.
fn parted(body: &mut Body) -> HashMap<String, Vec<Block>> {
    let mut parts = HashMap::new();
    for (Part { id, .. }, blocks) in body.take_parts().into_iter().rev() {
        parts.insert(id, blocks);
    }
    parts
}

impl Body {
    /// Each note or comment with its blocks.
    pub(super) fn take_parts(&mut self) -> Vec<(Part, Vec<Block>)> {
        let mut parts = Vec::new();
        for part in std::mem::take(&mut self.parts).into_iter().rev() {
            let blocks = self.blocks.split_off(part.from.min(self.blocks.len()));
            parts.push((part, blocks));
        }
        parts.reverse();
        parts
    }
}

use quick_xml::events::BytesStart;

use super::super::draft::Problem;
use super::styles::attribute;

/// What of a document is not in its words, and how tracked changes were taken.
#[derive(Debug, Default)]
pub(super) struct LeftOut {
    /// Stretches that somebody put in.
    pub(super) insertions: usize,
    /// Stretches that somebody took out.
    pub(super) deletions: usize,
    /// Stretches that somebody moved.
    pub(super) moves: usize,
    /// Signs of fonts of signs that are not known.
    pub(super) signs: usize,
    /// Whether there are words that Word does not show.
    pub(super) has_hidden: bool,
    pictures: usize,
    /// Diagrams and charts.
    drawings: usize,
    /// Files within the file.
    embedded: usize,
    /// The relations by which heads and feet of pages are found.
    pub(super) margins: Vec<String>,
}

/// So many heads and feet of pages are looked into; a document has six a section.
const MOST_MARGINS: usize = 60;

impl LeftOut {
    /// Counts an element that is no words.
    pub(super) fn take(&mut self, name: &str, element: &BytesStart<'_>) {
        match name {
            "blip" | "imagedata" => self.pictures += 1,
            "relIds" | "chart" => self.drawings += 1,
            "altChunk" | "subDoc" | "OLEObject" => self.embedded += 1,
            "headerReference" | "footerReference" if self.margins.len() < MOST_MARGINS => self.margins.extend(attribute(element, "id")),
            _ => {}
        }
    }

    /// The same with what was counted in another part of the document.
    pub(super) fn and(mut self, other: &Self) -> Self {
        self.insertions += other.insertions;
        self.deletions += other.deletions;
        self.moves += other.moves;
        self.signs += other.signs;
        self.pictures += other.pictures;
        self.drawings += other.drawings;
        self.embedded += other.embedded;
        self.has_hidden |= other.has_hidden;
        self
    }

    /// What is said of it; `margins` tells whether anything is written in heads or feet of pages.
    pub(super) fn problems(&self, margins: bool) -> Vec<Problem> {
        let mut said = Vec::new();
        let changes: Vec<String> = [
            counted(self.insertions, "insertion is in the text", "insertions are in the text"),
            counted(self.deletions, "deletion is not", "deletions are not"),
            counted(self.moves, "stretch stands where it was moved to", "stretches stand where they were moved to"),
        ]
        .into_iter()
        .flatten()
        .collect();
        if !changes.is_empty() {
            said.push(format!("The tracked changes of the Word document were read as if they were accepted: {}.", changes.join(", ")));
        }
        if margins {
            said.push("Headers and footers of the Word document were left out.".to_owned());
        }
        let left = [
            counted(self.pictures, "picture", "pictures"),
            counted(self.drawings, "diagram or chart", "diagrams and charts"),
            counted(self.embedded, "file within it", "files within it"),
        ];
        let left: Vec<String> = left.into_iter().flatten().collect();
        if !left.is_empty() {
            said.push(format!("Of the Word document this was left out: {}.", left.join(", ")));
        }
        if self.has_hidden {
            said.push("Words that are hidden in the Word document were left out.".to_owned());
        }
        if let Some(signs) = counted(self.signs, "sign of a font of signs is", "signs of fonts of signs are") {
            said.push(format!("{signs} not known; “\u{fffd}” stands in the text instead."));
        }
        said.into_iter().map(Problem::whole).collect()
    }
}

/// "3 pictures", "1 picture"; nothing of none.
fn counted(count: usize, one: &str, many: &str) -> Option<String> {
    match count {
        0 => None,
        1 => Some(format!("1 {one}")),
        count => Some(format!("{count} {many}")),
    }
}

use roaring::RoaringBitmap;

use crate::search::{Contents, KeyRange};
use crate::study::{Material, SourceId, Study};
use crate::text::{Paragraph, ParagraphKind};

/// A source and the keys of its paragraphs in the index.
pub(super) struct Place<'s> {
    pub material: &'s Material,
    keys: KeyRange,
}

/// The sources of a study that are in the index, in the analyst's order.
pub(super) struct Places<'s> {
    pub places: Vec<Place<'s>>,
    /// Sources whose present version is not in the index.
    pub lacking: Vec<SourceId>,
}

impl<'s> Places<'s> {
    pub fn of(study: &'s Study, contents: &Contents) -> Self {
        let mut found = Self { places: Vec::with_capacity(study.materials().len()), lacking: Vec::new() };
        for material in study.materials() {
            match contents.keys(material.source.revision) {
                Some(keys) => found.places.push(Place { material, keys }),
                None => found.lacking.push(material.source.id),
            }
        }
        found
    }

    /// The keys of every paragraph that is searched.
    pub fn all(&self) -> RoaringBitmap {
        let mut keys = RoaringBitmap::new();
        for place in &self.places {
            keys.insert_range(place.keys.start..place.keys.end);
            for (index, paragraph) in place.paragraphs() {
                if let Some(key) = place.key(index).filter(|_| paragraph.kind == ParagraphKind::Furniture) {
                    keys.remove(key);
                }
            }
        }
        keys
    }
}

impl<'s> Place<'s> {
    /// The paragraphs with their indices.
    pub fn paragraphs(&self) -> impl Iterator<Item = (usize, &'s Paragraph)> + use<'s> {
        self.material.geometry.paragraphs().iter().enumerate()
    }

    /// The key of a paragraph.
    pub fn key(&self, paragraph: usize) -> Option<u32> {
        let key = self.keys.start.checked_add(u32::try_from(paragraph).ok()?)?;
        (key < self.keys.end).then_some(key)
    }

    /// The source's paragraphs that are among `keys`, with their keys, in order.
    pub fn among<'k>(&self, keys: &'k RoaringBitmap) -> impl Iterator<Item = (u32, usize)> + use<'k> {
        let first = self.keys.start;
        keys.range(self.keys.start..self.keys.end).map(move |key| (key, (key - first) as usize))
    }

    /// Adds the keys of `paragraphs` to `keys`.
    pub fn add(&self, keys: &mut RoaringBitmap, paragraphs: impl IntoIterator<Item = usize>) {
        keys.extend(paragraphs.into_iter().filter_map(|paragraph| self.key(paragraph)));
    }

    /// Adds the keys of the whole source to `keys`.
    pub fn add_all(&self, keys: &mut RoaringBitmap) {
        keys.insert_range(self.keys.start..self.keys.end);
    }
}

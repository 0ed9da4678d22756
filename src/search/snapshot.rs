use std::io;
use std::sync::{Arc, OnceLock};

use roaring::RoaringBitmap;
use tantivy::columnar::ColumnValues;
use tantivy::index::SegmentId;
use tantivy::postings::{Postings as _, SegmentPostings, TermInfo};
use tantivy::schema::IndexRecordOption;
use tantivy::{DocId, DocSet as _, InvertedIndexReader, SegmentReader, TERMINATED};

use super::contents::Contents;
use super::leaf::WordTest;
use super::schema::{Fields, KEY};
use super::together::Together;
use super::vocabulary::Vocabulary;

/// The index as it was committed at one moment. Answers are sets of paragraph keys.
pub struct Snapshot {
    contents: Contents,
    segments: Vec<Segment>,
}

struct Segment {
    id: SegmentId,
    reader: SegmentReader,
    postings: Arc<InvertedIndexReader>,
    keys: Arc<dyn ColumnValues<u64>>,
    /// Read when first needed, and kept as long as the segment lives.
    vocabulary: Arc<OnceLock<Vocabulary>>,
}

impl Snapshot {
    /// What `readers` hold; vocabularies that `last` has read are taken over.
    pub(super) fn new(contents: Contents, readers: &[SegmentReader], fields: Fields, last: Option<&Self>) -> tantivy::Result<Self> {
        let known = |id: SegmentId| last?.segments.iter().find(|segment| segment.id == id);
        let segment = |reader: &SegmentReader| {
            let id = reader.segment_id();
            Ok(Segment {
                id,
                reader: reader.clone(),
                postings: reader.inverted_index(fields.words)?,
                keys: reader.fast_fields().u64(KEY)?.first_or_default_col(0),
                vocabulary: known(id).map(|segment| Arc::clone(&segment.vocabulary)).unwrap_or_default(),
            })
        };
        Ok(Self { contents, segments: readers.iter().map(segment).collect::<tantivy::Result<_>>()? })
    }

    /// Which revisions are in the index, and the keys of their paragraphs.
    #[must_use]
    pub const fn contents(&self) -> &Contents {
        &self.contents
    }

    /// The paragraphs with a word that passes `test`.
    ///
    /// # Errors
    /// When the index cannot be read.
    pub fn with_word(&self, test: &WordTest) -> io::Result<RoaringBitmap> {
        self.collect(|segment| segment.with_word(test))
    }

    /// The paragraphs in which the words stand together.
    ///
    /// # Errors
    /// When the index cannot be read.
    pub fn with_together(&self, together: &Together) -> io::Result<RoaringBitmap> {
        self.collect(|segment| segment.with_together(together))
    }

    fn collect(&self, documents: impl Fn(&Segment) -> io::Result<RoaringBitmap>) -> io::Result<RoaringBitmap> {
        let mut keys = RoaringBitmap::new();
        for segment in &self.segments {
            keys |= segment.keys(&documents(segment)?);
        }
        Ok(keys)
    }
}

impl Segment {
    fn keys(&self, documents: &RoaringBitmap) -> RoaringBitmap {
        let alive = documents.iter().filter(|document| !self.reader.is_deleted(*document));
        alive.filter_map(|document| u32::try_from(self.keys.get_val(document)).ok()).collect()
    }

    fn vocabulary(&self) -> io::Result<&Vocabulary> {
        if let Some(known) = self.vocabulary.get() {
            return Ok(known);
        }
        let vocabulary = Vocabulary::read(self.postings.terms())?;
        Ok(self.vocabulary.get_or_init(|| vocabulary))
    }

    fn with_word(&self, test: &WordTest) -> io::Result<RoaringBitmap> {
        let mut found = RoaringBitmap::new();
        for word in self.vocabulary()?.passing(test) {
            let Some(info) = self.postings.terms().get(word)? else { continue };
            let mut postings = self.postings.read_postings_from_terminfo(&info, IndexRecordOption::Basic)?;
            while postings.doc() != TERMINATED {
                found.insert(postings.doc());
                postings.advance();
            }
        }
        Ok(found)
    }

    fn with_together(&self, together: &Together) -> io::Result<RoaringBitmap> {
        let terms = together.words().iter().map(|word| self.postings.terms().get(word));
        // A word that is nowhere in the segment stands together with nothing.
        let Some(terms) = terms.collect::<io::Result<Option<Vec<TermInfo>>>>()? else { return Ok(RoaringBitmap::new()) };
        let read = |info: &TermInfo| self.postings.read_postings_from_terminfo(info, IndexRecordOption::WithFreqsAndPositions);
        let mut lists = terms.iter().map(read).collect::<io::Result<Vec<SegmentPostings>>>()?;
        let mut found = RoaringBitmap::new();
        let mut positions = vec![Vec::new(); lists.len()];
        let mut document = 0;
        while let Some(common) = next_common(&mut lists, document) {
            for (list, places) in lists.iter_mut().zip(&mut positions) {
                list.positions(places);
            }
            if !together.places(&positions).is_empty() {
                found.insert(common);
            }
            document = common + 1;
        }
        Ok(found)
    }
}

/// The first document from `from` on that is in all the lists, which then stand at it.
fn next_common(lists: &mut [SegmentPostings], from: DocId) -> Option<DocId> {
    let mut wanted = from;
    loop {
        let mut furthest = wanted;
        for list in &mut *lists {
            if list.doc() < furthest {
                list.seek(furthest);
            }
            furthest = furthest.max(list.doc());
        }
        if furthest == TERMINATED {
            return None;
        }
        if lists.iter().all(|list| list.doc() == furthest) {
            return Some(furthest);
        }
        wanted = furthest;
    }
}

use std::borrow::Cow;

use tantivy::schema::{Field, IndexRecordOption, NumericOptions, Schema, TextFieldIndexing, TextOptions};
use tantivy::tokenizer::{MAX_TOKEN_LEN, Token, TokenStream, Tokenizer};

use crate::text::{Geometry, Paragraph, Span, tokens};

/// Name of the tokenizer in the schema.
pub(super) const TOKENIZER: &str = "themata";
/// Name of the paragraph key in the schema.
pub(super) const KEY: &str = "key";

/// The two fields of a document.
#[derive(Clone, Copy, Debug)]
pub(super) struct Fields {
    pub words: Field,
    pub key: Field,
}

/// The schema of the index: the words with their positions, and the key of the paragraph.
pub(super) fn schema() -> (Schema, Fields) {
    let mut builder = Schema::builder();
    let indexing = TextFieldIndexing::default()
        .set_tokenizer(TOKENIZER)
        .set_index_option(IndexRecordOption::WithFreqsAndPositions)
        .set_fieldnorms(false);
    let words = builder.add_text_field("words", TextOptions::default().set_indexing_options(indexing));
    let key = builder.add_u64_field(KEY, NumericOptions::default().set_fast());
    (builder.build(), Fields { words, key })
}

/// The words of a paragraph as they are searched: `text` is the whole text, and time stamps are blanked out, so that
/// offsets stay as they are.
#[must_use]
pub fn searchable<'t>(text: &'t str, geometry: &Geometry, paragraph: &Paragraph) -> Cow<'t, str> {
    let span = paragraph.span;
    let mut words = Cow::Borrowed(span.slice(text));
    for stamp in geometry.stamps_in(span) {
        let inside = Span::new(stamp.start - span.start, stamp.end - span.start);
        let blank = " ".repeat(inside.range().len());
        if words.get(inside.range()).is_some() {
            words.to_mut().replace_range(inside.range(), &blank);
        }
    }
    words
}

/// The tokenizer of `text`, as tantivy wants it.
#[derive(Clone, Default)]
pub(super) struct Words;

impl Tokenizer for Words {
    type TokenStream<'a> = WordStream<'a>;

    fn token_stream<'a>(&'a mut self, text: &'a str) -> WordStream<'a> {
        WordStream { words: Box::new(tokens(text)), token: Token::default() }
    }
}

pub(super) struct WordStream<'a> {
    words: Box<dyn Iterator<Item = crate::text::Token> + 'a>,
    token: Token,
}

impl TokenStream for WordStream<'_> {
    fn advance(&mut self) -> bool {
        let Some(word) = self.words.next() else { return false };
        // The first position is 0: a new token's is the one before that.
        self.token.position = self.token.position.wrapping_add(1);
        self.token.offset_from = word.span.range().start;
        self.token.offset_to = word.span.range().end;
        self.token.text = word.folded;
        // Tantivy drops longer ones, and a paragraph without words would not be found by any query.
        self.token.text.truncate(self.token.text.floor_char_boundary(MAX_TOKEN_LEN));
        true
    }

    fn token(&self) -> &Token {
        &self.token
    }

    fn token_mut(&mut self) -> &mut Token {
        &mut self.token
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::{Anchor, NO_SPEAKER, ParagraphKind, Voice};

    #[test]
    fn time_stamps_are_no_words() {
        let text = "R: Fine. [00:12] Aye, fine. [00:20]\n[00:30]";
        let paragraph = Paragraph {
            span: Span::new(3, 35),
            label: Span::default(),
            kind: ParagraphKind::Turn,
            level: 0,
            voice: Voice::Participant,
            speaker: NO_SPEAKER,
        };
        let anchors = [(9, 16), (28, 35), (36, 43)].map(|(start, end)| Anchor { span: Span::new(start, end), time: 0 });
        let geometry = Geometry::new(text, vec![paragraph], anchors.to_vec(), vec![]).unwrap();
        assert_eq!(searchable(text, &geometry, &paragraph), "Fine.         Aye, fine.        ");
    }

    #[test]
    fn positions_count_words_from_the_first() {
        let mut words = Words;
        let mut stream = words.token_stream("Co-location, aye");
        let mut found = Vec::new();
        stream.process(&mut |token| found.push((token.position, token.text.clone())));
        assert_eq!(found, [(0, "co".to_owned()), (1, "location".to_owned()), (2, "aye".to_owned())]);
    }

    #[test]
    fn a_word_longer_than_the_index_can_hold_is_cut() {
        let mut words = Words;
        let long = format!("a{}", "ж".repeat(MAX_TOKEN_LEN));
        let mut stream = words.token_stream(&long);
        assert!(stream.advance());
        assert_eq!(stream.token().text.len(), MAX_TOKEN_LEN - (MAX_TOKEN_LEN + 1) % 2);
        assert!(!stream.advance());
    }
}

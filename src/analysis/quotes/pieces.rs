use super::check::Finding;

/// Some words of a quotation that is held beside its source.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Piece {
    /// As the quotation has them; the source has the same, or the quotation shows what it did.
    Both(String),
    /// Only the quotation has them.
    Quotation(String),
    /// Only the source has them.
    Source(String),
}

impl Piece {
    /// The words.
    #[must_use]
    pub fn words(&self) -> &str {
        let (Self::Both(words) | Self::Quotation(words) | Self::Source(words)) = self;
        words
    }
}

impl Finding {
    /// The quotation from its first to its last word. Where words differ stand those of the quotation, then those of the source;
    /// so whoever leaves out the former and reads the latter has the quotation as it would be right.
    #[must_use]
    pub fn pieces(&self) -> Vec<Piece> {
        let words = self.quotation.words.as_str();
        let mut pieces = Pieces { words, at: 0, made: Vec::new() };
        let mut differences = self.altered.iter();
        for (index, stretch) in self.stretches.iter().enumerate().filter(|(_, stretch)| stretch.step.alters()) {
            let Some(altered) = differences.next() else { break };
            if stretch.quoted.is_empty() {
                // Before the next word: what was left out with a comma before it is told behind that comma.
                let further = self.stretches.iter().skip(index + 1).map(|next| next.quoted).filter(|quoted| !quoted.is_empty());
                let next = further.map(|quoted| quoted.start as usize).find(|start| *start >= pieces.at);
                pieces.go_on(next.unwrap_or(words.len()));
            } else {
                pieces.go_on(stretch.quoted.start as usize);
                pieces.quoted(stretch.quoted.end as usize);
            }
            pieces.source(&altered.source);
        }
        pieces.go_on(words.len());
        pieces.made
    }
}

struct Pieces<'a> {
    words: &'a str,
    /// How far the words of the quotation have been taken, in bytes.
    at: usize,
    made: Vec<Piece>,
}

impl Pieces<'_> {
    fn until(&mut self, to: usize) -> String {
        let words = self.words.get(self.at..to).unwrap_or_default().to_owned();
        self.at = self.at.max(to);
        words
    }

    /// What both have, up to a place.
    fn go_on(&mut self, to: usize) {
        let words = self.until(to);
        let after_source = matches!(self.made.last(), Some(Piece::Source(_)));
        let gap = if after_source && words.starts_with(char::is_alphanumeric) { " " } else { "" };
        if !words.is_empty() {
            self.made.push(Piece::Both(format!("{gap}{words}")));
        }
    }

    fn quoted(&mut self, to: usize) {
        let words = self.until(to);
        self.made.extend((!words.is_empty()).then_some(Piece::Quotation(words)));
    }

    fn source(&mut self, words: &str) {
        if words.is_empty() {
            return;
        }
        if self.made.last().is_some_and(|last| !last.words().ends_with(char::is_whitespace)) {
            self.made.push(Piece::Both(" ".to_owned()));
        }
        self.made.push(Piece::Source(words.to_owned()));
    }
}

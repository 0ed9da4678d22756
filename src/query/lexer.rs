use crate::text::Span;

/// A piece of a query with its place in bytes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Lexeme {
    pub span: Span,
    pub token: Token,
}

/// What a piece of a query is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Token {
    /// `(`
    Open,
    /// `)`
    Close,
    /// `AND`
    And,
    /// `OR`
    Or,
    /// `NOT`, or `-` before something
    Not,
    /// Anything up to a space, parenthesis or quotation mark.
    Run,
    /// Words in quotation marks.
    Quoted {
        /// The words.
        inner: Span,
        closed: bool,
        /// `~` and digits behind the closing mark; empty when there are none.
        tail: Span,
    },
    /// `/…/`
    Regex {
        /// What stands between the slashes.
        inner: Span,
        closed: bool,
    },
    /// `name:value`
    Condition {
        /// The name without colon.
        name: Span,
        /// The value with its quotation marks.
        value: Span,
        /// The value without them and without escapes.
        text: String,
        closed: bool,
    },
}

/// Cuts a query into pieces. Every text can be cut.
pub(super) fn lex(text: &str) -> Vec<Lexeme> {
    let mut cursor = Cursor { text, at: 0 };
    let mut lexemes = Vec::new();
    loop {
        cursor.skip(char::is_whitespace);
        let start = cursor.at;
        let Some(token) = cursor.token() else { break };
        lexemes.push(Lexeme { span: Span::of(start..cursor.at), token });
    }
    lexemes
}

/// Whether `c` opens or closes quoted words; word processors and some keyboards write the curved ones.
pub(super) const fn is_quote(c: char) -> bool {
    matches!(c, '"' | '“' | '”' | '„')
}

/// Whether `c` ends a run of characters.
pub(super) fn ends_run(c: char) -> bool {
    c.is_whitespace() || c == '(' || c == ')' || is_quote(c)
}

/// The operator that `word` is when it stands alone.
pub(super) fn operator(word: &str) -> Option<Token> {
    Some(match word {
        "AND" => Token::And,
        "OR" => Token::Or,
        "NOT" => Token::Not,
        _ => return None,
    })
}

struct Cursor<'t> {
    text: &'t str,
    at: usize,
}

impl<'t> Cursor<'t> {
    fn rest(&self) -> &'t str {
        self.text.get(self.at..).unwrap_or_default()
    }

    fn peek(&self) -> Option<char> {
        self.rest().chars().next()
    }

    fn bump(&mut self) -> Option<char> {
        let c = self.peek()?;
        self.at += c.len_utf8();
        Some(c)
    }

    /// Passes over the characters that `belong`.
    fn skip(&mut self, belong: impl Fn(char) -> bool) -> Span {
        let start = self.at;
        while self.peek().is_some_and(&belong) {
            self.bump();
        }
        Span::of(start..self.at)
    }

    fn token(&mut self) -> Option<Token> {
        let first = self.peek()?;
        let second = self.rest().chars().nth(1).filter(|c| !c.is_whitespace());
        Some(match (first, second) {
            ('(', _) => self.single(Token::Open),
            (')', _) => self.single(Token::Close),
            ('-', Some(next)) if next != '-' && next != ')' => self.single(Token::Not),
            ('/', Some(_)) => self.regex(),
            (first, _) if is_quote(first) => self.quoted(),
            _ => self.run(),
        })
    }

    fn single(&mut self, token: Token) -> Token {
        self.bump();
        token
    }

    fn quoted(&mut self) -> Token {
        self.bump();
        let inner = self.skip(|c| !is_quote(c));
        let closed = self.bump().is_some();
        let start = self.at;
        if self.peek() == Some('~') {
            self.bump();
            self.skip(|c| c.is_ascii_digit());
        }
        Token::Quoted { inner, closed, tail: Span::of(start..self.at) }
    }

    fn regex(&mut self) -> Token {
        self.bump();
        let start = self.at;
        while let Some(c) = self.peek().filter(|c| *c != '/') {
            self.bump();
            if c == '\\' {
                self.bump();
            }
        }
        let inner = Span::of(start..self.at);
        Token::Regex { inner, closed: self.bump().is_some() }
    }

    fn run(&mut self) -> Token {
        let start = self.at;
        let name = self.skip(|c| c.is_alphanumeric() || c == '_' || c == '-');
        let begins = name.slice(self.text).starts_with(char::is_alphabetic);
        if begins && self.peek() == Some(':') {
            self.bump();
            return self.condition(name);
        }
        self.skip(|c| !ends_run(c));
        let run = Span::of(start..self.at);
        operator(run.slice(self.text)).unwrap_or(Token::Run)
    }

    fn condition(&mut self, name: Span) -> Token {
        let start = self.at;
        let (text, closed) = match self.peek() {
            Some(c) if is_quote(c) => self.quoted_value(),
            _ => (self.skip(|c| !ends_run(c)).slice(self.text).to_owned(), true),
        };
        Token::Condition { name, value: Span::of(start..self.at), text, closed }
    }

    /// A value in quotation marks, in which `\` takes the meaning from a quotation mark or another `\`.
    /// A `*` may stand behind the closing mark as well as before it.
    fn quoted_value(&mut self) -> (String, bool) {
        self.bump();
        let mut text = String::new();
        while let Some(c) = self.bump() {
            if is_quote(c) {
                if self.peek() == Some('*') {
                    text.extend(self.bump());
                }
                return (text, true);
            }
            let escaped = self.peek().filter(|next| c == '\\' && (is_quote(*next) || *next == '\\'));
            text.push(escaped.unwrap_or(c));
            if escaped.is_some() {
                self.bump();
            }
        }
        (text, false)
    }
}

/// A sign of a rich text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Token<'a> {
    /// `{`
    Open,
    /// `}`
    Close,
    /// `\name` with its number.
    Command(&'a [u8], Option<i32>),
    /// `\` and a sign that is no letter.
    Sign(u8),
    /// `\'xx`: one byte of a letter.
    Byte(u8),
    /// Bytes of words.
    Words(&'a [u8]),
}

/// Cuts a rich text into its signs.
#[derive(Debug)]
pub(super) struct Tokens<'a> {
    rest: &'a [u8],
}

impl<'a> Tokens<'a> {
    pub(super) const fn of(bytes: &'a [u8]) -> Self {
        Self { rest: bytes }
    }

    fn take(&mut self, count: usize) -> &'a [u8] {
        let (taken, rest) = self.rest.split_at(count.min(self.rest.len()));
        self.rest = rest;
        taken
    }

    fn command(&mut self) -> Option<Token<'a>> {
        let first = *self.rest.first()?;
        if first == b'\'' {
            self.take(1);
            let digits = self.rest.get(..2).and_then(|two| std::str::from_utf8(two).ok());
            let Some(byte) = digits.and_then(|two| u8::from_str_radix(two, 16).ok()) else { return Some(Token::Sign(b'\'')) };
            self.take(2);
            return Some(Token::Byte(byte));
        }
        if !first.is_ascii_alphabetic() {
            self.take(1);
            return Some(Token::Sign(first));
        }
        let letters = self.rest.iter().take(32).take_while(|byte| byte.is_ascii_alphabetic()).count();
        let name = self.take(letters);
        let minus = usize::from(self.rest.first() == Some(&b'-'));
        let digits = self.rest.iter().skip(minus).take(10).take_while(|byte| byte.is_ascii_digit()).count();
        let number = if digits == 0 { &[] } else { self.take(minus + digits) };
        let number = std::str::from_utf8(number).ok().and_then(|number| number.parse().ok());
        if self.rest.first() == Some(&b' ') {
            self.take(1);
        }
        if name == b"bin" {
            self.take(number.and_then(|number: i32| usize::try_from(number).ok()).unwrap_or(0));
        }
        Some(Token::Command(name, number))
    }
}

impl<'a> Iterator for Tokens<'a> {
    type Item = Token<'a>;

    fn next(&mut self) -> Option<Token<'a>> {
        loop {
            match *self.rest.first()? {
                b'{' => {
                    self.take(1);
                    return Some(Token::Open);
                }
                b'}' => {
                    self.take(1);
                    return Some(Token::Close);
                }
                b'\\' => {
                    self.take(1);
                    return self.command();
                }
                // Lines of the file mean nothing.
                b'\r' | b'\n' | 0 => {
                    self.take(1);
                }
                _ => {
                    let words = self.rest.iter().take_while(|byte| !matches!(byte, b'{' | b'}' | b'\\' | b'\r' | b'\n' | 0)).count();
                    return Some(Token::Words(self.take(words)));
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn signs_are_told_apart() {
        let found: Vec<Token<'_>> = Tokens::of(b"{\\b0 wo\r\nrds\\'e9\\~\\bin3 }}}x\\u-4096?}").collect();
        let expected = [
            Token::Open,
            Token::Command(b"b", Some(0)),
            Token::Words(b"wo"),
            Token::Words(b"rds"),
            Token::Byte(0xe9),
            Token::Sign(b'~'),
            Token::Command(b"bin", Some(3)),
            Token::Words(b"x"),
            Token::Command(b"u", Some(-4096)),
            Token::Words(b"?"),
            Token::Close,
        ];
        assert_eq!(found, expected);
        assert_eq!(Tokens::of(b"\\").count(), 0);
    }
}

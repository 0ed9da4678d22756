use super::lexer::{Token, lex};
use crate::text::Span;

/// What a piece of a query is to the eye.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Piece {
    /// `AND`, `OR`, `NOT`
    Operator,
    /// Parentheses, and `-` before something.
    Sign,
    /// The name of a condition with its colon.
    Field,
    /// The value of a condition.
    Value,
    /// Words, phrases, wildcards, regular expressions.
    Words,
}

/// The pieces of a query with their places in bytes, in order, to be shown each in its own way. What lies between
/// them is white space.
#[must_use]
pub fn pieces(text: &str) -> Vec<(Span, Piece)> {
    let mut pieces = Vec::new();
    for lexeme in lex(text) {
        match lexeme.token {
            Token::Condition { name, value, .. } => {
                pieces.push((Span::new(name.start, value.start), Piece::Field));
                pieces.push((value, Piece::Value));
            }
            Token::Open | Token::Close => pieces.push((lexeme.span, Piece::Sign)),
            Token::Not if lexeme.span.len() == 1 => pieces.push((lexeme.span, Piece::Sign)),
            Token::And | Token::Or | Token::Not => pieces.push((lexeme.span, Piece::Operator)),
            Token::Run | Token::Quoted { .. } | Token::Regex { .. } => pieces.push((lexeme.span, Piece::Words)),
        }
    }
    pieces.retain(|(span, _)| !span.is_empty());
    pieces
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_piece_is_known_and_in_its_place() {
        let text = "(protocol OR system*) NOT theme:\"Sharing it\" -kind:";
        let found: Vec<_> = pieces(text).into_iter().map(|(span, piece)| (span.slice(text), piece)).collect();
        assert_eq!(
            found,
            [
                ("(", Piece::Sign),
                ("protocol", Piece::Words),
                ("OR", Piece::Operator),
                ("system*", Piece::Words),
                (")", Piece::Sign),
                ("NOT", Piece::Operator),
                ("theme:", Piece::Field),
                ("\"Sharing it\"", Piece::Value),
                ("-", Piece::Sign),
                ("kind:", Piece::Field),
            ]
        );
    }
}

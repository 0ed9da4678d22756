use super::lexer::{Lexeme, Token, lex};
use super::names::Names;
use super::parser::length;
use super::print::print_value;
use super::tree::Field;
use crate::text::{Span, fold};

/// Something that can be written at the cursor.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Completion {
    /// What it takes the place of, in bytes of the query.
    pub span: Span,
    /// What is written.
    pub text: String,
    /// How it is shown in the list.
    pub label: String,
}

/// What can be written at byte `cursor` of a query: names of fields, or values after the colon of one. Names that
/// begin with what is there come before those that only hold it.
#[must_use]
pub fn complete(text: &str, cursor: usize, names: &Names) -> Vec<Completion> {
    let Some(before) = text.get(..cursor) else { return Vec::new() };
    let at = length(before);
    let touched = lex(text).into_iter().find(|lexeme| lexeme.span.start < at && at <= lexeme.span.end);
    let Some(Lexeme { span, token }) = touched else { return Vec::new() };
    match token {
        Token::Run => {
            let typed = Span::new(span.start, at).slice(text);
            let begun = names.fields().filter(|name| fold(name).starts_with(&fold(typed)));
            begun.map(|name| Completion { span, text: format!("{name}:"), label: format!("{name}:") }).collect()
        }
        Token::Condition { name, value, .. } if value.start <= at => {
            let Some(values) = names.values(&Field::named(name.slice(text))) else { return Vec::new() };
            let typed = Span::new(value.start, at).slice(text).trim_start_matches(super::lexer::is_quote);
            let found = matching(typed, values);
            found.into_iter().map(|name| Completion { span: value, text: print_value(name), label: name.to_owned() }).collect()
        }
        _ => Vec::new(),
    }
}

/// The names that hold what was typed: those that begin with it first, then those with a word that does.
fn matching<'n>(typed: &str, names: impl Iterator<Item = &'n str>) -> Vec<&'n str> {
    let wanted = fold(typed);
    let mut found: Vec<_> = names.filter_map(|name| Some((rank(&fold(name), &wanted)?, name))).collect();
    found.sort_by_key(|(rank, _)| *rank);
    found.into_iter().map(|(_, name)| name).collect()
}

/// How far `wanted` is from being the beginning of `name`: at its start, at the start of a word, within one.
fn rank(name: &str, wanted: &str) -> Option<u8> {
    let begins_word = |at: usize| name.get(..at).is_some_and(|before| !before.ends_with(char::is_alphanumeric));
    name.match_indices(wanted).map(|(at, _)| if at == 0 { 0 } else { 1 + u8::from(!begins_word(at)) }).min()
}

#[cfg(test)]
mod tests {
    use super::super::check::tests::study;
    use super::*;

    /// The query after each completion at the `|`.
    fn check(marked: &str, expected: &[&str]) {
        let cursor = marked.find('|').unwrap();
        let text = marked.replacen('|', "", 1);
        let written = complete(&text, cursor, &Names::of(&study())).into_iter().map(|completion| {
            let mut written = text.clone();
            written.replace_range(completion.span.range(), &completion.text);
            written
        });
        assert_eq!(written.collect::<Vec<_>>(), expected, "{marked}");
    }

    #[test]
    fn fields_and_values_are_offered() {
        check("a th|", &["a theme:"]);
        check("ge|", &["Gender:"]);
        check("kind:|", &["kind:Interview", "kind:\"Focus group\"", "kind:\"Not stated\""]);
        check("kind:fo| b", &["kind:\"Focus group\" b"]);
        check("kind:\"fo|\"", &["kind:\"Focus group\""]);
        check("theme:na|", &["theme:\"Leadership › National voice\""]);
        check("theme:l|ea b", &["theme:Leadership b", "theme:\"Leadership › National voice\" b"]);
        check("group:work|", &["group:\"Justice social workers\""]);
        check("gender:|", &["gender:Woman", "gender:Man", "gender:\"Not stated\""]);
        check("nonsense:|", &[]);
        check("a |", &[]);
        check("|", &[]);
        check("\"th|\"", &[]);
    }

    #[test]
    fn a_cursor_outside_the_text_offers_nothing() {
        assert_eq!(complete("theme:", 99, &Names::of(&study())), []);
        assert_eq!(complete("thé", 3, &Names::of(&study())), [], "in the middle of a character");
    }
}

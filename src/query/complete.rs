use super::lexer::{Lexeme, Token, lex};
use super::names::Names;
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
    let at = u32::try_from(cursor).unwrap_or(u32::MAX);
    let touched = lex(text).into_iter().find(|lexeme| lexeme.span.start < at && at <= lexeme.span.end);
    let Some(Lexeme { span, token }) = touched else { return Vec::new() };
    match token {
        Token::Run => {
            let typed = Span::new(span.start, at).slice(text);
            matching(typed, names.fields())
                .into_iter()
                .filter(|name| fold(name).starts_with(&fold(typed)))
                .map(|name| Completion { span, text: format!("{name}:"), label: format!("{name}:") })
                .collect()
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

/// The names that hold what was typed, those that begin with it first.
fn matching<'n>(typed: &str, names: impl Iterator<Item = &'n str>) -> Vec<&'n str> {
    let wanted = fold(typed);
    let mut found: Vec<_> = names.filter_map(|name| Some((fold(name).find(&wanted)? > 0, name))).collect();
    found.sort_by_key(|(inside, _)| *inside);
    found.into_iter().map(|(_, name)| name).collect()
}

use super::expression::{Expression, is_over_text};
use super::lexer::{Lexeme, Token, lex, operator};
use super::parsed::{Condition, Parsed, Problem};
use super::tree::{Field, Query};
use crate::text::{Span, tokens};

/// How deep parentheses may stand in one another.
const DEEPEST: usize = 50;
/// The widest stretch that `"a b"~n` looks at, in words between.
const WIDEST: u32 = 1000;

/// Reads a query. It never fails: what is wrong with it is said in [`Parsed::problems`], and the rest runs.
#[must_use]
pub fn parse(text: &str) -> Parsed {
    let mut parser = Parser { text, lexemes: lex(text), at: 0, problems: Vec::new(), conditions: Vec::new() };
    parser.balance();
    let (_, query) = parser.alternatives();
    parser.problems.sort_by_key(|problem| problem.span);
    Parsed { query: query.unwrap_or(Query::Nothing), problems: parser.problems, conditions: parser.conditions }
}

struct Parser<'t> {
    text: &'t str,
    lexemes: Vec<Lexeme>,
    at: usize,
    problems: Vec<Problem>,
    conditions: Vec<Condition>,
}

/// Whether anything stood there, understood or not, and what was understood of it.
type Found = (bool, Option<Query>);

impl Parser<'_> {
    fn problem(&mut self, span: Span, message: impl Into<String>) {
        self.problems.push(Problem::mistake(span, message));
    }

    /// Leaves every parenthesis with its partner, and none too deep.
    fn balance(&mut self) {
        let mut open: Vec<(Span, bool)> = Vec::new();
        let mut balanced = Vec::with_capacity(self.lexemes.len());
        for lexeme in std::mem::take(&mut self.lexemes) {
            match lexeme.token {
                Token::Open => {
                    let kept = open.len() < DEEPEST;
                    if open.len() == DEEPEST {
                        self.problem(lexeme.span, "Parentheses stand too deep in one another; from here they are left out.");
                    }
                    open.push((lexeme.span, kept));
                    if !kept {
                        continue;
                    }
                }
                Token::Close => match open.pop() {
                    Some((_, true)) => {}
                    Some((_, false)) => continue,
                    None => {
                        self.problem(lexeme.span, "This parenthesis closes nothing.");
                        continue;
                    }
                },
                _ => {}
            }
            balanced.push(lexeme);
        }
        let end = Span::of(self.text.len()..self.text.len());
        for (span, kept) in open.into_iter().rev() {
            if kept {
                self.problem(span, "This parenthesis is never closed.");
                balanced.push(Lexeme { span: end, token: Token::Close });
            }
        }
        self.lexemes = balanced;
    }

    fn peek(&self) -> Option<&Token> {
        self.lexemes.get(self.at).map(|lexeme| &lexeme.token)
    }

    /// The span of the next piece, which is passed over.
    fn bump(&mut self) -> Span {
        let span = self.lexemes.get(self.at).map_or_else(Span::default, |lexeme| lexeme.span);
        self.at += 1;
        span
    }

    /// The problem of quotation marks that are opened at the start of `span`.
    fn never_closed(&mut self, span: Span) {
        let suggestion = format!("{}\"", span.slice(self.text).trim_end());
        self.problems.push(Problem::with_remedy(span, "These quotation marks are never closed.", suggestion));
    }

    fn dangling(&mut self, operator: Span) {
        let name = operator.slice(self.text);
        self.problem(operator, format!("{name} wants something on both sides."));
    }

    /// `a OR b`
    fn alternatives(&mut self) -> Found {
        let mut parts = Vec::new();
        let mut waiting = None;
        let mut any = false;
        loop {
            let (begun, part) = self.sequence();
            any |= begun;
            parts.extend(part);
            if begun {
                waiting = None;
            }
            if self.peek() != Some(&Token::Or) {
                break;
            }
            let or = self.bump();
            if begun {
                waiting = Some(or);
            } else {
                self.dangling(or);
            }
        }
        if let Some(or) = waiting {
            self.dangling(or);
        }
        (any, Query::or(parts))
    }

    /// `a AND b`, `a b`
    fn sequence(&mut self) -> Found {
        let mut parts = Vec::new();
        let mut waiting = None;
        let mut begun = false;
        loop {
            match self.peek() {
                None | Some(Token::Or | Token::Close) => break,
                Some(Token::And) => {
                    let and = self.bump();
                    if begun && waiting.is_none() {
                        waiting = Some(and);
                    } else {
                        self.dangling(and);
                    }
                }
                Some(_) => {
                    begun = true;
                    waiting = None;
                    parts.extend(self.negation());
                }
            }
        }
        if let Some(and) = waiting {
            self.dangling(and);
        }
        (begun, Query::and(parts))
    }

    /// `NOT a`, `-a`, `a`
    fn negation(&mut self) -> Option<Query> {
        let mut negated = false;
        let mut not = None;
        while self.peek() == Some(&Token::Not) {
            negated = !negated;
            not = Some(self.bump());
        }
        if matches!(self.peek(), None | Some(Token::Close | Token::And | Token::Or)) {
            let name = not?.slice(self.text);
            self.problem(not?, format!("{name} wants something after it."));
            return None;
        }
        let inner = self.primary()?;
        Some(if negated { inner.negated() } else { inner })
    }

    /// A parenthesis or a term.
    fn primary(&mut self) -> Option<Query> {
        let Lexeme { span, token } = self.lexemes.get(self.at).cloned()?;
        self.at += 1;
        match token {
            Token::Open => {
                let (any, query) = self.alternatives();
                let close = self.bump();
                if !any && !close.is_empty() {
                    self.problem(span.hull(close), "Nothing stands between these parentheses.");
                }
                query
            }
            Token::Run => self.run(span),
            Token::Quoted { inner, closed, tail } => self.quoted(span, inner, closed, tail),
            Token::Regex { inner, closed } => self.regex(span, inner, closed),
            Token::Condition { name, value, text, closed } => self.condition(span, Condition { name, value }, text, closed),
            Token::Close | Token::And | Token::Or | Token::Not => None,
        }
    }

    fn run(&mut self, span: Span) -> Option<Query> {
        let raw = span.slice(self.text);
        let (body, distance) = split_fuzzy(raw);
        // A letter in place of a `*` keeps a pattern together as the tokenizer would keep the word.
        let readable = body.replace('*', "x").replace(':', " ");
        let mut pieces: Vec<String> = tokens(&readable).map(|token| squeeze(token.span.slice(body))).collect();
        if distance.is_some() && (pieces.len() != 1 || body.contains('*')) {
            let from = Span::new(span.start + length(body), span.end);
            self.problem(from, "~ after a word looks for similar words; it goes with one whole word only.");
        }
        if pieces.is_empty() {
            self.problem(span, format!("“{raw}” holds no word, so it is left out."));
            return None;
        }
        if let ([piece], false) = (pieces.as_slice(), body.contains('*')) {
            let word = piece.clone();
            return Some(match distance {
                Some(distance) => Query::Fuzzy { word, distance: self.fuzzy_distance(span, distance) },
                // A word that would be read as an operator means just itself.
                None => Query::Word { stemmed: operator(&word).is_none(), word },
            });
        }
        if pieces.iter().all(|piece| !piece.contains('*')) {
            return Some(Query::Phrase(pieces));
        }
        pieces.retain(|piece| piece != "*");
        if pieces.len() > 1 {
            let message = format!("“{raw}” is several words; they are looked for in one paragraph, not side by side.");
            self.problems.push(Problem::remark(span, message));
        }
        let one = |word: String| if word.contains('*') { Query::Wildcard(word) } else { Query::Word { word, stemmed: false } };
        Query::and(pieces.into_iter().map(one)).or(Some(Query::All))
    }

    fn fuzzy_distance(&mut self, span: Span, digits: &str) -> u8 {
        match digits {
            "" | "1" => 1,
            "2" => 2,
            _ => {
                let tail = Span::new(span.end - length(digits) - 1, span.end);
                self.problems.push(Problem::with_remedy(tail, "A word may differ in one or two letters.", "~2"));
                2
            }
        }
    }

    fn quoted(&mut self, span: Span, inner: Span, closed: bool, tail: Span) -> Option<Query> {
        let raw = inner.slice(self.text);
        if !closed {
            self.never_closed(span);
        }
        if let Some(at) = raw.find('*') {
            let star = Span::of(inner.start as usize + at..inner.start as usize + at + 1);
            self.problem(star, "Between quotation marks * stands for nothing.");
        }
        let mut words: Vec<String> = tokens(raw).map(|token| token.span.slice(raw).to_owned()).collect();
        if words.is_empty() {
            self.problem(span, "Between these quotation marks there is no word.");
            return None;
        }
        if words.len() == 1 {
            if !tail.is_empty() {
                self.problem(tail, "~ after quotation marks wants at least two words between them.");
            }
            return words.pop().map(|word| Query::Word { word, stemmed: false });
        }
        if tail.is_empty() {
            return Some(Query::Phrase(words));
        }
        let digits = tail.slice(self.text).trim_start_matches('~');
        let distance = digits.parse().ok().filter(|distance| *distance <= WIDEST);
        if distance.is_none() {
            let suggestion = if digits.is_empty() { "~5".to_owned() } else { format!("~{WIDEST}") };
            let message = format!("~ wants the number of words that may stand between, at most {WIDEST}.");
            self.problems.push(Problem::with_remedy(tail, message, suggestion));
        }
        let fallback = if digits.is_empty() { 5 } else { WIDEST };
        Some(Query::Near { words, distance: distance.unwrap_or(fallback) })
    }

    fn regex(&mut self, span: Span, inner: Span, closed: bool) -> Option<Query> {
        let source = inner.slice(self.text);
        if !closed {
            let suggestion = format!("{}/", span.slice(self.text));
            self.problems.push(Problem::with_remedy(span, "This regular expression has no / at its end.", suggestion));
        }
        if source.is_empty() {
            self.problem(span, "Nothing stands between the slashes.");
            return None;
        }
        if let Err(reason) = Expression::new(source) {
            self.problem(inner, format!("This regular expression cannot be read: {reason}."));
            return None;
        }
        if is_over_text(source) {
            let message = "A regular expression with a space is looked for in the whole text, which takes longer.";
            self.problems.push(Problem::remark(inner, message));
        }
        Some(Query::Regex(source.to_owned()))
    }

    fn condition(&mut self, span: Span, place: Condition, value: String, closed: bool) -> Option<Query> {
        let field = Field::named(place.name.slice(self.text));
        let unknown = matches!(field, Field::Attribute(_));
        if value.trim().is_empty() {
            // "Re:" is more likely a word than a condition.
            if unknown {
                return self.run(span);
            }
            self.problem(span, format!("{field} wants a value."));
            return None;
        }
        if unknown {
            self.problems.push(Problem::unknown_field(&field, place.name, Field::ALL.iter().map(Field::name)));
        }
        if !closed {
            self.never_closed(place.value);
        }
        self.conditions.push(place);
        Some(Query::Field { field, value })
    }
}

/// A word without `~` and digits at its end, and those digits.
fn split_fuzzy(raw: &str) -> (&str, Option<&str>) {
    match raw.rsplit_once('~') {
        Some((body, digits)) if !body.is_empty() && digits.bytes().all(|digit| digit.is_ascii_digit()) => (body, Some(digits)),
        _ => (raw, None),
    }
}

/// `pattern` with one `*` where several follow one another.
fn squeeze(pattern: &str) -> String {
    let mut squeezed = String::with_capacity(pattern.len());
    for c in pattern.chars() {
        if c != '*' || !squeezed.ends_with('*') {
            squeezed.push(c);
        }
    }
    squeezed
}

/// Length in bytes as an offset of the query.
pub(super) fn length(text: &str) -> u32 {
    u32::try_from(text.len()).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::print::print;
    use super::*;

    /// The tree written out, and where the problems stand.
    fn check(text: &str, tree: &str, problems: &[&str]) {
        let parsed = parse(text);
        assert_eq!(print(&parsed.query), tree, "{text}");
        let found: Vec<_> = parsed.problems.iter().map(|problem| problem.span.slice(text)).collect();
        assert_eq!(found, problems, "{text}: {:?}", parsed.problems);
    }

    #[test]
    fn queries_are_understood() {
        check("leaders", "leaders", &[]);
        check("  share   information ", "share information", &[]);
        check("a b OR c", "a b OR c", &[]);
        check("(a OR b) c", "(a OR b) c", &[]);
        check("a (b (c AND d))", "a b c d", &[]);
        check("NOT (a OR b) -c - d", "NOT (a OR b) NOT c d", &["-"]);
        check("NOT NOT a", "a", &[]);
        check("-\"a b\"", "NOT \"a b\"", &[]);
        check("\"leader\"", "\"leader\"", &[]);
        check("“share information”~4", "\"share information\"~4", &[]);
        check("co-location", "\"co location\"", &[]);
        check("couldn’t, wifi.", "couldn’t wifi", &[]);
        check("lead* *ship w*d *or* **x**", "lead* *ship w*d *or* *x*", &[]);
        check("*", "*", &[]);
        check("word~1 word~ word~2", "word~1 word~1 word~2", &[]);
        check("/lead(er|ing)/ and/or", "/lead(er|ing)/ \"and or\"", &[]);
        check(r"/a\/b/", r"/a\/b/", &[]);
        check("theme:\"Leadership › National voice\" Group:jsw*", "theme:\"Leadership › National voice\" group:jsw*", &[]);
        check("theme:\"Lead\"*", "theme:Lead*", &[]);
        check(r#"case:"the \"boss\"""#, r#"case:"the \"boss\"""#, &[]);
        check("coded:no -quote:yes", "coded:no NOT quote:yes", &[]);
        check("a OR b c OR NOT d", "a OR b c OR NOT d", &[]);
        check("a OR b AND c", "a OR b c", &[]);
        check("NOT a b", "NOT a b", &[]);
        check("NOT a", "NOT a", &[]);
        check("(a OR (b c)) (d OR NOT (e OR f))", "(a OR b c) (d OR NOT (e OR f))", &[]);
        check("((a)) ((b OR c))", "a (b OR c)", &[]);
        check("a and b or not c", "a and b or not c", &[]);
        check("\"NOT\" \"or\"", "\"NOT\" \"or\"", &[]);
        check("theme:Leadership>National coder:\"Ann Ash\"", "theme:Leadership>National coder:\"Ann Ash\"", &[]);
        check("مشاركة OR \"تبادل المعلومات\"", "مشاركة OR \"تبادل المعلومات\"", &[]);
        check("a\0b", "\"a b\"", &[]);
        check("Re: 12:30 and", "Re \"12 30\" and", &[]);
        check("", "", &[]);
    }

    #[test]
    fn mistakes_are_named_and_the_rest_runs() {
        check("()", "", &["()"]);
        check("a () b", "a b", &["()"]);
        check("(a OR b", "a OR b", &["("]);
        check("x (a OR b", "x (a OR b)", &["("]);
        check("a) b", "a b", &[")"]);
        check(")(", "", &[")", "("]);
        check("AND a", "a", &["AND"]);
        check("a AND", "a", &["AND"]);
        check("a AND AND b", "a b", &["AND"]);
        check("a OR OR b", "a OR b", &["OR"]);
        check("OR", "", &["OR"]);
        check("a NOT", "a", &["NOT"]);
        check("a AND OR b", "a OR b", &["AND"]);
        check("\"share inf", "\"share inf\"", &["\"share inf"]);
        check("\"\" a \"…\"", "a", &["\"\"", "\"…\""]);
        check("a &", "a", &["&"]);
        check("word~7", "word~2", &["~7"]);
        check("\"a b\"~", "\"a b\"~5", &["~"]);
        check("\"a b\"~99999999999", "\"a b\"~1000", &["~99999999999"]);
        check("\"a\"~3", "\"a\"", &["~3"]);
        check("co-location~1", "\"co location\"", &["~1"]);
        check("co-loc*", "\"co\" loc*", &["co-loc*"]);
        check("\"lead* a\"", "\"lead a\"", &["*"]);
        check("/lead(/ a", "a", &["lead("]);
        check("/lead", "/lead/", &["/lead"]);
        check("/share a/", "/share a/", &["share a"]);
        check("\"a b", "\"a b\"", &["\"a b"]);
        check("((a OR b c", "a OR b c", &["(", "("]);
        check("a) b) OR c", "a b OR c", &[")", ")"]);
        check("*** a", "* a", &[]);
        check("\"🙂\" 🙂 a", "a", &["\"🙂\"", "🙂"]);
        check("//", "", &["//"]);
        check("/a/ /", "/a/", &["/"]);
        check("thmee:x a", "thmee:x a", &["thmee"]);
        check("theme: a", "a", &["theme:"]);
        check("theme:\"Lead", "theme:Lead", &["\"Lead"]);
        assert_eq!(parse("thmee:x").problems[0].suggestion.as_deref(), Some("theme"));
        assert_eq!(parse("\"a b").problems[0].suggestion.as_deref(), Some("\"a b\""));
    }

    #[test]
    fn depth_and_length_are_no_danger() {
        let deep = format!("{}a{}", "(".repeat(100_000), ")".repeat(100_000));
        assert_eq!(parse(&deep).query, parse("a").query);
        let many = "NOT ".repeat(100_001) + "a";
        assert_eq!(parse(&many).query, parse("NOT a").query);
        let nested = format!("{}a{}", "(".repeat(5_000), ")".repeat(5_000));
        assert_eq!(parse(&nested).query, parse("a").query);
        let alternating = "(a OR NOT (b ".repeat(5_000);
        assert!(!print(&parse(&alternating).query).is_empty());
        assert!(matches!(parse(&"a ".repeat(10_000)).query, Query::And(parts) if parts.len() == 10_000));
        for long in ["a", "*a", "\"a", "a:", "/a", "a~", "\"a b\"~", "theme:\"", "🙂", "\\", "\0", "ش"] {
            let query = parse(&long.repeat(10_000 / long.len())).query;
            assert_eq!(parse(&print(&query)).query, query, "{long}");
        }
    }

    #[test]
    fn remarks_are_no_mistakes() {
        let remark = |text: &str| parse(text).problems.iter().map(|problem| problem.remark).collect::<Vec<_>>();
        assert_eq!(remark("/share a/ co-loc*"), [true, true]);
        assert_eq!(remark("/share a( (b"), [false, false]);
    }

    proptest! {
        #[test]
        fn no_text_is_too_strange(text in "(\\PC|[ ()\"“*~:/\\\\-]|AND|OR|NOT|theme:|\n){0,40}") {
            let parsed = parse(&text);
            for problem in parsed.problems {
                prop_assert!(text.get(problem.span.range()).is_some());
            }
        }

        #[test]
        fn printing_loses_nothing_that_was_understood(
            text in "([abé’'.,0-9&]|[ ()\"“*~:/-]| AND | OR | NOT |theme:|group:|\\\\){0,30}",
        ) {
            let query = parse(&text).query;
            let printed = print(&query);
            prop_assert_eq!(parse(&printed).query, query, "{} printed as {}", text, printed);
        }
    }
}

use regex::{Regex, RegexBuilder};

use crate::text::fold;

/// The most memory a compiled regular expression may take, in bytes.
const SIZE_LIMIT: usize = 1 << 20;

/// A regular expression of a query, ready to run on folded text.
#[derive(Clone, Debug)]
pub enum Expression {
    /// Matches whole words.
    Word(Regex),
    /// Holds a space, so that it has to be run over the text itself.
    Text(Regex),
}

impl Expression {
    /// Compiles what stands between the slashes. Case and accents do not matter.
    ///
    /// # Errors
    /// What is wrong with it, as a clause for a sentence.
    pub fn new(source: &str) -> Result<Self, String> {
        // Only letters beyond ASCII are folded: lower case would turn `\W` into `\w`.
        let folded: String = source.chars().map(|c| if c.is_ascii() { c.to_string() } else { fold(c.encode_utf8(&mut [0; 4])) }).collect();
        let alone = compile(&folded)?;
        if is_over_text(source) {
            return Ok(Self::Text(alone));
        }
        compile(&format!("^(?:{folded})$")).map(Self::Word)
    }
}

/// Whether the expression can match more than one word.
pub(super) fn is_over_text(source: &str) -> bool {
    source.contains(' ') || source.contains("\\s")
}

fn compile(pattern: &str) -> Result<Regex, String> {
    let built = RegexBuilder::new(pattern).case_insensitive(true).size_limit(SIZE_LIMIT).build();
    built.map_err(|error| match error {
        regex::Error::CompiledTooBig(_) => "it is too large".to_owned(),
        other => {
            let text = other.to_string();
            let last = text.lines().last().unwrap_or_default();
            last.trim_start_matches("error: ").to_owned()
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn expressions_match_whole_words_or_run_over_text() {
        let word = |source: &str, word: &str| matches!(Expression::new(source), Ok(Expression::Word(regex)) if regex.is_match(word));
        assert!(word("lead(er|ing)", "leading"));
        assert!(!word("lead", "leading"));
        assert!(word("CAFÉ", "cafe"));
        assert!(word("a|b", "b") && !word("a|b", "xb"));
        assert!(matches!(Expression::new("share (the|a)"), Ok(Expression::Text(_))));
        assert!(matches!(Expression::new(r"share\s+a"), Ok(Expression::Text(_))));
    }

    #[test]
    fn bad_expressions_say_why() {
        for bad in ["lead(", "[z-a]", "*", "(?P<n", r"\p{Nonsense}", "(a{1000}){1000}", "a)(b"] {
            let reason = Expression::new(bad).unwrap_err();
            assert!(!reason.is_empty() && !reason.contains('\n'), "{bad}: {reason}");
        }
    }
}

use regex::Regex;

/// What a part of a file's name can say.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NamePart {
    /// The source's id.
    Id,
    /// Its title.
    Title,
    /// Interview, focus group, report …
    Kind,
    /// The day.
    Date,
    /// The group of all its cases.
    Group,
    /// The area of all its cases.
    Area,
    /// Anything, to be passed over.
    Any,
}

impl NamePart {
    /// Every part, in the order in which they are taught.
    pub const ALL: [Self; 7] = [Self::Id, Self::Title, Self::Kind, Self::Date, Self::Group, Self::Area, Self::Any];

    /// Its name as it stands in a pattern, between braces.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Id => "id",
            Self::Title => "title",
            Self::Kind => "kind",
            Self::Date => "date",
            Self::Group => "group",
            Self::Area => "area",
            Self::Any => "any",
        }
    }
}

/// How files are named: `{area}-{id}_{date}`.
#[derive(Clone, Debug)]
pub struct NamePattern {
    parts: Vec<NamePart>,
    regex: Regex,
}

/// Why words are no pattern.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NamePatternError {
    /// A name between braces that no part has.
    #[error("“{{{0}}}” is none of {{id}}, {{title}}, {{kind}}, {{date}}, {{group}}, {{area}}, {{any}}")]
    UnknownPart(String),
    /// A brace without its other half.
    #[error("a brace has no other half")]
    Brace,
    /// Two parts with nothing between them, where one could not tell where the first ends.
    #[error("something must stand between “{{{0}}}” and “{{{1}}}”")]
    Together(&'static str, &'static str),
    /// The same part twice.
    #[error("“{{{0}}}” stands there twice")]
    Twice(&'static str),
    /// No part at all.
    #[error("a pattern names at least one part, as {{id}}")]
    Nothing,
}

impl NamePattern {
    /// The pattern that words are.
    ///
    /// # Errors
    /// [`NamePatternError`], in words.
    pub fn parse(words: &str) -> Result<Self, NamePatternError> {
        let mut parts: Vec<NamePart> = Vec::new();
        let mut pattern = String::from("(?is)^");
        let (mut rest, mut literal) = (words.trim(), String::new());
        while let Some((before, after)) = rest.split_once('{') {
            let (name, behind) = after.split_once('}').ok_or(NamePatternError::Brace)?;
            literal.push_str(before);
            if literal.contains('}') {
                return Err(NamePatternError::Brace);
            }
            let part = NamePart::ALL.into_iter().find(|part| part.name() == name.trim().to_lowercase());
            let part = part.ok_or_else(|| NamePatternError::UnknownPart(name.to_owned()))?;
            if let (Some(last), true) = (parts.last(), literal.is_empty()) {
                return Err(NamePatternError::Together(last.name(), part.name()));
            }
            if part != NamePart::Any && parts.contains(&part) {
                return Err(NamePatternError::Twice(part.name()));
            }
            pattern.push_str(&regex::escape(&literal));
            pattern.push_str("(.+?)");
            literal.clear();
            parts.push(part);
            rest = behind;
        }
        if rest.contains('}') {
            return Err(NamePatternError::Brace);
        }
        if parts.iter().all(|part| *part == NamePart::Any) {
            return Err(NamePatternError::Nothing);
        }
        pattern.push_str(&regex::escape(rest));
        pattern.push('$');
        // What was put together of escaped words is always a regular expression.
        let regex = Regex::new(&pattern).map_err(|_| NamePatternError::Nothing)?;
        Ok(Self { parts, regex })
    }

    /// What a file's name says, its ending left out; `None` where it is named otherwise.
    #[must_use]
    pub fn read(&self, file_name: &str) -> Option<Vec<(NamePart, String)>> {
        let stem = file_name.rsplit_once('.').map_or(file_name, |(stem, _)| stem);
        let found = self.regex.captures(stem)?;
        let parts = self.parts.iter().zip(found.iter().skip(1));
        let said = parts.filter_map(|(part, words)| Some((*part, words?.as_str().trim().to_owned())));
        Some(said.filter(|(part, words)| *part != NamePart::Any && !words.is_empty()).collect())
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn names_are_read_by_their_pattern() {
        let check = |pattern: &str, name: &str, expected: Option<&[(NamePart, &str)]>| {
            let read = NamePattern::parse(pattern).unwrap().read(name);
            let expected = expected.map(|parts| parts.iter().map(|(part, words)| (*part, (*words).to_owned())).collect::<Vec<_>>());
            assert_eq!(read, expected, "{pattern} of {name}");
        };
        check("{area}-{id}", "Fife-TL2.docx", Some(&[(NamePart::Area, "Fife"), (NamePart::Id, "TL2")]));
        check("{area}-{id}", "Fife-TL-2.docx", Some(&[(NamePart::Area, "Fife"), (NamePart::Id, "TL-2")]));
        check(
            "{any}_{date} {kind}",
            "x_2031-05-20 focus group.txt",
            Some(&[(NamePart::Date, "2031-05-20"), (NamePart::Kind, "focus group")]),
        );
        check("Interview {id} (final)", "interview 7 (FINAL).txt", Some(&[(NamePart::Id, "7")]));
        check("{group}+{id}", "a.b+c.txt", Some(&[(NamePart::Group, "a.b"), (NamePart::Id, "c")]));
        check("{id}", "no ending", Some(&[(NamePart::Id, "no ending")]));
        check("{area}-{id}", "Fife.txt", None);
    }

    #[test]
    fn what_is_no_pattern_says_why() {
        for (words, error) in [
            ("", NamePatternError::Nothing),
            ("{any}", NamePatternError::Nothing),
            ("{name}", NamePatternError::UnknownPart("name".into())),
            ("{id", NamePatternError::Brace),
            ("id}", NamePatternError::Brace),
            ("{id}-}", NamePatternError::Brace),
            ("{id}{area}", NamePatternError::Together("id", "area")),
            ("{id}-{id}", NamePatternError::Twice("id")),
        ] {
            assert_eq!(NamePattern::parse(words).unwrap_err(), error, "{words}");
        }
    }

    proptest! {
        #[test]
        fn any_words_are_a_pattern_or_not_and_never_break(words in ".{0,40}", name in ".{0,40}") {
            if let Ok(pattern) = NamePattern::parse(&words) {
                let _ = pattern.read(&name);
            }
        }
    }
}

//! Kinds of case as the analyst writes and chooses them.

use crate::exchange::export::case_kind_name;
use crate::study::CaseKind;
use crate::text::fold;

/// The kinds of case, in the order in which they are offered.
const KINDS: [CaseKind; 5] = [CaseKind::Person, CaseKind::Pair, CaseKind::Group, CaseKind::InterviewLabel, CaseKind::Unidentified];

/// Their names, to be chosen from.
pub(super) fn kind_names() -> Vec<String> {
    KINDS.iter().map(|kind| case_kind_name(*kind).to_owned()).collect()
}

/// The kind of case that `words` name, or begin to name.
pub(super) fn kind_named(words: &str) -> Option<CaseKind> {
    let wanted = fold(words.trim());
    let found = |kind: &CaseKind| !wanted.is_empty() && fold(case_kind_name(*kind)).starts_with(&wanted);
    KINDS.into_iter().find(found)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn kinds_are_known_by_their_beginning() {
        assert_eq!(kind_named("GROUP"), Some(CaseKind::Group));
        assert_eq!(kind_named("interview"), Some(CaseKind::InterviewLabel));
        assert_eq!(kind_named("committee"), None);
        assert_eq!(kind_named(" "), None);
    }
}

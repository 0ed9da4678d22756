//! Several values of one attribute in one field.

use crate::text::fold;

/// What stands between them.
pub const BETWEEN: &str = "; ";

/// The names in a field, each once.
#[must_use]
pub fn names(words: &str) -> Vec<String> {
    let mut names: Vec<String> = Vec::new();
    for name in words.split(BETWEEN.trim_end()).map(str::trim).filter(|name| !name.is_empty()) {
        if !names.iter().any(|known| fold(known) == fold(name)) {
            names.push(name.to_owned());
        }
    }
    names
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_divided_by_semicolons_and_stand_once() {
        assert_eq!(names("Fife;  Glasgow ;; fife"), ["Fife", "Glasgow"]);
        assert!(names(" ; ").is_empty());
    }
}

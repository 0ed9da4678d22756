/// Words that turn what is said into its opposite.
const TURNING: &[&str] =
    &["not", "no", "never", "none", "nor", "neither", "nothing", "nobody", "nowhere", "cannot", "without", "hardly", "nae", "nane"];

/// How many of some folded words turn what is said into its opposite: an even number leaves it as it is.
pub fn turning_words<'a>(words: impl IntoIterator<Item = &'a str>) -> usize {
    let is_turning = |word: &&str| TURNING.contains(word) || word.ends_with("n't") || word.ends_with("nae");
    words.into_iter().filter(is_turning).count()
}

use super::Cue;
use super::markup::plain;

/// So many captions begin with what the one before ended with where they roll up the screen.
const FEWEST: usize = 3;

/// Captions without what stands in them a second time: those that roll up the screen line by line, or grow word by word, have every
/// line twice and more. Somebody who says a thing twice does not do so in every third caption.
pub(super) fn once(cues: Vec<Cue>) -> Vec<Cue> {
    let texts: Vec<String> = cues.iter().map(|cue| plain(&cue.text)).collect();
    let pairs = || texts.iter().zip(texts.iter().skip(1));
    let again = pairs().filter(|(before, after)| common(before, after) > 0).count();
    if again < FEWEST || again * 3 < cues.len() {
        return cues;
    }
    let mut kept: Vec<Cue> = Vec::with_capacity(cues.len());
    let mut shown = String::new();
    for (mut cue, text) in cues.into_iter().zip(texts) {
        let known = common(&shown, &text);
        text.get(known..).unwrap_or_default().trim().clone_into(&mut cue.text);
        shown = text;
        if !cue.text.is_empty() {
            kept.push(cue);
        }
    }
    kept
}

/// How many bytes at the beginning of a caption stand at the end of the one before: whole lines, or all of it.
fn common(before: &str, after: &str) -> usize {
    let (before, after) = (before.trim_end(), after.trim_end());
    if before.is_empty() {
        return 0;
    }
    let is_whole = |length: usize| after.get(length..).is_some_and(|rest| !rest.starts_with(char::is_alphanumeric));
    if after.starts_with(before) && is_whole(before.len()) {
        return before.len();
    }
    let mut starts: Vec<usize> = before.match_indices('\n').map(|(at, _)| at + 1).collect();
    starts.truncate(8);
    let tail = |at: usize| before.get(at..).filter(|tail| !tail.is_empty() && after.starts_with(tail) && is_whole(tail.len()));
    starts.into_iter().find_map(tail).map_or(0, str::len)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(texts: &[&str], expected: &[&str]) {
        let cues = texts.iter().map(|text| Cue { text: (*text).to_owned(), ..Cue::default() }).collect();
        let found: Vec<String> = once(cues).into_iter().map(|cue| cue.text).collect();
        assert_eq!(found, expected);
    }

    #[test]
    fn what_rolls_up_is_taken_once() {
        check(
            &["so this is", "so this is", "so this is\nhow it went", "how it went", "how it went\nthat day"],
            &["so this is", "how it went", "that day"],
        );
        check(&["so", "so this", "so this is", "so this is it", "and then"], &["so", "this", "is", "it", "and then"]);
    }

    #[test]
    fn what_is_said_twice_is_kept() {
        check(
            &["No.", "No.", "It was not.", "Was it?", "Aye.", "Not so.", "Och."],
            &["No.", "No.", "It was not.", "Was it?", "Aye.", "Not so.", "Och."],
        );
        check(&["the", "then", "there", "theres", "these"], &["the", "then", "there", "theres", "these"]);
    }
}

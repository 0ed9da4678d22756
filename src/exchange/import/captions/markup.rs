use regex::Regex;

use super::super::pattern::{Pattern, whole};

/// The marks that captions have. Other words in angle brackets, as `<inaudible>`, are somebody's.
static TAG: Pattern = Pattern::new(|| {
    Regex::new(
        r"(?i)<(/?)(v|c|i|b|u|s|ruby|rt|lang|font|span|em|strong|p)((?:\.[^\s<>]*)?)(?:\s+([^<>]*))?>|<[\d:.,]{4,14}>|\{\\[^{}]{0,40}\}",
    )
    .ok()
});

/// The longest name that is taken from a file, in characters.
const LONGEST_NAME: usize = 80;

/// A stretch of a caption: who says it, if a mark does, and its words without marks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Stretch {
    /// The name in the mark of a voice.
    pub(super) voice: Option<String>,
    /// The words.
    pub(super) words: String,
}

/// Takes the marks out of a caption. A voice holds until it is closed or another begins, and to the end where it is not closed.
pub(super) fn stretches(text: &str) -> Vec<Stretch> {
    if !text.contains(['<', '{', '&']) {
        return vec![Stretch { voice: None, words: text.to_owned() }];
    }
    let mut found = vec![Stretch { voice: None, words: String::new() }];
    let mut at = 0;
    for tag in TAG.all(text) {
        let place = whole(&tag);
        push(&mut found, text.get(at..place.start));
        at = place.end;
        let is_voice = tag.get(2).is_some_and(|name| name.as_str().eq_ignore_ascii_case("v"));
        if is_voice {
            let closes = tag.get(1).is_some_and(|slash| !slash.is_empty());
            let name = tag.get(4).filter(|_| !closes).and_then(|name| name_of(&lettered(name.as_str())));
            found.push(Stretch { voice: name, words: String::new() });
        }
    }
    push(&mut found, text.get(at..));
    found.retain(|stretch| !stretch.words.trim().is_empty());
    found
}

/// The words of a caption without marks, its lines trimmed.
pub(super) fn plain(text: &str) -> String {
    let words: Vec<String> = stretches(text).into_iter().map(|stretch| stretch.words).collect();
    let words = words.join("\n");
    words.lines().map(str::trim).filter(|line| !line.is_empty()).collect::<Vec<_>>().join("\n")
}

/// A name as it can stand before a turn: on one line, and of a length that names have.
pub(super) fn name_of(written: &str) -> Option<String> {
    let name = written.split_whitespace().collect::<Vec<_>>().join(" ");
    let name: String = name.chars().take(LONGEST_NAME).collect();
    Some(name.trim().to_owned()).filter(|name| !name.is_empty())
}

fn push(found: &mut [Stretch], words: Option<&str>) {
    if let (Some(last), Some(words)) = (found.last_mut(), words) {
        last.words.push_str(&lettered(words));
    }
}

/// The letters that entities stand for; what is no entity stays as it is.
fn lettered(words: &str) -> String {
    let mut made = String::with_capacity(words.len());
    let mut rest = words;
    while let Some((before, after)) = rest.split_once('&') {
        made.push_str(before);
        let entity = after.split_once(';').filter(|(name, _)| name.len() <= 8);
        if let Some((letters, behind)) = entity.and_then(|(name, behind)| Some((letters(name)?, behind))) {
            made.push_str(&letters);
            rest = behind;
        } else {
            made.push('&');
            rest = after;
        }
    }
    made.push_str(rest);
    made
}

/// The letters of an entity; a mark of direction has none.
fn letters(name: &str) -> Option<String> {
    let letters = match name {
        "amp" => "&",
        "lt" => "<",
        "gt" => ">",
        "quot" => "\"",
        "apos" => "'",
        "nbsp" => "\u{a0}",
        "lrm" | "rlm" => "",
        _ => {
            let digits = name.strip_prefix('#')?;
            let number = match digits.strip_prefix(['x', 'X']) {
                Some(digits) => u32::from_str_radix(digits, 16),
                None => digits.parse(),
            };
            return number.ok().and_then(char::from_u32).filter(|c| !c.is_control()).map(String::from);
        }
    };
    Some(letters.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: &[(Option<&str>, &str)]) {
        let found = stretches(text);
        let found: Vec<_> = found.iter().map(|stretch| (stretch.voice.as_deref(), stretch.words.as_str())).collect();
        assert_eq!(found, expected, "{text}");
    }

    #[test]
    fn marks_go_and_voices_are_told() {
        check("<v Jane Doe>Well now.</v>", &[(Some("Jane Doe"), "Well now.")]);
        check("<v.loud Jane O&apos;Hara>Well\nnow.", &[(Some("Jane O'Hara"), "Well\nnow.")]);
        check("<v Jane>One.</v>\n<v Bob>Two.", &[(Some("Jane"), "One."), (Some("Bob"), "Two.")]);
        check("a <i>b</i> <c.yellow>c</c><00:00:03.120><c> d</c> {\\an8}e", &[(None, "a b c d e")]);
        check("Tom &amp; I &lt;3 it &#8211; R&D&nope;", &[(None, "Tom & I <3 it – R&D&nope;")]);
        check("<inaudible> and <3 and <font color=\"#fff\">words</font>", &[(None, "<inaudible> and <3 and words")]);
        check("<v ></v>", &[]);
    }
}

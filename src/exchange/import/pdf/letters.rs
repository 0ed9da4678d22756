use super::super::blocks::Look;

/// A letter, or several that are drawn as one, at its place on a page. Lengths are in points; `y` grows downwards.
#[derive(Clone, Debug)]
pub(super) struct Letter {
    /// Where it begins on its line.
    pub(super) x: f32,
    /// Where the next one would begin.
    pub(super) end: f32,
    /// The line on which it stands.
    pub(super) y: f32,
    /// The size of its font.
    pub(super) size: f32,
    /// Where its letters are in those of the page.
    pub(super) at: (u32, u32),
    pub(super) look: Look,
    /// By how many quarters of a circle its line is turned.
    pub(super) turned: u8,
}

/// What is drawn on a page.
#[derive(Debug, Default)]
pub(super) struct Page {
    pub(super) letters: Vec<Letter>,
    /// The words of all letters, in the order in which they were drawn.
    pub(super) text: String,
}

impl Page {
    /// The words of a letter.
    pub(super) fn words(&self, letter: &Letter) -> &str {
        self.text.get(letter.at.0 as usize..letter.at.1 as usize).unwrap_or_default()
    }
}

/// The letters that a sign stands for: ligatures as those they are made of, and spaces of all kinds as one.
pub(super) fn spelled(words: &str, into: &mut String) {
    for c in words.chars() {
        match c {
            'ﬀ' => into.push_str("ff"),
            'ﬁ' => into.push_str("fi"),
            'ﬂ' => into.push_str("fl"),
            'ﬃ' => into.push_str("ffi"),
            'ﬄ' => into.push_str("ffl"),
            'ﬅ' | 'ﬆ' => into.push_str("st"),
            c if c.is_whitespace() => into.push(' '),
            c if c.is_control() || c == '\u{fffd}' => {}
            c => into.push(c),
        }
    }
}

/// How the letters of a font look, by its name.
pub(super) fn look(name: &str) -> Look {
    let name = name.to_ascii_lowercase();
    // Six letters and a plus stand before the name of a font of which only a part is kept.
    let name = name.split_once('+').map_or(name.as_str(), |(_, name)| name);
    let has = |words: &[&str]| words.iter().any(|word| name.contains(word));
    let bold =
        has(&["bold", "black", "heavy", "demi", "cmbx", "sfbx", "ecbx", "cmssbx"]) || name.ends_with("-medi") || name.contains("-mediital");
    let italic = has(&["italic", "oblique", "cmti", "cmsl", "sfti", "ecti", "cmbxti"]) || name.ends_with("-it") || name.contains("ital");
    Look { bold, italic }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fonts_say_in_their_names_how_they_look() {
        let check = |name: &str| (look(name).bold, look(name).italic);
        assert_eq!(check("ABCDEF+LiberationSerif-BoldItalic"), (true, true));
        assert_eq!(check("CMBX10"), (true, false));
        assert_eq!(check("GHIJKL+NimbusRomNo9L-ReguItal"), (false, true));
        assert_eq!(check("Helvetica"), (false, false));
    }

    #[test]
    fn ligatures_are_letters() {
        let mut text = String::new();
        spelled("ﬁne\u{a0}ﬂow eﬃcient\u{0}", &mut text);
        assert_eq!(text, "fine flow efficient");
    }
}

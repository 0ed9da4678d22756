use std::collections::HashMap;

use super::super::blocks::Look;

/// So many classes of a page are remembered.
const MOST_CLASSES: usize = 20_000;

/// What the style of an element changes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Effect {
    bold: Option<bool>,
    italic: Option<bool>,
    /// Whether line ends count.
    pub(super) is_pre: Option<bool>,
    /// Whether the items of a list have no marks.
    pub(super) is_unmarked: Option<bool>,
    pub(super) is_hidden: bool,
    /// The level of a list item as Word writes it.
    pub(super) level: Option<u8>,
    /// Whether it is the mark of a list item as Word writes it.
    pub(super) is_mark: bool,
}

impl Effect {
    /// The effect of declarations: `font-weight:700; font-style:italic`.
    pub(super) fn of(declarations: &str) -> Self {
        let mut effect = Self::default();
        for declaration in declarations.split(';') {
            let Some((name, value)) = declaration.split_once(':') else { continue };
            let (name, value) = (name.trim().to_ascii_lowercase(), value.trim().to_ascii_lowercase());
            let value = value.trim_end_matches("!important").trim_end();
            match name.as_str() {
                "font-weight" => effect.bold = weight(value),
                "font-style" => effect.italic = Some(value.starts_with("italic") || value.starts_with("oblique")),
                "white-space" => effect.is_pre = Some(value.starts_with("pre") || value == "break-spaces"),
                "list-style" | "list-style-type" => effect.is_unmarked = Some(value.starts_with("none")),
                "display" => effect.is_hidden |= value == "none",
                "visibility" => effect.is_hidden |= value == "hidden",
                "mso-hide" => effect.is_hidden |= value == "all",
                "mso-list" if value == "ignore" => effect.is_mark = true,
                "mso-list" => {
                    let level = value.split_whitespace().find_map(|word| word.strip_prefix("level")?.parse().ok());
                    effect.level = level.or(effect.level);
                }
                _ => {}
            }
        }
        effect
    }

    /// This effect, and over it another.
    pub(super) fn with(self, over: Self) -> Self {
        Self {
            bold: over.bold.or(self.bold),
            italic: over.italic.or(self.italic),
            is_pre: over.is_pre.or(self.is_pre),
            is_unmarked: over.is_unmarked.or(self.is_unmarked),
            is_hidden: over.is_hidden || self.is_hidden,
            level: over.level.or(self.level),
            is_mark: over.is_mark || self.is_mark,
        }
    }

    /// How words look under it.
    pub(super) fn look(self, outer: Look) -> Look {
        Look { bold: self.bold.unwrap_or(outer.bold), italic: self.italic.unwrap_or(outer.italic) }
    }
}

fn weight(value: &str) -> Option<bool> {
    match value {
        "bold" | "bolder" => Some(true),
        "normal" | "lighter" => Some(false),
        number => number.parse::<u32>().ok().map(|number| number >= 600),
    }
}

/// The effects of the classes of a page. Of its style sheets only rules for a class by itself are read; those are the ones that
/// programs write when they save a document as a page.
#[derive(Debug, Default)]
pub(super) struct Classes {
    effects: HashMap<String, Effect>,
}

impl Classes {
    /// Reads a style sheet.
    pub(super) fn read(&mut self, sheet: &str) {
        let mut rest = sheet;
        while let Some((selectors, after)) = rest.split_once('{') {
            if selectors.trim_start().starts_with('@') {
                rest = behind_block(after);
                continue;
            }
            let (declarations, after) = after.split_once('}').unwrap_or((after, ""));
            rest = after;
            let effect = Effect::of(declarations);
            if effect == Effect::default() {
                continue;
            }
            for selector in selectors.split(',') {
                let Some((tag, class)) = selector.trim().split_once('.') else { continue };
                let is_simple = |word: &str| word.chars().all(|c| c.is_alphanumeric() || "-_".contains(c));
                if is_simple(tag) && is_simple(class) && self.effects.len() < MOST_CLASSES {
                    let known = self.effects.entry(class.to_owned()).or_default();
                    *known = known.with(effect);
                }
            }
        }
    }

    /// The effect of an element's classes.
    pub(super) fn effect(&self, classes: &str) -> Effect {
        if self.effects.is_empty() {
            return Effect::default();
        }
        classes.split_whitespace().filter_map(|class| self.effects.get(class)).fold(Effect::default(), |effect, over| effect.with(*over))
    }
}

/// What follows a block that began before `sheet`, with the blocks in it.
fn behind_block(sheet: &str) -> &str {
    let mut depth = 1_usize;
    for (at, byte) in sheet.bytes().enumerate() {
        match byte {
            b'{' => depth += 1,
            b'}' => depth -= 1,
            _ => {}
        }
        if depth == 0 {
            return sheet.get(at + 1..).unwrap_or_default();
        }
    }
    ""
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn declarations_and_classes_have_effects() {
        let mut classes = Classes::default();
        classes.read("@media print { .a { display: none } } .a, span.b{font-weight:700} p .c{font-weight:700} .b{font-style:italic}");
        let look = |names: &str| classes.effect(names).look(Look::default());
        assert_eq!(look("a"), Look { bold: true, italic: false });
        assert_eq!(look("x b"), Look { bold: true, italic: true });
        assert_eq!(look("c"), Look::default());
        assert!(!classes.effect("a").is_hidden);
        assert_eq!(
            Effect::of("font-weight: normal !important").look(Look { bold: true, italic: true }),
            Look { bold: false, italic: true }
        );
        assert_eq!(Effect::of("mso-list:l0 level2 lfo1").level, Some(2));
        assert!(Effect::of("mso-list:Ignore").is_mark);
    }
}

//! The colours of themes, from the file in which the window has them too.

use std::collections::HashMap;
use std::fmt::Write as _;
use std::sync::OnceLock;

use serde::Deserialize;

/// What is read of the file.
#[derive(Deserialize)]
struct Tokens {
    theme_palette: Vec<Hue>,
}

/// A colour of the palette, for a light and a dark ground.
#[derive(Deserialize)]
struct Hue {
    name: String,
    mark: String,
    light: Shade,
    dark: Shade,
}

#[derive(Deserialize)]
struct Shade {
    /// Of stripes, on paper.
    stripe: String,
    /// Of names, marks and underlines.
    label: String,
    /// Under words, thinly.
    tint: String,
}

fn palette() -> &'static [Hue] {
    static PALETTE: OnceLock<Vec<Hue>> = OnceLock::new();
    PALETTE.get_or_init(|| {
        let read = serde_json::from_str::<Tokens>(include_str!("../../../../assets/tokens.json"));
        read.map(|tokens| tokens.theme_palette).unwrap_or_default()
    })
}

/// What a theme without a colour looks like.
const COLOURLESS: &str = "slate";

/// The colours that are used on a page, each under the name by which its style knows it.
#[derive(Default)]
pub(super) struct Used {
    own: HashMap<String, usize>,
    /// The user's own, in the order in which they came up.
    order: Vec<String>,
}

impl Used {
    /// The name of a colour of the palette, or of one of the user's own.
    pub fn name(&mut self, colour: Option<&str>) -> String {
        let colour = colour.unwrap_or(COLOURLESS);
        if let Some(hue) = palette().iter().find(|hue| hue.name == colour) {
            return hue.name.clone();
        }
        let is_hex =
            colour.strip_prefix('#').is_some_and(|digits| digits.len() == 6 && digits.bytes().all(|byte| byte.is_ascii_hexdigit()));
        if !is_hex {
            return COLOURLESS.to_owned();
        }
        let order = &mut self.order;
        let at = *self.own.entry(colour.to_owned()).or_insert_with(|| {
            order.push(colour.to_owned());
            order.len() - 1
        });
        format!("own{at}")
    }

    /// The variables of all colours: `NAME-s` for stripes, `NAME-l` for names, `NAME-u` under words.
    pub fn variables(&self, is_dark: bool) -> String {
        let mut style = String::new();
        let under = if is_dark { 20 } else { 16 };
        for hue in palette() {
            let (name, shade) = (&hue.name, if is_dark { &hue.dark } else { &hue.light });
            let Shade { stripe, label, tint } = shade;
            // Writing to a string cannot fail, here and below.
            let _ = write!(style, "--{name}-s:{stripe};--{name}-l:{label};--{name}-u:color-mix(in srgb,{tint} {under}%,transparent);");
        }
        for (at, colour) in self.order.iter().enumerate() {
            let _ = write!(
                style,
                "--own{at}-s:color-mix(in srgb,{colour} 80%,var(--ink));--own{at}-l:color-mix(in srgb,{colour} 55%,var(--ink));--own{at}-u:color-mix(in srgb,{colour} {under}%,transparent);"
            );
        }
        style
    }
}

/// The small shape that stands beside a theme's name, so that colour is never the only sign.
pub(super) fn mark(colour: Option<&str>) -> &'static str {
    let colour = colour.unwrap_or(COLOURLESS);
    let known = palette().iter().find(|hue| hue.name == colour).map_or("", |hue| hue.mark.as_str());
    match known {
        "disc" => "●",
        "square" => "■",
        "diamond" => "◆",
        "triangle" => "▲",
        "ring" => "○",
        "half_disc" => "◐",
        "square_ring" => "□",
        "diamond_ring" => "◇",
        "triangle_ring" => "△",
        "cross" => "×",
        "bar" => "▬",
        "hexagon" => "⬢",
        // One of the user's own.
        _ => "✦",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_colour_has_a_mark_and_own_ones_a_name() {
        assert_eq!(palette().len(), 12);
        let marks: std::collections::HashSet<_> = palette().iter().map(|hue| mark(Some(&hue.name))).collect();
        assert_eq!(marks.len(), 12, "each its own");
        assert!(!marks.contains("✦"));
        let mut used = Used::default();
        assert_eq!(
            ["sky", "#102030", "#aabbcc", "#102030", "no such}"].map(|name| used.name(Some(name))).join(" "),
            "sky own0 own1 own0 slate"
        );
        assert!(used.variables(true).contains("--own1-s:color-mix(in srgb,#aabbcc 80%"));
    }
}

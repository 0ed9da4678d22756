//! The colours of print: on white, apart from one another in greys too.

use std::collections::HashMap;
use std::sync::OnceLock;

use serde::Deserialize;

use crate::analysis::tints::STEPS;
use crate::exchange::picture::model::Colour;

/// A colour of print: red, green and blue.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Rgb(pub u8, pub u8, pub u8);

const INK: Rgb = Rgb(0x21, 0x1F, 0x1B);
const WHITE: Rgb = Rgb(0xFF, 0xFF, 0xFF);

/// The scale from little to much: one hue, ever darker, over a wider range than on a screen, because paper has less of it.
const TINTS: [Rgb; STEPS] = [
    Rgb(0xE9, 0xF0, 0xFA),
    Rgb(0xCD, 0xDD, 0xF2),
    Rgb(0xAA, 0xC6, 0xE9),
    Rgb(0x86, 0xAC, 0xDC),
    Rgb(0x66, 0x92, 0xCB),
    Rgb(0x3A, 0x66, 0xA6),
    Rgb(0x1B, 0x3F, 0x75),
];

/// The first step on which words are white.
const LIGHT_WORDS: usize = 5;

/// Least contrast of a theme's colour with the paper: signs that carry meaning want as much.
const CONTRAST: f64 = 3.0;

/// The colour in which something is printed.
#[must_use]
pub fn colour(colour: &Colour) -> Rgb {
    match colour {
        Colour::Ground => WHITE,
        Colour::Quiet => Rgb(0x5C, 0x58, 0x50),
        Colour::Faint => Rgb(0xB9, 0xB5, 0xAD),
        Colour::Sunken => Rgb(0xEC, 0xEA, 0xE6),
        Colour::Accent => Rgb(0x2B, 0x57, 0xA5),
        Colour::Tint(step) => TINTS.get(*step).or(TINTS.last()).copied().unwrap_or(INK),
        Colour::OnTint(step) if *step >= LIGHT_WORDS => WHITE,
        Colour::Ink | Colour::OnTint(_) => INK,
        Colour::Theme(name) => name.as_deref().and_then(of_theme).unwrap_or(Rgb(0x38, 0x59, 0x71)),
    }
}

/// A colour of the palette by its name, or one of the user's own, darkened where it would be lost on paper.
fn of_theme(name: &str) -> Option<Rgb> {
    let own = || Rgb::parse(name).map(Rgb::seen_on_paper);
    palette().get(name).copied().or_else(own)
}

/// What is read of the file of tokens, in which the window has its colours too.
#[derive(Deserialize)]
struct Tokens {
    theme_palette: Vec<Entry>,
}

#[derive(Deserialize)]
struct Entry {
    name: String,
    light: Light,
}

#[derive(Deserialize)]
struct Light {
    stripe: String,
}

fn palette() -> &'static HashMap<String, Rgb> {
    static FOUND: OnceLock<HashMap<String, Rgb>> = OnceLock::new();
    FOUND.get_or_init(|| {
        let read = serde_json::from_str::<Tokens>(include_str!("../../../../assets/tokens.json"));
        let entries = read.map(|tokens| tokens.theme_palette).unwrap_or_default();
        entries.into_iter().filter_map(|entry| Some((entry.name, Rgb::parse(&entry.light.stripe)?))).collect()
    })
}

impl Rgb {
    fn parse(hex: &str) -> Option<Self> {
        let digits = hex.strip_prefix('#').filter(|digits| digits.len() == 6 && digits.is_ascii())?;
        let number = u32::from_str_radix(digits, 16).ok()?;
        let [_, red, green, blue] = number.to_be_bytes();
        Some(Self(red, green, blue))
    }

    /// As SVG writes it.
    pub(super) fn hex(self) -> String {
        format!("#{:02x}{:02x}{:02x}", self.0, self.1, self.2)
    }

    /// How light it is to the eye, 0–1, as WCAG reckons it.
    pub(super) fn luminance(self) -> f64 {
        let linear = |part: u8| {
            let part = f64::from(part) / 255.0;
            if part <= 0.040_45 { part / 12.92 } else { ((part + 0.055) / 1.055).powf(2.4) }
        };
        0.2126 * linear(self.0) + 0.7152 * linear(self.1) + 0.0722 * linear(self.2)
    }

    fn seen_on_paper(mut self) -> Self {
        let darker = |part: u8| (u16::from(part) * 9 / 10) as u8;
        while 1.05 / (self.luminance() + 0.05) < CONTRAST {
            self = Self(darker(self.0), darker(self.1), darker(self.2));
        }
        self
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn contrast(one: Rgb, other: Rgb) -> f64 {
        let (one, other) = (one.luminance() + 0.05, other.luminance() + 0.05);
        one.max(other) / one.min(other)
    }

    #[test]
    fn the_scale_grows_darker_evenly_and_words_are_read_on_every_step() {
        let light: Vec<f64> = TINTS.iter().map(|tint| tint.luminance()).collect();
        assert!(light.windows(2).all(|two| two[0] / two[1] > 1.15), "{light:?}");
        for step in 0..STEPS {
            let read = contrast(colour(&Colour::Tint(step)), colour(&Colour::OnTint(step)));
            assert!(read >= 4.5, "step {step}: {read}");
        }
        for quiet in [Colour::Quiet, Colour::Ink, Colour::Accent] {
            assert!(contrast(colour(&quiet), WHITE) >= 4.5);
        }
    }

    #[test]
    fn themes_have_their_colours_and_none_is_lost_on_paper() {
        let of = |name: &str| colour(&Colour::Theme(Some(name.to_owned())));
        assert_eq!(palette().len(), 12);
        assert_eq!((of("sky"), of("#123456")), (Rgb(0x2F, 0x82, 0xC3), Rgb(0x12, 0x34, 0x56)));
        for pale in ["#FFFFFF", "#FFFF00", "#abcdef"] {
            assert!(contrast(of(pale), WHITE) >= CONTRAST, "{pale}");
        }
        assert_eq!(of("no such"), colour(&Colour::Theme(None)));
        assert_eq!(of("#12345é"), colour(&Colour::Theme(None)));
    }
}

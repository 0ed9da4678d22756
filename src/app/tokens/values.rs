use std::collections::BTreeMap;

use eframe::egui;
use eframe::egui::{Color32, FontId};

use super::colours::{Colours, HeatStep, Hue, Mark, Nobody, contrast, distance, parse_hex};
use super::file::{File, HueEntry, ShadowEntry, TEXT, TypeEntry};
use super::kinds::{Mode, Type, family, font};
use super::numbers::{Radius, Reading, Size, Space, Stroke};

/// Least contrast of words.
pub(super) const WORDS: f32 = 4.5;
/// Least contrast of signs and of what shows the focus.
pub(super) const SIGNS: f32 = 3.0;

/// In how many steps a colour is moved towards the ink.
const STEPS: u8 = 20;

/// Words of transcripts are never set smaller or larger, in points.
const SMALLEST_READING: f32 = 12.0;
const LARGEST_READING: f32 = 28.0;

/// Size, line height (both in points) and weight of a [`Type`].
#[derive(Clone, Copy, Debug)]
struct TypeToken {
    size: f32,
    line_height: f32,
    weight: u16,
}

/// The tokens of one mode.
#[derive(Clone, Debug)]
pub struct Tokens {
    /// Light or dark.
    pub mode: Mode,
    /// Surfaces, lines, words.
    pub colour: Colours,
    /// How a transcript is set.
    pub reading: Reading,
    /// Distances.
    pub space: Space,
    /// Corners.
    pub radius: Radius,
    /// Lines.
    pub stroke: Stroke,
    /// Sizes.
    pub size: Size,
    /// Shadow of popups.
    pub popup_shadow: egui::Shadow,
    /// Opacity of a coding's tint, 0–1.
    pub underlay_alpha: f32,
    /// The same for the focused coding.
    pub underlay_alpha_focused: f32,
    /// What the opacity of each further layer is multiplied by.
    pub underlay_factor: f32,
    /// The theme palette.
    pub palette: Vec<Hue>,
    /// The seven tints of the matrix, lightest meaning first.
    pub heat: Vec<HeatStep>,
    /// A cell in which there is nobody.
    pub nobody: Nobody,
    types: BTreeMap<String, TypeToken>,
}

impl Tokens {
    /// The tokens of `mode` from the shipped file.
    ///
    /// # Errors
    /// When the file shipped with this build is damaged, which the tests rule out.
    pub fn load(mode: Mode) -> serde_json::Result<Self> {
        let raw: File = serde_json::from_str(TEXT)?;
        let shadow = |raw: ShadowEntry| egui::Shadow {
            offset: [0, raw.offset_y],
            blur: raw.blur,
            // egui knows no shadow smaller than its box.
            spread: u8::try_from(raw.spread).unwrap_or(0),
            color: raw.colour.pick(mode).0,
        };
        let hue = |raw: HueEntry| {
            let colours = raw.colours.pick(mode);
            Hue { name: raw.name, mark: raw.mark, stripe: colours.stripe.0, label: colours.label.0, tint: colours.tint.0 }
        };
        let token = |raw: TypeEntry| TypeToken { size: raw.size, line_height: raw.line_height, weight: raw.weight };
        Ok(Self {
            mode,
            colour: raw.colour.pick(mode),
            reading: raw.reading,
            space: raw.space,
            radius: raw.radius,
            stroke: raw.stroke,
            size: raw.size,
            popup_shadow: shadow(raw.shadow.popup),
            underlay_alpha: raw.coding.alpha.pick(mode),
            underlay_alpha_focused: raw.coding.focused.pick(mode),
            underlay_factor: raw.coding.factor,
            palette: raw.theme_palette.into_iter().map(hue).collect(),
            heat: match mode {
                Mode::Light => raw.heat_scale.light,
                Mode::Dark => raw.heat_scale.dark,
            },
            nobody: raw.heat_scale.nobody.pick(mode),
            types: raw.types.into_iter().map(|(name, raw)| (name, token(raw))).collect(),
        })
    }

    /// Sets the words of transcripts at `size` points, and what goes with them: quotes and hits, the lines and their length.
    #[must_use]
    pub fn reading_at(mut self, size: f32) -> Self {
        let factor = size.clamp(SMALLEST_READING, LARGEST_READING) / self.token(Type::Reading).size;
        for kind in Type::READING {
            if let Some(token) = self.types.get_mut(kind.name()) {
                token.size *= factor;
                token.line_height = (token.line_height * factor).round();
            }
        }
        self.reading.column_width *= factor;
        self
    }

    fn token(&self, kind: Type) -> TypeToken {
        let fallback = TypeToken { size: self.size.smallest_type, line_height: self.size.control_small, weight: 400 };
        self.types.get(kind.name()).copied().unwrap_or(fallback)
    }

    /// The font of `kind`.
    #[must_use]
    pub fn font(&self, kind: Type) -> FontId {
        let token = self.token(kind);
        let family = match (kind.is_reading(), token.weight) {
            (true, _) => family::READING,
            (false, 600..) => family::INTERFACE_SEMIBOLD,
            (false, 500..) => family::INTERFACE_MEDIUM,
            (false, _) => family::INTERFACE,
        };
        font(token.size, family)
    }

    /// The font of `kind` in another of the shipped families ([`family`]), at the same size.
    #[must_use]
    pub fn font_in(&self, kind: Type, family: &'static str) -> FontId {
        font(self.token(kind).size, family)
    }

    /// The font of `kind` with figures of one width, for counts and tables.
    #[must_use]
    pub fn tabular(&self, kind: Type) -> FontId {
        let token = self.token(kind);
        let family = match token.weight {
            600.. => family::TABULAR_SEMIBOLD,
            500.. => family::TABULAR_MEDIUM,
            _ => family::TABULAR,
        };
        font(token.size, family)
    }

    /// Height of a line of `kind` in points.
    #[must_use]
    pub fn line_height(&self, kind: Type) -> f32 {
        self.token(kind).line_height
    }

    /// Corners of one radius, in points.
    #[must_use]
    pub const fn corner(radius: f32) -> egui::CornerRadius {
        egui::CornerRadius::same(radius as u8)
    }

    /// A hairline of `colour`.
    #[must_use]
    pub const fn hairline(&self, colour: Color32) -> egui::Stroke {
        egui::Stroke { width: self.stroke.hairline, color: colour }
    }

    /// The font of icons at their usual size.
    #[must_use]
    pub fn icon_font(&self) -> FontId {
        font(self.size.icon, family::ICONS)
    }

    /// The font of icons beside words of `kind`.
    #[must_use]
    pub fn small_icon_font(&self, kind: Type) -> FontId {
        font(self.line_height(kind) - self.space.one, family::ICONS)
    }

    /// The hue named in the codebook; a colour of the user's own takes the mark of the palette colour nearest to it,
    /// and a theme without any is slate.
    #[must_use]
    pub fn hue(&self, name: Option<&str>) -> Hue {
        let slate = || self.palette.last().cloned().unwrap_or_else(|| self.own_hue(self.colour.ink_secondary));
        let Some(name) = name else { return slate() };
        if let Some(hue) = self.palette.iter().find(|hue| hue.name == name) {
            return hue.clone();
        }
        parse_hex(name).map_or_else(slate, |colour| self.own_hue(colour))
    }

    /// The ground of words under codings: each tint over the one before, at its alpha (0–1), as far as ink on it can
    /// still be read.
    #[must_use]
    pub fn tinted(&self, tints: impl IntoIterator<Item = (Color32, f32)>) -> Color32 {
        tints.into_iter().fold(self.colour.surface_paper, |ground, (tint, alpha)| {
            (0..=4u8)
                .map(|step| ground.lerp_to_gamma(tint, alpha * (1.0 - f32::from(step) / 4.0)))
                .find(|mixed| contrast(*mixed, self.colour.ink) >= WORDS)
                .unwrap_or(ground)
        })
    }

    /// The colour of an underline of a coding on the ground it lies on: its theme's, so dark or light that it can be seen.
    #[must_use]
    pub fn underline(&self, label: Color32, ground: Color32) -> Color32 {
        self.towards_ink(label, |mixed| contrast(mixed, ground) >= SIGNS)
    }

    /// A colour the user chose, moved towards the ink until words in it can be read wherever names of themes stand, and its
    /// stripe and its tint be seen.
    fn own_hue(&self, colour: Color32) -> Hue {
        let near = self.palette.iter().min_by(|one, other| distance(one.stripe, colour).total_cmp(&distance(other.stripe, colour)));
        let panes = [self.colour.surface_paper, self.colour.surface_chrome, self.colour.surface_raised];
        let rows = [self.colour.surface_hover, self.colour.surface_selected];
        let on = |least: f32, mixed: Color32, grounds: &[Color32]| grounds.iter().all(|ground| contrast(mixed, *ground) >= least);
        let least = self.palette.iter().map(|hue| self.told_from_paper(hue.tint)).fold(f32::INFINITY, f32::min);
        Hue {
            name: String::new(),
            mark: near.map_or(Mark::Disc, |hue| hue.mark),
            stripe: self.towards_ink(colour, |mixed| on(SIGNS, mixed, &panes)),
            label: self.towards_ink(colour, |mixed| on(WORDS, mixed, &panes) && on(WORDS, mixed, &rows)),
            tint: self.towards_ink(colour, |mixed| self.told_from_paper(mixed) >= least),
        }
    }

    /// How well the ground of words under one coding is told from paper, as [`distance`] counts.
    pub(super) fn told_from_paper(&self, tint: Color32) -> f32 {
        distance(self.colour.surface_paper, self.tinted([(tint, self.underlay_alpha)]))
    }

    /// `colour`, moved towards the ink in small steps until it is `enough`.
    fn towards_ink(&self, colour: Color32, enough: impl Fn(Color32) -> bool) -> Color32 {
        let steps = (0..=STEPS).map(|step| colour.lerp_to_gamma(self.colour.ink, f32::from(step) / f32::from(STEPS)));
        steps.into_iter().find(|mixed| enough(*mixed)).unwrap_or(self.colour.ink)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_modes_load_and_words_can_be_read() {
        for mode in [Mode::Light, Mode::Dark] {
            let tokens = Tokens::load(mode).unwrap();
            let colour = &tokens.colour;
            assert_eq!((tokens.palette.len(), tokens.heat.len()), (12, 7));
            for surface in [colour.surface_chrome, colour.surface_paper, colour.surface_raised] {
                for ink in [colour.ink, colour.ink_secondary, colour.ink_tertiary, colour.accent] {
                    assert!(contrast(ink, surface) >= 4.5, "{mode:?}: {ink:?} on {surface:?}");
                }
            }
            for step in &tokens.heat {
                assert!(contrast(step.text, step.fill) >= 4.5, "{mode:?}: {step:?}");
            }
        }
    }

    #[test]
    fn themes_have_the_colours_of_the_palette() {
        for mode in [Mode::Light, Mode::Dark] {
            let tokens = Tokens::load(mode).unwrap();
            let names: Vec<&str> = tokens.palette.iter().map(|hue| hue.name.as_str()).collect();
            assert_eq!(names, crate::study::PALETTE, "the study gives out other colours than there are");
            assert_eq!(tokens.hue(Some("plum")).mark, Mark::Triangle);
            assert_eq!(tokens.hue(None).name, "slate");
            assert_eq!(tokens.hue(Some("no such colour")).name, "slate");
        }
    }
}

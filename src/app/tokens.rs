//! Every colour, size and radius of the window, read from `assets/tokens.json`. Views name tokens, never numbers.

use eframe::egui;
use std::collections::BTreeMap;

use eframe::egui::{Color32, FontFamily, FontId};
use serde::{Deserialize, Deserializer};

const FILE: &str = include_str!("../../assets/tokens.json");

/// Light paper or dark paper.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Mode {
    /// Dark ink on light paper.
    #[default]
    Light,
    /// Light ink on dark paper.
    Dark,
}

/// A way to set words of the interface or of a text. Each is an entry of `type` in the token file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Type {
    /// Title of the source that is read.
    Title,
    /// Title of a pane.
    PaneTitle,
    /// Running text of the interface.
    Body,
    /// The same, emphasised.
    BodyStrong,
    /// Secondary lines.
    Small,
    /// Labels, counts, the status bar.
    Micro,
    /// The same, emphasised.
    MicroStrong,
    /// Heads of columns.
    ColumnLabel,
    /// Text in a cell of the chart.
    ChartCell,
    /// Names of keys.
    KeyHint,
    /// The query in the search box.
    Query,
    /// The transcript.
    Reading,
    /// A quoted passage in a pane.
    ReadingQuote,
    /// A hit of a search.
    ReadingHit,
}

impl Type {
    const fn name(self) -> &'static str {
        match self {
            Self::Title => "title",
            Self::PaneTitle => "pane_title",
            Self::Body => "body",
            Self::BodyStrong => "body_strong",
            Self::Small => "small",
            Self::Micro => "micro",
            Self::MicroStrong => "micro_strong",
            Self::ColumnLabel => "column_label",
            Self::ChartCell => "chart_cell",
            Self::KeyHint => "key_hint",
            Self::Query => "query",
            Self::Reading => "reading",
            Self::ReadingQuote => "reading_quote",
            Self::ReadingHit => "reading_hit",
        }
    }

    const fn is_reading(self) -> bool {
        matches!(self, Self::Reading | Self::ReadingQuote | Self::ReadingHit)
    }
}

/// The families of the shipped fonts, as egui knows them.
pub mod family {
    /// The interface, regular.
    pub const INTERFACE: &str = "interface";
    /// The interface, medium.
    pub const INTERFACE_MEDIUM: &str = "interface_medium";
    /// The interface, semi-bold.
    pub const INTERFACE_SEMIBOLD: &str = "interface_semibold";
    /// The interface with figures of one width.
    pub const TABULAR: &str = "tabular";
    /// The same, medium.
    pub const TABULAR_MEDIUM: &str = "tabular_medium";
    /// The same, semi-bold.
    pub const TABULAR_SEMIBOLD: &str = "tabular_semibold";
    /// The transcript.
    pub const READING: &str = "reading";
    /// The transcript, semi-bold.
    pub const READING_SEMIBOLD: &str = "reading_semibold";
    /// The transcript, italic.
    pub const READING_ITALIC: &str = "reading_italic";
    /// The icons.
    pub const ICONS: &str = "icons";
}

/// A font of one of the shipped families.
#[must_use]
pub fn font(size: f32, family: &'static str) -> FontId {
    FontId::new(size, FontFamily::Name(family.into()))
}

#[derive(Clone, Copy, Deserialize)]
struct PerMode<T> {
    light: T,
    dark: T,
}

impl<T> PerMode<T> {
    fn pick(self, mode: Mode) -> T {
        match mode {
            Mode::Light => self.light,
            Mode::Dark => self.dark,
        }
    }
}

fn hex<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Color32, D::Error> {
    let text = <&str>::deserialize(deserializer)?;
    parse_hex(text).ok_or_else(|| serde::de::Error::custom("#RRGGBB or #RRGGBBAA expected"))
}

/// The colour written as `#rrggbb` or `#rrggbbaa`.
#[must_use]
pub fn parse_hex(text: &str) -> Option<Color32> {
    let digits = text.strip_prefix('#')?;
    let byte = |at: usize| u8::from_str_radix(digits.get(at..at + 2)?, 16).ok();
    let (red, green, blue) = (byte(0)?, byte(2)?, byte(4)?);
    match digits.len() {
        6 => Some(Color32::from_rgb(red, green, blue)),
        8 => Some(Color32::from_rgba_unmultiplied(red, green, blue, byte(6)?)),
        _ => None,
    }
}

macro_rules! colours {
    ($($name:ident: $docs:literal,)+) => {
        /// The colours of surfaces, lines and words.
        #[derive(Clone, Copy, Debug, Deserialize)]
        pub struct Colours {
            $(#[doc = $docs] #[serde(deserialize_with = "hex")] pub $name: Color32,)+
        }
    };
}

colours! {
    surface_chrome: "Bars and panes.",
    surface_paper: "The text.",
    surface_raised: "Fields, popups.",
    surface_sunken: "Grooves of switches.",
    surface_chip: "Chips.",
    surface_hover: "Under the pointer.",
    surface_selected: "The chosen row.",
    surface_tooltip: "Tooltips.",
    line_hair: "Hairlines between panes.",
    line_strong: "Edges of buttons.",
    line_focus: "The focus ring.",
    ink: "Words.",
    ink_secondary: "Quieter words.",
    ink_tertiary: "Counts and labels.",
    ink_disabled: "What cannot be used now.",
    ink_on_accent: "Words on the accent.",
    ink_on_tooltip: "Words of tooltips.",
    accent: "The one accent.",
    accent_hover: "The accent under the pointer.",
    accent_quiet: "A tint of the accent.",
    text_selection: "Selected words.",
    find_match: "Found words.",
    find_match_current: "The found words one is at.",
    notice_ink: "Words of a notice.",
    notice_fill: "Ground of a notice.",
    notice_mark: "Sign of a notice.",
    error_ink: "Words of an error.",
    error_fill: "Ground of an error.",
    success_ink: "Words of good news.",
    scroll_thumb: "Thumbs of scroll bars.",
    control_outline: "Outlines of check boxes.",
    text_selection_outline: "Outline of selected words.",
    sign: "Signs.",
    sign_quiet: "Quieter signs.",
    sign_edge: "Edges of signs.",
    hatch: "Hatching.",
}

macro_rules! numbers {
    ($(#[$about:meta])* $record:ident { $($name:ident: $docs:literal,)+ }) => {
        $(#[$about])*
        #[derive(Clone, Copy, Debug, Deserialize)]
        pub struct $record {
            $(#[doc = $docs] pub $name: f32,)+
        }
    };
}

numbers! {
    /// Distances on the 4-point grid.
    Space {
        hair: "1 point.", half: "2 points.", one: "4 points.", two: "8 points.", three: "12 points.",
        four: "16 points.", five: "20 points.", six: "24 points.", eight: "32 points.",
    }
}

numbers! {
    /// Radii of corners.
    Radius {
        control: "Buttons and fields.", panel: "Popups.", chip: "Chips.", highlight: "Tints of codings.",
        heat_tile: "Cells of the matrix.",
    }
}

numbers! {
    /// Widths of lines.
    Stroke {
        hairline: "Between panes.", focus_ring: "Round what has the focus.", coding_underline: "Under overlapping codings.",
        coding_underline_step: "From one underline to the next.", selection_outline: "Round selected words.",
        cell_edit_outline: "Round the cell that is edited.", control_outline: "Check boxes.", sign_edge: "Edges of signs.",
        bracket: "Stripes.", bracket_focused: "The focused stripe.", bracket_cap: "Ends of stripes.", icon: "Drawn signs.",
    }
}

numbers! {
    /// Sizes of things.
    Size {
        top_bar: "Height.", left_rail: "Width.", status_bar: "Height.", row: "Height of a row.", source_row: "Height.",
        smallest_type: "No words are smaller.", tree_row: "Height.", matrix_row: "Height.", matrix_column: "Width.",
        matrix_column_nobody: "Width.", matrix_first_column: "Width.", matrix_total_column: "Width.", matrix_group_gap: "Width.",
        sign: "A sign.", sign_in_heat: "A sign on a tinted cell.", control: "Height of buttons and fields.",
        control_small: "Height of small buttons.", sources_pane: "Width.", inspector_pane: "Width.", cell_drawer: "Width.",
        facets_pane: "Width.", preview_pane: "Width.", stripe_lane: "Width of a lane.",
        stripe_lanes_before_counting: "Lanes shown before \"+n more\".", theme_mark: "Size of a theme's mark.",
        icon: "Size of an icon.", picker_width: "Width.",
    }
}

numbers! {
    /// How a transcript is set.
    Reading {
        column_width: "Width of a line.", gap_between_turns: "Between paragraphs.", speaker_gutter_width: "Room for speakers.",
        paragraph_number_width: "Room for numbers.",
    }
}

#[derive(Deserialize)]
struct RawType {
    size: f32,
    line_height: f32,
    weight: u16,
}

/// Size, line height (both in points) and weight of a [`Type`].
#[derive(Clone, Copy, Debug)]
struct TypeToken {
    size: f32,
    line_height: f32,
    weight: u16,
}

#[derive(Deserialize)]
struct RawShadow {
    offset_y: i8,
    blur: u8,
    spread: i8,
    #[serde(flatten)]
    colour: PerMode<Hex>,
}

#[derive(Clone, Copy, Debug)]
struct Hex(Color32);

impl<'de> Deserialize<'de> for Hex {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        // Flattened fields arrive as owned strings.
        let text = String::deserialize(deserializer)?;
        parse_hex(&text).map(Self).ok_or_else(|| serde::de::Error::custom("#RRGGBB or #RRGGBBAA expected"))
    }
}

/// The shape that stands beside a theme's name, so that colour is never the only sign.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Mark {
    /// ●
    Disc,
    /// ■
    Square,
    /// ◆
    Diamond,
    /// ▲
    Triangle,
    /// ○
    Ring,
    /// ◐
    HalfDisc,
    /// □
    SquareRing,
    /// ◇
    DiamondRing,
    /// △
    TriangleRing,
    /// ×
    Cross,
    /// ▬
    Bar,
    /// ⬢
    Hexagon,
}

#[derive(Clone, Copy, Debug, Deserialize)]
struct HueColours {
    stripe: Hex,
    label: Hex,
    tint: Hex,
}

#[derive(Deserialize)]
struct RawHue {
    name: String,
    mark: Mark,
    #[serde(flatten)]
    colours: PerMode<HueColours>,
}

/// A colour of the theme palette with its mark.
#[derive(Clone, Debug)]
pub struct Hue {
    /// Its name in the codebook ("sky").
    pub name: String,
    /// Its second carrier.
    pub mark: Mark,
    /// For brackets on paper.
    pub stripe: Color32,
    /// For names, marks and underlines.
    pub label: Color32,
    /// For tints behind words, to be drawn with [`Tokens::underlay_alpha`].
    pub tint: Color32,
}

/// One of the seven tints of the matrix.
#[derive(Clone, Copy, Debug, Deserialize)]
pub struct HeatStep {
    /// Ground of the cell.
    #[serde(deserialize_with = "hex")]
    pub fill: Color32,
    /// Its number.
    #[serde(deserialize_with = "hex")]
    pub text: Color32,
    /// Signs on it.
    #[serde(deserialize_with = "hex")]
    pub sign: Color32,
    /// Edges of those signs.
    #[serde(deserialize_with = "hex")]
    pub sign_edge: Color32,
    /// The sign "evidence changed" on it.
    #[serde(deserialize_with = "hex")]
    pub changed_fill: Color32,
    /// The edge of that sign.
    #[serde(deserialize_with = "hex")]
    pub changed_edge: Color32,
}

/// A cell in which there is nobody to count.
#[derive(Clone, Copy, Debug, Deserialize)]
pub struct Nobody {
    /// Ground of the cell.
    #[serde(deserialize_with = "hex")]
    pub fill: Color32,
    /// Its hatching.
    #[serde(deserialize_with = "hex")]
    pub hatch: Color32,
    /// Its dash.
    #[serde(deserialize_with = "hex")]
    pub text: Color32,
}

#[derive(Deserialize)]
struct RawHeat {
    nobody: PerMode<Nobody>,
    light: Vec<HeatStep>,
    dark: Vec<HeatStep>,
}

#[derive(Deserialize)]
struct RawCoding {
    #[serde(rename = "underlay_alpha")]
    alpha: PerMode<f32>,
    #[serde(rename = "underlay_alpha_focused")]
    focused: PerMode<f32>,
    #[serde(rename = "underlay_alpha_factor_per_further_layer")]
    factor: f32,
}

#[derive(Deserialize)]
struct RawShadows {
    popup: RawShadow,
    tooltip: RawShadow,
}

#[derive(Deserialize)]
struct Raw {
    #[serde(rename = "type")]
    types: BTreeMap<String, RawType>,
    reading: Reading,
    space: Space,
    radius: Radius,
    stroke: Stroke,
    shadow: RawShadows,
    size: Size,
    colour: PerMode<Colours>,
    coding: RawCoding,
    theme_palette: Vec<RawHue>,
    heat_scale: RawHeat,
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
    /// Shadow of tooltips.
    pub tooltip_shadow: egui::Shadow,
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
        let raw: Raw = serde_json::from_str(FILE)?;
        let shadow = |raw: RawShadow| egui::Shadow {
            offset: [0, raw.offset_y],
            blur: raw.blur,
            // egui knows no shadow smaller than its box.
            spread: u8::try_from(raw.spread).unwrap_or(0),
            color: raw.colour.pick(mode).0,
        };
        let hue = |raw: RawHue| {
            let colours = raw.colours.pick(mode);
            Hue { name: raw.name, mark: raw.mark, stripe: colours.stripe.0, label: colours.label.0, tint: colours.tint.0 }
        };
        let token = |raw: RawType| TypeToken { size: raw.size, line_height: raw.line_height, weight: raw.weight };
        Ok(Self {
            mode,
            colour: raw.colour.pick(mode),
            reading: raw.reading,
            space: raw.space,
            radius: raw.radius,
            stroke: raw.stroke,
            size: raw.size,
            popup_shadow: shadow(raw.shadow.popup),
            tooltip_shadow: shadow(raw.shadow.tooltip),
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

    /// A colour the user chose, moved towards the ink until words in it can be read on paper.
    fn own_hue(&self, colour: Color32) -> Hue {
        let near = self.palette.iter().min_by_key(|hue| distance(hue.stripe, colour));
        let readable = |least: f32| {
            (0..=10u8)
                .map(|step| colour.lerp_to_gamma(self.colour.ink, f32::from(step) / 10.0))
                .find(|mixed| contrast(*mixed, self.colour.surface_paper) >= least && contrast(*mixed, self.colour.surface_chrome) >= least)
                .unwrap_or(self.colour.ink)
        };
        Hue {
            name: String::new(),
            mark: near.map_or(Mark::Disc, |hue| hue.mark),
            stripe: readable(3.0),
            label: readable(4.5),
            tint: colour,
        }
    }
}

fn distance(one: Color32, other: Color32) -> u32 {
    let pairs = one.to_array().into_iter().zip(other.to_array()).take(3);
    pairs.map(|(one, other)| u32::from(one.abs_diff(other)).pow(2)).sum()
}

/// Contrast of two opaque colours as WCAG counts it, 1–21.
#[must_use]
pub fn contrast(one: Color32, other: Color32) -> f32 {
    let light = |colour: Color32| {
        let rgba = egui::Rgba::from(colour);
        0.2126 * rgba.r() + 0.7152 * rgba.g() + 0.0722 * rgba.b()
    };
    let (one, other) = (light(one), light(other));
    (one.max(other) + 0.05) / (one.min(other) + 0.05)
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
    fn colours_that_users_choose_stay_readable() {
        for mode in [Mode::Light, Mode::Dark] {
            let tokens = Tokens::load(mode).unwrap();
            for chosen in ["#ffff00", "#000000", "#ffffff", "#7f7f7f", "#ff00ff"] {
                let hue = tokens.hue(Some(chosen));
                assert!(contrast(hue.label, tokens.colour.surface_paper) >= 4.5, "{mode:?} {chosen}");
                assert!(contrast(hue.stripe, tokens.colour.surface_paper) >= 3.0, "{mode:?} {chosen}");
            }
            assert_eq!(tokens.hue(Some("plum")).mark, Mark::Triangle);
            assert_eq!(tokens.hue(None).name, "slate");
            assert_eq!(tokens.hue(Some("no such colour")).name, "slate");
        }
    }
}

use eframe::egui::{Color32, Rgba};
use serde::{Deserialize, Deserializer};

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

/// A colour as the file writes it.
#[derive(Clone, Copy, Debug)]
pub(super) struct Hex(pub Color32);

impl<'de> Deserialize<'de> for Hex {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        // Flattened fields arrive as owned strings.
        let text = String::deserialize(deserializer)?;
        parse_hex(&text).map(Self).ok_or_else(|| serde::de::Error::custom("#RRGGBB or #RRGGBBAA expected"))
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
    line_hair: "Hairlines between panes.",
    line_strong: "Edges of buttons.",
    line_focus: "The focus ring.",
    ink: "Words.",
    ink_secondary: "Quieter words.",
    ink_tertiary: "Counts and labels.",
    ink_disabled: "What cannot be used now.",
    ink_on_accent: "Words on the accent.",
    accent: "The one accent.",
    accent_hover: "The accent under the pointer.",
    accent_quiet: "A tint of the accent.",
    text_selection: "Selected words.",
    find_match: "Found words.",
    find_match_current: "The found words one is at.",
    find_tick: "Where in the text words were found, beside it.",
    notice_ink: "Words of a notice.",
    notice_fill: "Ground of a notice.",
    error_ink: "Words of an error.",
    error_fill: "Ground of an error.",
    success_ink: "The sign that all is saved.",
    scroll_thumb: "Thumbs of scroll bars.",
    control_outline: "Outlines of check boxes.",
    text_selection_outline: "Outline of selected words.",
    sign: "Signs.",
    sign_quiet: "Quieter signs.",
    sign_edge: "Edges of signs.",
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

/// How far two opaque colours lie apart to the eye: in `OKLab`, from black to white 100.
pub(super) fn distance(one: Color32, other: Color32) -> f32 {
    let pairs = oklab(one).into_iter().zip(oklab(other));
    100.0 * pairs.map(|(one, other)| (one - other).powi(2)).sum::<f32>().sqrt()
}

/// The colour in `OKLab` (Ottosson 2020), in which distances are what the eye sees.
fn oklab(colour: Color32) -> [f32; 3] {
    let rgba = Rgba::from(colour);
    let mix = |[red, green, blue]: [f32; 3], [one, two, three]: [f32; 3]| red * one + green * two + blue * three;
    let cones =
        [[0.412_221_46, 0.536_332_55, 0.051_445_995], [0.211_903_5, 0.680_699_5, 0.107_396_96], [0.088_302_46, 0.281_718_85, 0.629_978_7]]
            .map(|row| mix([rgba.r(), rgba.g(), rgba.b()], row).cbrt());
    [[0.210_454_26, 0.793_617_8, -0.004_072_047], [1.977_998_5, -2.428_592_2, 0.450_593_7], [0.025_904_037, 0.782_771_77, -0.808_675_77]]
        .map(|row| mix(cones, row))
}

/// Contrast of two opaque colours as WCAG counts it, 1–21.
#[must_use]
pub fn contrast(one: Color32, other: Color32) -> f32 {
    let light = |colour: Color32| {
        let rgba = Rgba::from(colour);
        0.2126 * rgba.r() + 0.7152 * rgba.g() + 0.0722 * rgba.b()
    };
    let (one, other) = (light(one), light(other));
    (one.max(other) + 0.05) / (one.min(other) + 0.05)
}

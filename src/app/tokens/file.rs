//! The token file as it is written; [`Tokens`](super::Tokens) is what becomes of it for one mode.

use std::collections::BTreeMap;

use serde::Deserialize;

use super::colours::{Colours, HeatStep, Hex, Mark, Nobody};
use super::kinds::Mode;
use super::numbers::{Radius, Reading, Size, Space, Stroke};

/// The text of the file.
pub const TEXT: &str = include_str!("../../../assets/tokens.json");

#[derive(Clone, Copy, Deserialize)]
pub struct PerMode<T> {
    pub light: T,
    pub dark: T,
}

impl<T> PerMode<T> {
    /// The one for `mode`.
    pub fn pick(self, mode: Mode) -> T {
        match mode {
            Mode::Light => self.light,
            Mode::Dark => self.dark,
        }
    }
}

#[derive(Deserialize)]
pub struct TypeEntry {
    pub size: f32,
    pub line_height: f32,
    pub weight: u16,
}

#[derive(Deserialize)]
pub struct ShadowEntry {
    pub offset_y: i8,
    pub blur: u8,
    pub spread: i8,
    #[serde(flatten)]
    pub colour: PerMode<Hex>,
}

#[derive(Clone, Copy, Debug, Deserialize)]
pub struct HueColours {
    pub stripe: Hex,
    pub label: Hex,
    pub tint: Hex,
}

#[derive(Deserialize)]
pub struct HueEntry {
    pub name: String,
    pub mark: Mark,
    #[serde(flatten)]
    pub colours: PerMode<HueColours>,
}

#[derive(Deserialize)]
pub struct Heat {
    pub nobody: PerMode<Nobody>,
    pub light: Vec<HeatStep>,
    pub dark: Vec<HeatStep>,
}

#[derive(Deserialize)]
pub struct Coding {
    #[serde(rename = "underlay_alpha")]
    pub alpha: PerMode<f32>,
    #[serde(rename = "underlay_alpha_focused")]
    pub focused: PerMode<f32>,
    #[serde(rename = "underlay_alpha_factor_per_further_layer")]
    pub factor: f32,
}

#[derive(Deserialize)]
pub struct Shadows {
    pub popup: ShadowEntry,
}

#[derive(Deserialize)]
pub struct File {
    #[serde(rename = "type")]
    pub types: BTreeMap<String, TypeEntry>,
    pub reading: Reading,
    pub space: Space,
    pub radius: Radius,
    pub stroke: Stroke,
    pub shadow: Shadows,
    pub size: Size,
    pub colour: PerMode<Colours>,
    pub coding: Coding,
    pub theme_palette: Vec<HueEntry>,
    pub heat_scale: Heat,
}

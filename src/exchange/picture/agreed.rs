//! How far two coders agree, theme by theme.

use super::geometry::{area, at};
use super::heads::{Head, row_name, row_room};
use super::leads::Leads;
use super::model::{Colour, Look, NoPicture, Picture, Reach, Stroke};
use super::most::of_most;
use super::pairs::head_of;
use super::scale::Scale;
use super::sheet::{Pen, Sheet, line, size};
use crate::analysis::agreement::Coefficient;
use crate::study::{Study, ThemeId};

/// Most themes that are drawn.
const THEMES: usize = 60;
/// Height of a row, in points.
const ROW: f32 = 15.0;
/// Width from the least to the most, in points.
const WIDTH: f32 = 260.0;
/// Radius of a point.
const POINT: f32 = 3.0;

/// How far coders agree on a theme.
#[derive(Clone, Debug, PartialEq)]
pub struct ThemeAgreed {
    /// The theme.
    pub theme: ThemeId,
    /// The coefficient, or why it has no value.
    pub value: Coefficient,
    /// Its interval, where it has one.
    pub interval: Option<(f64, f64)>,
    /// Percent agreement, 0–1.
    pub percent: Coefficient,
    /// How much is at issue: the words, characters or units that either coded with the theme.
    pub size: u64,
}

/// What of a picture of agreement is the same for all themes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AgreedHow {
    /// The coefficient: “Cohen’s κ”.
    pub coefficient: String,
    /// Who is compared: “Ann and Ben”.
    pub coders: String,
    /// How it is computed, and what the interval is.
    pub computed: Vec<String>,
}

/// The coefficient of each theme as a point with its interval, from −1 or 0 to 1. Where it is not defined, that and the reason stand in
/// its place, never a 0 or a 1.
pub fn agreement_by_theme(study: &Study, themes: &[ThemeAgreed], how: &AgreedHow) -> Result<Picture, NoPicture> {
    if themes.is_empty() {
        return Err(NoPicture::because("neither coder used a theme in a source that both have coded"));
    }
    let shown = of_most(themes, THEMES, |theme| theme.size);
    let heads: Vec<Head> = shown.shown.iter().map(|theme| head_of(study, theme.theme)).collect();
    let lowest =
        shown.shown.iter().flat_map(|theme| [theme.value.ok(), theme.interval.map(|(lower, _)| lower)]).flatten().fold(0.0, f64::min);
    let scale = Scale::between((lowest * 4.0).floor() / 4.0, 1.0, if lowest < -0.5 { 0.5 } else { 0.25 });
    let mut sheet = Sheet::default();
    let room = row_room(&heads);
    let left = room + 10.0;
    let x = |value: f64| WIDTH.mul_add(scale.share(value), left);
    let bottom = heads.len() as f32 * ROW;
    let pen = Pen::new(size::SMALL);
    for value in scale.ticks() {
        let stroke = if value == 0.0 { Stroke::new(Colour::Quiet, line::AXIS) } else { Stroke::new(Colour::Faint, line::HAIR) };
        sheet.line(at(x(value), 0.0), at(x(value), bottom), stroke);
        let number = format!("{value:.2}").replace('-', "−");
        sheet.words(at(x(value), bottom + 9.0), number, pen.middle(), Colour::Quiet);
    }
    let columns = [left + WIDTH + 34.0, left + WIDTH + 78.0];
    let [value_at, percent_at] = columns;
    sheet.words(at(left + WIDTH / 2.0, bottom + 20.0), how.coefficient.as_str(), pen.middle(), Colour::Quiet);
    sheet.words(at(value_at, -4.0), how.coefficient.rsplit(' ').next().unwrap_or_default(), pen.end(), Colour::Quiet);
    sheet.words(at(percent_at, -4.0), "agreement", pen.end(), Colour::Quiet);
    for (row, (theme, head)) in shown.shown.iter().zip(&heads).enumerate() {
        let middle = (row as f32 + 0.5) * ROW;
        row_name(&mut sheet, head, &heads, (0.0, middle), room);
        let percent = theme.percent.map_or_else(|_| "–".to_owned(), |share| format!("{:.1} %", 100.0 * share));
        let (value, name) = match theme.value {
            Ok(value) => {
                if let Some((lower, upper)) = theme.interval {
                    sheet.line(at(x(lower), middle), at(x(upper), middle), Stroke::new(Colour::Ink, line::DATUM));
                    for end in [lower, upper] {
                        sheet.line(at(x(end), middle - 2.5), at(x(end), middle + 2.5), Stroke::new(Colour::Ink, line::AXIS));
                    }
                }
                let edge = Stroke::new(Colour::Ground, line::AXIS);
                sheet.disc(at(x(value), middle), POINT, Look::filled(Colour::Accent).edged(edge));
                let text = format!("{value:.2}").replace('-', "−");
                let interval = theme.interval.map_or_else(String::new, |(lower, upper)| format!(", interval {lower:.2} to {upper:.2}"));
                (text.clone(), format!("{} {text}{interval}", how.coefficient).replace('-', "−"))
            }
            Err(why) => {
                let says = format!("not defined – {why}");
                let place = at(x(0.0) + 5.0, middle + pen.drop());
                sheet.fill(area(place.x - 2.0, middle - 5.0, pen.width(&says) + 4.0, 10.0), Colour::Ground);
                sheet.words(place, says.as_str(), pen, Colour::Quiet);
                ("–".to_owned(), format!("{} {says}", how.coefficient))
            }
        };
        let figure = Pen::new(size::FIGURE).end();
        sheet.words(at(value_at, middle + figure.drop()), value, figure, Colour::Ink);
        sheet.words(at(percent_at, middle + figure.drop()), percent.as_str(), figure, Colour::Ink);
        let whole = area(left, middle - ROW / 2.0, percent_at - left, ROW);
        let name = format!("{}: {name}; agreement {percent}", head.whole);
        sheet.mark(Reach::Box(whole), name, (row, 0), Some(Leads::Differences(theme.theme)));
    }
    let mut computed = how.computed.clone();
    computed.extend(shown.says("themes", "of which most is coded"));
    Ok(sheet.picture(format!("Agreement by theme: {}", how.coders), Vec::new(), computed))
}

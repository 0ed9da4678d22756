//! How far coders agree, theme by theme.

use super::geometry::{area, at};
use super::heads::{Head, row_name, row_room};
use super::model::{Colour, Look, NoPicture, Picture, Reach, Stroke};
use super::most::of_most;
use super::pairs::head_of;
use super::scale::Scale;
use super::sheet::{Pen, Sheet, line, size};
use crate::analysis::agreement::{Agreement, Coefficient, Counted, ThemeAgreement};
use crate::analysis::leads::Leads;
use crate::exchange::export::{Corrected, Telling, agreed_between, agreed_says, rounded};
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
    /// How much is at issue: the characters, paragraphs or segments that somebody coded with the theme.
    pub size: u64,
}

/// What of a picture of agreement is the same for all themes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AgreedHow {
    /// The coefficient: “Cohen’s κ”.
    pub coefficient: String,
    /// Who is compared, and by what: “Ann and Ben, by characters”.
    pub coders: String,
    /// What was found, in sentences.
    pub found: Vec<String>,
    /// How it is computed, and what the interval is.
    pub computed: Vec<String>,
}

/// How far coders agree on each theme that one of them used, by the coefficient `of`, with its intervals where there are some.
///
/// # Errors
/// [`NoPicture`] where nothing can be compared or nobody used a theme.
pub fn agreement_picture(study: &Study, found: &Agreement, of: Corrected, telling: Telling<'_>) -> Result<Picture, NoPicture> {
    let unit = found.asked.unit;
    if found.sources.is_empty() {
        return Err(NoPicture::because("there is no source in which two of those who are compared worked"));
    }
    let drawn = telling.intervals.map(|(drawn, _)| drawn);
    let agreed = |(at, theme): (usize, &ThemeAgreement<ThemeId>)| {
        let interval = drawn.and_then(|drawn| of.interval(drawn.get(at)?, unit).ok());
        ThemeAgreed {
            theme: theme.theme,
            value: of.of(theme, unit).pooled,
            interval: interval.map(|interval| (interval.lower, interval.upper)),
            percent: theme.percent.pooled,
            size: at_issue(&theme.together),
        }
    };
    let themes: Vec<ThemeAgreed> = found.themes.iter().enumerate().map(agreed).collect();
    let coefficient = of.name(unit, found.asked.coders.len()).to_owned();
    let (found_says, computed) = agreed_says(study, found, of, telling);
    agreement_by_theme(study, &themes, &AgreedHow { coefficient, coders: agreed_between(study, found), found: found_says, computed })
}

/// What somebody coded.
fn at_issue(counted: &Counted) -> u64 {
    match counted {
        Counted::Two(units) => units.all() - units.neither,
        Counted::Several(units) => units.units().filter(|(values, _)| values.contains(&Some(1))).map(|(_, times)| times).sum(),
        Counted::Segments(segments) => segments.matched.decisions,
    }
}

/// A coefficient as it is printed.
fn in_words(value: f64) -> String {
    rounded(value, 1.0, 2).replace('-', "−")
}

/// The coefficient of each theme as a point with its interval, from −1 or 0 to 1. Where it is not defined, that and the reason stand in
/// its place, never a 0 or a 1.
pub fn agreement_by_theme(study: &Study, themes: &[ThemeAgreed], how: &AgreedHow) -> Result<Picture, NoPicture> {
    if themes.is_empty() {
        return Err(NoPicture::because("nobody used any of the themes in a source that is compared"));
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
        let number = in_words(value);
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
        let percent = theme.percent.map_or_else(|_| "–".to_owned(), |share| format!("{} %", rounded(100.0 * share, 100.0, 1)));
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
                let text = in_words(value);
                let says = |(lower, upper)| format!(", interval {} to {}", in_words(lower), in_words(upper));
                let interval = theme.interval.map_or_else(String::new, says);
                (text.clone(), format!("{} {text}{interval}", how.coefficient))
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
    Ok(sheet.picture(format!("Agreement by theme: {}", how.coders), how.found.clone(), computed))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::agreement::{Asked, Resampling, UnitOf, agreement};
    use crate::analysis::lines::{Lines, Scope};
    use crate::analysis::testing::Builder;
    use crate::study::{CoderId, Values};
    use crate::text::Voice;

    /// What `coders` of three, of whom all coded “cold” with one theme and one “Two” with another, come to in two sources.
    fn found(names: &[&str], unit: UnitOf) -> (Study, Agreement) {
        let mut builder = Builder::new();
        let coders: Vec<CoderId> = names.iter().map(|name| builder.coder(name)).collect();
        let [cold, rooms] = ["Cold", "Rooms"].map(|name| builder.theme(None, name));
        for label in ["A", "B"] {
            let source = builder.source(label, None, Values::new(), &[(None, Voice::Participant, "Two rooms are cold")]);
            for coder in &coders {
                builder.code(&source, source.span("cold"), cold, *coder);
            }
            builder.code(&source, source.span("Two"), rooms, coders[0]);
        }
        let study = builder.study();
        let asked = Asked { coders, unit, interviewers: false };
        let lines = Lines::all(study.codebook(), Scope::Alone);
        let found = agreement(&study, &builder.blobs, &lines, &asked, |_, _| true).unwrap().unwrap();
        (study, found)
    }

    fn names(picture: &Picture) -> Vec<&str> {
        picture.marks.iter().map(|mark| mark.name.as_str()).collect()
    }

    #[test]
    fn every_theme_is_drawn_by_the_coefficient_that_was_chosen() {
        let (study, two) = found(&["Ann", "Ben"], UnitOf::Characters);
        let draw = |of| agreement_picture(&study, &two, of, Telling::default()).unwrap();
        let kappa = draw(Corrected::Kappa);
        assert_eq!(kappa.title, "Agreement by theme: Ann and Ben, by characters");
        assert_eq!(names(&kappa), ["Cold: Cohen’s κ 1.00; agreement 100.0 %", "Rooms: Cohen’s κ 0.00; agreement 83.3 %"]);
        assert!(kappa.computed.iter().any(|says| says.starts_with("Cohen’s κ (1960)")), "{:?}", kappa.computed);
        let alpha = names(&draw(Corrected::Alpha)).join("; ");
        assert!(alpha.contains("Rooms: Krippendorff’s α −0.08; agreement 83.3 %"), "{alpha}");
        let resampling = Resampling { resamples: 20, ..Resampling::default() };
        let drawn = two.intervals(resampling, |_| true).unwrap();
        let telling = Telling { intervals: Some((&drawn, resampling)), ..Telling::default() };
        let with = agreement_picture(&study, &two, Corrected::Kappa, telling).unwrap();
        assert_eq!(names(&with)[0], "Cold: Cohen’s κ 1.00, interval 1.00 to 1.00; agreement 100.0 %");
        assert!(with.computed.contains(&"Intervals: 95 % of 20 draws of whole sources with replacement, seed 1.".to_owned()), "{with:?}");
    }

    #[test]
    fn what_differs_a_little_is_not_printed_as_if_it_did_not() {
        let (study, two) = found(&["Ann", "Ben"], UnitOf::Characters);
        let theme = two.themes[0].theme;
        let agreed = |value, percent| {
            let interval = Some((-0.001, 0.9999));
            let themes = [ThemeAgreed { theme, value: Ok(value), interval, percent: Ok(percent), size: 1 }];
            let how = AgreedHow { coefficient: "κ".to_owned(), coders: String::new(), found: Vec::new(), computed: vec![String::new()] };
            names(&agreement_by_theme(&study, &themes, &how).unwrap()).concat()
        };
        assert_eq!(agreed(0.9967, 0.9996), "Cold: κ 0.99, interval 0.00 to 0.99; agreement 99.9 %");
        assert_eq!(agreed(-0.004, 1.0), "Cold: κ 0.00, interval 0.00 to 0.99; agreement 100.0 %");
        assert_eq!(agreed(1.0 - 1e-12, 0.5), "Cold: κ 1.00, interval 0.00 to 0.99; agreement 50.0 %");
    }

    #[test]
    fn several_coders_and_segments_have_coefficients_of_their_own() {
        let (study, three) = found(&["Ann", "Ben", "Cid"], UnitOf::Paragraphs);
        let picture = agreement_picture(&study, &three, Corrected::Kappa, Telling::default()).unwrap();
        assert_eq!(picture.title, "Agreement by theme: Ann, Ben and Cid, by paragraphs");
        assert_eq!(names(&picture)[0], "Cold: Conger’s κ not defined – no variation; agreement 100.0 %");
        let (study, segments) = found(&["Ann", "Ben"], UnitOf::Segments(0.9));
        let picture = agreement_picture(&study, &segments, Corrected::Kappa, Telling::default()).unwrap();
        assert!(names(&picture)[1].starts_with("Rooms: Krippendorff’s |uα −"), "{:?}", names(&picture));
        assert!(names(&picture)[1].ends_with("; agreement 0.0 %"));
        let none = Agreement { sources: Vec::new(), ..segments };
        assert!(agreement_picture(&study, &none, Corrected::Alpha, Telling::default()).unwrap_err().to_string().contains("no source"));
    }
}

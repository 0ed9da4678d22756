//! How many themes were heard after each interview, with what other orders of the interviews would have given.

use super::geometry::{At, area, at};
use super::model::{Colour, Look, NoPicture, Picture, Reach, Stroke};
use super::scale::Scale;
use super::sheet::{Pen, Sheet, line, size};
use crate::analysis::leads::Leads;
use crate::analysis::saturation::{Band, Outcome, Rule, Runs, Stratum, news, runs};
use crate::exchange::export::{LEVEL, Sensitivity, brought_says, order_says, outcome_says, threshold_says};
use crate::study::Study;

/// Height of a panel, in points.
const HEIGHT: f32 = 150.0;
/// Narrowest and widest that a panel may be.
const WIDTH: (f32, f32) = (210.0, 460.0);
/// Width of an interview, where there is room.
const INTERVIEW: f32 = 22.0;
/// Narrowest interview that can have its name under it.
const NAMED: f32 = 9.0;
/// Between panels that stand beside one another.
const BESIDE: f32 = 52.0;
/// Most lines of what is said above a panel.
const SAID: usize = 2;
/// Most interviews of a curve that are drawn: more nobody could tell from one another.
const INTERVIEWS: usize = 200;
/// Radius of the points of the curve.
const POINT: f32 = 2.2;

/// The curve of each stratum, one below the other, each with its base, its runs and the run in which the threshold was reached.
pub fn saturation_curve(
    study: &Study,
    strata: &[Stratum],
    rule: Rule,
    sensitivity: Option<&Sensitivity>,
    name: impl Fn(&Stratum) -> String,
) -> Result<Picture, NoPicture> {
    let heard = |stratum: &&Stratum| stratum.interviews.iter().any(|interview| !interview.themes.is_empty());
    if !strata.iter().any(|stratum| heard(&stratum)) {
        return Err(NoPicture::because("no theme was heard in any interview"));
    }
    let mut sheet = Sheet::default();
    let (mut found, mut left_out) = (Vec::new(), Vec::new());
    // Several stand two by two.
    let several = strata.iter().filter(heard).count() > 1;
    let mut beside: Option<f32> = None;
    for (place, stratum) in strata.iter().enumerate() {
        let new = news(stratum.heard());
        let ran = runs(&new, rule);
        let says = outcome_says(&ran, rule);
        let name = name(stratum);
        // Where there are several, it stands with each.
        if !several || !heard(&stratum) {
            found.push(format!("{name}: {says}."));
        }
        if !heard(&stratum) {
            continue;
        }
        let bands = sensitivity.and_then(|sensitivity| sensitivity.bands.get(place)).map_or(&[][..], Vec::as_slice);
        let (shown, of) = (stratum.interviews.len().min(INTERVIEWS), stratum.interviews.len());
        if shown < of {
            let later: usize = new.iter().skip(shown).sum();
            let of = super::thousands(of);
            left_out.push(format!("{name}: drawn are the first {shown} of {of} interviews; those after them brought {later} new."));
        }
        let panel = Panel {
            study,
            stratum,
            new: new.get(..shown).unwrap_or_default(),
            ran: &ran,
            rule,
            bands: bands.get(..shown).unwrap_or_default(),
            name: &name,
        };
        let mut drawn = Sheet::default();
        panel.draw(&mut drawn, sheet.rows(), several.then(|| says.clone()));
        let (top, left) = match beside.take() {
            Some(top) => (top, WIDTH.0 + BESIDE),
            None => (if sheet.rows() == 0 { 0.0 } else { sheet.bottom() + 20.0 }, 0.0),
        };
        if several && left == 0.0 {
            beside = Some(top);
        }
        drawn.put_on(&mut sheet, at(left, top));
    }
    legend(&mut sheet, sensitivity.is_some());
    let mut computed = computed(rule, sensitivity, strata);
    computed.extend(left_out);
    Ok(sheet.picture("Themes heard for the first time, interview by interview".to_owned(), found, computed))
}

fn computed(rule: Rule, sensitivity: Option<&Sensitivity>, strata: &[Stratum]) -> Vec<String> {
    let mut computed = vec![
        format!(
            "After Guest, Namey and Chen (2020): base {} interviews, runs of {}, threshold {} of the themes of the base.",
            rule.base.max(1),
            rule.run.max(1),
            threshold_says(rule)
        ),
        format!("Interviews stand {}. A theme counts where it is first applied.", order_says(strata.first().map_or(0, Stratum::undated))),
        LEVEL.to_owned(),
    ];
    if strata.len() > 1 {
        computed.push(
            "Each curve but that of all is what was said by those with a value; whoever has two values counts under each.".to_owned(),
        );
    }
    computed.extend(sensitivity.map(|sensitivity| {
        format!(
            "The band holds 90 % of {} random orders of the interviews (seed {}); the dashed line is their median.",
            super::thousands(sensitivity.orders),
            sensitivity.seed
        )
    }));
    computed
}

struct Panel<'a> {
    study: &'a Study,
    stratum: &'a Stratum,
    /// What each interview that is drawn brought.
    new: &'a [usize],
    ran: &'a Runs,
    rule: Rule,
    bands: &'a [Band],
    name: &'a str,
}

impl Panel<'_> {
    fn draw(&self, sheet: &mut Sheet, row: usize, says: Option<String>) {
        let count = self.new.len();
        let interviews = self.stratum.interviews.iter().take(count);
        let width = if says.is_some() { WIDTH.0 } else { (count as f32 * INTERVIEW).clamp(WIDTH.0, WIDTH.1) };
        let step = width / count as f32;
        let total: usize = self.new.iter().sum();
        let most = self.bands.iter().map(|band| band.high as usize).max().unwrap_or(0).max(total);
        let scale = Scale::to(most as f64, 4, true);
        let mut top = 0.0;
        if let Some(says) = says {
            let pen = Pen::new(size::HEADING).strong();
            sheet.words(at(0.0, top + size::HEADING), self.name, pen, Colour::Ink);
            let lines = super::letters::wrapped(&super::capital(&says), size::SMALL, super::model::Weight::Regular, width + 30.0, SAID);
            for (number, line) in lines.into_iter().enumerate() {
                let down = (number + 1) as f32 * (size::SMALL + 3.0);
                sheet.words(at(0.0, down + size::HEADING + 1.0), line, Pen::new(size::SMALL), Colour::Quiet);
            }
            // Panels beside one another begin at one height, however much is said above them.
            top += SAID as f32 * (size::SMALL + 3.0) + size::HEADING + 26.0;
        }
        let left = 30.0;
        let bottom = top + HEIGHT;
        // An interview stands in the middle of its step.
        let x = |interview: usize| (interview as f32 + 0.5).mul_add(step, left);
        let y = |themes: f64| (-scale.share(themes)).mul_add(HEIGHT, bottom);
        self.rule(sheet, (left, step), (top, bottom));
        let pen = Pen::new(size::SMALL);
        for value in scale.ticks() {
            let stroke = if value == 0.0 { Stroke::new(Colour::Quiet, line::AXIS) } else { Stroke::new(Colour::Faint, line::HAIR) };
            sheet.line(at(left, y(value)), at(left + width, y(value)), stroke);
            sheet.words(at(left - 4.0, y(value) + pen.drop()), format!("{value:.0}"), pen.end(), Colour::Quiet);
        }
        sheet.words(at(left - 22.0, f32::midpoint(top, bottom)), "themes heard", pen.middle().turned(-90.0), Colour::Quiet);
        if self.bands.len() == count {
            let of = |level: fn(&Band) -> u32| -> Vec<At> {
                self.bands.iter().enumerate().map(|(place, band)| at(x(place), y(f64::from(level(band))))).collect()
            };
            let round: Vec<At> = of(|band| band.high).into_iter().chain(of(|band| band.low).into_iter().rev()).collect();
            sheet.outline(round, Look::filled(Colour::Tint(1)));
            sheet.path(of(|band| band.median), Stroke::new(Colour::Quiet, line::AXIS).dashed(3.0, 2.0));
        }
        let mut so_far = 0;
        let heard: Vec<usize> = self
            .new
            .iter()
            .map(|new| {
                so_far += new;
                so_far
            })
            .collect();
        for (place, new) in self.new.iter().enumerate().filter(|(_, new)| **new > 0) {
            let bar = (0.5 * step).min(10.0);
            let top = y(*new as f64);
            sheet.fill(area(x(place) - bar / 2.0, top, bar, bottom - top), Colour::Tint(4));
        }
        let curve: Vec<At> = heard.iter().enumerate().map(|(place, heard)| at(x(place), y(*heard as f64))).collect();
        sheet.path(curve.clone(), Stroke::new(Colour::Ink, line::DATUM));
        for point in &curve {
            sheet.disc(*point, POINT, Look::filled(Colour::Ink).edged(Stroke::new(Colour::Ground, line::AXIS)));
        }
        for (place, interview) in interviews.enumerate() {
            let label = self.study.material(interview.source).map_or("", |material| &material.source.label);
            if step >= NAMED {
                sheet.words(
                    at(x(place) + 2.0, bottom + 9.0),
                    Pen::new(size::SMALL).shortened(label, 60.0),
                    Pen::new(size::SMALL).end().turned(-45.0),
                    Colour::Quiet,
                );
            }
            let reach = Reach::Box(area(x(place) - step / 2.0, top, step, HEIGHT));
            let name = self.says(place, label, heard.get(place).copied().unwrap_or_default());
            sheet.mark(reach, name, (row, place), Some(Leads::Source { source: interview.source, filter: self.stratum.filter.clone() }));
        }
        if step < NAMED {
            let undated = match self.stratum.undated() {
                0 => String::new(),
                undated => format!(", {undated} without a day last"),
            };
            let which = if count < self.stratum.interviews.len() { "the first " } else { "" };
            let says = format!("{which}{count} interviews, in the order of their dates{undated}");
            sheet.words(at(left + width / 2.0, bottom + 10.0), says, pen.middle(), Colour::Quiet);
        }
    }

    /// An interview in words.
    fn says(&self, place: usize, label: &str, heard: usize) -> String {
        let whose = if self.stratum.value.is_some() { format!("{}, ", self.name) } else { String::new() };
        let new = self.new.get(place).copied().unwrap_or_default();
        let mut says = format!("{whose}interview {}, {label}: {new} new, {heard} themes so far", place + 1);
        if let Some(run) = self.ran.runs.iter().find(|run| run.until == place + 1) {
            says = format!("{says}; the run that ends here brought {} ({} of the base)", run.new, brought_says(run.share, self.rule));
        }
        if let Some(band) = self.bands.get(place) {
            says = format!("{says}; in random orders {} to {}, median {}", band.low, band.high, band.median);
        }
        says
    }

    /// The base, and the run in which the threshold was reached, above the panel and behind it.
    fn rule(&self, sheet: &mut Sheet, (left, step): (f32, f32), (top, bottom): (f32, f32)) {
        let base = self.rule.base.max(1);
        let pen = Pen::new(size::SMALL);
        let base_says = format!("base: {}", self.ran.base);
        let bracket = |sheet: &mut Sheet, from: usize, until: usize, words: &str, up: f32, colour: Colour| {
            let (from, until) = ((from as f32).mul_add(step, left) + 1.0, (until as f32).mul_add(step, left) - 1.0);
            let y = top - 5.0;
            sheet.path(vec![at(from, y + 4.0), at(from, y), at(until, y), at(until, y + 4.0)], Stroke::new(colour.clone(), line::AXIS));
            sheet.words(at(from, y - 3.5 - up), words, pen, colour);
        };
        if let Outcome::Reached(reached) = self.ran.outcome
            && reached.run.until <= self.new.len()
        {
            let (from, until) = (reached.before, reached.run.until);
            sheet.fill(area((from as f32).mul_add(step, left), top, (until - from) as f32 * step, bottom - top), Colour::Sunken);
            let words = format!("{}+{}: {} new", reached.before, until - from, brought_says(reached.run.share, self.rule));
            // Where there is no room beside the words of the base, it stands above them.
            let up = if pen.width(&base_says) + 6.0 > from as f32 * step { size::SMALL + 2.0 } else { 0.0 };
            bracket(sheet, from, until, &words, up, Colour::Ink);
        }
        if self.new.len() >= base {
            bracket(sheet, 0, base, &base_says, 0.0, Colour::Quiet);
        }
    }
}

fn legend(sheet: &mut Sheet, band: bool) {
    let middle = sheet.bottom() + 16.0;
    let pen = Pen::new(size::SMALL);
    let mut x = 0.0;
    let mut put = |sheet: &mut Sheet, words: &str, draw: &dyn Fn(&mut Sheet, f32)| {
        draw(sheet, x);
        sheet.words(at(x + 22.0, middle + pen.drop()), words, pen, Colour::Quiet);
        x += 22.0 + pen.width(words) + 12.0;
    };
    put(sheet, "heard so far", &|sheet, x| {
        sheet.line(at(x, middle), at(x + 18.0, middle), Stroke::new(Colour::Ink, line::DATUM));
        sheet.disc(at(x + 9.0, middle), POINT, Look::filled(Colour::Ink));
    });
    put(sheet, "new in this interview", &|sheet, x| sheet.fill(area(x + 6.0, middle - 5.0, 8.0, 10.0), Colour::Tint(4)));
    if band {
        put(sheet, "90 % of random orders, median", &|sheet, x| {
            sheet.fill(area(x, middle - 5.0, 18.0, 10.0), Colour::Tint(1));
            sheet.line(at(x, middle), at(x + 18.0, middle), Stroke::new(Colour::Quiet, line::AXIS).dashed(3.0, 2.0));
        });
    }
}

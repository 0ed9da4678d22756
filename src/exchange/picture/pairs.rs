//! Themes that are spoken of together, as a table of every two of them.

use super::geometry::{area, at};
use super::heads::{Head, row_name, row_room, slanted};
use super::model::{Colour, Look, NoPicture, Picture, Reach, Stroke};
use super::most::{Most, of_most};
use super::shades::Shades;
use super::sheet::{Pen, Sheet, line, size};
use crate::analysis::cooccurrence::{Basis, Cooccurrence, Pair};
use crate::analysis::leads::Leads;
use crate::exchange::export::{Part, counts_say};
use crate::study::{Study, ThemeId};

/// Most themes of a table.
const THEMES: usize = 40;
/// Size of a cell, in points.
const CELL: (f32, f32) = (23.0, 15.0);
/// Between cells.
const GAP: f32 = 1.0;

/// Which themes are spoken of together, by everybody or by those of one value.
pub type Together = Part<Cooccurrence>;

/// By what pairs are compared.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Weighing {
    /// By how often they are spoken of together.
    #[default]
    Count,
    /// By the coefficient c, which takes into account how often each is spoken of.
    Coefficient,
}

impl Weighing {
    /// What a pair weighs; none where it is never spoken of together.
    pub(super) fn of(self, pair: &Pair) -> Option<f64> {
        let weight = match self {
            Self::Count => Some(f64::from(pair.both)),
            Self::Coefficient => pair.coefficient(),
        };
        weight.filter(|weight| *weight > 0.0)
    }

    /// What a weight is in figures.
    pub(super) fn figure(self, weight: f64) -> String {
        match self {
            Self::Count => format!("{weight:.0}"),
            Self::Coefficient => format!("{weight:.2}"),
        }
    }

    /// What is weighed, in words.
    pub(super) const fn words(self) -> &'static str {
        match self {
            Self::Count => "Together",
            Self::Coefficient => "Coefficient c",
        }
    }
}

/// Every two themes, each of the parts below the one before it, each with one table. The steps of the scale are those of all parts.
pub fn pair_table(study: &Study, parts: &[Together], weighing: Weighing) -> Result<Picture, NoPicture> {
    let weights = parts.iter().flat_map(|part| part.found.pairs()).filter_map(|pair| weighing.of(&pair));
    let most = weights.fold(0.0, f64::max);
    if most <= 0.0 {
        return Err(NoPicture::because("no two themes are spoken of together on this basis"));
    }
    let shades = match weighing {
        Weighing::Count => Shades::counts(most as u32),
        Weighing::Coefficient => Shades::shares(most, false),
    };
    let mut sheet = Sheet::default();
    let mut computed = computed(parts, weighing);
    for part in parts.iter().filter(|part| part.found.pairs().next().is_some()) {
        let shown = themes_of(&part.found, THEMES);
        computed.extend(shown.says("themes", "that are most often spoken of with others").map(|says| said_of(part, &says)));
        table(&mut sheet, study, part, &shown.shown, weighing, &shades);
    }
    legend(&mut sheet, weighing, &shades);
    let title = format!("Themes spoken of together, by {}", crate::exchange::export::basis_name(basis_of(parts)));
    Ok(sheet.picture(title, Vec::new(), computed))
}

/// A sentence with whose it is, where it is of some.
pub(super) fn said_of(part: &Together, says: &str) -> String {
    part.whose.as_ref().map_or_else(|| says.to_owned(), |whose| format!("{whose}: {says}"))
}

pub(super) fn basis_of(parts: &[Together]) -> Basis {
    parts.first().map(|part| part.found.basis()).unwrap_or_default()
}

/// The themes that are spoken of with others, those first that are so most often where there are too many.
pub(super) fn themes_of(found: &Cooccurrence, room: usize) -> Most<usize> {
    let places: std::collections::HashMap<ThemeId, usize> =
        found.themes().iter().enumerate().map(|(place, theme)| (*theme, place)).collect();
    let mut amounts = vec![0u64; found.themes().len()];
    for pair in found.pairs() {
        for theme in [pair.one, pair.other] {
            if let Some(amount) = places.get(&theme).and_then(|place| amounts.get_mut(*place)) {
                *amount += u64::from(pair.both);
            }
        }
    }
    let amount = |place: &usize| amounts.get(*place).copied().unwrap_or(0);
    of_most((0..amounts.len()).filter(|place| amount(place) > 0), room, amount)
}

/// How it is computed.
pub(super) fn computed(parts: &[Together], weighing: Weighing) -> Vec<String> {
    let together = match basis_of(parts) {
        Basis::Overlap => "Together are two passages that share at least one character.",
        Basis::Paragraph => "Together are two themes that participants’ words in one paragraph have.",
        Basis::Source => "Together are two themes that one source has.",
        Basis::Case => "Together are two themes on which one case was heard.",
    };
    let mut computed = vec![together.to_owned()];
    if weighing == Weighing::Coefficient {
        computed.push("c = together / (n₁ + n₂ − together), as ATLAS.ti computes it; by overlap it may be over 1.".to_owned());
    }
    computed.push("A theme counts with those below it; a theme and one below it are not compared.".to_owned());
    computed.push(counts_say(parts));
    computed.push("Themes that are never spoken of with others are left out.".to_owned());
    let silent = parts.iter().filter(|part| part.found.pairs().next().is_none());
    computed.extend(silent.map(|part| said_of(part, "No two themes are spoken of together.")));
    if parts.iter().any(|part| part.whose.is_some()) {
        computed.push("Each part is what was said by those with the value; whoever has two counts under each.".to_owned());
    }
    computed
}

/// A theme by its name, and with those above it.
pub(super) fn head_of(study: &Study, theme: ThemeId) -> Head {
    let book = study.codebook();
    let depth = book.line(theme).and_then(|line| book.outline().get(line)).map_or(0, |row| row.depth);
    let name = book.get(theme).map_or_else(String::new, |theme| theme.name.clone());
    Head { name, whole: book.path(theme), depth, outer: None }
}

/// What two themes are, in words.
pub(super) fn pair_words(study: &Study, part: &Together, pair: &Pair) -> String {
    let book = study.codebook();
    let figure = |value: Option<f64>| value.map_or_else(|| "not defined".to_owned(), |value| format!("{value:.2}"));
    let whose = part.whose.as_ref().map_or_else(String::new, |whose| format!("{whose}: "));
    let together = if pair.both == 0 { "never together".to_owned() } else { format!("{} together", pair.both) };
    format!(
        "{whose}{} × {}: {together}, of {} and {}; c {}, Jaccard {}",
        book.path(pair.one),
        book.path(pair.other),
        pair.of_one,
        pair.of_other,
        figure(pair.coefficient()),
        figure(pair.jaccard)
    )
}

pub(super) fn pair_leads(part: &Together, pair: &Pair) -> Option<Leads> {
    let leads = || Leads::Pair { one: pair.one, other: pair.other, basis: part.found.basis(), filter: part.filter.clone() };
    (pair.both > 0).then(leads)
}

fn table(sheet: &mut Sheet, study: &Study, part: &Together, shown: &[usize], weighing: Weighing, shades: &Shades) {
    let heads: Vec<Head> = shown.iter().filter_map(|place| part.found.themes().get(*place)).map(|theme| head_of(study, *theme)).collect();
    let room = row_room(&heads);
    // Slanted names reach upwards from each first cell of a column, so that the first row needs their room.
    let first_row = sheet.rows();
    let mut drawn = Sheet::default();
    let left = |column: usize| room + 8.0 + column as f32 * (CELL.0 + GAP);
    let top = |row: usize| row as f32 * (CELL.1 + GAP);
    let pen = Pen::new(size::FIGURE).middle();
    for (row, (place, head)) in shown.iter().zip(&heads).enumerate() {
        let middle = top(row) + CELL.1 / 2.0;
        row_name(&mut drawn, head, &heads, (0.0, middle), room);
        for (column, other) in shown.iter().take(row).enumerate() {
            let cell = area(left(column), top(row), CELL.0, CELL.1);
            let (name, leads) = match part.found.pair(*place, *other) {
                None => {
                    drawn.tile(cell, 0.0, Look::hatched(Colour::Faint));
                    let other = heads.get(column).map_or("", |head| head.whole.as_str());
                    (format!("{other} × {}: one is part of the other", head.whole), None)
                }
                Some(pair) => {
                    let weight = weighing.of(&pair);
                    match weight.and_then(|weight| shades.step(weight)).zip(weight) {
                        Some((step, weight)) => {
                            drawn.fill(cell, Colour::Tint(step));
                            let centre = cell.centre();
                            drawn.words(at(centre.x, centre.y + pen.drop()), weighing.figure(weight), pen, Colour::OnTint(step));
                        }
                        None => {
                            drawn.tile(cell.grown(-line::HAIR / 2.0), 0.0, Look::default().edged(Stroke::new(Colour::Sunken, line::HAIR)));
                        }
                    }
                    (pair_words(study, part, &pair), pair_leads(part, &pair))
                }
            };
            drawn.mark(Reach::Box(cell), name, (first_row + row, column), leads);
        }
        let own = area(left(row), top(row), CELL.0, CELL.1);
        drawn.fill(own, Colour::Sunken);
        let count = part.found.count(*place);
        drawn.words(at(own.centre().x, own.centre().y + pen.drop()), count.to_string(), pen.medium(), Colour::Ink);
        let whose = part.whose.as_ref().map_or_else(String::new, |whose| format!("{whose}: "));
        let leads = part.found.themes().get(*place).map(|theme| Leads::Theme { theme: *theme, filter: part.filter.clone() });
        drawn.mark(Reach::Box(own), format!("{whose}{}: {count} in all", head.whole), (first_row + row, row), leads);
        slanted(&mut drawn, &head.name, own.centre().x, own.top);
    }
    let mut from = if first_row == 0 { 0.0 } else { sheet.bottom() + 20.0 };
    if let Some(whose) = &part.whose {
        sheet.words(at(0.0, from + size::HEADING), whose.as_str(), Pen::new(size::HEADING).strong(), Colour::Ink);
        from += size::HEADING + 4.0;
    }
    let up = drawn.height();
    drawn.put_on(sheet, at(0.0, from + up));
}

fn legend(sheet: &mut Sheet, weighing: Weighing, shades: &Shades) {
    let middle = sheet.bottom() + 16.0;
    shades.legend(sheet, 0.0, middle, weighing.words());
    let pen = Pen::new(size::SMALL);
    let middle = middle + 14.0;
    let mut x = 0.0;
    let swatch = |x: f32| area(x, middle - 4.5, 16.0, 9.0);
    for (look, words) in [
        (Look::filled(Colour::Sunken), "how often the theme itself"),
        (Look::default().edged(Stroke::new(Colour::Faint, line::HAIR)), "never together"),
        (Look::hatched(Colour::Faint), "one is part of the other"),
    ] {
        sheet.tile(swatch(x), 0.0, look);
        sheet.words(at(x + 19.0, middle + pen.drop()), words, pen, Colour::Quiet);
        x += 19.0 + pen.width(words) + 12.0;
    }
}

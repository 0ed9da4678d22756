use eframe::egui::{Align, Align2, Color32, FontId, Layout, Rect, Role, Sense, Stroke, Ui, UiBuilder, WidgetInfo, pos2, vec2};

use super::counted::Counted;
use super::sentences;
use super::signs::sign_words;
use crate::app::command::Command;
use crate::app::icons;
use crate::app::tokens::{Tokens, Type, family};
use crate::app::widgets::{
    SummarySign, focus_ring, hairline_below, icon_button, menu_below, paint_hatch, paint_person, paint_summary, paint_words,
};

/// Lines that the legend may take; what finds no room in them stands in a menu at their end.
const LINES: usize = 2;

/// How something looks in the grid.
enum Sign {
    /// It prints this.
    Figure(&'static str),
    /// The hatching of a cell.
    Hatch,
    /// The head and shoulders.
    Person,
    /// The sign of a summary.
    Summary(SummarySign),
    /// Nothing: a fact about the whole page.
    None,
}

/// A sign with what it means.
struct Entry {
    sign: Sign,
    means: String,
    /// Whether a press lists what it tells of.
    lists: bool,
}

/// Shows what tints, figures and signs mean, and what lies outside of the grid. Where the cells show their `summaries` there are no tints,
/// and signs that say why there is none.
/// Returns whether the codings that are in no cell are to be listed.
pub fn show(ui: &mut Ui, tokens: &Tokens, counted: &Counted, page: usize, summaries: bool) -> bool {
    let area = ui.available_rect_before_wrap();
    let line = Rect::from_min_size(area.left_top(), vec2(area.width(), tokens.stroke.hairline));
    hairline_below(ui, tokens, line);
    let inside = Rect::from_min_max(area.min + vec2(tokens.space.five, tokens.space.one), area.max - vec2(tokens.space.four, 0.0));
    let mut lists = false;
    ui.scope_builder(UiBuilder::new().max_rect(inside).layout(Layout::left_to_right(Align::Min).with_main_wrap(true)), |ui| {
        ui.spacing_mut().item_spacing = vec2(tokens.space.two, tokens.space.half);
        ui.set_row_height(tokens.size.control_small);
        if !summaries {
            show_tints(ui, tokens, counted);
        }
        let entries = entries(counted, page, summaries);
        let widths: Vec<f32> = entries.iter().map(|entry| entry.width(ui, tokens) + tokens.space.two).collect();
        let more = tokens.size.control + tokens.space.two;
        let shown = fitting(&widths, ui.cursor().left() - inside.left(), inside.width() + tokens.space.two, more);
        for entry in entries.iter().take(shown) {
            lists |= show_entry(ui, tokens, entry);
        }
        if shown < entries.len() {
            let button = icon_button(ui, tokens, icons::ELLIPSIS, "More signs", true);
            menu_below(tokens, &button, |ui| {
                ui.set_min_width(tokens.size.picker_width);
                for entry in entries.iter().skip(shown) {
                    lists |= show_entry(ui, tokens, entry);
                }
            });
        }
    });
    lists
}

/// How many entries of these widths fit into the lines there are, the first of which is taken up to `from`; where not all
/// do, there is room for something `more` wide behind them.
fn fitting(widths: &[f32], from: f32, room: f32, more: f32) -> usize {
    let fit = |more: f32| {
        let (mut line, mut left) = (1, from);
        let count = widths.iter().take_while(|width| {
            if left + **width > room {
                (line, left) = (line + 1, 0.0);
            }
            left += **width;
            line < LINES || (line == LINES && left + more <= room)
        });
        count.count()
    };
    let all = fit(0.0);
    if all == widths.len() { all } else { fit(more) }
}

/// The ranges of people, each in its tint.
fn show_tints(ui: &mut Ui, tokens: &Tokens, counted: &Counted) {
    show_entry(ui, tokens, &Entry { sign: Sign::None, means: "Participants".to_owned(), lists: false });
    let ranges = counted.tints.ranges();
    let width = tokens.space.eight;
    let (rect, response) = ui.allocate_exact_size(vec2(width * ranges.len() as f32, tokens.size.control_small), Sense::hover());
    let spoken = || format!("Tints for numbers of participants, from light to dark: {}", ranges.join(", "));
    response.widget_info(|| WidgetInfo::labeled(Role::Label, true, spoken()));
    for (at, (range, step)) in ranges.iter().zip(&tokens.heat).enumerate() {
        let middle = pos2(rect.left() + width * (at as f32 + 0.5), rect.center().y);
        let swatch = Rect::from_center_size(middle, vec2(width - tokens.space.hair, tokens.space.four));
        ui.painter().rect_filled(swatch, tokens.radius.heat_tile, step.fill);
        paint_words(ui.painter(), middle, Align2::CENTER_CENTER, range, tokens.tabular(Type::Micro), step.text);
    }
}

/// What there is to tell of a page.
fn entries(counted: &Counted, page: usize, summaries: bool) -> Vec<Entry> {
    let entry = |sign, means: &str| Entry { sign, means: means.to_owned(), lists: false };
    let mut entries = vec![
        entry(Sign::Figure("0"), "all done, nothing coded"),
        entry(Sign::Figure("3/6…"), "sources still open"),
        entry(Sign::Hatch, "no such participants"),
        entry(Sign::Person, "one person or group"),
    ];
    if summaries || !counted.signs.is_empty() {
        entries.extend([
            entry(Sign::Summary(SummarySign::Draft), "draft"),
            entry(Sign::Summary(SummarySign::Charted), "charted"),
            entry(Sign::Summary(SummarySign::Reviewed), "reviewed"),
            entry(Sign::Summary(SummarySign::Changed), "evidence changed"),
        ]);
    }
    if summaries {
        let silences = [SummarySign::AskedSaidNothing, SummarySign::NotAsked, SummarySign::NotApplicable];
        entries.extend(silences.map(|sign| entry(Sign::Summary(sign), sign_words(sign))));
    }
    if counted.matrix.cell(page, None, None).is_some_and(|cell| cell.n.others() > 0) {
        entries.push(entry(Sign::Figure("+1"), "pair or group as one"));
    }
    entries.push(entry(Sign::Figure("All"), "each counted once, not a sum"));
    entries.extend(last_column(counted, page).map(|means| Entry { sign: Sign::None, means, lists: false }));
    entries.extend(not_counted(counted).map(|means| Entry { sign: Sign::None, means, lists: true }));
    entries
}

impl Entry {
    /// Width of the sign with the gap behind it.
    fn sign_width(&self, ui: &Ui, tokens: &Tokens) -> f32 {
        let gap = tokens.space.one + tokens.space.half;
        match self.sign {
            Sign::Figure(figure) => measure(ui, figure, tokens.font_in(Type::Micro, family::TABULAR_MEDIUM)) + gap,
            Sign::Hatch => tokens.space.six + gap,
            Sign::Person | Sign::Summary(_) => tokens.size.sign + gap,
            Sign::None => 0.0,
        }
    }

    fn width(&self, ui: &Ui, tokens: &Tokens) -> f32 {
        self.sign_width(ui, tokens) + measure(ui, &self.means, tokens.font(Type::Micro)) + tokens.space.two
    }
}

fn measure(ui: &Ui, words: &str, font: FontId) -> f32 {
    ui.painter().layout_no_wrap(words.to_owned(), font, Color32::PLACEHOLDER).size().x
}

/// Shows a sign with what it means; the two stay on one line. Returns whether what it tells of is to be listed.
fn show_entry(ui: &mut Ui, tokens: &Tokens, entry: &Entry) -> bool {
    let size = vec2(entry.width(ui, tokens), tokens.size.control_small);
    let (role, sense) = if entry.lists { (Role::Button, Sense::click()) } else { (Role::Label, Sense::hover()) };
    let (rect, response) = ui.allocate_exact_size(size, sense);
    response.widget_info(|| WidgetInfo::labeled(role, true, &entry.means));
    let sign = Rect::from_min_size(rect.min, vec2(entry.sign_width(ui, tokens), rect.height()));
    match entry.sign {
        Sign::Figure(figure) => {
            let font = tokens.font_in(Type::Micro, family::TABULAR_MEDIUM);
            paint_words(ui.painter(), sign.left_center(), Align2::LEFT_CENTER, figure, font, tokens.colour.ink);
        }
        Sign::Hatch => {
            let hatch = Stroke::new(tokens.stroke.hairline, tokens.colour.line_hair);
            let centre = sign.left_center() + vec2(tokens.space.three, 0.0);
            let place = Rect::from_center_size(centre, vec2(tokens.space.six, tokens.space.four));
            paint_hatch(ui.painter(), place, place.min, tokens.space.two, hatch);
            let font = tokens.tabular(Type::Small);
            paint_words(ui.painter(), place.center(), Align2::CENTER_CENTER, "–", font, tokens.nobody.text);
        }
        Sign::Person => {
            let centre = sign.left_center() + vec2(tokens.size.sign / 2.0, 0.0);
            paint_person(ui.painter(), centre, tokens.size.sign, tokens.colour.sign);
        }
        Sign::Summary(of) => {
            let centre = sign.left_center() + vec2(tokens.size.sign / 2.0, 0.0);
            paint_summary(ui.painter(), of, centre, tokens.size.sign, [tokens.colour.sign, tokens.colour.sign_edge]);
        }
        Sign::None => {}
    }
    let font = tokens.font(Type::Micro);
    let ink = match (entry.lists, response.hovered()) {
        (true, true) => tokens.colour.accent_hover,
        (true, false) => tokens.colour.accent,
        (false, _) => tokens.colour.ink_secondary,
    };
    paint_words(ui.painter(), sign.right_center(), Align2::LEFT_CENTER, &entry.means, font, ink);
    if response.has_focus() {
        focus_ring(ui, tokens, rect);
    }
    entry.lists && response.on_hover_text(Command::NoParticipantWords.help()).clicked()
}

/// How many people the one column *Not stated* has.
fn last_column(counted: &Counted, page: usize) -> Option<String> {
    let columns = counted.matrix.columns.iter().enumerate();
    let mut not_stated = columns.filter(|(_, head)| head.points.iter().any(|point| point.is_not_stated()));
    let (Some((at, _)), None) = (not_stated.next(), not_stated.next()) else { return None };
    let cell = counted.matrix.cell(page, None, Some(at))?;
    Some(format!("“Not stated”: last column, {}", sentences::how_many(cell.n)))
}

/// How many codings are in no cell, if some are.
fn not_counted(counted: &Counted) -> Option<String> {
    let wordless = counted.matrix.no_participant_words.len() as u32;
    let some = wordless > 0 && !counted.matrix.spec.filter.all_voices;
    some.then(|| format!("{} without participants’ words not counted", sentences::count(wordless, "coding", "codings")))
}

#[cfg(test)]
mod tests {
    use super::fitting;

    #[test]
    fn the_legend_takes_two_lines_at_most() {
        let check = |room: f32, expected: usize| {
            // Six signs of 100 points; the tints take 150 points of the first line.
            assert_eq!(fitting(&[100.0; 6], 150.0, room, 30.0), expected, "{room} points");
        };
        check(800.0, 6);
        check(450.0, 6);
        check(400.0, 6);
        check(399.0, 5);
        check(330.0, 4);
        check(329.0, 3);
        check(90.0, 0);
    }
}

use eframe::egui::{Align, Layout, Rect, Role, ScrollArea, Sense, Ui, WidgetInfo, pos2, vec2};

use super::dialog::{Stays, head};
use super::path_field::take_focus;
use crate::app::context::{Action, Cx};
use crate::app::tokens::{Tokens, Type};
use crate::app::widgets::{Button, fit_width, menu_below, menu_choice, menu_heading, paint_elided, pick, within};

/// What something unknown stands for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Meant {
    /// For this one, which is there.
    Known(String),
    /// For itself: it is to be made.
    New,
    /// For nothing: it is left out.
    Nothing,
}

/// Something unknown, and what it could stand for.
pub struct Match {
    /// As it was written.
    pub words: String,
    /// What it would be one of.
    pub of: String,
    /// What there is, the nearest first.
    pub offers: Vec<String>,
    /// Whether it can be made, where it is none of those.
    pub can_be_made: bool,
    /// What it stands for.
    pub meant: Meant,
}

type Then = Box<dyn FnOnce(Vec<Meant>) -> Action + Send>;

/// A list of unknown things, each to be matched with one that is there, made, or left out.
pub struct Matches {
    title: String,
    what: String,
    lines: Vec<Match>,
    then: Option<Then>,
    fresh: bool,
}

impl Matches {
    /// Asks what each of `lines` stands for; `then` gets the answers in their order.
    #[must_use]
    pub fn new(
        title: impl Into<String>,
        what: impl Into<String>,
        lines: Vec<Match>,
        then: impl FnOnce(Vec<Meant>) -> Action + Send + 'static,
    ) -> Self {
        Self { title: title.into(), what: what.into(), lines, then: Some(Box::new(then)), fresh: true }
    }
}

/// How many lines are seen at once.
const SEEN: f32 = 8.0;

pub(super) fn show(ui: &mut Ui, dialog: &mut Matches, cx: &mut Cx<'_>) -> Stays {
    let tokens = cx.tokens;
    fit_width(ui, tokens, tokens.size.picker_width + tokens.size.facets_pane);
    head(ui, tokens, &dialog.title, &dialog.what);
    let row = tokens.size.control + tokens.space.half;
    let height = row * SEEN.min(dialog.lines.len() as f32);
    let area = ScrollArea::vertical().id_salt("lines").max_height(height).min_scrolled_height(height).auto_shrink([false, true]);
    ui.scope(|ui| {
        ui.spacing_mut().item_spacing.y = 0.0;
        area.show_rows(ui, row, dialog.lines.len(), |ui, range| {
            for (index, line) in dialog.lines.iter_mut().enumerate().take(range.end).skip(range.start) {
                ui.push_id(index, |ui| show_line(ui, tokens, row, line));
            }
        });
    });
    let mut stays = Stays::Open;
    ui.horizontal_wrapped(|ui| {
        let go = Button::primary("Write the cells").show(ui, tokens);
        take_focus(&go, &mut dialog.fresh);
        if go.clicked()
            && let Some(then) = dialog.then.take()
        {
            cx.actions.push(then(dialog.lines.drain(..).map(|line| line.meant).collect()));
            stays = Stays::Closed;
        }
        for (words, meant) in [("Add all as new", Meant::New), ("Leave all out", Meant::Nothing)] {
            let can_be = |line: &Match| line.can_be_made || meant != Meant::New;
            if dialog.lines.iter().any(can_be) && Button::new(words).show(ui, tokens).clicked() {
                dialog.lines.iter_mut().filter(|line| can_be(line)).for_each(|line| line.meant = meant.clone());
            }
        }
        if Button::quiet("Cancel").show(ui, tokens).clicked() {
            stays = Stays::Closed;
        }
    });
    stays
}

/// What was written at the left, what it stands for at the right.
fn show_line(ui: &mut Ui, tokens: &Tokens, height: f32, line: &mut Match) {
    let (rect, _) = ui.allocate_exact_size(vec2(ui.available_width(), height), Sense::hover());
    let (middle, y) = (rect.center().x, rect.center().y);
    let gap = tokens.space.two;
    let end = paint_elided(ui.painter(), rect.left(), middle - gap, y, &line.words, tokens.font(Type::Body), tokens.colour.ink);
    if end + gap < middle {
        let font = tokens.font(Type::Small);
        paint_elided(ui.painter(), end + gap, middle - gap, y, &line.of, font, tokens.colour.ink_tertiary);
    }
    let right = Rect::from_min_max(pos2(middle, rect.top()), rect.max);
    let (label, chosen) = match &line.meant {
        Meant::Known(known) => ("is", known.as_str()),
        Meant::New => ("", "is new"),
        Meant::Nothing => ("", "is left out"),
    };
    let button = within(ui, right, Layout::left_to_right(Align::Center), |ui| pick(ui, tokens, label, chosen));
    button.widget_info(|| {
        WidgetInfo::labeled(Role::Button, true, format!("“{}”, {}: {}", line.words, line.of, format!("{label} {chosen}").trim()))
    });
    menu_below(tokens, &button, |ui| {
        for (meant, words) in [(Meant::New, "Add as new"), (Meant::Nothing, "Leave out")] {
            if meant == Meant::New && !line.can_be_made {
                continue;
            }
            if menu_choice(ui, tokens, words, line.meant == meant, true).clicked() {
                line.meant = meant;
                ui.close();
            }
        }
        menu_heading(ui, tokens, "It is");
        for offer in &line.offers {
            let meant = Meant::Known(offer.clone());
            if menu_choice(ui, tokens, offer, line.meant == meant, true).clicked() {
                line.meant = meant;
                ui.close();
            }
        }
    });
}

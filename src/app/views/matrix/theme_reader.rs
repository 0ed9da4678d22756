use std::sync::Arc;

use eframe::egui::{Align, Id, Key, Layout, Modifiers, Popup, Sense, Ui, UiBuilder, vec2};

use super::gathering::Gathering;
use super::hints::{hint, hint_passages};
use super::list::{self, ListLook, ListState};
use super::pane::theme_of;
use super::passage_row::Naming;
use super::sentences;
use crate::analysis::matrix::{Arranged, CellAt, Levels, Order, Passage, Passages, Point};
use crate::app::command::{self, Command, Scope};
use crate::app::context::Cx;
use crate::app::icons;
use crate::app::state::{Place, View};
use crate::app::tokens::{Type, family};
use crate::app::widgets::{
    Button, empty, hairline_below, icon_button, menu_below, menu_choice, paint_mark, pick, segmented, theme_mark, words,
};

/// All passages of a theme, a column or a total.
pub struct ThemeReader {
    /// What it shows.
    pub gathering: Gathering,
    list: ListState,
    /// Whether the focus is to come to the passages.
    enter: bool,
    /// The place in another view that one came from, to which one goes back.
    pub from: Option<Place>,
}

impl ThemeReader {
    /// A reader on a cell or total.
    #[must_use]
    pub fn new(at: CellAt) -> Self {
        let list = ListState::new(Id::unique("theme reader passages"));
        Self { gathering: Gathering::new(at, Arranged::default()), list, enter: true, from: None }
    }

    /// The same, opened from somewhere; a place in the matrix goes without saying.
    #[must_use]
    pub fn coming_from(self, from: Option<Place>) -> Self {
        Self { from: from.filter(|from| from.view() != View::Matrix), ..self }
    }

    /// Takes a command of lists of passages.
    pub fn command(&mut self, command: Command) {
        let Arranged { levels, order } = &mut self.gathering.arranged;
        match command {
            Command::OrderPassages => *order = after(&ORDERS, *order),
            Command::OrderHeadings => *levels = after(&LEVELS, *levels),
            command => self.list.command(command),
        }
    }

    /// Gives back the line of a contrary mark that could not be kept.
    pub fn give_back(&mut self, of: &Passage, line: &str) {
        self.list.give_back(of, line);
    }

    /// Brings the focus to the passages.
    pub fn enter(&mut self) {
        self.enter = true;
    }
}

/// Every order with its name.
const ORDERS: [(Order, &str); 3] = [(Order::Source, "Source order"), (Order::Theme, "Theme order"), (Order::Newest, "Newest")];

/// Every order of headings with its name.
const LEVELS: [(Levels, &str); 3] =
    [(Levels::Groups, "Group › area"), (Levels::Areas, "Area › group"), (Levels::Participants, "Participant")];

/// The choice after one, the first after the last.
fn after<T: Copy + PartialEq>(choices: &[(T, &str)], now: T) -> T {
    let next = choices.iter().cycle().skip_while(|(choice, _)| *choice != now).nth(1);
    next.map_or(now, |(choice, _)| *choice)
}

/// Shows the reader; returns whether it stays open.
pub fn show(ui: &mut Ui, cx: &mut Cx<'_>, reader: &mut ThemeReader) -> bool {
    reader.gathering.keep_up(cx, "theme reader", |state, at, passages| state.matrix.take_reader(&at, passages));
    let tokens = cx.tokens;
    let area = ui.max_rect();
    ui.painter().rect_filled(area, 0.0, tokens.colour.surface_paper);
    let open = show_head(ui, cx, reader);
    let popup = eframe::egui::Popup::is_any_open(ui.ctx());
    let escaped = !popup && ui.input_mut(|input| input.consume_key(Modifiers::NONE, Key::Escape));
    if reader.list.has_focus(ui) {
        let pressed = command::pressed(ui, Scope::Passages, cx.settings.single_letters);
        for command in pressed {
            reader.command(command);
        }
    }
    if let Some(passages) = reader.gathering.got.clone() {
        show_passages(ui, cx, reader, &passages);
    }
    cx.status.hint(&["Esc"], "Back");
    hint_passages(ui.ctx(), cx);
    hint(ui.ctx(), cx, Command::OrderPassages, "Order");
    hint(ui.ctx(), cx, Command::OrderHeadings, "Headings");
    open && !escaped
}

/// Where one goes back to.
fn back(reader: &ThemeReader) -> &'static str {
    match reader.from.as_ref().map(Place::view) {
        None | Some(View::Matrix) => "Back to the matrix",
        Some(View::Read) => "Back to Read",
        Some(View::Search) => "Back to Search",
        Some(View::Quotes) => "Back to Quotes",
        Some(View::Notes) => "Back to Notes",
        Some(View::Themes) => "Back to Themes",
        Some(View::Cases) => "Back to Cases",
        Some(View::Analyse) => "Back to Analyse",
        Some(View::History) => "Back to History",
    }
}

fn show_passages(ui: &mut Ui, cx: &mut Cx<'_>, reader: &mut ThemeReader, passages: &Arc<Passages>) {
    let tokens = cx.tokens;
    let count = sentences::count(passages.items.len() as u32, "passage", "passages");
    let people = sentences::count(passages.headings.len() as u32, "case", "cases");
    cx.status.say(format!("{}: {count}", sentences::short(&title(cx, &reader.gathering.at))));
    if passages.items.is_empty() {
        let what = if reader.gathering.at.spec.filter.wordless {
            "Codings of which no word is a participant’s stand here; they lie in no cell."
        } else {
            "Passages coded with this theme stand here, under the people who said them."
        };
        empty(ui, tokens, icons::QUOTE, "No passages yet", what, None);
        return;
    }
    cx.status.say(people);
    if std::mem::take(&mut reader.enter) {
        reader.list.enter();
    }
    let naming = reader.gathering.at.key.row.as_deref().and_then(theme_of).map_or(Naming::All, Naming::Besides);
    let widest = tokens.reading.column_width + tokens.space.five + tokens.space.four;
    let theme = [&reader.gathering.at.key.row, &reader.gathering.at.key.column].into_iter().flatten().find_map(|points| theme_of(points));
    let look = ListLook { headings: true, naming, widest, summaries: theme, in_sentences: false };
    list::show(ui, cx, &mut reader.list, passages, look);
}

/// The name of what is read.
fn title(cx: &Cx<'_>, at: &CellAt) -> String {
    if at.spec.filter.wordless {
        return "Codings without participants’ words".to_owned();
    }
    let mut parts: Vec<String> = Vec::new();
    let named = |points: &Option<Vec<Point>>| points.as_ref().map(|points| sentences::points_name(cx.study, points));
    parts.push(named(&at.key.row).unwrap_or_else(|| "Any theme".to_owned()));
    parts.extend(named(&at.key.column));
    parts.extend(named(&at.key.page));
    parts.join(", ")
}

fn show_head(ui: &mut Ui, cx: &mut Cx<'_>, reader: &mut ThemeReader) -> bool {
    let tokens = cx.tokens;
    let colour = &tokens.colour;
    let mut open = true;
    let height = tokens.size.top_bar + tokens.space.one;
    let (rect, _) = ui.allocate_exact_size(vec2(ui.available_width(), height), Sense::hover());
    let inside = rect.shrink2(vec2(tokens.space.three, 0.0));
    hairline_below(ui, tokens, rect);
    ui.scope_builder(UiBuilder::new().max_rect(inside).layout(Layout::right_to_left(Align::Center)), |ui| {
        if Button::new("Export…").icon(icons::SHARE).show(ui, tokens).clicked() {
            cx.run(Command::Export);
        }
        ui.add_space(tokens.space.two);
        let Arranged { levels, order } = &mut reader.gathering.arranged;
        segmented(ui, tokens, "Order", &ORDERS, order, false);
        let named = LEVELS.iter().find(|(choice, _)| choice == levels).map_or("", |(_, name)| name);
        let headings = pick(ui, tokens, "Headings", named).on_hover_text(Command::OrderHeadings.tooltip(ui.ctx()));
        menu_below(tokens, &headings, |ui| {
            for (choice, name) in LEVELS {
                if menu_choice(ui, tokens, name, *levels == choice, true).clicked() {
                    *levels = choice;
                    Popup::close_all(ui.ctx());
                }
            }
        });
        ui.with_layout(Layout::left_to_right(Align::Center), |ui| {
            if icon_button(ui, tokens, icons::ARROW_LEFT, back(reader), true).clicked() {
                open = false;
            }
            if let Some(theme) = reader.gathering.at.key.row.as_deref().and_then(theme_of) {
                let hue = theme_mark(tokens, cx.study, theme);
                let (mark, _) = ui.allocate_exact_size(vec2(tokens.size.theme_mark, tokens.size.theme_mark), Sense::hover());
                paint_mark(ui.painter(), mark.center(), tokens.size.theme_mark, hue.mark, hue.label);
            }
            let font = tokens.font_in(Type::Query, family::INTERFACE_SEMIBOLD);
            let name = eframe::egui::RichText::new(title(cx, &reader.gathering.at)).font(font).color(colour.ink);
            ui.add(eframe::egui::Label::new(name).truncate());
            if let Some(passages) = &reader.gathering.got {
                let count = sentences::count(passages.items.len() as u32, "passage", "passages");
                words(ui, tokens, Type::Small, colour.ink_tertiary, count);
            }
        });
    });
    open
}

//! The quotations of the report one below the other.

use eframe::egui::{Align, Id, Key, Layout, Rect, Role, Sense, Ui, WidgetInfo, pos2, vec2};

use super::entries::Entry;
use super::pane::{ReportPane, run};
use super::row::{Laid, height, quotation_width};
use crate::app::command::{Command, Scope, pressed};
use crate::app::context::Cx;
use crate::app::icons;
use crate::app::tokens::{Tokens, Type};
use crate::app::views::headed::{Headed, show_lines};
use crate::app::views::quotes::QuotesView;
use crate::app::views::quotes::list::{Done, Heights};
use crate::app::widgets::{
    Button, chosen_ground, empty, hairline_below, list_has_keys, list_keys, list_room, plain_key, row_at_hand, within,
};
use crate::exchange::export::no_quotations_says;

/// What the focus is on when it is on the list.
pub(super) fn id() -> Id {
    Id::unique("list of quotations")
}

/// Shows the list in the room there is.
pub(super) fn show(ui: &mut Ui, view: &mut QuotesView, cx: &mut Cx<'_>) {
    let tokens = cx.tokens;
    if list_has_keys(ui, id(), view.wants_focus) {
        take_keys(ui, view, cx);
    }
    // A key may have closed it; the focus is then wanted by the list of quotes.
    if view.report.is_none() {
        return;
    }
    let below = ui.max_rect();
    let list = list_room(ui, below, id(), &mut view.wants_focus);
    let Some(report) = view.report.as_mut() else { return };
    list_up(ui, tokens, report, below);
    list.widget_info(|| WidgetInfo::labeled(Role::ListBox, true, format!("Quotations, {}", report.listing.count())));
    if report.listing.count() == 0 {
        return show_nothing(ui, cx, report);
    }
    let mut done = None;
    let (chosen, count, focused) = (report.place(), report.listing.count(), list.has_focus());
    let ReportPane { found, listing, selected, scrolled, .. } = report;
    show_lines(ui, tokens, "quotations", (listing, chosen), scrolled, |ui, rect, at, place| {
        let Some(entry) = found.all.get(at) else { return };
        let row = Row { entry, at, place: (place + 1, count), chosen: *selected == at };
        if let Some(what) = row.show(ui, cx, rect, focused) {
            done = Some((at, what));
        }
    });
    if let Some((at, done)) = done {
        *selected = at;
        ui.memory_mut(|memory| memory.request_focus(id()));
        if let Done::Run(command) = done {
            run(ui, view, cx, command);
        }
    }
}

/// Lists what is wanted, where something else is than before; the selected row has room for all it has.
fn list_up(ui: &Ui, tokens: &Tokens, report: &mut ReportPane, rect: Rect) {
    let width = quotation_width(tokens, rect);
    let wanted = (report.only, report.of, width);
    if report.made_from != Some(wanted) {
        report.made_from = Some(wanted);
        let heights = Heights::new(ui, tokens, width);
        let shown = report.found.all.iter().enumerate().filter(|(_, entry)| report.lets_in(entry));
        let rows = shown.map(|(at, entry)| (at, entry.of.heading().to_owned(), height(tokens, &heights, entry)));
        report.listing = Headed::new(rows, tokens.size.row);
        if report.place().is_none() {
            report.step(0);
        }
    }
    if let Some((place, entry)) = report.place().zip(report.found.all.get(report.selected)) {
        let heights = Heights::new(ui, tokens, width);
        let more = Laid::new(ui.painter(), tokens, entry, rect, true).height - height(tokens, &heights, entry);
        report.listing.stretch(place, more + tokens.space.one + tokens.size.control);
    }
}

fn show_nothing(ui: &mut Ui, cx: &Cx<'_>, report: &mut ReportPane) {
    let tokens = cx.tokens;
    if report.found.all.is_empty() {
        empty(ui, tokens, icons::QUOTE, "No quotations", &no_quotations_says(&report.name()), None);
    } else if empty(ui, tokens, icons::CHECK, "Nothing to look at here", "", Some("Show all quotations")) {
        report.show_all();
    }
}

struct Row<'a> {
    entry: &'a Entry,
    /// By its place among all.
    at: usize,
    /// Where it stands in the list, from 1, and of how many.
    place: (usize, usize),
    chosen: bool,
}

impl Row<'_> {
    fn show(&self, ui: &mut Ui, cx: &Cx<'_>, rect: Rect, focused: bool) -> Option<Done> {
        let tokens = cx.tokens;
        let response = ui.interact(rect, Id::unique(("quotation", self.at)), Sense::CLICK);
        response.widget_info(|| WidgetInfo::selected(Role::ListBoxOption, true, self.chosen, self.spoken()));
        if self.chosen {
            row_at_hand(ui, id(), response.id);
        }
        chosen_ground(ui, tokens, rect, &response, self.chosen, focused);
        let bottom = Laid::new(ui.painter(), tokens, self.entry, rect, self.chosen).paint(ui, tokens, self.entry, rect);
        hairline_below(ui, tokens, rect);
        let mut done = match (response.double_clicked(), response.clicked()) {
            (true, _) => Some(Done::Run(Command::OpenQuote)),
            (false, clicked) => clicked.then_some(Done::Select),
        };
        if self.chosen {
            let left = rect.left() + tokens.space.four + tokens.space.five - tokens.space.two;
            let top = bottom + tokens.space.one;
            let strip = Rect::from_min_max(pos2(left, top), pos2(rect.right(), top + tokens.size.control));
            done = self.show_actions(ui, cx, strip).map(Done::Run).or(done);
        }
        done
    }

    fn show_actions(&self, ui: &mut Ui, cx: &Cx<'_>, strip: Rect) -> Option<Command> {
        let tokens = cx.tokens;
        within(ui, strip, Layout::left_to_right(Align::Center), |ui| {
            ui.spacing_mut().item_spacing = vec2(tokens.space.half, 0.0);
            let mut button = |words: &str, icon, command: Command| {
                let pressed = Button::quiet(words).icon(icon).small().show(ui, tokens);
                let keys = command.key_words(&pressed.ctx);
                let pressed = if keys.is_empty() { pressed } else { pressed.on_hover_text(keys) };
                pressed.clicked().then_some(command)
            };
            let open = self.entry.words.and_then(|_| button("Open in Read", icons::EXTERNAL_LINK, Command::OpenQuote));
            let copy = button("Copy as text", icons::COPY, Command::CopyQuote);
            open.or(copy)
        })
    }

    /// What a screen reader says of it: what was found first.
    fn spoken(&self) -> String {
        let (at, of) = self.place;
        format!("{}, quotation {at} of {of}", self.entry.lines().join(", "))
    }
}

fn take_keys(ui: &Ui, view: &mut QuotesView, cx: &mut Cx<'_>) {
    let plain = |key| plain_key(ui, key);
    if let Some(report) = &mut view.report {
        let usual = 4.0 * cx.tokens.line_height(Type::ReadingQuote);
        for (key, by) in list_keys(report.scrolled.page(usual)) {
            if plain(key) {
                report.step(by);
            }
        }
    }
    for command in pressed(ui, Scope::Quotes, cx.settings.single_letters) {
        run(ui, view, cx, command);
    }
    if plain(Key::Escape) {
        run(ui, view, cx, Command::CloseReport);
    }
}

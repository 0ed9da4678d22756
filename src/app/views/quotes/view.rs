use std::sync::Arc;

use eframe::egui::{Align, Id, Layout, Rect, Ui};

use super::entries::{Entries, Entry};
use super::facts::FactsMenu;
use super::label::label;
use super::listing::{Wanted, listing};
use super::report::{self, ReportPane};
use super::spread::{self, Of, SpreadPane};
use super::{acts, export, list, narrow, template};
use crate::app::Seen;
use crate::app::command::Command;
use crate::app::context::Cx;
use crate::app::frame::dialogs::Listed;
use crate::app::icons;
use crate::app::numbers::counted;
use crate::app::tokens::Tokens;
use crate::app::user_error::UserError;
use crate::app::views::headed::{Headed, Scrolled};
use crate::app::views::nothing_here;
use crate::app::views::search::export_list;
use crate::app::widgets::{Button, Field, empty, icon_button_for, inside, next_pane, view_head};
use crate::app::worker::Edit;
use crate::study::{QuoteMarkId, Study};

/// What the view remembers.
#[derive(Default)]
pub struct QuotesView {
    pub(super) entries: Entries,
    gathered: Seen,
    pub(super) wanted: Wanted,
    /// The label of each entry.
    pub(super) labels: Arc<[String]>,
    pub(super) listing: Headed,
    /// What the lines were made from: the entries, what is wanted, the template of labels, how wide words are set.
    made_from: Option<(Arc<[Entry]>, Wanted, String, f32)>,
    pub(super) selected: Option<QuoteMarkId>,
    /// The list wants the keys.
    pub(super) wants_focus: bool,
    pub(super) scrolled: Scrolled,
    pub(super) spread: SpreadPane,
    pub(super) facts: FactsMenu,
    /// A report that was checked, shown in the place of the list.
    pub(super) report: Option<ReportPane>,
    /// Commands for the view that wait for its next frame.
    commands: Vec<Command>,
}

/// The field that filters the quotes.
const FILTER: &str = "filter of quotes";

impl QuotesView {
    /// Takes a command of the window.
    pub fn command(&mut self, command: Command) {
        self.commands.push(command);
    }

    /// What is listed, for whoever writes it to a file; `None` while no quote is left out, or all are.
    #[must_use]
    pub fn listed(&self, study: &Study) -> Option<Listed> {
        if let Some(report) = &self.report {
            return report.listed(study);
        }
        export::listed(self, study).filter(|_| self.wanted.narrows())
    }

    /// Puts the keys on the list.
    pub const fn focus_list(&mut self) {
        self.wants_focus = true;
    }

    /// What was written and is not kept yet, as an edit: for when the view is left.
    pub fn leave(&mut self, study: &Study) -> Option<Edit> {
        self.facts.keep(study)
    }

    /// The place of the selected quote in the list.
    pub(super) fn place(&self) -> Option<usize> {
        let mark = self.selected?;
        self.listing.place(|at| self.entries.all.get(at).is_some_and(|entry| entry.quote.mark == mark))
    }

    /// The selected quote.
    pub(super) fn at_hand(&self) -> Option<&Entry> {
        self.entries.all.get(self.listing.row(self.place()?)?)
    }

    /// Selects the quote at a place of the list.
    pub(super) fn select(&mut self, place: usize) {
        self.selected = self.listing.row(place).and_then(|at| self.entries.all.get(at)).map(|entry| entry.quote.mark);
        self.scrolled.to_chosen = true;
    }

    /// Moves by so many quotes; where there is none after the last, to the one before.
    pub(super) fn step(&mut self, by: isize) {
        let Some(last) = self.listing.count().checked_sub(1) else { return };
        let now = self.place();
        let next = now.map_or(0, |now| now.saturating_add_signed(by).min(last));
        self.select(if Some(next) == now && by == 1 { next.saturating_sub(1) } else { next });
    }

    /// Gathers the quotes of another study, and lists them where they are to be listed otherwise.
    fn keep_up(&mut self, ui: &Ui, cx: &mut Cx<'_>, width: f32) {
        if !self.gathered.is(cx.study)
            && let Some(project) = cx.project
        {
            self.gathered = Seen::of(cx.study);
            let (study, texts) = (Arc::clone(cx.study), Arc::clone(&project.texts));
            let gather = move |_: &mut _| {
                Entries::of(&study, texts.as_ref()).map_err(|error| {
                    UserError::new("The quotes cannot be read.", "Look through the project with “Check project”.").because(&error)
                })
            };
            cx.job("quotes", "", gather, |state, entries| state.quotes.entries = entries);
        }
        let template = &cx.settings.quote_label;
        let same = self.made_from.as_ref().is_some_and(|(all, wanted, of, wide)| {
            Arc::ptr_eq(all, &self.entries.all) && *wanted == self.wanted && of == template && (wide - width).abs() < 0.5
        });
        if same {
            return;
        }
        self.labels = self.entries.all.iter().map(|entry| label(template, &entry.who)).collect();
        let heights = list::Heights::new(ui, cx.tokens, width);
        let height = |entry: &Entry| heights.row(&entry.quote.words);
        self.listing = listing(cx.study, &self.entries.all, &self.labels, &self.wanted, cx.tokens.size.row, height);
        self.made_from = Some((Arc::clone(&self.entries.all), self.wanted.clone(), template.clone(), width));
        if self.place().is_none() {
            self.select(0);
        }
    }
}

/// Carries out a command: about the quote one is at, or where the keys go.
pub(super) fn run(ui: &Ui, view: &mut QuotesView, cx: &mut Cx<'_>, command: Command) {
    if command == Command::CheckReport {
        return report::ask(view.report.as_ref(), cx);
    }
    if view.report.is_some() {
        return report::run(ui, view, cx, command);
    }
    let filter = Id::unique(FILTER);
    match command {
        Command::FindInText => return ui.memory_mut(|memory| memory.request_focus(filter)),
        Command::NextPane => {
            next_pane(ui, &[filter, list::id(), spread::id()], 1);
            return;
        }
        Command::QuoteHeadings => {
            let now = &mut view.wanted.grouping;
            let there = narrow::headings(cx.study);
            loop {
                *now = now.next();
                if there.iter().any(|(grouping, _)| grouping == now) {
                    return;
                }
            }
        }
        _ => {}
    }
    let Some(entry) = view.at_hand().cloned() else {
        return nothing_here(cx, command);
    };
    match command {
        Command::OpenQuote => acts::open(cx, &entry),
        Command::CopyQuote => {
            acts::copy(ui, cx, &entry);
            // Where it was asked first what is masked, the keys come back from there.
            view.wants_focus = true;
        }
        Command::Unquote => acts::unquote(view, cx, &entry),
        command => nothing_here(cx, command),
    }
}

/// The share of the room that the list has: of the width, and where that is small, of the height.
const LIST: f32 = 0.56;

/// The room of the list, and that of who is quoted beside it or below it.
fn panes(tokens: &Tokens, whole: Rect) -> (Rect, Rect) {
    if whole.width() >= 2.0 * tokens.size.cell_drawer {
        whole.split_left_right_at_fraction(LIST)
    } else {
        whole.split_top_bottom_at_fraction(LIST)
    }
}

/// Shows the view.
pub fn show(ui: &mut Ui, view: &mut QuotesView, cx: &mut Cx<'_>) {
    let tokens = cx.tokens;
    let whole = ui.max_rect();
    let (list, right) = panes(tokens, whole);
    view.keep_up(ui, cx, list::words_width(tokens, list));
    for command in std::mem::take(&mut view.commands) {
        run(ui, view, cx, command);
    }
    if view.report.is_some() {
        report::show(ui, view, cx, list);
    } else if view.entries.all.is_empty() {
        return show_nothing(ui, view, cx, whole);
    } else {
        let below = view_head(ui, tokens, list, &title(view), |ui| show_head(ui, view, cx));
        inside(ui, below, "quotes", |ui| list::show(ui, view, cx));
        status(view, cx);
    }
    let line = tokens.hairline(tokens.colour.line_hair);
    if right.left() > list.left() {
        ui.painter().vline(list.right(), list.y_range(), line);
    } else {
        ui.painter().hline(list.x_range(), list.bottom(), line);
    }
    inside(
        ui,
        right,
        "who is quoted",
        |ui| if view.report.is_some() { report::show_spread(ui, view, cx) } else { show_spread(ui, view, cx) },
    );
}

fn show_spread(ui: &mut Ui, view: &mut QuotesView, cx: &Cx<'_>) {
    let nobodys = view.entries.all.iter().filter(|entry| entry.quote.cases.is_empty()).count();
    let foot = match nobodys {
        0 => "A quote of several people counts for each of them.".to_owned(),
        some => format!("{} without a participant’s words in the text as it is: not counted.", counted(some, "quote", "quotes")),
    };
    let wanted = Of { group: view.wanted.group, area: view.wanted.area };
    let look = spread::Look { nouns: ["quote", "quotes"], foot: &foot };
    let of = spread::show(ui, cx, &mut view.spread, (&view.entries.spread, wanted), look);
    (view.wanted.group, view.wanted.area) = (of.group, of.area);
}

/// What stands where nothing is quoted yet.
fn show_nothing(ui: &mut Ui, view: &QuotesView, cx: &mut Cx<'_>, whole: Rect) {
    let tokens = cx.tokens;
    if !view.entries.are_of(cx.study) {
        ui.painter().rect_filled(whole, 0.0, tokens.colour.surface_paper);
        empty(ui, tokens, icons::QUOTE, "Gathering the quotes", "", None);
        return;
    }
    let below = view_head(ui, tokens, whole, "Quotes", |ui| {
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| show_check(ui, cx));
    });
    let what = "Passages that you mark for the report stand here with who says them, and how much each group and area is quoted. \
                Mark them on a coding in Read, on a hit of a search or in a list of passages: Q.";
    inside(ui, below, "no quotes", |ui| {
        if empty(ui, tokens, icons::QUOTE, "No quotes yet", what, Some("Open Read")) {
            cx.run(Command::ShowRead);
        }
    });
}

/// The way to a report whose quotations are held against the sources.
fn show_check(ui: &mut Ui, cx: &mut Cx<'_>) {
    let command = Command::CheckReport;
    // Beside a filter that has little room its sign has to do.
    if ui.available_width() < 2.0 * cx.tokens.size.inspector_pane {
        if icon_button_for(ui, cx.tokens, command, true).clicked() {
            cx.run(command);
        }
        return;
    }
    if Button::quiet(command.title()).icon(icons::FILE_CHECK).show(ui, cx.tokens).on_hover_text(command.help()).clicked() {
        cx.run(command);
    }
}

fn title(view: &QuotesView) -> String {
    let (all, shown) = (view.entries.all.len(), view.listing.count());
    let quotes = if all == 1 { "quote" } else { "quotes" };
    if view.wanted.narrows() { format!("{shown} of {all} {quotes}") } else { format!("{all} {quotes}") }
}

fn show_head(ui: &mut Ui, view: &mut QuotesView, cx: &mut Cx<'_>) {
    let tokens = cx.tokens;
    ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
        ui.spacing_mut().item_spacing.x = tokens.space.two;
        let export = Button::quiet("Export…").icon(icons::SHARE).enabled(view.listing.count() > 0).show(ui, tokens);
        if export.on_hover_text("The quotes that are listed").clicked()
            && let Some(listed) = export::listed(view, cx.study)
        {
            export_list(listed, cx);
        }
        show_check(ui, cx);
        template::show(ui, view, cx);
        let field = Field::new(Id::unique(FILTER), "Filter quotes", icons::LIST_FILTER);
        field.width(ui.available_width().min(tokens.size.sources_pane)).show(ui, tokens, &mut view.wanted.filter);
    });
}

fn status(view: &QuotesView, cx: &mut Cx<'_>) {
    if let Some(entry) = view.at_hand() {
        cx.status.say(entry.place.clone());
    }
    for command in [Command::OpenQuote, Command::CopyQuote, Command::Unquote, Command::QuoteHeadings, Command::Export] {
        cx.status.hint_command(command);
    }
}

use std::path::PathBuf;
use std::sync::Arc;

use eframe::egui::{Align, Frame, Label, Layout, Margin, Rect, RichText, Role, Ui, Vec2, WidgetInfo, pos2, vec2};

use super::checking::{SLOT, again};
use super::entries::{Entry, Findings, InSource, Kind};
use super::list;
use super::row::paint_legend;
use crate::app::command::Command;
use crate::app::context::{Action, Cx};
use crate::app::frame::dialogs::Listed;
use crate::app::icons;
use crate::app::numbers::counted;
use crate::app::state::Place;
use crate::app::times::clock;
use crate::app::tokens::Type;
use crate::app::views::headed::{Headed, Scrolled};
use crate::app::views::nothing_here;
use crate::app::views::quotes::export::value_name;
use crate::app::views::quotes::spread::{self, Look, Of};
use crate::app::views::quotes::view::QuotesView;
use crate::app::views::search::export_list;
use crate::app::widgets::{Button, hairline_below, inside, next_pane, segmented, view_head, words};
use crate::exchange::export::{Names, checked_table, tally_says};
use crate::study::{self, Study};
use crate::text::Texts;

/// What is remembered of a report that was checked.
pub struct ReportPane {
    /// The file.
    pub path: PathBuf,
    /// What was found.
    pub(super) found: Findings,
    /// Whether only those are listed that want a look.
    pub(super) only: bool,
    /// Whose words are listed.
    pub(super) of: Of,
    pub(super) listing: Headed,
    /// What the lines were made from: what is wanted, and how wide words are set.
    pub(super) made_from: Option<(bool, Of, f32)>,
    /// The row one is at, by its place among all.
    pub(super) selected: usize,
    pub(super) scrolled: Scrolled,
}

impl QuotesView {
    /// Takes in what was found of a report. Where it is the report that is shown, what is listed stays as it was chosen,
    /// and one stays at the quotation one is at.
    pub(super) fn take_report(&mut self, path: PathBuf, found: Findings) {
        let shown = self.report.take().filter(|shown| shown.path == path);
        let same = shown.as_ref().and_then(|shown| {
            let words = shown.found.all.get(shown.selected)?.quoted();
            found.all.iter().position(|entry| entry.quoted() == words)
        });
        let (only, of, scrolled) = shown.map_or_else(Default::default, |shown| (shown.only, shown.of, shown.scrolled));
        let selected = same.unwrap_or_default();
        self.report = Some(ReportPane { path, found, only, of, listing: Headed::default(), made_from: None, selected, scrolled });
        self.wants_focus = true;
    }
}

impl ReportPane {
    /// Name of the file.
    pub(super) fn name(&self) -> String {
        self.path.file_name().unwrap_or_default().to_string_lossy().into_owned()
    }

    /// Whether a row is wanted.
    pub(super) fn lets_in(&self, entry: &Entry) -> bool {
        (!self.only || entry.of.is_to_look_at()) && entry.is_of(self.of)
    }

    /// Lets all in.
    pub(super) fn show_all(&mut self) {
        (self.only, self.of) = (false, Of::default());
    }

    /// The place of the row one is at in the list.
    pub(super) fn place(&self) -> Option<usize> {
        self.listing.place(|at| at == self.selected)
    }

    fn at_hand(&self) -> Option<&Entry> {
        self.found.all.get(self.listing.row(self.place()?)?)
    }

    /// Moves by so many rows; to the first where one is at none that is listed.
    pub(super) fn step(&mut self, by: isize) {
        let Some(last) = self.listing.count().checked_sub(1) else { return };
        let next = self.place().map_or(0, |now| now.saturating_add_signed(by).min(last));
        if let Some(at) = self.listing.row(next) {
            self.selected = at;
            self.scrolled.to_chosen = true;
        }
    }

    /// The quotations that are listed, to be written; `None` where there are none.
    pub(in crate::app::views::quotes) fn listed(&self, study: &Study) -> Option<Listed> {
        let shown = self.found.all.iter().filter(|entry| self.lets_in(entry));
        let rows: Vec<Kind> = shown.map(|entry| entry.of).filter(|of| *of != Kind::OfFile).collect();
        let group = self.of.group.map(|group| value_name(study, group));
        let area = self.of.area.map(|area| value_name(study, area));
        let whose: Vec<&str> = group.into_iter().chain(area).collect();
        let whose = if whose.is_empty() { String::new() } else { format!(" that hold words of {}", whose.join(", ")) };
        let only = if self.only { ", only those to look at" } else { "" };
        let what = format!("The quotations of “{}”{whose} as they were found in the sources{only}.", self.name());
        let (checked, said) = (Arc::clone(&self.found.checked), what.clone());
        let is_any = !rows.is_empty();
        let of = self.of;
        let make = move |study: &Study, _: &dyn Texts, labels, now| {
            let (mut findings, mut skipped) = (Vec::new(), Vec::new());
            for row in &rows {
                match row {
                    Kind::Right(at) | Kind::Faulty(at) | Kind::Differs(at) | Kind::NotFound(at) => {
                        findings.extend(checked.findings.get(*at));
                    }
                    Kind::Skipped(at) => skipped.extend(checked.skipped.get(*at)),
                    Kind::OfFile => {}
                }
            }
            let cases = findings.iter().filter_map(|finding| finding.place.as_ref()).flat_map(|place| &place.cases).flatten().copied();
            let by = [(study::Role::Group, of.group), (study::Role::Area, of.area)].into_iter().filter(|(_, held)| held.is_some());
            let by = by.filter_map(|(role, _)| study.attributes().with_role(role)).map(|attribute| attribute.id);
            Names::new(study, labels).may_narrow(by, &cases.collect())?;
            Ok(checked_table(study, labels, &said, (&findings, &skipped), now))
        };
        is_any.then(|| Listed { name: "quotations", what, make: Arc::new(make), pictures: Vec::new(), figures: None })
    }
}

/// Carries out a command: about the quotation one is at, or the whole report.
pub(in crate::app::views::quotes) fn run(ui: &Ui, view: &mut QuotesView, cx: &mut Cx<'_>, command: Command) {
    let Some(report) = &mut view.report else { return };
    match command {
        Command::CheckAgain => return again(report, cx),
        Command::OnlyToLookAt => {
            report.only = !report.only;
            return;
        }
        Command::CloseReport => {
            view.report = None;
            view.wants_focus = true;
            // One that is on its way would open it again.
            return cx.actions.push(Action::Cancel(SLOT));
        }
        Command::NextPane => {
            next_pane(ui, &[list::id(), spread::id()], 1);
            return;
        }
        _ => {}
    }
    match (command, report.at_hand()) {
        (Command::OpenQuote, Some(entry)) => open(cx, entry.words),
        (Command::CopyQuote, Some(entry)) => {
            let masks = cx.settings.fewest_in(cx.study.project().id).is_some_and(|fewest| fewest > 1);
            let lines = if masks { entry.lines_without_who() } else { entry.lines() };
            ui.ctx().copy_text(lines.join("\n"));
            cx.say(if masks { "Copied without whose words they are, as few people are masked." } else { "Copied with what was found." });
        }
        (command, _) => nothing_here(cx, command),
    }
}

/// Opens the words in Read; the source they stood in where its text is another since.
fn open(cx: &mut Cx<'_>, words: Option<InSource>) {
    let Some(InSource { source, revision, span }) = words else {
        return cx.say("No source has these words.");
    };
    match cx.study.material(source) {
        None => cx.say("The source is gone. Check the report again."),
        Some(material) if material.source.revision != revision => {
            cx.say("The text was corrected since: check the report again. This is the source.");
            cx.go(Place::Source(source));
        }
        Some(_) => cx.go(Place::Passage(source, span)),
    }
}

/// Shows the report in the room of the list.
pub(in crate::app::views::quotes) fn show(ui: &mut Ui, view: &mut QuotesView, cx: &mut Cx<'_>, whole: Rect) {
    let tokens = cx.tokens;
    let Some(report) = &mut view.report else { return };
    let mut asked = None;
    let below = view_head(ui, tokens, whole, "Report", |ui| asked = show_head(ui, report, cx));
    let mut under = below;
    inside(ui, below, "report", |ui| under.min.y = show_tally(ui, report, cx));
    inside(ui, under, "quotations", |ui| list::show(ui, view, cx));
    if let Some(command) = asked {
        run(ui, view, cx, command);
    }
    if let Some(entry) = view.report.as_ref().and_then(ReportPane::at_hand) {
        cx.status.say(entry.at.clone());
    }
    cx.status.hint_command(Command::OpenQuote);
    let copy = cx.key_names(Command::CopyQuote);
    cx.status.hint(&copy, "Copy as text");
    for command in [Command::OnlyToLookAt, Command::CheckAgain, Command::Export] {
        cx.status.hint_command(command);
    }
    cx.status.hint(&["Esc"], Command::CloseReport.title());
}

/// The name of the file, and what can be done with the report.
fn show_head(ui: &mut Ui, report: &ReportPane, cx: &mut Cx<'_>) -> Option<Command> {
    let tokens = cx.tokens;
    let mut asked = None;
    ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
        ui.spacing_mut().item_spacing.x = tokens.space.half;
        if Button::quiet("Close").icon(icons::X).show(ui, tokens).on_hover_text("Back to the marked quotes").clicked() {
            asked = Some(Command::CloseReport);
        }
        let export = Button::quiet("Export…").icon(icons::SHARE).enabled(report.listing.count() > 0).show(ui, tokens);
        if export.on_hover_text("The quotations that are listed").clicked()
            && let Some(listed) = report.listed(cx.study)
        {
            export_list(listed, cx);
        }
        let again = Button::quiet("Check again").icon(icons::REFRESH_CW).show(ui, tokens);
        if again.on_hover_text(cx.tooltip(Command::CheckAgain)).clicked() {
            asked = Some(Command::CheckAgain);
        }
        ui.with_layout(Layout::left_to_right(Align::Center), |ui| {
            let name = RichText::new(report.name()).font(tokens.font(Type::Body)).color(tokens.colour.ink_secondary);
            ui.add(Label::new(name).truncate()).on_hover_text(report.path.display().to_string());
        });
    });
    asked
}

/// How many quotations are right, which are listed, and how their signs are read; returns where that ends.
fn show_tally(ui: &mut Ui, report: &mut ReportPane, cx: &Cx<'_>) -> f32 {
    let (tokens, colour) = (cx.tokens, &cx.tokens.colour);
    let whole = ui.max_rect();
    let margin = Margin::symmetric(tokens.space.four as i8, tokens.space.two as i8);
    let shown = Frame::NONE.inner_margin(margin).show(ui, |ui| {
        ui.spacing_mut().item_spacing = Vec2::splat(tokens.space.one);
        words(ui, tokens, Type::BodyStrong, colour.ink, tally_says(&report.found.tally));
        let checked = format!("Checked at {}", clock(report.found.time));
        let since = if report.found.seen.is(cx.study) { "" } else { "; the project was changed since" };
        words(ui, tokens, Type::Small, colour.ink_tertiary, format!("{checked}{since}"));
        ui.horizontal(|ui| {
            let wrong = report.found.all.iter().filter(|entry| entry.of.is_to_look_at()).count();
            let all = format!("All {}", report.found.all.len());
            let choices = [(false, all.as_str()), (true, &format!("To look at {wrong}"))];
            segmented(ui, tokens, "Quotations", &choices, &mut report.only, false);
            if report.found.tally.differ > 0 {
                let (rect, legend) = ui.allocate_exact_size(vec2(ui.available_width(), tokens.size.control), eframe::egui::Sense::hover());
                legend.widget_info(|| {
                    WidgetInfo::labeled(Role::Label, true, "Struck through: only in the report. Underlined: only in the source.")
                });
                paint_legend(ui.painter(), tokens, pos2(rect.left() + tokens.space.two, rect.center().y), rect.right());
            }
        });
    });
    let bottom = shown.response.rect.bottom().min(whole.bottom());
    hairline_below(ui, tokens, Rect::from_x_y_ranges(whole.x_range(), whole.top()..=bottom));
    bottom
}

/// Shows who is quoted how much in the report.
pub(in crate::app::views::quotes) fn show_spread(ui: &mut Ui, view: &mut QuotesView, cx: &Cx<'_>) {
    let QuotesView { report, spread: pane, .. } = view;
    let Some(report) = report else { return };
    let foot = match report.found.nobodys {
        0 => "A quotation of several people counts for each of them.".to_owned(),
        some => format!("{} without a participant’s words: not counted.", counted(some, "quotation", "quotations")),
    };
    let look = Look { nouns: ["quotation", "quotations"], foot: &foot };
    report.of = spread::show(ui, cx, pane, (report.found.spread(), report.of), look);
}

use std::collections::HashMap;
use std::sync::Arc;

use eframe::egui::{Id, Label, Margin, RichText, ScrollArea, Sense, TextEdit, Ui, vec2};

use super::cases;
use super::changes;
use super::cited;
use super::draft::{Draft, Drafts};
use super::drift::{Drifted, Under};
use super::field::{self, FieldLook};
use super::marks;
use super::whole::{Written, written_in};
use crate::analysis::changed::{Differs, Standing};
use crate::analysis::matrix::CellAt;
use crate::app::context::Cx;
use crate::app::icons;
use crate::app::numbers::counted;
use crate::app::times::day_and_clock;
use crate::app::tokens::{Tokens, Type, family};
use crate::app::views::matrix::MatrixPlace;
use crate::app::widgets::{Button, Stack, menu_below, menu_choice, paint_words, section, segmented, words};
use crate::exchange::export::{far_name, silence_name};
use crate::project::Access;
use crate::study::{CodingId, Crossed, Crossing, Silence, Spread, Summary, SummaryState};

/// How the summary of a pane's cell is shown.
pub struct SummaryPane {
    /// What no other pane is called: its fields and its job go by it.
    name: &'static str,
    root: Id,
    drifted: Drifted,
    /// Whether what has changed under the cell is told in whole.
    changes: bool,
    changed: Stack<changes::Line>,
    spread_open: bool,
    settle_open: bool,
    /// Whether the summaries of the cases are shown, once somebody has chosen; until then where there was none of the cell when it
    /// was opened, so that nothing moves while one writes.
    cases_open: Option<bool>,
    opened: Option<(Crossing, bool)>,
}

impl SummaryPane {
    /// The summary in the pane of this name.
    #[must_use]
    pub fn new(name: &'static str) -> Self {
        let (root, drifted) = (Id::unique(name), Drifted::default());
        Self {
            name,
            root,
            drifted,
            changes: false,
            changed: Stack::default(),
            spread_open: false,
            settle_open: true,
            cases_open: None,
            opened: None,
        }
    }

    /// Takes in what lies under a cell.
    pub fn found(&mut self, cell: &Crossing, under: &Under) {
        self.drifted.take(cell, under);
    }

    /// How the passages differ in which codings are that were not there when the summary was written, or not so.
    #[must_use]
    pub fn differ(&self) -> Arc<HashMap<CodingId, Differs>> {
        self.drifted.differ()
    }

    /// Whether the words have the keys.
    #[must_use]
    pub fn has_focus(&self, ui: &Ui) -> bool {
        ui.memory(|memory| memory.has_focus(self.root.with("words")))
    }
}

/// Shows the summary of a cell, of which so many passages are `seen`; returns the cell, if it can be written in. Where it is `charted`,
/// its words stand in the chart.
pub fn show(
    ui: &mut Ui,
    cx: &mut Cx<'_>,
    pane: &mut SummaryPane,
    drafts: &mut Drafts,
    (at, charted): (&CellAt, bool),
    seen: Option<usize>,
) -> Option<Crossing> {
    let (cell, whole) = match written_in(cx.study, at) {
        Written::Here(cell) => (cell, false),
        Written::Whole(cell) => (cell, true),
        Written::None(why) => {
            note(ui, cx, why);
            return None;
        }
    };
    let to_read = whole || cx.project.is_none_or(|project| project.access == Access::Read);
    pane.drifted.keep_up(cx, pane.name, &cell);
    let draft = drafts.show(cx.study, &cell);
    show_head(ui, cx, draft, to_read);
    show_drift(ui, cx, pane, &cell, to_read);
    if whole {
        show_left_out(ui, cx, &cell, (seen, pane.drifted.passages()));
    }
    if to_read {
        let gone = draft.now.citations.iter().filter(|citation| pane.drifted.standing(citation) == Standing::NoLonger);
        let loose: Vec<u32> = gone.map(|citation| citation.number).collect();
        inset(ui, cx.tokens, |ui| ui.add(Label::new(marks::to_read_with(cx.tokens, &draft.now.text, ui.available_width(), &loose)).wrap()));
    } else if charted {
        field::keep_in_pauses(ui, cx, draft);
    } else {
        show_words(ui, cx, pane, draft);
    }
    cited::show(ui, cx, &cell, &draft.now.citations, |citation| pane.drifted.standing(citation));
    if matches!(cell.of, Crossed::Values(_)) {
        if to_read {
            inset(ui, cx.tokens, |ui| show_beside(ui, cx, &draft.now.spread));
        } else {
            show_spread(ui, cx, pane, draft);
        }
    }
    show_to_settle(ui, cx, pane, draft, to_read);
    if matches!(cell.of, Crossed::Values(_)) {
        let under = pane.drifted.people().clone();
        if pane.opened.as_ref().is_none_or(|(opened, _)| *opened != cell) {
            pane.opened = Some((cell.clone(), cx.study.summaries().of(&cell).is_none()));
        }
        let was = pane.cases_open.unwrap_or_else(|| pane.opened.as_ref().is_some_and(|(_, empty)| *empty));
        let write = (!to_read).then_some(&mut *draft);
        let open = cases::show(ui, cx, (&cell, &under), write, was);
        if open != was {
            pane.cases_open = Some(open);
        }
    }
    ui.add_space(cx.tokens.space.two);
    (!to_read).then_some(cell)
}

/// The state of the summary, and why there may be nothing to say.
fn show_head(ui: &mut Ui, cx: &Cx<'_>, draft: &mut Draft, to_read: bool) {
    let tokens = cx.tokens;
    let own = cx.study.summaries().of(&draft.cell).cloned();
    ui.horizontal(|ui| {
        ui.add_space(tokens.space.five);
        let strong = tokens.font_in(Type::Small, family::INTERFACE_SEMIBOLD);
        ui.label(RichText::new("Summary").font(strong).color(tokens.colour.ink));
        if to_read {
            let says = own.as_ref().map(|own| own.silence.map_or_else(|| far_name(own), silence_name));
            words(ui, tokens, Type::Small, tokens.colour.ink_secondary, says.unwrap_or_default());
            return;
        }
        if draft.now.text.trim().is_empty() {
            let says = draft.now.silence.map_or("Nothing to say…", silence_name);
            let button = Button::quiet(says).small().menu().show(ui, tokens);
            menu_below(tokens, &button, |ui| {
                for silence in [None, Some(Silence::AskedSaidNothing), Some(Silence::NotAsked), Some(Silence::NotApplicable)] {
                    let says = silence.map_or("Not known", silence_name);
                    if menu_choice(ui, tokens, says, draft.now.silence == silence, true).clicked() {
                        draft.now.silence = silence;
                        ui.close();
                    }
                }
            });
        } else {
            let states = [(SummaryState::Draft, "Draft"), (SummaryState::Charted, "Charted"), (SummaryState::Reviewed, "Reviewed")];
            segmented(ui, tokens, "State", &states, &mut draft.now.state, false);
        }
    });
    if let Some(problem) = draft.problem.clone() {
        inset(ui, cx.tokens, |ui| words(ui, tokens, Type::Small, tokens.colour.error_ink, problem));
    } else {
        // Always a line, so that nothing moves away under the pointer in the moment in which words are kept.
        let says = match own {
            Some(own) => by_whom(cx, &own),
            None if draft.now.text.trim().is_empty() => "Nothing is written yet.".to_owned(),
            None => "Not kept yet.".to_owned(),
        };
        inset(ui, cx.tokens, |ui| words(ui, tokens, Type::Micro, tokens.colour.ink_tertiary, says));
    }
}

/// Says of a summary how much of its cell is not seen beside it, and leads to all of it.
fn show_left_out(ui: &mut Ui, cx: &mut Cx<'_>, cell: &Crossing, of: (Option<usize>, Option<usize>)) {
    let says = match of {
        (Some(seen), Some(all)) if seen < all => {
            format!(
                "This is the summary of the whole cell. {} of its {} filtered out.",
                all - seen,
                counted(all, "passage is", "passages are")
            )
        }
        (Some(_), Some(_)) => "This is the summary of the whole cell. All its passages are seen here.".to_owned(),
        _ => "This is the summary of the whole cell.".to_owned(),
    };
    note(ui, cx, &says);
    let shown = inset(ui, cx.tokens, |ui| Button::quiet("Show whole cell").small().show(ui, cx.tokens).clicked());
    if shown {
        cx.go(MatrixPlace::of(cell));
    }
}

fn by_whom(cx: &Cx<'_>, summary: &Summary) -> String {
    let by = cx.study.coders().get(&summary.coder).map_or("somebody", |coder| coder.name.as_str());
    let did = match summary.state {
        SummaryState::Reviewed => "Reviewed",
        _ if summary.is_from_passages() => "Passages, not yet in your own words: put in",
        _ => "Written",
    };
    let wrote = format!("{did} by {by}, {}", day_and_clock(summary.time, cx.now));
    // What was written since needs no confirmation from before.
    match summary.confirmed.as_ref().filter(|confirmed| confirmed.time >= summary.time) {
        Some(confirmed) => {
            let by = cx.study.coders().get(&confirmed.coder).map_or("somebody", |coder| coder.name.as_str());
            format!("{wrote}; still holds, says {by}, {}", day_and_clock(confirmed.time, cx.now))
        }
        None => wrote,
    }
}

/// Says that something else lies under the cell than when it was written, and shows what; also what is there since and makes
/// nothing stale.
fn show_drift(ui: &mut Ui, cx: &mut Cx<'_>, pane: &mut SummaryPane, cell: &Crossing, to_read: bool) {
    let tokens = cx.tokens;
    let Some(stale) = pane.drifted.drift().map(|drift| drift.is_stale()) else { return };
    let own = cx.study.summaries().of(cell).map(|own| own.id);
    let mut holds = false;
    let mut changes = pane.changes;
    inset(ui, cx.tokens, |ui| {
        ui.horizontal_wrapped(|ui| {
            if stale {
                let (rect, _) = ui.allocate_exact_size(vec2(tokens.size.icon, tokens.size.control_small), Sense::hover());
                let font = tokens.small_icon_font(Type::Small);
                let middle = eframe::egui::Align2::CENTER_CENTER;
                paint_words(ui.painter(), rect.center(), middle, icons::TRIANGLE_ALERT, font, tokens.colour.notice_ink);
                words(ui, tokens, Type::Small, tokens.colour.notice_ink, "Evidence changed");
            } else {
                words(ui, tokens, Type::Small, tokens.colour.ink_tertiary, "Coded again since, within its passages");
            }
            let says = if changes { "Hide what changed" } else { "Show what changed" };
            changes ^= Button::quiet(says).small().show(ui, tokens).clicked();
            if !to_read && stale {
                let button = Button::quiet("Still holds").small().show(ui, tokens);
                holds = button.on_hover_text("The summary stays as it is, and is of what lies under the cell now").clicked();
            }
        });
    });
    if changes {
        changes::show(ui, cx, cell, &pane.drifted, &mut pane.changed);
    }
    pane.changes = changes;
    if let Some(id) = own.filter(|_| holds && cx.can_edit()) {
        cx.edit("Still holds", move |tx| tx.still_holds(id));
    }
}

/// The field of the words.
fn show_words(ui: &mut Ui, cx: &mut Cx<'_>, pane: &SummaryPane, draft: &mut Draft) {
    let space = cx.tokens.space;
    let id = pane.root.with("words");
    let margin = Margin::symmetric(space.two as i8, space.one as i8);
    // A long summary scrolls, so that its passages stay in sight.
    let most = ui.clip_rect().height() * 0.5;
    eframe::egui::Frame::NONE.inner_margin(Margin::symmetric(space.five as i8, 0)).show(ui, |ui| {
        ScrollArea::vertical().id_salt(id.with("scroll")).max_height(most).auto_shrink([false, true]).show(ui, |ui| {
            field::show(ui, cx, draft, FieldLook { id, margin, rows: 3, framed: true });
        });
    });
}

/// What is said beside the summary of a cell of several people.
fn show_spread(ui: &mut Ui, cx: &Cx<'_>, pane: &mut SummaryPane, draft: &mut Draft) {
    let tokens = cx.tokens;
    let spread = &mut draft.now.spread;
    let filled = [&spread.consensus, &spread.range, &spread.dissent].into_iter().filter(|said| !said.trim().is_empty()).count();
    let count = if filled == 0 { String::new() } else { format!("{filled} of 3") };
    pane.spread_open = section(ui, tokens, "Consensus, range, dissent", &count, pane.spread_open);
    if !pane.spread_open {
        return;
    }
    let fields = [
        (&mut spread.consensus, "Consensus", "What they agree on"),
        (&mut spread.range, "Range", "What there is between them"),
        (&mut spread.dissent, "Dissent", "Who says otherwise"),
    ];
    let mut changed = false;
    for (said, name, hint) in fields {
        inset(ui, tokens, |ui| {
            words(ui, tokens, Type::MicroStrong, tokens.colour.ink_secondary, name);
            let field = TextEdit::multiline(said)
                .id(pane.root.with(name))
                .font(tokens.font(Type::Body))
                .text_color(tokens.colour.ink)
                .hint_text(RichText::new(hint).color(tokens.colour.ink_tertiary))
                .margin(Margin::symmetric(tokens.space.two as i8, tokens.space.one as i8))
                .desired_width(f32::INFINITY)
                .desired_rows(1);
            let field = ui.add(field).accessible_name(name);
            changed |= field.changed();
            // The pane may be too low for all three.
            if field.gained_focus() || field.changed() {
                field.scroll_to_me(None);
            }
        });
    }
    if changed {
        draft.unkept.changed(ui);
    }
}

/// What came to the cell from elsewhere.
fn show_to_settle(ui: &mut Ui, cx: &mut Cx<'_>, pane: &mut SummaryPane, draft: &mut Draft, to_read: bool) {
    let tokens = cx.tokens;
    let waiting: Vec<Arc<Summary>> = cx.study.summaries().to_settle(&draft.cell).cloned().collect();
    if waiting.is_empty() {
        return;
    }
    pane.settle_open = section(ui, tokens, "To settle", &waiting.len().to_string(), pane.settle_open);
    for summary in waiting.into_iter().filter(|_| pane.settle_open) {
        let from = summary.from.clone().unwrap_or_default();
        let (mut take, mut settle) = (false, false);
        inset(ui, cx.tokens, |ui| {
            words(ui, tokens, Type::Small, tokens.colour.ink_secondary, format!("From “{from}”, to settle"));
            show_all(ui, cx, &summary);
            if to_read {
                return;
            }
            ui.horizontal(|ui| {
                let adds = Button::new("Add to the summary").small().show(ui, tokens);
                take = adds.on_hover_text("Puts its words behind those of the summary, what it cites under the numbers of it").clicked();
                settle = Button::quiet("Settled").small().show(ui, tokens).on_hover_text("Takes it away. Undo brings it back.").clicked();
            });
        });
        if take {
            draft.now.add(&summary);
            draft.unkept.changed(ui);
        }
        if settle && cx.can_edit() {
            let id = summary.id;
            cx.edit("Settle a summary", move |tx| tx.settle(id));
        }
    }
}

/// What is said beside a summary, to be read.
fn show_beside(ui: &mut Ui, cx: &Cx<'_>, Spread { consensus, range, dissent }: &Spread) {
    let beside = [("Consensus", consensus), ("Range", range), ("Dissent", dissent)].into_iter();
    for (name, said) in beside.filter(|(_, said)| !said.trim().is_empty()) {
        ui.add(Label::new(marks::to_read(cx.tokens, &format!("**{name}** {said}"), ui.available_width())).wrap());
    }
}

/// All that a summary says, to be read.
fn show_all(ui: &mut Ui, cx: &Cx<'_>, summary: &Summary) {
    if !summary.text.trim().is_empty() {
        ui.add(Label::new(marks::to_read(cx.tokens, &summary.text, ui.available_width())).wrap());
    }
    show_beside(ui, cx, &summary.spread);
    for citation in &summary.citations {
        let says = format!("[{}] {}", citation.number, citation.words);
        words(ui, cx.tokens, Type::Small, cx.tokens.colour.ink_tertiary, says);
    }
}

/// Sets something in from the edge of the pane.
pub(super) fn inset<R>(ui: &mut Ui, tokens: &Tokens, add: impl FnOnce(&mut Ui) -> R) -> R {
    let margin = Margin::symmetric(tokens.space.five as i8, tokens.space.half as i8);
    eframe::egui::Frame::NONE.inner_margin(margin).show(ui, add).inner
}

/// Says something quietly.
pub(super) fn note(ui: &mut Ui, cx: &Cx<'_>, says: &str) {
    inset(ui, cx.tokens, |ui| words(ui, cx.tokens, Type::Small, cx.tokens.colour.ink_tertiary, says));
}

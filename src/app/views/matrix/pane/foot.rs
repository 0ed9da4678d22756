//! Who says otherwise, and who is not heard.

use std::collections::{BTreeMap, BTreeSet};

use eframe::egui::{Align2, Rect, Role, Sense, Ui, WidgetInfo, pos2, vec2};

use super::super::passage_row::{self, Naming, RowLook};
use super::super::sentences;
use super::{Pane, is_of_case, note};
use crate::analysis::matrix::{Passage, Passages, Silent, Why, people_of};
use crate::app::context::Cx;
use crate::app::icons;
use crate::app::state::Place;
use crate::app::tokens::{Type, family};
use crate::app::views::matrix::MatrixPlace;
use crate::app::views::notes::open_memo;
use crate::app::widgets::{focus_ring, paint_elided, paint_status, paint_words, section, select_fill, words};
use crate::study::{CaseId, Crossed, Crossing, Memo, MemoOn, StatusKind, ThemeId};

/// Who says otherwise, and who is not heard: two lists that are never added up.
pub fn show(ui: &mut Ui, cx: &mut Cx<'_>, pane: &mut Pane, passages: &Passages) {
    let tokens = cx.tokens;
    ui.spacing_mut().item_spacing.y = 0.0;
    let contrary: Vec<_> = passages.items.iter().filter(|passage| passage.contrary).collect();
    let mut count = sentences::count(contrary.len() as u32, "passage", "passages");
    let says: BTreeSet<CaseId> =
        contrary.iter().filter_map(|passage| passages.headings.get(passage.heading)).filter_map(|heading| heading.case).collect();
    if !says.is_empty() {
        count = format!("{count}, by {}", sentences::how_many(people_of(cx.study, says)));
    }
    let was = pane.says_open.unwrap_or(!contrary.is_empty());
    let open = section(ui, tokens, "Says otherwise", &count, was);
    if open != was {
        pane.says_open = Some(open);
    }
    if open {
        for passage in &contrary {
            ui.push_id((passage.source, passage.span.start), |ui| show_contrary(ui, cx, pane, passage));
        }
        if contrary.is_empty() {
            note(ui, cx, "No passage here is marked as contrary.");
        }
    }
    if is_of_case(&pane.gathering.at) {
        // One person is heard or not: the passages say it.
        show_memos(ui, cx, pane);
        ui.add_space(tokens.space.two);
        return;
    }
    show_not_heard(ui, cx, pane, passages);
    show_memos(ui, cx, pane);
    ui.add_space(tokens.space.two);
}

/// Who is not heard, by why: each kind with its own count, for they mean different things.
fn show_not_heard(ui: &mut Ui, cx: &mut Cx<'_>, pane: &mut Pane, passages: &Passages) {
    let tokens = cx.tokens;
    let theme = pane.gathering.at.crossing().map(|cell| cell.theme);
    let mut kinds: BTreeMap<Why, Vec<&Silent>> = BTreeMap::new();
    for silent in &passages.not_heard {
        kinds.entry(silent.why(cx.study, theme)).or_default().push(silent);
    }
    let counts: Vec<String> = kinds.iter().map(|(why, silent)| format!("{} {}", silent.len(), briefly(*why))).collect();
    let counts = if counts.is_empty() { "nobody".to_owned() } else { counts.join(" · ") };
    pane.silent_open = section(ui, tokens, "Not heard on this", &counts, pane.silent_open);
    if !pane.silent_open {
        return;
    }
    for (why, silent) in kinds {
        let some = people_of(cx.study, silent.iter().map(|silent| silent.case));
        ui.horizontal(|ui| {
            ui.set_min_height(tokens.size.control_small);
            ui.add_space(tokens.space.five);
            ui.spacing_mut().item_spacing.x = tokens.space.two;
            let title = words(ui, tokens, Type::MicroStrong, tokens.colour.ink_secondary, kind_name(why));
            title.on_hover_text(kind_means(why));
            words(ui, tokens, Type::Micro, tokens.colour.ink_tertiary, sentences::part_of(some, passages.present));
        });
        for silent in silent {
            show_silent(ui, cx, silent, (why, theme));
        }
    }
    if passages.not_heard.is_empty() {
        note(ui, cx, "Everybody here is heard.");
    }
}

/// The name of a kind of silence.
const fn kind_name(why: Why) -> &'static str {
    match why {
        Why::NotCodedYet => "Not coded yet",
        Why::AskedSaidNothing => "Asked, said nothing",
        Why::NotAsked => "Not asked",
        Why::NotApplicable => "Not applicable",
        Why::NotKnown => "Not known whether asked",
    }
}

/// The same behind a number, where there is little room.
const fn briefly(why: Why) -> &'static str {
    match why {
        Why::NotCodedYet => "not coded yet",
        Why::AskedSaidNothing => "asked",
        Why::NotAsked => "not asked",
        Why::NotApplicable => "not applicable",
        Why::NotKnown => "not known",
    }
}

/// What a kind of silence means.
const fn kind_means(why: Why) -> &'static str {
    match why {
        Why::NotCodedYet => "Their sources are not all marked done: they may be heard yet",
        Why::AskedSaidNothing => "A question to them is coded with this theme, or an analyst says so in their cell",
        Why::NotAsked => "An analyst says so in their cell",
        Why::NotApplicable => "It does not concern them, as an analyst says in their cell",
        Why::NotKnown => "All is coded and no question to them is coded with this theme. Say in their cell whether they were asked.",
    }
}

/// The memos on the cell; a press leads to one in Notes.
fn show_memos(ui: &mut Ui, cx: &mut Cx<'_>, pane: &mut Pane) {
    let Some(cell) = pane.gathering.at.crossing() else { return };
    let study = cx.study;
    let on_cell = |memo: &&Memo| matches!(&memo.on, MemoOn::Cell { cell: own } if *own == cell);
    let memos: Vec<&Memo> = study.memos().iter().filter(on_cell).collect();
    if memos.is_empty() {
        return;
    }
    let tokens = cx.tokens;
    pane.memos_open = section(ui, tokens, "Memos", &memos.len().to_string(), pane.memos_open);
    for memo in memos.into_iter().filter(|_| pane.memos_open) {
        let height = tokens.size.control_small + tokens.space.half;
        let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), height), Sense::click());
        let by = study.coders().get(&memo.coder).map_or("", |coder| coder.initials.as_str());
        let words = memo.text.split_whitespace().collect::<Vec<_>>().join(" ");
        response.widget_info(|| WidgetInfo::labeled(Role::Button, true, format!("Memo, {by}: {words}")));
        select_fill(ui, tokens, rect, false, &response);
        if response.has_focus() {
            focus_ring(ui, tokens, rect);
        }
        let (middle, right) = (rect.center().y, rect.right() - tokens.space.four);
        let by =
            paint_words(ui.painter(), pos2(right, middle), Align2::RIGHT_CENTER, by, tokens.font(Type::Small), tokens.colour.ink_tertiary);
        let from = rect.left() + tokens.space.five;
        paint_elided(ui.painter(), from, by.left() - tokens.space.two, middle, &words, tokens.font(Type::Small), tokens.colour.ink);
        if response.clicked() {
            open_memo(cx, memo.id);
        }
    }
}

/// A passage that says otherwise; a press leads to it among the others, where it can be acted on.
fn show_contrary(ui: &mut Ui, cx: &mut Cx<'_>, pane: &mut Pane, passage: &Passage) {
    let id = ui.scope_id().with("contrary");
    let hovered = ui.ctx().read_response(id).is_some_and(|before| before.hovered());
    let look = RowLook { focused: false, hovered, context: false, in_sentence: false, naming: Naming::None, contrary: true };
    let top = ui.cursor().top();
    let height = passage_row::show(ui, cx, &mut pane.popups, passage, look);
    let rect = Rect::from_x_y_ranges(ui.max_rect().x_range(), top..=top + height);
    let response = ui.interact(rect, id, Sense::click());
    response.widget_info(|| WidgetInfo::labeled(Role::Button, true, format!("Says otherwise: {}", passage_row::place_of(cx, passage))));
    if response.has_focus() {
        focus_ring(ui, cx.tokens, rect);
    }
    if response.clicked() {
        pane.list.go(passage);
    }
}

/// Somebody who is not heard, why as far as is known, and the way to where it can be looked up.
fn show_silent(ui: &mut Ui, cx: &mut Cx<'_>, silent: &Silent, (kind, theme): (Why, Option<ThemeId>)) {
    let tokens = cx.tokens;
    let colour = &tokens.colour;
    let label = cx.study.case(silent.case).map_or("", |case| case.label.as_str());
    let height = tokens.size.control_small + tokens.space.half;
    let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), height), Sense::click());
    let why = match kind {
        _ if silent.said(cx.study, theme).is_some() => "As an analyst says".to_owned(),
        Why::NotCodedYet => format!("Source still being coded, {:.0} %", silent.coded * 100.0),
        Why::AskedSaidNothing => "A question is coded".to_owned(),
        Why::NotAsked | Why::NotApplicable | Why::NotKnown => "No question coded".to_owned(),
    };
    // The place of the question, where there is one to look up.
    let question = silent.asked.filter(|_| silent.done);
    let paragraph = question.and_then(|(source, span)| cx.study.material(source)?.geometry.paragraph_at(span.start));
    // Where nobody knows, one goes to their cell, where all that they say stands and where it can be said.
    let cell = theme.map(|theme| Crossing { theme, of: Crossed::Case(silent.case) }).filter(|_| kind == Why::NotKnown);
    let link = match (paragraph, &cell) {
        (Some(at), _) => format!("¶ {}", at + 1),
        (None, Some(_)) => "Say".to_owned(),
        (None, None) => "Open".to_owned(),
    };
    response.widget_info(|| WidgetInfo::labeled(Role::Button, true, format!("{label}: {why}. {link}")));
    select_fill(ui, tokens, rect, false, &response);
    if response.has_focus() {
        focus_ring(ui, tokens, rect);
    }
    let sign = rect.left_center() + vec2(tokens.space.five + tokens.space.half, 0.0);
    let middle = rect.center().y;
    if question.is_some() {
        let icon = tokens.small_icon_font(Type::Small);
        paint_words(ui.painter(), sign, Align2::CENTER_CENTER, icons::MESSAGE_SQUARE_QUOTE, icon, colour.sign_quiet);
    } else {
        paint_status(ui.painter(), tokens, sign, if silent.done { StatusKind::Done } else { StatusKind::Coding });
    }
    let name = tokens.font_in(Type::Small, family::INTERFACE_MEDIUM);
    let from = sign.x + tokens.space.three;
    let end = from + tokens.size.matrix_column + tokens.space.eight;
    paint_elided(ui.painter(), from, end, middle, label, name.clone(), colour.ink);
    let open = rect.right() - tokens.space.four - tokens.space.eight;
    paint_elided(
        ui.painter(),
        end + tokens.space.two,
        open - tokens.space.two,
        middle,
        &why,
        tokens.font(Type::Small),
        colour.ink_secondary,
    );
    paint_elided(ui.painter(), open, rect.right(), middle, &link, name, colour.accent);
    if response.clicked() {
        cx.go(match (question, cell) {
            (Some((source, span)), _) => Place::Passage(source, span),
            (None, Some(cell)) => MatrixPlace::of(&cell),
            (None, None) => Place::Source(silent.source),
        });
    }
}

//! The source round the hit one is at.

use eframe::egui;
use std::collections::{BTreeMap, HashMap};

use eframe::egui::{Align, Align2, Color32, Rect, Role as Spoken, ScrollArea, Sense, Ui, UiBuilder, WidgetInfo, pos2, vec2};

use super::answer::Row;
use super::row::{coded, group_name};
use super::view::SearchView;
use super::{acts, hits};
use crate::app::command::Command;
use crate::app::context::Cx;
use crate::app::icons;
use crate::app::numbers::grouped;
use crate::app::tokens::{Type, family};
use crate::app::widgets::{Button, Chip, chip, elided, icon_button, in_chars, paint_under, paint_words, reading, theme_mark, words};
use crate::app::worker::LoadedText;
use crate::study::{BuiltIn, Material, ThemeId};
use crate::text::{Layer, Paragraph, ParagraphKind, Span, Voice, layers, union};

/// Paragraphs shown before a hit, and after it.
const BEFORE: usize = 3;
const AFTER: usize = 8;
/// From which width on the buttons below it show their keys, in widths of the left rail.
const KEYS_FIT: f32 = 2.8;

/// Shows the preview.
pub(super) fn show(ui: &mut Ui, view: &mut SearchView, cx: &mut Cx<'_>) {
    let Some((at, row)) = view.current().or_else(|| last(view)).map(|(at, row)| (at, row.clone())) else { return };
    let Some(material) = cx.study.material(row.source).cloned() else { return };
    let tokens = cx.tokens;
    let whole = ui.max_rect();
    let head_height = tokens.size.top_bar + tokens.space.eight;
    let foot_height = tokens.size.top_bar + tokens.space.eight;
    let head = Rect::from_min_size(whole.min, vec2(whole.width(), head_height));
    let foot = Rect::from_min_max(pos2(whole.left(), whole.bottom() - foot_height), whole.max);
    let body = Rect::from_min_max(head.left_bottom(), foot.right_top());
    let inset = vec2(tokens.space.five, tokens.space.three);
    ui.scope_builder(UiBuilder::new().max_rect(head.shrink2(inset)), |ui| show_head(ui, cx, &material, &row));
    let line = egui::Stroke::new(tokens.stroke.hairline, tokens.colour.line_hair);
    ui.painter().hline(head.x_range(), head.bottom(), line);
    ui.painter().hline(foot.x_range(), foot.top(), line);
    ui.scope_builder(UiBuilder::new().max_rect(body).id_salt("body"), |ui| {
        ui.set_clip_rect(body.intersect(ui.clip_rect()));
        show_body(ui, view, cx, &material, at, &row);
    });
    let foot = foot.shrink2(vec2(tokens.space.four, tokens.space.two));
    ui.scope_builder(UiBuilder::new().max_rect(foot).id_salt("foot"), |ui| show_foot(ui, view, cx, at, &row));
}

/// Says what stands here when there is a hit.
pub(super) fn show_nothing(ui: &mut Ui, cx: &Cx<'_>) {
    let tokens = cx.tokens;
    eframe::egui::Frame::NONE.inner_margin(tokens.space.five).show(ui, |ui| {
        words(ui, tokens, Type::Small, tokens.colour.ink_tertiary, "The source round a hit is shown here.");
    });
}

/// What was shown last stays until the next answer is there: typing would make it flicker.
fn last(view: &SearchView) -> Option<(usize, &Row)> {
    let rows = &view.answer.as_ref()?.rows;
    rows.iter().enumerate().find(|(_, row)| Some(row.id()) == view.list.previewed)
}

fn show_head(ui: &mut Ui, cx: &mut Cx<'_>, material: &Material, row: &Row) {
    let (tokens, colour) = (cx.tokens, &cx.tokens.colour);
    ui.horizontal(|ui| {
        let title = format!("{} {}", material.source.label, material.source.title);
        let galley = elided(ui.painter(), &title, tokens.font(Type::PaneTitle), colour.ink, ui.available_width() - tokens.size.control);
        let (rect, response) = ui.allocate_exact_size(vec2(galley.size().x, tokens.size.control_small), Sense::hover());
        response.widget_info(|| WidgetInfo::labeled(Spoken::Heading, true, &title));
        ui.painter().galley(pos2(rect.left(), rect.center().y - galley.size().y / 2.0), galley, colour.ink);
        ui.with_layout(egui::Layout::right_to_left(Align::Center), |ui| {
            if icon_button(ui, tokens, icons::MAXIMIZE_2, "Open this source in Read", true).clicked() {
                acts::open(row, cx);
            }
        });
    });
    ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = tokens.space.one + tokens.space.half;
        let group = group_name(cx.study, row);
        let kind = cx.study.built_in(material, BuiltIn::Kind);
        for fact in [group, kind].into_iter().filter(|fact| !fact.is_empty()) {
            chip(ui, tokens, Chip::Plain, &fact);
        }
        // The top bar says so too.
        let room = ui.available_width() > tokens.size.left_rail + tokens.space.two;
        if cx.study.project().synthetic && room {
            chip(ui, tokens, Chip::Notice, "Synthetic");
        }
    });
}

fn show_body(ui: &mut Ui, view: &mut SearchView, cx: &Cx<'_>, material: &Material, at: usize, row: &Row) {
    let tokens = cx.tokens;
    let Some(text) = material.revision().and_then(|revision| cx.texts.get(revision.text)) else { return };
    let rows = view.answer.as_ref().map(|answer| answer.rows.as_ref()).unwrap_or_default();
    // Hits are in the order of places: those of the paragraphs shown stand near.
    let near = rows.iter().skip(at.saturating_sub(BEFORE)).take(BEFORE + AFTER + 1).filter(|near| near.source == row.source);
    let near: HashMap<usize, &Row> = near.map(|near| (near.paragraph, near)).collect();
    let came = view.list.previewed.replace(row.id()) != Some(row.id());
    ScrollArea::vertical().id_salt("preview").auto_shrink(false).show(ui, |ui| {
        ui.spacing_mut().item_spacing.y = 0.0;
        ui.add_space(tokens.space.four);
        let paragraphs = material.geometry.paragraphs();
        let first = row.paragraph.saturating_sub(BEFORE);
        let mut speaker = None;
        for (index, paragraph) in paragraphs.iter().enumerate().skip(first).take(BEFORE + AFTER + 1) {
            if paragraph.kind == ParagraphKind::Furniture {
                continue;
            }
            let here = index == row.paragraph;
            let names_speaker = speaker.replace(paragraph.speaker) != Some(paragraph.speaker);
            let shown = Shown { material, text: &text, paragraph, index, here, names_speaker, hit: near.get(&index).copied() };
            let rect = show_paragraph(ui, cx, &shown);
            if here && came {
                let fits = rect.height() < ui.clip_rect().height();
                ui.scroll_to_rect(rect, Some(if fits { Align::Center } else { Align::TOP }));
            }
        }
        ui.add_space(tokens.space.eight);
    });
}

struct Shown<'a> {
    material: &'a Material,
    text: &'a LoadedText,
    paragraph: &'a Paragraph,
    index: usize,
    /// Whether it is the hit one is at.
    here: bool,
    /// Whether another speaks than in the paragraph before.
    names_speaker: bool,
    hit: Option<&'a Row>,
}

fn show_paragraph(ui: &mut Ui, cx: &Cx<'_>, shown: &Shown<'_>) -> Rect {
    let (tokens, colour) = (cx.tokens, &cx.tokens.colour);
    let Shown { material, text, paragraph, index, here, names_speaker, hit } = *shown;
    let voice = material.speaker_of(paragraph).0;
    let quiet = voice == Voice::Interviewer;
    let gutter = tokens.reading.paragraph_number_width + tokens.space.four;
    let width = ui.available_width() - gutter - tokens.space.six;
    let is_coded = material.codings_over(paragraph.span).next().is_some();
    let is_found = hit.is_some_and(|hit| !hit.matches.is_empty());
    // On the grounds of codings and of found words only ink can be read.
    let ink = if quiet && !is_coded && !is_found { colour.ink_secondary } else { colour.ink };
    let words = paragraph.span.slice(&text.text);
    let galley = reading(ui.painter(), tokens, Type::ReadingHit, ink, words, width, usize::MAX);
    let label = material.geometry.labels().get(usize::from(paragraph.speaker)).filter(|_| names_speaker);
    let label_height = if label.is_some() { tokens.line_height(Type::Body) } else { 0.0 };
    let height = label_height + galley.size().y + tokens.space.two + tokens.space.half;
    let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), height), Sense::hover());
    let name = label.map_or_else(String::new, |label| format!("{label}: "));
    response.widget_info(|| WidgetInfo::labeled(Spoken::Paragraph, true, format!("¶ {}, {name}{words}", index + 1)));
    if !ui.is_rect_visible(rect) {
        return rect;
    }
    let first_line = if label.is_some() { label_height } else { tokens.line_height(Type::ReadingHit) };
    let number_at = pos2(rect.left() + gutter - tokens.space.three, rect.top() + first_line / 2.0);
    let number_font = if here { tokens.tabular(Type::MicroStrong) } else { tokens.tabular(Type::Micro) };
    let number_ink = if here { colour.accent } else { colour.ink_tertiary };
    paint_words(ui.painter(), number_at, Align2::RIGHT_CENTER, index + 1, number_font, number_ink);
    let origin = pos2(rect.left() + gutter, rect.top() + label_height);
    if let Some(label) = label {
        let weight = if quiet { family::INTERFACE } else { family::INTERFACE_SEMIBOLD };
        let ink = if quiet { colour.ink_tertiary } else { colour.ink_secondary };
        let at = pos2(origin.x, rect.top() + first_line / 2.0);
        paint_words(ui.painter(), at, Align2::LEFT_CENTER, label, tokens.font_in(Type::Small, weight), ink);
    }
    for (span, ground) in grounds(cx, material, paragraph) {
        paint_under(ui.painter(), tokens, &galley, origin, in_chars(words, part_of(paragraph, span)), ground);
    }
    let fill = if here { colour.find_match_current } else { colour.find_match };
    for found in hit.into_iter().flat_map(|hit| hit.matches.iter()) {
        paint_under(ui.painter(), tokens, &galley, origin, in_chars(words, *found), fill);
    }
    ui.painter().galley(origin, galley, ink);
    rect
}

/// The grounds of a paragraph's words under codings, as Read draws them: a second coding of one theme adds none.
fn grounds(cx: &Cx<'_>, material: &Material, paragraph: &Paragraph) -> Vec<(Span, Color32)> {
    let mut by_theme: BTreeMap<ThemeId, Vec<Span>> = BTreeMap::new();
    for coding in material.codings_over(paragraph.span).map(|coded| &coded.coding) {
        by_theme.entry(coding.theme).or_default().extend(coding.span.intersection(paragraph.span));
    }
    let mut tints: Vec<(Span, ThemeId)> =
        by_theme.into_iter().flat_map(|(theme, spans)| union(spans).into_iter().map(move |span| (span, theme))).collect();
    tints.sort_by_key(|(span, theme)| (span.start, u32::MAX - span.end, *theme));
    let spans: Vec<Span> = tints.iter().map(|(span, _)| *span).collect();
    let tokens = cx.tokens;
    let ground = |layer: &Layer| {
        let over = layer.over.iter().filter_map(|index| tints.get(*index));
        tokens.tinted(over.enumerate().map(|(depth, (_, theme))| {
            let alpha = tokens.underlay_alpha * tokens.underlay_factor.powi(i32::try_from(depth).unwrap_or(0));
            (theme_mark(tokens, cx.study, *theme).tint, alpha)
        }))
    };
    layers(&spans).iter().map(|layer| (layer.span, ground(layer))).collect()
}

/// A span of the text as one of the paragraph's words.
const fn part_of(paragraph: &Paragraph, span: Span) -> Span {
    Span { start: span.start - paragraph.span.start, end: span.end - paragraph.span.start }
}

fn show_foot(ui: &mut Ui, view: &mut SearchView, cx: &mut Cx<'_>, at: usize, row: &Row) {
    let (tokens, colour) = (cx.tokens, &cx.tokens.colour);
    let total = view.answer.as_ref().map_or(0, |answer| answer.total);
    ui.spacing_mut().item_spacing = vec2(tokens.space.one, tokens.space.half);
    ui.horizontal(|ui| {
        ui.set_height(tokens.size.control_small);
        let coded = coded(cx.study, row);
        let says = format!("Hit {} of {}   ¶ {}, {coded}", grouped(at + 1), grouped(total), row.paragraph + 1);
        let room = ui.available_width() - 2.0 * tokens.size.control - tokens.space.three;
        let galley = elided(ui.painter(), &says, tokens.font(Type::Small), colour.ink_secondary, room);
        let (rect, response) = ui.allocate_exact_size(vec2(room, tokens.size.control_small), Sense::hover());
        response.widget_info(|| WidgetInfo::labeled(Spoken::Label, true, &says));
        ui.painter().galley(pos2(rect.left(), rect.center().y - galley.size().y / 2.0), galley, colour.ink_secondary);
        ui.with_layout(egui::Layout::right_to_left(Align::Center), |ui| {
            if icon_button(ui, tokens, icons::ARROW_DOWN, "Next hit  (↓)", true).clicked() {
                hits::step(view, 1);
            }
            if icon_button(ui, tokens, icons::ARROW_UP, "Previous hit  (↑)", true).clicked() {
                hits::step(view, -1);
            }
        });
    });
    ui.horizontal(|ui| {
        if Button::primary("Open in Read").keys(&Command::OpenHit.key_names(ui.ctx())).show(ui, tokens).clicked() {
            acts::open(row, cx);
        }
        // The status bar names the keys too.
        let fit = ui.available_width() > tokens.size.left_rail * KEYS_FIT;
        let keys = |command: Command| if fit { command.key_names(ui.ctx()) } else { Vec::new() };
        let (code, quote) = (keys(Command::CodeHit), keys(Command::QuoteHit));
        if Button::quiet("Code…").keys(&code).show(ui, tokens).clicked() {
            hits::code_focused(view, cx);
        }
        if Button::quiet("Quote").keys(&quote).show(ui, tokens).clicked() {
            hits::quote_focused(view, cx);
        }
    });
}

use std::sync::Arc;

use eframe::egui::accesskit::Action;
use eframe::egui::text::{LayoutJob, TextFormat, TextWrapping};
use eframe::egui::{Align, Align2, Color32, CursorIcon, FontId, Galley, Id, Rect, Role, Sense, Ui, WidgetInfo, pos2};

use super::blocks::has_number;
use super::page::{Columns, Page, Shown};
use crate::app::tokens::{Tokens, Type, family};
use crate::app::widgets::{elided, fold_sign, paint_elided, paint_words};
use crate::study::{NOT_STATED, Study};
use crate::text::{Anchor, NO_SPEAKER, Paragraph, ParagraphKind, Voice};

/// What stands left of a paragraph: its number, its speaker, the time, a bar beside the one with the caret.
pub struct Gutter<'a> {
    /// Colours and sizes.
    pub tokens: &'a Tokens,
    /// For the names of cases.
    pub study: &'a Study,
    /// The text.
    pub page: Page<'a>,
    /// Where things stand across.
    pub columns: Columns,
    /// The pane.
    pub area: Rect,
}

/// How wide the column of speakers has to be in this text, in points. Short labels leave the room to names of themes.
#[must_use]
pub fn width(ui: &Ui, tokens: &Tokens, page: Page<'_>) -> f32 {
    let most = tokens.reading.speaker_gutter_width;
    let wide = |words: &str, font| elided(ui.painter(), words, font, Color32::PLACEHOLDER, most).size().x;
    let geometry = page.geometry();
    let time = (!geometry.anchors().is_empty()).then(|| wide("0:00:00", tokens.tabular(Type::Micro)));
    let labels = geometry.labels().iter().map(|label| wide(label, tokens.font_in(Type::Small, family::INTERFACE_SEMIBOLD)));
    match labels.chain(time).reduce(f32::max) {
        // A letter keeps away from the paragraph's number.
        Some(widest) => (widest.ceil() + tokens.space.one).clamp(tokens.space.six, most),
        None => 0.0,
    }
}

impl Gutter<'_> {
    /// Shows it for a block; `current` is the paragraph with the caret.
    pub fn show(&self, ui: &Ui, shown: &Shown, current: bool) {
        let (tokens, colour) = (self.tokens, &self.tokens.colour);
        let Some(paragraph) = self.page.geometry().paragraphs().get(shown.block.paragraph) else { return };
        let painter = ui.painter();
        if current {
            let inset = tokens.stroke.bracket_focused;
            let right = self.area.left() + tokens.stroke.bracket;
            let bar = Rect::from_min_max(pos2(self.area.left(), shown.at.y + inset), pos2(right, shown.bottom() - inset));
            painter.rect_filled(bar, 0.0, colour.accent);
        }
        decorate(ui, tokens, self.page, shown);
        if !shown.block.first {
            return;
        }
        let y = shown.at.y + shown.line / 2.0 + tokens.space.hair;
        let (font, ink) =
            if current { (tokens.tabular(Type::MicroStrong), colour.accent) } else { (tokens.tabular(Type::Micro), colour.ink_tertiary) };
        let at = pos2(self.area.left() + self.columns.number, y);
        paint_words(painter, at, Align2::RIGHT_CENTER, shown.block.paragraph + 1, font, ink);
        let above = if paragraph.speaker == NO_SPEAKER { y } else { self.speaker(ui, shown, paragraph, y) };
        let next = shown.bottom() + tokens.reading.gap_between_turns + tokens.space.one;
        let fits = above + tokens.line_height(Type::Micro) / 2.0 <= next;
        let at = match self.columns.speaker.filter(|_| fits) {
            Some(right) => (self.area.left() + right, above),
            // Speakers stand above their turns, or below a long name beside one line of words it would run into the next
            // speaker: then it stands below the paragraph's number.
            None => (self.area.left() + self.columns.number, y + tokens.line_height(Type::Micro)),
        };
        self.time(ui, paragraph, shown.block.paragraph, at);
    }

    /// Shows the speaker; returns where a line below would have its middle.
    fn speaker(&self, ui: &Ui, shown: &Shown, paragraph: &Paragraph, y: f32) -> f32 {
        let (tokens, colour) = (self.tokens, &self.tokens.colour);
        let label = self.page.geometry().labels().get(usize::from(paragraph.speaker)).map_or("", |label| label);
        let (voice, case) = self.page.material.speaker_of(paragraph);
        let (font, ink) = if voice == Voice::Participant {
            (tokens.font_in(Type::Small, family::INTERFACE_SEMIBOLD), colour.ink_secondary)
        } else {
            (tokens.font(Type::Small), colour.ink_tertiary)
        };
        let area = if let Some(right) = self.columns.speaker {
            let galley = two_lines(ui, tokens, label, font, ink);
            let top = pos2(self.area.left() + right, y - tokens.line_height(Type::Small) / 2.0);
            let area = galley.rect.translate(top.to_vec2());
            ui.painter().galley(top, galley, Color32::PLACEHOLDER);
            area
        } else {
            let y = shown.at.y - tokens.line_height(Type::Small) / 2.0;
            let right = paint_elided(ui.painter(), shown.at.x, shown.at.x + self.columns.width, y, label, font, ink);
            Rect::from_min_max(pos2(shown.at.x, y - tokens.space.two), pos2(right, y + tokens.space.two))
        };
        let who = case.and_then(|case| self.study.case(case)).map_or(NOT_STATED, |case| case.label.as_str());
        let who = if voice == Voice::Interviewer { format!("{label}, asks the questions") } else { format!("{label}: {who}") };
        ui.interact(area, Id::unique("speaker").with(shown.block.paragraph), Sense::hover()).on_hover_text(who);
        area.bottom() + tokens.line_height(Type::Micro) / 2.0
    }

    /// Shows the time of a paragraph, its right end at a point; pointed at, it tells the later ones within the paragraph.
    fn time(&self, ui: &Ui, paragraph: &Paragraph, index: usize, (right, y): (f32, f32)) {
        let times = self.times_of(paragraph, index);
        let Some(first) = times.first() else { return };
        let tokens = self.tokens;
        let galley = ui.painter().layout_no_wrap(first.clock(), tokens.tabular(Type::Micro), tokens.colour.ink_tertiary);
        // Hours are wider than a paragraph's number: they stay in the pane.
        let left = (right - galley.size().x).max(self.area.left() + tokens.space.one);
        let rect = Rect::from_min_size(pos2(left, y - galley.size().y / 2.0), galley.size());
        ui.painter().galley(rect.min, galley, tokens.colour.ink_tertiary);
        let response = ui.interact(rect, Id::unique("time").with(index), Sense::hover());
        let all = || times.iter().map(|anchor| anchor.clock()).collect::<Vec<_>>().join(", ");
        response.widget_info(|| WidgetInfo::labeled(Role::Label, true, format!("Time {}", all())));
        if times.len() > 1 {
            response.on_hover_text(all());
        }
    }

    /// The time stamps that stand before the paragraph or in it: shown, never counted as words.
    fn times_of(&self, paragraph: &Paragraph, index: usize) -> &[Anchor] {
        let geometry = self.page.geometry();
        let before = index.checked_sub(1).and_then(|before| geometry.paragraphs().get(before));
        let from = before.map_or(0, |before| before.span.end);
        let anchors = geometry.anchors();
        let first = anchors.partition_point(|anchor| anchor.span.start < from);
        let behind = anchors.partition_point(|anchor| anchor.span.start < paragraph.span.end);
        anchors.get(first..behind).unwrap_or_default()
    }
}

/// A name set to the right, on two lines where it is long; what does not fit into them either is cut.
fn two_lines(ui: &Ui, tokens: &Tokens, name: &str, font: FontId, ink: Color32) -> Arc<Galley> {
    let format = TextFormat { line_height: Some(tokens.line_height(Type::Small)), ..TextFormat::simple(font, ink) };
    let mut job = LayoutJob::single_section(name.to_owned(), format);
    job.wrap = TextWrapping { max_rows: 2, ..TextWrapping::wrap_at_width(tokens.reading.speaker_gutter_width) };
    job.halign = Align::RIGHT;
    ui.painter().layout_job(job)
}

/// Paints the words of a block. Interviewers' and page furniture are quieter while they are `plain`: neither coded, found
/// nor selected. On those grounds only ink can be read.
pub fn words(ui: &Ui, tokens: &Tokens, page: Page<'_>, shown: &Shown, plain: bool) {
    let Some(galley) = &shown.galley else { return };
    let Some(paragraph) = page.geometry().paragraphs().get(shown.block.paragraph) else { return };
    let (voice, _) = page.material.speaker_of(paragraph);
    let ink = match (paragraph.kind, voice) {
        (ParagraphKind::Furniture, _) | (_, Voice::Furniture) if plain => tokens.colour.ink_tertiary,
        (_, Voice::Interviewer) if plain => tokens.colour.ink_secondary,
        _ => tokens.colour.ink,
    };
    ui.painter().galley(shown.at, galley.clone(), ink);
}

/// Bullets of lists, bars of quotes and boxes.
fn decorate(ui: &Ui, tokens: &Tokens, page: Page<'_>, shown: &Shown) {
    let Some(paragraph) = page.geometry().paragraphs().get(shown.block.paragraph) else { return };
    let painter = ui.painter();
    match paragraph.kind {
        ParagraphKind::ListItem | ParagraphKind::KeyPoint if shown.block.first => {
            number(ui, tokens, shown, if has_number(paragraph) { paragraph.label.slice(page.text).trim() } else { "•" });
        }
        ParagraphKind::BlockQuote | ParagraphKind::Boxed => {
            let bar = Rect::from_min_max(
                pos2(shown.at.x - tokens.space.three, shown.at.y),
                pos2(shown.at.x - tokens.space.two - tokens.space.half, shown.bottom()),
            );
            painter.rect_filled(bar, tokens.space.hair, tokens.colour.line_strong);
        }
        // What stands before a turn is its speaker.
        kind if kind != ParagraphKind::Turn && shown.block.first && has_number(paragraph) => {
            number(ui, tokens, shown, paragraph.label.slice(page.text).trim());
        }
        _ => {}
    }
}

/// The number or bullet before the words of a block.
fn number(ui: &Ui, tokens: &Tokens, shown: &Shown, sign: &str) {
    let at = pos2(shown.at.x - tokens.space.two, shown.at.y + shown.line / 2.0);
    paint_words(ui.painter(), at, Align2::RIGHT_CENTER, sign, tokens.font(Type::ReadingHit), tokens.colour.ink_tertiary);
}

/// Shows the line of a fold, if the block is the head of one; returns whether it was clicked.
pub fn fold(ui: &Ui, tokens: &Tokens, shown: &Shown) -> bool {
    let (Some(fold), Some(galley)) = (shown.block.fold, &shown.galley) else { return false };
    let words = Rect::from_min_size(shown.at, galley.size());
    let arrow = Rect::from_min_max(pos2(words.left() - tokens.space.five, words.top()), words.left_bottom());
    let id = Id::unique("fold").with(shown.block.paragraph);
    let response = ui.interact(words.union(arrow), id, Sense::click()).on_hover_cursor(CursorIcon::PointingHand);
    let says = format!("{}, {}", fold.title(), if fold.open { "unfolded" } else { "folded" });
    response.widget_info(|| WidgetInfo::selected(Role::DisclosureTriangle, true, fold.open, &says));
    let ink = if response.hovered() || response.has_focus() { tokens.colour.ink } else { tokens.colour.ink_tertiary };
    ui.painter().galley(shown.at, galley.clone(), ink);
    fold_sign(ui, tokens, arrow, fold.open);
    response.clicked()
}

fn paragraph_id(shown: &Shown) -> Id {
    Id::unique("paragraph").with(shown.index)
}

/// Whether a screen reader asks for the caret to be put into a block.
pub fn is_asked_for(ui: &Ui, shown: &Shown) -> bool {
    ui.input(|input| input.has_accesskit_action_request(paragraph_id(shown), Action::Click))
}

/// Gives the words of a block to screen readers.
pub fn read_out(ui: &Ui, page: Page<'_>, shown: &Shown) {
    let Some(galley) = &shown.galley else { return };
    let rect = Rect::from_min_size(shown.at, galley.size());
    let response = ui.interact(rect, paragraph_id(shown), Sense::hover());
    response.widget_info(|| WidgetInfo::labeled(Role::Paragraph, true, shown.block.span.slice(page.text)));
    ui.ctx().accesskit_node_builder(response.id, |node| node.add_action(Action::Click));
}

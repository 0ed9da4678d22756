//! The first paragraphs of a file as they will be read.

use eframe::egui;
use eframe::egui::{Align2, ScrollArea, Sense, Ui, pos2, vec2};

use crate::app::tokens::{Tokens, Type};
use crate::app::widgets::{elided, words};
use crate::exchange::import::Draft;
use crate::text::{Paragraph, ParagraphKind, Voice};

/// How many paragraphs are shown.
const SHOWN: usize = 14;

/// How much of a paragraph is shown, in characters.
const LONGEST: usize = 900;

/// Shows the first paragraphs of a draft that are anybody's words.
pub(super) fn show(ui: &mut Ui, tokens: &Tokens, draft: &Draft) {
    let gutter = tokens.reading.speaker_gutter_width;
    ScrollArea::vertical().id_salt(&draft.file_name).auto_shrink(false).show(ui, |ui| {
        ui.spacing_mut().item_spacing.y = tokens.space.two;
        ui.set_max_width(ui.available_width() - tokens.space.two);
        for paragraph in draft.paragraphs.iter().filter(|paragraph| paragraph.kind != ParagraphKind::Furniture).take(SHOWN) {
            ui.horizontal_top(|ui| {
                ui.spacing_mut().item_spacing.x = tokens.space.three;
                let (rect, _) = ui.allocate_exact_size(vec2(gutter, tokens.line_height(Type::ReadingQuote)), Sense::hover());
                let label = draft.speakers.get(usize::from(paragraph.speaker)).map_or("", |speaker| speaker.label.as_str());
                let galley = elided(ui.painter(), label, tokens.font(Type::Micro), tokens.colour.ink_tertiary, gutter);
                let at = Align2::RIGHT_CENTER.anchor_size(pos2(rect.right(), rect.center().y), galley.size());
                ui.painter().galley(at.min, galley, tokens.colour.ink_tertiary);
                let ink = if draft.voice(paragraph) == Voice::Interviewer { tokens.colour.ink_secondary } else { tokens.colour.ink };
                ui.scope(|ui| {
                    ui.style_mut().wrap_mode = Some(egui::TextWrapMode::Wrap);
                    words(ui, tokens, kind_of(paragraph), ink, text_of(draft, paragraph));
                });
            });
        }
        if draft.paragraphs.len() > SHOWN {
            words(ui, tokens, Type::Micro, tokens.colour.ink_tertiary, format!("{} paragraphs in all", draft.paragraphs.len()));
        }
    });
}

const fn kind_of(paragraph: &Paragraph) -> Type {
    match paragraph.kind {
        ParagraphKind::Heading => Type::BodyStrong,
        _ => Type::ReadingQuote,
    }
}

fn text_of(draft: &Draft, paragraph: &Paragraph) -> String {
    let whole = draft.text.get(paragraph.span.start as usize..paragraph.span.end as usize).unwrap_or_default();
    let mut shown: String = whole.chars().take(LONGEST).collect();
    if shown.len() < whole.len() {
        shown.push('…');
    }
    shown
}

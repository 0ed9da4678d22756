//! Where the user writes what stands under a quote.

use eframe::egui::{Align, Frame, Id, Layout, Margin, Ui};

use super::label::{FIELDS, USUAL, label, unknown};
use super::view::QuotesView;
use crate::app::context::Cx;
use crate::app::icons;
use crate::app::tokens::Type;
use crate::app::widgets::{Button, Field, menu_below, words};

/// Shows the button, and what it opens: the template, its fields, and the label of the selected quote.
pub(super) fn show(ui: &mut Ui, view: &QuotesView, cx: &mut Cx<'_>) {
    let tokens = cx.tokens;
    let button = Button::quiet("Label").menu().show(ui, tokens).on_hover_text("What stands under a quote");
    menu_below(tokens, &button, |ui| {
        Frame::NONE.inner_margin(Margin::same(tokens.space.two as i8)).show(ui, |ui| {
            ui.spacing_mut().item_spacing.y = tokens.space.one;
            let mut template = cx.settings.quote_label.clone();
            let field = Field::new(Id::unique("label of quotes"), USUAL, icons::PENCIL).name("Label of quotes");
            let mut changed = field.show(ui, tokens, &mut template).changed();
            let colour = &tokens.colour;
            // Items of a menu are as wide as it is; sentences are not to be stretched.
            ui.with_layout(Layout::top_down(Align::Min), |ui| {
                if let Some(unknown) = unknown(&template) {
                    words(ui, tokens, Type::Small, colour.error_ink, format!("{unknown} is no field and stays as it is written."));
                }
                let fields: Vec<String> = FIELDS.iter().map(|field| format!("{{{field}}}")).collect();
                let what = format!("Fields: {}. What is not stated is left out.", fields.join(" "));
                words(ui, tokens, Type::Small, colour.ink_secondary, what);
                if let Some(entry) = view.at_hand() {
                    words(ui, tokens, Type::Small, colour.ink, format!("So: {}", label(&template, &entry.who)));
                }
            });
            if Button::quiet("As usual").small().enabled(template != USUAL).show(ui, tokens).clicked() {
                USUAL.clone_into(&mut template);
                changed = true;
            }
            if changed {
                cx.set(move |settings| settings.quote_label = template);
            }
        });
    });
}

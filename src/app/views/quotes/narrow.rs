//! What narrows the list of quotes, and how it is put together.

use eframe::egui::{Frame, Margin, Ui, Vec2};

use super::export::value_name;
use super::facts::{CONSENTS, STRENGTHS};
use super::listing::Grouping;
use super::view::QuotesView;
use crate::app::context::Cx;
use crate::app::views::narrowing::choose;
use crate::app::widgets::segmented;
use crate::study::{Role, Study, ValueId};

/// Shows the menus and the choice of headings, above the list.
pub(super) fn show(ui: &mut Ui, view: &mut QuotesView, cx: &Cx<'_>) {
    let tokens = cx.tokens;
    let margin = Margin::same(tokens.space.one as i8);
    Frame::NONE.inner_margin(margin).show(ui, |ui| {
        ui.horizontal_wrapped(|ui| {
            ui.spacing_mut().item_spacing = Vec2::splat(tokens.space.half);
            let most = ui.available_width() / 2.0;
            let themes: Vec<_> = view.entries.themes.iter().map(|(theme, path)| (Some(*theme), path.as_str())).collect();
            choose(ui, cx, "Theme", "all", &themes, &mut view.wanted.theme, most);
            for (role, now) in [(Role::Group, &mut view.wanted.group), (Role::Area, &mut view.wanted.area)] {
                let Some(attribute) = cx.study.attributes().with_role(role) else { continue };
                let values = values(cx.study, role);
                let choices: Vec<_> = values.iter().map(|value| (Some(*value), value_name(cx.study, *value))).collect();
                choose(ui, cx, &attribute.name, "all", &choices, now, most);
            }
            let coders: Vec<_> = cx.study.analysts().map(|coder| (Some(coder.id), coder.name.as_str())).collect();
            if coders.len() > 1 {
                choose(ui, cx, "By", "everybody", &coders, &mut view.wanted.coder, most);
            }
            choose(ui, cx, "Strength", "any", &STRENGTHS, &mut view.wanted.strength, most);
            choose(ui, cx, "Consent", "any", &CONSENTS, &mut view.wanted.consent, most);
            let checked = [(Some(true), "looked for"), (Some(false), "not looked for")];
            choose(ui, cx, "Details", "any", &checked, &mut view.wanted.checked, most);
            let headings = headings(cx.study);
            if headings.len() > 1 {
                let choices: Vec<_> = headings.iter().map(|(grouping, name)| (*grouping, name.as_str())).collect();
                segmented(ui, tokens, "Headings", &choices, &mut view.wanted.grouping, false);
            }
        })
    });
}

/// The values of the attribute that plays `role`, *Not stated* last.
fn values(study: &Study, role: Role) -> Vec<Option<ValueId>> {
    let attribute = study.attributes().with_role(role);
    let all = attribute.map(|attribute| study.attributes().values_of(attribute.id)).unwrap_or_default();
    all.into_iter().map(|value| Some(value.id)).chain([None]).collect()
}

/// What quotes can stand under, with its name in this study.
pub(super) fn headings(study: &Study) -> Vec<(Grouping, String)> {
    let named = |role| study.attributes().with_role(role).map(|attribute| attribute.name.clone());
    let all = [(Grouping::Theme, Some("Theme".to_owned())), (Grouping::Group, named(Role::Group)), (Grouping::Area, named(Role::Area))];
    all.into_iter().filter_map(|(grouping, name)| name.map(|name| (grouping, name))).collect()
}

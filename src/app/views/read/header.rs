use std::sync::Arc;

use eframe::egui::{Align, Layout, Popup, Rect, Sense, Ui, vec2};

use super::source_row::role_of;
use super::view::ReadView;
use crate::app::command::Command;
use crate::app::context::Cx;
use crate::app::icons;
use crate::app::tokens::Type;
use crate::app::widgets::{Button, Chip, chip, chip_width, elided, hairline_below, icon_button, within};
use crate::study::{BuiltIn, CaseKind, Material, Role};

/// From which width on the filters are shown, in widths of the sources.
const FILTERS_FIT: f32 = 1.25;

/// Title, facts and filters above the text.
pub fn show(ui: &mut Ui, view: &mut ReadView, cx: &mut Cx<'_>, material: &Arc<Material>) {
    let tokens = cx.tokens;
    let space = &tokens.space;
    let height = tokens.size.top_bar + tokens.size.control;
    let (rect, _) = ui.allocate_exact_size(vec2(ui.available_width(), height), Sense::hover());
    hairline_below(ui, tokens, rect);
    let inside = rect.shrink2(vec2(space.four, space.two));
    let first = Rect::from_min_size(inside.min + vec2(space.two, 0.0), vec2(inside.width() - space.two, tokens.size.control));
    let buttons = within(ui, first, Layout::right_to_left(Align::Center), |ui| {
        ui.spacing_mut().item_spacing.x = space.half;
        filters(ui, view, cx, material);
        ui.min_rect().left()
    });
    let title =
        elided(ui.painter(), &material.source.title, tokens.font(Type::Title), tokens.colour.ink, buttons - first.left() - space.two);
    ui.painter().galley(first.left_center() - vec2(0.0, title.size().y / 2.0), title, tokens.colour.ink);
    let second = Rect::from_min_max(first.left_bottom() + vec2(0.0, space.half), inside.right_bottom());
    within(ui, second, Layout::left_to_right(Align::Center), |ui| {
        ui.spacing_mut().item_spacing.x = space.one + space.half;
        chips(ui, cx, material);
    });
}

/// The facts as chips, as many as there is room for; what one is most likely to look for comes first.
fn chips(ui: &mut Ui, cx: &Cx<'_>, material: &Material) {
    let (tokens, study) = (cx.tokens, cx.study);
    let mut facts = vec![(Chip::Strong, material.source.label.clone())];
    let synthetic = study.project().synthetic.then_some("Synthetic");
    let kept = synthetic.map_or(0.0, |words| chip_width(ui, tokens, Chip::Notice, words) + ui.spacing().item_spacing.x);
    facts.push((Chip::Plain, role_of(study, material, Role::Group)));
    facts.push((Chip::Plain, role_of(study, material, Role::Area)));
    facts.push((Chip::Plain, study.built_in(material, BuiltIn::Kind)));
    facts.push((Chip::Plain, day(&study.built_in(material, BuiltIn::Date))));
    let people = material.speakers.iter().filter_map(|speaker| study.case(speaker.case?));
    let people = people.filter(|case| case.kind == CaseKind::Person).count();
    if people > 1 {
        facts.push((Chip::Plain, format!("{people} participants")));
    }
    for (look, fact) in facts.into_iter().filter(|(_, fact)| !fact.is_empty()) {
        if chip_width(ui, tokens, look, &fact) + kept > ui.available_width() {
            break;
        }
        chip(ui, tokens, look, &fact);
    }
    if let Some(words) = synthetic {
        chip(ui, tokens, Chip::Notice, words).on_hover_text("This text was invented. Nobody real speaks in it.");
    }
}

/// A date as people write it; other words stay as they are.
fn day(date: &str) -> String {
    date.parse::<jiff::civil::Date>().map_or_else(|_| date.to_owned(), |date| date.strftime("%-d %b %Y").to_string())
}

fn filters(ui: &mut Ui, view: &mut ReadView, cx: &mut Cx<'_>, material: &Material) {
    let tokens = cx.tokens;
    // Beside a narrow text they would leave the title no room; a filter that is set is shown always.
    let roomy = ui.available_width() > tokens.size.sources_pane * FILTERS_FIT;
    if icon_button(ui, tokens, icons::SEARCH, &Command::FindInText.tooltip(ui.ctx()), true).clicked() {
        cx.run(Command::FindInText);
    }
    let book = cx.study.codebook();
    let coders: Vec<_> = material.codings.coders().collect();
    if (roomy && coders.len() > 1) || view.filter.coder.is_some() {
        let name = |coder| cx.study.coders().get(&coder).map_or("", |coder| coder.name.as_str());
        let all = if coders.len() == 2 { "Both coders" } else { "All coders" };
        let shown = view.filter.coder.map_or(all, name);
        let response = Button::quiet(shown).small().menu().show(ui, tokens);
        Popup::menu(&response).show(|ui| {
            ui.selectable_value(&mut view.filter.coder, None, all);
            for coder in &coders {
                ui.selectable_value(&mut view.filter.coder, Some(*coder), name(*coder));
            }
        });
    }
    if !roomy && view.filter.theme.is_none() {
        return;
    }
    let shown = view.filter.theme.and_then(|theme| book.get(theme)).map_or("All themes", |theme| theme.name.as_str());
    let response = Button::quiet(shown).small().menu().show(ui, tokens);
    Popup::menu(&response).show(|ui| {
        ui.set_min_width(tokens.size.sources_pane);
        ui.selectable_value(&mut view.filter.theme, None, "All themes");
        eframe::egui::ScrollArea::vertical().max_height(tokens.size.picker_width).show(ui, |ui| {
            for row in book.outline() {
                let name = book.get(row.theme).map_or("", |theme| theme.name.as_str());
                let indent = "\u{2003}".repeat(row.depth);
                ui.selectable_value(&mut view.filter.theme, Some(row.theme), format!("{indent}{}  {name}", row.number));
            }
        });
    });
}

#[cfg(test)]
mod tests {
    use super::day;

    #[test]
    fn days_are_written_out_and_other_words_left() {
        assert_eq!(day("2024-05-14"), "14 May 2024");
        assert_eq!(day("spring 2024"), "spring 2024");
    }
}

use std::sync::Arc;

use eframe::egui::{Align, Layout, Rect, Sense, Ui, vec2};

use super::filters;
use super::source_row::role_of;
use super::view::ReadView;
use crate::app::context::Cx;
use crate::app::tokens::Type;
use crate::app::widgets::{Chip, chip, chip_width, elided, hairline_below, within};
use crate::study::{BuiltIn, Case, CaseId, CaseKind, Material, Role, Study};

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
        filters::buttons(ui, view, cx, material);
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

/// The facts as chips, as many as there is room for, and how many more there are; what one is most likely to look for comes
/// first.
fn chips(ui: &mut Ui, cx: &Cx<'_>, material: &Material) {
    let (tokens, study) = (cx.tokens, cx.study);
    let facts = facts(study, material);
    let synthetic = study.project().synthetic.then_some("Synthetic");
    let kept = synthetic.map_or(0.0, |words| chip_width(ui, tokens, Chip::Notice, words) + ui.spacing().item_spacing.x);
    let more = |hidden: usize| format!("+{hidden}");
    let gap = ui.spacing().item_spacing.x;
    for (index, (look, fact)) in facts.iter().enumerate() {
        let hidden = facts.len() - index;
        // The last one needs no sign behind it.
        let sign = if hidden > 1 { chip_width(ui, tokens, Chip::Plain, &more(hidden - 1)) + gap } else { 0.0 };
        if chip_width(ui, tokens, *look, fact) + sign + kept > ui.available_width() {
            let rest: Vec<&str> = facts.iter().skip(index).map(|(_, fact)| fact.as_str()).collect();
            chip(ui, tokens, Chip::Plain, &more(hidden)).on_hover_text(rest.join("\n"));
            break;
        }
        chip(ui, tokens, *look, fact);
    }
    if let Some(words) = synthetic {
        chip(ui, tokens, Chip::Notice, words).on_hover_text("This text was invented. Nobody real speaks in it.");
    }
}

/// What is known of a source: its id, who speaks, group, area, kind, date.
fn facts(study: &Study, material: &Material) -> Vec<(Chip, String)> {
    let label = &material.source.label;
    let of_speakers = material.speakers.iter().filter_map(|speaker| speaker.case);
    let mut cases: Vec<CaseId> = of_speakers.chain(material.source.case).collect();
    cases.sort_unstable();
    cases.dedup();
    let cases: Vec<&Case> = cases.into_iter().filter_map(|case| study.case(case)).collect();
    let people = cases.iter().filter(|case| case.kind == CaseKind::Person).count();
    let who = match cases.as_slice() {
        [case] if case.label != *label => case.label.clone(),
        _ if people > 1 => format!("{people} participants"),
        _ => String::new(),
    };
    let plain = [
        who,
        role_of(study, material, Role::Group),
        role_of(study, material, Role::Area),
        study.built_in(material, BuiltIn::Kind),
        day(&study.built_in(material, BuiltIn::Date)),
    ];
    let plain = plain.into_iter().filter(|fact| !fact.is_empty()).map(|fact| (Chip::Plain, fact));
    std::iter::once((Chip::Strong, label.clone())).chain(plain).collect()
}

/// A date as people write it; other words stay as they are.
fn day(date: &str) -> String {
    date.parse::<jiff::civil::Date>().map_or_else(|_| date.to_owned(), |date| date.strftime("%-d %b %Y").to_string())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::testing::Builder;
    use crate::study::Values;
    use crate::text::Voice;

    #[test]
    fn a_case_is_named_where_it_is_not_called_as_its_source() {
        let mut builder = Builder::new();
        let turns = [(Some("R"), Voice::Participant, "Aye.")];
        for (source, case) in [("A", "A"), ("B", "Morag")] {
            let case = builder.case(case, CaseKind::Person, Values::new());
            builder.source(source, Some(case), Values::new(), &turns);
        }
        let study = builder.study();
        let said = |label: &str| facts(&study, study.source_labelled(label).unwrap()).into_iter().map(|(_, fact)| fact).collect::<Vec<_>>();
        assert_eq!(said("A"), ["A"]);
        assert_eq!(said("B"), ["B", "Morag"]);
    }

    #[test]
    fn days_are_written_out_and_other_words_left() {
        assert_eq!(day("2024-05-14"), "14 May 2024");
        assert_eq!(day("spring 2024"), "spring 2024");
    }
}

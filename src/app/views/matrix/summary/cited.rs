//! What a summary cites, by number.

use eframe::egui::{Align, Label, Layout, Rect, RichText, Role, Sense, Ui, UiBuilder, WidgetInfo, vec2};

use crate::analysis::changed::Standing;
use crate::app::context::Cx;
use crate::app::icons;
use crate::app::state::Place;
use crate::app::tokens::Type;
use crate::app::views::matrix::MatrixPlace;
use crate::app::widgets::{focus_ring, select_fill, words};
use crate::study::{Citation, Cites, Crossed, Crossing, Study};

/// Where a citation leads, and whether what it cites is still there.
struct Target {
    /// "FIF-TL2, ¶ 41"; of a summary whose it is.
    place: String,
    whole: bool,
    goes: Option<Place>,
}

/// Shows what is cited; a press leads there. `cell` is whose summary cites it, and `standing` says how words stand to it.
pub fn show(ui: &mut Ui, cx: &mut Cx<'_>, cell: &Crossing, citations: &[Citation], standing: impl Fn(&Citation) -> Standing) {
    let tokens = cx.tokens;
    for citation in citations {
        let Target { place, whole, goes } = target(cx.study, cell, citation);
        let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), tokens.size.control_small), Sense::click());
        let (spoken, says, sign) = match (whole, standing(citation)) {
            (false, _) => ("; these words are no longer there", " – words gone", Some(icons::TRIANGLE_ALERT)),
            (true, Standing::NoLonger) => ("; no longer coded here", " – no longer coded here", Some(icons::UNLINK)),
            (true, Standing::Not) => ("; not coded here", " – not coded here", None),
            (true, Standing::Coded) => ("", "", None),
        };
        let name = format!("Citation {}: {place}: {}{spoken}", citation.number, citation.words);
        response.widget_info(|| WidgetInfo::labeled(Role::Link, true, &name));
        select_fill(ui, tokens, rect, false, &response);
        if response.has_focus() {
            focus_ring(ui, tokens, rect);
        }
        let inside = Rect::from_min_max(rect.min + vec2(tokens.space.five, 0.0), rect.max - vec2(tokens.space.five, 0.0));
        let mut line = ui.new_child(UiBuilder::new().max_rect(inside).layout(Layout::left_to_right(Align::Center)));
        line.spacing_mut().item_spacing.x = tokens.space.one + tokens.space.half;
        let ink = match (whole, sign) {
            (false, _) => tokens.colour.error_ink,
            (true, Some(_)) => tokens.colour.notice_ink,
            (true, None) => tokens.colour.ink_secondary,
        };
        words(&mut line, tokens, Type::Small, tokens.colour.accent, format!("[{}]", citation.number));
        if let Some(sign) = sign {
            line.add(Label::new(RichText::new(sign).font(tokens.small_icon_font(Type::Small)).color(ink)).selectable(false));
        }
        words(&mut line, tokens, Type::Small, ink, format!("{place}{says}"));
        let said = RichText::new(&citation.words).font(tokens.font(Type::Small)).color(tokens.colour.ink_tertiary);
        line.add(Label::new(said).truncate().selectable(false));
        if response.clicked() {
            match goes {
                Some(place) => cx.go(place),
                None => cx.say("What this citation refers to was removed; its words are kept here."),
            }
        }
    }
}

fn target(study: &Study, cell: &Crossing, citation: &Citation) -> Target {
    match citation.of {
        Cites::Passage { source, revision, span } => {
            let material = study.material(source);
            let whole = material.is_some_and(|material| material.source.revision == revision);
            let label = material.map_or("a source that is gone", |material| material.source.label.as_str());
            let at = material.filter(|_| whole).and_then(|material| material.geometry.paragraph_at(span.start));
            let place = at.map_or_else(|| label.to_owned(), |at| format!("{label}, ¶ {}", at + 1));
            let goes = material.map(|_| if whole { Place::Passage(source, span) } else { Place::Source(source) });
            Target { place, whole, goes }
        }
        Cites::Summary { case } => {
            let of_case = Crossing { theme: cell.theme, of: Crossed::Case(case) };
            let label = study.case(case).map_or("a case that is gone", |case| case.label.as_str());
            // Other words than were cited are no longer what this summary rests on.
            let whole = study.summaries().of(&of_case).is_some_and(|own| own.text == citation.words);
            let there = study.has_cell(&of_case);
            Target { place: format!("{label}, summary"), whole, goes: there.then(|| MatrixPlace::of(&of_case)) }
        }
    }
}

use std::sync::Arc;

use eframe::egui::{Id, Painter, Rect, Role, Sense, Ui, WidgetInfo, pos2, vec2};

use super::sources::Grouping;
use super::view::ReadView;
use crate::app::context::Cx;
use crate::app::state::Place;
use crate::app::tokens::{Tokens, Type, family};
use crate::app::widgets::{focus_ring, paint_elided, paint_status, paint_words, select_fill, words};
use crate::exchange::export::status_name;
use crate::study::{BuiltIn, CoderId, Material, Role as StudyRole, StatusKind, Study};

/// What the coder says of a source; while they have said nothing, what the coder who is furthest says, with initials.
#[must_use]
pub fn status_of(study: &Study, material: &Material, me: Option<CoderId>) -> (StatusKind, Option<String>) {
    let own = material.statuses.iter().find(|status| Some(status.coder) == me);
    let people = material.statuses.iter().filter(|status| status.coder != CoderId::agreed());
    let furthest = people.min_by_key(|status| (std::cmp::Reverse(status.status), status.coder));
    match (own, furthest) {
        (Some(own), _) => (own.status, None),
        (None, Some(other)) if other.status != StatusKind::NotStarted => {
            (other.status, study.coders().get(&other.coder).map(|coder| coder.initials.clone()))
        }
        _ => (StatusKind::NotStarted, None),
    }
}

/// The names of the values that a source's cases have in the attribute of `role`, in the analyst's order.
#[must_use]
pub fn role_values(study: &Study, material: &Material, role: StudyRole) -> Vec<String> {
    let attributes = study.attributes();
    let Some(attribute) = attributes.with_role(role) else { return Vec::new() };
    let cases = material.speakers.iter().filter_map(|speaker| speaker.case).chain(material.source.case);
    let chosen = cases.filter_map(|case| study.case(case)?.values.get(&attribute.id)).flatten();
    let mut values: Vec<_> = chosen.filter_map(|value| attributes.value(*value)).collect();
    values.retain(|value| value.attribute == attribute.id);
    values.sort_by_key(|value| (value.position, value.id));
    values.dedup_by_key(|value| value.id);
    values.into_iter().map(|value| value.name.clone()).collect()
}

/// The same in one line.
#[must_use]
pub fn role_of(study: &Study, material: &Material, role: StudyRole) -> String {
    role_values(study, material, role).join("; ")
}

/// Shows the row of a source in a group: label, title, facts, status, share coded, number of codings. `place` is its place
/// among how many.
pub fn source_row(ui: &mut Ui, view: &ReadView, cx: &mut Cx<'_>, material: &Arc<Material>, group: &str, rect: Rect, place: (usize, usize)) {
    let (tokens, space) = (cx.tokens, &cx.tokens.space);
    let (source, colour) = (&material.source, &tokens.colour);
    let open = view.source == Some(source.id);
    let (status, whose) = status_of(cx.study, material, cx.project.map(|project| project.me.coder));
    let says = whose.map_or_else(|| status_name(status).to_owned(), |whose| format!("{} {whose}", status_name(status)));
    let Some(figures) = view.figures.source(source.id) else { return };
    let response = ui.interact(rect, Id::unique("source").with((source.id, group)), Sense::click());
    let percent = format!("{:.0}%", figures.share() * 100.0);
    response.widget_info(|| {
        let name =
            format!("{} {}, {says}, {percent} coded, {} codings, {} of {}", source.label, source.title, figures.codings, place.0, place.1);
        WidgetInfo::selected(Role::ListItem, true, open, name)
    });
    select_fill(ui, tokens, rect, open, &response);
    let painter = ui.painter();
    let (left, right) = (rect.left() + space.three + space.half, rect.right() - space.three);
    let y = rect.top() + space.three + space.half;
    let id_font = tokens.font_in(Type::ChartCell, family::INTERFACE_SEMIBOLD);
    let end = paint_elided(painter, left, right, y, &source.label, id_font, colour.ink);
    let ink = if open { colour.ink } else { colour.ink_secondary };
    let grouping = cx.settings.sources_by;
    let title = shorter(&source.title, cx.study, material, grouping);
    let end = paint_elided(painter, end + space.two, right, y, title, tokens.font(Type::Body), ink);
    paint_facts(painter, tokens, (end + space.three, right), y, &facts_of(cx.study, material, grouping));

    let y = rect.bottom() - space.three - space.half;
    paint_status(painter, tokens, pos2(left + tokens.size.sign / 2.0, y), status);
    let micro = tokens.font(Type::Micro);
    let status_left = left + tokens.size.sign + space.one + space.half;
    paint_elided(painter, status_left, right, y, &says, micro, colour.ink_tertiary);
    let counts = tokens.tabular(Type::Micro);
    let centre = eframe::egui::Align2::RIGHT_CENTER;
    paint_words(painter, pos2(right, y), centre, figures.codings, counts.clone(), colour.ink_secondary);
    let percent_right = right - space.eight;
    paint_words(painter, pos2(percent_right, y), centre, &percent, counts, colour.ink_secondary);
    let bar_left = status_left + tokens.size.source_row + space.five;
    let bar = Rect::from_min_max(pos2(bar_left, y - space.half), pos2(percent_right - tokens.size.control - space.two, y + space.half));
    if bar.width() > space.three {
        painter.rect_filled(bar, space.half, colour.line_hair);
        let full = Rect::from_min_size(bar.min, vec2(bar.width() * figures.share().clamp(0.0, 1.0), bar.height()));
        painter.rect_filled(full, space.half, colour.ink_tertiary);
    }
    // The row may have room for a part of it only.
    let response = response.on_hover_ui(|ui| {
        words(ui, tokens, Type::BodyStrong, colour.ink, source.title.as_str());
        let roles = [StudyRole::Group, StudyRole::Area].map(|role| role_of(cx.study, material, role));
        for fact in roles.into_iter().chain([cx.study.built_in(material, BuiltIn::Kind)]) {
            if !fact.is_empty() {
                words(ui, tokens, Type::Small, colour.ink_secondary, fact);
            }
        }
    });
    if response.has_focus() {
        focus_ring(ui, tokens, rect);
    }
    if response.clicked() {
        cx.go(Place::Source(source.id));
    }
    response.context_menu(|ui| super::source_tab::status_menu(ui, cx, source));
}

/// What a row says besides what the rows are grouped by: group and kind, in the place of either the area.
fn facts_of(study: &Study, material: &Material, grouping: Grouping) -> Vec<String> {
    let kind = || study.built_in(material, BuiltIn::Kind);
    let facts = match grouping {
        Grouping::Group => [role_of(study, material, StudyRole::Area), kind()],
        Grouping::Kind => [role_of(study, material, StudyRole::Group), role_of(study, material, StudyRole::Area)],
        Grouping::Area | Grouping::Status => [role_of(study, material, StudyRole::Group), kind()],
    };
    facts.into_iter().filter(|fact| !fact.is_empty()).collect()
}

/// Paints facts quietly at the right end of a line, as many as the title leaves room for; the row tells the others when pointed
/// at.
fn paint_facts(painter: &Painter, tokens: &Tokens, (left, right): (f32, f32), y: f32, facts: &[String]) {
    for many in (1..=facts.len()).rev() {
        let words = facts.get(..many).unwrap_or_default().join(" · ");
        let galley = painter.layout_no_wrap(words, tokens.font(Type::Micro), tokens.colour.ink_tertiary);
        let size = galley.size();
        if left + size.x <= right {
            painter.galley(pos2(right - size.x, y - size.y / 2.0), galley, tokens.colour.ink_tertiary);
            return;
        }
    }
}

/// A title without the area behind its last comma, where the rows stand under that area.
fn shorter<'a>(title: &'a str, study: &Study, material: &Material, grouping: Grouping) -> &'a str {
    let Some((before, after)) = title.rsplit_once(", ").filter(|_| grouping == Grouping::Area) else { return title };
    if after == role_of(study, material, StudyRole::Area) { before } else { title }
}

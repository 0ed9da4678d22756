//! What a copy brings, in words and as a small table.

use std::sync::Arc;

use eframe::egui::{Align2, Rect, Role, ScrollArea, Sense, Ui, WidgetInfo, pos2, vec2};

use crate::app::numbers::{counted, grouped};
use crate::app::tokens::{Tokens, Type, family};
use crate::app::widgets::{Stack, hairline_below, paint_elided, paint_words, words};
use crate::project::{CodingsComing, Coming};

/// The most of the window's height that all of it takes; more scrolls.
const MOST_HEIGHT: f32 = 0.42;

/// How many edits come from whom: “12 edits by Ravi, 1 edit by Isla”.
pub(super) fn edits(coming: &Coming) -> String {
    let of = |(name, count): (&String, &usize)| format!("{} by {name}", counted(*count, "edit", "edits"));
    let all: Vec<String> = coming.edits.iter().map(of).collect();
    if all.is_empty() { "No new edits".to_owned() } else { all.join(", ") }
}

/// That there is nothing new.
pub(super) fn nothing(coming: &Coming) -> String {
    format!("Nothing new in {}: all that is in it is here already.", coming.whose())
}

/// How many summaries wait.
pub(super) fn to_settle(coming: &Coming) -> String {
    match coming.to_settle.len() {
        1 => "1 summary waits to be settled: both versions are kept.".to_owned(),
        count => format!("{} summaries wait to be settled: both versions of each are kept.", grouped(count)),
    }
}

/// What a copy brings as it is listed.
pub(super) struct Listed {
    /// What becomes of the codings of each theme, with its path.
    codings: Vec<(String, CodingsComing)>,
    parts: Arc<[Part]>,
    others: Vec<String>,
    stack: Stack<Part>,
}

/// A part of the list.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
enum Part {
    /// That it was here before.
    Again,
    /// The heads of the table of codings.
    Heads,
    /// A line of it.
    Codings(usize),
    /// What becomes of things of another kind.
    Other(usize),
    /// The sources that come.
    Sources,
    /// Those whose texts were corrected.
    Corrected,
    /// How many summaries wait.
    ToSettle,
    /// Over what could not all be kept.
    NotKept,
    /// One thing of that.
    Conflict(usize),
}

impl Listed {
    pub(super) fn of(coming: &Coming) -> Self {
        let codings: Vec<_> = coming.codings.iter().map(|(theme, of)| (theme.clone(), *of)).collect();
        let others = coming.others_in_words();
        let some = |there: bool, part: Part| there.then_some(part);
        let parts = some(coming.again > 0, Part::Again)
            .into_iter()
            .chain(some(!codings.is_empty(), Part::Heads))
            .chain((0..codings.len()).map(Part::Codings))
            .chain((0..others.len()).map(Part::Other))
            .chain(some(!coming.sources.is_empty(), Part::Sources))
            .chain(some(!coming.corrected.is_empty(), Part::Corrected))
            .chain(some(!coming.to_settle.is_empty(), Part::ToSettle))
            .chain(some(!coming.conflicts.is_empty(), Part::NotKept))
            .chain((0..coming.conflicts.len()).map(Part::Conflict));
        Self { parts: parts.collect(), codings, others, stack: Stack::default() }
    }
}

/// Shows it; to whoever works `blind` not what a colleague did, but how much came.
pub(super) fn show(ui: &mut Ui, tokens: &Tokens, coming: &Coming, listed: &mut Listed, blind: bool) {
    let colour = &tokens.colour;
    if coming.is_nothing() {
        words(ui, tokens, Type::Body, colour.ink, nothing(coming));
        return;
    }
    words(ui, tokens, Type::BodyStrong, colour.ink, format!("In {}: {}", coming.whose(), edits(coming)));
    if blind {
        words(ui, tokens, Type::Body, colour.ink_secondary, "What they did is not shown while you work blind.");
        return;
    }
    let height = (ui.ctx().content_rect().height() * MOST_HEIGHT).max(tokens.size.row);
    let area = ScrollArea::vertical().id_salt("coming").max_height(height).auto_shrink([false, true]).animated(false);
    let Listed { codings, others, parts, stack } = listed;
    area.show(ui, |ui| {
        let gap = ui.spacing().item_spacing.y;
        ui.spacing_mut().item_spacing.y = 0.0;
        let line = tokens.line_height(Type::Body) + gap;
        let counted = |part, _| match part {
            Part::Heads | Part::Codings(_) => tokens.size.control_small,
            _ => line,
        };
        stack.show(ui, parts, counted, |ui, part| {
            show_part(ui, tokens, coming, (codings, others), part);
            if !matches!(part, Part::Heads | Part::Codings(_)) {
                ui.add_space(gap);
            }
        });
    });
}

fn show_part(ui: &mut Ui, tokens: &Tokens, coming: &Coming, (codings, others): (&[(String, CodingsComing)], &[String]), part: Part) {
    let colour = &tokens.colour;
    let says = match part {
        Part::Heads => {
            line(ui, tokens, "Codings of", HEADS.map(str::to_owned), true);
            return;
        }
        Part::Codings(at) => {
            if let Some((theme, of)) = codings.get(at) {
                show_codings(ui, tokens, theme, *of);
            }
            if at + 1 == codings.len() {
                ui.add_space(2.0 * tokens.space.two);
            }
            return;
        }
        Part::NotKept => {
            ui.add_space(tokens.space.one);
            words(ui, tokens, Type::BodyStrong, colour.ink, "What could not all be kept");
            return;
        }
        Part::Conflict(at) => {
            let sentence = coming.conflicts.get(at).map_or("", |conflict| conflict.sentence.as_str());
            words(ui, tokens, Type::Body, colour.ink_secondary, sentence);
            return;
        }
        Part::Other(at) => others.get(at).cloned().unwrap_or_default(),
        Part::Again => "It was brought back before and taken back again; that comes back too.".to_owned(),
        Part::Sources => format!("Sources that come: {}", coming.sources.join(", ")),
        Part::Corrected => format!("Texts that were corrected: {}", coming.corrected.join(", ")),
        Part::ToSettle => to_settle(coming),
    };
    words(ui, tokens, Type::Body, colour.ink, says);
}

/// The heads of the numbers.
const HEADS: [&str; 3] = ["added", "changed", "removed"];

/// What becomes of the codings of a theme.
fn show_codings(ui: &mut Ui, tokens: &Tokens, theme: &str, CodingsComing { added, changed, removed }: CodingsComing) {
    let numbers = [added, changed, removed].map(|number| if number == 0 { "–".to_owned() } else { grouped(number) });
    let rect = line(ui, tokens, theme, numbers, false);
    let spoken = format!("{theme}: {added} added, {changed} changed, {removed} removed");
    let id = ui.scope_id().with(("coming", theme));
    ui.interact(rect, id, Sense::hover()).widget_info(|| WidgetInfo::labeled(Role::Row, true, &spoken));
}

/// A line of the table: a name at the left, numbers at the right.
fn line(ui: &mut Ui, tokens: &Tokens, name: &str, numbers: [String; 3], is_head: bool) -> Rect {
    let colour = &tokens.colour;
    let (rect, _) = ui.allocate_exact_size(vec2(ui.available_width(), tokens.size.control_small), Sense::hover());
    let (font, ink) = if is_head {
        (tokens.font_in(Type::Small, family::INTERFACE_SEMIBOLD), colour.ink_secondary)
    } else {
        (tokens.font(Type::Body), colour.ink)
    };
    let column = tokens.size.left_rail + tokens.space.two;
    // Beside the thumb of the scroll bar.
    let right = rect.right() - tokens.space.four;
    let left = right - column * HEADS.len() as f32;
    paint_elided(ui.painter(), rect.left(), left, rect.center().y, name, font.clone(), ink);
    for (number, at) in numbers.into_iter().zip((0..HEADS.len()).rev()) {
        let font = if is_head { font.clone() } else { tokens.tabular(Type::Body) };
        paint_words(ui.painter(), pos2(right - column * at as f32, rect.center().y), Align2::RIGHT_CENTER, number, font, ink);
    }
    hairline_below(ui, tokens, rect);
    rect
}

#[cfg(test)]
mod tests {
    use eframe::egui::{Context, RawInput};

    use super::*;
    use crate::app::style;
    use crate::app::tokens::{Mode, ReadingFace};
    use crate::study::{Conflict, DeviceId, EditId, EntityId, Kind};

    #[test]
    fn of_thousands_of_lines_only_those_seen_are_laid_out() {
        let conflict = |number: usize| Conflict {
            edit: EditId { device: DeviceId::derived(&[]), counter: 1 },
            entity: EntityId { kind: Kind::Theme, id: uuid::Uuid::nil() },
            owner: None,
            about: String::new(),
            sentence: format!("Theme {number} was renamed by both"),
        };
        let themes = (0..3).map(|number| (format!("Theme {number}"), CodingsComing { added: 1, ..CodingsComing::default() }));
        let edits = [("Ravi".to_owned(), 4)].into();
        let coming = Coming { edits, codings: themes.collect(), conflicts: (0..5_000).map(conflict).collect(), ..Coming::default() };
        let mut listed = Listed::of(&coming);
        let tokens = Tokens::load(Mode::Light).unwrap();
        let context = Context::default();
        style::set_fonts(&context, ReadingFace::default());
        context.enable_accesskit();
        let screen = Rect::from_min_size(pos2(0.0, 0.0), vec2(960.0, 600.0));
        let mut said = Vec::new();
        for _ in 0..3 {
            let mut output = context
                .run_ui(RawInput { screen_rect: Some(screen), ..RawInput::default() }, |ui| show(ui, &tokens, &coming, &mut listed, false));
            output.textures_delta.clear();
            let nodes = output.platform_output.accesskit_update.map(|update| update.nodes).unwrap_or_default();
            said = nodes.iter().filter_map(|(_, node)| node.value().or(node.label()).map(str::to_owned)).collect();
        }
        assert!(said.iter().any(|words| words == "Theme 0: 1 added, 0 changed, 0 removed"), "{said:?}");
        assert!(said.iter().any(|words| words == "Theme 1 was renamed by both"), "{said:?}");
        assert!(said.len() < 200, "{}", said.len());
    }
}

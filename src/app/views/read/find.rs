use eframe::egui::text::{CCursor, CCursorRange};
use eframe::egui::text_edit::TextEditState;
use eframe::egui::{Align, Id, Key, Layout, Rect, Sense, Ui, vec2};
use regex::{Regex, RegexBuilder};

use super::page::Page;
use super::reader::Reveal;
use super::view::ReadView;
use crate::app::command::{Command, KeyMap, Keys, Scope};
use crate::app::context::Cx;
use crate::app::icons;
use crate::app::tokens::Type;
use crate::app::widgets::{Field, hairline_below, icon_button, within, words};
use crate::text::{BlobId, Span};

/// The box that finds words in the open text.
#[derive(Default)]
pub struct Find {
    query: String,
    /// What is looked for or was found, and in which text.
    asked: Option<Asked>,
    /// Whether the answer to that has come.
    state: Answer,
    /// The places, in order; those found last until others have come.
    pub spans: Vec<Span>,
    /// The place one is at.
    pub current: Option<usize>,
    fresh: bool,
    /// From where on the first place is looked for, and which way: what is typed on or taken back is found from there too.
    from: u32,
    way: Step,
    /// Whether the place where one was is kept.
    left: bool,
}

/// A query and the text in which it is looked for.
type Asked = (String, BlobId);

/// How far it is with what was asked.
#[derive(Clone, Copy, Default, PartialEq, Eq)]
enum Answer {
    #[default]
    Awaited,
    /// It has come, and nobody has gone there.
    Fresh,
    Seen,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Step {
    Back,
    #[default]
    On,
}

impl Find {
    /// The place that a step from the current one leads to, round the text; from the caret while there is none.
    fn next(&self, step: Step) -> Option<usize> {
        let count = Some(self.spans.len()).filter(|count| *count > 0)?;
        let before = |from: u32| self.spans.partition_point(|span| span.start < from);
        let next = match (self.current, step) {
            (Some(now), Step::On) => now + 1,
            (Some(now), Step::Back) => now + count - 1,
            (None, Step::On) => before(self.from),
            (None, Step::Back) => before(self.from) + count - 1,
        };
        Some(next % count)
    }

    /// Takes in what was found, if it is still asked for.
    fn answer(&mut self, asked: &Asked, spans: Vec<Span>) {
        if self.asked.as_ref() == Some(asked) {
            self.spans = spans;
            self.current = None;
            self.state = Answer::Fresh;
        }
    }
}

/// What finds `query`, whatever the case, with straight and curly apostrophes alike; none when nothing is asked for.
#[must_use]
pub fn pattern(query: &str) -> Option<Regex> {
    let query = query.trim();
    if query.is_empty() {
        return None;
    }
    let pattern = regex::escape(query).replace(['\'', '’', '‘'], "['’‘]").replace(['"', '“', '”'], "[\"“”]").replace(' ', r"\s+");
    // An escaped pattern fails only when it is too large to be compiled; then nothing is found.
    RegexBuilder::new(&pattern).case_insensitive(true).build().ok()
}

/// The places of `query` in `text`, as [`pattern`], as long as they are `wanted`.
#[must_use]
fn places(text: &str, query: &str, wanted: impl Fn() -> bool) -> Vec<Span> {
    let Some(words) = pattern(query) else { return Vec::new() };
    words.find_iter(text).take_while(|_| wanted()).map(|found| Span::of(found.range())).collect()
}

/// Opens the box on the selected words, and puts the keys into it.
pub fn open(view: &mut ReadView, page: Page<'_>) {
    let span = view.selection.span();
    let words = span.slice(page.text);
    let words = if words.contains('\n') || words.len() > 80 { "" } else { words };
    view.find = Some(Find { query: words.to_owned(), fresh: true, from: span.start, ..Find::default() });
}

/// Goes to the next place found, or the one before; looks once more for what was looked for last, if the box is closed.
pub fn again(view: &mut ReadView, cx: &mut Cx<'_>, forward: bool) {
    let way = if forward { Step::On } else { Step::Back };
    match &view.find {
        Some(find) if find.state == Answer::Awaited => {}
        Some(find) => match find.next(way) {
            Some(next) => go(view, cx, next, true),
            None => cx.say("Nothing found"),
        },
        None if view.looked_for.is_empty() => {
            let keys = cx.way_to(Command::FindInText);
            cx.say(format!("Say first what to look for: {keys}."));
        }
        None => {
            let span = view.selection.span();
            let from = if forward { span.end } else { span.start };
            view.find = Some(Find { query: view.looked_for.clone(), from, way, ..Find::default() });
        }
    }
}

/// Makes a place the current one and selects it. Where one was is kept to come back to; what is typed on finds other first
/// places, and one way back from them is enough.
fn go(view: &mut ReadView, cx: &mut Cx<'_>, place: usize, stepped: bool) {
    let Some(find) = &mut view.find else { return };
    let Some(span) = find.spans.get(place).copied() else { return };
    find.current = Some(place);
    if stepped {
        find.from = span.start;
    }
    let leaves = !std::mem::replace(&mut find.left, true) || stepped;
    if leaves {
        cx.leave(view.place());
    }
    view.focus = None;
    view.select(span, Reveal::Near);
}

/// Closes the box. The place one is at stays selected, and what was looked for is known.
pub fn shut(view: &mut ReadView) {
    if let Some(find) = view.find.take() {
        view.take_focus = true;
        if !find.query.trim().is_empty() {
            view.looked_for = find.query;
        }
    }
}

/// The steps that keys of the text ask for while the box has the keys; letters are typed.
fn keys_in_box(ui: &Ui) -> Option<Step> {
    let map = KeyMap::of(ui.ctx());
    let steps = |command, keys: Keys| matches!(command, Command::FindNext | Command::FindPrevious) && !keys.types();
    let pressed = ui.input_mut(|input| map.pressed(input, Scope::Text, steps));
    pressed.first().map(|command| if *command == Command::FindNext { Step::On } else { Step::Back })
}

/// Shows the box, if it is open, and goes through the places.
pub fn show(ui: &mut Ui, view: &mut ReadView, cx: &mut Cx<'_>, page: Page<'_>) {
    let Some(find) = &mut view.find else { return };
    let tokens = cx.tokens;
    let id = Id::unique("find in text");
    let (rect, _) = ui.allocate_exact_size(vec2(ui.available_width(), tokens.size.control + tokens.space.three), Sense::hover());
    hairline_below(ui, tokens, rect);
    let inside = Rect::from_center_size(rect.center(), vec2(rect.width() - 2.0 * tokens.space.six, tokens.size.control));
    let mut step = if ui.memory(|memory| memory.has_focus(id)) { keys_in_box(ui) } else { None };
    let mut close = false;
    within(ui, inside, Layout::left_to_right(Align::Center), |ui| {
        ui.spacing_mut().item_spacing.x = tokens.space.two;
        if std::mem::take(&mut find.fresh) {
            ui.memory_mut(|memory| memory.request_focus(id));
            // What is typed replaces the words that were selected in the text.
            let mut state = TextEditState::load(ui.ctx(), id).unwrap_or_default();
            let all = CCursorRange::two(CCursor::new(0), CCursor::new(find.query.chars().count()));
            state.cursor.set_char_range(Some(all));
            state.store(ui.ctx(), id);
        }
        let field = Field::new(id, "Find in this text", icons::SEARCH).width(tokens.size.sources_pane).show(ui, tokens, &mut find.query);
        if field.lost_focus() {
            if ui.input(|input| input.key_pressed(Key::Enter)) {
                step = Some(if ui.input(|input| input.modifiers.shift) { Step::Back } else { Step::On });
                field.request_focus();
            }
            close |= ui.input(|input| input.key_pressed(Key::Escape));
        }
        if icon_button(
            ui,
            tokens,
            icons::CHEVRON_UP,
            &format!("Previous place  (Shift+↵, {})", cx.way_to(Command::FindPrevious)),
            !find.spans.is_empty(),
        )
        .clicked()
        {
            step = Some(Step::Back);
        }
        if icon_button(
            ui,
            tokens,
            icons::CHEVRON_DOWN,
            &format!("Next place  (↵, {})", cx.way_to(Command::FindNext)),
            !find.spans.is_empty(),
        )
        .clicked()
        {
            step = Some(Step::On);
        }
        let says = match (find.spans.len(), find.current) {
            _ if find.query.trim().is_empty() => String::new(),
            (0, _) if find.state == Answer::Awaited => "Looking…".into(),
            (0, _) => "Nothing found".into(),
            (many, Some(current)) => format!("{} of {many}", current + 1),
            (many, None) => format!("{many} places"),
        };
        words(ui, tokens, Type::Small, tokens.colour.ink_secondary, says);
        close |= icon_button(ui, tokens, icons::X, "Close  (Esc)", true).clicked();
    });
    if close {
        return shut(view);
    }
    ask(find, cx, page);
    let next = match find.state {
        Answer::Awaited => None,
        // The first place from where one was.
        Answer::Fresh => {
            find.state = Answer::Seen;
            let way = std::mem::take(&mut find.way);
            find.next(way)
        }
        Answer::Seen => step.and_then(|step| find.next(step)),
    };
    if let Some(next) = next {
        let stepped = step.is_some();
        go(view, cx, next, stepped);
    }
}

/// Has the words looked for that are in the box now: beside the window, for a text may be as long as a book.
fn ask(find: &mut Find, cx: &mut Cx<'_>, page: Page<'_>) {
    let Some(text) = page.material.revision().map(|revision| revision.text) else { return };
    let asked = (find.query.clone(), text);
    let Some(loaded) = cx.texts.get(text).filter(|_| find.asked.as_ref() != Some(&asked)) else { return };
    if find.asked.as_ref().is_some_and(|(_, before)| *before != text) {
        // These were places of other words.
        find.spans.clear();
        find.current = None;
    }
    find.asked = Some(asked.clone());
    find.state = Answer::Awaited;
    cx.job(
        "find in text",
        "",
        move |job| Ok(places(&loaded.text, &asked.0, || !job.is_cancelled())).map(|spans| (asked, spans)),
        |state, (asked, spans)| {
            if let Some(find) = &mut state.read.find {
                find.answer(&asked, spans);
            }
        },
    );
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_are_found_through_case_and_apostrophes() {
        let text = "It’s the two\nminutes. IT'S it. (it?)";
        let found = |query: &str| places(text, query, || true).into_iter().map(|span| span.slice(text)).collect::<Vec<_>>();
        assert_eq!(found("it's"), ["It’s", "IT'S"]);
        assert_eq!(found("two minutes"), ["two\nminutes"]);
        assert_eq!(found("(it?)"), ["(it?)"]);
        assert!(found("  ").is_empty());
    }
}

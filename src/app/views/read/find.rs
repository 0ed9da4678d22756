use eframe::egui::text::{CCursor, CCursorRange};
use eframe::egui::text_edit::TextEditState;
use eframe::egui::{Align, Id, Key, Layout, Rect, Sense, Ui, vec2};
use regex::{Regex, RegexBuilder};

use super::page::Page;
use super::reader::Reveal;
use super::view::ReadView;
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

#[derive(Clone, Copy, PartialEq, Eq)]
enum Step {
    Back,
    On,
}

impl Find {
    /// An empty box that takes the focus.
    #[must_use]
    pub fn open(words: &str) -> Self {
        Self { query: words.to_owned(), fresh: true, ..Self::default() }
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

/// Shows the box, if it is open, and goes through the places.
pub fn show(ui: &mut Ui, view: &mut ReadView, cx: &mut Cx<'_>, page: Page<'_>) {
    let Some(find) = &mut view.find else { return };
    let tokens = cx.tokens;
    let id = Id::unique("find in text");
    let (rect, _) = ui.allocate_exact_size(vec2(ui.available_width(), tokens.size.control + tokens.space.three), Sense::hover());
    hairline_below(ui, tokens, rect);
    let inside = Rect::from_center_size(rect.center(), vec2(rect.width() - 2.0 * tokens.space.six, tokens.size.control));
    let mut step = None;
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
        if icon_button(ui, tokens, icons::CHEVRON_UP, "Previous place  (Shift+↵)", !find.spans.is_empty()).clicked() {
            step = Some(Step::Back);
        }
        if icon_button(ui, tokens, icons::CHEVRON_DOWN, "Next place  (↵)", !find.spans.is_empty()).clicked() {
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
        view.find = None;
        view.take_focus = true;
        return;
    }
    ask(find, cx, page);
    if find.state == Answer::Fresh {
        find.state = Answer::Seen;
        // The first place from where one is.
        let from = view.selection.span().start;
        find.current =
            if find.spans.is_empty() { None } else { Some(find.spans.partition_point(|span| span.start < from) % find.spans.len()) };
        step = None;
        if let Some(span) = find.current.and_then(|current| find.spans.get(current)).copied() {
            view.unfold(page, span);
            view.reader.reveal(span.start, Reveal::Near);
            return;
        }
    }
    if let Some(step) = step
        && !find.spans.is_empty()
    {
        let (count, now) = (find.spans.len(), find.current.unwrap_or(0));
        let next = if step == Step::On { (now + 1) % count } else { (now + count - 1) % count };
        find.current = Some(next);
        if let Some(span) = find.spans.get(next).copied() {
            view.select(span, Reveal::Near);
        }
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

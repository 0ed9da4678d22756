//! The quotes one below the other.

use eframe::egui::{Align, Id, Key, Layout, Painter, Rect, Response, Role, Sense, Ui, UiBuilder, WidgetInfo, pos2, vec2};

use super::entries::Entry;
use super::view::{QuotesView, run};
use super::{acts, facts, narrow};
use crate::app::command::{Command, Scope, pressed};
use crate::app::context::Cx;
use crate::app::icons;
use crate::app::tokens::{Tokens, Type, family};
use crate::app::views::headed::show_lines as show_headed;
use crate::app::widgets::{
    Button, chosen_ground, empty, hairline_below, icon_button, list_has_keys, list_keys, list_room, paint_elided, paint_mark, plain_key,
    reading, row_at_hand, theme_mark, within,
};

/// How many lines of its words a quote shows; the selected one shows all.
pub(super) const LINES: usize = 3;

/// What the focus is on when it is on the list.
pub(super) fn id() -> Id {
    Id::unique("list of quotes")
}

/// How wide words are set in a list that is at `rect`.
pub(super) fn words_width(tokens: &Tokens, rect: Rect) -> f32 {
    (rect.width() - 2.0 * tokens.space.four).min(tokens.reading.column_width).max(tokens.size.control)
}

/// How tall quotes are, by how wide their letters are: to set every one would take too long for a frame.
pub(super) struct Heights<'a> {
    /// Of everything but the words.
    around: f32,
    line: f32,
    /// How wide words are set.
    width: f32,
    /// How wide each plain letter is.
    plain: Vec<f32>,
    /// How wide any other is taken to be.
    other: f32,
    set: (&'a Painter, &'a Tokens),
}

/// Letters that stand close make words so much narrower, or wider, than their letters are, as a share.
const CLOSE: f32 = 0.03;

impl<'a> Heights<'a> {
    /// The heights of quotes whose words are set so wide.
    pub fn new(ui: &'a Ui, tokens: &'a Tokens, width: f32) -> Self {
        let around = 2.0 * tokens.space.two + tokens.space.half + tokens.line_height(Type::Small) + tokens.line_height(Type::Micro);
        let font = tokens.font(Type::ReadingQuote);
        let (plain, other) = ui.fonts_mut(|fonts| {
            let plain = (0..128u8).map(|letter| fonts.glyph_width(&font, char::from(letter))).collect();
            (plain, fonts.glyph_width(&font, 'n'))
        });
        Self { around, line: tokens.line_height(Type::ReadingQuote), width, plain, other, set: (ui.painter(), tokens) }
    }

    /// The height of a quote in points.
    pub fn row(&self, words: &str) -> f32 {
        self.around + self.words(words)
    }

    /// The height of its words alone.
    pub fn words(&self, words: &str) -> f32 {
        let lines = self.counted(words).unwrap_or_else(|| {
            let (painter, tokens) = self.set;
            reading(painter, tokens, Type::ReadingQuote, tokens.colour.ink, words, self.width, LINES).rows.len()
        });
        self.line * lines.clamp(1, LINES) as f32
    }

    /// How many lines words need, as many as are shown at most; `None` where it is too close to say without setting them.
    fn counted(&self, words: &str) -> Option<usize> {
        let wide =
            |words: &str| -> f32 { words.chars().map(|letter| self.plain.get(letter as usize).copied().unwrap_or(self.other)).sum() };
        let (mut lines, mut line) = (1, 0.0);
        for word in words.split_inclusive(|letter: char| letter.is_whitespace() && letter != '\u{a0}') {
            let with = line + wide(word.trim_end());
            if (with / self.width - 1.0).abs() < CLOSE {
                return None;
            }
            if with > self.width {
                lines += 1;
                line = 0.0;
            }
            line += wide(word);
            if word.ends_with('\n') {
                lines += 1;
                line = 0.0;
            }
            if lines >= LINES || line > self.width {
                // A word that is wider than a line is broken somewhere within.
                return (line <= self.width).then_some(lines);
            }
        }
        Some(lines)
    }

    /// The height of the tallest.
    fn tallest(&self) -> f32 {
        self.around + self.line * LINES as f32
    }
}

/// Shows the list.
pub(super) fn show(ui: &mut Ui, view: &mut QuotesView, cx: &mut Cx<'_>) {
    let tokens = cx.tokens;
    if list_has_keys(ui, id(), view.wants_focus) {
        take_keys(ui, view, cx);
    }
    ui.spacing_mut().item_spacing.y = 0.0;
    let whole = ui.max_rect();
    let narrowing = ui.scope(|ui| narrow::show(ui, view, cx)).response.rect;
    hairline_below(ui, tokens, Rect::from_x_y_ranges(whole.x_range(), narrowing.y_range()));
    let below = Rect::from_min_max(pos2(whole.left(), narrowing.bottom().min(whole.bottom())), whole.max);
    let list = list_room(ui, below, id(), &mut view.wants_focus);
    list.widget_info(|| WidgetInfo::labeled(Role::ListBox, true, format!("Quotes, {}", view.listing.count())));
    if view.listing.count() == 0 {
        let what = "Words, labels, themes, groups, areas and coders are looked at.";
        if empty(ui, tokens, icons::QUOTE, "No quote fits", what, Some("Show all quotes")) {
            view.wanted.clear();
        }
        return;
    }
    stretch_selected(ui, view, tokens, whole);
    let (done, facts) = ui.scope_builder(UiBuilder::new().max_rect(below), |ui| show_lines(ui, view, cx, list.has_focus())).inner;
    facts::show(view, cx, facts.as_ref());
    if let Some((place, done)) = done {
        let scroll = std::mem::take(&mut view.scrolled.to_chosen);
        view.select(place);
        view.scrolled.to_chosen = scroll;
        ui.memory_mut(|memory| memory.request_focus(id()));
        if let Done::Run(command) = done {
            run(ui, view, cx, command);
        }
    }
}

/// The selected quote has room for all its words, and for what can be done with it.
fn stretch_selected(ui: &Ui, view: &mut QuotesView, tokens: &Tokens, whole: Rect) {
    let Some((place, words)) = view.place().zip(view.at_hand().map(|entry| entry.quote.words.clone())) else { return };
    let width = words_width(tokens, whole);
    let heights = Heights::new(ui, tokens, width);
    let set = reading(ui.painter(), tokens, Type::ReadingQuote, tokens.colour.ink, &words, width, usize::MAX).size().y;
    let more = (heights.around + set - heights.row(&words)).max(0.0);
    view.listing.stretch(place, more + tokens.space.one + tokens.size.control);
}

/// Shows what is seen of the list; returns the place of a quote that was clicked, and what is to be done with it; and the
/// button that opens what is known of the selected quote.
fn show_lines(ui: &mut Ui, view: &mut QuotesView, cx: &Cx<'_>, focused: bool) -> (Option<(usize, Done)>, Option<Response>) {
    let (mut done, mut facts) = (None, None);
    let (chosen, count) = (view.place(), view.listing.count());
    let QuotesView { entries, labels, listing, selected, scrolled, .. } = view;
    show_headed(ui, cx.tokens, "quotes", (listing, chosen), scrolled, |ui, rect, at, place| {
        let Some((entry, label)) = entries.all.get(at).zip(labels.get(at)) else { return };
        let row = Row { entry, label, at: place + 1, of: count, chosen: *selected == Some(entry.quote.mark) };
        if let Some(what) = row.show(ui, cx, rect, focused, &mut facts) {
            done = Some((place, what));
        }
    });
    (done, facts)
}

/// What was done with a row.
#[derive(Clone, Copy)]
pub(super) enum Done {
    /// It was clicked.
    Select,
    /// Something is to be done with it.
    Run(Command),
}

/// A quote in the list.
struct Row<'a> {
    entry: &'a Entry,
    label: &'a str,
    /// Where it stands, from 1, and of how many.
    at: usize,
    of: usize,
    chosen: bool,
}

impl Row<'_> {
    /// Shows it; returns whether it was clicked, and what is to be done with it.
    fn show(&self, ui: &mut Ui, cx: &Cx<'_>, rect: Rect, focused: bool, facts: &mut Option<Response>) -> Option<Done> {
        let (tokens, colour) = (cx.tokens, &cx.tokens.colour);
        let response = ui.interact(rect, Id::unique(("quote", self.entry.quote.mark)), Sense::CLICK);
        response.widget_info(|| WidgetInfo::selected(Role::ListBoxOption, true, self.chosen, self.spoken(cx)));
        if self.chosen {
            row_at_hand(ui, id(), response.id);
        }
        chosen_ground(ui, tokens, rect, &response, self.chosen, focused);
        let (left, width) = (rect.left() + tokens.space.four, words_width(tokens, rect));
        let lines = if self.chosen { usize::MAX } else { LINES };
        let ink = if self.entry.quote.broken { colour.ink_tertiary } else { colour.ink };
        let words = reading(ui.painter(), tokens, Type::ReadingQuote, ink, &self.entry.quote.words, width, lines);
        let mut y = rect.top() + tokens.space.two;
        let height = words.size().y;
        ui.painter().galley(pos2(left, y), words, ink);
        y += height + tokens.space.half + tokens.line_height(Type::Small) / 2.0;
        let font = tokens.font_in(Type::Small, family::INTERFACE_MEDIUM);
        paint_elided(ui.painter(), left, rect.right() - tokens.space.four, y, self.label_or_why(), font, colour.ink_secondary);
        y += f32::midpoint(tokens.line_height(Type::Small), tokens.line_height(Type::Micro));
        self.show_facts(ui, cx, left, rect.right() - tokens.space.four, y);
        hairline_below(ui, tokens, rect);
        let mut done = match (response.double_clicked(), response.clicked()) {
            (true, _) => Some(Done::Run(Command::OpenQuote)),
            (false, clicked) => clicked.then_some(Done::Select),
        };
        if self.chosen {
            let top = y + tokens.line_height(Type::Micro) / 2.0 + tokens.space.one;
            let strip = Rect::from_min_max(pos2(left - tokens.space.two, top), pos2(rect.right(), top + tokens.size.control));
            done = self.show_actions(ui, cx, strip, facts).map(Done::Run).or(done);
        }
        done
    }

    fn label_or_why(&self) -> &str {
        match (self.label.is_empty(), self.entry.quote.broken) {
            (_, true) => "Corrected since: these words stand in an earlier version of the text",
            (true, false) if self.entry.quote.cases.is_empty() => "No participant’s words",
            (true, false) => "No label",
            (false, false) => self.label,
        }
    }

    /// What stands below the label: theme, source and paragraph, coder, what it is contrary to.
    fn facts(&self, cx: &Cx<'_>) -> String {
        let book = cx.study.codebook();
        let names: Vec<&str> = self.entry.themes.iter().filter_map(|theme| book.get(*theme)).map(|theme| theme.name.as_str()).collect();
        let initials = cx.study.coders().get(&self.entry.quote.coder).map_or("?", |coder| coder.initials.as_str());
        let contrary = self.entry.contrary.as_deref().map(|line| match line.strip_prefix("to ").unwrap_or(line) {
            "" => "Contrary".to_owned(),
            line => format!("Contrary to “{line}”"),
        });
        let parts =
            [Some(names.join(", ")).filter(|names| !names.is_empty()), Some(self.entry.place.clone()), Some(initials.to_owned()), contrary];
        let known = facts::said(&self.entry.quote.facts);
        parts.into_iter().flatten().chain(known).collect::<Vec<_>>().join(" · ")
    }

    fn show_facts(&self, ui: &Ui, cx: &Cx<'_>, left: f32, right: f32, y: f32) {
        let tokens = cx.tokens;
        let mut from = left;
        if let Some(theme) = self.entry.themes.first() {
            let hue = theme_mark(tokens, cx.study, *theme);
            let size = tokens.size.theme_mark;
            paint_mark(ui.painter(), pos2(left + size / 2.0, y), size, hue.mark, hue.label);
            from += size + tokens.space.one + tokens.space.half;
        }
        paint_elided(ui.painter(), from, right, y, &self.facts(cx), tokens.font(Type::Micro), tokens.colour.ink_tertiary);
    }

    fn show_actions(&self, ui: &mut Ui, cx: &Cx<'_>, strip: Rect, facts: &mut Option<Response>) -> Option<Command> {
        let tokens = cx.tokens;
        let narrow = strip.width() < tokens.size.cell_drawer;
        let mine = acts::is_mine(cx, self.entry);
        within(ui, strip, Layout::left_to_right(Align::Center), |ui| {
            ui.spacing_mut().item_spacing = vec2(tokens.space.half, 0.0);
            let button = |ui: &mut Ui, words: &str, icon, enabled| {
                if narrow {
                    icon_button(ui, tokens, icon, words, enabled)
                } else {
                    Button::quiet(words).icon(icon).small().enabled(enabled).show(ui, tokens)
                }
            };
            let told = |command: Command, response: Response| {
                let keys = command.key_words(&response.ctx);
                if keys.is_empty() { response } else { response.on_hover_text(keys) }
            };
            let open = button(ui, "Open in Read", icons::EXTERNAL_LINK, true);
            let copy = button(ui, "Copy", icons::COPY, true);
            let told_of = button(ui, "Facts", icons::LIST_CHECKS, true);
            *facts = Some(told_of.on_hover_text("What the report needs to know of it"));
            let unquote = button(ui, "Unquote", icons::TRASH_2, mine);
            let all = [(Command::OpenQuote, open), (Command::CopyQuote, copy), (Command::Unquote, unquote)];
            all.into_iter().find_map(|(command, response)| told(command, response).clicked().then_some(command))
        })
    }

    /// What a screen reader says of it.
    fn spoken(&self, cx: &Cx<'_>) -> String {
        format!("{}, {}, {}, quote {} of {}", self.entry.quote.words, self.label_or_why(), self.facts(cx), self.at, self.of)
    }
}

fn take_keys(ui: &Ui, view: &mut QuotesView, cx: &mut Cx<'_>) {
    let plain = |key| plain_key(ui, key);
    let tallest = Heights::new(ui, cx.tokens, cx.tokens.reading.column_width).tallest();
    for (key, by) in list_keys(view.scrolled.page(tallest)) {
        let at_end = by == 1 && view.place().is_some_and(|place| place + 1 == view.listing.count());
        if plain(key) && !at_end {
            view.step(by);
        }
    }
    for command in pressed(ui, Scope::Quotes, cx.settings.single_letters) {
        run(ui, view, cx, command);
    }
    if plain(Key::Escape) {
        view.wanted.clear();
    }
}

#[cfg(test)]
mod tests {
    use eframe::egui::{Context, RawInput};

    use super::*;
    use crate::app::style;
    use crate::app::tokens::{Mode, ReadingFace};

    #[test]
    fn rows_are_as_high_as_the_words_that_are_set_in_them() {
        let tokens = Tokens::load(Mode::Light).unwrap();
        let context = Context::default();
        style::set_fonts(&context, ReadingFace::default());
        // Fonts are there from the next frame on.
        context.run_ui(RawInput::default(), |_| ()).textures_delta.clear();
        let text = include_str!("../../../../corpus/sources/FIF-TL2.txt");
        let mut output = context.run_ui(RawInput::default(), |ui| {
            let set_in = |words: &str, width| reading(ui.painter(), &tokens, Type::ReadingQuote, tokens.colour.ink, words, width, LINES);
            let mut guessed = 0;
            for width in [260.0, 401.0, 536.0] {
                let heights = Heights::new(ui, &tokens, width);
                for words in text.lines().flat_map(|line| [line, line.split_inclusive('.').next().unwrap_or_default()]) {
                    let set = set_in(words, width).rows.len().clamp(1, LINES) as f32 * tokens.line_height(Type::ReadingQuote);
                    assert!((heights.words(words) - set).abs() < 0.5, "{width}: {words}");
                    guessed += usize::from(heights.counted(words).is_some());
                }
            }
            assert!(guessed > 200, "most need not be set: {guessed}");
        });
        output.textures_delta.clear();
    }
}

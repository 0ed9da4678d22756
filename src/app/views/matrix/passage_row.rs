use std::collections::HashMap;
use std::sync::Arc;

use eframe::egui::text::{LayoutJob, TextFormat};
use eframe::egui::{
    Align, Color32, Id, Layout, Popup, PopupCloseBehavior, Rect, Response, Role, ScrollArea, Sense, Shape, Ui, WidgetInfo, vec2,
};

use super::acts;
use super::sentences;
use super::summary::{Cited, marked};
use crate::analysis::changed::Differs;
use crate::analysis::matrix::{Passage, Point, said};
use crate::app::command::Command;
use crate::app::context::Cx;
use crate::app::icons;
use crate::app::tokens::{Tokens, Type};
use crate::app::widgets::{Button, Field, icon_button, icon_button_for, menu_choice, menu_heading, paint_mark, theme_mark, words};
use crate::study::{Coding, CodingId, Material, SourceId, ThemeId};
use crate::text::{Span, fold, sentence_at};

/// The menu of themes.
pub const RECODE: &str = "recode";
/// The line of a contrary mark.
pub const CONTRARY: &str = "contrary";
/// The list of codings that can be removed.
pub const REMOVE: &str = "remove";

/// What the menus of a row remember.
pub struct Popups {
    /// The identity of the list they belong to.
    root: Id,
    /// Filter of the menu of themes.
    filter: String,
    /// Which of several own codings is recoded.
    which: usize,
    /// The line of a contrary mark.
    line: String,
    /// Whether a menu was just opened and its field wants the focus.
    fresh: bool,
    /// A line that could not be kept, of the passage that begins there.
    given_back: Option<(SourceId, u32, String)>,
    /// What is cited in the summary in which passages can be cited, if there is one.
    pub cites: Option<Vec<Cited>>,
    /// How passages differ from what a summary was written of, by their codings.
    pub differ: Arc<HashMap<CodingId, Differs>>,
    /// Whether the focused passage is to be cited.
    pub cited: bool,
    /// The number under which it is to be cited no longer.
    pub uncited: Option<u32>,
}

impl Popups {
    /// The menus of a list.
    #[must_use]
    pub fn of(root: Id) -> Self {
        Self {
            root,
            filter: String::new(),
            which: 0,
            line: String::new(),
            fresh: false,
            given_back: None,
            cites: None,
            differ: Arc::default(),
            cited: false,
            uncited: None,
        }
    }

    /// Opens one of the menus.
    pub fn open(&mut self, ui: &Ui, menu: &'static str) {
        self.begin();
        Popup::open_id(ui.ctx(), self.root.with(menu));
    }

    fn begin(&mut self) {
        let (given_back, cites, differ) = (self.given_back.take(), self.cites.take(), Arc::clone(&self.differ));
        *self = Self { fresh: true, given_back, cites, differ, ..Self::of(self.root) };
    }

    /// The number under which a passage is cited: as it is, before as it was when another end was moved.
    #[must_use]
    pub fn number_of(&self, passage: &Passage) -> Option<u32> {
        let of = |is: fn(&Cited, &Passage) -> bool| self.cites.iter().flatten().find(|cited| is(cited, passage));
        of(Cited::is_whole).or_else(|| of(Cited::is)).map(|cited| cited.number)
    }

    /// How a passage differs from what the summary was written of; new words before others.
    #[must_use]
    pub fn differs(&self, passage: &Passage) -> Option<Differs> {
        passage.codings.iter().filter_map(|coding| self.differ.get(coding)).min().copied()
    }

    /// Keeps a line that could not be kept until it is asked for again.
    pub fn give_back(&mut self, of: &Passage, line: &str) {
        self.given_back = Some((of.source, of.span.start, line.to_owned()));
    }

    /// The line that was given back for a passage.
    fn take_back(&mut self, of: &Passage) -> Option<String> {
        let given = self.given_back.take_if(|(source, start, _)| (*source, *start) == (of.source, of.span.start));
        given.map(|(.., line)| line)
    }

    /// Whether one of the menus is open.
    #[must_use]
    pub fn is_open(&self, ui: &Ui, menu: &'static str) -> bool {
        Popup::is_id_open(ui.ctx(), self.root.with(menu))
    }

    /// A menu below a button; opened by it, or by [`Popups::open`].
    fn show(&mut self, tokens: &Tokens, button: &Response, menu: &'static str, show: impl FnOnce(&mut Ui, &mut Self)) {
        if button.clicked() {
            self.begin();
        }
        Popup::from_toggle_button_response(button).id(self.root.with(menu)).close_behavior(PopupCloseBehavior::CloseOnClickOutside).show(
            |ui| {
                ui.set_width(tokens.size.inspector_pane);
                ui.spacing_mut().item_spacing.y = 0.0;
                show(ui, self);
            },
        );
    }
}

/// Which themes are named beside a passage.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Naming {
    /// None: the cell says it.
    None,
    /// Those other than the theme that is read.
    Besides(ThemeId),
    /// Every one.
    All,
}

/// How a row is shown.
#[derive(Clone, Copy)]
pub struct RowLook {
    /// Has the focus: its actions are shown.
    pub focused: bool,
    /// Under the pointer.
    pub hovered: bool,
    /// With the turns before and after.
    pub context: bool,
    /// In its sentence.
    pub in_sentence: bool,
    /// Which themes of its codings are named.
    pub naming: Naming,
    /// With what it is contrary to.
    pub contrary: bool,
}

/// What a screen reader says of a passage.
#[must_use]
pub fn spoken(cx: &Cx<'_>, passage: &Passage, at: usize, of: usize) -> String {
    let Some(material) = cx.study.material(passage.source) else { return String::new() };
    let text = material.revision().and_then(|revision| cx.texts.get(revision.text));
    let said = text.map(|text| said(&material.geometry, &text.text, passage.span)).unwrap_or_default();
    format!("{}, {said}, passage {at} of {of}", place(material, passage.span))
}

/// The source and paragraph of a passage: "FIF-W3, ¶ 57".
#[must_use]
pub fn place_of(cx: &Cx<'_>, passage: &Passage) -> String {
    cx.study.material(passage.source).map(|material| place(material, passage.span)).unwrap_or_default()
}

fn place(material: &Material, span: Span) -> String {
    let paragraph = material.geometry.paragraph_at(span.start).map_or(0, |at| at + 1);
    format!("{}, ¶ {paragraph}", material.source.label)
}

/// Shows a passage and, when it has the focus, what can be done with it. Returns its height.
pub fn show(ui: &mut Ui, cx: &mut Cx<'_>, popups: &mut Popups, passage: &Passage, look: RowLook) -> f32 {
    let tokens = cx.tokens;
    let Some(material) = cx.study.material(passage.source).cloned() else { return 0.0 };
    let ground = ui.painter().add(Shape::Noop);
    let top = ui.cursor().top();
    let whole = ui.max_rect().x_range();
    ui.spacing_mut().item_spacing = vec2(tokens.space.one, tokens.space.half);
    ui.add_space(tokens.space.two);
    ui.horizontal_top(|ui| {
        show_number(ui, tokens, popups.cites.is_some(), popups.number_of(passage));
        let width = ui.available_width() - tokens.space.four;
        ui.allocate_ui_with_layout(vec2(width, 0.0), Layout::top_down(Align::Min), |ui| {
            ui.set_max_width(width);
            show_words(ui, cx, &material, passage, look);
            show_facts(ui, cx, &material, passage, (look, popups.differs(passage)));
        });
    });
    if look.focused {
        ui.horizontal(|ui| {
            ui.add_space(tokens.space.three);
            show_actions(ui, cx, popups, &material, passage);
        });
    }
    ui.add_space(tokens.space.one);
    let bottom = ui.min_rect().bottom();
    let rect = eframe::egui::Rect::from_x_y_ranges(whole, top..=bottom);
    if look.focused || look.hovered {
        let alpha = if look.focused { 1.0 } else { 0.5 };
        ui.painter().set(ground, Shape::rect_filled(rect, 0.0, tokens.colour.surface_hover.gamma_multiply(alpha)));
    }
    bottom - top
}

fn format(tokens: &Tokens, ink: Color32) -> TextFormat {
    TextFormat { line_height: Some(tokens.line_height(Type::ReadingQuote)), ..TextFormat::simple(tokens.font(Type::ReadingQuote), ink) }
}

fn show_words(ui: &mut Ui, cx: &Cx<'_>, material: &Material, passage: &Passage, look: RowLook) {
    let tokens = cx.tokens;
    let colour = &tokens.colour;
    let mut job = LayoutJob::default();
    job.wrap.max_width = ui.available_width();
    let revision = material.revision();
    match revision.and_then(|revision| cx.texts.get(revision.text)) {
        None => {
            // As long as the words will be, so that nothing jumps when they come.
            let dots = "· ".repeat((passage.span.len() / 2) as usize);
            job.append(&dots, 0.0, format(tokens, colour.ink_disabled));
        }
        Some(text) if look.context => append_context(&mut job, tokens, material, &text.text, passage.span),
        Some(text) if look.in_sentence => {
            let whole = sentence_of(material, &text.text, passage.span);
            append_in(&mut job, tokens, &text.text, whole, passage.span);
        }
        Some(text) => job.append(&said(&material.geometry, &text.text, passage.span), 0.0, format(tokens, colour.ink)),
    }
    ui.label(job);
}

/// The turn before, the paragraphs of the passage whole with its words in ink, the turn after.
fn append_context(job: &mut LayoutJob, tokens: &Tokens, material: &Material, text: &str, span: Span) {
    let colour = &tokens.colour;
    let inside = material.geometry.paragraphs_in(span);
    let range = inside.start.saturating_sub(1)..inside.end + 1;
    for (index, paragraph) in material.geometry.paragraphs().iter().enumerate().take(range.end).skip(range.start) {
        if !job.is_empty() {
            job.append("\n", 0.0, format(tokens, colour.ink_secondary));
        }
        if let Some(label) = material.geometry.labels().get(usize::from(paragraph.speaker)) {
            let font = TextFormat { font_id: tokens.font(Type::MicroStrong), ..format(tokens, colour.ink_tertiary) };
            job.append(&format!("{label}  "), 0.0, font);
        }
        let words = paragraph.span;
        let own = words.intersection(span).filter(|_| inside.contains(&index));
        let own = own.unwrap_or(Span { start: words.end, end: words.end });
        append_in(job, tokens, text, words, own);
    }
}

/// The sentence in which a passage begins, with all of the passage.
fn sentence_of(material: &Material, text: &str, span: Span) -> Span {
    let paragraph = material.geometry.paragraph_at(span.start).and_then(|at| material.geometry.paragraphs().get(at));
    let found = paragraph.and_then(|paragraph| {
        let words = paragraph.span;
        let sentence = sentence_at(words.slice(text), span.start.saturating_sub(words.start))?;
        Some(Span { start: words.start + sentence.start, end: words.start + sentence.end })
    });
    found.map_or(span, |sentence| Span { start: sentence.start.min(span.start), end: sentence.end.max(span.end) })
}

/// Words with some of them in ink on a ground of their own.
fn append_in(job: &mut LayoutJob, tokens: &Tokens, text: &str, whole: Span, own: Span) {
    let colour = &tokens.colour;
    for (part, ink) in [
        (Span { start: whole.start, end: own.start }, colour.ink_secondary),
        (own, colour.ink),
        (Span { start: own.end, end: whole.end }, colour.ink_secondary),
    ] {
        let ground = if ink == colour.ink { colour.accent_quiet } else { Color32::TRANSPARENT };
        job.append(part.slice(text), 0.0, TextFormat { background: ground, ..format(tokens, ink) });
    }
}

/// Source and paragraph, coders, marks; the themes and what it is contrary to.
fn show_facts(ui: &mut Ui, cx: &Cx<'_>, material: &Material, passage: &Passage, (look, differs): (RowLook, Option<Differs>)) {
    let tokens = cx.tokens;
    let colour = &tokens.colour;
    let codings = acts::codings(material, passage);
    ui.spacing_mut().interact_size.y = tokens.line_height(Type::Micro);
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing.x = tokens.space.one + tokens.space.half;
        if let Some((icon, says)) = differs.and_then(marked) {
            sign(ui, tokens, icon, says);
        }
        words(ui, tokens, Type::Micro, colour.ink_tertiary, place(material, passage.span));
        words(ui, tokens, Type::Micro, colour.ink_tertiary, coders(cx, &codings));
        if acts::is_quoted(material, passage) {
            sign(ui, tokens, icons::QUOTE, "Quote");
        }
        let mut named: Vec<ThemeId> = Vec::new();
        for coding in codings.iter().filter(|_| look.naming != Naming::None) {
            if look.naming != Naming::Besides(coding.theme) && !named.contains(&coding.theme) {
                named.push(coding.theme);
                theme_name(ui, cx, coding.theme);
            }
        }
        if look.contrary
            && let Some(line) = acts::contrary_line(material, passage)
        {
            let what = line.strip_prefix("to ").unwrap_or(&line);
            let says = if line.is_empty() { "Contrary".to_owned() } else { format!("Contrary to “{what}”") };
            sign(ui, tokens, icons::ARROW_RIGHT_LEFT, &says);
        }
    });
}

fn coders(cx: &Cx<'_>, codings: &[&Coding]) -> String {
    let mut initials: Vec<&str> = Vec::new();
    for coding in codings {
        let coder = cx.study.coders().get(&coding.coder).map_or("?", |coder| coder.initials.as_str());
        if !initials.contains(&coder) {
            initials.push(coder);
        }
    }
    initials.join(", ")
}

fn sign(ui: &mut Ui, tokens: &Tokens, icon: char, says: &str) {
    let icon = eframe::egui::RichText::new(icon).font(tokens.small_icon_font(Type::Micro)).color(tokens.colour.ink_secondary);
    ui.add(eframe::egui::Label::new(icon));
    words(ui, tokens, Type::Micro, tokens.colour.ink_secondary, says);
}

fn theme_name(ui: &mut Ui, cx: &Cx<'_>, theme: ThemeId) {
    let tokens = cx.tokens;
    let hue = theme_mark(tokens, cx.study, theme);
    let (rect, _) = ui.allocate_exact_size(vec2(tokens.size.theme_mark, tokens.line_height(Type::Micro)), eframe::egui::Sense::hover());
    paint_mark(ui.painter(), rect.center(), tokens.size.theme_mark, hue.mark, hue.label);
    let name = cx.study.codebook().get(theme).map_or("", |theme| theme.name.as_str());
    words(ui, tokens, Type::Micro, tokens.colour.ink_secondary, name);
}

/// Room before a passage, with the number under which it is cited.
fn show_number(ui: &mut Ui, tokens: &Tokens, cites: bool, number: Option<u32>) {
    let (width, height) = (if cites { tokens.space.eight } else { tokens.space.five }, tokens.line_height(Type::ReadingQuote));
    let (rect, response) = ui.allocate_exact_size(vec2(width, height), Sense::hover());
    let Some(number) = number else { return };
    response.widget_info(|| WidgetInfo::labeled(Role::Label, true, format!("Cited as {number}")));
    let words = number.to_string();
    let font = tokens.font(Type::MicroStrong);
    let galley = ui.painter().layout_no_wrap(words, font, tokens.colour.accent);
    let size = galley.size() + vec2(tokens.space.two, 0.0);
    let chip = Rect::from_center_size(rect.left_center() + vec2(tokens.space.four, 0.0), size);
    ui.painter().rect_filled(chip, tokens.space.one, tokens.colour.accent_quiet);
    ui.painter().galley(chip.center() - galley.size() / 2.0, galley, tokens.colour.accent);
}

fn show_actions(ui: &mut Ui, cx: &mut Cx<'_>, popups: &mut Popups, material: &Material, passage: &Passage) {
    let tokens = cx.tokens;
    let own = acts::own(cx, passage);
    let narrow = ui.available_width() < tokens.size.picker_width;
    let narrowest = ui.available_width() < tokens.size.cell_drawer - tokens.space.six;
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing.x = 0.0;
        let button = |words, icon| Button::quiet(words).icon(icon).small();
        let told = |command: Command, response: Response| {
            let keys = command.key_words(&response.ctx);
            if keys.is_empty() { response } else { response.on_hover_text(keys) }
        };
        let open = Button::new(Command::OpenPassage.title()).icon(icons::EXTERNAL_LINK).small().show(ui, tokens);
        if told(Command::OpenPassage, open).clicked() {
            acts::open(cx, passage);
        }
        if popups.cites.is_some() && told(Command::CitePassage, Button::quiet("Cite").icon(icons::LINK).small().show(ui, tokens)).clicked()
        {
            popups.cited = true;
        }
        if let Some(number) = popups.number_of(passage) {
            let uncite = if narrow {
                icon_button(ui, tokens, icons::UNLINK, "Uncite", true)
            } else {
                button("Uncite", icons::UNLINK).show(ui, tokens)
            };
            if told(Command::UncitePassage, uncite).clicked() {
                popups.uncited = Some(number);
            }
        }
        if icon_button_for(ui, tokens, Command::PassageToProposition, true).clicked() {
            acts::to_proposition(cx, passage);
        }
        if passage.codings.is_empty() {
            return;
        }
        let recode = Button::quiet("Recode").small().enabled(!own.is_empty()).show(ui, tokens);
        let recode = told(Command::RecodePassage, recode);
        popups.show(tokens, &recode, RECODE, |ui, popups| offer_themes(ui, cx, popups, material, passage));
        // In a pane there is no room for every word.
        let quote = if acts::is_quoted(material, passage) { "Unquote" } else { "Quote" };
        let quote =
            if narrowest { icon_button(ui, tokens, icons::QUOTE, quote, true) } else { button(quote, icons::QUOTE).show(ui, tokens) };
        if told(Command::QuotePassage, quote).clicked() {
            acts::quote(cx, passage);
        }
        let contrary = if narrow {
            icon_button(ui, tokens, icons::ARROW_RIGHT_LEFT, "Contrary", true)
        } else {
            button("Contrary", icons::ARROW_RIGHT_LEFT).show(ui, tokens)
        };
        let contrary = told(Command::ContraryPassage, contrary);
        popups.show(tokens, &contrary, CONTRARY, |ui, popups| ask_contrary(ui, cx, popups, material, passage));
        let remove = told(Command::RemovePassage, Button::quiet("Remove coding…").small().show(ui, tokens));
        popups.show(tokens, &remove, REMOVE, |ui, popups| offer_removal(ui, cx, popups, material, passage));
    });
}

/// A small list of themes with a filter; the first is taken by Enter.
fn offer_themes(ui: &mut Ui, cx: &mut Cx<'_>, popups: &mut Popups, material: &Material, passage: &Passage) {
    let tokens = cx.tokens;
    let own = acts::own(cx, passage);
    let path = |id| material.coding(id).map(|coded| cx.study.codebook().path(coded.coding.theme)).unwrap_or_default();
    menu_heading(ui, tokens, if own.len() > 1 { "Recode which" } else { "Recode to" });
    if own.len() > 1 {
        for (at, id) in own.iter().enumerate() {
            if menu_choice(ui, tokens, &path(*id), popups.which == at, true).clicked() {
                popups.which = at;
            }
        }
        menu_heading(ui, tokens, "to");
    }
    let Some(coding) = own.get(popups.which).or(own.first()).copied() else { return };
    let field = Field::new(Id::unique("recode filter"), "Filter themes", icons::LIST_FILTER).show(ui, tokens, &mut popups.filter);
    if std::mem::take(&mut popups.fresh) {
        field.request_focus();
    }
    let entered = field.lost_focus() && ui.input(|input| input.key_pressed(eframe::egui::Key::Enter));
    let wanted = fold(popups.filter.trim());
    let codebook = cx.study.codebook();
    let found = codebook.outline().iter().filter(|row| {
        let name = codebook.get(row.theme).map_or("", |theme| theme.name.as_str());
        wanted.is_empty() || row.number.starts_with(&wanted) || fold(name).contains(&wanted)
    });
    let found: Vec<(ThemeId, String)> = found
        .map(|row| (row.theme, format!("{} {}", row.number, codebook.get(row.theme).map_or("", |theme| theme.name.as_str()))))
        .collect();
    let mut chosen = entered.then(|| found.first().map(|(theme, _)| *theme)).flatten();
    let now = material.coding(coding).map(|coded| coded.coding.theme);
    let rows = ScrollArea::vertical().max_height(tokens.size.row * 9.0);
    rows.show_rows(ui, tokens.size.row, found.len(), |ui, range| {
        for (theme, name) in found.iter().take(range.end).skip(range.start) {
            if ui.push_id(theme, |ui| menu_choice(ui, tokens, name, now == Some(*theme), true)).inner.clicked() {
                chosen = Some(*theme);
            }
        }
    });
    if let Some(theme) = chosen {
        acts::recode(cx, passage, coding, theme);
        Popup::close_all(ui.ctx());
    }
}

fn ask_contrary(ui: &mut Ui, cx: &mut Cx<'_>, popups: &mut Popups, material: &Material, passage: &Passage) {
    let tokens = cx.tokens;
    let there = acts::contrary_line(material, passage);
    menu_heading(ui, tokens, "Contrary to what?");
    let fresh = std::mem::take(&mut popups.fresh);
    if fresh {
        popups.line = popups.take_back(passage).or_else(|| there.clone()).unwrap_or_default();
    }
    let field = Field::new(Id::unique("contrary line"), "May stay empty", icons::ARROW_RIGHT_LEFT);
    let field = field.show(ui, tokens, &mut popups.line);
    if fresh {
        field.request_focus();
    }
    let entered = field.lost_focus() && ui.input(|input| input.key_pressed(eframe::egui::Key::Enter));
    ui.add_space(tokens.space.two);
    ui.horizontal(|ui| {
        if Button::primary("Mark as contrary").small().show(ui, tokens).clicked() || entered {
            acts::contrary(cx, passage, Some(popups.line.clone()));
            Popup::close_all(ui.ctx());
        }
        if there.is_some() && Button::new("Take the mark away").small().show(ui, tokens).clicked() {
            acts::contrary(cx, passage, None);
            Popup::close_all(ui.ctx());
        }
    });
}

/// Lists each theme and coder; only one's own can be removed. The first of them has the focus.
fn offer_removal(ui: &mut Ui, cx: &mut Cx<'_>, popups: &mut Popups, material: &Material, passage: &Passage) {
    let tokens = cx.tokens;
    let own = acts::own(cx, passage);
    menu_heading(ui, tokens, "Remove coding");
    for coding in acts::codings(material, passage) {
        let coder = cx.study.coders().get(&coding.coder).map_or("?", |coder| coder.name.as_str());
        let name = format!("{coder} · {}", sentences::point_name(cx.study, Point::Theme(coding.theme)));
        let mine = own.contains(&coding.id);
        let response = ui.push_id(coding.id, |ui| menu_choice(ui, tokens, &name, false, mine)).inner;
        if mine && std::mem::take(&mut popups.fresh) {
            response.request_focus();
        }
        if response.clicked() {
            acts::remove(cx, passage, coding.id);
            Popup::close_all(ui.ctx());
        }
        if !mine {
            response.on_hover_text("Another coder’s: write a memo, or agree by adding your own.");
        }
    }
}

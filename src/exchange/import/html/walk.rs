use html5gum::emitters::default::DefaultEmitter;
use html5gum::{EndTag, StartTag, Token, Tokenizer};

use super::super::blocks::{Flow, Kind, LeftOut, Look};
use super::super::units::Hint;
use super::elements::Element;
use super::lists::List;
use super::looks::{Classes, Effect};

/// Elements within elements deeper than this are passed over; their words are not.
const DEEPEST: usize = 4_096;

/// So many open elements are looked through for the one that an end tag ends.
const FARTHEST: usize = 512;

/// The parts of a page on their way into a text.
///
/// No tree is built: what is open is kept in a list, so that neither depth nor disorder of a page costs more than its length.
pub(in super::super) struct Page<'a> {
    flow: &'a mut Flow,
    left_out: &'a mut LeftOut,
    classes: Classes,
    open: Vec<Open>,
    /// How many elements are open beyond the deepest that counts.
    beyond: usize,
    lists: Vec<List>,
    /// The item of a list whose words have not begun: its mark and level.
    item: Option<(String, u8)>,
    /// Whether white space came and no word behind it.
    space: bool,
    /// The mark of a list item, as far as it was read.
    mark: String,
    /// A style sheet, as far as it was read.
    sheet: String,
    reference: Reference,
}

/// Where we are in a raised link, which refers to a note.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Reference {
    Outside,
    /// Its words have not begun.
    Begun,
    /// It was put in brackets.
    InBrackets,
    /// It has brackets of its own.
    AsItIs,
}

struct Open {
    name: Vec<u8>,
    element: Element,
    /// What holds within it.
    state: State,
    /// Whether it is read at all.
    counts: bool,
}

/// What holds within an element.
#[derive(Clone, Copy, Debug, Default)]
struct State {
    look: Look,
    hint: Hint,
    is_pre: bool,
    is_skipped: bool,
    is_mark: bool,
    is_raised: bool,
    is_link: bool,
}

impl State {
    const fn is_reference(self) -> bool {
        self.is_raised && self.is_link
    }
}

impl<'a> Page<'a> {
    pub(in super::super) fn new(flow: &'a mut Flow, left_out: &'a mut LeftOut) -> Self {
        Self {
            flow,
            left_out,
            classes: Classes::default(),
            open: Vec::new(),
            beyond: 0,
            lists: Vec::new(),
            item: None,
            space: false,
            mark: String::new(),
            sheet: String::new(),
            reference: Reference::Outside,
        }
    }

    /// Reads a page into the flow. In one that is XML every element may end where it begins.
    pub(in super::super) fn read(mut self, page: &str, is_xml: bool) {
        let mut emitter = DefaultEmitter::default();
        // In XML a script or title without content does not swallow what follows it.
        emitter.naively_switch_states(!is_xml);
        for token in Tokenizer::new_with_emitter(page, emitter) {
            let Ok(token) = token;
            match token {
                Token::StartTag(tag) => self.begin(&tag, is_xml),
                Token::EndTag(tag) => self.end(&tag),
                Token::String(words) => self.words(&String::from_utf8_lossy(&words.value)),
                _ => {}
            }
        }
        while self.open.last().is_some() {
            self.close_last();
        }
        self.flow.end();
    }

    fn state(&self) -> State {
        self.open.last().map(|open| open.state).unwrap_or_default()
    }

    fn begin(&mut self, tag: &StartTag<()>, is_xml: bool) {
        let name = local(&tag.name);
        let mut element = Element::of(name);
        let is_empty = Element::is_void(name) || tag.self_closing && (is_xml || name == b"svg" || tag.name.contains(&b':'));
        if !self.state().is_skipped {
            self.end_what_is_ended_by(element);
        }
        let outer = self.state();
        let attribute = |name: &[u8]| tag.attributes.get(name).map(|value| String::from_utf8_lossy(&value.value));
        let class = attribute(b"class").unwrap_or_default();
        let effect = self.classes.effect(&class).with(Effect::of(&attribute(b"style").unwrap_or_default()));
        if element == Element::Break && !outer.is_skipped {
            self.soft_break(outer);
        }
        let is_back_link =
            class.split_whitespace().any(|class| class == "footnote-back") || attribute(b"role").as_deref() == Some("doc-backlink");
        if effect.is_hidden || attribute(b"hidden").is_some_and(|how| how != "until-found") {
            element = Element::LeftOut(Kind::Hidden);
        } else if attribute(b"role").as_deref() == Some("navigation") {
            element = Element::LeftOut(Kind::Menu);
        } else if is_back_link || name == b"input" && attribute(b"type").as_deref() == Some("hidden") {
            element = Element::Skipped;
        }
        if let (Element::LeftOut(kind), false) = (element, outer.is_skipped) {
            self.left_out.add(kind);
        }
        let link = name == b"a" && attribute(b"href").is_some_and(|to| to.contains('#'));
        let mut state = inside(outer, element, effect, &class);
        // A link to a note is one wherever it stands on its line.
        let is_note = attribute(b"epub:type").as_deref() == Some("noteref") || attribute(b"role").as_deref() == Some("doc-noteref");
        state.is_raised |= name == b"sup" || is_note;
        state.is_link |= link || is_note;
        if !outer.is_skipped && !state.is_skipped {
            if state.is_reference() && !outer.is_reference() {
                self.reference = Reference::Begun;
            }
            self.open_block(element, effect, &attribute);
        }
        if is_empty {
            return;
        }
        if self.open.len() >= DEEPEST {
            self.beyond += 1;
            return;
        }
        self.open.push(Open { name: tag.name.to_vec(), element, state, counts: !outer.is_skipped });
    }

    fn open_block<'tag>(&mut self, element: Element, effect: Effect, attribute: &impl Fn(&[u8]) -> Option<std::borrow::Cow<'tag, str>>) {
        if !element.is_block() {
            return;
        }
        self.space = false;
        match element {
            Element::Table => self.flow.begin_table(),
            // What stands in a table outside of its cells is a part of it by itself.
            Element::Row => self.flow.end_row(),
            Element::List { is_numbered } => {
                self.flow.end();
                self.item = None;
                self.lists.push(List::new(is_numbered, effect.is_unmarked == Some(true), attribute));
            }
            Element::Item => {
                self.flow.end();
                let level = u8::try_from(self.lists.len().max(1)).unwrap_or(u8::MAX);
                let value = attribute(b"value").and_then(|value| value.trim().parse().ok());
                let is_unmarked = effect.is_unmarked == Some(true);
                let mark = self.lists.last_mut().map_or_else(|| "•".to_owned(), |list| list.next(value));
                self.item = Some((if is_unmarked { String::new() } else { mark }, level));
            }
            _ => self.flow.end(),
        }
    }

    /// Ends the elements that are ended by one that begins without an end tag of their own.
    fn end_what_is_ended_by(&mut self, element: Element) {
        if !element.is_block() {
            return;
        }
        loop {
            let mut found = None;
            for (depth, open) in self.open.iter().rev().take(FARTHEST).enumerate() {
                if open.element.is_ended_by(element) {
                    found = Some(depth);
                    break;
                }
                if matches!(open.element, Element::Table | Element::List { .. }) || open.element == Element::Cell && element != Element::Row
                {
                    break;
                }
            }
            let Some(depth) = found else { return };
            (0..=depth).for_each(|_| self.close_last());
        }
    }

    fn end(&mut self, tag: &EndTag<()>) {
        if self.beyond > 0 {
            self.beyond -= 1;
            return;
        }
        let element = Element::of(local(&tag.name));
        // Browsers make a line of it.
        if tag.name.as_slice() == b"br" && !self.state().is_skipped {
            self.soft_break(self.state());
        }
        let is_formatting = !element.is_block();
        for depth in 0..self.open.len().min(FARTHEST) {
            let at = self.open.len() - 1 - depth;
            let Some(open) = self.open.get(at) else { return };
            if open.name == tag.name.as_slice() {
                (0..=depth).for_each(|_| self.close_last());
                return;
            }
            if open.element.keeps_from(element) {
                return;
            }
            if is_formatting && open.element.is_block() && !open.state.is_skipped {
                self.stop_formatting(at, &tag.name);
                return;
            }
        }
    }

    /// A formatting element that ends within a block which it does not contain whole: the rest of the block is without it.
    fn stop_formatting(&mut self, block: usize, name: &[u8]) {
        let from = block.saturating_sub(FARTHEST);
        let is_it = |open: &Open| open.name == name;
        let Some(begun) = self.open.get(from..block).and_then(|outer| outer.iter().rposition(is_it)).map(|at| from + at) else { return };
        let Some(open) = self.open.get(begun).filter(|open| matches!(open.element, Element::Bold | Element::Italic)) else { return };
        let (stops_bold, element) = (open.element == Element::Bold, Element::Inline);
        for open in self.open.iter_mut().skip(begun) {
            if stops_bold {
                open.state.look.bold = false;
            } else {
                open.state.look.italic = false;
            }
        }
        if let Some(open) = self.open.get_mut(begun) {
            open.element = element;
            open.name.clear();
        }
    }

    fn close_last(&mut self) {
        let Some(open) = self.open.pop() else { return };
        if !open.counts {
            return;
        }
        if open.name.as_slice() == b"style" {
            self.classes.read(&std::mem::take(&mut self.sheet));
        }
        if open.state.is_skipped {
            return;
        }
        let outer = self.state();
        if open.state.is_mark && !outer.is_mark {
            self.flow.set_mark(&bullet(&std::mem::take(&mut self.mark)));
        }
        if open.state.is_reference() && !outer.is_reference() {
            if self.reference == Reference::InBrackets {
                self.flow.push("]", Look::default());
            }
            self.reference = Reference::Outside;
        }
        if !open.element.is_block() {
            return;
        }
        self.space = false;
        match open.element {
            Element::Table => self.flow.end_table(),
            Element::Row => self.flow.end_row(),
            Element::Cell => self.flow.end_cell(),
            Element::List { .. } => {
                self.flow.end();
                self.lists.pop();
            }
            Element::Item => {
                self.flow.end();
                self.item = None;
            }
            _ => self.flow.end(),
        }
    }

    /// A line ends here; where two do, a paragraph.
    fn soft_break(&mut self, state: State) {
        self.space = false;
        if self.flow.is_blank() {
            return;
        }
        if self.flow.last() == Some('\n') {
            self.flow.begin(state.hint);
        } else {
            self.flow.push("\n", state.look);
        }
    }

    fn words(&mut self, words: &str) {
        if self.open.last().is_some_and(|open| open.counts && open.name == b"style") {
            self.sheet.push_str(words);
        }
        let state = self.state();
        if state.is_skipped {
            return;
        }
        if state.is_mark {
            self.mark.push_str(words);
            return;
        }
        if state.is_pre {
            for (at, line) in words.split('\n').enumerate() {
                if at > 0 {
                    self.soft_break(state);
                }
                self.put(line, state);
            }
            return;
        }
        let mut run = String::with_capacity(words.len());
        for c in words.chars() {
            if c.is_ascii_whitespace() || c == '\u{a0}' {
                self.space = true;
                continue;
            }
            if std::mem::take(&mut self.space) {
                let is_first = run.is_empty() && (self.flow.is_blank() || self.flow.last().is_some_and(char::is_whitespace));
                if !is_first {
                    run.push(' ');
                }
            }
            run.push(c);
        }
        self.put(&run, state);
    }

    fn put(&mut self, words: &str, state: State) {
        if words.is_empty() {
            return;
        }
        if self.flow.is_blank() && !words.trim().is_empty() {
            self.flow.set_hint(state.hint);
            if let Some((mark, level)) = self.item.take() {
                self.flow.set_mark(&mark);
                if !matches!(state.hint, Hint::Heading(_)) {
                    self.flow.set_hint(Hint::Item(level));
                }
            }
        }
        if self.reference == Reference::Begun && !words.trim().is_empty() {
            let has_brackets = words.trim_start().starts_with(['[', '(']);
            self.reference = if has_brackets { Reference::AsItIs } else { Reference::InBrackets };
            if !has_brackets {
                self.flow.push("[", Look::default());
            }
        }
        self.flow.push(words, state.look);
    }
}

/// What holds within an element of this kind.
fn inside(outer: State, element: Element, effect: Effect, class: &str) -> State {
    let mut state = outer;
    match element {
        Element::Skipped | Element::LeftOut(_) => state.is_skipped = true,
        Element::Heading(level) => state.hint = Hint::Heading(level),
        Element::Quote => state.hint = Hint::Quote,
        Element::Table => state.hint = Hint::None,
        Element::Pre => state.is_pre = true,
        Element::Bold => state.look.bold = true,
        Element::Italic => state.look.italic = true,
        Element::Paragraph if outer.hint == Hint::None => {
            state.hint = class.split_whitespace().find_map(hint_of_class).or(effect.level.map(Hint::Item)).unwrap_or_default();
        }
        _ => {}
    }
    state.look = effect.look(state.look);
    state.is_pre = effect.is_pre.unwrap_or(state.is_pre);
    state.is_mark |= effect.is_mark;
    state
}

/// What paragraphs of this class are, in the pages that word processors write.
fn hint_of_class(class: &str) -> Option<Hint> {
    match class {
        "MsoTitle" | "title" => Some(Hint::Heading(1)),
        "MsoQuote" | "MsoIntenseQuote" => Some(Hint::Quote),
        _ => None,
    }
}

/// The mark that is seen where Word writes a letter of a font of signs.
fn bullet(mark: &str) -> String {
    match mark.trim() {
        "·" | "§" | "Ø" | "ü" | "o" | "" => "•".to_owned(),
        mark => mark.to_owned(),
    }
}

/// The name of an element without its prefix.
fn local(name: &[u8]) -> &[u8] {
    name.strip_prefix(b"html:").or_else(|| name.strip_prefix(b"xhtml:")).unwrap_or(name)
}

//! Keys that come faster than frames are drawn.

use eframe::egui::{Event, Id, Key};

/// So many frames the keys wait at most for what has just got them, or gets them back.
const LONGEST_WAIT: u8 = 3;

/// Gives each frame only so much of the input as belongs together: words as they come, but each key that ends or opens something, and
/// each press of the pointer, in a frame of its own. Else what was typed before a key would be read after it, or in another field.
#[derive(Debug, Default)]
pub struct InTurn {
    waiting: Vec<Event>,
    /// What had the keys in the frame before.
    focus: Option<Id>,
    /// How many frames the keys have waited.
    waited: u8,
    /// Whether the frame before had the key that gives the keys to another in the next.
    passes_on: bool,
    /// How many events were given last, and the pass before which that was.
    given: (usize, u64),
}

/// What is known of who has the keys.
#[derive(Clone, Copy, Debug, Default)]
pub struct Keys {
    /// What has them.
    pub focus: Option<Id>,
    /// Whether that is a field: elsewhere letters are keys like others.
    pub typing: bool,
    /// Whether somebody gets them back after a dialog.
    pub returning: bool,
    /// The number of the pass.
    pub pass: u64,
}

/// What an event is to the order of keys.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Part {
    Words,
    /// A key of a letter where one does not type: it may lead elsewhere, the letter that comes with it does not.
    Letter,
    /// It may lead elsewhere.
    Turn,
    /// It means the same whenever it comes.
    Other,
}

impl InTurn {
    /// Leaves in `events`, which have just arrived, those of this frame; returns whether others wait for the next. Until what has just
    /// got the keys was drawn with them, egui takes Tab and the arrows for its own, so that they wait that long.
    pub fn take(&mut self, events: &mut Vec<Event>, keys: Keys) -> bool {
        let Keys { focus, typing, returning, pass } = keys;
        // A window that is not drawn gives back what it was given.
        let (given, at) = self.given;
        if at == pass {
            self.waiting.splice(0..0, events.drain(..given.min(events.len())));
        }
        for event in events.drain(..) {
            self.arrive(event, typing);
        }
        let is_new = std::mem::replace(&mut self.focus, focus) != focus;
        let waits = is_new || returning || std::mem::take(&mut self.passes_on);
        self.waited = if waits && self.waited < LONGEST_WAIT { self.waited + 1 } else { 0 };
        let first = || self.waiting.iter().position(|event| part(event, typing) != Part::Other).unwrap_or(self.waiting.len());
        let of_this_frame = if self.waited > 0 { first() } else { end_of_turn(&self.waiting, typing) };
        events.extend(self.waiting.drain(..of_this_frame));
        self.passes_on = events.iter().any(|event| matches!(event, Event::Key { key: Key::Tab, pressed: true, .. }));
        self.given = (events.len(), pass);
        !self.waiting.is_empty()
    }

    /// Puts an event behind those that wait. A key that is held is repeated without being let go; where frames are slower than that,
    /// it would run on after it was.
    fn arrive(&mut self, event: Event, typing: bool) {
        let last = self.waiting.iter().rfind(|it| part(it, typing) != Part::Other || matches!(it, Event::Key { .. }));
        if let Event::Key { key, pressed: true, modifiers, .. } = &event
            && part(&event, typing) != Part::Words
            && matches!(last, Some(Event::Key { key: other, pressed: true, modifiers: with, .. }) if (other, with) == (key, modifiers))
        {
            return;
        }
        self.waiting.push(event);
    }
}

/// How many events belong to one frame.
fn end_of_turn(events: &[Event], typing: bool) -> usize {
    let mut before = Part::Other;
    for (at, event) in events.iter().enumerate() {
        if before != Part::Other && matches!(event, Event::ModifiersChanged(_)) {
            // What comes before was done with those of before.
            return at;
        }
        match (before, part(event, typing)) {
            (_, Part::Other) | (Part::Words | Part::Letter, Part::Words) => {}
            (Part::Other, part) => before = part,
            (Part::Turn, _) | (_, Part::Turn | Part::Letter) => return at,
        }
    }
    events.len()
}

fn part(event: &Event, typing: bool) -> Part {
    match event {
        Event::Key { key, pressed: true, modifiers, .. } => {
            let is_of_command = modifiers.command || modifiers.ctrl || modifiers.alt;
            match is_of_command || leads_elsewhere(*key) {
                true => Part::Turn,
                false if typing => Part::Words,
                false if WITHIN.contains(key) => Part::Turn,
                false => Part::Letter,
            }
        }
        Event::PointerButton { .. } => Part::Turn,
        Event::Paste(_) | Event::Copy | Event::Cut if !typing => Part::Turn,
        Event::Text(_) | Event::Paste(_) | Event::Copy | Event::Cut | Event::Ime(_) => Part::Words,
        _ => Part::Other,
    }
}

/// Keys that move or take away within what is written.
const WITHIN: [Key; 7] = [Key::Backspace, Key::Delete, Key::Insert, Key::Home, Key::End, Key::ArrowLeft, Key::ArrowRight];

/// Whether a key neither writes nor moves within what is written.
fn leads_elsewhere(key: Key) -> bool {
    const ELSEWHERE: [Key; 7] = [Key::Enter, Key::Tab, Key::Escape, Key::ArrowUp, Key::ArrowDown, Key::PageUp, Key::PageDown];
    ELSEWHERE.contains(&key) || (Key::F1..=Key::F35).contains(&key)
}

#[cfg(test)]
mod tests {
    use eframe::egui::{Modifiers, PointerButton, pos2};

    use super::*;

    fn key(key: Key, modifiers: Modifiers, pressed: bool) -> Event {
        Event::Key { key, physical_key: None, pressed, repeat: false, modifiers }
    }

    /// Both events of a letter, and that it is let go.
    fn letter(of: Key, text: &str) -> [Event; 3] {
        [key(of, Modifiers::NONE, true), Event::Text(text.to_owned()), key(of, Modifiers::NONE, false)]
    }

    fn frames(arrived: Vec<Event>, typing: bool) -> Vec<Vec<Event>> {
        let mut turns = InTurn::default();
        let mut events = arrived;
        let mut frames = Vec::new();
        while turns.take(&mut events, Keys { typing, pass: 1 + frames.len() as u64, ..Keys::default() }) {
            frames.push(std::mem::take(&mut events));
        }
        frames.push(events);
        frames
    }

    #[test]
    fn words_stay_together_and_what_leads_elsewhere_has_its_own_frame() {
        let enter = |modifiers| key(Key::Enter, modifiers, true);
        let click =
            |pressed| Event::PointerButton { pos: pos2(1.0, 1.0), button: PointerButton::Primary, pressed, modifiers: Modifiers::NONE };
        let moved = Event::PointerMoved(pos2(2.0, 2.0));
        let parts: [Vec<Event>; 7] = [
            [letter(Key::A, "a"), letter(Key::Backspace, ""), letter(Key::B, "b")].concat(),
            vec![enter(Modifiers::NONE), key(Key::Enter, Modifiers::NONE, false), moved],
            [letter(Key::C, "c").to_vec(), vec![Event::Paste("d".to_owned())]].concat(),
            vec![enter(Modifiers::COMMAND)],
            vec![key(Key::ArrowDown, Modifiers::NONE, true)],
            vec![click(true)],
            vec![click(false)],
        ];
        assert_eq!(frames(parts.concat(), true), parts);
        assert_eq!(frames(Vec::new(), true), [Vec::new()]);
    }

    #[test]
    fn where_one_does_not_type_each_letter_is_a_key_of_its_own() {
        let parts = [letter(Key::S, "s"), letter(Key::C, "c"), letter(Key::F, "F")];
        assert_eq!(frames(parts.concat(), false), parts);
        assert_eq!(frames(parts.concat(), true).len(), 1);
        let parts = [vec![key(Key::Insert, Modifiers::NONE, true)], vec![Event::Text("Name".to_owned())]];
        assert_eq!(frames(parts.concat(), false), parts);
    }

    #[test]
    fn keys_wait_for_what_has_just_got_them_but_not_for_ever() {
        let mut turns = InTurn::default();
        let mut take = |events: &mut Vec<Event>, focus: u64, pass: u64| {
            turns.take(events, Keys { focus: Some(Id::unique(focus)), pass, ..Keys::default() })
        };
        let up = || vec![key(Key::ArrowUp, Modifiers::NONE, true)];
        let mut events = up();
        assert!(take(&mut events, 0, 1) && events.is_empty());
        assert!(!take(&mut events, 0, 2) && events == up());
        // Where the focus never comes to rest they go on.
        events = up();
        let waits: Vec<bool> = (1..5).map(|at| take(&mut events, at, 2 + at)).collect();
        assert_eq!((waits, events), (vec![true, true, true, false], up()));
    }

    #[test]
    fn what_waits_comes_before_what_arrives() {
        let mut turns = InTurn::default();
        let mut events = vec![Event::Text("a".to_owned()), key(Key::Enter, Modifiers::NONE, true), Event::Text("b".to_owned())];
        let mut seen = Vec::new();
        let keys = |pass: usize| Keys { typing: true, pass: 1 + pass as u64, ..Keys::default() };
        while turns.take(&mut events, keys(seen.len())) {
            seen.append(&mut events);
            events.push(Event::Text("c".to_owned()));
        }
        seen.append(&mut events);
        let words: String = seen.iter().map(|event| if let Event::Text(text) = event { text } else { "\n" }).collect();
        assert_eq!(words, "a\nbcc");
    }

    #[test]
    fn a_key_that_is_held_does_not_run_on_after_it_was_let_go() {
        let down = |pressed| key(Key::ArrowDown, Modifiers::NONE, pressed);
        let held = vec![down(true), down(true), down(true), down(false)];
        assert_eq!(frames(held, false), [vec![down(true), down(false)]]);
        // Twice is twice.
        let twice = [down(true), down(false), down(true), down(false)];
        assert_eq!(frames(twice.to_vec(), false), [twice[..2].to_vec(), twice[2..].to_vec()]);
    }

    #[test]
    fn what_is_held_beside_a_key_is_held_as_long_as_that() {
        let shift = Event::ModifiersChanged(Modifiers::SHIFT);
        let none = Event::ModifiersChanged(Modifiers::NONE);
        let enter = key(Key::Enter, Modifiers::SHIFT, true);
        assert_eq!(frames(vec![shift.clone(), enter.clone(), none.clone()], true), [vec![shift, enter], vec![none]]);
    }

    #[test]
    fn a_window_that_is_not_drawn_gives_its_input_back_in_order() {
        let mut turns = InTurn::default();
        let (enter, tab) = (key(Key::Enter, Modifiers::NONE, true), key(Key::Tab, Modifiers::NONE, true));
        let keys = |pass| Keys { pass, ..Keys::default() };
        let mut events = vec![enter.clone(), tab.clone()];
        for _ in 0..3 {
            assert!(turns.take(&mut events, keys(7)));
            assert_eq!(events, std::slice::from_ref(&enter));
        }
        events.clear();
        assert!(!turns.take(&mut events, keys(8)));
        assert_eq!(events, [tab]);
    }
}

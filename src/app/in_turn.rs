//! Keys that come faster than frames are drawn.

use eframe::egui::{Event, Id, Key};

/// So many frames the keys wait at most for what has just got them.
const LONGEST_WAIT: u8 = 2;

/// Gives each frame only so much of the input as belongs together: words as they come, but each key that ends or opens something, and
/// each press of the pointer, in a frame of its own. Else what was typed before a key would be read after it, or in another field.
#[derive(Debug, Default)]
pub struct InTurn {
    waiting: Vec<Event>,
    /// What had the keys in the frame before.
    focus: Option<Id>,
    /// How many frames the keys have waited.
    waited: u8,
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
    /// got the keys (`focus`) was drawn with them, egui takes Tab and the arrows for its own, so that they wait that long. `typing` is
    /// whether it is a field: elsewhere letters are keys like others.
    pub fn take(&mut self, events: &mut Vec<Event>, focus: Option<Id>, typing: bool) -> bool {
        self.waiting.append(events);
        let is_new = std::mem::replace(&mut self.focus, focus) != focus;
        self.waited = if is_new && self.waited < LONGEST_WAIT { self.waited + 1 } else { 0 };
        let first = || self.waiting.iter().position(|event| part(event, typing) != Part::Other).unwrap_or(self.waiting.len());
        let of_this_frame = if self.waited > 0 { first() } else { end_of_turn(&self.waiting, typing) };
        events.extend(self.waiting.drain(..of_this_frame));
        !self.waiting.is_empty()
    }
}

/// How many events belong to one frame.
fn end_of_turn(events: &[Event], typing: bool) -> usize {
    let mut before = Part::Other;
    for (at, event) in events.iter().enumerate() {
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
        while turns.take(&mut events, None, typing) {
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
        let ids: Vec<Option<Id>> = (0..6).map(|at| Some(Id::unique(at))).collect();
        let mut events = vec![key(Key::ArrowUp, Modifiers::NONE, true)];
        assert!(turns.take(&mut events, ids[0], true) && events.is_empty());
        assert!(!turns.take(&mut events, ids[0], true) && events.len() == 1);
        // Where the focus never comes to rest they go on.
        let waits: Vec<bool> = (1..6)
            .map(|at| {
                events = vec![key(Key::ArrowUp, Modifiers::NONE, true)];
                turns.take(&mut events, ids[at], true)
            })
            .collect();
        assert_eq!(waits, [true, true, true, true, true]);
        assert_eq!(turns.waiting.len(), 4, "one went on");
    }

    #[test]
    fn what_waits_comes_before_what_arrives() {
        let mut turns = InTurn::default();
        let mut events = vec![Event::Text("a".to_owned()), key(Key::Enter, Modifiers::NONE, true), Event::Text("b".to_owned())];
        let mut seen = Vec::new();
        while turns.take(&mut events, None, true) {
            seen.append(&mut events);
            events.push(Event::Text("c".to_owned()));
        }
        seen.append(&mut events);
        let words: String = seen.iter().map(|event| if let Event::Text(text) = event { text } else { "\n" }).collect();
        assert_eq!(words, "a\nbcc");
    }
}

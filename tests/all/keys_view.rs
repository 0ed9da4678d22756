//! Keys that come quickly, and who has them around a dialog, in the real window.

use eframe::egui::epaint::{ClippedShape, Shape};
use eframe::egui::{Event, Key, Modifiers, Rect};
use egui_kittest::kittest::NodeT as _;
use themata::study::Origin;
use themata::text::Span;

use crate::lists::{cases, column_of_area};
use crate::window::{Window, window, window_with};

fn key(key: Key, modifiers: Modifiers) -> Event {
    Event::Key { key, physical_key: None, pressed: true, repeat: false, modifiers }
}

/// What a keyboard sends for words: a key for each letter that has one, the letter, and that the key is let go.
fn typed(words: &str) -> Vec<Event> {
    let events = |letter: char| {
        let text = letter.to_string();
        let pressed = Key::from_name(&text.to_uppercase());
        let event = |down: bool| {
            pressed.map(|key| Event::Key { key, physical_key: None, pressed: down, repeat: false, modifiers: Modifiers::NONE })
        };
        [event(true), Some(Event::Text(text)), event(false)].into_iter().flatten().collect::<Vec<_>>()
    };
    words.chars().flat_map(events).collect()
}

/// All that was painted in the last frame.
fn painted(window: &Window) -> Vec<&Shape> {
    fn all<'s>(shape: &'s Shape, into: &mut Vec<&'s Shape>) {
        match shape {
            Shape::Vec(inner) => inner.iter().for_each(|shape| all(shape, into)),
            shape => into.push(shape),
        }
    }
    let mut shapes = Vec::new();
    let output: &[ClippedShape] = &window.harness.output().shapes;
    for clipped in output {
        all(&clipped.shape, &mut shapes);
    }
    shapes
}

impl Window {
    /// Where what has the keys is.
    fn focused_rect(&self) -> Rect {
        let mut nodes = self.harness.root().children_recursive();
        nodes.find(|node| node.accesskit_node().is_focused()).unwrap().rect()
    }

    /// The row one is at in the list that has the keys.
    fn row_at_hand(&self) -> Option<String> {
        let mut nodes = self.harness.root().children_recursive();
        nodes.find_map(|node| node.accesskit_node().active_descendant().and_then(|row| row.label()))
    }
}

#[test]
fn a_theme_whose_path_is_typed_quickly_has_all_of_its_name() {
    let mut window = window();
    window.click_words("It was fine");
    let path = typed("Fast > Name3 abcdef");
    window.at_once([typed("sc"), path, vec![key(Key::Enter, Modifiers::COMMAND)]].concat());
    window.until("it is applied", |window| !window.codings().is_empty());
    assert_eq!(window.codings()[0].1, "Fast › Name3 abcdef");
}

#[test]
fn the_main_button_shows_that_it_has_the_keys() {
    let mut window = cases();
    column_of_area(&mut window);
    window.type_words("Fyfe");
    window.press(Key::Enter);
    window.until("it is asked", |window| window.shows("“Fyfe”"));
    window.harness.run_steps(3);
    let button = window.focused_rect();
    let rings = painted(&window).into_iter().filter_map(|shape| match shape {
        Shape::Rect(rect) if rect.rect.expand(0.5).contains_rect(button) || button.expand(0.5).contains_rect(rect.rect) => Some(rect),
        _ => None,
    });
    let inside: Vec<_> = rings.filter(|rect| (rect.rect.center() - button.center()).length() < 2.0).collect();
    let ground = inside.iter().map(|rect| rect.fill).find(|fill| fill.a() > 0).unwrap();
    let seen = inside.iter().filter(|rect| rect.stroke.width > 1.0 && rect.stroke.color.a() > 0);
    let luminance = |colour: eframe::egui::Color32| eframe::egui::Rgba::from(colour).intensity();
    let contrast = |one: f32, other: f32| (one.max(other) + 0.05) / (one.min(other) + 0.05);
    assert!(seen.map(|rect| contrast(luminance(rect.stroke.color), luminance(ground))).any(|ratio| ratio >= 3.0));
}

#[test]
fn a_question_of_a_cell_is_answered_by_keys_and_the_grid_goes_on() {
    let mut window = cases();
    column_of_area(&mut window);
    window.at_once([typed("Fyfe"), vec![key(Key::Enter, Modifiers::NONE)]].concat());
    window.until("it is asked", |window| window.shows("“Fyfe”"));
    window.harness.run_steps(3);
    let focused = window.focused();
    assert!(!focused.is_empty() && !focused.starts_with("Cases, "), "a button of the question: {focused}");
    window.press(Key::Escape);
    window.until("the cells have the keys again", |window| window.focused().starts_with("Cases, "));
    assert!(!window.shows("“Fyfe”"));
    let row = |window: &Window| window.focused();
    let before = row(&window);
    window.press(Key::ArrowUp);
    assert_ne!(row(&window), before, "one goes on");
}

#[test]
fn the_passages_of_a_theme_have_the_keys_again_after_a_dialog() {
    let mut window = window_with(|project| {
        let code = |tx: &mut themata::project::Tx<'_>| {
            let source = tx.study().materials()[0].source.id;
            let theme = tx.theme_at("Staffing")?;
            for span in [Span::new(18, 43), Span::new(44, 63)] {
                tx.code(source, span, theme, Origin::Hand)?;
            }
            Ok(())
        };
        project.edit("Code", code).unwrap();
    });
    window.press_with(Modifiers::COMMAND, Key::Num6);
    window.until("the tree has the focus", |window| window.focused().starts_with("Themes, "));
    window.press(Key::End);
    window.press(Key::Enter);
    window.until("they are listed", |window| window.shows("passage 1 of 2"));
    window.press(Key::F6);
    window.until("they have the keys", |window| window.focused() == "Passages");
    for leave in [Key::Escape, Key::Enter] {
        window.press_with(Modifiers::SHIFT, Key::P);
        window.until("it is asked", |window| window.shows("Add to a proposition"));
        window.harness.run_steps(3);
        if leave == Key::Enter {
            window.type_words("Staff");
            window.harness.run_steps(3);
        }
        window.press(leave);
        window.until("it is answered", |window| !window.shows("A passage of A, with the words"));
        window.until("they have the keys again", |window| window.focused() == "Passages");
        let before = window.row_at_hand();
        window.press(if leave == Key::Escape { Key::ArrowDown } else { Key::ArrowUp });
        assert_ne!(window.row_at_hand(), before);
    }
}

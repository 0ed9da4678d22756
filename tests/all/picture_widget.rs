//! Pictures in the window: every mark is reached by pointer, by keys and by name.

use std::sync::Arc;

use eframe::egui::accesskit::Role;
use eframe::egui::{Id, Key, Pos2, vec2};
use egui_kittest::Harness;
use egui_kittest::kittest::{NodeT as _, Queryable as _};
use themata::app::style::{set_fonts, set_style};
use themata::app::tokens::{Mode, ReadingFace, Tokens};
use themata::app::widgets::{PictureState, show_picture};
use themata::exchange::picture::{Anchor, Area, At, Colour, Look, Mark, Picture, Reach, Shape, Weight, Words};

/// A picture of so many rows and columns, each cell a mark.
fn table(rows: usize, columns: usize) -> Picture {
    let cell = |row: usize, column: usize| Area { left: column as f32 * 40.0, top: row as f32 * 20.0, width: 39.0, height: 19.0 };
    let cells = || (0..rows).flat_map(|row| (0..columns).map(move |column| (row, column)));
    let words = |(row, column): (usize, usize)| Words {
        text: format!("{row}.{column}"),
        at: At { x: cell(row, column).left + 20.0, y: cell(row, column).top + 12.0 },
        anchor: Anchor::Middle,
        size: 8.0,
        weight: Weight::Regular,
        colour: Colour::OnTint(row % 7),
        turn: 0.0,
    };
    let tile =
        |(row, column): (usize, usize)| Shape::Box { area: cell(row, column), corner: 0.0, look: Look::filled(Colour::Tint(row % 7)) };
    Picture {
        width: columns as f32 * 40.0,
        height: rows as f32 * 20.0,
        title: "Themes × Groups".to_owned(),
        found: vec!["Nothing was found.".to_owned()],
        computed: Vec::new(),
        shapes: cells().flat_map(|at| [tile(at), Shape::Words(words(at))]).collect(),
        marks: cells()
            .map(|(row, column)| Mark {
                reach: Reach::Box(cell(row, column)),
                name: format!("Row {row} × Column {column}"),
                row,
                column,
                leads: None,
            })
            .collect(),
    }
}

struct Shown {
    picture: Arc<Picture>,
    state: PictureState,
    /// The marks that were activated.
    acts: Vec<usize>,
    has_left: bool,
    ready: bool,
}

fn id() -> Id {
    Id::unique("picture of the test")
}

fn show(picture: Picture) -> Harness<'static, Shown> {
    let tokens = Tokens::load(Mode::Light).unwrap();
    let shown = Shown { picture: Arc::new(picture), state: PictureState::default(), acts: Vec::new(), has_left: false, ready: false };
    Harness::builder().with_size(vec2(600.0, 400.0)).build_ui_state(
        move |ui, shown: &mut Shown| {
            if !std::mem::replace(&mut shown.ready, true) {
                set_fonts(ui.ctx(), ReadingFace::Serif);
                set_style(ui.ctx(), &tokens);
                return;
            }
            shown.acts.extend(show_picture(ui, &tokens, id(), &mut shown.state, &shown.picture));
            shown.has_left |= shown.state.has_left();
        },
        shown,
    )
}

fn focused(harness: &Harness<'_, Shown>) -> bool {
    harness.ctx.memory(|memory| memory.has_focus(id()))
}

#[test]
fn keys_go_from_mark_to_mark_and_take_one() {
    let mut window = show(table(4, 3));
    window.key_press(Key::Tab);
    window.run();
    assert!(focused(&window));
    let mut press = |key: Key, at: usize| {
        window.key_press(key);
        window.run();
        assert_eq!(window.state().state.at(), Some(at), "{key:?}");
    };
    press(Key::ArrowDown, 3);
    press(Key::ArrowRight, 4);
    press(Key::ArrowUp, 1);
    press(Key::End, 11);
    press(Key::ArrowDown, 11);
    press(Key::Home, 0);
    press(Key::ArrowLeft, 0);
    press(Key::ArrowRight, 1);
    press(Key::Enter, 1);
    press(Key::Space, 1);
    assert_eq!(window.state().acts, [1, 1]);
    let at_hand = window.get_by_label("Row 0 × Column 1, row 1 of 4");
    assert!(at_hand.accesskit_node().is_selected().unwrap());
    window.key_press(Key::Escape);
    window.run();
    assert!(!focused(&window) && window.state().has_left);
}

#[test]
fn the_pointer_takes_the_mark_it_is_over_and_shows_its_name() {
    let mut window = show(table(4, 3));
    window.run();
    let place = window.get_by_label("Row 2 × Column 1, row 3 of 4").rect().center();
    window.hover_at(place);
    for _ in 0..40 {
        window.step();
    }
    assert!(window.query_by_label("Row 2 × Column 1").is_some(), "its name stands beside the pointer");
    window.drag_at(place);
    window.drop_at(place);
    window.run();
    assert_eq!((window.state().acts.as_slice(), window.state().state.at()), ([7].as_slice(), Some(7)));
    assert!(focused(&window));
    // Beside every mark there is nothing to take.
    let beside = Pos2::new(590.0, 390.0);
    window.drag_at(beside);
    window.drop_at(beside);
    window.run();
    assert_eq!(window.state().acts, [7]);
}

#[test]
fn screen_readers_find_the_picture_and_take_a_mark_by_its_name() {
    let mut window = show(table(4, 3));
    window.run();
    let whole = window.get_by_role(Role::ListBox);
    assert_eq!(whole.accesskit_node().label().unwrap(), "Themes × Groups, 12");
    assert_eq!(whole.accesskit_node().description().unwrap(), "Nothing was found.");
    window.get_by_label("Row 3 × Column 2, row 4 of 4").click_accesskit();
    window.run();
    assert_eq!(window.state().acts, [11]);
    window.get_by_label("Row 0 × Column 0, row 1 of 4").click();
    window.run();
    assert_eq!(window.state().acts, [11, 0]);
}

#[test]
fn of_a_large_picture_what_is_in_sight_is_told_and_the_mark_at_hand_comes_into_sight() {
    let mut window = show(table(2000, 25));
    window.run();
    let options = |window: &Harness<'_, Shown>| window.query_all_by_role(Role::ListBoxOption).count();
    assert!((20..=401).contains(&options(&window)));
    assert!(window.query_by_label("Row 1999 × Column 24, row 2000 of 2000").is_none());
    window.key_press(Key::Tab);
    window.key_press(Key::End);
    window.run();
    let last = window.get_by_label("Row 1999 × Column 24, row 2000 of 2000").rect();
    let whole = window.get_by_role(Role::ListBox).rect();
    assert!(whole.expand(1.0).contains_rect(last), "{last} in {whole}");
    window.key_press(Key::Home);
    window.run();
    assert!(whole.expand(1.0).contains_rect(window.get_by_label("Row 0 × Column 0, row 1 of 2000").rect()));
}

#[test]
fn words_can_be_read_whatever_the_width_and_the_size_can_be_changed() {
    let mut window = show(table(4, 40));
    window.key_press(Key::Tab);
    window.run();
    let height = |window: &Harness<'_, Shown>| window.get_by_label("Row 0 × Column 0, row 1 of 4").rect().height();
    let by_itself = height(&window);
    let smallest = Tokens::load(Mode::Light).unwrap().size.smallest_type;
    assert!(by_itself / 19.0 * 8.0 > smallest - 0.01, "too wide to be seen whole, it is scrolled");
    window.key_press(Key::Plus);
    window.run();
    assert!(height(&window) > by_itself * 1.2);
    window.key_press(Key::Num0);
    window.key_press(Key::Minus);
    window.run();
    assert!(height(&window) < by_itself * 0.9);
    window.key_press(Key::Num0);
    window.run();
    assert!((height(&window) - by_itself).abs() < 0.01);
}

#[test]
fn in_another_picture_one_is_at_the_mark_of_the_same_name() {
    let mut window = show(table(4, 3));
    window.state_mut().state.go(4);
    window.run();
    window.state_mut().picture = Arc::new(table(6, 5));
    window.run();
    assert_eq!(window.state().state.at(), Some(6));
    window.state_mut().picture = Arc::new(table(1, 1));
    window.run();
    assert_eq!(window.state().state.at(), None);
    window.state_mut().picture = Arc::new(Picture { marks: Vec::new(), ..table(0, 0) });
    window.key_press(Key::Tab);
    window.key_press(Key::End);
    window.key_press(Key::Enter);
    window.run();
    assert!(window.state().acts.is_empty());
}

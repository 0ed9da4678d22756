//! Windows of every size: nothing that can be pressed lies beside the window, and no two buttons lie over one another.

use std::collections::BTreeMap;

use eframe::egui::accesskit::Role;
use eframe::egui::{Key, LayerId, Modifiers, Rect, Vec2, vec2};
use egui_kittest::kittest::{NodeT as _, Queryable as _};
use themata::app::state::View;
use themata::study::Origin;
use themata::text::Span;

use crate::window::{Window, window_with};

const SIZES: [Vec2; 5] = [vec2(300.0, 400.0), vec2(480.0, 300.0), vec2(960.0, 600.0), vec2(1440.0, 900.0), vec2(1920.0, 1080.0)];

/// Less than this is no overlap: edges are rounded to pixels.
const SLACK: f32 = 1.5;

/// Something that can be pressed or written into.
#[derive(Clone)]
struct Control {
    layer: LayerId,
    role: Role,
    name: String,
    whole: Rect,
    /// What is seen of it.
    seen: Rect,
    /// Whether it scrolls sideways with a table.
    in_table: bool,
}

const PRESSED: [Role; 9] = [
    Role::Button,
    Role::CheckBox,
    Role::RadioButton,
    Role::Tab,
    Role::TextInput,
    Role::MultilineTextInput,
    Role::Link,
    Role::Switch,
    Role::MenuItem,
];

fn controls(window: &Window) -> Vec<Control> {
    let mut known: BTreeMap<u64, (Role, String, bool)> = BTreeMap::new();
    for node in window.harness.root().children_recursive() {
        let node = node.accesskit_node();
        let mut above = node.parent();
        let mut in_table = false;
        while let Some(parent) = above {
            in_table |= matches!(parent.role(), Role::Grid | Role::Table | Role::Row | Role::Cell | Role::GridCell);
            above = parent.parent();
        }
        let (_, id) = (0, node.locate().0.0);
        known.insert(id, (node.role(), node.label().unwrap_or_default(), in_table));
    }
    window.harness.ctx.viewport(|viewport| {
        let layers = viewport.prev_pass.widgets.layers();
        let all = layers.flat_map(|(layer, widgets)| widgets.iter().map(move |widget| (*layer, widget)));
        let found = all.filter_map(|(layer, widget)| {
            let (role, name, in_table) = known.get(&widget.id.accesskit_id().0)?;
            (PRESSED.contains(role) && widget.enabled).then(|| Control {
                layer,
                role: *role,
                name: name.clone(),
                whole: widget.rect,
                seen: widget.interact_rect,
                in_table: *in_table,
            })
        });
        found.collect()
    })
}

/// What is wrong in the window as it is.
fn wrong(window: &Window, what: &str) -> Vec<String> {
    let around = window.harness.ctx.content_rect().expand(SLACK);
    let all = controls(window);
    let mut found = Vec::new();
    for control in &all {
        let Control { role, name, whole, .. } = control;
        if !control.in_table && (whole.left() < around.left() || whole.right() > around.right()) {
            found.push(format!("{what}: {role:?} “{name}” lies beside the window, at {whole:?}"));
        }
    }
    let buttons: Vec<&Control> = all.iter().filter(|control| control.role == Role::Button && !control.name.is_empty()).collect();
    for (index, one) in buttons.iter().enumerate() {
        for other in buttons.iter().skip(index + 1).filter(|other| other.layer == one.layer) {
            let both = one.seen.intersect(other.seen);
            if both.width() > SLACK && both.height() > SLACK {
                found.push(format!("{what}: “{}” and “{}” lie over one another, at {both:?}", one.name, other.name));
            }
        }
    }
    found
}

/// A study with something to see in every view.
fn study() -> Window {
    window_with(|project| {
        project
            .edit("Code", |tx| {
                let theme = tx.theme_at("Staffing")?;
                let source = tx.study().source_labelled("A").unwrap().source.id;
                let coding = tx.code(source, Span::new(18, 43), theme, Origin::Hand)?;
                tx.toggle_quote(source, coding)?;
                tx.add_memo(themata::study::MemoOn::Coding { source, coding }, themata::study::MemoKind::Analytic, "Ask her again")
                    .map(drop)
            })
            .unwrap();
    })
}

impl Window {
    fn sized(&mut self, size: Vec2) {
        self.harness.set_size(size);
        self.harness.run_steps(4);
    }
}

const VIEWS: [(Key, View); 8] = [
    (Key::Num1, View::Read),
    (Key::Num2, View::Matrix),
    (Key::Num3, View::Search),
    (Key::Num4, View::Quotes),
    (Key::Num5, View::Notes),
    (Key::Num6, View::Themes),
    (Key::Num7, View::Cases),
    (Key::Num9, View::History),
];

#[test]
fn no_control_of_a_view_lies_beside_the_window_or_over_another() {
    let mut window = study();
    let mut found = Vec::new();
    for size in SIZES {
        window.sized(size);
        for (key, view) in VIEWS {
            window.press_with(Modifiers::COMMAND, key);
            window.harness.run_steps(4);
            assert_eq!(window.app().state().view, view, "{size:?}");
            found.extend(wrong(&window, &format!("{view:?} at {size:?}")));
        }
    }
    assert!(found.is_empty(), "{}", found.join("\n"));
}

#[test]
fn no_control_of_a_dialog_lies_beside_the_window_or_over_another() {
    let mut window = study();
    let mut found = Vec::new();
    let ctrl = Modifiers::COMMAND;
    for size in SIZES {
        window.sized(size);
        for (modifiers, key, pages) in [
            (ctrl, Key::N, &["Next: its frame", "Frame: Take it from a file", "Next: documents"][..]),
            (ctrl, Key::O, &[]),
            (ctrl, Key::I, &[]),
            (ctrl, Key::E, &[]),
            (ctrl, Key::Comma, &["Looks", "Keys", "Where things lie"]),
            (Modifiers::NONE, Key::F1, &[]),
        ] {
            window.press_with(modifiers, key);
            window.harness.run_steps(4);
            let dialog = |window: &Window| window.harness.ctx.memory(|memory| memory.area_rect(eframe::egui::Id::unique("dialog")));
            let what = format!("the dialog of {key:?} at {size:?}");
            let mut look = |window: &Window, what: &str| {
                let rect = dialog(window).unwrap();
                if !window.harness.ctx.content_rect().expand(SLACK).contains_rect(rect) {
                    found.push(format!("{what} lies beside the window, at {rect:?}"));
                }
                found.extend(wrong(window, what));
            };
            look(&window, &what);
            for page in pages {
                window.harness.query_all_by_label(page).last().unwrap_or_else(|| panic!("{what} has no “{page}”")).click_accesskit();
                window.harness.run_steps(4);
                look(&window, &format!("{what}, {page}"));
            }
            for _ in 0..3 {
                window.press(Key::Escape);
                window.harness.run_steps(2);
            }
            assert!(window.app().state().frame.dialog.is_none(), "{what} stays open");
        }
        for title in ["Give a copy to a coder…", "Bring a copy back…"] {
            window.run_from_box(title);
            found.extend(wrong(&window, &format!("{title} at {size:?}")));
            window.press(Key::Escape);
            window.harness.run_steps(2);
        }
    }
    assert!(found.is_empty(), "{}", found.join("\n"));
}

#[test]
fn no_question_of_a_view_lies_beside_the_window_or_over_another() {
    let mut window = study();
    let mut found = Vec::new();
    for size in SIZES {
        window.sized(size);
        for (view, keys) in [
            (Key::Num1, &[(Modifiers::NONE, Key::C)][..]),
            (Key::Num1, &[(Modifiers::NONE, Key::S), (Modifiers::NONE, Key::M)]),
            (Key::Num1, &[(Modifiers::NONE, Key::S), (Modifiers::NONE, Key::W)]),
            (Key::Num3, &[(Modifiers::SHIFT, Key::F1)]),
            (Key::Num6, &[(Modifiers::NONE, Key::M)]),
            (Key::Num6, &[(Modifiers::NONE, Key::Delete)]),
            (Key::Num7, &[(Modifiers::COMMAND, Key::M)]),
            (Key::Num7, &[(Modifiers::COMMAND, Key::Delete)]),
        ] {
            window.press_with(Modifiers::COMMAND, view);
            window.harness.run_steps(4);
            for (modifiers, key) in keys {
                window.press_with(*modifiers, *key);
                window.harness.run_steps(4);
            }
            found.extend(wrong(&window, &format!("{keys:?} in {view:?} at {size:?}")));
            for _ in 0..3 {
                window.press(Key::Escape);
                window.harness.run_steps(2);
            }
        }
        let file = window.write("talk.txt", "I: How?\nR: Aye.\n");
        window.drop_files(vec![file]);
        window.until("it is read", |window| window.shows("Import 1 file"));
        window.harness.run_steps(2);
        found.extend(wrong(&window, &format!("the import sheet at {size:?}")));
        window.press_with(Modifiers::COMMAND, Key::R);
        window.harness.run_steps(4);
        found.extend(wrong(&window, &format!("names of files at {size:?}")));
        window.press(Key::Escape);
        window.harness.run_steps(2);
        window.harness.query_all_by_role_and_label(Role::Button, "Cancel").last().unwrap().click();
        window.harness.run_steps(3);
    }
    assert!(found.is_empty(), "{}", found.join("\n"));
}

#[test]
fn what_a_search_coded_is_told_beside_its_buttons_or_above_them() {
    let mut window = window_with(|project| {
        project
            .edit("Code hits", |tx| {
                let source = tx.study().source_labelled("A").unwrap().source.id;
                let theme = tx.theme_at("Staffing")?;
                tx.code(source, Span::new(18, 29), theme, Origin::SearchUnread)?;
                tx.code(source, Span::new(30, 43), theme, Origin::SearchUnread).map(drop)
            })
            .unwrap();
    });
    for size in [vec2(960.0, 600.0), vec2(1440.0, 900.0), vec2(1920.0, 1080.0)] {
        window.sized(size);
        let says = window.harness.get_by_label_contains("2 codings made by a search, not read yet").rect();
        for button in ["Confirm all here", "Show only these"] {
            let button = window.harness.get_by_label(button).rect();
            assert!(!says.shrink(SLACK).intersects(button), "at {size:?}: {says:?} and {button:?}");
            assert!(button.height() > 10.0 && window.harness.ctx.content_rect().contains_rect(button));
        }
        assert_eq!(wrong(&window, "bar"), Vec::<String>::new());
    }
}

//! Every screen – views, panes, dialogs – as a screen reader and the Tab key find it: names, roles, places, order.

use std::time::Duration;

use eframe::egui::accesskit::{Action, Role};
use eframe::egui::{Key, Modifiers, Rect};
use egui_kittest::kittest::{NodeT as _, Queryable as _};
use themata::study::{Coder, MemoKind, MemoOn, Origin};
use themata::text::Span;

use crate::window::{Window, window_with};

/// How one comes to a screen from the one before, and its name.
type Stop = (&'static str, fn(&mut Window));

/// Every screen, one after the other.
const TOUR: &[Stop] = &[
    ("Read", |window| window.by_keys(Modifiers::COMMAND, Key::Num1)),
    ("Read, the picker", |window| {
        window.press(Key::S);
        window.press(Key::C);
    }),
    ("Read, finding words", |window| {
        window.press(Key::Escape);
        window.by_keys(Modifiers::COMMAND, Key::F);
        window.type_words("the");
    }),
    ("Read, reconciling", |window| {
        window.press(Key::Escape);
        window.by_keys(Modifiers { shift: true, ..Modifiers::COMMAND }, Key::R);
        window.until("what differs is listed", |window| window.shows("0 of 1 difference settled"));
    }),
    ("Matrix", |window| window.by_keys(Modifiers::COMMAND, Key::Num2)),
    ("Matrix, a cell", |window| {
        window.by_keys(Modifiers::COMMAND, Key::Num2);
        window.press(Key::ArrowDown);
        window.press(Key::ArrowRight);
        window.press(Key::Enter);
    }),
    ("Matrix, two cells", |window| {
        window.press(Key::P);
        window.press(Key::ArrowDown);
    }),
    ("Theme reader", |window| {
        window.press(Key::ArrowLeft);
        window.press(Key::ArrowLeft);
        window.press(Key::Enter);
    }),
    ("Search", |window| window.by_keys(Modifiers::COMMAND, Key::Num3)),
    ("Search, hits", |window| {
        window.by_keys(Modifiers::COMMAND, Key::Num3);
        window.type_words("room");
        window.until("there is a hit", |window| window.shows("1 hit"));
    }),
    ("Search, passages", |window| {
        window.harness.get_by_role_and_label(Role::RadioButton, "List: Passages").click();
        window.harness.step();
    }),
    ("Quotes", |window| window.by_keys(Modifiers::COMMAND, Key::Num4)),
    ("Check a report", asked_for_a_report),
    ("Quotes, a report", |window| {
        window.press(Key::Escape);
        asked_for_a_report(window);
        let report = window.write("report.txt", "He said: “It was fine, aye, mostly.” (A)\n\nAnd “It was grand, aye, mostly.” (B)\n");
        window.press_with(Modifiers::COMMAND, Key::A);
        window.type_words(&report.display().to_string());
        window.press(Key::Enter);
        window.until("it is checked", |window| window.shows("2 quotations: 1 exact, 1 differs"));
    }),
    ("Notes", |window| window.by_keys(Modifiers::COMMAND, Key::Num5)),
    ("Themes", |window| {
        window.by_keys(Modifiers::COMMAND, Key::Num6);
        window.press(Key::ArrowDown);
    }),
    ("Themes, several", |window| window.press_with(Modifiers::SHIFT, Key::ArrowDown)),
    ("Themes, splitting one", |window| {
        window.press(Key::Escape);
        window.press(Key::ArrowDown);
        window.press(Key::S);
    }),
    ("Cases", |window| {
        window.press(Key::Escape);
        window.by_keys(Modifiers::COMMAND, Key::Num7);
    }),
    ("Speakers", |window| window.by_keys(Modifiers { shift: true, ..Modifiers::COMMAND }, Key::P)),
    ("History", |window| window.by_keys(Modifiers::COMMAND, Key::Num9)),
    ("New project", |window| window.by_keys(Modifiers::COMMAND, Key::N)),
    ("Open", |window| window.next_dialog(Modifiers::COMMAND, Key::O)),
    ("Import", |window| window.next_dialog(Modifiers::COMMAND, Key::I)),
    ("Export", |window| window.next_dialog(Modifiers::COMMAND, Key::E)),
    ("A copy for a coder", |window| {
        window.press(Key::Escape);
        window.run_from_box("Give a copy to a coder…");
    }),
    ("A copy that comes back", |window| {
        window.press(Key::Escape);
        window.run_from_box("Bring a copy back…");
    }),
    ("Settings", |window| window.next_dialog(Modifiers::COMMAND, Key::Comma)),
    ("Keys", |window| window.next_dialog(Modifiers::NONE, Key::F1)),
    ("The box at the top", |window| window.next_dialog(Modifiers::COMMAND, Key::K)),
    ("The import sheet", |window| {
        window.press(Key::Escape);
        let path = window.write("jean.txt", "Interviewer: How was it?\n\nJean: By the bus, mostly. It was cold.\n");
        window.drop_files(vec![path]);
        window.until("the sheet has looked", |window| window.shows("Import 1 file"));
    }),
];

fn asked_for_a_report(window: &mut Window) {
    window.press_with(Modifiers::COMMAND, Key::K);
    window.type_words("check a report");
    window.until("it is offered", |window| window.shows("Command: Check a report…"));
    window.press(Key::Enter);
    window.until("it asks which", |window| window.shows("Every quotation of the report is looked for"));
}

impl Window {
    fn by_keys(&mut self, modifiers: Modifiers, key: Key) {
        self.press_with(modifiers, key);
    }

    fn next_dialog(&mut self, modifiers: Modifiers, key: Key) {
        self.press(Key::Escape);
        self.press_with(modifiers, key);
    }

    /// Lets everything arrive that is on its way.
    fn rest(&mut self) {
        for _ in 0..15 {
            self.harness.step();
            std::thread::sleep(Duration::from_millis(4));
        }
    }

    /// What of the screen can be pressed or typed into and has no name, no role or no place.
    fn unsaid(&self) -> Vec<String> {
        let mut unsaid = Vec::new();
        for node in self.harness.root().children_recursive() {
            let told = node.accesskit_node();
            let (role, place) = (told.role(), told.bounding_box());
            let acts = [Action::Focus, Action::Click].iter().any(|action| told.data().supports_action(*action));
            // Scroll bars are the library's own, and named by what they scroll.
            if !acts || told.is_hidden() || role == Role::ScrollBar {
                continue;
            }
            let name = told.label().or_else(|| told.value()).unwrap_or_default();
            if matches!(role, Role::Unknown | Role::GenericContainer) {
                unsaid.push(format!("“{name}” has no role, at {place:?}"));
            } else if name.trim().is_empty() {
                unsaid.push(format!("a {role:?} without a name at {place:?}"));
            }
            if place.is_none() {
                unsaid.push(format!("{role:?} “{name}” has no place"));
            }
        }
        unsaid
    }

    /// The places that Tab goes through, from where the focus is until it comes round.
    fn tab_stops(&mut self) -> Vec<(String, Rect)> {
        let mut stops: Vec<(String, Rect)> = Vec::new();
        for _ in 0..120 {
            self.press(Key::Tab);
            let Some(node) = self.harness.root().children_recursive().find(|node| node.accesskit_node().is_focused()) else { continue };
            let stop = (node.accesskit_node().label().unwrap_or_default(), node.rect());
            // A field may take one Tab for itself, to complete what was typed.
            if stops.last() == Some(&stop) {
                continue;
            }
            if stops.contains(&stop) {
                break;
            }
            stops.push(stop);
        }
        stops
    }
}

/// Codings by hand, and memos, so that lists have rows.
fn tour() -> Window {
    window_with(|project| {
        project
            .edit("Code", |tx| {
                let source = tx.study().source_labelled("A").unwrap().source.id;
                let theme = tx.study().codebook().find_path("Leadership › Local voice").unwrap();
                let coding = tx.code(source, Span::new(18, 43), theme, Origin::Hand)?;
                tx.code(source, Span::new(18, 60), theme, Origin::SearchUnread)?;
                let ravi = crate::support::me("Ravi Thomson");
                tx.put(Coder { id: ravi.coder, name: ravi.name, initials: "RT".into() })?;
                tx.code_as(ravi.coder, 1, source, Span::new(18, 29), theme, Origin::Hand)?;
                tx.write_memo(MemoOn::Coding { source, coding }, MemoKind::Analytic, "They say so.")?;
                tx.write_memo(MemoOn::Project, MemoKind::Method, "A thought.")?;
                Ok(())
            })
            .unwrap();
    })
}

#[test]
fn every_control_of_every_screen_has_name_role_and_place() {
    let mut window = tour();
    let mut unsaid = Vec::new();
    for (screen, go) in TOUR {
        go(&mut window);
        window.rest();
        unsaid.extend(window.unsaid().into_iter().map(|what| format!("{screen}: {what}")));
    }
    assert!(unsaid.is_empty(), "{unsaid:#?}");
}

#[test]
fn tab_goes_through_every_screen_in_the_order_of_reading() {
    let mut window = tour();
    let mut wrong = Vec::new();
    for (screen, go) in TOUR {
        go(&mut window);
        window.rest();
        let stops = window.tab_stops();
        if stops.len() < 2 {
            wrong.push(format!("{screen}: Tab leads nowhere: {stops:?}"));
        }
        for pair in stops.windows(2) {
            let [(from, one), (to, other)] = pair else { continue };
            // Backwards on a line.
            let same_line = one.top() < other.bottom() && other.top() < one.bottom();
            if same_line && other.right() <= one.left() && (one.height() - other.height()).abs() < 12.0 {
                wrong.push(format!("{screen}: from “{from}” back to “{to}”, {one} {other}"));
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

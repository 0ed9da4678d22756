//! Copies given and brought back in the window.

use std::path::{Path, PathBuf};

use eframe::egui::accesskit::Role;
use eframe::egui::{Key, Modifiers};
use egui_kittest::kittest::{NodeT as _, Queryable as _};
use themata::home::Home;
use themata::project::{Access, Charted, Me, Project, Tx};
use themata::study::{Coder, Crossed, Crossing, Origin, Theme};
use themata::text::Span;

use crate::support::me;
use crate::window::{Window, window, window_with};

impl Window {
    fn me(&self) -> Me {
        Me::from(&Home::below(&self.scratch.path("home")).identity().unwrap())
    }

    fn choose_of_coder(&mut self, item: &str) {
        let chip = self
            .harness
            .query_all_by_role(Role::Button)
            .find(|node| node.accesskit_node().label().is_some_and(|label| label.starts_with("Coder: ")));
        chip.unwrap().click();
        self.until("the menu is open", |window| window.shows(item));
        self.harness.query_all_by_label_contains(item).last().unwrap().click();
        self.harness.run_steps(3);
    }

    /// Gives a copy from the menu of the coder, where it is proposed.
    fn give_to(&mut self, name: &str) -> PathBuf {
        self.choose_of_coder("Give a copy to a coder…");
        self.type_words(name);
        let path = self.scratch.path(format!("study – {name}.themata"));
        self.until("the file follows the name", |window| window.typed(&path));
        self.click_button("Make the copy");
        self.until("it is made", |window| window.shows(&format!("{name}’s copy is made")));
        self.click("Close this message");
        path
    }

    fn typed(&self, path: &Path) -> bool {
        self.harness.query_all_by_value(&path.display().to_string()).next().is_some()
    }

    /// Asks for what is in a copy.
    fn look_into(&mut self, path: &Path) {
        if !self.shows("What a coder did in a copy of this project") {
            self.run_from_box("Bring a copy back…");
        }
        self.harness.get_by_role_and_label(Role::TextInput, "File of the copy").click();
        self.harness.step();
        self.press_with(Modifiers::COMMAND, Key::A);
        self.type_words(&path.display().to_string());
        self.until("it is known whether it is there", |window| window.offers_to("Look into it"));
        self.harness.run_steps(4);
        self.click_button("Look into it");
    }

    /// Whether there is such a button, and it can be pressed.
    fn offers_to(&self, button: &str) -> bool {
        let mut found =
            self.harness.query_all_by_role(Role::Button).filter(|node| node.accesskit_node().label().as_deref() == Some(button));
        found.next().is_some_and(|node| !node.accesskit_node().is_disabled())
    }

    /// Brings back what was looked into, once the dialog stands still.
    fn bring_back(&mut self) {
        self.harness.run_steps(4);
        self.click_button("Bring back");
    }

    fn count(&self) -> usize {
        self.app().study().codings().count()
    }
}

/// What somebody codes in a copy.
fn code_in(path: &Path, theme: &str) {
    let mut copy = Project::open(path, Access::Write, &me("Nobody")).unwrap();
    copy.edit("Apply theme", |tx| {
        let source = tx.study().source_labelled("A").unwrap().source.id;
        let theme = tx.theme_at(theme)?;
        tx.code(source, Span::new(18, 43), theme, Origin::Hand).map(drop)
    })
    .unwrap();
}

#[test]
fn a_copy_is_given_worked_in_and_brought_back_as_one_act() {
    let mut window = window();
    let copy = window.give_to("Ravi Sharma");
    code_in(&copy, "Rooms");
    window.look_into(&copy);
    window.until("it says what comes", |window| window.shows("In Ravi Sharma’s copy: 2 edits by Ravi Sharma"));
    assert!(window.shows("Rooms: 1 added, 0 changed, 0 removed"));
    assert_eq!(window.count(), 0, "nothing is brought before it is asked for");
    window.bring_back();
    window.until("it is here", |window| window.shows("Ravi Sharma’s copy is here"));
    assert_eq!(window.count(), 1);
    assert!(window.shows("2 edits by Ravi Sharma."));
    window.harness.run_steps(4);
    window.click_button("Undo");
    window.until("one undo takes all back", |window| window.count() == 0);
    assert!(!window.app().study().codebook().themes().any(|theme| theme.name == "Rooms"));

    // Again: what was taken back comes too, and can be taken back after a start.
    window.look_into(&copy);
    window.until("it says so", |window| window.shows("It was brought back before and taken back again"));
    window.bring_back();
    window.until("it is here again", |window| window.count() == 1);
    let mut window = window.started_again();
    assert_eq!(window.app().state().undo.as_ref().map(|edit| edit.label.as_str()), Some("Bring back Ravi Sharma’s copy"));
    window.press_with(Modifiers::COMMAND, Key::Z);
    window.until("it goes", |window| window.count() == 0);

    window.run_from_box("Redo");
    window.until("it comes", |window| window.count() == 1);
    window.look_into(&copy);
    window.until("there is nothing new", |window| window.shows("Nothing new in Ravi Sharma’s copy"));
    assert!(!window.offers_to("Bring back"));
    window.press(Key::Escape);
    assert!(window.app().state().frame.dialog.is_none());
}

#[test]
fn a_copy_is_not_given_under_no_name_nor_over_a_file() {
    let mut window = window_with(|project| {
        let ravi = me("Isla Kerr");
        let coder = Coder { id: ravi.coder, name: ravi.name, initials: ravi.initials };
        project.edit("Coder", |tx| tx.put(coder)).unwrap();
    });
    window.run_from_box("Give a copy to a coder…");
    assert!(!window.enabled("Make the copy"));
    window.type_words("-- 1 --");
    assert!(window.shows("A name has letters") && !window.enabled("Make the copy"));
    // Who codes here is offered.
    window.click_button("Isla Kerr");
    let path = window.scratch.path("study – Isla Kerr.themata");
    window.until("the file follows", |window| window.typed(&path));
    window.click("Blind: sees only own work until the copy is brought back");
    std::fs::write(&path, "a letter").unwrap();
    window.until("it can be tried", |window| window.enabled("Make the copy"));
    window.click_button("Make the copy");
    window.until("it says why not", |window| window.shows("There is a file of this name already"));
    assert_eq!(std::fs::read_to_string(&path).unwrap(), "a letter");

    // Where nothing can be written.
    window.harness.get_by_role_and_label(Role::TextInput, "File of the copy").click();
    window.harness.step();
    window.press_with(Modifiers::COMMAND, Key::A);
    let inside = path.join("isla.themata");
    window.type_words(&inside.display().to_string());
    window.until("it can be tried", |window| window.typed(&inside) && window.enabled("Make the copy"));
    window.click_button("Make the copy");
    window.until("it says why not", |window| window.shows("There is no folder: "));
    std::fs::remove_file(&path).unwrap();
    std::fs::create_dir(&path).unwrap();
    window.click_button("Make the copy");
    window.until("it is made", |window| window.shows("Isla Kerr’s copy is made"));
    assert!(window.shows("It shows only own work."));
    let copy = Project::open(&inside, Access::Read, &me("Nobody")).unwrap();
    assert_eq!(copy.given_to().map(|given| (given.name.as_str(), given.blind)), Some(("Isla Kerr", true)));
}

#[test]
fn a_given_copy_shows_whose_it_is() {
    let mut window = window();
    let own = format!("Coder: {}", window.me().name);
    assert!(window.shows(&own));
    let copy = window.give_to("Ravi Sharma");
    let project = window.scratch.project();
    for (path, chip) in [(&copy, "Coder: Ravi Sharma"), (&project, own.as_str()), (&copy, "Coder: Ravi Sharma")] {
        window.press_with(Modifiers::COMMAND, Key::O);
        window.press_with(Modifiers::COMMAND, Key::A);
        window.type_words(&path.display().to_string());
        window.press(Key::Enter);
        window.until("it is open", |window| window.app().project_path() == Some(path) && window.shows(chip));
        let is_told = window.shows("This is Ravi Sharma’s copy");
        if path == &project {
            assert!(!is_told, "it is told of another project");
        } else if is_told {
            assert!(window.shows("it comes into the project with “Bring a copy back…”"));
        }
    }
    assert!(!window.shows("This is Ravi Sharma’s copy"), "it is told once");
    // Another name of one's own changes nothing in a copy of somebody else's.
    window.press_with(Modifiers::COMMAND, Key::Comma);
    window.click("Your name");
    window.press_with(Modifiers::COMMAND, Key::A);
    window.type_words("Mairi Grant");
    window.click_button("Use this name");
    window.click_button("Close");
    assert!(window.shows("Coder: Ravi Sharma"));
    let names: Vec<String> = window.app().study().coders().values().map(|coder| coder.name.clone()).collect();
    assert!(!names.contains(&"Mairi Grant".to_owned()), "{names:?}");
}

#[test]
fn what_cannot_be_brought_back_is_told_and_nothing_changes() {
    let mut window = window();
    let copy = window.give_to("Ravi Sharma");
    code_in(&copy, "Rooms");
    let scratch = |name: &str| copy.with_file_name(name);
    std::fs::write(scratch("letter.themata"), "Dear Elspeth").unwrap();
    drop(Project::create(&scratch("other.themata"), "Other", &me("Elspeth")).unwrap());
    std::fs::copy(&copy, scratch("newer.themata")).unwrap();
    rusqlite::Connection::open(scratch("newer.themata")).unwrap().pragma_update(None, "user_version", 99).unwrap();
    let whole = std::fs::read(&copy).unwrap();
    std::fs::write(scratch("cut.themata"), &whole[..whole.len() / 2]).unwrap();
    let before = window.app().study().entities();
    for (path, says) in [
        (scratch("cut.themata"), "The copy is damaged: "),
        (window.scratch.project(), "This is the project itself, not a copy of it."),
        (scratch("letter.themata"), "“letter.themata” is not a Themata project."),
        (scratch("other.themata"), "This is no copy of this project: it is the project “Other”, which was made on its own."),
        (scratch("newer.themata"), "The copy was changed by a newer version of Themata"),
    ] {
        window.look_into(&path);
        window.until(says, |window| window.shows(says));
        window.until("another name can be typed", |window| window.focused() == "File of the copy");
    }
    let held = Project::open(&copy, Access::Write, &me("Nobody")).unwrap();
    window.look_into(&copy);
    window.until("it is in use", |window| window.shows("The copy is being edited in another window."));
    drop(held);
    window.click_button("Look into it");
    window.until("it can be brought then", |window| window.offers_to("Bring back"));
    // Another path is another copy.
    window.harness.run_steps(4);
    window.harness.get_by_role_and_label(Role::TextInput, "File of the copy").click();
    window.harness.step();
    window.press_with(Modifiers::COMMAND, Key::A);
    window.type_words(&scratch("nowhere.themata").display().to_string());
    window.until("it is not there", |window| window.shows("There is nothing of this name."));
    assert!(!window.offers_to("Bring back") && !window.offers_to("Look into it"));
    window.click_button("Close");
    assert_eq!(window.app().study().entities(), before);
    assert_eq!(window.app().state().undo.as_ref().map(|edit| edit.label.as_str()), Some("Set up"));
}

/// A theme that both have renamed, and a summary that both have written.
fn diverged(project: &mut Project) {
    let work = |project: &mut Project, whose: &str| {
        // Of two edits in one millisecond on two computers neither is the earlier one.
        std::thread::sleep(std::time::Duration::from_millis(2));
        let act = |tx: &mut Tx<'_>| {
            let theme = tx.study().codebook().themes().find(|theme| theme.name.starts_with("Staff")).unwrap().clone();
            let case = *tx.study().cases().keys().next().unwrap();
            let cell = Crossing { theme: theme.id, of: Crossed::Case(case) };
            tx.change_theme(Theme { name: format!("Staff, as {whose} says"), ..theme })?;
            tx.chart(&cell, Charted { text: format!("{whose} writes"), ..Charted::default() }).map(drop)
        };
        project.edit("Work", act).unwrap();
    };
    let path = project.path().with_file_name("ravi.themata");
    project.give_copy(&path, "Ravi", false).unwrap();
    work(project, "Elspeth");
    work(&mut Project::open(&path, Access::Write, &me("Nobody")).unwrap(), "Ravi");
}

#[test]
fn what_waits_to_be_settled_is_one_press_away() {
    let mut window = window_with(diverged);
    let copy = window.scratch.path("ravi.themata");
    window.look_into(&copy);
    window.until("it says what comes", |window| window.shows("1 summary waits to be settled"));
    assert!(window.shows("What could not all be kept"));
    assert!(window.shows("“Staff, as Ravi says” stands, written later than"));
    window.bring_back();
    window.until("it is here", |window| window.shows("Ravi’s copy is here"));
    assert!(window.app().study().codebook().themes().any(|theme| theme.name == "Staff, as Ravi says"));
    window.harness.run_steps(4);
    assert!(window.shows("2 things could not all be kept; History lists them."));
    window.click_button("Go to the summary");
    let reads = |window: &Window, words: &str| {
        let mut nodes = window.harness.root().children_recursive();
        nodes.any(|node| [node.accesskit_node().label(), node.accesskit_node().value()].into_iter().flatten().any(|it| it.contains(words)))
    };
    window.until("both are seen", |window| reads(window, "Ravi writes") && reads(window, "Elspeth writes"));

    // What could not all be kept is found again later.
    window.press_with(Modifiers::COMMAND, Key::Num9);
    window.until("it is listed", |window| window.shows("What: Bring back Ravi’s copy, row 1 of"));
    window.harness.get_by_label_contains("What: Bring back Ravi’s copy").click();
    window.harness.run_steps(2);
    window.press(Key::Space);
    window.until("it is said again", |window| window.shows("What could not all be kept when it came:"));
    assert!(window.shows("“Staff, as Ravi says” stands, written later than"));
    window.harness.run_steps(4);
    window.click_button("Go to what came");
    window.until("it goes there", |window| window.app().state().view != themata::app::state::View::History);
}

#[test]
fn tab_goes_through_the_completions_of_a_path_and_on() {
    let mut window = window();
    for name in ["alpha.themata", "alpine.themata"] {
        std::fs::write(window.scratch.path(name), "").unwrap();
    }
    window.run_from_box("Bring a copy back…");
    window.harness.get_by_role_and_label(Role::TextInput, "File of the copy").click();
    window.harness.step();
    window.press_with(Modifiers::COMMAND, Key::A);
    window.type_words(&window.scratch.path("alp").display().to_string());
    window.until("they are offered", |window| window.shows("alpine.themata"));
    window.until("there is no such file", |window| window.shows("There is nothing of this name."));
    assert!(!window.offers_to("Look into it"));
    let mut seen = Vec::new();
    for _ in 0..3 {
        window.press(Key::Tab);
        window.harness.run_steps(2);
        seen.push(window.at_hand());
    }
    assert_eq!(seen, ["alpha.themata", "alpine.themata", "Close"]);
    window.press_with(Modifiers::SHIFT, Key::Tab);
    window.harness.run_steps(2);
    assert_eq!(window.focused(), "File of the copy", "where nobody is at them any more they are gone");
    window.press(Key::Tab);
    window.press(Key::Enter);
    let taken = window.scratch.path("alpha.themata");
    window.until("it is taken", |window| window.typed(&taken) && window.focused() == "File of the copy");
}

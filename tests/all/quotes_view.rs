//! Quotes, driven by role and label.

use std::collections::BTreeSet;

use eframe::egui::accesskit::Role;
use eframe::egui::{Key, Modifiers, OutputCommand, vec2};
use egui_kittest::kittest::{NodeT as _, Queryable as _};
use themata::app::state::View;
use themata::project::{EditError, Project, Tx};
use themata::study::{Coder, Origin, QuoteFacts, QuoteMark, QuoteMarkId, Role as Plays};
use themata::text::Span;

use crate::support::me;
use crate::window::{Window, window, window_with};

/// The view, with the list in focus where there is one.
fn quotes(mut window: Window) -> Window {
    window.press_with(Modifiers::COMMAND, Key::Num4);
    window.until("the quotes are gathered", |window| window.focused().starts_with("Quotes, ") || window.shows("No quotes yet"));
    window
}

fn values(tx: &mut Tx<'_>, case: &str, group: &str, area: &str) -> Result<(), EditError> {
    let case = tx.study().case_labelled(case).unwrap().id;
    for (role, name) in [(Plays::Group, group), (Plays::Area, area)] {
        let attribute = tx.study().attributes().with_role(role).unwrap().id;
        let value = tx.value_named(attribute, name)?;
        tx.set_value(case, attribute, BTreeSet::from([value]))?;
    }
    Ok(())
}

/// A, a nurse of Fife, is quoted on two themes; B, a manager of Lothian, by another coder and without a theme.
fn with_quotes(project: &mut Project) {
    let act = |tx: &mut Tx<'_>| {
        values(tx, "A", "Nurses", "Fife")?;
        values(tx, "B", "Managers", "Lothian")?;
        let a = tx.study().source_labelled("A").unwrap().source.id;
        for (theme, span) in [("Staffing", Span::new(18, 43)), ("Leadership > Local voice", Span::new(44, 63))] {
            let theme = tx.theme_at(theme)?;
            let coding = tx.code(a, span, theme, Origin::Hand)?;
            tx.toggle_quote(a, coding)?;
            if span.start == 44 {
                tx.set_contrary(a, coding, Some("the rest"))?;
            }
        }
        let ravi = me("Ravi Thomson");
        tx.put(Coder { id: ravi.coder, name: ravi.name, initials: "RT".into() })?;
        let b = tx.study().source_labelled("B").unwrap().source.clone();
        let (id, span) = (QuoteMarkId::new(), Span::new(15, 27));
        tx.put(QuoteMark {
            id,
            source: b.id,
            revision: b.revision,
            span,
            coding: None,
            coder: ravi.coder,
            time: 1,
            facts: QuoteFacts::default(),
        })
    };
    project.edit("Quote", act).unwrap();
}

fn three() -> Window {
    let mut window = quotes(window_with(with_quotes));
    window.until("all are listed", |window| window.focused() == "Quotes, 3");
    window
}

impl Window {
    fn quote_rows(&self) -> Vec<String> {
        let rows = self.harness.query_all_by_role(Role::ListBoxOption).filter_map(|row| row.accesskit_node().label());
        rows.filter(|label| label.contains(", quote ")).collect()
    }

    fn quote_headings(&self) -> Vec<String> {
        self.harness.query_all_by_role(Role::Heading).filter_map(|node| node.accesskit_node().label()).collect()
    }

    fn marks(&self) -> usize {
        self.app().study().materials().iter().map(|material| material.quote_marks.len()).sum()
    }

    /// Presses a key; returns what came onto the clipboard by it.
    fn copied_by(&mut self, key: Key) -> Option<String> {
        self.harness.key_down(key);
        self.harness.step();
        let commands = self.harness.output().platform_output.commands.clone();
        self.harness.key_up(key);
        self.harness.step();
        commands.into_iter().find_map(|command| if let OutputCommand::CopyText(text) = command { Some(text) } else { None })
    }
}

#[test]
fn quotes_stand_under_themes_groups_and_areas() {
    let mut window = three();
    assert_eq!(window.quote_headings(), ["Leadership › Local voice, 1", "Staffing, 1", "Without a theme, 1"]);
    let rows = window.quote_rows();
    assert!(rows[0].starts_with("The forms were not., A, Nurses, Fife, Local voice · A, ¶ 2 · "), "{rows:?}");
    assert!(rows[0].contains("Contrary to “the rest”") && !rows[1].contains("Contrary"), "{rows:?}");
    assert_eq!(rows[2], "Naïve of me, B, Managers, Lothian, B, ¶ 2 · RT, quote 3 of 3");
    window.press(Key::H);
    window.until("by group", |window| window.quote_headings() == ["Nurses, 2", "Managers, 1"]);
    window.click("Headings: Case-study area");
    window.until("by area", |window| window.quote_headings() == ["Fife, 2", "Lothian, 1"]);
}

#[test]
fn quotes_are_narrowed_by_words_labels_and_menus() {
    let mut window = three();
    window.press_with(Modifiers::COMMAND, Key::F);
    window.type_words("NAIVE lothian");
    window.until("one fits", |window| window.quote_rows().len() == 1 && window.shows("1 of 3 quotes"));
    window.press_with(Modifiers::COMMAND, Key::A);
    window.type_words("nothing like it");
    window.until("none fits", |window| window.shows("No quote fits"));
    window.click("Show all quotes");
    window.until("all fit", |window| window.quote_rows().len() == 3);
    window.click("Theme all");
    window.click("Leadership");
    window.until("those below it too", |window| window.quote_rows().len() == 1 && window.shows("The forms were not."));
}

#[test]
fn a_quote_is_copied_with_label_id_and_paragraph() {
    let mut window = three();
    window.press(Key::ArrowDown);
    assert_eq!(window.copied_by(Key::C), None, "nothing leaves before it is said what is masked");
    window.until("it is asked", |window| window.shows("Mask groups of fewer than:"));
    window.harness.run_steps(3);
    window.click_button("Off");
    window.until("it is copied", |window| window.shows("Copied with its label.") && window.focused() == "Quotes, 3");
    assert_eq!(window.copied_by(Key::C).as_deref(), Some("“It was fine, aye, mostly.” (A, Nurses, Fife) [A, ¶ 2]"));
    window.click("Label");
    window.harness.get_by_role_and_label(Role::TextInput, "Label of quotes").focus();
    window.harness.step();
    window.press_with(Modifiers::COMMAND, Key::A);
    window.type_words("{group} {age}");
    window.until("it says what is no field", |window| window.shows("{age} is no field") && window.shows("So: Nurses {age}"));
    window.press_with(Modifiers::COMMAND, Key::A);
    window.type_words("{group} in {area}");
    window.until("the list has it", |window| window.quote_rows()[1].contains("Nurses in Fife"));
    window.press(Key::Escape);
    window.press_with(Modifiers::COMMAND, Key::Num4);
    window.until("the list has the keys", |window| window.focused() == "Quotes, 3");
    assert_eq!(window.copied_by(Key::C).as_deref(), Some("“It was fine, aye, mostly.” (Nurses in Fife) [A, ¶ 2]"));
}

#[test]
fn the_label_that_is_copied_masks_what_few_share() {
    let mut window = three();
    window.press(Key::ArrowDown);
    window.press(Key::C);
    window.until("it is asked", |window| window.shows("Mask groups of fewer than:"));
    window.harness.run_steps(3);
    window.click_button("3");
    window.until("it is copied", |window| window.shows("Copied with its label.") && window.focused() == "Quotes, 3");
    assert_eq!(window.copied_by(Key::C).as_deref(), Some("“It was fine, aye, mostly.” (A, masked (fewer than 3)) [A, ¶ 2]"));
    assert!(window.quote_rows()[1].contains("A, Nurses, Fife"), "the list stays as it is");
}

#[test]
fn ones_own_mark_is_taken_away_and_comes_back() {
    let mut window = three();
    window.press(Key::Q);
    window.until("it is gone", |window| window.marks() == 2 && window.quote_rows().len() == 2);
    assert!(!window.shows("The forms were not."));
    window.press_with(Modifiers::COMMAND, Key::Z);
    window.until("it is back", |window| window.marks() == 3 && window.quote_rows().len() == 3);
    window.press(Key::End);
    window.press(Key::Q);
    window.until("it says whose it is", |window| window.shows("This quote is Ravi Thomson’s and stays."));
    assert!(!window.enabled("Unquote") && window.enabled("Copy"));
    assert_eq!(window.marks(), 3);
}

#[test]
fn what_the_report_needs_to_know_of_a_quote_is_told_kept_and_exported() {
    let mut window = three();
    window.click_button("Facts");
    window.click("Strength: vivid");
    window.until("it is vivid", |window| window.quote_rows()[0].contains(" · vivid"));
    window.click("Consent: given");
    window.until("it may be quoted", |window| window.quote_rows()[0].contains("consent given"));
    window.click("Looked for identifying details");
    window.until("it is checked", |window| window.quote_rows()[0].contains("details looked for"));
    window.harness.get_by_role_and_label(Role::TextInput, "Used in").focus();
    window.harness.step();
    window.type_words("chapter 3");
    window.press(Key::Enter);
    window.until("it is used", |window| window.quote_rows()[0].contains("used in chapter 3"));
    window.harness.get_by_role_and_label(Role::TextInput, "Used in").focus();
    window.harness.step();
    window.press(Key::End);
    window.type_words(" and 4");
    window.press_with(Modifiers::COMMAND, Key::Num1);
    let used_in = |window: &Window| {
        let study = window.app().study();
        let marks: Vec<_> = study.source_labelled("A").unwrap().quote_marks.iter().map(|mark| mark.facts.used_in.clone()).collect();
        marks.concat()
    };
    window.until("what was being written is kept when the view is left", |window| used_in(window) == "chapter 3 and 4");
    let mut window = Window::started_again(window);
    window = quotes(window);
    window.until("it was kept", |window| window.quote_rows().len() == 3 && window.quote_rows()[0].contains("vivid · consent given"));
    window.click("Details any");
    window.click("not looked for");
    window.until("the others are left", |window| window.quote_rows().len() == 2);
    window.click("Details not looked for");
    window.click("looked for");
    window.until("it alone is left", |window| window.quote_rows().len() == 1);
    window.click_button("Export…");
    window.until("it says which", |window| window.shows("Quotes: details looked for."));
    window.click("Mask groups of fewer than: Off");
    window.click_button("Export");
    let file = window.scratch.path("quotes.csv");
    window.until("it is written", |_| file.exists());
    let written = std::fs::read_to_string(&file).unwrap();
    assert!(written.contains("strength,consent,checked,used_in") && written.contains("vivid,given,1,chapter 3 and 4"), "{written}");
}

#[test]
fn a_quote_opens_in_its_text() {
    let mut window = three();
    window.press(Key::Enter);
    window.until("Read is shown", |window| window.app().state().view == View::Read && window.shows("Paragraph 2 of 4"));
    window.press_with(Modifiers::COMMAND, Key::OpenBracket);
    window.until("back", |window| window.quote_rows().len() == 3);
}

#[test]
fn who_is_quoted_how_much_narrows_the_list() {
    let mut window = three();
    // Of 22 words of participants A said 14.
    assert!(window.shows("Everybody: 2 of 2 participants quoted, 3 quotes: 100 % of all quotes, 100 % of all words"));
    assert!(window.shows("Fife, Nurses: 1 of 1 participant quoted, 2 quotes: 67 % of all quotes"));
    window.harness.get_by_label_contains("Lothian, Managers: 1 of 1").click();
    window.until("theirs are left", |window| window.quote_rows().len() == 1 && window.shows("Naïve of me"));
    window.harness.get_by_label_contains("Lothian, Managers: 1 of 1").click();
    window.until("all are back", |window| window.quote_rows().len() == 3);
    window.click("Who is quoted by: Area");
    window.until("by area", |window| window.shows("Fife: 1 of 1") && !window.shows("Fife, Nurses: "));
    window.press(Key::F6);
    window.press(Key::F6);
    window.press(Key::End);
    window.press(Key::Enter);
    window.until("the last area is left", |window| window.quote_rows().len() == 1);
}

#[test]
fn the_quotes_that_are_listed_leave_as_a_table() {
    let mut window = three();
    window.press_with(Modifiers::COMMAND, Key::F);
    window.type_words("nurses");
    window.until("two fit", |window| window.quote_rows().len() == 2);
    window.click_button("Export…");
    window.until("it says which", |window| window.shows("Quotes: with “nurses”."));
    window.click("Mask groups of fewer than: Off");
    window.click_button("Export");
    let file = window.scratch.path("quotes.csv");
    window.until("it is written", |_| file.exists());
    let written = std::fs::read_to_string(&file).unwrap();
    assert!(written.contains("It was fine, aye, mostly.") && written.contains("The forms were not."), "{written}");
    assert!(!written.contains("Naïve"), "{written}");
    assert!(std::fs::read_to_string(window.scratch.path("quotes-about.txt")).unwrap().contains("One row a quote mark"));
}

#[test]
fn in_a_small_window_the_list_stands_above_who_is_quoted() {
    let mut window = three();
    window.harness.set_size(vec2(480.0, 500.0));
    window.harness.run_steps(4);
    let list = window.harness.get_by_label("Quotes, 3").rect();
    let spread = window.harness.get_by_label("Who is quoted, 3").rect();
    assert!(list.bottom() <= spread.top() && list.height() > 40.0 && spread.height() > 40.0, "{list:?} {spread:?}");
    window.press(Key::End);
    window.harness.run_steps(4);
    let row = window.harness.get_by_label_contains("quote 3 of 3").rect();
    assert!(row.intersects(list), "the row one is at is in sight: {row:?} {list:?}");
}

#[test]
fn where_nothing_is_quoted_it_says_what_belongs_there() {
    let mut window = quotes(window());
    assert!(window.shows("Passages that you mark for the report"));
    window.click("Open Read");
    window.until("Read is shown", |window| window.app().state().view == View::Read);
}

#[test]
fn the_mark_of_another_stays() {
    let scratch = crate::support::Scratch::new();
    let (mut project, [source, _]) = crate::support::project(&scratch);
    let (mark, ravi) = (QuoteMarkId::new(), me("Ravi"));
    let put = |tx: &mut Tx<'_>| {
        tx.put(Coder { id: ravi.coder, name: ravi.name.clone(), initials: "R".into() })?;
        let revision = tx.study().material(source).unwrap().source.revision;
        tx.put(QuoteMark {
            id: mark,
            source,
            revision,
            span: Span::new(18, 24),
            coding: None,
            coder: ravi.coder,
            time: 1,
            facts: QuoteFacts::default(),
        })
    };
    project.edit("Quote", put).unwrap();
    let error = project.edit("Take away", |tx| tx.unquote(source, mark)).unwrap_err();
    assert!(matches!(&error, EditError::NotYourQuote(name) if name == "Ravi"), "{error}");
    let gone = project.edit("Take away", |tx| tx.unquote(source, QuoteMarkId::new())).unwrap_err();
    assert!(matches!(gone, EditError::Gone("quote")), "{gone}");
    assert_eq!(project.study().material(source).unwrap().quote_marks.len(), 1);
}

//! An import that is put right in the window: where it is read, and in the list of speakers. And History, which leads back.

use eframe::egui::accesskit::Role;
use eframe::egui::{Event, Key, Modifiers};
use egui_kittest::kittest::Queryable as _;
use themata::study::{CaseKind, Material, MemoKind, MemoOn, Origin};
use themata::text::{ParagraphKind, Span, Voice};

use crate::window::{Window, window, window_with};

impl Window {
    fn material(&self, label: &str) -> std::sync::Arc<Material> {
        std::sync::Arc::clone(self.app().study().source_labelled(label).unwrap())
    }

    /// The cases of a source with the words they said, by label.
    fn heard(&self, source: &str) -> Vec<(String, u32)> {
        let study = self.app().study();
        let label = |case: Option<themata::study::CaseId>| case.map_or_else(String::new, |case| study.case(case).unwrap().label.clone());
        let mut heard: Vec<_> = self.material(source).words_by_case().into_iter().map(|(case, words)| (label(case), words)).collect();
        heard.sort();
        heard
    }

    /// Puts the caret into the second turn of source A, before “forms”.
    fn caret_before_forms(&mut self) {
        self.click_words("It was fine, aye, mostly");
        self.press(Key::Home);
        self.press_with(Modifiers::COMMAND, Key::ArrowDown);
        for _ in 0..6 {
            self.press(Key::ArrowRight);
        }
    }

    fn speakers(&mut self) {
        self.press_with(Modifiers::COMMAND | Modifiers::SHIFT, Key::P);
        self.until("the speakers are listed", |window| window.shows("Source: A, row 1 of 4"));
    }
}

#[test]
fn turns_are_split_given_to_others_and_joined_where_they_are_read() {
    let mut window = window();
    let before = window.heard("A");
    window.caret_before_forms();
    window.press_with(Modifiers::COMMAND, Key::Enter);
    window.until("it is split", |window| window.material("A").geometry.paragraphs().len() == 5);
    window.until("the second half is a paragraph", |window| window.shows("Paragraph 2 of 5") || window.shows("Paragraph 3 of 5"));
    assert_eq!(window.heard("A"), before, "both halves are the same speaker's");
    window.press(Key::W);
    window.until("it is asked", |window| window.shows("Whose words are these?"));
    window.harness.get_by_role_and_label(Role::ListBoxOption, "I").click();
    window.harness.step();
    window.click_button("Give the words");
    window.until("they are the interviewer's", |window| window.heard("A") != before);
    window.command(Key::Z);
    window.until("it is undone", |window| window.heard("A") == before);
    window.press_with(Modifiers::COMMAND, Key::Backspace);
    window.until("they are one again", |window| window.material("A").geometry.paragraphs().len() == 4);
}

#[test]
fn furniture_and_back_by_one_key_each() {
    let mut window = window();
    let before = window.heard("A");
    window.caret_before_forms();
    window.press_with(Modifiers::COMMAND | Modifiers::SHIFT, Key::H);
    let furniture = |window: &Window| window.material("A").geometry.paragraphs()[1].kind == ParagraphKind::Furniture;
    window.until("it is page furniture", furniture);
    assert!(window.heard("A") != before);
    window.press_with(Modifiers::COMMAND | Modifiers::SHIFT, Key::H);
    window.until("it is words again", |window| !furniture(window));
    assert_eq!(window.heard("A"), before);
}

#[test]
fn words_are_given_to_a_case_that_is_made_for_them() {
    let mut window = window();
    window.caret_before_forms();
    window.press_with(Modifiers::SHIFT, Key::ArrowRight);
    window.press(Key::W);
    window.until("it is asked", |window| window.shows("Whose words are these?"));
    window.type_words("Jean");
    window.press(Key::Enter);
    window.until("they are hers", |window| window.heard("A").iter().any(|(case, _)| case == "Jean"));
    // The list of speakers has them, and gives them back.
    window.press_with(Modifiers::SHIFT, Key::W);
    window.until("they are listed", |window| window.shows("Label: (by hand) ¶ 2"));
    window.harness.get_by_label_contains("Case: Jean, row").click();
    window.harness.run_steps(2);
    window.press(Key::Delete);
    window.until("they are the turn's again", |window| window.material("A").case_spans.is_empty());
}

#[test]
fn a_speaker_is_said_to_be_another_and_the_matrix_follows() {
    let mut window = window();
    window.speakers();
    window.harness.get_by_label("Is: Participant, row 2 of 4").click();
    window.harness.run_steps(2);
    window.type_words("int");
    window.press(Key::Enter);
    window.until("nobody takes part in A", |window| window.heard("A").is_empty());
    window.command(Key::Z);
    window.until("it is undone", |window| !window.heard("A").is_empty());
    // An id that is nearly another's is asked about.
    window.harness.get_by_label("Case: A, row 2 of 4").click();
    window.harness.run_steps(2);
    window.type_words("Moira");
    window.press(Key::Enter);
    window.until("it is asked", |window| window.shows("There is no case “Moira” yet"));
    window.click_button("Add “Moira” as a new case");
    window.until("she says it", |window| window.heard("A")[0].0 == "Moira");
}

#[test]
fn two_labels_of_two_sources_are_one_person() {
    let mut window = window();
    window.speakers();
    for row in [2, 4] {
        window.harness.get_by_role_and_label(Role::CheckBox, &format!("Tick: not ticked, row {row} of 4")).click();
        window.harness.run_steps(2);
    }
    window.command(Key::M);
    window.until("it is asked", |window| window.shows("Are these 2 labels one person?"));
    window.click_button("They are A");
    window.until("they are", |window| window.heard("B")[0].0 == "A" && window.app().study().case_labelled("B").is_none());
    window.command(Key::Z);
    window.until("one press takes it back", |window| window.heard("B")[0].0 == "B");
}

#[test]
fn cells_pasted_into_the_speakers_are_one_edit() {
    let mut window = window();
    window.speakers();
    window.harness.get_by_label("Case: A, row 2 of 4").click();
    window.harness.run_steps(2);
    window.harness.event(Event::Paste("B\n\nNot stated".to_owned()));
    window.harness.step();
    window.until("they are written", |window| window.heard("A")[0].0 == "B" && window.heard("B")[0].0.is_empty());
    assert_eq!(window.material("A").speakers.iter().filter(|speaker| speaker.voice == Voice::Interviewer).count(), 1);
    window.command(Key::Z);
    window.until("one press takes it back", |window| window.heard("A")[0].0 == "A" && window.heard("B")[0].0 == "B");
}

#[test]
fn an_edit_opens_what_it_touched() {
    let mut window = window_with(|project| {
        project
            .edit("Apply theme Staffing", |tx| {
                let source = tx.study().source_labelled("A").unwrap().source.id;
                let theme = tx.theme_at("Staffing")?;
                tx.code(source, Span::new(18, 43), theme, Origin::Hand).map(|_| ())
            })
            .unwrap();
        project.edit("Add case", |tx| tx.case_labelled("C", CaseKind::Person).map(|_| ())).unwrap();
        project
            .edit("Memo", |tx| {
                let theme = tx.study().codebook().find_path("Leadership").unwrap();
                tx.write_memo(MemoOn::Theme { theme }, MemoKind::Analytic, "Whose?").map(|_| ())
            })
            .unwrap();
    });
    let open = |window: &mut Window, edit: &str, arrived: &str| {
        window.command(Key::Num9);
        let row = format!("What: {edit}, row");
        window.until("the edits are listed", |window| window.shows(&row));
        window.harness.get_by_label_contains(&row).click();
        window.harness.run_steps(2);
        window.press(Key::Space);
        window.until(arrived, |window| window.shows(arrived));
    };
    open(&mut window, "Apply theme Staffing", "words selected");
    open(&mut window, "Add case", "Cases, Id: C, row");
    open(&mut window, "Memo", "Definition");
}

#[test]
fn edits_are_filtered_by_what_they_are_about_and_by_day() {
    let mut window = window_with(|project| {
        project.edit("Add case", |tx| tx.case_labelled("C", CaseKind::Person).map(|_| ())).unwrap();
        project.edit("Add theme", |tx| tx.theme_at("Cold").map(|_| ())).unwrap();
    });
    window.command(Key::Num9);
    window.until("the edits are listed", |window| window.shows("What: Add theme, row"));
    window.click("About everything");
    window.click("themes");
    window.until("only those about themes are left", |window| window.shows("What: Add theme, row") && !window.shows("What: Add case, row"));
    window.click("From any day");
    window.click("yesterday");
    window.until("none is of yesterday", |window| window.shows("No edit fits the filter"));
    window.harness.get_all_by_label("Show all").last().unwrap().click();
    window.until("all are back", |window| window.shows("What: Add case, row"));
}

#[test]
fn a_version_is_opened_as_a_copy() {
    let mut window = window_with(|project| {
        project.edit("Add case", |tx| tx.case_labelled("C", CaseKind::Person).map(|_| ())).unwrap();
        project.edit("Add theme", |tx| tx.theme_at("Cold").map(|_| ())).unwrap();
    });
    window.command(Key::Num9);
    window.until("the edits are listed", |window| window.shows("What: Add case, row"));
    window.harness.get_by_label_contains("What: Add case, row").click();
    window.harness.run_steps(2);
    window.command(Key::R);
    window.until("it is asked", |window| window.shows("A copy of this version"));
    window.click_button("Write the copy and open it");
    window.until("the copy is open", |window| window.app().study().codebook().find_path("Cold").is_none());
    assert!(window.app().study().case_labelled("C").is_some());
    assert!(window.scratch.path("study-earlier.themata").exists() && window.scratch.project().exists());
    window.command(Key::Z);
    window.until("undone, the copy is as the project", |window| {
        window.app().study().codebook().find_path("Cold").is_some() || window.shows("Press again")
    });
}

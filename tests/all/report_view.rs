//! A report checked in the window, in the place of the quotes: the draft chapter that lies beside the sample study.

use std::path::{Path, PathBuf};

use eframe::egui::accesskit::Role;
use eframe::egui::{Key, Modifiers, OutputCommand, vec2};
use egui_kittest::kittest::{NodeT as _, Queryable as _};
use themata::app::state::View;

use crate::support::Scratch;
use crate::window::{Window, start_again, started, window};

/// The sample study in a window, its quotes on the screen, and a copy of the draft chapter.
fn sample() -> (Window, PathBuf) {
    let scratch = Scratch::new();
    let report = scratch.path("draft-report.md");
    std::fs::copy(Path::new(env!("CARGO_MANIFEST_DIR")).join("corpus/draft-report.md"), &report).unwrap();
    let start = start_again(&scratch);
    let mut window = started(scratch, start);
    window.until("the sample is open", |window| window.app_is_there() && !window.app().study().materials().is_empty());
    window.press_with(Modifiers::COMMAND, Key::Num4);
    window.until("the quotes are there", |window| window.focused().starts_with("Quotes, "));
    (window, report)
}

impl Window {
    fn check_report(&mut self, path: &Path) {
        self.press_with(Modifiers::COMMAND, Key::K);
        self.type_words("check a report");
        self.until("it is offered first", |window| window.shows("Command: Check a report…, Ctrl+R, Quotes, row 1 of "));
        self.press(Key::Enter);
        self.until("it asks which", |window| window.shows("Every quotation of the report is looked for"));
        self.press_with(Modifiers::COMMAND, Key::A);
        self.type_words(&path.display().to_string());
        self.press(Key::Enter);
    }

    fn quotation_rows(&self) -> Vec<String> {
        let rows = self.harness.query_all_by_role(Role::ListBoxOption).filter_map(|row| row.accesskit_node().label());
        rows.filter(|label| label.contains(", quotation ")).collect()
    }

    /// The row one is at, as a screen reader says it.
    fn quotation(&self) -> String {
        self.at_hand()
    }

    /// What is said of every quotation, by the arrows.
    fn all_quotations(&mut self) -> Vec<String> {
        self.press(Key::Home);
        let mut all = vec![self.quotation()];
        loop {
            self.press(Key::ArrowDown);
            let row = self.quotation();
            if all.last() == Some(&row) {
                return all;
            }
            all.push(row);
        }
    }
}

/// The draft chapter, checked.
fn checked() -> (Window, PathBuf) {
    let (mut window, report) = sample();
    window.check_report(&report);
    window.until("it is checked", |window| window.focused() == "Quotations, 28");
    (window, report)
}

#[test]
fn every_quotation_has_a_row_with_its_finding_first_and_the_worst_above() {
    let (mut window, _) = checked();
    assert!(window.shows("25 quotations: 19 exact, 5 differ, 1 not found; 2 attributions differ, 1 attribution names nobody known"));
    assert!(window.shows("To look at, 11") && window.shows("draft-report.md"));
    let all = window.all_quotations();
    assert_eq!(all.len(), 28);
    let begins = |at: usize, words: &str| assert!(all[at].starts_with(words), "{at}: {}", all[at]);
    begins(0, "Not found in any source (line 41), “every form we send to");
    begins(1, "Exact (line 25), “So the thresholds are about workload more than need.”");
    let of = |words: &str| all.iter().find(|row| row.contains(words)).unwrap_or_else(|| panic!("{words}"));
    for (words, expected) in [
        ("So the thresholds", "These are the words of the interviewer, FIF-FG1, ¶ 44, the interviewer"),
        ("He’ll ask what I’d do", "Words of several people are joined in one quotation"),
        ("Headquarters is like weather", "Team leader, Fife – attribution differs: said “Fife”, is Glasgow"),
        ("One interview room", "Other words than in the source: “brick” for “glass”, FIF-TL2, ¶"),
        ("The tool gives you", "A word that turns the sense round: missing: “not”"),
        ("absolutely everything else", "put in: “absolutely”"),
        ("So they can have training", "P99, housing officer – attribution names nobody and nothing that the study has; the words are of "),
        ("Sharing a stair with him", "Team leader 1, Glasgow – attribution right, GLA-TL1, ¶"),
        ("Somebody in Bowmore", "Exact with ellipses or insertions (line 23)"),
        ("The drawer is a drawer", "Attribution right, FIF-TL2, ¶"),
        ("“one rate”", "Of fewer than 4 words without attribution, not looked for (line 50)"),
        ("Lomond and Tay", "From the literature, not looked for"),
    ] {
        assert!(of(words).contains(expected), "{words}: {}", of(words));
    }
    assert!(all[11].starts_with("Exact") && all[27].ends_with("quotation 28 of 28"), "{all:#?}");
    window.press(Key::L);
    window.until("those to look at are left", |window| window.focused() == "Quotations, 11");
    window.click("Quotations: All 28");
    window.until("all are back", |window| window.shows("Quotations, 28"));
}

#[test]
fn the_words_open_in_the_source_and_the_report_is_still_there() {
    let (mut window, _) = checked();
    window.press(Key::Enter);
    assert!(window.shows("No source has these words."));
    window.press(Key::ArrowDown);
    window.press(Key::Enter);
    window.until("the words are in sight", |window| {
        window.app().state().view == View::Read && window.shows("Paragraph 44 of ") && window.shows("FIF-FG1")
    });
    window.press_with(Modifiers::COMMAND, Key::OpenBracket);
    window.until("back at the quotation", |window| window.quotation().starts_with("Exact (line 25)"));
    window.press(Key::ArrowDown);
    window.click_button("Open in Read");
    window.until("by a click too", |window| window.app().state().view == View::Read && window.shows("GLA-JSW2"));
}

#[test]
fn a_report_that_was_edited_is_checked_again() {
    let (mut window, report) = checked();
    window.press(Key::L);
    for _ in 0..3 {
        window.press(Key::ArrowDown);
    }
    let row = window.quotation();
    assert!(row.contains("I lose people eight miles"), "{row}");
    let text = std::fs::read_to_string(&report).unwrap();
    std::fs::write(&report, text.replace("a brick wall", "a glass wall").replace("(Team leader, Fife) The same", "(GLA-TL1) The same"))
        .unwrap();
    window.press(Key::F5);
    window.until("two less are wrong", |window| window.focused() == "Quotations, 9");
    assert!(window.shows("25 quotations: 20 exact, 4 differ, 1 not found; 1 attribution differs, "));
    assert!(window.quotation().contains("I lose people eight miles"), "one stays where one is: {}", window.quotation());
    std::fs::remove_file(&report).unwrap();
    window.click_button("Check again");
    window.until("it says that it is gone", |window| window.shows("“draft-report.md” cannot be read"));
    assert_eq!(window.quotation_rows().len().min(1), 1, "what was found before stays");
}

#[test]
fn what_is_no_report_is_said_to_be_none_and_the_quotes_stay() {
    let (mut window, report) = sample();
    let folder = report.parent().unwrap().to_path_buf();
    let large = std::fs::File::create(folder.join("large.txt")).unwrap();
    large.set_len(70 << 20).unwrap();
    for (name, bytes, sentence) in [
        ("picture.txt", Some(&b"\x89PNG\r\n\x1a\n\x00\x00\x00\x00\x01"[..]), "“picture.txt” is not a text."),
        ("report.pages", Some(b"words"), "“report.pages” is of a kind that cannot be read."),
        ("large.txt", None, "“large.txt” is too large (70 MB; at most 64 MB)."),
    ] {
        if let Some(bytes) = bytes {
            std::fs::write(folder.join(name), bytes).unwrap();
        }
        window.check_report(&folder.join(name));
        window.until(sentence, |window| window.shows(sentence));
        assert!(window.shows("59 quotes"), "{name}");
    }
    let plain = folder.join("plain.txt");
    std::fs::write(&plain, "A report.\n\nIt has no quotation at all, it's only prose.\n").unwrap();
    window.check_report(&plain);
    window.until("it has none", |window| window.shows("“plain.txt” has no quotations: nothing in quotation marks"));
    window.press(Key::Escape);
    window.until("the quotes are back", |window| window.shows("59 quotes"));
    window.check_report(&folder.join("none.md"));
    assert!(window.shows("There is nothing of this name.") && window.shows("59 quotes"));
}

#[test]
fn a_check_that_nobody_waits_for_opens_nothing() {
    let (mut window, _) = checked();
    window.harness.key_press(Key::F5);
    window.harness.step();
    window.press(Key::Escape);
    window.until("the quotes are back", |window| window.focused().starts_with("Quotes, "));
    for _ in 0..60 {
        window.harness.step();
        std::thread::sleep(std::time::Duration::from_millis(10));
    }
    assert!(window.shows("59 quotes") && !window.shows("25 quotations"));
}

#[test]
fn what_is_listed_is_copied_and_leaves_as_a_table() {
    let (mut window, report) = checked();
    window.harness.key_down(Key::C);
    window.harness.step();
    let commands = window.harness.output().platform_output.commands.clone();
    window.harness.key_up(Key::C);
    window.harness.step();
    let copied = commands.into_iter().find_map(|command| if let OutputCommand::CopyText(text) = command { Some(text) } else { None });
    assert!(copied.is_some_and(|text| text.starts_with("Not found in any source (line 41)\n“every form")));
    // One of a client's words alone, of those that want a look.
    window.press(Key::L);
    window.harness.get_by_label_contains("Fife, Senior managers / team leaders: ").click();
    window.until("theirs are left", |window| window.shows("Quotations, 3"));
    window.click_button("Export…");
    window.until("it says which", |window| {
        window.shows("The quotations of “draft-report.md” that hold words of Senior managers / team leaders, Fife")
    });
    window.click("Mask groups of fewer than: Off");
    let name = window.harness.get_by_role_and_label(Role::TextInput, "File to write");
    name.focus();
    window.harness.step();
    window.press_with(Modifiers::COMMAND, Key::A);
    let file = report.with_file_name("found.csv");
    window.type_words(&file.display().to_string());
    window.click_button("Export");
    window.until("it is written", |_| file.exists());
    let written = std::fs::read_to_string(&file).unwrap();
    let header =
        "line,aside,paragraph,quotation,finding,attribution,attributed,said,is,similarity,faults,differences,source,source_paragraph,cases";
    assert!(written.trim_start_matches('\u{feff}').starts_with(header), "{written}");
    assert!(written.contains("nearest,FIF-TL2,right,,,") && written.contains("“brick” for “glass”"), "{written}");
    assert!(!written.contains("every form") && written.lines().count() == 4, "{written}");
    assert!(std::fs::read_to_string(report.with_file_name("found-about.txt")).unwrap().contains("only those to look at"));
}

#[test]
fn the_way_to_a_report_is_there_without_any_quote() {
    let mut window = window();
    window.press_with(Modifiers::COMMAND, Key::Num4);
    window.until("there is none", |window| window.shows("No quotes yet"));
    let report = window.scratch.path("report.txt");
    std::fs::write(
        &report,
        "He said: “It was fine, aye, mostly.” (A)\n\nAnd “It was grand, aye, mostly.” (B)\n\nShe said “and never closed it.\n",
    )
    .unwrap();
    window.click_button("Check a report…");
    window.until("it asks which", |window| window.shows("Every quotation of the report is looked for"));
    window.press_with(Modifiers::COMMAND, Key::A);
    window.type_words(&report.display().to_string());
    window.press(Key::Enter);
    window.until("it is checked", |window| window.focused() == "Quotations, 3");
    assert!(window.shows("2 quotations: 1 exact, 1 differs; 1 attribution differs"));
    let row = window.quotation();
    assert!(row.contains("B – attribution differs: said “B”, is A, Other words than in the source: “grand” for “fine”"), "{row}");
    window.press(Key::ArrowDown);
    let row = window.quotation();
    assert!(row.starts_with("A remark on the file (line 5), A quotation mark is opened at “and never closed it.”"), "{row}");
    window.harness.set_size(vec2(480.0, 500.0));
    window.harness.run_steps(4);
    let list = window.harness.get_by_label("Quotations, 3").rect();
    let spread = window.harness.get_by_label_contains("Who is quoted, ").rect();
    assert!(list.bottom() <= spread.top() && list.height() > 40.0 && spread.height() > 40.0, "{list:?} {spread:?}");
    window.click_button("Close");
    window.until("back", |window| window.shows("No quotes yet"));
}

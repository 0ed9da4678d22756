//! Where themes come from: what each way of making one says of it, how it is said, and where it is told.

use eframe::egui::{Key, Modifiers};
use themata::exchange::export::{Content, Form, Wish, codebook_table, leaving, to_the_end};
use themata::project::{Access, Project, SubTheme};
use themata::study::{Study, ThemeOrigin};

use crate::cli::printed;
use crate::support::{Scratch, me, project};
use crate::window::{Window, window};

fn origin(study: &Study, path: &str) -> Option<ThemeOrigin> {
    let book = study.codebook();
    book.get(book.find_path(path).unwrap_or_else(|| panic!("there is no {path}"))).unwrap().origin
}

#[test]
fn a_split_keeps_the_origin_and_a_merge_takes_what_was_not_said() {
    let scratch = Scratch::new();
    let (mut project, _) = project(&scratch);
    project
        .edit("Split", |tx| {
            let theme = tx.theme_at("Forms")?;
            tx.say_origin(&[theme].into(), Some(ThemeOrigin::APriori))?;
            let known = tx.add_theme(Some(theme), "Known")?;
            let [known_name, new] = ["Known", "New"].map(|name| SubTheme { name: name.into(), codings: Vec::new() });
            tx.split_theme(theme, &[known_name, new])?;
            assert_eq!(tx.study().codebook().get(known).unwrap().origin, None, "what was there is left as it is");
            let found = tx.theme_at("Found")?;
            tx.say_origin(&[found].into(), Some(ThemeOrigin::Emergent))?;
            tx.merge_themes(found, known)
        })
        .unwrap();
    let study = project.study();
    assert_eq!(origin(&study, "Forms > New"), Some(ThemeOrigin::APriori));
    assert_eq!(origin(&study, "Forms > Known"), Some(ThemeOrigin::Emergent));
    // The frame of another study is there before the data.
    let mut next = Project::create(&scratch.path("next.themata"), "Next", &me("Elspeth")).unwrap();
    next.edit("Frame", |tx| tx.take_frame(&study)).unwrap();
    assert!(next.study().codebook().themes().all(|theme| theme.origin == Some(ThemeOrigin::APriori)));
}

#[test]
fn a_study_folder_says_it_or_means_a_priori() {
    let scratch = Scratch::new();
    let folder = scratch.path("folder");
    std::fs::create_dir_all(folder.join("sources")).unwrap();
    std::fs::write(folder.join("sources/X1.txt"), "I: Well?\nR: Well now.\n").unwrap();
    let themes = r#"{ "format": "themata-study/1", "name": "Folder", "themes": [
        { "name": "Asked", "children": [{ "name": "Met", "origin": "emergent" }] }, { "name": "Open", "origin": null }] }"#;
    std::fs::write(folder.join("study.json"), themes).unwrap();
    let path = scratch.path("made.themata").to_string_lossy().into_owned();
    printed(&scratch, &["new", &path, "--from", &folder.to_string_lossy()]);
    let made = Project::open(&scratch.path("made.themata"), Access::Read, &me("Elspeth")).unwrap();
    let all = ["Asked", "Asked > Met", "Open"].map(|path| origin(&made.study(), path));
    assert_eq!(all, [Some(ThemeOrigin::APriori), Some(ThemeOrigin::Emergent), None]);
    let table = codebook_table(&made.study(), &Default::default()).unwrap();
    let column = table.header.iter().position(|name| name == "origin").unwrap();
    assert_eq!(table.rows.iter().map(|row| row[column].as_str()).collect::<Vec<_>>(), ["a priori", "emergent", ""]);
    for (content, part) in [
        (Content::Codebook, "Where themes come from: 1 a priori, 1 emergent, 1 not said."),
        (Content::Codebook, "In Asked. Emergent. 0 codings"),
        (Content::Coreq, "Of 3 themes: 1 a priori, 1 emergent, 1 not said. The rest is to be written."),
        (Content::Srqr, "Of 3 themes: 1 a priori, 1 emergent, 1 not said."),
    ] {
        let wish = Wish::whole(&made.study(), content, Form::Html, 0);
        let file = scratch.path("page.html");
        leaving(&made.study(), made.texts().as_ref(), &wish, &mut to_the_end).unwrap().write(&file, true, &mut to_the_end).unwrap();
        let page = std::fs::read_to_string(&file).unwrap();
        assert!(page.contains(part), "{part} is missing in {page}");
    }
}

#[test]
fn a_theme_made_while_reading_is_emergent_and_one_made_in_the_codebook_says_nothing() {
    let mut window = window();
    window.press(Key::S);
    window.press(Key::C);
    window.type_words("Leadership > Silence");
    window.press_with(Modifiers::COMMAND, Key::Enter);
    window.until("it is made and applied", |window| window.codings().len() == 1);
    assert_eq!(origin(window.app().study(), "Leadership > Silence"), Some(ThemeOrigin::Emergent));
    assert_eq!(origin(window.app().study(), "Leadership"), None, "what was there is left as it is");
    window.press_with(Modifiers::COMMAND, Key::Num6);
    window.press(Key::Insert);
    window.type_words("Later");
    window.press(Key::Enter);
    window.until("it is added", |window| window.app().study().codebook().find_path("Later").is_some());
    assert_eq!(origin(window.app().study(), "Later"), None);
}

fn both(window: &Window) -> [Option<ThemeOrigin>; 2] {
    ["Leadership", "Leadership > National voice"].map(|path| origin(window.app().study(), path))
}

#[test]
fn the_origin_is_said_of_one_theme_or_of_several_and_each_is_one_undo() {
    let mut window = window();
    window.press_with(Modifiers::COMMAND, Key::Num6);
    window.until("the tree has the focus", |window| window.focused().starts_with("Themes, "));
    window.press_with(Modifiers::SHIFT, Key::ArrowDown);
    assert!(window.shows("2 themes chosen"));
    window.click("Origin of all of them: Emergent");
    window.until("it is said of both", |window| both(window) == [Some(ThemeOrigin::Emergent); 2]);
    window.press_with(Modifiers::COMMAND, Key::Z);
    window.until("one undo", |window| both(window) == [None, None]);
    window.press_with(Modifiers::COMMAND | Modifiers::SHIFT, Key::Z);
    window.until("one redo", |window| both(window) == [Some(ThemeOrigin::Emergent); 2]);
    window.click("Choose one only");
    window.until("one is shown", |window| window.shows("Origin: A priori"));
    window.click("Origin: A priori");
    window.until("of one", |window| both(window) == [Some(ThemeOrigin::Emergent), Some(ThemeOrigin::APriori)]);
    window.press_with(Modifiers::COMMAND, Key::Z);
    window.until("it is as it was", |window| both(window) == [Some(ThemeOrigin::Emergent); 2]);
}

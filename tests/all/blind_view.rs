//! The window while one works blind: own work only, in every view, and nothing of colleagues'.

use std::path::Path;

use eframe::egui::{Key, Modifiers};
use egui_kittest::kittest::{NodeT as _, Queryable as _};
use themata::home::Home;
use themata::project::{Access, Charted, Me, Project, Tx};
use themata::study::{CaseKind, Crossed, Crossing, MemoKind, MemoOn, Origin, StatusKind, Study};
use themata::text::Span;

use crate::support::{Scratch, me};
use crate::window::{Window, window_set};

/// “It was fine, aye, mostly.” in A.
const FINE: Span = Span { start: 18, end: 43 };

fn cell(tx: &mut Tx<'_>) -> Result<Crossing, themata::project::EditError> {
    Ok(Crossing { theme: tx.theme_at("Staffing")?, of: Crossed::Case(tx.case_labelled("A", CaseKind::Person)?) })
}

/// What somebody makes: a coding of A with a quote mark and a memo, a memo on the theme, a status.
fn work(tx: &mut Tx<'_>, says: &str) -> Result<(), themata::project::EditError> {
    let source = tx.study().source_labelled("A").unwrap().source.id;
    let theme = tx.theme_at("Staffing")?;
    let coding = tx.code(source, FINE, theme, Origin::Hand)?;
    tx.toggle_quote(source, coding)?;
    tx.write_memo(MemoOn::Coding { source, coding }, MemoKind::Analytic, &format!("{says} on the words"))?;
    tx.write_memo(MemoOn::Theme { theme }, MemoKind::Analytic, &format!("{says} on the theme"))?;
    tx.set_status(source, StatusKind::Done)
}

/// Own work, and more of Rory's: a coding of B, a summary, a proposition, a typology.
fn of_two(mut own: Project, path: &Path) {
    own.edit("Code mine", |tx| work(tx, "Mine")).unwrap();
    drop(own);
    let mut rory = Project::open(path, Access::Write, &me("Rory")).unwrap();
    rory.edit("Code in Rory’s way", |tx| {
        work(tx, "Rory’s")?;
        let source = tx.study().source_labelled("B").unwrap().source.id;
        let theme = tx.theme_at("Staffing")?;
        tx.code(source, Span::new(15, 24), theme, Origin::Hand)?;
        let cell = cell(tx)?;
        tx.chart(&cell, Charted { text: "Rory’s summary".into(), ..Charted::default() })?;
        tx.state_proposition(themata::study::PropositionId::new(), "Rory’s proposition")?;
        tx.add_typology("Rory’s types").map(drop)
    })
    .unwrap();
}

fn window() -> Window {
    window_set(&serde_json::json!({ "fewest": 0 }), of_two)
}

impl Window {
    /// All that a screen reader could say of the window.
    fn said(&self) -> Vec<String> {
        let nodes = self.harness.root().children_recursive();
        nodes.flat_map(|node| [node.accesskit_node().label(), node.accesskit_node().value()]).flatten().collect()
    }

    fn work_blind(&mut self, blind: bool) {
        self.run_from_box("Work blind");
        self.until("the study is seen otherwise", |window| window.app().study().alone().is_some() == blind);
        self.harness.run_steps(4);
    }

    fn says_nothing_of_rory(&self, view: &str) {
        let said: Vec<String> = self.said().into_iter().filter(|words| words.contains("Rory")).collect();
        assert!(said.is_empty(), "{view}: {said:?}");
    }

    fn codings_of(&self, theme: &str) -> usize {
        let study = self.app().study();
        study.codings().filter(|(_, coded)| study.codebook().path(coded.coding.theme) == theme).count()
    }
}

#[test]
fn no_view_says_anything_of_colleagues() {
    let mut window = window();
    window.until("both stripes are shown", |window| window.shows("Coding Staffing by Ro"));
    assert!(!window.shows("Blind") && window.codings_of("Staffing") == 3);
    window.work_blind(true);
    assert!(window.harness.query_by_label("Blind").is_some() && window.shows("You work blind: only your own work is shown."));
    window.until("the text is shown again", |window| window.shows("It was fine, aye"));
    assert!(window.shows("Coding Staffing by A") && window.codings_of("Staffing") == 1);
    let views = [Key::Num1, Key::Num2, Key::Num3, Key::Num4, Key::Num5, Key::Num6, Key::Num7, Key::Num8, Key::Num9];
    for (key, shown) in views.into_iter().zip([
        "It was fine, aye",
        "Own codings",
        "Search",
        "Quotes, 1",
        "Mine on the theme",
        "Staffing, ",
        "Id: A, row 1 of 2",
        "proposition",
        "What: Code mine, row",
    ]) {
        window.command(key);
        window.until(shown, |window| window.said().iter().any(|words| words.contains(shown)));
        window.harness.run_steps(4);
        window.says_nothing_of_rory(shown);
    }
    window.work_blind(false);
    window.until("the history has all", |window| window.shows("What: Code in Rory’s way"));
    assert!(window.harness.query_by_label("Blind").is_none() && window.codings_of("Staffing") == 3);
    window.command(Key::Num5);
    window.until("all memos are listed", |window| window.shows("Rory’s on the theme"));
}

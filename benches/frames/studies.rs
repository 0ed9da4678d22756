//! Made-up projects, as large as anybody's.

use std::collections::{BTreeMap, BTreeSet};

use themata::app::Start;
use themata::app::settings::{NAME, Settings};
use themata::home::Home;
use themata::project::{Charted, EditError, Me, Project, Tx};
use themata::study::{
    AttributeId, AttributeOf, CaseKind, Cites, Coder, CoderId, Crossed, Crossing, Evidence, EvidenceId, EvidenceOf, Origin, PropositionId,
    Role, SourceId, Theme, ThemeId, Weight,
};
use themata::text::Span;

use crate::support::{Scratch, add_source};

/// A project in a folder of its own.
pub struct Made {
    scratch: Scratch,
    home: Home,
    settings: Settings,
}

impl Made {
    /// The start of a window on it, as if nobody had opened it before.
    pub fn start(&self) -> Start {
        std::fs::copy(self.scratch.path("made"), self.scratch.project()).unwrap();
        self.home.write(NAME, &self.settings).unwrap();
        Start::new(self.home.clone(), Some(self.scratch.project()), now).unwrap()
    }
}

/// Words in the first line of the long transcript.
pub const FIRST_WORDS: &str = "To begin with the beginning";

fn now() -> i64 {
    1_717_000_000_000
}

/// A project that begins with a small coded interview: the one that a window opens with.
fn make(fill: impl FnOnce(&mut Tx<'_>) -> Result<Option<ThemeId>, EditError>) -> Made {
    let scratch = Scratch::new();
    let home = Home::below(&scratch.path("home"));
    let identity = home.identity().unwrap();
    let mut project = Project::create(&scratch.project(), "Measured", &Me::from(&identity)).unwrap();
    let slot = project
        .edit("Set up", |tx| {
            let small = "I: How was it?\nR: It was fine, aye, mostly.\n";
            let source = add_source(tx, "A", small)?;
            let theme = tx.add_theme(None, "Answers")?;
            tx.code(source, Span::of(small.len() - 20..small.len()), theme, Origin::Hand)?;
            fill(tx)
        })
        .unwrap();
    let id = project.study().project().id;
    drop(project);
    std::fs::copy(scratch.project(), scratch.path("made")).unwrap();
    let slots = BTreeMap::from([(id, [slot, None, None, None, None, None, None, None, None])]);
    Made { scratch, home, settings: Settings { slots, ..Settings::default() } }
}

/// Numbers that look thrown and are the same every time.
struct Dice(u64);

impl Dice {
    fn below(&mut self, most: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).unwrap() % most
    }
}

const WORDS: [&str; 24] = [
    "the", "room", "was", "cold", "in", "winter", "and", "nobody", "told", "us", "why", "forms", "came", "late", "to", "school", "we",
    "waited", "for", "an", "answer", "that", "never", "arrived",
];

/// Turns of some 400 characters until there are `length` characters.
fn talk(dice: &mut Dice, first: &str, length: usize) -> String {
    let mut text = format!("I: {first}.\n");
    let mut asked = false;
    while text.len() < length {
        let words = if asked { 60 + dice.below(40) } else { 8 };
        text.push_str(if asked { "R: " } else { "I: " });
        for word in 0..words {
            if word > 0 {
                text.push_str(if word % 11 == 0 { ". " } else { " " });
            }
            text.push_str(WORDS[dice.below(WORDS.len())]);
        }
        text.push_str(".\n");
        asked = !asked;
    }
    text
}

fn themes(tx: &mut Tx<'_>, parents: usize, children: usize) -> Result<Vec<ThemeId>, EditError> {
    let mut themes = Vec::new();
    for parent in 0..parents {
        let above = tx.add_theme(None, &format!("Subject {parent:03}"))?;
        themes.push(above);
        for child in 0..children {
            themes.push(tx.add_theme(Some(above), &format!("Group of words {parent:03} and {child:03}"))?);
        }
    }
    Ok(themes)
}

fn code(tx: &mut Tx<'_>, dice: &mut Dice, source: SourceId, length: usize, themes: &[ThemeId], count: usize) -> Result<(), EditError> {
    for _ in 0..count {
        let from = dice.below(length - 400);
        let span = Span::new(u32::try_from(from).unwrap(), u32::try_from(from + 40 + dice.below(300)).unwrap());
        tx.code(source, span, themes[dice.below(themes.len())], Origin::Hand)?;
    }
    Ok(())
}

/// One transcript of 1,000,000 characters with 10,000 codings of 2,000 themes.
pub fn long_transcript() -> Made {
    make(|tx| {
        let mut dice = Dice(1);
        let themes = themes(tx, 40, 49)?;
        let text = talk(&mut dice, FIRST_WORDS, 1_000_000);
        let source = add_source(tx, "LONG", &text)?;
        code(tx, &mut dice, source, text.len(), &themes, 10_000)?;
        Ok(themes.first().copied())
    })
}

/// One transcript of 1,000,000 characters in which two coders each made 5,000 codings of 200 themes: of the second's, every other has
/// other ends than one of the first's.
pub fn two_coders() -> Made {
    make(|tx| {
        let mut dice = Dice(8);
        let themes = themes(tx, 10, 19)?;
        let text = talk(&mut dice, FIRST_WORDS, 1_000_000);
        let source = add_source(tx, "LONG", &text)?;
        let ravi = Coder { id: CoderId::derived(&[b"Ravi"]), name: "Ravi".to_owned(), initials: "RT".to_owned() };
        tx.put(ravi.clone())?;
        for number in 0..5_000 {
            let (from, theme) = (dice.below(text.len() - 800), themes[dice.below(themes.len())]);
            let span = |from: usize, length: usize| Span::new(u32::try_from(from).unwrap(), u32::try_from(from + length).unwrap());
            tx.code(source, span(from, 40 + dice.below(300)), theme, Origin::Hand)?;
            let further = if number % 2 == 0 { 20 } else { 360 };
            tx.code_as(ravi.id, 1, source, span(from + further, 40 + dice.below(300)), theme, Origin::Hand)?;
        }
        Ok(themes.first().copied())
    })
}

fn group_of_cases(tx: &mut Tx<'_>) -> Result<AttributeId, EditError> {
    let group = tx.study().attributes().with_role(Role::Group).map(|group| group.id);
    group.map_or_else(|| tx.attribute_named("Group", AttributeOf::Cases), Ok)
}

/// 60 interviews of people of 60 groups, 300 themes, 10,000 codings.
pub fn wide_matrix() -> Made {
    make(|tx| {
        let mut dice = Dice(2);
        let themes = themes(tx, 20, 14)?;
        let group = group_of_cases(tx)?;
        for number in 0..60 {
            let label = format!("M{number:02}");
            let text = talk(&mut dice, "To begin", 20_000);
            let source = add_source(tx, &label, &text)?;
            let value = tx.value_named(group, &format!("Group {number:02}"))?;
            let case = tx.case_labelled(&label, CaseKind::Person)?;
            tx.set_value(case, group, BTreeSet::from([value]))?;
            code(tx, &mut dice, source, text.len(), &themes, 167)?;
        }
        Ok(None)
    })
}

/// 300 people, 12 sub-themes of one theme, a summary of 80 words in every cell, which cites three passages, and a coding under most; a
/// quarter of them were coded since, so that these summaries are stale.
pub fn full_chart() -> Made {
    make(|tx| {
        let mut dice = Dice(4);
        let top = tx.add_theme(None, "Subject")?;
        let themes: Vec<ThemeId> = (0..12).map(|at| tx.add_theme(Some(top), &format!("Words {at:02}"))).collect::<Result<_, _>>()?;
        let texts: Vec<String> = (0..20).map(|_| talk(&mut dice, "To begin", 4_000)).collect();
        for number in 1..=300 {
            let label = format!("C{number:03}");
            let text = &texts[number % texts.len()];
            let source = add_source(tx, &label, text)?;
            let case = tx.case_labelled(&label, CaseKind::Person)?;
            code(tx, &mut dice, source, text.len(), &themes, 9)?;
            let revision = tx.study().material(source).unwrap().source.revision;
            for theme in &themes {
                let words: Vec<&str> = (0..80).map(|_| WORDS[dice.below(WORDS.len())]).collect();
                let mut charted = Charted::default();
                let cited = [(); 3].map(|()| {
                    let from = dice.below(text.len() - 400);
                    let span = Span::of(from..from + 40 + dice.below(100));
                    let number = charted.cite(Cites::Passage { source, revision, span }, || span.slice(text).to_owned());
                    format!("[{number}]")
                });
                let [said, rest, strong] = [&words[..8], &words[8..70], &words[70..]].map(|words| words.join(" "));
                charted.text = format!("“{said}” {} {rest} {} **{strong}** {}", cited[0], cited[1], cited[2]);
                tx.chart(&Crossing { theme: *theme, of: Crossed::Case(case) }, charted)?;
            }
            code(tx, &mut dice, source, text.len(), &themes, 3)?;
        }
        Ok(None)
    })
}

/// 10,000 short interviews with a coding each.
pub fn many_sources() -> Made {
    make(|tx| {
        let mut dice = Dice(3);
        let themes = themes(tx, 40, 49)?;
        let texts: Vec<String> = (0..20).map(|_| talk(&mut dice, "To begin", 1_000)).collect();
        for number in 1..10_000 {
            let text = &texts[number % texts.len()];
            let source = add_source(tx, &format!("N{number:04}"), text)?;
            code(tx, &mut dice, source, text.len(), &themes, 1)?;
        }
        Ok(themes.first().copied())
    })
}

/// Words in the first line of the interview with a word that never ends.
pub const ENDLESS: &str = "And now a long one";

/// An interview in which somebody says 200,000 letters without a space.
pub fn endless_word() -> Made {
    make(|tx| {
        add_source(tx, "ENDLESS", &format!("I: {ENDLESS}.\nR: {}\nI: Thank you.\n", "tea".repeat(66_667)))?;
        Ok(None)
    })
}

/// 3,000 themes, 40 levels deep.
pub fn deep_codebook() -> Made {
    make(|tx| {
        let mut themes = Vec::new();
        for chain in 0..75 {
            let mut above = None;
            for level in 0..40 {
                let theme = Theme::named(above, format!("Group {chain:02} at {level:02}"), chain);
                above = Some(theme.id);
                themes.push(theme.into());
            }
        }
        tx.put_all(themes)?;
        Ok(None)
    })
}

/// 60 interviews of people of 60 groups, 300 themes, and a summary of 40 words in every cell of theme and group.
pub fn summed_matrix() -> Made {
    make(|tx| {
        let mut dice = Dice(5);
        let themes = themes(tx, 20, 14)?;
        let group = group_of_cases(tx)?;
        let area = tx.study().attributes().with_role(Role::Area).map(|area| area.id);
        for number in 0..60 {
            let label = format!("M{number:02}");
            let source = add_source(tx, &label, &talk(&mut dice, "To begin", 2_000))?;
            let value = tx.value_named(group, &format!("Group {number:02}"))?;
            let case = tx.case_labelled(&label, CaseKind::Person)?;
            tx.set_value(case, group, BTreeSet::from([value]))?;
            code(tx, &mut dice, source, 2_000, &themes, 10)?;
            for theme in &themes {
                // The columns are groups with their areas, of which there are none, and the groups as such.
                let of_group = BTreeMap::from([(group, Some(value))]);
                let of_area = of_group.iter().map(|(of, value)| (*of, *value)).chain(area.map(|area| (area, None))).collect();
                for of in [of_group, of_area].map(Crossed::Values) {
                    let words: Vec<&str> = (0..40).map(|_| WORDS[dice.below(WORDS.len())]).collect();
                    tx.chart(&Crossing { theme: *theme, of }, Charted { text: words.join(" "), ..Charted::default() })?;
                }
            }
        }
        Ok(None)
    })
}

/// 2,000 people sorted into 200 types, a tenth of them not placed yet, and a proposition that 5,000 passages support.
pub fn much_found() -> Made {
    make(|tx| {
        let mut dice = Dice(6);
        let typology = tx.add_typology("Ways")?;
        let mut sorted = Vec::new();
        for (name, count) in [("Outlook", 20), ("Help", 10)] {
            let dimension = tx.add_dimension(typology, name)?;
            let values: Result<Vec<_>, _> = (0..count).map(|at| tx.dimension_value_named(dimension, &format!("{name} {at:02}"))).collect();
            sorted.push((dimension, values?));
        }
        for number in 0..2_000 {
            let case = tx.case_labelled(&format!("P{number:04}"), CaseKind::Person)?;
            for (dimension, values) in sorted.iter().filter(|_| number % 10 != 0) {
                tx.place(case, *dimension, Some(values[dice.below(values.len())]))?;
            }
        }
        let source = add_source(tx, "LONG", &talk(&mut dice, FIRST_WORDS, 3_000_000))?;
        let proposition = PropositionId::new();
        tx.state_proposition(proposition, "Rooms are cold in winter")?;
        let material = tx.study().material(source).unwrap();
        let (revision, text) = (material.source.revision, tx.text(source)?);
        let coder: CoderId = *tx.study().coders().keys().next().unwrap();
        let spans = material.geometry.paragraphs().iter().map(|paragraph| paragraph.span).filter(|span| span.len() > 100);
        let pieces = spans.take(5_000).map(|span| Evidence {
            id: EvidenceId::new(),
            proposition,
            weight: Weight::Supports,
            of: EvidenceOf::Passage { source, revision, span },
            words: span.slice(&text).to_owned(),
            note: String::new(),
            coder,
            time: now(),
        });
        let pieces: Vec<_> = pieces.map(Into::into).collect();
        assert_eq!(pieces.len(), 5_000, "there are as many passages");
        tx.put_all(pieces)?;
        Ok(None)
    })
}

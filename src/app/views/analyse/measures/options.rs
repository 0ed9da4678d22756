//! What can be chosen of a measure.

use eframe::egui::Ui;

use super::choice::Choice;
use super::kind::Kind;
use super::narrow::{Finding, attribute, coders, kinds, one_coder, pick_one, source, theme, ticks};
use crate::analysis::agreement::UnitOf;
use crate::analysis::cooccurrence::{Basis, Bridge};
use crate::analysis::lines::Scope;
use crate::analysis::matrix::Measure;
use crate::analysis::words::CRITICAL;
use crate::app::context::Cx;
use crate::app::numbers::grouped;
use crate::app::widgets::Button;
use crate::exchange::export::Corrected;
use crate::exchange::measuring::Shape;
use crate::exchange::picture::Weighing;
use crate::study::CoderId;

/// What is counted of a theme.
const MEASURES: [(Measure, &str); 4] =
    [(Measure::Passages, "Passages"), (Measure::Codings, "Codings"), (Measure::Participants, "Participants"), (Measure::Words, "Words")];
const SHAPES: [(Shape, &str); 2] = [(Shape::Bars, "Bars"), (Shape::Heat, "Heat table")];
const PAIRS: [(Shape, &str); 2] = [(Shape::Heat, "Heat table"), (Shape::Network, "Network")];
const WEIGHINGS: [(Weighing, &str); 2] = [(Weighing::Count, "Number"), (Weighing::Coefficient, "Coefficient c")];
const BASES: [(Basis, &str); 4] = [
    (Basis::Overlap, "In the same words"),
    (Basis::Paragraph, "In the same paragraph"),
    (Basis::Source, "In the same source"),
    (Basis::Case, "By the same case"),
];
const BRIDGES: [(Bridge, &str); 3] = [
    (Bridge::Nothing, "Within one turn"),
    (Bridge::Speakers, "Across participants’ turns"),
    (Bridge::Everything, "Across interviewer’s turns too"),
];
const UNITS: [(UnitOf, &str); 3] =
    [(UnitOf::Characters, "Characters"), (UnitOf::Paragraphs, "Paragraphs"), (UnitOf::Segments(SHARED), "Segments that share 90 %")];
const COEFFICIENTS: [(Corrected, &str); 2] = [(Corrected::Kappa, "κ"), (Corrected::Alpha, "α")];
const SCOPES: [(Scope, &str); 2] = [(Scope::Alone, "By itself"), (Scope::WithBelow, "With those below it")];
/// Percentages of new themes that are taken for nothing new.
const THRESHOLDS: [u8; 4] = [0, 5, 10, 20];
/// How much of the text of both together two segments share at least to meet.
const SHARED: f64 = 0.9;

/// What of the measure one is at can be chosen besides what it is of.
pub(super) struct Offered<'a> {
    /// Whether it is seen as a picture.
    pub(super) drawn: bool,
    /// Those who are compared where nobody is chosen.
    pub(super) worked: &'a dyn Fn() -> Vec<CoderId>,
}

/// Shows what can be chosen of the measure one is at, in lines that wrap.
pub(super) fn show(ui: &mut Ui, choice: &mut Choice, finding: &mut Finding, offered: &Offered<'_>, cx: &Cx<'_>) {
    let tokens = cx.tokens;
    ui.spacing_mut().item_spacing.x = tokens.space.one;
    match choice.kind {
        Kind::Frequencies => {
            attribute(ui, cx, "By", &mut choice.by);
            if offered.drawn {
                pick_one(ui, tokens, "Draw", &MEASURES, &mut choice.measure);
                pick_one(ui, tokens, "As", &SHAPES, &mut choice.shape);
            }
        }
        Kind::Together => {
            pick_one(ui, tokens, "Together", &BASES, &mut choice.basis);
            attribute(ui, cx, "By", &mut choice.by);
            if offered.drawn {
                pick_one(ui, tokens, "As", &PAIRS, &mut choice.pairs_shape);
                pick_one(ui, tokens, "Darker by", &WEIGHINGS, &mut choice.weighing);
            }
        }
        Kind::Follows => {
            let near: Vec<(u32, String)> = (0..=5).map(|number| (number, paragraphs(number))).collect();
            pick_one(ui, tokens, "Within", &near, &mut choice.within.paragraphs);
            pick_one(ui, tokens, "Reach", &BRIDGES, &mut choice.within.bridge);
            attribute(ui, cx, "By", &mut choice.by);
        }
        Kind::Saturation => {
            pick_one(ui, tokens, "Base", &interviews(1..=12), &mut choice.rule.base);
            pick_one(ui, tokens, "Run", &interviews(1..=6), &mut choice.rule.run);
            let thresholds = THRESHOLDS.map(|per_cent| (f64::from(per_cent) / 100.0, format!("{per_cent} %")));
            pick_one(ui, tokens, "Nothing new up to", &thresholds, &mut choice.rule.threshold);
            attribute(ui, cx, "By", &mut choice.by);
            let orders = [0, 100, 1_000, 10_000].map(|number| (number, if number == 0 { "none".to_owned() } else { grouped(number) }));
            pick_one(ui, tokens, "Random orders", &orders, &mut choice.orders);
            if choice.orders > 0 {
                seed(ui, cx, &mut choice.seed);
            }
        }
        Kind::Timeline => source(ui, cx, finding, choice),
        Kind::Words => words(ui, cx, choice),
        Kind::Keywords => {
            attribute(ui, cx, "Of each", &mut choice.by);
            if choice.by.is_none() {
                theme(ui, cx, finding, &mut choice.theme);
            }
            words(ui, cx, choice);
            let critical = CRITICAL.iter().map(|(value, chance)| (*value, format!("{value} (p < {chance})")));
            let likelihoods: Vec<(f64, String)> = [(0.0, "any".to_owned())].into_iter().chain(critical).collect();
            pick_one(ui, tokens, "Log-likelihood from", &likelihoods, &mut choice.likelihood);
        }
        Kind::Agreement => agreement(ui, cx, choice, offered),
        Kind::Overview | Kind::Coverage | Kind::Gaps => {}
    }
    if choice.kind.leaves_out_sources() {
        kinds(ui, cx, &mut choice.kinds);
    }
    if choice.rests_on_codings() {
        one_coder(ui, cx, &mut choice.coder);
    }
}

fn agreement(ui: &mut Ui, cx: &Cx<'_>, choice: &mut Choice, offered: &Offered<'_>) {
    let tokens = cx.tokens;
    coders(ui, cx, choice, offered.worked);
    pick_one(ui, tokens, "By", &UNITS, &mut choice.unit);
    pick_one(ui, tokens, "A theme", &SCOPES, &mut choice.scope);
    // Segments of one theme have only one coefficient.
    if offered.drawn && !matches!(choice.unit, UnitOf::Segments(_)) {
        pick_one(ui, tokens, "Draw", &COEFFICIENTS, &mut choice.coefficient);
    }
    ticks(ui, tokens, "Interviewers’ words count too", &mut choice.interviewers);
    ticks(ui, tokens, "Intervals", &mut choice.intervals);
    if choice.intervals {
        seed(ui, cx, &mut choice.agreement_seed);
    }
}

/// Which words are listed.
fn words(ui: &mut Ui, cx: &Cx<'_>, choice: &mut Choice) {
    let tokens = cx.tokens;
    let at_least = [1_u32, 2, 3, 5, 10, 20].map(|number| (number, number.to_string()));
    pick_one(ui, tokens, "Said by at least", &at_least, &mut choice.people);
    pick_one(ui, tokens, "At least so often", &at_least, &mut choice.count);
    ticks(ui, tokens, "Function words too", &mut choice.all_words);
}

/// The seed, and another.
fn seed(ui: &mut Ui, cx: &Cx<'_>, seed: &mut u64) {
    let words = format!("Seed {seed}");
    let another = Button::quiet(&words).show(ui, cx.tokens);
    if another.on_hover_text("The same seed gives the same figures. Press for another.").clicked() {
        *seed = seed.checked_add(1).unwrap_or(1);
    }
}

fn paragraphs(number: u32) -> String {
    match number {
        0 => "the same paragraph".to_owned(),
        1 => "1 paragraph".to_owned(),
        number => format!("{number} paragraphs"),
    }
}

fn interviews(range: std::ops::RangeInclusive<usize>) -> Vec<(usize, String)> {
    range.map(|number| (number, if number == 1 { "1 interview".to_owned() } else { format!("{number} interviews") })).collect()
}

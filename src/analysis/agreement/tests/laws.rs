//! What holds whatever is coded, and counting by hand.

use proptest::prelude::*;

use crate::analysis::agreement::{
    Category, Choices, Coefficient, Coincidences, Continuum, Fourfold, Ground, Level, Scale, Statistic, Table, Touching, Undefined, Unit,
    alpha, brennan_prediger, characters, cohen_kappa, conger_kappa, fleiss_kappa, light_kappa, percent_agreement, scott_pi,
};
use crate::text::Span;

/// Rows of what coders said; one in five is missing when `gaps`.
fn rows(coders: usize, gaps: bool) -> impl Strategy<Value = Vec<Vec<Option<Category>>>> {
    let missing = if gaps { 0.2 } else { 1e-9 };
    let value = proptest::option::weighted(1.0 - missing, 0u32..4);
    proptest::collection::vec(proptest::collection::vec(value, coders), 0..14)
}

fn table(rows: &[Vec<Option<Category>>], coders: usize) -> Table {
    let mut table = Table::new(Scale::of_numbers([1.0, 2.0, 4.0, 8.0]), coders);
    for row in rows {
        table.push(row, 1);
    }
    table
}

/// The same up to rounding, or undefined alike.
fn alike(one: Coefficient, other: Coefficient) -> bool {
    match (one, other) {
        (Ok(one), Ok(other)) => (one - other).abs() < 1e-9,
        (one, other) => one.is_err() && other.is_err(),
    }
}

/// Krippendorff's α from its coincidences as they are written.
fn alpha_by_hand(rows: &[Vec<Option<Category>>], squared: impl Fn(usize, usize, &[f64]) -> f64) -> Option<f64> {
    let mut coincidences = [[0.0; 4]; 4];
    for row in rows {
        let values: Vec<usize> = row.iter().flatten().map(|value| *value as usize).collect();
        for (at, one) in values.iter().enumerate() {
            for (_, other) in values.iter().enumerate().filter(|(place, _)| *place != at) {
                coincidences[*one][*other] += 1.0 / (values.len() as f64 - 1.0);
            }
        }
    }
    let margins: Vec<f64> = coincidences.iter().map(|row| row.iter().sum()).collect();
    let all: f64 = margins.iter().sum();
    let (mut observed, mut expected) = (0.0, 0.0);
    for one in 0..4 {
        for other in 0..4 {
            observed += coincidences[one][other] * squared(one, other, &margins);
            expected += margins[one] * margins[other] * squared(one, other, &margins);
        }
    }
    (expected > 1e-9).then(|| 1.0 - (all - 1.0) * observed / expected)
}

const NUMBERS: [f64; 4] = [1.0, 2.0, 4.0, 8.0];

fn squared(level: Level) -> fn(usize, usize, &[f64]) -> f64 {
    match level {
        Level::Nominal => |one, other, _| f64::from(u8::from(one != other)),
        Level::Ordinal => |one, other, margins| {
            let (low, high) = (one.min(other), one.max(other));
            (margins[low..=high].iter().sum::<f64>() - f64::midpoint(margins[low], margins[high])).powi(2)
        },
        Level::Interval => |one, other, _| (NUMBERS[one] - NUMBERS[other]).powi(2),
        Level::Ratio => |one, other, _| ((NUMBERS[one] - NUMBERS[other]) / (NUMBERS[one] + NUMBERS[other])).powi(2),
    }
}

proptest! {
    #[test]
    fn alpha_is_what_its_coincidences_come_to(rows in rows(4, true)) {
        for level in Level::ALL {
            let found = alpha(&table(&rows, 4), level);
            prop_assert!(alike(found, alpha_by_hand(&rows, squared(level)).ok_or(Undefined::NoVariation)), "{level:?} {found:?}");
        }
    }

    #[test]
    fn the_order_of_units_and_of_coders_changes_nothing(rows in rows(3, true)) {
        let turned: Vec<Vec<_>> = rows.iter().rev().map(|row| row.iter().rev().copied().collect()).collect();
        for statistic in Statistic::ALL {
            let (one, other) = (statistic.of(&table(&rows, 3)), statistic.of(&table(&turned, 3)));
            prop_assert!(alike(one, other), "{}: {one:?} {other:?}", statistic.key());
            prop_assert!(one.is_err() || one.is_ok_and(|value| value <= 1.0 + 1e-12), "{}", statistic.key());
        }
    }

    #[test]
    fn every_unit_twice_is_the_same_but_for_the_small_sample_of_alpha(rows in rows(3, true)) {
        let twice: Vec<Vec<_>> = rows.iter().chain(&rows).cloned().collect();
        for statistic in Statistic::ALL.into_iter().filter(|statistic| !matches!(statistic, Statistic::Alpha(_))) {
            let (one, other) = (statistic.of(&table(&rows, 3)), statistic.of(&table(&twice, 3)));
            prop_assert!(alike(one, other), "{}: {one:?} {other:?}", statistic.key());
        }
    }

    #[test]
    fn for_two_coders_who_coded_all_the_family_is_one(rows in rows(2, false)) {
        let table = table(&rows, 2);
        prop_assert!(alike(fleiss_kappa(&table), scott_pi(&table)));
        prop_assert!(alike(conger_kappa(&table), cohen_kappa(&table)));
        prop_assert!(alike(light_kappa(&table).mean, cohen_kappa(&table)));
        // α is π with a correction for the size of the sample.
        let values = 2.0 * rows.len() as f64;
        let corrected = scott_pi(&table).map(|pi| pi + (1.0 - pi) / values);
        prop_assert!(alike(alpha(&table, Level::Nominal), corrected));
        let of_four = brennan_prediger(&table, Choices::Declared);
        prop_assert!(alike(of_four, percent_agreement(&table).map(|percent| (percent - 0.25) / 0.75)));
    }
}

const TEXT: u32 = 40;

fn some_spans() -> impl Strategy<Value = Vec<Span>> {
    proptest::collection::vec((0..TEXT, 0u32..12).prop_map(|(start, length)| Span::new(start, (start + length).min(TEXT))), 0..6)
}

/// Which characters are covered.
fn covered(spans: &[Span]) -> Vec<bool> {
    (0..TEXT).map(|at| spans.iter().any(|span| span.contains(at))).collect()
}

proptest! {
    #[test]
    fn spans_agree_with_looking_at_every_character(coders in proptest::collection::vec(some_spans(), 3), text in some_spans()) {
        let (marks, base) = (coders.iter().map(|spans| covered(spans)).collect::<Vec<_>>(), covered(&text));
        let mut by_hand = Table::new(Scale::coded_or_not(), 3);
        for at in (0..TEXT as usize).filter(|at| base[*at]) {
            by_hand.push(&marks.iter().map(|marks| Some(u32::from(marks[at]))).collect::<Vec<_>>(), 1);
        }
        prop_assert_eq!(&characters(&coders, &Ground::of(&text)), &by_hand);
        let fourfold = Fourfold::of(coders[0].clone(), coders[1].clone(), &Ground::of(&text));
        let pair = by_hand.pair(0, 1);
        prop_assert_eq!(&fourfold.table(), &pair);
        prop_assert!(alike(fourfold.cohen_kappa(), cohen_kappa(&pair)));
        prop_assert!(alike(fourfold.alpha(), alpha(&pair, Level::Nominal)));
        prop_assert!(alike(fourfold.percent_agreement(), percent_agreement(&pair)));
    }
}

/// Units of one coder that do not overlap: lengths of gaps and units in turn, with codes.
fn units() -> impl Strategy<Value = Vec<Unit>> {
    proptest::collection::vec((0u32..6, 1u32..7, 0u32..3), 0..5).prop_map(|pieces| {
        let mut at = 0;
        let mut units = Vec::new();
        for (gap, length, code) in pieces {
            units.push(Unit { span: Span::new(at + gap, at + gap + length), code });
            at += gap + length;
        }
        units
    })
}

/// The uα family from the equations as they are written, looking at every character.
struct ByHand {
    u: Option<f64>,
    bar: Option<f64>,
    cu: Option<f64>,
    coverage: f64,
    of_codes: Vec<Option<f64>>,
}

impl ByHand {
    fn of(coders: &[Vec<Unit>], length: u32) -> Self {
        const GAP: usize = 3;
        let others = coders.len() as f64 - 1.0;
        let code = |units: &[Unit], at: u32| units.iter().find(|unit| unit.span.contains(at)).map_or(GAP, |unit| unit.code as usize);
        let (mut found, mut squares, mut shared_squares) = ([[0.0; 4]; 4], [0.0; 4], [0.0; 4]);
        for (place, one) in coders.iter().enumerate() {
            for unit in one {
                squares[unit.code as usize] += f64::from(unit.span.len()).powi(2);
            }
            for other in coders.iter().enumerate().filter(|(at, _)| *at != place).map(|(_, units)| units) {
                for at in 0..length {
                    found[code(one, at)][code(other, at)] += 1.0 / others;
                }
                for unit in one {
                    let covered = (unit.span.start..unit.span.end).filter(|at| code(other, *at) != GAP).count() as f64;
                    shared_squares[unit.code as usize] += covered.powi(2) / others;
                }
            }
        }
        let sums: Vec<f64> = found.iter().map(|row| row.iter().sum()).collect();
        squares[GAP] = sums[GAP];
        let all: f64 = sums.iter().sum();
        let same: f64 = (0..4).map(|code| found[code][code]).sum();
        let below = all.powi(2) - squares.iter().sum::<f64>();
        let expected = |c: usize| all * (sums[c].powi(2) - squares[c]) / below;
        let ratio = |one: f64, other: f64| (other > 1e-9).then(|| 1.0 - one / other);
        let u = ratio(all - same, all - (0..4).map(expected).sum::<f64>());
        let gaps_expected = all * (sums[GAP] * all - sums[GAP]) / below;
        let bar = ratio(sums[GAP] - found[GAP][GAP], gaps_expected - expected(GAP));
        let shared: Vec<f64> = (0..3).map(|code| found[code][..3].iter().sum()).collect();
        let shared_all: f64 = shared.iter().sum();
        let shared_same: f64 = (0..3).map(|code| found[code][code]).sum();
        let denominator = shared_all - shared_squares.iter().sum::<f64>() / shared_all;
        let is_enough = shared_all > 0.0 && denominator > 1e-9;
        let cross = |c: usize, k: usize| (shared[c] * shared[k] - if c == k { shared_squares[c] } else { 0.0 }) / denominator;
        let row = |c: usize| (0..3).map(|k| cross(c, k)).sum::<f64>();
        let cu = ratio(shared_all - shared_same, shared_all - (0..3).map(|c| cross(c, c)).sum::<f64>()).filter(|_| is_enough);
        let of_codes = (0..3).map(|k| {
            let apart = row(k) - cross(k, k);
            (is_enough && shared[k] > 0.0 && apart > 1e-9 && row(k) > 1e-9)
                .then(|| 1.0 - row(k) / shared[k] * (shared[k] - found[k][k]) / apart)
        });
        Self { u, bar, cu, coverage: shared_all / all, of_codes: of_codes.collect() }
    }
}

proptest! {
    #[test]
    fn unitizing_agrees_with_the_equations_character_by_character(coders in proptest::collection::vec(units(), 2..5)) {
        let length = 70;
        let found = Coincidences::of(&Continuum::new(length, &coders, Touching::Apart).unwrap());
        let by_hand = ByHand::of(&coders, length);
        let or_not = |value: Option<f64>| value.ok_or(Undefined::NoVariation);
        prop_assert!(alike(found.u_alpha(), or_not(by_hand.u)), "{:?} {:?}", found.u_alpha(), by_hand.u);
        prop_assert!(alike(found.bar_u_alpha(), or_not(by_hand.bar)), "{:?} {:?}", found.bar_u_alpha(), by_hand.bar);
        prop_assert!(alike(found.cu_alpha(), or_not(by_hand.cu)), "{:?} {:?}", found.cu_alpha(), by_hand.cu);
        prop_assert!(alike(found.coverage(), Ok(by_hand.coverage)));
        if found.cu_alpha().is_ok() {
            for (code, value) in (0..).zip(by_hand.of_codes) {
                prop_assert!(alike(found.ku_alpha(code), or_not(value)), "{code}: {:?} {value:?}", found.ku_alpha(code));
            }
        }
    }

    #[test]
    fn the_same_units_agree_fully(coder in units()) {
        let found = Coincidences::of(&Continuum::new(70, &[coder.clone(), coder.clone(), coder], Touching::Apart).unwrap());
        for value in [found.u_alpha(), found.bar_u_alpha(), found.cu_alpha(), found.ku_alpha(0)] {
            prop_assert!(value.is_err() || value == Ok(1.0), "{value:?}");
        }
    }
}

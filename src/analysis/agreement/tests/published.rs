//! Worked examples as they were printed.

use serde_json::Value;

use super::facts::{Facts, TableFacts, assert_is, table};
use crate::analysis::agreement::{
    Choices, Coefficient, Disagreement, Fourfold, Level, Scale, Table, Undefined, alpha, alpha_disagreement, alpha_of_category,
    brennan_prediger, cohen_disagreement, cohen_kappa, cohen_kappa_max, conger_kappa, fleiss_disagreement, fleiss_kappa,
    fleiss_kappa_of_category, gwet_ac1, gwet_disagreement, holsti_of_counts, light_kappa, percent_agreement, percent_of_values,
    scott_disagreement, scott_pi, unanimity,
};

/// Agreement that chance makes.
fn expected(disagreement: Result<Disagreement, Undefined>) -> Coefficient {
    disagreement.map(|both| 1.0 - both.expected)
}

/// What a table gives for a number as it was printed.
fn of_name(facts: &TableFacts, table: &Table, name: &str) -> Coefficient {
    let distances = || alpha_disagreement(table, Level::Nominal);
    match name {
        "alpha_nominal" => alpha(table, Level::Nominal),
        "alpha_ordinal" => alpha(table, Level::Ordinal),
        "alpha_interval" => alpha(table, Level::Interval),
        "alpha_ratio" => alpha(table, Level::Ratio),
        "Do_nominal" | "Do" => distances().map(|both| both.observed),
        "De_nominal" | "De" => distances().map(|both| both.expected),
        // Of three coders and more Krippendorff prints the agreement of values.
        "percent_agreement" if facts.coders > 2 => percent_of_values(table),
        "percent_agreement" | "po" | "Po" | "pa" | "Pbar" => percent_agreement(table),
        "bennett_S" | "brennan_prediger_kappa_n" | "randolph_kappa" => brennan_prediger(table, Choices::Declared),
        "scott_pi" => scott_pi(table),
        "scott_pe" => expected(scott_disagreement(table)),
        "cohen_kappa" => cohen_kappa(table),
        "kappa_max" => cohen_kappa_max(table),
        "gwet_ac1" => gwet_ac1(table, Choices::Declared),
        "pe_ac1" => expected(gwet_disagreement(table, Choices::Declared)),
        "fleiss_kappa" => fleiss_kappa(table),
        "hubert_conger_kappa" => conger_kappa(table),
        "light_mean_pairwise_cohen" => light_kappa(table).mean,
        "cohen_pe" | "pe" => expected(cohen_disagreement(table)),
        // Of Fleiss' and of Randolph's example, whose chance is the same there.
        "Pe" => expected(fleiss_disagreement(table)),
        other => panic!("{other} is nothing that is computed"),
    }
}

fn by_category(table: &Table, printed: &Value, of: fn(&Table, u32) -> Coefficient, tolerance: f64, what: &str) {
    for (category, name) in (0..).zip(table.scale().names()) {
        assert_is(of(table, category), &printed[name], tolerance, what);
    }
}

#[test]
fn tables_come_to_what_was_printed() {
    let mut checked = 0;
    for facts in Facts::read().tables {
        let table = facts.table();
        let printed = facts.published.get("tolerance").and_then(Value::as_f64).unwrap_or_default();
        // Rounding of the last figure that was printed.
        let tolerance = printed.max(0.0005);
        for (name, value) in facts.published.iter().filter(|(name, _)| *name != "tolerance") {
            let what = format!("{} {name}", facts.id);
            match name.as_str() {
                "per_category_alpha" => by_category(&table, value, alpha_of_category, tolerance, &what),
                // Recomputed from the table the last figures differ from those printed in 1971.
                "per_category_kappa" => by_category(&table, value, fleiss_kappa_of_category, 0.005, &what),
                _ => assert_is(of_name(&facts, &table, name), value, tolerance, &what),
            }
            checked += 1;
        }
    }
    assert!(checked > 70, "{checked}");
}

/// Whether it rounds to what was printed with so many decimals.
fn assert_rounds(found: Coefficient, printed: f64, decimals: i32) {
    let found = found.unwrap();
    assert!((found - printed).abs() <= 0.5 * 10f64.powi(-decimals) + 1e-9, "{found} instead of {printed}");
}

#[test]
fn krippendorffs_four_observers() {
    let table = table("11.1 2232 3333 3333 2222 1234 4444 1121 2222 .555 ..11 ..3.", 4, "12345");
    for (level, printed) in Level::ALL.into_iter().zip([0.743_421, 0.815_388, 0.849_107, 0.797_403]) {
        assert_rounds(alpha(&table, level), printed, 6);
    }
    assert_rounds(percent_agreement(&table), 0.818, 3);
    assert_rounds(percent_of_values(&table), 0.800, 3);
    assert_rounds(unanimity(&table), 0.727, 3);
}

#[test]
fn krippendorffs_two_and_three_observers() {
    let binary = table("10 11 01 00 00 01 00 01 00 00", 2, "01");
    assert_rounds(percent_agreement(&binary), 0.6, 3);
    assert_rounds(expected(alpha_disagreement(&binary, Level::Nominal)), 0.56, 2);
    assert_rounds(alpha(&binary, Level::Nominal), 0.095, 3);
    let letters = table("11 12 22 22 22 22 23 33 33 33 33 33", 2, "123");
    assert_rounds(percent_agreement(&letters), 0.833, 3);
    assert_rounds(alpha(&letters, Level::Nominal), 0.734, 3);
    let three = table("111 122 222 444 144 222 123 333 222", 3, "1234");
    assert_rounds(percent_of_values(&three), 0.74, 2);
    for (level, printed) in [(Level::Nominal, 0.642), (Level::Interval, 0.547), (Level::Ratio, 0.483)] {
        assert_rounds(alpha(&three, level), printed, 3);
    }
    for (category, printed) in (0..).zip([0.381, 0.711, 0.717, 0.764]) {
        assert_rounds(alpha_of_category(&three, category), printed, 3);
    }
}

fn counts<const N: usize>(rows: [[u64; N]; N]) -> Table {
    Table::of_counts(Scale::of_numbers((1..=N).map(|number| number as f64)), &rows.map(|row| row.to_vec()))
}

#[test]
fn cohens_tables() {
    let first = counts([[88, 14, 18], [10, 40, 10], [2, 6, 12]]);
    assert_rounds(percent_agreement(&first), 0.70, 2);
    assert_rounds(expected(cohen_disagreement(&first)), 0.41, 2);
    assert_rounds(cohen_kappa(&first), 0.492, 3);
    assert_rounds(cohen_kappa_max(&first), 0.831, 3);
    assert_rounds(gwet_ac1(&first, Choices::Declared), 0.576, 3);
    let second = counts([[25, 12, 3], [13, 2, 15], [12, 16, 2]]);
    assert_rounds(cohen_kappa(&second), -0.092, 3);
    assert_rounds(gwet_ac1(&second, Choices::Declared), -0.048, 3);
}

#[test]
fn fleiss_categories_recomputed() {
    let table = Facts::read().table("pub_fleiss1971").table();
    for (category, recomputed) in (0..).zip([0.245, 0.245, 0.520, 0.471, 0.566]) {
        assert_rounds(fleiss_kappa_of_category(&table, category), recomputed, 3);
    }
}

#[test]
fn the_table_of_artstein_and_poesio() {
    let table = counts([[20, 10], [20, 50]]);
    assert_rounds(percent_agreement(&table), 0.7, 3);
    assert_rounds(brennan_prediger(&table, Choices::Declared), 0.4, 3);
    assert_rounds(scott_pi(&table), 0.341, 3);
    assert_rounds(cohen_kappa(&table), 0.348, 3);
}

#[test]
fn a_paradox_of_kappa() {
    let table = counts([[8, 1], [0, 1]]);
    assert_rounds(percent_agreement(&table), 0.9, 3);
    assert_rounds(gwet_ac1(&table, Choices::Declared), 0.8658, 4);
    assert_rounds(scott_pi(&table), 0.6078, 4);
}

#[test]
fn a_category_that_nobody_used() {
    let of_four = table("11 22 12 11 22 11", 2, "1234");
    assert_rounds(gwet_ac1(&of_four, Choices::Observed), 0.676, 3);
    assert_rounds(gwet_ac1(&of_four, Choices::Declared), 0.801, 3);
    assert_rounds(brennan_prediger(&of_four, Choices::Observed), 0.667, 3);
    assert_rounds(brennan_prediger(&of_four, Choices::Declared), 0.778, 3);
    let of_two = table("11 22 12 11 22 11", 2, "12");
    assert_eq!(alpha(&of_four, Level::Nominal), alpha(&of_two, Level::Nominal));
    assert_eq!((cohen_kappa(&of_four), scott_pi(&of_four)), (cohen_kappa(&of_two), scott_pi(&of_two)));
}

#[test]
fn holstis_ten_and_ten() {
    assert_eq!(holsti_of_counts(6, 20), Ok(0.6));
    assert_eq!(holsti_of_counts(0, 0), Err(Undefined::NoUnits));
}

#[test]
fn a_thousand_characters() {
    let facts = Facts::read();
    for counts in &facts.counts {
        let fourfold = Fourfold { both: counts.both, first: counts.first, second: counts.second, neither: counts.neither };
        assert_is(fourfold.percent_agreement(), &counts.published["percent_agreement"], 1e-9, "percent");
        assert_is(fourfold.percent_agreement(), &counts.expected["percent_agreement"], 1e-9, "percent");
        assert_is(fourfold.cohen_kappa(), &counts.expected["cohen_kappa"], 1e-9, "κ");
    }
    // The same percentage, and κ by who of the two coded more.
    for (first, second, kappa) in [(150, 0, 0.3478), (75, 75, 0.3143)] {
        let fourfold = Fourfold { both: 50, first, second, neither: 800 };
        assert_rounds(fourfold.percent_agreement(), 0.85, 4);
        assert_rounds(fourfold.cohen_kappa(), kappa, 4);
        assert_rounds(gwet_ac1(&fourfold.table(), Choices::Declared), 0.808, 3);
    }
}

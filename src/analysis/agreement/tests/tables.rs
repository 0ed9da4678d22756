//! Every table of the facts.

use serde_json::Value;

use super::facts::{Facts, TableFacts, assert_is, table};
use crate::analysis::agreement::{
    Choices, Coefficient, Level, Scale, Statistic, Table, Undefined, alpha, alpha_disagreement, alpha_of_category, brennan_prediger,
    cohen_kappa, conger_kappa, fleiss_kappa, fleiss_kappa_of_category, gwet_ac1, holsti, holsti_of_shared, light_kappa, pairable_values,
    percent_agreement, percent_of_values, scott_pi, unanimity,
};

/// How closely values of other programs are met.
const CLOSE: f64 = 1e-6;

/// What a table gives for a name of the facts.
fn of_name(table: &Table, name: &str) -> Option<Coefficient> {
    let disagreement = || alpha_disagreement(table, Level::Nominal);
    match name {
        "Do_nominal" => Some(disagreement().map(|both| both.observed)),
        "De_nominal" => Some(disagreement().map(|both| both.expected)),
        "n_pairable_values" => Some(Ok(pairable_values(table) as f64)),
        _ => Statistic::ALL.into_iter().find(|statistic| statistic.key() == name).map(|statistic| statistic.of(table)),
    }
}

/// What a table gives for each of its categories, beside what is expected.
fn of_categories(table: &Table, expected: &Value, of: fn(&Table, u32) -> Coefficient) -> Vec<(Coefficient, Value)> {
    let categories = (0..).zip(table.scale().names());
    categories.map(|(category, name)| (of(table, category), expected.get(name).cloned().unwrap_or_default())).collect()
}

fn check(facts: &TableFacts) -> usize {
    let table = facts.table();
    for (name, expected) in &facts.expected {
        let what = format!("{} {name}", facts.id);
        let by_category: fn(&Table, u32) -> Coefficient = match name.as_str() {
            "per_category_alpha" => alpha_of_category,
            "per_category_fleiss_kappa" => fleiss_kappa_of_category,
            _ => {
                assert_is(of_name(&table, name).unwrap(), expected, CLOSE, &what);
                continue;
            }
        };
        for (found, expected) in of_categories(&table, expected, by_category) {
            assert_is(found, &expected, CLOSE, &what);
        }
    }
    facts.expected.len()
}

#[test]
fn every_table_has_the_values_on_which_others_agree() {
    let facts = Facts::read();
    let checked: usize = facts.tables.iter().map(check).sum();
    assert!(facts.tables.len() == 57 && checked > 900, "{} tables, {checked} values", facts.tables.len());
}

#[test]
fn light_is_the_mean_of_the_pairs_that_have_a_kappa() {
    let facts = Facts::read();
    let light = light_kappa(&facts.table("pub_randolph2005_2").table());
    assert_eq!((light.mean, light.defined, light.all), (Ok(0.0), 2, 3), "one pair never varies");
    let light = light_kappa(&table("111 111", 3, "123"));
    assert_eq!((light.mean, light.defined, light.all), (Err(Undefined::NoVariation), 0, 3));
}

#[test]
fn what_a_coder_never_came_to_see_is_no_disagreement_of_holstis() {
    // The third did not work on the last four units: they agree on everything that two of them saw.
    let some = table("111 222 11. 22. 11. 22.", 3, "12");
    let shared = holsti_of_shared(&some);
    assert_eq!((shared.mean, shared.defined, shared.all), (Ok(1.0), 3, 3));
    assert!(holsti(&some).unwrap() < 0.7, "each chose their own units: what the other lacks counts");
    // The second and the third share no unit; 2 of 4 and 1 of 2 otherwise.
    let apart = holsti_of_shared(&table("11. 12. 22. 21. 1.1 1.2", 3, "12"));
    assert_eq!((apart.mean, apart.defined, apart.all), (Ok(0.5), 2, 3));
    assert_eq!(holsti_of_shared(&table("1.. .1. ..1", 3, "12")).mean, Err(Undefined::NothingPaired));
    // Where all saw everything there is one Holsti.
    let whole = table("111 121 222 212", 3, "12");
    assert_eq!(holsti_of_shared(&whole).mean, holsti(&whole));
}

#[test]
fn one_value_everywhere_is_no_variation_and_full_percent_agreement() {
    let same = table("111 111 11.", 3, "12");
    for statistic in [
        Statistic::FleissKappa,
        Statistic::CongerKappa,
        Statistic::LightKappa,
        Statistic::Alpha(Level::Nominal),
        Statistic::Alpha(Level::Ordinal),
        Statistic::Alpha(Level::Interval),
        Statistic::Alpha(Level::Ratio),
    ] {
        assert_eq!(statistic.of(&same), Err(Undefined::NoVariation), "{}", statistic.key());
    }
    assert_eq!(brennan_prediger(&same, Choices::Observed), Err(Undefined::OneCategory));
    assert_eq!(gwet_ac1(&same, Choices::Observed), Err(Undefined::OneCategory));
    assert_eq!(
        (brennan_prediger(&same, Choices::Declared), gwet_ac1(&same, Choices::Declared)),
        (Ok(1.0), Ok(1.0)),
        "another could be chosen"
    );
    assert_eq!((percent_agreement(&same), unanimity(&same)), (Ok(1.0), Ok(1.0)));
    let two = same.pair(0, 1);
    assert_eq!((cohen_kappa(&two), scott_pi(&two)), (Err(Undefined::NoVariation), Err(Undefined::NoVariation)));
    assert_eq!(alpha_of_category(&same, 1), Err(Undefined::CategoryDoesNotVary));
}

#[test]
fn without_two_coders_or_units_or_a_unit_of_both_nothing_is_defined() {
    let facts = [
        (table("1 2 1", 1, "12"), Undefined::OneCoder),
        (table("", 0, "12"), Undefined::OneCoder),
        (table("", 3, "12"), Undefined::NoUnits),
        (table("1.. .2. ...", 3, "12"), Undefined::NothingPaired),
        (table("1. .2 ..", 2, "12"), Undefined::NothingPaired),
    ];
    for (table, why) in facts {
        for statistic in Statistic::ALL {
            let two_only = [Statistic::CohenKappa, Statistic::CohenKappaMax, Statistic::ScottPi].contains(&statistic);
            let found = statistic.of(&table);
            match statistic {
                _ if two_only && table.coders() > 2 => assert_eq!(found, Err(Undefined::TwoCodersOnly)),
                // What each coded alone counts there, and they agree on nothing of it.
                Statistic::Holsti if why == Undefined::NothingPaired => assert!(table.coders() > 2 || found == Ok(0.0)),
                _ => assert_eq!(found, Err(why), "{}", statistic.key()),
            }
        }
    }
}

#[test]
fn units_nobody_coded_and_coders_without_values_change_nothing() {
    let plain = table("112 223 333 12. 1.1", 3, "123");
    let more = table("112. 223. .... 333. 12.. 1.1. ....", 4, "123");
    for statistic in Statistic::ALL.into_iter().filter(|statistic| *statistic != Statistic::Holsti) {
        match (statistic.of(&plain), statistic.of(&more)) {
            (Ok(one), Ok(other)) => assert!((one - other).abs() < 1e-12, "{}", statistic.key()),
            (one, other) => assert_eq!(one, other, "{}", statistic.key()),
        }
    }
}

#[test]
fn levels_ask_more_and_more_of_the_values() {
    let with = |scale: Scale| {
        let mut table = Table::new(scale, 2);
        table.push(&[Some(0), Some(0)], 1);
        table.push(&[Some(1), Some(2)], 1);
        table
    };
    let names = || ["low", "middle", "high"].map(str::to_owned).to_vec();
    let defined = |table: Table| Level::ALL.map(|level| alpha(&table, level).err());
    assert_eq!(
        defined(with(Scale::unordered(names()))),
        [None, Some(Undefined::NoOrder), Some(Undefined::NotNumbers), Some(Undefined::NotNumbers)]
    );
    assert_eq!(defined(with(Scale::ordered(names()))), [None, None, Some(Undefined::NotNumbers), Some(Undefined::NotNumbers)]);
    assert_eq!(defined(with(Scale::of_numbers([-1.0, 0.0, 1.0]))), [None, None, None, Some(Undefined::BelowZero)]);
    assert_eq!(defined(with(Scale::of_numbers([0.0, 2.5, 7.0]))), [None; 4]);
    // Two zeros do not differ, and a number is as far from zero as can be.
    let zeros = alpha(&table("00 01", 2, "01"), Level::Ratio);
    assert_eq!(zeros, alpha(&table("00 01", 2, "01"), Level::Nominal));
}

#[test]
fn holsti_counts_what_each_coded_also_alone() {
    // The first coded six units, the second four, both four, and they agree on three.
    let table = table("11 11 22 12 1. 2.", 2, "12");
    assert_eq!(holsti(&table), Ok(2.0 * 3.0 / 10.0));
    assert_eq!(percent_agreement(&table), Ok(0.75));
}

#[test]
fn several_coders_weigh_units_in_three_ways() {
    // Two coders agree on one unit; two of three on the other.
    let table = table("11. 112", 3, "12");
    assert!((percent_agreement(&table).unwrap() - f64::midpoint(1.0, 1.0 / 3.0)).abs() < 1e-12);
    assert!((percent_of_values(&table).unwrap() - 3.0 / 5.0).abs() < 1e-12);
    assert_eq!(unanimity(&table), Ok(0.5));
    assert_eq!(fleiss_kappa_of_category(&table, 0), Err(Undefined::Incomplete));
    assert!(fleiss_kappa(&table).is_ok() && conger_kappa(&table).is_ok());
}

//! `themata agreement`: tables and spans from outside of any project.

use serde_json::{Value, json};

use crate::cli::{json_of, printed, refused};
use crate::support::Scratch;

/// A file with these words; its path.
fn file(scratch: &Scratch, name: &str, words: &str) -> String {
    let path = scratch.path(name);
    std::fs::write(&path, words).unwrap();
    path.to_string_lossy().into_owned()
}

/// Four observers and twelve units, with values missing.
const OBSERVERS: &str = "1,1,,1\n2,2,3,2\n3,3,3,3\n3,3,3,3\n2,2,2,2\n1,2,3,4\n4,4,4,4\n1,1,2,1\n2,2,2,2\n,5,5,5\n,,1,1\n,,3,\n";

fn value(found: &Value, name: &str) -> f64 {
    let coefficient = &found["coefficients"][name];
    assert_eq!(coefficient["reason"], Value::Null, "{name}");
    coefficient["value"].as_f64().unwrap()
}

#[test]
fn a_table_gives_every_coefficient() {
    let scratch = Scratch::new();
    let table = file(&scratch, "observers.csv", OBSERVERS);
    let found = json_of(&scratch, &["agreement", "--table", &table, "--level", "interval", "--json"]);
    for (name, printed) in [
        ("alpha_nominal", 0.743),
        ("alpha_ordinal", 0.815),
        ("alpha_interval", 0.849),
        ("alpha_ratio", 0.797),
        ("percent_agreement_pairwise", 0.818),
        ("percent_agreement_1_minus_Do", 0.8),
        ("percent_units_unanimous", 0.727),
        ("Do_nominal", 0.2),
        ("De_nominal", 0.779),
    ] {
        assert!((value(&found, name) - printed).abs() < 0.0006, "{name} {}", found["coefficients"][name]);
    }
    assert_eq!((&found["n_pairable_values"], &found["units"], &found["level"]), (&json!(40), &json!(12), &json!("interval")));
    assert_eq!(found["alpha"], found["coefficients"]["alpha_interval"]);
    assert_eq!(found["coefficients"]["per_category_alpha"]["5"]["value"], json!(1.0));
    assert_eq!(found["coefficients"]["cohen_kappa"], json!({ "value": null, "reason": "for two coders only" }));
    let declared = json_of(&scratch, &["agreement", "--table", &table, "--categories", "1,2,3,4,5,6,7", "--json"]);
    assert!(value(&declared, "gwet_ac1_declared_q") > value(&declared, "gwet_ac1_observed_q"));
    assert_eq!((&declared["categories_used"], &declared["categories"][6]), (&json!(5), &json!("7")));
}

#[test]
fn what_is_not_defined_is_said_so_and_is_no_number() {
    let scratch = Scratch::new();
    let table = file(&scratch, "same.csv", "Ann,Ben\nyes,yes\nyes,yes\n");
    let found = json_of(&scratch, &["agreement", "--table", &table, "--json"]);
    assert_eq!(found["coders"], json!(["Ann", "Ben"]));
    for name in ["alpha_nominal", "cohen_kappa", "scott_pi", "fleiss_kappa", "conger_kappa", "light_kappa_mean_pairwise_cohen"] {
        assert_eq!(found["coefficients"][name], json!({ "value": null, "reason": "no variation" }), "{name}");
    }
    assert_eq!(found["coefficients"]["alpha_interval"]["reason"], json!("the categories are not numbers"));
    assert!((value(&found, "percent_agreement_pairwise") - 1.0).abs() < 1e-12);
    let said = printed(&scratch, &["agreement", "--table", &table]);
    assert!(said.starts_with("2 units, 2 coders (Ann, Ben), 1 category (yes); 4 values stand beside another\n"), "{said}");
    assert!(said.contains("Cohen’s κ                                not defined – no variation\n"), "{said}");
}

#[test]
fn spans_give_the_family_of_unitizing_coefficients() {
    let scratch = Scratch::new();
    let unit = |code: &str, start: u32, end: u32| json!({ "code": code, "start": start, "end": end });
    let coders = [
        vec![unit("1", 2, 5), unit("1", 9, 11), unit("2", 12, 20)],
        vec![unit("1", 2, 5), unit("2", 7, 15)],
        vec![unit("1", 2, 5), unit("2", 10, 15)],
    ];
    let spans = file(&scratch, "spans.json", &json!({ "continuum_length": 20, "coders": coders }).to_string());
    let found = json_of(&scratch, &["agreement", "--spans", &spans, "--json"]);
    for (name, printed) in [("u_alpha", 0.474), ("bar_u_alpha", 0.433), ("cu_alpha", 0.779), ("coverage_cu", 0.3833)] {
        assert!((value(&found, name) - printed).abs() < 0.0005, "{name}");
    }
    let of_codes = &found["coefficients"]["ku_alpha"];
    for (code, printed, coverage) in [("1", 0.769, 0.9545), ("2", 0.787, 0.5952)] {
        assert!((of_codes[code]["alpha"]["value"].as_f64().unwrap() - printed).abs() < 0.0005);
        assert!((of_codes[code]["coverage"]["value"].as_f64().unwrap() - coverage).abs() < 0.0001);
    }
    assert_eq!((&found["pairs"][2]["coders"], found["pairs"].as_array().map(Vec::len)), (&json!([2, 3]), Some(3)));
    let said = printed(&scratch, &["agreement", "--spans", &spans]);
    assert!(
        said.contains("uα: units and codes             0.474\n")
            && said.contains("38.3 % of the text")
            && said.contains("\nCoders 2 and 3\n"),
        "{said}"
    );
    let nothing = file(&scratch, "nothing.json", &json!({ "continuum_length": 20, "coders": [[], []] }).to_string());
    let found = json_of(&scratch, &["agreement", "--spans", &nothing, "--json"]);
    assert_eq!(found["coefficients"]["u_alpha"], json!({ "value": null, "reason": "no variation: nothing is coded" }));
}

#[test]
fn a_table_is_read_however_a_program_wrote_it() {
    let scratch = Scratch::new();
    let table = |name: &str, words: &str| file(&scratch, name, words);
    // Two units on one of which the two agree.
    for (number, words) in [
        "\u{feff}Ann,Ben\n1,1\n2,1\n",
        "Ann;Ben\r\n1;1\r\n2;1\r\n\r\n\r\n",
        "Ann\tBen\n1\t1\n2\t1\n  \n",
        "\"Ann\",\"Ben\"\n\"1\",\"1\"\n\"2\",\"1\"\n",
        "sep=;\nAnn;Ben\n1;1\n2;1\n",
        "unit,Ann,Ben\nfirst,1,1\nsecond,2,1\n",
    ]
    .into_iter()
    .enumerate()
    {
        let found = json_of(&scratch, &["agreement", "--table", &table(&format!("{number}.csv"), words), "--json"]);
        assert_eq!(
            (&found["coders"], &found["units"], &found["n_pairable_values"]),
            (&json!(["Ann", "Ben"]), &json!(2), &json!(4)),
            "{words}"
        );
        assert!((value(&found, "percent_agreement_pairwise") - 0.5).abs() < 1e-12 && value(&found, "cohen_kappa").abs() < 1e-12, "{words}");
    }
    // A coder without a value takes part in no pair; names of lines and names twice are shown as they are.
    let idle = json_of(&scratch, &["agreement", "--table", &table("idle.csv", "Ann,Ben,Cid\n1,1,\n2,1,\n"), "--json"]);
    assert_eq!(idle["light_pairs"], json!({ "defined": 1, "all": 3 }));
    let said = printed(&scratch, &["agreement", "--table", &table("lines.csv", "\"Ann\nB.\",\"Ann\nB.\"\n1,1\n")]);
    assert!(said.starts_with("1 unit, 2 coders (Ann B., Ann B.), 1 category (1); 2 values"), "{said}");
    let nothing = json_of(&scratch, &["agreement", "--table", &table("nothing.csv", "Ann,Ben\n,\n,\n"), "--json"]);
    for (name, coefficient) in nothing["coefficients"].as_object().unwrap() {
        assert!(coefficient.get("value").is_none_or(Value::is_null), "{name}");
    }
}

#[test]
fn what_cannot_be_measured_is_told() {
    let scratch = Scratch::new();
    let observers = file(&scratch, "observers.csv", OBSERVERS);
    let names = file(&scratch, "names.csv", "yes,no\nno,no\n");
    let one = file(&scratch, "one.csv", "1\n2\n");
    let ragged = file(&scratch, "ragged.csv", "1,2\n1\n");
    let empty = file(&scratch, "empty.csv", "");
    let not_there = file(&scratch, "na.csv", "Ann,Ben\n1,NA\n2,2\n");
    let spans = file(&scratch, "spans.json", "{\"continuum_length\": 9, \"coders\": [[], [{\"code\": \"a\", \"start\": 3, \"end\": 12}]]}");
    let missing = scratch.path("none.csv").to_string_lossy().into_owned();
    for (args, code, says) in [
        (vec!["--table", &one], 1, "one coder"),
        (vec!["--table", &ragged], 1, "Line 2 has 1 cell, the first line 2."),
        (vec!["--table", &empty], 1, "is empty"),
        (vec!["--table", &not_there], 1, "“NA” stands among numbers"),
        (vec!["--table", &missing], 1, "cannot be read"),
        (vec!["--table", &names, "--level", "interval"], 1, "“yes” is no number"),
        (vec!["--table", &names, "--level", "ordinal"], 1, "--categories low,middle,high"),
        (vec!["--table", &observers, "--categories", "1,2,3"], 1, "“4” in line 6 is not among the categories"),
        (vec!["--table", &observers, "--level", "rational"], 2, "nominal, ordinal, interval, ratio"),
        (vec!["--table", &observers, "--spans", &spans], 2, "cannot be used with"),
        (vec![], 2, "--table"),
        (vec!["--spans", &observers], 1, "continuum_length"),
        (vec!["--spans", &spans], 1, "“a” of coder 2 ends at 12, behind the end of the text at 9"),
    ] {
        let (found, said) = refused(&scratch, &[vec!["agreement"], args.clone()].concat());
        assert!(found == Some(code) && said.contains(says), "{args:?}: {found:?} {said}");
    }
}

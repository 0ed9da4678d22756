use serde_json::{Map, Value, json};

use super::{coefficient_json, coefficient_text, flat, listed, share_text};
use crate::analysis::agreement::{Coincidences, Continuum};
use crate::cli::columns::columns;
use crate::cli::console::Console;
use crate::cli::error::CliError;
use crate::exchange::import::Unitized;

/// The uα family, for scripts.
pub(super) fn json(read: &Unitized) -> Value {
    let pairs: Vec<Value> = pairs(&read.continuum)
        .map(|(first, second, found)| json!({ "coders": [first + 1, second + 1], "coefficients": coefficients(&found, &read.codes) }))
        .collect();
    json!({
        "continuum_length": read.continuum.length(),
        "coders": read.continuum.coders().len(),
        "codes": read.codes,
        "coefficients": coefficients(&Coincidences::of(&read.continuum), &read.codes),
        "pairs": pairs,
    })
}

fn coefficients(found: &Coincidences, codes: &[String]) -> Value {
    let of_codes = (0..).zip(codes).map(|(code, name)| {
        let (alpha, coverage) = (coefficient_json(found.ku_alpha(code)), coefficient_json(found.coverage_of(code)));
        (name.clone(), json!({ "alpha": alpha, "coverage": coverage }))
    });
    json!({
        "u_alpha": coefficient_json(found.u_alpha()),
        "bar_u_alpha": coefficient_json(found.bar_u_alpha()),
        "cu_alpha": coefficient_json(found.cu_alpha()),
        "coverage_cu": coefficient_json(found.coverage()),
        "ku_alpha": of_codes.collect::<Map<_, _>>(),
    })
}

/// The same, to be read.
pub(super) fn print(read: &Unitized, console: &mut Console) -> Result<(), CliError> {
    let coders = read.continuum.coders().len();
    console.line(format!("A text of {}, {coders} coders, {}", read.continuum.length(), listed("code", "codes", &read.codes)))?;
    let mut found = vec![("All coders".to_owned(), Coincidences::of(&read.continuum))];
    found.extend(pairs(&read.continuum).map(|(first, second, found)| (format!("Coders {} and {}", first + 1, second + 1), found)));
    for (who, found) in &found {
        let mut rows = vec![
            vec!["uα: units and codes".to_owned(), coefficient_text(found.u_alpha()), String::new()],
            vec!["|uα: what is coded at all".to_owned(), coefficient_text(found.bar_u_alpha()), String::new()],
            vec![
                "cuα: codes where units overlap".to_owned(),
                coefficient_text(found.cu_alpha()),
                share_text(found.coverage(), "of the text"),
            ],
        ];
        rows.extend((0..).zip(&read.codes).map(|(code, name)| {
            vec![
                format!("({})uα: this code", flat(name)),
                coefficient_text(found.ku_alpha(code)),
                share_text(found.coverage_of(code), "of the code"),
            ]
        }));
        console.line("")?;
        console.line(who)?;
        let head = ["Agreement".to_owned(), "Value".to_owned(), "speaks of".to_owned()];
        columns(&head, &rows).iter().try_for_each(|line| console.line(line))?;
    }
    console.line("")?;
    console.line("Krippendorff et al. 2016; more than two coders are compared pair by pair.")
}

/// Every two of more than two coders.
fn pairs(continuum: &Continuum) -> impl Iterator<Item = (usize, usize, Coincidences)> {
    let coders = if continuum.coders().len() > 2 { continuum.coders().len() } else { 0 };
    let pairs = (0..coders).flat_map(move |first| (first + 1..coders).map(move |second| (first, second)));
    pairs.map(|(first, second)| (first, second, Coincidences::of(&continuum.pair(first, second))))
}

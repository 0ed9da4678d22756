use serde_json::{Map, Value, json};

use super::{coefficient_json, coefficient_text, flat, listed};
use crate::analysis::agreement::{
    Category, Choices, Coefficient, Level, Statistic, Table, alpha, alpha_disagreement, alpha_of_category, fleiss_kappa_of_category,
    light_kappa, pairable_values,
};
use crate::cli::columns::columns;
use crate::cli::console::Console;
use crate::cli::error::CliError;
use crate::exchange::import::Ratings;

/// Everything that can be said of a table, for scripts.
pub(super) fn json(ratings: &Ratings, level: Option<Level>) -> Value {
    let table = &ratings.table;
    let mut coefficients: Map<String, Value> =
        Statistic::ALL.into_iter().map(|statistic| (statistic.key().to_owned(), coefficient_json(statistic.of(table)))).collect();
    let disagreement = alpha_disagreement(table, Level::Nominal);
    coefficients.insert("Do_nominal".to_owned(), coefficient_json(disagreement.map(|both| both.observed)));
    coefficients.insert("De_nominal".to_owned(), coefficient_json(disagreement.map(|both| both.expected)));
    let by_category = |of: fn(&Table, Category) -> Coefficient| {
        let named = (0..).zip(table.scale().names());
        named.map(|(category, name)| (name.clone(), coefficient_json(of(table, category)))).collect::<Map<_, _>>()
    };
    coefficients.insert("per_category_alpha".to_owned(), Value::Object(by_category(alpha_of_category)));
    coefficients.insert("per_category_fleiss_kappa".to_owned(), Value::Object(by_category(fleiss_kappa_of_category)));
    let light = light_kappa(table);
    json!({
        "units": table.len(),
        "coders": ratings.coders,
        "categories": table.scale().names(),
        "categories_used": table.choices(Choices::Observed),
        "n_pairable_values": pairable_values(table),
        "level": level.unwrap_or_default().name(),
        "alpha": coefficient_json(alpha(table, level.unwrap_or_default())),
        "light_pairs": { "defined": light.defined, "all": light.all },
        "coefficients": coefficients,
    })
}

/// The same, to be read.
pub(super) fn print(ratings: &Ratings, level: Option<Level>, console: &mut Console) -> Result<(), CliError> {
    let table = &ratings.table;
    let names = table.scale().names();
    console.line(format!(
        "{} {}, {}, {}; {} values stand beside another",
        table.len(),
        if table.len() == 1 { "unit" } else { "units" },
        listed("coder", "coders", &ratings.coders),
        listed("category", "categories", names),
        pairable_values(table)
    ))?;
    let head = |words: &[&str]| words.iter().map(|word| (*word).to_owned()).collect::<Vec<_>>();
    let rows: Vec<Vec<String>> = Statistic::ALL.into_iter().map(|statistic| row(table, statistic, level)).collect();
    console.line("")?;
    columns(&head(&["Agreement", "Value"]), &rows).iter().try_for_each(|line| console.line(line))?;
    let of_category = |(category, name): (Category, &String)| {
        let (alpha, fleiss) = (alpha_of_category(table, category), fleiss_kappa_of_category(table, category));
        vec![flat(name), coefficient_text(alpha), coefficient_text(fleiss)]
    };
    let rows: Vec<Vec<String>> = (0..).zip(names).map(of_category).collect();
    console.line("")?;
    columns(&head(&["Category", "Krippendorff’s α", "Fleiss’ κ"]), &rows).iter().try_for_each(|line| console.line(line))?;
    console.line("")?;
    let (declared, used) = (table.choices(Choices::Declared), table.choices(Choices::Observed));
    console.line(format!("AC1 and Brennan–Prediger κ depend on what could be chosen: {declared} categories declared, {used} used."))
}

fn row(table: &Table, statistic: Statistic, level: Option<Level>) -> Vec<String> {
    let light = light_kappa(table);
    let value = coefficient_text(statistic.of(table));
    let value = match statistic {
        Statistic::LightKappa if light.defined > 0 && light.defined < light.all => {
            format!("{value} (of {} of {} pairs)", light.defined, light.all)
        }
        _ => value,
    };
    let asked = level.is_some_and(|level| statistic == Statistic::Alpha(level));
    vec![if asked { format!("{} (asked for)", statistic.name()) } else { statistic.name().to_owned() }, value]
}

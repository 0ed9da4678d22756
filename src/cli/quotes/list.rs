use std::path::Path;

use serde_json::{Value, json};

use super::{attribution, label, of_role};
use crate::analysis::quotes::{MarkedQuote, marked};
use crate::cli::columns::{columns, shortened};
use crate::cli::console::Console;
use crate::cli::error::CliError;
use crate::cli::opening::open_to_read;
use crate::study::{Role, Study};

/// How much of a quote's words a list shows, in characters.
const WORDS: usize = 60;

/// `themata quotes PROJECT list`
pub(super) fn list(project: &Path, as_json: bool, console: &mut Console) -> Result<(), CliError> {
    let project = open_to_read(project)?;
    let (study, texts) = (project.seen(), project.texts());
    let quotes = marked(&study, texts.as_ref())?;
    if as_json {
        return console.json(&quotes.iter().map(|quote| quote_json(&study, quote)).collect());
    }
    let header = ["theme", "source", "¶", "whose", "words"].map(str::to_owned);
    let rows: Vec<Vec<String>> = quotes
        .iter()
        .map(|quote| {
            let whose: Vec<String> = quote.cases.iter().map(|case| attribution(&study, *case)).collect();
            vec![
                quote.theme.map(|theme| study.codebook().path(theme)).unwrap_or_default(),
                source(&study, quote),
                (quote.paragraph + 1).to_string(),
                if quote.broken { "(corrected away)".to_owned() } else { whose.join("; ") },
                shortened(&quote.words, WORDS),
            ]
        })
        .collect();
    columns(&header, &rows).iter().try_for_each(|line| console.line(line))
}

fn source(study: &Study, quote: &MarkedQuote) -> String {
    study.material(quote.source).map(|material| material.source.label.clone()).unwrap_or_default()
}

fn quote_json(study: &Study, quote: &MarkedQuote) -> Value {
    let of_cases = |role| quote.cases.iter().map(|case| of_role(study, *case, role)).collect::<Vec<_>>();
    json!({
        "id": quote.mark,
        "theme": quote.theme.map(|theme| study.codebook().path(theme)),
        "source": source(study, quote),
        "title": study.material(quote.source).map(|material| &material.source.title),
        "paragraph": quote.paragraph + 1,
        "cases": quote.cases.iter().map(|case| label(study, *case)).collect::<Vec<_>>(),
        "groups": of_cases(Role::Group),
        "areas": of_cases(Role::Area),
        "label": quote.cases.iter().map(|case| attribution(study, *case)).collect::<Vec<_>>().join("; "),
        "coder": study.coders().get(&quote.coder).map(|coder| &coder.name),
        "words": quote.words,
        "broken": quote.broken,
    })
}

//! The quotes that are listed, as a table that leaves the project.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::listing::Wanted;
use super::view::QuotesView;
use crate::app::frame::dialogs::Listed;
use crate::exchange::export::{consent_name, listed_quotes_table, strength_name};
use crate::study::{NOT_STATED, QuoteMarkId, Study, ValueId};
use crate::text::Texts;

/// The quotes that are listed, to be written; `None` where there are none.
pub(super) fn listed(view: &QuotesView, study: &Study) -> Option<Listed> {
    let shown = (0..view.listing.count()).filter_map(|place| view.entries.all.get(view.listing.row(place)?));
    let marks: BTreeSet<QuoteMarkId> = shown.map(|entry| entry.quote.mark).collect();
    let what = says(&view.wanted, study);
    let said = what.clone();
    let make = move |study: &Study, texts: &dyn Texts, labels, now| Ok(listed_quotes_table(study, texts, labels, &said, &marks, now)?);
    (view.listing.count() > 0).then(|| Listed { name: "quotes", what, make: Arc::new(make) })
}

/// The name of a value; *Not stated* for none.
pub(super) fn value_name(study: &Study, value: Option<ValueId>) -> &str {
    value.and_then(|value| study.attributes().value(value)).map_or(NOT_STATED, |value| value.name.as_str())
}

/// Which quotes are listed, in a sentence.
fn says(wanted: &Wanted, study: &Study) -> String {
    let Wanted { filter, theme, group, area, coder, strength, consent, checked, grouping: _ } = wanted;
    let coder = coder.map(|coder| study.coders().get(&coder).map_or("somebody", |coder| coder.name.as_str()));
    let parts = [
        theme.map(|theme| format!("on {}", study.codebook().path(theme))),
        group.map(|group| value_name(study, group).to_owned()),
        area.map(|area| value_name(study, area).to_owned()),
        coder.map(|name| format!("marked by {name}")),
        strength.map(|strength| strength_name(strength).to_owned()),
        consent.map(|consent| format!("consent {}", consent_name(consent))),
        checked.map(|checked| if checked { "details looked for" } else { "details not looked for" }.to_owned()),
        Some(filter.trim()).filter(|words| !words.is_empty()).map(|words| format!("with “{words}”")),
    ];
    let parts: Vec<String> = parts.into_iter().flatten().collect();
    if parts.is_empty() { "Every passage that was marked as a quote.".to_owned() } else { format!("Quotes: {}.", parts.join(", ")) }
}

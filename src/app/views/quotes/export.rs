//! The quotes that are listed, as a table that leaves the project.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::listing::Wanted;
use super::view::QuotesView;
use crate::app::frame::dialogs::Listed;
use crate::exchange::export::{Labels, consent_name, listed_quotes_table, strength_name};
use crate::study::{NOT_STATED, QuoteMarkId, Role, Study, ValueId};
use crate::text::Texts;

/// The quotes that are listed, to be written; `None` where there are none.
pub(super) fn listed(view: &QuotesView, study: &Study) -> Option<Listed> {
    let shown = (0..view.listing.count()).filter_map(|place| view.entries.all.get(view.listing.row(place)?));
    let marks: BTreeSet<QuoteMarkId> = shown.map(|entry| entry.quote.mark).collect();
    let what = says(&view.wanted, study, Labels::FULL);
    let wanted = view.wanted.clone();
    let make = move |study: &Study, texts: &dyn Texts, labels, now| {
        let role = |role, is_wanted: bool| study.attributes().with_role(role).filter(|_| is_wanted).map(|attribute| attribute.id);
        let by: Vec<_> =
            [role(Role::Group, wanted.group.is_some()), role(Role::Area, wanted.area.is_some())].into_iter().flatten().collect();
        listed_quotes_table(study, texts, labels, &says(&wanted, study, labels), (&marks, &by), now)
    };
    (view.listing.count() > 0).then(|| Listed { name: "quotes", what, make: Arc::new(make), pictures: Vec::new(), figures: None })
}

/// The name of a value; *Not stated* for none.
pub(super) fn value_name(study: &Study, value: Option<ValueId>) -> &str {
    value.and_then(|value| study.attributes().value(value)).map_or(NOT_STATED, |value| value.name.as_str())
}

/// Which quotes are listed, in a sentence for what leaves with these labels.
fn says(wanted: &Wanted, study: &Study, labels: Labels) -> String {
    let Wanted { filter, theme, group, area, coder, strength, consent, checked, grouping: _ } = wanted;
    let coder = coder.map(|coder| study.coders().get(&coder).map_or("somebody", |coder| coder.name.as_str()));
    let value = |value: Option<ValueId>| value.map_or_else(|| NOT_STATED.to_owned(), |value| labels.value(study, value));
    let parts = [
        theme.map(|theme| format!("on {}", study.codebook().path(theme))),
        group.map(value),
        area.map(value),
        coder.map(|name| format!("marked by {name}")),
        strength.map(|strength| strength_name(strength).to_owned()),
        consent.map(|consent| format!("consent {}", consent_name(consent))),
        checked.map(|checked| if checked { "details looked for" } else { "details not looked for" }.to_owned()),
        Some(filter.trim()).filter(|words| !words.is_empty()).map(|words| format!("with “{words}”")),
    ];
    let parts: Vec<String> = parts.into_iter().flatten().collect();
    if parts.is_empty() { "Every passage that was marked as a quote.".to_owned() } else { format!("Quotes: {}.", parts.join(", ")) }
}

use super::super::{NONE, figure};
use super::{Corrected, Telling, is_segments};
use crate::analysis::agreement::{Agreement, MeanOf, Resampling, Statistic, UnitOf, Why};
use crate::analysis::lines::Scope;
use crate::study::{CoderId, SourceId, Study};

/// How many sources or themes are named in a sentence before the rest is a number.
const NAMED: usize = 12;

/// Names of coders in a sentence.
pub(super) fn coders(study: &Study, coders: &[CoderId], most: usize) -> String {
    let names = coders.iter().map(|coder| study.coders().get(coder).map_or("", |coder| &coder.name).to_owned());
    listed(names.collect(), most)
}

/// Names in a sentence; those beyond the `most` first are a number.
pub(super) fn listed(mut names: Vec<String>, most: usize) -> String {
    let more = names.len().saturating_sub(most);
    if more > 0 {
        names.truncate(most);
        return format!("{} and {more} more", names.join(", "));
    }
    match names.split_last() {
        Some((last, first)) if !first.is_empty() => format!("{} and {last}", first.join(", ")),
        _ => names.concat(),
    }
}

/// A number of things.
pub(super) fn counted(count: usize, one: &str, several: &str) -> String {
    format!("{count} {}", if count == 1 { one } else { several })
}

/// What was found, in sentences.
pub(super) fn said(study: &Study, found: &Agreement, telling: Telling<'_>) -> Vec<String> {
    let both = if found.asked.coders.len() > 2 { "two or more of them" } else { "both" };
    let units: u64 = found.ranged.iter().map(|source| u64::from(source.units)).sum();
    let what = if found.asked.unit == UnitOf::Paragraphs { "paragraphs" } else { "characters" };
    let sources = counted(found.sources.len(), "source", "sources");
    let mut said = Vec::new();
    if found.sources.is_empty() {
        said.push(format!("Nothing can be compared: there is no source in which {both} worked."));
    } else {
        let differing = counted(found.differences.len(), "difference", "differences");
        let on = counted(found.differences_by_theme().len(), "theme", "themes");
        let differing = if found.differences.is_empty() { "No difference".to_owned() } else { format!("{differing} on {on}") };
        said.push(format!("{differing}, in {sources} in which {both} worked, with {units} {what} that count."));
    }
    if found.unfinished > 0 {
        let are = if found.unfinished == 1 { "is" } else { "are" };
        said.push(format!(
            "{} of them {are} not marked done by all who worked in it: what is not coded there may not have been read yet.",
            found.unfinished
        ));
    }
    said.extend(mean_says(found));
    if is_segments(found.asked.unit) && found.nested {
        said.push("All segments together are not told: a segment counts under its theme and again under each theme above it.".to_owned());
    }
    if let Some(matched) = found.matched().filter(|matched| matched.decisions > 0) {
        let kappa = matched.kappa(found.themes.len()).map_or_else(|why| format!("not defined – {why}"), |kappa| figure(Some(kappa)));
        said.push(format!(
            "All segments together: {} of {} are met, a share of {}; κ after Brennan and Prediger with 1/{} as chance: {kappa}.",
            matched.agreements,
            matched.decisions,
            figure(matched.percent_agreement().ok()),
            found.themes.len(),
        ));
    }
    if telling.intervals.is_some() && found.sources.len() < 2 {
        said.push("There are no intervals: they want two sources or more.".to_owned());
    }
    said.extend(left_out(study, found));
    if found.outside > 0 {
        said.push(format!("Left out: {} without words that count.", counted(found.outside, "coding", "codings")));
    }
    if !found.unused.is_empty() {
        let names = found.unused.iter().map(|theme| study.codebook().path(*theme)).collect();
        said.push(format!("Not defined – nobody used the theme: {}.", listed(names, NAMED)));
    }
    said
}

/// The means over themes, with of how many they are.
fn mean_says(found: &Agreement) -> Option<String> {
    if found.themes.is_empty() {
        return None;
    }
    let alpha = if is_segments(found.asked.unit) { "|uα" } else { "α" };
    let of = |name: &str, mean: MeanOf| {
        let value = mean.mean.map_or_else(|why| format!("not defined – {why}"), |mean| figure(Some(mean)));
        let some =
            if mean.defined == 0 || mean.defined == mean.all { String::new() } else { format!(" (of {} of {})", mean.defined, mean.all) };
        format!("{name} {value}{some}")
    };
    let mut means = vec![of("percent", found.mean(|of| of.percent.pooled))];
    if !is_segments(found.asked.unit) {
        means.push(of("κ", found.mean(|of| of.kappa.pooled)));
    }
    means.push(of(alpha, found.mean(|of| of.alpha.pooled)));
    Some(format!("Mean over {}: {}.", counted(found.themes.len(), "theme", "themes"), means.join(", ")))
}

/// The sources that are left out, with why.
fn left_out(study: &Study, found: &Agreement) -> Vec<String> {
    let label = |source: &SourceId| study.material(*source).map_or_else(String::new, |material| material.source.label.clone());
    let because =
        |why: Why| found.left_out.iter().filter(move |(_, other)| *other == why).map(|(source, _)| label(source)).collect::<Vec<_>>();
    let only = found.asked.coders.iter().map(|coder| Why::Only(*coder));
    let sentence = |why: Why| {
        let labels = because(why);
        let why = match why {
            Why::Only(coder) => format!("of those compared only {} worked in", coders(study, &[coder], 1)),
            Why::Nobody => "none of those compared worked in".to_owned(),
            Why::NoText => "nothing counts of".to_owned(),
        };
        (!labels.is_empty()).then(|| format!("Left out: {why} {}.", listed(labels, NAMED)))
    };
    only.chain([Why::Nobody, Why::NoText]).filter_map(sentence).collect()
}

/// What is compared.
pub(super) fn compared(found: &Agreement) -> Vec<String> {
    let (unit, several) = (found.asked.unit, found.asked.coders.len() > 2);
    let interviewers = if found.asked.interviewers { "interviewers’ words count too" } else { "interviewers’ words do not count" };
    let text = format!(
        "what participants say and authors write; {interviewers}, and labels never do, nor time stamps with the white space round them"
    );
    let mut compared = vec![match unit {
        UnitOf::Characters => format!("Units are the characters of {text}. A character is coded or not."),
        UnitOf::Paragraphs => format!("Units are the paragraphs of {text}. A paragraph is coded where any of it is."),
        UnitOf::Segments(least) => format!(
            "Segments are codings with words of {text}. One is met where one of the other coder’s shares {} % or more of the text of both together; each coder’s are looked at in turn. Codings of one coder on the same text are one segment.",
            (least * 100.0 * 10.0).round() / 10.0
        ),
    }];
    compared.push(if found.scope == Scope::WithBelow {
        "A theme counts with those below it.".to_owned()
    } else {
        "A theme is compared by itself, without those below it.".to_owned()
    });
    if found.nested {
        compared.push("What differs under a theme counts again under each theme above it, in the differences and in the means.".to_owned());
    }
    compared.push(
        "A source counts where two or more of those compared coded in it or say that they are done with it. The agreed layer is left out: compared is what each coded."
            .to_owned(),
    );
    if several && !is_segments(unit) {
        compared.push("Values of coders who did not work in a source are missing there.".to_owned());
    }
    compared
}

/// What percent agreement is.
pub(super) fn percent_says(found: &Agreement) -> String {
    match (found.asked.unit, found.asked.coders.len() > 2) {
        (UnitOf::Segments(_), _) => "the share of the segments of both that are met.".to_owned(),
        (_, false) => format!("the share of units that both coded or both did not, {OVER}; where little is coded it is always high."),
        (_, true) => {
            format!("the mean over units of the share of pairs of coders who agree, {OVER}; where little is coded it is always high.")
        }
    }
}

/// What a coefficient is.
pub(super) fn coefficient_says(found: &Agreement, of: Corrected) -> String {
    match (of.of_unit(found.asked.unit), found.asked.coders.len() > 2) {
        (Corrected::Kappa, false) => "Cohen’s κ (1960) over the same units; chance is by each coder’s own share of coded units.".to_owned(),
        (Corrected::Kappa, true) => {
            "Conger’s κ (1980), for two coders Cohen’s; chance is by the coders’ own shares of coded units.".to_owned()
        }
        (Corrected::Alpha, _) if is_segments(found.asked.unit) => {
            format!("|uα of Krippendorff, Mathet, Bouvry and Widlöcher (2016): whether the same text was coded, {OVER}.")
        }
        (Corrected::Alpha, _) => "Krippendorff’s α (2004), nominal, over the same units.".to_owned(),
    }
}

/// What agreement is computed over.
const OVER: &str = "over all sources together, those in which nobody used the theme too";
/// How figures are read.
pub(super) const BY_CUSTOM: &str =
    "By a custom, no law, α from 0.8 on is relied on and from 0.667 on with care. Where coders differ tells more than any figure.";

/// How intervals are made.
pub(super) fn draws_say(resampling: Resampling) -> String {
    format!(
        "{} % of {} draws of whole sources with replacement, seed {}",
        resampling.confidence * 100.0,
        resampling.resamples,
        resampling.seed
    )
}

/// How it is computed.
pub(super) fn computed(study: &Study, found: &Agreement, telling: Telling<'_>) -> Vec<String> {
    let (unit, several) = (found.asked.unit, found.asked.coders.len() > 2);
    let mut computed = compared(found);
    computed.push(match unit {
        UnitOf::Characters => "differences: stretches in which codings of the theme share text and not all who worked in the source coded the same characters.".to_owned(),
        UnitOf::Paragraphs => "differences: paragraphs that somebody who worked in the source coded with the theme and somebody else not.".to_owned(),
        UnitOf::Segments(_) => "differences: stretches in which codings of the theme share text and a segment is not met.".to_owned(),
    });
    computed.push(format!("percent: {}", percent_says(found)));
    if !is_segments(unit) {
        computed.push(format!("kappa: {}", coefficient_says(found, Corrected::Kappa)));
    }
    computed.push(format!("alpha: {}", coefficient_says(found, Corrected::Alpha)));
    computed.push(format!("{NONE}: not defined, where a formula comes to 0/0; it is neither 0 nor 1, and note says why."));
    if let Some((_, resampling)) = telling.intervals {
        let draws = draws_say(resampling);
        let left_out = "the share of draws that are left out because a coefficient was not defined";
        let without = if is_segments(unit) {
            "None is defined where no source with the theme was drawn."
        } else {
            "κ and α are not defined where no source with the theme was drawn; percent is defined in every draw."
        };
        computed.push(format!("low, high: {draws}; undefined: {left_out}. {without}"));
    }
    if telling.all {
        let size = if is_segments(unit) { "segments" } else { "units" };
        computed.push(format!("mean_…: the mean over the sources in which somebody used the theme and the figure is defined; …_by_size: each source by its {size}."));
        if let ([first, second], false) = (found.asked.coders.as_slice(), is_segments(unit)) {
            let [first, second] = [first, second].map(|coder| coders(study, &[*coder], 1));
            computed.push(format!(
                "first_only, second_only: units that {first} or {second} coded alone; both, neither: units that both or neither coded."
            ));
        }
        if several && !is_segments(unit) {
            computed.push(format!(
                "{}, {}: the mean over the pairs of coders, each on the units of the sources in which both worked; pairs for whom it is not defined are left out, and note says of how many it is.",
                Statistic::Holsti.key(),
                Statistic::LightKappa.key()
            ));
        }
        if !is_segments(unit) {
            computed.push("Brennan–Prediger κ and Gwet’s AC1 depend on what could be chosen: coded or not, 2 categories.".to_owned());
        }
    }
    computed.push(BY_CUSTOM.to_owned());
    computed
}

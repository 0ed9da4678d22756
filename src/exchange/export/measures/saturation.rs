use std::collections::BTreeSet;

use super::{Measured, WHOSE, apart, figure, names};
use crate::analysis::leads::Leads;
use crate::analysis::saturation::{Band, Outcome, Rule, Run, Runs, Stratum, news, runs};
use crate::exchange::export::table::Table;
use crate::study::Study;

/// How saturation depends on the order of interviews.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sensitivity {
    /// How many random orders were tried.
    pub orders: usize,
    /// What they come from.
    pub seed: u64,
    /// Of each stratum, the themes heard after each interview.
    pub bands: Vec<Vec<Band>>,
}

/// What the rule says, in words. Never that a study is saturated.
#[must_use]
pub fn outcome_says(found: &Runs, rule: Rule) -> String {
    let brought = |run: &Run| format!("{} of {} ({})", run.new, found.base, brought_says(run.share, rule));
    match found.outcome {
        Outcome::Reached(reached) => {
            // What was reached once need not last.
            let later = found.runs.iter().filter(|run| run.until > reached.run.until && run.share > rule.threshold);
            let again = later
                .max_by_key(|run| run.new)
                .map_or_else(String::new, |most| format!("; later runs brought up to {} ({})", most.new, brought_says(most.share, rule)));
            format!(
                "at most {} new information at {}+{} (base {}): that run brought {}{again}",
                threshold_says(rule),
                reached.before,
                rule.run.max(1),
                rule.base.max(1),
                brought(&reached.run),
            )
        }
        Outcome::NotReached(last) => {
            format!("no run brought as little as {} (base {}): the last brought {}", threshold_says(rule), rule.base.max(1), brought(&last))
        }
        Outcome::TooFew { needed } => format!("not enough interviews: it takes {needed}"),
        Outcome::NotDefined => "not defined – no theme was heard in the base".to_owned(),
    }
}

/// In which order interviews stand, of which so many have no day.
pub(in crate::exchange) fn order_says(undated: usize) -> String {
    let undated = if undated > 0 { format!(", {undated} without a date that is a day after the rest") } else { String::new() };
    format!("in the order of their dates (those of one day in the order of the sources{undated})")
}

/// At which level themes count.
pub(in crate::exchange) const LEVEL: &str =
    "A theme counts with those below it, so the first coding of a sub-theme also brings the themes above it.";

/// Most decimals of a share in per cent.
const DECIMALS: i32 = 6;

/// How many per cent a share is, rounded.
fn hundredths(share: f64, decimals: i32) -> f64 {
    let scale = 10f64.powi(decimals);
    (share * (100.0 * scale)).round() / scale
}

/// A share in per cent with a decimal where it has any, and with as many more as it takes to stand to another one as it does.
pub(in crate::exchange) fn per_cent_beside(share: f64, other: f64) -> String {
    let (exact, beside) = (hundredths(share, DECIMALS), hundredths(other, DECIMALS));
    let same = |decimals: &i32| hundredths(share, *decimals).partial_cmp(&beside) == exact.partial_cmp(&beside);
    format!("{} %", hundredths(share, (1..DECIMALS).find(same).unwrap_or(DECIMALS)))
}

/// The threshold as it was set.
pub(in crate::exchange) fn threshold_says(rule: Rule) -> String {
    per_cent_beside(rule.threshold, rule.threshold)
}

/// What a run brought beside the threshold.
pub(in crate::exchange) fn brought_says(share: f64, rule: Rule) -> String {
    per_cent_beside(share, rule.threshold)
}

/// The curve of each stratum with the runs, one row an interview.
#[must_use]
pub fn saturation_measured(
    study: &Study,
    strata: &[Stratum],
    rule: Rule,
    sensitivity: Option<&Sensitivity>,
    name: impl Fn(&Stratum) -> String,
) -> Measured {
    let mut header = vec!["whose", "interview", "source", "date", "new", "heard", "share", "run_new", "run_share"];
    if sensitivity.is_some() {
        header.extend(["low", "median", "high"]);
    }
    let (mut rows, mut found) = (Vec::new(), Vec::new());
    for (place, stratum) in strata.iter().enumerate() {
        let new = news(stratum.heard());
        let runs = runs(&new, rule);
        found.push(format!("{}: {}.", name(stratum), outcome_says(&runs, rule)));
        let total: usize = new.iter().sum();
        let mut heard = 0;
        for (at, (interview, new)) in stratum.interviews.iter().zip(&new).enumerate() {
            heard += new;
            let run = runs.runs.iter().find(|run| run.until == at + 1);
            let label = study.material(interview.source).map_or("", |material| &material.source.label);
            let mut row = vec![
                name(stratum),
                (at + 1).to_string(),
                label.to_owned(),
                interview.date.clone(),
                new.to_string(),
                heard.to_string(),
                figure((total > 0).then(|| heard as f64 / total as f64)),
                run.map_or_else(String::new, |run| run.new.to_string()),
                run.map_or_else(String::new, |run| figure(Some(run.share))),
            ];
            if let Some(sensitivity) = sensitivity {
                let band = sensitivity.bands.get(place).and_then(|bands| bands.get(at));
                let of = |band: Option<u32>| band.map_or_else(String::new, |count| count.to_string());
                row.extend([of(band.map(|band| band.low)), of(band.map(|band| band.median)), of(band.map(|band| band.high))]);
            }
            rows.push((row, Some(Leads::Source { source: interview.source, filter: stratum.filter.clone() })));
        }
    }
    let (rows, leads) = apart(rows);
    let words = ["whose", "source", "date"];
    let table = Table::new(names(&header), rows).counting(|_, name| !words.contains(&name)).headed(4);
    Measured { name: "Saturation".to_owned(), table, leads, found, computed: computed(rule, sensitivity, strata) }
}

fn computed(rule: Rule, sensitivity: Option<&Sensitivity>, strata: &[Stratum]) -> Vec<String> {
    let all = strata.first();
    let mut computed = vec![
        format!(
            "After Guest, Namey and Chen (2020): base {} interviews, runs of {}, threshold {}. run_new: themes heard for the first time in the run that ends here; run_share: the same over the themes of the base.",
            rule.base.max(1),
            rule.run.max(1),
            threshold_says(rule),
        ),
        "new: themes heard for the first time; heard: themes heard so far; share: of all that are heard in the end, so that the curve always reaches 1.".to_owned(),
        "A theme that was made late and applied to earlier interviews counts where it is first applied.".to_owned(),
        LEVEL.to_owned(),
        // Those without a day are told apart below.
        format!("Interviews are the sources in which participants speak, {}.", order_says(0)),
    ];
    match all.map_or(0, |all| all.undated() - all.without_day().count()) {
        0 => {}
        1 => computed.push("One has no date and stands after the rest.".to_owned()),
        more => computed.push(format!("{more} have no date and stand after the rest, in the order of the sources.")),
    }
    let unread: BTreeSet<String> =
        all.into_iter().flat_map(Stratum::without_day).map(|interview| format!("“{}”", interview.date)).collect();
    if !unread.is_empty() {
        let count = all.map_or(0, |all| all.without_day().count());
        let (have, stand) = if count == 1 { ("1 has", "stands") } else { (&*format!("{count} have"), "stand") };
        let some: Vec<String> = unread.iter().take(5).cloned().collect();
        let more = if unread.len() > some.len() { " and others" } else { "" };
        computed.push(format!(
            "{have} a date that cannot be read as a day and {stand} after the rest, in the order of the sources: {}{more}. Written as 2024-05-14 it can.",
            some.join(", ")
        ));
    }
    if strata.len() > 1 {
        computed.push(WHOSE.to_owned());
    }
    if let Some(sensitivity) = sensitivity {
        computed.push(format!(
            "Sensitivity to the order: low, median and high are the 5th, 50th and 95th percentile of heard over {} random orders, seed {}.",
            sensitivity.orders, sensitivity.seed,
        ));
    }
    computed
}

#[cfg(test)]
mod tests {
    use super::*;

    fn says(news: &[usize], rule: Rule) -> String {
        outcome_says(&runs(news, rule), rule)
    }

    #[test]
    fn what_was_found_is_said_with_its_base_and_never_as_a_verdict() {
        let example = [16, 9, 8, 4, 4, 3, 1, 0, 1, 0];
        let at = says(&example, Rule::default());
        assert_eq!(at, "at most 5 % new information at 6+2 (base 4): that run brought 1 of 37 (2.7 %)");
        let none = says(&example[..7], Rule::default());
        assert_eq!(none, "no run brought as little as 5 % (base 4): the last brought 4 of 37 (10.8 %)");
        assert_eq!(says(&example[..5], Rule::default()), "not enough interviews: it takes 6");
        assert_eq!(says(&[0; 8], Rule::default()), "not defined – no theme was heard in the base");
        assert!([at, none].iter().all(|says| !says.contains("saturated")));
    }

    #[test]
    fn a_run_that_was_reached_is_not_called_the_last_and_what_came_later_is_told() {
        let rule = Rule::default();
        let again = says(&[16, 9, 8, 4, 0, 0, 9, 9, 1, 0], rule);
        assert_eq!(
            again,
            "at most 5 % new information at 4+2 (base 4): that run brought 0 of 37 (0 %); later runs brought up to 18 (48.6 %)"
        );
        // Where no later run is over the threshold again nothing is added.
        assert!(!says(&[16, 9, 8, 4, 0, 0, 1, 0], rule).contains("later"));
    }

    #[test]
    fn a_share_stands_to_the_threshold_in_print_as_it_does_in_truth() {
        assert_eq!(per_cent_beside(0.0504, 0.05), "5.04 %");
        assert_eq!(per_cent_beside(0.04996, 0.05), "4.996 %");
        assert_eq!((per_cent_beside(0.05, 0.05), per_cent_beside(0.07, 0.07)), ("5 %".to_owned(), "7 %".to_owned()));
        assert_eq!((per_cent_beside(1.0 / 37.0, 0.05), per_cent_beside(1.5, 0.05)), ("2.7 %".to_owned(), "150 %".to_owned()));
        assert_eq!(per_cent_beside(0.0004, 0.0), "0.04 %");
        assert_eq!(threshold_says(Rule { threshold: 0.0504, ..Rule::default() }), "5.04 %");
        let close = says(&[119, 0, 0, 0, 6, 0, 6, 0], Rule::default());
        assert_eq!(close, "no run brought as little as 5 % (base 4): the last brought 6 of 119 (5.04 %)");
    }
}

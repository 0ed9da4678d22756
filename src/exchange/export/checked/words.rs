//! Findings in words: those of the command line, of the window and of the table are the same.

use crate::analysis::quotes::{
    Aside, Attributed, FEWEST_WORDS, Fault, Finding, MOST_WORDS, Place, Quotation, Share, SkippedFor, Tally, Verdict,
};
use crate::exchange::export::{Labels, Names};
use crate::study::{CaseId, NOT_STATED, Study};
use crate::text::Step;

/// How a quotation stands to the sources.
#[must_use]
pub const fn verdict_name(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Exact => "exact",
        Verdict::Marked => "exact with ellipses or insertions",
        Verdict::Nearest => "nearest",
        Verdict::NotFound => "not found",
    }
}

/// A fault in a word or two.
#[must_use]
pub const fn fault_name(fault: Fault) -> &'static str {
    match fault {
        Fault::NotFound => "not found",
        Fault::Interviewer => "interviewer",
        Fault::Author => "author",
        Fault::Joined => "joined",
        Fault::Attribution => "attribution",
        Fault::Turned => "turned",
        Fault::Words => "words",
        Fault::Bracketed => "changed in brackets",
        Fault::Unreadable => "unreadable attribution",
    }
}

/// What became of words, in a word.
#[must_use]
pub const fn step_name(step: Step) -> &'static str {
    match step {
        Step::Missing => "missing",
        Step::Added => "added",
        Step::Changed => "changed",
        Step::Kept => "kept",
        Step::LeftOut | Step::Swallowed => "left out",
        Step::Inserted => "inserted",
        Step::Replaced => "replaced in brackets",
        Step::Aside => "note",
    }
}

/// Why a quotation was not looked for, in a word or two.
#[must_use]
pub const fn skipped_name(why: SkippedFor) -> &'static str {
    match why {
        SkippedFor::Few => "few words",
        SkippedFor::Literature => "literature",
        SkippedFor::Long => "many words",
    }
}

/// The same as the end of a sentence about such quotations.
#[must_use]
pub fn skipped_says(why: SkippedFor) -> String {
    match why {
        SkippedFor::Few => format!("of fewer than {FEWEST_WORDS} words without attribution, not looked for"),
        SkippedFor::Literature => "from the literature, not looked for".to_owned(),
        SkippedFor::Long => format!("of more than {MOST_WORDS} words, not looked for"),
    }
}

/// How much somebody is quoted against how much they spoke; nothing where it is about as much.
#[must_use]
pub const fn share_says(share: Share) -> &'static str {
    match share {
        Share::More => "more than they spoke",
        Share::Even => "",
        Share::Less => "less than they spoke",
    }
}

/// Where a quotation stands in its report.
#[must_use]
pub fn at_says(quotation: &Quotation) -> String {
    match (quotation.aside, quotation.line) {
        (Some(aside), _) => aside_says(aside),
        (None, Some(line)) => format!("line {line}"),
        (None, None) => format!("paragraph {}", quotation.paragraph),
    }
}

/// What stands beside the running text of a report.
#[must_use]
pub fn aside_says(aside: Aside) -> String {
    match aside {
        Aside::Footnote(number) => format!("note {number}"),
        Aside::Endnote(number) => format!("endnote {number}"),
        Aside::TextBox(number) => format!("text box {number}"),
    }
}

/// Where words stand in a source.
#[must_use]
pub fn place_says(source: &str, place: &Place) -> String {
    format!("{source}, ¶ {}", place.paragraph + 1)
}

/// What differs in one place: words of the quotation and of the source.
#[must_use]
pub fn altered_says(step: Step, quoted: &str, source: &str) -> String {
    match step {
        Step::Missing => format!("missing: “{source}”"),
        Step::Swallowed => format!("left out: “{source}”"),
        Step::Added => format!("put in: “{quoted}”"),
        _ if source.is_empty() => format!("put in: “{quoted}”"),
        _ => format!("“{quoted}” for “{source}”"),
    }
}

/// That a report has no quotations.
#[must_use]
pub fn no_quotations_says(name: &str) -> String {
    format!("“{name}” has no quotations: nothing in quotation marks, and no paragraph set apart as one.")
}

/// How many quotations are right, in a line; what there is none of is left out.
#[must_use]
pub fn tally_says(tally: &Tally) -> String {
    let Tally { quotations, exact, differ, not_found, attributions_differ, attributions_unknown, to_look_at: _ } = *tally;
    let some = |number: usize, one: &str, many: &str| (number > 0).then(|| format!("{number} {}", if number == 1 { one } else { many }));
    let all = some(quotations, "quotation", "quotations").unwrap_or_else(|| "No quotation was looked for".to_owned());
    let words = [some(exact, "exact", "exact"), some(differ, "differs", "differ"), some(not_found, "not found", "not found")];
    let attributions = [
        some(attributions_differ, "attribution differs", "attributions differ"),
        some(attributions_unknown, "attribution names nobody known", "attributions name nobody known"),
    ];
    let joined = |parts: [Option<String>; 2]| parts.into_iter().flatten().collect::<Vec<_>>().join(", ");
    let words = words.into_iter().flatten().collect::<Vec<_>>().join(", ");
    let said = [words, joined(attributions)].into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join("; ");
    if said.is_empty() { all } else { format!("{all}: {said}") }
}

/// Tells of findings by the names of one study.
pub struct Told<'a> {
    names: Names<'a>,
}

impl<'a> Told<'a> {
    /// With full names.
    #[must_use]
    pub fn new(study: &'a Study) -> Self {
        Self { names: Names::new(study, Labels::FULL) }
    }

    fn label(&self, case: Option<CaseId>) -> &'a str {
        case.and_then(|case| self.names.study().case(case)).map_or(NOT_STATED, |case| case.label.as_str())
    }

    /// Source and paragraph.
    #[must_use]
    pub fn short(&self, place: &Place) -> String {
        let source = self.names.study().material(place.source).map(|material| material.source.label.as_str()).unwrap_or_default();
        place_says(source, place)
    }

    /// Source, paragraph, whose words, and what is marked there.
    #[must_use]
    pub fn place(&self, place: &Place) -> String {
        let case = |case: &Option<CaseId>| {
            let case = case.and_then(|case| self.names.study().case(case));
            case.map_or_else(|| NOT_STATED.to_owned(), |case| self.names.case(case))
        };
        let mut whose: Vec<String> = place.cases.iter().map(case).collect();
        whose.extend((place.interviewer_words > 0).then(|| "the interviewer".to_owned()));
        whose.extend((place.author_words > 0).then(|| "the author".to_owned()));
        let marks = [(!place.themes.is_empty()).then_some("coded"), place.quote_marked.then_some("marked as a quote")];
        let whose = format!("{}, {}", self.short(place), whose.join(" and "));
        [whose.as_str()].into_iter().chain(marks.into_iter().flatten()).collect::<Vec<_>>().join("; ")
    }

    /// Other places that say the same; nothing where there are none.
    #[must_use]
    pub fn others(&self, finding: &Finding) -> Option<String> {
        let others: Vec<String> = finding.others.iter().map(|place| self.short(place)).collect();
        (!others.is_empty()).then(|| format!("also in {}", others.join(", ")))
    }

    /// That some words of a quotation stand in another place than the rest.
    #[must_use]
    pub fn elsewhere(&self, words: &str, place: &Place) -> String {
        format!("“{words}” stands elsewhere: {}", self.place(place))
    }

    /// How a quotation stands to the sources, with how much is the same where it differs.
    #[must_use]
    pub fn verdict(&self, finding: &Finding) -> String {
        match finding.verdict {
            Verdict::Nearest => {
                format!("{}, {:.0} % the same", verdict_name(finding.verdict), (finding.similarity * 100.0).floor())
            }
            Verdict::NotFound => format!("{} in any source", verdict_name(finding.verdict)),
            Verdict::Exact | Verdict::Marked => verdict_name(finding.verdict).to_owned(),
        }
    }

    /// What the attribution of a quotation is worth, held against whose words they are.
    #[must_use]
    pub fn attribution(&self, finding: &Finding) -> String {
        if finding.quotation.attribution.is_none() && finding.attributed == Attributed::SaysNothing {
            return "no attribution".to_owned();
        }
        match &finding.attributed {
            Attributed::Agrees => "attribution right".to_owned(),
            Attributed::Contradicts(all) => {
                let all: Vec<_> = all.iter().map(|one| format!("said “{}”, is {}", one.says, one.source)).collect();
                format!("attribution differs: {}", all.join("; "))
            }
            Attributed::SaysNothing if finding.place.as_ref().is_none_or(Place::is_nobodys) => "attribution not compared".to_owned(),
            Attributed::SaysNothing => "attribution says nothing that can be compared".to_owned(),
            Attributed::Unreadable => {
                let cases: Vec<&str> = finding.place.iter().flat_map(|place| &place.cases).map(|case| self.label(*case)).collect();
                let named = if cases.is_empty() { NOT_STATED.to_owned() } else { cases.join(", ") };
                format!("attribution names nobody and nothing that the study has; the words are of {named}")
            }
        }
    }

    /// A fault in a sentence; nothing for what the finding itself says.
    #[must_use]
    pub fn fault(&self, finding: &Finding, fault: Fault) -> Option<String> {
        Some(match fault {
            Fault::NotFound => return None,
            Fault::Interviewer => "these are the words of the interviewer".to_owned(),
            Fault::Author => "these are the words of the author of a report, not of a participant".to_owned(),
            Fault::Joined => "words of several people are joined in one quotation".to_owned(),
            Fault::Attribution | Fault::Unreadable => self.attribution(finding),
            Fault::Turned => "a word that turns the sense round".to_owned(),
            Fault::Words => "other words than in the source".to_owned(),
            Fault::Bracketed => "changed in brackets".to_owned(),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_tally_leaves_out_what_there_is_none_of() {
        let some =
            Tally { quotations: 42, exact: 38, differ: 3, not_found: 1, attributions_differ: 2, attributions_unknown: 0, to_look_at: 5 };
        for (tally, expected) in [
            (some, "42 quotations: 38 exact, 3 differ, 1 not found; 2 attributions differ"),
            (Tally { differ: 0, not_found: 0, attributions_differ: 0, ..some }, "42 quotations: 38 exact"),
            (
                Tally { quotations: 1, exact: 0, differ: 1, not_found: 0, attributions_differ: 1, attributions_unknown: 1, to_look_at: 1 },
                "1 quotation: 1 differs; 1 attribution differs, 1 attribution names nobody known",
            ),
            (Tally::default(), "No quotation was looked for"),
        ] {
            assert_eq!(tally_says(&tally), expected);
        }
    }
}

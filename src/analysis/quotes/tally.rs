use super::attribution::Attributed;
use super::check::{Checked, Finding, Verdict};

/// How many quotations of a report are right, and how many are not.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    /// Those that were looked for.
    pub quotations: usize,
    /// Word for word, or but for what ellipses and brackets show.
    pub exact: usize,
    /// Near to something in a source.
    pub differ: usize,
    /// Near to nothing.
    pub not_found: usize,
    /// With an attribution that says something that is not so.
    pub attributions_differ: usize,
    /// With an attribution that names nothing and nobody that the study has.
    pub attributions_unknown: usize,
    /// With any fault.
    pub to_look_at: usize,
}

impl Checked {
    /// Counts the findings.
    #[must_use]
    pub fn tally(&self) -> Tally {
        let count = |is: &dyn Fn(&Finding) -> bool| self.findings.iter().filter(|finding| is(finding)).count();
        Tally {
            quotations: self.findings.len(),
            exact: count(&|finding| matches!(finding.verdict, Verdict::Exact | Verdict::Marked)),
            differ: count(&|finding| finding.verdict == Verdict::Nearest),
            not_found: count(&|finding| finding.verdict == Verdict::NotFound),
            attributions_differ: count(&|finding| matches!(finding.attributed, Attributed::Contradicts(_))),
            attributions_unknown: count(&|finding| finding.attributed == Attributed::Unreadable),
            to_look_at: count(&|finding| !finding.faults.is_empty()),
        }
    }
}

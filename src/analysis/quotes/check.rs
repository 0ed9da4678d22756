use std::collections::BTreeSet;
use std::sync::Arc;

use super::attribution::{Attributed, Names, Reading};
use super::place::Place;
use super::spread::Spread;
use crate::analysis::matrix::said;
use crate::study::{CaseId, Material, Study};
use crate::text::{Match, NoSuchBlob, QuoteIndex, Span, Step, Stretch, Texts, Wording, fold, tokens};

/// Fewer words than these in quotation marks are no quotation unless an attribution says so: "the ‘open door’".
pub const FEWEST_WORDS: usize = 4;

/// More words than these are not compared.
pub const MOST_WORDS: usize = 1_000;

/// Added words have so much in common with another place when they are taken for words from there.
const ELSEWHERE: f64 = 0.75;

/// Words that turn what is said into its opposite.
const TURNING: &[&str] =
    &["not", "no", "never", "none", "nor", "neither", "nothing", "nobody", "nowhere", "cannot", "without", "hardly", "nae", "nane"];

/// A quotation of a report, as it was read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Quotation {
    /// Its words, without the marks around them.
    pub words: String,
    /// What stands with it to say whose words they are, without brackets.
    pub attribution: Option<String>,
    /// What stands near it ("Team leader, Fife:" or "A client in Fife said:" before it, "said a client" behind it, brackets later in its
    /// sentence): the first of them that says nothing
    /// but whose words they are counts as the attribution, where there is no other.
    pub beside: Vec<String>,
    /// Number of the report's paragraph, from 1.
    pub paragraph: usize,
    /// Line of the file, from 1, where the file has lines.
    pub line: Option<usize>,
}

/// What a report's quotations are worth.
#[derive(Clone, Debug)]
pub struct Checked {
    /// The quotations that were looked for, worst first; of equally bad ones those with an attribution first, then in the order of the
    /// report.
    pub findings: Vec<Finding>,
    /// Those that were not, in the order of the report.
    pub skipped: Vec<Skipped>,
    /// Who is quoted how much.
    pub spread: Spread,
}

/// A quotation that was not looked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Skipped {
    /// The quotation.
    pub quotation: Quotation,
    /// Why not.
    pub why: SkippedFor,
}

/// Why a quotation was not looked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum SkippedFor {
    /// It has fewer than [`FEWEST_WORDS`] words and no attribution that the study knows: a word held at arm's length.
    Few,
    /// Its attribution is that of a book or paper.
    Literature,
    /// It has more than [`MOST_WORDS`] words.
    Long,
}

/// How a quotation stands to the sources.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// Word for word; case, accents, dashes and the kind of quotation marks are not held against it.
    Exact,
    /// Word for word but for what ellipses and square brackets show.
    Marked,
    /// Not so in any source; this is the place nearest to it.
    Nearest,
    /// There is nothing near to it.
    NotFound,
}

/// What is wrong with a quotation; the worst first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Fault {
    /// No source has anything like it.
    NotFound,
    /// They are the words of whoever asked.
    Interviewer,
    /// They are the words of the author of a report among the sources.
    Author,
    /// They are of several people.
    Joined,
    /// The attribution says something that is not so.
    Attribution,
    /// A word is missing or put in that turns the sense round.
    Turned,
    /// Other words differ.
    Words,
    /// Something in square brackets stands in the place of words that say more than whom or what they name or point at.
    Bracketed,
    /// The attribution names nothing that the study has.
    Unreadable,
}

/// Words of the quotation that are not those of the source.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Altered {
    /// Missing, added, changed, or replaced in brackets.
    pub step: Step,
    /// The words of the quotation; empty where words are missing.
    pub quoted: String,
    /// The words of the source; empty where words were put in.
    pub source: String,
}

/// Words of a quotation that were found in another place than the rest.
#[derive(Clone, Debug, PartialEq)]
pub struct Elsewhere {
    /// The words, as the quotation has them.
    pub words: String,
    /// Where they stand.
    pub place: Place,
}

/// What was found of one quotation.
#[derive(Clone, Debug, PartialEq)]
pub struct Finding {
    /// The quotation.
    pub quotation: Quotation,
    /// How it stands to the sources.
    pub verdict: Verdict,
    /// What it has in common with the place, 0–1; see [`Match::similarity`]. 0 when it was not found.
    pub similarity: f64,
    /// Every stretch of the quotation with what became of it, in order; spans are of [`Quotation::words`] and of the source's text.
    pub stretches: Vec<Stretch>,
    /// The words that differ, in order.
    pub altered: Vec<Altered>,
    /// Where it was found; of several places the one that its attribution speaks of, then one where somebody speaks for themselves.
    pub place: Option<Place>,
    /// Other places that say the same.
    pub others: Vec<Place>,
    /// Words of it that stand in another place.
    pub elsewhere: Vec<Elsewhere>,
    /// What its attribution is worth.
    pub attributed: Attributed,
    /// What is wrong with it, worst first; none when all is right.
    pub faults: Vec<Fault>,
}

impl Finding {
    /// Whose words it holds; nobody where it was not found.
    #[must_use]
    pub fn cases(&self) -> BTreeSet<Option<CaseId>> {
        let places = self.place.iter().chain(self.elsewhere.iter().map(|elsewhere| &elsewhere.place));
        places.flat_map(|place| place.cases.iter().copied()).collect()
    }
}

/// Looks for every quotation of a report in the texts of the study.
///
/// # Errors
/// [`NoSuchBlob`] when a text is missing.
pub fn check(study: &Study, texts: &dyn Texts, quotations: &[Quotation]) -> Result<Checked, NoSuchBlob> {
    check_while(study, texts, quotations, |_| true)
}

/// The same for as long as `go_on` says so, which is told how many quotations are done before each text that is read and before each
/// quotation. What was not reached is left out.
///
/// # Errors
/// [`NoSuchBlob`] when a text is missing.
pub fn check_while(
    study: &Study,
    texts: &dyn Texts,
    quotations: &[Quotation],
    mut go_on: impl FnMut(usize) -> bool,
) -> Result<Checked, NoSuchBlob> {
    let checker = Checker::new(study, texts, || go_on(0))?;
    let mut findings = Vec::new();
    let mut skipped = Vec::new();
    for (done, quotation) in quotations.iter().enumerate() {
        if !go_on(done) {
            break;
        }
        match checker.check(quotation) {
            Ok(finding) => findings.push(finding),
            Err(why) => skipped.push(Skipped { quotation: quotation.clone(), why }),
        }
    }
    let spread = Spread::of(study, findings.iter().map(Finding::cases));
    // Those without a fault come last; of equal faults, those that nobody is said to have said may be no quotations at all.
    findings.sort_by_key(|finding| (finding.faults.is_empty(), finding.faults.first().copied(), finding.quotation.attribution.is_none()));
    Ok(Checked { findings, skipped, spread })
}

struct Checker<'a> {
    study: &'a Study,
    names: Names<'a>,
    index: QuoteIndex,
    /// The sources in the order of the index, with their texts.
    sources: Vec<(&'a Material, Arc<str>)>,
}

impl<'a> Checker<'a> {
    fn new(study: &'a Study, texts: &dyn Texts, mut go_on: impl FnMut() -> bool) -> Result<Self, NoSuchBlob> {
        let mut sources = Vec::new();
        for material in study.materials() {
            if !go_on() {
                break;
            }
            let Some(revision) = material.revision() else { continue };
            sources.push((material.as_ref(), texts.text(revision.text)?));
        }
        let index = QuoteIndex::of(sources.iter().map(|(material, text)| (text.as_ref(), material.geometry.as_ref())));
        Ok(Self { study, names: Names::of(study), index, sources })
    }

    fn check(&self, quotation: &Quotation) -> Result<Finding, SkippedFor> {
        let wording = Wording::of(&quotation.words);
        let reading = self.reading(quotation);
        if wording.len() < FEWEST_WORDS && !reading.is_known() {
            return Err(SkippedFor::Few);
        } else if reading.is_literature() {
            return Err(SkippedFor::Literature);
        } else if wording.len() > MOST_WORDS {
            return Err(SkippedFor::Long);
        }
        let mut places: Vec<(Attributed, Place, Match)> = self
            .index
            .find(&wording)
            .into_iter()
            .filter(Match::is_near)
            .filter_map(|found| {
                let place = self.place(&found)?;
                Some((self.names.compare(&reading, &place), place, found))
            })
            .collect();
        places.sort_by_key(|(attributed, place, _)| (matches!(attributed, Attributed::Contradicts(_)), place.rank(self.study)));
        let mut places = places.into_iter();
        let Some((attributed, place, found)) = places.next() else { return Ok(not_found(quotation)) };
        let elsewhere = self.index.find_added(&wording, &found).into_iter().filter(|(_, found)| found.similarity >= ELSEWHERE);
        let elsewhere: Vec<Elsewhere> = elsewhere
            .filter_map(|(words, found)| Some(Elsewhere { words: words.slice(&quotation.words).to_owned(), place: self.place(&found)? }))
            .collect();
        let verdict = match (found.is_exact(), found.is_marked()) {
            (true, false) => Verdict::Exact,
            (true, true) => Verdict::Marked,
            (false, _) => Verdict::Nearest,
        };
        let altered = self.altered(quotation, &found);
        let faults = faults(&attributed, &place, &altered, &elsewhere);
        Ok(Finding {
            quotation: quotation.clone(),
            verdict,
            similarity: found.similarity,
            stretches: found.stretches,
            altered,
            place: Some(place),
            others: places.map(|(_, place, _)| place).collect(),
            elsewhere,
            attributed,
            faults,
        })
    }

    fn reading(&self, quotation: &Quotation) -> Reading {
        if let Some(attribution) = &quotation.attribution {
            return self.names.read(attribution);
        }
        let mut beside = quotation.beside.iter().map(|beside| self.names.read(beside));
        beside.find(|reading| reading.is_known() && reading.is_all_known()).unwrap_or_default()
    }

    fn place(&self, found: &Match) -> Option<Place> {
        self.sources.get(found.text).map(|(material, _)| Place::of(self.study, material, found))
    }

    fn altered(&self, quotation: &Quotation, found: &Match) -> Vec<Altered> {
        let Some((material, text)) = self.sources.get(found.text) else { return Vec::new() };
        let in_source = |span: Span| if span.is_empty() { String::new() } else { said(&material.geometry, text, span) };
        let altered = found.differences().map(|stretch| Altered {
            step: stretch.step,
            quoted: stretch.quoted.slice(&quotation.words).to_owned(),
            source: in_source(stretch.source),
        });
        altered.collect()
    }
}

fn not_found(quotation: &Quotation) -> Finding {
    Finding {
        quotation: quotation.clone(),
        verdict: Verdict::NotFound,
        similarity: 0.0,
        stretches: Vec::new(),
        altered: Vec::new(),
        place: None,
        others: Vec::new(),
        elsewhere: Vec::new(),
        attributed: Attributed::SaysNothing,
        faults: vec![Fault::NotFound],
    }
}

fn faults(attributed: &Attributed, place: &Place, altered: &[Altered], elsewhere: &[Elsewhere]) -> Vec<Fault> {
    let mut faults = Vec::new();
    if place.is_nobodys() && place.interviewer_words > 0 {
        faults.push(Fault::Interviewer);
    } else if place.is_nobodys() {
        faults.push(Fault::Author);
    }
    let is_others = |elsewhere: &Elsewhere| elsewhere.place.cases != place.cases || elsewhere.place.is_nobodys() != place.is_nobodys();
    if place.is_joined() || elsewhere.iter().any(is_others) {
        faults.push(Fault::Joined);
    }
    match attributed {
        Attributed::Contradicts(_) => faults.push(Fault::Attribution),
        Attributed::Unreadable => faults.push(Fault::Unreadable),
        Attributed::Agrees | Attributed::SaysNothing => {}
    }
    if altered.iter().any(turns) {
        faults.push(Fault::Turned);
    } else if altered.iter().any(|altered| altered.step.is_difference()) {
        faults.push(Fault::Words);
    }
    if altered.iter().any(|altered| altered.step == Step::Replaced) {
        faults.push(Fault::Bracketed);
    }
    faults.sort_unstable();
    faults
}

/// Whether a difference turns the sense round: one side says "not" and the other does not.
fn turns(altered: &Altered) -> bool {
    let turning = |words: &str| {
        let is_turning = |word: &str| TURNING.contains(&word) || word.ends_with("n't") || word.ends_with("nae");
        tokens(words).filter(|token| is_turning(&fold(&token.folded))).count()
    };
    turning(&altered.quoted) % 2 != turning(&altered.source) % 2
}

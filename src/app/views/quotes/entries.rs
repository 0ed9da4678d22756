//! The marked quotes as they are listed, gathered once for each study.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::label::Facts;
use super::listing::Grouping;
use crate::analysis::quotes::{MarkedQuote, Spread, marked};
use crate::app::Seen;
use crate::exchange::export::Names;
use crate::study::{CaseId, Material, NOT_STATED, Role, Study, ThemeId, ValueId};
use crate::text::{NoSuchBlob, Texts, fold};

/// What a quote stands under: its words, and its place among others.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Heading {
    order: Vec<usize>,
    /// As it is shown.
    pub words: String,
}

impl Heading {
    /// Its place: in the analyst's order, several together after the first of them, none last.
    pub fn order(&self) -> (bool, &[usize]) {
        (self.order.is_empty(), &self.order)
    }
}

/// A quote as it is listed.
#[derive(Clone, Debug)]
pub struct Entry {
    /// The quote.
    pub quote: MarkedQuote,
    /// The themes it stands for: that of the coding it hangs on, else of those over it.
    pub themes: Vec<ThemeId>,
    /// The groups of who says it; `None` is *Not stated*.
    pub groups: BTreeSet<Option<ValueId>>,
    /// The areas of who says it; `None` is *Not stated*.
    pub areas: BTreeSet<Option<ValueId>>,
    /// Who says it, for the label.
    pub who: Vec<Facts>,
    /// The source and paragraph: "FIF-W3, ¶ 57".
    pub place: String,
    /// What it is contrary to, if it is.
    pub contrary: Option<String>,
    /// What it stands under by theme, group and area.
    headings: [Heading; 3],
    /// Its words and those of its place, folded.
    folded: String,
}

impl Entry {
    fn new(study: &Study, material: &Material, quote: MarkedQuote) -> Self {
        let themes = themes(study, material, &quote);
        let [groups, areas] = [Role::Group, Role::Area].map(|role| values(study, &quote.cases, role));
        let place = format!("{}, ¶ {}", material.source.label, quote.paragraph + 1);
        let contrary = contrary(material, &quote);
        let who = who(study, material, &quote);
        let headings = [
            theme_heading(study, &themes),
            value_heading(study, Role::Group, &groups, quote.broken),
            value_heading(study, Role::Area, &areas, quote.broken),
        ];
        let named: Vec<&str> = who.iter().flat_map(|facts| [&*facts.case, &*facts.group, &*facts.area]).collect();
        let [of_theme, ..] = &headings;
        let folded = fold(&format!("{} {place} {} {}", quote.words, named.join(" "), of_theme.words));
        Self { quote, themes, groups, areas, who, place, contrary, headings, folded }
    }

    /// Who says it, for a label that leaves the project: with what is masked of them, once where several values are.
    pub fn masked(&self, names: &Names<'_>) -> Vec<Facts> {
        let hides = |case: Option<CaseId>, role| {
            let attribute = names.study().attributes().with_role(role);
            case.zip(attribute).is_some_and(|(case, attribute)| names.hides(case, attribute.id))
        };
        let each = self.quote.cases.iter().zip(&self.who).map(|(case, facts)| {
            let mut facts = facts.clone();
            match (hides(*case, Role::Group), hides(*case, Role::Area)) {
                (true, _) => (facts.group, facts.area) = (names.mask_word(), String::new()),
                (false, true) => facts.area = names.mask_word(),
                (false, false) => {}
            }
            facts
        });
        each.collect()
    }

    /// What it stands under.
    pub const fn heading(&self, grouping: Grouping) -> &Heading {
        let [theme, group, area] = &self.headings;
        match grouping {
            Grouping::Theme => theme,
            Grouping::Group => group,
            Grouping::Area => area,
        }
    }

    /// Whether it, or its label (folded), holds each of these folded words.
    pub fn holds(&self, words: &[String], label: &str) -> bool {
        words.iter().all(|word| self.folded.contains(word) || label.contains(word))
    }
}

/// All quotes of a study, and who is quoted how much.
#[derive(Clone, Debug, Default)]
pub struct Entries {
    seen: Seen,
    /// The quotes by theme, source and place.
    pub all: Arc<[Entry]>,
    /// The themes with quotes and those above them, in their order, by their paths.
    pub themes: Arc<[(ThemeId, String)]>,
    /// Who is quoted how much.
    pub spread: Arc<Spread>,
}

impl Entries {
    /// Gathers them; to be run in a job, because every text with a quote is read.
    ///
    /// # Errors
    /// [`NoSuchBlob`] when a text is missing.
    pub fn of(study: &Arc<Study>, texts: &dyn Texts) -> Result<Self, NoSuchBlob> {
        let quotes = marked(study, texts)?;
        let spread = Spread::of(study, quotes.iter().map(|quote| quote.cases.iter().copied().collect()));
        let entry = |quote: MarkedQuote| study.material(quote.source).map(|material| Entry::new(study, material, quote));
        let mut all: Vec<Entry> = quotes.into_iter().filter_map(entry).collect();
        // Stable: sources and places stay in order.
        all.sort_by(|one, other| one.heading(Grouping::Theme).order().cmp(&other.heading(Grouping::Theme).order()));
        Ok(Self { seen: Seen::of(study), themes: quoted_themes(study, &all), all: all.into(), spread: Arc::new(spread) })
    }

    /// Whether these are the quotes of `study` as it is now.
    pub fn are_of(&self, study: &Arc<Study>) -> bool {
        self.seen.is(study)
    }
}

/// The themes that quotes stand for, with those above.
fn quoted_themes(study: &Study, entries: &[Entry]) -> Arc<[(ThemeId, String)]> {
    let book = study.codebook();
    let lines: BTreeSet<usize> = entries.iter().flat_map(|entry| &entry.themes).filter_map(|theme| book.line(*theme)).collect();
    let rows = book.outline().iter().enumerate();
    let quoted = rows.filter(|(line, row)| lines.range(*line..row.end.max(*line + 1)).next().is_some());
    quoted.map(|(_, row)| (row.theme, book.path(row.theme))).collect()
}

fn themes(study: &Study, material: &Material, quote: &MarkedQuote) -> Vec<ThemeId> {
    let found: BTreeSet<ThemeId> = match quote.theme {
        Some(theme) => BTreeSet::from([theme]),
        None if quote.broken => BTreeSet::new(),
        None => material.codings_over(quote.span).map(|coded| coded.coding.theme).collect(),
    };
    let mut themes: Vec<ThemeId> = found.into_iter().collect();
    themes.sort_by_key(|theme| study.codebook().line(*theme));
    themes
}

/// The values of some cases; *Not stated* where one has none.
pub(super) fn values<'a>(study: &Study, cases: impl IntoIterator<Item = &'a Option<CaseId>>, role: Role) -> BTreeSet<Option<ValueId>> {
    let each = cases.into_iter().flat_map(|case| {
        let own = case.map(|case| study.role_values(case, role)).unwrap_or_default();
        if own.is_empty() { vec![None] } else { own.into_iter().map(Some).collect() }
    });
    each.collect()
}

fn who(study: &Study, material: &Material, quote: &MarkedQuote) -> Vec<Facts> {
    let named = |case: &Option<CaseId>| {
        let case = case.and_then(|case| study.case(case));
        let value = |role| {
            let attribute = study.attributes().with_role(role);
            case.zip(attribute).map(|(case, attribute)| study.value_names(&case.values, attribute.id)).unwrap_or_default()
        };
        Facts {
            case: case.map_or_else(|| NOT_STATED.to_owned(), |case| case.label.clone()),
            group: value(Role::Group),
            area: value(Role::Area),
            source: material.source.label.clone(),
            paragraph: (quote.paragraph + 1).to_string(),
        }
    };
    quote.cases.iter().map(named).collect()
}

fn contrary(material: &Material, quote: &MarkedQuote) -> Option<String> {
    let mark = material.kept_quote_marks().find(|mark| mark.id == quote.mark)?;
    let over: Vec<_> = match mark.coding {
        Some(coding) => vec![coding],
        None if quote.broken => Vec::new(),
        None => material.codings_over(quote.span).map(|coded| coded.coding.id).collect(),
    };
    material.contrary_marks.iter().find(|mark| over.contains(&mark.coding)).map(|mark| mark.contrary_to.clone())
}

fn theme_heading(study: &Study, themes: &[ThemeId]) -> Heading {
    let book = study.codebook();
    let paths: Vec<String> = themes.iter().map(|theme| book.path(*theme)).collect();
    let words = if paths.is_empty() { "Without a theme".to_owned() } else { paths.join("; ") };
    Heading { order: themes.iter().map(|theme| book.line(*theme).unwrap_or(usize::MAX)).collect(), words }
}

fn value_heading(study: &Study, role: Role, values: &BTreeSet<Option<ValueId>>, broken: bool) -> Heading {
    let attribute = study.attributes().with_role(role);
    let all = attribute.map(|attribute| study.attributes().values_of(attribute.id)).unwrap_or_default();
    let place = |value: &Option<ValueId>| all.iter().position(|other| Some(other.id) == *value).unwrap_or(usize::MAX);
    let mut order: Vec<usize> = values.iter().map(place).collect();
    order.sort_unstable();
    let names: Vec<&str> = order.iter().map(|at| all.get(*at).map_or(NOT_STATED, |value| value.name.as_str())).collect();
    let words = match (names.is_empty(), broken) {
        (false, _) => names.join("; "),
        (true, true) => "Corrected since".to_owned(),
        (true, false) => "No participant’s words".to_owned(),
    };
    Heading { order, words }
}

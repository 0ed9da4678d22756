//! Which quotes are listed, in which order, under which headings.

use super::entries::Entry;
use crate::app::views::headed::Headed;
use crate::study::{CoderId, Consent, Strength, Study, ThemeId, ValueId};
use crate::text::fold;

/// Under what quotes are put together.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Grouping {
    /// What they are quoted for.
    #[default]
    Theme,
    /// Which group says it.
    Group,
    /// In which area it is said.
    Area,
}

impl Grouping {
    /// The next one, the first after the last.
    pub const fn next(self) -> Self {
        match self {
            Self::Theme => Self::Group,
            Self::Group => Self::Area,
            Self::Area => Self::Theme,
        }
    }
}

/// A value of who says a quote; `None` is *Not stated*.
pub type Held = Option<ValueId>;

/// Which quotes are shown, and how.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Wanted {
    /// Words they, their labels or their cases hold.
    pub filter: String,
    /// The theme they stand for, or one above it.
    pub theme: Option<ThemeId>,
    /// A group of who says it.
    pub group: Option<Held>,
    /// An area of who says it.
    pub area: Option<Held>,
    /// Who marked them.
    pub coder: Option<CoderId>,
    /// What they stand for.
    pub strength: Option<Strength>,
    /// Whether they may be quoted.
    pub consent: Option<Consent>,
    /// Whether identifying details were looked for.
    pub checked: Option<bool>,
    /// How they are put together.
    pub grouping: Grouping,
}

impl Wanted {
    /// Whether some quotes are left out.
    pub fn narrows(&self) -> bool {
        let who = self.theme.is_some() || self.group.is_some() || self.area.is_some() || self.coder.is_some();
        who || self.strength.is_some() || self.consent.is_some() || self.checked.is_some() || !self.filter.trim().is_empty()
    }

    /// Lets all in.
    pub fn clear(&mut self) {
        *self = Self { grouping: self.grouping, ..Self::default() };
    }

    /// Whether a quote with this label is wanted; `words` are those of the filter, folded.
    fn lets_in(&self, study: &Study, entry: &Entry, words: &[String], label: &str) -> bool {
        self.theme.is_none_or(|theme| entry.themes.iter().any(|own| is_under(study, *own, theme)))
            && self.group.is_none_or(|group| entry.groups.contains(&group))
            && self.area.is_none_or(|area| entry.areas.contains(&area))
            && self.coder.is_none_or(|coder| coder == entry.quote.coder)
            && self.strength.is_none_or(|strength| entry.quote.facts.strength == Some(strength))
            && self.consent.is_none_or(|consent| consent == entry.quote.facts.consent)
            && self.checked.is_none_or(|checked| checked == entry.quote.facts.checked)
            && entry.holds(words, label)
    }
}

/// Whether a theme is another, or stands below it.
fn is_under(study: &Study, theme: ThemeId, above: ThemeId) -> bool {
    let book = study.codebook();
    let Some((line, from)) = book.line(theme).zip(book.line(above)) else { return theme == above };
    book.outline().get(from).is_some_and(|above| (from..above.end).contains(&line))
}

/// The quotes that are wanted, under their headings. `labels` are those of the entries, `height` is that of a quote in points.
pub fn listing(
    study: &Study,
    entries: &[Entry],
    labels: &[String],
    wanted: &Wanted,
    heading: f32,
    height: impl Fn(&Entry) -> f32,
) -> Headed {
    let words: Vec<String> = wanted.filter.split_whitespace().map(fold).collect();
    let all = entries.iter().zip(labels).enumerate();
    let shown = all.filter(|(_, (entry, label))| wanted.lets_in(study, entry, &words, &fold(label)));
    let mut shown: Vec<(usize, &Entry)> = shown.map(|(at, (entry, _))| (at, entry)).collect();
    // Stable: under a group or area the order of themes stays.
    shown.sort_by(|(_, one), (_, other)| one.heading(wanted.grouping).order().cmp(&other.heading(wanted.grouping).order()));
    Headed::new(shown.into_iter().map(|(at, entry)| (at, entry.heading(wanted.grouping).words.clone(), height(entry))), heading)
}

use std::collections::BTreeMap;

use super::super::draft::Problem;

/// What a document can have and a text cannot.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(in super::super) enum Kind {
    /// Pictures, drawings and charts.
    Picture,
    /// Films, sounds, formulas and other documents within.
    Embedded,
    /// Fields, lists and buttons of forms.
    Field,
    /// Menus that lead to other pages.
    Menu,
    /// What stands at the top of each page.
    Header,
    /// What stands at the bottom of each page.
    Footer,
    /// Words that somebody deleted and that were kept to be seen as deleted.
    Deletion,
    /// What was hidden by who wrote it.
    Hidden,
}

impl Kind {
    /// Its names for one and for several.
    const fn names(self) -> (&'static str, &'static str) {
        match self {
            Self::Picture => ("picture", "pictures"),
            Self::Embedded => ("embedded object", "embedded objects"),
            Self::Field => ("field of a form", "fields of forms"),
            Self::Menu => ("menu of links", "menus of links"),
            Self::Header => ("page header", "page headers"),
            Self::Footer => ("page footer", "page footers"),
            Self::Deletion => ("deletion that was tracked", "deletions that were tracked"),
            Self::Hidden => ("hidden passage", "hidden passages"),
        }
    }
}

/// How much of what was left out.
#[derive(Debug, Default)]
pub(in super::super) struct LeftOut {
    counts: BTreeMap<Kind, usize>,
}

impl LeftOut {
    /// One more was left out.
    pub(in super::super) fn add(&mut self, kind: Kind) {
        *self.counts.entry(kind).or_default() += 1;
    }

    /// A sentence for each kind.
    pub(in super::super) fn problems(self) -> Vec<Problem> {
        let sentence = |(kind, count): (Kind, usize)| {
            let (one, several) = kind.names();
            Problem::whole(if count == 1 { format!("1 {one} was left out.") } else { format!("{count} {several} were left out.") })
        };
        self.counts.into_iter().map(sentence).collect()
    }
}

use crate::app::state::View;

/// Where a command works.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scope {
    /// Everywhere in the window.
    Anywhere,
    /// While the text has the focus.
    Text,
    /// In the theme picker.
    Picker,
    /// While the matrix has the focus.
    Matrix,
    /// In the chart of the matrix.
    Chart,
    /// In a list of passages: a cell's pane, the theme reader, *passages* in Search.
    Passages,
    /// Everywhere in Search.
    Search,
    /// While the hits have the focus.
    Hits,
    /// In the list of quotes.
    Quotes,
    /// In the list of memos.
    Notes,
    /// Where measures are shown.
    Measures,
    /// In the list of propositions.
    Propositions,
    /// Where cases are placed in a typology.
    Typologies,
    /// In the tree of themes.
    Themes,
    /// While a theme is split.
    Split,
    /// In the list of cases.
    Cases,
    /// In the list of speakers.
    Speakers,
    /// In the list of edits.
    History,
    /// Everywhere on the import sheet.
    Sheet,
    /// In the cells of a table, while none is written in.
    Cells,
}

impl Scope {
    /// Whether keys of the one could be meant for the other.
    #[must_use]
    pub fn meets(self, other: Self) -> bool {
        self == other || self.encloses(other) || other.encloses(self)
    }

    /// Whether it works wherever the other does.
    const fn encloses(self, other: Self) -> bool {
        match self {
            Self::Anywhere => true,
            Self::Search => matches!(other, Self::Hits | Self::Passages),
            // The passages behind a figure are listed beside it.
            Self::Measures => matches!(other, Self::Passages),
            // What works in the matrix works in its chart, but for letters, which begin to write there.
            Self::Matrix => matches!(other, Self::Chart),
            // The table of History is only read: there keys of cells do nothing else.
            Self::Cells => matches!(other, Self::Cases | Self::Speakers | Self::Sheet | Self::Typologies),
            _ => false,
        }
    }

    /// Whether letters are never keys of it: it works while one types into a field, or letters begin to write in a cell.
    pub(super) const fn takes_no_letters(self) -> bool {
        matches!(
            self,
            Self::Anywhere
                | Self::Search
                | Self::Sheet
                | Self::Picker
                | Self::Cells
                | Self::Cases
                | Self::Speakers
                | Self::Typologies
                | Self::Chart
        )
    }

    /// Whether its keys work while one types into a field. Those of lists are then the field's, or nobody's.
    #[must_use]
    pub const fn works_in_fields(self) -> bool {
        matches!(self, Self::Anywhere | Self::Search | Self::Sheet | Self::Picker | Self::Chart | Self::Typologies)
    }

    /// Whether it can work where `view` is shown, or the import sheet over it.
    #[must_use]
    pub fn works_in(self, view: View, sheet: bool) -> bool {
        match self {
            Self::Anywhere => true,
            Self::Sheet => sheet,
            Self::Cells => sheet || matches!(view, View::Cases | View::Analyse),
            Self::Passages => !sheet && matches!(view, View::Matrix | View::Search | View::Analyse),
            scope => !sheet && scope.view() == Some(view),
        }
    }

    /// Where it works, as it stands beside the name of a command; nothing where it works everywhere.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Anywhere => "",
            Self::Text => "Read",
            Self::Picker => "Theme picker",
            Self::Matrix => "Matrix",
            Self::Chart => "Chart",
            Self::Passages => "Lists of passages",
            Self::Search => "Search",
            Self::Hits => "Hits of a search",
            Self::Quotes => "Quotes",
            Self::Notes => "Notes",
            Self::Measures => "Measures",
            Self::Propositions => "Propositions",
            Self::Typologies => "Typologies",
            Self::Themes => "Themes",
            Self::Split => "Splitting a theme",
            Self::Cases => "Cases",
            Self::Speakers => "Speakers",
            Self::History => "History",
            Self::Sheet => "Import sheet",
            Self::Cells => "Tables",
        }
    }

    /// The view it lies in, where that is one view.
    #[must_use]
    pub const fn view(self) -> Option<View> {
        Some(match self {
            Self::Anywhere | Self::Passages | Self::Sheet | Self::Cells => return None,
            Self::Text | Self::Picker => View::Read,
            Self::Matrix | Self::Chart => View::Matrix,
            Self::Search | Self::Hits => View::Search,
            Self::Quotes => View::Quotes,
            Self::Notes => View::Notes,
            Self::Measures | Self::Propositions | Self::Typologies => View::Analyse,
            Self::Themes | Self::Split => View::Themes,
            Self::Cases | Self::Speakers => View::Cases,
            Self::History => View::History,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn measures_and_the_passages_beside_them_cannot_have_the_same_keys() {
        assert!(Scope::Measures.meets(Scope::Passages) && Scope::Passages.meets(Scope::Measures));
        assert!(!Scope::Measures.meets(Scope::Quotes));
    }
}

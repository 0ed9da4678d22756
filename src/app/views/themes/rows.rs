use std::collections::HashSet;

use super::rename::Naming;
use crate::study::{Codebook, ThemeId};
use crate::text::fold;

/// A line of the tree as it is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Row {
    /// A theme.
    Theme {
        /// Which.
        id: ThemeId,
        /// How many themes stand above it.
        depth: usize,
        /// Whether its sub-themes are shown; none where it has none.
        open: Option<bool>,
        /// Whether it fits the filter; others are shown because of what lies below them.
        fits: bool,
    },
    /// The line in which a new theme is named.
    New {
        /// How many themes stand above it.
        depth: usize,
    },
}

impl Row {
    /// The theme on the line.
    pub const fn theme(&self) -> Option<ThemeId> {
        match self {
            Self::Theme { id, .. } => Some(*id),
            Self::New { .. } => None,
        }
    }
}

/// The lines that are shown. With a filter all themes that fit and those above them, however they are folded.
/// A theme that is being made stands below the last sub-theme of its parent.
pub fn rows(book: &Codebook, folded: &HashSet<ThemeId>, filter: &str, naming: Option<Naming>) -> Vec<Row> {
    let new_below = match naming {
        Some(Naming::New(parent)) => Some(parent),
        Some(Naming::Old(_)) | None => None,
    };
    let wanted = fold(filter.trim());
    let outline = book.outline();
    let fits: Vec<bool> = outline
        .iter()
        .map(|row| {
            book.get(row.theme).is_some_and(|theme| {
                let texts = [&theme.name, &theme.abbreviation, &theme.definition];
                row.number.starts_with(&wanted) || texts.iter().any(|text| fold(text).contains(&wanted))
            })
        })
        .collect();
    let mut shown = Vec::new();
    let mut line = 0;
    // Where new lines go: after the line before this one, at this depth.
    let new_at = new_below.map(|parent| match parent.and_then(|parent| outline.get(book.line(parent)?)) {
        Some(row) => (row.end, row.depth + 1),
        None => (outline.len(), 0),
    });
    while let Some(row) = outline.get(line) {
        if new_at.is_some_and(|(at, _)| at == line) {
            shown.extend(new_at.map(|(_, depth)| Row::New { depth }));
        }
        let within = fits.get(line..row.end).unwrap_or_default();
        let fit = fits.get(line).copied().unwrap_or_default();
        let filtered = !wanted.is_empty();
        let has_below = row.end > line + 1;
        let holds_new = new_below.flatten().is_some_and(|parent| book.is_within(parent, row.theme));
        let open = has_below.then(|| filtered || holds_new || !folded.contains(&row.theme));
        if !filtered || within.contains(&true) {
            shown.push(Row::Theme { id: row.theme, depth: row.depth, open, fits: fit });
            line = if open == Some(false) { row.end } else { line + 1 };
        } else {
            line = row.end;
        }
    }
    if new_at.is_some_and(|(at, _)| at == outline.len()) {
        shown.extend(new_at.map(|(_, depth)| Row::New { depth }));
    }
    shown
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::study::Theme;

    #[test]
    fn folding_filtering_and_naming() {
        let lead = Theme::named(None, "Leadership", 1);
        let voice = Theme::named(Some(lead.id), "National voice", 1);
        let staff = Theme::named(None, "Staffing", 2);
        let cover = Theme::named(Some(staff.id), "Cover", 1);
        let (lead_id, staff_id) = (lead.id, staff.id);
        let book = Codebook::new([lead, voice, staff, cover]);
        let check = |folded: &[ThemeId], filter: &str, new: Option<Naming>, expected: &[&str]| {
            let found = rows(&book, &folded.iter().copied().collect(), filter, new);
            let names: Vec<_> = found
                .iter()
                .map(|row| match row.theme() {
                    Some(id) => book.get(id).unwrap().name.clone(),
                    None => "new".to_owned(),
                })
                .collect();
            assert_eq!(names, expected);
        };
        check(&[], "", None, &["Leadership", "National voice", "Staffing", "Cover"]);
        check(&[lead_id], "", None, &["Leadership", "Staffing", "Cover"]);
        check(&[lead_id], "VOICE", None, &["Leadership", "National voice"]);
        check(&[], "2.1", None, &["Staffing", "Cover"]);
        check(&[lead_id], "", Some(Naming::New(Some(lead_id))), &["Leadership", "National voice", "new", "Staffing", "Cover"]);
        check(&[], "", Some(Naming::New(Some(staff_id))), &["Leadership", "National voice", "Staffing", "Cover", "new"]);
        check(&[staff_id], "", Some(Naming::New(None)), &["Leadership", "National voice", "Staffing", "new"]);
        check(&[], "nothing of it", None, &[]);
    }
}

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use super::entities::Theme;
use super::ids::ThemeId;
use crate::text::fold;

/// What stands between the names of a theme path on screen. A name that holds the sign is written with `\` before it.
pub const PATH_SEPARATOR: &str = " › ";

/// The themes as a tree, in the analyst's order.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Codebook {
    themes: BTreeMap<ThemeId, Arc<Theme>>,
    outline: Vec<Outline>,
    places: HashMap<ThemeId, usize>,
}

/// A theme's place in the tree written out line by line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Outline {
    /// The theme.
    pub theme: ThemeId,
    /// How many themes stand above it.
    pub depth: usize,
    /// Its number ("2.3"): the analyst's own where given, else from its place.
    pub number: String,
    /// Line after the last of its descendants.
    pub end: usize,
}

impl Codebook {
    /// The codebook of these themes.
    #[must_use]
    pub fn new(themes: impl IntoIterator<Item = Theme>) -> Self {
        Self::from_map(themes.into_iter().map(|theme| (theme.id, Arc::new(theme))).collect())
    }

    /// The codebook with each of these themes put in the place of the one with its id, or removed.
    #[must_use]
    pub(super) fn with(&self, replaced: BTreeMap<ThemeId, Option<Theme>>) -> Self {
        let mut themes = self.themes.clone();
        for (id, theme) in replaced {
            match theme {
                Some(theme) => themes.insert(id, Arc::new(theme)),
                None => themes.remove(&id),
            };
        }
        Self::from_map(themes)
    }

    fn from_map(themes: BTreeMap<ThemeId, Arc<Theme>>) -> Self {
        let mut children: HashMap<Option<ThemeId>, Vec<&Arc<Theme>>> = HashMap::new();
        for theme in themes.values() {
            let parent = theme.parent.filter(|parent| themes.contains_key(parent));
            children.entry(parent).or_default().push(theme);
        }
        for siblings in children.values_mut() {
            siblings.sort_by_key(|theme| (theme.position, theme.id));
        }
        let mut outline = Vec::with_capacity(themes.len());
        write_out(&mut outline, &children, None, 0, "");
        let places = outline.iter().enumerate().map(|(line, row)| (row.theme, line)).collect();
        Self { themes, outline, places }
    }

    /// The theme with this identity.
    #[must_use]
    pub fn get(&self, id: ThemeId) -> Option<&Theme> {
        self.themes.get(&id).map(Arc::as_ref)
    }

    /// Number of themes.
    #[must_use]
    pub fn len(&self) -> usize {
        self.themes.len()
    }

    /// Whether there are no themes yet.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.themes.is_empty()
    }

    /// The tree line by line: every theme before its children, siblings in the analyst's order.
    #[must_use]
    pub fn outline(&self) -> &[Outline] {
        &self.outline
    }

    /// The line of [`Codebook::outline`] on which `id` stands.
    #[must_use]
    pub fn line(&self, id: ThemeId) -> Option<usize> {
        self.places.get(&id).copied()
    }

    /// The themes in the analyst's order.
    pub fn themes(&self) -> impl Iterator<Item = &Theme> + '_ {
        self.outline.iter().filter_map(|row| self.get(row.theme))
    }

    /// The children of `parent` (of the top for `None`), in order.
    pub fn children(&self, parent: Option<ThemeId>) -> impl Iterator<Item = &Theme> + '_ {
        let (mut line, end) = match parent {
            None => (0, self.outline.len()),
            Some(parent) => self.line(parent).map_or((0, 0), |line| (line + 1, self.outline.get(line).map_or(0, |row| row.end))),
        };
        std::iter::from_fn(move || {
            let row = self.outline.get(line).filter(|_| line < end)?;
            line = row.end;
            self.get(row.theme)
        })
    }

    /// Whether `theme` is `ancestor` or lies below it.
    #[must_use]
    pub fn is_within(&self, theme: ThemeId, ancestor: ThemeId) -> bool {
        let (Some(line), Some(above)) = (self.line(theme), self.line(ancestor)) else { return false };
        above <= line && self.outline.get(above).is_some_and(|row| line < row.end)
    }

    /// The theme and those above it, highest first.
    #[must_use]
    pub fn lineage(&self, id: ThemeId) -> Vec<&Theme> {
        let mut lineage = Vec::new();
        let mut next = self.get(id);
        while let Some(theme) = next {
            lineage.push(theme);
            // A cycle cannot be stored, but a wrong file must not hang the program.
            next = theme.parent.and_then(|parent| self.get(parent)).filter(|_| lineage.len() <= self.themes.len());
        }
        lineage.reverse();
        lineage
    }

    /// The theme's path: `Leadership › National voice`.
    #[must_use]
    pub fn path(&self, id: ThemeId) -> String {
        let names: Vec<_> = self.lineage(id).iter().map(|theme| theme.name.replace('›', "\\›")).collect();
        names.join(PATH_SEPARATOR)
    }

    /// The theme with this path, written with `›` or `>` between the names; case, accents and spaces do not matter.
    #[must_use]
    pub fn find_path(&self, path: &str) -> Option<ThemeId> {
        let mut found = None;
        for name in split_path(path) {
            found = Some(self.child_named(found, &name)?);
        }
        found
    }

    /// The child of `parent` with this name, case folded.
    #[must_use]
    pub fn child_named(&self, parent: Option<ThemeId>, name: &str) -> Option<ThemeId> {
        let wanted = fold(name.trim());
        self.children(parent).find(|theme| fold(&theme.name) == wanted).map(|theme| theme.id)
    }

    /// How many themes lie below this one, on all levels.
    #[must_use]
    pub fn sub_themes(&self, id: ThemeId) -> usize {
        self.line(id).and_then(|line| Some(self.outline.get(line)?.end - line - 1)).unwrap_or(0)
    }

    /// The sub-themes of `from` for which `into` has one of the same name, each with that one. `from` itself is none of
    /// these: where it is merged into `into`, it is gone.
    pub fn alike(&self, from: ThemeId, into: ThemeId) -> impl Iterator<Item = (ThemeId, ThemeId)> + '_ {
        self.children(Some(from)).filter_map(move |below| {
            let alike = self.child_named(Some(into), &below.name).filter(|alike| *alike != from)?;
            Some((below.id, alike))
        })
    }

    /// How many pairs of sub-themes become one, on all levels, where `from` is merged into `into`.
    #[must_use]
    pub fn becoming_one(&self, from: ThemeId, into: ThemeId) -> usize {
        self.alike(from, into).map(|(below, alike)| 1 + self.becoming_one(below, alike)).sum()
    }

    /// The theme's number.
    #[must_use]
    pub fn number(&self, id: ThemeId) -> &str {
        self.line(id).and_then(|line| self.outline.get(line)).map_or("", |row| &row.number)
    }

    /// The theme's own colour, or that of the nearest theme above that has one.
    #[must_use]
    pub fn colour(&self, id: ThemeId) -> Option<&str> {
        self.lineage(id).into_iter().rev().find_map(|theme| theme.colour.as_deref())
    }
}

fn write_out(
    outline: &mut Vec<Outline>,
    children: &HashMap<Option<ThemeId>, Vec<&Arc<Theme>>>,
    parent: Option<ThemeId>,
    depth: usize,
    prefix: &str,
) {
    for (index, theme) in children.get(&parent).into_iter().flatten().enumerate() {
        let place = if prefix.is_empty() { (index + 1).to_string() } else { format!("{prefix}.{}", index + 1) };
        let number = theme.number.clone().unwrap_or(place);
        let line = outline.len();
        outline.push(Outline { theme: theme.id, depth, number: number.clone(), end: line + 1 });
        write_out(outline, children, Some(theme.id), depth + 1, &number);
        let end = outline.len();
        if let Some(row) = outline.get_mut(line) {
            row.end = end;
        }
    }
}

/// The names of a path written with `›` or `>`; `\` before the sign makes it a part of the name.
#[must_use]
pub(crate) fn split_path(path: &str) -> Vec<String> {
    let mut names = vec![String::new()];
    let mut escaped = false;
    for c in path.chars() {
        let last = names.len() - 1;
        match c {
            '\\' if !escaped => escaped = true,
            '›' | '>' if !escaped => names.push(String::new()),
            c => {
                if let Some(name) = names.get_mut(last) {
                    if escaped && c != '›' && c != '>' && c != '\\' {
                        name.push('\\');
                    }
                    name.push(c);
                }
                escaped = false;
            }
        }
    }
    names.iter().map(|name| name.trim().to_owned()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_outline_numbers_and_nests() {
        let mut leadership = Theme::named(None, "Leadership", 2);
        leadership.colour = Some("plum".into());
        let ethos = Theme::named(None, "Ethos", 1);
        let voice = Theme::named(Some(leadership.id), "National voice", 5);
        let mut other = Theme::named(Some(leadership.id), "Other › else", 9);
        other.number = Some("2.9".into());
        let (top, child, last) = (leadership.id, voice.id, other.id);
        let book = Codebook::new([voice, other, ethos, leadership]);
        let numbers: Vec<_> = book.outline().iter().map(|row| (row.number.as_str(), row.depth, row.end)).collect();
        assert_eq!(numbers, [("1", 0, 1), ("2", 0, 4), ("2.1", 1, 3), ("2.9", 1, 4)]);
        assert_eq!(book.path(child), "Leadership › National voice");
        assert_eq!(book.find_path("leadership > NATIONAL voice"), Some(child));
        assert_eq!(book.path(last), "Leadership › Other \\› else");
        assert_eq!(book.find_path(&book.path(last)), Some(last));
        assert_eq!(book.colour(child), Some("plum"));
        assert!(book.is_within(child, top) && book.is_within(top, top) && !book.is_within(top, child));
        assert_eq!(book.children(Some(top)).count(), 2);
        assert_eq!(book.children(None).count(), 2);
    }
}

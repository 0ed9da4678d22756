//! A theme that is being split: its passages, and the sub-themes they are sorted into. Nothing is written before it is said so.

use std::collections::{HashMap, HashSet};

use super::passages::{Gathered, Passage, Passages};
use crate::app::context::{Action, Cx};
use crate::app::worker::Edit;
use crate::project::SubTheme;
use crate::study::{Codebook, CodingId, ThemeId};
use crate::text::fold;

/// As many sub-themes as there are digits.
pub const MOST: usize = 9;

/// What is sorted so far. It stays when one looks elsewhere.
#[derive(Default)]
pub struct Split {
    /// Names of the new sub-themes, the first under 1.
    pub names: Vec<String>,
    /// Into which of them each coding is sorted.
    sorted: HashMap<CodingId, usize>,
    /// How many passages are sorted into each of them.
    counts: Vec<usize>,
    /// How many into none.
    unsorted: usize,
    /// The passage one is at.
    pub at: usize,
    /// The passages.
    pub gathered: Gathered,
    /// The list wants the keys.
    pub wants_focus: bool,
    /// The name that wants the keys.
    pub name_wants_focus: Option<usize>,
    /// The passage is to be scrolled to.
    pub scroll: bool,
    /// What is seen of the list: from where, and how much.
    pub seen: (f32, f32),
}

impl Split {
    /// A split with one sub-theme to be named.
    pub fn begun() -> Self {
        Self { names: vec![String::new()], name_wants_focus: Some(0), ..Self::default() }
    }

    /// Forgets what is named and sorted.
    pub fn begin_anew(&mut self) {
        let gathered = std::mem::take(&mut self.gathered);
        *self = Self { gathered, ..Self::begun() };
        self.count();
    }

    /// The passages, once they are there.
    pub fn passages(&self) -> std::sync::Arc<[Passage]> {
        self.gathered.passages.as_ref().map(|passages| std::sync::Arc::clone(&passages.items)).unwrap_or_default()
    }

    /// Into which sub-theme a passage is sorted.
    pub fn of(&self, passage: &Passage) -> Option<usize> {
        passage.codings.iter().find_map(|coding| self.sorted.get(coding)).copied()
    }

    /// How many passages are sorted into none.
    pub const fn unsorted(&self) -> usize {
        self.unsorted
    }

    /// How many passages are sorted into a sub-theme.
    pub fn sorted_into(&self, which: usize) -> usize {
        self.counts.get(which).copied().unwrap_or_default()
    }

    /// Takes the passages that were gathered.
    pub fn take(&mut self, passages: Passages) {
        self.at = self.at.min(passages.items.len().saturating_sub(1));
        self.gathered.passages = Some(passages);
        self.count();
    }

    /// Counts what is sorted: once for each change, not in every frame.
    fn count(&mut self) {
        let passages = self.passages();
        self.counts = vec![0; self.names.len()];
        self.unsorted = 0;
        for passage in passages.iter() {
            match self.of(passage).and_then(|into| self.counts.get_mut(into)) {
                Some(count) => *count += 1,
                None => self.unsorted += 1,
            }
        }
    }

    /// Adds a sub-theme to be named, if there is a digit left for it.
    pub fn add(&mut self) {
        if self.names.len() < MOST {
            self.name_wants_focus = Some(self.names.len());
            self.names.push(String::new());
            self.count();
        }
    }

    /// Takes a sub-theme away again; what was sorted into it is sorted into none.
    pub fn drop(&mut self, which: usize) {
        if which < self.names.len() {
            self.names.remove(which);
            self.sorted.retain(|_, into| *into != which);
            self.sorted.values_mut().filter(|into| **into > which).for_each(|into| *into -= 1);
            self.count();
        }
    }

    /// Sorts the passage one is at, and goes on to the next that is not sorted. Returns whether there is such a sub-theme.
    pub fn sort(&mut self, into: Option<usize>) -> bool {
        if into.is_some_and(|into| into >= self.names.len()) {
            return false;
        }
        let passages = self.passages();
        let Some(passage) = passages.get(self.at) else { return true };
        for coding in &passage.codings {
            match into {
                Some(into) => _ = self.sorted.insert(*coding, into),
                None => _ = self.sorted.remove(coding),
            }
        }
        self.count();
        if into.is_some() {
            self.next_unsorted();
        }
        true
    }

    /// Goes to the next passage that is not sorted, from the beginning again after the last.
    pub fn next_unsorted(&mut self) {
        let passages = self.passages();
        let open = |(_, passage): &(usize, &Passage)| self.of(passage).is_none();
        let after = passages.iter().enumerate().skip(self.at + 1).find(open);
        if let Some((at, _)) = after.or_else(|| passages.iter().enumerate().take(self.at).find(open)) {
            self.at = at;
            self.scroll = true;
        }
    }

    /// Why it cannot be done yet.
    pub fn problem(&self) -> Option<String> {
        let mut names = HashSet::new();
        for (at, name) in self.names.iter().enumerate() {
            let (name, count) = (fold(name.trim()), self.sorted_into(at));
            if name.is_empty() {
                if count > 0 {
                    return Some(format!("Sub-theme {} needs a name: {count} are sorted into it.", at + 1));
                }
            } else if !names.insert(name) {
                return Some(format!("Two sub-themes have the name of {}.", at + 1));
            }
        }
        names.is_empty().then(|| "Name a sub-theme first.".to_owned())
    }

    /// Whether there is a sub-theme of this name already, which the passages then join.
    pub fn joins(&self, book: &Codebook, theme: ThemeId, which: usize) -> bool {
        self.names.get(which).is_some_and(|name| !name.trim().is_empty() && book.child_named(Some(theme), name).is_some())
    }

    /// The sub-themes that have a name, with what is sorted into them.
    fn parts(&self) -> Vec<SubTheme> {
        let mut parts: Vec<SubTheme> =
            self.names.iter().map(|name| SubTheme { name: name.trim().to_owned(), codings: Vec::new() }).collect();
        for passage in self.passages().iter() {
            if let Some(part) = self.of(passage).and_then(|into| parts.get_mut(into)) {
                part.codings.extend(passage.codings.iter().map(|coding| (passage.source, *coding)));
            }
        }
        parts.retain(|part| !part.name.is_empty());
        parts
    }

    /// Splits the theme. What was sorted is kept until that is done.
    pub fn split(&self, cx: &mut Cx<'_>, theme: ThemeId) {
        if self.problem().is_some() || !cx.can_edit() {
            return;
        }
        let (parts, stay) = (self.parts(), self.unsorted());
        let edit = Edit::new(
            "Split theme",
            move |tx| tx.split_theme(theme, &parts),
            move |state, made| {
                state.themes.end_split(theme);
                let stays = if stay == 0 { String::new() } else { format!("; {stay} stay with the theme") };
                state.say(format!("Split into {}{stays}", super::counts::several(made.len(), "sub-theme")));
            },
        );
        cx.actions.push(Action::Edit(edit));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::study::SourceId;
    use crate::text::Span;

    #[test]
    fn passages_are_sorted_and_nothing_is_lost_from_sight() {
        let source = SourceId::new();
        let passage = |start| Passage {
            source,
            span: Span::new(start, start + 5),
            codings: vec![CodingId::new(), CodingId::new()],
            place: String::new(),
            coders: String::new(),
            begins: String::new(),
            folded: String::new(),
        };
        let mut split = Split::begun();
        split.take(Passages { items: (0..4).map(|at| passage(at * 10)).collect(), broken: 0 });
        assert_eq!(split.problem().as_deref(), Some("Name a sub-theme first."));
        split.names[0] = "Cover".into();
        split.add();
        assert_eq!((split.sort(Some(0)), split.at), (true, 1));
        assert!(split.sort(Some(1)));
        assert_eq!(split.problem().as_deref(), Some("Sub-theme 2 needs a name: 1 are sorted into it."));
        split.names[1] = "cover ".into();
        assert_eq!(split.problem().as_deref(), Some("Two sub-themes have the name of 2."));
        split.names[1] = "Pay".into();
        assert_eq!(split.problem(), None);
        assert!(!split.sort(Some(2)));
        assert_eq!((split.sorted_into(0), split.sorted_into(1), split.unsorted()), (1, 1, 2));
        let parts = split.parts();
        assert_eq!(parts.iter().map(|part| part.codings.len()).collect::<Vec<_>>(), [2, 2], "every coder's coding goes");
        split.at = 3;
        split.next_unsorted();
        assert_eq!(split.at, 2, "after the last comes the first");
        split.drop(0);
        assert_eq!((split.names.len(), split.sorted_into(0), split.unsorted()), (1, 1, 3));
        split.at = 1;
        split.sort(None);
        assert_eq!(split.unsorted(), 4);
    }
}

//! A theme that is being split: its passages, and the sub-themes they are sorted into. Nothing is written before it is said so.

use std::collections::{HashMap, HashSet};

use super::passages::{Gathered, Passage};
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
    pub fn unsorted(&self) -> usize {
        self.passages().iter().filter(|passage| self.of(passage).is_none()).count()
    }

    /// How many passages are sorted into each.
    pub fn counts(&self) -> Vec<usize> {
        let mut counts = vec![0; self.names.len()];
        for into in self.passages().iter().filter_map(|passage| self.of(passage)) {
            if let Some(count) = counts.get_mut(into) {
                *count += 1;
            }
        }
        counts
    }

    /// Adds a sub-theme to be named, if there is a digit left for it.
    pub fn add(&mut self) {
        if self.names.len() < MOST {
            self.name_wants_focus = Some(self.names.len());
            self.names.push(String::new());
        }
    }

    /// Takes a sub-theme away again; what was sorted into it is sorted into none.
    pub fn drop(&mut self, which: usize) {
        if which < self.names.len() {
            self.names.remove(which);
            self.sorted.retain(|_, into| *into != which);
            self.sorted.values_mut().filter(|into| **into > which).for_each(|into| *into -= 1);
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
        for (at, (name, count)) in self.names.iter().zip(self.counts()).enumerate() {
            let name = fold(name.trim());
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

use crate::app::command::Command;
use crate::text::fold;

/// Where one is in a grid, and what one is writing there.
#[derive(Clone, Debug)]
pub struct GridState<K> {
    /// The cell one is at: row and column.
    pub at: Option<(K, usize)>,
    /// What is being written.
    pub(super) draft: Option<Draft<K>>,
    /// Whether the cell one is at has to come into sight.
    pub(super) reveal: bool,
    /// Whether the grid wants the focus in the next frame.
    pub(super) take_focus: bool,
    /// Whether another grid is the main one of the view.
    pub(super) beside: bool,
    /// Whether the grid takes the focus when nothing has it.
    pub(super) holds_focus: bool,
    /// Whether it had the focus when it was shown last.
    pub(super) had_focus: bool,
    /// The pass in which it was shown last.
    pub(super) shown: u64,
    /// How many drafts there were; each has an id of its own.
    pub(super) drafts: u64,
    /// Places of the first and the last row that were seen.
    pub(super) first_seen: usize,
    pub(super) last_seen: usize,
    /// Commands from outside of the grid, for its next frame.
    pub(super) commands: Vec<Command>,
    /// How far it is scrolled.
    pub(super) offset: eframe::egui::Vec2,
}

impl<K> Default for GridState<K> {
    fn default() -> Self {
        Self {
            at: None,
            draft: None,
            reveal: false,
            take_focus: false,
            beside: false,
            holds_focus: true,
            had_focus: false,
            shown: 0,
            drafts: 0,
            first_seen: 0,
            last_seen: 0,
            commands: Vec::new(),
            offset: eframe::egui::Vec2::ZERO,
        }
    }
}

/// Words that are being written into a cell.
#[derive(Clone, Debug)]
pub(super) struct Draft<K> {
    pub key: K,
    pub column: usize,
    pub text: String,
    /// Whether nothing was written yet, so that every choice is offered.
    pub fresh: bool,
    /// The choice that Enter takes.
    pub chosen: Option<usize>,
    /// Whether the editor has not been drawn yet.
    pub new: bool,
}

impl<K: Copy + PartialEq> GridState<K> {
    /// A grid beside the main one of its view, which leaves the focus to that.
    #[must_use]
    pub fn beside() -> Self {
        Self { beside: true, holds_focus: false, ..Self::default() }
    }

    /// Takes a command of its cells, for its next frame.
    pub fn command(&mut self, command: Command) {
        self.commands.push(command);
    }

    /// Takes the focus, where one is.
    pub fn take_focus(&mut self) {
        self.take_focus = true;
    }

    /// Wants the focus no more.
    pub fn let_go(&mut self) {
        self.take_focus = false;
    }

    /// Goes to a cell, brings it into sight and takes the focus.
    pub fn go(&mut self, key: K, column: usize) {
        self.at = Some((key, column));
        self.reveal = true;
        self.take_focus = true;
    }

    /// Place of the last row that was in sight, from 0: whoever loads rows page by page looks here.
    #[must_use]
    pub const fn last_row_seen(&self) -> usize {
        self.last_seen
    }

    /// Whether a row of these `keys`, which are those of the grid, was in sight.
    #[must_use]
    pub fn sees(&self, keys: &[K], key: K) -> bool {
        keys.iter().take(self.last_seen + 1).skip(self.first_seen).any(|seen| *seen == key)
    }

    /// Whether the keys went to it in the frame before.
    #[must_use]
    pub const fn has_focus(&self) -> bool {
        self.had_focus
    }

    /// Whether a cell is being edited.
    #[must_use]
    pub const fn is_editing(&self) -> bool {
        self.draft.is_some()
    }

    /// Ends the draft, if there is one, because its view is left: the row, the column and what was written.
    pub fn take_draft(&mut self) -> Option<(K, usize, String)> {
        self.draft.take().map(|draft| (draft.key, draft.column, draft.text.trim().to_owned()))
    }

    /// Begins to edit a cell with these words in it. `fresh`: they are what stands in the cell.
    pub fn edit(&mut self, key: K, column: usize, text: String, fresh: bool) {
        self.at = Some((key, column));
        self.reveal = true;
        self.drafts += 1;
        self.draft = Some(Draft { key, column, text, fresh, chosen: None, new: true });
    }

    /// Writes on behind what is written.
    pub(super) fn write(&mut self, text: &str) {
        if let Some(draft) = &mut self.draft {
            draft.text.push_str(text);
        }
    }
}

/// The part of a draft that is being typed: all of it, or what stands after the last `;`.
fn typed(text: &str, several: bool) -> &str {
    let last = if several { text.rsplit(';').next().unwrap_or_default() } else { text };
    last.trim()
}

/// Those of `choices` that fit what is typed: those that begin so before those that hold it somewhere.
pub(super) fn fitting(choices: Vec<String>, text: &str, fresh: bool, several: bool) -> Vec<String> {
    let wanted = fold(typed(text, several));
    if fresh || wanted.is_empty() {
        return choices;
    }
    let (first, rest): (Vec<_>, Vec<_>) = choices.into_iter().partition(|choice| fold(choice).starts_with(&wanted));
    first.into_iter().chain(rest.into_iter().filter(|choice| fold(choice).contains(&wanted))).collect()
}

/// The place of the choice that is what was typed, else of the first that begins so; none where nothing is typed.
pub(super) fn begins(choices: &[String], text: &str) -> Option<usize> {
    let wanted = fold(text.trim());
    let place = |fits: &dyn Fn(&str) -> bool| choices.iter().position(|choice| fits(&fold(choice)));
    if wanted.is_empty() { None } else { place(&|choice| choice == wanted).or_else(|| place(&|choice| choice.starts_with(&wanted))) }
}

/// The draft with a choice in the place of what was being typed.
pub(super) fn with_choice(text: &str, choice: &str, fresh: bool, several: bool) -> String {
    if !several {
        return choice.to_owned();
    }
    let mut values: Vec<&str> = text.split(';').map(str::trim).collect();
    if !fresh {
        values.pop();
    }
    values.retain(|value| !value.is_empty() && fold(value) != fold(choice));
    values.push(choice);
    values.join("; ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn choices_fit_what_is_typed_last() {
        let choices = || vec!["Fife".to_owned(), "Glasgow".to_owned(), "West Lothian".to_owned()];
        for (text, fresh, several, expected) in [
            ("Fife", true, true, &["Fife", "Glasgow", "West Lothian"][..]),
            ("g", false, false, &["Glasgow"]),
            ("Fife; lo", false, true, &["West Lothian"]),
            ("Fife; lo", false, false, &[]),
            ("Fife; ", false, true, &["Fife", "Glasgow", "West Lothian"]),
            ("w", false, false, &["West Lothian", "Glasgow"]),
        ] {
            assert_eq!(fitting(choices(), text, fresh, several), expected, "{text:?}");
        }
    }

    #[test]
    fn what_is_begun_is_a_choice_that_begins_so() {
        let choices = ["not in persons", "in persons", "in paper", "in"].map(str::to_owned);
        for (text, expected) in [("in pe", Some(1)), (" IN ", Some(3)), ("in p", Some(1)), ("persons", None), ("", None)] {
            assert_eq!(begins(&choices, text), expected, "{text:?}");
        }
    }

    #[test]
    fn a_choice_takes_the_place_of_what_is_typed() {
        for (text, choice, fresh, several, expected) in [
            ("gl", "Glasgow", false, false, "Glasgow"),
            ("Fife; gl", "Glasgow", false, true, "Fife; Glasgow"),
            ("Fife", "Glasgow", true, true, "Fife; Glasgow"),
            ("", "Glasgow", true, true, "Glasgow"),
            ("glasgow; gl", "Glasgow", false, true, "Glasgow"),
        ] {
            assert_eq!(with_choice(text, choice, fresh, several), expected, "{text:?}");
        }
    }
}

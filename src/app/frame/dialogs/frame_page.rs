use std::path::PathBuf;

use eframe::egui::{Id, Ui};

use super::dialog::label;
use super::path_field::{PathField, PathKind};
use crate::app::context::Cx;
use crate::app::icons;
use crate::app::tokens::Type;
use crate::app::widgets::{Field, segmented, words};
use crate::project::RoleWords;

/// What a new project begins with.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum From {
    /// The two roles, in the study's own words: participant groups, case-study areas.
    Hand([RoleWords; 2]),
    /// A study folder, whole.
    Folder(PathBuf),
    /// The frame of another project.
    Project(PathBuf),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum How {
    Hand,
    File,
}

/// The page of the wizard that asks for the frame.
pub struct FramePage {
    how: How,
    roles: [Words; 2],
    pub(super) from: PathField,
}

struct Words {
    /// What the role is, for those who do not know the method.
    about: &'static str,
    usual: &'static str,
    example: &'static str,
    /// What the two fields are called.
    names: [&'static str; 2],
    name: String,
    values: String,
}

impl Default for FramePage {
    fn default() -> Self {
        let words = |about, usual, example, names| Words { about, usual, example, names, name: String::new(), values: String::new() };
        let roles = [
            words(
                "Who takes part: between whom are answers compared?",
                "Participant group",
                "Clients, Social workers, Managers",
                ["Your word for participant groups", "The participant groups"],
            ),
            words(
                "Where: which case-study areas, sites or schools are there?",
                "Case-study area",
                "Fife, Glasgow, Highland",
                ["Your word for case-study areas", "The case-study areas"],
            ),
        ];
        let from = PathField::new("Study folder or project", PathKind::Project, std::path::Path::new(""), false);
        Self { how: How::Hand, roles, from }
    }
}

impl FramePage {
    /// What was filled in; `None` when a file was to be named and none is.
    #[must_use]
    pub fn answer(&self) -> Option<From> {
        match self.how {
            How::Hand => Some(From::Hand(
                [&self.roles[0], &self.roles[1]]
                    .map(|words| RoleWords { name: words.name.trim().to_owned(), values: values(&words.values) }),
            )),
            How::File => {
                let path = self.from.path()?;
                Some(if self.from.is_folder() { From::Folder(path) } else { From::Project(path) })
            }
        }
    }
}

/// The values that are typed with commas, semicolons or lines between them.
fn values(typed: &str) -> Vec<String> {
    typed.split([',', ';', '\n']).map(str::trim).filter(|value| !value.is_empty()).map(str::to_owned).collect()
}

pub(super) fn show(ui: &mut Ui, page: &mut FramePage, cx: &mut Cx<'_>) {
    let tokens = cx.tokens;
    let ways = [(How::Hand, "Fill in by hand"), (How::File, "Take it from a file")];
    segmented(ui, tokens, "Frame", &ways, &mut page.how, false);
    match page.how {
        How::Hand => {
            for (index, words_of) in page.roles.iter_mut().enumerate() {
                label(ui, tokens, words_of.about);
                let name = Id::unique(("name of a role", index));
                Field::new(name, words_of.usual, icons::TAG).name(words_of.names[0]).show(ui, tokens, &mut words_of.name);
                let values = Id::unique(("values of a role", index));
                Field::new(values, words_of.example, icons::LIST_FILTER).name(words_of.names[1]).show(ui, tokens, &mut words_of.values);
            }
            let more = "All of it can stay empty: files name groups and areas too, and everything can be changed later in Cases.";
            words(ui, tokens, Type::Small, tokens.colour.ink_secondary, more);
        }
        How::File => {
            label(ui, tokens, "A study folder (with its texts), or a project whose themes, groups and areas are to be taken over");
            page.from.show(ui, cx);
            page.from.system_button(ui, cx);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_are_typed_with_commas_or_lines() {
        assert_eq!(values(" Clients, Social workers;Managers\n\n, "), ["Clients", "Social workers", "Managers"]);
        assert!(values(" , ").is_empty());
    }
}

use std::collections::{HashMap, HashSet};

use super::super::super::exact::derived;
use super::super::super::model::Code;
use super::{Reading, free_name, nth};
use crate::study::{MemoOn, Theme, ThemeId};
use crate::text::fold;

/// What stands before the words in which a code’s description says when to use it, and when not.
pub(in crate::exchange::refi) const USE_WHEN: &str = "Use when: ";
/// See [`USE_WHEN`].
pub(in crate::exchange::refi) const NOT_WHEN: &str = "Not when: ";

/// Themes while they are read.
#[derive(Default)]
struct Tree {
    names: HashMap<Option<ThemeId>, HashSet<String>>,
    /// Themes by the one above and the folded name.
    by_name: HashMap<(Option<ThemeId>, String), ThemeId>,
    children: HashMap<Option<ThemeId>, usize>,
}

impl Reading<'_> {
    pub(super) fn read_codes(&mut self) {
        let mut tree = Tree::default();
        let mut ids: Vec<ThemeId> = Vec::new();
        let flat = self.project.origin.to_lowercase().contains("atlas");
        // A code that is the top of others’ paths may come after them: those without a path are read first.
        for code in &self.project.codes {
            let id = ThemeId(self.claim(code.guid, "code"));
            self.themes.entry(code.guid).or_insert(id);
            ids.push(id);
        }
        let is_path = |code: &Code| flat && code.parent.is_none() && code.name.contains("::");
        let (mut folders, mut paths) = (0, 0);
        let order = self.project.codes.iter().zip(&ids);
        let (late, first): (Vec<_>, Vec<_>) = order.partition(|(code, _)| is_path(code));
        for (code, id) in first.into_iter().chain(late) {
            let (parent, name) = if is_path(code) {
                paths += 1;
                self.above(&mut tree, &code.name)
            } else {
                (code.parent.and_then(|parent| ids.get(parent).copied()), code.name.as_str())
            };
            folders += usize::from(!code.is_codable);
            self.read_code(&mut tree, code, *id, parent, name);
        }
        self.account.kept("themes", ids.len());
        self.account.changed_many("themes", folders, "They were folders of codes that take no codings; here they are themes like others.");
        self.account.changed_many("themes", paths, "Their names were paths written with “::”; they are a tree here.");
    }

    fn read_code(&mut self, tree: &mut Tree, code: &Code, id: ThemeId, parent: Option<ThemeId>, name: &str) {
        let free = free_name(name, "Unnamed", tree.names.entry(parent).or_default());
        if free != name {
            self.account.changed("themes", name, format!("There is a sibling of that name, so it is called “{free}”."));
        }
        tree.by_name.insert((parent, fold(&free)), id);
        let index = tree.children.entry(parent).or_default();
        let position = nth(*index);
        *index += 1;
        let (definition, use_when, not_when) = meaning(&code.description);
        let theme = Theme { id, name: free, parent, position, colour: code.colour.clone(), definition, use_when, not_when, ..blank(id) };
        self.put(theme);
        for note in &code.note_refs {
            self.on.entry(*note).or_default().push(MemoOn::Theme { theme: id });
        }
    }

    /// The theme above a code whose name is a path, made where no code is it, and what the code is called below it.
    fn above<'n>(&mut self, tree: &mut Tree, path: &'n str) -> (Option<ThemeId>, &'n str) {
        let Some((above, name)) = path.rsplit_once("::") else { return (None, path) };
        let mut parent = None;
        for name in above.split("::").map(str::trim).filter(|name| !name.is_empty()) {
            let known = tree.by_name.get(&(parent, fold(name))).copied();
            parent = Some(known.unwrap_or_else(|| {
                let above: ThemeId = parent.unwrap_or(ThemeId(derived(&[b"top"])));
                let id = ThemeId(self.identified(&[b"code", above.0.as_bytes(), fold(name).as_bytes()]));
                self.read_code(tree, &Code { name: name.to_owned(), is_codable: true, ..Code::default() }, id, parent, name);
                id
            }));
        }
        (parent, name.trim())
    }
}

fn blank(id: ThemeId) -> Theme {
    Theme { id, ..Theme::named(None, String::new(), 0) }
}

/// Definition, when to use a theme and when not, from a description that says them one after the other.
fn meaning(description: &str) -> (String, String, String) {
    let (rest, not_when) = cut(description, NOT_WHEN);
    let (definition, use_when) = cut(rest, USE_WHEN);
    (definition.to_owned(), use_when.to_owned(), not_when.to_owned())
}

/// What is before a paragraph that begins so, and what it says.
fn cut<'d>(description: &'d str, begins: &str) -> (&'d str, &'d str) {
    if let Some(all) = description.strip_prefix(begins) {
        return ("", all);
    }
    description.split_once(&format!("\n\n{begins}")).unwrap_or((description, ""))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_description_is_taken_apart() {
        let told = |description: &str| meaning(description);
        let of = |a: &str, b: &str, c: &str| (a.to_owned(), b.to_owned(), c.to_owned());
        assert_eq!(told("What.\n\nMore."), of("What.\n\nMore.", "", ""));
        assert_eq!(told("What.\n\nUse when: a\n\nNot when: b"), of("What.", "a", "b"));
        assert_eq!(told("Use when: a"), of("", "a", ""));
        assert_eq!(told("Not when: b"), of("", "", "b"));
    }
}

use uuid::Uuid;

use super::super::super::exact::derived;
use super::super::super::model::Made;
use super::Reading;
use crate::study::{Coder, CoderId};

/// Who coded where the file names nobody.
const UNKNOWN: &str = "Unknown (import)";

impl Reading<'_> {
    pub(super) fn read_users(&mut self) {
        for user in &self.project.users {
            let id = CoderId(self.claim(user.guid, "user"));
            self.coders.entry(user.guid).or_insert(id);
            let named = [&user.name, &user.id].into_iter().find(|name| !name.trim().is_empty());
            let name = named.map_or(UNKNOWN, String::as_str).to_owned();
            let initials = if is_initials(&user.id) { user.id.clone() } else { initials_of(&name) };
            self.put(Coder { id, name, initials });
        }
        self.account.kept("coders", self.project.users.len());
    }

    /// Who made something: whom the first says that says somebody, or nobody who is known.
    pub(super) fn coder<'m>(&mut self, made: impl IntoIterator<Item = &'m Made>) -> CoderId {
        let known = made.into_iter().find_map(|made| self.known(made.by));
        known.unwrap_or_else(|| {
            let id = CoderId(derived(&[b"user", UNKNOWN.as_bytes()]));
            if self.taken.insert(id.0) {
                self.put(Coder { id, name: UNKNOWN.to_owned(), initials: "?".to_owned() });
                self.account.changed("coders", UNKNOWN, "The file does not say who made some of it; that is this coder’s.");
            }
            id
        })
    }

    fn known(&self, by: Option<Uuid>) -> Option<CoderId> {
        by.and_then(|by| self.coders.get(&by).copied())
    }

    /// When something was made: what the first says that says when.
    pub(super) fn time<'m>(&self, made: impl IntoIterator<Item = &'m Made>) -> i64 {
        made.into_iter().find_map(|made| made.at.or(made.changed_at)).unwrap_or_else(|| self.some_time())
    }
}

fn is_initials(id: &str) -> bool {
    (1..=4).contains(&id.chars().count()) && !id.chars().any(char::is_whitespace)
}

fn initials_of(name: &str) -> String {
    name.split_whitespace().filter_map(|word| word.chars().next()).take(2).flat_map(char::to_uppercase).collect()
}

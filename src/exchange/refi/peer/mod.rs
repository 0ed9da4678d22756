//! What the readers of other programs' projects share.

mod found;
mod positions;
mod tree;

use std::collections::HashMap;

use jiff::civil::DateTime;
use jiff::tz::TimeZone;
use sha2::{Digest as _, Sha256};
use uuid::Uuid;

pub(super) use found::Quotes;
pub(super) use positions::{Positions, normalised};
pub(super) use tree::in_order;

use super::model::{Project, User};
use crate::store::ForeignError;

/// Why a project of another program cannot be read.
#[derive(Debug, thiserror::Error)]
pub enum PeerError {
    /// The file itself.
    #[error("{name} cannot be read: {reason}")]
    Unreadable {
        /// The file.
        name: String,
        /// What the system says.
        reason: std::io::Error,
    },
    /// Its database.
    #[error("{name}: {reason}")]
    Database {
        /// The file.
        name: String,
        /// What is wrong with it.
        reason: ForeignError,
    },
    /// A database that another program made.
    #[error("{name} is no project of {program}: its database has no table “{table}”")]
    Foreign {
        /// The file.
        name: String,
        /// The program that was thought to have made it.
        program: &'static str,
        /// What is missing.
        table: &'static str,
    },
    /// A folder or an archive without a database.
    #[error("{name} is no project of QualCoder: there is no data.qda in it")]
    NoDatabase {
        /// The folder or archive.
        name: String,
    },
    /// An archive that cannot be unpacked.
    #[error("{name} cannot be unpacked: {reason}")]
    Archive {
        /// The archive.
        name: String,
        /// What is wrong with it.
        reason: String,
    },
    /// A file that holds no project at all.
    #[error("{name} holds no project")]
    Empty {
        /// The file.
        name: String,
    },
    /// A file that holds several projects, as a server's does.
    #[error("{name} holds {} projects ({}); export the one you mean from Taguette and take that file", .projects.len(), .projects.join(", "))]
    Several {
        /// The file.
        name: String,
        /// What they are called.
        projects: Vec<String>,
    },
}

/// The identities of a project's elements. Where a program knows its elements by numbers, they are made of what does not change, so
/// that the same project has the same identities whenever it is read.
#[derive(Clone, Copy, Debug)]
pub(super) struct Ids {
    project: Uuid,
}

impl Ids {
    /// The identities in the project of `program` that was made at this moment.
    pub(super) fn of(program: &str, moment: &str) -> Self {
        Self { project: derived(&[program.as_bytes(), moment.as_bytes()]) }
    }

    /// The identity of the project itself.
    pub(super) const fn project(self) -> Uuid {
        self.project
    }

    /// The identity of what has this number in this table.
    pub(super) fn row(self, table: &str, number: i64) -> Uuid {
        self.named(table, &number.to_string())
    }

    /// The identity of what is known by its name in this table.
    pub(super) fn named(self, table: &str, name: &str) -> Uuid {
        derived(&[self.project.as_bytes(), table.as_bytes(), name.as_bytes()])
    }
}

fn derived(parts: &[&[u8]]) -> Uuid {
    let mut hash = Sha256::new();
    for part in parts {
        hash.update((part.len() as u64).to_le_bytes());
        hash.update(part);
    }
    let digest: [u8; 32] = hash.finalize().into();
    let mut bytes = [0; 16];
    bytes.iter_mut().zip(digest).for_each(|(byte, of)| *byte = of);
    uuid::Builder::from_custom_bytes(bytes).into_uuid()
}

/// The people of a project, by the names under which the program knows them.
#[derive(Debug)]
pub(super) struct People {
    ids: Ids,
    known: HashMap<String, Uuid>,
    users: Vec<User>,
}

impl People {
    pub(super) fn new(ids: Ids) -> Self {
        Self { ids, known: HashMap::new(), users: Vec::new() }
    }

    /// Whoever has this name; nobody where there is none.
    pub(super) fn named(&mut self, name: &str) -> Option<Uuid> {
        let name = name.trim();
        if name.is_empty() {
            return None;
        }
        if let Some(known) = self.known.get(name) {
            return Some(*known);
        }
        let guid = self.ids.named("user", name);
        self.known.insert(name.to_owned(), guid);
        self.users.push(User { guid, name: name.to_owned(), id: String::new() });
        Some(guid)
    }

    /// Puts them into the project.
    pub(super) fn into_project(self, project: &mut Project) {
        project.users = self.users;
    }
}

/// A day and time as programs write it into a database, in milliseconds since 1970.
pub(super) fn moment(written: &str, zone: &TimeZone) -> Option<i64> {
    let moment: DateTime = written.trim().parse().ok()?;
    Some(zone.to_ambiguous_timestamp(moment).compatible().ok()?.as_millisecond())
}

/// A colour in the form of the model, where it is one.
pub(super) fn colour(written: &str) -> Option<String> {
    let digits = written.trim().strip_prefix('#')?;
    (digits.len() == 6 && digits.bytes().all(|digit| digit.is_ascii_hexdigit())).then(|| format!("#{}", digits.to_ascii_lowercase()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn moments_are_read_with_and_without_fractions() {
        assert_eq!(moment("1970-01-02 00:00:01", &TimeZone::UTC), Some(86_401_000));
        assert_eq!(moment("1970-01-01 00:00:00.500000", &TimeZone::UTC), Some(500));
        assert_eq!(moment("", &TimeZone::UTC), None);
        assert_eq!(moment("yesterday", &TimeZone::UTC), None);
        assert_eq!(moment("9999-99-99 00:00:00", &TimeZone::UTC), None);
    }

    #[test]
    fn colours_have_six_digits() {
        assert_eq!(colour("#FA5858").as_deref(), Some("#fa5858"));
        assert_eq!(colour("#fff"), None);
        assert_eq!(colour("red"), None);
    }

    #[test]
    fn identities_are_the_same_whenever_they_are_asked_for() {
        let ids = Ids::of("QualCoder", "2026-11-21 19:00:36");
        assert_eq!(ids.row("source", 1), Ids::of("QualCoder", "2026-11-21 19:00:36").row("source", 1));
        assert_ne!(ids.row("source", 1), ids.row("cases", 1));
        assert_ne!(ids.row("source", 1), Ids::of("QualCoder", "2026-11-21 19:00:37").row("source", 1));
    }
}

//! The user's own folders and settings: who edits, on which computer, and what the window remembers.
//!
//! Nothing of this is ever kept in a project. It knows nothing of studies but their identities.

use std::io::Write as _;
use std::path::{Path, PathBuf};

use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

use crate::study::{CoderId, DeviceId};

/// Set to a folder, it takes the place of the user's data, settings and cache folders: for tests and portable use.
pub const HOME_VARIABLE: &str = "THEMATA_HOME";

/// Where things of this user lie.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Home {
    /// Projects made without a path, as the sample study.
    pub data: PathBuf,
    /// Settings.
    pub config: PathBuf,
    /// Search indexes; may be deleted at any time. They hold interview text.
    pub cache: PathBuf,
}

/// Who edits. Made at the first start and kept.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Identity {
    /// This computer and account.
    pub device: DeviceId,
    /// The coder.
    pub coder: CoderId,
    /// The coder's name.
    pub name: String,
}

/// Why settings cannot be read or kept.
#[derive(Debug, thiserror::Error)]
pub enum HomeError {
    /// The system names no home folder.
    #[error("no home folder is known; set {HOME_VARIABLE} to a folder")]
    Unknown,
    /// A file or folder.
    #[error("settings cannot be read or kept in {path}: {error}")]
    Io {
        /// Which.
        path: PathBuf,
        /// What the system says.
        error: std::io::Error,
    },
    /// A settings file that is not as this version writes it.
    #[error("the settings in {path} cannot be understood: {error}")]
    Format {
        /// Which file.
        path: PathBuf,
        /// Where and why.
        error: serde_json::Error,
    },
}

impl Home {
    /// The folders of this user, or those below [`HOME_VARIABLE`].
    ///
    /// # Errors
    /// [`HomeError::Unknown`] when the system names none.
    pub fn find() -> Result<Self, HomeError> {
        if let Some(root) = std::env::var_os(HOME_VARIABLE).filter(|root| !root.is_empty()) {
            return Ok(Self::below(Path::new(&root)));
        }
        let folders = directories::ProjectDirs::from("", "", "Themata").ok_or(HomeError::Unknown)?;
        Ok(Self {
            data: folders.data_dir().to_path_buf(),
            config: folders.config_dir().to_path_buf(),
            cache: folders.cache_dir().to_path_buf(),
        })
    }

    /// All three folders below one.
    #[must_use]
    pub fn below(root: &Path) -> Self {
        Self { data: root.join("data"), config: root.join("config"), cache: root.join("cache") }
    }

    /// Who edits; made at the first call, with the account's name.
    ///
    /// # Errors
    /// [`HomeError`] when it can be neither read nor kept.
    pub fn identity(&self) -> Result<Identity, HomeError> {
        if let Some(identity) = self.read("identity")? {
            return Ok(identity);
        }
        let name = ["USER", "USERNAME", "LOGNAME"].into_iter().find_map(|key| std::env::var(key).ok());
        let name = name.map(|name| plain_name(&name)).filter(|name| !name.is_empty());
        let identity = Identity { device: DeviceId::new(), coder: CoderId::new(), name: name.unwrap_or_else(|| "Analyst".to_owned()) };
        if self.make("identity", &identity)? {
            return Ok(identity);
        }
        // Another start was faster: there is one identity, and it is that one's.
        Ok(self.read("identity")?.unwrap_or(identity))
    }

    /// Keeps who edits, under another name.
    ///
    /// # Errors
    /// [`HomeError::Io`] when it cannot be written.
    pub fn write_identity(&self, identity: &Identity) -> Result<(), HomeError> {
        self.write("identity", identity)
    }

    /// The settings kept under `name`; `None` when there are none yet.
    ///
    /// # Errors
    /// [`HomeError`] when the file cannot be read or understood.
    pub fn read<T: DeserializeOwned>(&self, name: &str) -> Result<Option<T>, HomeError> {
        let path = self.file(name);
        match std::fs::read(&path) {
            Ok(bytes) => serde_json::from_slice(&bytes).map(Some).map_err(|error| HomeError::Format { path, error }),
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(None),
            Err(error) => Err(HomeError::Io { path, error }),
        }
    }

    /// Keeps settings under `name`; a reader sees the old ones or the new ones, never half of them.
    ///
    /// # Errors
    /// [`HomeError::Io`] when they cannot be written.
    pub fn write<T: Serialize>(&self, name: &str, settings: &T) -> Result<(), HomeError> {
        let unfinished = self.written(name, settings)?;
        let path = self.file(name);
        std::fs::rename(unfinished, &path).map_err(|error| HomeError::Io { path, error })
    }

    /// Keeps settings under `name` if there are none yet; returns whether there were none.
    fn make<T: Serialize>(&self, name: &str, settings: &T) -> Result<bool, HomeError> {
        let unfinished = self.written(name, settings)?;
        let path = self.file(name);
        let made = match std::fs::hard_link(&unfinished, &path) {
            Ok(()) => true,
            Err(_) if path.exists() => false,
            // Some file systems know no second names; there the moment between looking and renaming has to be risked.
            Err(_) => return std::fs::rename(unfinished, &path).map(|()| true).map_err(|error| HomeError::Io { path, error }),
        };
        std::fs::remove_file(&unfinished).map_err(|error| HomeError::Io { path: unfinished, error })?;
        Ok(made)
    }

    /// Writes settings to a file of its own beside the one of that name, and returns its path.
    fn written<T: Serialize>(&self, name: &str, settings: &T) -> Result<PathBuf, HomeError> {
        let path = self.file(name);
        let text = serde_json::to_vec_pretty(settings).map_err(|error| HomeError::Format { path: path.clone(), error })?;
        let unfinished = path.with_extension(format!("{}.unfinished", uuid::Uuid::now_v7()));
        let io = |error| HomeError::Io { path: path.clone(), error };
        std::fs::create_dir_all(&self.config).map_err(io)?;
        // On the disk before it gets its name: half an identity after a power failure would keep the program from starting.
        std::fs::File::create(&unfinished).and_then(|mut file| file.write_all(&text).and_then(|()| file.sync_all())).map_err(io)?;
        Ok(unfinished)
    }

    fn file(&self, name: &str) -> PathBuf {
        self.config.join(format!("{name}.json"))
    }
}

impl Identity {
    /// Two letters for chips: the first ones of the first and last name.
    #[must_use]
    pub fn initials(&self) -> String {
        initials(&self.name)
    }
}

/// A name as it is kept: on one line, without what cannot be seen at its ends and between its words.
#[must_use]
pub fn plain_name(name: &str) -> String {
    let words = name.split(|letter: char| letter.is_whitespace() || letter.is_control()).filter(|word| !word.is_empty());
    words.collect::<Vec<_>>().join(" ")
}

/// Two letters for chips: the first ones of the first and last word of a name.
#[must_use]
pub fn initials(name: &str) -> String {
    let mut words = name.split_whitespace();
    let letters = [words.next(), words.next_back()].into_iter().flatten().filter_map(|word| word.chars().next());
    letters.flat_map(char::to_uppercase).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn settings_come_back_and_identity_stays() {
        let folder = tempfile::tempdir().unwrap();
        let home = Home::below(folder.path());
        assert_eq!(home.read::<Vec<u8>>("window").unwrap(), None);
        home.write("window", &vec![1u8, 2]).unwrap();
        assert_eq!(home.read::<Vec<u8>>("window").unwrap(), Some(vec![1, 2]));
        let first = home.identity().unwrap();
        assert_eq!(home.identity().unwrap(), first);
        std::fs::write(home.config.join("window.json"), "{").unwrap();
        assert!(matches!(home.read::<Vec<u8>>("window"), Err(HomeError::Format { .. })));
    }

    #[test]
    fn of_first_starts_at_once_all_take_one_identity() {
        for _ in 0..10 {
            let folder = tempfile::tempdir().unwrap();
            let home = Home::below(folder.path());
            let together = std::sync::Barrier::new(4);
            let start = || {
                together.wait();
                home.identity().unwrap()
            };
            let taken: Vec<Identity> = std::thread::scope(|scope| {
                let starts: Vec<_> = (0..4).map(|_| scope.spawn(start)).collect();
                starts.into_iter().map(|start| start.join().unwrap()).collect()
            });
            assert!(taken.iter().all(|identity| *identity == taken[0]), "{taken:?}");
            assert_eq!(home.identity().unwrap(), taken[0]);
            assert_eq!(std::fs::read_dir(&home.config).unwrap().count(), 1, "unfinished files are left");
        }
    }

    #[test]
    fn a_name_is_on_one_line() {
        assert_eq!(plain_name(" Isla\n\tMairi\u{7}  Kerr\r\n"), "Isla Mairi Kerr");
        assert_eq!(plain_name("\n \u{0}"), "");
    }

    #[test]
    fn initials_are_of_first_and_last_name() {
        assert_eq!(initials("Elspeth Anne Munro"), "EM");
        assert_eq!(initials("émile"), "É");
        assert_eq!(initials(" "), "");
    }
}

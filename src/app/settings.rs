//! What the program remembers of its user, on this computer.

use eframe::egui;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use super::project::Me;
use super::tokens::Mode;
use crate::study::{CoderId, DeviceId, ProjectId, ThemeId};

/// Light or dark, or what the system says.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ModeChoice {
    /// As the system.
    #[default]
    System,
    /// Always light.
    Light,
    /// Always dark.
    Dark,
}

impl ModeChoice {
    /// The next choice, when one key goes through them.
    #[must_use]
    pub const fn next(self) -> Self {
        match self {
            Self::System => Self::Light,
            Self::Light => Self::Dark,
            Self::Dark => Self::System,
        }
    }

    /// Name for the status bar.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::System => "As the system",
            Self::Light => "Light",
            Self::Dark => "Dark",
        }
    }

    /// The mode, where `system` is what the system says.
    #[must_use]
    pub fn mode(self, system: Option<egui::Theme>) -> Mode {
        match (self, system) {
            (Self::Dark, _) | (Self::System, Some(egui::Theme::Dark)) => Mode::Dark,
            _ => Mode::Light,
        }
    }
}

/// The settings of one user. Fields that an older or newer version does not know are left at their defaults.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Settings {
    /// This computer and account.
    pub device: DeviceId,
    /// Who edits.
    pub coder: CoderId,
    /// The coder's name.
    pub name: String,
    /// The coder's initials.
    pub initials: String,
    /// Light or dark.
    pub mode: ModeChoice,
    /// Size of everything, 1 is usual.
    pub zoom: f32,
    /// Whether keys that are a letter alone do anything.
    pub single_letters: bool,
    /// The project that was open last.
    pub last_project: Option<PathBuf>,
    /// Width of the sources pane in points.
    pub sources_width: Option<f32>,
    /// Width of the inspector in points.
    pub inspector_width: Option<f32>,
    /// The themes in the slots 1–9 of each project.
    pub slots: BTreeMap<ProjectId, [Option<ThemeId>; 9]>,
}

impl Default for Settings {
    fn default() -> Self {
        let name = std::env::var("USER").or_else(|_| std::env::var("USERNAME")).unwrap_or_else(|_| "Analyst".into());
        Self {
            device: DeviceId::new(),
            coder: CoderId::new(),
            initials: initials_of(&name),
            name,
            mode: ModeChoice::default(),
            zoom: 1.0,
            single_letters: true,
            last_project: None,
            sources_width: None,
            inspector_width: None,
            slots: BTreeMap::new(),
        }
    }
}

/// Two or three letters for a name.
#[must_use]
pub fn initials_of(name: &str) -> String {
    let words: Vec<_> = name.split_whitespace().collect();
    match words.as_slice() {
        [] => String::new(),
        [one] => one.chars().take(2).collect::<String>().to_uppercase(),
        words => words.iter().filter_map(|word| word.chars().next()).take(3).collect::<String>().to_uppercase(),
    }
}

/// Why settings could not be kept.
#[derive(Debug, thiserror::Error)]
pub enum SettingsError {
    /// The folder or file cannot be written.
    #[error("the settings cannot be written: {0}")]
    Write(#[from] std::io::Error),
    /// They cannot be put into words.
    #[error("the settings cannot be put into JSON: {0}")]
    Json(#[from] serde_json::Error),
}

impl Settings {
    /// The settings in `file`; the defaults where it is missing or unreadable, because a wrong setting must not keep
    /// anybody from their study.
    #[must_use]
    pub fn read(file: &Path) -> Self {
        std::fs::read(file).ok().and_then(|bytes| serde_json::from_slice(&bytes).ok()).unwrap_or_default()
    }

    /// Writes them beside `file` and then puts them in its place, so that it is never half written.
    ///
    /// # Errors
    /// [`SettingsError`] when the folder cannot be written.
    pub fn write(&self, file: &Path) -> Result<(), SettingsError> {
        if let Some(folder) = file.parent() {
            std::fs::create_dir_all(folder)?;
        }
        let beside = file.with_extension("new");
        std::fs::write(&beside, serde_json::to_vec_pretty(self)?)?;
        std::fs::rename(&beside, file)?;
        Ok(())
    }

    /// Who edits, as the project wants to know it.
    #[must_use]
    pub fn me(&self) -> Me {
        Me { device: self.device, coder: self.coder, name: self.name.clone(), initials: self.initials.clone() }
    }

    /// The themes in the slots of a project.
    #[must_use]
    pub fn slots_of(&self, project: ProjectId) -> [Option<ThemeId>; 9] {
        self.slots.get(&project).copied().unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn settings_survive_and_strange_files_do_no_harm() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("deep").join("settings.json");
        assert!((Settings::read(&file).zoom - 1.0).abs() < f32::EPSILON);
        let settings = Settings { zoom: 1.25, mode: ModeChoice::Dark, ..Settings::default() };
        settings.write(&file).unwrap();
        assert_eq!(Settings::read(&file), settings);
        std::fs::write(&file, b"{\"zoom\": 1.5, \"from_the_future\": {}}").unwrap();
        assert!((Settings::read(&file).zoom - 1.5).abs() < f32::EPSILON);
        std::fs::write(&file, b"rubbish").unwrap();
        assert_eq!(Settings::read(&file).mode, ModeChoice::System);
    }

    #[test]
    fn initials_are_short() {
        for (name, initials) in [("Elspeth Munro", "EM"), ("root", "RO"), ("", ""), ("A. B. C. D.", "ABC")] {
            assert_eq!(initials_of(name), initials);
        }
    }
}

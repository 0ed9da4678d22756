//! What the program remembers of its user, on this computer.

use eframe::egui;
use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;

use serde::{Deserialize, Serialize, Serializer};

use super::command::KeyMap;
use super::frame::FirstStep;
use super::tokens::{Mode, READING_SIZE, ReadingFace};
use super::views::quotes::USUAL_LABEL;
use super::views::read::Grouping;
use crate::home::Home;
use crate::study::{ProjectId, SavedId, SourceId, Study, ThemeId};

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
    /// The next choice, when one key goes through them and `system` is what the system says: first the other than the
    /// system's, so that the first press changes what is seen, then the system's own, then whatever it says.
    #[must_use]
    pub fn next(self, system: Option<egui::Theme>) -> Self {
        let (own, other) = match Self::System.mode(system) {
            Mode::Light => (Self::Light, Self::Dark),
            Mode::Dark => (Self::Dark, Self::Light),
        };
        match self {
            Self::System => other,
            now if now == other => own,
            _ => Self::System,
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
    /// Light or dark.
    pub mode: ModeChoice,
    /// Size of everything, 1 is usual.
    pub zoom: f32,
    /// The face in which transcripts are set.
    pub reading_face: ReadingFace,
    /// Size of the words of transcripts in points; [`READING_SIZE`] is usual.
    pub reading_size: f32,
    /// Whether keys that are a letter alone do anything.
    pub single_letters: bool,
    /// The keys the user has changed.
    pub keys: KeyMap,
    /// The project that was open last.
    #[serde(serialize_with = "write_path")]
    pub last_project: Option<PathBuf>,
    /// Projects that were open, the last first.
    #[serde(serialize_with = "write_paths")]
    pub recent_projects: Vec<PathBuf>,
    /// What a newcomer has done, or put away, of the first steps that the sample study shows.
    pub first_steps: BTreeSet<FirstStep>,
    /// Width of the sources pane in points.
    pub sources_width: Option<f32>,
    /// Width of the inspector in points.
    pub inspector_width: Option<f32>,
    /// How the files that were imported last are named; empty where that was never said.
    pub import_names: String,
    /// What the labels in files were that were imported: each known by a sum of it, because it can be a name.
    pub import_labels: BTreeMap<String, String>,
    /// The themes in the slots 1–9 of each project.
    pub slots: BTreeMap<ProjectId, [Option<ThemeId>; 9]>,
    /// Projects whose search index is never written to the disk.
    pub memory_indexes: BTreeSet<ProjectId>,
    /// The projects in which only own work is shown.
    pub blind: BTreeSet<ProjectId>,
    /// How much each standing query found when it was looked at last.
    pub looked_at: BTreeMap<SavedId, usize>,
    /// Where themes went that were merged into others: slots lead there.
    pub merged_themes: BTreeMap<ThemeId, ThemeId>,
    /// The themes applied lately in each project, newest first.
    pub recent_themes: BTreeMap<ProjectId, Vec<ThemeId>>,
    /// What the sources are listed by.
    pub sources_by: Grouping,
    /// The groups of sources that are folded in each project, by name.
    pub sources_folded: BTreeMap<ProjectId, BTreeSet<String>>,
    /// The fewest people of whom values of attributes leave a project unmasked, as it was said last, of whichever project:
    /// what is offered for another. 0 masks nothing, none is never said.
    pub fewest: Option<u32>,
    /// The same as it was said of each project; only this holds.
    pub fewest_of: BTreeMap<ProjectId, u32>,
    /// What stands under a quote, with fields in braces: "{case}, {group}, {area}".
    pub quote_label: String,
    /// Where one was in each project: the source that was open last, and its paragraph, from 0.
    pub places: BTreeMap<ProjectId, (SourceId, usize)>,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            mode: ModeChoice::default(),
            zoom: 1.0,
            reading_face: ReadingFace::default(),
            reading_size: READING_SIZE,
            single_letters: true,
            keys: KeyMap::default(),
            last_project: None,
            recent_projects: Vec::new(),
            first_steps: BTreeSet::new(),
            sources_width: None,
            inspector_width: None,
            import_names: String::new(),
            import_labels: BTreeMap::new(),
            slots: BTreeMap::new(),
            memory_indexes: BTreeSet::new(),
            blind: BTreeSet::new(),
            looked_at: BTreeMap::new(),
            merged_themes: BTreeMap::new(),
            recent_themes: BTreeMap::new(),
            sources_by: Grouping::default(),
            sources_folded: BTreeMap::new(),
            fewest: None,
            fewest_of: BTreeMap::new(),
            quote_label: USUAL_LABEL.to_owned(),
            places: BTreeMap::new(),
        }
    }
}

/// A path that is not UTF-8 has no place in the file; it is not kept, and everything else is.
#[expect(clippy::ref_option, reason = "serde hands it over so")]
fn write_path<S: Serializer>(path: &Option<PathBuf>, serializer: S) -> Result<S::Ok, S::Error> {
    path.as_ref().and_then(|path| path.to_str()).serialize(serializer)
}

/// The same for several.
fn write_paths<S: Serializer>(paths: &[PathBuf], serializer: S) -> Result<S::Ok, S::Error> {
    serializer.collect_seq(paths.iter().filter_map(|path| path.to_str()))
}

const ZOOM_STEP: f32 = 1.1;

/// The next larger or smaller size of everything.
#[must_use]
pub fn zoomed(zoom: f32, larger: bool) -> f32 {
    let next = if larger { zoom * ZOOM_STEP } else { zoom / ZOOM_STEP };
    // Steps there and back end where they began.
    let next = if (next - 1.0).abs() < 0.01 { 1.0 } else { next };
    next.clamp(0.5, 3.0)
}

/// How many projects are remembered.
const RECENT: usize = 8;

/// How many themes are remembered: as many as there are digits to apply them.
const RECENT_THEMES: usize = 9;

/// How far a theme is followed through mergers.
const MERGED_ON: usize = 100;

/// The name of the settings in the user's folder.
pub const NAME: &str = "window";

impl Settings {
    /// The settings that are kept; the defaults where there are none or they cannot be understood, because a wrong
    /// setting must not keep anybody from their study.
    #[must_use]
    pub fn read(home: &Home) -> Self {
        match home.read(NAME) {
            Ok(settings) => settings.unwrap_or_default(),
            Err(error) => {
                tracing::warn!(%error, "the settings of the window start anew");
                Self::default()
            }
        }
    }

    /// Remembers that a project was opened.
    pub fn opened(&mut self, path: PathBuf) {
        self.recent_projects.retain(|other| *other != path);
        self.recent_projects.insert(0, path.clone());
        self.recent_projects.truncate(RECENT);
        self.last_project = Some(path);
    }

    /// The themes in the slots of a project; of one that was merged away, the theme it went into.
    #[must_use]
    pub fn slots_of(&self, study: &Study) -> [Option<ThemeId>; 9] {
        let slots = self.slots.get(&study.project().id).copied().unwrap_or_default();
        slots.map(|theme| theme.and_then(|theme| self.theme_now(study, theme)))
    }

    /// The theme itself while it is there, else the one it was merged into, if that is.
    fn theme_now(&self, study: &Study, theme: ThemeId) -> Option<ThemeId> {
        // A theme can be merged on; an undo can make two lead to each other, so there is an end to it.
        let way = std::iter::successors(Some(theme), |theme| self.merged_themes.get(theme).copied());
        way.take(MERGED_ON).find(|theme| study.codebook().get(*theme).is_some())
    }

    /// Puts a theme into a slot of a project. The others keep theirs: a slot never changes by itself.
    pub fn fill_slot(&mut self, project: ProjectId, slot: usize, theme: ThemeId) {
        if let Some(place) = self.slots.entry(project).or_default().get_mut(slot) {
            *place = Some(theme);
        }
    }

    /// Remembers which themes go into another, so that slots lead there once they are gone.
    pub fn merged(&mut self, from: impl IntoIterator<Item = ThemeId>, into: ThemeId) {
        self.merged_themes.extend(from.into_iter().filter(|from| *from != into).map(|from| (from, into)));
    }

    /// The fewest people of whom values of attributes leave this project unmasked; 0 masks nothing, none is not said yet.
    #[must_use]
    pub fn fewest_in(&self, project: ProjectId) -> Option<u32> {
        self.fewest_of.get(&project).copied()
    }

    /// Keeps what is said of that for a project, and offers it for others.
    pub fn say_fewest(&mut self, project: ProjectId, fewest: u32) {
        self.fewest_of.insert(project, fewest);
        self.fewest = Some(fewest);
    }

    /// Puts a theme among those applied lately in a project.
    pub fn applied(&mut self, project: ProjectId, theme: ThemeId) {
        let recent = self.recent_themes.entry(project).or_default();
        recent.retain(|other| *other != theme);
        recent.insert(0, theme);
        recent.truncate(RECENT_THEMES);
    }

    /// The themes applied lately in a study, newest first, as far as they are there.
    #[must_use]
    pub fn recent_of(&self, study: &Study) -> Vec<ThemeId> {
        let recent = self.recent_themes.get(&study.project().id).map_or(&[][..], Vec::as_slice);
        recent.iter().copied().filter(|theme| study.codebook().get(*theme).is_some()).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn settings_survive_and_strange_files_do_no_harm() {
        let folder = tempfile::tempdir().unwrap();
        let home = Home::below(folder.path());
        assert_eq!(Settings::read(&home), Settings::default());
        let settings = Settings { zoom: 1.25, mode: ModeChoice::Dark, ..Settings::default() };
        home.write(NAME, &settings).unwrap();
        assert_eq!(Settings::read(&home), settings);
        home.write(NAME, &serde_json::json!({"zoom": 1.5, "from_the_future": {}})).unwrap();
        assert_eq!(Settings::read(&home), Settings { zoom: 1.5, ..Settings::default() });
        home.write(NAME, &"rubbish").unwrap();
        assert_eq!(Settings::read(&home), Settings::default());
    }

    #[cfg(unix)]
    #[test]
    fn a_path_that_is_not_utf_8_keeps_no_other_setting_from_being_kept() {
        use std::os::unix::ffi::OsStringExt as _;
        let folder = tempfile::tempdir().unwrap();
        let home = Home::below(folder.path());
        let mut settings = Settings { zoom: 1.25, ..Settings::default() };
        settings.opened(PathBuf::from("/studies/plain.themata"));
        settings.opened(PathBuf::from(std::ffi::OsString::from_vec(b"/studies/\xE9tude.themata".to_vec())));
        home.write(NAME, &settings).unwrap();
        let kept = Settings::read(&home);
        assert_eq!((kept.zoom, kept.last_project), (1.25, None));
        assert_eq!(kept.recent_projects, [PathBuf::from("/studies/plain.themata")]);
    }

    #[test]
    fn a_slot_keeps_its_theme_and_follows_it_into_another() {
        let mut builder = crate::analysis::testing::Builder::new();
        let [one, other] = ["Staffing", "Training"].map(|name| builder.theme(None, name));
        let study = builder.study();
        let (project, gone) = (study.project().id, ThemeId::new());
        let mut settings = Settings::default();
        settings.fill_slot(project, 0, one);
        settings.fill_slot(project, 4, one);
        settings.fill_slot(project, 2, gone);
        assert_eq!(settings.slots_of(&study)[..5], [Some(one), None, None, None, Some(one)], "the first slot did not move");
        settings.merged([gone, other], other);
        assert_eq!(settings.slots_of(&study)[2], Some(other));
        settings.merged([other], gone);
        assert_eq!(settings.slots_of(&study)[2], Some(other), "a theme that is there leads nowhere else");
        settings.merged([gone], ThemeId::new());
        assert_eq!(settings.slots_of(&study)[2], None);
    }

    #[test]
    fn how_few_are_masked_is_said_of_each_project_and_offered_for_others() {
        let [one, other] = [ProjectId::new(), ProjectId::new()];
        let mut settings = Settings::default();
        settings.say_fewest(one, 5);
        assert_eq!((settings.fewest_in(one), settings.fewest_in(other), settings.fewest), (Some(5), None, Some(5)));
        settings.say_fewest(other, 0);
        assert_eq!((settings.fewest_in(one), settings.fewest_in(other), settings.fewest), (Some(5), Some(0), Some(0)));
    }

    #[test]
    fn the_first_press_always_changes_what_is_seen() {
        for system in [None, Some(egui::Theme::Light), Some(egui::Theme::Dark)] {
            let (mut now, mut seen) = (ModeChoice::System, Vec::new());
            for _ in 0..3 {
                let before = now.mode(system);
                now = now.next(system);
                seen.push(now.mode(system) != before);
            }
            assert_eq!((now, seen), (ModeChoice::System, vec![true, true, false]), "{system:?}");
        }
    }
}

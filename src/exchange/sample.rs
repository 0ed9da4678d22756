//! The sample study: the folder `corpus/` packed into the program, and the project made from it.

use std::path::PathBuf;

use super::import::folder::{FolderError, load_into, read_packed};
use crate::home::Home;
use crate::project::{Me, Project, ProjectError};
use crate::store::StoreError;

/// Name of the sample's project file in the user's data folder.
const FILE: &str = "Justice social work in six areas.themata";

/// Name and text of a source of the sample.
macro_rules! source {
    ($name:literal) => {
        ($name, include_str!(concat!("../../corpus/sources/", $name)))
    };
}

const STUDY: &str = include_str!("../../corpus/study.json");
const CODINGS: &str = include_str!("../../corpus/codings.json");
const SOURCES: &[(&str, &str)] = &[
    source!("ARG-CL1.txt"),
    source!("ARG-JSW1.txt"),
    source!("ARG-PO1.txt"),
    source!("ARG-SM1.txt"),
    source!("FIF-CL1.txt"),
    source!("FIF-FG1.txt"),
    source!("FIF-JSW1.txt"),
    source!("FIF-TL2.txt"),
    source!("GLA-AN1.txt"),
    source!("GLA-CG1.txt"),
    source!("GLA-CL1.txt"),
    source!("GLA-JSW2.txt"),
    source!("GLA-PA1.txt"),
    source!("GLA-SM1.txt"),
    source!("GLA-TL1.txt"),
    source!("HIG-CJP1.txt"),
    source!("HIG-JSW1.txt"),
    source!("HIG-PA1.txt"),
    source!("HIG-SM1.txt"),
    source!("REP-1.txt"),
    source!("SLA-CL1.txt"),
    source!("SLA-HP1.txt"),
    source!("SLA-JSW1.txt"),
    source!("SLA-PA1.txt"),
    source!("WLO-CJP1.txt"),
    source!("WLO-HP1.txt"),
    source!("WLO-JSW1.txt"),
    source!("WLO-PA1.txt"),
    source!("WLO-TL1.txt"),
];

/// Why the sample study could not be made.
#[derive(Debug, thiserror::Error)]
pub enum SampleError {
    /// The folder for it.
    #[error("the folder for the sample study cannot be made: {0}")]
    Io(#[from] std::io::Error),
    /// The sample itself; a mistake of this build.
    #[error("the sample study of this build is damaged: {0}")]
    Folder(#[from] FolderError),
    /// The project file.
    #[error(transparent)]
    Project(#[from] ProjectError),
}

/// Where the sample's project lies; it is made at the first call and left as it is afterwards.
///
/// # Errors
/// [`SampleError`]; a project that could not be finished is not left behind.
pub fn project(home: &Home, me: &Me) -> Result<PathBuf, SampleError> {
    let path = home.data.join(FILE);
    if path.exists() {
        return Ok(path);
    }
    std::fs::create_dir_all(&home.data)?;
    let folder = read_packed(STUDY, CODINGS, SOURCES)?;
    match Project::create_with(&path, &folder.name, me, "Sample study", |tx| load_into(tx, &folder)) {
        // Another start of the program may have been faster.
        Ok(_) | Err(ProjectError::Store(StoreError::Exists(_))) => Ok(path),
        Err(error) => Err(error.into()),
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;
    use crate::analysis::basis::{Drift, basis_of};
    use crate::analysis::chart::{CellState, Chart, ChartSpec};
    use crate::exchange::import::folder::read_folder;
    use crate::study::{Cites, CoderId, Crossed, DeviceId, Meant, MemoOn, Silence, StatusKind, Study, Summary, pieces};

    #[test]
    fn every_file_of_the_folder_is_packed() {
        let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("corpus/sources");
        let there: BTreeSet<_> =
            std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
        let packed: BTreeSet<_> = SOURCES.iter().map(|(name, _)| (*name).to_owned()).collect();
        assert_eq!(packed, there);
    }

    #[test]
    fn packed_and_read_from_disk_it_is_the_same() {
        let packed = read_packed(STUDY, CODINGS, SOURCES).unwrap();
        let read = read_folder(&std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("corpus")).unwrap();
        assert_eq!(packed, read);
    }

    #[test]
    fn the_sample_has_something_for_every_view() {
        let folder = tempfile::tempdir().unwrap();
        let home = Home::below(folder.path());
        let me = Me { device: DeviceId::new(), coder: CoderId::new(), name: "Newcomer".into(), initials: "N".into() };
        let path = project(&home, &me).unwrap();
        assert_eq!(project(&home, &me).unwrap(), path);
        assert_eq!(std::fs::read_dir(&home.data).unwrap().count(), 1, "one file, nothing unfinished");

        let project = Project::open(&path, crate::project::Access::Write, &me).unwrap();
        let study = project.study();
        let transcripts = study.materials().iter().filter(|material| material.source.form == crate::study::SourceForm::Transcript);
        let words: u32 = transcripts.clone().map(|material| material.geometry.words_in(crate::text::Span::new(0, u32::MAX))).sum();
        assert!(transcripts.count() >= 24 && words >= 18_000, "{words} words");
        assert!(study.codings().count() >= 400);
        assert!(study.materials().iter().filter(|material| !material.codings.is_empty()).count() >= 14);
        assert!(study.materials().iter().any(|material| !material.quote_marks.is_empty()));
        assert!(study.materials().iter().any(|material| !material.contrary_marks.is_empty()));
        let statuses: BTreeSet<_> =
            study.materials().iter().flat_map(|material| material.statuses.iter().map(|status| status.status)).collect();
        assert!(statuses.contains(&StatusKind::Done) && statuses.contains(&StatusKind::Coding));
        assert!(study.project().synthetic);
        assert_eq!(project.check(false).unwrap(), []);
    }

    /// The sample as somebody opens it.
    fn opened() -> (tempfile::TempDir, Study) {
        let folder = tempfile::tempdir().unwrap();
        let me = Me { device: DeviceId::new(), coder: CoderId::new(), name: "Newcomer".into(), initials: "N".into() };
        let path = project(&Home::below(folder.path()), &me).unwrap();
        let study = Project::open(&path, crate::project::Access::Read, &me).unwrap().study();
        (folder, Study::clone(&study))
    }

    #[test]
    fn the_chart_of_partnership_working_shows_what_charting_is() {
        let (_folder, study) = opened();
        let theme = study.codebook().find_path("Partnership working").unwrap();
        let chart = Chart::new(&study, &ChartSpec { theme, by: Vec::new(), shown: std::collections::BTreeMap::new() });
        let cells = || chart.rows.iter().flat_map(|row| &row.cells);
        let count = |state| cells().filter(|cell| cell.state == state).count();
        let (drafts, charted, reviewed) = (count(CellState::Draft), count(CellState::Charted), count(CellState::Reviewed));
        assert!(drafts >= 4 && charted >= 12 && reviewed >= 6 && drafts + charted + reviewed >= 30, "{drafts}, {charted}, {reviewed}");
        // What was coded in the areas that are charted is charted.
        for row in &chart.rows {
            let case = study.case(row.case).unwrap();
            let bare = row.cells.iter().filter(|cell| cell.passages > 0 && cell.state == CellState::NotCharted).count();
            let of_area = ["ARG-", "FIF-", "GLA-"].iter().any(|area| case.label.starts_with(area));
            assert!(!of_area || bare == 0, "{} has {bare} cells with passages and without a summary", case.label);
        }
        assert!(cells().all(|cell| !cell.stale && cell.to_settle == 0));
        let thumbnail = |text: &str| text.lines().next().unwrap().chars().count();
        let of_cases = study.memos().iter().filter(|memo| matches!(memo.on, MemoOn::Case { .. }));
        assert_eq!(of_cases.filter(|memo| thumbnail(&memo.text) <= 25).count(), 10);
    }

    #[test]
    fn no_summary_of_the_sample_is_stale_and_silence_is_where_nothing_is_coded() {
        let (_folder, study) = opened();
        let summaries: Vec<&Summary> = study.summaries().iter().map(AsRef::as_ref).collect();
        let cells: Vec<_> = summaries.iter().map(|summary| &summary.cell).collect();
        for (summary, now) in summaries.iter().zip(basis_of(&study, &cells)) {
            let name = study.crossing_name(&summary.cell);
            assert_eq!(Drift::between(&summary.basis, &now), Drift::default(), "{name}");
            assert_eq!(now.codings.is_empty(), summary.silence.is_some(), "{name}");
        }
        let silences: BTreeSet<_> = summaries.iter().filter_map(|summary| summary.silence).collect();
        assert_eq!(silences, BTreeSet::from([Silence::AskedSaidNothing, Silence::NotAsked]));
        let coders: BTreeSet<_> = summaries.iter().map(|summary| study.coders()[&summary.coder].initials.as_str()).collect();
        assert_eq!(coders, BTreeSet::from(["EM", "RT"]));
        let of_several: Vec<_> = summaries.iter().filter(|summary| matches!(summary.cell.of, Crossed::Values(_))).collect();
        assert_eq!(of_several.len(), 3);
        assert!(of_several.iter().all(|summary| {
            let spread = &summary.spread;
            [&spread.consensus, &spread.range, &spread.dissent].iter().all(|words| !words.is_empty())
        }));
        let cited = |it: &&&Summary| it.citations.iter().any(|citation| matches!(citation.of, Cites::Summary { .. }));
        assert_eq!(of_several.iter().copied().filter(cited).count(), 1, "one cites what is written of its people");
    }

    #[test]
    fn whoever_is_quoted_in_a_summary_said_it_in_the_words_cited_next() {
        let (_folder, study) = opened();
        let mut quoted = 0;
        for summary in study.summaries().iter() {
            let spread = &summary.spread;
            for words in [&summary.text, &spread.consensus, &spread.range, &spread.dissent] {
                let pieces = pieces(words);
                for (at, (_, piece)) in pieces.iter().enumerate().filter(|(_, (meant, _))| *meant == Meant::Said) {
                    let name = || format!("{} in {}", piece, study.crossing_name(&summary.cell));
                    let number =
                        pieces[at..].iter().find_map(|(meant, _)| if let Meant::Cited(number) = meant { Some(*number) } else { None });
                    let number = number.unwrap_or_else(|| panic!("nothing is cited for {}", name()));
                    let citation = summary.citations.iter().find(|citation| citation.number == number).unwrap();
                    let said = piece.trim_start_matches('“').trim_end_matches('”');
                    assert!(citation.words.contains(said), "{} is not in [{number}]", name());
                    quoted += 1;
                }
            }
        }
        assert!(quoted >= 80, "{quoted}");
    }
}

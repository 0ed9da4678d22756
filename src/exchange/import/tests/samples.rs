use std::path::Path;

use super::helpers::*;
use crate::study::SourceForm;
use crate::text::{ParagraphKind, Voice};

fn sources() -> Vec<(String, Vec<u8>)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("corpus/sources");
    let mut files: Vec<_> = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.sort();
    files.into_iter().map(|path| (path.file_name().unwrap().to_str().unwrap().to_owned(), std::fs::read(path).unwrap())).collect()
}

#[test]
fn the_transcripts_of_the_sample_study_are_read_whole() {
    let mut transcripts = 0;
    for (name, bytes) in sources() {
        let draft = draft(&name, &bytes, &frame());
        if draft.form == SourceForm::Report {
            continue;
        }
        transcripts += 1;
        assert_eq!(format!("{}.txt", draft.label), name);
        assert!(draft.date.starts_with("2024-0") && !draft.interviewer.is_empty() && !draft.kind.is_empty(), "{name}");
        assert_eq!(of_kind(&draft, ParagraphKind::Furniture).len(), 9, "{name}");
        assert_eq!(draft.speakers.iter().filter(|speaker| speaker.voice == Voice::Interviewer).count(), 1, "{name}");
        assert!(draft.paragraphs.iter().all(|paragraph| draft.voice(paragraph) != Voice::Author), "{name}");
        let alone = draft.kind == "Interview";
        assert_eq!(draft.cases().len() == 1, alone, "{name}: {:?}", draft.cases());
    }
    assert!(transcripts >= 24);
}

#[test]
fn the_report_of_the_sample_study_has_all_furnishings() {
    let (name, bytes) = sources().into_iter().find(|(name, _)| name == "REP-1.txt").unwrap();
    let draft = draft(&name, &bytes, &frame());
    assert_eq!(draft.form, SourceForm::Report);
    let quotes = of_kind(&draft, ParagraphKind::BlockQuote);
    assert_eq!(quotes.len(), 8);
    assert_eq!(draft.cases().len(), 7);
    assert!(draft.cases().iter().all(|case| case.group.is_some()));
    assert_eq!(of_kind(&draft, ParagraphKind::KeyPoint).len(), 4);
    assert_eq!(of_kind(&draft, ParagraphKind::ListItem).len(), 5);
    assert_eq!(of_kind(&draft, ParagraphKind::Boxed).len(), 1);
}

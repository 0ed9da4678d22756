use std::path::PathBuf;

use crate::exchange::import::{Draft, Frame, Names, read_bytes};
use crate::study::CaseKind;
use crate::text::{Geometry, Paragraph, ParagraphKind, Voice};

/// The file as the reader sees it; what must hold of every draft is checked here.
pub(super) fn draft(name: &str, bytes: &[u8], frame: &Frame) -> Draft {
    let draft = read_bytes(name, bytes, frame).unwrap();
    check_laws(&draft);
    draft
}

/// Paragraphs, styles and comments fit the text, labels lie outside of them, speakers exist, and no letter is outside of everything.
pub(super) fn check_laws(draft: &Draft) {
    let labels = draft.speakers.iter().map(|speaker| speaker.label.as_str().into()).collect();
    let geometry = Geometry::new(&draft.text, draft.paragraphs.clone(), draft.anchors.clone(), labels).unwrap();
    geometry.with_styles(&draft.text, &draft.styles).unwrap();
    for comment in &draft.comments {
        assert!(draft.text.get(comment.span.range()).is_some(), "{comment:?}");
    }
    for paragraph in &draft.paragraphs {
        assert_eq!(paragraph.span.trimmed(&draft.text), paragraph.span);
        assert!(!paragraph.label.overlaps(paragraph.span), "{:?}", words(draft, paragraph));
        assert!(draft.text.get(paragraph.label.range()).is_some());
        assert_eq!(paragraph.kind == ParagraphKind::Furniture, draft.voice(paragraph) == Voice::Furniture);
    }
    let mut covered = vec![false; draft.text.len()];
    let spans = draft
        .paragraphs
        .iter()
        .flat_map(|paragraph| [paragraph.span, paragraph.label])
        .chain(draft.anchors.iter().map(|anchor| anchor.span));
    spans.for_each(|span| covered[span.range()].fill(true));
    let lost: String = draft.text.char_indices().filter(|(at, c)| !covered[*at] && c.is_alphabetic()).map(|(_, c)| c).collect();
    assert!(lost.is_empty(), "outside of every paragraph: {lost}");
}

pub(super) fn words<'draft>(draft: &'draft Draft, paragraph: &Paragraph) -> &'draft str {
    paragraph.span.slice(&draft.text)
}

pub(super) fn label<'draft>(draft: &'draft Draft, paragraph: &Paragraph) -> &'draft str {
    paragraph.label.slice(&draft.text)
}

pub(super) fn of_kind(draft: &Draft, kind: ParagraphKind) -> Vec<&Paragraph> {
    draft.paragraphs.iter().filter(|paragraph| paragraph.kind == kind).collect()
}

/// Lines such as `turn R: Fine.`, one a paragraph.
pub(super) fn outline(draft: &Draft) -> Vec<String> {
    draft
        .paragraphs
        .iter()
        .map(|paragraph| {
            let kind = format!("{:?}", paragraph.kind).to_lowercase();
            let level = if paragraph.level > 0 { paragraph.level.to_string() } else { String::new() };
            let label = label(draft, paragraph);
            let label = if label.is_empty() { String::new() } else { format!(" [{label}]") };
            format!("{kind}{level}{label} {}", words(draft, paragraph))
        })
        .collect()
}

/// Cases as `label, kind, group, area`.
pub(super) fn cases(draft: &Draft) -> Vec<(&str, CaseKind, Option<&str>, Option<&str>)> {
    draft.cases().into_iter().map(|case| (case.label.as_str(), case.kind, case.group.as_deref(), case.area.as_deref())).collect()
}

/// The frame of the first study, as its readme gives it.
pub(super) fn frame() -> Frame {
    let names = |all: &[(&str, &[&str])]| {
        let one = |(name, aliases): &(&str, &[&str])| Names {
            name: (*name).into(),
            aliases: aliases.iter().map(|alias| (*alias).into()).collect(),
        };
        all.iter().map(one).collect::<Vec<_>>()
    };
    Frame {
        groups: names(&[
            ("Senior managers / team leaders", &[]),
            ("Justice social workers", &[]),
            ("Paraprofessionals", &[]),
            ("Wider professional partners", &[]),
            ("CJP leads", &["CJP"]),
            ("Clients", &[]),
        ]),
        areas: names(&[("Argyll and Bute", &["Argyll & Bute"]), ("Fife", &[]), ("Glasgow", &[])]),
        role_names: ["Participant group".into(), "Case-study area".into()],
        case_attributes: vec!["Years in post".into()],
        grows: false,
    }
}

/// A file of the published reports, which lie beside the project and are no part of it.
pub(super) fn report(name: &str) -> Option<(PathBuf, Vec<u8>)> {
    let path = crate::testing::reports()?.join(name);
    let bytes = std::fs::read(&path).unwrap();
    Some((path, bytes))
}

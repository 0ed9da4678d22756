//! What the dialog offers.

use crate::exchange::export::{Content, Form};

/// What leaves the project: something as one file, or the texts (`None`).
pub(super) type What = Option<Content>;

/// What is offered together.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// Tables for spreadsheets and scripts.
    Tables,
    /// Documents to be read and worked on.
    Documents,
    /// Everything at once, for other programs and for archives.
    Whole,
    /// The texts.
    Texts,
}

pub(super) const KINDS: [(Kind, &str); 4] =
    [(Kind::Tables, "Tables"), (Kind::Documents, "Documents"), (Kind::Whole, "Project"), (Kind::Texts, "Texts")];

pub(super) const TABLES: [(Content, &str, &str); 12] = [
    (Content::Matrix, "Matrix", "As it is seen: rows, columns, pages."),
    (Content::Cells, "Cells", "The matrix in long form, one row a cell, with every measure."),
    (Content::Chart, "Chart", "Cases by themes with the summaries; in Excel a sheet for each theme at the top."),
    (Content::Summaries, "Summaries", "One row a summary, with state and citations."),
    (Content::Codings, "Codings", "One row a coding, with its words, cases and attributes."),
    (Content::Sources, "Sources", "One row a source, with who speaks, how much is coded, and its attributes."),
    (Content::Quotes, "Quotes", "One row a quote mark, with theme, case, group and area."),
    (Content::Cases, "Cases", "Cases by themes: 0 or 1, and counts."),
    (Content::Memos, "Memos", "Every memo, with what it is on."),
    (Content::Propositions, "Propositions", "Every proposition with what speaks for and against it."),
    (Content::Typologies, "Typologies", "Where each case is in each dimension, and the empty types."),
    (Content::Codebook, "Codebook", "The themes with their definitions."),
];

pub(super) const DOCUMENTS: [(Content, &str, &str); 7] = [
    (Content::Findings, "Findings", "By theme: summaries with what they cite, quotes, who says otherwise, who was not heard."),
    (Content::Profiles, "Case profiles", "A page for every case: who it is, and what is charted of it."),
    (Content::Codebook, "Codebook", "The tree with definitions, examples and counts."),
    (Content::Method, "Method", "An account of how the study was done, as far as the project knows."),
    (Content::Coreq, "COREQ", "The 32 items: what the project knows is filled in, the rest is left to be written."),
    (Content::Srqr, "SRQR", "The 21 items: what the project knows is filled in, the rest is left to be written."),
    (
        Content::Transcripts,
        "Transcripts",
        "The texts with what is coded in them: a page with stripes, or in Word a comment for every coding.",
    ),
];

pub(super) const WHOLE: [(Content, &str, &str); 2] = [
    (Content::Project, "Project", "Everything in one file for other programs; docs/export-json.md explains every key."),
    (Content::Archive, "Archive", "Texts, tables, codebook and project with what explains them, to be deposited."),
];

/// What is offered of a kind, each with its name and what it is.
pub(super) const fn offered(kind: Kind) -> &'static [(Content, &'static str, &'static str)] {
    match kind {
        Kind::Tables => &TABLES,
        Kind::Documents => &DOCUMENTS,
        Kind::Whole => &WHOLE,
        Kind::Texts => &[],
    }
}

/// What the texts are.
pub(super) const ABOUT_TEXTS: &str = "One UTF-8 file a source, in a folder.";

/// What the choice of the fewest people is called.
pub(in crate::app::frame::dialogs) const FEWEST_NAME: &str = "Mask groups of fewer than";

/// What can be chosen for the fewest people of whom values are told; 0 masks nothing.
pub(in crate::app::frame::dialogs) const FEWEST: [(Option<u32>, &str); 4] =
    [(Some(0), "Off"), (Some(3), "3"), (Some(5), "5"), (Some(10), "10")];

/// A kind of file as it is chosen: a CSV is one for Excel, which begins with the mark by which Excel knows UTF-8, or plain.
pub(super) type AsFile = (Form, bool);

const CSV: [(AsFile, &str); 2] = [((Form::Csv, true), "CSV for Excel"), ((Form::Csv, false), "Plain CSV")];

/// The kinds of file that something can leave as, of those of its kind, and in one order for all of them.
pub(super) fn files(kind: Kind, what: What) -> Vec<(AsFile, &'static str)> {
    let forms = what.map_or(&[][..], Content::forms);
    let of_kind = match kind {
        Kind::Tables | Kind::Texts => Form::OF_TABLES,
        Kind::Documents => Form::OF_DOCUMENTS,
        Kind::Whole => forms,
    };
    let named = |form: &Form| if *form == Form::Csv { CSV.to_vec() } else { vec![((*form, true), form.name())] };
    of_kind.iter().filter(|form| forms.contains(form)).flat_map(named).collect()
}

/// The kinds of file that pictures can leave as.
pub(super) fn picture_files() -> impl Iterator<Item = (AsFile, &'static str)> {
    Form::OF_PICTURES.iter().map(|form| ((*form, true), form.name()))
}

/// What something is called in the dialog, and what it is.
pub(super) fn named(kind: Kind, what: What) -> (&'static str, &'static str) {
    let found = offered(kind).iter().find(|(content, ..)| Some(*content) == what);
    found.map_or(("Texts", ABOUT_TEXTS), |(_, name, about)| (*name, *about))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn everything_can_be_written_as_something_and_is_called_once() {
        for kind in [Kind::Tables, Kind::Documents, Kind::Whole] {
            for (content, name, about) in offered(kind) {
                let files = files(kind, Some(*content));
                assert!(files.len() >= 2 || kind == Kind::Whole && files.len() == 1, "{name} leaves in more than one way");
                assert!(files.iter().all(|((form, _), _)| content.forms().contains(form)), "{name}");
                assert_eq!(named(kind, Some(*content)), (*name, *about));
            }
        }
        assert_eq!(files(Kind::Tables, Some(Content::Chart)), files(Kind::Tables, Some(Content::Matrix)), "they stay where they are");
        assert_eq!((files(Kind::Texts, None).len(), named(Kind::Texts, None).0), (0, "Texts"));
    }
}

//! Words of a source as they are quoted: with their place and with who says them.

use super::names::Names;
use crate::analysis::matrix::said;
use crate::study::{Case, CaseId, Citation, Cites, Consent, Material, NO_CASE, QuoteMark, RevisionId};
use crate::text::{NoSuchBlob, Span, Texts};

/// Words of a source with their place.
pub(super) struct Quoted {
    /// The words; by ids only without the labels of speakers between them.
    pub words: String,
    /// The source by its short id.
    pub source: String,
    /// The paragraph, from 1.
    pub paragraph: Option<usize>,
    /// Who says them; nobody where they are no participant's.
    pub cases: Vec<Option<CaseId>>,
    /// Whether they were corrected away since.
    pub broken: bool,
    /// Whether somebody refused that some of them are quoted.
    pub refused: bool,
}

impl Quoted {
    /// The words of a span of some version of a source; nothing where that version is gone.
    pub fn read(
        names: &Names<'_>,
        texts: &dyn Texts,
        material: &Material,
        revision: RevisionId,
        span: Span,
    ) -> Result<Option<Self>, NoSuchBlob> {
        let Some(version) = material.revisions.iter().find(|other| other.id == revision) else { return Ok(None) };
        let (text, geometry) = (texts.text(version.text)?, texts.geometry(version.geometry)?);
        let is_read = material.source.revision == revision;
        let mut cases = Vec::new();
        let parts = if is_read { material.parts_of(span) } else { Vec::new() };
        for part in parts {
            let case = (part.case != NO_CASE).then(|| material.case(part.case)).flatten();
            if !cases.contains(&case) {
                cases.push(case);
            }
        }
        Ok(Some(Self {
            words: if names.labels().is_full() { span.slice(&text).to_owned() } else { said(&geometry, &text, span) },
            source: material.source.label.clone(),
            paragraph: geometry.paragraph_at(span.start).map(|at| at + 1),
            cases,
            broken: !is_read,
            refused: is_refused(material, revision, span),
        }))
    }

    /// What a summary cites; the words as they were cited where the source is gone.
    pub fn cited(names: &Names<'_>, texts: &dyn Texts, citation: &Citation) -> Result<Self, NoSuchBlob> {
        let as_cited = |source: String, broken| Self {
            words: citation.words.clone(),
            source,
            paragraph: None,
            cases: Vec::new(),
            broken,
            refused: false,
        };
        match citation.of {
            Cites::Passage { source, revision, span } => {
                let found = match names.study().material(source) {
                    Some(material) => Self::read(names, texts, material, revision, span)?,
                    None => None,
                };
                Ok(found.unwrap_or_else(|| as_cited("a source that is gone".to_owned(), true)))
            }
            Cites::Summary { case } => Ok(match names.study().case(case) {
                Some(case) => as_cited(format!("summary of {}", case.label), false),
                None => as_cited("the summary of a case that is gone".to_owned(), true),
            }),
        }
    }

    /// Where they stand: "FIF-TL2 ¶ 12".
    pub fn place(&self) -> String {
        let paragraph = self.paragraph.map(|paragraph| format!(" ¶ {paragraph}")).unwrap_or_default();
        let broken = if self.broken { " (corrected since)" } else { "" };
        format!("{}{paragraph}{broken}", self.source)
    }

    /// Where they stand in a document, and whether they may not be quoted: "FIF-TL2 ¶ 12 · consent refused".
    pub fn place_and_consent(&self) -> String {
        self.with_consent(self.place())
    }

    fn with_consent(&self, label: String) -> String {
        if self.refused { format!("{label} · consent refused") } else { label }
    }

    /// Who says them, where they stand, and whether they may not be quoted: "FIF-TL2, Team leaders, Fife · ¶ 12".
    pub fn label(&self, names: &Names<'_>) -> String {
        let cases: Vec<Option<&Case>> = self.cases.iter().map(|case| case.and_then(|case| names.study().case(case))).collect();
        let who: Vec<String> = cases.iter().map(|case| names.attribution(*case)).collect();
        // An interview of one person has the person's own id.
        let same = matches!(cases.as_slice(), [Some(case)] if case.label == self.source);
        self.with_consent(match (who.is_empty(), same, self.paragraph) {
            (false, true, Some(paragraph)) if !self.broken => format!("{} · ¶ {paragraph}", who.join("; ")),
            (false, ..) => format!("{} · {}", who.join("; "), self.place()),
            (true, ..) => self.place(),
        })
    }
}

/// Whether a quote mark on any of these words says that they must not be quoted.
fn is_refused(material: &Material, revision: RevisionId, span: Span) -> bool {
    let on_words = |mark: &&QuoteMark| mark.revision == revision && mark.span.overlaps(span);
    material.kept_quote_marks().filter(on_words).any(|mark| mark.facts.consent == Consent::Refused)
}

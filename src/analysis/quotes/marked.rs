use crate::analysis::matrix::said;
use crate::study::{CaseId, CoderId, Material, QuoteFacts, QuoteMark, QuoteMarkId, Revision, SourceId, Study, ThemeId};
use crate::text::{NoSuchBlob, Span, Texts};

/// A passage that was marked to be quoted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MarkedQuote {
    /// The mark.
    pub mark: QuoteMarkId,
    /// The source.
    pub source: SourceId,
    /// The words, in the text of the mark's own version.
    pub span: Span,
    /// Index of the paragraph in which they begin, in that version.
    pub paragraph: usize,
    /// The words themselves, without the labels of speakers between them.
    pub words: String,
    /// The theme of the coding on which the mark hangs.
    pub theme: Option<ThemeId>,
    /// The cases that said them; none when no participant did, or the words were corrected away.
    pub cases: Vec<Option<CaseId>>,
    /// Who marked them.
    pub coder: CoderId,
    /// Whether the words were corrected away.
    pub broken: bool,
    /// What the report needs to know of it.
    pub facts: QuoteFacts,
}

/// Every passage that was marked to be quoted, in the order of themes, then of sources and places. Those without a theme come last.
///
/// # Errors
/// [`NoSuchBlob`] when a text is missing.
pub fn marked(study: &Study, texts: &dyn Texts) -> Result<Vec<MarkedQuote>, NoSuchBlob> {
    let mut all = Vec::new();
    for material in study.materials() {
        for revision in &material.revisions {
            let marks: Vec<&QuoteMark> = material.kept_quote_marks().filter(|mark| mark.revision == revision.id).collect();
            if !marks.is_empty() {
                all.extend(of_revision(material, revision, &marks, texts)?);
            }
        }
    }
    let order: Vec<ThemeId> = study.codebook().themes().map(|theme| theme.id).collect();
    let place = |theme: Option<ThemeId>| order.iter().position(|id| Some(*id) == theme).unwrap_or(usize::MAX);
    // Stable: within a theme the order of sources and places stays.
    all.sort_by_cached_key(|quote| place(quote.theme));
    Ok(all)
}

fn of_revision(material: &Material, revision: &Revision, marks: &[&QuoteMark], texts: &dyn Texts) -> Result<Vec<MarkedQuote>, NoSuchBlob> {
    let (text, geometry) = (texts.text(revision.text)?, texts.geometry(revision.geometry)?);
    let broken = revision.id != material.source.revision;
    let quotes = marks.iter().map(|mark| {
        let mut cases = Vec::new();
        for part in if broken { Vec::new() } else { material.parts_of(mark.span) } {
            let case = material.case(part.case);
            if !cases.contains(&case) {
                cases.push(case);
            }
        }
        MarkedQuote {
            mark: mark.id,
            source: mark.source,
            span: mark.span,
            paragraph: geometry.paragraphs_in(mark.span).start,
            words: said(&geometry, &text, mark.span),
            theme: mark.coding.and_then(|coding| material.kept_coding(coding)).map(|coding| coding.theme),
            cases,
            coder: mark.coder,
            broken,
            facts: mark.facts.clone(),
        }
    });
    Ok(quotes.collect())
}

use std::collections::{BTreeMap, BTreeSet};

use super::check::{Check, Checked, time, value_named, wrong};
use super::shapes::{CitationShape, SpreadShape, SummaryShape};
use super::study_folder::{FolderCitation, FolderCites, FolderCrossed, FolderSummary};
use crate::study::{Meant, Spread, pieces};

impl Check<'_> {
    pub(super) fn summary(&mut self, shape: SummaryShape, line: usize) -> Checked<()> {
        let theme = self.theme_named(&shape.theme, line)?;
        let of = self.crossed(shape.case.as_deref(), shape.of.as_ref(), line)?;
        if self.folder.summaries.iter().any(|known| known.theme == theme && known.of == of) {
            return wrong(line, format!("A cell has one summary; here is another one of this cell of “{}”.", shape.theme));
        }
        let SpreadShape { consensus, range, dissent } = shape.spread;
        let spread = Spread { consensus, range, dissent };
        let words = [&shape.text, &spread.consensus, &spread.range, &spread.dissent];
        let says = words.iter().any(|words| !words.trim().is_empty());
        if says == shape.silence.is_some() {
            return wrong(line, "A summary has either words or a “silence”, which is why there are none.".to_owned());
        }
        let citations = shape.citations.iter().map(|citation| self.citation(citation, theme, &of, line)).collect::<Checked<Vec<_>>>()?;
        let mut numbers = BTreeSet::new();
        if let Some(twice) = citations.iter().find(|citation| !numbers.insert(citation.number)) {
            return wrong(line, format!("The citation {} is there twice. Give one of them another number.", twice.number));
        }
        let cited = words.into_iter().flat_map(|words| pieces(words)).filter_map(|(meant, _)| match meant {
            Meant::Cited(number) => Some(number),
            _ => None,
        });
        if let Some(number) = cited.into_iter().find(|number| !numbers.contains(number)) {
            return wrong(line, format!("The summary cites [{number}], and there is no citation of that number."));
        }
        let (coder, time) = (self.coder_named(&shape.coder, line)?, time(shape.time.as_deref(), line)?);
        let SummaryShape { text, state, silence, .. } = shape;
        self.folder.summaries.push(FolderSummary { theme, of, text, spread, citations, state, silence, coder, time });
        Ok(())
    }

    fn crossed(&self, case: Option<&str>, values: Option<&BTreeMap<String, Option<String>>>, line: usize) -> Checked<FolderCrossed> {
        match (case, values) {
            (Some(case), None) => Ok(FolderCrossed::Case(self.case_named(case, line)?)),
            (None, Some(given)) => {
                let one = |(name, value): (&String, &Option<String>)| {
                    let attribute = self.attribute_named(name, line)?;
                    let value = value.as_ref().map(|value| value_named(attribute, value, line)).transpose()?;
                    Ok((attribute.name.clone(), value))
                };
                Ok(FolderCrossed::Values(given.iter().map(one).collect::<Checked<_>>()?))
            }
            _ => wrong(line, "A summary is of one cell: name its “case”, or “of” which values it is.".to_owned()),
        }
    }

    /// The words of a source; in the cell of several people also what is written above of one of them.
    fn citation(&self, shape: &CitationShape, theme: usize, cell: &FolderCrossed, line: usize) -> Checked<FolderCitation> {
        let number = shape.number;
        let (of, words) = match (&shape.source, &shape.words, &shape.case) {
            (Some(source), Some(words), None) => {
                let source = self.source_named(source, line)?;
                let span = self.words_in(source, words, line)?;
                let words = self.folder.drafts.get(source).map_or("", |draft| span.slice(&draft.text));
                (FolderCites::Passage(source, span), words.to_owned())
            }
            (None, None, Some(case)) if matches!(cell, FolderCrossed::Values(_)) => {
                let case = self.case_named(case, line)?;
                let of_case = FolderCrossed::Case(case.clone());
                let Some(own) = self.folder.summaries.iter().find(|known| known.theme == theme && known.of == of_case) else {
                    return wrong(line, format!("No summary of {case} on this theme stands above, which [{number}] could cite."));
                };
                (FolderCites::Summary(case), own.text.clone())
            }
            _ => {
                let sentence = "cites words of a source, or in the cell of several people the summary of one “case”.";
                return wrong(line, format!("The citation {number} is not clear: it {sentence}"));
            }
        };
        Ok(FolderCitation { number, of, words })
    }
}

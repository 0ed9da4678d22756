use crate::project::error::EditError;
use crate::project::tx::Tx;
use crate::study::{CaseId, Source, SourceId, Speaker, SpeakerId};
use crate::text::Voice;

impl Tx<'_> {
    /// Says whose words stand behind a label, and who that is; only participants are a case, `None` is *Not stated*.
    ///
    /// # Errors
    /// [`EditError::Gone`] when there is no such speaker.
    pub fn set_speaker(&mut self, source: SourceId, speaker: SpeakerId, voice: Voice, case: Option<CaseId>) -> Result<(), EditError> {
        let speaker = self.speaker(source, speaker)?;
        let case = case.filter(|_| voice == Voice::Participant);
        self.put(Speaker { voice, case, ..speaker })
    }

    /// Says whose words those of a source are where nobody is named; `None` is *Not stated*.
    ///
    /// # Errors
    /// [`EditError::Gone`] when there is no such source.
    pub fn set_case_of_source(&mut self, source: SourceId, case: Option<CaseId>) -> Result<(), EditError> {
        let source = self.material(source)?.source.clone();
        self.put(Source { case, ..source })
    }

    /// Several labels, of one source or many, are one person: `into`. A case they had, and that then says nothing anywhere,
    /// is merged into it; one that also speaks elsewhere stays.
    ///
    /// # Errors
    /// [`EditError::Gone`] when a label or the case is not there.
    pub fn one_person(&mut self, speakers: &[(SourceId, SpeakerId)], into: CaseId) -> Result<(), EditError> {
        let mut left = Vec::new();
        for (source, speaker) in speakers {
            let speaker = self.speaker(*source, *speaker)?;
            left.extend(speaker.case.filter(|case| *case != into && !left.contains(case)));
            self.put(Speaker { voice: Voice::Participant, case: Some(into), ..speaker })?;
        }
        for case in left {
            if !self.speaks(case) {
                self.merge_cases(case, into)?;
            }
        }
        Ok(())
    }

    /// Whether any words are a case's.
    fn speaks(&self, case: CaseId) -> bool {
        self.study().materials().iter().any(|material| {
            material.source.case == Some(case)
                || material.speakers.iter().any(|speaker| speaker.case == Some(case))
                || material.kept_case_spans().any(|span| span.case == case)
        })
    }

    fn speaker(&self, source: SourceId, speaker: SpeakerId) -> Result<Speaker, EditError> {
        self.material(source)?.speakers.iter().find(|other| other.id == speaker).cloned().ok_or(EditError::Gone("speaker"))
    }
}

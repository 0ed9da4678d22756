use crate::project::error::EditError;
use crate::project::tx::Tx;
use crate::study::{
    Crossing, Entity, EntityId, Evidence, EvidenceId, EvidenceOf, Kind, Placement, Proposition, PropositionId, PropositionStatus, Searched,
    Weight,
};

impl Tx<'_> {
    /// Says what a proposition states: a new one at the end, or the one with its identity. What became of it and who looked for
    /// contradiction stay.
    ///
    /// # Errors
    /// [`EditError::Refused`] when nothing is stated.
    pub fn state_proposition(&mut self, id: PropositionId, statement: &str) -> Result<(), EditError> {
        let statement = statement.trim().to_owned();
        if statement.is_empty() {
            return Err(EditError::Refused("a proposition has to state something".to_owned()));
        }
        let propositions = self.study().propositions();
        if let Some(there) = propositions.get(id).cloned() {
            return self.put(Proposition { statement, ..there });
        }
        let position = propositions.in_order().last().map_or(1, |last| last.position + 1);
        let (note, status, searched) = (String::new(), PropositionStatus::default(), None);
        let (coder, time) = (self.me().coder, self.now());
        self.put(Proposition { id, statement, note, status, searched, coder, time, position })
    }

    /// Says something beside a proposition; nothing takes that away.
    ///
    /// # Errors
    /// [`EditError::Gone`] when it is not there.
    pub fn note_proposition(&mut self, id: PropositionId, note: &str) -> Result<(), EditError> {
        let there = self.proposition(id)?;
        self.put(Proposition { note: note.trim().to_owned(), ..there })
    }

    /// Says what became of a proposition.
    ///
    /// # Errors
    /// [`EditError::Gone`] when it is not there.
    pub fn set_proposition_status(&mut self, id: PropositionId, status: PropositionStatus) -> Result<(), EditError> {
        let there = self.proposition(id)?;
        self.put(Proposition { status, ..there })
    }

    /// Says that this coder has looked for what contradicts a proposition, now; or that nobody has.
    ///
    /// # Errors
    /// [`EditError::Gone`] when it is not there.
    pub fn set_searched(&mut self, id: PropositionId, searched: bool) -> Result<(), EditError> {
        let there = self.proposition(id)?;
        let searched = searched.then(|| Searched { coder: self.me().coder, time: self.now() });
        self.put(Proposition { searched, ..there })
    }

    /// Moves a proposition before another, or to the end. Only those that really change place are changed.
    ///
    /// # Errors
    /// [`EditError::Gone`] when it is not there.
    pub fn move_proposition(&mut self, id: PropositionId, before: Option<PropositionId>) -> Result<(), EditError> {
        let moved = self.proposition(id)?;
        let mut all: Vec<Proposition> = self.study().propositions().in_order().into_iter().filter(|it| it.id != id).cloned().collect();
        let place = before.and_then(|before| all.iter().position(|it| it.id == before)).unwrap_or(all.len());
        all.insert(place, moved);
        self.put_all(all.into_iter().zip(1..).map(|(it, position)| Proposition { position, ..it }.into()).collect())
    }

    /// Deletes a proposition with its evidence.
    ///
    /// # Errors
    /// [`EditError::Gone`] when it is not there.
    pub fn remove_proposition(&mut self, id: PropositionId) -> Result<(), EditError> {
        self.proposition(id)?;
        let evidence = self.study().propositions().evidence_of(id).into_iter().map(|it| evidence_id(it.id));
        let gone = evidence.chain([EntityId { kind: Kind::Proposition, id: id.0 }]).map(|id| (id, None)).collect();
        self.remove_all(gone)
    }

    /// Adds evidence to a proposition, with the words it has now. What bears on the proposition already is given the weight. A
    /// passage of an older version is put where its words stand now.
    ///
    /// # Errors
    /// [`EditError::Gone`] when the proposition, the source or the cell is, [`EditError::WordsGone`] when the words are,
    /// [`EditError::NoWords`] for a passage of white space.
    pub fn add_evidence(&mut self, proposition: PropositionId, weight: Weight, of: EvidenceOf) -> Result<EvidenceId, EditError> {
        self.proposition(proposition)?;
        let (of, words) = self.evidence_now(of)?;
        let there = self.study().propositions().evidence_of(proposition).into_iter().find(|it| it.of == of && self.sees(it.coder)).cloned();
        if let Some(there) = there {
            let id = there.id;
            self.put(Evidence { weight, ..there })?;
            return Ok(id);
        }
        let id = EvidenceId::new();
        let (coder, time) = (self.me().coder, self.now());
        self.put(Evidence { id, proposition, weight, of, words, note: String::new(), coder, time })?;
        Ok(id)
    }

    /// Says how a piece of evidence bears on its proposition.
    ///
    /// # Errors
    /// [`EditError::Gone`] when it is not there.
    pub fn weigh_evidence(&mut self, id: EvidenceId, weight: Weight) -> Result<(), EditError> {
        let there = self.piece(id)?;
        self.put(Evidence { weight, ..there })
    }

    /// Says why a piece of evidence bears so on its proposition; nothing takes that away.
    ///
    /// # Errors
    /// [`EditError::Gone`] when it is not there.
    pub fn note_evidence(&mut self, id: EvidenceId, note: &str) -> Result<(), EditError> {
        let there = self.piece(id)?;
        self.put(Evidence { note: note.trim().to_owned(), ..there })
    }

    /// Takes a piece of evidence away.
    ///
    /// # Errors
    /// [`EditError::Gone`] when it is not there.
    pub fn remove_evidence(&mut self, id: EvidenceId) -> Result<(), EditError> {
        self.piece(id)?;
        self.remove(evidence_id(id), None)
    }

    /// Puts `to` of a cell in the place of the cells that are `meant`, where propositions and placements rest on them.
    pub(super) fn move_evidence(&mut self, meant: impl Fn(&Crossing) -> bool, to: impl Fn(Crossing) -> Crossing) -> Result<(), EditError> {
        let evidence = self.study().propositions().evidence().filter_map(|it| {
            let cell = it.of.cell().filter(|cell| meant(cell))?;
            Some(Entity::from(Evidence { of: EvidenceOf::Cell { cell: to(cell.clone()) }, ..it.clone() }))
        });
        let placements = self.study().typologies().placements().filter(|it| it.rests_on.iter().any(&meant)).map(|it| {
            let mut rests_on: Vec<Crossing> = Vec::new();
            for cell in &it.rests_on {
                let cell = if meant(cell) { to(cell.clone()) } else { cell.clone() };
                if !rests_on.contains(&cell) {
                    rests_on.push(cell);
                }
            }
            Entity::from(Placement { rests_on, ..it.clone() })
        });
        let moved = evidence.chain(placements).collect();
        self.put_all(moved)
    }

    /// Evidence as it stands now, with its words.
    fn evidence_now(&self, of: EvidenceOf) -> Result<(EvidenceOf, String), EditError> {
        match of {
            EvidenceOf::Passage { source, revision, span } => {
                let material = self.material(source)?;
                let seen = material.revisions.iter().find(|seen| seen.id == revision).ok_or(EditError::Gone("text"))?;
                let span = self.passage(source, self.meet(seen, span)?)?;
                let words = span.slice(&self.text(source)?).to_owned();
                Ok((EvidenceOf::Passage { source, revision: material.source.revision, span }, words))
            }
            EvidenceOf::Cell { cell } if self.study().has_cell(&cell) => {
                let words = self.study().crossing_name(&cell);
                Ok((EvidenceOf::Cell { cell }, words))
            }
            EvidenceOf::Cell { .. } => Err(EditError::Gone("cell")),
        }
    }

    fn proposition(&self, id: PropositionId) -> Result<Proposition, EditError> {
        self.study().propositions().get(id).cloned().ok_or(EditError::Gone("proposition"))
    }

    fn piece(&self, id: EvidenceId) -> Result<Evidence, EditError> {
        self.study().propositions().piece(id).cloned().ok_or(EditError::Gone("evidence"))
    }
}

const fn evidence_id(id: EvidenceId) -> EntityId {
    EntityId { kind: Kind::Evidence, id: id.0 }
}

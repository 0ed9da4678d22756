use std::collections::BTreeMap;

use crate::project::error::EditError;
use crate::project::tx::Tx;
use crate::study::{
    ApplyError, CaseId, CoderId, Crossing, Dimension, DimensionId, DimensionValue, DimensionValueId, Entity, EntityId, Kind, Memo, MemoId,
    MemoKind, MemoOn, Placement, Typology, TypologyId,
};
use crate::text::fold;

impl Tx<'_> {
    /// Adds a typology at the end.
    ///
    /// # Errors
    /// [`EditError::NoName`], or `ApplyError::SameName` when there is one of that name.
    pub fn add_typology(&mut self, name: &str) -> Result<TypologyId, EditError> {
        let name = named(name)?;
        let id = TypologyId::new();
        let position = self.study().typologies().in_order().last().map_or(1, |last| last.position + 1);
        self.put(Typology { id, name, about: String::new(), coder: self.me().coder, time: self.now(), position })?;
        Ok(id)
    }

    /// Says what a typology is called and what it is about.
    ///
    /// # Errors
    /// [`EditError::Gone`], [`EditError::NoName`], or `ApplyError::SameName` when there is another one of that name.
    pub fn describe_typology(&mut self, id: TypologyId, name: &str, about: &str) -> Result<(), EditError> {
        let there = self.study().typologies().get(id).cloned().ok_or(EditError::Gone("typology"))?;
        self.put(Typology { name: named(name)?, about: about.trim().to_owned(), ..there })
    }

    /// Deletes a typology with its dimensions and all placements in them.
    ///
    /// # Errors
    /// [`EditError::Gone`] when it is not there.
    pub fn remove_typology(&mut self, id: TypologyId) -> Result<(), EditError> {
        self.study().typologies().get(id).ok_or(EditError::Gone("typology"))?;
        let own: Vec<DimensionId> = self.study().typologies().dimensions_of(id).into_iter().map(|dimension| dimension.id).collect();
        own.into_iter().try_for_each(|dimension| self.remove_dimension(dimension))?;
        self.remove(EntityId { kind: Kind::Typology, id: id.0 }, None)
    }

    /// Adds a dimension after the last one of a typology.
    ///
    /// # Errors
    /// [`EditError::Gone`], [`EditError::NoName`], or `ApplyError::SameName` when there is one of that name.
    pub fn add_dimension(&mut self, typology: TypologyId, name: &str) -> Result<DimensionId, EditError> {
        self.study().typologies().get(typology).ok_or(EditError::Gone("typology"))?;
        let id = DimensionId::new();
        let position = self.study().typologies().dimensions_of(typology).last().map_or(1, |last| last.position + 1);
        self.put(Dimension { id, typology, name: named(name)?, values: BTreeMap::new(), position })?;
        Ok(id)
    }

    /// Renames a dimension.
    ///
    /// # Errors
    /// [`EditError::Gone`], [`EditError::NoName`], or `ApplyError::SameName` when there is another one of that name.
    pub fn rename_dimension(&mut self, id: DimensionId, name: &str) -> Result<(), EditError> {
        let there = self.dimension(id)?;
        self.put(Dimension { name: named(name)?, ..there })
    }

    /// Deletes a dimension with all placements in it.
    ///
    /// # Errors
    /// [`EditError::Gone`] when it is not there.
    pub fn remove_dimension(&mut self, id: DimensionId) -> Result<(), EditError> {
        self.dimension(id)?;
        let placements = self.study().typologies().placements().filter(|it| it.dimension == id).map(|it| placement_id(it.id));
        let gone = placements.chain([EntityId { kind: Kind::Dimension, id: id.0 }]).map(|id| (id, None)).collect();
        self.remove_all(gone)
    }

    /// The value of a dimension with this name, case folded, made if there is none.
    ///
    /// # Errors
    /// [`EditError::Gone`], or [`EditError::NoName`].
    pub fn dimension_value_named(&mut self, dimension: DimensionId, name: &str) -> Result<DimensionValueId, EditError> {
        let mut there = self.dimension(dimension)?;
        let name = named(name)?;
        if let Some(known) = with_name(&there, &name) {
            return Ok(known);
        }
        let id = DimensionValueId::new();
        let position = there.values.values().map(|value| value.position).max().unwrap_or(0) + 1;
        there.values.insert(id, DimensionValue { name, position });
        self.put(there)?;
        Ok(id)
    }

    /// Renames a value of a dimension.
    ///
    /// # Errors
    /// [`EditError::Gone`], [`EditError::NoName`], or `ApplyError::SameName` when the dimension has another one of that name.
    pub fn rename_dimension_value(&mut self, dimension: DimensionId, value: DimensionValueId, name: &str) -> Result<(), EditError> {
        let mut there = self.dimension(dimension)?;
        let name = named(name)?;
        if with_name(&there, &name).is_some_and(|other| other != value) {
            return Err(ApplyError::SameName { kind: Kind::Value, name }.into());
        }
        there.values.get_mut(&value).ok_or(EditError::Gone("value"))?.name = name;
        self.put(there)
    }

    /// Deletes a value of a dimension. The cases that had it are unplaced, and their reasons say what they had.
    ///
    /// # Errors
    /// [`EditError::Gone`] when it is not there.
    pub fn remove_dimension_value(&mut self, dimension: DimensionId, value: DimensionValueId) -> Result<(), EditError> {
        let mut there = self.dimension(dimension)?;
        let gone = there.values.remove(&value).ok_or(EditError::Gone("value"))?;
        let had = |it: &&Placement| it.dimension == dimension && it.value == Some(value);
        let unplaced = self.study().typologies().placements().filter(had).map(|it| {
            let reason = added(&it.reason, &format!("Was “{}”, a value that was deleted.", gone.name));
            Entity::from(Placement { value: None, reason, ..it.clone() })
        });
        let changed = unplaced.chain([there.into()]).collect();
        self.put_all(changed)
    }

    /// Puts a case at a value of a dimension, or says that it has none of them. Why, and what that rests on, stays as it was.
    ///
    /// # Errors
    /// [`EditError::Gone`] when case, dimension or value is, [`EditError::Refused`] where somebody else has placed the case, which
    /// is not seen while one works blind: a case is placed once.
    pub fn place(&mut self, case: CaseId, dimension: DimensionId, value: Option<DimensionValueId>) -> Result<(), EditError> {
        self.study().case(case).ok_or(EditError::Gone("case"))?;
        let of = self.dimension(dimension)?;
        if value.is_some_and(|value| !of.values.contains_key(&value)) {
            return Err(EditError::Gone("value"));
        }
        let there = self.study().typologies().placement(dimension, case).cloned();
        if there.as_ref().is_some_and(|there| !self.sees(there.coder)) {
            return Err(EditError::Refused(
                "a colleague has placed this case in that dimension already, and that is not shown while you work blind".to_owned(),
            ));
        }
        if there.as_ref().is_some_and(|there| there.value == value) {
            return Ok(());
        }
        let (id, coder, time) = (Placement::id_of(dimension, case), self.me().coder, self.now());
        let new = Placement { id, dimension, case, value, reason: String::new(), rests_on: Vec::new(), coder, time };
        self.put(there.map_or(new, |there| Placement { value, coder, time, ..there }))
    }

    /// Says why a case is where it is in a dimension, or why it is unplaced.
    ///
    /// # Errors
    /// [`EditError::Refused`] for a case that is not placed yet.
    pub fn give_reason(&mut self, case: CaseId, dimension: DimensionId, reason: &str) -> Result<(), EditError> {
        let there = self.placement(case, dimension)?;
        self.put(Placement { reason: reason.trim().to_owned(), ..there })
    }

    /// Says whether the placement of a case in a dimension rests on a cell.
    ///
    /// # Errors
    /// [`EditError::Refused`] for a case that is not placed yet, [`EditError::Gone`] when the cell is.
    pub fn rest_on(&mut self, case: CaseId, dimension: DimensionId, cell: &Crossing, rests: bool) -> Result<(), EditError> {
        let mut there = self.placement(case, dimension)?;
        if rests && !self.study().has_cell(cell) {
            return Err(EditError::Gone("cell"));
        }
        there.rests_on.retain(|other| other != cell);
        there.rests_on.extend(rests.then(|| cell.clone()));
        self.put(there)
    }

    /// Takes the placement of a case in a dimension away: it is then not placed yet.
    ///
    /// # Errors
    /// Never in practice: nothing refers to it.
    pub fn remove_placement(&mut self, case: CaseId, dimension: DimensionId) -> Result<(), EditError> {
        let seen = self.study().typologies().placement(dimension, case).filter(|there| self.sees(there.coder)).map(|there| there.id);
        seen.map_or(Ok(()), |placement| self.remove(placement_id(placement), None))
    }

    /// Gives the placements of a case that becomes part of another to that. Where both are placed, that of `into` stands and its
    /// reason says how the other was. Where they are of two coders neither is to speak for the other: the one that goes is kept as a
    /// memo of whoever placed it, and of one's own and one that is not seen the own one stands.
    pub(super) fn merge_placements(&mut self, from: CaseId, into: CaseId, name: &str) -> Result<(), EditError> {
        let mut apart: Vec<(String, Placement)> = Vec::new();
        let label = self.study().case(into).map(|case| case.label.clone()).unwrap_or_default();
        for gone in self.placements_of(from) {
            let there = self.study().typologies().placement(gone.dimension, into).cloned();
            let moved = |gone: &Placement| Placement { id: Placement::id_of(gone.dimension, into), case: into, ..gone.clone() };
            let kept = match there {
                None => moved(&gone),
                Some(there) if there.coder != gone.coder && self.sees(gone.coder) && !self.sees(there.coder) => {
                    let own = moved(&gone);
                    apart.push((label.clone(), there));
                    own
                }
                Some(there) if there.coder != gone.coder => {
                    apart.push((name.to_owned(), gone.clone()));
                    there
                }
                Some(there) => {
                    let mut rests_on = there.rests_on.clone();
                    rests_on.extend(gone.rests_on.iter().filter(|cell| !there.rests_on.contains(cell)).cloned());
                    let reason = added(&there.reason, &format!("{name}: {}", self.placement_words(&gone)));
                    Placement { reason, rests_on, ..there }
                }
            };
            self.put(kept)?;
            self.remove(placement_id(gone.id), None)?;
        }
        self.placed_to_memos(&apart)
    }

    /// Keeps the placements of a case that is deleted as memos on the project, each of whoever placed it.
    pub(super) fn placements_to_memo(&mut self, case: CaseId, name: &str) -> Result<(), EditError> {
        let gone = self.placements_of(case);
        self.placed_to_memos(&gone.iter().map(|placement| (name.to_owned(), placement.clone())).collect::<Vec<_>>())?;
        self.remove_all(gone.iter().map(|it| (placement_id(it.id), None)).collect())
    }

    /// Keeps placements, each with the name of its case, as memos on the project: one for whoever placed, and for each case.
    fn placed_to_memos(&mut self, placed: &[(String, Placement)]) -> Result<(), EditError> {
        let mut lines: BTreeMap<(CoderId, &str), Vec<String>> = BTreeMap::new();
        for (name, placement) in placed {
            let cells: Vec<String> = placement.rests_on.iter().map(|cell| self.study().crossing_name(cell)).collect();
            let rests = if cells.is_empty() { String::new() } else { format!("; rests on {}", cells.join(", ")) };
            lines.entry((placement.coder, name)).or_default().push(self.placement_words(placement) + &rests);
        }
        let (on, kind, time) = (MemoOn::Project, MemoKind::Analytic, self.now());
        let memo = |((coder, name), lines): ((CoderId, &str), Vec<String>)| {
            let text = format!("Where {name} was placed:\n\n{}", lines.join("\n"));
            Entity::from(Memo { id: MemoId::new(), on: on.clone(), kind, text, coder, time })
        };
        self.put_all(lines.into_iter().map(memo).collect())
    }

    /// A placement in words: “Types › Outlook: hopeful (says so twice)”.
    fn placement_words(&self, placement: &Placement) -> String {
        let typologies = self.study().typologies();
        let dimension = typologies.dimension(placement.dimension);
        let typology = dimension.and_then(|dimension| typologies.get(dimension.typology)).map_or("", |typology| typology.name.as_str());
        let value = placement.value.zip(dimension).and_then(|(value, dimension)| dimension.value_name(value)).unwrap_or("unplaced");
        let words = format!("{typology} › {}: {value}", dimension.map_or("", |dimension| dimension.name.as_str()));
        if placement.reason.is_empty() { words } else { format!("{words} ({})", placement.reason) }
    }

    fn placements_of(&self, case: CaseId) -> Vec<Placement> {
        self.study().typologies().placements().filter(|it| it.case == case).cloned().collect()
    }

    fn placement(&self, case: CaseId, dimension: DimensionId) -> Result<Placement, EditError> {
        let there = self.study().typologies().placement(dimension, case).filter(|there| self.sees(there.coder)).cloned();
        there.ok_or_else(|| EditError::Refused("this case is not placed in that dimension yet: place it first".to_owned()))
    }

    fn dimension(&self, id: DimensionId) -> Result<Dimension, EditError> {
        self.study().typologies().dimension(id).cloned().ok_or(EditError::Gone("dimension"))
    }
}

/// A name without white space round it.
fn named(name: &str) -> Result<String, EditError> {
    let name = name.split_whitespace().collect::<Vec<_>>().join(" ");
    if name.is_empty() { Err(EditError::NoName) } else { Ok(name) }
}

/// The value of this name, case folded.
fn with_name(dimension: &Dimension, name: &str) -> Option<DimensionValueId> {
    let wanted = fold(name);
    dimension.values.iter().find(|(_, value)| fold(&value.name) == wanted).map(|(id, _)| *id)
}

/// A reason with one more sentence.
fn added(reason: &str, more: &str) -> String {
    if reason.is_empty() { more.to_owned() } else { format!("{reason} {more}") }
}

const fn placement_id(id: crate::study::PlacementId) -> EntityId {
    EntityId { kind: Kind::Placement, id: id.0 }
}

use std::collections::BTreeMap;

use crate::analysis::reconcile::{Point, coders_of, points, points_of};
use crate::project::error::EditError;
use crate::project::tx::Tx;
use crate::study::{Coder, CoderId, Coding, CodingId, EntityId, Kind, Origin, SourceId, Status, StatusKind, ThemeId, Verdict};
use crate::text::Span;

impl Tx<'_> {
    /// Settles where coders differ: under `theme`, the agreed layer has `spans` there from now on and nothing else; without any,
    /// the words are left out of it. What each coder coded stays as it is. `on` are the codings that were looked at.
    ///
    /// # Errors
    /// [`EditError::Refused`] when these are no longer the codings there, or the words reach into another point of the theme, [`EditError::NoWords`] for a passage of white space.
    pub fn agree_on(&mut self, source: SourceId, theme: ThemeId, on: &BTreeMap<CodingId, Span>, spans: &[Span]) -> Result<(), EditError> {
        let material = self.material(source)?;
        let all = points_of(&material, theme);
        let point = all.iter().find(|point| point.on() == *on);
        let point = point.ok_or_else(|| EditError::Refused("the codings there have changed meanwhile; look at them again".to_owned()))?;
        let reaches = |other: &&Point| other.on() != *on && spans.iter().any(|span| span.overlaps(other.span));
        if all.iter().any(|other| reaches(&other)) {
            let why = "these words reach into another passage of the theme, which is settled by itself; choose fewer";
            return Err(EditError::Refused(why.to_owned()));
        }
        self.lay(source, point, spans)?;
        let old = material.verdicts.iter().filter(|verdict| on.keys().any(|coding| verdict.is_on(*coding)));
        self.remove_all(old.map(|verdict| (EntityId { kind: Kind::Verdict, id: verdict.id.0 }, Some(source))).collect())?;
        let (me, now) = (self.me().coder, self.now());
        self.put(Verdict::over(source, on, me, now))?;
        if material.status(CoderId::agreed()) == StatusKind::NotStarted { self.say_of_agreed(source, StatusKind::Coding) } else { Ok(()) }
    }

    /// Says that a source is reconciled: what all coded alike is taken over, and the agreed layer counts from now on in the place of
    /// what coders made. Returns how many points were taken over.
    ///
    /// # Errors
    /// [`EditError::Refused`] while something is yet to be settled, and where only one coder works.
    pub fn reconcile(&mut self, source: SourceId) -> Result<usize, EditError> {
        let material = self.material(source)?;
        if coders_of(&material).len() < 2 {
            return Err(EditError::Refused("only one coder works in this source: there is nothing to reconcile".to_owned()));
        }
        let points = points(self.study(), &material);
        match points.iter().filter(|point| point.is_open()).count() {
            0 => {}
            1 => return Err(EditError::Refused("one difference is not settled yet".to_owned())),
            open => return Err(EditError::Refused(format!("{open} differences are not settled yet"))),
        }
        let same: Vec<&Point> = points.iter().filter(|point| point.is_to_take_over()).collect();
        for point in &same {
            self.lay(source, point, &point.all())?;
        }
        self.say_of_agreed(source, StatusKind::Done)?;
        Ok(same.len())
    }

    /// Takes back that a source is reconciled; what was settled stays.
    ///
    /// # Errors
    /// [`EditError::Gone`] when there is no such source.
    pub fn reopen(&mut self, source: SourceId) -> Result<(), EditError> {
        self.material(source)?;
        self.say_of_agreed(source, StatusKind::Coding)
    }

    /// Puts `spans` in the place of what the agreed layer has on a point.
    fn lay(&mut self, source: SourceId, point: &Point, spans: &[Span]) -> Result<(), EditError> {
        self.introduce_agreed()?;
        // As it is now: one coding of the agreed layer may have been on several points.
        let material = &*self.material(source)?;
        let mut missing: Vec<Span> = spans.iter().map(|span| self.passage(source, *span)).collect::<Result<_, _>>()?;
        let is_there = |coding: &&Coding| {
            let meets = coding.span.overlaps(point.span) || missing.iter().any(|span| span.overlaps(coding.span));
            coding.coder == CoderId::agreed() && coding.theme == point.theme && meets
        };
        let there: Vec<&Coding> = material.codings.iter().map(|coded| &coded.coding).filter(is_there).collect();
        let (kept, others): (Vec<&Coding>, Vec<&Coding>) = there.into_iter().partition(|coding| missing.contains(&coding.span));
        missing.retain(|span| kept.iter().all(|coding| coding.span != *span));
        for coding in others {
            // Where only the ends are others, quote marks and memos go along.
            match missing.iter().position(|span| span.overlaps(coding.span)) {
                Some(at) => self.move_coding(material, coding, missing.remove(at))?,
                None => self.drop_coding(material, coding.id)?,
            }
        }
        for span in missing {
            self.code_as(CoderId::agreed(), self.now(), source, span, point.theme, Origin::Hand)?;
        }
        Ok(())
    }

    fn say_of_agreed(&mut self, source: SourceId, status: StatusKind) -> Result<(), EditError> {
        self.introduce_agreed()?;
        let coder = CoderId::agreed();
        self.put(Status { id: Status::id_of(source, coder), source, coder, status })
    }

    fn introduce_agreed(&mut self) -> Result<(), EditError> {
        if self.study().coders().contains_key(&CoderId::agreed()) { Ok(()) } else { self.put(Coder::agreed()) }
    }
}

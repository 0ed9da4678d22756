use super::Fit;
use crate::study::{CaseSpan, Coding, ContraryMark, Entity, EntityId, Example, Kind, Memo, QuoteMark, Status, Verdict};

impl Fit<'_, '_> {
    pub(super) fn take_coding(&mut self, given: Coding) {
        let id = EntityId { kind: Kind::Coding, id: given.id.0 };
        if self.is_there(id, Some(given.source)) {
            return;
        }
        let own = self.study.material(given.source);
        if let Some(own) = own.and_then(|own| own.twin(&given)).map(|twin| twin.id) {
            self.is(given.id.0, own.0);
            return;
        }
        let key = (given.source, given.revision, given.span, given.theme, given.coder);
        // The same coder said the same twice.
        if let Some(first) = self.codings.get(&key) {
            self.map.insert(given.id.0, first.0);
        } else {
            self.codings.insert(key, given.id);
            self.make(given);
        }
    }

    /// Words that are given to a case here stay so.
    pub(super) fn take_case_span(&mut self, given: CaseSpan) {
        let own = self.study.material(given.source);
        let over = own.is_some_and(|own| {
            let mut spans = own.kept_case_spans();
            spans.any(|it| it.id != given.id && it.revision == given.revision && it.span.overlaps(given.span))
        });
        if over {
            self.there += 1;
        } else {
            self.make(given);
        }
    }

    pub(super) fn take_quote_mark(&mut self, given: QuoteMark) {
        let own = self.study.material(given.source);
        let same = |it: &QuoteMark| it.id != given.id && it.coding == given.coding && it.span == given.span && it.coder == given.coder;
        match own.and_then(|own| own.kept_quote_marks().find(|it| same(it))).map(|it| it.id.0) {
            Some(there) => self.is(given.id.0, there),
            None => self.make(given),
        }
    }

    pub(super) fn take_contrary_mark(&mut self, given: ContraryMark) {
        let own = self.study.material(given.source);
        let same = |it: &&ContraryMark| it.id != given.id && it.coding == given.coding && it.coder == given.coder;
        match own.and_then(|own| own.contrary_marks.iter().find(same)).map(|it| it.id.0) {
            Some(there) => self.is(given.id.0, there),
            None => self.make(given),
        }
    }

    /// A memo that somebody wrote here on the same thing in the same words is the same memo.
    pub(super) fn take_memo(&mut self, given: Memo) {
        let here = match given.on.source() {
            Some(source) => self.study.material(source).map(|own| own.memos.as_slice()).unwrap_or_default(),
            None => self.study.memos(),
        };
        let own = here.iter().find(|own| own.id == given.id).or_else(|| {
            here.iter().find(|own| own.on == given.on && own.coder == given.coder && own.text == given.text && own.kind == given.kind)
        });
        match own.map(|own| (own.id.0, own.text == given.text)) {
            Some((own, same)) => {
                self.otherwise += usize::from(!same);
                self.is(given.id.0, own);
            }
            None => self.make(given),
        }
    }

    pub(super) fn take_status(&mut self, given: &Status) {
        self.make(Status { id: Status::id_of(given.source, given.coder), ..given.clone() });
    }

    pub(super) fn take_example(&mut self, given: &Example) {
        self.make(Example { id: Example::id_of(given.theme), ..given.clone() });
    }

    /// A verdict is over the codings that are here.
    pub(super) fn take_verdict(&mut self, given: Verdict) {
        let Verdict { source, coder, time, .. } = given;
        let moved = given.on.iter().any(|(id, _)| self.map.values().any(|here| *here == id.0)) || self.ways.contains_key(&source);
        if !moved {
            self.make(given);
            return;
        }
        let span_of = |id| {
            let made = self.made.get(&EntityId { kind: Kind::Coding, id });
            let made = made.and_then(|entity| if let Entity::Coding(coding) = entity { Some(coding.span) } else { None });
            made.or_else(|| Some(self.study.material(source)?.kept_coding(crate::study::CodingId(id))?.span))
        };
        let on = given.on.iter().map(|(id, span)| (*id, span_of(id.0).unwrap_or(*span))).collect();
        self.make(Verdict::over(source, &on, coder, time));
    }
}

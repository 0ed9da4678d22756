use std::collections::btree_map::Entry;
use std::collections::{BTreeMap, HashMap, HashSet};
use std::ops::Range;
use std::sync::Arc;

use super::entities::{Coding, Origin};
use super::ids::{CoderId, CodingId};
use super::parts::Part;
use crate::text::Span;

/// A coding with what is computed from it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Coded {
    /// The coding.
    pub coding: Coding,
    /// What participants said in it; empty when it holds only words of interviewers or authors.
    pub parts: Box<[Part]>,
}

/// Where the codings `now` differ from those `before`, as places in each: what stands between a common beginning and a common
/// end. Both are lists of one source in order of place, and what no edit changed is shared between them.
#[must_use]
pub fn differing(before: &[Arc<Coded>], now: &[Arc<Coded>]) -> (Range<usize>, Range<usize>) {
    let same = |(one, other): &(&Arc<Coded>, &Arc<Coded>)| Arc::ptr_eq(one, other);
    let front = before.iter().zip(now).take_while(same).count();
    let most = before.len().min(now.len()) - front;
    let back = before.iter().rev().zip(now.iter().rev()).take(most).take_while(same).count();
    (front..before.len() - back, front..now.len() - back)
}

/// So many changes at once are made one by one.
const FEW: usize = 16;

/// The codings of a source that are not broken, in order of place: start, longer first, identity.
///
/// One is found by its identity or by its place without looking at the others, and a copy shares them all: there may be
/// ten thousand, and every edit makes a copy.
#[derive(Clone, Debug, Default)]
pub struct Codings {
    list: Vec<Arc<Coded>>,
    /// The passage of each; with it a coding is found in the list.
    passages: HashMap<CodingId, Span>,
    /// How many each coder made.
    coders: BTreeMap<CoderId, usize>,
    /// How many nobody has confirmed since a search made them.
    unread: usize,
    /// None is longer, in bytes: what begins further than this before a passage ends before it too.
    longest: u32,
}

/// Goes through codings in order of place.
pub type Iter<'a> = std::iter::Map<std::slice::Iter<'a, Arc<Coded>>, fn(&'a Arc<Coded>) -> &'a Coded>;

impl Codings {
    /// All of them, in order of place.
    pub fn iter(&self) -> Iter<'_> {
        each(&self.list)
    }

    /// All of them, in order of place, as they are shared between copies: one that no edit changed is the same in all.
    #[must_use]
    pub fn shared(&self) -> &[Arc<Coded>] {
        &self.list
    }

    /// How many there are.
    #[must_use]
    pub const fn len(&self) -> usize {
        self.list.len()
    }

    /// Whether there are none.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.list.is_empty()
    }

    /// The coding with this identity.
    #[must_use]
    pub fn get(&self, id: CodingId) -> Option<&Coded> {
        self.list.get(self.position(id)?).map(Arc::as_ref)
    }

    /// Those who made them, in order.
    pub fn coders(&self) -> impl ExactSizeIterator<Item = CoderId> + '_ {
        self.coders.keys().copied()
    }

    /// How many nobody has confirmed since a search made them.
    #[must_use]
    pub const fn unread(&self) -> usize {
        self.unread
    }

    /// How many codings stand before the first for which `is_before` does not hold; it must hold for none after that.
    #[must_use]
    pub fn partition_point(&self, mut is_before: impl FnMut(&Coded) -> bool) -> usize {
        self.list.partition_point(|coded| is_before(coded))
    }

    /// The codings of exactly `span`.
    pub fn at(&self, span: Span) -> impl Iterator<Item = &Coded> + '_ {
        let place = (span.start, u32::MAX - span.end);
        let first = self.partition_point(|coded| (coded.coding.span.start, u32::MAX - coded.coding.span.end) < place);
        each(self.list.get(first..).unwrap_or_default()).take_while(move |coded| coded.coding.span == span)
    }

    /// The codings that share a byte with `span`.
    pub fn over(&self, span: Span) -> impl Iterator<Item = &Coded> + '_ {
        let first = self.partition_point(|coded| coded.coding.span.start.saturating_add(self.longest) <= span.start);
        let last = self.partition_point(|coded| coded.coding.span.start < span.end);
        each(self.list.get(first..last).unwrap_or_default()).filter(move |coded| coded.coding.span.overlaps(span))
    }

    /// Those of one coder, shared with these. Where `before` were those of the coder among others, only what differs from them
    /// is looked at.
    pub(super) fn by(&self, coder: CoderId, before: Option<(&Self, &Self)>) -> Self {
        let none = Self::default();
        let (others, own) = before.unwrap_or((&none, &none));
        let (left, came) = differing(&others.list, &self.list);
        let own_in = |list: &[Arc<Coded>], range| -> Vec<Arc<Coded>> {
            let range: &[Arc<Coded>] = list.get::<Range<usize>>(range).unwrap_or_default();
            range.iter().filter(|coded| coded.coding.coder == coder).map(Arc::clone).collect()
        };
        let left = own_in(&others.list, left).into_iter().map(|coded| (coded.coding.id, None));
        let came = own_in(&self.list, came).into_iter().map(|coded| (coded.coding.id, Some(coded)));
        let changed: HashMap<CodingId, Option<Arc<Coded>>> = left.chain(came).collect();
        let mut own = own.clone();
        own.replace(changed.into_iter().collect());
        own
    }

    /// Puts codings in the place of those with their identities, or takes those away; each identity once.
    pub(super) fn replace(&mut self, changed: Vec<(CodingId, Option<Arc<Coded>>)>) {
        // A few find their places one by one, without a look at the others; many are sorted in together.
        let few = changed.len() <= FEW;
        if few {
            for (id, _) in &changed {
                if let Some(at) = self.position(*id) {
                    let gone = self.list.remove(at);
                    self.forget(&gone);
                }
            }
        } else {
            let ids: HashSet<CodingId> = changed.iter().map(|(id, _)| *id).collect();
            let (gone, kept): (Vec<_>, _) = std::mem::take(&mut self.list).into_iter().partition(|it| ids.contains(&it.coding.id));
            self.list = kept;
            for coded in gone {
                self.forget(&coded);
            }
        }
        for (id, coded) in changed {
            let Some(coded) = coded else { continue };
            self.passages.insert(id, coded.coding.span);
            *self.coders.entry(coded.coding.coder).or_default() += 1;
            self.unread += usize::from(coded.coding.origin == Origin::SearchUnread);
            self.longest = self.longest.max(coded.coding.span.len());
            let at = if few { self.partition_point(|other| order(&other.coding) < order(&coded.coding)) } else { self.list.len() };
            self.list.insert(at, coded);
        }
        if !few {
            self.list.sort_by_key(|coded| order(&coded.coding));
        }
    }

    /// Takes a coding that has left the list out of what is known beside it.
    fn forget(&mut self, gone: &Coded) {
        self.passages.remove(&gone.coding.id);
        self.unread -= usize::from(gone.coding.origin == Origin::SearchUnread);
        if let Entry::Occupied(mut count) = self.coders.entry(gone.coding.coder) {
            *count.get_mut() -= 1;
            if *count.get() == 0 {
                count.remove();
            }
        }
    }

    /// Computes the parts of every coding again.
    pub(super) fn recompute(&mut self, parts_of: impl Fn(Span) -> Box<[Part]>) {
        for coded in &mut self.list {
            let parts = parts_of(coded.coding.span);
            if parts != coded.parts {
                Arc::make_mut(coded).parts = parts;
            }
        }
    }

    /// Where a coding stands in the list.
    fn position(&self, id: CodingId) -> Option<usize> {
        let place = order_of(*self.passages.get(&id)?, id);
        self.list.binary_search_by_key(&place, |coded| order(&coded.coding)).ok()
    }
}

impl<'a> IntoIterator for &'a Codings {
    type Item = &'a Coded;
    type IntoIter = Iter<'a>;

    fn into_iter(self) -> Iter<'a> {
        self.iter()
    }
}

fn each(list: &[Arc<Coded>]) -> Iter<'_> {
    list.iter().map(Arc::as_ref)
}

fn order(coding: &Coding) -> (u32, u32, CodingId) {
    order_of(coding.span, coding.id)
}

/// The order of codings: start, longer first, identity.
const fn order_of(span: Span, id: CodingId) -> (u32, u32, CodingId) {
    (span.start, u32::MAX - span.end, id)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::study::{RevisionId, SourceId, ThemeId};

    fn coded(id: u8, span: Span) -> Coded {
        let coding = Coding {
            id: CodingId::derived(&[&[id]]),
            source: SourceId::derived(&[]),
            revision: RevisionId::derived(&[]),
            span,
            theme: ThemeId::derived(&[]),
            coder: CoderId::derived(&[&[id % 5]]),
            time: 0,
            origin: if id.is_multiple_of(3) { Origin::SearchUnread } else { Origin::Hand },
        };
        Coded { coding, parts: Box::default() }
    }

    fn some_changes() -> impl Strategy<Value = Vec<(u8, Option<Span>)>> {
        let span = (0u32..60, 1u32..20).prop_map(|(start, length)| Span::new(start, start + length));
        proptest::collection::vec((0u8..40, proptest::option::weighted(0.7, span)), 0..40)
    }

    proptest! {
        #[test]
        fn they_are_those_of_a_plain_list(edits in proptest::collection::vec(some_changes(), 1..8), looked_at in (0u32..60, 1u32..20)) {
            let looked_at = Span::new(looked_at.0, looked_at.0 + looked_at.1);
            let mut codings = Codings::default();
            let mut plain: HashMap<u8, Coded> = HashMap::new();
            for edit in edits {
                let edit: HashMap<u8, Option<Span>> = edit.into_iter().collect();
                for (id, span) in &edit {
                    match span {
                        Some(span) => plain.insert(*id, coded(*id, *span)),
                        None => plain.remove(id),
                    };
                }
                let changed = edit.into_iter().map(|(id, span)| (CodingId::derived(&[&[id]]), span.map(|span| Arc::new(coded(id, span)))));
                codings.replace(changed.collect());

                let mut expected: Vec<&Coded> = plain.values().collect();
                expected.sort_by_key(|coded| (coded.coding.span.start, std::cmp::Reverse(coded.coding.span.end), coded.coding.id));
                prop_assert_eq!(codings.iter().collect::<Vec<_>>(), expected.clone());
                let at: Vec<_> = expected.iter().copied().filter(|coded| coded.coding.span == looked_at).collect();
                prop_assert_eq!(codings.at(looked_at).collect::<Vec<_>>(), at);
                let over: Vec<_> = expected.iter().copied().filter(|coded| coded.coding.span.overlaps(looked_at)).collect();
                prop_assert_eq!(codings.over(looked_at).collect::<Vec<_>>(), over);
                let coders: std::collections::BTreeSet<_> = expected.iter().map(|coded| coded.coding.coder).collect();
                prop_assert_eq!(codings.coders().collect::<Vec<_>>(), coders.into_iter().collect::<Vec<_>>());
                prop_assert_eq!(codings.unread(), expected.iter().filter(|coded| coded.coding.origin == Origin::SearchUnread).count());
                for id in 0..40 {
                    prop_assert_eq!(codings.get(CodingId::derived(&[&[id]])), plain.get(&id));
                }
            }
        }
    }
}

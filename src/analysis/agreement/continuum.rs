use std::collections::BTreeMap;

use thiserror::Error;

use crate::text::{Span, stretches, union};

/// A code, by a number.
pub type Code = u32;

/// A stretch of text that a coder gave a code.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Unit {
    /// Where it is.
    pub span: Span,
    /// Which code it has.
    pub code: Code,
}

/// What becomes of units of one code that touch: one long unit and many short ones that cover the same text do not agree
/// with others by chance alike.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Touching {
    /// They are several units.
    #[default]
    Apart,
    /// They are one.
    Joined,
}

/// Why units are no partition of a continuum. Coders are counted from 0.
#[derive(Clone, Copy, Debug, Error, PartialEq, Eq)]
pub enum ContinuumError {
    /// A unit ends behind the end of the text.
    #[error("a unit of coder {} ends at {}, behind the end of the text", .coder + 1, .unit.span.end)]
    Outside {
        /// Whose unit.
        coder: usize,
        /// The unit.
        unit: Unit,
    },
    /// Two codes of one coder lie over one another.
    #[error("two codes of coder {} lie over one another from {}", .coder + 1, .second.span.start)]
    Overlapping {
        /// Whose units.
        coder: usize,
        /// The one that begins first.
        first: Unit,
        /// The other.
        second: Unit,
    },
}

/// A text that several coders each cut into units with a code and gaps without. Units of one coder never overlap.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Continuum {
    length: u32,
    /// The units of each coder, in order.
    coders: Vec<Vec<Unit>>,
}

impl Continuum {
    /// Lays the units of each coder on a text of `length`, in the unit in which the spans are counted. A coder without units
    /// counts all the same.
    ///
    /// Empty units are dropped; units of one code of one coder that overlap are one, and `touching` says what becomes of those
    /// that touch. Codes of which several can be given to the same text are to be compared one by one: see
    /// [`Continuum::of_code`].
    pub fn new(length: u32, coders: &[Vec<Unit>], touching: Touching) -> Result<Self, ContinuumError> {
        let coders = coders.iter().enumerate().map(|(coder, units)| {
            let units = merged(units, touching);
            if let Some(unit) = units.iter().find(|unit| unit.span.end > length) {
                return Err(ContinuumError::Outside { coder, unit: *unit });
            }
            let mut pairs = units.iter().zip(units.iter().skip(1));
            match pairs.find(|(first, second)| first.span.overlaps(second.span)) {
                Some((first, second)) => Err(ContinuumError::Overlapping { coder, first: *first, second: *second }),
                None => Ok(units),
            }
        });
        Ok(Self { length, coders: coders.collect::<Result<_, _>>()? })
    }

    /// The text on which coders only said whether this one code is there. `coders` may have codes that overlap others.
    pub fn of_code(length: u32, coders: &[Vec<Unit>], code: Code, touching: Touching) -> Result<Self, ContinuumError> {
        let only = |units: &Vec<Unit>| units.iter().filter(|unit| unit.code == code).copied().collect();
        Self::new(length, &coders.iter().map(only).collect::<Vec<_>>(), touching)
    }

    /// The same text with only two of its coders.
    #[must_use]
    pub fn pair(&self, first: usize, second: usize) -> Self {
        let coder = |at: usize| self.coders.get(at).cloned().unwrap_or_default();
        Self { length: self.length, coders: vec![coder(first), coder(second)] }
    }

    /// Length of the text.
    #[must_use]
    pub const fn length(&self) -> u32 {
        self.length
    }

    /// The units of each coder, in order.
    #[must_use]
    pub fn coders(&self) -> &[Vec<Unit>] {
        &self.coders
    }
}

/// Units without empty ones, those of one code that overlap as one, in order.
fn merged(units: &[Unit], touching: Touching) -> Vec<Unit> {
    let mut by_code: BTreeMap<Code, Vec<Span>> = BTreeMap::new();
    for unit in units {
        by_code.entry(unit.code).or_default().push(unit.span);
    }
    let merge = |spans| match touching {
        Touching::Apart => stretches(spans),
        Touching::Joined => union(spans),
    };
    let units = by_code.into_iter().flat_map(|(code, spans)| merge(spans).into_iter().map(move |span| Unit { span, code }));
    let mut units: Vec<Unit> = units.collect();
    units.sort_by_key(|unit| unit.span);
    units
}

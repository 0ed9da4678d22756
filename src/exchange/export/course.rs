//! How making and writing what leaves goes on.

/// Told how much is done and of how much, it says whether to go on. It is asked often, also where little is done between.
pub type GoOn<'a> = &'a mut dyn FnMut(usize, usize) -> bool;

/// Goes on to the end: what nobody waits for is never called off.
#[must_use]
pub const fn to_the_end(_: usize, _: usize) -> bool {
    true
}

/// So many rows are made or written before it is asked again.
pub(super) const ROWS: usize = 1_024;

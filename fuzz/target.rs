//! Gives whatever the fuzzer thinks of to the parser that this target is called after.

#![no_main]

mod parsers;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| parsers::read(env!("CARGO_BIN_NAME"), bytes));

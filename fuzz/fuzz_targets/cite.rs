#![no_main]

#[path = "../../crates/tertius-report/tests/it/exercise.rs"]
mod exercise;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| exercise::cite(bytes));

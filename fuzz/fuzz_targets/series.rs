#![no_main]

#[path = "../../crates/tertius/tests/record/exercise.rs"]
#[allow(dead_code, reason = "the other targets")]
mod exercise;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| exercise::series(bytes));

//! Tests of the engine as its users see it: longer runs, and everything that needs simulated records.
#![allow(
    clippy::unwrap_used,
    clippy::print_stdout,
    reason = "a panic is how a test fails, in its helpers too; figures are printed for the methods page"
)]

mod known;
mod reader;

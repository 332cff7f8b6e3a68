//! The binary as a user meets it.

#![allow(
    clippy::unwrap_used,
    reason = "a test that can not go on should stop where it is"
)]

mod cli;
mod data;

//! Against public data where they are, and against files made to be wrong everywhere.

#![allow(
    clippy::unwrap_used,
    clippy::print_stdout,
    reason = "a panic is how a test fails, in its helpers too; what is skipped is said by name"
)]

mod absence;
#[cfg(feature = "fetch")]
mod answers;
mod broken;
mod bugs_of_peers;
mod catalogue;
mod conditions;
mod dilemma;
mod exercise;
#[cfg(feature = "fetch")]
mod fetching;
mod hostile;
mod latent;
mod panels;
mod published;
mod shapes;
mod stakes_and_relation;
mod states;
mod support;
mod un_votes;
mod witnesses;

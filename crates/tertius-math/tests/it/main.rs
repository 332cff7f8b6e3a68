//! Tests of the numerical methods against independent witnesses.
#![allow(
    clippy::unwrap_used,
    reason = "a panic is how a test fails, in its helpers too"
)]

mod capabilities;
mod hidden_markov;
mod ideal_points;
mod poisson_chain;
mod similarity;
mod state_space;
mod ties;
mod united_nations;
mod votes;

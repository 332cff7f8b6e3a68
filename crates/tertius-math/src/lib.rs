//! The numerical methods of Tertius: arrays in, small structs out.
//!
//! Nothing here has heard of a state, a role or a file.

pub mod agreement;
pub mod elementary;
pub mod hidden_markov;
pub mod ideal_points;
pub mod lattice;
mod normal;
mod numbers;
pub mod quadrature;
pub mod resampling;
pub mod scoring;
pub mod similarity;
pub mod state_space;
mod threads;
pub mod votes;

pub use numbers::{Positive, Share};

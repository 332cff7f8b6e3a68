//! The numerical methods of Tertius: arrays in, small structs out.
//!
//! Nothing here has heard of a state, a role or a file.

pub mod agreement;
pub mod hidden_markov;
pub mod lattice;
pub mod quadrature;
pub mod scoring;

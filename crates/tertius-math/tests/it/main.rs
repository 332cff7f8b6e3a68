//! Tests of the numerical methods against independent witnesses.

mod hidden_markov;
mod poisson_chain;

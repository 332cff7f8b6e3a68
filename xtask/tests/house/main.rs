//! House rules, as tests: what the pages promise of the code and the code of the pages.

#![allow(
    clippy::unwrap_used,
    reason = "a test that can not go on should stop where it is"
)]

mod citations;
mod code;
mod layers;
mod licences;
mod links;
mod purity;
mod size;
mod tree;

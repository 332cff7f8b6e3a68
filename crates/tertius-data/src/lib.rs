//! Public datasets for Tertius: a catalogue of where each is published and under which terms, an adapter
//! for each that turns its file into checked records, states that know time, and the conditions that are
//! computed from them.
//!
//! Nothing here has heard of roles. No dataset is bundled: every licence stays with its publisher.

pub mod catalogue;
pub mod conditions;
pub mod datasets;
pub mod dyads;
#[cfg(feature = "fetch")]
pub mod fetch;
pub mod folder;
pub mod measures;
pub mod panels;
pub mod states;
pub mod table;
pub mod tables;
pub mod years;

//! Interests are measured: where the ally's and the patron's wishes over the rival overlap, and what
//! the framework expects of the ally from conditions alone.
//!
//! Nothing here sees an act of the ally, except the tests of the rule that say so by name
//! ([`rule::ActsSeen`]) and that no comparison of rule and reader uses. What a month's interests rest on
//! was known before that month began.

pub mod baseline;
pub mod choice;
pub mod conditions;
pub mod cut_normal;
mod declared;
pub mod month;
pub mod overlap;
pub mod paths;
pub mod posture;
pub mod rule;

mod measured;

pub use measured::{Measured, unit_interval};

/// Settings of how interests are measured.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct InterestOptions {
    /// Of postures.
    pub posture: posture::PostureOptions,
    /// Months after the end of its period from which a condition is too old to stand for now.
    pub oldest_condition: u32,
}

impl Default for InterestOptions {
    /// Capabilities come 24 months late and must serve a further year: 48 months.
    fn default() -> Self {
        InterestOptions {
            posture: posture::PostureOptions::default(),
            oldest_condition: 48,
        }
    }
}

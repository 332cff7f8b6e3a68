//! Interests are measured: where the ally's and the patron's wishes over the rival overlap, and what
//! the framework expects of the ally from conditions alone.
//!
//! Nothing here sees an act of the ally, except the tests of the rule that say so by name
//! ([`rule::ActsSeen`]) and that no comparison of rule and reader uses. What a month's interests rest on
//! was known before that month began.

pub mod choice;
pub mod conditions;
pub mod month;
pub mod overlap;
pub mod posture;
pub mod rule;

mod measured;

pub use measured::{Measured, unit_interval};

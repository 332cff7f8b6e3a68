//! Roles are read from behaviour alone: no condition enters (model B.5).
//!
//! [`evidence`] turns a record into what can be evidence; [`emission`] says how likely each piece is
//! under each set of roles; [`transition`] how sets follow one another; [`gibbs`] integrates over what
//! nobody knows; [`because`] says which pieces carry a reading; [`turning`] when the set turned;
//! [`strain`] how far what is expected of the ally lies from what it says of itself; [`simulate`] makes
//! records whose roles are known; [`flags`] says what would move a reading, and [`prior_predictive`] what
//! was expected of it beforehand, [`prior_paths`] how often the prior turns by itself; [`issues`] reads the same roles issue by issue, and
//! [`fragility`] asks how few rows carry them.

pub mod because;
mod compiled;
pub mod emission;
pub mod evidence;
pub mod flags;
pub mod fragility;
pub mod gibbs;
pub mod issues;
pub mod options;
pub mod parameters;
pub mod prior_paths;
pub mod prior_predictive;
pub mod reading;
pub mod simulate;
pub mod strain;
pub(crate) mod threads;
pub mod transition;
pub mod turning;
mod updates;

pub use options::{OtherTriads, Pairs, ReaderOptions};
pub use reading::{Reading, read};

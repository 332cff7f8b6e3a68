//! What moved a role's log-odds over a turning point.

use serde::{Deserialize, Serialize};

use super::EvidencePart;
use crate::vocabulary::Month;

/// What a turning point rests on: the parts of a role's log-odds at the end of its interval less those
/// before it. The month of the turn itself is the median of the paths that change: its probability mixes both.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct EvidenceChange {
    /// The role that came or went.
    pub role: String,
    /// Last month before the interval of the change.
    pub from_month: Month,
    /// Last month of the interval.
    pub to_month: Month,
    /// Its probability in the first.
    pub p_from: f64,
    /// Its probability in the last.
    pub p_to: f64,
    /// Its log-odds in the first.
    pub log_odds_from: f64,
    /// Its log-odds in the last: those of the first and the sum of the parts.
    pub log_odds_to: f64,
    /// What the last has beyond the first: the prior first, then the 40 weightiest rows and silences by
    /// size, the rest of them as one sum, and what no row carries.
    pub parts: Vec<EvidencePart>,
}

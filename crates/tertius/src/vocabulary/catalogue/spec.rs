//! What a catalogue says of roles, classes of acts and priors.

use std::collections::BTreeMap;
use std::fmt;

use serde::{Deserialize, Serialize};

use crate::vocabulary::Text;

/// What a row of a class can be used for. Fixed in the catalogue, never in a row.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Stream {
    /// What the ally does: the only evidence of its roles.
    Behaviour,
    /// What may explain a role: never evidence of it.
    Condition,
    /// What the ally got.
    Outcome,
    /// Anything else worth having on record.
    Context,
}

/// A place in the triad. The patron's is held by its coalition.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Seat {
    /// W.
    Ally,
    /// S.
    Patron,
    /// R.
    Rival,
}

/// How a role moves the rate of a class of acts. The sign is positive; zero is the absence of an effect.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Effect {
    /// The class by which the role is known.
    Anchor,
    /// Any other class that the role makes likelier.
    Other,
}

/// A class of acts by its id.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct ClassId(String);

impl ClassId {
    /// The id as it stands in tables.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for ClassId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// A role as the catalogue describes it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RoleSpec {
    /// Key in findings and tables.
    pub id: String,
    /// One letter for dense pictures.
    pub letter: String,
    /// Name for display.
    pub name: Text,
    /// What it means, in a line.
    pub gloss: Text,
    /// Expected starts a year while off: −12 ln(1 − p) of a monthly probability p.
    pub onset: f64,
    /// Expected months of a spell: 1 / (1 − stay).
    pub dwell: f64,
}

/// A class of acts as the catalogue describes it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ClassSpec {
    /// Key in `acts.csv`.
    pub id: ClassId,
    /// What its rows may be used for.
    pub stream: Stream,
    /// Who does such acts; empty: anyone.
    #[serde(default)]
    pub by: Vec<Seat>,
    /// Name for display.
    pub name: Text,
    /// Which roles make it likelier; empty unless the stream is behaviour.
    #[serde(default)]
    pub effects: BTreeMap<String, Effect>,
}

/// Mean and standard deviation of a normal prior, truncated to the positive side.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PositivePrior {
    /// Mean before truncation.
    pub mean: f64,
    /// Standard deviation before truncation.
    pub sd: f64,
}

/// Spreads of the priors that the catalogue's roles share.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CataloguePrior {
    /// Standard deviation of the monthly onset logit.
    pub onset_logit_sd: f64,
    /// Standard deviation of the monthly stay logit.
    pub stay_logit_sd: f64,
    /// Standard deviation of what is paid on entering a pair of roles.
    pub pair_on_entry_sd: f64,
    /// Log rate ratio of an anchor class.
    pub anchor: PositivePrior,
    /// Log rate ratio of another class.
    pub other: PositivePrior,
}

/// Something that a reader of the catalogue's source should know: a contradiction, a gap, a choice made.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct FrameworkNote {
    /// Stable id.
    pub id: String,
    /// The note.
    pub text: Text,
}

//! The parts that findings are made of.

mod comparison;
mod declared;
mod month;
mod reading;
mod record;

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

pub use comparison::{Agreement, DecidingStep, Parting, RoleAgreement, RowWeight};
pub use declared::{CatalogueFinding, ClassFinding, CoderFinding, IssueFinding, RoleFinding};
pub use month::{
    ConditionFinding, InterestFinding, IssueMonth, IssueRule, RuleFinding, TraceInput, TraceStep,
};
pub use reading::{
    EvidencePart, PartKind, Penetration, PriorPredictive, PublishedReading, Sensitivity,
    SensitivityCell, Strain, TurningPoint, Waterfall,
};
pub use record::{CoverageFinding, RowFinding, SeriesFinding, SeriesPoint, SourceFinding};

/// A value for each role, by the role's id.
pub type ByRole<T> = BTreeMap<String, T>;

/// Lower and upper bound.
pub type Band = [f64; 2];

/// A flag: a stable id and the numbers or words that its sentence needs.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Flag {
    /// Stable id, for instance `volume_dependent`.
    pub id: String,
    /// Words of its sentence.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub fields: BTreeMap<String, String>,
}

impl Flag {
    /// A flag without further words.
    pub fn new(id: &str) -> Flag {
        Flag {
            id: id.to_owned(),
            fields: BTreeMap::new(),
        }
    }

    /// With one more word.
    #[must_use]
    pub fn with(mut self, name: &str, value: impl std::fmt::Display) -> Flag {
        self.fields.insert(name.to_owned(), value.to_string());
        self
    }
}

/// A role set with its probability.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct SetProbability {
    /// Ids of its roles; empty for none.
    pub set: Vec<String>,
    /// Its smoothed probability.
    #[cfg_attr(feature = "schema", schemars(range(min = 0, max = 1)))]
    pub p: f64,
}

//! Rule and reader side by side: how far they agree, and where they part.

use serde::{Deserialize, Serialize};

use super::{ByRole, SetProbability};
use crate::vocabulary::Month;

/// How far the rule's labels from conditions alone agree with the reader's likeliest role set.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Agreement {
    /// Months in which the rule says a role: those compared.
    pub months: usize,
    /// Months in which it says none: out of scope, indeterminate, or an input unknown.
    pub silent: usize,
    /// Share of months in which both have the same set; null where none is compared.
    pub same_set: Option<f64>,
    /// Share of months in which they have a role in common; null where none is compared.
    pub shares_role: Option<f64>,
    /// Agreement role by role.
    pub roles: ByRole<RoleAgreement>,
}

/// Agreement on one role over the months compared.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct RoleAgreement {
    /// Share of months in which the rule says the role.
    pub rule: Option<f64>,
    /// Share of months in which the reader's likeliest set has it.
    pub reader: Option<f64>,
    /// Share of months in which they say the same of it.
    pub same: Option<f64>,
    /// Cohen's kappa; null where chance alone would agree always.
    pub kappa: Option<f64>,
}

/// A stretch of months, and why rule and reader part in it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Parting {
    /// Id of the published reading whose period it is; null for a run of months in all of which they part.
    pub period: Option<String>,
    /// First month of the stretch.
    pub from: Month,
    /// Last month of the stretch.
    pub to: Month,
    /// Months in which the rule says a role.
    pub compared: usize,
    /// Of these, months in which its labels are not the reader's likeliest set.
    pub parted: usize,
    /// The rule's labels, by share of the months compared.
    pub rule: Vec<SetProbability>,
    /// The reader's likeliest sets, by share of the months compared.
    pub reader: Vec<SetProbability>,
    /// Tests of the rule that decide, by share of the months parted.
    pub deciding: Vec<DecidingStep>,
    /// Share of the months parted in which no single test decides; null where none is parted.
    pub no_single_step: Option<f64>,
    /// Rows that speak most for the reader's side, from the evidence of turning points in these months.
    pub rows: Vec<RowWeight>,
}

/// A test of the rule that would give the reader's set if it came out the other way; of several, the one
/// with the smallest margin.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct DecidingStep {
    /// The step of the rule.
    pub step: String,
    /// Stable id of the test.
    pub test: String,
    /// Share of the months parted in which it decides.
    #[cfg_attr(feature = "schema", schemars(range(min = 0, max = 1)))]
    pub share: f64,
    /// The month in which it came closest to the other side.
    pub month: Month,
    /// What it took then, by its symbol.
    pub input: String,
    /// Its central value then.
    pub value: f64,
    /// Its interval then; null where its error is not known.
    pub interval: Option<[f64; 2]>,
    /// What it was compared with.
    pub threshold: f64,
    /// By how much it passed (positive) or failed (negative) then.
    pub margin: f64,
    /// The reader's set that it would have given then.
    pub gives: Vec<String>,
}

/// A row with what it says for the reader against the rule.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct RowWeight {
    /// The id of the row.
    pub row: String,
    /// The role on which they part.
    pub role: String,
    /// The month whose evidence it is.
    pub month: Month,
    /// Nats toward the reader's side.
    pub nats: f64,
}

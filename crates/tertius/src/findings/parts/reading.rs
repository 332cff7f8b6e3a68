//! What was read from behaviour: turning points, their evidence, and what moves the reading.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::{Band, ByRole, SetProbability};
use crate::vocabulary::{Month, Text};

/// A window in which the role set turned.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct TurningPoint {
    /// Modal role set before.
    pub from: Vec<String>,
    /// Modal role set after.
    pub to: Vec<String>,
    /// Median month of the change: the first of the new set, once it is complete.
    pub month: Month,
    /// 5 to 95 % of the month of change.
    pub interval_90: [Month; 2],
    /// Share of sampled paths that change in the window, in whatever way.
    #[cfg_attr(feature = "schema", schemars(range(min = 0, max = 1)))]
    pub p: f64,
    /// Share of paths drawn from the prior, for the same months and without any evidence, that change in the
    /// same window.
    #[serde(default)]
    #[cfg_attr(feature = "schema", schemars(range(min = 0, max = 1)))]
    pub p_prior: Option<f64>,
    /// Odds of `p` over odds of `p_prior`, at least 3; null where one of the two is 0 or 1.
    #[serde(default)]
    pub bayes_factor: Option<f64>,
    /// First month, from the interval's first on, whose rows and those before it make each role that came in
    /// most paths likelier than not, and each that went unlikelier: parameters are those of the whole record.
    /// After `month` where the evidence came later than the turn; null where no month does so while the turn
    /// lasts, or no single role came or went.
    #[serde(default)]
    pub known_from: Option<Month>,
    /// Share of those that go from exactly `from` to exactly `to`.
    pub p_pair: f64,
    /// Share of those in which the role comes.
    pub gained: ByRole<f64>,
    /// Share of those in which the role goes.
    pub lost: ByRole<f64>,
    /// Probability of each kind of replacement, among the paths that change.
    pub replacement: BTreeMap<String, f64>,
    /// Probability of each composition, among the paths that change.
    pub composition: BTreeMap<String, f64>,
}

/// An issue led by another role while the whole did not turn.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Penetration {
    /// The id of the issue.
    pub issue: String,
    /// The role that led it and was not of the whole.
    pub role: String,
    /// The likeliest role set of the issue in these months.
    #[serde(default)]
    pub set: Vec<String>,
    /// First month.
    pub from: Month,
    /// Last month.
    pub to: Month,
    /// Its posterior probability.
    #[cfg_attr(feature = "schema", schemars(range(min = 0, max = 1)))]
    pub p: f64,
}

/// What kind of evidence a part is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum PartKind {
    /// The prior.
    Prior,
    /// A row of the record.
    Row,
    /// A month that was searched exhaustively, and what did not happen in it.
    Silence,
    /// The sum of the rows and silences that are too light for a part of their own.
    Rest,
    /// What averaging over parameters adds.
    ParameterUncertainty,
    /// What is left of the numerical integration.
    Residual,
}

/// One part of a role's log-odds.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct EvidencePart {
    /// Of which kind the part is.
    pub kind: PartKind,
    /// The row's id, for a row.
    pub row: Option<String>,
    /// The month, for a silence.
    pub month: Option<Month>,
    /// What was silent: `volume` or a measure's id.
    pub what: Option<String>,
    /// How many rows and silences a rest sums.
    #[serde(default)]
    pub count: Option<usize>,
    /// Nats toward (positive) or away from the role.
    pub nats: f64,
    /// Monte Carlo standard error over draws.
    pub mc_error: f64,
}

/// The evidence for one role in one month, which sums to its log-odds.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Waterfall {
    /// The month of the role.
    pub month: Month,
    /// The role's id.
    pub role: String,
    /// The role's probability in the month.
    #[cfg_attr(feature = "schema", schemars(range(min = 0, max = 1)))]
    pub p: f64,
    /// Its log-odds: the sum of the parts.
    pub log_odds: f64,
    /// Parts, the prior first, then the weightiest rows and silences by size (of a turning point the first
    /// 40), the rest of them as one sum, and what no row carries.
    pub parts: Vec<EvidencePart>,
}

/// Role strain in a window of twelve months that ends with `month`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Strain {
    /// Last month of the window.
    pub month: Month,
    /// Statements of the patron in the window.
    pub n_expected: usize,
    /// Statements of the ally in the window.
    pub n_declared: usize,
    /// Total variation less its permutation mean; null below ten statements a side.
    pub strain: Option<f64>,
    /// Total variation before the correction.
    pub total_variation: Option<f64>,
    /// Mean of the total variation under permutation.
    pub permutation_mean: Option<f64>,
}

/// A reading published by somebody else.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct PublishedReading {
    /// The reading's id.
    pub id: String,
    /// Name of the period.
    pub name: Text,
    /// First month of the period.
    pub from: Month,
    /// Last month of the period.
    pub to: Month,
    /// The roles that were read.
    pub roles: Vec<String>,
    /// Key of its source.
    pub source: String,
    /// Where in the source, and anything else.
    pub note: Text,
    /// How many of the period's months were read.
    pub months_read: usize,
    /// Our mean probabilities over those months; empty where there are none. Several roles may be played at
    /// once: they need not sum to 1.
    pub ours: ByRole<f64>,
    /// The three role sets with the highest mean probability over those months: what is played together, and
    /// nothing else beside it.
    #[serde(default)]
    pub ours_sets: Vec<SetProbability>,
    /// Mean probability of every two roles that both are played, by their ids joined by `+`.
    #[serde(default)]
    pub ours_pairs: BTreeMap<String, f64>,
    /// 90 % bands of `ours`, over parameters; empty where there are none, null on the fast path.
    pub ours_bands_90: ByRole<Option<Band>>,
    /// The labels of the rule, by share of months; an empty set is *none of the roles*.
    pub rule: Vec<SetProbability>,
    /// Share of the months in which an input of the rule that decides is not known.
    #[serde(default)]
    pub rule_unknown: f64,
    /// Share of months whose label is held from the month before, divergence lying between the thresholds;
    /// null where no month was read.
    pub rule_held: Option<f64>,
    /// The last month, up to the period's end, that decided by itself; null where none did.
    pub rule_decided: Option<Month>,
}

/// One choice, and what the reading would be under it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Sensitivity {
    /// Stable id, for instance `pairs_every_month`.
    pub id: String,
    /// Mean probabilities by published reading's period.
    pub cells: Vec<SensitivityCell>,
}

/// A period under a choice.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct SensitivityCell {
    /// Id of the published reading whose period it is.
    pub period: String,
    /// Mean probabilities over the period.
    pub roles: ByRole<f64>,
}

/// What the prior alone expects: 5, 50 and 95 % points.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct PriorPredictive {
    /// Probability that a role is on in a month, whichever.
    #[serde(default)]
    pub on: ByRole<f64>,
    /// Share of months that a role is on.
    pub share_on: ByRole<[f64; 3]>,
    /// Changes of the role set a year.
    pub changes_a_year: [f64; 3],
    /// Acts of the ally a year.
    pub acts_a_year: [f64; 3],
}

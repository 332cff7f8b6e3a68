//! The parts that findings are made of.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::record::Family;
use crate::vocabulary::{Month, Stream, Text, When};

/// A value for each role, by the role's id.
pub type ByRole<T> = BTreeMap<String, T>;

/// Lower and upper bound.
pub type Band = [f64; 2];

/// A flag: a stable id and the numbers or words that its sentence needs.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
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

/// A role of the catalogue.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RoleFinding {
    /// Its id.
    pub id: String,
    /// Its letter.
    pub letter: String,
    /// Its name.
    pub name: Text,
    /// What it means.
    pub gloss: Text,
}

/// A class of acts.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ClassFinding {
    /// Its id.
    pub id: String,
    /// What its rows may be used for.
    pub stream: Stream,
    /// Its name.
    pub name: Text,
    /// The roles that it speaks for, anchors first.
    pub speaks_for: Vec<String>,
}

/// The role catalogue used.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CatalogueFinding {
    /// Its id.
    pub id: String,
    /// The work that it comes from.
    pub citation: String,
    /// Its name.
    pub name: Text,
    /// Roles, in order.
    pub roles: Vec<RoleFinding>,
    /// Classes, in order.
    pub classes: Vec<ClassFinding>,
}

/// An issue.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct IssueFinding {
    /// Its id.
    pub id: String,
    /// Its family.
    pub family: Family,
    /// Its name.
    pub name: Text,
}

/// A coder.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CoderFinding {
    /// Id.
    pub id: String,
    /// `person` or `language-model`.
    pub kind: String,
    /// Note.
    pub note: String,
}

/// A role set with its probability.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct SetProbability {
    /// Ids of its roles; empty for none.
    pub set: Vec<String>,
    /// Its smoothed probability.
    pub p: f64,
}

/// A number that a test of the rule took, with the interval in which it lies.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct TraceInput {
    /// Its symbol in the methods page, for instance `D`.
    pub name: String,
    /// Central value; null where unknown.
    pub value: Option<f64>,
    /// 90 % or coder's interval; null where unknown.
    pub interval: Option<Band>,
}

/// One test of the rule.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct TraceStep {
    /// The step: `0`, `1`, `1'`, `2`, `2a`, ….
    pub step: String,
    /// Stable id of the test, for instance `divergence_high`.
    pub test: String,
    /// What it took.
    pub inputs: Vec<TraceInput>,
    /// What it compared with.
    pub threshold: Option<f64>,
    /// By how much it passed (positive) or failed (negative); null where unknown.
    pub margin: Option<f64>,
    /// `yes`, `no`, or `either` where the interval holds the threshold.
    pub outcome: String,
    /// True for steps that look at behaviour: no comparison of rule and reader uses them.
    pub uses_behaviour: bool,
}

/// What the rule expects of a month.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct RuleFinding {
    /// Roles expected from conditions alone, at central values; empty with a flag where it can't say.
    pub labels: Vec<String>,
    /// The same with the steps that look at behaviour.
    pub labels_with_acts: Vec<String>,
    /// Every set of labels that the intervals of the inputs allow, from conditions alone.
    pub possible: Vec<Vec<String>>,
    /// Subtype, for instance `B+`, `1a`, `sacrifice`.
    pub subtypes: Vec<String>,
    /// Pathway of the article: `P0` to `P6`; null where the trend or the role is not known.
    #[serde(default)]
    pub pathway: Option<String>,
    /// Flags: `out_of_scope`, `indeterminate`, `ambition_opposed`, `unattested`, ….
    pub flags: Vec<String>,
    /// Every test, in order.
    pub trace: Vec<TraceStep>,
}

/// Interests of a month: what was known before it. Null where unknown.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct InterestFinding {
    /// D.
    pub divergence: Option<f64>,
    /// Its 90 % interval.
    pub divergence_90: Option<Band>,
    /// O = 1 − D.
    pub overlap: Option<f64>,
    /// Δ: positive where the ally is softer on the rival.
    pub signed_gap: Option<f64>,
    /// Its 90 % interval.
    pub signed_gap_90: Option<Band>,
    /// C.
    pub congruence: Option<f64>,
    /// Its 90 % interval.
    pub congruence_90: Option<Band>,
    /// M.
    pub ambition: Option<f64>,
    /// Its 90 % interval.
    pub ambition_90: Option<Band>,
}

/// One issue in one month.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct IssueMonth {
    /// The issue.
    pub issue: String,
    /// The ally's preferred posture.
    pub ally: Option<f64>,
    /// 90 % interval.
    pub ally_90: Option<Band>,
    /// The patron's.
    pub patron: Option<f64>,
    /// 90 % interval.
    pub patron_90: Option<Band>,
    /// What the patron expects of the ally.
    pub expected: Option<f64>,
    /// Joint salience ω, summing to 1 within the family over the issues known.
    pub weight: Option<f64>,
    /// 1 − ½ |gap|.
    pub overlap: Option<f64>,
    /// Rows that it rests on, the weightiest first.
    pub rows: Vec<String>,
}

/// A condition of a month.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ConditionFinding {
    /// The indicator.
    pub indicator: String,
    /// Central value; null where unknown.
    pub value: Option<f64>,
    /// Its bounds.
    pub interval: Option<Band>,
    /// The series that it comes from.
    pub series: Option<String>,
    /// The period whose value it is.
    pub period: Option<When>,
}

/// A window in which the role set turned.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct TurningPoint {
    /// Modal set before.
    pub from: Vec<String>,
    /// Modal set after.
    pub to: Vec<String>,
    /// Median month of the change.
    pub month: Month,
    /// 5 to 95 % of the month of change.
    pub interval_90: [Month; 2],
    /// Share of sampled paths that change in the window.
    pub p: f64,
    /// Probability of each kind of replacement, among the paths that change.
    pub replacement: BTreeMap<String, f64>,
    /// Probability of each composition, among the paths that change.
    pub composition: BTreeMap<String, f64>,
}

/// An issue led by another role while the whole did not turn.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Penetration {
    /// The issue.
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
    /// Its probability.
    pub p: f64,
}

/// What kind of evidence a part is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PartKind {
    /// The prior.
    Prior,
    /// A row of the record.
    Row,
    /// A month that was searched exhaustively, and what did not happen in it.
    Silence,
    /// What averaging over parameters adds.
    ParameterUncertainty,
    /// What is left of the numerical integration.
    Residual,
}

/// One part of a role's log-odds.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct EvidencePart {
    /// Of which kind.
    pub kind: PartKind,
    /// The row's id, for a row.
    pub row: Option<String>,
    /// The month, for a silence.
    pub month: Option<Month>,
    /// What was silent: `volume` or a measure's id.
    pub what: Option<String>,
    /// Nats toward (positive) or away from the role.
    pub nats: f64,
    /// Monte Carlo standard error over draws.
    pub mc_error: f64,
}

/// The evidence for one role in one month, which sums to its log-odds.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Waterfall {
    /// The month.
    pub month: Month,
    /// The role.
    pub role: String,
    /// Its probability.
    pub p: f64,
    /// Its log-odds: the sum of the parts.
    pub log_odds: f64,
    /// Parts, the prior first, then by size.
    pub parts: Vec<EvidencePart>,
}

/// Role strain in a window of twelve months that ends with `month`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Strain {
    /// Last month of the window.
    pub month: Month,
    /// Statements of the patron.
    pub n_expected: usize,
    /// Statements of the ally.
    pub n_declared: usize,
    /// Total variation less its permutation mean; null below ten statements a side.
    pub strain: Option<f64>,
    /// Total variation before the correction.
    pub total_variation: Option<f64>,
    /// Mean under permutation.
    pub permutation_mean: Option<f64>,
}

/// A reading published by somebody else.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct PublishedReading {
    /// Its id.
    pub id: String,
    /// Name of the period.
    pub name: Text,
    /// First month.
    pub from: Month,
    /// Last month.
    pub to: Month,
    /// The roles read.
    pub roles: Vec<String>,
    /// Key of the source.
    pub source: String,
    /// Where in the source, and anything else.
    pub note: Text,
    /// Our mean probabilities over the period.
    pub ours: ByRole<f64>,
    /// The bounds of our monthly 90 % bands, averaged over the period.
    pub ours_bands_90: ByRole<Band>,
    /// The labels of the rule, by share of months.
    pub rule: Vec<SetProbability>,
}

/// One choice, and what the reading would be under it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Sensitivity {
    /// Stable id, for instance `pairs_every_month`.
    pub id: String,
    /// Mean probabilities by published reading's period.
    pub cells: Vec<SensitivityCell>,
}

/// A period under a choice.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct SensitivityCell {
    /// Id of the published reading whose period it is.
    pub period: String,
    /// Mean probabilities.
    pub roles: ByRole<f64>,
}

/// What the prior alone expects: 5, 50 and 95 % points.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct PriorPredictive {
    /// Share of months that a role is on.
    pub share_on: ByRole<[f64; 3]>,
    /// Changes of the role set a year.
    pub changes_a_year: [f64; 3],
    /// Acts a year.
    pub acts_a_year: [f64; 3],
}

/// A cited row of the record.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct RowFinding {
    /// Its id, unique in the case.
    pub id: String,
    /// `acts`, `measures`, `positions` or `statements`.
    pub table: String,
    /// File and row.
    pub row: u64,
    /// Date as its source has it.
    pub date: When,
    /// Codes of who acted.
    pub actors: Vec<String>,
    /// Codes of to whom.
    pub targets: Vec<String>,
    /// Class, grade, kind: the code given.
    pub code: String,
    /// Stream, for acts.
    pub stream: Option<Stream>,
    /// Issue.
    pub issue: Option<String>,
    /// Severity or grade.
    pub severity: Option<u8>,
    /// Episode.
    pub episode: Option<String>,
    /// One sentence.
    pub description: Text,
    /// Keys of sources.
    pub sources: Vec<String>,
    /// The passage.
    pub quote: Option<String>,
    /// Where it stands.
    pub locator: Option<String>,
    /// Whether it was read there.
    pub checked: bool,
    /// Who coded.
    pub coder: String,
    /// Further fields by name: beneficiary, justification, value, answer, ….
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub more: BTreeMap<String, String>,
}

/// A source.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SourceFinding {
    /// Its key.
    pub key: String,
    /// Its author or publisher.
    pub author: String,
    /// Its title.
    pub title: String,
    /// Its date.
    pub date: String,
    /// Its address.
    pub url: Option<String>,
    /// Where in print it stands.
    pub container: String,
    /// Ids of the rows that cite it.
    pub rows: Vec<String>,
}

/// A value of a series.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct SeriesPoint {
    /// Its period.
    pub period: When,
    /// Its value; null where missing.
    pub value: Option<f64>,
    /// Its bounds.
    pub interval: Option<Band>,
    /// When it was known.
    pub known_from: Month,
    /// Keys of sources.
    pub sources: Vec<String>,
}

/// A series.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct SeriesFinding {
    /// Its id.
    pub id: String,
    /// Its name.
    pub name: Text,
    /// Unit.
    pub unit: String,
    /// What it measures.
    pub indicator: String,
    /// `condition`, `behaviour` or `display`.
    pub stream: String,
    /// `measured`, `computed` or `hand-coded`.
    pub method: String,
    /// Its values.
    pub values: Vec<SeriesPoint>,
}

/// What was searched.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CoverageFinding {
    /// What.
    pub what: String,
    /// From.
    pub from: Month,
    /// To.
    pub to: Month,
    /// Whether all was gone through.
    pub exhaustive: bool,
    /// By whom.
    pub coder: String,
    /// Note.
    pub note: Option<String>,
}

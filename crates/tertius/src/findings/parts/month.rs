//! What a month of findings holds beside the reading: rule, interests, conditions.

use serde::{Deserialize, Serialize};

use super::Band;
use crate::vocabulary::When;

/// A number that a test of the rule took, with the interval in which it lies.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct TraceInput {
    /// Its symbol in the methods page, for instance `D`.
    pub name: String,
    /// Central value; null where unknown.
    pub value: Option<f64>,
    /// 90 % or coder's interval; null where the value or its error is not known.
    pub interval: Option<Band>,
}

/// One test of the rule.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct TraceStep {
    /// The step: `0`, `1`, `1'`, `2`, `2a`, ….
    pub step: String,
    /// Stable id of the test, for instance `divergence_high`.
    pub test: String,
    /// The numbers that the test took.
    pub inputs: Vec<TraceInput>,
    /// What the first of them is compared with.
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
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct RuleFinding {
    /// Roles expected from conditions alone, at central values: empty where none is expected (out of
    /// scope, or between the thresholds with no branch to hold), null where an input that decides is not
    /// known.
    pub labels: Option<Vec<String>>,
    /// The same with the steps that look at behaviour.
    pub labels_with_acts: Option<Vec<String>>,
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
    /// What the rule says of each issue over the rival by its own gap. It explains the labels above and
    /// enters none.
    #[serde(default)]
    pub issues: Vec<IssueRule>,
}

impl RuleFinding {
    /// The roles that are expected: none where none is, and none where that is not known.
    pub fn expects(&self) -> &[String] {
        self.labels.as_deref().unwrap_or_default()
    }

    /// Whether the month decides nothing by itself, and its labels rest on the branch of the month before:
    /// divergence lies between the two thresholds.
    pub fn is_held(&self) -> bool {
        holds_last_branch(&self.trace)
    }
}

fn holds_last_branch(trace: &[TraceStep]) -> bool {
    let step = trace.iter().find(|s| s.test == "holds_last_branch");
    step.is_some_and(|s| s.outcome == "yes")
}

impl IssueRule {
    /// Whether the month decides nothing of the issue by itself, and its labels rest on the branch of the month before.
    pub fn is_held(&self) -> bool {
        holds_last_branch(&self.trace)
    }
}

/// What the rule says of one issue over the rival.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct IssueRule {
    /// The id of the issue.
    pub issue: String,
    /// `d = ½ |x^W − x^S|`; null where a side is not known.
    pub divergence: Option<f64>,
    /// 90 % interval of the divergence.
    pub divergence_90: Option<Band>,
    /// `x^W − x^S`: positive where the ally is softer.
    pub signed_gap: Option<f64>,
    /// 90 % interval of the signed gap.
    pub signed_gap_90: Option<Band>,
    /// `conflict`, `overlap`, `between` where no branch is held, or null where not known.
    pub branch: Option<String>,
    /// `balancer`, `follower` or nothing, at central values; null where not known.
    pub labels: Option<Vec<String>>,
    /// Every set of labels that the intervals allow.
    pub possible: Vec<Vec<String>>,
    /// `B+`, `B-` or `sacrifice`.
    pub subtypes: Vec<String>,
    /// `out_of_scope`, `indeterminate`, `unknown_input`.
    pub flags: Vec<String>,
    /// Every test from step 1 on, in order.
    pub trace: Vec<TraceStep>,
}

/// Interests of a month: what was known before it. Null where unknown.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct InterestFinding {
    /// D: how far the interests of ally and patron over the rival part, 0 to 1.
    pub divergence: Option<f64>,
    /// 90 % interval of D.
    pub divergence_90: Option<Band>,
    /// O = 1 − D: how far they overlap.
    pub overlap: Option<f64>,
    /// Δ: positive where the ally is softer on the rival than its patron.
    pub signed_gap: Option<f64>,
    /// 90 % interval of Δ.
    pub signed_gap_90: Option<Band>,
    /// C: how far the ally's ambition is what its patron expects, 0 to 1.
    pub congruence: Option<f64>,
    /// 90 % interval of C.
    pub congruence_90: Option<Band>,
    /// M: own ambition over the baseline before the case.
    pub ambition: Option<f64>,
    /// 90 % interval of M.
    pub ambition_90: Option<Band>,
}

/// One issue in one month.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct IssueMonth {
    /// The id of the issue.
    pub issue: String,
    /// The ally's preferred posture, −1 to 1.
    pub ally: Option<f64>,
    /// 90 % interval of the ally's posture.
    pub ally_90: Option<Band>,
    /// The patron's preferred posture, −1 to 1.
    pub patron: Option<f64>,
    /// 90 % interval of the patron's posture.
    pub patron_90: Option<Band>,
    /// What the patron expects of the ally.
    pub expected: Option<f64>,
    /// Joint salience ω, summing to 1 within the family over the issues known.
    pub weight: Option<f64>,
    /// 1 − ½ |gap|: how far the two postures overlap.
    pub overlap: Option<f64>,
    /// The same over the rival as known in the end, from what came after the month too: for display only.
    pub overlap_in_hindsight: Option<f64>,
    /// Rows that it rests on, the weightiest first.
    pub rows: Vec<String>,
    /// Series that measure a posture on the issue and were known.
    pub series: Vec<String>,
}

/// A condition of a month.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct ConditionFinding {
    /// The id of the indicator.
    pub indicator: String,
    /// Central value; null where unknown.
    pub value: Option<f64>,
    /// Bounds of the value; null where it or its error is not known.
    pub interval: Option<Band>,
    /// The series that it comes from.
    pub series: Option<String>,
    /// The period whose value it is.
    pub period: Option<When>,
}

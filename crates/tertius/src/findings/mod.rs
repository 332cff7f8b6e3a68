//! Findings: what a run found, as plain data. The one saved format; everything shown is made from it.
//!
//! Keys are added, never renamed, within [`SCHEMA`]. A number that is not known is `null`, never zero.

mod changes;
mod choices;
mod coders;
mod compliance;
mod evidence;
mod fragility;
mod issues;
mod months;
mod partings;
mod parts;
mod published;
mod read_from;
mod rows;
mod run;
#[cfg(feature = "schema")]
mod schema;
mod settings;
mod shared;

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::record::{Diagnostic, InputFile, LeftOut};
use crate::vocabulary::{FrameworkNote, Month, Text};

pub use changes::EvidenceChange;
pub use coders::{FieldAgreement, agreement};
pub use evidence::{PARTS_OF_TURN, changes, waterfalls};
pub use fragility::Fragility;
pub use issues::{IssueRoleMonth, IssueRoles};
pub use parts::{
    Agreement, Band, ByRole, CatalogueFinding, ClassFinding, CoderFinding, ConditionFinding,
    CoverageFinding, DecidingStep, EvidencePart, Flag, InterestFinding, IssueFinding, IssueMonth,
    IssueRule, PartKind, Parting, Penetration, PriorPredictive, PublishedReading, RoleAgreement,
    RoleFinding, RowFinding, RowWeight, RuleFinding, Sensitivity, SensitivityCell, SeriesFinding,
    SeriesPoint, SetProbability, SourceFinding, Strain, TraceInput, TraceStep, TurningPoint,
    Waterfall,
};
pub use read_from::ReadFrom;
pub use run::{Run, RunOptions, run};
#[cfg(feature = "schema")]
pub use schema::schema;

/// The form of findings that this program writes.
pub const SCHEMA: &str = "tertius-findings/1";

/// Who holds which position, by code.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct TriadFinding {
    /// W: the weaker ally.
    pub ally: String,
    /// S: its patron.
    pub patron: String,
    /// R: the patron's rival.
    pub rival: String,
}

/// How the findings were made.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Provenance {
    /// Program and version.
    pub program: String,
    /// Seed of every random draw.
    pub seed: u64,
    /// True for the fast path: parameters integrated by a few sweeps only, no bands.
    pub approximate: bool,
    /// Every setting by name, defaults included, for instance `rule.divergence` = `0.35`.
    pub options: BTreeMap<String, String>,
    /// Files read, with their fingerprints.
    pub inputs: Vec<InputFile>,
    /// Markov chains run.
    pub chains: usize,
    /// Sweeps kept, over all chains.
    pub draws: usize,
    /// Largest Monte Carlo standard error of a monthly role probability; null on the fast path.
    pub worst_mc_error: Option<f64>,
    /// Largest potential scale reduction of a parameter; null on the fast path.
    pub worst_r_hat: Option<f64>,
    /// Whether the chains agreed: Monte Carlo error and scale reduction within what the methods page asks.
    pub converged: bool,
}

/// One month of the reading.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct MonthFinding {
    /// The month.
    pub month: Month,
    /// Probability that the role is played, given the whole record.
    #[cfg_attr(feature = "schema", schemars(with = "ByRole<schema::Share>"))]
    pub roles: ByRole<f64>,
    /// The same given the record up to this month.
    #[cfg_attr(feature = "schema", schemars(with = "ByRole<schema::Share>"))]
    pub filtered: ByRole<f64>,
    /// The likeliest role set.
    pub set: Vec<String>,
    /// The three likeliest role sets.
    pub sets: Vec<SetProbability>,
    /// 50 % bands over parameters; null on the fast path, which takes too few draws for any.
    pub bands_50: ByRole<Option<Band>>,
    /// 90 % bands over parameters; null on the fast path.
    pub bands_90: ByRole<Option<Band>>,
    /// Monte Carlo standard errors of `roles`.
    pub mc_error: ByRole<f64>,
    /// Probability that the two roles that answer measures are both played: performed conflict.
    #[cfg_attr(feature = "schema", schemars(range(min = 0, max = 1)))]
    pub conflict_performed: Option<f64>,
    /// Share of the patron's measures so far that the ally has joined, weighed by grade and lag: drawn,
    /// and evidence for nothing. Null before the patron acts.
    #[serde(default)]
    #[cfg_attr(feature = "schema", schemars(range(min = 0, max = 1)))]
    pub compliance: Option<f64>,
    /// What the rule expects, from conditions.
    pub rule: RuleFinding,
    /// Interests as far as they were known before the month.
    pub interests: InterestFinding,
    /// Overlap issue by issue, as far as known before the month.
    pub issues: Vec<IssueMonth>,
    /// The conditions that the rule took, as far as known before the month.
    pub conditions: Vec<ConditionFinding>,
    /// Things that a reader of this month should know.
    pub flags: Vec<Flag>,
}

/// Everything that a run found.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Findings {
    /// `tertius-findings/1`.
    #[cfg_attr(feature = "schema", schemars(extend("const" = SCHEMA)))]
    pub schema: String,
    /// The case's id.
    pub case: String,
    /// The case's title.
    pub title: Text,
    /// What a reader is to know of names and terms before anything else; empty for nothing.
    #[serde(default)]
    pub note: Text,
    /// Who is who.
    pub triad: TriadFinding,
    /// The month up to which things were known.
    pub as_of: Month,
    /// First month read.
    pub from: Month,
    /// Last month read.
    pub to: Month,
    /// Length of a period.
    pub resolution: String,
    /// How it was made.
    pub provenance: Provenance,
    /// The roles.
    pub catalogue: CatalogueFinding,
    /// Names of the actors that rows name, by code.
    pub actors: BTreeMap<String, Text>,
    /// The issues.
    pub issues: Vec<IssueFinding>,
    /// What a reader is to know of how the record was coded, as the case says it; empty for nothing.
    #[serde(default)]
    pub coding: Text,
    /// Who coded.
    pub coders: Vec<CoderFinding>,
    /// Month by month.
    pub months: Vec<MonthFinding>,
    /// What there was to read, and how far it moved the reading from the prior.
    #[serde(default)]
    pub read_from: ReadFrom,
    /// When the role set turned: windows in which at least half of the sampled paths change, at three times
    /// the odds that the prior gives without evidence, or more.
    pub turning_points: Vec<TurningPoint>,
    /// Further windows in which at least half of the paths change, and which the prior alone makes too likely
    /// to be told.
    #[serde(default)]
    pub turns_untold: usize,
    /// Issues that another role led while the whole did not turn.
    pub penetrations: Vec<Penetration>,
    /// Roles issue by issue; empty on the fast path.
    #[serde(default)]
    pub issue_roles: Vec<IssueRoles>,
    /// What carries each turning point: evidence in log-odds.
    pub waterfalls: Vec<Waterfall>,
    /// What moved each role that a turning point gained or lost, over the interval of the turn.
    #[serde(default)]
    pub changes: Vec<EvidenceChange>,
    /// How few rows carry what is read of each published reading's period, and of the last month.
    #[serde(default)]
    pub fragility: Vec<Fragility>,
    /// Distance between what the patron expects and what the ally declares, by twelve-month window.
    pub strain: Vec<Strain>,
    /// Readings that others have published, set beside ours and used by nothing.
    pub readings: Vec<PublishedReading>,
    /// How far rule and reader agree.
    #[serde(default)]
    pub agreement: Agreement,
    /// Where they part, and why.
    #[serde(default)]
    pub partings: Vec<Parting>,
    /// How the reading moves with choices that data can't settle.
    pub sensitivity: Vec<Sensitivity>,
    /// What the prior alone expects.
    pub prior_predictive: PriorPredictive,
    /// Contradictions and gaps of the framework's source, and what was made of them.
    pub article_flags: Vec<FrameworkNote>,
    /// Every cited row, so that any number can be walked back.
    pub rows: Vec<RowFinding>,
    /// The bibliography.
    pub sources: Vec<SourceFinding>,
    /// Series of the case.
    pub series: Vec<SeriesFinding>,
    /// What was searched.
    pub coverage: Vec<CoverageFinding>,
    /// Rows hidden by the as-of month.
    pub hidden_rows: usize,
    /// What of each file is not read, and why; files of which all is read are not named.
    #[serde(default)]
    pub left_out: Vec<LeftOut>,
    /// Problems of the record that did not stop the run.
    pub diagnostics: Vec<Diagnostic>,
}

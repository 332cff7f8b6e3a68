//! `case.toml`: who is who, which months, which issues, which series, who coded.

mod lists;
mod read;
mod series;
mod settings;

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

pub(super) use read::{Draft, read};
pub use settings::{SETTINGS, Setting, SettingKind, SettingSpec, SettingValue, override_settings};

use crate::vocabulary::{
    Actor, ActorRegistry, Catalogue, FrameworkNote, Month, Span, Text, Triad, When,
};

const FILE: &str = "case.toml";

/// The form of case that this program reads.
pub const CASE_SCHEMA: &str = "tertius-case/1";

/// The most months that a case may span: two centuries are a misprint, not a study.
pub const MAX_MONTHS: usize = 2400;

/// Which family of interests an issue belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "lowercase")]
pub enum Family {
    /// Interests over the rival: +1 fully accommodating, −1 fully hostile.
    Rival,
    /// Interests in capacity, status and network: +1 maximal expansion.
    Ally,
}

/// A thing over which interests overlap or part.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Issue {
    /// Key in tables.
    pub id: String,
    /// Its family.
    pub family: Family,
    /// Name for display.
    pub name: Text,
}

/// Which side of the argument a series may serve.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum SeriesStream {
    /// May explain roles.
    Condition,
    /// May show roles.
    Behaviour,
    /// Is shown, and used by neither.
    Display,
}

/// A series as `case.toml` declares it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct SeriesSpec {
    /// Key.
    pub id: String,
    /// File under the case folder; for a panel, a name that no file has.
    pub file: String,
    /// The panel of public data that it is taken from, where it is none of the case's own.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub panel: Option<String>,
    /// The fourth state that the panel is about.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub third: Option<Actor>,
    /// Name for display.
    pub name: Text,
    /// Unit of the values.
    pub unit: String,
    /// What it measures.
    pub indicator: String,
    /// Which side it may serve.
    pub stream: SeriesStream,
    /// `measured`, `computed` or `hand-coded`.
    pub method: String,
    /// Least value.
    pub lower: f64,
    /// Greatest value.
    pub upper: f64,
    /// Months from the end of a period until its value is known.
    pub lag_months: u32,
    /// Roles that raise it above its own baseline, by id: of behaviour alone. Without any it is shown and no
    /// evidence.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub raised_by: Vec<String>,
    /// Whose posture on an issue it measures, where it measures one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub measures: Option<Measures>,
    /// Where in `case.toml` it stands.
    #[serde(skip)]
    pub line: u64,
}

/// What a series says of the postures on an issue.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Measures {
    /// By position in the case.
    pub issue: usize,
    /// Of whom.
    pub side: Side,
}

/// Whose posture a series measures.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Side {
    /// The ally's, on the scale of positions.
    Ally,
    /// The patron's, on the scale of positions.
    Patron,
    /// The ally's place between patron (0) and rival (1), such as the share of the votes on which these two
    /// part in which the ally went with the rival.
    Between,
}

/// Who coded, and what kind of coder it is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Coder {
    /// Key in tables.
    pub id: String,
    /// `person` or `language-model`.
    pub kind: String,
    /// Anything that a reader should know.
    pub note: String,
}

/// The ally's alliance with its patron.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Alliance {
    /// Its name.
    pub name: Text,
    /// When it began.
    pub since: When,
    /// When it ended, if it did.
    pub until: Option<When>,
}

/// A reading of the ally's roles that somebody has published: set beside ours, used by nothing.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reading {
    /// Its id.
    pub id: String,
    /// Name of its period.
    pub name: Text,
    /// Its months.
    pub span: Span,
    /// The roles read, by id.
    pub roles: Vec<String>,
    /// Key of the source.
    pub source: String,
    /// Where in the source, and anything else.
    pub note: Text,
    /// Where in `case.toml` it stands.
    #[serde(skip)]
    pub line: u64,
}

/// A checked `case.toml`.
#[derive(Clone, Debug)]
pub struct Case {
    /// Key, and name of the output folder.
    pub id: String,
    /// Title.
    pub title: Text,
    /// What a reader is to know of names and terms before anything else; empty for nothing.
    pub note: Text,
    /// Ally, patron, rival.
    pub triad: Triad,
    /// Whose measures count as the patron's; the patron itself among them.
    pub coalition: BTreeSet<Actor>,
    /// The months read.
    pub span: Span,
    /// Rows known only later than this month are hidden.
    pub as_of: Month,
    /// The ally's alliance.
    pub alliance: Alliance,
    /// The roles.
    pub catalogue: Catalogue,
    /// All actors that rows may name.
    pub registry: ActorRegistry,
    /// Declared issues, in order.
    pub issues: Vec<Issue>,
    /// The issue that the patron's measures and the ally's answers to them belong to, by position.
    pub answers: Option<usize>,
    /// Declared series, in order.
    pub series: Vec<SeriesSpec>,
    /// Declared coders, in order.
    pub coders: Vec<Coder>,
    /// Published readings, in order.
    pub readings: Vec<Reading>,
    /// What a reader is to know of how the record was coded before any number of it; empty for nothing.
    pub coding: Text,
    /// Contradictions and gaps in what has been published on this case by the framework's own source.
    pub framework_notes: Vec<FrameworkNote>,
    /// Settings that the case chooses; the others keep their defaults.
    pub settings: Vec<Setting>,
}

impl Case {
    /// The issue with this id, by position.
    pub fn issue(&self, id: &str) -> Option<usize> {
        self.issues.iter().position(|i| i.id == id)
    }
}

/// Indicators that the rule takes, with the range that each must have.
pub const RULE_INDICATORS: &[(&str, f64, f64)] = &[
    ("asymmetry", 0.0, 1.0),
    ("dependence", 0.0, 1.0),
    ("commitment", 0.0, 1.0),
    ("patron_pressure", 0.0, 1.0),
    ("hardliners", 0.0, 1.0),
    ("burden_demand", 0.0, 1.0),
    ("capacity", 0.0, 1.0),
    ("cover", 0.0, 1.0),
    ("patron_rival_relation", -1.0, 1.0),
];

/// Whether a text can be a key, a file name and an anchor in a page at once.
pub(in crate::record) fn is_id(text: &str) -> bool {
    !text.is_empty()
        && text.len() <= 64
        && text
            .bytes()
            .all(|b| b.is_ascii_alphanumeric() || b == b'-' || b == b'_')
        && !text.starts_with('-')
}

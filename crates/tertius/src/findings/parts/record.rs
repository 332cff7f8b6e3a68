//! The record in findings, so that any number can be walked back: rows, sources, series, coverage.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::Band;
use crate::vocabulary::{Month, Stream, Text, When};

/// A cited row of the record.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct RowFinding {
    /// Its id, unique in the case.
    pub id: String,
    /// `acts`, `measures`, `positions` or `statements`.
    pub table: String,
    /// Its row in the file, the header being row 1.
    pub row: u64,
    /// Date as its source has it.
    pub date: When,
    /// Codes of those who acted.
    pub actors: Vec<String>,
    /// Codes of those at whom.
    pub targets: Vec<String>,
    /// Class, grade, kind: the code given.
    pub code: String,
    /// What the row may be used for; acts only.
    pub stream: Option<Stream>,
    /// The id of the issue.
    pub issue: Option<String>,
    /// Severity, or grade, 1 to 6.
    pub severity: Option<u8>,
    /// The package that it belongs to.
    pub episode: Option<String>,
    /// What happened, in one sentence.
    pub description: Text,
    /// Keys of sources.
    pub sources: Vec<String>,
    /// The passage of the source.
    pub quote: Option<String>,
    /// Where in the source it stands.
    pub locator: Option<String>,
    /// Whether it was read there.
    pub checked: bool,
    /// Id of who coded it.
    pub coder: String,
    /// Further fields by name: beneficiary, justification, value, answer, ….
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub more: BTreeMap<String, String>,
}

/// A source.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct SourceFinding {
    /// The source's key.
    pub key: String,
    /// Its author or publisher.
    pub author: String,
    /// The source's title.
    pub title: String,
    /// When it came out.
    pub date: String,
    /// Its address on the web.
    pub url: Option<String>,
    /// Where in print it stands.
    pub container: String,
    /// Ids of the rows that cite it.
    pub rows: Vec<String>,
}

/// A value of a series.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct SeriesPoint {
    /// The period of the value.
    pub period: When,
    /// Its value; null where missing.
    pub value: Option<f64>,
    /// Bounds of the value.
    pub interval: Option<Band>,
    /// When it was known.
    pub known_from: Month,
    /// Keys of sources.
    pub sources: Vec<String>,
}

/// A series.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct SeriesFinding {
    /// The series' id.
    pub id: String,
    /// The series' name.
    pub name: Text,
    /// Unit of its values.
    pub unit: String,
    /// The indicator that it measures.
    pub indicator: String,
    /// `condition`, `behaviour` or `display`.
    pub stream: String,
    /// `measured`, `computed` or `hand-coded`.
    pub method: String,
    /// Ids of the roles that raise it above its own baseline: with any, it is evidence.
    #[serde(default)]
    pub raised_by: Vec<String>,
    /// Whose posture on an issue it measures: `ally`, `patron`, or `between` the patron and the rival.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub measures: Option<String>,
    /// Its values, in order.
    pub values: Vec<SeriesPoint>,
}

/// What was searched.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct CoverageFinding {
    /// What was searched: a class, `answers` or a table.
    pub what: String,
    /// First month searched.
    pub from: Month,
    /// Last month searched.
    pub to: Month,
    /// Whether all was gone through.
    pub exhaustive: bool,
    /// Id of who searched.
    pub coder: String,
    /// Where and how, in words.
    pub note: Option<String>,
}

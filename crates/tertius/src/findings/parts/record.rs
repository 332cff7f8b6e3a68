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
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
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
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
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
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
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
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
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

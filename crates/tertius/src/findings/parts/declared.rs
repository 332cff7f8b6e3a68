//! What the case and the catalogue declare: roles, classes, issues, coders.

use serde::{Deserialize, Serialize};

use crate::record::Family;
use crate::vocabulary::{Stream, Text};

/// A role of the catalogue.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct RoleFinding {
    /// The role's id.
    pub id: String,
    /// One letter for dense pictures.
    pub letter: String,
    /// The role's name.
    pub name: Text,
    /// What the role means, in a sentence.
    pub gloss: Text,
}

/// A class of acts.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct ClassFinding {
    /// The class's id.
    pub id: String,
    /// What its rows may be used for.
    pub stream: Stream,
    /// The class's name.
    pub name: Text,
    /// The roles that it speaks for, anchors first.
    pub speaks_for: Vec<String>,
}

/// The role catalogue used.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct CatalogueFinding {
    /// The catalogue's id.
    pub id: String,
    /// The work that it comes from.
    pub citation: String,
    /// The catalogue's name.
    pub name: Text,
    /// Its roles, in order.
    pub roles: Vec<RoleFinding>,
    /// Its classes of acts, in order.
    pub classes: Vec<ClassFinding>,
}

/// An issue.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct IssueFinding {
    /// The issue's id.
    pub id: String,
    /// Over the rival, or of the alliance.
    pub family: Family,
    /// The issue's name.
    pub name: Text,
}

/// A coder.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct CoderFinding {
    /// The coder's id.
    pub id: String,
    /// `person` or `language-model`.
    pub kind: String,
    /// What a reader should know of the coder.
    pub note: String,
}

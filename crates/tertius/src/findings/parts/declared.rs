//! What the case and the catalogue declare: roles, classes, issues, coders.

use serde::{Deserialize, Serialize};

use crate::record::Family;
use crate::vocabulary::{Stream, Text};

/// A role of the catalogue.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
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
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
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
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
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
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
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
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct CoderFinding {
    /// Id.
    pub id: String,
    /// `person` or `language-model`.
    pub kind: String,
    /// Note.
    pub note: String,
}

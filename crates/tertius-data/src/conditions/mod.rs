//! Conditions that are computed from public data: what may explain a role, never what shows one.
//!
//! One file a condition: a pure function from records to a [`Series`], with its formula, its unit, its source
//! and its error where one can be had. A line in [`CONDITIONS`] makes it known to panels and to the command
//! line. Coefficients that the literature does not fix are settings, with defaults that are said to be ours.

pub mod asymmetry;
pub mod audience;
pub mod burden;
pub mod commitment;
pub mod dependence;
pub mod dilemma;
pub mod latent;
pub mod relation;
mod series;
pub mod stakes;
pub mod third_party;
pub mod threat;

pub(crate) use series::Z_90;
pub use series::{Point, Series, Value, known_after};

use crate::catalogue::Bilingual;

/// What the catalogue of conditions says of one.
#[derive(Clone, Copy, Debug)]
pub struct Condition {
    /// By which panels and the command line know it.
    pub id: &'static str,
    /// What it is called.
    pub title: Bilingual,
    /// What a value is counted in.
    pub unit: Bilingual,
    /// Least and greatest value.
    pub range: (f64, f64),
    /// Months after the end of its period until a value is taken as known: when the facts were public, an assumption,
    /// not when a release came out.
    pub lag_months: u32,
    /// What its periods are.
    pub steps: Steps,
    /// The datasets that it is computed from.
    pub datasets: &'static [&'static str],
    /// What its published error is, if there is one.
    pub error: Bilingual,
    /// The page that explains it.
    pub page: &'static str,
}

/// What the periods of a condition are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Steps {
    /// Years.
    Years,
    /// Every month.
    Months,
    /// The months in which a survey asked, and no others.
    Surveys,
}

/// All conditions.
pub static CONDITIONS: &[&Condition] = &[
    &asymmetry::BY_CINC,
    &asymmetry::BY_GDP,
    &asymmetry::RELIEF,
    &threat::CONDITION,
    &dependence::CONDITION,
    &commitment::CONDITION,
    &dilemma::ABANDONMENT,
    &dilemma::ENTRAPMENT,
    &dilemma::PATRON_ABANDONMENT,
    &dilemma::PATRON_ENTRAPMENT,
    &stakes::CONDITION,
    &third_party::CONDITION,
    &burden::CONDITION,
    &burden::GAP,
    &audience::CONDITION,
    &audience::BY_INTERVIEW,
    &audience::BY_MAIL,
    &latent::CONDITION,
    &relation::BY_EVENTS,
    &relation::BY_MONTH,
    &relation::BY_DISPUTES,
    &relation::BY_VOTES,
];

/// The condition with an id.
pub fn find(id: &str) -> Option<&'static Condition> {
    CONDITIONS.iter().find(|c| c.id == id).copied()
}

/// No error is published.
const NO_ERROR: Bilingual = Bilingual {
    en: "none published",
    zh: "未公布误差",
};

//! The rows of a record, as they are once checked.

use std::ops::Deref;

use jiff::civil::Date;

use super::case::SeriesSpec;
use crate::vocabulary::{Actor, ClassId, Month, Observed, Span, Text, When};

/// How sure a coder is of the code given.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Confidence {
    /// Hardly.
    Low,
    /// Fairly.
    Medium,
    /// Quite.
    High,
}

/// What every row carries: its id, where it stands, and what it rests on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cited {
    /// Unique in the case.
    pub id: String,
    /// File of the case.
    pub file: String,
    /// Row of the file, the header being row 1.
    pub row: u64,
    /// The first day from which it may be used.
    pub known_from: Date,
    /// Rows of one package share it.
    pub episode: Option<String>,
    /// One sentence.
    pub description: Text,
    /// Keys of the bibliography, at least one.
    pub sources: Vec<String>,
    /// The passage, letter for letter.
    pub quote: Option<String>,
    /// Where in the source it stands.
    pub locator: Option<String>,
    /// Whether the coder read the passage.
    pub checked: bool,
    /// How sure the coder is of the code.
    pub confidence: Confidence,
    /// Who coded.
    pub coder: String,
}

/// One dated act of somebody.
#[derive(Clone, Debug, PartialEq)]
pub struct Act {
    /// What it rests on.
    pub cited: Cited,
    /// When it was done.
    pub date: When,
    /// By whom.
    pub actors: Vec<Actor>,
    /// To whom.
    pub targets: Vec<Actor>,
    /// Its class.
    pub class: ClassId,
    /// Its issue, by position in the case.
    pub issue: Option<usize>,
    /// 1 to 6.
    pub severity: u8,
    /// Who gains.
    pub beneficiary: Option<String>,
    /// By what it is justified.
    pub justification: Option<String>,
}

/// An act of the ally: evidence of its roles, and never a cause of them.
#[derive(Clone, Debug, PartialEq)]
pub struct Behaviour(Act);

/// An act that may explain the ally's roles, and never shows them.
#[derive(Clone, Debug, PartialEq)]
pub struct Condition(Act);

/// An act that does neither: what the ally got, and what happened around it.
#[derive(Clone, Debug, PartialEq)]
pub struct Surrounding(Act);

macro_rules! stream_of_acts {
    ($name:ident) => {
        impl Deref for $name {
            type Target = Act;
            fn deref(&self) -> &Act {
                &self.0
            }
        }

        impl $name {
            pub(super) fn new(act: Act) -> Self {
                $name(act)
            }
        }
    };
}
stream_of_acts!(Behaviour);
stream_of_acts!(Condition);
stream_of_acts!(Surrounding);

/// A measure of the patron's against the rival, at one grade, and the ally's answer.
#[derive(Clone, Debug, PartialEq)]
pub struct Measure {
    /// What it rests on.
    pub cited: Cited,
    /// Members of the coalition that took it.
    pub issuers: Vec<Actor>,
    /// When the first of them did.
    pub date: When,
    /// 1 to 6.
    pub grade: u8,
    /// The ally's answer, if a source tells of one.
    pub answer: Option<Answer>,
    /// What the ally left out.
    pub exemptions: Option<String>,
    /// Sources of the answer.
    pub answer_sources: Vec<String>,
}

/// What the ally did in answer to a measure.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Answer {
    /// Its first step.
    pub date: When,
    /// The highest grade reached within twelve months of the measure.
    pub grade: u8,
    /// When that grade was reached.
    pub grade_date: When,
}

/// What kind of position somebody declared.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum PositionKind {
    /// What the actor wants.
    Preference,
    /// What the patron wants of the ally.
    Expectation,
}

/// A declared position on an issue.
#[derive(Clone, Debug, PartialEq)]
pub struct Position {
    /// What it rests on.
    pub cited: Cited,
    /// When it was declared.
    pub date: When,
    /// By whom.
    pub actor: Actor,
    /// On what, by position in the case.
    pub issue: usize,
    /// Of which kind.
    pub kind: PositionKind,
    /// −1 to 1.
    pub value: f64,
    /// The least that a second reader could defend.
    pub low: f64,
    /// The most.
    pub high: f64,
    /// 0 to 1.
    pub salience: f64,
}

/// Who speaks of the ally's role.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum StatementKind {
    /// The patron, of what it wants.
    Expected,
    /// The ally, of itself.
    Declared,
    /// The rival, of what it sees.
    RivalView,
    /// Anyone else.
    ThirdView,
}

/// A role word.
#[derive(Clone, Debug, PartialEq)]
pub struct Statement {
    /// What it rests on.
    pub cited: Cited,
    /// When it was said.
    pub date: When,
    /// By whom.
    pub speakers: Vec<Actor>,
    /// In which of the four voices.
    pub kind: StatementKind,
    /// The role, by its id; nothing for a role word outside the catalogue.
    pub role: Option<String>,
}

/// A value of a series over one period.
#[derive(Clone, Debug, PartialEq)]
pub struct SeriesValue {
    /// Row of the file.
    pub row: u64,
    /// What it is of.
    pub period: When,
    /// The value, or nothing where it is missing.
    pub value: Option<f64>,
    /// Lower bound.
    pub low: Option<f64>,
    /// Upper bound.
    pub high: Option<f64>,
    /// Sample size of a poll.
    pub n: Option<u32>,
    /// The first day from which it may be used.
    pub known_from: Date,
    /// Keys of the bibliography.
    pub sources: Vec<String>,
    /// Anything else.
    pub note: Option<String>,
}

/// A series of the case.
#[derive(Clone, Debug, PartialEq)]
pub struct Series {
    /// As declared.
    pub spec: SeriesSpec,
    /// Its values, by the first day of their periods.
    pub values: Vec<SeriesValue>,
}

impl Series {
    /// The value whose period holds `month`, whenever it became known.
    pub fn at(&self, month: Month) -> Observed<&SeriesValue> {
        Self::presence(self.values.iter().rfind(|v| Self::covers(v, month)))
    }

    /// The value of the latest period that was known before `month` began and is not older than
    /// `max_age` months: what a decision of that month could rest on.
    pub fn known_before(&self, month: Month, max_age: u32) -> Observed<&SeriesValue> {
        let newest = self
            .values
            .iter()
            .rfind(|v| v.known_from < month.first_day());
        Self::presence(
            newest.filter(|v| Month::of(v.period.last_day()).until(month) <= max_age as i32),
        )
    }

    fn covers(value: &SeriesValue, month: Month) -> bool {
        value.period.first_day() <= month.last_day() && month.first_day() <= value.period.last_day()
    }

    fn presence(value: Option<&SeriesValue>) -> Observed<&SeriesValue> {
        match value {
            None => Observed::OutsideCoverage,
            Some(v) if v.value.is_none() => Observed::Missing,
            Some(v) => Observed::Observed(v),
        }
    }
}

/// What was searched, over which months, and whether everything was gone through.
#[derive(Clone, Debug, PartialEq)]
pub struct Coverage {
    /// A class, `answers`, or a table.
    pub what: String,
    /// Row of `coverage.csv`.
    pub row: u64,
    /// The months.
    pub span: Span,
    /// Whether an empty month says that nothing happened.
    pub exhaustive: bool,
    /// Who looked.
    pub coder: String,
    /// Where.
    pub sources: Vec<String>,
    /// How.
    pub note: Option<String>,
}

impl Coverage {
    /// Whether the row is about a class (or `answers`): by name, or by the table that holds it.
    pub(super) fn speaks_of(&self, what: &str) -> bool {
        self.what == what || (self.what == "acts" && what != "answers")
    }
}

/// A field of a row as another coder coded it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Coding {
    /// `acts`, `measures`, `positions` or `statements`.
    pub table: String,
    /// The row.
    pub id: String,
    /// The field.
    pub field: String,
    /// The code given.
    pub value: String,
    /// By whom.
    pub coder: String,
}

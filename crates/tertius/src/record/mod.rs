//! A record is read: tables, series and sources of a case folder, checked, dated and cited.
//!
//! Nothing here opens a file: [`CaseFiles`] gives bytes by path. Every problem is found in one pass; a
//! record with an error is not made.

mod case;
mod diagnostic;
mod keys;
mod load;
mod rows;
mod sources;
mod table;
mod tables;

pub use case::{
    Alliance, CASE_SCHEMA, Case, Coder, Family, Issue, MAX_MONTHS, RULE_INDICATORS, RawOption,
    Reading, SeriesSpec, SeriesStream,
};
pub(crate) use diagnostic::nearest;
pub use diagnostic::{Diagnostic, DiagnosticId, Place, Severity};
pub use load::{CaseFiles, InputFile, Record, load};
pub use rows::{
    Act, Answer, Behaviour, Cited, Coding, Condition, Confidence, Coverage, Measure, Position,
    PositionKind, Series, SeriesValue, Statement, StatementKind, Surrounding,
};
pub use sources::{Source, Sources};

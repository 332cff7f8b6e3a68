//! A record is read: tables, series and sources of a case folder, checked, dated and cited.
//!
//! Nothing here opens a file: [`CaseFiles`] gives bytes by path. Every problem is found in one pass; a
//! record with an error is not made.

mod bib;
mod case;
mod clusters;
mod diagnostic;
mod files;
mod keys;
mod left_out;
mod load;
mod panels;
mod problems;
mod row;
mod rows;
mod scan;
mod sources;
mod table;
mod tables;
mod text;

pub use bib::bibliography;
pub use case::{
    Alliance, CASE_SCHEMA, Case, Coder, Family, Issue, MAX_MONTHS, Measures, RULE_INDICATORS,
    Reading, SETTINGS, SeriesSpec, SeriesStream, Setting, SettingKind, SettingSpec, SettingValue,
    Side, override_settings,
};
pub(crate) use clusters::{Clustered, cluster_weight, clusters, weights, worth};
pub use diagnostic::{Diagnostic, DiagnosticId, Place, Severity};
pub use files::{CaseFiles, InputFile, MemoryFiles, Unreadable};
pub use left_out::LeftOut;
pub use load::{Record, load, load_with};
pub use panels::{NoPanels, PanelAnswer, PanelProblem, PanelRequest, PanelValue, Panels};
pub use rows::{
    Act, Answer, Behaviour, Cited, Coding, Condition, Confidence, Coverage, Measure, Position,
    PositionKind, Series, SeriesValue, Statement, StatementKind, Surrounding,
};
pub use sources::{Source, Sources};
pub use table::{Columns, MAX_ROWS};
pub use tables::TABLES;
pub use text::is_hidden;

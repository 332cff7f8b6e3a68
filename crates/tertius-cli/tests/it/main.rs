//! The binary as a user meets it.

#![allow(
    clippy::unwrap_used,
    reason = "a test that can not go on should stop where it is"
)]

mod behaviour_series;
mod browser;
mod case_conditions;
mod cli;
mod data;
mod data_faults;
mod empty_case;
mod faces;
mod folders;
#[cfg(feature = "figures")]
mod hard_figures;
mod interests;
mod interests_absent;
mod likeness;
mod long_records;
mod measure;
mod newcomer;
mod places;
mod public_data;
mod report_page;
mod schema;
mod simulated_cases;
mod skip;
mod sweep;
#[cfg(feature = "figures")]
mod triad_figure;

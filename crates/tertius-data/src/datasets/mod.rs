//! One file a dataset: its entry in the catalogue, the columns that are read, and its adapter.
//!
//! An adapter is a pure function from a [`crate::table::RawFile`] to records and an
//! [`crate::table::Account`] of what became of every row.

pub mod archigos;
pub mod atop;
pub mod capitals;
pub mod contiguity;
pub mod cow_alliances;
pub mod cow_mid;
pub mod cow_nmc;
pub mod cow_trade;
pub mod cow_wars;
pub mod democracy;
pub mod disputes;
pub mod dyadic_mid;
pub mod gdelt_dyads;
pub mod gdp_population;
pub mod gml_mid;
pub mod icews_dyads;
pub mod igos;
mod lists;
pub mod min_distance;
pub mod pew;
pub mod press_points;
pub mod rivalries;
mod rows;
pub mod sipri;
pub mod state_system;
mod terms;
pub mod ties;
pub mod ucdp_acd;
pub mod ukraine_support;
pub mod un_ideal_points;
pub mod un_votes;
pub mod world_bank;

use crate::catalogue::Dataset;

/// All datasets. A new one is a file and a line here.
pub static CATALOGUE: &[&Dataset] = &[
    &un_votes::DATASET,
    &un_ideal_points::DATASET,
    &atop::DATASET,
    &cow_alliances::DATASET,
    &cow_nmc::DATASET,
    &gdp_population::DATASET,
    &world_bank::DATASET,
    &sipri::DATASET,
    &cow_trade::DATASET,
    &cow_mid::DATASET,
    &gml_mid::DATASET,
    &dyadic_mid::DATASET,
    &cow_wars::DATASET,
    &ucdp_acd::DATASET,
    &rivalries::DATASET,
    &capitals::DATASET,
    &contiguity::DATASET,
    &min_distance::DATASET,
    &igos::DATASET,
    &state_system::DATASET,
    &archigos::DATASET,
    &democracy::DATASET,
    &ties::DATASET,
    &ukraine_support::DATASET,
    &pew::DATASET,
    &press_points::DATASET,
    &icews_dyads::DATASET,
    &gdelt_dyads::DATASET,
];

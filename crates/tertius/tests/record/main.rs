//! Records are read from bytes: what is broken is told, what is whole is kept, nothing panics.

#![allow(
    clippy::unwrap_used,
    clippy::wrong_self_convention,
    reason = "a test that can not go on should stop where it is"
)]

mod broken;
mod broken_files;
mod broken_options;
mod broken_rows;
mod broken_series;
mod broken_tables;
mod broken_toml;
mod case;
mod coders;
mod exercise;
mod good;
mod hostile;
mod note;
mod pages;
mod panels;
mod random;
mod told;

//! Tests of the report from outside, in one binary.

// The helpers of tests may unwrap as the tests do.
#![allow(clippy::unwrap_used)]

mod arbitrary;
mod beside;
mod citations;
mod coding;
mod exercise;
mod figures;
mod i18n;
mod page;
#[cfg(feature = "static")]
mod render;
mod said;
mod same_bytes;
mod triad;
mod vendored;

use exercise::sample;

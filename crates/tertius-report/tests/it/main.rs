//! Tests of the report from outside, in one binary.

#[cfg(feature = "static")]
mod render;
mod vendored;

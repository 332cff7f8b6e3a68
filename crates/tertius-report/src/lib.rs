//! Findings shown: text, HTML, figures and tables, in English and Chinese. Computes no number.

pub mod assets;
#[cfg(feature = "static")]
pub mod render;

pub mod diagnostics;
pub mod html;
pub mod tables;
pub mod text;

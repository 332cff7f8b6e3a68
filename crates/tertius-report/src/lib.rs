//! Findings shown: text, HTML, figures and tables, in English and Chinese. Computes no number.

pub mod assets;
pub mod citations;
pub mod data;
pub mod diagnostics;
pub mod figures;
pub mod i18n;
pub mod names;
pub mod page;
#[cfg(feature = "static")]
pub mod render;
pub mod tables;
pub mod terminal;

//! The engine of Tertius: a record is read, interests are measured, roles are read from evidence,
//! findings are handed on. Opens no file, reads no clock, prints nothing.
//!
//! Suggested order of reading: [`vocabulary`], [`record`], [`interests`], [`roles`], [`findings`].

pub mod findings;
pub mod interests;
pub mod record;
pub mod roles;
pub mod vocabulary;

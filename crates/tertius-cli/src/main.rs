//! The command line of Tertius.
fn main() {}

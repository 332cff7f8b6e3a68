//! What the README and continuous integration call.
fn main() {}

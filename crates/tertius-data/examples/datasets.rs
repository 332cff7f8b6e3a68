//! Prints the catalogue as a page: what `cargo xtask datasets` writes to `docs/datasets.md`.

use std::io::{self, Write};

fn main() -> io::Result<()> {
    io::stdout().write_all(tertius_data::catalogue::page().as_bytes())
}

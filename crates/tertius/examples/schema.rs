//! Prints the JSON Schema of findings: what `cargo xtask schema` writes to `docs/findings.schema.json`.

use std::io::{self, Write};

fn main() -> io::Result<()> {
    let text = serde_json::to_string_pretty(&tertius::findings::schema())?;
    io::stdout().write_all((text + "\n").as_bytes())
}

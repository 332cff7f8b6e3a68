//! What the README, contributors and continuous integration call.

mod bench;
mod fuzz;
mod run;
mod test;

use std::env;
use std::process::{Command, ExitCode};

use run::{cargo, root, say};

const HELP: &str = "\
cargo xtask test            every test; says by name what is skipped and why
cargo xtask lint            rustfmt and clippy as continuous integration runs them
cargo xtask report          reads the bundled case into tertius-out/
cargo xtask schema          writes docs/findings.schema.json from the types of findings
cargo xtask datasets        writes docs/datasets.md from the catalogue of public datasets
cargo xtask bench           forward-backward at 100, 1000 and 10000 months
cargo xtask bench peers     the same beside hmmlearn, in one run (Python; installs it into target/)
cargo xtask fuzz [SECONDS]  each fuzz target for so long (needs cargo-fuzz; 60)
";

fn main() -> ExitCode {
    let args: Vec<String> = env::args().skip(1).collect();
    let words: Vec<&str> = args.iter().map(String::as_str).collect();
    let done = match words.as_slice() {
        ["test"] => test::test(),
        ["lint"] => lint(),
        ["schema"] => write(
            "docs/findings.schema.json",
            &[
                "-p",
                "tertius",
                "--features",
                "schema",
                "--example",
                "schema",
            ],
        ),
        ["datasets"] => write(
            "docs/datasets.md",
            &["-p", "tertius-data", "--example", "datasets"],
        ),
        ["report"] => cargo(&[
            "run",
            "--release",
            "--bin",
            "tertius",
            "--",
            "read",
            "japan-russia",
        ]),
        ["bench"] => cargo(&["bench", "-p", "tertius-math"]),
        ["bench", "peers"] => bench::peers(),
        ["fuzz", rest @ ..] if rest.len() <= 1 => fuzz::fuzz(rest.first().copied()),
        _ => {
            say(HELP);
            return ExitCode::from(2);
        }
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(message) => {
            say(&message);
            ExitCode::FAILURE
        }
    }
}

/// A page that an example prints: the schema of findings from the doc comments of their types, the catalogue.
fn write(page: &str, example: &[&str]) -> Result<(), String> {
    let out = Command::new("cargo")
        .args(["run", "--quiet"])
        .args(example)
        .current_dir(root())
        .stderr(std::process::Stdio::inherit())
        .output()
        .map_err(|e| format!("cargo could not be started: {e}"))?;
    if !out.status.success() {
        return Err(format!("{page} could not be made"));
    }
    let path = root().join(page);
    std::fs::write(&path, out.stdout).map_err(|e| format!("{} failed: {e}", path.display()))
}

fn lint() -> Result<(), String> {
    cargo(&["fmt", "--all", "--check"])?;
    cargo(&[
        "clippy",
        "--workspace",
        "--all-targets",
        "--all-features",
        "--",
        "-D",
        "warnings",
    ])
}

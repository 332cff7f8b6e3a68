//! What the README and continuous integration call: `cargo xtask test`, `lint`, `report`,
//! `schema`.

use std::env;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode};
use std::time::Instant;

const HELP: &str = "\
cargo xtask test     every test; says by name what is skipped and why
cargo xtask lint     rustfmt and clippy as continuous integration runs them
cargo xtask report   reads the bundled case into tertius-out/
cargo xtask schema   writes docs/findings.schema.json from the types of findings
";

fn main() -> ExitCode {
    let task = env::args().nth(1).unwrap_or_default();
    let done = match task.as_str() {
        "test" => test(),
        "lint" => lint(),
        "schema" => schema(),
        "report" => cargo(&[
            "run",
            "--release",
            "--bin",
            "tertius",
            "--",
            "read",
            "japan-russia",
        ]),
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

fn say(message: &str) {
    let _ = writeln!(std::io::stderr(), "{message}");
}

fn root() -> PathBuf {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    here.parent().unwrap_or(here).to_owned()
}

fn cargo(args: &[&str]) -> Result<(), String> {
    let cargo = env::var("CARGO").unwrap_or_else(|_| "cargo".to_owned());
    let status = Command::new(cargo).args(args).current_dir(root()).status();
    let shown = args.join(" ");
    match status {
        Ok(s) if s.success() => Ok(()),
        Ok(_) => Err(format!("cargo {shown} failed")),
        Err(e) => Err(format!("cargo {shown} could not be started: {e}")),
    }
}

fn has(program: &str) -> bool {
    let quiet = |c: &mut Command| {
        c.arg("--version")
            .output()
            .is_ok_and(|o| o.status.success())
    };
    quiet(&mut Command::new(program))
}

/// Runs every test. What the machine lacks is skipped by name; under `CI` a skip is a failure.
fn test() -> Result<(), String> {
    let start = Instant::now();
    let mut skipped = Vec::new();
    if env::var_os("TERTIUS_DATA").is_none() {
        skipped
            .push("tests against the public data: set TERTIUS_DATA to the folder that holds them");
    }
    cargo(&["build", "--release", "--bin", "tertius"])?;
    let nextest = Command::new("cargo")
        .args(["nextest", "--version"])
        .output()
        .is_ok_and(|o| o.status.success());
    if nextest {
        cargo(&[
            "nextest",
            "run",
            "--workspace",
            "--all-features",
            "--no-fail-fast",
        ])?;
        cargo(&["test", "--workspace", "--all-features", "--doc"])?;
    } else {
        cargo(&["test", "--workspace", "--all-features", "--no-fail-fast"])?;
    }
    if has("chromium") {
        say("chromium is there: page tests run with it");
    }
    for what in &skipped {
        say(&format!("SKIPPED {what}"));
    }
    say(&format!(
        "all tests passed in {} s",
        start.elapsed().as_secs()
    ));
    if env::var_os("CI").is_some() && !skipped.is_empty() {
        return Err(format!(
            "{} skipped, which continuous integration does not allow",
            skipped.len()
        ));
    }
    Ok(())
}

/// The published schema, from the doc comments of the types that it describes.
fn schema() -> Result<(), String> {
    let out = Command::new("cargo")
        .args(["run", "--quiet", "--package", "tertius"])
        .args(["--features", "schema", "--example", "schema"])
        .current_dir(root())
        .stderr(std::process::Stdio::inherit())
        .output()
        .map_err(|e| format!("cargo could not be started: {e}"))?;
    if !out.status.success() {
        return Err("the schema could not be made".to_owned());
    }
    let path = root().join("docs/findings.schema.json");
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

//! `cargo xtask test`: every test, and by name what was skipped.

use std::fs;
use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::Stdio;
use std::time::Instant;

use crate::run::{cargo, cargo_command, in_ci, output, root, run, say};

const WASM: &str = "wasm32-unknown-unknown";

/// Runs every test. What the machine lacks is skipped by name; under `CI` a skip is a failure.
pub(crate) fn test() -> Result<(), String> {
    let start = Instant::now();
    let binary = root().join("target/release/tertius");
    cargo(&["build", "--release", "--bin", "tertius"])?;
    let mut told = wasm()?;
    told.extend(tests(&binary)?);
    told.sort();
    told.dedup();
    for line in &told {
        say(line);
    }
    let seconds = start.elapsed().as_secs();
    say(&format!("all tests passed in {seconds} s"));
    let skipped = told.iter().filter(|l| l.starts_with("SKIPPED")).count();
    if in_ci() && skipped > 0 {
        return Err(format!(
            "{skipped} skipped, which continuous integration does not allow"
        ));
    }
    Ok(())
}

/// Builds the engine where there are no files and no threads.
fn wasm() -> Result<Vec<String>, String> {
    let sysroot = output("rustc", &["--print", "sysroot"]).unwrap_or_default();
    if !Path::new(&sysroot).join("lib/rustlib").join(WASM).exists() {
        return Ok(vec![format!(
            "SKIPPED the engine built for {WASM}: rustup target add {WASM}"
        )]);
    }
    cargo(&[
        "build",
        "--quiet",
        "--target",
        WASM,
        "-p",
        "tertius-math",
        "-p",
        "tertius",
    ])?;
    Ok(Vec::new())
}

/// Runs the tests and gives the lines that they print for whoever asked for all of them: what was
/// skipped, and figures.
fn tests(binary: &Path) -> Result<Vec<String>, String> {
    if output("cargo", &["nextest", "--version"]).is_none() {
        return with_cargo_test(binary);
    }
    let args = [
        "nextest",
        "run",
        "--workspace",
        "--all-features",
        "--no-fail-fast",
    ];
    let mut nextest = cargo_command(&args);
    nextest.env("TERTIUS_BIN", binary);
    run(nextest, "cargo nextest run")?;
    let report = fs::read_to_string(root().join("target/nextest/default/tests.xml"))
        .map_err(|e| format!("the report of the tests could not be read: {e}"))?;
    cargo(&["test", "--quiet", "--workspace", "--all-features", "--doc"])?;
    Ok(report.lines().filter_map(kept).collect())
}

fn with_cargo_test(binary: &Path) -> Result<Vec<String>, String> {
    let args = [
        "test",
        "--workspace",
        "--all-features",
        "--no-fail-fast",
        "--",
        "--show-output",
    ];
    let mut child = cargo_command(&args)
        .env("TERTIUS_BIN", binary)
        .stdout(Stdio::piped())
        .spawn()
        .map_err(|e| format!("cargo test could not be started: {e}"))?;
    let mut told = Vec::new();
    if let Some(stdout) = child.stdout.take() {
        for line in BufReader::new(stdout).lines().map_while(Result::ok) {
            say(&line);
            told.extend(kept(&line));
        }
    }
    match child.wait() {
        Ok(status) if status.success() => Ok(told),
        _ => Err("cargo test failed".to_owned()),
    }
}

/// A line that is told again at the end, without what the report's XML made of it.
fn kept(line: &str) -> Option<String> {
    let line = line
        .trim_start()
        .trim_start_matches("<system-out>")
        .trim_start_matches("<system-err>");
    let line = line.split("</system-").next().unwrap_or(line);
    let told = line.starts_with("SKIPPED ") || line.starts_with("FIGURE ");
    told.then(|| {
        line.replace("&lt;", "<")
            .replace("&gt;", ">")
            .replace("&quot;", "\"")
            .replace("&apos;", "'")
            .replace("&amp;", "&")
    })
}

#[cfg(test)]
mod tests {
    use super::kept;

    #[test]
    fn what_is_told_again_is_found_in_the_report_of_the_tests() {
        let skipped = "SKIPPED pages: install \"it\" & more";
        assert_eq!(
            kept("<system-out>SKIPPED pages: install &quot;it&quot; &amp; more</system-out>")
                .as_deref(),
            Some(skipped)
        );
        assert_eq!(kept("FIGURE x &lt; 3").as_deref(), Some("FIGURE x < 3"));
        assert_eq!(kept("test folders::SKIPPED ... ok"), None);
    }
}

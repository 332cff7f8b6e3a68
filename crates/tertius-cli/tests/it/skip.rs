//! What a test needs and the machine may lack.

use std::io::Write;
use std::path::PathBuf;
use std::process::Command;

/// Says by name what is skipped and what to do about it. Continuous integration lacks nothing: there this
/// is a failure.
pub(crate) fn skipped(what: &str, remedy: &str) {
    let said = format!("SKIPPED {what}: {remedy}");
    assert!(std::env::var_os("CI").is_none(), "{said}");
    let _ = writeln!(std::io::stdout(), "{said}");
}

/// The first of these programs that answers to `--version`.
pub(crate) fn program(names: &[&str]) -> Option<String> {
    let answers = |name: &&str| {
        let asked = Command::new(name).arg("--version").output();
        asked.is_ok_and(|o| o.status.success())
    };
    names.iter().find(|n| answers(n)).map(|n| (*n).to_owned())
}

/// The binary as it is given out, where `cargo xtask test` has built it, or else the one of these tests.
pub(crate) fn tertius() -> PathBuf {
    let built = std::env::var_os("TERTIUS_BIN").map(PathBuf::from);
    built.unwrap_or_else(|| env!("CARGO_BIN_EXE_tertius").into())
}

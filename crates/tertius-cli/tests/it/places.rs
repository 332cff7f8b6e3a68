//! What a run may not touch, may not lose, and may not take for absent.

use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};

use tempfile::TempDir;

use crate::cli::{small_case, tertius, text};

/// Names in a folder, without those that were there.
fn left(dir: &Path, there: &[&str]) -> Vec<String> {
    let names = fs::read_dir(dir).unwrap();
    let names = names.map(|e| e.unwrap().file_name().to_string_lossy().into_owned());
    names.filter(|n| !there.contains(&n.as_str())).collect()
}

const FAST: [&str; 5] = ["--fast", "--no-report", "--quiet", "--lang", "en"];

fn read_to(dir: &Path, case: &str, out: &str) -> (Option<i32>, String) {
    let args = [&["read", case, "--out", out][..], &FAST].concat();
    let run = tertius(dir, &args);
    (run.status.code(), text(&run.stderr))
}

#[test]
fn what_we_did_not_write_is_never_lost() {
    let dir = TempDir::new().unwrap();
    small_case(dir.path());
    assert_eq!(read_to(dir.path(), "c", "out").0, Some(0));
    // Once more is fine; with a note in it, it is not.
    assert_eq!(read_to(dir.path(), "c", "out").0, Some(0));
    fs::write(dir.path().join("out/notes.txt"), "mine").unwrap();
    let (code, said) = read_to(dir.path(), "c", "out");
    assert_eq!(code, Some(2));
    assert!(said.contains("notes.txt"), "{said}");
    assert_eq!(fs::read(dir.path().join("out/notes.txt")).unwrap(), b"mine");
    fs::remove_file(dir.path().join("out/notes.txt")).unwrap();
    fs::rename(dir.path().join("c"), dir.path().join("out/c")).unwrap();
    let (code, said) = read_to(dir.path(), "out/c", "out");
    assert_eq!(code, Some(2), "{said}");
    assert!(dir.path().join("out/c/acts.csv").is_file());
    assert!(left(dir.path(), &["out"]).is_empty());
}

#[cfg(unix)]
#[test]
fn a_link_is_followed_and_a_link_to_nothing_is_told() {
    let dir = TempDir::new().unwrap();
    small_case(dir.path());
    assert_eq!(read_to(dir.path(), "c", "real").0, Some(0));
    let before = fs::read(dir.path().join("real/findings.json")).unwrap();
    std::os::unix::fs::symlink("real", dir.path().join("link")).unwrap();
    let again = [&["read", "c", "--seed", "9", "--out", "link"][..], &FAST].concat();
    assert!(tertius(dir.path(), &again).status.success());
    assert!(
        dir.path()
            .join("link")
            .symlink_metadata()
            .unwrap()
            .is_symlink()
    );
    assert_ne!(
        fs::read(dir.path().join("real/findings.json")).unwrap(),
        before
    );
    std::os::unix::fs::symlink("nowhere", dir.path().join("broken")).unwrap();
    assert_eq!(read_to(dir.path(), "c", "broken").0, Some(2));
    assert!(left(dir.path(), &["c", "real", "link", "broken"]).is_empty());
}

#[cfg(unix)]
#[test]
fn what_cannot_be_read_is_not_taken_for_absent() {
    let dir = TempDir::new().unwrap();
    small_case(dir.path());
    fs::remove_file(dir.path().join("c/positions.csv")).unwrap();
    fs::create_dir(dir.path().join("c/positions.csv")).unwrap();
    fs::create_dir_all(dir.path().join("c/codings/b.csv")).unwrap();
    std::os::unix::fs::symlink("nowhere", dir.path().join("c/series/x.csv")).unwrap();
    let run = tertius(dir.path(), &["check", "c"]);
    assert_eq!(run.status.code(), Some(1));
    let said = text(&run.stdout);
    for file in ["positions.csv", "codings/b.csv"] {
        assert!(
            said.contains(&format!("{file} is there and cannot be read")),
            "{said}"
        );
    }
    let (code, _) = read_to(dir.path(), "c", "out");
    assert_eq!(code, Some(1));
    assert!(left(dir.path(), &["c"]).is_empty());
}

#[cfg(target_os = "linux")]
#[test]
fn output_that_is_lost_is_told_and_a_reader_that_leaves_is_not() {
    let dir = TempDir::new().unwrap();
    small_case(dir.path());
    for (args, said) in [
        (&["cite", "c"][..], "could be written"),
        (&["cite", "c", "--lang", "zh"], "未能全部写出"),
        (&["data", "list", "--lang", "zh"], "未能全部写出"),
    ] {
        let full = fs::OpenOptions::new()
            .write(true)
            .open("/dev/full")
            .unwrap();
        let run = Command::new(env!("CARGO_BIN_EXE_tertius"))
            .args(args)
            .current_dir(dir.path())
            .stdout(Stdio::from(full))
            .output()
            .unwrap();
        assert_eq!(run.status.code(), Some(2));
        let told = text(&run.stderr);
        assert!(told.contains(said), "{told}");
    }
    let mut run = Command::new(env!("CARGO_BIN_EXE_tertius"))
        .args(["check", "c", "--watch"])
        .current_dir(dir.path())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    drop(run.stdout.take());
    assert!(run.wait().unwrap().success());
}

#[test]
fn what_was_asked_wrongly_is_told_before_the_work() {
    let dir = TempDir::new().unwrap();
    small_case(dir.path());
    fs::create_dir(dir.path().join("mine")).unwrap();
    // Nothing of the steps is said: standard error holds the message alone.
    for (args, said) in [
        (&["read", "c", "--out", "mine"][..], "mine exists"),
        (&["explain", "c", "--at", "1990-01"], "1990-01"),
        (&["explain", "c", "--at", "2014-03", "--role", "foo"], "foo"),
        (
            &["explain", "c", "--at", "2014-03", "--without", "foo"],
            "foo",
        ),
    ] {
        let run = tertius(dir.path(), &[args, &["--quiet"]].concat());
        assert_eq!(run.status.code(), Some(2), "{args:?}");
        assert!(text(&run.stderr).contains(said), "{args:?}");
    }
}

#[test]
fn new_makes_a_case_that_passes_or_none() {
    let dir = TempDir::new().unwrap();
    let long = "x".repeat(65);
    for (name, to) in [(long.as_str(), "2015-01"), ("far", "9999-12")] {
        let args = [
            "new", name, "--ally", "NOR", "--patron", "USA", "--rival", "RUS", "--from", "0001-01",
            "--to", to,
        ];
        assert_eq!(tertius(dir.path(), &args).status.code(), Some(2), "{name}");
    }
    assert!(left(dir.path(), &[]).is_empty());
}

/// A bibliography that refers to itself, or nests without end, ends no verb.
#[test]
fn a_hostile_bibliography_ends_nothing() {
    let dir = TempDir::new().unwrap();
    small_case(dir.path());
    let nest = |open: &str, n: usize| format!("{}x{}", open.repeat(n), "}".repeat(n));
    for field in [
        "crossref = {s}".to_owned(),
        "xdata = {s}".to_owned(),
        format!("note = {{{}}}", nest("\\emph{", 50_000)),
        format!("abstract = {{{}}}", nest("{", 100_000)),
    ] {
        let bib = format!(
            "@online{{s, title = {{A source}}, date = {{2014}}, url = {{https://example.org}}, {field}}}\n"
        );
        fs::write(dir.path().join("c/sources.bib"), bib).unwrap();
        let run = tertius(dir.path(), &["cite", "c", "--quiet"]);
        assert_eq!(
            run.status.code(),
            Some(0),
            "{}",
            &field[..20.min(field.len())]
        );
    }
    let run = tertius(
        dir.path(),
        &["read", "c", "--fast", "--quiet", "--out", "o"],
    );
    assert!(run.status.success());
}

/// Acts before the months read are in the record and not in the picture, and the calendar has an end.
#[cfg(feature = "figures")]
#[test]
fn a_picture_is_as_wide_as_its_column_whatever_the_record_holds() {
    let dir = TempDir::new().unwrap();
    small_case(dir.path());
    let toml = dir.path().join("c/case.toml");
    let text_of = fs::read_to_string(&toml).unwrap();
    for (from, to) in [("2015-06", "2015-12"), ("9999-01", "9999-12")] {
        let spanned = text_of
            .replace("from = \"2014-01\"", &format!("from = \"{from}\""))
            .replace("2015-12", to);
        fs::write(&toml, spanned).unwrap();
        let args = [
            "read", "c", "--fast", "--quiet", "--as-of", to, "--out", "o",
        ];
        let run = tertius(dir.path(), &args);
        assert!(run.status.success(), "{from}: {}", text(&run.stderr));
        let page = fs::read_to_string(dir.path().join("o/report.html")).unwrap();
        let widths = page.match_indices("<svg").filter_map(|(i, _)| {
            let tag = page[i..].split('>').next()?;
            let wide = tag.split(" width=\"").nth(1)?.split('"').next()?;
            wide.trim_end_matches("mm")
                .trim_end_matches("px")
                .parse::<f64>()
                .ok()
        });
        let widest = widths.fold(0.0, f64::max);
        // Two columns are 690 pixels.
        assert!(widest > 100.0 && widest <= 700.0, "{from}: {widest}");
    }
}

/// A published reading of months that were not read is not read: no zero stands for it.
#[test]
fn a_period_that_was_not_read_has_no_probability() {
    let dir = TempDir::new().unwrap();
    let args = [
        "read",
        "japan-russia",
        "--as-of",
        "2013-06",
        "--fast",
        "--no-report",
        "--quiet",
    ];
    let run = tertius(dir.path(), &args);
    assert!(run.status.success(), "{}", text(&run.stderr));
    assert!(text(&run.stdout).contains("none of its months"));
    let findings = fs::read(dir.path().join("tertius-out/japan-russia/findings.json")).unwrap();
    let findings: serde_json::Value = serde_json::from_slice(&findings).unwrap();
    for reading in findings["readings"].as_array().unwrap() {
        assert_eq!(reading["months_read"], 0);
        assert_eq!(reading["ours"], serde_json::json!({}));
        assert_eq!(reading["ours_bands_90"], serde_json::json!({}));
        assert!(reading["rule_held"].is_null());
    }
}

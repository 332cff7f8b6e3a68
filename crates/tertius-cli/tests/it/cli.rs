//! Exit codes, findings, folders: what scripts rely on.

use std::fs;
use std::path::Path;
use std::process::{Command, Output};

use serde_json::Value;
use tempfile::TempDir;

pub(crate) fn tertius(dir: &Path, args: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_tertius"))
        .args(args)
        .current_dir(dir)
        .output()
        .unwrap()
}

pub(crate) fn text(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).unwrap()
}

/// A small case, so that a test does not wait for the bundled one.
pub(crate) fn small_case(dir: &Path) {
    let made = tertius(
        dir,
        &[
            "new", "c", "--ally", "NOR", "--patron", "USA", "--rival", "RUS", "--from", "2014-01",
            "--to", "2015-12",
        ],
    );
    assert!(made.status.success(), "{}", text(&made.stderr));
    let acts = dir.join("c/acts.csv");
    let mut table = fs::read_to_string(&acts).unwrap();
    for (i, class) in ["rival_contact", "support", "rival_contact", "brokerage"]
        .iter()
        .enumerate()
    {
        table.push_str(&format!(
            "a{i},2014-0{}-10,,NOR,RUS,{class},sanctions,2,,,,What was done,,s,,,no,high,me\n",
            i + 2
        ));
    }
    fs::write(acts, table).unwrap();
    let bib = "@online{s, title = {A source}, date = {2014}, url = {https://example.org}}\n";
    fs::write(dir.join("c/sources.bib"), bib).unwrap();
}

#[test]
fn findings_have_the_keys_that_scripts_rely_on() {
    let dir = TempDir::new().unwrap();
    small_case(dir.path());
    let out = tertius(dir.path(), &["read", "c", "--format", "json", "--quiet"]);
    assert!(out.status.success(), "{}", text(&out.stderr));
    let f: Value = serde_json::from_slice(&out.stdout).unwrap();
    assert_eq!(f["schema"], "tertius-findings/1");
    assert_eq!(f["triad"]["ally"], "NOR");
    assert_eq!(f["as_of"], "2015-12");
    assert_eq!(f["months"].as_array().unwrap().len(), 24);
    let month = &f["months"][3];
    for key in [
        "month",
        "roles",
        "filtered",
        "set",
        "bands_90",
        "rule",
        "interests",
        "flags",
    ] {
        assert!(!month[key].is_null(), "{key}");
    }
    for role in ["follower", "balancer", "exploiter", "proxy"] {
        let p = month["roles"][role].as_f64().unwrap();
        assert!((0.0..=1.0).contains(&p));
        let band = month["bands_90"][role].as_array().unwrap();
        assert!(band[0].as_f64() <= band[1].as_f64());
    }
    for key in ["labels", "labels_with_acts"] {
        assert!(
            month["rule"][key].is_null(),
            "no condition: {key} is not known"
        );
    }
    assert!(month["rule"]["flags"].is_array());
    for key in [
        "divergence",
        "divergence_90",
        "overlap",
        "signed_gap",
        "congruence",
        "ambition",
    ] {
        assert!(
            month["interests"][key].is_null(),
            "no position was declared: {key} is not known"
        );
    }
    assert!(f["turning_points"].is_array() && f["diagnostics"].is_array());
    let last = f["months"].as_array().unwrap().last().unwrap();
    for role in ["follower", "balancer", "exploiter", "proxy"] {
        let (s, p) = (
            last["roles"][role].as_f64().unwrap(),
            last["filtered"][role].as_f64().unwrap(),
        );
        // In the last month there is no future. Both are averages over the same draws, in other orders.
        assert!((s - p).abs() < 1e-8, "{role} {s} {p}");
    }
}

#[test]
fn two_runs_write_the_same_bytes() {
    let dir = TempDir::new().unwrap();
    small_case(dir.path());
    for out in ["one", "two"] {
        let run = tertius(dir.path(), &["read", "c", "--out", out, "--quiet"]);
        assert!(run.status.success());
    }
    for name in ["findings.json", "roles.csv", "evidence.csv", "report.html"] {
        let read = |out: &str| fs::read(dir.path().join(out).join(name)).unwrap();
        assert_eq!(read("one"), read("two"), "{name}");
    }
}

/// Every setting at its default.
fn defaults() -> Vec<String> {
    tertius::record::SETTINGS
        .iter()
        .map(|s| format!("{}={}", s.name, s.default))
        .collect()
}

#[test]
fn a_default_written_out_changes_no_byte_and_another_value_its_own_line() {
    let dir = TempDir::new().unwrap();
    small_case(dir.path());
    let written_out = defaults();
    let read = |out: &str, settings: &[String]| {
        let mut args = vec!["read", "c", "--fast", "--out", out, "--quiet"];
        args.extend(settings.iter().flat_map(|s| ["--set", s]));
        let run = tertius(dir.path(), &args);
        assert!(run.status.success(), "{}", text(&run.stderr));
    };
    read("one", &[]);
    read("two", &written_out);
    for file in fs::read_dir(dir.path().join("one")).unwrap() {
        let name = file.unwrap().file_name();
        let bytes = |out: &str| fs::read(dir.path().join(out).join(&name)).unwrap();
        assert_eq!(bytes("one"), bytes("two"), "{name:?}");
    }
    // The last of two wins, and only what was set differs.
    let set = ["rule.burden=0.9", "rule.burden=0.25"].map(str::to_owned);
    read("three", &set);
    let options = |out: &str| -> Value {
        let json = fs::read(dir.path().join(out).join("findings.json")).unwrap();
        serde_json::from_slice::<Value>(&json).unwrap()["provenance"]["options"].clone()
    };
    let mut expected = options("one");
    assert_eq!(
        expected.as_object().unwrap().len(),
        tertius::record::SETTINGS.len()
    );
    expected["rule.burden"] = "0.25".into();
    assert_eq!(options("three"), expected);
}

#[test]
fn the_case_chooses_and_the_command_line_overrides_it() {
    let dir = TempDir::new().unwrap();
    small_case(dir.path());
    let case = dir.path().join("c/case.toml");
    let toml = fs::read_to_string(&case).unwrap();
    fs::write(
        &case,
        toml + "\n[options]\nrule.burden = 0.4\nrule.capacity = 0.7\n",
    )
    .unwrap();
    let args = [
        "read",
        "c",
        "--fast",
        "--format",
        "json",
        "--quiet",
        "--set",
        "rule.capacity=0.8",
    ];
    let out = tertius(dir.path(), &args);
    assert!(out.status.success(), "{}", text(&out.stderr));
    let f: Value = serde_json::from_slice(&out.stdout).unwrap();
    let options = &f["provenance"]["options"];
    assert_eq!(options["rule.burden"], "0.4");
    assert_eq!(options["rule.capacity"], "0.8");
}

#[test]
fn a_setting_that_is_none_is_told_with_all_others_in_either_language() {
    let dir = TempDir::new().unwrap();
    small_case(dir.path());
    for verb in [&["read", "c"][..], &["explain", "c", "--at", "2014-06"]] {
        let mut args = verb.to_vec();
        args.extend(["--quiet", "--set", "rule.divergance=0.3", "--set"]);
        args.extend(["reader.chains=1", "--set", "rule.overlap"]);
        let out = tertius(dir.path(), &args);
        assert_eq!(out.status.code(), Some(2));
        let said = text(&out.stderr);
        for expected in [
            "rule.divergence",
            "outside 2 to 64",
            "rule.overlap is empty",
        ] {
            assert!(said.contains(expected), "{said}");
        }
        args.extend(["--lang", "zh"]);
        assert!(text(&tertius(dir.path(), &args).stderr).contains("最接近的选项：rule.divergence"));
    }
    let both = ["read", "c", "--set", "rule.overlap=0.5"];
    let out = tertius(dir.path(), &both);
    assert_eq!(out.status.code(), Some(2));
    assert!(text(&out.stderr).contains("rule.divergence (0.35)"));
}

#[test]
fn the_parts_of_a_month_sum_to_its_log_odds() {
    let dir = TempDir::new().unwrap();
    small_case(dir.path());
    let out = tertius(
        dir.path(),
        &[
            "explain", "c", "--at", "2014-06", "--format", "json", "--quiet",
        ],
    );
    assert!(out.status.success(), "{}", text(&out.stderr));
    let found: Value = serde_json::from_slice(&out.stdout).unwrap();
    assert_eq!(found.as_array().unwrap().len(), 4);
    for w in found.as_array().unwrap() {
        let parts = w["parts"].as_array().unwrap();
        let sum: f64 = parts.iter().map(|p| p["nats"].as_f64().unwrap()).sum();
        // Each number is written with ten significant digits.
        assert!((sum - w["log_odds"].as_f64().unwrap()).abs() < 1e-8, "{w}");
        let residual = parts.iter().find(|p| p["kind"] == "residual").unwrap();
        assert!(residual["nats"].as_f64().unwrap().abs() < 1e-9);
    }
}

#[test]
fn a_case_with_errors_ends_in_1_and_leaves_nothing() {
    let dir = TempDir::new().unwrap();
    small_case(dir.path());
    let acts = dir.path().join("c/acts.csv");
    let broken = fs::read_to_string(&acts)
        .unwrap()
        .replace("2014-02-10", "2014-02-30")
        .replace("brokerage", "brokrage");
    fs::write(&acts, broken).unwrap();
    let out = tertius(dir.path(), &["read", "c"]);
    assert_eq!(out.status.code(), Some(1));
    let said = text(&out.stderr);
    assert!(
        said.contains("acts.csv:2:date") && said.contains("acts.csv:5:class"),
        "{said}"
    );
    assert!(!dir.path().join("tertius-out").exists());
    assert_eq!(tertius(dir.path(), &["check", "c"]).status.code(), Some(1));
}

#[test]
fn a_folder_that_is_not_ours_is_never_replaced() {
    let dir = TempDir::new().unwrap();
    small_case(dir.path());
    fs::create_dir(dir.path().join("mine")).unwrap();
    fs::write(dir.path().join("mine/thesis.txt"), "years of work").unwrap();
    let out = tertius(dir.path(), &["read", "c", "--out", "mine", "--quiet"]);
    assert_eq!(out.status.code(), Some(2));
    assert_eq!(
        fs::read_to_string(dir.path().join("mine/thesis.txt")).unwrap(),
        "years of work"
    );
    let left: Vec<_> = fs::read_dir(dir.path())
        .unwrap()
        .map(|e| e.unwrap().file_name())
        .collect();
    assert!(
        left.iter()
            .all(|n| !n.to_string_lossy().starts_with(".mine")),
        "{left:?}"
    );
}

#[test]
fn wrong_usage_ends_in_2() {
    let dir = TempDir::new().unwrap();
    for args in [
        &["read", "no-such-case"][..],
        &["explain", "japan-russia", "--at", "1912-01", "--quiet"],
        &["read"],
        &["check", "japan-russia", "--watch"],
    ] {
        assert_eq!(tertius(dir.path(), args).status.code(), Some(2), "{args:?}");
    }
}

#[test]
fn help_fits_eighty_columns_and_shows_examples() {
    let dir = TempDir::new().unwrap();
    let verbs = [
        "read",
        "new",
        "check",
        "explain",
        "coders",
        "cite",
        "completions",
        "man",
    ];
    for args in verbs
        .map(|v| vec![v, "--help"])
        .into_iter()
        .chain([vec!["--help"]])
    {
        let help = text(&tertius(dir.path(), &args).stdout);
        let verb = args[0];
        assert!(
            help.contains("Examples:") && help.contains("Exit codes: 0"),
            "{verb}"
        );
        for line in help.lines() {
            assert!(line.chars().count() <= 80, "{verb}: {line}");
        }
    }
}

#[test]
fn the_bundled_case_is_without_errors_and_warnings() {
    let dir = TempDir::new().unwrap();
    let out = tertius(dir.path(), &["check", "japan-russia"]);
    assert_eq!(out.status.code(), Some(0));
    let said = text(&out.stdout);
    assert!(said.contains("0 errors, 0 warnings"), "{said}");
}

#[test]
fn citations_come_in_every_style() {
    let dir = TempDir::new().unwrap();
    for style in ["biblatex", "bibtex", "gb-t-7714", "apa", "chicago"] {
        let out = tertius(dir.path(), &["cite", "japan-russia", "--style", style]);
        assert!(out.status.success());
        assert!(
            text(&out.stdout).contains("10.20018/j.cnki.reecas.2023.06.007"),
            "{style}"
        );
    }
}

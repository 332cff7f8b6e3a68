//! What a person sees: languages, widths, colours, figures, man pages.

use std::fs;
use std::io::{BufRead, BufReader};
use std::process::{Command, Stdio};

use serde_json::Value;
use tempfile::TempDir;

use crate::cli::{small_case, tertius, text};

#[cfg(feature = "figures")]
#[test]
fn figures_are_written_in_both_widths() {
    let dir = TempDir::new().unwrap();
    small_case(dir.path());
    let toml = dir.path().join("c/case.toml");
    let case = fs::read_to_string(&toml).unwrap();
    let note = "[note]\nen = \"On names.\"\nzh = \"此处不涉及主权归属。\"\n";
    fs::write(&toml, case + "\n" + note).unwrap();
    let args = [
        "read",
        "c",
        "--figures",
        "--fast",
        "--out",
        "o",
        "--lang",
        "zh",
        "--quiet",
    ];
    let run = tertius(dir.path(), &args);
    assert!(run.status.success(), "{}", text(&run.stderr));
    let folder = dir.path().join("o/figures");
    for name in ["river", "river-single", "prior", "prior-single"] {
        let png = fs::read(folder.join(format!("{name}.png"))).unwrap();
        assert!(png.starts_with(b"\x89PNG") && png.len() > 1000, "{name}");
        let svg = fs::read_to_string(folder.join(format!("{name}.svg"))).unwrap();
        assert!(
            svg.starts_with("<svg") && svg.contains("viewBox") && svg.contains("mm\""),
            "{name}"
        );
        // Chinese text is outlines: no font is needed to see it.
        assert!(!svg.contains("<text"), "{name}");
    }
    let captions = fs::read_to_string(folder.join("captions.txt")).unwrap();
    assert!(captions.contains("river") && captions.contains("各角色逐月概率"));
    let page = fs::read_to_string(dir.path().join("o/report.html")).unwrap();
    assert!(page.contains("<svg class=\"d\"") && !page.contains("vegaEmbed"));
    assert_eq!(page.matches("<script>").count(), 1);
    // The case's own note, in the language asked for.
    assert!(page.contains("此处不涉及主权归属。") && !page.contains("On names."));
}

#[test]
fn our_own_messages_come_in_the_language_asked_for() {
    let dir = TempDir::new().unwrap();
    for (args, said) in [
        (&["read", "nowhere", "--lang", "zh"][..], "既不是文件夹"),
        (&["read", "nowhere"], "neither a folder nor a bundled case"),
        (
            &["check", "japan-russia", "--watch", "--lang", "zh"],
            "需要一个文件夹",
        ),
        (
            &["new", "x", "--ally", "NOR", "--lang", "zh"],
            "缺少 --patron",
        ),
        (&["new", "x", "--ally", "QQQ", "--lang", "zh"], "QQQ"),
        (
            &[
                "new", "x", "--ally", "NOR", "--patron", "NOR", "--rival", "RUS", "--from",
                "2000-01", "--to", "2001-01", "--lang", "zh",
            ],
            "三个不同的国家",
        ),
    ] {
        let out = tertius(dir.path(), args);
        assert_eq!(out.status.code(), Some(2), "{args:?}");
        let shown = text(&out.stderr);
        assert!(shown.contains(said), "{args:?}: {shown}");
        assert!(!shown.contains("cli-"), "{shown}");
    }
}

/// A file gets no colour whatever the terminal can do, and lines of the width asked for.
#[test]
fn piped_output_has_no_colour_and_its_columns() {
    let dir = TempDir::new().unwrap();
    small_case(dir.path());
    for lang in ["en", "zh"] {
        let out = Command::new(env!("CARGO_BIN_EXE_tertius"))
            .args([
                "read",
                "c",
                "--fast",
                "--no-report",
                "--out",
                "o",
                "--lang",
                lang,
            ])
            .env("COLUMNS", "60")
            .current_dir(dir.path())
            .output()
            .unwrap();
        assert!(out.status.success());
        let shown = text(&out.stdout);
        assert!(!shown.contains('\u{1b}') && !text(&out.stderr).contains('\u{1b}'));
        for line in shown.lines() {
            let wide = |c: char| if c > '\u{2e80}' { 2 } else { 1 };
            assert!(line.chars().map(wide).sum::<usize>() <= 60, "{line}");
        }
    }
}

#[test]
fn man_pages_tell_exit_codes_and_examples_and_shells_have_completions() {
    let dir = TempDir::new().unwrap();
    assert!(tertius(dir.path(), &["man", "m"]).status.success());
    let mut pages = Vec::new();
    for entry in fs::read_dir(dir.path().join("m")).unwrap() {
        let path = entry.unwrap().path();
        pages.push(path.file_name().unwrap().to_string_lossy().into_owned());
        let page = fs::read_to_string(path).unwrap();
        assert!(page.contains("EXIT STATUS") && page.contains("EXAMPLES"));
        assert!(page.contains("tertius"));
    }
    // The program, its verbs, and the verbs of `data`.
    let under_data = |p: &&String| p.starts_with("tertius-data-");
    assert_eq!(pages.iter().filter(under_data).count(), 5, "{pages:?}");
    assert_eq!(pages.len(), 17, "{pages:?}");
    for shell in ["bash", "zsh", "fish", "powershell", "elvish"] {
        let out = tertius(dir.path(), &["completions", shell]);
        assert!(text(&out.stdout).contains("explain"), "{shell}");
    }
}

/// A case is checked again when a file of it changes.
#[test]
fn watching_tells_the_next_problem() {
    let dir = TempDir::new().unwrap();
    small_case(dir.path());
    let mut watching = Command::new(env!("CARGO_BIN_EXE_tertius"))
        .args(["check", "c", "--watch"])
        .current_dir(dir.path())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    let mut lines = BufReader::new(watching.stdout.take().unwrap()).lines();
    let mut until = |end: &str| -> Vec<String> {
        let mut seen = Vec::new();
        for line in lines.by_ref() {
            let line = line.unwrap();
            let last = line.contains(end);
            seen.push(line);
            if last {
                return seen;
            }
        }
        panic!("it ended without “{end}”: {seen:?}");
    };
    until("0 errors");
    let acts = dir.path().join("c/acts.csv");
    let broken = fs::read_to_string(&acts)
        .unwrap()
        .replace("brokerage", "brokrage");
    fs::write(&acts, broken).unwrap();
    let seen = until("1 error");
    assert!(
        seen.iter().any(|l| l.starts_with("acts.csv:5:class")),
        "{seen:?}"
    );
    watching.kill().unwrap();
    watching.wait().unwrap();
}

/// Groups, keys and texts for a program; the record's own sources only where asked for.
#[test]
fn citations_come_by_group() {
    let dir = TempDir::new().unwrap();
    let read = |more: &[&str]| -> Vec<Value> {
        let args = [&["cite", "japan-russia", "--format", "json"], more].concat();
        serde_json::from_slice(&tertius(dir.path(), &args).stdout).unwrap()
    };
    let (owed, all) = (read(&[]), read(&["--sources"]));
    for group in ["framework", "program", "data", "methods"] {
        assert!(owed.iter().any(|o| o["group"] == group), "{group}");
    }
    assert!(owed.iter().all(|o| o["group"] != "sources"));
    assert!(all.len() > owed.len() + 100);
    let mut keys: Vec<&str> = all.iter().map(|o| o["key"].as_str().unwrap()).collect();
    keys.sort_unstable();
    let n = keys.len();
    keys.dedup();
    assert_eq!(keys.len(), n, "a work comes twice");
}

/// The evidence of a month names the sources of its rows.
#[test]
fn evidence_names_its_sources() {
    let dir = TempDir::new().unwrap();
    small_case(dir.path());
    let out = tertius(
        dir.path(),
        &[
            "explain", "c", "--at", "2014-05", "--role", "balancer", "--quiet",
        ],
    );
    let shown = text(&out.stdout);
    assert!(shown.contains("a0 What was done [s]"), "{shown}");
}

/// A flag that would change nothing is refused, not swallowed.
#[test]
fn flags_without_effect_are_refused() {
    let dir = TempDir::new().unwrap();
    small_case(dir.path());
    for verb in ["check", "cite"] {
        let run = tertius(dir.path(), &[verb, "c", "--seed", "3"]);
        assert_eq!(run.status.code(), Some(2), "{verb}");
        assert!(text(&run.stderr).contains("--seed"));
    }
    for (lang, said) in [("en", "do not go together"), ("zh", "不能同时使用")] {
        let args = ["read", "c", "--fast", "--fragility", "--lang", lang];
        let run = tertius(dir.path(), &args);
        assert_eq!(run.status.code(), Some(2));
        assert!(text(&run.stderr).contains(said), "{}", text(&run.stderr));
        assert!(!dir.path().join("tertius-out").exists());
    }
    // Where draws are made the seed is still taken.
    for verb in ["coders", "read"] {
        let args = [verb, "c", "--seed", "3", "--quiet"];
        let more: &[&str] = if verb == "read" {
            &["--fast", "--no-report"]
        } else {
            &[]
        };
        let run = tertius(dir.path(), &[&args[..], more].concat());
        assert!(run.status.success(), "{}", text(&run.stderr));
    }
}

/// `explain --all` has a line for every row and silence; without, the weightiest have one and the rest a sum.
#[test]
fn explain_tells_all_parts_when_asked() {
    let dir = TempDir::new().unwrap();
    small_case(dir.path());
    let searched = "what,from,to,exhaustive,coder\nacts,2014-01,2015-12,yes,me\n";
    fs::write(dir.path().join("c/coverage.csv"), searched).unwrap();
    let explain = |more: &[&str]| {
        let args = [
            "explain", "c", "--at", "2015-01", "--role", "balancer", "--quiet",
        ];
        let short = ["--set", "reader.sweeps=100"];
        let run = tertius(dir.path(), &[&args[..], &short, more].concat());
        assert!(run.status.success(), "{}", text(&run.stderr));
        text(&run.stdout)
    };
    let (some, all) = (explain(&[]), explain(&["--all"]));
    assert!(
        some.contains("the rest") && !all.contains("the rest"),
        "{some}{all}"
    );
    // Twenty-four searched months and four acts at the least.
    let csv = explain(&["--format", "csv"]);
    let parts = csv
        .lines()
        .filter(|l| l.contains(",row,") || l.contains(",silence,"))
        .count();
    assert!(parts >= 20, "{csv}");
    for id in ["a0", "a1", "a2", "a3"] {
        assert!(all.contains(&format!(" {id} ")), "{all}");
    }
}

/// `evidence.draws` says over how many draws of the parameters `explain` averages: one has no spread, so that
/// no part has a Monte Carlo error, and the fifty that are taken where nothing is set do.
#[test]
fn explain_averages_over_as_many_draws_as_are_set() {
    let dir = TempDir::new().unwrap();
    small_case(dir.path());
    let spread = |more: &[&str]| -> Vec<f64> {
        let args = [
            "explain", "c", "--at", "2014-05", "--role", "balancer", "--quiet", "--format", "json",
        ];
        let run = tertius(dir.path(), &[&args[..], more].concat());
        assert!(run.status.success(), "{}", text(&run.stderr));
        let found: serde_json::Value = serde_json::from_slice(&run.stdout).unwrap();
        let parts = found[0]["parts"].as_array().unwrap().iter();
        parts.map(|p| p["mc_error"].as_f64().unwrap()).collect()
    };
    assert!(spread(&[]).iter().any(|e| *e > 0.0));
    let one = spread(&["--set", "evidence.draws=1"]);
    assert!(!one.is_empty() && one.iter().all(|e| *e == 0.0), "{one:?}");
}

//! `cargo xtask fuzz`: seeds of the valid case, then each target under libFuzzer.

use std::fs;
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::Stdio;

use crate::run::{cargo_command, root, say};

const VALID: &str = "crates/tertius/tests/record/valid";
const CATALOGUES: &str = "crates/tertius/catalogues";

/// Which file of the valid case each target begins with. One takes the case whole.
const SEEDS: &[(&str, &str)] = &[
    ("case_toml", "case.toml"),
    ("acts", "acts.csv"),
    ("measures", "measures.csv"),
    ("positions", "positions.csv"),
    ("statements", "statements.csv"),
    ("series", "series/energy.csv"),
    ("coverage", "coverage.csv"),
    ("codings", "codings/second.csv"),
    ("sources_bib", "sources.bib"),
    ("cite", "sources.bib"),
];

/// No sanitizer: that needs a nightly compiler, and there is no unsafe code of ours to watch.
pub(crate) fn fuzz(seconds: Option<&str>) -> Result<(), String> {
    let seconds: u32 = seconds
        .unwrap_or("60")
        .parse()
        .map_err(|_| "the time is given in whole seconds".to_owned())?;
    seed().map_err(|e| format!("seeds could not be written: {e}"))?;
    let mut failed = Vec::new();
    for target in targets()? {
        let (executed, well) = one(&target, seconds)?;
        say(&format!(
            "FIGURE fuzz {target}: {executed} executions in {seconds} s"
        ));
        if !well {
            failed.push(target);
        }
    }
    if failed.is_empty() {
        Ok(())
    } else {
        Err(format!(
            "stopped: {failed:?}; put what is in fuzz/artifacts/ into fuzz/kept/TARGET/"
        ))
    }
}

fn targets() -> Result<Vec<String>, String> {
    let entries = fs::read_dir(root().join("fuzz/fuzz_targets"))
        .map_err(|e| format!("fuzz/fuzz_targets: {e}"))?;
    let names = entries.filter_map(|e| {
        let path = e.ok()?.path();
        Some(path.file_stem()?.to_string_lossy().into_owned())
    });
    let mut names: Vec<String> = names.collect();
    names.sort();
    Ok(names)
}

fn one(target: &str, seconds: u32) -> Result<(u64, bool), String> {
    let time = format!("-max_total_time={seconds}");
    let args = [
        "fuzz",
        "run",
        "--sanitizer",
        "none",
        target,
        "--",
        &time,
        "-timeout=20",
        "-rss_limit_mb=2048",
        "-max_len=65536",
        "-print_final_stats=1",
        "-verbosity=0",
    ];
    let mut child = cargo_command(&args)
        .stderr(Stdio::piped())
        .spawn()
        .map_err(|e| format!("cargo fuzz could not be started: {e}"))?;
    let mut executed = 0;
    let mut last = Vec::new();
    if let Some(stderr) = child.stderr.take() {
        for line in BufReader::new(stderr).lines().map_while(Result::ok) {
            if let Some(n) = line.strip_prefix("stat::number_of_executed_units:") {
                executed = n.trim().parse().unwrap_or_default();
            }
            last.push(line);
        }
    }
    let well = child.wait().is_ok_and(|s| s.success());
    if !well {
        for line in last.iter().rev().take(40).rev() {
            say(line);
        }
    }
    Ok((executed, well))
}

fn seed() -> std::io::Result<()> {
    let valid = root().join(VALID);
    for (target, file) in SEEDS {
        put(target, "valid", &fs::read(valid.join(file))?)?;
    }
    let mut whole = Vec::new();
    for path in files(&valid)? {
        let name = path.strip_prefix(&valid).unwrap_or(&path);
        // As the targets take a case apart.
        whole.push(0x1c);
        whole.extend(name.to_string_lossy().bytes().chain([b'\n']));
        whole.extend(fs::read(&path)?);
    }
    put("whole_case", "valid", &whole)?;
    for (i, path) in files(&root().join(CATALOGUES))?.iter().enumerate() {
        put("catalogue", &i.to_string(), &fs::read(path)?)?;
    }
    for (i, date) in ["2014", "2014-03", "2014-03-18", "2014-03-01/2015"]
        .iter()
        .enumerate()
    {
        put("dates", &i.to_string(), date.as_bytes())?;
    }
    Ok(())
}

fn put(target: &str, name: &str, bytes: &[u8]) -> std::io::Result<()> {
    let folder = root().join("fuzz/corpus").join(target);
    fs::create_dir_all(&folder)?;
    fs::write(folder.join(name), bytes)
}

fn files(folder: &Path) -> std::io::Result<Vec<PathBuf>> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            found.extend(files(&path)?);
        } else {
            found.push(path);
        }
    }
    found.sort();
    Ok(found)
}

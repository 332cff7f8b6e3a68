//! What a run leaves: the same bytes each time, and nothing where a case is too much.

use std::collections::BTreeMap;
use std::fs;
use std::io::{BufWriter, Write};
use std::path::Path;
use std::process::{Command, Output};

use tempfile::TempDir;

use crate::skip::{program, skipped, tertius};

/// Every file under a folder, by path.
fn folder(at: &Path) -> BTreeMap<String, Vec<u8>> {
    let mut found = BTreeMap::new();
    for entry in fs::read_dir(at).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        if path.is_dir() {
            let inside = folder(&path).into_iter();
            found.extend(inside.map(|(n, bytes)| (format!("{name}/{n}"), bytes)));
        } else {
            found.insert(name, fs::read(&path).unwrap());
        }
    }
    found
}

fn same(a: &BTreeMap<String, Vec<u8>>, b: &BTreeMap<String, Vec<u8>>) {
    assert_eq!(a.keys().collect::<Vec<_>>(), b.keys().collect::<Vec<_>>());
    for (name, bytes) in a {
        assert!(bytes == &b[name], "{name} differs");
    }
}

/// The bundled case twice on all cores and, where the system can pin a process, on one.
#[test]
fn one_core_or_two_leave_the_same_folder() {
    let dir = TempDir::new().unwrap();
    let read = |out: &str, mut command: Command| {
        let done = command
            .args(["read", "japan-russia", "--quiet", "--out", out])
            .current_dir(dir.path())
            .output()
            .unwrap();
        assert!(
            done.status.success(),
            "{}",
            String::from_utf8_lossy(&done.stderr)
        );
        folder(&dir.path().join(out))
    };
    let one = read("one", Command::new(tertius()));
    assert!(
        one.len() >= 8 && one.contains_key("report.html"),
        "{:?}",
        one.keys()
    );
    same(&one, &read("two", Command::new(tertius())));
    if program(&["taskset"]).is_none() {
        skipped(
            "a run on one core",
            "install taskset (Debian: apt-get install util-linux)",
        );
        return;
    }
    let mut pinned = Command::new("taskset");
    pinned.args(["--cpu-list", "0"]).arg(tertius());
    same(&one, &read("pinned", pinned));
}

fn new_case(dir: &Path) {
    let made = Command::new(tertius())
        .args([
            "new", "c", "--ally", "NOR", "--patron", "USA", "--rival", "RUS",
        ])
        .args(["--from", "2014-01", "--to", "2015-12"])
        .current_dir(dir)
        .output()
        .unwrap();
    assert!(made.status.success());
}

/// With a gibibyte of address space: what does not fit ends in an abort, not in exit code 1.
fn within_a_gigabyte(dir: &Path, args: &[&str]) -> Output {
    Command::new("sh")
        .args(["-c", "ulimit -v 1048576; exec \"$@\"", "sh"])
        .arg(tertius())
        .args(args)
        .current_dir(dir)
        .output()
        .unwrap()
}

#[test]
fn a_million_rows_end_in_1_with_their_problems_told_in_less_than_a_gigabyte() {
    let dir = TempDir::new().unwrap();
    new_case(dir.path());
    let acts = dir.path().join("c/acts.csv");
    let header = fs::read_to_string(&acts).unwrap();
    let columns = header
        .lines()
        .next()
        .unwrap()
        .split(',')
        .collect::<Vec<_>>();
    let row = |cells: &[(&str, &str)]| {
        let cell = |c: &&str| {
            cells
                .iter()
                .find(|(name, _)| name == c)
                .map_or("", |(_, v)| v)
        };
        columns.iter().map(cell).collect::<Vec<_>>().join(",")
    };
    let good = row(&[
        ("date", "2014-02-10"),
        ("actor", "NOR"),
        ("class", "support"),
        ("severity", "2"),
        ("description", "What was done that day and why"),
        ("sources", "s"),
        ("checked", "no"),
        ("coder", "me"),
    ]);
    // The id is the first column; each row has its own.
    assert_eq!(columns[0], "id");
    let mut file = BufWriter::new(fs::File::create(&acts).unwrap());
    writeln!(file, "{}", columns.join(",")).unwrap();
    for i in 0..1_000_000 {
        // One row in ten is wrong in three ways.
        let row = if i % 10 == 3 {
            good.replace("2014-02-10", "2014-02-30")
                .replace("support", "suport")
                .replace(",2,", ",1000000000,")
        } else {
            good.clone()
        };
        writeln!(file, "a{i}{row}").unwrap();
    }
    file.into_inner().unwrap().sync_all().unwrap();
    let bib = "@online{s, title = {A source}, date = {2014}, url = {https://example.org}}\n";
    fs::write(dir.path().join("c/sources.bib"), bib).unwrap();
    for verb in [&["check", "c"][..], &["read", "c"]] {
        let done = within_a_gigabyte(dir.path(), verb);
        let said = format!(
            "{}{}",
            String::from_utf8_lossy(&done.stdout),
            String::from_utf8_lossy(&done.stderr)
        );
        let shown: String = said.chars().take(2000).collect();
        assert_eq!(done.status.code(), Some(1), "{verb:?}: {shown}");
        assert!(!said.contains("panicked"), "{shown}");
        for place in [
            "acts.csv:5:date",
            "acts.csv:5:class",
            "acts.csv:5:severity",
            "acts.csv:200002",
        ] {
            assert!(
                said.contains(place),
                "{verb:?} says nothing of {place}: {shown}"
            );
        }
    }
    assert!(!dir.path().join("tertius-out").exists());
}

//! Figures of records that are hard to draw: pictures come, or a word on the one that does not.

use std::fs;

use tempfile::TempDir;

use crate::cli::{small_case, tertius, text};

/// Reads `c` with figures, and gives what was said on standard error.
fn drawn(dir: &TempDir) -> String {
    let args = ["read", "c", "--figures", "--fast", "--out", "o"];
    let run = tertius(dir.path(), &args);
    let told = text(&run.stderr);
    assert_eq!(run.status.code(), Some(0), "{told}");
    told
}

/// The size of a picture, from its header.
fn size(png: &[u8]) -> (u32, u32) {
    let at = |i: usize| u32::from_be_bytes(png[i..i + 4].try_into().unwrap());
    (at(16), at(20))
}

/// The ally and the patron each want something of every issue: only then is there a picture of it.
fn want(dir: &TempDir, issues: &[String]) {
    let positions = dir.path().join("c/positions.csv");
    let mut table = fs::read_to_string(&positions).unwrap();
    let columns: Vec<String> = table
        .lines()
        .next()
        .unwrap()
        .split(',')
        .map(str::to_owned)
        .collect();
    for issue in issues {
        for (actor, value) in [("NOR", "-0.5"), ("USA", "0.5")] {
            let cell = |c: &String| match c.as_str() {
                "id" => format!("p-{issue}-{actor}"),
                "date" => "2014-02-10".to_owned(),
                "actor" => actor.to_owned(),
                "issue" => issue.clone(),
                "kind" => "preference".to_owned(),
                "value" | "low" | "high" => value.to_owned(),
                "salience" => "0.5".to_owned(),
                "sources" => "s".to_owned(),
                "checked" => "no".to_owned(),
                "confidence" => "high".to_owned(),
                "coder" => "me".to_owned(),
                _ => String::new(),
            };
            table += &(columns.iter().map(cell).collect::<Vec<_>>().join(",") + "\n");
        }
    }
    fs::write(&positions, table).unwrap();
}

#[test]
fn three_hundred_issues_are_drawn_at_a_resolution_that_viewers_open() {
    let dir = TempDir::new().unwrap();
    small_case(dir.path());
    let toml = dir.path().join("c/case.toml");
    let mut case = fs::read_to_string(&toml).unwrap();
    for i in 0..300 {
        case += &format!(
            "\n[[issues]]\nid = \"i{i}\"\nfamily = \"rival\"\nname = \"Issue number {i}\"\n"
        );
    }
    fs::write(&toml, case).unwrap();
    let ids: Vec<String> = (0..300).map(|i| format!("i{i}")).collect();
    want(&dir, &ids);
    let told = drawn(&dir);
    assert!(!told.contains("left out"), "{told}");
    let tallest = fs::read_dir(dir.path().join("o/figures"))
        .unwrap()
        .map(|e| e.unwrap().path())
        .filter(|p| p.extension().is_some_and(|e| e == "png"))
        .map(|p| size(&fs::read(p).unwrap()).1)
        .max();
    println!("FIGURE three hundred issues: the tallest picture has {tallest:?} pixels");
    // At 300 dots an inch it would be taller than any viewer opens: it is as tall as is allowed.
    assert!(
        tallest.is_some_and(|t| (15_900..=16_000).contains(&t)),
        "{tallest:?}"
    );
}

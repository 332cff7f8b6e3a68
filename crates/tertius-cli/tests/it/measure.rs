//! `tertius measure` as a user meets it.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use tempfile::TempDir;

use crate::skip::{skipped, tertius};

/// The folder of public data; or said by name what is skipped.
pub(crate) fn data(what: &str) -> Option<PathBuf> {
    let found = std::env::var_os("TERTIUS_DATA").map(PathBuf::from);
    if found.is_none() {
        skipped(
            what,
            "set TERTIUS_DATA to a folder of public data (tertius data list)",
        );
    }
    found
}

pub(crate) fn run(args: &[&str], data: &Path) -> Output {
    let mut command = Command::new(tertius());
    command.args(args).env("TERTIUS_DATA", data);
    command.env("XDG_CACHE_HOME", env!("CARGO_TARGET_TMPDIR"));
    command.output().unwrap()
}

pub(crate) fn text(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).unwrap()
}

/// Votes of four states on five roll calls in two sessions, 1 yes, 2 abstention, 3 no, 8 absent. 20 and 200
/// always say yes; 365 is absent once.
pub(crate) const VOTES: &str = "\
rcid,session,ccode,vote,date
1,40,2,1,1985-10-01
1,40,20,1,1985-10-01
1,40,200,1,1985-10-01
1,40,365,3,1985-10-01
2,40,2,3,1985-12-01
2,40,20,1,1985-12-01
2,40,200,1,1985-12-01
2,40,365,1,1985-12-01
3,40,2,2,1986-02-01
3,40,20,1,1986-02-01
3,40,200,1,1986-02-01
3,40,365,8,1986-02-01
4,41,2,1,1986-11-01
4,41,20,1,1986-11-01
4,41,200,1,1986-11-01
4,41,365,2,1986-11-01
5,41,2,3,1986-12-01
5,41,20,1,1986-12-01
5,41,200,1,1986-12-01
5,41,365,1,1986-12-01
";

/// S, kappa with squared weights and pi of two lists, written out from their definitions over all pairs of
/// votes, with no table of counts.
fn by_hand(a: &[f64], b: &[f64]) -> [Option<f64>; 3] {
    let n = a.len() as f64;
    let mean =
        |f: &dyn Fn(f64, f64) -> f64| a.iter().zip(b).map(|(x, y)| f(*x, *y)).sum::<f64>() / n;
    let cross = |p: &[f64], q: &[f64], f: &dyn Fn(f64, f64) -> f64| {
        let all = p.iter().flat_map(|x| q.iter().map(move |y| (x, y)));
        all.map(|(x, y)| f(*x, *y)).sum::<f64>() / (p.len() * q.len()) as f64
    };
    let (absolute, squared) = (
        |x: f64, y: f64| (x - y).abs() / 2.0,
        |x: f64, y: f64| (x - y).powi(2) / 4.0,
    );
    let nominal = |x: f64, y: f64| f64::from(u8::from(x != y));
    let pool: Vec<f64> = a.iter().chain(b).copied().collect();
    let corrected = |d: f64, e: f64| (e > 0.0).then(|| 1.0 - d / e);
    [
        Some(1.0 - 2.0 * mean(&absolute)),
        corrected(mean(&squared), cross(a, b, &squared)),
        corrected(mean(&nominal), cross(&pool, &pool, &nominal)),
    ]
}

#[test]
fn similarity_of_a_file_is_what_its_definitions_say() {
    let dir = TempDir::new().unwrap();
    let file = dir.path().join("votes.csv");
    fs::write(&file, VOTES).unwrap();
    let votes = file.to_str().unwrap();
    let done = run(&["measure", "similarity", "--votes", votes], dir.path());
    assert!(done.status.success(), "{}", text(&done.stderr));
    let table = text(&done.stdout);
    let mut lines = table.lines();
    assert_eq!(lines.next(), Some("year,state_a,state_b,n,s,kappa,pi"));
    let cast: Vec<[&str; 5]> = VOTES
        .lines()
        .skip(1)
        .map(|l| l.split(',').collect::<Vec<_>>().try_into().unwrap())
        .collect();
    let mut rows = 0;
    for line in lines {
        let cells: Vec<&str> = line.split(',').collect();
        let of = |state: &str| -> Vec<(&str, f64)> {
            let own = cast
                .iter()
                .filter(|c| c[2] == state && c[4].starts_with(cells[0]) && c[3] != "8");
            own.map(|c| (c[0], c[3].parse().unwrap())).collect()
        };
        let (a, b) = (of(cells[1]), of(cells[2]));
        let shared = a
            .iter()
            .filter_map(|(call, x)| Some((*x, b.iter().find(|o| o.0 == *call)?.1)));
        let (a, b): (Vec<f64>, Vec<f64>) = shared.unzip();
        assert_eq!(cells[3], a.len().to_string(), "{line}");
        for (cell, expected) in cells[4..].iter().zip(by_hand(&a, &b)) {
            match expected {
                // Ten digits are written.
                Some(x) => assert!(
                    (cell.parse::<f64>().unwrap() - x).abs() < 1e-9,
                    "{line}: {x}"
                ),
                None => assert_eq!(*cell, "", "{line}"),
            }
        }
        assert!(cells[1].parse::<u32>().unwrap() < cells[2].parse::<u32>().unwrap());
        rows += 1;
    }
    assert_eq!(rows, 12, "{table}");
    // Always yes, both: they agree, and chance would have it so: no kappa and no pi, which is not zero.
    assert!(table.contains("1985,20,200,2,1,,\n"), "{table}");
    let sessions = run(
        &["measure", "similarity", "--votes", votes, "--by", "session"],
        dir.path(),
    );
    let sessions = text(&sessions.stdout);
    assert!(
        sessions.starts_with("session,state_a,state_b,n,s,kappa,pi\n40,2,20,3,"),
        "{sessions}"
    );
    let more = [
        "measure",
        "similarity",
        "--votes",
        votes,
        "--also",
        "tau-b,alignment",
        "--format",
        "json",
    ];
    let more: serde_json::Value = serde_json::from_slice(&run(&more, dir.path()).stdout).unwrap();
    assert_eq!(more.as_array().unwrap().len(), 12);
    assert!(more[0]["alignment"].is_number() && more[0].get("tau_b").is_some());
}

#[test]
fn the_values_that_others_have_come_out() {
    let Some(data) = data("similarity in the United Nations, known values") else {
        return;
    };
    let dir = TempDir::new().unwrap();
    let out = dir.path().join("similarity.csv");
    let done = run(
        &["measure", "similarity", "--out", out.to_str().unwrap()],
        &data,
    );
    assert!(done.status.success(), "{}", text(&done.stderr));
    let table = fs::read_to_string(out).unwrap();
    let known = [
        ("1985,2,740,152,", [0.203947, 0.317078, 0.049722]),
        ("2014,2,740,79,", [0.113924, 0.272060, 0.062436]),
        ("2014,365,740,78,", [0.269231, -0.117647, 0.067778]),
    ];
    for (start, values) in known {
        let line = table.lines().find(|l| l.starts_with(start)).unwrap();
        let cells = line.split(',').skip(4).map(|c| c.parse::<f64>().unwrap());
        for (found, known) in cells.zip(values) {
            // Half a unit of the last digit that is printed.
            assert!((found - known).abs() <= 5e-7, "{line}: {known}");
        }
    }
    let rows = table.lines().count() - 1;
    println!("FIGURE similarity: {rows} dyad-years");
    assert!(rows > 850_000);
}

#[test]
fn ideal_points_stand_apart_as_the_voters_do() {
    let dir = TempDir::new().unwrap();
    let file = dir.path().join("votes.csv");
    fs::write(&file, VOTES).unwrap();
    let args = ["measure", "ideal-points", "--votes", file.to_str().unwrap()];
    let table = text(&run(&args, dir.path()).stdout);
    assert!(
        table.starts_with("session,state,mean,sd,q05,q95,n\n40,2,"),
        "{table}"
    );
    let of = |state: &str| -> Vec<f64> {
        let line = table
            .lines()
            .find(|l| l.starts_with(&format!("40,{state},")))
            .unwrap();
        line.split(',').map(|c| c.parse().unwrap()).collect()
    };
    let (usa, russia, canada) = (of("2"), of("365"), of("20"));
    assert!(usa[2] > russia[2], "{table}");
    assert!(canada[4] < canada[2] && canada[2] < canada[5] && canada[3] > 0.0);
}

/// Whether other starts find the same, and what fixes the sign, is told; the pair that is asked for turns the line.
#[test]
fn ideal_points_tell_what_they_rest_on() {
    let dir = TempDir::new().unwrap();
    let file = dir.path().join("votes.csv");
    fs::write(&file, VOTES).unwrap();
    let points = |more: &[&str]| {
        let args = ["measure", "ideal-points", "--votes", file.to_str().unwrap()];
        let done = run(&[&args[..], more].concat(), dir.path());
        (done.status.code(), text(&done.stdout), text(&done.stderr))
    };
    let mean = |table: &str, state: &str| -> f64 {
        let line = table
            .lines()
            .find(|l| l.starts_with(&format!("40,{state},")));
        line.unwrap().split(',').nth(2).unwrap().parse().unwrap()
    };
    let (_, one, told) = points(&[]);
    assert!(
        told.contains("--starts 5") && told.contains("2 of 2 sessions"),
        "{told}"
    );
    let (_, five, told) = points(&["--starts", "5", "--seed", "7"]);
    assert!(told.contains("5 starts"), "{told}");
    assert_eq!(mean(&one, "2") > 0.0, mean(&five, "2") > 0.0);
    let (_, turned, _) = points(&["--above", "SUN,USA"]);
    assert!(
        (mean(&one, "2") + mean(&turned, "2")).abs() < 1e-9,
        "{one}{turned}"
    );
    for (pair, word) in [
        ("USA", "no pair"),
        ("USA,USA", "no pair"),
        ("USA,CHN", "no seat"),
    ] {
        let (code, _, told) = points(&["--above", pair]);
        assert!(code == Some(2) && told.contains(word), "{told}");
    }
    assert!(points(&["--quiet"]).2.is_empty());
    let (code, _, _) = points(&["--starts", "0"]);
    assert_eq!(code, Some(2));
}

#[test]
fn a_year_that_nobody_covers_is_unknown_and_never_zero() {
    let Some(data) = data("conditions past the end of their datasets") else {
        return;
    };
    let args = [
        "measure",
        "commitment",
        "JPN",
        "USA",
        "RUS",
        "--from",
        "2016",
        "--to",
        "2021",
    ];
    let done = run(&args, &data);
    assert!(done.status.success(), "{}", text(&done.stderr));
    let table = text(&done.stdout);
    let rows: Vec<Vec<&str>> = table
        .lines()
        .skip(1)
        .map(|l| l.split(',').collect())
        .collect();
    assert_eq!(rows.len(), 6, "{table}");
    for row in &rows {
        // ATOP ends in 2018, and the treaty of 1960 does not.
        let expected = match row[0] {
            "2016" | "2017" | "2018" => ("0.8", "observed"),
            _ => ("", "outside-coverage"),
        };
        assert_eq!((row[1], row[6]), expected, "{table}");
    }
    // Of all pairs, those years have no row at all.
    let all = text(&run(&["measure", "commitment", "--from", "2018"], &data).stdout);
    assert!(all.contains("2018,USA,JPN,0.8,,\n") && !all.contains("\n2019,"));
}

#[test]
fn what_is_wrong_is_named_with_what_to_do_and_nothing_is_written() {
    let dir = TempDir::new().unwrap();
    let out = dir.path().join("out.csv");
    let path = out.to_str().unwrap();
    let missing = run(&["measure", "similarity", "--out", path], dir.path());
    assert_eq!(missing.status.code(), Some(1));
    let said = text(&missing.stderr);
    assert!(
        said.contains("tertius data add un-votes UNVotes.csv --part votes"),
        "{said}"
    );
    assert!(!out.exists());
    for (args, word) in [
        (&["measure", "no-such"][..], "similarity"),
        (&["measure", "threat", "JPN", "USA"], "ALLY PATRON RIVAL"),
        (
            &[
                "measure", "threat", "SUN", "USA", "CHN", "--from", "2000", "--to", "2010",
            ],
            "1991-12-25",
        ),
        (&["measure", "threat", "Atlantis", "USA", "CHN"], "Atlantis"),
        (
            &["measure", "threat", "JPN", "JPN", "CHN"],
            "three different",
        ),
        (
            &["measure", "similarity", "--issue", "xx"],
            "me, nu, di, hr, co, ec",
        ),
        (
            &[
                "measure",
                "similarity",
                "--on",
                "alliances",
                "--by",
                "session",
            ],
            "--by session",
        ),
    ] {
        let done = run(args, dir.path());
        assert_eq!(done.status.code(), Some(2), "{args:?}");
        let said = text(&done.stderr);
        assert!(said.contains(word), "{args:?}: {said}");
    }
    fs::write(dir.path().join("bad.csv"), "a,b\n1,2\n").unwrap();
    let bad = dir.path().join("bad.csv");
    let bad = run(
        &["measure", "similarity", "--votes", bad.to_str().unwrap()],
        dir.path(),
    );
    assert_eq!(bad.status.code(), Some(1));
    assert!(
        text(&bad.stderr).contains("session"),
        "{}",
        text(&bad.stderr)
    );
}

#[test]
fn every_measure_is_listed_in_both_languages() {
    let dir = TempDir::new().unwrap();
    // However lines are broken.
    let joined = |args: &[&str]| -> String {
        let said = text(&run(args, dir.path()).stdout);
        said.split_whitespace().collect::<Vec<_>>().join(" ")
    };
    let en = joined(&["measure", "--list"]);
    let zh = joined(&["measure", "--list", "--lang", "zh"]);
    for m in tertius_data::measures::catalogue() {
        assert!(
            en.contains(&format!("{} {} (", m.id, m.line.en)),
            "{}",
            m.id
        );
        assert!(zh.contains(m.line.zh), "{}", m.id);
    }
    assert!(!zh.contains("measure-about"), "{zh}");
}

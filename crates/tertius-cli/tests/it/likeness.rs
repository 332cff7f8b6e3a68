//! `tertius measure similarity`: some states, weights and bounds.

use std::fs;

use tempfile::TempDir;

use crate::measure::{VOTES, data, run, text};

/// The same roll calls drawn again for every pair: bounds hold the value, a seed gives the same ones, and only the
/// states asked for are there.
#[test]
fn similarity_of_some_states_has_bounds_where_draws_are_asked_for() {
    let dir = TempDir::new().unwrap();
    let file = dir.path().join("votes.csv");
    fs::write(&file, VOTES).unwrap();
    let votes = file.to_str().unwrap();
    let of = |more: &[&str]| {
        let args = ["measure", "similarity", "--votes", votes];
        run(&[&args, more].concat(), dir.path())
    };
    let drawn = |seed| of(&["USA", "CAN", "--draws", "200", "--seed", seed]);
    let found = text(&drawn("4").stdout);
    let mut lines = found.lines();
    let head = "year,state_a,state_b,n,s,s_low,s_high,kappa,kappa_low,kappa_high,pi,pi_low,pi_high";
    assert_eq!(lines.next(), Some(head));
    let plain = text(&of(&["USA", "CAN"]).stdout);
    for (line, plain) in lines.zip(plain.lines().skip(1)) {
        let cells: Vec<&str> = line.split(',').collect();
        let plain: Vec<&str> = plain.split(',').collect();
        assert_eq!((&cells[..5], cells[1], cells[2]), (&plain[..5], "2", "20"));
        let [s, low, high] = [4, 5, 6].map(|i| cells[i].parse::<f64>().unwrap());
        assert!(low <= s && s <= high && low < high, "{line}");
    }
    assert_eq!(found.lines().count(), 3);
    assert_eq!(text(&drawn("4").stdout), found);
    assert_ne!(text(&drawn("5").stdout), found);
    let alone = of(&["USA"]);
    assert_eq!(alone.status.code(), Some(2), "{}", text(&alone.stdout));
}

/// S by hand on 1985: the first roll call weighs 3, the second 1; of 1986 only the fourth has a weight.
#[test]
fn a_table_says_what_each_roll_call_weighs() {
    let dir = TempDir::new().unwrap();
    let [votes, weights] = ["votes.csv", "weights.csv"].map(|f| dir.path().join(f));
    fs::write(&votes, VOTES).unwrap();
    fs::write(&weights, "rcid,weight\n1,3\n2,1\n4,1\n5,-2\n").unwrap();
    let [votes, weights] = [&votes, &weights].map(|f| f.to_str().unwrap());
    let args = [
        "measure",
        "similarity",
        "USA",
        "RUS",
        "--votes",
        votes,
        "--weights",
        weights,
    ];
    let done = run(&args, dir.path());
    // Opposite on both roll calls of 1985; one level apart on the fourth.
    let table = text(&done.stdout);
    assert!(table.contains("\n1985,2,365,2,-1,"), "{table}");
    assert!(table.contains("\n1986,2,365,1,0,"), "{table}");
    let of_20 = [
        "measure",
        "similarity",
        "USA",
        "CAN",
        "--votes",
        votes,
        "--weights",
        weights,
    ];
    // Alike on the first, opposite on the second: (3 − 1) / 4.
    let table = text(&run(&of_20, dir.path()).stdout);
    assert!(table.contains("\n1985,2,20,2,0.5,"), "{table}");
    assert!(text(&done.stderr).contains("weights.csv: 1 of 4 rows"));
    for wrong in [
        &["similarity", "--weights", "power", "--votes", votes][..],
        &["similarity", "--weights", weights, "--on", "alliances"],
        &["ideal-points", "--draws", "9", "--votes", votes],
        &["similarity", "--seed", "9", "--votes", votes],
        // A table of draws that no memory holds.
        &["similarity", "--draws", "4294967295", "--votes", votes],
    ] {
        let done = run(&[&["measure"], wrong].concat(), dir.path());
        assert_eq!(
            (done.status.code(), text(&done.stdout)),
            (Some(2), String::new())
        );
    }
}

/// One share of capabilities stands for another where all are equal: S with equal weights is S without.
#[test]
fn capabilities_weigh_the_states_allied_with() {
    let Some(data) = data("similarity of alliances by capabilities") else {
        return;
    };
    let of = |more: &[&str]| {
        let args = [
            "measure",
            "similarity",
            "USA",
            "JPN",
            "--on",
            "alliances",
            "--from",
            "2014",
            "--to",
            "2014",
        ];
        let table = text(&run(&[&args, more].concat(), &data).stdout);
        let row = table.lines().nth(1).unwrap().to_owned();
        let cells: Vec<f64> = row.split(',').map(|c| c.parse().unwrap()).collect();
        (cells[3], cells[4])
    };
    let ((n, plain), (weighed, by_power)) = (of(&[]), of(&["--weights", "power"]));
    assert!(weighed <= n && (-1.0..=1.0).contains(&by_power));
    assert!((plain - by_power).abs() > 1e-3, "{plain} {by_power}");
}

const POINTS: &str = "measure ideal-points --votes";

/// Names are heard: the points of all are found together, and those of the named shown.
#[test]
fn ideal_points_of_named_states_are_rows_of_all() {
    let dir = TempDir::new().unwrap();
    let file = dir.path().join("votes.csv");
    fs::write(&file, VOTES).unwrap();
    let of = |more: &[&str]| {
        let words: Vec<&str> = POINTS.split(' ').chain([file.to_str().unwrap()]).collect();
        run(&[&words[..], more].concat(), dir.path())
    };
    let all = text(&of(&[]).stdout);
    let some = of(&["USA", "RUS"]);
    let kept = |line: &&str| ["2", "365"].contains(&line.split(',').nth(1).unwrap());
    let expected: Vec<&str> = all.lines().skip(1).filter(kept).collect();
    assert_eq!(expected.len(), 4, "{all}");
    assert_eq!(
        text(&some.stdout).lines().skip(1).collect::<Vec<_>>(),
        expected
    );
    let none = of(&["JPN"]);
    assert!(
        text(&none.stderr).contains("JPN has no seat"),
        "{}",
        text(&none.stderr)
    );
}

/// Past the end of the data: refused with what they cover where no year asked for is inside, told where some are;
/// never a lone head without a word.
#[test]
fn years_that_no_data_cover_are_told_in_one_manner() {
    let dir = TempDir::new().unwrap();
    let file = dir.path().join("votes.csv");
    fs::write(&file, VOTES).unwrap();
    let votes = file.to_str().unwrap();
    for measure in [
        &["similarity"][..],
        &["similarity", "USA", "CAN"],
        &["ideal-points"],
        &["triad-agreement", "CAN", "USA", "RUS"],
    ] {
        let of = |more: &[&str]| {
            let words = [&["measure"], measure, &["--votes", votes], more].concat();
            let done = run(&words, dir.path());
            (done.status.code(), text(&done.stdout), text(&done.stderr))
        };
        for years in [
            &["--from", "2040"][..],
            &["--to", "1970"],
            &["--from", "2040", "--to", "2050"],
        ] {
            let (code, table, said) = of(years);
            assert_eq!(
                (code, table.as_str()),
                (Some(2), ""),
                "{measure:?} {years:?}"
            );
            assert!(
                said.contains("1985–1986") && said.contains(years[1]),
                "{said}"
            );
            let quiet = of(&[years, &["--quiet", "--lang", "zh"]].concat());
            assert!(
                quiet.2.contains("没有") && quiet.2.contains("1985–1986"),
                "{}",
                quiet.2
            );
        }
        let (code, table, said) = of(&["--from", "1986", "--to", "1990"]);
        assert_eq!(code, Some(0), "{said}");
        assert!(table.lines().count() > 1, "{table}");
        assert!(
            said.contains("1985–1986") && said.contains("1986 to 1990"),
            "{said}"
        );
        let (_, _, said) = of(&["--from", "1986"]);
        assert!(!said.contains("1985–1986"), "{said}");
        let (code, _, said) = of(&["--from", "1986", "--to", "1985"]);
        assert!(
            code == Some(2) && said.contains("before the first"),
            "{said}"
        );
    }
}

/// What is asked for is refused before any data are read: there are none here.
#[test]
fn what_cannot_be_asked_is_refused_before_data_are_read() {
    let dir = TempDir::new().unwrap();
    for (words, said) in [
        ("similarity JPN USA --draws 5", "100"),
        ("similarity JPN USA --draws 99", "100"),
        ("similarity JPN", "two states or more"),
        ("similarity JPN Rusia", "RUS"),
        ("ideal-points JAP", "JPN"),
        ("ideal-points --above USA,Atlantis", "Atlantis"),
        ("threat JPN USA", "ALLY PATRON RIVAL"),
        ("commitment JPN USA", "of all pairs"),
        ("third-party-threat JPN USA RUS --third CHM", "CHN"),
        ("no-affinity-mail NOR USA RUS", "Japan alone"),
    ] {
        let words: Vec<&str> = ["measure"].into_iter().chain(words.split(' ')).collect();
        for lang in ["en", "zh"] {
            let done = run(&[&words[..], &["--lang", lang]].concat(), dir.path());
            assert_eq!(done.status.code(), Some(2), "{words:?}");
            let told = text(&done.stderr);
            assert_eq!(told.lines().count(), 1, "{told}");
            assert!(lang == "zh" || told.contains(said), "{told}");
        }
    }
}

/// Conditions by the month have months in years that nobody covers too, a survey the months in which it asked.
#[test]
fn periods_of_a_condition_are_of_one_kind() {
    let Some(data) = data("periods of conditions") else {
        return;
    };
    for (words, long, count) in [
        ("relation-month JPN USA RUS --from 2024 --to 2025", 7, 24),
        (
            "no-affinity-interview JPN USA RUS --from 2010 --to 2015",
            7,
            0,
        ),
        ("threat JPN USA RUS --from 2012 --to 2020", 4, 9),
    ] {
        let words: Vec<&str> = ["measure"].into_iter().chain(words.split(' ')).collect();
        let done = run(&words, &data);
        assert!(done.status.success(), "{}", text(&done.stderr));
        let table = text(&done.stdout);
        let periods: Vec<&str> = table
            .lines()
            .skip(1)
            .map(|l| &l[..l.find(',').unwrap()])
            .collect();
        assert!(periods.iter().all(|p| p.len() == long), "{table}");
        assert!(
            count == 0 && !periods.is_empty() || periods.len() == count,
            "{table}"
        );
    }
}

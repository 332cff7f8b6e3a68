//! `tertius interests` as a user meets it.

use std::collections::BTreeMap;
use std::path::Path;

use crate::measure::{data, run, text};

/// By section, measure and period: value, low, high, n, status.
pub(crate) fn rows(table: &str) -> BTreeMap<[String; 3], [String; 5]> {
    let mut reader = table.lines();
    assert_eq!(
        reader.next(),
        Some("section,measure,period,value,low,high,n,status,unit,source,reason")
    );
    let row = |line: &str| {
        let cells: Vec<&str> = line.split(',').collect();
        let text = |i: usize| cells[i].to_owned();
        ([0, 1, 2].map(text), [3, 4, 5, 6, 7].map(text))
    };
    reader.map(row).collect()
}

/// What the verb writes of a triad in some years.
fn table([w, s, r]: [&str; 3], [from, to]: [&str; 2], data: &Path) -> String {
    let args = [
        "interests",
        w,
        s,
        r,
        "--from",
        from,
        "--to",
        to,
        "--format",
        "csv",
    ];
    let done = run(&args, data);
    assert!(done.status.success(), "{}", text(&done.stderr));
    text(&done.stdout)
}

pub(crate) fn key(section: &str, measure: &str, period: &str) -> [String; 3] {
    [section, measure, period].map(str::to_owned)
}

/// The counts of the bundled case were made by a program of its own, in another language.
#[test]
fn where_japan_stands_is_what_the_case_has_of_it() {
    let Some(data) = data("where Japan stands, by the votes") else {
        return;
    };
    let found = rows(&table(["JPN", "USA", "RUS"], ["1992", "2023"], &data));
    let case = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("../../cases/japan-russia/series/un_agreement_contested.csv");
    let mut compared = 0;
    for line in std::fs::read_to_string(case).unwrap().lines().skip(1) {
        let cells: Vec<&str> = line.split(',').collect();
        let Some([value, .., n, _]) = found.get(&key("votes", "all", cells[0])) else {
            continue;
        };
        assert_eq!(n, cells[4], "{line}");
        // Its note counts the votes with either: "JPN with USA 24, with RUS 15, with neither 20".
        let count = |after: &str| -> f64 {
            let (_, rest) = line.split_once(after).unwrap();
            let digits: String = rest.chars().take_while(char::is_ascii_digit).collect();
            digits.parse().unwrap()
        };
        let side = (count("with RUS ") + 0.5 * count("with neither ")) / n.parse::<f64>().unwrap();
        let off = (value.parse::<f64>().unwrap() - side).abs();
        // Both are quotients of the same whole numbers; the table writes twelve digits or more.
        assert!(off < 1e-9, "{line}: {off:e}");
        compared += 1;
    }
    assert!(compared >= 10, "{compared}");
    // The votes of one year are near the smoothed place of it, and overlap is what is left of 1.
    for year in 1992..=2023 {
        let of = |section: &str| -> f64 {
            found[&key(section, "all", &year.to_string())][0]
                .parse()
                .unwrap()
        };
        assert!((of("divergence") + of("overlap") - 1.0).abs() < 1e-9);
        assert!((of("divergence") - of("votes")).abs() < 0.2, "{year}");
        let [_, low, high, ..] = &found[&key("divergence", "all", &year.to_string())];
        let [low, high]: [f64; 2] = [low, high].map(|x| x.parse().unwrap());
        assert!(low < of("divergence") && of("divergence") < high);
    }
}

#[test]
fn what_no_data_cover_is_unknown_and_not_zero() {
    let Some(data) = data("interests past the end of the data") else {
        return;
    };
    let found = rows(&table(["NOR", "USA", "RUS"], ["2015", "2030"], &data));
    for (section, measure, period) in [
        ("votes", "all", "2030"),
        ("divergence", "all", "2030"),
        ("overlap", "nu", "2024"),
        ("likeness-patron", "s", "2028"),
        ("condition", "commitment", "2020"),
        ("condition", "threat", "2020"),
        ("condition", "trade-stake", "2020"),
        ("ideal-points", "distance-patron", "2026"),
        ("ideal-points", "distance-patron-published", "2020"),
    ] {
        let [value, low, high, _, status] = &found[&key(section, measure, period)];
        assert_eq!(
            (value.as_str(), low.as_str(), high.as_str()),
            ("", "", ""),
            "{section} {measure}"
        );
        assert_eq!(status, "outside-coverage", "{section} {measure}");
    }
    // Every year has a row for every condition.
    let commitment = found
        .keys()
        .filter(|k| k[0] == "condition" && k[1] == "commitment");
    assert_eq!(commitment.count(), 16);
}

/// What is told of a year does not hang on the other years that are asked for.
#[test]
fn a_year_is_told_alike_whatever_years_are_asked_for() {
    let Some(data) = data("one year of two spans") else {
        return;
    };
    let spans = [
        ["2023", "2023"],
        ["2015", "2023"],
        ["2022", "2024"],
        ["1946", "2023"],
    ];
    let of_year = |span| -> Vec<String> {
        let table = table(["JPN", "USA", "RUS"], span, &data);
        let rows = table
            .lines()
            .filter(|l| l.split(',').nth(2) == Some("2023"));
        rows.map(str::to_owned).collect()
    };
    let [first, others @ ..] = spans.map(of_year);
    assert!(first.len() > 40, "{first:?}");
    for other in others {
        assert_eq!(first, other);
    }
}

/// The People's Republic had no seat before 25 October 1971, whatever number a file gives the votes of China.
#[test]
fn the_peoples_republic_has_no_vote_before_it_had_the_seat() {
    let Some(data) = data("the seat of China") else {
        return;
    };
    let found = rows(&table(["THA", "USA", "CHN"], ["1946", "1975"], &data));
    let n = |section: &str, measure: &str, year: i16| -> u32 {
        let [.., n, _] = &found[&key(section, measure, &year.to_string())];
        n.parse().unwrap()
    };
    for year in 1946..=1975 {
        let voted = [n("votes", "all", year), n("likeness-rival", "s", year)];
        // 1964 had no session; in 1971 and since it voted.
        assert_eq!(voted.map(|n| n > 0), [year >= 1971; 2], "{year}");
    }
    let text = |to| {
        let args = [
            "interests",
            "THA",
            "USA",
            "CHN",
            "--from",
            "1960",
            "--to",
            to,
        ];
        text(&run(&args, &data).stdout)
    };
    assert!(text("1975").contains("before 25 October 1971"));
    let taiwan = rows(&table(["THA", "USA", "TWN"], ["1946", "1975"], &data));
    let [_, _, _, n, _] = &taiwan[&key("likeness-rival", "s", "1948")];
    assert!(n.parse::<u32>().unwrap() > 0);
}

/// The points of `measure ideal-points` are found anew; those of `interests` may have been kept.
#[test]
fn the_distance_from_the_patron_is_that_of_our_own_points_to_the_last_session() {
    let Some(data) = data("interests beside ideal points") else {
        return;
    };
    let points = run(&["measure", "ideal-points", "--format", "csv"], &data);
    assert!(points.status.success(), "{}", text(&points.stderr));
    let points: BTreeMap<(i32, u32), f64> = text(&points.stdout)
        .lines()
        .skip(1)
        .map(|line| {
            let cells: Vec<&str> = line.split(',').collect();
            let key = (cells[0].parse().unwrap(), cells[1].parse().unwrap());
            (key, cells[2].parse().unwrap())
        })
        .collect();
    // Twice: what is kept is what was found.
    let [first, second] = [(); 2].map(|()| table(["NOR", "USA", "RUS"], ["1960", "2023"], &data));
    assert_eq!(first, second);
    let found = rows(&first);
    for year in 1960..=2023 {
        let [value, low, high, _, status] =
            &found[&key("ideal-points", "distance-patron", &year.to_string())];
        // There was no session in 1964.
        let both = points
            .get(&(year - 1945, 385))
            .zip(points.get(&(year - 1945, 2)));
        let Some((norway, states)) = both else {
            assert_eq!((status.as_str(), year), ("missing", 1964));
            continue;
        };
        let [value, low, high]: [f64; 3] = [value, low, high].map(|x| x.parse().unwrap());
        // Both are written with ten significant digits.
        assert!((value - (norway - states).abs()).abs() < 1e-8, "{year}");
        assert!(low <= value && value <= high, "{year}");
    }
}

#[test]
fn the_picture_fits_eighty_columns_in_both_languages() {
    let Some(data) = data("interests as text") else {
        return;
    };
    for (lang, words) in [
        (
            "en",
            [
                "One measure is not a reading",
                "corrected for",
                "Cite: un-votes",
                "not zero",
            ],
        ),
        (
            "zh",
            [
                "单一指标不足以成为读数",
                "偶然一致",
                "引用：un-votes",
                "未知并不是零",
            ],
        ),
    ] {
        for triad in [
            ["ITA", "USA", "SUN", "1946", "1991"],
            ["THA", "USA", "CHN", "1975", "2023"],
        ] {
            let [w, s, r, from, to] = triad;
            let args = [
                "interests",
                w,
                s,
                r,
                "--from",
                from,
                "--to",
                to,
                "--lang",
                lang,
            ];
            let done = run(&args, &data);
            assert!(done.status.success(), "{}", text(&done.stderr));
            let said = text(&done.stdout);
            let joined: String = said.lines().map(str::trim).collect::<Vec<_>>().join(" ");
            let bare = joined.replace(' ', "");
            for word in words {
                assert!(bare.contains(&word.replace(' ', "")), "{word}: {said}");
            }
            assert!(!said.contains("interests-"), "{said}");
            assert!(!said.contains("-0.00") && !said.contains("90 %"), "{said}");
            let ends = |c| said.lines().any(|l| l.ends_with(c));
            assert!(!ends('（') && !ends('('), "{said}");
            for line in said.lines() {
                assert!(tertius_report::terminal::columns(line) <= 80, "{line}");
            }
        }
    }
}

#[test]
fn a_state_that_was_not_and_a_folder_without_votes_are_named() {
    let dir = tempfile::TempDir::new().unwrap();
    let sun = [
        "interests",
        "ITA",
        "USA",
        "SUN",
        "--from",
        "1995",
        "--to",
        "2000",
    ];
    let done = run(&sun, dir.path());
    assert_eq!(done.status.code(), Some(2));
    assert!(
        text(&done.stderr).contains("1991-12-25"),
        "{}",
        text(&done.stderr)
    );
    let none = [
        "interests",
        "ITA",
        "USA",
        "RUS",
        "--from",
        "1995",
        "--to",
        "2000",
    ];
    let done = run(&none, dir.path());
    assert_eq!(done.status.code(), Some(1));
    assert!(text(&done.stderr).contains("tertius data add un-votes UNVotes.csv --part votes"));
    let long = [
        "interests",
        "ITA",
        "USA",
        "RUS",
        "--from",
        "1000",
        "--to",
        "2000",
    ];
    assert_eq!(run(&long, dir.path()).status.code(), Some(2));
}

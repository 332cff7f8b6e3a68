//! What `tertius interests` says of values that are not there.

use crate::interests::{key, rows};
use crate::measure::{VOTES, run, text};

/// A folder with votes and nothing else.
fn votes_alone() -> tempfile::TempDir {
    let dir = tempfile::TempDir::new().unwrap();
    let place = dir.path().join("un-votes/votes");
    std::fs::create_dir_all(&place).unwrap();
    let odd = "6,41,2,9,1986-12-01\n";
    std::fs::write(place.join("UNVotes.csv"), VOTES.to_owned() + odd).unwrap();
    dir
}

/// What cannot be asked for keeps its rows, each missing and with the reason; rows set aside are counted.
#[test]
fn a_condition_without_its_dataset_is_missing_with_the_reason() {
    let dir = votes_alone();
    // East Germany had a code, South Vietnam never had one: both have their conditions.
    for ally in ["CAN", "DDR", "south vietnam"] {
        let years = if ally == "south vietnam" {
            ["1970", "1971"]
        } else {
            ["1985", "1986"]
        };
        let args = [
            "interests",
            ally,
            "USA",
            "SUN",
            "--from",
            years[0],
            "--to",
            years[1],
        ];
        let done = run(&[&args[..], &["--format", "json"]].concat(), dir.path());
        assert!(done.status.success(), "{}", text(&done.stderr));
        let rows: serde_json::Value = serde_json::from_slice(&done.stdout).unwrap();
        let rows = rows.as_array().unwrap();
        for (section, measure, dataset) in [
            ("condition", "commitment", "atop"),
            ("condition", "asymmetry-cinc", "cow-nmc"),
            ("condition", "hardliners", "pew-favourability"),
            (
                "ideal-points",
                "distance-patron-published",
                "un-ideal-points",
            ),
        ] {
            let of = rows
                .iter()
                .filter(|r| r["section"] == section && r["measure"] == measure);
            let of: Vec<_> = of.collect();
            assert_eq!(of.len(), 2, "{ally} {measure}");
            for row in of {
                assert!(
                    row["value"].is_null() && row["status"] == "missing",
                    "{row}"
                );
                let reason = row["reason"].as_str().unwrap();
                assert!(
                    reason.contains(dataset) && reason.contains("tertius data"),
                    "{reason}"
                );
            }
        }
        let aside: Vec<_> = rows
            .iter()
            .filter(|r| r["section"] == "set-aside")
            .collect();
        assert_eq!(aside.len(), 1, "{aside:?}");
        assert_eq!(
            (aside[0]["value"].as_f64(), aside[0]["n"].as_f64()),
            (Some(1.0), Some(21.0))
        );
        let shown = text(&run(&args, dir.path()).stdout);
        assert!(shown.contains("UNVotes.csv (1 / 21)"), "{shown}");
        assert!(shown.contains("tertius data fetch atop"), "{shown}");
    }
}

/// Votes on which the two part in 1990 and in 1993 alone; in 1992 all three vote alike.
const WITH_A_GAP: &str = "\
resid,ccode,vote,session,date
45001,2,3,45,1990-12-01
45001,20,3,45,1990-12-01
45001,365,1,45,1990-12-01
45002,2,3,45,1990-12-02
45002,20,1,45,1990-12-02
45002,365,1,45,1990-12-02
47001,2,1,47,1992-12-01
47001,20,1,47,1992-12-01
47001,365,1,47,1992-12-01
48001,2,1,48,1993-12-01
48001,20,1,48,1993-12-01
48001,365,3,48,1993-12-01
";

/// A value that is carried between years is marked, what is not known is a gap, and every value that is not
/// there says why.
#[test]
fn a_carried_value_is_marked_and_what_is_unknown_says_why() {
    let dir = tempfile::TempDir::new().unwrap();
    let place = dir.path().join("un-votes/votes");
    std::fs::create_dir_all(&place).unwrap();
    std::fs::write(place.join("UNVotes.csv"), WITH_A_GAP).unwrap();
    let triad = [
        "interests",
        "CAN",
        "USA",
        "RUS",
        "--from",
        "1989",
        "--to",
        "1994",
    ];
    let said = text(&run(&triad, dir.path()).stdout);
    let picture = said
        .lines()
        .find(|l| l.starts_with("all votes (3)"))
        .unwrap();
    let bars: String = picture.chars().skip(22).take(6).collect();
    let bars: Vec<char> = bars.chars().collect();
    assert_eq!(
        (bars[0], bars[2], bars[3], bars[5]),
        (' ', '~', '~', ' '),
        "{picture}"
    );
    assert!(
        bars[1] != '~' && bars[4] != '~' && bars[1] != ' ',
        "{picture}"
    );
    assert!(said.contains("~ no such vote then"), "{said}");
    let of_year = |year: &str| -> Vec<&str> {
        let lines = said
            .lines()
            .map(|l| l.split_whitespace().collect::<Vec<_>>());
        let mut lines = lines.filter(|cells| cells.len() == 11);
        lines.find(|cells| cells[0] == year).unwrap()
    };
    assert!(
        of_year("1991")[1] == "–" && of_year("1991")[2].starts_with('~'),
        "{said}"
    );
    assert_eq!(of_year("1989")[1..4], ["–", "–", "–"], "{said}");
    assert!(said.contains("Russia continues Soviet Union"), "{said}");

    let csv = text(&run(&[&triad[..], &["--format", "csv"]].concat(), dir.path()).stdout);
    let found = rows(&csv);
    let status = |section, measure, year| found[&key(section, measure, year)][4].as_str();
    let place = |year| status("divergence", "all", year);
    let years = ["1989", "1990", "1991", "1992", "1993", "1994"];
    let (out, known) = ("outside-coverage", "observed");
    assert_eq!(
        years.map(place),
        [out, known, "interpolated", "interpolated", known, out]
    );
    // Both always voted yes in 1992: no answer but one, of which kappa and pi say nothing, and S says 1.
    assert_eq!(status("likeness-patron", "kappa", "1992"), "undefined");
    assert_eq!(found[&key("likeness-patron", "s", "1992")][0], "1");
    assert_eq!(status("likeness-patron", "s", "1991"), "missing");
    for line in csv.lines().skip(1) {
        let cells: Vec<&str> = line.split(',').collect();
        assert_eq!(cells[3].is_empty(), !line.ends_with(','), "{line}");
    }
}

/// Files that say what votes are about and cannot be read end the run: it does not go on without them.
#[test]
fn files_of_issues_that_cannot_be_read_end_the_run() {
    let dir = votes_alone();
    for part in ["package-votes", "package-calls", "package-issues"] {
        let place = dir.path().join("un-votes").join(part);
        std::fs::create_dir_all(&place).unwrap();
        std::fs::write(place.join("a.csv"), "nothing,of,this\n1,2,3\n").unwrap();
    }
    let args = [
        "interests",
        "CAN",
        "USA",
        "SUN",
        "--from",
        "1985",
        "--to",
        "1986",
    ];
    let done = run(&args, dir.path());
    assert_eq!(done.status.code(), Some(1));
    assert!(done.stdout.is_empty() && text(&done.stderr).contains("a.csv"));
}

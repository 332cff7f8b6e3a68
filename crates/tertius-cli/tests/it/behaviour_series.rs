//! A series of behaviour that names the roles that raise it is evidence, and any other series is none.

use tertius::findings::{RunOptions, run};
use tertius::record::{DiagnosticId, MemoryFiles, Record, load};
use tertius::roles::ReaderOptions;
use tertius::roles::evidence::Evidence;
use tertius::roles::simulate::{Regime, Simulated, simulate};
use tertius::vocabulary::Span;

use rand::SeedableRng;
use rand_chacha::ChaCha8Rng;

use crate::simulated_cases::{catalogue, files};

/// Twelve years without a row.
fn nothing() -> Simulated {
    let span = Span::inclusive("2012-01".parse().unwrap(), "2023-12".parse().unwrap()).unwrap();
    let rng = &mut ChaCha8Rng::seed_from_u64(5);
    let mut s = simulate(&catalogue(), span, &Regime::BASE, rng).unwrap();
    s.acts.clear();
    s.measures.clear();
    s
}

fn with(declared: &str, values: &[(i32, &str)]) -> (Option<Record>, Vec<DiagnosticId>) {
    let s = nothing();
    let mut all = files(&s, "budget");
    all[0].1 += &format!(
        "\n[[series]]\nid = \"budget\"\nfile = \"series/budget.csv\"\nname = \"Budget\"\nunit = \"%\"\nindicator = \"budget\"\nmethod = \"measured\"\n{declared}\n"
    );
    let mut table = String::from("period,value,sources\n");
    for (year, value) in values {
        table += &format!("{year},{value},made\n");
    }
    let case: MemoryFiles = all
        .into_iter()
        .chain([("series/budget.csv", table)])
        .collect();
    let (record, problems) = load(&case, None);
    (record, problems.into_iter().map(|d| d.id).collect())
}

const RAISED: &str = "stream = \"behaviour\"\nraised_by = [\"exploiter\"]";

#[test]
fn departures_from_three_years_are_counted_in_their_deviation() {
    // Baselines of 2012-14 and later: 1, 2 and 3 are 2; then the departures are 6 − 2, 4 − 11/3, 4 − 13/3.
    let (record, _) = with(
        RAISED,
        &[
            (2012, "1"),
            (2013, "2"),
            (2014, "3"),
            (2015, "6"),
            (2016, "4"),
            (2017, "4"),
        ],
    );
    let e = Evidence::of(&record.unwrap(), &ReaderOptions::default());
    let raw = [4.0, 1.0 / 3.0, -1.0 / 3.0];
    let mean = 4.0 / 3.0;
    let sd = (raw.iter().map(|x: &f64| (x - mean).powi(2)).sum::<f64>() / 2.0).sqrt();
    assert_eq!(e.series.len(), 1);
    let found = &e.series[0];
    // The middle of January to December, from 2012-01 on: June.
    let months: Vec<usize> = found.values.iter().map(|v| v.0).collect();
    assert_eq!(months, [41, 53, 65]);
    for (i, (_, x, lag)) in found.values.iter().enumerate() {
        // Rounding.
        assert!((x - raw[i] / sd).abs() < 1e-12, "{i}");
        let before = (i > 0).then(|| raw[i - 1] / sd);
        assert!(match (lag, before) {
            (Some(a), Some(b)) => (a - b).abs() < 1e-12,
            (a, b) => a.is_none() && b.is_none(),
        });
    }
    let up = (0..4).filter(|k| found.raised_by[*k]);
    let role = catalogue().role("exploiter").unwrap();
    assert_eq!(up.collect::<Vec<_>>(), [role.index()]);
    // A year without its value leaves no baseline to those after it; what never departs, or departs once, and
    // what names no role, says nothing.
    let gap = [
        (2012, "1"),
        (2013, "2"),
        (2014, ""),
        (2015, "6"),
        (2016, "4"),
        (2017, "4"),
        (2018, "5"),
        (2019, "9"),
    ];
    let (record, _) = with(RAISED, &gap);
    let e = Evidence::of(&record.unwrap(), &ReaderOptions::default());
    assert_eq!(
        e.series[0].values.iter().map(|v| v.0).collect::<Vec<_>>(),
        [77, 89]
    );
    let same: Vec<(i32, &str)> = (2012..2020).map(|y| (y, "3")).collect();
    for (declared, values) in [
        (RAISED, &same[..]),
        (
            RAISED,
            &[(2012, "1"), (2013, "2"), (2014, "3"), (2015, "6")],
        ),
        ("stream = \"behaviour\"", &gap[..]),
        ("stream = \"display\"", &gap[..]),
    ] {
        let (record, _) = with(declared, values);
        let e = Evidence::of(&record.unwrap(), &ReaderOptions::default());
        assert!(e.series.is_empty(), "{declared}");
    }
}

#[test]
fn only_behaviour_is_raised_and_by_known_roles_alone() {
    for wrong in [
        "stream = \"condition\"\nraised_by = [\"exploiter\"]",
        "stream = \"display\"\nraised_by = [\"exploiter\"]",
        "stream = \"behaviour\"\nraised_by = [\"exploit\"]",
    ] {
        let (record, problems) = with(wrong, &[(2012, "1")]);
        assert!(
            record.is_none() && problems.contains(&DiagnosticId::NotOneOf),
            "{wrong}"
        );
    }
}

#[test]
fn a_rise_speaks_for_the_role_that_raises_it_and_is_named_as_evidence() {
    let at = |declared: &str| {
        let values: Vec<(i32, &str)> = (2012..2024)
            .map(|y| {
                (
                    y,
                    match y {
                        2018 => "9",
                        y if y % 2 == 0 => "3",
                        _ => "3.2",
                    },
                )
            })
            .collect();
        let (record, _) = with(declared, &values);
        let mut o = RunOptions {
            sensitivity: false,
            ..RunOptions::default()
        };
        o.reader.sweeps = 2000;
        run(&record.unwrap(), Vec::new(), &o, &mut |_| {}).unwrap()
    };
    let (read, shown) = (at(RAISED), at("stream = \"behaviour\""));
    let p = |r: &tertius::findings::Run, role: &str| r.findings.months[77].roles[role];
    let role = catalogue().role("exploiter").unwrap();
    let error = |r: &tertius::findings::Run| r.reading.mc_error[77 * 4 + role.index()];
    let (with, without) = (p(&read, "exploiter"), p(&shown, "exploiter"));
    // Three Monte Carlo errors of the difference.
    let noise = 3.0 * error(&read).hypot(error(&shown));
    println!("FIGURE a rise of a series: {without:.3} to {with:.3}, noise {noise:.3}");
    assert!(with > without + noise, "{with} {without} {noise}");
    assert_eq!(read.findings.series[0].raised_by, ["exploiter"]);
    let o = RunOptions::default();
    let falls = tertius::findings::waterfalls(
        &catalogue(),
        &read.evidence,
        &read.reading,
        &o,
        &[(role, 77)],
    )
    .unwrap();
    let part = falls[0].parts.iter().find(|p| {
        p.row.as_deref() == Some("budget") && p.month.is_some_and(|m| m.to_string() == "2018-06")
    });
    assert!(part.is_some_and(|p| p.nats > 0.1));
}

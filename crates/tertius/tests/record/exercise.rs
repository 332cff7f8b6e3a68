//! What is done with arbitrary bytes: the same here, under proptest, and in `fuzz/`, under a fuzzer.
//! It stands alone, so that both can take it in.

// Beside this file, whoever takes it in.
#[path = "any_record.rs"]
mod any_record;

use std::collections::BTreeSet;

use tertius::findings::{RunOptions, run};
use tertius::record::{CaseFiles, Diagnostic, MemoryFiles, Record, Severity, load};
use tertius::roles::ReaderOptions;
use tertius::vocabulary::{Catalogue, MAX_SETS, Month, When};

/// The files of the valid case.
pub(crate) const VALID: &[(&str, &str)] = &[
    ("case.toml", include_str!("valid/case.toml")),
    ("sources.bib", include_str!("valid/sources.bib")),
    ("acts.csv", include_str!("valid/acts.csv")),
    ("measures.csv", include_str!("valid/measures.csv")),
    ("positions.csv", include_str!("valid/positions.csv")),
    ("statements.csv", include_str!("valid/statements.csv")),
    ("coverage.csv", include_str!("valid/coverage.csv")),
    ("series/energy.csv", include_str!("valid/series/energy.csv")),
    ("series/polls.csv", include_str!("valid/series/polls.csv")),
    (
        "codings/second.csv",
        include_str!("valid/codings/second.csv"),
    ),
];

/// Something done with bytes that nobody chose.
pub(crate) type Target = fn(&[u8]);

/// Every target, by name: `fuzz/fuzz_targets/NAME.rs` runs it under a fuzzer.
pub(crate) const TARGETS: &[(&str, Target)] = &[
    ("case_toml", case_toml),
    ("acts", acts),
    ("measures", measures),
    ("positions", positions),
    ("statements", statements),
    ("series", series),
    ("coverage", coverage),
    ("codings", codings),
    ("sources_bib", sources_bib),
    ("dates", dates_of),
    ("catalogue", catalogue),
    ("whole_case", whole_case),
    ("reading", reading),
];

pub(crate) fn case_toml(bytes: &[u8]) {
    file(VALID, "case.toml", bytes);
}

pub(crate) fn acts(bytes: &[u8]) {
    file(VALID, "acts.csv", bytes);
}

pub(crate) fn measures(bytes: &[u8]) {
    file(VALID, "measures.csv", bytes);
}

pub(crate) fn positions(bytes: &[u8]) {
    file(VALID, "positions.csv", bytes);
}

pub(crate) fn statements(bytes: &[u8]) {
    file(VALID, "statements.csv", bytes);
}

pub(crate) fn series(bytes: &[u8]) {
    file(VALID, "series/energy.csv", bytes);
}

pub(crate) fn coverage(bytes: &[u8]) {
    file(VALID, "coverage.csv", bytes);
}

pub(crate) fn codings(bytes: &[u8]) {
    file(VALID, "codings/second.csv", bytes);
}

pub(crate) fn sources_bib(bytes: &[u8]) {
    file(VALID, "sources.bib", bytes);
}

pub(crate) fn dates_of(bytes: &[u8]) {
    dates(&String::from_utf8_lossy(bytes));
}

/// A role catalogue: what is accepted has sets that can be read.
pub(crate) fn catalogue(bytes: &[u8]) {
    let Ok(catalogue) = Catalogue::parse(&String::from_utf8_lossy(bytes)) else {
        return;
    };
    let sets = catalogue.sets();
    assert!(!sets.is_empty() && sets.len() <= MAX_SETS);
    let order = |s: &tertius::vocabulary::RoleSet| (s.len(), s.bits());
    assert!(sets.windows(2).all(|w| order(&w[0]) < order(&w[1])));
    for role in catalogue.roles() {
        let spec = catalogue.spec(role);
        assert_eq!(catalogue.role(&spec.id), Some(role));
        assert!(spec.onset.is_finite() && spec.dwell.is_finite());
    }
    for class in catalogue.classes() {
        assert!(class.effects.keys().all(|r| catalogue.role(r).is_some()));
    }
}

/// Before each file of a case that is one run of bytes stands this character, then its path and a line
/// end.
const FILE: u8 = 0x1c;

fn split(bytes: &[u8]) -> MemoryFiles {
    let parts = bytes.split(|b| *b == FILE).skip(1);
    let one = |part: &[u8]| {
        let end = part.iter().position(|b| *b == b'\n').unwrap_or(part.len());
        let path = String::from_utf8_lossy(&part[..end]).into_owned();
        (
            path,
            part[end.min(part.len())..]
                .iter()
                .skip(1)
                .copied()
                .collect::<Vec<u8>>(),
        )
    };
    parts.map(one).collect()
}

/// A whole case as one run of bytes.
pub(crate) fn joined(files: &[(&str, &str)]) -> Vec<u8> {
    let mut bytes = Vec::new();
    for (path, text) in files {
        bytes.push(FILE);
        bytes.extend(path.bytes().chain([b'\n']).chain(text.bytes()));
    }
    bytes
}

pub(crate) fn whole_case(bytes: &[u8]) {
    checked(&split(bytes));
}

/// A record of arbitrary rows, and what the engine finds in it: probabilities, or nothing. Every other one
/// is sampled, though not for long.
pub(crate) fn reading(bytes: &[u8]) {
    let (record, problems) = load(&any_record::files(bytes), None);
    let record = record.unwrap_or_else(|| panic!("every row is well formed: {problems:#?}"));
    let options = RunOptions {
        reader: ReaderOptions {
            fast: bytes.len().is_multiple_of(2),
            warm_up: 5,
            sweeps: 20,
            ..ReaderOptions::default()
        },
        evidence_draws: 2,
        sensitivity: false,
        ..RunOptions::default()
    };
    let run = run(&record, problems, &options, &mut |_| {}).expect("a checked record is read");
    assert_eq!(run.findings.months.len(), record.case.span.len());
    for month in &run.findings.months {
        for p in month.roles.values().chain(month.filtered.values()) {
            assert!((0.0..=1.0).contains(p), "{p} in {}", month.month);
        }
        for p in month
            .sets
            .iter()
            .map(|s| s.p)
            .chain(month.conflict_performed)
        {
            assert!((0.0..=1.0 + 1e-9).contains(&p), "{p} in {}", month.month);
        }
    }
    for waterfall in &run.findings.waterfalls {
        let sum: f64 = waterfall.parts.iter().map(|p| p.nats).sum();
        assert!(
            (sum - waterfall.log_odds).abs() < 1e-6,
            "{sum}, not {}",
            waterfall.log_odds
        );
    }
}

/// Reads the case with these bytes in the place of one file, and checks what holds of any case.
pub(crate) fn file(valid: &[(&str, &str)], path: &str, bytes: &[u8]) {
    let mut files: MemoryFiles = valid.iter().copied().collect();
    files.insert(path, bytes);
    checked(&files);
}

fn checked(files: &dyn CaseFiles) {
    let (record, problems) = load(files, None);
    let errors = problems.iter().any(|d| d.severity == Severity::Error);
    assert_eq!(
        record.is_some(),
        !errors,
        "a record is made if and only if there is no error"
    );
    check(&problems);
    if let Some(record) = &record {
        whole(record);
    }
    let (_, again) = load(files, None);
    assert!(problems == again, "the same case, the same problems");
}

/// What holds of any record.
fn whole(record: &Record) {
    let ids: BTreeSet<&str> = record.cited().map(|c| c.id.as_str()).collect();
    assert_eq!(ids.len(), record.cited().count(), "ids are unique");
    for cited in record.cited() {
        assert!(!cited.sources.is_empty(), "{} is cited", cited.id);
        for key in &cited.sources {
            assert!(
                record.sources.by_key.contains_key(key),
                "{key} can be found"
            );
        }
    }
    for series in &record.series {
        let inside = |v: f64| series.spec.lower <= v && v <= series.spec.upper;
        assert!(series.values.iter().filter_map(|v| v.value).all(inside));
        for month in record.case.span.months().take(24) {
            let _ = series.at(month);
        }
    }
}

fn check(problems: &[Diagnostic]) {
    for d in problems {
        assert_eq!(d.severity, d.id.severity());
        let words: Vec<&str> = d.fields.keys().map(String::as_str).collect();
        let mut promised = d.id.fields().to_vec();
        promised.sort_unstable();
        assert_eq!(words, promised, "the words of {}", d.id);
        let shown = d
            .fields
            .values()
            .chain([&d.place.file])
            .chain(&d.place.column);
        for word in shown {
            assert!(!word.contains(char::is_control), "{word:?} moves no cursor");
            assert!(word.chars().count() <= 121 * 10, "{} is short", d.id);
        }
    }
    let mut order: Vec<_> = problems
        .iter()
        .map(|d| (&d.place.file, d.place.row))
        .collect();
    let found = order.clone();
    order.sort();
    assert_eq!(found, order, "problems come by file and row");
}

/// Dates and months: what is read is printed so that it is read again.
pub(crate) fn dates(text: &str) {
    if let Ok(when) = text.parse::<When>() {
        assert_eq!(when.to_string().parse(), Ok(when));
        assert!(when.first_day() <= when.last_day());
    }
    if let Ok(month) = text.parse::<Month>() {
        assert_eq!(month.to_string(), text);
        assert_eq!(
            (month + 1).until(month),
            if text == "9999-12" { 0 } else { -1 }
        );
    }
}

/// Bibliographies that a reader by recursion, or one that writes all out, does not survive.
pub(crate) fn deep_bibliographies() -> Vec<(&'static str, String)> {
    let doubling: String = (1..64)
        .map(|i| format!("@string{{a{i} = a{} # a{}}}\n", i - 1, i - 1))
        .collect();
    let entry =
        |title: &str| format!("@book{{deep, title = {title}, year = 2015, publisher = {{P}}}}\n");
    vec![
        (
            "a loop",
            format!("@string{{a = b}}\n@string{{b = a}}\n{}", entry("a")),
        ),
        (
            "doubling",
            format!("@string{{a0 = \"x\"}}\n{doubling}{}", entry("a63")),
        ),
        (
            "doubled nothing",
            format!("@string{{a0 = \"\"}}\n{doubling}{}", entry("a63")),
        ),
        (
            "braces",
            entry(&format!("{}{}", "{".repeat(100_000), "}".repeat(100_000))),
        ),
        (
            "commands",
            entry(&format!(
                "{{{}x{}}}",
                "\\a{".repeat(100_000),
                "}".repeat(100_000)
            )),
        ),
        ("open braces", entry(&"{".repeat(100_000))),
    ]
}

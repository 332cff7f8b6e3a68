//! What is done with arbitrary bytes: the same here, under proptest, and in `fuzz/`, under a fuzzer.

use std::collections::BTreeSet;

use tertius::record::{Diagnostic, MemoryFiles, Severity, load};
use tertius::vocabulary::{Month, When};

/// Reads the case with these bytes in the place of one file, and checks what holds of any case.
pub(crate) fn file(valid: &[(&str, &str)], path: &str, bytes: &[u8]) {
    let mut files: MemoryFiles = valid.iter().copied().collect();
    files.insert(path, bytes);
    let (record, problems) = load(&files, None);
    let errors = problems.iter().any(|d| d.severity == Severity::Error);
    assert_eq!(
        record.is_some(),
        !errors,
        "a record is made if and only if there is no error"
    );
    check(&problems);
    if let Some(record) = record {
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
    let (_, again) = load(&files, None);
    assert!(problems == again, "the same case, the same problems");
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

//! What is summed and what is wrong, in words.

use serde_json::Value;
use tertius::findings::PartKind;
use tertius::record::{Diagnostic, DiagnosticId, Place};
use tertius::vocabulary::Lang;
use tertius_report::diagnostics;
use tertius_report::figures::{self, Column};
use tertius_report::page::{PageOptions, report};
use tertius_report::terminal::{self, Look};

use crate::sample;

/// The sum of what has no part of its own is told with its number, in figure and table, and the bars still
/// lead from end to end.
#[test]
fn a_rest_is_one_bar_and_one_line() {
    let mut findings = sample::findings();
    let fall = &mut findings.waterfalls[0];
    let mut rest = fall.parts[1].clone();
    rest.kind = PartKind::Rest;
    (rest.row, rest.count, rest.nats) = (None, Some(7000), 0.75);
    fall.log_odds += rest.nats;
    let tail = fall.parts.split_off(fall.parts.len() - 2);
    fall.parts.push(rest);
    fall.parts.extend(tail);
    let (fall, total) = (fall.clone(), fall.log_odds);
    findings.changes.clear();
    let spec = figures::waterfall(&findings, &fall, Lang::En, Column::Double).unwrap();
    let bars = spec["datasets"]["parts"].as_array().unwrap();
    let of = |b: &Value, key: &str| b[key].as_f64().unwrap();
    for pair in bars.windows(2).take(bars.len() - 2) {
        // Both are written with as many digits as a picture has.
        assert!((of(&pair[0], "to") - of(&pair[1], "from")).abs() < 1e-9);
    }
    let before = &bars[bars.len() - 2];
    assert!((of(before, "to") - total).abs() < 1e-2);
    // Ten of twenty-five rows and silences have a bar.
    assert!(bars.iter().any(|b| b["label"] == "7015 more"), "{spec}");
    let page = report(&findings, Lang::En, &PageOptions::default()).unwrap();
    assert!(page.contains("7000 more") && !page.contains("7000 more, of less"));
    let text = terminal::waterfall(&findings, &fall, false, Lang::En, Look::PLAIN);
    let all = terminal::waterfall(&findings, &fall, true, Lang::En, Look::PLAIN);
    assert!(all.lines().count() > text.lines().count() && all.contains("+0.750  the rest"));
}

/// Neither the names that programs give to what is wrong, nor a word that announces what does not come.
#[test]
fn sentences_have_no_codes_and_announce_nothing_that_is_not_there() {
    let at = Place::file("acts.csv").row(3).column("note");
    let said = |id, field: &str, value: &str, lang| {
        let problem = Diagnostic::new(id, at.clone()).with(field, value);
        diagnostics::sentence(&problem, lang)
    };
    for lang in Lang::ALL {
        for code in ["unterminated-quote", "text-after-quote", "empty-file"] {
            let said = said(DiagnosticId::NotCsv, "reason", code, lang);
            assert!(!said.contains(code), "{said}");
        }
        for code in ["too-long", "field-too-long", "braces-too-deep"] {
            let said = said(DiagnosticId::NotBib, "reason", code, lang);
            assert!(!said.contains(code), "{said}");
        }
        for &id in DiagnosticId::ALL
            .iter()
            .filter(|id| id.fields().contains(&"nearest"))
        {
            let (with, without) = (
                said(id, "nearest", "x9", lang),
                said(id, "nearest", "", lang),
            );
            assert!(with.ends_with("x9"), "{with}");
            let shorter =
                with.starts_with(&without) && without.chars().count() + 4 < with.chars().count();
            assert!(
                shorter && !without.ends_with([':', '：', ';', '；', ' ']),
                "{without}"
            );
        }
        let panel = |detail: &str| {
            let problem = Diagnostic::new(DiagnosticId::PanelUnanswered, at.clone());
            let problem = problem.with("value", "p").with("kind", "unknown");
            diagnostics::sentence(&problem.with("detail", detail), lang)
        };
        assert!(panel("x9").ends_with("x9") && !panel("–").contains('–'));
    }
}

/// What a person writes most often wrong is told in words that say what to do.
#[test]
fn a_sentence_says_what_to_do() {
    let said = |id, file: &str, fields: &[(&str, &str)]| {
        let problem = Diagnostic::new(id, Place::file(file).row(2).column("c"));
        let problem = fields
            .iter()
            .fold(problem, |p, (name, value)| p.with(name, value));
        [Lang::En, Lang::Zh].map(|lang| diagnostics::sentence(&problem, lang))
    };
    let range = |low, high| {
        let fields = [("value", "3"), ("low", low), ("high", high)];
        said(DiagnosticId::OutOfRange, "series/a.csv", &fields)
    };
    assert_eq!(range("0", ""), ["3 is below 0", "3 低于 0"]);
    assert_eq!(range("", "1"), ["3 is above 1", "3 高于 1"]);
    assert_eq!(range("0", "1"), ["3 is outside 0 to 1", "3 超出 0 至 1"]);
    let [series, _] = said(DiagnosticId::MissingFile, "series/a.csv", &[]);
    assert!(series.contains("case.toml declares it"), "{series}");
    let [acts, _] = said(DiagnosticId::MissingFile, "acts.csv", &[]);
    assert!(acts.contains("every case has it"), "{acts}");
    for (divided, word) in [
        ("semicolons", "\"USA;AUS\""),
        ("commas", "comma"),
        ("tabs", "tab"),
    ] {
        let fields = [("cells", "9"), ("columns", "8"), ("divided", divided)];
        let [ragged, _] = said(DiagnosticId::RaggedRow, "acts.csv", &fields);
        assert!(ragged.contains(word), "{ragged}");
    }
    let fields = [("value", "www.a.org"), ("nearest", "https://www.a.org")];
    let [url, _] = said(DiagnosticId::BadUrl, "sources.bib", &fields);
    assert!(url.ends_with("write https://www.a.org"), "{url}");
    let [column, _] = said(
        DiagnosticId::MissingColumn,
        "acts.csv",
        &[("nearest", "severty")],
    );
    assert!(column.contains("severty"), "{column}");
    let [lacks, _] = said(
        DiagnosticId::SourceIncomplete,
        "sources.bib",
        &[("value", "x"), ("lacks", "url")],
    );
    assert!(
        lacks.contains("doi") && lacks.contains("journal"),
        "{lacks}"
    );
}

//! What a whole case holds.

use tertius::record::{DiagnosticId as Id, LeftOut, Record, Severity};
use tertius::vocabulary::{Lang, Month, Observed};

use crate::case::{Case, VALID};

/// Two texts are one; if not, shows where they part.
fn assert_same(found: &str, expected: &str, what: &str) {
    let shared = found
        .bytes()
        .zip(expected.bytes())
        .take_while(|(a, b)| a == b)
        .count();
    let shown = |t: &str| {
        String::from_utf8_lossy(&t.as_bytes()[shared..])
            .chars()
            .take(80)
            .collect::<String>()
    };
    assert!(
        found == expected,
        "{what}: {:?} for {:?}",
        shown(found),
        shown(expected)
    );
}

fn month(text: &str) -> Month {
    text.parse().unwrap()
}

/// All that a record says, but for row numbers and fingerprints.
fn said(record: &Record) -> String {
    let mut text = String::new();
    let mut put = |thing: &dyn std::fmt::Debug| text.push_str(&format!("{thing:?}\n"));
    put(&record.behaviours);
    put(&record.conditions);
    put(&record.surroundings);
    put(&record.measures);
    put(&record.positions);
    put(&record.statements);
    put(&record.series);
    put(&record.coverage);
    put(&record.codings);
    put(&record.sources.by_key);
    let row = |s: &str| {
        s.strip_prefix("row: ")
            .and_then(|s| s.split_once(','))
            .map(|r| r.1.to_owned())
    };
    let parts = text.split_inclusive(' ').collect::<String>();
    let mut kept = String::new();
    let mut rest = parts.as_str();
    while let Some(at) = rest.find("row: ") {
        kept.push_str(&rest[..at]);
        let after = row(&rest[at..]).unwrap();
        rest = &rest[rest.len() - after.len()..];
    }
    kept + rest
}

#[test]
fn a_whole_case_is_read_without_a_word() {
    let (record, problems) = Case::valid().load();
    assert_eq!(problems, []);
    let record = record.unwrap();
    let counts = [
        record.behaviours.len(),
        record.conditions.len(),
        record.surroundings.len(),
        record.measures.len(),
        record.positions.len(),
        record.statements.len(),
        record.series.len(),
        record.coverage.len(),
        record.codings.len(),
        record.sources.by_key.len(),
        record.inputs.len(),
        record.hidden,
    ];
    assert_eq!(counts, [3, 1, 1, 2, 2, 4, 2, 3, 14, 2, VALID.len(), 0]);
}

#[test]
fn an_act_is_read_cell_by_cell() {
    let record = Case::valid().record();
    let act = &record.behaviours[0];
    assert_eq!(act.cited.id, "a1");
    assert_eq!((act.cited.file.as_str(), act.cited.row), ("acts.csv", 2));
    assert_eq!(act.date.to_string(), "2014-03-18");
    assert_eq!(act.cited.known_from.to_string(), "2014-03-18");
    assert_eq!(act.actors[0].code(), "JPN");
    assert_eq!(
        (act.class.as_str(), act.severity, act.issue),
        ("support", 2, Some(0))
    );
    assert_eq!(act.cited.description.get(Lang::Zh), "外相谴责吞并。");
    assert_eq!(act.cited.episode.as_deref(), Some("crimea"));
    assert!(act.cited.checked);
    // A month is known when it is over, an interval when it ends, a row with a day of its own on that day.
    assert_eq!(
        record.behaviours[1].cited.known_from.to_string(),
        "2014-05-31"
    );
    assert_eq!(
        record.surroundings[0].cited.known_from.to_string(),
        "2014-08-31"
    );
    assert_eq!(
        record.conditions[0].cited.known_from.to_string(),
        "2014-04-12"
    );
}

#[test]
fn a_measure_carries_its_answer() {
    let record = Case::valid().record();
    let answer = record.measures[0].answer.unwrap();
    assert_eq!(answer.date.to_string(), "2014-03-18");
    assert_eq!(
        (answer.grade, answer.grade_date.to_string().as_str()),
        (3, "2014-04-29")
    );
    assert_eq!(record.measures[1].answer, None);
    // Where no day is given for the grade, it was reached with the first step.
    let same = Case::valid()
        .cell("measures.csv", 2, "grade_date", "")
        .record();
    assert_eq!(
        same.measures[0].answer.unwrap().grade_date.to_string(),
        "2014-03-18"
    );
}

#[test]
fn the_bibliography_is_read_without_tex() {
    let record = Case::valid().record();
    let book = &record.sources.by_key["book2015"];
    assert_eq!(book.author, "Anna Müller; Wei Li");
    assert_eq!((book.date.as_str(), book.line), ("2015", 10));
    let wire = &record.sources.by_key["wire20140318"];
    assert_eq!(wire.author, "A News Agency");
    assert_eq!(
        wire.url.as_deref(),
        Some("https://example.org/2014/03/18?id=1")
    );
}

#[test]
fn the_order_of_rows_changes_nothing() {
    let mut turned = Case::valid();
    for (path, text) in VALID.iter().filter(|(p, _)| p.ends_with(".csv")) {
        let mut lines: Vec<&str> = text.lines().collect();
        lines[1..].reverse();
        turned = turned.with(path, lines.join("\n"));
    }
    assert_same(
        &said(&turned.record()),
        &said(&Case::valid().record()),
        "order",
    );
}

#[test]
fn the_order_of_columns_changes_nothing() {
    let mut turned = Case::valid();
    for (path, text) in VALID.iter().filter(|(p, _)| p.ends_with(".csv")) {
        let turn = |line: &str| line.split(',').rev().collect::<Vec<_>>().join(",");
        turned = turned.with(path, text.lines().map(turn).collect::<Vec<_>>().join("\n"));
    }
    assert_same(
        &said(&turned.record()),
        &said(&Case::valid().record()),
        "order",
    );
}

#[test]
fn line_ends_marks_and_delimiters_change_nothing() {
    let whole = said(&Case::valid().record());
    let everywhere = |change: &dyn Fn(&str) -> String| {
        let mut case = Case::valid();
        for (path, text) in VALID.iter().filter(|(p, _)| p.ends_with(".csv")) {
            case = case.with(path, change(text));
        }
        said(&case.record())
    };
    assert_same(&everywhere(&|t| t.replace('\n', "\r\n")), &whole, "CRLF");
    assert_same(&everywhere(&|t| t.replace('\n', "\r")), &whole, "CR alone");
    assert_same(
        &everywhere(&|t| format!("\u{FEFF}{t}")),
        &whole,
        "byte-order mark",
    );
    assert_same(
        &everywhere(&|t| t.replace('\n', "\n\n\n")),
        &whole,
        "empty lines",
    );
    assert_same(&everywhere(&|t| t.replace('\n', ",,\n")), &whole, "padding");
    assert_same(&everywhere(&|t| t.replace(',', " , ")), &whole, "blanks");
    assert_same(&everywhere(&|t| t.replace(',', "\t")), &whole, "tabs");
    // What stands between codes must then be quoted, and a point may be a comma.
    let semicolons = |text: &str| {
        let quoted = |c: &str| format!("\"{}\"", c);
        let cell = |c: &str| {
            if c.parse::<f64>().is_ok() {
                c.replace('.', ",")
            } else if c.contains(';') {
                quoted(c)
            } else {
                c.to_owned()
            }
        };
        let line = |l: &str| l.split(',').map(cell).collect::<Vec<_>>().join(";");
        text.lines().map(line).collect::<Vec<_>>().join("\r\n")
    };
    assert_same(
        &everywhere(&semicolons),
        &whole,
        "semicolons and decimal commas",
    );
    let toml = Case::valid().text("case.toml");
    let bib = Case::valid().text("sources.bib");
    let marked = Case::valid()
        .with(
            "case.toml",
            format!("\u{FEFF}{}", toml.replace('\n', "\r\n")),
        )
        .with(
            "sources.bib",
            format!("\u{FEFF}{}", bib.replace('\n', "\r\n")),
        );
    assert_same(&said(&marked.record()), &whole, "case.toml and sources.bib");
}

#[test]
fn an_unknown_column_is_told_and_nothing_is_lost() {
    let widened = Case::valid().text("acts.csv").replace('\n', ",extra\n");
    let case = Case::valid().with("acts.csv", widened.replacen(",extra", ",Confidence", 1));
    let problems = case.problems();
    assert_eq!(problems.len(), 1);
    assert_eq!(problems[0].id, Id::UnknownColumn);
    assert_eq!(problems[0].fields["nearest"], "confidence");
    assert_same(
        &said(&case.record()),
        &said(&Case::valid().record()),
        "order",
    );
}

#[test]
fn the_as_of_month_hides_what_was_known_later() {
    let (record, problems) = Case::valid().as_of("2014-06").load();
    let record = record.unwrap();
    let told: Vec<_> = problems.iter().map(|d| (d.id, d.severity)).collect();
    assert_eq!(told, [(Id::HiddenRows, Severity::Note); 3]);
    // The visit offered in July and August, the measure of July, and the value published in September.
    assert!(problems.iter().all(|d| d.fields["count"] == "1"));
    assert_eq!(record.hidden, 3);
    let later = |l: &LeftOut| (l.known_later, l.answers_later, l.before_span, l.after_span);
    let files: Vec<_> = record
        .left_out
        .iter()
        .map(|l| (l.file.as_str(), later(l)))
        .collect();
    let expected = ["acts.csv", "measures.csv", "series/energy.csv"].map(|f| (f, (1, 0, 0, 0)));
    assert_eq!(files, expected);
    assert!(record.surroundings.is_empty());
    assert_eq!(record.measures.len(), 1);
    assert_eq!(record.case.span.last(), month("2014-06"));
    // A row known from the last day of the month is known in it; a day later it is not.
    let of_may = |as_of| {
        let record = Case::valid().as_of(as_of).record();
        record.behaviours.iter().any(|b| b.cited.id == "a2")
    };
    assert!(of_may("2014-05"));
    assert!(!of_may("2014-04"));
    // An answer of which the grade was not yet reached, and second codings of hidden rows, are hidden too.
    let april = Case::valid().as_of("2014-03").record();
    assert_eq!(april.measures[0].answer, None);
    assert!(april.codings.iter().all(|c| c.id != "a4" && c.id != "s1"));
    // Nor is another coder's answer compared with one that is hidden; the measure itself still is.
    let of_m1: Vec<&str> = april
        .codings
        .iter()
        .filter(|c| c.id == "m1")
        .map(|c| c.field.as_str())
        .collect();
    assert_eq!(of_m1, ["grade"]);
}

#[test]
fn a_month_of_a_series_is_observed_missing_or_outside() {
    let record = Case::valid().record();
    let energy = record.condition_series("dependence").unwrap();
    let at = |m: &str| energy.at(month(m)).map(|v| v.value);
    assert_eq!(at("2012-01"), Observed::Observed(Some(0.1)));
    assert_eq!(at("2012-12"), Observed::Observed(Some(0.1)));
    assert_eq!(at("2013-06"), Observed::Missing);
    assert_eq!(at("2014-06"), Observed::Observed(Some(0.2)));
    assert_eq!(at("2014-07"), Observed::OutsideCoverage);
    assert_eq!(at("2011-12"), Observed::OutsideCoverage);
}

#[test]
fn a_value_is_known_after_its_lag_and_grows_old() {
    let record = Case::valid().record();
    let energy = record.condition_series("dependence").unwrap();
    let known = |m: &str, age| energy.known_before(month(m), age).map(|v| v.value);
    // 2012 is known at the end of February 2013: two months after its end.
    assert_eq!(known("2013-02", 12), Observed::OutsideCoverage);
    assert_eq!(known("2013-03", 12), Observed::Observed(Some(0.1)));
    assert_eq!(known("2013-12", 12), Observed::Observed(Some(0.1)));
    assert_eq!(known("2014-01", 12), Observed::OutsideCoverage);
    // 2013 was published without a value.
    assert_eq!(known("2014-03", 12), Observed::Missing);
    // The half-year says itself when it was published: on the first of September, so for October.
    assert_eq!(known("2014-09", 12), Observed::Missing);
    assert_eq!(known("2014-10", 12), Observed::Observed(Some(0.2)));
}

#[test]
fn of_periods_that_overlap_the_finer_one_speaks() {
    let case = Case::valid().append(
        "series/energy.csv",
        "2012-01,0.3,,,,book2015,\n2012-06-15,0.4,,,,book2015,\n",
    );
    let record = case.record();
    let energy = record.condition_series("dependence").unwrap();
    let at = |m: &str| energy.at(month(m)).map(|v| v.value);
    assert_eq!(at("2012-01"), Observed::Observed(Some(0.3)));
    assert_eq!(at("2012-06"), Observed::Observed(Some(0.4)));
    assert_eq!(at("2012-07"), Observed::Observed(Some(0.1)));
}

#[test]
fn silence_speaks_only_where_everything_was_gone_through() {
    let record = Case::valid().record();
    // The row of the class goes before the row of the table.
    assert!(record.exhaustive("support", month("2014-06")));
    assert!(!record.exhaustive("support", month("2014-07")));
    assert!(!record.exhaustive("hard_line", month("2014-03")));
    assert!(record.exhaustive("answers", month("2014-12")));
    assert!(!record.exhaustive("answers", month("2015-01")));
    assert!(record.searched("hard_line", month("2014-12")));
    assert!(!record.searched("hard_line", month("2015-01")));
    // A row on acts says nothing of answers.
    let fewer = Case::valid()
        .replace("coverage.csv", "answers,", "measures,")
        .record();
    assert!(!fewer.searched("answers", month("2014-03")));
}

#[test]
fn text_is_kept_letter_for_letter() {
    let long = "很长的一句话。".repeat(20_000);
    for text in [
        "two\nlines, with \"marks\" and ; and ,",
        "<script>alert(1)</script>",
        "=cmd|' /C calc'!A0",
        "{{7*7}} ${x} %s \\0",
        long.as_str(),
    ] {
        let record = Case::valid()
            .cell("acts.csv", 2, "description", text)
            .record();
        assert_eq!(record.behaviours[0].cited.description.en, text);
    }
}

#[test]
fn inputs_carry_the_sha_256_of_their_bytes() {
    let case = Case::valid().with("codings/second.csv", "table,id,field,value,coder\n");
    let record = case.record();
    let paths: Vec<&str> = record.inputs.iter().map(|i| i.path.as_str()).collect();
    assert!(paths.is_sorted());
    let input = record
        .inputs
        .iter()
        .find(|i| i.path == "codings/second.csv")
        .unwrap();
    // sha256sum of the 27 bytes above.
    assert_eq!(input.bytes, 27);
    assert_eq!(
        input.sha256,
        "9d086857e1d381e3eedeb89984cbe9a7e54710c5beafac870f4909eacdbafe4d"
    );
}

#[test]
fn files_of_the_file_manager_are_left_alone() {
    let case = Case::valid()
        .with("series/._energy.csv", vec![0, 5, 22, 7])
        .with("codings/.hidden.csv", "x")
        .with("series/readme.txt", "x")
        .with("README.md", "x");
    assert_eq!(case.problems(), []);
}

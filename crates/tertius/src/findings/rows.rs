//! The rows of a record as findings show them.

use std::collections::{BTreeMap, BTreeSet};

use super::{RowFinding, SeriesFinding, SeriesPoint, SourceFinding};
use crate::record::{Act, Cited, PositionKind, Record, SeriesStream, Side, StatementKind};
use crate::vocabulary::{Actor, Month, Stream, Text, When};

/// Names of the actors that rows name.
pub(super) fn actors(record: &Record) -> BTreeMap<String, Text> {
    let registry = &record.case.registry;
    let triad = &record.case.triad;
    let mut all: BTreeSet<&Actor> = [triad.ally(), triad.patron(), triad.rival()].into();
    all.extend(&record.case.coalition);
    all.extend(acts(record).flat_map(|(_, a)| a.actors.iter().chain(&a.targets)));
    all.extend(record.statements.iter().flat_map(|s| &s.speakers));
    all.into_iter()
        .map(|a| (a.code().to_owned(), registry.name(a)))
        .collect()
}

fn acts(record: &Record) -> impl Iterator<Item = (Stream, &Act)> {
    let class = |a: &Act| {
        record
            .case
            .catalogue
            .class(a.class.as_str())
            .map_or(Stream::Context, |c| c.stream)
    };
    let behaviours = record.behaviours.iter().map(|a| &**a);
    let conditions = record.conditions.iter().map(|a| &**a);
    let rest = record.surroundings.iter().map(|a| &**a);
    behaviours
        .chain(conditions)
        .chain(rest)
        .map(move |a| (class(a), a))
}

fn plain(cited: &Cited, table: &str, date: When, code: &str) -> RowFinding {
    RowFinding {
        id: cited.id.clone(),
        table: table.to_owned(),
        row: cited.row,
        date,
        actors: Vec::new(),
        targets: Vec::new(),
        code: code.to_owned(),
        stream: None,
        issue: None,
        severity: None,
        episode: cited.episode.clone(),
        description: cited.description.clone(),
        sources: cited.sources.clone(),
        quote: cited.quote.clone(),
        locator: cited.locator.clone(),
        checked: cited.checked,
        coder: cited.coder.clone(),
        more: BTreeMap::new(),
    }
}

fn codes(actors: &[Actor]) -> Vec<String> {
    actors.iter().map(|a| a.code().to_owned()).collect()
}

/// Every cited row, by date and id.
pub(super) fn rows(record: &Record) -> Vec<RowFinding> {
    let issue = |i: usize| record.case.issues[i].id.clone();
    let mut all = Vec::new();
    for (stream, a) in acts(record) {
        let mut row = plain(&a.cited, "acts", a.date, a.class.as_str());
        row.actors = codes(&a.actors);
        row.targets = codes(&a.targets);
        row.stream = Some(stream);
        row.issue = a.issue.map(issue);
        row.severity = Some(a.severity);
        let more = [
            ("beneficiary", &a.beneficiary),
            ("justification", &a.justification),
        ];
        for (name, value) in more {
            row.more.extend(value.clone().map(|v| (name.to_owned(), v)));
        }
        all.push(row);
    }
    for m in &record.measures {
        let mut row = plain(&m.cited, "measures", m.date, "measure");
        row.actors = codes(&m.issuers);
        row.targets = vec![record.case.triad.rival().code().to_owned()];
        row.severity = Some(m.grade);
        if let Some(a) = m.answer {
            row.more.insert("answer_date".into(), a.date.to_string());
            row.more.insert("answer_grade".into(), a.grade.to_string());
            row.more
                .insert("grade_date".into(), a.grade_date.to_string());
        }
        row.more
            .extend(m.exemptions.clone().map(|x| ("exemptions".to_owned(), x)));
        row.sources.extend(m.answer_sources.iter().cloned());
        all.push(row);
    }
    for p in &record.positions {
        let kind = match p.kind {
            PositionKind::Preference => "preference",
            PositionKind::Expectation => "expectation",
        };
        let mut row = plain(&p.cited, "positions", p.date, kind);
        row.actors = codes(std::slice::from_ref(&p.actor));
        row.issue = Some(issue(p.issue));
        for (name, x) in [
            ("value", p.value),
            ("low", p.low),
            ("high", p.high),
            ("salience", p.salience),
        ] {
            row.more.insert(name.into(), x.to_string());
        }
        all.push(row);
    }
    for s in &record.statements {
        let kind = match s.kind {
            StatementKind::Expected => "expected",
            StatementKind::Declared => "declared",
            StatementKind::RivalView => "rival_view",
            StatementKind::ThirdView => "third_view",
        };
        let mut row = plain(&s.cited, "statements", s.date, kind);
        row.actors = codes(&s.speakers);
        row.more.insert(
            "role".into(),
            s.role.clone().unwrap_or_else(|| "none".into()),
        );
        all.push(row);
    }
    all.sort_by(|a, b| (a.date.first_day(), &a.id).cmp(&(b.date.first_day(), &b.id)));
    all
}

/// The bibliography, with the rows that cite each entry.
pub(super) fn sources(record: &Record) -> Vec<SourceFinding> {
    let mut citing: BTreeMap<&str, BTreeSet<String>> = BTreeMap::new();
    for row in record.cited() {
        for key in &row.sources {
            citing.entry(key).or_default().insert(row.id.clone());
        }
    }
    for m in &record.measures {
        for key in &m.answer_sources {
            citing.entry(key).or_default().insert(m.cited.id.clone());
        }
    }
    record
        .sources
        .by_key
        .values()
        .map(|s| SourceFinding {
            key: s.key.clone(),
            author: s.author.clone(),
            title: s.title.clone(),
            date: s.date.clone(),
            url: s.url.clone(),
            container: s.container.clone(),
            rows: citing
                .remove(s.key.as_str())
                .unwrap_or_default()
                .into_iter()
                .collect(),
        })
        .collect()
}

/// The series.
pub(super) fn series(record: &Record) -> Vec<SeriesFinding> {
    record
        .series
        .iter()
        .map(|s| SeriesFinding {
            id: s.spec.id.clone(),
            name: s.spec.name.clone(),
            unit: s.spec.unit.clone(),
            indicator: s.spec.indicator.clone(),
            stream: match s.spec.stream {
                SeriesStream::Condition => "condition",
                SeriesStream::Behaviour => "behaviour",
                SeriesStream::Display => "display",
            }
            .to_owned(),
            method: s.spec.method.clone(),
            raised_by: s.spec.raised_by.clone(),
            measures: s.spec.measures.map(|m| {
                match m.side {
                    Side::Ally => "ally",
                    Side::Patron => "patron",
                    Side::Between => "between",
                }
                .to_owned()
            }),
            values: s
                .values
                .iter()
                .map(|v| SeriesPoint {
                    period: v.period,
                    value: v.value,
                    interval: v.low.zip(v.high).map(|(a, b)| [a, b]),
                    known_from: Month::of(v.known_from),
                    sources: v.sources.clone(),
                })
                .collect(),
        })
        .collect()
}

//! From the files of a case to a checked record.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

use super::case::{self, Case, Draft, SeriesStream, Side};
use super::diagnostic::{Diagnostic, DiagnosticId as Id, Place};
use super::files::{CaseFiles, Got, InputFile, Reader};
use super::left_out::{LeftOut, hide_later, report_outside};
use super::panels::{self, NoPanels, Panels};
use super::problems::Problems;
use super::rows::{
    Behaviour, Cited, Coding, Condition, Coverage, Measure, Position, Series, Statement,
    Surrounding,
};
use super::sources::{self, Sources};
use super::tables::{self, Context, TABLES};
use crate::vocabulary::{ClassId, Month, Stream, When, nearest};

/// A checked record: what was known at the as-of month, in canonical order.
#[derive(Clone, Debug)]
pub struct Record {
    /// Who, when, what over.
    pub case: Case,
    /// What the ally did: the only evidence of its roles.
    pub behaviours: Vec<Behaviour>,
    /// What may explain its roles.
    pub conditions: Vec<Condition>,
    /// What it got, and what happened around it.
    pub surroundings: Vec<Surrounding>,
    /// The patron's measures and the ally's answers.
    pub measures: Vec<Measure>,
    /// Declared positions.
    pub positions: Vec<Position>,
    /// Role words.
    pub statements: Vec<Statement>,
    /// Series, in the order in which the case declares them.
    pub series: Vec<Series>,
    /// What was searched.
    pub coverage: Vec<Coverage>,
    /// Second codings.
    pub codings: Vec<Coding>,
    /// The bibliography.
    pub sources: Sources,
    /// Files read.
    pub inputs: Vec<InputFile>,
    /// Rows that the as-of month hides.
    pub hidden: usize,
    /// What of each file is not read, of those of which something is not.
    pub left_out: Vec<LeftOut>,
}

impl Record {
    /// What every cited row of the record carries: acts first, then measures, positions, statements.
    pub fn cited(&self) -> impl Iterator<Item = &Cited> {
        let acts = self.behaviours.iter().map(|a| &a.cited);
        let acts = acts.chain(self.conditions.iter().map(|a| &a.cited));
        let acts = acts.chain(self.surroundings.iter().map(|a| &a.cited));
        acts.chain(self.measures.iter().map(|m| &m.cited))
            .chain(self.positions.iter().map(|p| &p.cited))
            .chain(self.statements.iter().map(|s| &s.cited))
    }

    /// The series of an indicator, of the side that may explain.
    pub fn condition_series(&self, indicator: &str) -> Option<&Series> {
        self.series
            .iter()
            .find(|s| s.spec.indicator == indicator && s.spec.stream == SeriesStream::Condition)
    }

    /// The series that measure a posture on an issue, and whose.
    pub fn measuring(&self, issue: usize) -> impl Iterator<Item = (&Series, Side)> {
        self.series.iter().filter_map(move |s| {
            let measures = s.spec.measures.filter(|m| m.issue == issue)?;
            (s.spec.stream == SeriesStream::Condition).then_some((s, measures.side))
        })
    }

    /// Whether the months' silence about a class (or `answers`) says that nothing happened.
    pub fn exhaustive(&self, what: &str, month: Month) -> bool {
        let holds = |c: &&Coverage| c.span.index(month).is_some();
        let of = |name: &str| self.coverage.iter().filter(holds).find(|c| c.what == name);
        let table = if what == "answers" { None } else { of("acts") };
        of(what).or(table).is_some_and(|c| c.exhaustive)
    }

    /// Whether any coverage row speaks of a class (or `answers`) in this month.
    pub fn searched(&self, what: &str, month: Month) -> bool {
        let holds = |c: &Coverage| c.span.index(month).is_some();
        self.coverage.iter().any(|c| c.speaks_of(what) && holds(c))
    }

    /// The classes that are evidence, in the catalogue's order.
    pub fn behaviour_classes(&self) -> Vec<ClassId> {
        self.case
            .catalogue
            .behaviour()
            .into_iter()
            .map(|c| c.id.clone())
            .collect()
    }
}

/// Reads and checks a case. `as_of` overrides the month of `case.toml`. A record comes back only if no
/// problem is an error; the problems come back always, ordered by file and row.
pub fn load(files: &dyn CaseFiles, as_of: Option<Month>) -> (Option<Record>, Vec<Diagnostic>) {
    load_with(files, &NoPanels, as_of)
}

/// As [`load`], with the series that the case takes from public data.
pub fn load_with(
    files: &dyn CaseFiles,
    panels: &dyn Panels,
    as_of: Option<Month>,
) -> (Option<Record>, Vec<Diagnostic>) {
    let mut out = Problems::default();
    let record = read_all(files, panels, as_of, &mut out);
    let record = record.filter(|_| out.errors() == 0).map(|mut record| {
        hide_later(&mut record, &mut out);
        report_outside(&mut record, &mut out);
        put_in_order(&mut record);
        report_silence(&record, &mut out);
        record
    });
    (record, out.sorted())
}

/// Everything that can be read, whether or not the rest can.
fn read_all(
    files: &dyn CaseFiles,
    panels: &dyn Panels,
    as_of: Option<Month>,
    out: &mut Problems,
) -> Option<Record> {
    let mut reader = Reader::new(files);
    let case = demand(&mut reader, "case.toml", out);
    let bib = demand(&mut reader, "sources.bib", out);
    let acts = demand(&mut reader, "acts.csv", out);
    report_unread(&reader, out);
    let sources = bib.map_or_else(Sources::default, |b| sources::read(&b, out));
    let draft = case::read(case.as_deref(), as_of, out)?;
    let case = &draft.case;
    let mut ctx = Context::new(&draft, &sources);

    if acts.is_none() {
        ctx.note_broken("acts");
    }
    let acts = read_noted(&mut ctx, "acts", acts, tables::acts, out);
    let measures = table(&mut reader, "measures.csv", out);
    let measures = read_noted(&mut ctx, "measures", measures, tables::measures, out);
    let positions = table(&mut reader, "positions.csv", out);
    let positions = read_noted(&mut ctx, "positions", positions, tables::positions, out);
    let statements = table(&mut reader, "statements.csv", out);
    let statements = read_noted(&mut ctx, "statements", statements, tables::statements, out);
    let coverage = table(&mut reader, "coverage.csv", out);
    let coverage = coverage.map(|b| tables::coverage(&mut ctx, &b, out));
    let mut series = Vec::new();
    let mut answered = Vec::new();
    for spec in &case.series {
        if let Some(panel) = &spec.panel {
            if let Some(mut answer) = panels::ask(panels, case, spec, panel, out) {
                reader.inputs.append(&mut answer.inputs);
                answered.push(answer.sources);
                series.push(answer.series);
            }
        } else if let Some(bytes) = demand(&mut reader, &spec.file, out) {
            series.push(tables::series(&mut ctx, spec, &bytes, out));
        }
    }
    report_undeclared(&reader, &draft, out);
    let mut codings = Vec::new();
    let mut seen = BTreeMap::new();
    for name in reader.tables_in("codings", out) {
        let path = format!("codings/{name}");
        if let Some(bytes) = demand(&mut reader, &path, out) {
            codings.extend(tables::codings(&mut ctx, &path, &bytes, &mut seen, out));
        }
    }
    for reading in &case.readings {
        let at = || {
            Place::file("case.toml")
                .row(reading.line)
                .column("readings.source")
        };
        ctx.check_key(&reading.source, at, out);
    }
    check_streams(case, out);
    let cited = ctx.cited;
    // A row with an error may cite what the others do not.
    if out.errors() == 0 {
        sources::report_unused(&sources, &cited, out);
    }

    let mut inputs = reader.inputs;
    inputs.sort_by(|a, b| a.path.cmp(&b.path));
    // Several panels rest on one file.
    inputs.dedup();
    let mut sources = sources;
    for answer in answered {
        panels::add_sources(&mut sources, answer);
    }
    let mut record = Record {
        behaviours: Vec::new(),
        conditions: Vec::new(),
        surroundings: Vec::new(),
        measures,
        positions,
        statements,
        series,
        coverage: coverage.unwrap_or_default(),
        codings,
        sources,
        inputs,
        hidden: 0,
        left_out: Vec::new(),
        case: draft.case,
    };
    for act in acts {
        let class = record.case.catalogue.class(act.class.as_str());
        match class.map(|c| c.stream) {
            Some(Stream::Behaviour) => record.behaviours.push(Behaviour::new(act)),
            Some(Stream::Condition) => record.conditions.push(Condition::new(act)),
            Some(Stream::Outcome | Stream::Context) | None => {
                record.surroundings.push(Surrounding::new(act));
            }
        }
    }
    Some(record)
}

/// A file that must be there.
fn demand<'f>(reader: &mut Reader<'f>, path: &str, out: &mut Problems) -> Option<Cow<'f, [u8]>> {
    got(reader, path, Id::MissingFile, out)
}

/// A table that may be left out.
fn table<'f>(reader: &mut Reader<'f>, path: &str, out: &mut Problems) -> Option<Cow<'f, [u8]>> {
    got(reader, path, Id::AbsentTable, out)
}

fn got<'f>(
    reader: &mut Reader<'f>,
    path: &str,
    absent: Id,
    out: &mut Problems,
) -> Option<Cow<'f, [u8]>> {
    match reader.get(path, out) {
        Got::Bytes(bytes) => return Some(bytes),
        Got::Absent => out.push(Diagnostic::new(absent, Place::file(path))),
        Got::Unreadable => {}
    }
    None
}

/// The rows of a table, and a note for the checks across tables if it had an error.
fn read_noted<'c, T>(
    ctx: &mut Context<'c>,
    name: &'static str,
    bytes: Option<Cow<'_, [u8]>>,
    read: impl FnOnce(&mut Context<'c>, &[u8], &mut Problems) -> Vec<T>,
    out: &mut Problems,
) -> Vec<T> {
    let before = out.errors();
    let rows = bytes.map_or_else(Vec::new, |b| read(ctx, &b, out));
    if out.errors() > before {
        ctx.note_broken(name);
    }
    rows
}

/// A table beside those that are read: most likely one of them under a slip of the pen.
fn report_unread(reader: &Reader<'_>, out: &mut Problems) {
    let known = || TABLES.iter().map(|t| t.file).filter(|f| !f.contains('*'));
    for name in reader.tables_in("", out) {
        if !known().any(|k| k == name) {
            let near = nearest(&name, known()).unwrap_or("");
            let problem = Diagnostic::new(Id::UnknownFile, Place::file(name.clone()));
            out.push(problem.with("nearest", near));
        }
    }
}

fn report_undeclared(reader: &Reader<'_>, draft: &Draft, out: &mut Problems) {
    let declared: BTreeSet<&str> = draft.case.series.iter().map(|s| s.file.as_str()).collect();
    for name in reader.tables_in("series", out) {
        let path = format!("series/{name}");
        if draft.series && !declared.contains(path.as_str()) {
            out.push(Diagnostic::new(Id::UndeclaredSeries, Place::file(path)));
        }
    }
}

/// A series named like a class of acts counts the same thing: what is behaviour as an act can't be a
/// condition as a series, or the other way round.
fn check_streams(case: &Case, out: &mut Problems) {
    for spec in &case.series {
        let class = case.catalogue.class(&spec.indicator).map(|c| c.stream);
        let both = matches!(
            (spec.stream, class),
            (SeriesStream::Condition, Some(Stream::Behaviour))
                | (SeriesStream::Behaviour, Some(Stream::Condition))
        );
        if both {
            let place = Place::file("case.toml")
                .row(spec.line)
                .column("series.indicator");
            out.push(
                Diagnostic::new(Id::BothStreams, place)
                    .with("value", &spec.indicator)
                    .with("first", case.catalogue.id()),
            );
        }
    }
}

/// By date and then by id, so that the order of rows in a file changes nothing.
fn put_in_order(record: &mut Record) {
    fn sort<T>(rows: &mut [T], date: impl Fn(&T) -> When, cited: impl Fn(&T) -> &Cited) {
        rows.sort_by(|a, b| {
            let key = |r| (date(r).first_day(), cited(r).id.as_str());
            key(a).cmp(&key(b))
        });
    }
    sort(&mut record.behaviours, |r| r.date, |r| &r.cited);
    sort(&mut record.conditions, |r| r.date, |r| &r.cited);
    sort(&mut record.surroundings, |r| r.date, |r| &r.cited);
    sort(&mut record.measures, |r| r.date, |r| &r.cited);
    sort(&mut record.positions, |r| r.date, |r| &r.cited);
    sort(&mut record.statements, |r| r.date, |r| &r.cited);
    // No two are equal: a coder who codes a field of a row twice is told, and there is no record.
    record.codings.sort_by(|a, b| {
        fn key(c: &Coding) -> [&str; 4] {
            [&c.table, &c.id, &c.field, &c.coder]
        }
        key(a).cmp(&key(b))
    });
}

fn report_silence(record: &Record, out: &mut Problems) {
    let span = record.case.span;
    let in_span = |b: &Behaviour| {
        Month::of(b.date.first_day()) <= span.last() && span.first() <= Month::of(b.date.last_day())
    };
    if !record.behaviours.iter().any(in_span) {
        out.push(Diagnostic::new(Id::NothingToRead, Place::file("acts.csv")));
    }
    let classes = record.behaviour_classes();
    let meets = |c: &Coverage| c.span.first() <= span.last() && span.first() <= c.span.last();
    let spoken_of = |what: &str| {
        let mut rows = record.coverage.iter();
        rows.any(|c| c.speaks_of(what) && meets(c))
    };
    let all = classes.iter().map(ClassId::as_str).chain(["answers"]);
    let silent: Vec<&str> = all.filter(|what| !spoken_of(what)).collect();
    if !silent.is_empty() {
        let place = Place::file("coverage.csv").column("what");
        out.push(Diagnostic::new(Id::NoCoverage, place).with_names("value", &silent));
    }
}

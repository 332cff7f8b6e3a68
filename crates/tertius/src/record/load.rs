//! From the files of a case to a checked record.

use std::borrow::Cow;

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use super::case::{self, Case, SeriesStream};
use super::diagnostic::{Diagnostic, DiagnosticId as Id, Place, Severity};
use super::rows::{
    Behaviour, Cited, Coding, Condition, Coverage, Measure, Position, Series, Statement,
    Surrounding,
};
use super::sources::{self, Sources};
use super::tables::{self, Context};
use crate::vocabulary::{ClassId, Month, Stream};

/// The files of a case, by path inside it: a folder, a case in the binary, an upload.
pub trait CaseFiles {
    /// The bytes of a file, or nothing if there is none.
    fn bytes(&self, path: &str) -> Option<Cow<'_, [u8]>>;
    /// The names of the files directly in a folder, in any order.
    fn list(&self, folder: &str) -> Vec<String>;
}

/// A file that was read, so that a run can be told from another.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct InputFile {
    /// Path inside the case.
    pub path: String,
    /// SHA-256 of its bytes, in hexadecimal.
    pub sha256: String,
    /// Its size in bytes.
    pub bytes: u64,
}

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

    /// Whether the months' silence about a class (or `answers`) says that nothing happened.
    pub fn exhaustive(&self, what: &str, month: Month) -> bool {
        let holds = |c: &&Coverage| c.span.index(month).is_some();
        let of = |name: &str| self.coverage.iter().filter(holds).find(|c| c.what == name);
        let table = if what == "answers" { None } else { of("acts") };
        of(what).or(table).is_some_and(|c| c.exhaustive)
    }

    /// Whether any coverage row speaks of a class (or `answers`) in this month.
    pub fn searched(&self, what: &str, month: Month) -> bool {
        self.coverage.iter().any(|c| {
            (c.what == what || (c.what == "acts" && what != "answers"))
                && c.span.index(month).is_some()
        })
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

/// Files read one by one, their fingerprints kept.
struct Reader<'f> {
    files: &'f dyn CaseFiles,
    inputs: Vec<InputFile>,
}

impl<'f> Reader<'f> {
    fn get(&mut self, path: &str) -> Option<Cow<'f, [u8]>> {
        let bytes = self.files.bytes(path)?;
        let sha256 = Sha256::digest(&bytes)
            .iter()
            .map(|b| format!("{b:02x}"))
            .collect();
        self.inputs.push(InputFile {
            path: path.to_owned(),
            sha256,
            bytes: bytes.len() as u64,
        });
        Some(bytes)
    }
}

/// Reads and checks a case. `as_of` overrides the month of `case.toml`. A record comes back only if no
/// problem is an error; the problems come back always, ordered by file and row.
pub fn load(files: &dyn CaseFiles, as_of: Option<Month>) -> (Option<Record>, Vec<Diagnostic>) {
    let mut out = Vec::new();
    let record = load_unsorted(files, as_of, &mut out);
    out.sort_by(|a, b| {
        (&a.place.file, a.place.row, a.id, &a.place.column).cmp(&(
            &b.place.file,
            b.place.row,
            b.id,
            &b.place.column,
        ))
    });
    let sound = !out.iter().any(|d| d.severity == Severity::Error);
    (record.filter(|_| sound), out)
}

fn load_unsorted(
    files: &dyn CaseFiles,
    as_of: Option<Month>,
    out: &mut Vec<Diagnostic>,
) -> Option<Record> {
    let mut reader = Reader {
        files,
        inputs: Vec::new(),
    };
    let Some(case) = reader.get("case.toml") else {
        out.push(Diagnostic::new(Id::MissingFile, Place::file("case.toml")));
        return None;
    };
    let case = case::read(&case, as_of, out)?;
    let sources = match reader.get("sources.bib") {
        Some(bytes) => sources::read(&bytes, out),
        None => {
            out.push(Diagnostic::new(Id::MissingFile, Place::file("sources.bib")));
            Sources::default()
        }
    };
    let mut ctx = Context::new(&case, &sources);

    let acts = match reader.get("acts.csv") {
        Some(bytes) => tables::acts(&mut ctx, &bytes, out),
        None => {
            out.push(Diagnostic::new(Id::MissingFile, Place::file("acts.csv")));
            Vec::new()
        }
    };
    let mut table = |name: &str, out: &mut Vec<Diagnostic>| {
        let bytes = reader.get(name);
        if bytes.is_none() {
            tables::absent(name, out);
        }
        bytes
    };
    let measures = table("measures.csv", out).map(|b| tables::measures(&mut ctx, &b, out));
    let positions = table("positions.csv", out).map(|b| tables::positions(&mut ctx, &b, out));
    let statements = table("statements.csv", out).map(|b| tables::statements(&mut ctx, &b, out));
    let coverage = table("coverage.csv", out).map(|b| tables::coverage(&mut ctx, &b, out));

    let mut series = Vec::new();
    for spec in &case.series {
        match reader.get(&spec.file) {
            Some(bytes) => series.push(tables::series(&mut ctx, spec, &bytes, out)),
            None => out.push(Diagnostic::new(
                Id::MissingFile,
                Place::file(spec.file.clone()),
            )),
        }
    }
    for name in sorted(files.list("series")) {
        let path = format!("series/{name}");
        if name.ends_with(".csv") && !case.series.iter().any(|s| s.file == path) {
            out.push(Diagnostic::new(Id::UndeclaredSeries, Place::file(path)));
        }
    }
    let mut codings = Vec::new();
    for name in sorted(files.list("codings"))
        .into_iter()
        .filter(|n| n.ends_with(".csv"))
    {
        let path = format!("codings/{name}");
        if let Some(bytes) = reader.get(&path) {
            codings.extend(tables::codings(&ctx, &path, &bytes, out));
        }
    }
    for reading in &case.readings {
        let place = Place::file("case.toml").column("readings.source");
        ctx.check_key(&reading.source, place, out);
    }
    check_streams(&case, out);
    let cited = ctx.cited;
    sources::report_unused(&sources, &cited, out);

    let mut record = Record {
        behaviours: Vec::new(),
        conditions: Vec::new(),
        surroundings: Vec::new(),
        measures: measures.unwrap_or_default(),
        positions: positions.unwrap_or_default(),
        statements: statements.unwrap_or_default(),
        series,
        coverage: coverage.unwrap_or_default(),
        codings,
        sources,
        inputs: reader.inputs,
        hidden: 0,
        case,
    };
    for act in acts {
        match record
            .case
            .catalogue
            .class(act.class.as_str())
            .map(|c| c.stream)
        {
            Some(Stream::Behaviour) => record.behaviours.push(Behaviour::new(act)),
            Some(Stream::Condition) => record.conditions.push(Condition::new(act)),
            Some(Stream::Outcome | Stream::Context) | None => {
                record.surroundings.push(Surrounding::new(act));
            }
        }
    }
    record.inputs.sort_by(|a, b| a.path.cmp(&b.path));
    hide_later(&mut record, out);
    put_in_order(&mut record);
    report_silence(&record, out);
    Some(record)
}

fn sorted(mut names: Vec<String>) -> Vec<String> {
    names.sort();
    names
}

/// A class of behaviour that also feeds a condition would let an act explain itself.
fn check_streams(case: &Case, out: &mut Vec<Diagnostic>) {
    for spec in case
        .series
        .iter()
        .filter(|s| s.stream == SeriesStream::Condition)
    {
        let class = case.catalogue.class(&spec.indicator);
        if class.is_some_and(|c| c.stream == Stream::Behaviour) {
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

fn hide_later(record: &mut Record, out: &mut Vec<Diagnostic>) {
    let last = record.case.as_of.last_day();
    let before = record.cited().count();
    record.behaviours.retain(|r| r.cited.known_from <= last);
    record.conditions.retain(|r| r.cited.known_from <= last);
    record.surroundings.retain(|r| r.cited.known_from <= last);
    record.measures.retain(|r| r.cited.known_from <= last);
    record.positions.retain(|r| r.cited.known_from <= last);
    record.statements.retain(|r| r.cited.known_from <= last);
    for measure in &mut record.measures {
        // An answer given later is not yet an answer; a grade reached later is not yet reached.
        measure.answer = measure.answer.filter(|a| a.grade_date.first_day() <= last);
    }
    let rows = before - record.cited().count();
    let mut values = 0;
    for series in &mut record.series {
        let all = series.values.len();
        series.values.retain(|v| v.known_from <= last);
        values += all - series.values.len();
    }
    record.hidden = rows + values;
    if record.hidden > 0 {
        out.push(
            Diagnostic::new(
                Id::HiddenRows,
                Place::file("case.toml").column("span.as_of"),
            )
            .with("count", record.hidden)
            .with("as-of", record.case.as_of),
        );
    }
}

/// By date and then by id, so that the order of rows in a file changes nothing.
fn put_in_order(record: &mut Record) {
    record
        .behaviours
        .sort_by_cached_key(|r| (r.date.first_day(), r.cited.id.clone()));
    record
        .conditions
        .sort_by_cached_key(|r| (r.date.first_day(), r.cited.id.clone()));
    record
        .surroundings
        .sort_by_cached_key(|r| (r.date.first_day(), r.cited.id.clone()));
    record
        .measures
        .sort_by_cached_key(|r| (r.date.first_day(), r.cited.id.clone()));
    record
        .positions
        .sort_by_cached_key(|r| (r.date.first_day(), r.cited.id.clone()));
    record
        .statements
        .sort_by_cached_key(|r| (r.date.first_day(), r.cited.id.clone()));
}

fn report_silence(record: &Record, out: &mut Vec<Diagnostic>) {
    let in_span = |b: &Behaviour| {
        b.date
            .months()
            .iter()
            .any(|(m, _)| record.case.span.index(*m).is_some())
    };
    if !record.behaviours.iter().any(in_span) {
        out.push(Diagnostic::new(Id::NothingToRead, Place::file("acts.csv")));
    }
    let classes = record.behaviour_classes();
    for what in classes.iter().map(ClassId::as_str).chain(["answers"]) {
        if !record.case.span.months().any(|m| record.searched(what, m)) {
            let place = Place::file("coverage.csv").column("what");
            out.push(Diagnostic::new(Id::NoCoverage, place).with("value", what));
        }
    }
}

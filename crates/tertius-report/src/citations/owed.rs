//! Which works a run rests on.

use std::fmt::Write as _;

use tertius::findings::Findings;
use tertius::record::Record;

use super::{Kind, Work};

/// The works of the methods pages.
const METHODS: &str = include_str!("../../../../docs/references.bib");

/// Why a work is owed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Group {
    /// It is the framework that the roles are of.
    Framework,
    /// It is the program.
    Program,
    /// It is data that series of the case were taken from.
    Data,
    /// It is a reading set beside ours.
    Published,
    /// It is a method that the program uses.
    Methods,
    /// It is a source of a row.
    Sources,
}

impl Group {
    /// Its name in the messages: `owed-…`.
    pub fn id(self) -> &'static str {
        match self {
            Group::Framework => "framework",
            Group::Program => "program",
            Group::Data => "data",
            Group::Published => "published",
            Group::Methods => "methods",
            Group::Sources => "sources",
        }
    }
}

/// A work, and why it is owed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Owed {
    /// Why.
    pub group: Group,
    /// What.
    pub work: Work,
}

fn program() -> String {
    format!(
        "@software{{tertius,\n  author = {{{{The Tertius developers}}}},\n  title = {{Tertius: roles of an ally between its patron and its patron's rival}},\n  version = {{{}}},\n  date = {{2026}},\n  url = {{{}}},\n}}\n",
        env!("CARGO_PKG_VERSION"),
        env!("CARGO_PKG_REPOSITORY")
    )
}

/// The keys that a case rests on.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Rests<'a> {
    framework: &'a str,
    readings: Vec<&'a str>,
    series: Vec<&'a str>,
    all: Vec<&'a str>,
}

impl<'a> From<&'a Findings> for Rests<'a> {
    fn from(f: &'a Findings) -> Self {
        let values = f.series.iter().flat_map(|s| &s.values);
        Rests {
            framework: &f.catalogue.citation,
            readings: f.readings.iter().map(|r| r.source.as_str()).collect(),
            series: values
                .flat_map(|v| &v.sources)
                .map(String::as_str)
                .collect(),
            all: f.sources.iter().map(|s| s.key.as_str()).collect(),
        }
    }
}

impl<'a> From<&'a Record> for Rests<'a> {
    fn from(r: &'a Record) -> Self {
        let values = r.series.iter().flat_map(|s| &s.values);
        Rests {
            framework: r.case.catalogue.citation(),
            readings: r.case.readings.iter().map(|r| r.source.as_str()).collect(),
            series: values
                .flat_map(|v| &v.sources)
                .map(String::as_str)
                .collect(),
            all: r.sources.by_key.keys().map(String::as_str).collect(),
        }
    }
}

/// What a paper that uses a case must cite: the framework, the program, the works and data sets that
/// series rest on, published readings that ours is set beside, and the methods. `bib` is the case's bibliography.
///
/// Pages of the web that a series was coded from are sources of the record, as those of its rows are:
/// [`sources`] has them.
pub fn owed<'a>(rests: impl Into<Rests<'a>>, bib: &str) -> Vec<Owed> {
    let mut rests: Rests<'a> = rests.into();
    let framework = rests.framework;
    let mut found: Vec<Owed> = Vec::new();
    let mut add = |group: Group, works: Vec<Work>| {
        for work in works {
            if !found.iter().any(|o| o.work.key == work.key) {
                found.push(Owed { group, work });
            }
        }
    };
    let known = keys(METHODS);
    let known: Vec<&str> = known.iter().map(String::as_str).collect();
    let in_methods = known.contains(&framework);
    let place = if in_methods { METHODS } else { bib };
    add(Group::Framework, Work::all(place, &[framework]));
    add(Group::Program, Work::all(&program(), &["tertius"]));

    rests.series.sort_unstable();
    rests.series.dedup();
    let mut data = Work::all(bib, &rests.series);
    data.retain(|w| w.kind != Kind::Online);
    for work in data.iter_mut().filter(|w| w.kind == Kind::Other) {
        work.kind = Kind::Data;
    }
    add(Group::Data, data);

    add(Group::Published, Work::all(bib, &rests.readings));
    add(Group::Methods, Work::all(METHODS, &known));
    found.sort_by_key(|o| (o.group, order(&o.work)));
    found
}

/// The sources of the record that [`owed`] does not name already.
pub fn sources<'a>(rests: impl Into<Rests<'a>>, bib: &str) -> Vec<Owed> {
    let rests: Rests<'a> = rests.into();
    let named = owed(rests.clone(), bib);
    let all = rests.all.iter().copied();
    let keys: Vec<&str> = all
        .filter(|k| !named.iter().any(|o| o.work.key == *k))
        .collect();
    let works = Work::all(bib, &keys).into_iter();
    let mut found: Vec<Owed> = works
        .map(|work| Owed {
            group: Group::Sources,
            work,
        })
        .collect();
    found.sort_by_key(|o| order(&o.work));
    found
}

/// By author, year, title.
fn order(work: &Work) -> (String, String, String) {
    let author = work
        .authors
        .first()
        .map(|a| format!("{} {}", a.family, a.given));
    (
        author.unwrap_or_else(|| work.title.clone()).to_lowercase(),
        work.year.clone(),
        work.title.clone(),
    )
}

fn keys(bib: &str) -> Vec<String> {
    let raw = biblatex::RawBibliography::parse(bib).ok();
    raw.iter()
        .flat_map(|r| &r.entries)
        .map(|e| e.v.key.v.to_owned())
        .collect()
}

/// The entries as one BibTeX file.
pub fn bibtex(works: &[Owed]) -> String {
    let mut out = String::new();
    for owed in works {
        let _ = write!(out, "{}\n\n", owed.work.bibtex);
    }
    out.truncate(out.trim_end().len());
    out.push('\n');
    out
}

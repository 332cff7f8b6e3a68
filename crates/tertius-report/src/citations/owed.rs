//! Which works a run rests on.

use tertius::findings::Findings;
use tertius::record::{Record, Series, SeriesStream, Side};
use unicode_normalization::UnicodeNormalization;

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
    /// It is a method that the run used.
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

/// What of the methods a run used beyond what every run does.
struct Methods {
    /// Roles issue by issue.
    issues: bool,
    /// A series that measures where the ally stands between the two.
    between: bool,
    /// Rule and reader compared.
    agreement: bool,
    /// Coders compared.
    codings: bool,
}

impl Methods {
    /// Keys of `docs/references.bib`. Works that only the tests lean on are not owed.
    fn works(&self) -> Vec<&'static str> {
        // Chain, paths, stationary law; postures; the rise of contacts.
        let always: &[&str] = &[
            "rabiner1989",
            "chib1996",
            "grassmann1985",
            "durbin2012",
            "gelman2013",
        ];
        let parts: [(bool, &[&str]); 4] = [
            (self.issues, &["plummer2015"]),
            (self.between, &["enelowhinich1984"]),
            (self.agreement, &["cohen1960"]),
            (self.codings, &["krippendorff2004", "hayeskrippendorff2007"]),
        ];
        let used = parts.into_iter().filter(|(on, _)| *on).map(|(_, w)| w);
        [always]
            .into_iter()
            .chain(used)
            .flatten()
            .copied()
            .collect()
    }
}

/// The keys that a case rests on.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Rests<'a> {
    framework: &'a str,
    readings: Vec<&'a str>,
    series: Vec<&'a str>,
    methods: Vec<&'static str>,
    all: Vec<&'a str>,
}

impl<'a> From<&'a Findings> for Rests<'a> {
    fn from(f: &'a Findings) -> Self {
        let used = f.series.iter().filter(|s| s.stream != "display");
        let values = used.flat_map(|s| &s.values);
        let methods = Methods {
            issues: !f.issue_roles.is_empty(),
            between: f
                .series
                .iter()
                .any(|s| s.measures.as_deref() == Some("between")),
            agreement: f.agreement.months > 0,
            codings: false,
        };
        Rests {
            methods: methods.works(),
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
        let used = r.series.iter();
        let used = used.filter(|s| s.spec.stream != SeriesStream::Display);
        let values = used.flat_map(|s| &s.values);
        let between = |s: &Series| s.spec.measures.is_some_and(|m| m.side == Side::Between);
        let methods = Methods {
            issues: true,
            between: r.series.iter().any(between),
            agreement: true,
            codings: !r.codings.is_empty(),
        };
        Rests {
            methods: methods.works(),
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

/// What a paper that uses a case must cite: the framework, the program, the works and data sets that the
/// series used rest on (those that are only shown are not used), published readings that ours is set
/// beside, and the methods that the run used. `bib` is the case's bibliography.
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
    add(Group::Methods, Work::all(METHODS, &rests.methods));
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

/// By author, year, title: letter by letter, a particle as part of its name, an article at the head of an
/// organisation's name or of a title passed over (APA 9.44, 9.45, 9.49; *Chicago* 16.59, 16.71).
fn order(work: &Work) -> (String, String, String, String) {
    let (family, given) = match work.authors.first() {
        Some(a) if a.given.is_empty() => (letters(without_article(&a.family)), String::new()),
        Some(a) => (letters(&a.family), letters(&a.given)),
        None => (letters(without_article(&work.title)), String::new()),
    };
    (family, given, work.year.clone(), work.title.clone())
}

fn without_article(text: &str) -> &str {
    let heads = ["The ", "A ", "An "];
    let found = heads.iter().find_map(|head| text.strip_prefix(head));
    found.unwrap_or(text)
}

/// Letters and digits alone, small, each without its mark: what stands with `ä` is sought under `a`.
fn letters(text: &str) -> String {
    let plain = text.chars().nfd().filter(|c| c.is_alphanumeric());
    plain.flat_map(char::to_lowercase).collect()
}

fn keys(bib: &str) -> Vec<String> {
    let raw = biblatex::RawBibliography::parse(bib).ok();
    raw.iter()
        .flat_map(|r| &r.entries)
        .map(|e| e.v.key.v.to_owned())
        .collect()
}

/// The entries as they stand, as one BibLaTeX file.
pub fn biblatex(works: &[Owed]) -> String {
    file(works.iter().map(|o| o.work.biblatex.clone()))
}

/// The entries as one BibTeX file.
pub fn bibtex(works: &[Owed]) -> String {
    file(works.iter().map(|o| o.work.bibtex()))
}

fn file(entries: impl Iterator<Item = String>) -> String {
    let mut out = entries.collect::<Vec<_>>().join("\n\n");
    out.push('\n');
    out
}

//! The bibliography.

use std::collections::{BTreeMap, BTreeSet};

use biblatex::{Bibliography, ChunksExt, RawBibliography};
use serde::{Deserialize, Serialize};

use super::diagnostic::{Diagnostic, DiagnosticId as Id, Place};
use super::keys::Source as Lines;
use super::table::decode;

/// A source that a reader can find.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Source {
    /// Its key.
    pub key: String,
    /// Its title.
    pub title: String,
    /// Who wrote or published it.
    pub author: String,
    /// When, as written.
    pub date: String,
    /// Its address, where it has one.
    pub url: Option<String>,
    /// Where in print it stands.
    pub container: String,
    /// Line of `sources.bib`.
    pub line: u64,
}

/// All sources by key, and the bibliography as it was given.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Sources {
    /// By key.
    pub by_key: BTreeMap<String, Source>,
    /// The text of `sources.bib`.
    pub text: String,
}

const FILE: &str = "sources.bib";

/// Reads `sources.bib`. `cited` are the keys that rows cite: what is not among them is unused.
pub(super) fn read(bytes: &[u8], out: &mut Vec<Diagnostic>) -> Sources {
    let Some(text) = decode(FILE, bytes, out) else {
        return Sources::default();
    };
    let lines = Lines { file: FILE, text };
    let mut sources = Sources {
        by_key: BTreeMap::new(),
        text: text.to_owned(),
    };
    let raw = match RawBibliography::parse(text) {
        Ok(raw) => raw,
        Err(e) => {
            let place = Place::file(FILE).row(lines.line(e.span.start));
            out.push(Diagnostic::new(Id::NotBib, place).with("reason", e.kind));
            return sources;
        }
    };
    let mut line_of: BTreeMap<String, u64> = BTreeMap::new();
    let mut twice = false;
    for entry in &raw.entries {
        let line = lines.line(entry.span.start);
        let key = entry.v.key.v.to_owned();
        if let Some(first) = line_of.get(&key) {
            let place = Place::file(FILE).row(line).column("key");
            let problem = Diagnostic::new(Id::DuplicateId, place);
            out.push(problem.with("value", &key).with("first", first));
            twice = true;
        }
        line_of.entry(key).or_insert(line);
    }
    if twice {
        return sources;
    }
    let library = match Bibliography::from_raw(raw) {
        Ok(library) => library,
        Err(e) => {
            let place = Place::file(FILE).row(lines.line(e.span.start));
            out.push(Diagnostic::new(Id::NotBib, place).with("reason", e.kind));
            return sources;
        }
    };
    for entry in library.iter() {
        let field = |name: &str| {
            entry
                .get(name)
                .map(|c| c.format_verbatim().trim().to_owned())
                .filter(|s| !s.is_empty())
        };
        let author = entry
            .author()
            .ok()
            .map(|people| {
                people
                    .iter()
                    .map(|p| {
                        [p.given_name.trim(), p.name.trim()]
                            .join(" ")
                            .trim()
                            .to_owned()
                    })
                    .collect::<Vec<_>>()
                    .join("; ")
            })
            .filter(|a| !a.is_empty());
        let body = [
            "organization",
            "institution",
            "publisher",
            "journaltitle",
            "journal",
        ];
        let container = [
            "journaltitle",
            "journal",
            "booktitle",
            "publisher",
            "organization",
        ];
        let first = |names: &[&str]| names.iter().find_map(|n| field(n));
        let line = line_of.get(&entry.key).copied().unwrap_or(1);
        let source = Source {
            key: entry.key.clone(),
            title: field("title").unwrap_or_default(),
            author: author.or_else(|| first(&body)).unwrap_or_default(),
            date: field("date").or_else(|| field("year")).unwrap_or_default(),
            url: field("url").filter(|u| u.starts_with("https://") || u.starts_with("http://")),
            container: first(&container).unwrap_or_default(),
            line,
        };
        let place_given = source.url.is_some()
            || !source.container.is_empty()
            || field("doi").is_some()
            || field("howpublished").is_some();
        let lacks = [
            ("title", !source.title.is_empty()),
            ("date", !source.date.is_empty()),
            ("url", place_given),
        ];
        for (what, _) in lacks.iter().filter(|(_, there)| !there) {
            out.push(
                Diagnostic::new(
                    Id::SourceIncomplete,
                    Place::file(FILE).row(line).column(*what),
                )
                .with("value", &source.key)
                .with("lacks", what),
            );
        }
        sources.by_key.insert(source.key.clone(), source);
    }
    sources
}

/// Names the entries that no row cites.
pub(super) fn report_unused(
    sources: &Sources,
    cited: &BTreeSet<String>,
    out: &mut Vec<Diagnostic>,
) {
    for source in sources.by_key.values().filter(|s| !cited.contains(&s.key)) {
        let place = Place::file(FILE).row(source.line).column("key");
        out.push(Diagnostic::new(Id::SourceUnused, place).with("value", &source.key));
    }
}

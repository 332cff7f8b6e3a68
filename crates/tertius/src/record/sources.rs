//! The bibliography.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use super::bib::{self, BibEntry};
use super::diagnostic::{Diagnostic, DiagnosticId as Id, Place};
use super::problems::Problems;
use super::text::{decode, has_markup};

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
    /// Whether all of it could be read: if not, a key that is not there may yet be.
    pub(super) complete: bool,
}

const FILE: &str = "sources.bib";

/// Reads `sources.bib`.
pub(super) fn read(bytes: &[u8], out: &mut Problems) -> Sources {
    let Some(text) = decode(FILE, bytes, out) else {
        return Sources::default();
    };
    let (entries, complete) = bib::entries(FILE, text, out);
    let mut by_key = BTreeMap::new();
    for entry in entries {
        let source = source(&entry, out);
        by_key.insert(source.key.clone(), source);
    }
    Sources {
        by_key,
        text: text.to_owned(),
        complete,
    }
}

fn source(entry: &BibEntry, out: &mut Problems) -> Source {
    let place = |column: &str| Place::file(FILE).row(entry.line).column(column);
    let first = |names: &[&str]| names.iter().find_map(|n| entry.field(n));
    let author = entry.authors().or_else(|| {
        first(&[
            "organization",
            "institution",
            "publisher",
            "journaltitle",
            "journal",
        ])
    });
    let container = first(&[
        "journaltitle",
        "journal",
        "booktitle",
        "publisher",
        "organization",
        "institution",
        "school",
    ]);
    let given = entry.field("url");
    let url = given.clone().filter(|u| is_web_address(u));
    // A page may be found by an address that only lacks its beginning; it is not linked as it stands.
    let meant = given.as_ref().and_then(|g| completed(g));
    if let (Some(address), None) = (given, &url) {
        let nearest = meant.as_deref().unwrap_or("");
        let problem = Diagnostic::new(Id::BadUrl, place("url")).with("value", address);
        out.push(problem.with("nearest", nearest));
    }
    let source = Source {
        key: entry.key.clone(),
        title: entry.field("title").unwrap_or_default(),
        author: author.unwrap_or_default(),
        date: first(&["date", "year"]).unwrap_or_default(),
        url,
        container: container.unwrap_or_default(),
        line: entry.line,
    };
    for (column, text) in [
        ("title", &source.title),
        ("author", &source.author),
        ("date", &source.date),
        ("container", &source.container),
    ] {
        if has_markup(text) {
            out.push(Diagnostic::new(Id::MarkupInText, place(column)).with("value", text));
        }
    }
    let found_by = source.url.is_some()
        || meant.is_some()
        || !source.container.is_empty()
        || first(&["doi", "eprint", "howpublished"]).is_some();
    for (what, there) in [
        ("title", !source.title.is_empty()),
        ("date", !source.date.is_empty()),
        ("url", found_by),
    ] {
        if !there && entry.whole {
            out.push(
                Diagnostic::new(Id::SourceIncomplete, place(what))
                    .with("value", &source.key)
                    .with("lacks", what),
            );
        }
    }
    source
}

/// An address that only lacks the beginning that all addresses of the web have: `www.example.org/page`.
fn completed(url: &str) -> Option<String> {
    let rest = url.trim_start_matches('/');
    let host = rest.split('/').next().unwrap_or("");
    let named = host.contains('.') && !host.ends_with('.') && !host.contains(':');
    let whole = format!("https://{rest}");
    (named && is_web_address(&whole)).then_some(whole)
}

/// An address that a page may link: of the web, and without what could end an attribute.
fn is_web_address(url: &str) -> bool {
    let host = url
        .strip_prefix("https://")
        .or_else(|| url.strip_prefix("http://"));
    host.is_some_and(|h| h.starts_with(char::is_alphanumeric))
        && !url.contains(|c: char| c.is_whitespace() || c.is_control() || "\"<>\\`".contains(c))
}

/// Names the entries that no row cites.
pub(super) fn report_unused(sources: &Sources, cited: &BTreeSet<String>, out: &mut Problems) {
    for source in sources.by_key.values().filter(|s| !cited.contains(&s.key)) {
        let place = Place::file(FILE).row(source.line).column("key");
        out.push(Diagnostic::new(Id::SourceUnused, place).with("value", &source.key));
    }
}

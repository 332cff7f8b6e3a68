//! The tables of a record, row by row. A row with an error is left out; its errors are kept.

mod acts;
mod codings;
mod columns;
mod coverage;
mod measures;
mod positions;
mod series;
mod statements;

pub(super) use acts::acts;
pub(super) use codings::codings;
pub use columns::TABLES;
pub(super) use coverage::coverage;
pub(super) use measures::measures;
pub(super) use positions::positions;
pub(super) use series::series;
pub(super) use statements::statements;

use std::collections::{BTreeMap, BTreeSet};

use super::case::{Case, Draft, is_id};
use super::diagnostic::{Diagnostic, DiagnosticId as Id, Place};
use super::problems::Problems;
use super::row::{Row, bound, known_from};
use super::rows::{Cited, Confidence};
use super::sources::Sources;
use super::table::Names;
use crate::vocabulary::{Actor, ClassSpec, Seat, Text, When, nearest};

/// What rows are checked against, and what they leave behind for checks across tables.
pub(super) struct Context<'c> {
    pub(super) draft: &'c Draft,
    sources: &'c Sources,
    /// Keys that rows cite.
    pub(super) cited: BTreeSet<String>,
    /// Rows by id.
    ids: BTreeMap<String, Known>,
    /// Tables with an error: a row that is not there may be one that could not be read.
    broken: BTreeSet<&'static str>,
}

/// A row that was seen.
struct Known {
    /// Its table.
    file: &'static str,
    /// Its row in it.
    row: u64,
    /// Who coded it, as written.
    coder: String,
}

impl<'c> Context<'c> {
    pub(super) fn new(draft: &'c Draft, sources: &'c Sources) -> Self {
        Context {
            draft,
            sources,
            cited: BTreeSet::new(),
            ids: BTreeMap::new(),
            broken: BTreeSet::new(),
        }
    }

    /// Notes that a table could not be read, or not all of it.
    pub(super) fn note_broken(&mut self, table: &'static str) {
        self.broken.insert(table);
    }

    fn case(&self) -> &'c Case {
        &self.draft.case
    }

    fn names(&self) -> Names<'c> {
        Names {
            registry: &self.draft.case.registry,
            complete: self.draft.actors,
        }
    }

    /// Whether a table has a row of this id, as far as that can be told.
    fn has_row(&self, table: &str, id: &str) -> bool {
        if self.broken.contains(table) {
            return true;
        }
        let file = self.ids.get(id).map(|known| known.file);
        file.and_then(|f| f.strip_suffix(".csv")) == Some(table)
    }

    /// Whether a row was coded by this coder, as far as that can be told.
    fn is_by(&self, id: &str, coder: &str) -> bool {
        self.ids.get(id).is_some_and(|known| known.coder == coder)
    }

    /// The keys of `column`, each of which must be in the bibliography.
    fn keys(&mut self, row: &Row<'_>, column: &str, out: &mut Problems) -> Vec<String> {
        let mut keys = Vec::new();
        for key in row.list(column) {
            self.check_key(key, || row.place(column), out);
            keys.push(key.to_owned());
        }
        keys
    }

    /// At least one key.
    fn some_keys(&mut self, row: &Row<'_>, out: &mut Problems) -> Vec<String> {
        let keys = self.keys(row, "sources", out);
        if keys.is_empty() {
            row.say(out, Id::NoSource, "sources");
        }
        keys
    }

    /// Notes that a source is cited, and says so where the bibliography lacks it.
    pub(super) fn check_key(
        &mut self,
        key: &str,
        place: impl FnOnce() -> Place,
        out: &mut Problems,
    ) {
        if self.sources.by_key.contains_key(key) {
            if !self.cited.contains(key) {
                self.cited.insert(key.to_owned());
            }
        } else if self.sources.complete {
            out.report(Id::UnknownSource, place(), |d| {
                let known = self.sources.by_key.keys().map(String::as_str);
                let near = nearest(key, known).unwrap_or("");
                d.with("value", key).with("nearest", near)
            });
        }
    }

    fn coder(&self, row: &Row<'_>, out: &mut Problems) -> Option<String> {
        let coder = row.required("coder", out)?;
        let coders = &self.case().coders;
        if self.draft.coders && !coders.iter().any(|c| c.id == coder) {
            out.report(Id::UnknownCoder, row.place("coder"), |d| {
                let allowed = coders.iter().map(|c| c.id.as_str()).collect::<Vec<_>>();
                d.with("value", coder).with("allowed", allowed.join(", "))
            });
            return None;
        }
        Some(coder.to_owned())
    }

    /// The issue that a cell names, by position in the case.
    fn issue(&self, row: &Row<'_>, column: &str, out: &mut Problems) -> Option<usize> {
        let cell = row.optional(column)?;
        let found = self.case().issue(cell);
        if found.is_none() && self.draft.issues {
            out.report(Id::UnknownIssue, row.place(column), |d| {
                let issues = self.case().issues.iter();
                let allowed = issues.map(|i| i.id.as_str()).collect::<Vec<_>>();
                d.with("value", cell).with("allowed", allowed.join(", "))
            });
        }
        found
    }

    /// The role that a cell names; `Some(None)` for a role word outside the catalogue.
    fn role(&self, row: &Row<'_>, column: &str, out: &mut Problems) -> Option<Option<&'c str>> {
        let catalogue = &self.case().catalogue;
        let ids = catalogue.roles().map(|r| catalogue.spec(r).id.as_str());
        let words: Vec<(&str, Option<&str>)> = ids
            .map(|id| (id, Some(id)))
            .chain([("none", None)])
            .collect();
        if self.draft.catalogue {
            row.one_of(column, &words, out)
        } else {
            None
        }
    }

    fn cited(&mut self, row: &Row<'_>, date: Option<When>, out: &mut Problems) -> Option<Cited> {
        let id = row.required("id", out);
        if let Some(id) = id {
            self.note_id(id, row, out);
        }
        let known = known_from(row, date, out);
        let sources = self.some_keys(row, out);
        let quote = row.text("quote", out);
        let locator = row.text("locator", out);
        let checked = yes_no(row, "checked", out);
        if checked == Some(true) {
            for (column, there) in [("quote", quote.is_some()), ("locator", locator.is_some())] {
                if !there {
                    row.say(out, Id::CheckedWithoutProof, column);
                }
            }
        }
        check_quote(row, quote.as_deref(), out);
        let confidence = row.one_of("confidence", CONFIDENCE, out);
        let description = row.text("description", out).unwrap_or_default();
        let description_zh = row.text("description_zh", out);
        let episode = row.text("episode", out);
        let coder = self.coder(row, out);
        Some(Cited {
            id: id?.to_owned(),
            file: row.file().to_owned(),
            row: row.number_of_row(),
            known_from: known?,
            episode,
            description: Text {
                en: description,
                zh: description_zh,
            },
            sources,
            quote,
            locator,
            checked: checked?,
            confidence: confidence.unwrap_or(Confidence::Medium),
            coder: coder?,
        })
    }

    /// An id is fit to be one, and stands once in all tables.
    fn note_id(&mut self, id: &str, row: &Row<'_>, out: &mut Problems) {
        if !is_id(id) {
            out.push(Diagnostic::new(Id::BadId, row.place("id")).with("value", id));
            return;
        }
        if let Some(first) = self.ids.get(id) {
            out.push(
                Diagnostic::new(Id::DuplicateId, row.place("id"))
                    .with("value", id)
                    .with("first", format!("{}:{}", first.file, first.row)),
            );
            return;
        }
        let file = TABLES.iter().map(|t| t.file).find(|f| *f == row.file());
        let known = Known {
            file: file.unwrap_or_default(),
            row: row.number_of_row(),
            coder: row.optional("coder").unwrap_or_default().to_owned(),
        };
        self.ids.insert(id.to_owned(), known);
    }

    /// Whether one of these holds a seat of the triad; the patron's is held by its coalition.
    fn in_seat(&self, actors: &[Actor], seat: Seat) -> bool {
        let triad = &self.case().triad;
        actors.iter().any(|a| match seat {
            Seat::Ally => a == triad.ally(),
            Seat::Patron => self.case().coalition.contains(a),
            Seat::Rival => a == triad.rival(),
        })
    }

    /// The codes of the patron's coalition.
    fn coalition(&self) -> String {
        let codes = self.case().coalition.iter().map(Actor::code);
        codes.collect::<Vec<_>>().join(", ")
    }
}

const CONFIDENCE: &[(&str, Confidence)] = &[
    ("high", Confidence::High),
    ("medium", Confidence::Medium),
    ("low", Confidence::Low),
];

const BENEFICIARIES: &[&str] = &[
    "own", "patron", "alliance", "rival", "opponent", "third", "common",
];
const JUSTIFICATIONS: &[&str] = &["alliance", "crisis", "law", "own", "economy", "none"];

/// Words that stand for themselves.
fn same<'w>(words: &[&'w str]) -> Vec<(&'w str, &'w str)> {
    words.iter().map(|w| (*w, *w)).collect()
}

fn yes_no(row: &Row<'_>, column: &str, out: &mut Problems) -> Option<bool> {
    row.required(column, out)?;
    row.one_of(column, &[("yes", true), ("no", false)], out)
}

/// The class of this name.
fn find_class<'c>(
    ctx: &Context<'c>,
    name: &str,
    place: Place,
    out: &mut Problems,
) -> Option<&'c ClassSpec> {
    let catalogue = &ctx.case().catalogue;
    let found = catalogue.class(name);
    if found.is_none() && ctx.draft.catalogue {
        out.report(Id::UnknownClass, place, |d| {
            let known = catalogue.classes().iter().map(|c| c.id.as_str());
            let near = nearest(name, known).unwrap_or("");
            d.with("value", name).with("nearest", near)
        });
    }
    found
}

/// The codebook's thirty words, or, in scripts without spaces, a hundred and twenty characters.
fn check_quote(row: &Row<'_>, quote: Option<&str>, out: &mut Problems) {
    const MOST_WORDS: usize = 30;
    const MOST_CHARS: usize = 120;
    let Some(quote) = quote else { return };
    let words = quote.split_whitespace().count();
    let unspaced = |c: &char| ('\u{3040}'..='\u{9FFF}').contains(c);
    let chars = quote.chars().filter(unspaced).count();
    let (found, most) = if chars > MOST_CHARS {
        (chars, MOST_CHARS)
    } else if words > MOST_WORDS {
        (words, MOST_WORDS)
    } else {
        return;
    };
    out.push(
        Diagnostic::new(Id::LongQuote, row.place("quote"))
            .with("words", found)
            .with("most", most),
    );
}

/// An act of the ally in an alliance falls inside it.
fn check_alliance(ctx: &Context<'_>, row: &Row<'_>, column: &str, date: When, out: &mut Problems) {
    let alliance = &ctx.case().alliance;
    let before = date.last_day() < alliance.since.first_day();
    let ended = |u: When| date.first_day() > u.last_day();
    if before || alliance.until.is_some_and(ended) {
        let until = alliance.until.map_or("…".to_owned(), |u| u.to_string());
        out.push(
            Diagnostic::new(Id::OutsideAlliance, row.place(column))
                .with("value", date)
                .with("since", alliance.since)
                .with("until", until),
        );
    }
}

/// Of the bounds that are there, none stands on the wrong side.
fn check_bounds(
    row: &Row<'_>,
    low: Option<f64>,
    value: Option<f64>,
    high: Option<f64>,
    out: &mut Problems,
) {
    let there = [low, value, high];
    let sorted = there.iter().flatten().is_sorted();
    if !sorted {
        let word = |v: Option<f64>| v.map_or(String::new(), bound);
        let column = if low.is_some() { "low" } else { "high" };
        out.push(
            Diagnostic::new(Id::BoundsOrder, row.place(column))
                .with("low", word(low))
                .with("value", word(value))
                .with("high", word(high)),
        );
    }
}

//! What a dataset is, where it is published, under which terms, and how its files are read: one
//! [`Dataset`] a file of [`crate::datasets`], and one line for each in [`CATALOGUE`].

mod page;

use crate::table::{Account, Field, FileProblem, RawFile};

pub use page::page;

pub use crate::datasets::CATALOGUE;

/// A text in both languages of the output.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Bilingual {
    /// English.
    pub en: &'static str,
    /// Chinese.
    pub zh: &'static str,
}

impl Bilingual {
    /// In one language.
    pub fn get(self, lang: tertius::vocabulary::Lang) -> &'static str {
        match lang {
            tertius::vocabulary::Lang::En => self.en,
            tertius::vocabulary::Lang::Zh => self.zh,
        }
    }
}

/// What a row of a dataset is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unit {
    /// A state on a roll call.
    StateVote,
    /// A state in a year.
    StateYear,
    /// An ordered pair of states in a year.
    DirectedYear,
    /// A pair of states in a year.
    PairYear,
    /// A pair of states in a month.
    PairMonth,
    /// A state and a span of days.
    StateSpell,
    /// A pair of states and a span of days or years.
    PairSpell,
    /// A donor in a month.
    StateMonth,
    /// An answer of a survey.
    SurveyAnswer,
    /// A case: a conflict, an episode of sanctions.
    Case,
}

impl Unit {
    /// The stable id.
    pub fn as_str(self) -> &'static str {
        match self {
            Unit::StateVote => "state-vote",
            Unit::StateYear => "state-year",
            Unit::DirectedYear => "directed-dyad-year",
            Unit::PairYear => "pair-year",
            Unit::PairMonth => "pair-month",
            Unit::StateSpell => "state-spell",
            Unit::PairSpell => "pair-spell",
            Unit::StateMonth => "state-month",
            Unit::SurveyAnswer => "survey-answer",
            Unit::Case => "case",
        }
    }

    /// All of them.
    pub const ALL: [Unit; 10] = [
        Unit::StateVote,
        Unit::StateYear,
        Unit::DirectedYear,
        Unit::PairYear,
        Unit::PairMonth,
        Unit::StateSpell,
        Unit::PairSpell,
        Unit::StateMonth,
        Unit::SurveyAnswer,
        Unit::Case,
    ];
}

/// The terms under which a publisher gives a dataset away.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Licence {
    /// Its name, or what the publisher asks for.
    pub name: &'static str,
    /// Where the terms stand.
    pub url: &'static str,
    /// What is made from it must stand under the same terms.
    pub share_alike: bool,
    /// Not for commercial use.
    pub non_commercial: bool,
    /// Whether the terms were read at the publisher's; otherwise they are told by others.
    pub seen: bool,
}

/// Who made a file of the form that is described.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// The publisher.
    Publisher,
    /// Somebody who converted the publisher's file.
    Converted,
}

impl Form {
    /// The stable id.
    pub fn as_str(self) -> &'static str {
        match self {
            Form::Publisher => "publisher",
            Form::Converted => "converted",
        }
    }
}

/// One file in which a part of a dataset is known to come.
#[derive(Clone, Copy, Debug)]
pub struct KnownFile {
    /// Its path inside a data folder.
    pub path: &'static str,
    /// Who made it.
    pub form: Form,
    /// Where it can be fetched; empty where it must be asked for by hand.
    pub url: &'static str,
    /// SHA-256 of the release named in the catalogue, where somebody has seen it.
    pub sha256: Option<&'static str>,
    /// Its rows, likewise.
    pub rows: Option<u64>,
}

impl KnownFile {
    /// A converted file that somebody has seen.
    pub const fn converted(path: &'static str, sha256: &'static str, rows: u64) -> KnownFile {
        KnownFile {
            path,
            form: Form::Converted,
            url: "",
            sha256: Some(sha256),
            rows: Some(rows),
        }
    }

    /// A file as its publisher ships it; the address may be empty.
    pub const fn published(path: &'static str, url: &'static str) -> KnownFile {
        KnownFile {
            path,
            form: Form::Publisher,
            url,
            sha256: None,
            rows: None,
        }
    }

    /// With the checksum and the rows of the release that the catalogue names.
    #[must_use]
    pub const fn seen(mut self, sha256: &'static str, rows: u64) -> KnownFile {
        self.sha256 = Some(sha256);
        self.rows = Some(rows);
        self
    }
}

/// One kind of table that a dataset consists of.
#[derive(Clone, Copy, Debug)]
pub struct Part {
    /// Its name inside the dataset.
    pub id: &'static str,
    /// The columns that are read.
    pub fields: &'static [Field],
    /// First and last year of the release named, both included.
    pub coverage: (i16, i16),
    /// Reads a file of it and says what became of its rows.
    pub read: fn(&RawFile) -> Result<Account, FileProblem>,
    /// The files in which it comes, the best first.
    pub files: &'static [KnownFile],
}

/// A public dataset. Never bundled.
#[derive(Clone, Copy, Debug)]
pub struct Dataset {
    /// By which the command line knows it.
    pub id: &'static str,
    /// What it is called.
    pub title: Bilingual,
    /// What a row is about.
    pub unit: Unit,
    /// Who publishes it.
    pub publisher: &'static str,
    /// Its home: a DOI or handle where there is one, else a page.
    pub home: &'static str,
    /// Whether the home was found named by an independent source; otherwise it is recalled.
    pub home_seen: bool,
    /// The release that the coverage and the checksums are of.
    pub version: &'static str,
    /// Under which terms.
    pub licence: Licence,
    /// What a paper that uses it cites: keys of `docs/datasets.bib`.
    pub cite: &'static [&'static str],
    /// What a user should know before using it.
    pub note: Bilingual,
    /// Its tables.
    pub parts: &'static [Part],
}

impl Dataset {
    /// First and last year over all parts.
    pub fn coverage(&self) -> (i16, i16) {
        let spans = self.parts.iter().map(|p| p.coverage);
        spans.fold((i16::MAX, i16::MIN), |a, b| (a.0.min(b.0), a.1.max(b.1)))
    }
}

/// The works that the datasets cite, as BibTeX.
pub const BIBLIOGRAPHY: &str = include_str!("../../../docs/datasets.bib");

/// The entries of a dataset's citations, as BibTeX.
///
/// ```
/// use tertius_data::catalogue::{bibtex, find};
/// let entries = bibtex(find("atop").unwrap());
/// assert!(entries.starts_with("@article{leeds2002,"));
/// ```
pub fn bibtex(dataset: &Dataset) -> String {
    let entries = BIBLIOGRAPHY.split("\n@").map(|e| e.trim_start_matches('@'));
    let cited = |key: &&str| {
        let of_key = |e: &&str| {
            e.split_once('{')
                .is_some_and(|(_, r)| r.starts_with(&format!("{key},")))
        };
        entries
            .clone()
            .find(of_key)
            .map(|e| format!("@{}\n", e.trim_end()))
    };
    dataset.cite.iter().filter_map(cited).collect()
}

/// The dataset with an id.
pub fn find(id: &str) -> Option<&'static Dataset> {
    CATALOGUE.iter().find(|d| d.id == id).copied()
}

//! What a paper that uses a run must cite, in the styles that its journal may ask for.
//!
//! Entries are read as BibTeX or BibLaTeX: those of the method stand in `docs/references.bib`, those of a case in
//! its `sources.bib`. A style writes the fields that an entry has, and invents none.

mod apa;
mod chicago;
mod gbt;
mod owed;
mod work;

use std::fmt;
use std::str::FromStr;

pub use owed::{Group, Owed, Rests, biblatex, bibtex, owed, sources};
pub use work::{Kind, Name, Work};

/// How entries are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Style {
    /// BibLaTeX: the entry as it stands.
    Biblatex,
    /// The entry in the fields and types of BibTeX.
    Bibtex,
    /// GB/T 7714-2015, numbered.
    GbT7714,
    /// APA, 7th edition.
    Apa,
    /// Chicago, 17th edition, author-date.
    Chicago,
}

impl Style {
    /// Every style.
    pub const ALL: [Style; 5] = [
        Style::Biblatex,
        Style::Bibtex,
        Style::GbT7714,
        Style::Apa,
        Style::Chicago,
    ];

    /// The name by which it is asked for.
    pub fn id(self) -> &'static str {
        match self {
            Style::Biblatex => "biblatex",
            Style::Bibtex => "bibtex",
            Style::GbT7714 => "gb-t-7714",
            Style::Apa => "apa",
            Style::Chicago => "chicago",
        }
    }

    /// The name under which its users know it.
    pub fn name(self) -> &'static str {
        match self {
            Style::Biblatex => "BibLaTeX",
            Style::Bibtex => "BibTeX",
            Style::GbT7714 => "GB/T 7714",
            Style::Apa => "APA",
            Style::Chicago => "Chicago",
        }
    }
}

impl FromStr for Style {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let found = Style::ALL.into_iter().find(|s| s.id() == text);
        found.ok_or_else(|| Style::ALL.map(Style::id).join(", "))
    }
}

/// A piece of a reference.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Part {
    /// Words.
    Text(String),
    /// Words set in italics.
    Italic(String),
    /// An address.
    Link(String),
}

/// A reference as a style writes it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Reference(pub Vec<Part>);

impl Reference {
    /// Writes `work` in `style`; for [`Style::Biblatex`] and [`Style::Bibtex`] its entry.
    ///
    /// ```
    /// use tertius_report::citations::{Style, Work, Reference};
    /// let bib = "@book{w, author = {West, Mike and Harrison, Jeff}, title = {Forecasting}, edition = {2}, \
    ///            publisher = {Springer}, location = {New York}, date = {1997}}";
    /// let work = Work::read(bib, "w").unwrap();
    /// let said = |style| Reference::of(&work, style).to_string();
    /// assert_eq!(said(Style::Apa), "West, M., & Harrison, J. (1997). Forecasting (2nd ed.). Springer.");
    /// assert_eq!(said(Style::Chicago), "West, Mike, and Jeff Harrison. 1997. Forecasting. 2nd ed. New York: Springer.");
    /// assert_eq!(said(Style::GbT7714), "WEST M, HARRISON J. Forecasting[M]. 2nd ed. New York: Springer, 1997.");
    /// ```
    pub fn of(work: &Work, style: Style) -> Reference {
        match style {
            Style::Biblatex => Reference(vec![Part::Text(work.biblatex.clone())]),
            Style::Bibtex => Reference(vec![Part::Text(work.bibtex())]),
            Style::GbT7714 => gbt::reference(work),
            Style::Apa => apa::reference(work),
            Style::Chicago => chicago::reference(work),
        }
    }

    fn text(&mut self, text: impl AsRef<str>) -> &mut Self {
        let text = text.as_ref();
        match self.0.last_mut() {
            Some(Part::Text(last)) => last.push_str(text),
            _ if text.is_empty() => {}
            _ => self.0.push(Part::Text(text.to_owned())),
        }
        self
    }

    fn italic(&mut self, text: impl AsRef<str>) -> &mut Self {
        if !text.as_ref().is_empty() {
            self.0.push(Part::Italic(text.as_ref().to_owned()));
        }
        self
    }

    fn link(&mut self, address: impl AsRef<str>) -> &mut Self {
        self.0.push(Part::Link(address.as_ref().to_owned()));
        self
    }

    /// A full stop, unless one stands there already or a mark that takes its place.
    fn stop(&mut self) -> &mut Self {
        let last = self.0.last().and_then(|p| match p {
            Part::Text(t) | Part::Italic(t) | Part::Link(t) => t.chars().last(),
        });
        match last {
            None | Some('.' | '?' | '!' | '。' | '？' | '！') => self,
            _ => self.text("."),
        }
    }
}

impl fmt::Display for Reference {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for part in &self.0 {
            match part {
                Part::Text(t) | Part::Italic(t) | Part::Link(t) => f.write_str(t)?,
            }
        }
        Ok(())
    }
}

const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

/// `March 18`, `March`, or nothing.
fn day(work: &Work) -> String {
    let month = work
        .month
        .and_then(|m| MONTHS.get(usize::from(m).checked_sub(1)?));
    match (month, work.day) {
        (Some(m), Some(d)) => format!("{m} {d}"),
        (Some(m), None) => (*m).to_owned(),
        _ => String::new(),
    }
}

/// With a capital at its head, as a sentence has it.
fn capital(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| {
        first.to_uppercase().chain(letters).collect()
    })
}

/// `2nd`, for an edition given as a number; what was given otherwise.
fn ordinal(edition: &str) -> String {
    let Ok(n) = edition.parse::<u32>() else {
        return edition.to_owned();
    };
    let ending = match (n % 10, n % 100) {
        (_, 11..=13) => "th",
        (1, _) => "st",
        (2, _) => "nd",
        (3, _) => "rd",
        _ => "th",
    };
    format!("{n}{ending}")
}

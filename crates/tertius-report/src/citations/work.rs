//! A work, by the fields that styles ask for.

use std::collections::BTreeMap;

use biblatex::{ChunksExt, DateValue, Entry, EntryType, PermissiveType};
use tertius::record::bibliography;

/// A kind of work, as far as styles tell them apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// In a journal.
    Article,
    /// A book, a report, a thesis.
    Book,
    /// A part of a book or of proceedings.
    Chapter,
    /// A page of the web.
    Online,
    /// A manuscript before print.
    Preprint,
    /// A program.
    Software,
    /// A set of data.
    Data,
    /// Any other.
    Other,
}

/// A name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Name {
    /// Family name with its particle; the whole name of an organisation.
    pub family: String,
    /// The particle that the family name begins with: `de`, `van der`; empty for none.
    pub particle: String,
    /// Given names; empty for an organisation, or a name that is written whole.
    pub given: String,
    /// `Jr.` and the like.
    pub suffix: String,
}

impl Name {
    fn whole(name: impl Into<String>) -> Name {
        Name {
            family: name.into(),
            particle: String::new(),
            given: String::new(),
            suffix: String::new(),
        }
    }

    /// Whether it is written in Chinese characters: family name first, nothing between, no initials.
    pub fn is_wide(&self) -> bool {
        self.family.chars().next().is_some_and(is_wide)
    }

    /// Initials of the given names, each with `stop`, joined by `space`; a hyphen stays where `stop` does.
    pub(super) fn initials(&self, stop: &str, space: &str) -> String {
        let word = |w: &str| -> String {
            let parts = w.split('-').filter_map(|p| p.chars().next());
            let parts: Vec<String> = parts
                .map(|c| format!("{}{stop}", c.to_uppercase()))
                .collect();
            parts.join(if stop.is_empty() { space } else { "-" })
        };
        let words: Vec<String> = self.given.split_whitespace().map(word).collect();
        words.join(space)
    }
}

pub(super) fn is_wide(c: char) -> bool {
    crate::terminal::columns(c.encode_utf8(&mut [0; 4])) > 1
}

/// A work. A field that the entry lacks is empty.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Work {
    /// Its key.
    pub key: String,
    /// Its kind.
    pub kind: Kind,
    /// Its entry, as it stands.
    pub biblatex: String,
    /// Who wrote it; an organisation where nobody is named.
    pub authors: Vec<Name>,
    /// Whether there are more authors than the entry names.
    pub more_authors: bool,
    /// Title, with its subtitle.
    pub title: String,
    /// Journal, or the book that it is a part of.
    pub container: String,
    /// Volume.
    pub volume: String,
    /// Number of the issue.
    pub number: String,
    /// Pages, with an en dash.
    pub pages: String,
    /// Year, or years.
    pub year: String,
    /// Month, 1 to 12.
    pub month: Option<u8>,
    /// Day.
    pub day: Option<u8>,
    /// Who published it.
    pub publisher: String,
    /// Where.
    pub place: String,
    /// Edition.
    pub edition: String,
    /// Version.
    pub version: String,
    /// How it was published.
    pub how: String,
    /// Digital object identifier.
    pub doi: String,
    /// Its number on arXiv.
    pub arxiv: String,
    /// Address.
    pub url: String,
    /// When it was looked up, as given.
    pub accessed: String,
}

impl Work {
    /// The work of `key` in a bibliography. `None` where there is none, or its entry cannot be read.
    pub fn read(bib: &str, key: &str) -> Option<Work> {
        Work::all(bib, &[key]).pop()
    }

    /// The works of `keys`, in their order; those that are not there or can't be read are left out.
    pub(super) fn all(bib: &str, keys: &[&str]) -> Vec<Work> {
        let all = bibliography(bib);
        let by_key: BTreeMap<&str, &(Entry, &str)> =
            all.iter().map(|e| (e.0.key.as_str(), e)).collect();
        let one = |key: &str| {
            let (entry, text) = by_key.get(key)?;
            Some(Work::of(entry, text))
        };
        keys.iter().filter_map(|k| one(k)).collect()
    }

    fn of(entry: &Entry, text: &str) -> Work {
        let get = |names: &[&str]| -> String {
            let found = names.iter().find_map(|n| entry.get(n));
            found.map_or_else(String::new, |c| tidy(&c.format_verbatim()))
        };
        let (mut authors, more_authors) = people(entry);
        if authors.is_empty() {
            let body = get(&["organization", "institution"]);
            authors.extend((!body.is_empty()).then(|| Name::whole(body)));
        }
        let title = match (get(&["title"]), get(&["subtitle"])) {
            (title, subtitle) if subtitle.is_empty() => title,
            (title, subtitle) => format!("{title}: {subtitle}"),
        };
        let (year, month, day) = date(entry);
        let arxiv = if get(&["eprinttype", "archiveprefix"]).eq_ignore_ascii_case("arxiv") {
            get(&["eprint"])
        } else {
            String::new()
        };
        let kind = match entry.entry_type {
            EntryType::Article | EntryType::Periodical | EntryType::SuppPeriodical => Kind::Article,
            EntryType::InBook
            | EntryType::InCollection
            | EntryType::InProceedings
            | EntryType::BookInBook
            | EntryType::SuppBook => Kind::Chapter,
            EntryType::Online => Kind::Online,
            EntryType::Software => Kind::Software,
            EntryType::Dataset => Kind::Data,
            EntryType::Misc | EntryType::Unpublished if !arxiv.is_empty() => Kind::Preprint,
            EntryType::Misc | EntryType::Unpublished => Kind::Other,
            _ => Kind::Book,
        };
        Work {
            key: entry.key.clone(),
            kind,
            biblatex: text.trim().to_owned(),
            authors,
            more_authors,
            title,
            container: get(&["journaltitle", "journal", "booktitle", "maintitle"]),
            volume: get(&["volume"]),
            number: get(&["number", "issue"]),
            pages: get(&["pages"]).replace('-', "–").replace("––", "–"),
            year,
            month,
            day,
            publisher: get(&["publisher", "school", "institution", "organization"]),
            place: get(&["location", "address"]),
            edition: get(&["edition"]),
            version: get(&["version"]),
            how: get(&["howpublished"]),
            doi: get(&["doi"])
                .trim_start_matches("https://doi.org/")
                .to_owned(),
            arxiv,
            url: get(&["url"]),
            accessed: get(&["urldate"]),
        }
    }

    /// Its entry in the fields and types of BibTeX; as it stands where it can't be told in them.
    pub fn bibtex(&self) -> String {
        let parsed = biblatex::Bibliography::parse(&self.biblatex).ok();
        let entry = parsed.and_then(|b| b.into_iter().next());
        let told = entry.and_then(|e| e.to_bibtex_string().ok());
        told.unwrap_or_else(|| self.biblatex.clone())
    }

    /// The address to print: the DOI's where there is one.
    pub(super) fn address(&self) -> String {
        if !self.doi.is_empty() {
            format!("https://doi.org/{}", self.doi)
        } else if !self.arxiv.is_empty() {
            format!("https://doi.org/10.48550/arXiv.{}", self.arxiv)
        } else {
            self.url.clone()
        }
    }

    /// Who published it, unless that is the author.
    pub(super) fn publisher_beside_author(&self) -> &str {
        if self.authors.iter().any(|a| a.family == self.publisher) {
            ""
        } else {
            &self.publisher
        }
    }
}

/// Braces, which only protect capitals, and the dashes of TeX.
fn tidy(text: &str) -> String {
    text.replace(['{', '}'], "")
        .replace("---", "—")
        .replace("--", "–")
        .trim()
        .to_owned()
}

/// Names of authors, or else of editors; whether the list ends in `others`.
fn people(entry: &Entry) -> (Vec<Name>, bool) {
    let found = entry.author().ok().filter(|a| !a.is_empty()).or_else(|| {
        let editors = entry.editors().ok()?;
        Some(editors.into_iter().flat_map(|(p, _)| p).collect())
    });
    let mut names: Vec<Name> = found
        .into_iter()
        .flatten()
        .map(|p| Name {
            family: tidy(&[p.prefix.as_str(), p.name.as_str()].join(" ")),
            particle: tidy(&p.prefix),
            given: tidy(&p.given_name),
            suffix: tidy(&p.suffix),
        })
        .filter(|n| !n.family.is_empty())
        .collect();
    let others = names
        .last()
        .is_some_and(|n| n.family == "others" && n.given.is_empty());
    if others {
        names.pop();
    }
    (names, others)
}

fn date(entry: &Entry) -> (String, Option<u8>, Option<u8>) {
    match entry.date() {
        Ok(PermissiveType::Typed(date)) => {
            let (at, years) = match date.value {
                DateValue::At(d) | DateValue::After(d) | DateValue::Before(d) => {
                    (d, d.year.to_string())
                }
                DateValue::Between(a, b) if a.year == b.year => (a, a.year.to_string()),
                DateValue::Between(a, b) => return (format!("{}–{}", a.year, b.year), None, None),
            };
            (years, at.month.map(|m| m + 1), at.day.map(|d| d + 1))
        }
        Ok(PermissiveType::Chunks(c)) => (tidy(&c.format_verbatim()), None, None),
        Err(_) => (String::new(), None, None),
    }
}

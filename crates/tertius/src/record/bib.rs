//! BibTeX, entry by entry.
//!
//! The parser of the library is used for what it does without recursion, the form of entries; what it does
//! by recursion, abbreviations of abbreviations, cross-references and commands inside commands, is bounded
//! here first, so that no bibliography can exhaust the stack. Fields that nothing is made of are left out,
//! `crossref` and `xdata` among them: they are not followed.

use std::collections::BTreeMap;
use std::ops::Range;

use biblatex::{Bibliography, ChunksExt, Entry, Pair, RawBibliography, RawChunk, Spanned};

use super::diagnostic::{Diagnostic, DiagnosticId as Id, Place};
use super::keys::Lines;
use super::problems::Problems;

/// Fields that a source, or its citation, is made of.
const FIELDS: &[&str] = &[
    "title",
    "author",
    "date",
    "year",
    "url",
    "doi",
    "howpublished",
    "journaltitle",
    "journal",
    "booktitle",
    "publisher",
    "organization",
    "institution",
    "subtitle",
    "editor",
    "maintitle",
    "volume",
    "number",
    "issue",
    "pages",
    "month",
    "day",
    "school",
    "location",
    "address",
    "edition",
    "version",
    "eprint",
    "eprinttype",
    "archiveprefix",
    "urldate",
];

/// The most bytes that all fields may have together once their abbreviations are written out.
const LONGEST: usize = 1 << 24;

/// The most bytes that a field may have once its abbreviations are written out.
const LONGEST_FIELD: usize = 1 << 16;

/// The most braces that may stand open in a field.
const DEEPEST: usize = 32;

/// An entry that was read.
pub(super) struct BibEntry {
    pub(super) key: String,
    pub(super) line: u64,
    /// Whether all its fields could be read.
    pub(super) whole: bool,
    entry: Entry,
    /// Where in the text it stands, with its closing brace.
    at: Range<usize>,
}

/// The entries of a bibliography that can be read, each with its text, bounded as those of a case are:
/// fields that no citation is made of are left out. For citations.
///
/// ```
/// let text = "@book{a, title = {T}, year = 1999, crossref = {a}}";
/// let all = tertius::record::bibliography(text);
/// assert_eq!((all[0].0.key.as_str(), all[0].1), ("a", text));
/// assert!(all[0].0.get("crossref").is_none());
/// ```
pub fn bibliography(text: &str) -> Vec<(Entry, &str)> {
    let (found, _) = entries("", text, &mut Problems::default());
    let with_text = |e: BibEntry| {
        let start = text.get(..=e.at.start)?.rfind('@')?;
        Some((e.entry, text.get(start..e.at.end)?))
    };
    found.into_iter().filter_map(with_text).collect()
}

impl BibEntry {
    /// A field as plain text, if it has any.
    pub(super) fn field(&self, name: &str) -> Option<String> {
        let chunks = self.entry.get(name)?;
        Some(chunks.format_verbatim().trim().to_owned()).filter(|s| !s.is_empty())
    }

    /// The authors, given name first.
    pub(super) fn authors(&self) -> Option<String> {
        let people = self.entry.author().ok()?;
        let names = people.iter().map(|p| {
            let parts = [p.given_name.trim(), p.prefix.trim(), p.name.trim()];
            parts
                .map(str::to_owned)
                .into_iter()
                .filter(|s| !s.is_empty())
                .collect::<Vec<_>>()
                .join(" ")
        });
        Some(names.collect::<Vec<_>>().join("; ")).filter(|a| !a.is_empty())
    }
}

/// Text that fields are made of, in pieces.
type Pieces<'s> = Vec<Spanned<RawChunk<'s>>>;

/// Reads the entries of a bibliography; `true` if it could be read to its end.
pub(super) fn entries(file: &str, text: &str, out: &mut Problems) -> (Vec<BibEntry>, bool) {
    let lines = Lines::of(text);
    let before = out.errors();
    let mut found = Vec::new();
    let mut first_line: BTreeMap<String, u64> = BTreeMap::new();
    let mut abbreviations = BTreeMap::new();
    let mut bytes = 0;
    for part in parts(file, text, &lines, out) {
        add_abbreviations(&mut abbreviations, file, &part, &lines, out);
        for raw in part.raw.entries {
            let line = lines.line(part.at + raw.span.start);
            let place = Place::file(file).row(line);
            let key = raw.v.key.v;
            if let Some(first) = first_line.get(key) {
                out.push(
                    Diagnostic::new(Id::DuplicateId, place.column("key"))
                        .with("value", key)
                        .with("first", first),
                );
                continue;
            }
            first_line.insert(key.to_owned(), line);
            if !is_key(key) {
                let problem = Diagnostic::new(Id::BadId, place.clone().column("key"));
                out.push(problem.with("value", key));
            }
            let before = out.errors();
            let mut fields: Vec<Pair<'_>> = Vec::new();
            for mut pair in raw.v.fields {
                let name = pair.key.v.to_ascii_lowercase();
                if !FIELDS.contains(&name.as_str()) {
                    continue;
                }
                let written = written_out(&pair.value.v, &abbreviations).and_then(|pieces| {
                    bytes += pieces.iter().map(|p| size(&p.v)).sum::<usize>();
                    let fits = bytes <= LONGEST;
                    fits.then_some(pieces).ok_or_else(|| "too-long".to_owned())
                });
                match written {
                    Ok(pieces) => {
                        pair.value.v = pieces;
                        fields.push(pair);
                    }
                    Err(reason) => {
                        let line = lines.line(part.at + pair.key.span.start);
                        let place = Place::file(file).row(line).column(name);
                        out.push(Diagnostic::new(Id::NotBib, place).with("reason", reason));
                    }
                }
            }
            let alone = RawBibliography {
                preamble: String::new(),
                entries: vec![Spanned::new(
                    biblatex::RawEntry { fields, ..raw.v },
                    raw.span.clone(),
                )],
                abbreviations: Vec::new(),
            };
            match Bibliography::from_raw(alone) {
                Ok(library) => found.extend(library.into_iter().map(|entry| BibEntry {
                    key: entry.key.clone(),
                    line,
                    whole: out.errors() == before,
                    entry,
                    at: part.at + raw.span.start..closed(text, part.at + raw.span.end),
                })),
                Err(e) => {
                    let line = lines.line(part.at + e.span.start);
                    let place = Place::file(file).row(line);
                    out.push(Diagnostic::new(Id::NotBib, place).with("reason", e.kind));
                }
            }
        }
    }
    (found, out.errors() == before)
}

/// Where an entry is over whose fields end at `end`: the parser leaves its closing brace out.
fn closed(text: &str, end: usize) -> usize {
    let rest = text.get(end..).unwrap_or("");
    let brace = rest.trim_start();
    end + rest.len() - brace.len() + brace.chars().next().map_or(0, char::len_utf8)
}

/// A stretch of the text that can be read, and where it begins.
struct Part<'s> {
    at: usize,
    raw: RawBibliography<'s>,
}

/// The whole text, or, where that can't be read, its entries one by one, so that each broken one is told.
fn parts<'s>(file: &str, text: &'s str, lines: &Lines, out: &mut Problems) -> Vec<Part<'s>> {
    if let Ok(raw) = RawBibliography::parse(text) {
        return vec![Part { at: 0, raw }];
    }
    let mut starts: Vec<usize> = std::iter::once(0)
        .chain(text.match_indices("\n@").map(|(i, _)| i + 1))
        .collect();
    starts.push(text.len());
    let mut found = Vec::new();
    for ends in starts.windows(2) {
        match RawBibliography::parse(&text[ends[0]..ends[1]]) {
            Ok(raw) => found.push(Part { at: ends[0], raw }),
            Err(e) => {
                // The parser sees what is missing at the end of the entry; the reader looks for its start.
                let line = lines.line(ends[0]);
                let place = Place::file(file).row(line);
                out.push(Diagnostic::new(Id::NotBib, place).with("reason", e.kind));
            }
        }
    }
    found
}

/// The abbreviations of a part, written out. As in BibTeX, one may use those before it.
fn add_abbreviations<'s>(
    known: &mut BTreeMap<&'s str, Pieces<'s>>,
    file: &str,
    part: &Part<'s>,
    lines: &Lines,
    out: &mut Problems,
) {
    for pair in &part.raw.abbreviations {
        match written_out(&pair.value.v, known) {
            Ok(pieces) => {
                known.insert(pair.key.v, pieces);
            }
            Err(reason) => {
                let line = lines.line(part.at + pair.key.span.start);
                let place = Place::file(file).row(line);
                out.push(Diagnostic::new(Id::NotBib, place).with("reason", reason));
            }
        }
    }
}

/// A value without abbreviations, but for the names of months, which need none.
fn written_out<'s>(
    value: &Pieces<'s>,
    known: &BTreeMap<&'s str, Pieces<'s>>,
) -> Result<Pieces<'s>, String> {
    let mut pieces: Pieces<'s> = Vec::new();
    let mut bytes = 0;
    for piece in value {
        let more = match piece.v {
            RawChunk::Abbreviation(name) => match known.get(name) {
                Some(pieces) => pieces.as_slice(),
                None if MONTHS.contains(&name.to_ascii_lowercase().as_str()) => {
                    std::slice::from_ref(piece)
                }
                None => return Err(format!("unknown abbreviation {name:?}")),
            },
            RawChunk::Normal(_) => std::slice::from_ref(piece),
        };
        // Each counts for at least one, so that a long row of empty pieces is bounded too.
        bytes += more.iter().map(|p| 1 + size(&p.v)).sum::<usize>();
        if bytes > LONGEST_FIELD {
            return Err("field-too-long".to_owned());
        }
        pieces.extend_from_slice(more);
    }
    if pieces.iter().any(|p| depth(&p.v) > DEEPEST) {
        return Err("braces-too-deep".to_owned());
    }
    Ok(pieces)
}

const MONTHS: [&str; 12] = [
    "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec",
];

fn text_of<'s>(piece: &RawChunk<'s>) -> &'s str {
    match piece {
        RawChunk::Normal(s) | RawChunk::Abbreviation(s) => s,
    }
}

fn size(piece: &RawChunk<'_>) -> usize {
    text_of(piece).len()
}

/// The most braces open at once, escaped ones included: more than there are is safe.
fn depth(piece: &RawChunk<'_>) -> usize {
    let (mut open, mut most) = (0_usize, 0);
    for b in text_of(piece).bytes() {
        match b {
            b'{' => open += 1,
            b'}' => open = open.saturating_sub(1),
            _ => {}
        }
        most = most.max(open);
    }
    most
}

/// Whether a row can cite this key: it stands in lists joined by `;`, in pages and in file names.
fn is_key(key: &str) -> bool {
    let fine = |c: char| c.is_alphanumeric() || "-_:.+/".contains(c);
    !key.is_empty() && key.chars().count() <= 128 && key.chars().all(fine)
}

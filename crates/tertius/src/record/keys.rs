//! `case.toml` key by key, so that every problem of it is found in one pass, each with its line.

use std::collections::BTreeSet;

use toml::de::{DeTable, DeValue};

use super::diagnostic::{Diagnostic, DiagnosticId as Id, Place};
use super::problems::Problems;
use super::row::{parse_month, parse_when};
use super::text::has_markup;
use crate::vocabulary::{Month, Text, When, nearest};

type Spanned<T> = toml::Spanned<T>;

/// Where the lines of a text begin, for turning positions into lines.
pub(super) struct Lines {
    starts: Vec<usize>,
}

impl Lines {
    pub(super) fn of(text: &str) -> Lines {
        let ends = text.bytes().enumerate().filter(|(_, b)| *b == b'\n');
        let starts = std::iter::once(0).chain(ends.map(|(i, _)| i + 1)).collect();
        Lines { starts }
    }

    /// The line that holds a position, the first being 1.
    pub(super) fn line(&self, offset: usize) -> u64 {
        self.starts.partition_point(|&s| s <= offset) as u64
    }
}

/// A value that is no table, freed from the file that it stands in.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Leaf {
    Text(String),
    /// The number as written, and as it is if it is finite.
    Number {
        text: String,
        value: Option<f64>,
    },
    YesNo(bool),
    /// A date or an array.
    Other(&'static str),
}

impl Leaf {
    fn of(value: &DeValue<'_>) -> Leaf {
        match value {
            DeValue::String(s) => Leaf::Text(s.to_string()),
            DeValue::Boolean(b) => Leaf::YesNo(*b),
            DeValue::Integer(_) | DeValue::Float(_) => {
                let (text, value) = number_of(value);
                let text = text.to_owned();
                Leaf::Number { text, value }
            }
            other => Leaf::Other(other.type_str()),
        }
    }

    pub(super) fn type_name(&self) -> &'static str {
        match self {
            Leaf::Text(_) => "string",
            Leaf::Number { .. } => "number",
            Leaf::YesNo(_) => "boolean",
            Leaf::Other(name) => name,
        }
    }
}

impl std::fmt::Display for Leaf {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Leaf::Text(text) | Leaf::Number { text, .. } => f.write_str(text),
            Leaf::YesNo(b) => write!(f, "{b}"),
            Leaf::Other(name) => f.write_str(name),
        }
    }
}

/// A number as written, and as it is if it is a finite one.
fn number_of<'d>(value: &'d DeValue<'_>) -> (&'d str, Option<f64>) {
    let (text, number) = match value {
        DeValue::Integer(i) => {
            let whole = i128::from_str_radix(&i.as_str().replace('_', ""), i.radix()).ok();
            (i.as_str(), whole.map(|n| n as f64))
        }
        DeValue::Float(f) => (f.as_str(), f.as_str().replace('_', "").parse().ok()),
        _ => ("", None),
    };
    (text, number.filter(|n| n.is_finite()))
}

/// The file that keys stand in.
#[derive(Clone, Copy)]
pub(super) struct Source<'s> {
    pub(super) file: &'static str,
    pub(super) lines: &'s Lines,
}

impl Source<'_> {
    fn line(&self, offset: usize) -> u64 {
        self.lines.line(offset)
    }
}

/// One table of the file; remembers which keys were asked for.
pub(super) struct Keys<'s, 'd> {
    source: Source<'s>,
    path: String,
    table: &'d DeTable<'s>,
    line: u64,
    asked: BTreeSet<&'static str>,
}

impl<'s, 'd> Keys<'s, 'd> {
    pub(super) fn new(source: Source<'s>, path: &str, table: &'d DeTable<'s>, line: u64) -> Self {
        Keys {
            source,
            path: path.to_owned(),
            table,
            line,
            asked: BTreeSet::new(),
        }
    }

    fn name(&self, key: &str) -> String {
        if self.path.is_empty() {
            key.to_owned()
        } else {
            format!("{}.{key}", self.path)
        }
    }

    fn get(&mut self, key: &'static str) -> Option<&'d Spanned<DeValue<'s>>> {
        self.asked.insert(key);
        self.table.get(key)
    }

    /// Where a key stands, or, if it is not there, its table.
    pub(super) fn place(&self, key: &str) -> Place {
        let line = self
            .table
            .get(key)
            .map_or(self.line, |v| self.source.line(v.span().start));
        Place::file(self.source.file)
            .row(line)
            .column(self.name(key))
    }

    fn wrong_type(&self, key: &str, value: &DeValue<'_>, expected: &str, out: &mut Problems) {
        out.push(
            Diagnostic::new(Id::WrongType, self.place(key))
                .with("value", value.type_str())
                .with("expected", expected),
        );
    }

    pub(super) fn has(&self, key: &str) -> bool {
        self.table.contains_key(key)
    }

    pub(super) fn str(&mut self, key: &'static str, out: &mut Problems) -> Option<&'d str> {
        let value = self.get(key)?.get_ref();
        match value.as_str() {
            Some(s) => Some(s),
            None => {
                self.wrong_type(key, value, "string", out);
                None
            }
        }
    }

    pub(super) fn required(&mut self, key: &'static str, out: &mut Problems) -> Option<&'d str> {
        if !self.has(key) {
            self.asked.insert(key);
            out.push(Diagnostic::new(Id::EmptyCell, self.place(key)));
            return None;
        }
        self.str(key, out).filter(|s| {
            if s.is_empty() {
                out.push(Diagnostic::new(Id::EmptyCell, self.place(key)));
            }
            !s.is_empty()
        })
    }

    pub(super) fn text(&mut self, key: &'static str, out: &mut Problems) -> Option<Text> {
        if !self.has(key) {
            self.asked.insert(key);
            out.push(Diagnostic::new(Id::EmptyCell, self.place(key)));
            return None;
        }
        let value = self.get(key)?;
        let text = match value.get_ref() {
            DeValue::String(s) => {
                if s.is_empty() {
                    out.push(Diagnostic::new(Id::EmptyCell, self.place(key)));
                }
                self.check_markup(key, s, out);
                Text {
                    en: s.to_string(),
                    zh: None,
                }
            }
            DeValue::Table(t) => {
                let line = self.source.line(value.span().start);
                let mut keys = Keys::new(self.source, &self.name(key), t, line);
                let en = keys.required("en", out);
                let zh = keys.str("zh", out).map(str::to_owned);
                for (key, text) in [("en", en), ("zh", zh.as_deref())] {
                    keys.check_markup(key, text.unwrap_or(""), out);
                }
                keys.finish(out);
                Text {
                    en: en?.to_owned(),
                    zh,
                }
            }
            other => {
                self.wrong_type(key, other, "string, { en, zh }", out);
                return None;
            }
        };
        Some(text)
    }

    pub(super) fn check_markup(&self, key: &str, text: &str, out: &mut Problems) {
        if has_markup(text) {
            out.push(Diagnostic::new(Id::MarkupInText, self.place(key)).with("value", text));
        }
    }

    /// A text without a twin in another language, empty where there is none.
    pub(super) fn plain(&mut self, key: &'static str, out: &mut Problems) -> String {
        let text = self.str(key, out).unwrap_or("");
        self.check_markup(key, text, out);
        text.to_owned()
    }

    pub(super) fn number(&mut self, key: &'static str, out: &mut Problems) -> Option<f64> {
        let value = self.get(key)?.get_ref();
        let (text, number) = match value {
            DeValue::Integer(_) | DeValue::Float(_) => number_of(value),
            other => {
                self.wrong_type(key, other, "number", out);
                return None;
            }
        };
        if number.is_none() {
            out.push(Diagnostic::new(Id::NotANumber, self.place(key)).with("value", text));
        }
        number
    }

    pub(super) fn strings(&mut self, key: &'static str, out: &mut Problems) -> Vec<&'d str> {
        let Some(value) = self.get(key) else {
            return Vec::new();
        };
        let Some(array) = value.get_ref().as_array() else {
            self.wrong_type(key, value.get_ref(), "array of strings", out);
            return Vec::new();
        };
        let mut found = Vec::new();
        for item in array.iter() {
            match item.get_ref().as_str() {
                Some(s) => found.push(s),
                None => self.wrong_type(key, item.get_ref(), "array of strings", out),
            }
        }
        found
    }

    /// A table that must be there.
    pub(super) fn table(&mut self, key: &'static str, out: &mut Problems) -> Option<Keys<'s, 'd>> {
        if !self.has(key) {
            self.asked.insert(key);
            out.push(Diagnostic::new(Id::EmptyCell, self.place(key)));
            return None;
        }
        self.optional_table(key, out)
    }

    pub(super) fn optional_table(
        &mut self,
        key: &'static str,
        out: &mut Problems,
    ) -> Option<Keys<'s, 'd>> {
        let value = self.get(key)?;
        match value.get_ref().as_table() {
            Some(t) => {
                let line = self.source.line(value.span().start);
                Some(Keys::new(self.source, &self.name(key), t, line))
            }
            None => {
                self.wrong_type(key, value.get_ref(), "table", out);
                None
            }
        }
    }

    /// An array of tables, empty where there is none.
    pub(super) fn tables(&mut self, key: &'static str, out: &mut Problems) -> Vec<Keys<'s, 'd>> {
        let Some(value) = self.get(key) else {
            return Vec::new();
        };
        let Some(array) = value.get_ref().as_array() else {
            self.wrong_type(key, value.get_ref(), "array of tables", out);
            return Vec::new();
        };
        let mut found = Vec::new();
        for item in array.iter() {
            match item.get_ref().as_table() {
                Some(t) => {
                    let line = self.source.line(item.span().start);
                    found.push(Keys::new(self.source, &self.name(key), t, line));
                }
                None => self.wrong_type(key, item.get_ref(), "array of tables", out),
            }
        }
        found
    }

    pub(super) fn month(&mut self, key: &'static str, out: &mut Problems) -> Option<Month> {
        let text = self.required(key, out)?;
        parse_month(text, self.place(key), out)
    }

    pub(super) fn when(&mut self, key: &'static str, out: &mut Problems) -> Option<When> {
        let text = self.required(key, out)?;
        parse_when(text, self.place(key), out)
    }

    /// Every value of this table and of the tables in it, by dotted name, for a table whose keys are
    /// checked elsewhere.
    pub(super) fn leaves(&self) -> Vec<(String, Leaf, Place)> {
        let mut found = Vec::new();
        for (key, value) in self.table.iter() {
            let name: &str = key.get_ref();
            let line = self.source.line(value.span().start);
            if let DeValue::Table(inner) = value.get_ref() {
                let inner = Keys::new(self.source, &self.name(name), inner, line);
                let of_inner = inner.leaves().into_iter();
                found.extend(of_inner.map(|(n, leaf, place)| (format!("{name}.{n}"), leaf, place)));
            } else {
                found.push((name.to_owned(), Leaf::of(value.get_ref()), self.place(name)));
            }
        }
        found
    }

    /// Reports the keys that nobody asked for.
    pub(super) fn finish(self, out: &mut Problems) {
        for key in self.table.keys() {
            let name: &str = key.get_ref();
            if !self.asked.contains(name) {
                out.report(Id::UnknownKey, self.place(name), |d| {
                    d.with(
                        "nearest",
                        nearest(name, self.asked.iter().copied()).unwrap_or(""),
                    )
                });
            }
        }
    }
}

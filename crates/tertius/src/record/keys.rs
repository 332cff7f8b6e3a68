//! `case.toml` key by key, so that every problem of it is found in one pass, each with its line.

use std::collections::BTreeSet;

use toml::de::{DeTable, DeValue};

use super::diagnostic::{Diagnostic, DiagnosticId as Id, Place, nearest};
use super::table::has_markup;
use crate::vocabulary::{Month, Text, When};

type Spanned<T> = toml::Spanned<T>;

/// The text of the file, for turning positions into lines.
#[derive(Clone, Copy)]
pub(super) struct Source<'s> {
    pub(super) file: &'s str,
    pub(super) text: &'s str,
}

impl Source<'_> {
    pub(super) fn line(&self, offset: usize) -> u64 {
        let end = offset.min(self.text.len());
        1 + self.text.as_bytes()[..end]
            .iter()
            .filter(|&&b| b == b'\n')
            .count() as u64
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

    fn wrong_type(
        &self,
        key: &str,
        value: &DeValue<'_>,
        expected: &str,
        out: &mut Vec<Diagnostic>,
    ) {
        out.push(
            Diagnostic::new(Id::NotOneOf, self.place(key))
                .with("value", value.type_str())
                .with("allowed", expected),
        );
    }

    pub(super) fn has(&self, key: &str) -> bool {
        self.table.contains_key(key)
    }

    pub(super) fn str(&mut self, key: &'static str, out: &mut Vec<Diagnostic>) -> Option<&'d str> {
        let value = self.get(key)?.get_ref();
        match value.as_str() {
            Some(s) => Some(s),
            None => {
                self.wrong_type(key, value, "string", out);
                None
            }
        }
    }

    pub(super) fn required(
        &mut self,
        key: &'static str,
        out: &mut Vec<Diagnostic>,
    ) -> Option<&'d str> {
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

    pub(super) fn text(&mut self, key: &'static str, out: &mut Vec<Diagnostic>) -> Option<Text> {
        if !self.has(key) {
            self.asked.insert(key);
            out.push(Diagnostic::new(Id::EmptyCell, self.place(key)));
            return None;
        }
        let value = self.get(key)?;
        let text = match value.get_ref() {
            DeValue::String(s) => Text {
                en: s.to_string(),
                zh: None,
            },
            DeValue::Table(t) => {
                let line = self.source.line(value.span().start);
                let mut keys = Keys::new(self.source, &self.name(key), t, line);
                let en = keys.required("en", out);
                let zh = keys.str("zh", out).map(str::to_owned);
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
        if [Some(&text.en), text.zh.as_ref()]
            .into_iter()
            .flatten()
            .any(|s| has_markup(s))
        {
            out.push(Diagnostic::new(Id::MarkupInText, self.place(key)).with("value", &text.en));
        }
        Some(text)
    }

    pub(super) fn number(&mut self, key: &'static str, out: &mut Vec<Diagnostic>) -> Option<f64> {
        let value = self.get(key)?.get_ref();
        let text = match value {
            DeValue::Integer(i) => i.as_str(),
            DeValue::Float(f) => f.as_str(),
            other => {
                self.wrong_type(key, other, "number", out);
                return None;
            }
        };
        match text.replace('_', "").parse::<f64>() {
            Ok(n) if n.is_finite() => Some(n),
            _ => {
                out.push(Diagnostic::new(Id::NotANumber, self.place(key)).with("value", text));
                None
            }
        }
    }

    pub(super) fn strings(&mut self, key: &'static str, out: &mut Vec<Diagnostic>) -> Vec<&'d str> {
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
    pub(super) fn table(
        &mut self,
        key: &'static str,
        out: &mut Vec<Diagnostic>,
    ) -> Option<Keys<'s, 'd>> {
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
        out: &mut Vec<Diagnostic>,
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
    pub(super) fn tables(
        &mut self,
        key: &'static str,
        out: &mut Vec<Diagnostic>,
    ) -> Vec<Keys<'s, 'd>> {
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

    pub(super) fn month(&mut self, key: &'static str, out: &mut Vec<Diagnostic>) -> Option<Month> {
        let text = self.required(key, out)?;
        match text.parse() {
            Ok(m) => Some(m),
            Err(_) => {
                out.push(Diagnostic::new(Id::BadDate, self.place(key)).with("value", text));
                None
            }
        }
    }

    pub(super) fn when(&mut self, key: &'static str, out: &mut Vec<Diagnostic>) -> Option<When> {
        let text = self.required(key, out)?;
        super::table::parse_when(text, self.place(key), out)
    }

    /// The values of all keys as text, for a table whose keys are checked elsewhere.
    pub(super) fn all_as_text(&self) -> Vec<(String, String, Place)> {
        self.table
            .iter()
            .map(|(k, v)| {
                let text = match v.get_ref() {
                    DeValue::String(s) => s.to_string(),
                    DeValue::Integer(i) => i.as_str().to_owned(),
                    DeValue::Float(f) => f.as_str().to_owned(),
                    DeValue::Boolean(b) => b.to_string(),
                    other => other.type_str().to_owned(),
                };
                (k.get_ref().to_string(), text, self.place(k.get_ref()))
            })
            .collect()
    }

    /// Reports the keys that nobody asked for.
    pub(super) fn finish(self, out: &mut Vec<Diagnostic>) {
        for key in self.table.keys() {
            let name: &str = key.get_ref();
            if !self.asked.contains(name) {
                let near = nearest(name, self.asked.iter().copied()).unwrap_or("");
                out.push(Diagnostic::new(Id::UnknownKey, self.place(name)).with("nearest", near));
            }
        }
    }
}

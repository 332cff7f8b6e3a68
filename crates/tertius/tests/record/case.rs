//! A small valid case in memory, and ways to break it.

use tertius::record::{Diagnostic, MemoryFiles, Record, load};
use tertius::vocabulary::Month;

pub(crate) use crate::exercise::VALID;

/// A case under construction.
#[derive(Clone)]
pub(crate) struct Case {
    files: MemoryFiles,
    as_of: Option<Month>,
}

impl Case {
    pub(crate) fn valid() -> Case {
        Case {
            files: VALID.iter().copied().collect(),
            as_of: None,
        }
    }

    /// With this file, or this one in its place.
    pub(crate) fn with(mut self, path: &str, bytes: impl Into<Vec<u8>>) -> Case {
        self.files.insert(path, bytes);
        self
    }

    pub(crate) fn without(mut self, path: &str) -> Case {
        assert!(self.files.remove(path).is_some(), "{path} was not there");
        self
    }

    /// With something in a file's place that cannot be read.
    pub(crate) fn unreadable(mut self, path: &str) -> Case {
        self.files.insert_unreadable(path, "permission denied");
        self
    }

    pub(crate) fn as_of(mut self, month: &str) -> Case {
        self.as_of = Some(month.parse().unwrap());
        self
    }

    /// A text file as it stands.
    pub(crate) fn text(&self, path: &str) -> String {
        let (_, bytes) = self.files.iter().find(|(p, _)| *p == path).unwrap();
        String::from_utf8(bytes.to_vec()).unwrap()
    }

    /// With one text put in the place of another, which must be there.
    pub(crate) fn replace(self, path: &str, old: &str, new: &str) -> Case {
        let text = self.text(path);
        assert!(text.contains(old), "{path} has no {old:?}");
        self.with(path, text.replacen(old, new, 1))
    }

    pub(crate) fn toml(self, old: &str, new: &str) -> Case {
        self.replace("case.toml", old, new)
    }

    /// With more text at its end.
    pub(crate) fn append(self, path: &str, more: &str) -> Case {
        let text = self.text(path) + more;
        self.with(path, text)
    }

    /// With another value in one cell; the header is row 1.
    pub(crate) fn cell(self, path: &str, row: usize, column: &str, value: &str) -> Case {
        let text = self.text(path);
        let mut lines: Vec<String> = text.lines().map(str::to_owned).collect();
        let at = lines[0].split(',').position(|c| c == column).unwrap();
        let mut cells: Vec<String> = lines[row - 1].split(',').map(str::to_owned).collect();
        cells[at] = format!("\"{}\"", value.replace('"', "\"\""));
        lines[row - 1] = cells.join(",");
        self.with(path, lines.join("\n") + "\n")
    }

    pub(crate) fn load(&self) -> (Option<Record>, Vec<Diagnostic>) {
        load(&self.files, self.as_of)
    }

    /// The record, of a case that has no error.
    pub(crate) fn record(&self) -> Record {
        let (record, problems) = self.load();
        record.unwrap_or_else(|| panic!("{problems:#?}"))
    }

    pub(crate) fn problems(&self) -> Vec<Diagnostic> {
        self.load().1
    }
}

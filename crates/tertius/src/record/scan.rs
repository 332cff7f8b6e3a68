//! Comma-separated values, cell by cell (RFC 4180, with the liberties that spreadsheets take).
//!
//! Written here and not taken from a library because two things are needed that a forgiving reader does
//! not tell: the row as a spreadsheet counts it, empty lines included, and a quotation mark that nobody
//! closed, which would swallow the rest of the file without a word.

use std::borrow::Cow;

/// What is wrong with the quotation marks of a cell.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Fault {
    /// Opened and never closed: the cell is taken to end with its line.
    Unterminated,
    /// Text after the closing mark: it is taken as part of the cell.
    AfterQuote,
}

impl Fault {
    /// Its name in a diagnostic.
    pub(super) fn as_str(self) -> &'static str {
        match self {
            Fault::Unterminated => "unterminated-quote",
            Fault::AfterQuote => "text-after-quote",
        }
    }
}

/// One row: its number, the first line being 1, and its cells, trimmed.
#[derive(Default)]
pub(super) struct Line<'t> {
    pub(super) number: u64,
    pub(super) cells: Vec<Cow<'t, str>>,
    /// The first fault, and the cell that has it.
    pub(super) fault: Option<(usize, Fault)>,
}

/// Reads a text row by row.
pub(super) struct Scanner<'t> {
    text: &'t str,
    at: usize,
    rows: u64,
    delimiter: u8,
}

enum End {
    Cell,
    Line,
    File,
}

impl<'t> Scanner<'t> {
    pub(super) fn new(text: &'t str, delimiter: u8) -> Self {
        Scanner {
            text,
            at: 0,
            rows: 0,
            delimiter,
        }
    }

    /// The next row that is no empty line, put into `line`; `false` at the end of the text.
    pub(super) fn next_into(&mut self, line: &mut Line<'t>) -> bool {
        line.cells.clear();
        line.fault = None;
        let bytes = self.text.as_bytes();
        while let Some(b'\r' | b'\n') = bytes.get(self.at) {
            self.pass_line_end();
            self.rows += 1;
        }
        if self.at >= bytes.len() {
            return false;
        }
        self.rows += 1;
        line.number = self.rows;
        loop {
            let quoted = bytes.get(self.at) == Some(&b'"');
            let cell = if quoted {
                let (cell, fault) = self.quoted();
                if let Some(fault) = fault {
                    line.fault.get_or_insert((line.cells.len(), fault));
                }
                cell
            } else {
                Cow::Borrowed(self.plain())
            };
            line.cells.push(trimmed(cell));
            match self.pass_end() {
                End::Cell => {}
                End::Line | End::File => return true,
            }
        }
    }

    /// From here to the end of the cell.
    fn plain(&mut self) -> &'t str {
        let rest = &self.text.as_bytes()[self.at..];
        let ends = |b: &u8| *b == self.delimiter || matches!(b, b'\r' | b'\n');
        let len = rest.iter().position(ends).unwrap_or(rest.len());
        let cell = &self.text[self.at..self.at + len];
        self.at += len;
        cell
    }

    /// From an opening quotation mark to the end of the cell.
    fn quoted(&mut self) -> (Cow<'t, str>, Option<Fault>) {
        let open = self.at;
        let from = open + 1;
        let bytes = self.text.as_bytes();
        let mut at = from;
        let mut doubled = false;
        loop {
            let Some(next) = bytes[at..].iter().position(|&b| b == b'"') else {
                self.at = from;
                return (Cow::Borrowed(self.plain()), Some(Fault::Unterminated));
            };
            at += next;
            if bytes.get(at + 1) != Some(&b'"') {
                break;
            }
            doubled = true;
            at += 2;
        }
        let inside = &self.text[from..at];
        let mut cell = if doubled {
            Cow::Owned(inside.replace("\"\"", "\""))
        } else {
            Cow::Borrowed(inside)
        };
        self.at = at + 1;
        let after = self.plain();
        if after.trim().is_empty() {
            return (cell, None);
        }
        cell.to_mut().push_str(after);
        (cell, Some(Fault::AfterQuote))
    }

    fn pass_end(&mut self) -> End {
        match self.text.as_bytes().get(self.at) {
            None => End::File,
            Some(b'\r' | b'\n') => {
                self.pass_line_end();
                End::Line
            }
            Some(_) => {
                self.at += 1;
                End::Cell
            }
        }
    }

    fn pass_line_end(&mut self) {
        let crlf = self.text.as_bytes()[self.at..].starts_with(b"\r\n");
        self.at += if crlf { 2 } else { 1 };
    }
}

fn trimmed(cell: Cow<'_, str>) -> Cow<'_, str> {
    match cell {
        Cow::Borrowed(s) => Cow::Borrowed(s.trim()),
        Cow::Owned(s) if s.trim().len() == s.len() => Cow::Owned(s),
        Cow::Owned(s) => Cow::Owned(s.trim().to_owned()),
    }
}

/// The delimiter of a table by its header: the one of comma, semicolon and tab that stands there most
/// often outside quotation marks; the comma, where none does.
pub(super) fn delimiter(text: &str) -> u8 {
    let mut counts = [(0_usize, b','), (0, b';'), (0, b'\t')];
    let mut inside = false;
    for b in text.trim_start_matches(['\r', '\n']).bytes() {
        match b {
            b'"' => inside = !inside,
            b'\r' | b'\n' if !inside => break,
            _ if inside => {}
            _ => {
                for (n, d) in &mut counts {
                    *n += usize::from(*d == b);
                }
            }
        }
    }
    let [comma, others @ ..] = counts;
    others
        .into_iter()
        .fold(comma, |best, c| if c.0 > best.0 { c } else { best })
        .1
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// Row, cells, and the fault of one of them.
    type Scanned = (u64, Vec<String>, Option<(usize, Fault)>);

    fn rows(text: &str, delimiter: u8) -> Vec<Scanned> {
        let mut scanner = Scanner::new(text, delimiter);
        let mut line = Line::default();
        let mut found = Vec::new();
        while scanner.next_into(&mut line) {
            let cells = line.cells.iter().map(|c| c.to_string()).collect();
            found.push((line.number, cells, line.fault));
        }
        found
    }

    fn cells(text: &str) -> Vec<(u64, Vec<String>)> {
        rows(text, b',')
            .into_iter()
            .map(|(n, c, _)| (n, c))
            .collect()
    }

    #[test]
    fn every_line_end_ends_a_line_and_empty_lines_are_counted() {
        let expected = vec![
            (1, vec!["a".to_owned(), "b".to_owned()]),
            (3, vec!["c".to_owned(), String::new()]),
        ];
        for text in ["a,b\n\nc,", "a,b\r\n\r\nc,\r\n", "a,b\r\rc,\r"] {
            assert_eq!(cells(text), expected, "{text:?}");
        }
    }

    #[test]
    fn a_quoted_cell_keeps_delimiters_line_ends_and_marks() {
        let found = rows("\"a,\n\"\"b\"\"\" ,c\nd,e", b',');
        assert_eq!(found[0].1, ["a,\n\"b\"", "c"]);
        assert_eq!(found[1].0, 2);
    }

    #[test]
    fn an_open_quotation_mark_costs_one_line_and_is_told() {
        let found = rows("a,\"b,c\nd,e\n", b',');
        assert_eq!(found[0].2, Some((1, Fault::Unterminated)));
        assert_eq!(found[1].1, ["d", "e"]);
        let found = rows("\"a\"b,c\n", b',');
        assert_eq!(found[0].1, ["ab", "c"]);
        assert_eq!(found[0].2, Some((0, Fault::AfterQuote)));
    }

    #[test]
    fn the_header_tells_the_delimiter() {
        for (text, d) in [
            ("a;b;c\n1,2;3", b';'),
            ("\n\na\tb", b'\t'),
            ("\"x;y;z\",b\n", b','),
            ("a", b','),
        ] {
            assert_eq!(delimiter(text), d, "{text:?}");
        }
    }

    proptest! {
        /// Another reader of the format agrees on whatever it writes.
        #[test]
        fn the_csv_crate_is_read_back(
            table in prop::collection::vec(prop::collection::vec("[a\" ,;\t\r\né本]{0,6}", 2..5), 1..6),
            delimiter in prop::sample::select(vec![b',', b';', b'\t']),
        ) {
            let mut writer = csv::WriterBuilder::new()
                .flexible(true).delimiter(delimiter).from_writer(Vec::new());
            for row in &table {
                writer.write_record(row).unwrap();
            }
            let text = String::from_utf8(writer.into_inner().unwrap()).unwrap();
            let found = rows(&text, delimiter);
            prop_assert!(found.iter().all(|r| r.2.is_none()), "{text:?}");
            let found: Vec<Vec<String>> = found.into_iter().map(|r| r.1).collect();
            let expected: Vec<Vec<String>> = table.iter()
                .map(|r| r.iter().map(|c| c.trim().to_owned()).collect()).collect();
            prop_assert_eq!(found, expected);
        }
    }
}

//! Records of delimited text, each with where it stands in the bytes, and what a quotation mark that nobody closed
//! makes of them.
//!
//! Such a mark takes the rows after it into one cell, up to the next mark or the end of the file. Lines of the file
//! are the second witness: where a record goes over several and they look like rows, its first line alone is lost,
//! and reading goes on with the next.

use csv::ByteRecord;

use super::problem::Cause;

/// Reads records one after the other.
pub(super) struct Records<'b> {
    bytes: &'b [u8],
    delimiter: u8,
    reader: csv::Reader<&'b [u8]>,
    /// Where the reader's bytes begin.
    base: usize,
    record: ByteRecord,
    start: usize,
    end: usize,
    /// How many bytes may still be read a second time: marks made to harm would have it done for each line.
    again: usize,
}

/// What a record is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Shape {
    /// As many cells as the header.
    Whole,
    /// More or fewer.
    Ragged,
    /// A mark that nobody closed; the record goes over so many lines.
    Open(u32),
}

impl<'b> Records<'b> {
    pub(super) fn new(bytes: &'b [u8], delimiter: u8) -> Records<'b> {
        Records {
            bytes,
            delimiter,
            reader: reader(bytes, delimiter),
            base: 0,
            record: ByteRecord::new(),
            start: 0,
            end: 0,
            again: bytes.len().saturating_mul(4),
        }
    }

    /// The record that was read last.
    pub(super) fn record(&self) -> &ByteRecord {
        &self.record
    }

    /// Reads a record and tells how many blank lines came before it; nothing at the end.
    pub(super) fn next(&mut self) -> Result<Option<u32>, Cause> {
        let (start, blank) = self.after_blank_lines(self.end);
        let read = self.reader.read_byte_record(&mut self.record);
        let read = read.map_err(|e| Cause::Said(e.to_string()))?;
        self.start = start;
        self.end = self.base + self.reader.position().byte() as usize;
        Ok(read.then_some(blank))
    }

    /// Where the first line begins that is not blank, and how many before it are.
    fn after_blank_lines(&self, from: usize) -> (usize, u32) {
        let (mut at, mut blank) = (from, 0);
        let byte = |at: usize| self.bytes.get(at).copied();
        let before = from.checked_sub(1).and_then(byte);
        if before == Some(b'\r') && byte(at) == Some(b'\n') {
            at += 1;
        }
        while let Some(b'\r' | b'\n') = byte(at) {
            at += if (byte(at), byte(at + 1)) == (Some(b'\r'), Some(b'\n')) {
                2
            } else {
                1
            };
            blank += 1;
        }
        (at, blank)
    }

    /// What the record is, under a header of so many columns; `strict` says of each whether a cell of it can hold
    /// no line break.
    pub(super) fn shape(&self, columns: usize, strict: &[bool]) -> Shape {
        let breaks = |b: &u8| matches!(b, b'\n' | b'\r');
        let whole = self.record.len() == columns;
        let raw = self.bytes.get(self.start..self.end).unwrap_or(&[]);
        let open = || Shape::Open(lines(raw));
        if self.end >= self.bytes.len() && is_open(raw, self.delimiter) {
            return open();
        }
        let text = self.record.as_slice();
        if !text.contains(&b'\n') && !text.contains(&b'\r') {
            return if whole { Shape::Whole } else { Shape::Ragged };
        }
        if !whole {
            return open();
        }
        for (at, cell) in self.record.iter().enumerate() {
            if !cell.iter().any(breaks) {
                continue;
            }
            // Rows that a cell took in brought their delimiters with them.
            let inside = cell.iter().filter(|b| **b == self.delimiter).count();
            let rows = lines(cell) as usize - 1;
            let swallowed = columns > 1 && inside >= rows * (columns - 1);
            if strict.get(at) == Some(&true) || swallowed {
                return open();
            }
        }
        Shape::Whole
    }

    /// Goes back to the second line of the record. `false` where too much was read twice already.
    pub(super) fn go_back(&mut self) -> bool {
        let raw = self.bytes.get(self.start..self.end).unwrap_or(&[]);
        if raw.len() > self.again {
            return false;
        }
        self.again -= raw.len();
        let first = raw.iter().position(|b| matches!(b, b'\n' | b'\r'));
        let mut at = self.start + first.map_or(raw.len(), |f| f + 1);
        if self.bytes.get(at.wrapping_sub(1)..=at) == Some(b"\r\n") {
            at += 1;
        }
        self.base = at;
        self.end = at;
        self.reader = reader(self.bytes.get(at..).unwrap_or(&[]), self.delimiter);
        true
    }
}

fn reader(bytes: &[u8], delimiter: u8) -> csv::Reader<&[u8]> {
    csv::ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .delimiter(delimiter)
        .from_reader(bytes)
}

/// How many lines bytes go over; a break at the end begins none.
fn lines(bytes: &[u8]) -> u32 {
    let body = bytes.strip_suffix(b"\n").unwrap_or(bytes);
    let body = body.strip_suffix(b"\r").unwrap_or(body);
    let mut count = 1;
    for (i, b) in body.iter().enumerate() {
        let alone = *b == b'\r' && body.get(i + 1) != Some(&b'\n');
        count += u32::from(*b == b'\n' || alone);
    }
    count
}

/// Whether a record ends inside quotation marks.
fn is_open(raw: &[u8], delimiter: u8) -> bool {
    let (mut inside, mut at_start, mut at) = (false, true, 0);
    while let Some(b) = raw.get(at) {
        match (inside, b) {
            (true, b'"') if raw.get(at + 1) == Some(&b'"') => at += 1,
            (true, b'"') => inside = false,
            (true, _) => {}
            (false, b'"') if at_start => inside = true,
            (false, _) => {}
        }
        at_start = !inside && (*b == delimiter || matches!(b, b'\n' | b'\r'));
        at += 1;
    }
    inside
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The reader of the library is the witness: a record that it would go on with is open.
    #[test]
    fn a_record_is_open_where_more_text_would_go_into_its_last_cell() {
        for text in [
            "a,b",
            "a,\"b",
            "a,\"b\"",
            "a,\"b\"\"",
            "a,\"\"",
            "\"a\",b\"c",
            "a\"b,\"c\"d,\"e",
            "\"",
            "\"\"",
            "\"\"\"",
            "a,\"b\nc",
            "x,\"a\"b\"",
            "",
        ] {
            let records = |text: &str| {
                let mut reader = reader(text.as_bytes(), b',');
                reader.byte_records().count()
            };
            let more = format!("{text}\nz");
            let goes_on = records(&more) == records(text).max(1) && !text.is_empty();
            assert_eq!(is_open(text.as_bytes(), b','), goes_on, "{text:?}");
        }
    }

    #[test]
    fn lines_are_counted_whatever_ends_them() {
        for (text, n) in [
            ("a", 1),
            ("a\n", 1),
            ("a\r\n", 1),
            ("a\nb", 2),
            ("a\r\nb\r\n", 2),
            ("a\rb", 2),
            ("a\n\nb", 3),
        ] {
            assert_eq!(lines(text.as_bytes()), n, "{text:?}");
        }
    }
}

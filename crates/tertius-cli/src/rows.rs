//! Rows of a table as CSV, JSON or text, written as they are made: a million of them in a few tenths of a
//! second. Numbers have ten significant digits; what is undefined is empty, and `null` in JSON.

use std::borrow::Cow;
use std::fmt::Write as _;

use clap::ValueEnum;

/// What is written.
#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Form {
    /// Comma-separated values.
    Csv,
    /// An array of objects.
    Json,
    /// Columns for the eye.
    Text,
}

/// Columns of a cell in text, besides a space.
const WIDE: usize = 13;

/// Rows in one form. Cells are written in the order of the columns.
pub(crate) struct Rows {
    form: Form,
    columns: Vec<String>,
    at: usize,
    out: String,
}

impl Rows {
    /// No rows yet.
    pub(crate) fn new(form: Form, columns: &[&str]) -> Rows {
        Rows {
            form,
            columns: columns.iter().map(|c| (*c).to_owned()).collect(),
            at: 0,
            out: String::new(),
        }
    }

    /// Whether there is none yet.
    pub(crate) fn is_empty(&self) -> bool {
        self.out.is_empty()
    }

    fn before(&mut self) {
        let first = self.at == 0;
        match self.form {
            Form::Csv if !first => self.out.push(','),
            Form::Text if !first => self.out.push(' '),
            Form::Json => {
                self.out.push_str(if first { "  {\"" } else { ", \"" });
                self.out.push_str(&self.columns[self.at]);
                self.out.push_str("\": ");
            }
            Form::Csv | Form::Text => {}
        }
    }

    fn after(&mut self, from: usize) {
        if self.form == Form::Text {
            self.pad(from);
        }
        self.at += 1;
        if self.at == self.columns.len() {
            self.out.push_str(match self.form {
                Form::Json => "},\n",
                Form::Csv | Form::Text => "\n",
            });
            self.at = 0;
        }
    }

    /// To the right edge of its column.
    fn pad(&mut self, from: usize) {
        let used = tertius_report::terminal::columns(&self.out[from..]);
        let width = WIDE.max(self.columns[self.at].len());
        let fill = " ".repeat(width.saturating_sub(used));
        self.out.insert_str(from, &fill);
    }

    /// A whole number.
    pub(crate) fn int(&mut self, x: i64) {
        self.before();
        let from = self.out.len();
        push_int(&mut self.out, x);
        self.after(from);
    }

    /// A number, or nothing.
    pub(crate) fn number(&mut self, x: Option<f64>) {
        self.before();
        let from = self.out.len();
        match x.filter(|x| x.is_finite()) {
            Some(x) => push_number(&mut self.out, x),
            None if self.form == Form::Json => self.out.push_str("null"),
            None if self.form == Form::Text => self.out.push('–'),
            None => {}
        }
        self.after(from);
    }

    /// A text that is a code, a date or a word of ours; nothing is empty.
    pub(crate) fn text(&mut self, text: &str) {
        self.before();
        let from = self.out.len();
        match self.form {
            Form::Json if text.is_empty() => self.out.push_str("null"),
            Form::Json => {
                let quoted = serde_json::to_string(text).unwrap_or_default();
                self.out.push_str(&quoted);
            }
            Form::Csv => self.out.push_str(&quoted(text)),
            Form::Text if text.is_empty() => self.out.push('–'),
            Form::Text => self.out.push_str(text),
        }
        self.after(from);
    }

    /// A table: its head, the rows of each part in turn, its end.
    pub(crate) fn whole(form: Form, columns: &[&str], parts: Vec<Rows>) -> String {
        let size = parts.iter().map(|p| p.out.len()).sum::<usize>();
        let mut out = String::with_capacity(size + 200);
        match form {
            Form::Csv => {
                out.push_str(&columns.join(","));
                out.push('\n');
            }
            Form::Text => {
                let head = columns.iter().map(|c| format!("{c:>WIDE$}"));
                out.push_str(&head.collect::<Vec<_>>().join(" "));
                out.push('\n');
            }
            Form::Json => out.push_str("[\n"),
        }
        for part in parts {
            out.push_str(&part.out);
        }
        if form == Form::Json {
            if out.ends_with(",\n") {
                out.truncate(out.len() - 2);
                out.push('\n');
            }
            out.push_str("]\n");
        }
        out
    }
}

/// A cell of CSV (RFC 4180).
pub(crate) fn quoted(text: &str) -> Cow<'_, str> {
    if text.contains([',', '"', '\n', '\r']) {
        return Cow::Owned(format!("\"{}\"", text.replace('"', "\"\"")));
    }
    Cow::Borrowed(text)
}

fn push_int(out: &mut String, x: i64) {
    if x < 0 {
        out.push('-');
    }
    push_digits(out, x.unsigned_abs());
}

fn push_digits(out: &mut String, mut x: u64) {
    let mut digits = [b'0'; 20];
    let mut at = digits.len();
    loop {
        at -= 1;
        digits[at] = b'0' + (x % 10) as u8;
        x /= 10;
        if x == 0 {
            break;
        }
    }
    out.push_str(std::str::from_utf8(&digits[at..]).unwrap_or("0"));
}

/// Ten significant digits, without zeros at the end.
///
/// Scaled by an exact power of ten the number is off by less than 2e-6 of its last digit, so that it rounds as
/// the exact decimal does unless it lies that close to a half: then, and outside of what is usual, the
/// formatter of the standard library does it.
fn push_number(out: &mut String, x: f64) {
    let size = x.abs();
    if x == 0.0 {
        out.push('0');
        return;
    }
    // Digits after the point: nine for 1 to 10, ten for .1 to 1.
    let places = match size {
        s if (1.0..10.0).contains(&s) => 9,
        s if (0.1..1.0).contains(&s) => 10,
        s if (0.01..0.1).contains(&s) => 11,
        s if (0.001..0.01).contains(&s) => 12,
        s if (10.0..100.0).contains(&s) => 8,
        s if (100.0..1000.0).contains(&s) => 7,
        _ => return push_slowly(out, x),
    };
    const POWERS: [f64; 13] = [
        1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12,
    ];
    let scaled = size * POWERS[places];
    let part = scaled - scaled.floor();
    if (part - 0.5).abs() < 1e-4 {
        return push_slowly(out, x);
    }
    let mut digits = (scaled + 0.5).floor() as u64;
    let mut places = places;
    while places > 0 && digits.is_multiple_of(10) {
        digits /= 10;
        places -= 1;
    }
    if x < 0.0 {
        out.push('-');
    }
    let unit = 10u64.pow(places as u32);
    push_digits(out, digits / unit);
    if places > 0 {
        out.push('.');
        let mut rest = [b'0'; 20];
        let mut after = digits % unit;
        for at in (0..places).rev() {
            rest[at] = b'0' + (after % 10) as u8;
            after /= 10;
        }
        out.push_str(std::str::from_utf8(&rest[..places]).unwrap_or(""));
    }
}

fn push_slowly(out: &mut String, x: f64) {
    let rounded: f64 = format!("{x:.9e}").parse().unwrap_or(x);
    let _ = write!(out, "{rounded}");
}

#[cfg(test)]
mod tests {
    use super::*;
    use rand::{RngExt, SeedableRng};

    fn written(x: f64) -> String {
        let mut out = String::new();
        push_number(&mut out, x);
        out
    }

    /// What the standard library writes with ten digits is the witness, on numbers of all sizes and on
    /// fractions as likeness has them.
    #[test]
    fn numbers_are_those_of_the_standard_formatter() {
        let mut rng = rand_chacha::ChaCha8Rng::seed_from_u64(3);
        let check = |x: f64| {
            let mut slow = String::new();
            push_slowly(&mut slow, x);
            assert_eq!(written(x), slow, "{x:e}");
        };
        for _ in 0..200_000 {
            let (a, b): (f64, f64) = (rng.random(), rng.random());
            check((a - 0.5) * 10f64.powf(b * 12.0 - 6.0));
            let (n, d) = (rng.random_range(-400..400), rng.random_range(1..400));
            check(f64::from(n) / f64::from(d));
        }
        for x in [
            0.00390625,
            0.99999999999,
            9.9999999999,
            -1.0,
            1e-300,
            123456789012.0,
            0.1 + 0.2,
        ] {
            check(x);
        }
        assert_eq!(written(0.0), "0");
        assert_eq!(written(1.0 / 3.0), "0.3333333333");
        assert_eq!(written(-0.5), "-0.5");
    }

    /// A reader of CSV is the witness.
    #[test]
    fn a_cell_is_read_back_as_it_was() {
        for text in ["a", "a,b", "\"", "a\rb", "a\r\nb", "\n", " a "] {
            let mut rows = Rows::new(Form::Csv, &["x", "y"]);
            rows.text(text);
            rows.int(1);
            let whole = Rows::whole(Form::Csv, &["x", "y"], vec![rows]);
            let mut reader = csv::Reader::from_reader(whole.as_bytes());
            let records: Vec<_> = reader.records().map(Result::unwrap).collect();
            assert_eq!(records.len(), 1, "{text:?}");
            assert_eq!((&records[0][0], &records[0][1]), (text, "1"));
        }
    }

    #[test]
    fn a_table_in_each_form() {
        let columns = ["year", "s", "who"];
        let table = |form| {
            let mut rows = Rows::new(form, &columns);
            rows.int(1985);
            rows.number(Some(-0.25));
            rows.text("a,b");
            rows.int(-7);
            rows.number(None);
            rows.text("");
            Rows::whole(form, &columns, vec![rows])
        };
        assert_eq!(table(Form::Csv), "year,s,who\n1985,-0.25,\"a,b\"\n-7,,\n");
        let json: serde_json::Value = serde_json::from_str(&table(Form::Json)).unwrap();
        assert_eq!(json[0]["s"], -0.25);
        assert!(json[1]["s"].is_null() && json[1]["who"].is_null());
        let text = table(Form::Text);
        let widths: Vec<usize> = text.lines().map(|l| l.chars().count()).collect();
        assert!(widths.iter().all(|w| *w == widths[0]), "{text}");
        let empty = Rows::whole(Form::Json, &columns, Vec::new());
        assert_eq!(
            serde_json::from_str::<serde_json::Value>(&empty).unwrap(),
            serde_json::json!([])
        );
    }
}

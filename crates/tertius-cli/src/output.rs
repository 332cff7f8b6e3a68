//! Findings to files: numbers with ten significant digits.

use std::io;

use serde_json::ser::{Formatter, PrettyFormatter, Serializer};
use tertius::findings::Findings;

/// A file of the output, by its path in the folder.
pub(crate) struct File {
    pub(crate) path: String,
    pub(crate) bytes: Vec<u8>,
}

impl File {
    pub(crate) fn text(path: &str, text: &str) -> File {
        File {
            path: path.to_owned(),
            bytes: text.as_bytes().to_vec(),
        }
    }
}

/// JSON with every number to ten significant digits, so that two runs on one platform write the same
/// bytes and a change of the last bits is not a change of the findings.
pub(crate) fn json(value: &impl serde::Serialize) -> Result<String, serde_json::Error> {
    let mut bytes = Vec::new();
    let mut out = Serializer::with_formatter(&mut bytes, TenDigits(PrettyFormatter::new()));
    value.serialize(&mut out)?;
    bytes.push(b'\n');
    String::from_utf8(bytes).map_err(serde::ser::Error::custom)
}

/// Rounds numbers as they are written: a tree of values in between would take a fifth of a quick run.
struct TenDigits(PrettyFormatter<'static>);

macro_rules! as_it_is {
    ($($name:ident($($arg:ident: $kind:ty),*);)*) => {$(
        fn $name<W: ?Sized + io::Write>(&mut self, out: &mut W $(, $arg: $kind)*) -> io::Result<()> {
            self.0.$name(out $(, $arg)*)
        }
    )*};
}

impl Formatter for TenDigits {
    fn write_f64<W: ?Sized + io::Write>(&mut self, out: &mut W, value: f64) -> io::Result<()> {
        self.0.write_f64(out, ten_digits(value))
    }

    as_it_is! {
        begin_array();
        end_array();
        begin_array_value(first: bool);
        end_array_value();
        begin_object();
        end_object();
        begin_object_key(first: bool);
        begin_object_value();
        end_object_value();
    }
}

fn ten_digits(x: f64) -> f64 {
    // Halves, tenths and whole numbers are as short as they get.
    let thousands = x * 1e3;
    if thousands.fract() == 0.0 && thousands.abs() < 1e9 && x == thousands.trunc() / 1e3 {
        return x;
    }
    format!("{x:.9e}").parse().unwrap_or(x)
}

/// The tidy tables, as CSV.
pub(crate) fn tables(findings: &Findings) -> Vec<File> {
    tertius_report::tables::all(findings)
        .into_iter()
        .map(|(name, text)| File::text(&format!("{name}.csv"), &text))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_have_ten_significant_digits_and_the_rest_is_as_serde_writes_it() {
        for (x, expected) in [
            (1.0 / 3.0, 0.333_333_333_3),
            (2.0e10 / 3.0, 6_666_666_667.0),
            (-1.234_567_890_123e-7, -1.234_567_89e-7),
            (0.1 + 0.2, 0.3),
            (0.1, 0.1),
            (-0.0, -0.0),
            (1e300, 1e300),
            (5e-324, 5e-324),
        ] {
            assert_eq!(ten_digits(x).to_bits(), f64::to_bits(expected), "{x}");
        }
        let value =
            serde_json::json!({"a": [1, 2.5, null, "é\n"], "b": {}, "c": [], "d": {"e": true}});
        let expected = serde_json::to_string_pretty(&value).unwrap() + "\n";
        assert_eq!(json(&value).unwrap(), expected);
        assert_eq!(json(&f64::NAN).unwrap(), "null\n");
    }
}

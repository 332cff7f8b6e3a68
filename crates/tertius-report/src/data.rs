//! What is said of public datasets: words for units, reasons and problems. Names and notes of a dataset are in both
//! languages in the catalogue itself.

use tertius::vocabulary::Lang;

use crate::i18n::{Arg, messages};

/// A word or label, by the end of its key.
///
/// ```
/// use tertius::vocabulary::Lang;
/// assert_eq!(tertius_report::data::word("licence", Lang::En), "licence");
/// ```
pub fn word(key: &str, lang: Lang) -> String {
    messages(lang).get(&format!("data-{key}"))
}

/// Whether there is such a word.
pub fn has_word(key: &str, lang: Lang) -> bool {
    messages(lang).has(&format!("data-{key}"))
}

/// A sentence with values in it.
pub fn sentence(key: &str, values: &[(&str, String)], lang: Lang) -> String {
    let names = [
        "file", "reason", "found", "missing", "program", "id", "part", "url", "add", "licence",
        "parts",
    ];
    let value = |name: &str| values.iter().find(|v| v.0 == name).map(|v| v.1.clone());
    let args: Vec<(&str, Arg<'_>)> = names
        .iter()
        .map(|n| (*n, value(n).unwrap_or_else(|| "–".to_owned()).into()))
        .collect();
    messages(lang).with(&format!("data-{key}"), &args)
}

/// What became of the rows of a file, on a line.
pub fn account(
    file: &str,
    rows: u64,
    used: u64,
    aside: usize,
    mended: usize,
    lang: Lang,
) -> String {
    let args: [(&str, Arg<'_>); 5] = [
        ("file", file.into()),
        ("rows", rows.to_string().into()),
        ("used", used.to_string().into()),
        ("aside", aside.to_string().into()),
        ("mended", mended.to_string().into()),
    ];
    messages(lang).with("data-account", &args)
}

//! Problems of a record as lines of text.

use tertius::record::{Diagnostic, Severity};
use tertius::vocabulary::Lang;

/// One problem on one line: where, how bad, which, and its words.
pub fn line(d: &Diagnostic, lang: Lang) -> String {
    let severity = match (d.severity, lang) {
        (Severity::Error, Lang::En) => "error",
        (Severity::Warning, Lang::En) => "warning",
        (Severity::Note, Lang::En) => "note",
        (Severity::Error, Lang::Zh) => "错误",
        (Severity::Warning, Lang::Zh) => "警告",
        (Severity::Note, Lang::Zh) => "提示",
    };
    let mut place = d.place.file.clone();
    if let Some(row) = d.place.row {
        place.push_str(&format!(":{row}"));
    }
    if let Some(column) = &d.place.column {
        place.push_str(&format!(":{column}"));
    }
    let words: Vec<String> = d.fields.iter().map(|(k, v)| format!("{k} = {v}")).collect();
    format!("{place}: {severity}[{}] {}", d.id, words.join(", "))
}

/// How many there were.
pub fn total(errors: usize, warnings: usize, notes: usize, lang: Lang) -> String {
    match lang {
        Lang::En => format!("{errors} errors, {warnings} warnings, {notes} notes\n"),
        Lang::Zh => format!("{errors} 个错误，{warnings} 个警告，{notes} 条提示\n"),
    }
}

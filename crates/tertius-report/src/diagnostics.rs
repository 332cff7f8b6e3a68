//! Problems of a record in sentences.

use tertius::record::{Diagnostic, Severity};
use tertius::vocabulary::Lang;

use crate::i18n::{Arg, messages};
use crate::terminal::{Look, hanging};

/// What is wrong, in a sentence. Where the sentence has a word that the diagnostic lacks, a dash stands; a
/// nearest name is told only where there is one.
///
/// ```
/// use tertius::record::{Diagnostic, DiagnosticId, Place};
/// use tertius::vocabulary::Lang;
/// use tertius_report::diagnostics::{place, sentence};
/// let problem = Diagnostic::new(DiagnosticId::UnknownIssue, Place::file("acts.csv").row(7).column("issue"))
///     .with("value", "fish")
///     .with("allowed", "trade, energy");
/// assert_eq!(sentence(&problem, Lang::En), "The case declares no issue fish; it has trade, energy");
/// assert_eq!(place(&problem), "acts.csv:7:issue");
/// ```
pub fn sentence(diagnostic: &Diagnostic, lang: Lang) -> String {
    let words = messages(lang);
    let dash = || "–".to_owned();
    let of = |name: &str| diagnostic.fields.get(name).cloned().unwrap_or_else(dash);
    let mut values: Vec<(&str, Arg<'_>)> = diagnostic
        .id
        .fields()
        .iter()
        .map(|f| (*f, of(f).into()))
        .collect();
    let near = ["nearest", "detail"]
        .iter()
        .find_map(|name| diagnostic.fields.get(*name));
    let near = near.is_some_and(|name| !matches!(name.as_str(), "" | "–"));
    values.push(("near", if near { "yes" } else { "no" }.into()));
    let file = diagnostic.place.file.as_str();
    let series = file.starts_with("series/");
    values.push(("sort", if series { "series" } else { "other" }.into()));
    let bounded = |name: &str| diagnostic.fields.get(name).is_some_and(|b| !b.is_empty());
    let bounds = match (bounded("low"), bounded("high")) {
        (true, false) => "low",
        (false, true) => "high",
        _ => "both",
    };
    values.push(("bounds", bounds.into()));
    values.push(("file", file.into()));
    values.push((
        "row",
        diagnostic
            .place
            .row
            .map_or_else(dash, |r| r.to_string())
            .into(),
    ));
    values.push((
        "column",
        diagnostic.place.column.clone().unwrap_or_else(dash).into(),
    ));
    words.with(&format!("diagnostic-{}", diagnostic.id), &values)
}

/// Where: `file`, `file:row` or `file:row:column`.
pub fn place(diagnostic: &Diagnostic) -> String {
    let place = &diagnostic.place;
    let row = place.row.map(|r| format!(":{r}")).unwrap_or_default();
    let column = place
        .column
        .as_ref()
        .map(|c| format!(":{c}"))
        .unwrap_or_default();
    format!("{}{row}{column}", place.file)
}

/// The word for how much it matters.
pub fn severity(diagnostic: &Diagnostic, lang: Lang) -> String {
    let words = messages(lang);
    let id = match diagnostic.severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Note => "note",
    };
    words.get(&format!("severity-{id}"))
}

/// One problem on one line: where, how bad, which, and what.
pub fn line(diagnostic: &Diagnostic, lang: Lang) -> String {
    let (place, severity) = (place(diagnostic), severity(diagnostic, lang));
    format!(
        "{place}: {severity}[{}] {}",
        diagnostic.id,
        sentence(diagnostic, lang)
    )
}

/// The same with the word for how much it matters in colour, where there are colours.
pub fn painted(diagnostic: &Diagnostic, lang: Lang, look: Look) -> String {
    let style = match diagnostic.severity {
        Severity::Error => "1;31",
        Severity::Warning => "33",
        Severity::Note => "2",
    };
    let mark = format!("{}[{}]", severity(diagnostic, lang), diagnostic.id);
    let said = format!(" {}", sentence(diagnostic, lang));
    let place = place(diagnostic);
    let text = hanging(&format!("{place}: {mark}{said}"), look.width, 4);
    text.replacen(&mark, &look.painted(style, &mark), 1)
}

/// How many there were, on a line.
///
/// ```
/// use tertius::vocabulary::Lang;
/// use tertius_report::diagnostics::total;
/// assert_eq!(total(1, 0, 2, Lang::En), "1 error, 0 warnings, 2 notes\n");
/// ```
pub fn total(errors: usize, warnings: usize, notes: usize, lang: Lang) -> String {
    let counts = [
        ("errors", errors.into()),
        ("warnings", warnings.into()),
        ("notes", notes.into()),
    ];
    messages(lang).with("diagnostics-total", &counts) + "\n"
}

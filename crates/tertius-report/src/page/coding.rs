//! Who coded the record, as its own files say it.

use std::collections::BTreeSet;

use tertius::findings::RowFinding;

use crate::names::Names;

/// How many rows were coded by persons and by language models, and by how many of each; that nobody told,
/// where no coder of the rows is known. What the case says of its coding beyond this is its own text,
/// `findings.coding`; that it says nothing is said here.
pub(crate) fn coded(names: &Names<'_>) -> String {
    let (f, words) = (names.findings, names.words);
    let kind_of = |r: &RowFinding| {
        let coder = f.coders.iter().find(|c| c.id == r.coder)?;
        Some((coder.kind.as_str(), coder.id.as_str()))
    };
    let known: Vec<(&str, &str)> = f.rows.iter().filter_map(kind_of).collect();
    let of = |kind: &str| {
        let rows = known.iter().filter(|(k, _)| *k == kind);
        let coders: BTreeSet<&str> = rows.clone().map(|(_, id)| *id).collect();
        (rows.count(), coders.len())
    };
    let ((by_people, people), (by_models, models)) = (of("person"), of("language-model"));
    let key = match (by_people, by_models) {
        (0, 0) => "coded-untold",
        (_, 0) => "coded-people",
        (0, _) => "coded-models",
        _ => "coded-both",
    };
    let untold = f.rows.len() - by_people - by_models;
    let said = words.with(
        key,
        &[
            ("rows", known.len().into()),
            ("people", people.into()),
            ("models", models.into()),
            ("bypeople", by_people.into()),
            ("bymodels", by_models.into()),
        ],
    );
    let mut parts = vec![said];
    if untold > 0 && !known.is_empty() {
        parts.push(words.with("coded-some-untold", &[("n", untold.into())]));
    }
    if f.coding.get(names.lang).is_empty() && !known.is_empty() {
        parts.push(words.get("coded-no-caveat"));
    }
    parts.join(&words.get("coded-join").replace('_', " "))
}

//! Agreement between coders as text.

use tertius::findings::FieldAgreement;
use tertius::vocabulary::Lang;

use super::text::{Look, hanging, padded};
use crate::i18n::messages;
use crate::names::number;

/// A line a field with the rows coded twice, the share on which all agree and alpha; under them the rows
/// on which coders differ, with the values given.
pub fn agreement(fields: &[FieldAgreement], lang: Lang, look: Look) -> String {
    let words = messages(lang);
    if fields.is_empty() {
        return words.get("coders-none") + "\n";
    }
    let mut out = look.heading(&hanging(&words.get("coders-head"), look.width, 0));
    out.push('\n');
    for f in fields {
        let alpha = match (f.alpha, f.alpha_95) {
            (Some(a), Some([low, high])) => {
                let (low, high) = (number(Some(low)), number(Some(high)));
                format!("{} [{low}, {high}]", number(Some(a)))
            }
            (a, _) => number(a),
        };
        let (table, field) = (padded(&f.table, 12), padded(&f.field, 15));
        out.push_str(&format!(
            "{table}{field}n {:>4}  = {:>3.0}%  α {alpha}\n",
            f.n,
            100.0 * f.same
        ));
    }
    for f in fields.iter().filter(|f| !f.differ.is_empty()) {
        let title = format!("{}: {}, {}", words.get("coders-differ"), f.table, f.field);
        out.push_str(&format!("\n{}\n", look.heading(&title)));
        let rows = f.differ.iter();
        let rows: Vec<String> = rows
            .map(|(id, values)| format!("{id} {}", values.join("/")))
            .collect();
        out.push_str(&format!(
            "  {}\n",
            hanging(&rows.join("; "), look.width - 2, 0).replace('\n', "\n  ")
        ));
    }
    out
}

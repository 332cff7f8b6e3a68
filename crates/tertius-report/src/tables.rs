//! Findings as tidy tables.

use tertius::findings::{FieldAgreement, Findings, Waterfall};
use tertius::record::Diagnostic;

/// Every table by name.
pub fn all(f: &Findings) -> Vec<(&'static str, String)> {
    vec![
        ("roles", roles(f)),
        ("interests", interests(f)),
        ("evidence", evidence(&f.waterfalls)),
        ("transitions", transitions(f)),
        ("rule_trace", rule_trace(f)),
        ("diagnostics", diagnostics(&f.diagnostics)),
    ]
}

/// A number as tables have it: ten significant digits, nothing where unknown.
fn number(x: Option<f64>) -> String {
    let Some(x) = x else { return String::new() };
    let rounded: f64 = format!("{x:.9e}").parse().unwrap_or(x);
    rounded.to_string()
}

/// A table as CSV.
pub fn table(header: &[&str], rows: impl IntoIterator<Item = Vec<String>>) -> String {
    let mut writer = csv::Writer::from_writer(Vec::new());
    // Writing to memory fails only on rows of uneven length, which the tables below do not have.
    let _ = writer.write_record(header);
    for row in rows {
        debug_assert_eq!(row.len(), header.len());
        let _ = writer.write_record(&row);
    }
    writer
        .into_inner()
        .ok()
        .and_then(|b| String::from_utf8(b).ok())
        .unwrap_or_default()
}

fn roles(f: &Findings) -> String {
    let header = [
        "month",
        "role",
        "p",
        "filtered",
        "low_50",
        "high_50",
        "low_90",
        "high_90",
        "mc_error",
        "in_set",
        "rule",
        "rule_with_acts",
    ];
    let rows = f.months.iter().flat_map(|m| {
        f.catalogue.roles.iter().map(|r| {
            let id = &r.id;
            let yes = |b: bool| if b { "yes" } else { "no" }.to_owned();
            // An empty cell is what is not known.
            let expects = |labels: &Option<Vec<String>>| {
                let said = labels.as_ref().map(|set| yes(set.contains(id)));
                said.unwrap_or_default()
            };
            vec![
                m.month.to_string(),
                id.clone(),
                number(m.roles.get(id).copied()),
                number(m.filtered.get(id).copied()),
                number(m.bands_50.get(id).copied().flatten().map(|b| b[0])),
                number(m.bands_50.get(id).copied().flatten().map(|b| b[1])),
                number(m.bands_90.get(id).copied().flatten().map(|b| b[0])),
                number(m.bands_90.get(id).copied().flatten().map(|b| b[1])),
                number(m.mc_error.get(id).copied()),
                yes(m.set.contains(id)),
                expects(&m.rule.labels),
                expects(&m.rule.labels_with_acts),
            ]
        })
    });
    table(&header, rows)
}

fn interests(f: &Findings) -> String {
    let header = [
        "month",
        "issue",
        "ally",
        "ally_low",
        "ally_high",
        "patron",
        "patron_low",
        "patron_high",
        "expected",
        "weight",
        "overlap",
        "divergence",
        "signed_gap",
        "congruence",
        "ambition",
    ];
    let rows = f.months.iter().flat_map(|m| {
        m.issues.iter().map(|i| {
            let whole = &m.interests;
            vec![
                m.month.to_string(),
                i.issue.clone(),
                number(i.ally),
                number(i.ally_90.map(|b| b[0])),
                number(i.ally_90.map(|b| b[1])),
                number(i.patron),
                number(i.patron_90.map(|b| b[0])),
                number(i.patron_90.map(|b| b[1])),
                number(i.expected),
                number(i.weight),
                number(i.overlap),
                number(whole.divergence),
                number(whole.signed_gap),
                number(whole.congruence),
                number(whole.ambition),
            ]
        })
    });
    table(&header, rows)
}

/// Parts of log-odds.
pub fn evidence(waterfalls: &[Waterfall]) -> String {
    let header = [
        "month", "role", "kind", "row", "silence", "what", "count", "nats", "mc_error",
    ];
    let rows = waterfalls.iter().flat_map(|w| {
        w.parts.iter().map(|p| {
            let kind = serde_json::to_value(p.kind).ok();
            vec![
                w.month.to_string(),
                w.role.clone(),
                kind.and_then(|k| k.as_str().map(str::to_owned))
                    .unwrap_or_default(),
                p.row.clone().unwrap_or_default(),
                p.month.map_or_else(String::new, |m| m.to_string()),
                p.what.clone().unwrap_or_default(),
                p.count.map_or_else(String::new, |n| n.to_string()),
                number(Some(p.nats)),
                number(Some(p.mc_error)),
            ]
        })
    });
    table(&header, rows)
}

fn transitions(f: &Findings) -> String {
    let header = [
        "month",
        "low_90",
        "high_90",
        "from",
        "to",
        "p",
        "field",
        "kind",
        "share",
        "p_prior",
        "bayes_factor",
        "known_from",
    ];
    let rows = f.turning_points.iter().flat_map(|t| {
        let fields = [
            ("replacement", &t.replacement),
            ("composition", &t.composition),
        ];
        fields.into_iter().flat_map(move |(field, shares)| {
            shares.iter().map(move |(kind, share)| {
                vec![
                    t.month.to_string(),
                    t.interval_90[0].to_string(),
                    t.interval_90[1].to_string(),
                    t.from.join("+"),
                    t.to.join("+"),
                    number(Some(t.p)),
                    field.to_owned(),
                    kind.clone(),
                    number(Some(*share)),
                    number(t.p_prior),
                    number(t.bayes_factor),
                    t.known_from.map(|m| m.to_string()).unwrap_or_default(),
                ]
            })
        })
    });
    table(&header, rows)
}

fn rule_trace(f: &Findings) -> String {
    let header = [
        "month",
        "step",
        "test",
        "input",
        "value",
        "low",
        "high",
        "threshold",
        "margin",
        "outcome",
        "uses_behaviour",
    ];
    let rows = f.months.iter().flat_map(|m| {
        m.rule.trace.iter().flat_map(move |s| {
            let names: Vec<_> = if s.inputs.is_empty() {
                vec![None]
            } else {
                s.inputs.iter().map(Some).collect()
            };
            names.into_iter().map(move |i| {
                vec![
                    m.month.to_string(),
                    s.step.clone(),
                    s.test.clone(),
                    i.map_or_else(String::new, |i| i.name.clone()),
                    number(i.and_then(|i| i.value)),
                    number(i.and_then(|i| i.interval).map(|b| b[0])),
                    number(i.and_then(|i| i.interval).map(|b| b[1])),
                    number(s.threshold),
                    number(s.margin),
                    s.outcome.clone(),
                    if s.uses_behaviour { "yes" } else { "no" }.to_owned(),
                ]
            })
        })
    });
    table(&header, rows)
}

/// Problems of a record.
pub fn diagnostics(diagnostics: &[Diagnostic]) -> String {
    let header = ["id", "severity", "file", "row", "column", "words"];
    let rows = diagnostics.iter().map(|d| {
        let severity = serde_json::to_value(d.severity).ok();
        vec![
            d.id.to_string(),
            severity
                .and_then(|s| s.as_str().map(str::to_owned))
                .unwrap_or_default(),
            d.place.file.clone(),
            d.place.row.map_or_else(String::new, |r| r.to_string()),
            d.place.column.clone().unwrap_or_default(),
            d.fields
                .iter()
                .map(|(k, v)| format!("{k}={v}"))
                .collect::<Vec<_>>()
                .join("; "),
        ]
    });
    table(&header, rows)
}

/// Agreement between coders, a row a field.
pub fn agreement(fields: &[FieldAgreement]) -> String {
    let header = [
        "table", "field", "metric", "n", "same", "alpha", "low_95", "high_95",
    ];
    let rows = fields.iter().map(|f| {
        vec![
            f.table.clone(),
            f.field.clone(),
            f.metric.clone(),
            f.n.to_string(),
            number(Some(f.same)),
            number(f.alpha),
            number(f.alpha_95.map(|b| b[0])),
            number(f.alpha_95.map(|b| b[1])),
        ]
    });
    table(&header, rows)
}

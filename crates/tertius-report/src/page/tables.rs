//! Tables of the reading: turning points, strain, published readings.

use minijinja::Value;
use minijinja::value::Serde;
use serde::Serialize;
use tertius::findings::{PublishedReading, TurningPoint};

use super::verdicts::{each, known, pairs, sets, verdict};
use crate::figures::{Cell, Table, anchor, change_anchor, changes_of};
use crate::names::{Names, number};

pub(super) fn serialized<T: Serialize>(value: &T) -> Value {
    Value::from(Serde(value))
}

pub(super) fn turns(names: &Names<'_>) -> Table {
    let words = names.words;
    let head = [
        "word-month",
        "word-interval-90",
        "word-turn",
        "word-probability",
        "word-prior",
        "word-known-from",
        "word-replacement",
        "word-composition",
        "word-evidence",
    ];
    let row = |t: &TurningPoint| {
        let changes = changes_of(names.findings, t);
        let mut to: Vec<(String, String)> = changes
            .map(|c| (names.role(&c.role), change_anchor(c)))
            .collect();
        if to.is_empty() {
            let falls = names.findings.waterfalls.iter();
            let falls = falls.filter(|w| w.month == t.month);
            to.extend(falls.map(|w| (names.role(&w.role), anchor(w))));
        }
        vec![
            Cell::when(t.month.to_string()),
            Cell::when(format!("{} – {}", t.interval_90[0], t.interval_90[1])),
            Cell::text(names.turn(t)),
            Cell::number(number(Some(t.p))),
            Cell::number(number(t.p_prior)),
            match t.known_from {
                Some(month) => Cell::when(month.to_string()),
                None => Cell::text(known(names, t).unwrap_or_else(|| number(None))),
            },
            Cell::text(chances(names, "replacement", &t.replacement)),
            Cell::text(chances(names, "composition", &t.composition)),
            Cell::links(to),
        ]
    };
    Table {
        head: head.iter().map(|k| words.with(k, &[])).collect(),
        rows: names.findings.turning_points.iter().map(row).collect(),
    }
}

fn chances(names: &Names<'_>, kind: &str, of: &std::collections::BTreeMap<String, f64>) -> String {
    let mut order: Vec<(&String, &f64)> = of.iter().collect();
    order.sort_by(|a, b| b.1.total_cmp(a.1));
    // What rounds to nothing is left to `transitions.csv`.
    let seen = order
        .into_iter()
        .filter(|(_, p)| number(Some(**p)) != "0.00");
    let said = seen.map(|(id, p)| {
        let key = format!("{kind}-{id}");
        let word = if names.words.has(&key) {
            names.words.with(&key, &[])
        } else {
            id.clone()
        };
        format!("{word} {}", number(Some(*p)))
    });
    said.collect::<Vec<_>>()
        .join(&names.words.get("list-comma").replace('_', " "))
}

pub(super) fn penetrations(names: &Names<'_>) -> Table {
    let words = names.words;
    let head = vec![
        words.get("word-issue"),
        words.get("word-role"),
        words.get("word-period"),
        words.get("word-probability"),
    ];
    let rows = names.findings.penetrations.iter().map(|p| {
        vec![
            Cell::text(names.issue(&p.issue)),
            Cell::text(names.role(&p.role)),
            Cell::when(format!("{} – {}", p.from, p.to)),
            Cell::number(number(Some(p.p))),
        ]
    });
    Table {
        head,
        rows: rows.collect(),
    }
}

pub(super) fn strain(names: &Names<'_>) -> Table {
    let words = names.words;
    let head = vec![
        words.get("word-month"),
        words.get("page-strain-expected"),
        words.get("page-strain-declared"),
        words.get("page-strain-value"),
    ];
    let rows = names.findings.strain.iter().map(|s| {
        vec![
            Cell::when(s.month.to_string()),
            Cell::number(s.n_expected.to_string()),
            Cell::number(s.n_declared.to_string()),
            Cell::number(number(s.strain)),
        ]
    });
    Table {
        head,
        rows: rows.collect(),
    }
}

/// How many of a period's labels are the rule's own decision.
pub(crate) fn held(names: &Names<'_>, r: &PublishedReading) -> String {
    let share = number(r.rule_held);
    match r.rule_decided {
        Some(month) => names.words.with(
            "page-held",
            &[
                ("share", share.into()),
                ("month", names.month(month).into()),
            ],
        ),
        None => names.words.with("page-held-none", &[]),
    }
}

pub(super) fn published(names: &Names<'_>) -> Table {
    let (f, words) = (names.findings, names.words);
    let head = [
        "period",
        "published",
        "ours",
        "apart",
        "rule",
        "source",
        "note",
    ];
    let rows = f.readings.iter().map(|r| {
        let mut ours = each(names, r);
        ours.extend(sets(names, &r.ours_sets));
        let both = pairs(names, r).into_iter();
        ours.extend(both.map(|pair| words.with("word-both", &[("pair", pair.into())])));
        let sets = r.rule.iter();
        let rule = sets.map(|s| format!("{} {}", names.set(&s.set), number(Some(s.p))));
        let listed = f.sources.iter().any(|s| s.key == r.source);
        let source = if listed {
            Cell::link(&r.source, format!("src-{}", r.source))
        } else {
            Cell::text(&r.source)
        };
        vec![
            Cell::text(format!(
                "{} ({} – {})",
                r.name.get(names.lang),
                r.from,
                r.to
            )),
            Cell::text(names.set(&r.roles)),
            Cell::text(ours.join("\n")),
            Cell::text(verdict(names, r)),
            Cell::text(format!(
                "{}\n{}",
                rule.collect::<Vec<_>>().join("\n"),
                held(names, r)
            )),
            source,
            Cell::text(r.note.get(names.lang)),
        ]
    });
    Table {
        head: head.map(|k| words.get(&format!("word-{k}"))).to_vec(),
        rows: rows.collect(),
    }
}

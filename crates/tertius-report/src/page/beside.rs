//! Tables of what stands beside the reading: where the rule parts from it, and the rows that it rests on.

use tertius::findings::{Fragility, Parting, SetProbability};

use crate::figures::{Cell, Table};
use crate::names::{Names, interval, number};

/// How far rule and reader agree, in a sentence.
pub(super) fn agreement(names: &Names<'_>) -> String {
    let a = &names.findings.agreement;
    names.words.with(
        "page-partings-agree",
        &[
            ("n", a.months.into()),
            ("same", number(a.same_set).into()),
            ("shares", number(a.shares_role).into()),
        ],
    )
}

/// Each stretch in which they part, with the tests that decide.
pub(super) fn partings(names: &Names<'_>) -> Table {
    let words = names.words;
    let sets = |all: &[SetProbability]| {
        let said = all
            .iter()
            .map(|s| format!("{} {}", names.set(&s.set), number(Some(s.p))));
        said.collect::<Vec<_>>().join("\n")
    };
    let row = |p: &Parting| {
        let deciding: Vec<String> = p
            .deciding
            .iter()
            .map(|d| {
                format!(
                    "{} {} [{}], {} {} ({}): {} {}",
                    d.input,
                    number(Some(d.value)),
                    interval(Some(d.interval)),
                    words.get("word-threshold"),
                    number(Some(d.threshold)),
                    d.month,
                    names.set(&d.gives),
                    number(Some(d.share)),
                )
            })
            .collect();
        let none = p.no_single_step.filter(|x| *x > 0.0);
        let none = none.map(|x| format!("{} {}", words.get("page-partings-none"), number(Some(x))));
        let all: Vec<String> = deciding.into_iter().chain(none).collect();
        vec![
            Cell::text(format!("{} – {}", p.from, p.to)),
            Cell::number(format!("{}/{}", p.parted, p.compared)),
            Cell::text(sets(&p.rule)),
            Cell::text(sets(&p.reader)),
            Cell::text(all.join("\n")),
            Cell::rows(p.rows.iter().take(5).map(|r| r.row.clone()).collect()),
        ]
    };
    let head = [
        "word-period",
        "word-months",
        "word-rule",
        "word-reader",
        "word-deciding",
        "word-evidence",
    ];
    let parted = names.findings.partings.iter().filter(|p| p.parted > 0);
    Table {
        head: head.iter().map(|k| words.get(k)).collect(),
        rows: parted.map(row).collect(),
    }
}

/// The fewest rows found without which a label flips.
pub(super) fn fragile(names: &Names<'_>) -> Table {
    let words = names.words;
    let row = |f: &Fragility| {
        let rows = if f.rows.is_empty() {
            let n = [("n", f.most_rows.into())];
            Cell::text(words.with("page-fragile-none", &n))
        } else {
            Cell::rows(f.rows.clone())
        };
        vec![
            Cell::text(format!("{} – {}", f.from, f.to)),
            Cell::text(names.role(&f.role)),
            Cell::number(number(Some(f.before))),
            rows,
            Cell::number(number(f.after)),
        ]
    };
    let head = [
        "word-period",
        "word-role",
        "word-before",
        "word-rows-without",
        "word-after",
    ];
    Table {
        head: head.iter().map(|k| words.get(k)).collect(),
        rows: names.findings.fragility.iter().map(row).collect(),
    }
}

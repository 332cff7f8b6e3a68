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

/// How far they agree on each role.
pub(super) fn agreement_by_role(names: &Names<'_>) -> Table {
    let words = names.words;
    let all = &names.findings.agreement.roles;
    let roles = names.findings.catalogue.roles.iter();
    let row = |r: &tertius::findings::RoleFinding| {
        let a = all.get(&r.id)?;
        let cell = |x: Option<f64>| Cell::number(number(x));
        Some(vec![
            Cell::text(r.name.get(names.lang)),
            cell(a.rule),
            cell(a.reader),
            cell(a.same),
            cell(a.kappa),
        ])
    };
    let head = ["role", "rule", "reader", "same-of-role", "kappa"];
    Table {
        head: head.map(|k| words.get(&format!("word-{k}"))).to_vec(),
        rows: roles.filter_map(row).collect(),
    }
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
        vec![
            Cell::text(format!("{} – {}", p.from, p.to)),
            Cell::number(format!("{}/{}", p.parted, p.compared)),
            Cell::text(sets(&p.rule)),
            Cell::text(sets(&p.reader)),
            Cell::text(why(names, p)),
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

/// Why the two part in a stretch, in a sentence: the test that would give the reader's set most often if it came
/// out the other way, or that none would by itself.
fn why(names: &Names<'_>, p: &Parting) -> String {
    let words = names.words;
    let Some(d) = p.deciding.first() else {
        return words.get("parting-no-test");
    };
    let key = format!("input-{}", d.input.to_lowercase());
    let input = if words.has(&key) {
        words.get(&key)
    } else {
        d.input.clone()
    };
    let rest = p.no_single_step.filter(|x| *x > 0.0);
    let values = [
        ("share", number(Some(d.share)).into()),
        ("input", input.into()),
        ("value", number(Some(d.value)).into()),
        ("band", interval(d.interval).into()),
        ("side", usize::from(d.value < d.threshold).into()),
        ("threshold", number(Some(d.threshold)).into()),
        ("month", names.month(d.month).into()),
        ("gives", names.set(&d.gives).into()),
        ("rest", usize::from(rest.is_some()).into()),
        ("left", number(rest).into()),
    ];
    words.with("parting-test", &values)
}

/// For each period of parting, in one plain sentence, what the rule says, what is read, and why they part.
pub(super) fn parting_lines(names: &Names<'_>) -> Vec<String> {
    let f = names.findings;
    let parted = f.partings.iter().filter(|p| p.parted > 0);
    parted
        .map(|p| {
            let period = p
                .period
                .as_ref()
                .and_then(|id| f.readings.iter().find(|r| r.id == *id));
            let period = period.map(|r| r.name.get(names.lang).to_owned());
            let first =
                |all: &[SetProbability]| all.first().map(|s| names.set(&s.set)).unwrap_or_default();
            let values = [
                ("named", usize::from(period.is_some()).into()),
                ("period", period.unwrap_or_default().into()),
                ("from", names.month(p.from).into()),
                ("to", names.month(p.to).into()),
                ("parted", p.parted.into()),
                ("compared", p.compared.into()),
                ("rule", first(&p.rule).into()),
                ("reader", first(&p.reader).into()),
                ("why", why(names, p).into()),
            ];
            names.words.with("parting-line", &values)
        })
        .collect()
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

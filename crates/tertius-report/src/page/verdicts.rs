//! What stands beside a number so that it is not misread: the prior beside a turn and when it could be known,
//! the published roles beside ours of the same months, the sets beside each role by itself.

use tertius::findings::{PublishedReading, SetProbability, TurningPoint};

use crate::names::{Names, banded, number};

/// Least mean probability at which a role counts as read over a period.
const READ: f64 = 0.5;
/// Least mean probability of two roles together that is told.
const TOGETHER: f64 = 0.1;

/// A turn's probability, and that of a change in the same months without evidence.
pub(crate) fn against_prior(names: &Names<'_>, t: &TurningPoint) -> String {
    let values = [
        ("p", number(Some(t.p)).into()),
        ("prior", number(t.p_prior).into()),
    ];
    names.words.with("turn-against-prior", &values)
}

/// When a turn could be known, where its evidence came later than the turn itself.
pub(crate) fn known(names: &Names<'_>, t: &TurningPoint) -> Option<String> {
    let of_one_role = t.gained.values().chain(t.lost.values()).any(|p| *p >= 0.5);
    match t.known_from {
        Some(month) if month > t.month => {
            let month = [("month", names.month(month).into())];
            Some(names.words.with("turn-known-from", &month))
        }
        Some(_) => None,
        None => of_one_role.then(|| names.words.get("turn-known-never")),
    }
}

/// What turning points are told at, and how many windows more are not.
pub(crate) fn turns_note(names: &Names<'_>) -> String {
    let untold = [("n", names.findings.turns_untold.into())];
    let (said, more) = (
        names.words.get("page-turns-note"),
        names.words.with("page-turns-untold", &untold),
    );
    if more.is_empty() {
        said
    } else {
        format!(
            "{said}{}{more}",
            names.words.get("list-space").replace('_', " ")
        )
    }
}

/// Each role by itself over a period, with its band where there is one.
pub(crate) fn each(names: &Names<'_>, r: &PublishedReading) -> Vec<String> {
    let roles = names.findings.catalogue.roles.iter();
    roles
        .map(|role| {
            let p = number(r.ours.get(&role.id).copied());
            let band = r.ours_bands_90.get(&role.id).copied().flatten();
            format!("{} {}", role.letter, banded(&p, band))
        })
        .collect()
}

/// The likeliest sets of a period, each with its probability: these exclude each other.
pub(crate) fn sets(names: &Names<'_>, sets: &[SetProbability]) -> Vec<String> {
    let one = |s: &SetProbability| format!("{} {}", names.only(&s.set), number(Some(s.p)));
    sets.iter().map(one).collect()
}

/// Every two roles that are often played together in a period.
pub(crate) fn pairs(names: &Names<'_>, r: &PublishedReading) -> Vec<String> {
    let roles = &names.findings.catalogue.roles;
    let told = r.ours_pairs.iter().filter(|(_, p)| **p >= TOGETHER);
    let mut found: Vec<(f64, String)> = told
        .map(|(ids, p)| {
            let of = |id: &str| roles.iter().any(|r| r.id == id);
            let ids: Vec<String> = ids
                .split('+')
                .filter(|id| of(id))
                .map(str::to_owned)
                .collect();
            (*p, format!("{} {}", names.set(&ids), number(Some(*p))))
        })
        .collect();
    found.sort_by(|a, b| b.0.total_cmp(&a.0));
    found.into_iter().map(|(_, said)| said).collect()
}

/// Where a published reading and ours of the same months part, role by role.
pub(crate) fn verdict(names: &Names<'_>, r: &PublishedReading) -> String {
    let words = names.words;
    if r.months_read == 0 {
        return words.get("word-not-read");
    }
    let (mut same, mut apart) = (Vec::new(), Vec::new());
    for role in &names.findings.catalogue.roles {
        let Some(p) = r.ours.get(&role.id).copied() else {
            continue;
        };
        let values = [
            ("role", role.name.get(names.lang).into()),
            ("p", number(Some(p)).into()),
        ];
        match (r.roles.contains(&role.id), p >= READ) {
            (true, true) => same.push(role.id.clone()),
            (true, false) => apart.push(words.with("verdict-published-alone", &values)),
            (false, true) => apart.push(words.with("verdict-ours-alone", &values)),
            (false, false) => {}
        }
    }
    let semicolon = words.get("terminal-semicolon").replace('_', " ");
    let values = [
        ("n", same.len().into()),
        ("same", names.set(&same).into()),
        ("apart", apart.join(&semicolon).into()),
    ];
    let key = if apart.is_empty() {
        "verdict-same"
    } else {
        "verdict-parts"
    };
    words.with(key, &values)
}

/// For the head of the page, a line a period: what was published, what is read here, where they part.
pub(super) fn lines(names: &Names<'_>) -> Vec<String> {
    let readings = names.findings.readings.iter();
    readings
        .map(|r| {
            let ours = r.ours_sets.first();
            let p = ours.map(|s| s.p);
            let ours =
                ours.map_or_else(|| names.words.get("word-not-read"), |s| names.only(&s.set));
            let values = [
                ("period", r.name.get(names.lang).into()),
                ("published", names.set(&r.roles).into()),
                ("source", (&r.source).into()),
                ("ours", ours.into()),
                ("p", number(p).into()),
                ("verdict", verdict(names, r).into()),
            ];
            names.words.with("page-verdict-line", &values)
        })
        .collect()
}

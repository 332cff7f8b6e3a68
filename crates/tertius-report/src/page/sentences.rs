//! The report in sentences: what leads it, how it was made, what it cannot tell.

use tertius::findings::RunOptions;
use tertius::vocabulary::Stream;

use super::coding::coded;
use super::verdicts::{against_prior, sets};
use crate::citations;
use crate::names::{Names, number};

/// What is played now, alone and together, and the clearest turn; or that nothing was read.
pub(crate) fn lead(names: &Names<'_>) -> String {
    let (f, words) = (names.findings, names.words);
    let Some(last) = f.months.last() else {
        return String::new();
    };
    if let Some(said) = nothing_read(names) {
        return said;
    }
    let clearest = f.turning_points.iter().max_by(|a, b| a.p.total_cmp(&b.p));
    let (month, turn, from, to) = clearest.map_or_else(Default::default, |t| {
        let [from, to] = t.interval_90.map(|m| names.month(m));
        (names.month(t.month), names.turn(t), from, to)
    });
    let turns = words.with(
        "lead-turns",
        &[
            ("n", f.turning_points.len().into()),
            ("month", month.into()),
            ("turn", turn.into()),
            ("from", from.into()),
            ("to", to.into()),
            (
                "against",
                clearest
                    .map_or_else(String::new, |t| against_prior(names, t))
                    .into(),
            ),
        ],
    );
    let p = last.sets.iter().find(|s| s.set == last.set).map(|s| s.p);
    let semicolon = words.get("terminal-semicolon").replace('_', " ");
    let others: Vec<_> = last
        .sets
        .iter()
        .filter(|s| s.set != last.set)
        .cloned()
        .collect();
    let roles = f.catalogue.roles.iter();
    let each: Vec<String> = roles
        .map(|r| format!("{} {}", r.letter, number(last.roles.get(&r.id).copied())))
        .collect();
    let several = words.with(
        "lead-several",
        &[
            ("n", others.len().into()),
            ("others", sets(names, &others).join(&semicolon).into()),
            ("each", each.join(&semicolon).into()),
        ],
    );
    words.with(
        "lead",
        &[
            ("month", names.month(last.month).into()),
            ("ally", names.actor(&f.triad.ally).into()),
            ("patron", names.actor(&f.triad.patron).into()),
            ("rival", names.actor(&f.triad.rival).into()),
            ("set", names.set(&last.set).into()),
            ("n", last.set.len().into()),
            ("p", number(p).into()),
            ("several", several.into()),
            ("turns", turns.into()),
        ],
    )
}

/// That there was nothing to read, or that what there was moved nothing far from the prior.
fn nothing_read(names: &Names<'_>) -> Option<String> {
    let (f, words) = (names.findings, names.words);
    let read = &f.read_from;
    // Findings of an earlier program do not say what they were read from.
    let month = read.month?;
    let values = [
        ("ally", names.actor(&f.triad.ally).into()),
        ("from", names.month(f.from).into()),
        ("to", names.month(f.to).into()),
    ];
    if read.is_nothing() {
        return Some(words.with("lead-nothing", &values));
    }
    if read.moved > 0.0 {
        return None;
    }
    let role = read
        .role
        .as_ref()
        .map_or_else(String::new, |r| names.role(r));
    let rows = [
        ("acts", read.acts.into()),
        ("measures", read.measures.into()),
        ("values", read.values.into()),
        ("searched", read.searched.into()),
        ("factor", number(read.largest_factor).into()),
        ("role", role.into()),
        ("month", names.month(month).into()),
    ];
    Some(words.with("lead-next-to-nothing", &rows))
}

/// What a reader must know before any number.
pub(crate) fn cautions(names: &Names<'_>) -> Vec<String> {
    let p = &names.findings.provenance;
    let mut found = Vec::new();
    if p.approximate {
        found.push(names.words.get("caution-approximate"));
    } else if !p.converged {
        found.push(names.words.get("caution-unconverged"));
    }
    found
}

/// A paragraph fit to paste into a paper: what this run used, its data and its options among it. `bib` is the
/// case's bibliography, without which no data set can be named.
pub(crate) fn methods(names: &Names<'_>, bib: &str) -> String {
    let (f, words) = (names.findings, names.words);
    let p = &f.provenance;
    let acts = f
        .rows
        .iter()
        .filter(|r| r.stream == Some(Stream::Behaviour))
        .count();
    let acts = words.with("acts-count", &[("n", acts.into())]);
    words.with(
        "methods-text",
        &[
            ("roles", f.catalogue.roles.len().into()),
            ("catalogue", f.catalogue.name.get(names.lang).into()),
            ("resolution", resolution(names).into()),
            ("from", names.month(f.from).into()),
            ("to", names.month(f.to).into()),
            ("acts", acts.into()),
            ("asof", names.month(f.as_of).into()),
            ("chains", p.chains.into()),
            ("draws", p.draws.into()),
            (
                "mc",
                p.worst_mc_error
                    .map_or_else(|| "–".to_owned(), |e| format!("{e:.3}"))
                    .into(),
            ),
            (
                "rhat",
                p.worst_r_hat
                    .map_or_else(|| "–".to_owned(), |r| format!("{r:.3}"))
                    .into(),
            ),
            ("program", (&p.program).into()),
            ("seed", p.seed.to_string().into()),
            ("data", used(names, bib).into()),
            ("options", options(names).into()),
        ],
    )
}

/// The works and data sets that the series used rest on, by author and year; what is said where there is none.
fn used(names: &Names<'_>, bib: &str) -> String {
    let works = citations::owed(names.findings, bib).into_iter();
    let data = works.filter(|o| o.group == citations::Group::Data);
    let mut said: Vec<String> = data
        .map(|o| {
            let who = o.work.authors.first().map_or(&o.work.title, |a| &a.family);
            format!("{who} {}", o.work.year).trim().to_owned()
        })
        .collect();
    said.dedup();
    if said.is_empty() {
        return names.words.get("methods-no-data");
    }
    let list = [("list", said.join("; ").into())];
    names.words.with("methods-data", &list)
}

/// The settings that are not the program's defaults.
fn options(names: &Names<'_>) -> String {
    let defaults = RunOptions::default().settings();
    let set = names.findings.provenance.options.iter();
    let moved: Vec<String> = set
        .filter(|(name, value)| defaults.get(*name).is_some_and(|d| d != *value))
        .map(|(name, value)| format!("{name} = {value}"))
        .collect();
    if moved.is_empty() {
        return names.words.get("methods-defaults");
    }
    let list = [("list", moved.join(", ").into())];
    names.words.with("methods-options", &list)
}

fn resolution(names: &Names<'_>) -> String {
    match names.findings.resolution.as_str() {
        id @ ("month" | "quarter" | "year") => names.words.get(&format!("resolution-{id}")),
        other => other.to_owned(),
    }
}

/// What a reading of this kind, and this reading, cannot say.
pub(crate) fn cannot(names: &Names<'_>) -> Vec<String> {
    let (f, words) = (names.findings, names.words);
    let mut said = vec![
        words.get("cannot-one-case"),
        words.get("cannot-together"),
        words.get("cannot-cause"),
        words.get("cannot-intent"),
        words.get("cannot-direction"),
        words.get("cannot-coverage"),
    ];
    let unchecked = f.rows.iter().filter(|r| !r.checked).count();
    // Of no rows at all, none was read in its source.
    if !f.rows.is_empty() {
        said.push(words.with("cannot-unchecked", &[("n", unchecked.into())]));
    }
    said.push(words.with("cannot-hidden", &[("n", f.hidden_rows.into())]));
    said.push(coded(names));
    let coding = f.coding.get(names.lang);
    said.extend((!coding.is_empty()).then(|| coding.to_owned()));
    said
}

/// Where the framework's source contradicts itself or leaves something open, and what was made of it.
pub(crate) fn framework(names: &Names<'_>) -> Vec<String> {
    let notes = names.findings.article_flags.iter();
    notes.map(|n| n.text.get(names.lang).to_owned()).collect()
}

//! Evidence for tests.

use rand::{Rng, RngExt, SeedableRng};
use rand_chacha::ChaCha8Rng;
use tertius::roles::evidence::{
    ActEvidence, Evidence, GradeReached, MeasureEvidence, SeriesEvidence,
};
use tertius::vocabulary::{Catalogue, Span};

pub(crate) fn article() -> Catalogue {
    Catalogue::bundled("chen-2023").unwrap()
}

pub(crate) fn rng(seed: u64) -> ChaCha8Rng {
    ChaCha8Rng::seed_from_u64(seed)
}

/// Months from January 2012.
pub(crate) fn span(months: i32) -> Span {
    let first = "2012-01".parse().unwrap();
    Span::inclusive(first, first + (months - 1)).unwrap()
}

pub(crate) fn act(class: usize, month: usize) -> ActEvidence {
    ActEvidence {
        id: format!("{class}-{month}"),
        class,
        issue: None,
        months: vec![(month, 1.0)],
        weight: 1.0,
        trust: 1.0,
    }
}

/// Evidence with something of everything: unchecked rows, dates over several months, classes searched
/// in some months and not in others, measures answered and not, a series.
pub(crate) fn medley(catalogue: &Catalogue, months: i32, rng: &mut impl Rng) -> Evidence {
    let mut e = Evidence::nothing(catalogue, span(months));
    let t = months as usize;
    for searched in e.exhaustive.iter_mut() {
        match rng.random_range(0..3) {
            0 => {}
            1 => searched.iter_mut().for_each(|x| *x = true),
            _ => searched.iter_mut().for_each(|x| *x = rng.random()),
        }
    }
    for i in 0..3 * t {
        let mut a = act(rng.random_range(0..e.classes()), rng.random_range(0..t));
        a.id = format!("a{i}");
        a.weight = 1.0 / (1.0 + 0.5 * f64::from(rng.random_range(0..4)));
        a.trust = if rng.random() { 1.0 } else { 0.7 };
        let first = a.months[0].0;
        if first + 1 < t && rng.random::<f64>() < 0.3 {
            a.months = vec![(first, 0.25), (first + 1, 0.75)];
        }
        e.acts.push(a);
    }
    for i in 0..t {
        let first = rng.random_range(0..t);
        let length = rng.random_range(1..=(t - first).min(12));
        let answered: bool = rng.random();
        let at_risk: Vec<(usize, i32, bool)> = (0..length)
            .map(|k| (first + k, k as i32, answered && k + 1 == length))
            .collect();
        let from = rng.random_range(0..4);
        let to = rng.random_range(from..4);
        let reached = answered.then_some((first + length - 1, GradeReached { from, to }));
        e.measures.push(MeasureEvidence {
            id: format!("m{i}"),
            grade: f64::from(rng.random_range(1..=6)),
            weight: rng.random::<f64>() + 0.1,
            at_risk,
            reached,
        });
    }
    let mut before = None;
    let mut values = Vec::new();
    for month in (0..t).step_by(2) {
        let x = 2.0 * rng.random::<f64>() - 0.5;
        values.push((month, x, before));
        before = Some(x);
    }
    let raised_by = e.roles.iter().map(|r| r.index() == 2).collect();
    e.series.push(SeriesEvidence {
        id: "budget".into(),
        raised_by,
        values,
    });
    e
}

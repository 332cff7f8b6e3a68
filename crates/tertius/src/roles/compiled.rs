//! The same likelihood as [`super::emission`], laid out for being computed again and again.
//!
//! What differs between rows only by weight is summed once: acts by month, class and trust; measures by
//! month, age, grade and answer. Tables then hold one number a kind of row, not one a row.

mod risks;

use super::emission::{Tables, answer_pair, grade, series_value, volume_constant, volumes};
use super::evidence::{Evidence, GradeReached};
use super::options::ReaderOptions;
use super::parameters::Parameters;
pub(crate) use risks::Risks;

/// Weight of a kind of row in a month.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Entry {
    pub(crate) month: usize,
    pub(crate) kind: usize,
    pub(crate) weight: f64,
}

/// A month in which some classes were searched exhaustively.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Covered {
    pub(crate) month: usize,
    pub(crate) pattern: usize,
    pub(crate) acts: f64,
}

/// Evidence summed by kind of row.
#[derive(Clone, Debug)]
pub(crate) struct Compiled<'e> {
    pub(crate) evidence: &'e Evidence,
    pub(crate) options: &'e ReaderOptions,
    pub(crate) months: usize,
    pub(crate) sets: usize,
    /// Kind: class × 2 + (1 if unchecked).
    pub(crate) acts: Vec<Entry>,
    /// Which classes: one list of flags for each combination that occurs.
    pub(crate) patterns: Vec<Vec<bool>>,
    pub(crate) covered: Vec<Covered>,
    /// Kinds of risk: months since the measure, its grade, whether it was answered.
    pub(crate) risks: Risks,
    pub(crate) at_risk: Vec<Entry>,
    /// Kind: position in `reached`.
    pub(crate) grades: Vec<Entry>,
    /// What is known of g_W − g_S, each kind once.
    pub(crate) reached: Vec<GradeReached>,
    /// By set: which of the four cases of the two answer roles.
    pub(crate) pair_of: Vec<usize>,
    /// By month: the terms that no set changes.
    constant: Vec<f64>,
}

/// Arrays to be used again.
#[derive(Clone, Debug, Default)]
pub(crate) struct Scratch {
    four: Vec<[f64; 4]>,
    silence: Vec<f64>,
    each: Vec<f64>,
}

impl<'e> Compiled<'e> {
    pub(crate) fn new(e: &'e Evidence, o: &'e ReaderOptions) -> Compiled<'e> {
        let months = e.span.len();
        let (mut patterns, mut covered): (Vec<Vec<bool>>, _) = (Vec::new(), Vec::new());
        let mut constant = vec![0.0; months];
        for (month, (searched, acts)) in e.exhaustive.iter().zip(volumes(e)).enumerate() {
            if !o.volume || !searched.contains(&true) {
                continue;
            }
            let pattern = position_or_push(&mut patterns, searched.clone());
            constant[month] = volume_constant(acts, o.intensity_shape);
            covered.push(Covered {
                month,
                pattern,
                acts,
            });
        }
        let acts = e.acts.iter().flat_map(|a| {
            let kind = a.class * 2 + usize::from(a.trust < 1.0);
            let entry = move |(month, share): &(usize, f64)| Entry {
                month: *month,
                kind,
                weight: a.weight * share,
            };
            a.months.iter().map(entry)
        });
        let acts = merge(acts.collect());
        let (mut risks, mut at_risk, mut grades) = (Risks::default(), Vec::new(), Vec::new());
        let mut reached: Vec<GradeReached> = Vec::new();
        let mut pair_of = vec![0; e.sets.len()];
        if let Some((joins, holds)) = e.answer_roles {
            for m in &e.measures {
                let weight = m.weight;
                for (month, k, answered) in &m.at_risk {
                    let kind = risks.kind((*k, m.grade, *answered));
                    at_risk.push(Entry {
                        month: *month,
                        kind,
                        weight,
                    });
                }
                if let Some((month, range)) = m.reached.filter(|_| o.severity) {
                    let known = reached.iter().position(|r| *r == range);
                    let kind = known.unwrap_or_else(|| {
                        reached.push(range);
                        reached.len() - 1
                    });
                    grades.push(Entry {
                        month,
                        kind,
                        weight,
                    });
                }
            }
            pair_of = e
                .sets
                .iter()
                .map(|z| answer_pair(*z, joins, holds))
                .collect();
        }
        Compiled {
            evidence: e,
            options: o,
            months,
            sets: e.sets.len(),
            acts,
            patterns,
            covered,
            risks,
            at_risk: merge(at_risk),
            grades: merge(grades),
            reached,
            pair_of,
            constant,
        }
    }

    /// ln p(evidence of the month | set). Shape: months × sets.
    pub(crate) fn table(&self, p: &Parameters, scratch: &mut Scratch, out: &mut Vec<f64>) {
        let (e, o, s) = (self.evidence, self.options, self.sets);
        out.clear();
        out.resize(self.months * s, 0.0);
        let tables = Tables::new(e, p, o);
        for a in &self.acts {
            let ell = tables.act(a.kind / 2, a.kind % 2 == 0);
            add(&mut out[a.month * s..][..s], ell, a.weight);
        }
        scratch.silence.resize(s, 0.0);
        scratch.each.resize(s, 0.0);
        for (i, searched) in self.patterns.iter().enumerate() {
            let r = o.intensity_shape;
            tables.volume(searched, r, &mut scratch.silence, &mut scratch.each);
            for c in self.covered.iter().filter(|c| c.pattern == i) {
                let row = &mut out[c.month * s..][..s];
                add(row, &scratch.silence, 1.0);
                add(row, &scratch.each, c.acts);
                row.iter_mut().for_each(|x| *x += self.constant[c.month]);
            }
        }
        self.answers(p, &mut scratch.four);
        if !scratch.four.is_empty() {
            for (row, four) in out.chunks_exact_mut(s).zip(&scratch.four) {
                for (x, pair) in row.iter_mut().zip(&self.pair_of) {
                    *x += four[*pair];
                }
            }
        }
        for (i, series) in e.series.iter().enumerate() {
            for (t, value, lag) in &series.values {
                for (x, set) in out[t * s..][..s].iter_mut().zip(&e.sets) {
                    *x += series_value(series, (*value, *lag), &p.series[i], &e.roles, *set);
                }
            }
        }
    }

    /// By month, the answers' log likelihood in the four cases; empty where there is no measure.
    fn answers(&self, p: &Parameters, four: &mut Vec<[f64; 4]>) {
        four.clear();
        if self.at_risk.is_empty() && self.grades.is_empty() {
            return;
        }
        four.resize(self.months, [0.0; 4]);
        let hazards = self.risks.hazards(p, self.options, [true; 4]);
        let risks: Vec<[f64; 4]> = (0..self.risks.len())
            .map(|kind| [0, 1, 2, 3].map(|case| self.risks.log(&hazards, kind, case)))
            .collect();
        let of_range = |r: &GradeReached| cases(|f, b| grade(*r, p, f, b));
        let grades: Vec<[f64; 4]> = self.reached.iter().map(of_range).collect();
        for (entries, values) in [(&self.at_risk, &risks), (&self.grades, &grades)] {
            for e in entries {
                add(&mut four[e.month], &values[e.kind], e.weight);
            }
        }
    }
}

/// A value in each of the four cases of the two answer roles, as [`answer_pair`] numbers them.
pub(crate) fn cases<T>(at: impl Fn(bool, bool) -> T) -> [T; 4] {
    [
        at(false, false),
        at(true, false),
        at(false, true),
        at(true, true),
    ]
}

fn add(out: &mut [f64], x: &[f64], weight: f64) {
    for (o, x) in out.iter_mut().zip(x) {
        *o += weight * x;
    }
}

fn position_or_push<T: PartialEq>(all: &mut Vec<T>, x: T) -> usize {
    all.iter().position(|y| *y == x).unwrap_or_else(|| {
        all.push(x);
        all.len() - 1
    })
}

/// Sums entries of one month and kind; in order of month and kind.
fn merge(mut entries: Vec<Entry>) -> Vec<Entry> {
    entries.sort_by_key(|e| (e.month, e.kind));
    let mut out: Vec<Entry> = Vec::new();
    for e in entries {
        match out.last_mut() {
            Some(last) if (last.month, last.kind) == (e.month, e.kind) => last.weight += e.weight,
            _ => out.push(e),
        }
    }
    out
}

//! The reading under other choices, and what the prior alone expects.

use rand::SeedableRng;
use rand_chacha::ChaCha8Rng;
use tertius_math::hidden_markov::HiddenMarkovError;

use super::shared::by_role;
use super::{
    ByRole, Flag, MonthFinding, PriorPredictive, RunOptions, Sensitivity, SensitivityCell,
};
use crate::record::Record;
use crate::roles::evidence::Evidence;
use crate::roles::parameters::Priors;
use crate::roles::{Pairs, ReaderOptions, Reading};
use crate::vocabulary::{Catalogue, Span};

/// The record read again under other choices; shorter chains, the first as it was read.
pub(super) struct OtherReadings {
    evidence: Evidence,
    readings: Vec<(&'static str, Reading)>,
}

/// Reads again under each choice that data can't settle.
///
/// # Errors
///
/// As [`super::run`].
pub(super) fn sensitivity(
    record: &Record,
    o: &RunOptions,
) -> Result<OtherReadings, HiddenMarkovError> {
    type Change = fn(&mut ReaderOptions);
    let choices: [(&'static str, Change); 5] = [
        ("as_read", |_| {}),
        ("pairs_every_month", |r| r.pairs = Pairs::EveryMonth),
        ("pairs_never", |r| r.pairs = Pairs::Never),
        ("volume_off", |r| r.volume = false),
        ("without_severity", |r| r.severity = false),
    ];
    let read = |change: Change| -> Result<(Evidence, Reading), HiddenMarkovError> {
        let mut reader = o.reader.clone();
        reader.sweeps = (reader.sweeps / 4).max(50);
        change(&mut reader);
        let evidence = Evidence::of(record, &reader);
        let priors = Priors::new(&record.case.catalogue, &evidence, &reader);
        let reading = crate::roles::read(&evidence, &priors, &reader, o.seed)?;
        Ok((evidence, reading))
    };
    let (evidence, as_read) = read(choices[0].1)?;
    let silent = !evidence.exhaustive.iter().flatten().any(|x| *x);
    let mut readings = vec![("as_read", as_read)];
    for (id, change) in choices.into_iter().skip(1) {
        // Where no class was searched exhaustively volume is off already.
        let reading = if id == "volume_off" && silent {
            readings[0].1.clone()
        } else {
            read(change)?.1
        };
        readings.push((id, reading));
    }
    Ok(OtherReadings { evidence, readings })
}

impl OtherReadings {
    /// Means over the periods of the published readings.
    pub(super) fn by_period(&self, record: &Record) -> Vec<Sensitivity> {
        let c = &record.case.catalogue;
        let cells = |reading: &Reading| {
            let one = |r: &crate::record::Reading| SensitivityCell {
                period: r.id.clone(),
                roles: period_means(c, &self.evidence, reading, r.span),
            };
            record.case.readings.iter().map(one).collect()
        };
        self.readings
            .iter()
            .map(|(id, reading)| Sensitivity {
                id: (*id).to_owned(),
                cells: cells(reading),
            })
            .collect()
    }

    fn get(&self, id: &str) -> Option<&Reading> {
        self.readings.iter().find(|(k, _)| *k == id).map(|(_, r)| r)
    }

    /// Flags the months in which a choice moves a role, or the conflict of the two roles that answer
    /// measures, by more than .3.
    pub(super) fn flag(&self, c: &Catalogue, months: &mut [MonthFinding]) {
        const MOVES: f64 = 0.3;
        let Some(base) = self.get("as_read") else {
            return;
        };
        let (s, r) = (self.evidence.sets.len(), self.evidence.roles.len());
        let both = |reading: &Reading, t: usize| -> f64 {
            let Some((f, b)) = self.evidence.answer_roles else {
                return 0.0;
            };
            let row = reading.sets[t * s..(t + 1) * s]
                .iter()
                .zip(&self.evidence.sets);
            row.filter(|(_, z)| z.has(f) && z.has(b))
                .map(|(p, _)| p)
                .sum()
        };
        for (t, month) in months.iter_mut().enumerate() {
            if let Some(off) = self.get("volume_off") {
                for role in c.roles() {
                    let i = t * r + role.index();
                    if (off.roles[i] - base.roles[i]).abs() > MOVES {
                        let flag = Flag::new("volume_dependent").with("role", &c.spec(role).id);
                        month.flags.push(flag);
                    }
                }
            }
            let moved = |id| {
                self.get(id)
                    .is_some_and(|x| (both(x, t) - both(base, t)).abs() > MOVES)
            };
            if moved("pairs_never") || moved("pairs_every_month") {
                month.flags.push(Flag::new("psi_dependent"));
            }
        }
    }
}

fn period_means(c: &Catalogue, e: &Evidence, reading: &Reading, span: Span) -> ByRole<f64> {
    let months: Vec<usize> = span.months().filter_map(|m| e.span.index(m)).collect();
    let n = months.len().max(1) as f64;
    by_role(c, |k| {
        months
            .iter()
            .map(|t| reading.roles[t * e.roles.len() + k])
            .sum::<f64>()
            / n
    })
}

/// What the prior alone expects of a record of this length.
pub(super) fn prior_predictive(
    c: &Catalogue,
    e: &Evidence,
    priors: &Priors,
    o: &RunOptions,
) -> Result<PriorPredictive, HiddenMarkovError> {
    use rand::RngExt;
    const DRAWS: usize = 400;
    let mut rng = ChaCha8Rng::seed_from_u64(o.seed);
    let (t, s, r) = (e.span.len(), e.sets.len(), e.roles.len());
    let mut shares = vec![Vec::with_capacity(DRAWS); r];
    let (mut changes, mut acts) = (Vec::new(), Vec::new());
    for _ in 0..DRAWS {
        let p = priors.draw(&mut rng);
        let (initial, transition) = crate::roles::gibbs::laws(e, &p, &o.reader)?;
        let mut pick = |law: &[f64]| {
            let mut left: f64 = rng.random();
            law.iter()
                .position(|x| {
                    left -= x;
                    left < 0.0
                })
                .unwrap_or(law.len() - 1)
        };
        let mut z = pick(&initial);
        let (mut on, mut turned, mut volume) = (vec![0.0; r], 0.0, 0.0);
        for _ in 0..t {
            let next = pick(&transition[z * s..(z + 1) * s]);
            turned += f64::from(u8::from(next != z));
            z = next;
            for (k, role) in e.roles.iter().enumerate() {
                on[k] += f64::from(u8::from(e.sets[z].has(*role)));
            }
            for (d, effects) in p.deviation.iter().zip(&p.effect) {
                let active = e
                    .roles
                    .iter()
                    .zip(effects)
                    .filter(|(role, _)| e.sets[z].has(**role));
                volume += (p.level + d + active.map(|(_, x)| x).sum::<f64>()).exp();
            }
        }
        for (k, x) in on.iter().enumerate() {
            shares[k].push(x / t as f64);
        }
        changes.push(12.0 * turned / t as f64);
        acts.push(12.0 * volume / t as f64);
    }
    let points = |x: &mut Vec<f64>| {
        x.sort_by(f64::total_cmp);
        [0.05, 0.5, 0.95].map(|u| x[((x.len() - 1) as f64 * u).round() as usize])
    };
    let share_on = c
        .roles()
        .zip(shares.iter_mut())
        .map(|(role, x)| (c.spec(role).id.clone(), points(x)))
        .collect();
    Ok(PriorPredictive {
        share_on,
        changes_a_year: points(&mut changes),
        acts_a_year: points(&mut acts),
    })
}

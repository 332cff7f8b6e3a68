//! Priors of all parameters.

use rand::Rng;

use super::{Coordinate, Normal, Parameters, SeriesParameters};
use crate::roles::emission::volumes;
use crate::roles::evidence::{ActEvidence, Evidence};
use crate::roles::options::ReaderOptions;
use crate::roles::transition::period_logits;
use crate::vocabulary::{Catalogue, Effect};

/// Priors of all parameters (model B.5, table of parameters).
#[derive(Clone, Debug, PartialEq)]
pub struct Priors {
    /// By role.
    pub start: Vec<Normal>,
    /// By role.
    pub stay: Vec<Normal>,
    /// Of each pair.
    pub pair: Normal,
    /// Of the level.
    pub level: Normal,
    /// Of a deviation.
    pub deviation: Normal,
    /// Classes × roles; nothing where there is no effect.
    pub effect: Vec<Vec<Option<Normal>>>,
    /// a0, b_F, b_g.
    pub hazard: [Normal; 3],
    /// The three cutpoints, kept in order.
    pub cutpoints: [Normal; 3],
    /// d_F, d_B.
    pub grade: [Normal; 2],
    /// m_c: role-off log rates of other triads; zeros where there is none.
    pub base: Vec<f64>,
    /// a, b and φ of every series.
    pub series: [Normal; 3],
    /// Which roles raise each series. Shape: series × roles.
    pub raised_by: Vec<Vec<bool>>,
}

impl Priors {
    /// Priors for this catalogue; the level is centred on what was observed (empirical Bayes).
    ///
    /// With other triads, m_c is their mean log rate less `q_c = Σ_k ln(1 − p_k + p_k e^Λ_ck)`, and from
    /// eight of them on classes deviate by .5, not 1.
    pub fn new(catalogue: &Catalogue, evidence: &Evidence, options: &ReaderOptions) -> Priors {
        let others = options.others.as_ref();
        let spread = catalogue.prior();
        let (mut start, mut stay) = (Vec::new(), Vec::new());
        for role in catalogue.roles() {
            let spec = catalogue.spec(role);
            let (on, hold) = period_logits(spec.onset, spec.dwell, 1);
            start.push(Normal::free(on, spread.onset_logit_sd));
            stay.push(Normal::free(hold, spread.stay_logit_sd));
        }
        let (anchor, other) = (spread.anchor, spread.other);
        let effect: Vec<Vec<Option<Normal>>> = evidence
            .effects
            .iter()
            .map(|row| {
                let prior = |e: &Option<Effect>| match e {
                    Some(Effect::Anchor) => Some(Normal::above_zero(anchor.mean, anchor.sd)),
                    Some(Effect::Other) => Some(Normal::above_zero(other.mean, other.sd)),
                    None => None,
                };
                row.iter().map(prior).collect()
            })
            .collect();
        let lift = role_lift(&effect, &start, &stay);
        let base: Vec<f64> = match others {
            Some(o) => o
                .mean_log_rates
                .iter()
                .zip(&lift)
                .map(|(m, q)| m - q)
                .collect(),
            None => vec![0.0; effect.len()],
        };
        let pooled = others.is_some_and(|o| o.triads >= 8);
        let centre = level_centre(evidence, &base, &lift);
        Priors {
            start,
            stay,
            pair: Normal::free(0.0, spread.pair_on_entry_sd),
            level: Normal::free(centre, 0.7),
            deviation: Normal::free(0.0, if pooled { 0.5 } else { 1.0 }),
            effect,
            hazard: [
                Normal::free(-1.0, 0.5),
                Normal::above_zero(1.0, 0.4),
                Normal::above_zero(0.28, 0.15),
            ],
            cutpoints: [
                Normal::free(-2.5, 0.5),
                Normal::free(-1.2, 0.5),
                Normal::free(-0.2, 0.5),
            ],
            grade: [Normal::above_zero(1.0, 0.4), Normal::above_zero(0.8, 0.35)],
            base,
            series: [
                Normal::free(0.0, 1.0),
                Normal::above_zero(0.5, 0.35),
                Normal::free(0.3, 0.2),
            ],
            raised_by: evidence
                .series
                .iter()
                .map(|s| s.raised_by.clone())
                .collect(),
        }
    }

    /// All parameters at their prior means, before any cut.
    pub fn means(&self) -> Parameters {
        let mean = |n: &Normal| n.mean;
        Parameters {
            start: self.start.iter().map(mean).collect(),
            stay: self.stay.iter().map(mean).collect(),
            pair: vec![self.pair.mean; self.start.len() * (self.start.len() - 1) / 2],
            level: self.level.mean,
            deviation: vec![0.0; self.effect.len()],
            effect: self
                .effect
                .iter()
                .map(|r| r.iter().map(|e| e.map_or(0.0, |n| n.mean)).collect())
                .collect(),
            hazard: self.hazard.map(|n| n.mean),
            cutpoints: self.cutpoints.map(|n| n.mean),
            grade: self.grade.map(|n| n.mean),
            base: self.base.clone(),
            series: self
                .raised_by
                .iter()
                .map(|up| self.series_means(up))
                .collect(),
        }
    }

    /// ln of the joint prior density of all parameters, up to a constant; −∞ outside.
    pub fn log_density(&self, p: &Parameters) -> f64 {
        if !p.cutpoints.is_sorted() {
            return f64::NEG_INFINITY;
        }
        self.coordinates(p)
            .iter()
            .map(|(_, x, n)| n.log_density(*x))
            .sum()
    }

    /// Every sampled coordinate, with its value and its prior, in a fixed order.
    pub fn coordinates(&self, p: &Parameters) -> Vec<(Coordinate, f64, Normal)> {
        use Coordinate as C;
        let mut out = Vec::new();
        for (r, (x, n)) in p.start.iter().zip(&self.start).enumerate() {
            out.push((C::Start(r), *x, *n));
        }
        for (r, (x, n)) in p.stay.iter().zip(&self.stay).enumerate() {
            out.push((C::Stay(r), *x, *n));
        }
        for (i, x) in p.pair.iter().enumerate() {
            out.push((C::Pair(i), *x, self.pair));
        }
        out.push((C::Level, p.level, self.level));
        for (k, x) in p.deviation.iter().enumerate() {
            out.push((C::Deviation(k), *x, self.deviation));
        }
        for (k, (row, priors)) in p.effect.iter().zip(&self.effect).enumerate() {
            for (r, (x, n)) in row.iter().zip(priors).enumerate() {
                out.extend(n.map(|n| (C::Effect(k, r), *x, n)));
            }
        }
        for (i, (x, n)) in p.hazard.iter().zip(self.hazard).enumerate() {
            out.push((C::Hazard(i), *x, n));
        }
        for (i, (x, n)) in p.cutpoints.iter().zip(self.cutpoints).enumerate() {
            out.push((C::Cutpoint(i), *x, n));
        }
        for (i, (x, n)) in p.grade.iter().zip(self.grade).enumerate() {
            out.push((C::Grade(i), *x, n));
        }
        for (i, (s, up)) in p.series.iter().zip(&self.raised_by).enumerate() {
            out.push((C::SeriesIntercept(i), s.intercept, self.series[0]));
            out.push((C::SeriesLag(i), s.lag, self.series[2]));
            for (r, (x, _)) in s
                .effect
                .iter()
                .zip(up)
                .enumerate()
                .filter(|(_, (_, up))| **up)
            {
                out.push((C::SeriesEffect(i, r), *x, self.series[1]));
            }
        }
        out
    }

    fn series_means(&self, raised_by: &[bool]) -> SeriesParameters {
        let [intercept, effect, lag] = self.series.map(|n| n.mean);
        SeriesParameters {
            intercept,
            effect: raised_by
                .iter()
                .map(|up| if *up { effect } else { 0.0 })
                .collect(),
            lag,
        }
    }

    /// A draw from the prior. Cutpoints are drawn until they are in order.
    pub fn draw(&self, rng: &mut impl Rng) -> Parameters {
        let mut p = self.means();
        for (x, n) in p.start.iter_mut().zip(&self.start) {
            *x = n.draw(rng);
        }
        for (x, n) in p.stay.iter_mut().zip(&self.stay) {
            *x = n.draw(rng);
        }
        for x in &mut p.pair {
            *x = self.pair.draw(rng);
        }
        p.level = self.level.draw(rng);
        for x in &mut p.deviation {
            *x = self.deviation.draw(rng);
        }
        for (row, priors) in p.effect.iter_mut().zip(&self.effect) {
            for (x, n) in row.iter_mut().zip(priors) {
                *x = n.map_or(0.0, |n| n.draw(rng));
            }
        }
        for (x, up) in p.series.iter_mut().zip(&self.raised_by) {
            x.intercept = self.series[0].draw(rng);
            x.lag = self.series[2].draw(rng);
            for (b, _) in x.effect.iter_mut().zip(up).filter(|(_, up)| **up) {
                *b = self.series[1].draw(rng);
            }
        }
        p.hazard = self.hazard.map(|n| n.draw(rng));
        p.grade = self.grade.map(|n| n.draw(rng));
        loop {
            p.cutpoints = self.cutpoints.map(|n| n.draw(rng));
            if p.cutpoints.is_sorted() {
                return p;
            }
        }
    }
}

/// `q_c = Σ_k ln(1 − p_k + p_k e^Λ_ck)`: by how much the prior's share of time on, p_k, lifts the mean of
/// a class above its rate without roles.
fn role_lift(effect: &[Vec<Option<Normal>>], start: &[Normal], stay: &[Normal]) -> Vec<f64> {
    let logistic = |x: f64| 1.0 / (1.0 + (-x).exp());
    let share = |(on, hold): (&Normal, &Normal)| {
        let (on, off) = (logistic(on.mean), 1.0 - logistic(hold.mean));
        on / (on + off)
    };
    let share: Vec<f64> = start.iter().zip(stay).map(share).collect();
    let of = |row: &Vec<Option<Normal>>| {
        let one =
            |(e, p): (&Option<Normal>, &f64)| (1.0 - p + p * e.map_or(0.0, |n| n.mean).exp()).ln();
        row.iter().zip(&share).map(one).sum::<f64>()
    };
    effect.iter().map(of).collect()
}

/// `log(N̄ + .05) − logsumexp_c(m_c + q_c)`: the level at which the expected volume is the observed one,
/// N̄ acts a month if every class were searched. Months and classes that were not searched exhaustively
/// don't enter, unless there are no others: then the level touches nothing.
fn level_centre(e: &Evidence, base: &[f64], lift: &[f64]) -> f64 {
    let expected: Vec<f64> = base.iter().zip(lift).map(|(m, q)| (m + q).exp()).collect();
    let all: f64 = expected.iter().sum();
    let (mut seen, mut share) = (0.0, 0.0);
    for (n, searched) in volumes(e).iter().zip(&e.exhaustive) {
        let of = expected.iter().zip(searched).filter(|(_, s)| **s);
        share += of.map(|(x, _)| x).sum::<f64>() / all;
        seen += n;
    }
    if share == 0.0 {
        let weight = |a: &ActEvidence| a.weight * a.trust;
        seen = e.acts.iter().map(weight).sum();
        share = e.span.len() as f64;
    }
    (seen / share + 0.05).ln() - all.ln()
}

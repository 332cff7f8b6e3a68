//! An issue follows the whole, or parts from it in one role for a while. A chain of 1 + kinds states whose
//! passes cost as many a month and not their square, since a departure can only be stayed in or ended.

use rand::{Rng, RngExt};

use crate::roles::evidence::Evidence;
use crate::roles::parameters::{Normal, Priors};
use crate::vocabulary::RoleSet;

/// How an issue parts from the whole, how seldom, and for how long.
#[derive(Clone, Debug, PartialEq)]
pub struct Parting {
    /// Probability a month of parting while it follows.
    pub start: f64,
    /// Probability a month of staying apart.
    pub stay: f64,
    /// The set that an issue plays, by kind of departure and the set of the whole, as positions. All kinds
    /// are alike likely.
    pub kinds: Vec<Vec<usize>>,
}

impl Parting {
    /// As seldom as a role starts, and for as long as one lasts, at the means of the priors over roles. Two
    /// kinds a role: the issue has it where the whole has not, or has it not where the whole has; or the
    /// role leads the issue alone. Where the catalogue does not admit the set, the role leads alone.
    pub fn new(e: &Evidence, priors: &Priors) -> Parting {
        let logistic = |x: f64| 1.0 / (1.0 + (-x).exp());
        let mean = |n: &[Normal]| n.iter().map(|n| n.mean).sum::<f64>() / n.len() as f64;
        let position = |set: RoleSet| e.sets.iter().position(|z| *z == set);
        let mut kinds = Vec::new();
        for role in &e.roles {
            let alone = position(RoleSet::EMPTY.with(*role)).unwrap_or(0);
            let other = |z: &RoleSet| {
                let set = if z.has(*role) {
                    z.without(*role)
                } else {
                    z.with(*role)
                };
                position(set).unwrap_or(alone)
            };
            kinds.push(e.sets.iter().map(other).collect());
            kinds.push(vec![alone; e.sets.len()]);
        }
        Parting {
            start: logistic(mean(&priors.start)),
            stay: logistic(mean(&priors.stay)),
            kinds,
        }
    }

    /// Share of months in which an issue is apart.
    pub fn share(&self) -> f64 {
        self.start / (self.start + 1.0 - self.stay)
    }

    /// The set of a state, by position: state 0 follows the whole, state 1 + k is apart in the k-th way.
    pub fn set(&self, state: usize, whole: usize) -> usize {
        state.checked_sub(1).map_or(whole, |k| self.kinds[k][whole])
    }
}

/// Passes over an issue's months, to be used again.
#[derive(Clone, Debug, Default)]
pub struct Following {
    states: usize,
    /// e^ℓ relative to the largest of the month. Shape: months × states.
    likelihood: Vec<f64>,
    /// p(state_t | y_1..y_t). Shape: months × states.
    filtered: Vec<f64>,
    /// p(state_t | y). Shape: months × states.
    smoothed: Vec<f64>,
    future: Vec<f64>,
    scale: Vec<f64>,
}

impl Following {
    /// p(state_t | y) for every month, where `table` holds ln p(the evidence of a month | set)
    /// and `whole` the set that the whole plays, by position. Shape: months × (1 + kinds), rows sum to 1.
    ///
    /// With K kinds `P(follow → follow) = 1 − start`, `P(follow → k) = start / K`, `P(k → k) = stay`,
    /// `P(k → follow) = 1 − stay`, begun from the stationary law.
    pub fn smooth(&mut self, table: &[f64], whole: &[usize], law: &Parting) -> &[f64] {
        self.filter(table, whole, law);
        self.back(law);
        &self.smoothed
    }

    fn filter(&mut self, table: &[f64], whole: &[usize], law: &Parting) {
        let n = 1 + law.kinds.len();
        let s = table.len() / whole.len().max(1);
        self.states = n;
        for x in [
            &mut self.likelihood,
            &mut self.filtered,
            &mut self.smoothed,
            &mut self.future,
        ] {
            x.resize(whole.len() * n, 0.0);
        }
        self.scale.resize(whole.len(), 0.0);
        let away = law.share();
        let each = 1.0 / law.kinds.len() as f64;
        let mut before: Option<usize> = None;
        for (t, (z, ell)) in whole.iter().zip(table.chunks_exact(s)).enumerate() {
            let like = &mut self.likelihood[t * n..][..n];
            // A month without evidence says the same of all sets.
            if ell.iter().all(|l| *l == ell[0]) {
                like.fill(1.0);
            } else {
                let top = ell.iter().copied().fold(f64::NEG_INFINITY, f64::max);
                for (state, x) in like.iter_mut().enumerate() {
                    *x = (ell[law.set(state, *z)] - top).exp();
                }
            }
            let (earlier, here) = self.filtered.split_at_mut(t * n);
            let here = &mut here[..n];
            match before {
                None => {
                    here[0] = 1.0 - away;
                    here[1..].fill(away * each);
                }
                Some(before) => {
                    let was = &earlier[before * n..];
                    let out: f64 = was[1..].iter().sum();
                    here[0] = (1.0 - law.start) * was[0] + (1.0 - law.stay) * out;
                    let parted = law.start * each * was[0];
                    for (x, w) in here[1..].iter_mut().zip(&was[1..]) {
                        *x = law.stay * w + parted;
                    }
                }
            }
            before = Some(t);
            here.iter_mut().zip(&*like).for_each(|(x, l)| *x *= l);
            let c: f64 = here.iter().sum();
            here.iter_mut().for_each(|x| *x /= c);
            self.scale[t] = c;
        }
    }

    fn back(&mut self, law: &Parting) {
        let n = self.states;
        let months = self.scale.len();
        for t in (0..months).rev() {
            let (here, next) = self.future.split_at_mut((t + 1) * n);
            let here = &mut here[t * n..];
            if t + 1 == months {
                here.fill(1.0);
            } else {
                let like = &self.likelihood[(t + 1) * n..];
                let inverse = 1.0 / self.scale[t + 1];
                let follow = like[0] * next[0] * inverse;
                let mut apart = 0.0;
                for ((x, l), b) in here[1..].iter_mut().zip(&like[1..]).zip(&next[1..]) {
                    let stays = l * b * inverse;
                    apart += stays;
                    *x = law.stay * stays + (1.0 - law.stay) * follow;
                }
                let parts = law.start / law.kinds.len() as f64;
                here[0] = (1.0 - law.start) * follow + parts * apart;
            }
            let filtered = &self.filtered[t * n..][..n];
            let smoothed = &mut self.smoothed[t * n..][..n];
            for ((g, a), b) in smoothed.iter_mut().zip(filtered).zip(&*here) {
                *g = a * b;
            }
            let sum: f64 = smoothed.iter().sum();
            smoothed.iter_mut().for_each(|g| *g /= sum);
        }
    }

    /// A path of sets, by position, from p(states | y), after [`Following::smooth`].
    pub fn draw(&self, whole: &[usize], law: &Parting, rng: &mut impl Rng, path: &mut Vec<usize>) {
        let n = self.states;
        path.clear();
        path.resize(whole.len(), 0);
        let mut next: Option<usize> = None;
        let mut weights = vec![0.0; n];
        for t in (0..whole.len()).rev() {
            let a = &self.filtered[t * n..][..n];
            match next {
                None => weights.copy_from_slice(a),
                Some(0) => {
                    for (w, a) in weights.iter_mut().zip(a) {
                        *w = a * (1.0 - law.stay);
                    }
                    weights[0] = a[0] * (1.0 - law.start);
                }
                Some(k) => {
                    weights.fill(0.0);
                    weights[0] = a[0] * law.start / law.kinds.len() as f64;
                    weights[k] = a[k] * law.stay;
                }
            }
            let mut left = rng.random::<f64>() * weights.iter().sum::<f64>();
            let mut state = 0;
            for (i, w) in weights.iter().enumerate().filter(|(_, w)| **w > 0.0) {
                state = i;
                if left < *w {
                    break;
                }
                left -= w;
            }
            path[t] = law.set(state, whole[t]);
            next = Some(state);
        }
    }
}

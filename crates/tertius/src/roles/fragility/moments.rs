//! Passes that carry the mean of a count along, and answer at once what the mean would be if the evidence
//! of a few neighbouring months were other than it is.
//!
//! A label is a role's share of a stretch of months, `S = Σ_t s_t(z_t)` with `s_t(z) = 1/n` where the role
//! is in z and t in the stretch. Beside the scaled messages α_t(z), β_t(z) run those of the first moment,
//! `E[S_{≤t}; z_t = z]` and `E[S_{>t} | z_t = z]` times β, so that the mean is
//! `Σ_z (αs_t β_t + α_t βs_t)(z)` at any t. New likelihoods in a window need new messages in that window
//! alone. Cost: (1 + labels) passes, and then S² a label and month of the window.

use tertius_math::hidden_markov::HiddenMarkovError;

/// Which sets have the role, and the months: first and last.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Count {
    pub(super) has: Vec<bool>,
    pub(super) months: (usize, usize),
}

impl Count {
    /// s_t(z), as a share of the stretch.
    fn share(&self, t: usize) -> f64 {
        let (from, to) = self.months;
        if (from..=to).contains(&t) {
            1.0 / (to + 1 - from) as f64
        } else {
            0.0
        }
    }
}

/// Messages of a chain. Those of the k-th label stand after those of the chain itself: each month has
/// (1 + labels) rows of S.
#[derive(Clone, Debug, Default)]
pub(super) struct Moments {
    states: usize,
    counts: Vec<Count>,
    transition: Vec<f64>,
    transposed: Vec<f64>,
    /// p(z_t | y_1..y_{t−1}) and its moments.
    ahead: Vec<f64>,
    /// β_t and its moments.
    future: Vec<f64>,
    likelihood: Vec<f64>,
    scale: Vec<f64>,
    log_likelihood: f64,
}

impl Moments {
    /// For labels that stay.
    pub(super) fn new(states: usize, counts: Vec<Count>) -> Moments {
        Moments {
            states,
            counts,
            ..Moments::default()
        }
    }

    fn width(&self) -> usize {
        (1 + self.counts.len()) * self.states
    }

    /// ln p(y) of the last chain.
    pub(super) fn log_likelihood(&self) -> f64 {
        self.log_likelihood
    }

    /// Both passes. Returns the mean of each label.
    pub(super) fn pass(
        &mut self,
        initial: &[f64],
        transition: &[f64],
        table: &[f64],
    ) -> Result<Vec<f64>, HiddenMarkovError> {
        let (s, w) = (self.states, self.width());
        let months = table.len() / s;
        for x in [&mut self.ahead, &mut self.future] {
            x.clear();
            x.resize(months * w, 0.0);
        }
        self.likelihood.resize(months * s, 0.0);
        self.scale.resize(months, 0.0);
        self.transition = transition.to_vec();
        self.transposed = (0..s * s).map(|i| transition[i % s * s + i / s]).collect();
        self.log_likelihood = 0.0;
        self.ahead[..s].copy_from_slice(initial);
        let mut now = vec![0.0; w];
        for t in 0..months {
            let ell = &table[t * s..][..s];
            let top = ell.iter().copied().fold(f64::NEG_INFINITY, f64::max);
            let like = &mut self.likelihood[t * s..][..s];
            like.iter_mut()
                .zip(ell)
                .for_each(|(x, l)| *x = (l - top).exp());
            now.copy_from_slice(&self.ahead[t * w..][..w]);
            weigh(&mut now, like, &self.counts, t);
            let c: f64 = now[..s].iter().sum();
            // NaN as well.
            if !(c > 0.0 && c.is_finite()) {
                return Err(HiddenMarkovError::Impossible { step: t });
            }
            now.iter_mut().for_each(|x| *x /= c);
            self.scale[t] = c;
            self.log_likelihood += c.ln() + top;
            if t + 1 < months {
                step(
                    &now,
                    &self.transition,
                    s,
                    &mut self.ahead[(t + 1) * w..][..w],
                );
            }
        }
        self.future[(months - 1) * w..][..s].fill(1.0);
        for t in (1..months).rev() {
            now.copy_from_slice(&self.future[t * w..][..w]);
            weigh(&mut now, &self.likelihood[t * s..][..s], &self.counts, t);
            now.iter_mut().for_each(|x| *x /= self.scale[t]);
            step(
                &now,
                &self.transposed,
                s,
                &mut self.future[(t - 1) * w..][..w],
            );
        }
        let mut last = self.ahead[(months - 1) * w..].to_vec();
        weigh(
            &mut last,
            &self.likelihood[(months - 1) * s..],
            &self.counts,
            months - 1,
        );
        let mass: f64 = last[..s].iter().sum();
        Ok(last[s..]
            .chunks_exact(s)
            .map(|x| x.iter().sum::<f64>() / mass)
            .collect())
    }

    /// What the means would be, and by how much ln p(y) would change, if the log likelihoods of the months
    /// from `first` on were less by `less` (months × S). Room is given to be used again.
    pub(super) fn without(
        &self,
        first: usize,
        less: &[f64],
        room: &mut [Vec<f64>; 2],
        means: &mut Vec<f64>,
    ) -> f64 {
        let (s, w) = (self.states, self.width());
        let [now, next] = room;
        now.clear();
        now.extend_from_slice(&self.ahead[first * w..][..w]);
        next.resize(w, 0.0);
        let mut like = vec![0.0; s];
        let months = less.len() / s;
        for (i, less) in less.chunks_exact(s).enumerate() {
            let t = first + i;
            let was = &self.likelihood[t * s..][..s];
            for ((x, l), d) in like.iter_mut().zip(was).zip(less) {
                *x = l * (-d).exp() / self.scale[t];
            }
            weigh(now, &like, &self.counts, t);
            if i + 1 < months {
                step(now, &self.transition, s, next);
                std::mem::swap(now, next);
            }
        }
        let future = &self.future[(first + months - 1) * w..][..w];
        let dot = |a: &[f64], b: &[f64]| a.iter().zip(b).map(|(a, b)| a * b).sum::<f64>();
        let mass = dot(&now[..s], &future[..s]);
        means.clear();
        let labels = now[s..].chunks_exact(s).zip(future[s..].chunks_exact(s));
        means.extend(
            labels.map(|(past, ahead)| (dot(past, &future[..s]) + dot(&now[..s], ahead)) / mass),
        );
        mass.ln()
    }
}

/// Takes a month in: every message times the likelihood, and to those of a label what the month adds.
fn weigh(messages: &mut [f64], like: &[f64], counts: &[Count], t: usize) {
    let s = like.len();
    let (chain, moments) = messages.split_at_mut(s);
    for (row, count) in moments.chunks_exact_mut(s).zip(counts) {
        let share = count.share(t);
        for (((m, p), l), has) in row.iter_mut().zip(&*chain).zip(like).zip(&count.has) {
            let added = if *has { share * p } else { 0.0 };
            *m = (*m + added) * l;
        }
    }
    chain.iter_mut().zip(like).for_each(|(p, l)| *p *= l);
}

/// Every message times the matrix.
fn step(messages: &[f64], matrix: &[f64], s: usize, out: &mut [f64]) {
    for (row, out) in messages.chunks_exact(s).zip(out.chunks_exact_mut(s)) {
        out.fill(0.0);
        for (x, m) in row.iter().zip(matrix.chunks_exact(s)) {
            for (o, m) in out.iter_mut().zip(m) {
                *o += x * m;
            }
        }
    }
}

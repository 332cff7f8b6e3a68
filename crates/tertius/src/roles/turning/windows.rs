//! How many paths change their role set in each window of twelve months, and which windows say more than the
//! prior does.

use super::{Change, LEAST_DWELL, LEAST_FACTOR, WINDOW, changes, filter_dwell};
use crate::vocabulary::RoleSet;

/// The first months of the windows of a span. A span shorter than a window has one.
fn starts(months: usize) -> usize {
    months.saturating_sub(WINDOW).max(1)
}

/// Of every window of a span, how many of some paths change in it.
///
/// ```
/// use tertius::{roles::turning::Windows, vocabulary::{Catalogue, RoleSet}};
/// let c = Catalogue::bundled("chen-2023").unwrap();
/// let on = RoleSet::EMPTY.with(c.roles().next().unwrap());
/// let mut windows = Windows::new(48);
/// windows.take(&[[RoleSet::EMPTY; 24], [on; 24]].concat());
/// windows.take(&[on; 48]);
/// assert_eq!(windows.share(20), Some(0.5)); // months 20 to 31, counted from 0
/// assert_eq!(windows.share(25), Some(0.0));
/// assert_eq!(Windows::new(48).share(20), None);
/// ```
#[derive(Clone, Debug, PartialEq)]
pub struct Windows {
    /// Paths that change in the window that starts at each month; the first month has none before it.
    counts: Vec<usize>,
    paths: usize,
}

impl Windows {
    /// No path yet.
    pub fn new(months: usize) -> Windows {
        Windows {
            counts: vec![0; starts(months) + 1],
            paths: 0,
        }
    }

    /// One more path of the span's length, short runs joined as for turning points.
    pub fn take(&mut self, path: &[RoleSet]) {
        self.count(&changes(&filter_dwell(path, LEAST_DWELL)));
    }

    /// Every window once, however often the path changes in it: cost linear in the changes.
    pub(super) fn count(&mut self, changes: &[Change]) {
        self.paths += 1;
        let mut next = 1;
        for c in changes {
            let first = next.max((c.month + 1).saturating_sub(WINDOW));
            let last = c.month.min(self.counts.len() - 1);
            for start in first..=last {
                self.counts[start] += 1;
            }
            next = next.max(last + 1);
        }
    }

    /// Share of the paths that change in the window that starts at `start`; `None` without paths or window.
    pub fn share(&self, start: usize) -> Option<f64> {
        let n = self.counts.get(start).filter(|_| start > 0)?;
        (self.paths > 0).then(|| *n as f64 / self.paths as f64)
    }
}

/// Odds of `p` over odds of `prior`: the Bayes factor of an event whose prior probability is `prior`.
/// Undefined where one of the two is certain.
///
/// ```
/// use tertius::roles::turning::bayes_factor;
/// assert!((bayes_factor(0.75, 0.5).unwrap() - 3.0).abs() < 1e-12);
/// assert_eq!(bayes_factor(1.0, 0.5), None);
/// ```
pub fn bayes_factor(p: f64, prior: f64) -> Option<f64> {
    let open = |x: f64| x > 0.0 && x < 1.0;
    (open(p) && open(prior)).then(|| p * (1.0 - prior) / (prior * (1.0 - p)))
}

/// Whether `p` has at least [`LEAST_FACTOR`] times the odds of `prior`, both of which may be certain: a
/// certainty that the prior did not have stands out, one that it had does not. Without a prior nothing does.
pub(super) fn stands_out(p: f64, prior: Option<f64>) -> bool {
    prior.is_some_and(|q| p > q && p * (1.0 - q) >= LEAST_FACTOR * q * (1.0 - p))
}

/// A window that was chosen.
pub(super) struct Chosen {
    pub(super) start: usize,
    pub(super) share: f64,
    pub(super) prior: Option<f64>,
}

/// Windows in which at least half of the paths change, without overlap: the fullest first, among equals the
/// one whose changes lie nearest its middle. First all that stand out against the prior, then of the room
/// left those that do not.
pub(super) fn choose(
    all: &[Vec<Change>],
    prior: &Windows,
    months: usize,
) -> (Vec<Chosen>, Vec<Chosen>) {
    let mut windows = Windows::new(months);
    all.iter().for_each(|path| windows.count(path));
    let off_centre = |s: usize| {
        let middle = s as f64 + (WINDOW as f64 - 1.0) / 2.0;
        let (sum, n) = super::last_changes(all, s).fold((0.0, 0.0), |(sum, n), c| {
            (sum + (c.month as f64 - middle).abs(), n + 1.0)
        });
        sum / f64::max(n, 1.0)
    };
    let mut candidates: Vec<(f64, f64, usize)> = (1..=starts(months))
        .filter_map(|s| Some((windows.share(s).filter(|p| *p >= 0.5)?, s)))
        .map(|(p, s)| (p, off_centre(s), s))
        .collect();
    candidates.sort_by(|a, b| {
        b.0.total_cmp(&a.0)
            .then(a.1.total_cmp(&b.1))
            .then(a.2.cmp(&b.2))
    });
    let mut free = vec![true; months];
    let mut take = |told: bool| -> Vec<Chosen> {
        let mut found = Vec::new();
        for (share, _, start) in &candidates {
            let prior = prior.share(*start);
            let end = (start + WINDOW).min(months);
            let room = free[*start..end].iter().all(|f| *f);
            if room && stands_out(*share, prior) == told {
                free[*start..end].fill(false);
                found.push(Chosen {
                    start: *start,
                    share: *share,
                    prior,
                });
            }
        }
        found
    };
    let told = take(true);
    (told, take(false))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Against the definition, window by window.
    #[test]
    fn counts_are_those_of_the_definition() {
        let at = |months: &[usize]| -> Vec<Change> {
            let one = |m: &usize| Change {
                month: *m,
                from: RoleSet::EMPTY,
                to: RoleSet::EMPTY,
            };
            months.iter().map(one).collect()
        };
        for months in [2, 11, 12, 13, 14, 40] {
            let paths: Vec<Vec<Change>> = [vec![1], vec![], vec![1, 3, 11], vec![5, 17, 18, 39]]
                .iter()
                .map(|p: &Vec<usize>| {
                    at(&p
                        .iter()
                        .copied()
                        .filter(|m| *m < months)
                        .collect::<Vec<_>>())
                })
                .collect();
            let mut windows = Windows::new(months);
            paths.iter().for_each(|p| windows.count(p));
            for s in 1..=starts(months) {
                let inside = |c: &Change| (s..s + WINDOW).contains(&c.month);
                let n = paths.iter().filter(|p| p.iter().any(inside)).count();
                assert_eq!(windows.share(s), Some(n as f64 / 4.0), "{months} {s}");
            }
            assert_eq!(windows.share(0), None);
            assert_eq!(windows.share(starts(months) + 1), None);
        }
    }

    #[test]
    fn three_times_the_odds_stand_out_and_certainties_are_told_apart() {
        assert!(stands_out(0.75, Some(0.5)) && !stands_out(0.74, Some(0.5)));
        assert!(stands_out(1.0, Some(0.99)) && !stands_out(1.0, Some(1.0)));
        assert!(stands_out(0.5, Some(0.0)) && !stands_out(0.0, Some(0.0)));
        assert!(!stands_out(0.9, None));
    }
}

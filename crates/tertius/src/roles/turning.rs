//! When the role set turned, from what to what, and of which kind (model B.6).

mod windows;

use std::collections::BTreeMap;

use crate::vocabulary::{Role, RoleSet};
use windows::{Chosen, choose};
pub use windows::{Windows, bayes_factor};

/// Least odds of a turning point over its prior odds: from 3 on Kass & Raftery (1995, p. 777) call evidence
/// more than a bare mention.
pub const LEAST_FACTOR: f64 = 3.0;

/// Months that a set must last: shorter runs are joined to the run before.
pub const LEAST_DWELL: usize = 3;

/// Length of the window in which half of the paths must change.
pub const WINDOW: usize = 12;

/// Months within which a return makes an alternation.
pub const RETURN_WITHIN: usize = 24;

/// A turning point, in positions of months.
#[derive(Clone, Debug, PartialEq)]
pub struct Turn {
    /// Modal set before.
    pub from: RoleSet,
    /// Modal set after.
    pub to: RoleSet,
    /// Share of the changes that go from exactly `from` to exactly `to`. Where it is small the pair names
    /// the commonest of many ways, and `gained` and `lost` say more.
    pub pair_share: f64,
    /// Share of the changes that add a role, where there is any.
    pub gained: BTreeMap<Role, f64>,
    /// Share of the changes that end a role.
    pub lost: BTreeMap<Role, f64>,
    /// Median month of the change: the first month of the new set, after the window's last step where it
    /// came in several.
    pub month: usize,
    /// 5 and 95 % points of the month of change.
    pub interval: (usize, usize),
    /// Share of paths that change in the window.
    pub share: f64,
    /// The same share of paths drawn from the prior, over the same window.
    pub prior: Option<f64>,
    /// Share of each kind of replacement among the changes.
    pub replacement: BTreeMap<&'static str, f64>,
    /// Share of each composition among the changes.
    pub composition: BTreeMap<&'static str, f64>,
}

/// A change in one path.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Change {
    month: usize,
    from: RoleSet,
    to: RoleSet,
}

/// Joins runs shorter than `least` to the run before; the first run, if short, to the run after.
pub fn filter_dwell(path: &[RoleSet], least: usize) -> Vec<RoleSet> {
    let mut runs: Vec<(RoleSet, usize)> = Vec::new();
    for set in path {
        match runs.last_mut() {
            Some((last, n)) if last == set => *n += 1,
            _ => runs.push((*set, 1)),
        }
    }
    let mut joined: Vec<(RoleSet, usize)> = Vec::new();
    for (set, n) in runs {
        match joined.last_mut() {
            Some((last, m)) if *last == set || n < least => *m += n,
            Some((last, m)) if joined_is_short_start(*m, least) => {
                *last = set;
                *m += n;
            }
            _ => joined.push((set, n)),
        }
    }
    joined
        .into_iter()
        .flat_map(|(set, n)| std::iter::repeat_n(set, n))
        .collect()
}

/// Only the first run can be left short: every later one was joined as it came.
fn joined_is_short_start(length: usize, least: usize) -> bool {
    length < least
}

fn changes(path: &[RoleSet]) -> Vec<Change> {
    path.windows(2)
        .enumerate()
        .filter(|(_, w)| w[0] != w[1])
        .map(|(t, w)| Change {
            month: t + 1,
            from: w[0],
            to: w[1],
        })
        .collect()
}

/// Turning points, in order of time, and what was not told.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Turns {
    /// Windows in which at least half of the paths change, at [`LEAST_FACTOR`] times the prior's odds or more.
    pub told: Vec<Turn>,
    /// Further windows in which at least half change, at lower odds than that.
    pub untold: usize,
}

/// Turning points of sampled paths: windows of twelve months in which at least half of the dwell-filtered
/// paths change, at no less than [`LEAST_FACTOR`] times the odds of `prior`, chosen greedily, the fullest
/// first, without overlap.
pub fn turns(paths: &[Vec<RoleSet>], prior: &Windows) -> Turns {
    let Some(months) = paths.first().map(Vec::len).filter(|n| *n >= 2) else {
        return Turns::default();
    };
    let all: Vec<Vec<Change>> = paths
        .iter()
        .map(|p| changes(&filter_dwell(p, LEAST_DWELL)))
        .collect();
    let (told, untold) = choose(&all, prior, months);
    let mut told: Vec<Turn> = told.iter().map(|w| turn(&all, w, months)).collect();
    told.sort_by_key(|t| t.month);
    Turns {
        told,
        untold: untold.len(),
    }
}

/// The last change of each path in the window that starts at `start`: the one that completes what the
/// window did. Dated by the first, a turn in two steps would stand before the set that it leads to.
fn last_changes(all: &[Vec<Change>], start: usize) -> impl Iterator<Item = &Change> {
    let in_window = move |c: &&Change| (start..start + WINDOW).contains(&c.month);
    all.iter()
        .filter_map(move |p| p.iter().rev().find(in_window))
}

fn turn(all: &[Vec<Change>], window: &Chosen, months: usize) -> Turn {
    let start = window.start;
    let mut at: Vec<usize> = last_changes(all, start).map(|c| c.month).collect();
    at.sort_unstable();
    let point = |u: f64| at[((at.len() - 1) as f64 * u).round() as usize];
    // From the set before the window's first change to the set after its last: what the window did.
    let mut pairs: BTreeMap<(RoleSet, RoleSet), usize> = BTreeMap::new();
    let (mut replacement, mut composition) = (BTreeMap::new(), BTreeMap::new());
    let (mut gained, mut lost) = (BTreeMap::new(), BTreeMap::new());
    for path in all {
        let within: Vec<&Change> = path
            .iter()
            .filter(|c| (start..start + WINDOW).contains(&c.month))
            .collect();
        let (Some(first), Some(last)) = (within.first(), within.last()) else {
            continue;
        };
        *pairs.entry((first.from, last.to)).or_default() += 1;
        let net = Change {
            month: last.month,
            from: first.from,
            to: last.to,
        };
        for role in net.to.except(net.from) {
            *gained.entry(role).or_insert(0.0) += 1.0;
        }
        for role in net.from.except(net.to) {
            *lost.entry(role).or_insert(0.0) += 1.0;
        }
        *replacement.entry(kind(net, path, months)).or_insert(0.0) += 1.0;
        let made = if last.to.len() >= 2 {
            "merging"
        } else {
            "single"
        };
        *composition.entry(made).or_insert(0.0) += 1.0;
    }
    let n = at.len() as f64;
    replacement
        .values_mut()
        .chain(composition.values_mut())
        .for_each(|x| *x /= n);
    gained
        .values_mut()
        .chain(lost.values_mut())
        .for_each(|x| *x /= n);
    let modal = pairs.iter().max_by(|a, b| a.1.cmp(b.1).then(b.0.cmp(a.0)));
    let ((from, to), paths) = modal.map_or_else(Default::default, |(p, n)| (*p, *n));
    let interval = (point(0.05), point(0.95));
    Turn {
        from,
        to,
        pair_share: paths as f64 / n,
        gained,
        lost,
        month: point(0.5),
        interval,
        share: window.share,
        prior: window.prior,
        replacement,
        composition,
    }
}

/// The kind of a change. Near the end of the record what will follow is not known.
fn kind(c: Change, path: &[Change], months: usize) -> &'static str {
    let (a, b) = (c.from, c.to);
    if a == b {
        return "returned";
    }
    if a.is_empty() {
        return "onset";
    }
    if b.is_empty() {
        return "ended";
    }
    if a.is_subset(b) {
        return "added";
    }
    if b.is_subset(a) {
        return "shed";
    }
    if !a.intersection(b).is_empty() {
        return "partial";
    }
    let back = |d: &Change| {
        let near = d.month.abs_diff(c.month) <= RETURN_WITHIN;
        near && d.month != c.month && d.from == b && d.to == a
    };
    if path.iter().any(back) {
        return "alternation";
    }
    if c.month + RETURN_WITHIN > months {
        "unresolved"
    } else {
        "replaced"
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::vocabulary::Catalogue;

    /// With a prior under which nothing ever changes, so that whatever half of the paths do stands out.
    fn all_turns(paths: &[Vec<RoleSet>]) -> Vec<Turn> {
        let mut still = Windows::new(paths[0].len());
        still.take(&vec![RoleSet::EMPTY; paths[0].len()]);
        turns(paths, &still).told
    }

    fn set(letters: &str) -> RoleSet {
        let c = Catalogue::bundled("chen-2023").unwrap();
        let of = |l: char| -> Role {
            c.roles()
                .find(|r| c.spec(*r).letter == l.to_string())
                .unwrap()
        };
        letters.chars().fold(RoleSet::EMPTY, |s, l| s.with(of(l)))
    }

    fn path(runs: &[(&str, usize)]) -> Vec<RoleSet> {
        runs.iter()
            .flat_map(|(l, n)| std::iter::repeat_n(set(l), *n))
            .collect()
    }

    #[test]
    fn short_runs_join_the_run_before() {
        let p = path(&[("B", 10), ("F", 2), ("B", 10)]);
        assert_eq!(filter_dwell(&p, 3), path(&[("B", 22)]));
        let p = path(&[("F", 1), ("B", 10)]);
        assert_eq!(filter_dwell(&p, 3), path(&[("B", 11)]));
    }

    #[test]
    fn one_sure_turn_is_found_where_it_is() {
        let paths: Vec<_> = [28, 30, 30, 30, 33]
            .into_iter()
            .map(|n| path(&[("B", n), ("FEP", 80 - n)]))
            .collect();
        let t = all_turns(&paths);
        assert_eq!(t.len(), 1);
        assert_eq!((t[0].from, t[0].to, t[0].month), (set("B"), set("FEP"), 30));
        assert_eq!(t[0].interval, (28, 33));
        assert_eq!(t[0].replacement["replaced"], 1.0);
        assert_eq!(t[0].composition["merging"], 1.0);
    }

    #[test]
    fn kinds_of_replacement() {
        let of = |a: &str, b: &str| {
            let t = all_turns(&[path(&[(a, 20), (b, 40)])]);
            *t[0].replacement.keys().next().unwrap()
        };
        assert_eq!(of("", "B"), "onset");
        assert_eq!(of("B", ""), "ended");
        assert_eq!(of("F", "FE"), "added");
        assert_eq!(of("FE", "F"), "shed");
        assert_eq!(of("FB", "FE"), "partial");
        assert_eq!(of("B", "F"), "replaced");
        let near_end = all_turns(&[path(&[("B", 50), ("F", 10)])]);
        assert_eq!(near_end[0].replacement.get("unresolved"), Some(&1.0));
        let there_and_back = all_turns(&[path(&[("B", 30), ("F", 15), ("B", 40)])]);
        assert_eq!(there_and_back[0].replacement.get("alternation"), Some(&1.0));
    }

    #[test]
    fn a_turn_in_two_steps_is_dated_by_the_last_and_counts_what_came_and_went() {
        let direct = path(&[("B", 33), ("FP", 47)]);
        let by_steps = path(&[("B", 28), ("P", 6), ("FP", 46)]);
        let other = path(&[("B", 34), ("F", 46)]);
        let t = all_turns(&[direct.clone(), direct, by_steps, other]);
        assert_eq!(t.len(), 1);
        assert_eq!((t[0].from, t[0].to), (set("B"), set("FP")));
        // Completed in months 33, 33, 34 and 34; the first steps were in 33, 33, 28 and 34.
        assert_eq!(t[0].interval, (33, 34));
        assert_eq!(t[0].pair_share, 0.75);
        let of = |m: &BTreeMap<Role, f64>| m.values().copied().collect::<Vec<f64>>();
        assert_eq!(of(&t[0].gained), [1.0, 0.75]);
        assert_eq!(of(&t[0].lost), [1.0]);
    }

    #[test]
    fn paths_that_disagree_have_no_turn() {
        let mut paths = vec![path(&[("B", 60)]); 6];
        paths.extend(vec![path(&[("B", 30), ("F", 30)]); 4]);
        assert_eq!(all_turns(&paths), Vec::new());
    }

    /// Seven paths of ten change where six of ten do under the prior: not told, and counted. The same seven
    /// against a prior of four of ten are (7/3)/(4/6) = 3.5 times its odds.
    #[test]
    fn what_the_prior_does_too_is_no_turn() {
        let of = |turned: usize| -> Vec<Vec<RoleSet>> {
            let one = |i: usize| path(&[("B", 30), (if i < turned { "F" } else { "B" }, 40)]);
            (0..10).map(one).collect()
        };
        let prior = |turned: usize| {
            let mut windows = Windows::new(70);
            of(turned).iter().for_each(|p| windows.take(p));
            windows
        };
        let hidden = turns(&of(7), &prior(6));
        assert_eq!((hidden.told.len(), hidden.untold), (0, 1));
        let told = turns(&of(7), &prior(4));
        assert_eq!((told.told.len(), told.untold), (1, 0));
        assert_eq!((told.told[0].share, told.told[0].prior), (0.7, Some(0.4)));
    }
}

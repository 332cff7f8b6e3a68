//! Event penetration 渗透: an issue led by a role that the whole does not play, while the whole does not
//! turn (model B.6).

use std::collections::BTreeMap;

use crate::roles::turning::{LEAST_DWELL, filter_dwell};
use crate::vocabulary::{Role, RoleSet};

/// An issue led by another role.
#[derive(Clone, Debug, PartialEq)]
pub struct Penetration {
    /// The role that leads it and is not of the whole.
    pub role: Role,
    /// The likeliest set of the issue in those months.
    pub set: RoleSet,
    /// First and last month, by position.
    pub months: (usize, usize),
    /// Share of the sampled pairs of paths in which the role leads it for [`LEAST_DWELL`] of these months
    /// at least.
    pub p: f64,
}

/// A path of the whole and one of the issue, both with short runs joined to the run before.
#[derive(Clone, Debug, PartialEq)]
pub struct Pair {
    whole: Vec<RoleSet>,
    issue: Vec<RoleSet>,
}

impl Pair {
    /// From paths as they were sampled.
    pub fn new(whole: &[RoleSet], issue: &[RoleSet]) -> Pair {
        Pair {
            whole: filter_dwell(whole, LEAST_DWELL),
            issue: filter_dwell(issue, LEAST_DWELL),
        }
    }

    /// Months in which `role` leads the issue: it is played there and not in the whole, for
    /// [`LEAST_DWELL`] months or more in which the whole stays as it is.
    pub fn led_by(&self, role: Role) -> Vec<bool> {
        let mut led = vec![false; self.whole.len()];
        let mut from = 0;
        for t in 0..=led.len() {
            let goes_on = t < led.len()
                && self.issue[t].has(role)
                && !self.whole[t].has(role)
                && (t == from || self.whole[t] == self.whole[from]);
            if goes_on {
                continue;
            }
            if t - from >= LEAST_DWELL {
                led[from..t].fill(true);
            }
            // The month that ends one stretch may begin the next.
            let begins = t < led.len() && self.issue[t].has(role) && !self.whole[t].has(role);
            from = if begins { t } else { t + 1 };
        }
        led
    }
}

/// Stretches of [`LEAST_DWELL`] months or more in each of which a role leads the issue with a probability
/// of ½ or more. In order of roles and time.
pub fn penetrations(pairs: &[Pair], roles: &[Role]) -> Vec<Penetration> {
    let Some(months) = pairs.first().map(|p| p.whole.len()) else {
        return Vec::new();
    };
    let mut found = Vec::new();
    for role in roles {
        let led: Vec<Vec<bool>> = pairs.iter().map(|p| p.led_by(*role)).collect();
        let share = |t: usize| led.iter().filter(|l| l[t]).count() as f64 / led.len() as f64;
        let likely: Vec<bool> = (0..months).map(|t| share(t) >= 0.5).collect();
        let mut t = 0;
        for run in likely.chunk_by(|a, b| a == b) {
            let (from, to) = (t, t + run.len());
            t = to;
            if !run[0] || run.len() < LEAST_DWELL {
                continue;
            }
            let enough = |l: &&Vec<bool>| l[from..to].iter().filter(|x| **x).count() >= LEAST_DWELL;
            let mut sets: BTreeMap<RoleSet, usize> = BTreeMap::new();
            for (l, pair) in led.iter().zip(pairs) {
                for t in (from..to).filter(|t| l[*t]) {
                    *sets.entry(pair.issue[t]).or_default() += 1;
                }
            }
            let set = sets.iter().max_by(|a, b| a.1.cmp(b.1).then(b.0.cmp(a.0)));
            found.push(Penetration {
                role: *role,
                set: set.map_or(RoleSet::EMPTY, |(z, _)| *z),
                months: (from, to - 1),
                p: led.iter().filter(enough).count() as f64 / led.len() as f64,
            });
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::vocabulary::Catalogue;

    fn sets(letters: &[(&str, usize)]) -> Vec<RoleSet> {
        let c = Catalogue::bundled("chen-2023").unwrap();
        let of = |word: &str| {
            let roles = c.roles().filter(|r| word.contains(&c.spec(*r).letter));
            roles.fold(RoleSet::EMPTY, RoleSet::with)
        };
        letters
            .iter()
            .flat_map(|(word, n)| std::iter::repeat_n(of(word), *n))
            .collect()
    }

    fn balancer() -> Role {
        Catalogue::bundled("chen-2023")
            .unwrap()
            .role("balancer")
            .unwrap()
    }

    fn months(whole: &[(&str, usize)], issue: &[(&str, usize)]) -> Vec<usize> {
        let led = Pair::new(&sets(whole), &sets(issue)).led_by(balancer());
        (0..led.len()).filter(|t| led[*t]).collect()
    }

    #[test]
    fn a_role_leads_where_the_whole_lacks_it_and_stays() {
        let out = |from, to| (from..to).collect::<Vec<_>>();
        assert_eq!(
            months(&[("F", 20)], &[("F", 5), ("B", 6), ("F", 9)]),
            out(5, 11)
        );
        // Beside a role of the whole it leads as well.
        assert_eq!(
            months(&[("F", 20)], &[("F", 5), ("FB", 6), ("F", 9)]),
            out(5, 11)
        );
        // Two months are no lead, nor is a role that the whole plays too, nor one that is missing.
        assert!(months(&[("F", 20)], &[("F", 5), ("B", 2), ("F", 13)]).is_empty());
        assert!(months(&[("FB", 20)], &[("FB", 5), ("B", 6), ("FB", 9)]).is_empty());
        // A turn of the whole cuts the stretch: two months before it are too few, six after are not.
        let turned = months(&[("F", 8), ("", 12)], &[("F", 6), ("B", 8), ("", 6)]);
        assert_eq!(turned, out(8, 14));
        // To the end of the record.
        assert_eq!(months(&[("F", 20)], &[("F", 17), ("B", 3)]), out(17, 20));
    }

    #[test]
    fn what_half_of_the_paths_say_is_found_with_its_probability() {
        let with = |from: usize| {
            let issue = sets(&[("F", from), ("B", 8), ("F", 32 - from)]);
            Pair::new(&sets(&[("F", 40)]), &issue)
        };
        let without = Pair::new(&sets(&[("F", 40)]), &sets(&[("F", 40)]));
        let pairs = [with(10), with(11), with(12), without];
        let found = penetrations(&pairs, &[balancer()]);
        assert_eq!(found.len(), 1);
        // Months 11 to 18 are led in two of four or more.
        assert_eq!(found[0].months, (11, 18));
        assert_eq!(found[0].p, 0.75);
        assert_eq!(found[0].set, sets(&[("B", 1)])[0]);
        assert!(penetrations(&pairs[2..], &[balancer()])[0].p == 0.5);
        assert!(penetrations(&[], &[balancer()]).is_empty());
    }
}

//! What one side has declared on one issue: what its posture rests on, how much it cares, and which rows
//! say so.

use std::collections::BTreeMap;

use super::paths::{Seen, Standing};
use super::posture::{Posture, PostureOptions};
use crate::record::{Clustered, Position, cluster_weight, clusters, worth};
use crate::vocabulary::Month;

/// Positions of one actor, of one kind and on one issue, with the clusters that they make.
pub(super) struct Declared<'r> {
    rows: Vec<&'r Position>,
    clusters: Vec<Vec<usize>>,
}

/// How much a side cares, and which rows say so, month by month.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Told {
    /// The weightiest first, each with the month in which it came in.
    rows: Vec<(Month, String)>,
    /// By the month in which rows came in: salience from then on.
    saliences: Vec<(Month, f64)>,
}

impl<'r> Declared<'r> {
    pub(super) fn new(rows: Vec<&'r Position>, options: &PostureOptions) -> Self {
        let dated: Vec<_> = rows
            .iter()
            .map(|p| Clustered::of(p.date, &p.cited))
            .collect();
        let clusters = clusters(&dated, options.episode_days);
        Declared { rows, clusters }
    }

    /// The rows of each cluster, by position.
    #[cfg(test)]
    pub(super) fn clusters(&self) -> &[Vec<usize>] {
        &self.clusters
    }

    /// The rows as observations, each in the month in which it came in, with its share in what its cluster
    /// counts for: rows that come in one month share in what they add to it, so that no weight hangs on a
    /// later row.
    pub(super) fn seen(&self, loads: [f64; 2], options: &PostureOptions) -> Vec<Seen> {
        let mut seen = Vec::new();
        for cluster in &self.clusters {
            let mut months: BTreeMap<Month, Vec<&Position>> = BTreeMap::new();
            for i in cluster {
                let row = self.rows[*i];
                months.entry(comes_in(row)).or_default().push(row);
            }
            let mut n = 0;
            for (month, rows) in months {
                let worth = |n| worth(n, options.episode_correlation);
                let share = (worth(n + rows.len()) - worth(n)) / rows.len() as f64;
                n += rows.len();
                // Wholly correlated rows add nothing to the first.
                if share > 0.0 {
                    let one = |p: &&Position| observation(p, month, share, loads, options);
                    seen.extend(rows.iter().map(one));
                }
            }
        }
        seen
    }

    /// Salience is the mean of the declared ones, each by its weight in its cluster of the rows known by then
    /// and halved with every half-life of its age. All ages grow alike, so that it stays until rows come in.
    ///
    /// Rows come by what each alone would tell of a month: the inverse of its error variance and the walk
    /// since, an order that no month changes.
    pub(super) fn told(&self, options: &PostureOptions) -> Told {
        let mut cluster_of = vec![0; self.rows.len()];
        for (at, rows) in self.clusters.iter().enumerate() {
            for i in rows {
                cluster_of[*i] = at;
            }
        }
        let mut arrivals: BTreeMap<Month, Vec<usize>> = BTreeMap::new();
        for (i, p) in self.rows.iter().enumerate() {
            arrivals.entry(comes_in(p)).or_default().push(i);
        }
        let mut sums = Sums {
            clusters: vec![Part::default(); self.clusters.len()],
            total: Part::default(),
            youngest: None,
        };
        let mut saliences = Vec::new();
        for (month, rows) in arrivals {
            for i in rows {
                sums.add(cluster_of[i], self.rows[i], options);
            }
            saliences.push((month, sums.total.salience / sums.total.trust));
        }
        let dated = self.rows.iter().map(|p| (Month::of(p.date.last_day()), *p));
        let dated: Vec<(Month, &Position)> = dated.collect();
        let last = dated.iter().map(|(at, _)| *at).max();
        let alone = |at: Month, p: &Position| {
            let age = last.map_or(0, |last| at.until(last));
            let variance = options.variance_of(p) + options.walk_of(age);
            // What differs by rounding alone does not differ.
            (variance * 1e12).round()
        };
        let mut rows: Vec<(f64, &Position)> =
            dated.iter().map(|(at, p)| (alone(*at, p), *p)).collect();
        rows.sort_by(|a, b| a.0.total_cmp(&b.0).then(a.1.cited.id.cmp(&b.1.cited.id)));
        Told {
            rows: rows
                .into_iter()
                .map(|(_, p)| (comes_in(p), p.cited.id.clone()))
                .collect(),
            saliences,
        }
    }
}

impl Told {
    /// The posture before a month began, given where the side then stood; nothing if no row was known.
    pub(super) fn before(&self, month: Month, standing: Standing) -> Option<Posture> {
        let known = self.saliences.partition_point(|(at, _)| *at < month);
        let (_, salience) = self.saliences.get(known.checked_sub(1)?)?;
        let rows = self.rows.iter().filter(|(at, _)| *at < month);
        Some(Posture {
            centre: standing.centre,
            sd: standing.sd,
            salience: *salience,
            rows: rows.map(|(_, id)| id.clone()).collect(),
        })
    }
}

/// Sums over rows, each by trust and age.
#[derive(Clone, Copy, Debug, Default)]
struct Part {
    n: usize,
    trust: f64,
    salience: f64,
    /// The month to which ages are taken.
    at: Option<Month>,
}

impl Part {
    /// Makes every row older, to a later month.
    fn age(&mut self, to: Month, half_life: f64) {
        if let Some(at) = self.at {
            let fresh = (-f64::from(at.until(to)) / half_life).exp2();
            self.trust *= fresh;
            self.salience *= fresh;
        }
        self.at = Some(to);
    }
}

/// Sums of clusters, and of all with the weights of their clusters. Ages are taken from the youngest row: far
/// enough back every weight would be 0, and a mean 0/0.
struct Sums {
    clusters: Vec<Part>,
    total: Part,
    youngest: Option<Month>,
}

impl Sums {
    fn add(&mut self, cluster: usize, p: &Position, options: &PostureOptions) {
        let date = Month::of(p.date.last_day());
        let youngest = self.youngest.map_or(date, |y| y.max(date));
        self.youngest = Some(youngest);
        self.total.age(youngest, options.half_life);
        let part = &mut self.clusters[cluster];
        part.age(youngest, options.half_life);
        let (before, n) = (*part, part.n + 1);
        let fresh = (-f64::from(date.until(youngest)) / options.half_life).exp2();
        part.n = n;
        part.trust += options.trust_of(p) * fresh;
        part.salience += options.trust_of(p) * fresh * p.salience;
        let weight = |n| cluster_weight(n, options.episode_correlation);
        let (old, new) = (weight(before.n), weight(n));
        self.total.trust += new * part.trust - old * before.trust;
        self.total.salience += new * part.salience - old * before.salience;
    }
}

fn comes_in(p: &Position) -> Month {
    Month::of(p.date.last_day()).max(Month::of(p.cited.known_from))
}

/// A position that comes in in a month. One that was known only later is of a state some months older.
fn observation(
    p: &Position,
    month: Month,
    share: f64,
    loads: [f64; 2],
    options: &PostureOptions,
) -> Seen {
    let aged = options.walk_of(Month::of(p.date.last_day()).until(month));
    Seen {
        month,
        loads,
        value: p.value,
        variance: options.variance_of(p) / share + aged,
        series: None,
        of_year: false,
    }
}

//! Preferred postures: where an actor stood before a month, how much it cared, and which rows say so.

use super::clusters::weights;
use super::cut_normal::CutNormal;
use super::paths::Standing;
use crate::record::{Position, PositionKind};
use crate::vocabulary::{Actor, Month};

/// Settings of how postures are measured.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct PostureOptions {
    /// Standard deviation of the random walk of a posture over a year.
    pub walk: f64,
    /// Months after which a declared salience counts half.
    pub half_life: f64,
    /// Least standard deviation of one position: no two readers of one speech agree more closely.
    pub least_sd: f64,
    /// Share of its precision that an unchecked row keeps.
    pub unchecked: f64,
    /// Correlation of the positions of one document or occasion.
    pub episode_correlation: f64,
    /// Days from a cluster's first position within which others join it.
    pub episode_days: i32,
    /// How far a series may be off for good: standard deviation of its constant.
    pub level_sd: f64,
    /// How far a value of a series may be off on its own, beside its sampling error.
    pub series_sd: f64,
}

impl Default for PostureOptions {
    /// Walk .14 a year: a position with an error of .1 is worth half after six months (model B.2, timing),
    /// for 6 × .14² / 12 = .1². Half-life 6 months, the same for saliences. Least sd .05: half the step
    /// between the codebook's anchors is .1 to .15, and a 90 % interval of ±.08 is within it. Unchecked .7
    /// and the clusters, as in the reader. Level .5: a quarter of the range either way, that is, next to nothing is known of
    /// it. Series .1: an error as of one declared position.
    fn default() -> Self {
        PostureOptions {
            walk: 0.14,
            half_life: 6.0,
            least_sd: 0.05,
            unchecked: 0.7,
            episode_correlation: 0.5,
            episode_days: 14,
            level_sd: 0.5,
            series_sd: 0.1,
        }
    }
}

impl PostureOptions {
    /// Error variance of a declared position, `max(least_sd, (high − low)/3.29)² / trust`: the coder's
    /// bounds are read as a 90 % interval.
    pub(super) fn variance_of(&self, p: &Position) -> f64 {
        let sd = ((p.high - p.low) / INTERVAL_90).max(self.least_sd);
        sd * sd / self.trust_of(p)
    }

    fn trust_of(&self, p: &Position) -> f64 {
        if p.cited.checked { 1.0 } else { self.unchecked }
    }

    /// Variance that the walk adds over some months.
    pub(super) fn walk_of(&self, months: i32) -> f64 {
        self.walk * self.walk / 12.0 * f64::from(months)
    }
}

/// What is known of a posture: a normal with this centre and spread, cut to [−1, 1].
#[derive(Clone, Debug, PartialEq)]
pub struct Posture {
    /// Centre before the cut.
    pub centre: f64,
    /// Spread before the cut. Grows as positions age.
    pub sd: f64,
    /// Salience, 0 to 1, before it is made to sum to one within a family.
    pub salience: f64,
    /// The rows it rests on, the weightiest first.
    pub rows: Vec<String>,
}

/// The posture of `actor` on `issue` as it could be known before `month` began, given where it then stood
/// ([`super::paths`]); nothing if no position was known.
///
/// Salience is the mean of the declared ones, each by its weight in its cluster ([`super::clusters`]) and
/// halved with every half-life of its age. Rows come by what each alone would tell of the month: the inverse
/// of its error variance and the walk since.
pub fn posture_before(
    positions: &[Position],
    actor: &Actor,
    issue: usize,
    kind: PositionKind,
    month: Month,
    standing: Standing,
    options: &PostureOptions,
) -> Option<Posture> {
    let of_interest = positions.iter().filter(|p| {
        p.actor == *actor
            && p.issue == issue
            && p.kind == kind
            && p.cited.known_from < month.first_day()
            && p.date.last_day() < month.first_day()
    });
    // Ages are taken from the youngest row: far enough back every weight would be 0, and a mean 0/0.
    let ages: Vec<(i32, &Position)> = of_interest
        .map(|p| (age_before(p.date, month), p))
        .collect();
    let youngest = ages.iter().map(|(age, _)| *age).min()?;
    let dated: Vec<_> = ages.iter().map(|(_, p)| (p.date, &p.cited)).collect();
    let clustered = weights(&dated, options.episode_days, options.episode_correlation);
    let (mut recency, mut salience) = (0.0, 0.0);
    let mut rows: Vec<(f64, &str)> = Vec::new();
    for ((age, p), of_cluster) in ages.into_iter().zip(clustered) {
        let fresh = (-f64::from(age - youngest) / options.half_life).exp2();
        let trust = of_cluster * options.trust_of(p);
        recency += trust * fresh;
        salience += trust * fresh * p.salience;
        let alone = options.variance_of(p) + options.walk_of(age);
        rows.push((alone.recip(), &p.cited.id));
    }
    rows.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(b.1)));
    Some(Posture {
        centre: standing.centre,
        sd: standing.sd,
        salience: salience / recency,
        rows: rows.into_iter().map(|(_, id)| id.to_owned()).collect(),
    })
}

/// Months from the end of a position's date until `month`.
fn age_before(date: crate::vocabulary::When, month: Month) -> i32 {
    Month::of(date.last_day()).until(month)
}

/// Width of a normal's central 90 % interval in standard deviations: 2 Φ⁻¹(0.95).
pub(crate) const INTERVAL_90: f64 = 3.289_707_253_902_945;

impl Posture {
    /// Centre and spread.
    pub fn standing(&self) -> Standing {
        Standing {
            centre: self.centre,
            sd: self.sd,
        }
    }

    /// The point below which a share `u` of the cut normal lies.
    pub fn quantile(&self, u: f64) -> f64 {
        self.cut().quantile(u)
    }

    /// The distribution.
    pub fn cut(&self) -> CutNormal {
        self.standing().cut()
    }
}

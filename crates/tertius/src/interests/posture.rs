//! Preferred postures: where an actor stood, how much it cared, and which rows say so.

use super::cut_normal::CutNormal;
use super::paths::Standing;
use crate::record::Position;

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

    pub(super) fn trust_of(&self, p: &Position) -> f64 {
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

//! Preferred postures from declared positions: a filter that forgets.

use super::clusters::weights;
use super::cut_normal::CutNormal;
use crate::record::{Position, PositionKind};
use crate::vocabulary::{Actor, Month};

/// Settings of the filter.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct PostureOptions {
    /// Months after which a position counts half.
    pub half_life: f64,
    /// Least standard deviation of one position: no two readers of one speech agree more closely.
    pub least_sd: f64,
    /// Share of its precision that an unchecked row keeps.
    pub unchecked: f64,
    /// Correlation of the positions of one document or occasion.
    pub episode_correlation: f64,
    /// Days from a cluster's first position within which others join it.
    pub episode_days: i32,
}

impl Default for PostureOptions {
    /// Half-life 6 months (model B.2, timing). Least sd .05: half the step between the codebook's anchors
    /// is .1 to .15, and a 90 % interval of ±.08 is within it. Unchecked .7 and the clusters, as in the
    /// reader.
    fn default() -> Self {
        PostureOptions {
            half_life: 6.0,
            least_sd: 0.05,
            unchecked: 0.7,
            episode_correlation: 0.5,
            episode_days: 14,
        }
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

/// The posture of `actor` on `issue` as it could be known before `month` began; nothing if no position
/// was known.
///
/// A Kalman filter with discounting (West & Harrison 1997, section 6.3): the precision gathered so far
/// shrinks by 2^(−1/half-life) a month, and each position adds its own. So with ages `a_k` in months
///
/// `precision = Σ c_k p_k 2^(−a_k / half-life) / s_k²`, `centre = Σ (weights × values) / precision`,
///
/// where `s_k = max(least_sd, (high − low) / 3.29)`: the coder's bounds are read as a 90 % interval; and
/// `c_k` is the row's weight in its cluster ([`super::clusters`]).
/// With no prior but the range, an old posture widens to the uniform on [−1, 1], that is, to not known.
pub fn posture_before(
    positions: &[Position],
    actor: &Actor,
    issue: usize,
    kind: PositionKind,
    month: Month,
    options: &PostureOptions,
) -> Option<Posture> {
    let of_interest = positions.iter().filter(|p| {
        p.actor == *actor
            && p.issue == issue
            && p.kind == kind
            && p.cited.known_from < month.first_day()
            && p.date.last_day() < month.first_day()
    });
    // Ages are taken from the youngest row, and its own is put back at the end: far enough back every
    // weight would be 0, and a centre 0/0.
    let ages = of_interest.map(|p| (age_before(p.date, month), p));
    let ages: Vec<(f64, &Position)> = ages.collect();
    let youngest = ages.iter().map(|(age, _)| *age).reduce(f64::min)?;
    let dated: Vec<_> = ages.iter().map(|(_, p)| (p.date, &p.cited)).collect();
    let clustered = weights(&dated, options.episode_days, options.episode_correlation);
    let mut precision = 0.0;
    let mut weighted = 0.0;
    let mut recency = 0.0;
    let mut salience = 0.0;
    let mut rows: Vec<(f64, &str)> = Vec::new();
    for ((age, p), of_cluster) in ages.into_iter().zip(clustered) {
        let fresh = (-(age - youngest) / options.half_life).exp2();
        let sd = ((p.high - p.low) / INTERVAL_90).max(options.least_sd);
        let trust = of_cluster
            * if p.cited.checked {
                1.0
            } else {
                options.unchecked
            };
        let weight = trust * fresh / (sd * sd);
        precision += weight;
        weighted += weight * p.value;
        recency += trust * fresh;
        salience += trust * fresh * p.salience;
        rows.push((weight, &p.cited.id));
    }
    rows.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(b.1)));
    Some(Posture {
        centre: weighted / precision,
        sd: (youngest / (2.0 * options.half_life)).exp2() / precision.sqrt(),
        salience: salience / recency,
        rows: rows.into_iter().map(|(_, id)| id.to_owned()).collect(),
    })
}

/// Months from the end of a position's date until `month`.
fn age_before(date: crate::vocabulary::When, month: Month) -> f64 {
    f64::from(Month::of(date.last_day()).until(month))
}

/// Width of a normal's central 90 % interval in standard deviations: 2 Φ⁻¹(0.95).
pub(crate) const INTERVAL_90: f64 = 3.289_707_253_902_945;

impl Posture {
    /// The point below which a share `u` of the cut normal lies.
    pub fn quantile(&self, u: f64) -> f64 {
        self.cut().quantile(u)
    }

    /// The distribution.
    pub fn cut(&self) -> CutNormal {
        CutNormal::new(self.centre, self.sd)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::record::{Cited, Confidence};
    use crate::vocabulary::{ActorRegistry, Text};

    fn position(date: &str, value: f64, half_width: f64, salience: f64) -> Position {
        let date: crate::vocabulary::When = date.parse().unwrap();
        Position {
            cited: Cited {
                id: format!("p-{date}"),
                file: "positions.csv".into(),
                row: 2,
                known_from: date.last_day(),
                episode: None,
                description: Text::default(),
                sources: vec!["s".into()],
                quote: None,
                locator: None,
                checked: true,
                confidence: Confidence::High,
                coder: "c".into(),
            },
            date,
            actor: ActorRegistry::default().find("JPN").unwrap(),
            issue: 0,
            kind: PositionKind::Preference,
            value,
            low: value - half_width,
            high: value + half_width,
            salience,
        }
    }

    fn before(positions: &[Position], month: &str) -> Option<Posture> {
        let actor = ActorRegistry::default().find("JPN").unwrap();
        posture_before(
            positions,
            &actor,
            0,
            PositionKind::Preference,
            month.parse().unwrap(),
            &PostureOptions::default(),
        )
    }

    #[test]
    fn a_position_counts_from_the_month_after_it() {
        let p = [position("2014-03-18", 0.5, 0.2, 1.0)];
        assert_eq!(before(&p, "2014-03"), None);
        assert!(before(&p, "2014-04").is_some());
    }

    #[test]
    fn the_spread_doubles_in_two_half_lives() {
        let p = [position("2014-03-18", 0.5, 0.2, 1.0)];
        let (young, old) = (
            before(&p, "2014-04").unwrap(),
            before(&p, "2015-04").unwrap(),
        );
        assert_eq!(young.centre, old.centre);
        // Twelve months are two half-lives: precision a quarter, spread twice. Exact but for rounding.
        assert!((old.sd / young.sd - 2.0).abs() < 1e-12);
    }

    /// The recursion of the discount Kalman filter, month by month, as an independent witness of the sum.
    #[test]
    fn the_sum_is_the_recursion() {
        let p = [
            position("2014-01-10", 0.5, 0.2, 1.0),
            position("2014-05-20", -0.1, 0.3, 0.5),
            position("2015-02-01", -0.4, 0.1, 0.2),
        ];
        let (mut centre, mut precision) = (0.0, 0.0);
        let mut month: Month = "2014-01".parse().unwrap();
        let end: Month = "2015-06".parse().unwrap();
        while month != end {
            for q in p.iter().filter(|q| Month::of(q.date.last_day()) == month) {
                let sd: f64 = (q.high - q.low) / INTERVAL_90;
                let gained: f64 = sd.powi(-2);
                centre += gained / (precision + gained) * (q.value - centre);
                precision += gained;
            }
            precision *= (-1.0f64 / 6.0).exp2();
            month = month + 1;
        }
        let sum = before(&p, "2015-06").unwrap();
        assert!(
            (sum.centre - centre).abs() < 1e-12,
            "{} {centre}",
            sum.centre
        );
        assert!((sum.sd - precision.sqrt().recip()).abs() < 1e-12);
    }

    /// Three positions of one speech are worth 1.5 of them; three a month apart are worth three.
    #[test]
    fn positions_of_one_document_are_no_independent_witnesses() {
        let one = [position("2014-03-18", 0.5, 0.2, 1.0)];
        let single = before(&one, "2014-05").unwrap().sd.powi(-2);
        let speech = ["2014-03-16", "2014-03-17", "2014-03-18"].map(|d| position(d, 0.5, 0.2, 1.0));
        let of_speech = before(&speech, "2014-05").unwrap().sd.powi(-2);
        assert!((of_speech / single - 1.5).abs() < 1e-12);
    }

    #[test]
    fn a_posture_of_another_age_is_the_uniform_and_keeps_its_salience() {
        // Twenty-four thousand months are four thousand half-lives: 2^-4000 is 0 in a double.
        let ancient = [
            position("0014-01-01", 0.9, 0.1, 0.25),
            position("0013-01-01", -0.9, 0.1, 0.25),
        ];
        let old = before(&ancient, "2014-01").unwrap();
        assert_eq!(old.quantile(0.05), -0.9);
        assert!((old.salience - 0.25).abs() < 1e-12);
    }

    #[test]
    fn an_old_posture_is_the_uniform() {
        let p = [position("1950-01-01", 0.9, 0.1, 1.0)];
        let old = before(&p, "2014-01").unwrap();
        // 64 years are 128 half-lives: the normal is flat over the range to 1e-9.
        for u in [0.05, 0.25, 0.5, 0.95] {
            assert!((old.quantile(u) - (2.0 * u - 1.0)).abs() < 1e-6, "{u}");
        }
    }
}

//! The pathways of the article's section 4, as six cells and one without a trend (inventory A.4, A.5.5).

use std::collections::BTreeSet;

/// How the relation of patron and rival moves.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Trend {
    /// It gets worse, or lies on its floor.
    Worsens,
    /// It gets better.
    Improves,
    /// Neither.
    None,
}

/// What the ally does about it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Cell {
    /// Follows.
    Complies,
    /// Softer on the rival than its patron.
    Softer,
    /// Harder.
    Harder,
}

/// A cell of trend and compliance.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[expect(missing_docs, reason = "the cells are named in `pathway`")]
pub enum Pathway {
    P0,
    P1,
    P2,
    P3,
    P4,
    P5,
    P6,
}

/// The trend of the last month of `relation` (higher is better), from the series up to that month alone.
///
/// *Worsens*: the twelve-month change is below −½ sd, or the level lies in its own bottom quartile
/// without an improvement above ½ sd; a relation that lies on the floor is not one without a trend.
/// *Improves*: above +½ sd. The sd and the quartile are those of the series so far. Nothing below 24
/// months: too short to know an own range. A series that never moved has no trend.
pub fn trend(relation: &[f64]) -> Option<Trend> {
    const LEAST: usize = 24;
    let n = relation.len();
    if n < LEAST {
        return None;
    }
    let mean = relation.iter().sum::<f64>() / n as f64;
    let variance = relation.iter().map(|x| (x - mean).powi(2)).sum::<f64>() / (n - 1) as f64;
    let half_sd = 0.5 * variance.sqrt();
    let now = relation[n - 1];
    let change = now - relation[n - 13];
    let below = relation.iter().filter(|x| **x < now).count();
    // A series that never moved has a spread of rounding errors only.
    let moved = relation.iter().any(|x| *x != now);
    let on_floor = moved && 4 * below < n;
    Some(if moved && change > half_sd {
        Trend::Improves
    } else if moved && change < -half_sd || on_floor {
        Trend::Worsens
    } else {
        Trend::None
    })
}

/// Where a month's roles lie among the pathways; nothing where the rule says no role of the two that
/// face the rival.
pub fn pathway(trend: Trend, labels: &BTreeSet<&str>, subtypes: &[&str]) -> Option<Pathway> {
    let cell = if labels.contains("follower") {
        Cell::Complies
    } else if labels.contains("balancer") && subtypes.contains(&"B-") {
        Cell::Harder
    } else if labels.contains("balancer") {
        Cell::Softer
    } else {
        return None;
    };
    Some(match (trend, cell) {
        (Trend::None, _) => Pathway::P0,
        (Trend::Worsens, Cell::Complies) => Pathway::P1,
        (Trend::Worsens, Cell::Softer) => Pathway::P2,
        (Trend::Improves, Cell::Complies) => Pathway::P3,
        (Trend::Improves, Cell::Harder) => Pathway::P4,
        (Trend::Worsens, Cell::Harder) => Pathway::P5,
        (Trend::Improves, Cell::Softer) => Pathway::P6,
    })
}

impl Pathway {
    /// Its id.
    pub fn id(self) -> &'static str {
        match self {
            Pathway::P0 => "P0",
            Pathway::P1 => "P1",
            Pathway::P2 => "P2",
            Pathway::P3 => "P3",
            Pathway::P4 => "P4",
            Pathway::P5 => "P5",
            Pathway::P6 => "P6",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_relation_on_the_floor_worsens_and_a_flat_one_has_no_trend() {
        let mut fell: Vec<f64> = vec![0.5; 30];
        fell.extend([-0.8; 10]);
        assert_eq!(trend(&fell), Some(Trend::Worsens));
        fell.extend([-0.8; 20]);
        // Twenty months later the change is nil and no level was ever lower.
        assert_eq!(trend(&fell), Some(Trend::Worsens));
        assert_eq!(trend(&[0.1; 40]), Some(Trend::None));
        assert_eq!(trend(&[0.1; 23]), None);
    }

    #[test]
    fn the_articles_four_pathways_and_the_two_it_does_not_list() {
        let cell = |t, role: &'static str, sub: &'static str| {
            pathway(t, &[role].into(), &[sub]).map(Pathway::id)
        };
        assert_eq!(cell(Trend::Worsens, "follower", ""), Some("P1"));
        assert_eq!(cell(Trend::Worsens, "balancer", "B+"), Some("P2"));
        assert_eq!(cell(Trend::Improves, "follower", ""), Some("P3"));
        assert_eq!(cell(Trend::Improves, "balancer", "B-"), Some("P4"));
        assert_eq!(cell(Trend::Worsens, "balancer", "B-"), Some("P5"));
        assert_eq!(cell(Trend::Improves, "balancer", "B+"), Some("P6"));
        assert_eq!(cell(Trend::None, "follower", ""), Some("P0"));
        assert_eq!(cell(Trend::Worsens, "proxy", ""), None);
    }
}

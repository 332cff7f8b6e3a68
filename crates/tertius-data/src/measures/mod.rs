//! Measures over all states and years: what `tertius measure` can compute, and from which datasets.

pub mod ballots;
pub mod place;
pub mod who;

use std::sync::LazyLock;

use crate::catalogue::Bilingual;
use crate::conditions::CONDITIONS;

/// What a measure is about, and so what it asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum About {
    /// Every pair of states.
    Pairs,
    /// Every state.
    States,
    /// An ally, its patron and the patron's rival.
    Triad,
    /// A triad; without one, every pair of states that the data cover.
    TriadOrPairs,
}

/// What the list says of a measure.
#[derive(Clone, Copy, Debug)]
pub struct Measure {
    /// By which the command line knows it.
    pub id: &'static str,
    /// What it is, in a line.
    pub line: Bilingual,
    /// What a value is counted in.
    pub unit: Bilingual,
    /// The datasets that it is computed from.
    pub datasets: &'static [&'static str],
    /// What it is about.
    pub about: About,
}

/// What is computed from votes and portfolios; conditions follow in [`catalogue`].
static OF_VOTES: &[Measure] = &[
    Measure {
        id: "similarity",
        line: Bilingual {
            en: "how alike two states vote, or ally: S, kappa, pi",
            zh: "两国投票（或同盟组合）的相似度：S、kappa、pi",
        },
        unit: Bilingual {
            en: "-1 to 1",
            zh: "−1 至 1",
        },
        datasets: &["un-votes", "atop"],
        about: About::Pairs,
    },
    Measure {
        id: "ideal-points",
        line: Bilingual {
            en: "where a state stands on the line that best divides votes",
            zh: "一国在最能区分投票的维度上的位置（理想点）",
        },
        unit: Bilingual {
            en: "standard deviations",
            zh: "标准差",
        },
        datasets: &["un-votes"],
        about: About::States,
    },
    Measure {
        id: "triad-agreement",
        line: Bilingual {
            en: "how often the ally votes with the patron where patron and rival part",
            zh: "强势盟国与对手投票相左时，弱势盟国与强势盟国一致的比例",
        },
        unit: Bilingual {
            en: "share of votes",
            zh: "表决的比例",
        },
        datasets: &["un-votes"],
        about: About::Triad,
    },
];

/// Conditions that are cheap enough for all pairs of states.
const FOR_ALL: [&str; 5] = [
    "asymmetry-cinc",
    "asymmetry-gdp",
    "commitment",
    "trade-stake",
    "hardliners",
];

/// Every measure: those of votes, then the conditions in their order.
///
/// ```
/// let all = tertius_data::measures::catalogue();
/// assert!(all.iter().any(|m| m.id == "similarity") && all.iter().any(|m| m.id == "threat"));
/// ```
pub fn catalogue() -> &'static [Measure] {
    static ALL: LazyLock<Vec<Measure>> = LazyLock::new(|| {
        let conditions = CONDITIONS.iter().map(|c| Measure {
            id: c.id,
            line: c.title,
            unit: c.unit,
            datasets: c.datasets,
            about: if FOR_ALL.contains(&c.id) {
                About::TriadOrPairs
            } else {
                About::Triad
            },
        });
        OF_VOTES.iter().copied().chain(conditions).collect()
    });
    &ALL
}

/// The measure with an id.
pub fn find(id: &str) -> Option<&'static Measure> {
    catalogue().iter().find(|m| m.id == id)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_measure_has_its_own_name_and_datasets_that_are_there() {
        let mut ids: Vec<&str> = catalogue().iter().map(|m| m.id).collect();
        ids.sort_unstable();
        let before = ids.len();
        ids.dedup();
        assert_eq!(ids.len(), before);
        for m in catalogue() {
            assert!(!m.datasets.is_empty(), "{}", m.id);
            for d in m.datasets {
                assert!(crate::catalogue::find(d).is_some(), "{}: {d}", m.id);
            }
        }
        for m in catalogue() {
            assert!(m.unit.en != m.unit.zh, "{}: {}", m.id, m.unit.en);
        }
        for id in FOR_ALL {
            assert!(find(id).is_some(), "{id}");
        }
    }
}

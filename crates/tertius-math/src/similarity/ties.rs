//! Portfolios of ties, such as alliances: the objects are the units themselves.

use super::{Assembly, Portfolios};
use std::collections::{BTreeMap, BTreeSet};
use std::num::NonZeroU8;
use std::ops::RangeInclusive;

/// A tie of a level above 0 in one period.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Tie {
    /// When.
    pub period: i32,
    /// Whose portfolio it stands in.
    pub from: u32,
    /// With whom.
    pub to: u32,
    /// How close; 0 is no tie.
    pub level: u8,
}

/// What a listed tie binds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reciprocity {
    /// Both: it stands in either portfolio, whichever way it is listed.
    Mutual,
    /// The first alone: obligations that may run one way.
    Directed,
}

/// What stands in a unit's portfolio at the unit itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OwnTie {
    /// The closest level: nobody is nearer to one than oneself (Signorino and Ritter 1999, Table 6).
    Closest,
    /// Nothing: the pair is then compared over the others alone.
    Missing,
}

/// What keeps ties from being portfolios.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum TieError {
    /// A tie or a member in a period that is not covered.
    NotCovered {
        /// Which.
        period: i32,
    },
    /// A tie of one who is no member in that period.
    NoMember {
        /// Who.
        unit: u32,
        /// When.
        period: i32,
    },
    /// A tie of one with itself.
    WithItself {
        /// Who.
        unit: u32,
        /// When.
        period: i32,
    },
    /// A level beyond the number of levels.
    NoSuchLevel {
        /// Which.
        level: u8,
        /// How many there are.
        of: u8,
    },
}

impl std::fmt::Display for TieError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::NotCovered { period } => write!(f, "period {period} is not covered"),
            Self::NoMember { unit, period } => write!(f, "{unit} is no member in period {period}"),
            Self::WithItself { unit, period } => {
                write!(f, "{unit} has a tie with itself in period {period}")
            }
            Self::NoSuchLevel { level, of } => {
                write!(f, "level {level} is beyond the {of} there are")
            }
        }
    }
}

impl std::error::Error for TieError {}

/// Ties over many periods. Within the periods covered, two members without a listed tie have none;
/// outside them nothing is known, and nothing is told.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ties {
    levels: NonZeroU8,
    covers: RangeInclusive<i32>,
    members: BTreeMap<i32, BTreeSet<u32>>,
    /// By period, whose portfolio, and with whom: the closest tie listed.
    ties: BTreeMap<i32, BTreeMap<(u32, u32), u8>>,
    own: OwnTie,
}

impl Ties {
    /// `members` says who could have ties when; of several ties of one pair the closest counts.
    ///
    /// # Errors
    ///
    /// Members or ties outside the periods covered, ties of those who are no members or with
    /// themselves, and levels beyond their number.
    ///
    /// ```
    /// use tertius_math::similarity::{Distance, Measure, OwnTie, Reciprocity, Tie, Ties};
    /// let members = [(1914, 0), (1914, 1), (1914, 2)];
    /// let ties = [Tie { period: 1914, from: 0, to: 1, level: 3 }];
    /// let (covers, levels) = (1914..=1914, 4.try_into().unwrap());
    /// let ties = Ties::new(levels, covers, &members, &ties, Reciprocity::Mutual, OwnTie::Closest);
    /// let ties = ties.unwrap();
    /// // 0 and 1 are bound to each other and to nobody else: (3, 3), (3, 3), (0, 0).
    /// let scores = ties.assembly(1914).unwrap().portfolios.all_pairs(&[Measure::S(Distance::Absolute)]);
    /// assert_eq!(scores.iter().next().unwrap().values[0], Some(1.0));
    /// // Of 1915 nothing is known.
    /// assert!(ties.assembly(1915).is_none());
    /// ```
    pub fn new(
        levels: NonZeroU8,
        covers: RangeInclusive<i32>,
        members: &[(i32, u32)],
        ties: &[Tie],
        reciprocity: Reciprocity,
        own: OwnTie,
    ) -> Result<Self, TieError> {
        let mut of_period: BTreeMap<i32, BTreeSet<u32>> = BTreeMap::new();
        for &(period, unit) in members {
            if !covers.contains(&period) {
                return Err(TieError::NotCovered { period });
            }
            of_period.entry(period).or_default().insert(unit);
        }
        let mut found: BTreeMap<i32, BTreeMap<(u32, u32), u8>> = BTreeMap::new();
        for &Tie {
            period,
            from,
            to,
            level,
        } in ties
        {
            if !covers.contains(&period) {
                return Err(TieError::NotCovered { period });
            }
            for unit in [from, to] {
                if !of_period.get(&period).is_some_and(|m| m.contains(&unit)) {
                    return Err(TieError::NoMember { unit, period });
                }
            }
            if from == to {
                return Err(TieError::WithItself { unit: from, period });
            }
            if level >= levels.get() {
                let of = levels.get();
                return Err(TieError::NoSuchLevel { level, of });
            }
            let in_period = found.entry(period).or_default();
            let ways = match reciprocity {
                Reciprocity::Mutual => vec![(from, to), (to, from)],
                Reciprocity::Directed => vec![(from, to)],
            };
            for way in ways {
                let closest = in_period.entry(way).or_insert(0);
                *closest = level.max(*closest);
            }
        }
        Ok(Ties {
            levels,
            covers,
            members: of_period,
            ties: found,
            own,
        })
    }

    /// The portfolios of one period; nothing outside the periods covered, and where nobody is a member.
    pub fn assembly(&self, period: i32) -> Option<Assembly> {
        if !self.covers.contains(&period) {
            return None;
        }
        let units: Vec<u32> = self.members.get(&period)?.iter().copied().collect();
        let own = match self.own {
            OwnTie::Closest => Some(self.levels.get() - 1),
            OwnTie::Missing => None,
        };
        let ties = self.ties.get(&period);
        let portfolios = Portfolios::from_fn(self.levels, units.len(), units.len(), |u, o| {
            if u == o {
                return own;
            }
            let tie = ties.and_then(|t| t.get(&(units[u], units[o])));
            Some(tie.copied().unwrap_or(0))
        });
        Some(Assembly {
            period,
            objects: units.clone(),
            units,
            portfolios,
        })
    }

    /// The portfolios of every period that has members, in order.
    pub fn assemblies(&self) -> impl Iterator<Item = Assembly> {
        self.members.keys().filter_map(|p| self.assembly(*p))
    }
}

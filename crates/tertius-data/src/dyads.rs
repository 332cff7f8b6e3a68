//! Two states, with a direction or without: two types, so that neither is taken for the other.
//!
//! A pledge has a direction: in 1832 France pledged to defend Belgium and Belgium pledged nothing. A distance
//! has none. Data that are kept in one direction only and asked for in the other are the best known error of
//! the field (peacesciencer, issue 13: the United States allied to Japan, Japan not allied to the United States).

use crate::states::StateId;

/// An ordered pair of two different states.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Directed {
    from: StateId,
    to: StateId,
}

/// Two different states without a direction: (a, b) is (b, a).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Pair {
    first: StateId,
    second: StateId,
}

impl Directed {
    /// From one state to another; nothing where they are one.
    pub fn new(from: StateId, to: StateId) -> Option<Directed> {
        (from != to).then_some(Directed { from, to })
    }

    /// Who acts.
    pub fn from(self) -> StateId {
        self.from
    }

    /// Upon whom.
    pub fn to(self) -> StateId {
        self.to
    }

    /// The other way round.
    #[must_use]
    pub fn reversed(self) -> Directed {
        Directed {
            from: self.to,
            to: self.from,
        }
    }

    /// Without the direction.
    pub fn pair(self) -> Pair {
        Pair {
            first: self.from.min(self.to),
            second: self.from.max(self.to),
        }
    }
}

impl Pair {
    /// Of two states in any order; nothing where they are one.
    pub fn new(a: StateId, b: StateId) -> Option<Pair> {
        Directed::new(a, b).map(Directed::pair)
    }

    /// The one that comes first in the table of states.
    pub fn first(self) -> StateId {
        self.first
    }

    /// The other.
    pub fn second(self) -> StateId {
        self.second
    }

    /// Both directions.
    pub fn directions(self) -> [Directed; 2] {
        let there = Directed {
            from: self.first,
            to: self.second,
        };
        [there, there.reversed()]
    }

    /// The other of the two, seen from `state`; nothing where it is neither.
    pub fn other(self, state: StateId) -> Option<StateId> {
        match state {
            s if s == self.first => Some(self.second),
            s if s == self.second => Some(self.first),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::states::States;

    #[test]
    fn a_pair_has_no_order_and_a_direction_has_one() {
        let states = States::bundled();
        let (a, b) = (
            states.by_key("japan").unwrap(),
            states.by_key("china").unwrap(),
        );
        assert_eq!(Pair::new(a, b), Pair::new(b, a));
        assert_ne!(Directed::new(a, b), Directed::new(b, a));
        assert_eq!(Directed::new(a, a), None);
        assert_eq!(Pair::new(a, b).unwrap().other(a), Some(b));
    }
}

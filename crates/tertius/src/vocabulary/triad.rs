//! A weaker ally, its patron, and the patron's rival.

use serde::{Deserialize, Serialize};

use super::actor::Actor;

/// The three positions, held by three different actors.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Triad {
    ally: Actor,
    patron: Actor,
    rival: Actor,
}

/// One actor in two positions.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{0} stands in two positions of the triad")]
pub struct TriadError(pub Actor);

impl Triad {
    /// A triad of three different actors.
    pub fn new(ally: Actor, patron: Actor, rival: Actor) -> Result<Self, TriadError> {
        if ally == patron || ally == rival {
            return Err(TriadError(ally));
        }
        if patron == rival {
            return Err(TriadError(patron));
        }
        Ok(Triad {
            ally,
            patron,
            rival,
        })
    }

    /// W, the weaker ally whose roles are read.
    pub fn ally(&self) -> &Actor {
        &self.ally
    }

    /// S, its patron.
    pub fn patron(&self) -> &Actor {
        &self.patron
    }

    /// R, the patron's rival.
    pub fn rival(&self) -> &Actor {
        &self.rival
    }
}

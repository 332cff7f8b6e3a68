//! Votes as a matrix: many voters, many roll calls, each roll call in a period.
//!
//! It is what likeness and ideal points are both computed from, and says nothing of who the voters are.

use crate::ideal_points::{IdealPointError, RollCall, RollCalls};
use crate::similarity::{Assembly, Portfolios};
use std::num::NonZeroU8;

/// What was voted, in order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Choice {
    /// For.
    Yes,
    /// Neither.
    Abstain,
    /// Against.
    No,
}

impl Choice {
    /// All three, in order: the levels of a portfolio of votes.
    pub const ALL: [Choice; 3] = [Choice::Yes, Choice::Abstain, Choice::No];

    const LEVELS: NonZeroU8 = NonZeroU8::MIN.saturating_add(2);

    fn of(cell: u8) -> Option<Choice> {
        Choice::ALL.get(usize::from(cell)).copied()
    }
}

/// One voter's choice on one roll call. An absence is no vote.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Vote {
    /// From 0.
    pub voter: u32,
    /// Index of the roll call.
    pub roll_call: u32,
    /// What was voted.
    pub choice: Choice,
}

/// What keeps votes from being a matrix.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum VoteError {
    /// A vote by a voter beyond the number of voters.
    NoSuchVoter {
        /// Which.
        voter: u32,
    },
    /// A vote on a roll call beyond the number of roll calls.
    NoSuchRollCall {
        /// Which.
        roll_call: u32,
    },
    /// A voter with two different votes on one roll call.
    VotedTwice {
        /// Who.
        voter: u32,
        /// On which.
        roll_call: u32,
    },
    /// One value a roll call was asked for, and another number given.
    Length {
        /// How many there are roll calls.
        roll_calls: usize,
        /// How many were given.
        given: usize,
    },
}

impl std::fmt::Display for VoteError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::NoSuchVoter { voter } => {
                write!(f, "voter {voter} is beyond the number of voters")
            }
            Self::NoSuchRollCall { roll_call } => {
                write!(
                    f,
                    "roll call {roll_call} is beyond the number of roll calls"
                )
            }
            Self::VotedTwice { voter, roll_call } => write!(
                f,
                "voter {voter} cast two different votes on roll call {roll_call}"
            ),
            Self::Length { roll_calls, given } => {
                write!(f, "{given} values were given for {roll_calls} roll calls")
            }
        }
    }
}

impl std::error::Error for VoteError {}

/// No vote.
const NONE: u8 = u8::MAX;

/// Votes of `voters` voters. A cell that was never set is no vote: an absence, or nobody to vote.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct VoteMatrix {
    voters: usize,
    /// Of each roll call.
    periods: Vec<i32>,
    /// Shape: roll calls × voters.
    cells: Vec<u8>,
}

impl VoteMatrix {
    /// No votes yet. `periods` says when each roll call was: a session, or a year.
    pub fn new(voters: usize, periods: Vec<i32>) -> Self {
        let cells = vec![NONE; voters * periods.len()];
        VoteMatrix {
            voters,
            periods,
            cells,
        }
    }

    /// From a list of votes, in any order. A vote told twice is one vote.
    ///
    /// # Errors
    ///
    /// A voter or a roll call that is not there, and two different votes of one voter on one roll call.
    ///
    /// ```
    /// use tertius_math::similarity::{Distance, Measure};
    /// use tertius_math::votes::{Choice, Vote, VoteMatrix};
    /// let cast = [(0, 0, Choice::Yes), (1, 0, Choice::No), (0, 1, Choice::Yes), (1, 1, Choice::Yes)];
    /// let votes = cast.map(|(voter, roll_call, choice)| Vote { voter, roll_call, choice });
    /// let matrix = VoteMatrix::from_votes(3, vec![1985, 2014], &votes).unwrap();
    /// // Voter 2 never voted: it is in no year.
    /// let years = matrix.assemblies();
    /// assert_eq!((years[1].period, &years[1].units[..]), (2014, &[0, 1][..]));
    /// let s = years.iter().map(|y| {
    ///     let scores = y.portfolios.all_pairs(&[Measure::S(Distance::Absolute)]);
    ///     scores.iter().next().and_then(|pair| pair.values[0])
    /// });
    /// assert_eq!(s.collect::<Vec<_>>(), [Some(-1.0), Some(1.0)]);
    /// ```
    pub fn from_votes(voters: usize, periods: Vec<i32>, votes: &[Vote]) -> Result<Self, VoteError> {
        let mut matrix = Self::new(voters, periods);
        for &Vote {
            voter,
            roll_call,
            choice,
        } in votes
        {
            let at = matrix.at(voter, roll_call)?;
            match Choice::of(matrix.cells[at]) {
                Some(other) if other != choice => {
                    return Err(VoteError::VotedTwice { voter, roll_call });
                }
                _ => matrix.cells[at] = choice as u8,
            }
        }
        Ok(matrix)
    }

    fn at(&self, voter: u32, roll_call: u32) -> Result<usize, VoteError> {
        if voter as usize >= self.voters {
            return Err(VoteError::NoSuchVoter { voter });
        }
        if roll_call as usize >= self.periods.len() {
            return Err(VoteError::NoSuchRollCall { roll_call });
        }
        Ok(roll_call as usize * self.voters + voter as usize)
    }

    /// Sets a vote anew, or takes it away.
    ///
    /// # Errors
    ///
    /// A voter or a roll call that is not there.
    pub fn set(
        &mut self,
        voter: u32,
        roll_call: u32,
        choice: Option<Choice>,
    ) -> Result<(), VoteError> {
        let at = self.at(voter, roll_call)?;
        self.cells[at] = choice.map_or(NONE, |c| c as u8);
        Ok(())
    }

    /// A vote; nothing where none was cast, or where there is no such voter or roll call.
    pub fn get(&self, voter: u32, roll_call: u32) -> Option<Choice> {
        Choice::of(self.cells[self.at(voter, roll_call).ok()?])
    }

    /// How many voters there are, those who never vote included.
    pub fn voters(&self) -> usize {
        self.voters
    }

    /// The period of each roll call.
    pub fn periods(&self) -> &[i32] {
        &self.periods
    }

    /// Every vote cast, by roll call and voter.
    pub fn votes(&self) -> impl Iterator<Item = Vote> {
        let wide = self.voters.max(1);
        self.cells.iter().enumerate().filter_map(move |(at, cell)| {
            Some(Vote {
                voter: (at % wide) as u32,
                roll_call: (at / wide) as u32,
                choice: Choice::of(*cell)?,
            })
        })
    }

    /// The same votes put together by other periods: years in place of sessions.
    ///
    /// # Errors
    ///
    /// [`VoteError::Length`].
    pub fn in_periods(&self, periods: Vec<i32>) -> Result<Self, VoteError> {
        let (roll_calls, given) = (self.periods.len(), periods.len());
        if given != roll_calls {
            return Err(VoteError::Length { roll_calls, given });
        }
        Ok(VoteMatrix {
            periods,
            ..self.clone()
        })
    }

    /// Each period in order: who voted in it, and how. Likeness is over these.
    pub fn assemblies(&self) -> Vec<Assembly> {
        let mut order: Vec<usize> = (0..self.periods.len()).collect();
        order.sort_by_key(|&r| self.periods[r]);
        let groups = order.chunk_by(|a, b| self.periods[*a] == self.periods[*b]);
        groups
            .map(|calls| self.assembly(self.periods[calls[0]], calls))
            .collect()
    }

    /// `calls` are the roll calls of one period.
    fn assembly(&self, period: i32, calls: &[usize]) -> Assembly {
        let row = |call: usize| &self.cells[call * self.voters..(call + 1) * self.voters];
        let mut voted = vec![false; self.voters];
        for &call in calls {
            let cells = voted.iter_mut().zip(row(call));
            cells.for_each(|(voted, cell)| *voted |= *cell != NONE);
        }
        let units: Vec<u32> = (0..self.voters as u32)
            .filter(|v| voted[*v as usize])
            .collect();
        let portfolios = Portfolios::from_fn(Choice::LEVELS, units.len(), calls.len(), |u, o| {
            Choice::of(row(calls[o])[units[u] as usize]).map(|c| c as u8)
        });
        Assembly {
            period,
            units,
            objects: calls.iter().map(|c| *c as u32).collect(),
            portfolios,
        }
    }

    /// The votes as ideal points are found from them. `questions` numbers what each roll call asked:
    /// the same number is the same question, whatever the period; nothing where each asks its own.
    ///
    /// # Errors
    ///
    /// [`IdealPointError::NothingDivides`], and [`VoteError::Length`] where the number of
    /// questions is not that of roll calls.
    pub fn roll_calls(&self, questions: Option<&[u32]>) -> Result<RollCalls, IdealPointError> {
        let (roll_calls, given) = (self.periods.len(), questions.map(<[u32]>::len));
        if given.is_some_and(|n| n != roll_calls) {
            let given = given.unwrap_or(0);
            return Err(VoteError::Length { roll_calls, given }.into());
        }
        let call = |(r, &session): (usize, &i32)| RollCall {
            session,
            question: questions.map_or(r as u32, |q| q[r]),
        };
        let calls: Vec<RollCall> = self.periods.iter().enumerate().map(call).collect();
        let votes: Vec<Vote> = self.votes().collect();
        RollCalls::new(self.voters, &calls, &votes)
    }
}

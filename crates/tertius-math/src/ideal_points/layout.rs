//! Votes sorted twice: by voter and session, and by roll call and choice.

use super::response::SLOTS;
use super::{Choice, IdealPointError, Vote, VoteError};
use std::ops::Range;

/// One roll call: when it was, and which question was put.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RollCall {
    /// The session, or the year: positions are held still within one, and move from one to the next by
    /// a variance in proportion to the difference.
    pub session: i32,
    /// Roll calls with the same number put the same question and share its parameters, whatever their
    /// sessions (the bridges of Bailey, Strezhnev and Voeten). Otherwise each its own number.
    pub question: u32,
}

/// Roll calls checked and sorted.
#[derive(Clone, Debug)]
pub struct RollCalls {
    pub(super) voters: usize,
    /// Voter and session of every cell, in that order. A cell is one position to be found.
    pub(super) cells: Vec<(u32, i32)>,
    /// The cells of each voter who has any.
    pub(super) paths: Vec<Range<usize>>,
    /// Cells in the order of their sessions: neighbours look at the same roll calls.
    pub(super) by_session: Vec<u32>,
    /// Where each cell stands in that order.
    pub(super) place: Vec<usize>,
    /// Rows (3 × question + slot) that the cell voted, of cells in the order of `by_session`.
    pub(super) rows: Grouped,
    /// Cells that voted each row.
    pub(super) voted: Grouped,
    /// The caller's number of each question that divided.
    pub(super) numbers: Vec<u32>,
    /// Votes in each slot of each question.
    pub(super) made: Vec<[usize; SLOTS]>,
    /// Questions given by the caller that were answered one way by all.
    unanimous: usize,
}

/// Lists of lists in one run of memory.
#[derive(Clone, Debug, Default)]
pub(super) struct Grouped {
    starts: Vec<usize>,
    values: Vec<u32>,
}

impl Grouped {
    /// From the number in each group and pairs of (group, value), in any order; values keep it.
    fn new(counts: &[usize], pairs: impl Iterator<Item = (usize, u32)>) -> Self {
        let mut starts = Vec::with_capacity(counts.len() + 1);
        let mut total = 0;
        starts.push(0);
        for n in counts {
            total += n;
            starts.push(total);
        }
        let mut next = starts.clone();
        let mut values = vec![0; total];
        for (group, value) in pairs {
            values[next[group]] = value;
            next[group] += 1;
        }
        Grouped { starts, values }
    }

    pub(super) fn group(&self, i: usize) -> &[u32] {
        &self.values[self.starts[i]..self.starts[i + 1]]
    }
}

impl RollCalls {
    /// Sorts the votes of `voters` voters on `calls`. Votes may come in any order; questions that were
    /// answered one way by all say nothing and are left out.
    ///
    /// # Errors
    ///
    /// A voter or a roll call that is not there, a voter who votes twice on one roll call, and votes
    /// that tell nobody from anybody.
    pub fn new(voters: usize, calls: &[RollCall], votes: &[Vote]) -> Result<Self, IdealPointError> {
        for vote in votes {
            if vote.voter as usize >= voters {
                return Err(VoteError::NoSuchVoter { voter: vote.voter }.into());
            }
            if vote.roll_call as usize >= calls.len() {
                let roll_call = vote.roll_call;
                return Err(VoteError::NoSuchRollCall { roll_call }.into());
            }
        }
        let mut numbers: Vec<u32> = calls.iter().map(|c| c.question).collect();
        numbers.sort_unstable();
        numbers.dedup();
        let question: Vec<usize> = calls
            .iter()
            .map(|c| numbers.partition_point(|&n| n < c.question))
            .collect();

        let mut counts = vec![[0usize; SLOTS]; numbers.len()];
        for vote in votes {
            counts[question[vote.roll_call as usize]][vote.choice as usize] += 1;
        }
        // Slot of each choice and new number of each question that divided anybody.
        let mut kept = Vec::new();
        let mut divided = 0;
        for n in &counts {
            let choices = n.iter().filter(|n| **n > 0).count();
            kept.push((choices >= 2).then_some(divided));
            divided += usize::from(choices >= 2);
        }
        let unanimous = counts.len() - divided;
        if divided == 0 {
            return Err(IdealPointError::NothingDivides);
        }

        let mut sorted: Vec<(u32, i32, u32, u32)> = votes
            .iter()
            .filter_map(|v| {
                let q = question[v.roll_call as usize];
                let row = kept[q]? * SLOTS + slot(&counts[q], v.choice);
                let session = calls[v.roll_call as usize].session;
                Some((v.voter, session, v.roll_call, row as u32))
            })
            .collect();
        sorted.sort_unstable();
        // The same vote told twice is one vote; the counts of `made` are taken after this.
        sorted.dedup();
        let same = |a: &(u32, i32, u32, u32), b: &(u32, i32, u32, u32)| a.0 == b.0 && a.2 == b.2;
        if let Some(pair) = sorted.windows(2).find(|w| same(&w[0], &w[1])) {
            let (voter, _, roll_call, _) = pair[0];
            return Err(VoteError::VotedTwice { voter, roll_call }.into());
        }
        let mut made = vec![[0; SLOTS]; divided];
        for &(_, _, _, row) in &sorted {
            made[row as usize / SLOTS][row as usize % SLOTS] += 1;
        }
        let divided = numbers.iter().zip(&kept);
        let numbers = divided.filter_map(|(n, k)| k.and(Some(*n))).collect();
        let found = Self::sorted(voters, &sorted, made);
        Ok(RollCalls {
            numbers,
            unanimous,
            ..found
        })
    }

    /// Roll calls that each put a question of their own, `sessions` giving when.
    ///
    /// # Errors
    ///
    /// As [`RollCalls::new`].
    pub fn separate(
        voters: usize,
        sessions: &[i32],
        votes: &[Vote],
    ) -> Result<Self, IdealPointError> {
        let call = |(question, &session): (u32, &i32)| RollCall { session, question };
        let calls: Vec<RollCall> = (0..).zip(sessions).map(call).collect();
        Self::new(voters, &calls, votes)
    }

    fn sorted(voters: usize, sorted: &[(u32, i32, u32, u32)], made: Vec<[usize; SLOTS]>) -> Self {
        let mut cells: Vec<(u32, i32)> = Vec::new();
        let mut sizes = Vec::new();
        let mut paths: Vec<Range<usize>> = Vec::new();
        let mut voted_counts = vec![0; made.len() * SLOTS];
        for votes in sorted.chunk_by(|a, b| (a.0, a.1) == (b.0, b.1)) {
            let (voter, session, ..) = votes[0];
            let at = cells.len();
            match paths.last_mut() {
                Some(path) if cells[path.start].0 == voter => path.end = at + 1,
                _ => paths.push(at..at + 1),
            }
            cells.push((voter, session));
            sizes.push(votes.len());
            for vote in votes {
                voted_counts[vote.3 as usize] += 1;
            }
        }
        let mut by_session: Vec<u32> = (0..cells.len() as u32).collect();
        by_session.sort_by_key(|&k| cells[k as usize].1);
        let mut place = vec![0; cells.len()];
        for (s, &k) in by_session.iter().enumerate() {
            place[k as usize] = s;
        }
        let cell_of = || {
            let whose = sizes.iter().enumerate();
            whose.flat_map(|(k, &n)| std::iter::repeat_n(k, n))
        };
        let row_counts: Vec<usize> = by_session.iter().map(|&k| sizes[k as usize]).collect();
        let in_cells = cell_of().zip(sorted).map(|(k, v)| (place[k], v.3));
        let rows = Grouped::new(&row_counts, in_cells);
        let in_rows = cell_of().zip(sorted).map(|(k, v)| (v.3 as usize, k as u32));
        let voted = Grouped::new(&voted_counts, in_rows);
        RollCalls {
            voters,
            cells,
            paths,
            by_session,
            place,
            rows,
            voted,
            numbers: Vec::new(),
            made,
            unanimous: 0,
        }
    }

    /// Positions to be found: one for each voter and session with a vote on a question that divided.
    pub fn positions(&self) -> usize {
        self.cells.len()
    }

    /// Questions on which anybody differed.
    pub fn questions(&self) -> usize {
        self.made.len()
    }

    /// Questions that all answered alike, and that are therefore left out.
    pub fn unanimous(&self) -> usize {
        self.unanimous
    }

    /// Votes on questions that divided.
    pub fn votes(&self) -> usize {
        self.made.iter().flatten().sum()
    }

    pub(super) fn gap(&self, cell: usize) -> u32 {
        self.cells[cell].1.abs_diff(self.cells[cell - 1].1)
    }
}

/// Where a choice stands; of two choices made, in the outer slots.
fn slot(n: &[usize; SLOTS], choice: Choice) -> usize {
    match (n, choice) {
        ([_, _, 0], Choice::Abstain) => 2,
        ([0, _, _], Choice::Abstain) => 0,
        (_, choice) => choice as usize,
    }
}

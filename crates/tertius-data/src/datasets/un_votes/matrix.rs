//! Votes row by row to a matrix of roll calls by seats.

use std::collections::{BTreeMap, BTreeSet};

use super::{RollCall, RollCalls, Seat};
use crate::table::Reason;

/// Votes as they come, before it is known how many roll calls and seats there are.
#[derive(Default)]
pub(super) struct Matrix {
    pub(super) calls: Vec<RollCall>,
    /// Position of a roll call by its number.
    by_id: BTreeMap<u32, usize>,
    seats: Vec<Seat>,
    /// Position of a seat by COW number.
    by_cow: Vec<Option<u16>>,
    /// For each roll call, a cell for each seat met so far, and whether it was filled.
    cells: Vec<Vec<u8>>,
    /// Roll calls whose rows give several days.
    pub(super) unsettled: BTreeSet<usize>,
    used: usize,
    last: Option<usize>,
}

/// No row has come for this cell yet.
const EMPTY: u8 = u8::MAX;

type Refusal = (&'static str, Reason, String);

impl Matrix {
    pub(super) fn put(&mut self, call: RollCall, seat: Seat, cell: u8) -> Result<(), Refusal> {
        let at = match self.last {
            Some(at) if self.calls[at].id == call.id => at,
            _ => *self.by_id.entry(call.id).or_insert_with(|| {
                self.calls.push(call.clone());
                self.cells.push(Vec::new());
                self.calls.len() - 1
            }),
        };
        self.last = Some(at);
        let first = &self.calls[at];
        if first.session != call.session {
            return Err(("session", Reason::Contradiction, call.session.to_string()));
        }
        if first.date != call.date {
            self.unsettled.insert(at);
        }
        let column = self.column(seat);
        let cells = &mut self.cells[at];
        if cells.len() <= column {
            cells.resize(column + 1, EMPTY);
        }
        if cells[column] != EMPTY {
            return Err(("ccode", Reason::Duplicate, seat.cow.to_string()));
        }
        cells[column] = cell;
        self.used += 1;
        Ok(())
    }

    fn column(&mut self, seat: Seat) -> usize {
        let cow = usize::from(seat.cow);
        if self.by_cow.len() <= cow {
            self.by_cow.resize(cow + 1, None);
        }
        let next = self.seats.len() as u16;
        let column = *self.by_cow[cow].get_or_insert(next);
        if column == next {
            self.seats.push(seat);
        }
        usize::from(column)
    }

    pub(super) fn finish(self) -> (RollCalls, usize) {
        let mut seat_order: Vec<usize> = (0..self.seats.len()).collect();
        seat_order.sort_by_key(|s| self.seats[*s].cow);
        let mut call_order: Vec<usize> = (0..self.calls.len()).collect();
        call_order.sort_by_key(|c| (self.calls[*c].session, self.calls[*c].id));
        let mut votes = Vec::with_capacity(self.calls.len() * self.seats.len());
        for call in &call_order {
            let cells = &self.cells[*call];
            let cell = |s: &usize| cells.get(*s).copied().filter(|c| *c != EMPTY).unwrap_or(0);
            votes.extend(seat_order.iter().map(cell));
        }
        let calls = RollCalls {
            seats: seat_order.iter().map(|s| self.seats[*s]).collect(),
            calls: call_order.iter().map(|c| self.calls[*c].clone()).collect(),
            votes,
        };
        (calls, self.used)
    }
}

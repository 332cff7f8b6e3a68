//! Where problems are gathered while a case is read. A file may hold a million of one kind: the first
//! ones are kept, the others counted, so that memory and time stay with the size of the file.

use std::collections::BTreeMap;

use super::diagnostic::{Diagnostic, DiagnosticId as Id, Place, Severity};

/// The most problems of one kind that are told one by one of one file.
const MOST_ALIKE: u64 = 500;

/// The problems of a case.
#[derive(Default)]
pub(super) struct Problems {
    kept: Vec<Diagnostic>,
    /// By kind and file: how many there were, and the row of the first that was not kept.
    counts: BTreeMap<Id, BTreeMap<String, (u64, Option<u64>)>>,
    errors: u64,
}

impl Problems {
    /// Adds one.
    pub(super) fn push(&mut self, problem: Diagnostic) {
        self.report(problem.id, problem.place.clone(), |_| problem);
    }

    /// Adds one whose words cost something to find: they are asked for only if it is kept.
    pub(super) fn report(
        &mut self,
        id: Id,
        place: Place,
        words: impl FnOnce(Diagnostic) -> Diagnostic,
    ) {
        if id.severity() == Severity::Error {
            self.errors += 1;
        }
        let files = self.counts.entry(id).or_default();
        // Not `entry`: it would want a name of its own for every problem.
        let count = match files.get_mut(&place.file) {
            Some(count) => count,
            None => files.entry(place.file.clone()).or_default(),
        };
        count.0 += 1;
        if count.0 <= MOST_ALIKE {
            self.kept.push(words(Diagnostic::new(id, place)));
        } else if count.1.is_none() {
            count.1 = Some(place.row.unwrap_or(1));
        }
    }

    /// How many errors there were so far: a row that raises it is not read.
    pub(super) fn errors(&self) -> u64 {
        self.errors
    }

    /// All of them, by file, row, kind and column; what was only counted stands as a note.
    pub(super) fn sorted(mut self) -> Vec<Diagnostic> {
        for (id, files) in &self.counts {
            for (file, (count, first_left_out)) in files {
                if let Some(row) = first_left_out {
                    let place = Place::file(file.clone()).row(*row);
                    self.kept.push(
                        Diagnostic::new(Id::MoreAlike, place)
                            .with("kind", id)
                            .with("count", count - MOST_ALIKE),
                    );
                }
            }
        }
        let key = |d: &Diagnostic| {
            let place = &d.place;
            (place.file.clone(), place.row, d.id, place.column.clone())
        };
        self.kept.sort_by_cached_key(key);
        self.kept
    }
}

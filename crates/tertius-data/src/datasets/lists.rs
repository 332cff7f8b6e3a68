//! Datasets that are lists: a row each of what is, and nothing of what is not.

use super::rows::{Read, twice};
use crate::table::{Aside, Columns, Field, RawFile, Reason, read_table};
use crate::years::{Again, main_run};

/// Makes something of a good row, or sets the row aside.
pub(super) type Making<'t, T> = Box<dyn FnMut(&mut Aside, usize) -> Option<T> + 't>;

/// What `make` makes of the good rows of a file, in the order of its keys, each key once: a row whose key an earlier
/// one has is set aside, `column` being where.
pub(super) fn records<T, K: Ord>(
    file: &RawFile,
    fields: &'static [Field],
    make: impl for<'t> FnOnce(Columns<'t>) -> Making<'t, T>,
    key: (&'static str, impl Fn(&T) -> K),
) -> Read<Vec<T>> {
    let (found, account) = listed_records(file, fields, make, key, |_| None)?;
    Ok((found.used, account))
}

/// Records of a list in which absence means none.
pub(super) struct Listed<T> {
    pub(super) used: Vec<T>,
    /// What the rows that were set aside were about, where that can be read: of it nobody knows.
    pub(super) refused: Vec<T>,
}

/// As [`records`], of a list whose years are told by `year`: a stray one is set aside.
pub(super) fn listed_records<T, K: Ord>(
    file: &RawFile,
    fields: &'static [Field],
    make: impl for<'t> FnOnce(Columns<'t>) -> Making<'t, T>,
    (column, key): (&'static str, impl Fn(&T) -> K),
    year: impl Fn(&T) -> Option<i16>,
) -> Read<Listed<T>> {
    let mut table = read_table(file, fields)?;
    let count = table.rows();
    let (columns, aside) = table.split();
    let mut make = make(columns);
    let (mut found, mut refused) = (Vec::new(), Vec::new());
    for row in 0..count {
        let good = aside.is_good(row);
        match make(aside, row) {
            Some(record) if good => found.push((record, row)),
            Some(record) => refused.push(record),
            None => {}
        }
    }
    drop(make);
    if let Some(run) = main_run(found.iter().filter_map(|(r, _)| year(r))) {
        found.retain(|(record, row)| {
            let stray = year(record).filter(|y| !run.contains(y));
            if let Some(year) = stray {
                aside.set(*row, "year", Reason::StrayYear, year);
            }
            stray.is_none()
        });
    }
    let used = once(aside, column, found, key);
    let count = used.len();
    Ok((Listed { used, refused }, table.close(file, count)))
}

/// Records in the order of their keys, each key once: a row whose key an earlier row has is set aside.
pub(super) fn once<T, K: Ord>(
    aside: &mut Aside,
    column: &'static str,
    mut found: Vec<(T, usize)>,
    key: impl Fn(&T) -> K,
) -> Vec<T> {
    found.sort_by(|a, b| key(&a.0).cmp(&key(&b.0)).then(a.1.cmp(&b.1)));
    let mut rows: Vec<T> = Vec::with_capacity(found.len());
    let mut first = 0;
    for (record, row) in found {
        if rows.last().is_some_and(|last| key(last) == key(&record)) {
            let former = false;
            twice(aside, column, &[Again { row, first, former }]);
            continue;
        }
        first = row;
        rows.push(record);
    }
    rows
}

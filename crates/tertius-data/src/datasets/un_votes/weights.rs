//! What each roll call weighs, of a table of the user's own.

use std::collections::BTreeMap;

use crate::datasets::rows::{Read, records};
use crate::table::{Field, Kind, RawFile};

/// Columns of the table.
static FIELDS: &[Field] = &[
    Field::key("call", &["resid", "rcid"], Kind::Int(1, i32::MAX)),
    Field::key("weight", &["weight"], Kind::Num(0.0, 1e12)),
];

/// Reads a table of weights of roll calls, with the columns `rcid` and `weight`: how salient each is, in any unit,
/// since likeness divides by their sum. A roll call twice, a negative weight or none is set aside.
///
/// # Errors
///
/// Where the file as a whole cannot be used.
///
/// ```
/// use tertius_data::{datasets::un_votes::read_weights, table::RawFile};
/// let file = RawFile::new("salience.csv", "rcid,weight\n7,1\n8,2.5\n8,3\n9,-1\n");
/// let (weights, account) = read_weights(&file).unwrap();
/// assert_eq!((weights[&7], weights[&8], weights.len()), (1.0, 2.5, 2));
/// assert_eq!(account.aside.len(), 2);
/// ```
pub fn read_weights(file: &RawFile) -> Read<BTreeMap<u32, f64>> {
    let (found, account) = records(
        file,
        FIELDS,
        |columns| {
            let (call, weight) = (columns.ints("call"), columns.nums("weight"));
            Box::new(move |_, row| Some((u32::try_from(call.get(row)?).ok()?, weight.get(row)?)))
        },
        ("call", |(call, _): &(u32, f64)| *call),
    )?;
    Ok((found.into_iter().collect(), account))
}

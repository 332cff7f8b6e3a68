//! Files of any shape to typed columns, with every bad row named.
//!
//! A dataset says which columns it takes ([`Field`]); a file, be it CSV, tab-separated or Parquet, plain,
//! gzipped or zipped, becomes a [`Table`] of them. A cell that is not what its field asks for sets its row
//! aside, with the file, the row and the reason. A file that as a whole is not what it should be is a
//! [`FileProblem`], and nothing of it is used.

mod aside;
mod cells;
#[cfg(feature = "parquet")]
mod columnar;
mod delimited;
mod foreign;
#[cfg(feature = "parquet")]
mod meaning;
mod problem;
mod raw;
mod records;

pub use aside::{Account, Aside, Reason, SetAside, SetAsides, VALUES_KEPT};
pub use cells::{Columns, Days, Field, Ints, Kind, Nums, Table, Texts};
pub use problem::{Cause, FileProblem, MOST_BYTES, MOST_CELLS, MOST_ROWS};
pub use raw::RawFile;
#[cfg(feature = "fetch")]
pub(crate) use raw::hex;

/// Reads the fields of a dataset from a file.
///
/// # Errors
///
/// Where the file cannot be unpacked, is no table, or lacks a column that the dataset requires; where an archive
/// has no table with those columns, or more than one.
pub fn read_table(file: &RawFile, fields: &'static [Field]) -> Result<Table, FileProblem> {
    let tables = file.unpacked()?;
    let mut found = Vec::new();
    let mut first_problem = None;
    for table in &tables {
        match one(file, table, fields) {
            Ok(table) => found.push(table),
            Err(problem) => {
                first_problem.get_or_insert(problem);
            }
        }
    }
    // Of the tables in an archive the one that has the columns.
    match (found.pop(), found.is_empty(), first_problem) {
        (Some(table), true, _) if table.rows() == 0 => Err(FileProblem::NoTable {
            file: file.name.clone(),
            reason: Cause::NoRows,
        }),
        (Some(table), true, _) => Ok(table),
        (None, _, Some(problem)) if tables.len() == 1 => Err(problem),
        (Some(_), false, _) => Err(FileProblem::NotOneTable {
            file: file.name.clone(),
            found: 2,
        }),
        _ => Err(FileProblem::NotOneTable {
            file: file.name.clone(),
            found: 0,
        }),
    }
}

fn one(file: &RawFile, bytes: &[u8], fields: &'static [Field]) -> Result<Table, FileProblem> {
    if bytes.starts_with(b"PAR1") {
        return parquet(file, bytes, fields);
    }
    delimited::read(&file.name, bytes, fields)
}

#[cfg(feature = "parquet")]
fn parquet(file: &RawFile, bytes: &[u8], fields: &'static [Field]) -> Result<Table, FileProblem> {
    columnar::read(&file.name, bytes, fields)
}

#[cfg(not(feature = "parquet"))]
fn parquet(file: &RawFile, _bytes: &[u8], _fields: &'static [Field]) -> Result<Table, FileProblem> {
    Err(FileProblem::NoParquet {
        file: file.name.clone(),
    })
}

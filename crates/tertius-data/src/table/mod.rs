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
mod raw;

pub use aside::{Account, Aside, Reason, SetAside};
pub use cells::{Columns, Days, Field, Ints, Kind, Nums, Table, Texts};
pub use raw::{FileProblem, RawFile};

/// Reads the fields of a dataset from a file.
///
/// # Errors
///
/// Where the file cannot be unpacked, is no table, or lacks a column that the dataset requires.
pub fn read_table(file: &RawFile, fields: &'static [Field]) -> Result<Table, FileProblem> {
    let inner = file.unpacked()?;
    let bytes = inner.as_ref();
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

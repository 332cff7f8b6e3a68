//! Parquet, without Arrow: plain columns, no nesting.

use std::panic::{AssertUnwindSafe, catch_unwind};

use bytes::Bytes;
use parquet::basic::{LogicalType, Type as Physical};
use parquet::column::reader::{ColumnReader, ColumnReaderImpl};
use parquet::data_type::DataType;
use parquet::file::reader::{FileReader, SerializedFileReader};
use parquet::schema::types::ColumnDescPtr;

use super::aside::{Aside, Reason};
use super::cells::{Column, Field, Kind, NO_INT, Table, in_bounds, num, whole};
use super::delimited::{Builder, places};
use super::raw::FileProblem;

/// Reads the fields of a dataset. The library may panic on a file made to harm: that too is a problem of the
/// file and not of the program.
pub(super) fn read(
    file: &str,
    bytes: &[u8],
    fields: &'static [Field],
) -> Result<Table, FileProblem> {
    let bytes = Bytes::copy_from_slice(bytes);
    let read = catch_unwind(AssertUnwindSafe(|| read_columns(file, bytes, fields)));
    read.unwrap_or_else(|_| Err(bad(file, "the reader gave up")))
}

fn bad(file: &str, reason: impl ToString) -> FileProblem {
    FileProblem::BadParquet {
        file: file.to_owned(),
        reason: reason.to_string(),
    }
}

fn read_columns(file: &str, bytes: Bytes, fields: &'static [Field]) -> Result<Table, FileProblem> {
    let reader = SerializedFileReader::new(bytes).map_err(|e| bad(file, e))?;
    let meta = reader.metadata().file_metadata();
    let schema = meta.schema_descr();
    let header: Vec<String> = schema.columns().iter().map(|c| c.path().string()).collect();
    if fields.iter().any(|f| f.kind == Kind::Ones) {
        return Err(bad(file, "this form of the dataset is read as CSV alone"));
    }
    let places = places(file, &header, fields)?;
    let rows = usize::try_from(meta.num_rows()).map_err(|e| bad(file, e))?;
    let mut aside = Aside::new(0);
    let mut builders: Vec<Builder> = fields.iter().map(Builder::new).collect();
    for group in 0..reader.num_row_groups() {
        let group = reader.get_row_group(group).map_err(|e| bad(file, e))?;
        let first = aside.bad.len();
        let len = usize::try_from(group.metadata().num_rows()).map_err(|e| bad(file, e))?;
        // The count stands in the file, and a false one would take all memory.
        if first + len > rows || len > (1 << 31) {
            return Err(bad(file, "its row groups do not add up"));
        }
        aside.bad.resize(first + len, false);
        for (builder, place) in builders.iter_mut().zip(&places) {
            let Some(place) = *place else { continue };
            let column = schema.column(place);
            let cells = group.get_column_reader(place).map_err(|e| bad(file, e))?;
            let read = read_chunk(cells, &column, builder, first, len, &mut aside);
            read.map_err(|reason| bad(file, format!("{}: {reason}", column.path())))?;
        }
    }
    let columns = builders.into_iter().zip(&places);
    Ok(Table {
        file: file.to_owned(),
        fields,
        columns: columns.map(|(b, p)| p.map(|_| b.column)).collect(),
        aside,
    })
}

/// The values of one column in one row group, put behind those that the builder has.
fn read_chunk(
    cells: ColumnReader,
    column: &ColumnDescPtr,
    builder: &mut Builder,
    first: usize,
    len: usize,
    aside: &mut Aside,
) -> Result<(), String> {
    if column.max_rep_level() > 0 {
        return Err("a list, where one value is asked for".to_owned());
    }
    let is_date = matches!(column.logical_type_ref(), Some(LogicalType::Date));
    let field = builder.field;
    match cells {
        ColumnReader::Int32ColumnReader(r) => each(r, column, len, |row, v: Option<&i32>| {
            whole_cell(builder, v.map(|v| i64::from(*v)), is_date)
                .unwrap_or_else(|(why, what)| aside.set(first + row, field.name, why, what));
        }),
        ColumnReader::Int64ColumnReader(r) => each(r, column, len, |row, v: Option<&i64>| {
            whole_cell(builder, v.copied(), false)
                .unwrap_or_else(|(why, what)| aside.set(first + row, field.name, why, what));
        }),
        ColumnReader::FloatColumnReader(r) => each(r, column, len, |row, v: Option<&f32>| {
            real_cell(builder, v.map(|v| f64::from(*v)))
                .unwrap_or_else(|(why, what)| aside.set(first + row, field.name, why, what));
        }),
        ColumnReader::DoubleColumnReader(r) => each(r, column, len, |row, v: Option<&f64>| {
            real_cell(builder, v.copied())
                .unwrap_or_else(|(why, what)| aside.set(first + row, field.name, why, what));
        }),
        ColumnReader::BoolColumnReader(r) => each(r, column, len, |row, v: Option<&bool>| {
            whole_cell(builder, v.map(|v| i64::from(*v)), false)
                .unwrap_or_else(|(why, what)| aside.set(first + row, field.name, why, what));
        }),
        ColumnReader::ByteArrayColumnReader(r) => {
            // Files are sorted by their keys: most cells say what the one before them said.
            let mut before: Option<Bytes> = None;
            each(
                r,
                column,
                len,
                |row, v: Option<&parquet::data_type::ByteArray>| {
                    let Some(v) = v else {
                        before = None;
                        if let Err((why, what)) = builder.push_none() {
                            aside.set(first + row, field.name, why, what);
                        }
                        return;
                    };
                    if before.as_deref() == Some(v.data()) && repeat_last(&mut builder.column) {
                        return;
                    }
                    match builder.push(v.data()) {
                        Ok(()) => before = Some(Bytes::copy_from_slice(v.data())),
                        Err((why, what)) => {
                            before = None;
                            aside.set(first + row, field.name, why, what);
                        }
                    }
                },
            )
        }
        _ => Err(format!("values of type {:?} are not read", Physical::INT96)),
    }
}

/// Calls `cell` with every row of a chunk, in order.
fn each<T: DataType>(
    mut reader: ColumnReaderImpl<T>,
    column: &ColumnDescPtr,
    len: usize,
    mut cell: impl FnMut(usize, Option<&T::T>),
) -> Result<(), String> {
    const STEP: usize = 1 << 16;
    let most = column.max_def_level();
    let (mut values, mut levels) = (Vec::new(), Vec::new());
    let mut row = 0;
    while row < len {
        values.clear();
        levels.clear();
        let want = STEP.min(len - row);
        let wants_levels = (most > 0).then_some(&mut levels);
        let (records, _, _) = reader
            .read_records(want, wants_levels, None, &mut values)
            .map_err(|e| e.to_string())?;
        if records == 0 {
            return Err(format!("it has {row} of {len} rows"));
        }
        let mut next = values.iter();
        for i in 0..records {
            let there = most == 0 || levels.get(i).is_some_and(|l| *l == most);
            cell(row + i, if there { next.next() } else { None });
        }
        row += records;
    }
    Ok(())
}

type Refused = (Reason, String);

/// A whole number into a column of any kind.
fn whole_cell(builder: &mut Builder, value: Option<i64>, is_date: bool) -> Result<(), Refused> {
    let Some(value) = value else {
        return builder.push_none();
    };
    let field = builder.field;
    if !field.missing.is_empty() && field.missing.contains(&value.to_string().as_str()) {
        return builder.push_none();
    }
    let done = match (&mut builder.column, field.kind) {
        (Column::Int(v), Kind::Int(low, high)) => in_bounds(value, low, high).map(|x| v.push(x)),
        (Column::Num(v), Kind::Num(low, high)) => num(value as f64, low, high).map(|x| v.push(x)),
        (Column::Day(v), _) if is_date => in_bounds(value, -719_162, 2_932_896).map(|x| v.push(x)),
        // A year, or a day written 20140318, as a number.
        _ => return builder.push(value.to_string().as_bytes()),
    };
    done.map_err(|reason| {
        builder.push_missing();
        (reason, value.to_string())
    })
}

/// A number into a column of any kind.
fn real_cell(builder: &mut Builder, value: Option<f64>) -> Result<(), Refused> {
    let Some(value) = value.filter(|v| !v.is_nan()) else {
        return builder.push_none();
    };
    let field = builder.field;
    if !field.missing.is_empty() && field.missing.contains(&value.to_string().as_str()) {
        return builder.push_none();
    }
    let done = match (&mut builder.column, field.kind) {
        (Column::Num(v), Kind::Num(low, high)) => num(value, low, high).map(|x| v.push(x)),
        (Column::Int(v), Kind::Int(low, high)) => {
            let number = whole(value).and_then(|w| in_bounds(w, low, high));
            number.map(|x| v.push(x))
        }
        _ => return builder.push(value.to_string().as_bytes()),
    };
    done.map_err(|reason| {
        builder.push_missing();
        (reason, value.to_string())
    })
}

/// The last value once more; `false` where there is none to repeat.
fn repeat_last(column: &mut Column) -> bool {
    fn again<T: Copy>(values: &mut Vec<T>) -> bool {
        let last = values.last().copied();
        values.extend(last);
        last.is_some()
    }
    match column {
        Column::Int(v) => again(v),
        Column::Day(v) => again(v),
        Column::Num(v) => again(v),
        Column::Text(v, _) => again(v),
    }
}

const _: () = assert!(NO_INT < -719_162);

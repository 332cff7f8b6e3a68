//! Parquet, without Arrow: plain columns, no nesting.

use std::cell::Cell;
use std::panic::{AssertUnwindSafe, catch_unwind, set_hook, take_hook};
use std::sync::Once;

use bytes::Bytes;
use parquet::basic::ConvertedType;
use parquet::column::reader::{ColumnReader, ColumnReaderImpl};
use parquet::data_type::DataType;
use parquet::file::reader::{FileReader, SerializedFileReader};
use parquet::schema::types::ColumnDescPtr;

use super::aside::{Aside, Reason, short};
use super::cells::{Column, Field, Kind, NO_INT, Table, in_bounds, num, whole};
use super::delimited::{Builder, most_rows, places};
use super::meaning::{Meaning, meaning};
use super::problem::{Cause, FileProblem, MOST_BYTES};

thread_local! {
    /// Whether a panic of this thread is one of the library's, which is told as a problem of the file.
    static READING: Cell<bool> = const { Cell::new(false) };
}

/// Reads the fields of a dataset. The library may panic on a file made to harm: that too is a problem of the
/// file and not of the program.
pub(super) fn read(
    file: &str,
    bytes: &[u8],
    fields: &'static [Field],
) -> Result<Table, FileProblem> {
    let bytes = Bytes::copy_from_slice(bytes);
    say_nothing_while_reading();
    READING.set(true);
    let read = catch_unwind(AssertUnwindSafe(|| read_columns(file, bytes, fields)));
    READING.set(false);
    read.unwrap_or_else(|_| Err(bad(file, Cause::GaveUp)))
}

/// Keeps the message of a panic back on threads that read, and on no other: the hook is one for all threads, so it
/// is set once and asks the thread.
fn say_nothing_while_reading() {
    static SET: Once = Once::new();
    SET.call_once(|| {
        let before = take_hook();
        set_hook(Box::new(move |panic| {
            if !READING.get() {
                before(panic);
            }
        }));
    });
}

fn bad(file: &str, reason: Cause) -> FileProblem {
    FileProblem::BadParquet {
        file: file.to_owned(),
        reason,
    }
}

fn said(reason: impl ToString) -> Cause {
    Cause::Said(reason.to_string())
}

fn read_columns(file: &str, bytes: Bytes, fields: &'static [Field]) -> Result<Table, FileProblem> {
    let reader = SerializedFileReader::new(bytes).map_err(|e| bad(file, said(e)))?;
    let meta = reader.metadata().file_metadata();
    let schema = meta.schema_descr();
    let header: Vec<String> = schema.columns().iter().map(|c| c.path().string()).collect();
    if fields.iter().any(|f| f.kind == Kind::Ones) {
        return Err(bad(file, Cause::CsvAlone));
    }
    let places = places(file, &header, fields)?;
    let rows = usize::try_from(meta.num_rows()).map_err(|_| bad(file, Cause::RowGroups))?;
    // The counts stand in the file: a few bytes can say that a value comes two hundred million times.
    let groups = reader.metadata().row_groups();
    let unpacked = groups.iter().map(|g| g.total_byte_size().max(0) as u64);
    let too_large = || FileProblem::TooLarge {
        file: file.to_owned(),
    };
    if rows > most_rows(&places) || unpacked.fold(0, u64::saturating_add) > MOST_BYTES {
        return Err(too_large());
    }
    let mut aside = Aside::default();
    let mut builders: Vec<Builder> = fields.iter().map(Builder::new).collect();
    for group in 0..reader.num_row_groups() {
        let group = reader
            .get_row_group(group)
            .map_err(|e| bad(file, said(e)))?;
        let first = aside.rows();
        let len = usize::try_from(group.metadata().num_rows());
        let len = len.map_err(|_| bad(file, Cause::RowGroups))?;
        if first.checked_add(len).is_none_or(|end| end > rows) {
            return Err(bad(file, Cause::RowGroups));
        }
        if !aside.push_rows(len) {
            return Err(too_large());
        }
        for (builder, place) in builders.iter_mut().zip(&places) {
            let Some(place) = *place else { continue };
            if !builder.reserve(len) {
                return Err(too_large());
            }
            let column = schema.column(place);
            let cells = group.get_column_reader(place);
            let cells = cells.map_err(|e| bad(file, said(e)))?;
            read_chunk(cells, &column, builder, first, len, &mut aside)
                .map_err(|cause| bad(file, cause))?;
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
) -> Result<(), Cause> {
    if column.max_rep_level() > 0 {
        return Err(Cause::List(short(&column.path().string())));
    }
    let means = meaning(column);
    let field = builder.field;
    let wrong = || {
        let stored = column.physical_type();
        let what = match (column.logical_type_ref(), column.converted_type()) {
            (Some(logical), _) => format!("{logical:?}, {stored}"),
            (None, ConvertedType::NONE) => stored.to_string(),
            (None, converted) => format!("{converted}, {stored}"),
        };
        Cause::Type(short(&format!("{} ({what})", column.path().string())))
    };
    let is_day = matches!(means, Meaning::Date | Meaning::Instant(_));
    // A day is a day and nothing else: as a number it would pass for a year.
    if means == Meaning::Other || (is_day && !matches!(field.kind, Kind::Day)) {
        return Err(wrong());
    }
    let mut note = |row: usize, done: Result<(), Refused>| {
        if let Err((why, what)) = done {
            aside.set(first + row, field.name, why, what);
        }
    };
    let of = |value: i64, unsigned: i128| match means {
        Meaning::Unsigned => Number::Whole(unsigned),
        Meaning::Decimal(scale) => Number::scaled(i128::from(value), scale),
        Meaning::Date => Number::Day(value),
        Meaning::Instant(parts) => Number::Day(value.div_euclid(parts)),
        _ => Number::Whole(i128::from(value)),
    };
    match (cells, means) {
        (ColumnReader::Int32ColumnReader(r), _) => each(r, column, len, |row, v: Option<&i32>| {
            let value = v.map(|v| of(i64::from(*v), i128::from(v.cast_unsigned())));
            note(row, number_cell(builder, value));
        }),
        (ColumnReader::Int64ColumnReader(r), _) => each(r, column, len, |row, v: Option<&i64>| {
            let value = v.map(|v| of(*v, i128::from(v.cast_unsigned())));
            note(row, number_cell(builder, value));
        }),
        (ColumnReader::FloatColumnReader(r), Meaning::Plain) => {
            each(r, column, len, |row, v: Option<&f32>| {
                let value = v.map(|v| Number::Real(f64::from(*v)));
                note(row, number_cell(builder, value));
            })
        }
        (ColumnReader::DoubleColumnReader(r), Meaning::Plain) => {
            each(r, column, len, |row, v: Option<&f64>| {
                note(row, number_cell(builder, v.map(|v| Number::Real(*v))));
            })
        }
        (ColumnReader::BoolColumnReader(r), Meaning::Plain) => {
            each(r, column, len, |row, v: Option<&bool>| {
                let value = v.map(|v| Number::Whole(i128::from(*v)));
                note(row, number_cell(builder, value));
            })
        }
        (ColumnReader::FixedLenByteArrayColumnReader(r), Meaning::Decimal(scale))
            if column.type_length() <= 16 =>
        {
            each(
                r,
                column,
                len,
                |row, v: Option<&parquet::data_type::FixedLenByteArray>| {
                    let value = v.map(|v| Number::scaled(big_endian(v.data()), scale));
                    note(row, number_cell(builder, value));
                },
            )
        }
        (ColumnReader::ByteArrayColumnReader(r), Meaning::Plain) => {
            // Files are sorted by their keys: most cells say what the one before them said.
            let mut before: Option<Bytes> = None;
            each(
                r,
                column,
                len,
                |row, v: Option<&parquet::data_type::ByteArray>| {
                    let Some(v) = v else {
                        before = None;
                        note(row, builder.push_none());
                        return;
                    };
                    if before.as_deref() == Some(v.data()) && repeat_last(&mut builder.column) {
                        return;
                    }
                    let done = builder.push(v.data());
                    before = done.is_ok().then(|| Bytes::copy_from_slice(v.data()));
                    note(row, done);
                },
            )
        }
        _ => Err(wrong()),
    }
}

/// A whole number of up to sixteen bytes, the highest first.
fn big_endian(bytes: &[u8]) -> i128 {
    let sign = if bytes.first().is_some_and(|b| *b >= 0x80) {
        -1
    } else {
        0
    };
    bytes.iter().fold(sign, |n, b| (n << 8) | i128::from(*b))
}

/// Calls `cell` with every row of a chunk, in order.
fn each<T: DataType>(
    mut reader: ColumnReaderImpl<T>,
    column: &ColumnDescPtr,
    len: usize,
    mut cell: impl FnMut(usize, Option<&T::T>),
) -> Result<(), Cause> {
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
            .map_err(said)?;
        if records == 0 {
            return Err(Cause::RowGroups);
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

/// A number as a file has it.
#[derive(Clone, Copy, Debug)]
enum Number {
    Whole(i128),
    Real(f64),
    /// Days since 1970-01-01.
    Day(i64),
}

impl Number {
    /// Hundredths and the like; whole where they are.
    fn scaled(value: i128, scale: i32) -> Number {
        let unit = u32::try_from(scale)
            .ok()
            .and_then(|s| 10_i128.checked_pow(s));
        match unit {
            Some(unit) if value % unit == 0 => Number::Whole(value / unit),
            // As text, which the standard library rounds right once.
            _ => Number::Real(format!("{value}e-{scale}").parse().unwrap_or(f64::NAN)),
        }
    }

    fn shown(self) -> String {
        match self {
            Number::Whole(v) => v.to_string(),
            Number::Real(v) => v.to_string(),
            Number::Day(v) => v.to_string(),
        }
    }
}

/// A number into a column of any kind.
fn number_cell(builder: &mut Builder, value: Option<Number>) -> Result<(), Refused> {
    let value = value.filter(|v| !matches!(v, Number::Real(x) if x.is_nan()));
    let Some(value) = value else {
        return builder.push_none();
    };
    let field = builder.field;
    if !field.missing.is_empty() && field.missing.contains(&value.shown().as_str()) {
        return builder.push_none();
    }
    // What no 64 bits hold is out of the bounds of every field.
    let whole_number =
        |v: i128| i64::try_from(v).unwrap_or(if v < 0 { i64::MIN } else { i64::MAX });
    let done = match (&mut builder.column, field.kind, value) {
        (Column::Int(v), Kind::Int(low, high), Number::Whole(n)) => {
            in_bounds(whole_number(n), low, high).map(|x| v.push(x))
        }
        (Column::Int(v), Kind::Int(low, high), Number::Real(n)) => {
            let number = whole(n).and_then(|w| in_bounds(w, low, high));
            number.map(|x| v.push(x))
        }
        (Column::Num(v), Kind::Num(low, high), Number::Whole(n)) => {
            num(n as f64, low, high).map(|x| v.push(x))
        }
        (Column::Num(v), Kind::Num(low, high), Number::Real(n)) => {
            num(n, low, high).map(|x| v.push(x))
        }
        (Column::Day(v), _, Number::Day(n)) => in_bounds(n, -719_162, 2_932_896).map(|x| v.push(x)),
        // A year, or a day written 20140318, as a number.
        _ => return builder.push(value.shown().as_bytes()),
    };
    done.map_err(|reason| {
        builder.push_missing();
        (reason, value.shown())
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

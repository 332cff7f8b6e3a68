//! What a column of Parquet says of its values.

use parquet::basic::{ConvertedType, LogicalType, TimeUnit};
use parquet::schema::types::ColumnDescPtr;

/// What the values of a column mean, besides how they are stored.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Meaning {
    Plain,
    /// Not below zero: the highest bit is a number's, not its sign.
    Unsigned,
    /// Hundredths, or another power of ten.
    Decimal(i32),
    /// Days since 1970-01-01.
    Date,
    /// So many parts of a day since 1970-01-01.
    Instant(i64),
    /// None of those.
    Other,
}

/// The seconds of a day.
const DAY: i64 = 86_400;

/// What a column says of its values. Files have it in two forms, of which old ones have the second alone.
pub(super) fn meaning(column: &ColumnDescPtr) -> Meaning {
    if let Some(logical) = column.logical_type_ref() {
        return match logical {
            LogicalType::Integer(int) if !int.is_signed => Meaning::Unsigned,
            LogicalType::Integer(_)
            | LogicalType::String
            | LogicalType::Enum
            | LogicalType::Json
            | LogicalType::Unknown => Meaning::Plain,
            LogicalType::Decimal(_) => Meaning::Decimal(column.type_scale()),
            LogicalType::Date => Meaning::Date,
            LogicalType::Timestamp(stamp) => Meaning::Instant(match stamp.unit {
                TimeUnit::MILLIS => DAY * 1_000,
                TimeUnit::MICROS => DAY * 1_000_000,
                TimeUnit::NANOS => DAY * 1_000_000_000,
            }),
            _ => Meaning::Other,
        };
    }
    match column.converted_type() {
        ConvertedType::NONE
        | ConvertedType::UTF8
        | ConvertedType::ENUM
        | ConvertedType::JSON
        | ConvertedType::INT_8
        | ConvertedType::INT_16
        | ConvertedType::INT_32
        | ConvertedType::INT_64 => Meaning::Plain,
        ConvertedType::UINT_8
        | ConvertedType::UINT_16
        | ConvertedType::UINT_32
        | ConvertedType::UINT_64 => Meaning::Unsigned,
        ConvertedType::DECIMAL => Meaning::Decimal(column.type_scale()),
        ConvertedType::DATE => Meaning::Date,
        ConvertedType::TIMESTAMP_MILLIS => Meaning::Instant(DAY * 1_000),
        ConvertedType::TIMESTAMP_MICROS => Meaning::Instant(DAY * 1_000_000),
        _ => Meaning::Other,
    }
}

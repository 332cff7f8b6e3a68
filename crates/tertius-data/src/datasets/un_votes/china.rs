//! Whose the seat of China was: by the day, whatever number a file gives it.

use jiff::civil::Date;

use crate::table::Reason;

/// The day on which General Assembly resolution 2758 (XXVI) gave the seat to the People's Republic.
const PASSED_ON: Date = Date::constant(1971, 10, 25);

const PEOPLES_REPUBLIC: i32 = 710;
const TAIWAN: i32 = 713;

/// The COW number of the state that cast a vote that a file has under `code`. Some releases have the seat of
/// China under the People's Republic in years in which the government on Taiwan held it: such a vote is
/// Taiwan's.
///
/// # Errors
///
/// Where a vote is Taiwan's after it had lost the seat.
pub(super) fn voted_as(code: i32, day: Date) -> Result<i32, Reason> {
    match code {
        PEOPLES_REPUBLIC if day < PASSED_ON => Ok(TAIWAN),
        TAIWAN if day >= PASSED_ON => Err(Reason::NotAMember),
        other => Ok(other),
    }
}

//! Whose the seat of China was: by the day, whatever number a file gives it.

use jiff::civil::Date;

use crate::states::States;
use crate::table::Reason;

const PEOPLES_REPUBLIC: i32 = 710;
const TAIWAN: i32 = 713;

/// The COW number of the state that cast a vote that a file has under `code`. Some releases have the seat of
/// China under the People's Republic in years in which the government on Taiwan held it
/// ([`States::united_nations_seat_of_china`]): such a vote is Taiwan's.
///
/// # Errors
///
/// Where a vote is Taiwan's after it had lost the seat.
pub(super) fn voted_as(code: i32, day: Date) -> Result<i32, Reason> {
    if code != PEOPLES_REPUBLIC && code != TAIWAN {
        return Ok(code);
    }
    let states = States::bundled();
    let holder = states.united_nations_seat_of_china(day);
    // Before there was an assembly nobody held it, and no rule says whose such a vote would be.
    let taiwans = holder.is_some() && holder == states.by_key("taiwan");
    match code {
        PEOPLES_REPUBLIC if taiwans => Ok(TAIWAN),
        TAIWAN if !taiwans => Err(Reason::NotAMember),
        code => Ok(code),
    }
}

//! A series as one line of blocks, and the years above it.

use super::text::padded;
use super::{BLOCKS, block};

/// A label in just so many columns.
pub fn label(text: &str, width: usize) -> String {
    padded(text, width)
}

/// Values as blocks between `low` and `high`, one each, or their mean where several share a column. Where
/// nothing is known there is a space, so that it is never taken for the lowest value.
///
/// ```
/// use tertius_report::terminal::strip;
/// assert_eq!(strip(&[Some(0.0), None, Some(0.5), Some(1.0)], (0.0, 1.0), 10), "▁ ▄█");
/// assert_eq!(strip(&[Some(0.0), Some(1.0), None, None], (0.0, 1.0), 2), "▄ ");
/// ```
pub fn strip(values: &[Option<f64>], range: (f64, f64), room: usize) -> String {
    strip_with_carried(values, &[], range, room)
}

/// What stands for values that nothing of their own step tells.
pub const CARRIED: char = '~';

/// As [`strip`], with [`CARRIED`] in place of a block where every value of a column is marked as carried over
/// from other steps.
///
/// ```
/// use tertius_report::terminal::strip_with_carried;
/// let values = [Some(0.0), Some(0.5), Some(1.0), None];
/// let carried = [false, true, false, false];
/// assert_eq!(strip_with_carried(&values, &carried, (0.0, 1.0), 10), "▁~█ ");
/// assert_eq!(strip_with_carried(&values, &carried, (0.0, 1.0), 2), "▂█");
/// ```
pub fn strip_with_carried(
    values: &[Option<f64>],
    carried: &[bool],
    (low, high): (f64, f64),
    room: usize,
) -> String {
    let each = values.len().div_ceil(room.max(1)).max(1);
    let wide = high - low;
    let mean = |chunk: &[Option<f64>]| {
        let there: Vec<f64> = chunk.iter().flatten().copied().collect();
        (!there.is_empty()).then(|| there.iter().sum::<f64>() / there.len() as f64)
    };
    let shown = |value: Option<f64>| match value {
        Some(_) if wide <= 0.0 => block(0.5),
        // The lowest value has a block too: the dot of a probability near zero would say nothing here.
        Some(v) => match block((v - low) / wide) {
            lowest if lowest == BLOCKS[0] => BLOCKS[1],
            other => other,
        },
        None => ' ',
    };
    let is_carried = |at: usize| carried.get(at).copied().unwrap_or(false);
    let column = |(c, chunk): (usize, &[Option<f64>])| {
        let mut there = (0..chunk.len()).filter(|i| chunk[*i].is_some()).peekable();
        if there.peek().is_some() && there.all(|i| is_carried(c * each + i)) {
            return CARRIED;
        }
        shown(mean(chunk))
    };
    values.chunks(each).enumerate().map(column).collect()
}

/// The first step of each column, above those that have room.
///
/// ```
/// let years: Vec<String> = (1992..2004).map(|y| y.to_string()).collect();
/// assert_eq!(tertius_report::terminal::scale(&years, 12), "1992 1997");
/// ```
pub fn scale(steps: &[String], room: usize) -> String {
    let each = steps.len().div_ceil(room.max(1)).max(1);
    let mut line = String::new();
    for (i, chunk) in steps.chunks(each).enumerate() {
        let name = chunk[0].get(..4).unwrap_or(&chunk[0]);
        let used = line.chars().count();
        if (used == 0 || used < i) && i + name.len() <= room {
            line.push_str(&" ".repeat(i - used));
            line.push_str(name);
        }
    }
    line
}

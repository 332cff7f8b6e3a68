//! Ideal points of all sessions, kept in the user's cache: they take a second or two and are the same for every triad.
//!
//! They stand under the checksum of the votes, the version of the program and that of the climb. A file that is not as
//! it was written is not taken: its points are found anew.

use std::fmt::Write;
use std::path::{Path, PathBuf};

use tertius::vocabulary::Lang;
use tertius_data::folder::cache;
use tertius_data::table::RawFile;
use tertius_math::ideal_points::REVISION;

use crate::place::write_file;

/// Mean and ends of a seat in a session.
pub(super) struct Point {
    pub(super) session: i32,
    pub(super) cow: u16,
    pub(super) at: [f64; 3],
}

/// The first line of a file that is kept.
const HEAD: &str = "session,ccode,mean,q05,q95";

/// Where points of votes with a checksum are kept, if anywhere.
pub(super) fn place(votes: &str) -> Option<PathBuf> {
    let env = |name| std::env::var_os(name).map(PathBuf::from);
    let folder = cache(env("XDG_CACHE_HOME"), env("LOCALAPPDATA"), env("HOME"))?;
    let version = env!("CARGO_PKG_VERSION");
    let votes = votes.get(..16)?;
    Some(folder.join(format!("ideal-points-{version}-{REVISION}-{votes}.csv")))
}

pub(super) fn keep(place: &Path, points: &[Point], lang: Lang) -> Result<(), String> {
    let mut text = format!("{HEAD}\n");
    for p in points {
        let [mean, low, high] = p.at;
        // Seventeen digits say a number exactly.
        let _ = writeln!(
            text,
            "{},{},{mean:.17e},{low:.17e},{high:.17e}",
            p.session, p.cow
        );
    }
    let sum = checksum(&text);
    let _ = writeln!(text, "end,{sum},,,");
    if let Some(folder) = place.parent() {
        std::fs::create_dir_all(folder).map_err(|e| e.to_string())?;
    }
    // Two runs at once write the same.
    write_file(place, &text, lang)
}

fn checksum(text: &str) -> String {
    RawFile::new("", text).sha256()
}

/// The points of a file that is as it was written.
pub(super) fn read(place: &Path) -> Option<Vec<Point>> {
    parsed(&std::fs::read_to_string(place).ok()?)
}

fn parsed(text: &str) -> Option<Vec<Point>> {
    let (lines, end) = text.strip_suffix(",,,\n")?.rsplit_once("end,")?;
    (end == checksum(lines)).then_some(())?;
    let mut lines = lines.lines();
    (lines.next() == Some(HEAD)).then_some(())?;
    let point = |line: &str| {
        let cells: Vec<&str> = line.split(',').collect();
        let [session, cow, mean, low, high] = cells[..] else {
            return None;
        };
        let number = |text: &str| text.parse().ok().filter(|x: &f64| x.is_finite());
        Some(Point {
            session: session.parse().ok()?,
            cow: cow.parse().ok()?,
            at: [number(mean)?, number(low)?, number(high)?],
        })
    };
    lines.map(point).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn points_that_are_kept_come_back_to_the_bit_and_a_file_that_was_changed_does_not() {
        let dir = tempfile::tempdir().unwrap();
        let place = dir.path().join("cache/points.csv");
        let at = [0.1 + 0.2, -1.0 / 3.0, f64::MIN_POSITIVE];
        let point = |session| Point {
            session,
            cow: 2,
            at,
        };
        keep(&place, &[point(1), point(2)], Lang::En).unwrap();
        let text = std::fs::read_to_string(&place).unwrap();
        let back = read(&place).unwrap();
        assert_eq!(back.len(), 2);
        assert_eq!(back[1].at.map(f64::to_bits), at.map(f64::to_bits));
        for cut in [0, 10, text.len() / 2, text.len() - 9] {
            assert!(parsed(&text[..cut]).is_none(), "{cut}");
        }
        // A number that somebody changed, which is as good a number.
        for (old, new) in [("1,2,", "1,3,"), ("1,2,", "1,x,"), ("\n2,2,", "\n1,2,")] {
            assert!(text.contains(old) && parsed(&text.replace(old, new)).is_none());
        }
    }
}

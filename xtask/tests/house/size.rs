//! A file is about one idea: four hundred lines at most.

use crate::tree::texts;

const MOST: usize = 400;

/// Longer files, each with the reason why it is not split. One that no longer is leaves the list.
const LONGER: &[(&str, &str)] = &[(
    "crates/tertius/tests/it/reader/exact.rs",
    "one likelihood, written out a second time, and what is compared with it",
)];

#[test]
fn no_file_is_longer_than_four_hundred_lines() {
    let mut wrong = Vec::new();
    for folder in ["crates", "fuzz", "xtask"] {
        for file in texts(folder, &[".rs"]) {
            let lines = file.text.lines().count();
            let listed = LONGER.iter().find(|(path, _)| *path == file.path);
            match listed {
                None if lines > MOST => wrong.push(format!("{}: {lines} lines", file.path)),
                Some(_) if lines <= MOST => {
                    wrong.push(format!(
                        "{} is short now: take it out of the list",
                        file.path
                    ));
                }
                _ => {}
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

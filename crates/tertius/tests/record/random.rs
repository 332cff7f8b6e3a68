//! Arbitrary bytes, and valid files with arbitrary changes. Nothing panics, and what holds of any case
//! holds of these.

use std::collections::BTreeSet;
use std::path::Path;

use proptest::prelude::*;

use crate::case::VALID;
use crate::exercise::{self, TARGETS, joined};

fn path() -> impl Strategy<Value = &'static str> {
    prop::sample::select(VALID.iter().map(|(p, _)| *p).collect::<Vec<_>>())
}

/// Pieces that files are made of, and some that they should not be.
fn piece() -> impl Strategy<Value = Vec<u8>> {
    let words = prop::sample::select(vec![
        "",
        ",",
        ";",
        "\"",
        "\"\"",
        "\n",
        "\r",
        "\r\n",
        "\t",
        "\0",
        "\u{FEFF}",
        "\u{202E}",
        "{",
        "}",
        "@",
        "#",
        "=",
        "[",
        "]",
        "[[",
        "%",
        "\\",
        "\\'",
        "$",
        "@string{a = a}",
        "NaN",
        "inf",
        "1e9",
        "-0",
        "2014-02-30",
        "0000",
        "9999-12-31",
        "2014/2013",
        "<b>",
        "条约",
        "JPN",
        "own_gain",
        "yes",
        " ",
        "'''",
        "\"\"\"",
        "year",
        "crossref = {book2015}",
    ]);
    prop_oneof![
        4 => words.prop_map(|w| w.as_bytes().to_vec()),
        1 => prop::collection::vec(any::<u8>(), 0..6),
    ]
}

/// Where, how many bytes go, and what comes.
type Change = (prop::sample::Index, usize, Vec<u8>);

fn change() -> impl Strategy<Value = Change> {
    (any::<prop::sample::Index>(), 0..12_usize, piece())
}

fn changed(text: &str, changes: &[Change]) -> Vec<u8> {
    let mut bytes = text.as_bytes().to_vec();
    for (at, gone, new) in changes {
        let from = at.index(bytes.len() + 1);
        let to = (from + gone).min(bytes.len());
        bytes.splice(from..to, new.iter().copied());
    }
    bytes
}

proptest! {
    #[test]
    fn arbitrary_bytes_are_no_panic(path in path(), bytes in prop::collection::vec(any::<u8>(), 0..400)) {
        exercise::file(VALID, path, &bytes);
    }

    #[test]
    fn arbitrary_pieces_are_no_panic(path in path(), pieces in prop::collection::vec(piece(), 0..60)) {
        exercise::file(VALID, path, &pieces.concat());
    }

    #[test]
    fn a_changed_file_is_no_panic(path in path(), changes in prop::collection::vec(change(), 1..8)) {
        let text = VALID.iter().find(|(p, _)| *p == path).unwrap().1;
        exercise::file(VALID, path, &changed(text, &changes));
    }

    #[test]
    fn any_delimiter_and_line_end_is_no_panic(
        path in path(),
        delimiter in any::<char>(),
        end in prop::sample::select(vec!["\n", "\r", "\r\n", "\n\r", "\u{2028}", ""]),
    ) {
        let text = VALID.iter().find(|(p, _)| *p == path).unwrap().1;
        let text = text.replace(',', &delimiter.to_string()).replace('\n', end);
        exercise::file(VALID, path, text.as_bytes());
    }

    #[test]
    fn a_date_is_printed_as_it_is_read(
        y in 0..=10_000_u32, m in 0..=13_u32, d in 0..=32_u32,
        y2 in 0..=10_000_u32, m2 in 0..=13_u32, form in 0..6,
    ) {
        exercise::dates(&match form {
            0 => format!("{y:04}"),
            1 => format!("{y:04}-{m:02}"),
            2 => format!("{y:04}-{m:02}-{d:02}"),
            3 => format!("{y:04}-{m:02}/{y2:04}-{m2:02}"),
            4 => format!("{y:04}/{y2:04}-{m2:02}-{d:02}"),
            _ => format!("{y}-{m}-{d}"),
        });
    }

    #[test]
    fn any_text_as_a_date_is_no_panic(text in "\\PC{0,24}") {
        exercise::dates(&text);
    }

    #[test]
    fn every_target_takes_arbitrary_pieces(pieces in prop::collection::vec(piece(), 0..40)) {
        // What is read to its findings has a test of its own.
        for (_, target) in TARGETS.iter().filter(|(name, _)| *name != "reading") {
            target(&pieces.concat());
        }
    }

    #[test]
    fn a_changed_catalogue_is_no_panic(changes in prop::collection::vec(change(), 0..6)) {
        let text = include_str!("../../catalogues/chen-2023.toml");
        exercise::catalogue(&changed(text, &changes));
    }
}

proptest! {
    // Each is read to its findings.
    #![proptest_config(ProptestConfig::with_cases(48))]
    #[test]
    fn what_any_record_is_read_as_is_probabilities(bytes in prop::collection::vec(any::<u8>(), 0..600)) {
        exercise::reading(&bytes);
    }

    #[test]
    fn a_changed_case_is_no_panic(changes in prop::collection::vec(change(), 0..4)) {
        let whole = String::from_utf8(joined(VALID)).unwrap();
        exercise::whole_case(&changed(&whole, &changes));
    }
}

fn fuzz(path: &str) -> std::path::PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("../../fuzz")
        .join(path)
}

/// What a fuzzer once found stays found: each file is run through the target that its folder names.
#[test]
fn every_target_has_its_fuzzer_and_what_fuzzers_kept_is_no_panic() {
    let names = |folder: &str| -> BTreeSet<String> {
        let entries = std::fs::read_dir(fuzz(folder)).unwrap();
        let paths = entries.map(|e| e.unwrap().path());
        paths
            .map(|p| p.file_stem().unwrap().to_string_lossy().into_owned())
            .collect()
    };
    let ours = TARGETS.iter().map(|(n, _)| (*n).to_owned());
    // The readers of public datasets, citations and the page are exercised by the tests of their own crates.
    let others = ["datasets", "cite", "page"].map(str::to_owned);
    let all: BTreeSet<String> = ours.chain(others).collect();
    assert_eq!(names("fuzz_targets"), all);
    let manifest = std::fs::read_to_string(fuzz("Cargo.toml")).unwrap();
    for (name, target) in TARGETS {
        assert!(manifest.contains(&format!("name = \"{name}\"")), "{name}");
        let call = std::fs::read_to_string(fuzz(&format!("fuzz_targets/{name}.rs"))).unwrap();
        assert!(call.contains("exercise::"), "{name}");
        let kept = fuzz(&format!("kept/{name}"));
        for entry in std::fs::read_dir(kept).into_iter().flatten() {
            target(&std::fs::read(entry.unwrap().path()).unwrap());
        }
    }
}

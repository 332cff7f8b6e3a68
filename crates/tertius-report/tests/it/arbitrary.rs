//! Whatever a bibliography or findings hold, there is an answer and no panic.

use std::path::Path;

use proptest::prelude::*;

use crate::exercise;

/// Pieces of which entries are made, well and badly.
const PIECES: &[&str] = &[
    "@book{k1,",
    "@misc{k2,",
    "@article{k3,",
    "@incollection{k4,",
    "@online{k5,",
    "@report{k6,",
    " author = {",
    " title = {",
    " date = {",
    " year = 2014,",
    " editor = {",
    " journal = {",
    " pages = {",
    " volume = {",
    " url = {https://e.org/",
    " doi = {10.1/",
    " publisher = {",
    " edition = {",
    " number = {",
    "A and B",
    "von der Leyen, U.",
    "{{The Group}}",
    "陈梦莉",
    "2014-03-18/2015",
    "2014~",
    "10--20",
    "\\&",
    "\\'e",
    "}",
    "},",
    "}\n",
    "\n",
    ",",
    "-",
    "and others",
];

proptest! {
    #[test]
    fn no_bibliography_brings_a_citation_down(
        pieces in prop::collection::vec(prop::sample::select(PIECES), 0..40)
    ) {
        exercise::cite(pieces.concat().as_bytes());
    }

    /// Entries that close: more of them reach the styles.
    #[test]
    fn no_entry_brings_a_style_down(
        kind in prop::sample::select(&["book", "misc", "article", "incollection", "online", "dataset"][..]),
        fields in prop::collection::btree_map(
            prop::sample::select(&["author", "editor", "translator", "date", "journal", "booktitle", "pages",
                "volume", "number", "edition", "publisher", "location", "url", "urldate", "doi", "eprint",
                "langid", "subtitle", "institution", "howpublished", "version"][..]),
            prop::collection::vec(prop::sample::select(&["A, B", " and ", "others", "2014", "-", "--", "/", "é",
                "陈", "x", "{", "}", "1", ".", "?", " ", ",", "\\&", "https://e.org/a"][..]), 0..6),
            0..8,
        )
    ) {
        let mut entry = format!("@{kind}{{arbitrary, title = {{T}}");
        for (field, pieces) in &fields {
            entry += &format!(", {field} = {{{}}}", pieces.concat());
        }
        exercise::cite((entry + "}\n").as_bytes());
    }
}

proptest! {
    // Both languages, whole: a tenth of a second each.
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn no_findings_bring_a_page_down(bytes in prop::collection::vec(any::<u8>(), 0..48)) {
        exercise::page(&bytes);
    }
}

/// What a fuzzer once found stays found.
#[test]
fn every_target_has_its_fuzzer_and_what_fuzzers_kept_is_no_panic() {
    let fuzz = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../fuzz");
    let manifest = std::fs::read_to_string(fuzz.join("Cargo.toml")).unwrap();
    for (name, target) in [
        ("cite", exercise::cite as fn(&[u8])),
        ("page", exercise::page),
    ] {
        assert!(manifest.contains(&format!("name = \"{name}\"")));
        let call = std::fs::read_to_string(fuzz.join(format!("fuzz_targets/{name}.rs"))).unwrap();
        assert!(call.contains(&format!("exercise::{name}")), "{name}");
        for entry in std::fs::read_dir(fuzz.join("kept").join(name))
            .into_iter()
            .flatten()
        {
            target(&std::fs::read(entry.unwrap().path()).unwrap());
        }
    }
}

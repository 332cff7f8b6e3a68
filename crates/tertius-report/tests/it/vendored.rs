//! The vendored files are the published ones.

use std::fs;
use std::path::Path;

use sha2::{Digest, Sha256};

/// Every file of the manifest has its checksum and its licence; no script stands outside the manifest.
#[test]
fn the_manifest_names_every_script_and_its_checksum() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("assets/vega");
    let mut listed = Vec::new();
    let mut rows = csv::Reader::from_path(folder.join("MANIFEST.csv")).unwrap();
    for row in rows.records() {
        let row = row.unwrap();
        let (file, sha256, licence) = (&row[0], &row[2], &row[4]);
        let bytes = fs::read(folder.join(file)).unwrap();
        let found: String = Sha256::digest(&bytes)
            .iter()
            .map(|b| format!("{b:02x}"))
            .collect();
        assert_eq!(found, sha256, "{file} is not the file that was vendored");
        let licence = fs::read_to_string(folder.join(licence)).unwrap();
        assert!(licence.contains("Redistribution and use"), "{file}");
        listed.push(file.to_owned());
    }
    let mut present: Vec<String> = fs::read_dir(&folder)
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .filter(|name| name.ends_with(".js"))
        .collect();
    present.sort();
    listed.sort();
    assert_eq!(listed, present);
}

/// The names of THIRD-PARTY.md are those of the manifest.
#[test]
fn third_party_names_what_is_vendored() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let text = fs::read_to_string(root.join("THIRD-PARTY.md")).unwrap();
    for (name, version) in [
        ("vega", "6.4.0"),
        ("vega-lite", "6.4.3"),
        ("vega-embed", "7.3.0"),
    ] {
        assert!(
            text.contains(&format!("| {name} | {version} |")),
            "{name} {version}"
        );
    }
    assert!(text.contains("Noto Sans CJK SC") && text.contains("CLDR"));
}

/// A script that is put into a page may not close its own element.
#[test]
fn no_script_closes_its_element() {
    use tertius_report::assets;
    for script in [assets::VEGA, assets::VEGA_LITE, assets::VEGA_EMBED] {
        let lower = script.to_ascii_lowercase();
        assert!(!lower.contains("</script") && !lower.contains("<!--"));
    }
}

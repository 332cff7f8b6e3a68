//! `tertius interests --figures`: the picture that goes to print.

use std::fs;

use tempfile::TempDir;

use crate::measure::{data, run, text};

#[test]
fn a_triad_is_drawn_in_both_widths_and_with_its_caption() {
    let Some(data) = data("the figure of a triad") else {
        return;
    };
    let dir = TempDir::new().unwrap();
    let folder = dir.path().join("new/pictures");
    let shown = folder.display().to_string();
    let span = ["--from", "1946", "--to", "1991", "--figures", &shown];
    for (of, lang, caption) in [
        (["ITA", "USA", "SUN"], "en", "unknown, which is not zero"),
        (["NOR", "USA", "SUN"], "zh", "并不等于零"),
    ] {
        let args = [&["interests"], &of[..], &span[..], &["--lang", lang]].concat();
        let done = run(&args, &data);
        assert!(done.status.success(), "{}", text(&done.stderr));
        assert!(text(&done.stderr).contains(".svg"));
        let id = format!("{}-1946-1991", of.join("-"));
        for name in [id.clone(), format!("{id}-single")] {
            let png = fs::read(folder.join(format!("{name}.png"))).unwrap();
            assert!(png.starts_with(b"\x89PNG"), "{name}");
            let svg = fs::read_to_string(folder.join(format!("{name}.svg"))).unwrap();
            assert!(svg.starts_with("<svg") && svg.contains("mm\""), "{name}");
            // A gap, as Italy's before 1955, breaks a line, and no coordinate is none.
            assert!(!svg.contains("NaN"), "{name}");
        }
        let said = fs::read_to_string(folder.join(format!("{id}.txt"))).unwrap();
        assert!(said.contains(caption), "{said}");
    }
    // Two triads lie in one folder: four pictures and a caption each.
    assert_eq!(fs::read_dir(&folder).unwrap().count(), 10);
    // Where nothing is known there is no picture, and no folder for it.
    let nowhere = dir.path().join("none");
    let none = nowhere.display().to_string();
    let args = [
        "interests",
        "NOR",
        "USA",
        "RUS",
        "--from",
        "2060",
        "--to",
        "2061",
        "--figures",
        &none,
    ];
    let done = run(&args, &data);
    assert!(!done.status.success());
    assert!(!nowhere.exists());
}

//! The same findings make the same page, whatever the process and its threads.

use tertius::vocabulary::Lang;
use tertius_report::page::{PageOptions, report};

use crate::sample;

/// Where the test below has a page written, and by how many engines its figures are drawn.
const PAGE_TO: &str = "TERTIUS_TEST_PAGE_TO";
const ENGINES: &str = "TERTIUS_TEST_ENGINES";

/// In a process of its own: tables that are seeded by chance are seeded anew, and threads are as many as said.
fn page_of_a_process(engines: &str) -> Vec<u8> {
    let file = format!("page-of-{}-{engines}.html", std::process::id());
    let file = std::path::Path::new(env!("CARGO_TARGET_TMPDIR")).join(file);
    let done = std::process::Command::new(std::env::current_exe().unwrap())
        .args(["--exact", "same_bytes::a_process_writes_its_page"])
        .env(PAGE_TO, &file)
        .env(ENGINES, engines)
        .output()
        .unwrap();
    assert!(
        done.status.success(),
        "{}",
        String::from_utf8_lossy(&done.stdout)
    );
    let page = std::fs::read(&file).unwrap();
    std::fs::remove_file(&file).unwrap();
    page
}

/// Nothing to do but where [`page_of_a_process`] asks for it.
#[test]
fn a_process_writes_its_page() {
    let Ok(file) = std::env::var(PAGE_TO) else {
        return;
    };
    let findings = sample::findings();
    #[cfg(not(feature = "static"))]
    let drawn = Default::default();
    #[cfg(feature = "static")]
    let drawn = {
        let engines = std::env::var(ENGINES).unwrap().parse().unwrap();
        let all = tertius_report::figures::all(&findings, Lang::Zh);
        let studio = tertius_report::render::Studio::of(engines).unwrap();
        studio.draw(&all).unwrap()
    };
    let options = PageOptions {
        drawn,
        ..PageOptions::default()
    };
    std::fs::write(file, report(&findings, Lang::Zh, &options).unwrap()).unwrap();
}

#[test]
fn the_same_findings_give_the_same_bytes_in_another_process_with_other_threads() {
    let one = page_of_a_process("1");
    assert!(one.len() > 100_000, "{}", one.len());
    for engines in ["1", "4"] {
        assert!(page_of_a_process(engines) == one, "{engines} engines");
    }
}

//! What somebody meets who has never seen the program: a first case, a first dataset, a first mistake.

use std::fs;
use std::path::Path;
use std::process::{Command, Output};

use tempfile::TempDir;

use crate::cli::{small_case, text};

fn run(dir: &Path, args: &[&str], env: &[(&str, &str)]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_tertius"));
    command.args(args).current_dir(dir);
    for name in ["ALL_PROXY", "HTTPS_PROXY", "HTTP_PROXY"] {
        command
            .env_remove(name)
            .env_remove(name.to_ascii_lowercase());
    }
    command.env("TERTIUS_DATA", dir.join("data"));
    command.envs(env.iter().copied()).output().unwrap()
}

fn said(output: &Output) -> (Option<i32>, String) {
    let both = [&output.stdout[..], &output.stderr[..]].concat();
    (output.status.code(), text(&both))
}

const TRIAD: [&str; 6] = [
    "--ally",
    "South Korea",
    "--patron",
    "usa",
    "--rival",
    "中国",
];

/// States by name, years for months, a space in the folder's name: a case that has nothing to warn of.
#[test]
fn a_first_case_is_made_of_names_and_years_and_passes() {
    let dir = TempDir::new().unwrap();
    let args = [
        &["new", "my case"],
        &TRIAD[..],
        &["--from", "2014", "--to", "2015"],
    ]
    .concat();
    let (code, told) = said(&run(dir.path(), &args, &[]));
    assert_eq!(code, Some(0), "{told}");
    // What to do next can be copied, and asks for a month of the case.
    assert!(told.contains("tertius check \"my case\""), "{told}");
    assert!(
        told.contains("tertius explain \"my case\" --at 2015-12"),
        "{told}"
    );
    let toml = fs::read_to_string(dir.path().join("my case/case.toml")).unwrap();
    for line in [
        "id = \"my-case\"",
        "ally = \"KOR\"",
        "patron = \"USA\"",
        "rival = \"CHN\"",
        "from = \"2014-01\"",
        "to = \"2015-12\"",
        "South Korea between United States and China",
    ] {
        assert!(toml.contains(line), "{line}: {toml}");
    }
    assert!(!toml.contains("{title"), "{toml}");
    let readme = fs::read_to_string(dir.path().join("my case/README.md")).unwrap();
    assert!(readme.contains("--at 2015-12"), "{readme}");
    let (code, told) = said(&run(dir.path(), &["check", "my case"], &[]));
    assert_eq!(code, Some(0));
    assert!(told.contains("0 errors, 0 warnings"), "{told}");
    // Silence about ten things is told in one note.
    assert_eq!(told.matches("no-coverage").count(), 1, "{told}");
    // It is read, with a word that nothing stands behind the reading but the prior.
    let (code, told) = said(&run(dir.path(), &["read", "my case", "--fast"], &[]));
    assert_eq!(code, Some(0), "{told}");
    assert!(told.contains("nothing-to-read"), "{told}");
    let page = fs::read_to_string(dir.path().join("tertius-out/my-case/report.html")).unwrap();
    assert!(!page.contains("Every row was read in its source"));
    assert!(page.contains("<span id=\"explain-month\">2015-12</span>"));
}

#[test]
fn a_case_is_made_in_an_empty_folder_and_in_no_other() {
    let dir = TempDir::new().unwrap();
    let empty = dir.path().join("empty");
    fs::create_dir(&empty).unwrap();
    let args = [
        &["new", "."],
        &TRIAD[..],
        &["--from", "2014", "--to", "2015"],
    ]
    .concat();
    let (code, told) = said(&run(&empty, &args, &[]));
    assert_eq!(code, Some(0), "{told}");
    let toml = fs::read_to_string(empty.join("case.toml")).unwrap();
    assert!(toml.contains("id = \"empty\""), "{toml}");
    fs::write(empty.join("acts.csv"), "mine\n").unwrap();
    let (code, told) = said(&run(&empty, &args, &[]));
    assert_eq!(code, Some(2));
    assert!(told.contains("not empty"), "{told}");
    assert_eq!(
        fs::read_to_string(empty.join("acts.csv")).unwrap(),
        "mine\n"
    );
}

/// What is wrong is told with what is meant, and all that lacks at once.
#[test]
fn what_new_is_not_told_right_it_asks_for_in_full() {
    let dir = TempDir::new().unwrap();
    for (args, expected) in [
        (&["new", "x", "--ally", "Rusia"][..], "most likely RUS"),
        (
            &["new", "x", "--ally", "NOR"],
            "--patron, --rival, --from, --to missing",
        ),
        (
            &[
                "new", "x", "--ally", "NOR", "--patron", "USA", "--rival", "RUS", "--from", "soon",
                "--to", "2015",
            ],
            "“soon” is no month",
        ),
    ] {
        let (code, told) = said(&run(dir.path(), args, &[]));
        assert_eq!(code, Some(2), "{told}");
        assert!(told.contains(expected), "{told}");
    }
    assert!(!dir.path().join("x").exists());
}

/// Rows that are not read are told in one line where a case is read, which says how `check` shows them by file and
/// row, and counted in its findings.
#[test]
fn rows_that_are_not_read_are_told_and_counted() {
    let dir = TempDir::new().unwrap();
    small_case(dir.path());
    let acts = dir.path().join("c/acts.csv");
    let toml = dir.path().join("c/case.toml");
    let since = fs::read_to_string(&toml).unwrap();
    let since = since.replace("since = \"2014-01\"", "since = \"1949\"");
    fs::write(&toml, since).unwrap();
    let table = fs::read_to_string(&acts).unwrap();
    let row = "a9,2010-05-10,,NOR,RUS,support,,2,,,,What was done,,s,,,no,high,me\n";
    fs::write(&acts, table + row).unwrap();
    let out = run(
        dir.path(),
        &["read", "c", "--fast", "--format", "json"],
        &[],
    );
    let told = text(&out.stderr);
    assert_eq!(told.lines().count(), 1, "{told}");
    assert!(told.starts_with("1 note on 1 row"), "{told}");
    assert!(told.contains("`tertius check c`"), "{told}");
    let (_, told) = said(&run(dir.path(), &["check", "c"], &[]));
    assert!(
        told.contains("acts.csv:6:date: note[outside-span]"),
        "{told}"
    );
    assert!(
        told.contains("2014-01") && told.contains("(row 6)"),
        "{told}"
    );
    let findings: serde_json::Value = serde_json::from_slice(&out.stdout).unwrap();
    let expected = serde_json::json!([{"file": "acts.csv", "known_later": 0, "answers_later": 0,
        "before_span": 1, "after_span": 0}]);
    assert_eq!(findings["left_out"], expected);
}

/// A set that nothing can fetch is asked for with its address, its file and the command that puts it in.
#[test]
fn a_dataset_that_is_got_by_hand_is_told_so() {
    let dir = TempDir::new().unwrap();
    let add = "tertius data add un-votes UNVotes.csv --part votes";
    let address = "https://doi.org/10.7910/DVN/LEJUQZ";
    for args in [
        &["interests", "JPN", "USA", "RUS"][..],
        &["measure", "triad-agreement", "JPN", "USA", "RUS"],
        &["data", "fetch", "un-votes"],
    ] {
        let (code, told) = said(&run(dir.path(), args, &[]));
        assert!(matches!(code, Some(1 | 2)), "{told}");
        assert!(told.contains(add) && told.contains(address), "{told}");
        assert!(!told.contains("data fetch"), "{told}");
    }
    let (_, told) = said(&run(dir.path(), &["measure", "commitment"], &[]));
    assert!(told.contains("tertius data fetch atop"), "{told}");
    let (_, told) = said(&run(dir.path(), &["data", "list"], &[]));
    assert!(
        told.contains("✓ in the data folder") && told.contains("NC not for"),
        "{told}"
    );
}

/// Where nothing came nothing is left, neither a folder nor a word of what is kept.
#[cfg(feature = "fetch")]
#[test]
fn a_download_that_fails_leaves_nothing() {
    let dir = TempDir::new().unwrap();
    let args = [
        "data",
        "fetch",
        "atop",
        "--accept-licence",
        "--url",
        "http://127.0.0.1:9/x",
    ];
    let (code, told) = said(&run(dir.path(), &args, &[]));
    assert_eq!(code, Some(1), "{told}");
    assert!(!told.contains("kept"), "{told}");
    assert!(!dir.path().join("data").exists());
    // What was there before stays.
    fs::create_dir_all(dir.path().join("data/atop")).unwrap();
    run(dir.path(), &args, &[]);
    let atop = dir.path().join("data/atop");
    assert!(atop.is_dir() && fs::read_dir(atop).unwrap().next().is_none());
    for proxy in ["garbage", "garbage:", ":80"] {
        let (code, told) = said(&run(dir.path(), &args, &[("HTTP_PROXY", proxy)]));
        assert_eq!(code, Some(2), "{proxy}: {told}");
        assert!(
            told.contains("HTTP_PROXY") && told.contains("http://HOST:PORT"),
            "{told}"
        );
    }
}

/// A flag that would change nothing is refused, not taken for heard.
#[test]
fn a_flag_that_means_nothing_is_refused() {
    let dir = TempDir::new().unwrap();
    for (args, flag) in [
        (&["measure", "similarity", "--third", "CHN"][..], "--third"),
        (&["measure", "ideal-points", "--by", "session"], "--by"),
        (&["measure", "commitment", "--issue", "nu"], "--issue"),
        (
            &["measure", "threat", "NOR", "USA", "RUS", "--starts", "3"],
            "--starts",
        ),
        (&["measure", "--list", "--seed", "3"], "--seed"),
    ] {
        let (code, told) = said(&run(dir.path(), args, &[]));
        assert_eq!(code, Some(2), "{told}");
        assert!(told.contains(&format!("{flag} means nothing")), "{told}");
    }
    let years = [
        "interests",
        "JPN",
        "USA",
        "RUS",
        "--from",
        "2000",
        "--to",
        "1990",
    ];
    let (_, told) = said(&run(dir.path(), &years, &[]));
    assert!(told.contains("last year, 1990"), "{told}");
    let (_, told) = said(&run(dir.path(), &["interests", "Japn", "USA", "RUS"], &[]));
    assert!(told.contains("most likely JPN"), "{told}");
}

/// What stands in a synopsis can be typed: arguments first, each flag with what it takes.
#[test]
fn a_man_page_says_how_a_verb_is_called() {
    let dir = TempDir::new().unwrap();
    assert!(run(dir.path(), &["man", "m"], &[]).status.success());
    for entry in fs::read_dir(dir.path().join("m")).unwrap() {
        let page = fs::read_to_string(entry.unwrap().path()).unwrap();
        let synopsis = page.split(".SH SYNOPSIS").nth(1).unwrap();
        let synopsis = synopsis.split(".SH DESCRIPTION").next().unwrap();
        assert!(
            !synopsis.contains("\\-\\-help") && !synopsis.contains('<'),
            "{synopsis}"
        );
        let plain = synopsis
            .replace("\\fB", "")
            .replace("\\fI", "")
            .replace("\\fR", "");
        let plain = plain.replace("\\-", "-");
        // A flag that takes something says what.
        for flag in [
            "--format", "--lang", "--at", "--from", "--seed", "--data", "--out",
        ] {
            assert!(!plain.contains(&format!("{flag}]")), "{plain}");
        }
        if plain.contains("tertius explain") {
            assert!(
                plain.contains("tertius explain CASE --at MONTH ["),
                "{plain}"
            );
        }
        if plain.contains("tertius data verify") {
            assert!(plain.contains("[NAMES ...]"), "{plain}");
        }
    }
}

/// The example invents nothing: each of its rows and sources stands in the bundled case, letter by letter.
#[test]
fn the_example_is_made_of_rows_of_the_bundled_case() {
    let dir = TempDir::new().unwrap();
    let (code, told) = said(&run(dir.path(), &["new", "my-example", "--example"], &[]));
    assert_eq!(code, Some(0), "{told}");
    let bundled = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../cases/japan-russia");
    let of = |folder: &Path, name: &str| fs::read_to_string(folder.join(name)).unwrap();
    let example = dir.path().join("my-example");
    let mut rows = 0;
    for table in ["acts", "measures", "positions", "statements", "coverage"] {
        let name = format!("{table}.csv");
        let whole = of(&bundled, &name);
        let whole: Vec<&str> = whole.lines().collect();
        let part = of(&example, &name);
        assert!(part.lines().all(|l| whole.contains(&l)), "{name}");
        rows += part.lines().count() - 1;
    }
    assert!((20..=40).contains(&rows), "{rows}");
    let bib = of(&bundled, "sources.bib");
    for entry in of(&example, "sources.bib").split("\n\n") {
        assert!(bib.contains(entry.trim()), "{entry}");
    }
    // Everything of it is read, and nothing is to be mended.
    let (code, told) = said(&run(dir.path(), &["check", "my-example"], &[]));
    assert_eq!(code, Some(0), "{told}");
    assert!(told.contains("0 errors, 0 warnings"), "{told}");
    assert!(
        !told.contains("hidden-rows") && !told.contains("outside-span"),
        "{told}"
    );
    let at = ["explain", "my-example", "--at", "2014-03"];
    assert_eq!(run(dir.path(), &at, &[]).status.code(), Some(0));
    let both = ["new", "x", "--example", "--ally", "NOR"];
    assert_eq!(run(dir.path(), &both, &[]).status.code(), Some(2));
}

/// A month of knowledge after the last one read is told in a line; one before the case begins is an error of the case.
#[test]
fn an_as_of_month_outside_the_case_is_told() {
    let dir = TempDir::new().unwrap();
    small_case(dir.path());
    let at = |month: &str, more: &[&str]| {
        let args = [&["cite", "c", "--as-of", month], more].concat();
        let out = run(dir.path(), &args, &[]);
        (out.status.code(), text(&out.stderr))
    };
    let (code, told) = at("2035-01", &[]);
    assert_eq!(code, Some(0), "{told}");
    assert!(told.contains("--as-of 2035-01 is after 2015-12"), "{told}");
    let (_, told) = at("2035-01", &["--lang", "zh"]);
    assert!(told.contains("晚于"), "{told}");
    assert_eq!(at("2035-01", &["--quiet"]).1, "");
    assert!(!at("2015-12", &[]).1.contains("--as-of"));
    let (code, told) = at("2000-01", &[]);
    assert_eq!(code, Some(1), "{told}");
    assert!(told.contains("as-of-before-span"), "{told}");
}

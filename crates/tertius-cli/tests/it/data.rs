//! `tertius data` as a user meets it. The network is a server on loopback.

use std::fs;
use std::io::{BufRead, BufReader, Write};
use std::net::TcpListener;
use std::path::Path;
use std::process::{Command, Output};
use std::sync::{Arc, Mutex};

use serde_json::Value;
use tempfile::TempDir;

const NMC: &str = "\
stateabb,ccode,year,milex,milper,irst,pec,tpop,upop,cinc,version
USA,2,2014,610000000,1500,88174,3000000,317719,200000,.1297402,2021
RVN,817,2014,1,1,1,1,1,1,.1,2021
JPN,740,2014,45867000,247,110666,700000,126795,90000,.0335761,2021
";

fn data(dir: &Path, args: &[&str], env: &[(&str, &str)]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_tertius"));
    command.arg("data").args(args).current_dir(dir);
    for name in [
        "TERTIUS_DATA",
        "HTTP_PROXY",
        "http_proxy",
        "ALL_PROXY",
        "all_proxy",
    ] {
        command.env_remove(name);
    }
    command.env("XDG_DATA_HOME", dir.join("xdg"));
    command.envs(env.iter().copied()).output().unwrap()
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).unwrap()
}

/// Serves one body to everybody; keeps the first lines of what was asked.
fn serve(body: &'static str) -> (String, Arc<Mutex<Vec<String>>>) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap().to_string();
    let asked = Arc::new(Mutex::new(Vec::new()));
    let log = asked.clone();
    std::thread::spawn(move || {
        for mut stream in listener.incoming().flatten() {
            let mut lines = BufReader::new(stream.try_clone().unwrap()).lines();
            let mut request = || {
                let first = lines.next().unwrap().unwrap();
                while lines.next().is_some_and(|l| l.is_ok_and(|l| !l.is_empty())) {}
                log.lock().unwrap().push(first.clone());
                first
            };
            if request().starts_with("CONNECT ") {
                // As a proxy that leads to itself.
                let _ = stream.write_all(b"HTTP/1.1 200 Connection established\r\n\r\n");
                request();
            }
            let head = format!(
                "HTTP/1.1 200 OK\r\nContent-Length: {}\r\nConnection: close\r\n\r\n",
                body.len()
            );
            let _ = stream.write_all(head.as_bytes());
            let _ = stream.write_all(body.as_bytes());
        }
    });
    (address, asked)
}

#[test]
fn the_catalogue_is_listed_and_shown_in_both_languages() {
    let dir = TempDir::new().unwrap();
    let list = text(&data(dir.path(), &["list"], &[]).stdout);
    assert!(
        list.contains("un-votes") && list.contains("1946–2024"),
        "{list}"
    );
    assert!(
        list.lines()
            .any(|l| l.contains("min-distance") && l.contains("NC SA"))
    );
    let zh = text(&data(dir.path(), &["list", "--lang", "zh"], &[]).stdout);
    assert!(zh.contains("联合国大会唱名表决"), "{zh}");
    let shown = text(&data(dir.path(), &["show", "min-distance"], &[]).stdout);
    assert!(
        shown.contains("CC BY-NC-SA 4.0") && shown.contains("not for commercial use"),
        "{shown}"
    );
    let zh = text(&data(dir.path(), &["show", "atop", "--lang", "zh"], &[]).stdout);
    assert!(zh.contains("许可") && !zh.contains("data-"), "{zh}");
    let bib = text(&data(dir.path(), &["show", "atop", "--bibtex"], &[]).stdout);
    assert!(bib.starts_with("@article{leeds2002,"), "{bib}");
    let json = data(dir.path(), &["list", "--format", "json"], &[]);
    let json: Value = serde_json::from_slice(&json.stdout).unwrap();
    assert!(json.as_array().unwrap().len() >= 28);
    let csv = text(&data(dir.path(), &["list", "--format", "csv"], &[]).stdout);
    assert!(csv.starts_with("id,first_year,last_year,unit,licence,here,title\n"));
    assert_eq!(
        data(dir.path(), &["show", "no-such"], &[]).status.code(),
        Some(2)
    );
}

#[test]
fn a_file_that_was_added_is_found_verified_and_its_bad_rows_are_written() {
    let dir = TempDir::new().unwrap();
    fs::write(dir.path().join("NMC-60-abridged.csv"), NMC).unwrap();
    let added = data(dir.path(), &["add", "cow-nmc", "NMC-60-abridged.csv"], &[]);
    let said = text(&added.stdout);
    assert!(added.status.success(), "{}", text(&added.stderr));
    assert!(said.contains("3 rows = 2 used + 1 set aside"), "{said}");
    assert!(said.contains("named no state then"), "{said}");
    let kept = dir
        .path()
        .join("xdg/tertius/cow-nmc/capabilities/NMC-60-abridged.csv");
    assert_eq!(fs::read_to_string(&kept).unwrap(), NMC);
    let verified = data(dir.path(), &["verify", "--set-aside", "aside.csv"], &[]);
    assert!(verified.status.success());
    assert!(text(&verified.stdout).contains("checksum right"));
    let aside = fs::read_to_string(dir.path().join("aside.csv")).unwrap();
    let row = "cow-nmc,capabilities,cow-nmc/capabilities/NMC-60-abridged.csv,3,ccode,set-aside,not-then,817 in 2014\n";
    assert!(aside.ends_with(row), "{aside}");
    // Somebody edits the file: it is no longer the one that was added.
    fs::write(&kept, NMC.replace("1500", "1600")).unwrap();
    let changed = data(dir.path(), &["verify", "cow-nmc"], &[]);
    assert_eq!(changed.status.code(), Some(1));
    assert!(text(&changed.stdout).contains("CHECKSUM WRONG"));
    // A file of something else is not taken.
    fs::write(dir.path().join("other.csv"), "a,b\n1,2\n").unwrap();
    let refused = data(dir.path(), &["add", "atop", "other.csv"], &[]);
    assert_eq!(refused.status.code(), Some(1));
    assert!(text(&refused.stderr).contains("atop_defense"));
    let which = data(dir.path(), &["add", "cow-trade", "other.csv"], &[]);
    assert_eq!(which.status.code(), Some(2));
    assert!(text(&which.stderr).contains("dyads, totals"));
    assert_eq!(
        data(dir.path(), &["verify", "atop"], &[]).status.code(),
        Some(1)
    );
}

#[test]
fn nothing_is_fetched_before_the_terms_are_accepted() {
    let dir = TempDir::new().unwrap();
    let (address, asked) = serve(NMC);
    let url = format!("http://{address}/NMC-60-abridged.csv?download=1");
    let refused = data(dir.path(), &["fetch", "cow-nmc", "--url", &url], &[]);
    assert_eq!(refused.status.code(), Some(2));
    let said = text(&refused.stderr);
    assert!(
        said.contains("free for research with citation") && said.contains("--accept-licence"),
        "{said}"
    );
    assert!(asked.lock().unwrap().is_empty(), "not even asked for");
    let fetched = data(
        dir.path(),
        &["fetch", "cow-nmc", "--url", &url, "--accept-licence"],
        &[],
    );
    assert!(fetched.status.success(), "{}", text(&fetched.stderr));
    let kept = dir
        .path()
        .join("xdg/tertius/cow-nmc/capabilities/NMC-60-abridged.csv");
    assert_eq!(fs::read_to_string(&kept).unwrap(), NMC);
    let note = fs::read_to_string(kept.with_file_name("NMC-60-abridged.csv.origin.json")).unwrap();
    assert!(note.contains(&url), "{note}");
    // What must be downloaded by hand says from where.
    let by_hand = data(dir.path(), &["fetch", "gml-mid", "--accept-licence"], &[]);
    assert_eq!(by_hand.status.code(), Some(2));
    assert!(text(&by_hand.stderr).contains("tertius data add"));
}

#[test]
fn what_comes_and_is_not_of_the_dataset_is_not_kept() {
    let dir = TempDir::new().unwrap();
    let (address, _) = serve("<html><body>Please log in</body></html>");
    let url = format!("http://{address}/NMC.csv");
    let args = ["fetch", "cow-nmc", "--url", &url, "--accept-licence"];
    let fetched = data(dir.path(), &args, &[]);
    assert_eq!(fetched.status.code(), Some(1));
    let place = dir.path().join("xdg/tertius/cow-nmc/capabilities");
    assert_eq!(fs::read_dir(&place).unwrap().count(), 0);
    // Nor does it take the place of what was there.
    fs::write(dir.path().join("NMC.csv"), NMC).unwrap();
    assert!(
        data(dir.path(), &["add", "cow-nmc", "NMC.csv"], &[])
            .status
            .success()
    );
    assert_eq!(data(dir.path(), &args, &[]).status.code(), Some(1));
    assert_eq!(fs::read_to_string(place.join("NMC.csv")).unwrap(), NMC);
    let zeros = "0".repeat(64);
    let wrong = data(
        dir.path(),
        &[&args[..], &["--sha256", &zeros]].concat(),
        &[],
    );
    assert_eq!(wrong.status.code(), Some(1));
    assert!(text(&wrong.stderr).contains("SHA-256"));
}

#[test]
fn a_file_whose_checksum_is_right_is_not_fetched_again() {
    use std::fmt::Write as _;

    use sha2::Digest;
    let dir = TempDir::new().unwrap();
    let (address, asked) = serve(NMC);
    let url = format!("http://{address}/NMC.csv");
    let sum = sha2::Sha256::digest(NMC.as_bytes());
    let sum = sum.iter().fold(String::new(), |mut text, byte| {
        write!(text, "{byte:02X}").unwrap();
        text
    });
    let args = ["fetch", "cow-nmc", "--url", &url, "--accept-licence"];
    let args = [&args[..], &["--sha256", &sum, "--format", "json"]].concat();
    let read = || -> Value {
        let done = data(dir.path(), &args, &[]);
        assert!(done.status.success(), "{}", text(&done.stderr));
        serde_json::from_slice(&done.stdout).unwrap()
    };
    let first = read();
    assert_eq!(first[0]["already_here"], false);
    assert_eq!(
        (&first[0]["rows"], &first[0]["used"]),
        (&3.into(), &2.into())
    );
    assert_eq!(first[0]["reasons"]["not-then"], 1);
    let aside = first[0]["set_aside_file"].as_str().unwrap();
    let aside = fs::read_to_string(dir.path().join(aside)).unwrap();
    assert!(aside.contains("cow-nmc/capabilities/NMC.csv,3,ccode,set-aside,not-then,817 in 2014"));
    assert_eq!(read()[0]["already_here"], true);
    assert_eq!(asked.lock().unwrap().len(), 1);
    // What lies beside a file is no file of the dataset.
    let verified = data(dir.path(), &["verify", "--format", "json"], &[]);
    let verified: Value = serde_json::from_slice(&verified.stdout).unwrap();
    assert_eq!(verified.as_array().unwrap().len(), 1);
    assert_eq!(verified[0]["checksum"], "same");
}

#[test]
fn proxies_of_the_environment_are_honoured() {
    let dir = TempDir::new().unwrap();
    let (proxy, asked) = serve(NMC);
    let url = "http://data.example.invalid/NMC-60-abridged.csv";
    let args = ["fetch", "cow-nmc", "--url", url, "--accept-licence"];
    let fetched = data(
        dir.path(),
        &args,
        &[("HTTP_PROXY", &format!("http://{proxy}"))],
    );
    assert!(fetched.status.success(), "{}", text(&fetched.stderr));
    let asked = asked.lock().unwrap().clone();
    assert!(asked[0].contains("data.example.invalid"), "{asked:?}");
    let without = data(dir.path(), &args, &[]);
    assert_eq!(without.status.code(), Some(1), "the name leads nowhere");
}

#[test]
fn the_data_folder_is_the_one_that_is_named() {
    let dir = TempDir::new().unwrap();
    fs::write(dir.path().join("NMC.csv"), NMC).unwrap();
    let add = |args: &[&str], env: &[(&str, &str)]| {
        let done = data(
            dir.path(),
            &[&["add", "cow-nmc", "NMC.csv"], args].concat(),
            env,
        );
        assert!(done.status.success(), "{}", text(&done.stderr));
    };
    add(&["--data", "named"], &[("TERTIUS_DATA", "env")]);
    assert!(
        dir.path()
            .join("named/cow-nmc/capabilities/NMC.csv")
            .is_file()
    );
    add(&[], &[("TERTIUS_DATA", "env")]);
    assert!(
        dir.path()
            .join("env/cow-nmc/capabilities/NMC.csv")
            .is_file()
    );
}

#[test]
fn every_reason_unit_and_problem_has_its_words_in_both_languages() {
    use tertius::vocabulary::Lang;
    use tertius_data::catalogue::Unit;
    use tertius_data::table::{Cause, FileProblem, Reason};
    let keys = Reason::ALL.iter().map(|r| format!("reason-{r}"));
    let keys = keys.chain(Unit::ALL.iter().map(|u| format!("unit-{}", u.as_str())));
    let keys = keys.chain(FileProblem::IDS.iter().map(|p| format!("problem-{p}")));
    let keys = keys.chain(Cause::IDS.iter().map(|c| format!("cause-{c}")));
    let fetch = tertius_data::fetch::FetchProblem::IDS;
    for key in keys.chain(fetch.iter().map(|p| format!("problem-{p}"))) {
        for lang in [Lang::En, Lang::Zh] {
            assert!(tertius_report::data::has_word(&key, lang), "{lang}: {key}");
        }
    }
}

#[test]
fn a_file_of_another_program_is_named_and_what_to_do_with_it() {
    let dir = tempfile::TempDir::new().unwrap();
    let file = dir.path().join("survey.sav");
    std::fs::write(&file, b"$FL2@(#) SPSS DATA FILE").unwrap();
    let path = file.to_str().unwrap();
    for (lang, words) in [("en", "a file of SPSS"), ("zh", "SPSS 的文件")] {
        let done = data(
            dir.path(),
            &["add", "pew-favourability", path, "--lang", lang],
            &[],
        );
        let said = text(&done.stderr);
        assert!(!done.status.success(), "{said}");
        assert!(said.contains(words) && said.contains("CSV"), "{said}");
    }
}

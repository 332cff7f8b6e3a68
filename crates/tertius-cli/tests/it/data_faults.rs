//! What `tertius data` does with files and places that are not what they should be.

use std::fs;
use std::path::Path;
use std::process::{Command, Output};

use tempfile::TempDir;

const NMC: &str = "\
stateabb,ccode,year,milex,milper,irst,pec,tpop,upop,cinc,version
USA,2,2014,610000000,1500,88174,3000000,317719,200000,.1297402,2021
";

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

fn ended(output: &Output) -> (Option<i32>, String) {
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    (output.status.code(), said)
}

#[test]
fn a_file_of_which_no_row_can_be_used_replaces_nothing() {
    let dir = TempDir::new().unwrap();
    fs::write(dir.path().join("NMC.csv"), NMC).unwrap();
    let add = ["data", "add", "cow-nmc", "NMC.csv"];
    assert!(run(dir.path(), &add, &[]).status.success());
    let header = NMC.lines().next().unwrap().to_owned() + "\n";
    for (text, why) in [
        (header, "no rows"),
        (NMC.replace(",2014,", ",20140101,"), "not one row"),
    ] {
        fs::write(dir.path().join("NMC.csv"), text).unwrap();
        let (code, said) = ended(&run(dir.path(), &add, &[]));
        assert_eq!(code, Some(1));
        assert!(said.contains(why), "{said}");
        let kept = dir.path().join("data/cow-nmc/capabilities/NMC.csv");
        assert_eq!(fs::read_to_string(kept).unwrap(), NMC);
    }
    let odd = NMC.to_owned() + &"XXX,998,2014,1,1,1,1,1,1,.1,2021\n".repeat(3);
    fs::write(dir.path().join("NMC.csv"), odd).unwrap();
    let add = [&add[..], &["--replace"]].concat();
    let (code, said) = ended(&run(dir.path(), &add, &[]));
    assert!(
        code == Some(0) && said.contains("3 rows are set aside"),
        "{said}"
    );
}

/// A file that was put there goes only where that is asked for, and is then named with its checksum; the same file
/// is no other. One that somebody laid into the folder by hand stays.
#[test]
fn a_file_takes_the_place_of_another_only_where_that_is_asked_for() {
    let dir = TempDir::new().unwrap();
    let add = |name: &str, more: &[&str]| {
        let out = run(
            dir.path(),
            &[&["data", "add", "cow-nmc", name], more].concat(),
            &[],
        );
        let told = String::from_utf8(out.stdout.clone()).unwrap();
        (out.status.code(), told, ended(&out).1)
    };
    let sha = |text: &str| tertius_data::table::RawFile::new("x", text).sha256();
    let other = NMC.replace("1500", "1501");
    fs::write(dir.path().join("a.csv"), NMC).unwrap();
    fs::write(dir.path().join("b.csv"), &other).unwrap();
    let kept = dir.path().join("data/cow-nmc/capabilities/a.csv");
    for _ in 0..2 {
        assert_eq!(add("a.csv", &[]).0, Some(0));
    }
    for (lang, word) in [("en", "--replace takes it away"), ("zh", "才会取代")] {
        let (code, _, said) = add("b.csv", &["--lang", lang]);
        assert_eq!(code, Some(2), "{said}");
        assert!(said.contains(word) && said.contains("a.csv"), "{said}");
        assert!(said.contains(&sha(NMC)), "{said}");
        assert_eq!(fs::read_to_string(&kept).unwrap(), NMC);
    }
    let (code, told, said) = add("b.csv", &["--replace"]);
    assert_eq!(code, Some(0), "{said}");
    assert!(
        told.contains("in place of") && told.contains(&sha(NMC)),
        "{told}"
    );
    assert!(!kept.exists());
    // Laid there by hand, without a note.
    fs::remove_dir_all(dir.path().join("data/cow-nmc")).unwrap();
    fs::create_dir_all(dir.path().join("data/capabilities")).unwrap();
    let laid = dir
        .path()
        .join("data/capabilities/cow_nmc_1816_2022.csv.gz");
    fs::write(&laid, NMC).unwrap();
    let (code, told, _) = add("b.csv", &[]);
    assert_eq!(code, Some(0));
    assert!(told.contains("which stays") && laid.exists(), "{told}");
    let (_, told, _) = add("a.csv", &["--replace", "--format", "json"]);
    let told: serde_json::Value = serde_json::from_str(&told).unwrap();
    assert_eq!(told[0]["before"]["sha256"], sha(&other));
    assert_eq!(told[0]["before"]["stays"], false);
}

/// A measure from a file that is not the one described says so in one line, in both languages, and is not held up.
#[test]
fn a_measure_tells_of_a_file_with_another_checksum() {
    let dir = TempDir::new().unwrap();
    fs::create_dir_all(dir.path().join("data/capabilities")).unwrap();
    let rows = NMC.to_owned() + "JPN,740,2014,61000000,250,88174,300000,127719,100000,.035,2021\n";
    let laid = dir
        .path()
        .join("data/capabilities/cow_nmc_1816_2022.csv.gz");
    fs::write(&laid, &rows).unwrap();
    let measure = [
        "measure",
        "asymmetry-cinc",
        "--from",
        "2014",
        "--to",
        "2014",
    ];
    let told = |more: &[&str]| {
        let out = run(dir.path(), &[&measure[..], more].concat(), &[]);
        let table = String::from_utf8(out.stdout.clone()).unwrap();
        assert!(table.contains("2014,USA,JPN,"), "{table}");
        ended(&out)
    };
    let (code, said) = told(&[]);
    assert_eq!(code, Some(0));
    assert!(said.contains("checksum is another"), "{said}");
    assert!(said.contains("`tertius data verify cow-nmc`"), "{said}");
    assert_eq!(said.lines().count(), 1, "{said}");
    assert!(told(&["--lang", "zh"]).1.contains("校验和不同"));
    assert_eq!(told(&["--quiet"]).1, "");
    // One that was added is the one that its note describes, until it is changed.
    fs::write(dir.path().join("NMC.csv"), &rows).unwrap();
    assert_eq!(
        run(dir.path(), &["data", "add", "cow-nmc", "NMC.csv"], &[])
            .status
            .code(),
        Some(0)
    );
    assert_eq!(told(&[]).1, "");
    let own = dir.path().join("data/cow-nmc/capabilities/NMC.csv");
    fs::write(&own, rows.replace("250", "251")).unwrap();
    assert!(told(&[]).1.contains("checksum is another"));
}

#[test]
fn verify_tells_the_checksum_of_what_it_cannot_read_and_spares_its_input() {
    let dir = TempDir::new().unwrap();
    assert_eq!(
        run(dir.path(), &["data", "verify"], &[]).status.code(),
        Some(2)
    );
    fs::write(dir.path().join("NMC.csv"), NMC).unwrap();
    run(dir.path(), &["data", "add", "cow-nmc", "NMC.csv"], &[]);
    let kept = "data/cow-nmc/capabilities/NMC.csv";
    let args = ["data", "verify", "--set-aside", kept];
    let (code, said) = ended(&run(dir.path(), &args, &[]));
    assert!(
        code == Some(2) && said.contains("is read in this run"),
        "{said}"
    );
    assert_eq!(fs::read_to_string(dir.path().join(kept)).unwrap(), NMC);
    fs::write(dir.path().join(kept), b"\xff\xfeU\0").unwrap();
    let args = ["data", "verify", "--lang", "zh"];
    let verified = run(dir.path(), &args, &[]);
    let said = String::from_utf8_lossy(&verified.stdout).into_owned();
    assert_eq!(verified.status.code(), Some(1));
    assert!(
        said.contains("校验和不符") && said.contains("请另存为 UTF-8"),
        "{said}"
    );
}

#[test]
fn votes_of_ones_own_are_not_written_over() {
    let dir = TempDir::new().unwrap();
    let votes = "rcid,session,ccode,vote,date\n1,1,2,1,1946-01-01\n1,1,200,3,1946-01-01\n";
    fs::write(dir.path().join("v.csv"), votes).unwrap();
    let args = [
        "measure",
        "similarity",
        "--votes",
        "v.csv",
        "--out",
        "./v.csv",
    ];
    assert_eq!(ended(&run(dir.path(), &args, &[])).0, Some(2));
    assert_eq!(fs::read_to_string(dir.path().join("v.csv")).unwrap(), votes);
}

#[cfg(feature = "fetch")]
#[test]
fn what_was_asked_wrongly_of_a_download_ends_in_2() {
    let dir = TempDir::new().unwrap();
    let fetch = |url: &str, env: &[(&str, &str)]| {
        let args = ["data", "fetch", "cow-nmc", "--accept-licence", "--url", url];
        ended(&run(dir.path(), &args, env))
    };
    let dead = "http://127.0.0.1:9/NMC.csv";
    for proxy in ["socks5://127.0.0.1:9", "http://", "no such:proxy"] {
        let (code, said) = fetch(dead, &[("ALL_PROXY", proxy)]);
        assert!(
            code == Some(2) && said.contains("ALL_PROXY"),
            "{proxy}: {said}"
        );
    }
    let (code, said) = fetch("not an address", &[]);
    assert!(code == Some(2) && !said.contains("kept"), "{said}");
    let (code, said) = fetch(dead, &[]);
    assert!(code == Some(1) && !said.contains("kept"), "{said}");
    assert!(!dir.path().join("data").exists());
    fs::write(dir.path().join("data"), "a file").unwrap();
    assert_eq!(fetch(dead, &[]).0, Some(2));
}

/// Eighty columns hold the list, in both languages: a wide character takes two.
#[test]
fn the_list_of_datasets_fits_a_screen() {
    let dir = TempDir::new().unwrap();
    for lang in ["en", "zh"] {
        let out = run(
            dir.path(),
            &["data", "list", "--lang", lang],
            &[("COLUMNS", "80")],
        );
        let told = String::from_utf8(out.stdout).unwrap();
        // The folder's path is as long as it is.
        for line in told.lines().filter(|l| !l.contains("data")) {
            assert!(tertius_report::terminal::columns(line) <= 80, "{line}");
        }
        assert!(told.lines().count() > tertius_data::catalogue::CATALOGUE.len());
    }
}

/// One file with every fault that a downloaded table may have: each is named with its row, counted and written out,
/// rows in = rows used + rows set aside, and what is missing is no zero.
#[test]
fn rows_of_bad_input_are_named_and_what_is_missing_is_no_zero() {
    let dir = TempDir::new().unwrap();
    let trade = "\
ccode1,ccode2,year,flow1,flow2,smoothflow1,smoothflow2
2,740,2000,100,60,100,60
2,740,2001,-9,70,-9,70
2,740,2002,-5,70,-5,70
2,740,2003,110,70,110,70
740,2,2003,70,110,70,110
2,2003,740,110,70,110,70
2,255,1960,110,70,110,70
2,2,2004,1,1,1,1
2,740,2007,1
";
    let totals =
        "ccode,year,imports,exports\n740,2000,1000,900\n740,2001,1000,900\n740,2003,-9,900\n";
    fs::write(dir.path().join("trade.csv"), trade).unwrap();
    fs::write(dir.path().join("totals.csv"), totals).unwrap();
    let add = |file: &str, part: &str| {
        let args = [
            "data",
            "add",
            "cow-trade",
            file,
            "--part",
            part,
            "--format",
            "json",
        ];
        let out = run(dir.path(), &args, &[]);
        assert!(out.status.success(), "{}", ended(&out).1);
        let told: serde_json::Value = serde_json::from_slice(&out.stdout).unwrap();
        told[0].clone()
    };
    let told = add("trade.csv", "dyads");
    let number = |key: &str| told[key].as_u64().unwrap();
    assert_eq!(number("rows"), number("used") + number("set_aside"));
    assert_eq!((number("rows"), number("set_aside")), (9, 6));
    let rows = fs::read_to_string(told["set_aside_file"].as_str().unwrap()).unwrap();
    for (row, reason) in [
        (4, "negative"),
        (6, "duplicate"),
        (7, "out-of-range"),
        (8, "not-then"),
        (9, "self-dyad"),
        (10, "ragged"),
    ] {
        let named = rows
            .lines()
            .filter(|l| l.contains(&format!("trade.csv,{row},")));
        let named: Vec<&str> = named.collect();
        assert!(
            named.len() == 1 && named[0].contains(reason),
            "{row}: {rows}"
        );
    }
    assert_eq!(add("totals.csv", "totals")["set_aside"], 0);
    let out = run(
        dir.path(),
        &["measure", "trade-stake", "--from", "2000", "--to", "2003"],
        &[],
    );
    let table = String::from_utf8(out.stdout).unwrap();
    // Both flows over all trade of Japan, of the one year that has every number.
    let expected = format!("2000,JPN,USA,{}", 160.0_f64 / 1900.0);
    let lines: Vec<&str> = table.lines().skip(1).collect();
    assert!(
        lines.len() == 1 && lines[0][..20] == expected[..20],
        "{table}"
    );
}

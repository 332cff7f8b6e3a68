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
    for text in [header, NMC.replace(",2014,", ",20140101,")] {
        fs::write(dir.path().join("NMC.csv"), text).unwrap();
        let (code, said) = ended(&run(dir.path(), &add, &[]));
        assert_eq!(code, Some(1));
        assert!(said.contains("not one row"), "{said}");
        let kept = dir.path().join("data/cow-nmc/capabilities/NMC.csv");
        assert_eq!(fs::read_to_string(kept).unwrap(), NMC);
    }
    let odd = NMC.to_owned() + &"XXX,998,2014,1,1,1,1,1,1,.1,2021\n".repeat(3);
    fs::write(dir.path().join("NMC.csv"), odd).unwrap();
    let (code, said) = ended(&run(dir.path(), &add, &[]));
    assert!(
        code == Some(0) && said.contains("3 rows are set aside"),
        "{said}"
    );
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

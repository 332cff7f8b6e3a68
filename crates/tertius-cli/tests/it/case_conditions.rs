//! Conditions of the bundled case that public data measure, computed again from that data.

use std::path::{Path, PathBuf};
use std::process::Command;

use tempfile::TempDir;

use crate::measure::data;
use crate::skip::{program, skipped, tertius};

const CAPABILITIES: &str = "capabilities/cow_nmc_1816_2022.csv.gz";

const TABLES: [&str; 7] = [
    "asymmetry",
    "asymmetry_gdp",
    "commitment",
    "dependence",
    "patron_decline",
    "relation_measured",
    "trade_stake",
];

/// Shares of the system's capabilities: `year,United States,Japan`, one year a line.
const DUMP: &str = "
import csv, gzip, sys
share = {}
for row in csv.DictReader(gzip.open(sys.argv[1], 'rt')):
    share[row['ccode'], row['year']] = row['cinc']
for (state, year), value in share.items():
    if state == '2' and ('740', year) in share and int(year) > 2000:
        print(year, value, share['740', year], sep=',')
";

fn case() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../cases/japan-russia")
}

/// The folder of public data and a Python; or said by name what is skipped.
fn needed(what: &str) -> Option<(PathBuf, String)> {
    let data = data(what)?;
    if !data.join(CAPABILITIES).exists() {
        skipped(
            what,
            "put the datasets of `tertius data list` into TERTIUS_DATA",
        );
        return None;
    }
    let python = program(&["python3", "python"]);
    if python.is_none() {
        skipped(what, "install Python 3");
    }
    Some((data, python?))
}

fn output(command: &mut Command) -> String {
    let done = command.output().unwrap();
    let said = String::from_utf8_lossy(&done.stderr);
    assert!(done.status.success(), "{said}");
    String::from_utf8(done.stdout).unwrap()
}

/// Every value, bound and day of knowledge, and the rows by hand that follow where the data end.
#[test]
fn the_conditions_that_data_measure_come_out_again() {
    let Some((data, python)) = needed("conditions of the case, computed again") else {
        return;
    };
    let out = TempDir::new().unwrap();
    let script = case().join("how/conditions.py");
    output(
        Command::new(python)
            .arg(script)
            .arg(tertius())
            .arg(out.path())
            .env("TERTIUS_DATA", &data),
    );
    let mut rows = 0;
    for name in TABLES {
        let file = format!("{name}.csv");
        let read = |folder: &Path| std::fs::read_to_string(folder.join(&file)).unwrap();
        let (found, of_case) = (read(out.path()), read(&case().join("series")));
        assert_eq!(found, of_case, "{name}");
        rows += found.lines().count() - 1;
    }
    assert!(rows > 200, "{rows}");
    println!("FIGURE conditions of the case from public data: {rows} rows come out again");
}

/// Asymmetry written anew here: the patron's share of what the two have together.
#[test]
fn asymmetry_is_the_patrons_share_of_both() {
    let Some((data, python)) = needed("asymmetry of the case, written anew") else {
        return;
    };
    let file = data.join(CAPABILITIES);
    let dump = output(Command::new(python).args(["-c", DUMP]).arg(file));
    let text = std::fs::read_to_string(case().join("series/asymmetry.csv")).unwrap();
    let mut compared = 0;
    for line in text.lines().skip(1) {
        let cells: Vec<&str> = line.split(',').collect();
        let of_year = dump.lines().find(|l| l.starts_with(cells[0]));
        let [patron, ally] = {
            let mut both = of_year.unwrap().split(',').skip(1);
            [(); 2].map(|()| both.next().unwrap().parse::<f64>().unwrap())
        };
        // Written with six decimals.
        let off = cells[1].parse::<f64>().unwrap() - patron / (patron + ally);
        assert!(off.abs() < 6e-7, "{line}");
        // Known two years after its own ends.
        let known = cells[0].parse::<i32>().unwrap() + 2;
        assert_eq!(cells[5], format!("{known}-12-31"), "{line}");
        compared += 1;
    }
    assert_eq!(compared, 15);
}

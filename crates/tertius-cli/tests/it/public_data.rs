//! Series of the bundled case that were computed from public data, computed again from that data.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::Command;

use tempfile::TempDir;

use crate::skip::skipped;

const VOTES: &str = "un_votes/un_votes_1946_2024.parquet";

/// Roll calls of the triad and Ukraine, by COW number: `year,roll call,state,vote`, one a line.
const DUMP: &str = "
import sys
import pyarrow.parquet as pq
rows = pq.read_table(sys.argv[1], columns=['resid', 'date', 'ccode', 'vote']).to_pydict()
for resid, date, state, vote in zip(*(rows[k] for k in ['resid', 'date', 'ccode', 'vote'])):
    if int(state) in (2, 365, 369, 740) and vote in (1, 2, 3):
        print(str(date)[:4], resid, int(state), int(vote), sep=',')
";

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

/// A Python that reads parquet: the one of `target/python`, or the machine's.
fn python() -> Option<PathBuf> {
    let own = root().join("target/python/bin/python");
    [own, PathBuf::from("python3")].into_iter().find(|p| {
        let asked = Command::new(p)
            .args(["-c", "import pyarrow.parquet"])
            .output();
        asked.is_ok_and(|o| o.status.success())
    })
}

/// Whether all three of the triad voted, and patron and rival differently.
fn is_parted(votes: &BTreeMap<&str, f64>) -> bool {
    votes.contains_key("740")
        && votes.contains_key("2")
        && votes.contains_key("365")
        && votes["2"] != votes["365"]
}

/// The public data and a Python to read it with; or said by name what is skipped.
fn votes() -> Option<(PathBuf, PathBuf)> {
    let what = "agreement in the United Nations, computed again";
    let data = std::env::var_os("TERTIUS_DATA").map(|d| Path::new(&d).join(VOTES));
    let Some(file) = data.filter(|f| f.exists()) else {
        let remedy = format!(
            "set TERTIUS_DATA to a folder that holds {VOTES} (roll calls of Voeten, Strezhnev and Bailey, hdl:1902.1/12379)"
        );
        skipped(what, &remedy);
        return None;
    };
    match python() {
        Some(python) => Some((file, python)),
        None => {
            skipped(what, "pip install pyarrow");
            None
        }
    }
}

/// A series of the case: by year, value, bounds and n as they are written.
fn series(folder: &Path, name: &str) -> BTreeMap<i32, [String; 4]> {
    let text = std::fs::read_to_string(folder.join(format!("{name}.csv"))).unwrap();
    let mut lines = text.lines();
    assert_eq!(
        lines.next(),
        Some("period,value,low,high,n,known_from,sources,note")
    );
    let one = |line: &str| {
        let cells: Vec<&str> = line.split(',').collect();
        (
            cells[0].parse().unwrap(),
            [1, 2, 3, 4].map(|i| cells[i].to_owned()),
        )
    };
    lines.map(one).collect()
}

const NAMES: [&str; 4] = [
    "un_agreement_jpn_usa",
    "un_agreement_jpn_rus",
    "un_agreement_usa_rus",
    "un_agreement_contested",
];

/// Written anew here: S of pairs (1 − Σ|a − b| / n on votes 1 to 3), the contested share with its Wilson
/// bounds (z of a 90 % interval), and how many roll calls each rests on.
#[test]
fn agreement_in_the_united_nations_comes_out_again() {
    let Some((file, python)) = votes() else {
        return;
    };
    let dump = Command::new(python)
        .args(["-c", DUMP])
        .arg(file)
        .output()
        .unwrap();
    assert!(
        dump.status.success(),
        "{}",
        String::from_utf8_lossy(&dump.stderr)
    );
    let text = String::from_utf8(dump.stdout).unwrap();
    let mut calls: BTreeMap<(i32, &str), BTreeMap<&str, f64>> = BTreeMap::new();
    for line in text.lines() {
        let cells: Vec<&str> = line.split(',').collect();
        let call = calls
            .entry((cells[0].parse().unwrap(), cells[1]))
            .or_default();
        call.insert(cells[2], cells[3].parse().unwrap());
    }
    let of_case = root().join("cases/japan-russia/series");
    let mut compared = 0;
    for (name, pair) in NAMES
        .iter()
        .zip([["740", "2"], ["740", "365"], ["2", "365"]])
    {
        for (year, [value, _, _, n]) in series(&of_case, name) {
            let of_year = calls.iter().filter(|((y, _), _)| *y == year);
            let both: Vec<f64> = of_year
                .filter_map(|(_, v)| Some((v.get(pair[0])? - v.get(pair[1])?).abs()))
                .collect();
            let s = 1.0 - both.iter().sum::<f64>() / both.len() as f64;
            assert_eq!(n, both.len().to_string(), "{name} {year}");
            // Written with six decimals.
            let off = (value.parse::<f64>().unwrap() - s).abs();
            assert!(off < 6e-7, "{name} {year}: {value}, not {s}");
            compared += 1;
        }
    }
    for (year, [value, low, high, n]) in series(&of_case, NAMES[3]) {
        let of_year = calls.iter().filter(|((y, _), _)| *y == year);
        let parted: Vec<&BTreeMap<&str, f64>> =
            of_year.map(|(_, v)| v).filter(|v| is_parted(v)).collect();
        let with = parted.iter().filter(|v| v["740"] == v["2"]).count() as f64;
        let (m, z) = (parted.len() as f64, 1.644_853_626_951_472_2f64);
        let share = with / m;
        let centre = (share + z * z / (2.0 * m)) / (1.0 + z * z / m);
        let half =
            z * (share * (1.0 - share) / m + z * z / (4.0 * m * m)).sqrt() / (1.0 + z * z / m);
        assert_eq!(n, parted.len().to_string(), "contested {year}");
        for (written, found) in [(value, share), (low, centre - half), (high, centre + half)] {
            let off = (written.parse::<f64>().unwrap() - found).abs();
            assert!(off < 6e-7, "contested {year}: {written}, not {found}");
        }
        compared += 1;
    }
    for (year, [value, low, high, n]) in series(&of_case, "un_side") {
        let of_year = calls.iter().filter(|((y, _), _)| *y == year);
        let of_year = of_year.map(|(_, v)| v);
        // Votes of Ukraine and the United States against Russia: Japan's are steps toward Russia.
        let against = |v: &BTreeMap<&str, f64>| {
            ["369", "2", "365"].map(|s| v.get(s).copied()) == [Some(1.0), Some(1.0), Some(3.0)]
        };
        let parted = of_year.filter(|v| is_parted(v) && !against(v));
        let sides: Vec<f64> = parted
            .map(|v| match v["740"] {
                x if x == v["2"] => 0.0,
                x if x == v["365"] => 1.0,
                _ => 0.5,
            })
            .collect();
        let m = sides.len() as f64;
        let mean = sides.iter().sum::<f64>() / m;
        let variance = sides.iter().map(|x| (x - mean).powi(2)).sum::<f64>() / (m - 1.0);
        let half = 1.644_853_626_951_472_2 * (variance / m).sqrt();
        assert_eq!(n, sides.len().to_string(), "side {year}");
        for (written, found) in [(value, mean), (low, mean - half), (high, mean + half)] {
            let off = (written.parse::<f64>().unwrap() - found).abs();
            assert!(off < 6e-7, "side {year}: {written}, not {found}");
        }
        compared += 1;
    }
    println!(
        "FIGURE agreement in the United Nations: {compared} values of the case come out again"
    );
    assert_eq!(compared, 70);
}

/// The script that the case names writes what the case holds, bootstrap bounds too.
#[test]
fn the_script_of_the_case_writes_its_series() {
    let Some((file, python)) = votes() else {
        return;
    };
    let out = TempDir::new().unwrap();
    let script = root().join("cases/japan-russia/how/un_agreement.py");
    let ran = Command::new(python)
        .arg(script)
        .arg(file)
        .arg(out.path())
        .output()
        .unwrap();
    assert!(
        ran.status.success(),
        "{}",
        String::from_utf8_lossy(&ran.stderr)
    );
    for name in NAMES.into_iter().chain(["un_side"]) {
        let of_case = series(&root().join("cases/japan-russia/series"), name);
        assert_eq!(series(out.path(), name), of_case, "{name}");
    }
}

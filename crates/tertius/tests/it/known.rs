//! Nothing that a month rests on was known only in it or later.

use std::fs;
use std::path::{Path, PathBuf};

use rand::{RngExt, SeedableRng};
use rand_chacha::ChaCha8Rng;
use tertius::interests::baseline::Baselines;
use tertius::interests::month::{MonthInterests, RuleRun, interests_of, rule_over_time};
use tertius::interests::paths::Paths;
use tertius::interests::rule::RuleOptions;
use tertius::interests::{InterestOptions, Measured};
use tertius::record::{Cited, MemoryFiles, Record, load};
use tertius::vocabulary::Month;

fn files(folder: &Path, under: &str, into: &mut MemoryFiles) {
    for entry in fs::read_dir(folder).unwrap() {
        let path: PathBuf = entry.unwrap().path();
        let name = format!("{under}{}", path.file_name().unwrap().to_str().unwrap());
        if path.is_dir() {
            files(&path, &format!("{name}/"), into);
        } else {
            into.insert(name, fs::read(&path).unwrap());
        }
    }
}

/// The bundled case, with a third of its acts and positions known only some months or years after their date.
fn known_late() -> Record {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../cases/japan-russia");
    let mut memory = MemoryFiles::default();
    files(&folder, "", &mut memory);
    let mut random = ChaCha8Rng::seed_from_u64(3);
    let first: Month = "2012-01".parse().unwrap();
    for name in ["acts.csv", "positions.csv"] {
        let mut table = csv::Reader::from_path(folder.join(name)).unwrap();
        let head = table.headers().unwrap().clone();
        let known = head.iter().position(|c| c == "known_from").unwrap();
        let mut out = csv::Writer::from_writer(Vec::new());
        out.write_record(&head).unwrap();
        for row in table.records() {
            let mut cells: Vec<String> = row.unwrap().iter().map(str::to_owned).collect();
            let late = (first + random.random_range(0..141)).last_day().to_string();
            // A row is never known before its date; texts of dates compare as dates do.
            if random.random_bool(0.33)
                && late.as_str() > cells[1].as_str()
                && cells[known].is_empty()
            {
                cells[known] = late;
            }
            out.write_record(&cells).unwrap();
        }
        memory.insert(name, out.into_inner().unwrap());
    }
    let (record, problems) = load(&memory, None);
    record.unwrap_or_else(|| panic!("{problems:?}"))
}

/// Interests and rule of every month, without what is for display.
fn found(record: &Record) -> Vec<(MonthInterests, RuleRun)> {
    let options = InterestOptions::default();
    let paths = Paths::of(record, &options.posture);
    let baselines = Baselines::of(record);
    let months = record.case.span.months();
    let interests: Vec<MonthInterests> = months
        .map(|m| interests_of(record, &paths, &baselines, m, &options))
        .collect();
    let rule = rule_over_time(
        record,
        &interests,
        &RuleOptions::default(),
        &options.posture,
    );
    let bare = |mut i: MonthInterests| {
        i.in_hindsight.clear();
        i
    };
    interests.into_iter().map(bare).zip(rule).collect()
}

/// Everything that a month is measured by; none is not a number.
fn numbers((i, rule): &(MonthInterests, RuleRun)) -> Vec<f64> {
    let none = f64::NAN;
    let of = |m: Option<Measured>| m.map_or([none; 3], |m| [m.mid, m.low, m.high]);
    let mut all: Vec<f64> = Vec::new();
    for x in &i.issues {
        for side in [&x.ally, &x.patron, &x.expected] {
            let side = side.as_ref();
            all.extend(side.map_or([none; 3], |p| [p.centre, p.sd, p.salience]));
        }
        all.push(x.covariance);
    }
    all.extend(of(i.rival.as_ref().map(|o| o.divergence)));
    all.extend(of(i.congruence));
    all.extend(of(i.ambition));
    for name in [
        "asymmetry",
        "dependence",
        "capacity",
        "patron_rival_relation",
    ] {
        all.extend(of(i.conditions.get(name)));
    }
    let acts = rule.acts;
    all.push(acts.contact_rises.unwrap_or(none));
    all.extend([acts.concession, acts.brokerage].map(|b| f64::from(u8::from(b))));
    all
}

/// Equal but for rounding: rows enter a sum in another order where some are gone.
fn same(x: f64, y: f64) -> bool {
    (x - y).abs() < 1e-9 || (x.is_nan() && y.is_nan())
}

/// A third of the rows of the bundled case, those before its first month too, become known years late. What is known
/// from a month on is then turned round or taken out: no month up to that one may move, and some later one must.
#[test]
fn what_was_not_known_before_a_month_moves_nothing_of_it() {
    let record = known_late();
    let before = found(&record);
    for at in ["2013-06", "2015-01", "2017-09", "2021-03"] {
        let cut: Month = at.parse().unwrap();
        let late = |c: &Cited| c.known_from >= cut.first_day();
        let mut other = record.clone();
        for p in other.positions.iter_mut().filter(|p| late(&p.cited)) {
            p.value = -p.value;
            p.salience = 1.0 - p.salience;
        }
        other.behaviours.retain(|b| !late(&b.cited));
        other.surroundings.retain(|s| !late(&s.cited));
        for series in &mut other.series {
            series.values.retain(|v| v.known_from < cut.first_day());
        }
        let after = found(&other);
        let cut_at = before.iter().position(|(i, _)| i.month == cut).unwrap();
        for (a, b) in before.iter().zip(&after).take(cut_at + 1) {
            let month = a.0.month;
            for (k, (x, y)) in numbers(a).iter().zip(numbers(b)).enumerate() {
                assert!(same(*x, y), "{at} moves number {k} of {month}: {x} to {y}");
            }
            assert_eq!(a.1.expected.labels, b.1.expected.labels, "{at}: {month}");
        }
        let last = |all: &[(MonthInterests, RuleRun)]| numbers(all.last().unwrap());
        let moved = last(&before)
            .iter()
            .zip(last(&after))
            .any(|(x, y)| !same(*x, y));
        assert!(moved, "{at}: what comes later changes nothing at all");
    }
}

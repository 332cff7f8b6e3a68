//! Files made to be wrong: every bad row is named with its reason, and no file brings the program down.

use std::io::Write;

use proptest::prelude::*;
use tertius::vocabulary::Observed;
use tertius_data::catalogue::CATALOGUE;
use tertius_data::datasets::{atop, cow_nmc, cow_trade, gml_mid, sipri};
use tertius_data::dyads::Directed;
use tertius_data::states::States;
use tertius_data::table::{FileProblem, RawFile, Reason};

use crate::support::public;

fn gz(text: &[u8]) -> Vec<u8> {
    let mut packed = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
    packed.write_all(text).unwrap();
    packed.finish().unwrap()
}

const NMC: &str = "\
stateabb,ccode,year,milex,milper,irst,pec,tpop,upop,cinc,version
USA,2,2014,610000000,1500,88174,3000000,317719,200000,.1297402,2021
JPN,740,2014,45867000,247,110666,700000,126795,90000,.0335761,2021
";

#[test]
fn the_publishers_form_with_other_columns_is_read() {
    let (years, account) = cow_nmc::read(&RawFile::new("NMC-60-abridged.csv", NMC)).unwrap();
    assert_eq!((account.rows, account.used), (2, 2));
    let japan = States::bundled().by_key("japan").unwrap();
    assert_eq!(
        years.value(japan, 2014, |c| c.cinc),
        Observed::Observed(0.0335761)
    );
    assert_eq!(
        years.value(japan, 2015, |c| c.cinc),
        Observed::OutsideCoverage
    );
}

#[test]
fn minus_nine_is_missing_and_never_a_number() {
    let text = NMC
        .replace("45867000", "-9")
        .replace("110666", "-9")
        .replace(".0335761", "-9");
    let (years, account) = cow_nmc::read(&RawFile::new("nmc.csv", text)).unwrap();
    assert_eq!(account.aside, []);
    let japan = States::bundled().by_key("japan").unwrap();
    assert_eq!(years.value(japan, 2014, |c| c.milex), Observed::Missing);
    assert_eq!(years.value(japan, 2014, |c| c.irst), Observed::Missing);
    assert_eq!(years.value(japan, 2014, |c| c.cinc), Observed::Missing);
}

#[test]
fn every_kind_of_bad_row_is_set_aside_with_its_reason() {
    let mut text = NMC.as_bytes().to_vec();
    let bad: [(&[u8], &str, Reason); 12] = [
        // A year in the wrong column.
        (
            b"GER,2014,255,1,1,1,1,1,1,.1,2021",
            "ccode",
            Reason::OutOfRange,
        ),
        (
            b"GMY,255,20014,1,1,1,1,1,1,.1,2021",
            "year",
            Reason::OutOfRange,
        ),
        // A number that names no state then, one that names none ever, and a state that was no member then.
        (
            b"RVN,817,2014,1,1,1,1,1,1,.1,2021",
            "ccode",
            Reason::NotThen,
        ),
        (
            b"XXX,998,2014,1,1,1,1,1,1,.1,2021",
            "ccode",
            Reason::UnknownCode,
        ),
        (
            b"UKR,369,1950,1,1,1,1,1,1,.1,2021",
            "ccode",
            Reason::NotAMember,
        ),
        (b"USA,2,2014,1,1,1,1,1,1,.1,2021", "year", Reason::Duplicate),
        (
            b"FRN,220,2014,-5,1,1,1,1,1,.1,2021",
            "milex",
            Reason::Negative,
        ),
        (
            b"FRN,220,2014,1,1,1,1,1,1,1.7,2021",
            "cinc",
            Reason::OutOfRange,
        ),
        (
            b"FRN,220,2014,many,1,1,1,1,1,.1,2021",
            "milex",
            Reason::NotANumber,
        ),
        (
            b"FRN,220,2014,\xe9,1,1,1,1,1,.1,2021",
            "milex",
            Reason::NotUtf8,
        ),
        (b"FRN,220,2014,1,1,1", "", Reason::Ragged),
        (b"FRN,,2014,1,1,1,1,1,1,.1,2021", "ccode", Reason::Empty),
    ];
    for (row, _, _) in bad {
        text.extend_from_slice(row);
        text.push(b'\n');
    }
    // Latin-1 in a column that nobody reads harms nothing.
    text.extend_from_slice(b"C\xd4TE,437,2014,1,1,1,1,1,1,.1,2021\n");
    let (years, account) = cow_nmc::read(&RawFile::new("nmc.csv", text)).unwrap();
    assert_eq!((account.rows, account.used), (15, 3));
    assert!(account.balances());
    let found: Vec<_> = account
        .aside
        .iter()
        .map(|a| (a.row, a.column, a.reason))
        .collect();
    let meant: Vec<_> = bad
        .iter()
        .enumerate()
        .map(|(i, b)| (i as u64 + 4, b.1, b.2))
        .collect();
    assert_eq!(found, meant);
    assert_eq!(years.len(), 3);
}

#[test]
fn a_quotation_mark_that_nobody_closed_is_told() {
    let text =
        format!("{NMC}FRN,\"220,2014,1,1,1,1,1,1,.1,2021\nUKG,200,2014,1,1,1,1,1,1,.1,2021\n");
    let (_, account) = cow_nmc::read(&RawFile::new("nmc.csv", text)).unwrap();
    assert_eq!(account.aside.len(), 1);
    let aside = account.aside.first().unwrap();
    assert_eq!(
        (aside.row, aside.reason, aside.value.as_str()),
        (4, Reason::OpenQuote, "2 lines")
    );
    // The row after it is no part of it.
    assert_eq!((account.rows, account.used), (4, 3));
}

#[test]
fn files_that_are_not_what_they_should_be_are_refused_whole() {
    let id = |bytes: &[u8]| {
        cow_nmc::read(&RawFile::new("f", bytes))
            .err()
            .map(|e| e.id())
    };
    let packed = gz(NMC.as_bytes());
    assert_eq!(id(&packed), None);
    assert_eq!(
        id(&packed[..packed.len() - 9]),
        Some("damaged"),
        "gzip cut short"
    );
    assert_eq!(id(&packed[..20]), Some("damaged"));
    assert_eq!(id(b"ccode,year,vote\n2,2014,1\n"), Some("other-schema"));
    assert_eq!(id(b""), Some("no-table"));
    assert_eq!(id(b"\xff\xfec\0c\0o\0d\0e\0"), Some("no-table"));
    assert_eq!(id(b"PAR1 and nothing more"), Some("bad-parquet"));
    assert_eq!(id(b"PK\x03\x04 and nothing more"), Some("damaged"));
    let problem =
        cow_nmc::read(&RawFile::new("votes.csv", "ccode,year,vote\n2,2014,1\n")).unwrap_err();
    let FileProblem::OtherSchema { missing, found, .. } = &problem else {
        panic!("{problem}")
    };
    assert!(missing.contains(&"cinc".to_owned()) && found.contains(&"vote".to_owned()));
    let gone = RawFile::open(std::path::Path::new("no/such/file.csv")).unwrap_err();
    assert_eq!(gone.id(), "not-opened");
}

#[test]
fn what_a_spreadsheet_writes_is_understood() {
    let semicolons = NMC.replace(',', ";").replace('\n', "\r\n");
    let with_mark = format!("\u{feff}{semicolons}");
    let (_, account) = cow_nmc::read(&RawFile::new("nmc.csv", with_mark)).unwrap();
    assert_eq!(account.used, 2);
    let tabs = NMC.replace(',', "\t");
    assert_eq!(
        cow_nmc::read(&RawFile::new("nmc.tab", tabs))
            .unwrap()
            .1
            .used,
        2
    );
}

#[test]
fn of_the_tables_in_a_zip_the_one_with_the_columns_is_read() {
    let zipped = |tables: &[(&str, &str)]| {
        let mut archive = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
        for (name, text) in tables {
            let options = zip::write::SimpleFileOptions::default();
            archive.start_file(*name, options).unwrap();
            archive.write_all(text.as_bytes()).unwrap();
        }
        RawFile::new("nmc.zip", archive.finish().unwrap().into_inner())
    };
    let other = (
        "NMC/supplement.csv",
        "ccode,year,milexsource\n2,2014,SIPRI\n",
    );
    let table = ("NMC/NMC-60-abridged.csv", NMC);
    let fine = zipped(&[
        other,
        table,
        ("codebook.pdf", "%PDF"),
        ("__MACOSX/._NMC.csv", "x"),
    ]);
    assert_eq!(cow_nmc::read(&fine).unwrap().1.used, 2);
    let two = cow_nmc::read(&zipped(&[table, ("again.csv", NMC)])).unwrap_err();
    // One table that is not of the dataset is told by its columns, none at all by their absence.
    let wrong = cow_nmc::read(&zipped(&[other, ("codebook.pdf", "%PDF")])).unwrap_err();
    let none = cow_nmc::read(&zipped(&[("codebook.pdf", "%PDF")])).unwrap_err();
    let ids = [two.id(), wrong.id(), none.id()];
    assert_eq!(ids, ["not-one-table", "other-schema", "not-one-table"]);
}

#[test]
fn a_parquet_of_another_schema_is_refused() {
    let Some(file) = public("igos/cow_shared_igos_dyad_year.parquet") else {
        return;
    };
    let problem = atop::read(&file).unwrap_err();
    assert_eq!(problem.id(), "other-schema");
    assert!(problem.to_string().contains("atop_defense"), "{problem}");
    // And one that is cut short or scratched: never a panic, whatever it is.
    for cut in [4, 100, file.bytes.len() / 2, file.bytes.len() - 1] {
        let cut = RawFile::new("cut.parquet", &file.bytes[..cut]);
        assert!(tertius_data::datasets::igos::read(&cut).is_err());
    }
}

#[test]
fn trade_that_is_negative_is_set_aside_and_minus_nine_is_missing() {
    let text = "ccode1,ccode2,year,flow1,flow2,smoothflow1,smoothflow2\n\
                2,740,2010,120000,60000,120000,60000\n\
                2,365,2010,-9,5000,-9,5000\n\
                740,365,2010,-3,1,1,1\n\
                740,2,2010,1,1,1,1\n\
                740,740,2010,1,1,1,1\n";
    let (trade, account) = cow_trade::read(&RawFile::new("Dyadic_COW_4.0.csv", text)).unwrap();
    let why: Vec<_> = account.aside.iter().map(|a| (a.row, a.reason)).collect();
    // The fourth is the first pair the other way round: one pair has one row.
    assert_eq!(
        why,
        [
            (4, Reason::Negative),
            (5, Reason::Duplicate),
            (6, Reason::SelfDyad)
        ]
    );
    let states = States::bundled();
    let way = |a: &str, b: &str| {
        Directed::new(states.by_key(a).unwrap(), states.by_key(b).unwrap()).unwrap()
    };
    let flow = |from: &str, to: &str, year| cow_trade::flow(&trade, way(from, to), year);
    assert_eq!(
        flow("japan", "united-states", 2010),
        Observed::Observed(120_000.0)
    );
    assert_eq!(
        flow("united-states", "japan", 2010),
        Observed::Observed(60_000.0)
    );
    assert_eq!(flow("russia", "united-states", 2010), Observed::Missing);
    assert_eq!(
        flow("united-states", "russia", 2010),
        Observed::Observed(5_000.0)
    );
    assert_eq!(
        flow("japan", "united-states", 2020),
        Observed::OutsideCoverage
    );
}

#[test]
fn a_zero_that_a_spreadsheet_made_of_a_gap_is_a_gap() {
    let text = "country,year,const2023_musd,current_musd,share_gdp\n\
                \"Korea, North\",1999,,0.0,\n\
                Russia,1992,47565.8,0.0,0.044\n\
                Japan,1992,40000,38000,0.009\n\
                Atlantis,1992,1,1,0.1\n";
    let (years, account) = sipri::read(&RawFile::new("sipri.csv", text)).unwrap();
    let of = |k: &str, y| {
        let state = States::bundled().by_key(k).unwrap();
        years.value(state, y, |s| s.current)
    };
    assert_eq!(of("north-korea", 1999), Observed::Missing);
    assert_eq!(of("russia", 1992), Observed::Missing);
    assert_eq!(of("japan", 1992), Observed::Observed(38_000.0));
    assert_eq!(account.mended.len(), 2);
    assert_eq!(account.aside.len(), 1);
}

#[test]
fn duplicate_dyads_of_a_dispute_are_set_aside() {
    let text = "dispnum,ccode1,ccode2,year,midonset,sidea1,sidea2,hostlev1,hostlev2,fatality1,fatality2\n\
                2,2,200,1902,1,1,0,3,1,0,0\n\
                2,200,2,1902,1,0,1,1,3,0,-9\n\
                2,2,200,1902,1,1,0,3,1,0,0\n\
                2,2,200,190,1,1,0,3,1,0,0\n\
                2,2,200,1903,1,1,0,9,1,0,0\n";
    let (disputes, account) = gml_mid::read(&RawFile::new("gml.csv", text)).unwrap();
    assert_eq!(disputes.rows().len(), 2);
    let why: Vec<_> = account.aside.iter().map(|a| (a.row, a.reason)).collect();
    assert_eq!(
        why,
        [
            (4, Reason::Duplicate),
            (5, Reason::OutOfRange),
            (6, Reason::OutOfRange)
        ]
    );
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(256))]

    /// Whatever the bytes: an answer or a problem, and the sum comes out.
    #[test]
    fn no_bytes_bring_an_adapter_down(
        bytes in proptest::collection::vec(any::<u8>(), 0..600),
        header in 0_usize..60,
        cut in 0_usize..400,
    ) {
        let parts: Vec<_> = CATALOGUE.iter().flat_map(|d| d.parts).collect();
        let part = parts[header % parts.len()];
        crate::exercise::part(part, &bytes);
        crate::exercise::part(part, &bytes[..bytes.len().min(cut)]);
    }

    /// Rows of numbers in the right places: more of them get past the reader and reach the adapter.
    #[test]
    fn no_numbers_bring_an_adapter_down(
        rows in proptest::collection::vec(proptest::collection::vec(-3_i32..2050, 17), 1..20),
        header in 0_usize..60,
    ) {
        let parts: Vec<_> = CATALOGUE.iter().flat_map(|d| d.parts).collect();
        let part = parts[header % parts.len()];
        let names: Vec<&str> = part.fields.iter().map(|f| f.names[0]).collect();
        let mut text = names.join(",") + "\n";
        for row in &rows {
            let cells: Vec<String> = row.iter().take(names.len()).map(|n| match n % 7 {
                0 => (n % 32).to_string(),
                1 => format!("{}-0{}-1{}", 1900 + n.abs() % 120, n.abs() % 10, n.abs() % 10),
                2 => ["", "-9", "NA", "USA", "yes"][n.unsigned_abs() as usize % 5].to_owned(),
                _ => n.to_string(),
            }).collect();
            text.push_str(&(cells.join(",") + "\n"));
        }
        if let Ok(account) = (part.read)(&RawFile::new("f", text)) {
            prop_assert!(account.balances());
            prop_assert_eq!(account.rows, rows.len() as u64);
        }
    }

    /// A Parquet file with some bytes changed.
    #[test]
    fn no_scratched_parquet_brings_an_adapter_down(
        scratches in proptest::collection::vec((any::<usize>(), any::<u8>()), 1..8),
    ) {
        let Some(file) = public("alliances/atop_directed_dyad_year.parquet") else { return Ok(()) };
        let mut bytes = file.bytes;
        let len = bytes.len();
        for (at, value) in scratches {
            // The end of the file holds its structure: half of the scratches go there.
            let at = if at % 2 == 0 { len - 1 - at % 4000 } else { at % len };
            bytes[at] = value;
        }
        if let Ok((_, account)) = atop::read(&RawFile::new("f", bytes)) {
            prop_assert!(account.balances());
        }
    }
}

/// What a fuzzer once found stays found.
#[test]
fn what_fuzzers_kept_is_no_panic() {
    let fuzz = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../../fuzz");
    let call = std::fs::read_to_string(fuzz.join("fuzz_targets/datasets.rs")).unwrap();
    assert!(call.contains("exercise::datasets"));
    for entry in std::fs::read_dir(fuzz.join("kept/datasets"))
        .into_iter()
        .flatten()
    {
        crate::exercise::datasets(&std::fs::read(entry.unwrap().path()).unwrap());
    }
    for first in 0..=255 {
        crate::exercise::datasets(&[first, b'2', b',', b'\n']);
    }
}

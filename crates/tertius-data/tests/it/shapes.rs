//! Files whose publishers give them another shape than ours, and files of programs that are not read.

use std::io::{Cursor, Write};

use tertius::vocabulary::Observed;
use tertius_data::catalogue::CATALOGUE;
use tertius_data::datasets::{cow_mid, igos, sipri, ties, un_votes, world_bank};
use tertius_data::table::{RawFile, Reason};

use crate::support::{pair, public, state, way};

fn zipped(files: &[(&str, &str)]) -> RawFile {
    let mut archive = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, text) in files {
        let options = zip::write::SimpleFileOptions::default();
        archive.start_file(*name, options).unwrap();
        archive.write_all(text.as_bytes()).unwrap();
    }
    RawFile::new("archive.zip", archive.finish().unwrap().into_inner())
}

/// As the World Bank ships an indicator: a mark of the encoding, a title and a date with empty lines between, a comma
/// at the end of every line.
const WIDE: &str = "\u{feff}\"Data Source\",\"World Development Indicators\",\r
\r
\"Last Updated Date\",\"2024-06-28\",\r
\r
\"Country Name\",\"Country Code\",\"Indicator Name\",\"Indicator Code\",\"1989\",\"1990\",\"2022\",\r
\"Africa Eastern and Southern\",\"AFE\",\"GDP (current US$)\",\"NY.GDP.MKTP.CD\",\"1\",\"2\",\"3\",\r
\"Japan\",\"JPN\",\"GDP (current US$)\",\"NY.GDP.MKTP.CD\",\"3054914166263.17\",\"\",\"4256410760723.75\",\r
\"Norway\",\"NOR\",\"GDP (current US$)\",\"NY.GDP.MKTP.CD\",\"\",\"x\",\"593\",\r
\"Kosovo\",\"XKX\",\"GDP (current US$)\",\"NY.GDP.MKTP.CD\",\"\",\"\",\"9412034299.23\",\r
\"Japan\",\"JPN\",\"GDP (current US$)\",\"NY.GDP.MKTP.CD\",\"1\",\"1\",\"1\",\r
\"Italy\",\"ITA\",\"Population, total\",\"SP.POP.TOTL\",\"56671781\",\"\",\"\",\r
";

#[test]
fn the_world_banks_wide_table_is_read_with_a_row_a_state() {
    let about = "\"Country Code\",\"Region\",\"IncomeGroup\",\n\"JPN\",\"East Asia\",\"High\",\n";
    let archive = zipped(&[
        (
            "Metadata_Country_API_NY.GDP.MKTP.CD_DS2_en_csv_v2_1.csv",
            about,
        ),
        ("API_NY.GDP.MKTP.CD_DS2_en_csv_v2_1.csv", WIDE),
    ]);
    for file in [RawFile::new("API.csv", WIDE), archive] {
        let (gdp, account) = world_bank::read_gdp(&file).unwrap();
        let japan = |year| gdp.value(state("japan"), year, |v| Some(*v));
        assert_eq!(japan(1989), Observed::Observed(3_054_914_166_263.17));
        assert_eq!(japan(1990), Observed::Missing);
        assert_eq!(japan(2023), Observed::OutsideCoverage);
        let kosovo = gdp.value(state("kosovo"), 2022, |v| Some(*v));
        assert_eq!(kosovo, Observed::Observed(9_412_034_299.23));
        // A region, a cell that is no number, a state again, another indicator: each with its row and its column.
        assert!(account.balances());
        let rows: Vec<_> = account.aside.iter().collect();
        let aside = rows
            .iter()
            .map(|a| (a.row, a.column, a.reason, &a.value[..]));
        let aside: Vec<_> = aside.collect();

        assert_eq!(
            aside,
            [
                (6, "code", Reason::UnknownCode, "AFE"),
                (8, "1990", Reason::NotANumber, "x"),
                (10, "code", Reason::Duplicate, "row 7"),
                (11, "indicator", Reason::NotOneOf, "SP.POP.TOTL"),
            ]
        );
    }
    let (people, _) = world_bank::read_population(&RawFile::new("API.csv", WIDE)).unwrap();
    let italy = people.value(state("italy"), 1989, |v| Some(*v));
    assert_eq!(italy, Observed::Observed(56_671_781.0));
}

/// The columns of MIDB 5.0; the first dispute is as published.
const MIDB: &str = "\
dispnum,stabb,ccode,stday,stmon,styear,endday,endmon,endyear,sidea,revstate,revtype1,revtype2,fatality,fatalpre,hiact,hostlev,orig,version
2,USA,2,-9,7,1902,24,1,1903,1,1,1,-9,0,0,7,3,1,5
2,UKG,200,-9,7,1902,24,1,1903,0,0,0,-9,0,0,0,1,1,5
9001,JPN,740,1,3,1990,5,4,1992,1,1,1,-9,-9,-9,8,3,1,5
9001,RUS,365,1,3,1990,5,4,1991,0,0,-9,-9,1,3,17,4,1,5
9001,RUS,365,1,11,1991,1,12,1991,0,0,-9,-9,0,0,12,2,0,5
9001,NOR,385,1,1,1992,5,4,1992,0,0,-9,-9,0,0,0,-9,0,5
9002,JPN,740,1,3,1990,5,2,1990,1,1,1,-9,0,0,8,3,1,5
9002,XXX,999,1,3,1990,5,4,1990,0,0,0,0,0,0,0,1,1,5
";

#[test]
fn cows_disputes_by_participant_become_pairs() {
    let (disputes, account) = cow_mid::read(&RawFile::new("MIDB 5.0.csv", MIDB)).unwrap();
    assert_eq!((account.rows, account.used), (8, 6));
    let reasons: Vec<Reason> = account.aside.iter().map(|a| a.reason).collect();
    assert_eq!(reasons, [Reason::Reversed, Reason::UnknownCode]);
    let of = |a, b| -> Vec<_> {
        let rows = disputes.of(pair(a, b)).iter();
        let rows = rows.filter(|r| r.dyad == way(a, b));
        rows.map(|r| (r.year, r.onset, r.on_side_a, r.hostility, r.fatality))
            .collect()
    };
    assert_eq!(
        of("united-states", "united-kingdom"),
        [
            (1902, true, true, Some(3), Some(0)),
            (1903, false, true, Some(3), Some(0))
        ]
    );
    // Two parts of Russia in 1991: the more hostile one stands. Japan went on in 1992 against Norway alone.
    assert_eq!(
        of("russia", "japan"),
        [
            (1990, true, false, Some(4), Some(1)),
            (1991, false, false, Some(4), Some(1))
        ]
    );
    assert_eq!(of("japan", "norway"), [(1992, true, true, Some(3), None)]);
    assert_eq!(of("norway", "japan"), [(1992, true, false, None, Some(0))]);
    assert!(of("russia", "norway").is_empty(), "on one side");
    // Of the publisher's archive the one table that has them.
    let disputes_alone = "dispnum,stday,stmon,styear,hostlev,version\n2,-9,7,1902,3,5\n";
    let archive = zipped(&[("MIDA 5.0.csv", disputes_alone), ("MIDB 5.0.csv", MIDB)]);
    assert_eq!(cow_mid::read(&archive).unwrap().0, disputes);
}

/// The pairs that participants make hold every one that the project itself counts, in the form by ordered pair.
#[test]
fn cows_own_pairs_are_among_those_that_participants_make() {
    let Some(file) = public("conflict/cow_mid_dirdisps.csv.gz") else {
        return;
    };
    let (counted, _) = cow_mid::read(&file).unwrap();
    // Participants as the pairs name them, each with the years that it has in the dispute.
    let mut parts = std::collections::BTreeMap::new();
    for row in counted.rows() {
        let part = parts.entry((row.dispute, row.dyad.from(), row.on_side_a));
        let years = part.or_insert((row.year, row.year));
        *years = (years.0.min(row.year), years.1.max(row.year));
    }
    let code = |s, year| {
        let on = jiff::civil::Date::constant(year, 12, 31);
        let states = tertius_data::states::States::bundled();
        let found = states.code(s, tertius_data::states::CodeSystem::Cow, on);
        let first = jiff::civil::Date::constant(year, 1, 1);
        found
            .or_else(|| states.code(s, tertius_data::states::CodeSystem::Cow, first))
            .unwrap()
    };
    let mut text =
        "dispnum,ccode,stday,stmon,styear,endday,endmon,endyear,sidea,revstate,fatality,hostlev\n"
            .to_owned();
    for ((dispute, who, side_a), (from, to)) in &parts {
        let code = code(*who, *from);
        let side = u8::from(*side_a);
        text += &format!("{dispute},{code},-9,-9,{from},-9,-9,{to},{side},0,0,1\n");
    }
    let (made, account) = cow_mid::read(&RawFile::new("MIDB.csv", text)).unwrap();
    let made: std::collections::BTreeSet<_> = made
        .rows()
        .iter()
        .map(|r| (r.dispute, r.dyad, r.year))
        .collect();
    let lost: Vec<_> = counted
        .rows()
        .iter()
        .filter(|r| !made.contains(&(r.dispute, r.dyad, r.year)))
        .collect();
    assert!(
        account.aside.is_empty() && lost.is_empty(),
        "{:?} {:?}",
        account.by_reason(),
        lost.first()
    );
}

#[test]
fn cows_own_file_of_shared_organisations_is_counted() {
    let text = "\
dyadid,ccode1,country1,ccode2,country2,year,aaaid,aalco,opec,un,wto
2740,2,usa,740,japan,1960,0,1,-9,1,-1
2365,2,usa,365,russia,1960,0,0,0,1,0
2365,2,usa,365,russia,1961,0,0,0,0,0
2365,2,usa,365,russia,1961,1,1,1,1,1
2740,2,usa,740,japan,1950,0,1,-9,0,-1
";
    let (shared, account) = igos::read(&RawFile::new("dyadic_format3.csv", text)).unwrap();
    let of = |a, b, year| shared.row(pair(a, b), year).copied();
    assert_eq!(of("united-states", "japan", 1960), Some(2));
    assert_eq!(of("russia", "united-states", 1960), Some(1));
    assert_eq!(of("russia", "united-states", 1961), Some(0));
    // A second row of a pair, and a state under occupation.
    let reasons: Vec<Reason> = account.aside.iter().map(|a| a.reason).collect();
    assert_eq!(reasons, [Reason::Duplicate, Reason::NotAMember]);
}

#[test]
fn the_publishers_file_of_votes_says_what_each_is_about() {
    let text = "\
rcid,ccode,vote,session,date,me,nu,di,hr,co,ec
1,2,1,78,2023-12-04,0,1,1,0,0,0
1,365,3,78,2023-12-04,0,1,1,0,0,0
2,2,1,78,2023-12-05,0,0,0,0,0,0
3,2,1,78,2023-12-06,,0,0,0,0,0
";
    let (calls, account) = un_votes::read(&RawFile::new("UNVotes.csv", text)).unwrap();
    assert_eq!(account.aside, []);
    let about: Vec<_> = calls.calls.iter().map(|c| c.issues).collect();
    assert_eq!(about, [Some(0b110), Some(0), None]);
    assert!(calls.tell_issues());
}

#[test]
fn a_file_of_another_program_is_named_with_what_to_do() {
    let excel = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 and more";
    let said = |file: &RawFile| {
        let all = CATALOGUE.iter().flat_map(|d| d.parts);
        let said = all.map(|p| (p.read)(file).map(|_| ()).unwrap_err());
        let mut said: Vec<String> = said.map(|p| format!("{}: {p}", p.id())).collect();
        said.dedup();
        assert_eq!(said.len(), 1, "{said:?}");
        said.remove(0)
    };
    let of_bytes = |bytes: &[u8]| said(&RawFile::new("a.file", bytes));
    let workbook = zipped(&[("[Content_Types].xml", ""), ("xl/workbook.xml", "")]);
    for (found, program) in [
        (of_bytes(excel), "Excel"),
        (said(&workbook), "Excel"),
        (
            said(&zipped(&[("TIESv4.xls", ""), ("codebook.pdf", "")])),
            "Excel",
        ),
        (of_bytes(b"$FL2@(#) SPSS DATA FILE"), "SPSS"),
        (of_bytes(b"<stata_dta><header>"), "Stata"),
        (of_bytes(b"\x72\x02\x01\x00"), "Stata"),
        (of_bytes(b"RDX3\nX\n"), "R"),
    ] {
        assert!(found.starts_with("other-program: "), "{found}");
        assert!(
            found.contains(&format!("a file of {program}")) && found.contains("as CSV"),
            "{found}"
        );
    }
    // A table named in a text file is none of them.
    let text = RawFile::new("SIPRI.csv", "country,year\nJapan,2000\n");
    assert_eq!(sipri::read(&text).unwrap_err().id(), "other-schema");
    assert_eq!(ties::read(&text).unwrap_err().id(), "other-schema");
}

/// A file that lacks one column of the second of two forms, and nearly all of the first, is told the one.
#[test]
fn a_file_is_told_what_the_form_lacks_that_fits_it_best() {
    let header = "dispnum,ccode,stday,stmon,styear,endday,endmon,sidea,revstate,fatality,hostlev\n";
    let file = tertius_data::table::RawFile::new("midb.csv", header);
    let found = tertius_data::datasets::cow_mid::read(&file);
    let Err(tertius_data::table::FileProblem::OtherSchema { missing, .. }) = found else {
        panic!("{found:?}");
    };
    assert_eq!(missing, ["endyear"]);
}

//! Files that would be taken for what they are not: swallowed rows, numbers in disguise, pipes, and files too large.

use std::fs;
use std::io::{self, Write};

use tertius_data::catalogue::find;
use tertius_data::datasets::{cow_nmc, ties};
use tertius_data::folder::{Folder, WriteAside};
use tertius_data::table::{Cause, FileProblem, RawFile, Reason, SetAside, VALUES_KEPT};

const HEADER: &str = "stateabb,ccode,year,milex,milper,irst,pec,tpop,upop,cinc,version\n";

fn row(year: u16, last: &str) -> String {
    format!("USA,2,{year},1,1,1,1,1,1,.1,{last}\n")
}

fn read(text: String) -> (u64, u64, Vec<(u64, Reason)>) {
    let (_, account) = cow_nmc::read(&RawFile::new("nmc.csv", text)).unwrap();
    assert!(account.balances());
    let aside = account.aside.iter().map(|a| (a.row, a.reason)).collect();
    (account.rows, account.used, aside)
}

#[test]
fn a_quotation_mark_in_the_last_column_costs_its_own_line_alone() {
    let rows = |marked: &[u16]| -> String {
        let of = |y: u16| {
            row(
                y,
                if marked.contains(&y) {
                    "\"2021"
                } else {
                    "2021"
                },
            )
        };
        HEADER.to_owned() + &(2001..=2005).map(of).collect::<String>()
    };
    let open = Reason::OpenQuote;
    // Open to the end of the file; closed by another mark; in the last line of all.
    assert_eq!(read(rows(&[2001])), (5, 4, vec![(2, open)]));
    assert_eq!(
        read(rows(&[2002, 2004])),
        (5, 3, vec![(3, open), (5, open)])
    );
    assert_eq!(read(rows(&[2005])), (5, 4, vec![(6, open)]));
    // A note over several lines in a column that nobody reads is a note.
    let note = HEADER.to_owned() + &row(2001, "\"see\nthe codebook\"") + &row(2002, "2021");
    assert_eq!(read(note), (2, 2, vec![]));
}

#[test]
fn a_file_of_columns_alone_is_said_to_have_no_rows() {
    let file = RawFile::new("nmc.csv", HEADER);
    let problem = cow_nmc::read(&file).unwrap_err();
    assert_eq!(problem.cause(), Some(&Cause::NoRows));
    assert!(problem.to_string().contains("no rows"), "{problem}");
}

#[test]
fn marks_made_to_be_read_again_and_again_are_not() {
    let text = HEADER.to_owned() + &"x,\"w\n".repeat(100_000);
    let begun = std::time::Instant::now();
    let (rows, used, aside) = read(text);
    assert_eq!((rows, used, aside.len()), (100_000, 0, 100_000));
    // Read anew for each line it would be ten thousand million bytes and take minutes.
    assert!(begun.elapsed().as_secs() < 30);
}

#[test]
fn rows_are_numbered_as_a_spreadsheet_numbers_them() {
    for end in ["\n", "\r\n", "\r"] {
        let text = format!("\n{HEADER}\n\n{}\n{}", row(2001, "1"), row(9, "1"));
        let (_, used, aside) = read(text.replace('\n', end));
        assert_eq!((used, aside), (1, vec![(7, Reason::OutOfRange)]), "{end:?}");
    }
}

#[test]
fn two_columns_of_one_name_are_refused_and_long_headers_cut() {
    let id = |text: &str| cow_nmc::read(&RawFile::new("f", text)).unwrap_err();
    let twice = id(&HEADER.replace("stateabb", "CINC"));
    assert_eq!(twice.id(), "two-columns");
    let long = id(&format!("{}\u{1b}[2J,b\n1,2\n", "x".repeat(3_000_000)));
    assert!(long.to_string().len() < 1000);
    let odd = id("a\u{1b}[2J,b\n1,2\n").to_string();
    assert!(!odd.contains('\u{1b}') && odd.contains("[2J"), "{odd}");
}

#[test]
fn of_many_bad_rows_all_are_told_and_the_first_by_value() {
    let bad = VALUES_KEPT + 500;
    let text = HEADER.to_owned() + &row(9, "1").repeat(bad as usize);
    let (_, account) = cow_nmc::read(&RawFile::new("nmc.csv", text)).unwrap();
    assert_eq!(account.aside.len() as u64, bad);
    let all: Vec<SetAside> = account.aside.iter().collect();
    let told = all.iter().filter(|a| a.value == "9").count() as u64;
    assert_eq!(told, VALUES_KEPT);
    assert_eq!(all.last().map(|a| a.row), Some(bad + 1));
}

#[cfg(unix)]
#[test]
fn only_plain_files_are_opened() {
    let dir = tempfile::tempdir().unwrap();
    let socket = dir.path().join("socket");
    let _listening = std::os::unix::net::UnixListener::bind(&socket).unwrap();
    for path in [socket.as_path(), "/dev/zero".as_ref(), dir.path()] {
        let problem = RawFile::open(path).unwrap_err();
        let cause = problem.cause().and_then(|c| c.id());
        assert_eq!(cause, Some("not-plain"), "{problem}");
    }
}

#[test]
fn a_case_that_comes_twice_is_told_by_its_number() {
    let names: Vec<&str> = find("ties").unwrap().parts[0]
        .fields
        .iter()
        .map(|f| f.names[0])
        .collect();
    let line = |case: &str| {
        let cell = |n: &&str| match *n {
            n if n == names[0] => case.to_owned(),
            n if n.contains("year") => "1990".to_owned(),
            n if n.contains("target") => "365".to_owned(),
            n if n.contains("threat") || n.contains("imposition") => "1".to_owned(),
            n if n.contains("sender1") => "2".to_owned(),
            _ => String::new(),
        };
        names.iter().map(cell).collect::<Vec<_>>().join(",") + "\n"
    };
    let text = names.join(",") + "\n" + &line("1") + &line("2") + &line("1");
    let (_, account) = ties::read(&RawFile::new("ties.csv", text)).unwrap();
    let twice = account
        .aside
        .iter()
        .filter(|a| a.reason == Reason::Duplicate);
    assert_eq!(twice.map(|a| a.row).collect::<Vec<_>>(), [4], "{account:?}");
}

#[test]
fn what_others_laid_there_stays_and_is_not_taken_for_data() {
    let dir = tempfile::tempdir().unwrap();
    let folder = Folder::new(dir.path());
    let dataset = find("cow-nmc").unwrap();
    let part = &dataset.parts[0];
    let place = folder.place(dataset, part);
    fs::create_dir_all(&place).unwrap();
    let others = [".DS_Store", "AREADME.txt", "Z.csv.incoming.part"];
    for name in others {
        fs::write(place.join(name), "x").unwrap();
    }
    let put = |name: &str, text: &str, aside: Option<&WriteAside<'_>>| {
        folder.put(
            dataset,
            part,
            name,
            &RawFile::new(name, text),
            "here",
            aside,
        )
    };
    put("NMC.csv", "old", None).unwrap();
    let found = || fs::read(folder.find(dataset, part).unwrap().path).unwrap();
    assert_eq!(found(), b"old");
    // Where not all can be written, nothing is.
    let full = |_: &mut dyn Write| Err(io::Error::other("full"));
    put("NMC.csv", "new", Some(&full)).unwrap_err();
    assert_eq!(found(), b"old");
    let aside = |out: &mut dyn Write| out.write_all(b"rows");
    put("NMC-2.csv", "newer", Some(&aside)).unwrap();
    assert_eq!(found(), b"newer");
    let entries = fs::read_dir(&place).unwrap();
    let mut names: Vec<_> = entries.map(|e| e.unwrap().path()).collect();
    names.sort();
    let names: Vec<_> = names
        .iter()
        .filter_map(|p| p.file_name()?.to_str())
        .collect();
    let [a, b, c] = others;
    let ours = [
        "NMC-2.csv",
        "NMC-2.csv.origin.json",
        "NMC-2.csv.set-aside.csv",
    ];
    assert_eq!(names, [a, ".lock", b, ours[0], ours[1], ours[2], c]);
    fs::remove_dir_all(&place).unwrap();
    fs::write(&place, "no folder").unwrap();
    assert!(folder.look(dataset, part).is_err());
}

#[cfg(feature = "parquet")]
mod columnar {
    use std::sync::Arc;

    use parquet::data_type::{DoubleType, FixedLenByteArray, FixedLenByteArrayType, Int32Type};
    use parquet::file::metadata::{
        ColumnChunkMetaData, FileMetaData, ParquetMetaData, ParquetMetaDataWriter, RowGroupMetaData,
    };
    use parquet::file::properties::WriterProperties;
    use parquet::file::writer::SerializedFileWriter;
    use parquet::schema::parser::parse_message_type;
    use parquet::schema::types::SchemaDescriptor;

    use super::*;

    fn schema(milex: &str, year: &str) -> String {
        let reals = ["milper", "irst", "pec", "tpop", "upop", "cinc"];
        let reals = reals.map(|r| format!("required double {r};")).concat();
        format!("message m {{ required int32 ccode; {year}; {milex}; {reals} }}")
    }

    /// A row of the United States in 1977 or, as a day, in 1975, with a cell of expenditure.
    fn written(milex: &str, year: &str, cell: &[u8], properties: WriterProperties) -> RawFile {
        let schema = Arc::new(parse_message_type(&schema(milex, year)).unwrap());
        let mut writer =
            SerializedFileWriter::new(Vec::new(), schema, Arc::new(properties)).unwrap();
        let mut group = writer.next_row_group().unwrap();
        let mut at = 0;
        while let Some(mut column) = group.next_column().unwrap() {
            match at {
                0 | 1 => {
                    let value = [if at == 0 { 2 } else { 1977 }];
                    column
                        .typed::<Int32Type>()
                        .write_batch(&value, None, None)
                        .unwrap();
                }
                2 if milex.contains("fixed") => {
                    let value = [FixedLenByteArray::from(cell.to_vec())];
                    let typed = column.typed::<FixedLenByteArrayType>();
                    typed.write_batch(&value, None, None).unwrap();
                }
                2 => {
                    let value = [i32::from_be_bytes(cell.try_into().unwrap())];
                    column
                        .typed::<Int32Type>()
                        .write_batch(&value, None, None)
                        .unwrap();
                }
                _ => {
                    column
                        .typed::<DoubleType>()
                        .write_batch(&[0.5], None, None)
                        .unwrap();
                }
            }
            column.close().unwrap();
            at += 1;
        }
        group.close().unwrap();
        RawFile::new("f.parquet", writer.into_inner().unwrap())
    }

    const YEAR: &str = "required int32 year";

    fn milex(kind: &str, cell: &[u8]) -> Result<Option<f64>, FileProblem> {
        let kind = format!("required {kind}");
        let (years, account) = cow_nmc::read(&written(&kind, YEAR, cell, Default::default()))?;
        assert_eq!(account.aside, []);
        let usa = tertius_data::states::States::bundled().by_key("united-states");
        Ok(years.row(usa.unwrap(), 1977).unwrap().milex)
    }

    #[test]
    fn numbers_are_read_for_what_they_are() {
        let of = |kind: &str, cell: &[u8]| milex(kind, cell).unwrap();
        assert_eq!(
            of("int32 milex (DECIMAL(9,2))", &150_i32.to_be_bytes()),
            Some(1.5)
        );
        assert_eq!(
            of("int32 milex (DECIMAL(9,2))", &(-900_i32).to_be_bytes()),
            None
        );
        let wide = of(
            "fixed_len_byte_array(4) milex (DECIMAL(9,2))",
            &[0, 0, 1, 0],
        );
        assert_eq!(wide, Some(2.56));
        let large = 4_000_000_000_u32.to_be_bytes();
        assert_eq!(of("int32 milex (UINT_32)", &large), Some(4e9));
    }

    #[test]
    fn what_is_no_such_number_is_refused_by_column() {
        let plain = "required int32 milex";
        let day = written(
            plain,
            "required int32 year (DATE)",
            &[0, 0, 0, 1],
            Default::default(),
        );
        let time = milex("int32 milex (TIME_MILLIS)", &[0, 0, 0, 1]);
        let raw = milex("fixed_len_byte_array(4) milex", &[0, 0, 0, 1]);
        for (problem, column) in [
            (cow_nmc::read(&day).map(|_| ()), "year"),
            (time.map(|_| ()), "milex"),
            (raw.map(|_| ()), "FIXED_LEN_BYTE_ARRAY"),
        ] {
            let problem = problem.unwrap_err();
            assert_eq!(problem.cause().and_then(|c| c.id()), Some("type"));
            assert!(problem.to_string().contains(column), "{problem}");
        }
    }

    #[test]
    fn gzip_is_unpacked() {
        let gzip = parquet::basic::Compression::GZIP(Default::default());
        let properties = WriterProperties::builder().set_compression(gzip).build();
        let file = written("required int32 milex", YEAR, &[0, 0, 0, 7], properties);
        assert_eq!(cow_nmc::read(&file).unwrap().1.used, 1);
    }

    #[test]
    fn more_rows_than_any_dataset_has_are_refused_before_memory_is_asked_for() {
        let text = schema("required int32 milex", YEAR);
        let schema = Arc::new(parse_message_type(&text).unwrap());
        let schema = Arc::new(SchemaDescriptor::new(schema));
        let mut group = RowGroupMetaData::builder(schema.clone()).set_num_rows(200_000_000);
        for column in schema.columns() {
            let chunk = ColumnChunkMetaData::builder(column.clone());
            group = group.add_column_metadata(chunk.build().unwrap());
        }
        let group = group.build().unwrap();
        let head = FileMetaData::new(1, 200_000_000, None, None, schema, None);
        let mut bytes = b"PAR1".to_vec();
        let meta = ParquetMetaData::new(head, vec![group]);
        ParquetMetaDataWriter::new(&mut bytes, &meta)
            .finish()
            .unwrap();
        let problem = cow_nmc::read(&RawFile::new("f.parquet", bytes)).unwrap_err();
        assert_eq!(problem.id(), "too-large");
    }
}

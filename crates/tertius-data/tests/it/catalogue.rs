//! Every dataset of the catalogue, whole.

use std::collections::{BTreeMap, BTreeSet};

use tertius_data::catalogue::{BIBLIOGRAPHY, CATALOGUE, Form, bibtex};
use tertius_data::table::Reason;

use crate::support::{public, rows};

/// Rows that the real files lose, and why; each kind was looked at, and those that pandas can count agree.
/// Every other file loses none.
fn expected_aside() -> BTreeMap<&'static str, Vec<(Reason, usize)>> {
    use Reason::{BadDate, Duplicate, NotAMember, NotThen, Superseded, UnknownCode};
    // Germany and Yemen changed their numbers in 1990: both rows are there, the later number's is used.
    let in_1990 = || vec![(Superseded, 2)];
    [
        ("un_votes/un_votes_1946_2024.parquet", vec![(Duplicate, 3)]),
        ("un_ideal_points/idealpoints_july2025_to2005.csv", in_1990()),
        ("capabilities/cow_nmc_1816_2022.csv.gz", in_1990()),
        ("capabilities/gdp_pop_estimates_1816_2019.csv.gz", in_1990()),
        ("regimes/democracy_1816_2025.csv.gz", in_1990()),
        ("trade/cow_trade_dyad_year_1870_2014.parquet", in_1990()),
        // Czechoslovakia after its end, its heirs before their beginning.
        (
            "alliances/atop_directed_dyad_year.parquet",
            vec![(NotThen, 4), (Superseded, 102)],
        ),
        // Regions and dependencies.
        (
            "capabilities/worldbank_gdp.csv.gz",
            vec![(UnknownCode, 3_553)],
        ),
        (
            "capabilities/worldbank_population.csv.gz",
            vec![(UnknownCode, 4_585)],
        ),
        // Russia before there was one.
        (
            "capabilities/sipri_milex_extract_17_states.csv",
            vec![(NotThen, 4)],
        ),
        // 255 beside 260 before 1990, and colonies: 765 rows, as pandas counts.
        (
            "trade/cow_trade_state_year.csv.gz",
            vec![(NotThen, 54), (NotAMember, 711), (Superseded, 2)],
        ),
        // Canada before 1920, the Dominican Republic under occupation.
        ("conflict/cow_mid_dirdisps.csv.gz", vec![(NotAMember, 4)]),
        ("conflict/cow_dyadic_mid_4.02.csv.gz", vec![(NotAMember, 2)]),
        // Hyderabad; Venice.
        ("conflict/ucdp_acd.csv.gz", vec![(UnknownCode, 3)]),
        ("conflict/td_rivalries.csv", vec![(UnknownCode, 2)]),
        ("conflict/tss_rivalries.csv", vec![(UnknownCode, 2)]),
        // Targets that are no state, a 31st of June, East Germany before it was one.
        (
            "sanctions/ties_v4.csv.gz",
            vec![(BadDate, 1), (UnknownCode, 44), (NotThen, 1)],
        ),
        // The European Union as target, the Palestinian territories as country.
        (
            "opinion/pew_favourability_2002_2023.csv.gz",
            vec![(UnknownCode, 3_771)],
        ),
        // Dependencies.
        (
            "events/gdelt_composite_dyad_month_2018_2024.parquet",
            vec![(UnknownCode, 16_900)],
        ),
    ]
    .into()
}

#[test]
fn every_known_file_is_read_whole_and_every_row_is_accounted_for() {
    let expected = expected_aside();
    let mut wrong = Vec::new();
    for dataset in CATALOGUE {
        for part in dataset.parts {
            for known in part.files.iter().filter(|f| f.sha256.is_some()) {
                let Some(file) = public(known.path) else {
                    return;
                };
                assert_eq!(Some(file.sha256().as_str()), known.sha256, "{}", known.path);
                let account = (part.read)(&file).unwrap();
                assert!(account.balances(), "{}", known.path);
                assert_eq!(Some(account.rows), known.rows, "{}", known.path);
                let found: BTreeMap<_, _> = account.by_reason().into_iter().collect();
                let meant = expected.get(known.path).cloned().unwrap_or_default();
                if found != BTreeMap::from_iter(meant) {
                    let first = account.aside.first();
                    wrong.push(format!("{}: {found:?}, first {first:?}", known.path));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn the_catalogue_agrees_with_the_manifest_of_the_data() {
    let Some(manifest) = rows("MANIFEST.csv") else {
        return;
    };
    let by_path: BTreeMap<&str, _> = manifest.iter().map(|r| (r["file"].as_str(), r)).collect();
    let mut seen = 0;
    for part in CATALOGUE.iter().flat_map(|d| d.parts) {
        for file in part.files.iter().filter(|f| f.sha256.is_some()) {
            let row = by_path[file.path];
            assert_eq!(file.sha256, Some(row["sha256"].as_str()), "{}", file.path);
            assert_eq!(file.rows.unwrap().to_string(), row["rows"], "{}", file.path);
            seen += 1;
        }
    }
    assert!(seen >= 35, "{seen}");
}

#[test]
fn the_page_of_datasets_is_the_catalogue() {
    let path = format!("{}/../../docs/datasets.md", env!("CARGO_MANIFEST_DIR"));
    let page = std::fs::read_to_string(path).unwrap();
    assert!(
        page == tertius_data::catalogue::page(),
        "run `cargo xtask datasets`"
    );
}

#[test]
fn entries_are_whole() {
    let mut ids = BTreeSet::new();
    for d in CATALOGUE {
        assert!(ids.insert(d.id), "{} is there twice", d.id);
        assert!(
            d.id.chars()
                .all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-')
        );
        for text in [
            d.title.en,
            d.title.zh,
            d.note.en,
            d.note.zh,
            d.publisher,
            d.version,
            d.licence.name,
        ] {
            assert!(!text.is_empty() && !text.contains("  "), "{}: {text}", d.id);
        }
        assert!(d.home.starts_with("http"), "{}", d.id);
        assert!(!d.cite.is_empty() && !d.parts.is_empty(), "{}", d.id);
        assert_eq!(bibtex(d).matches("\n}\n").count(), d.cite.len(), "{}", d.id);
        for part in d.parts {
            assert!(part.coverage.0 <= part.coverage.1, "{} {}", d.id, part.id);
            assert!(!part.files.is_empty());
            for file in part.files {
                let folder = file.form == Form::Publisher || file.sha256.is_some();
                assert!(
                    folder,
                    "a converted file that nobody has seen: {}",
                    file.path
                );
            }
            let names: BTreeSet<_> = part.fields.iter().map(|f| f.name).collect();
            assert_eq!(names.len(), part.fields.len(), "{} {}", d.id, part.id);
        }
    }
}

#[test]
fn every_work_of_the_bibliography_is_cited_by_a_dataset() {
    let cited: BTreeSet<&str> = CATALOGUE.iter().flat_map(|d| d.cite).copied().collect();
    let there = BIBLIOGRAPHY
        .lines()
        .filter_map(|l| l.strip_prefix('@')?.split_once('{')?.1.strip_suffix(','));
    assert_eq!(there.collect::<BTreeSet<_>>(), cited);
}

#[test]
fn terms_that_bind_are_named_in_third_party_md() {
    let path = format!("{}/../../THIRD-PARTY.md", env!("CARGO_MANIFEST_DIR"));
    let text = std::fs::read_to_string(path).unwrap();
    for d in CATALOGUE {
        let binds = d.licence.share_alike || d.licence.non_commercial;
        let named = text.contains(&format!("| `{}` ", d.id));
        assert_eq!(binds, named, "{}", d.id);
    }
}

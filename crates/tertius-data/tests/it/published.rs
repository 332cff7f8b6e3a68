//! Files in the form in which their publishers ship them, made from the codebooks: the columns and the codes that a
//! conversion loses. (Roll calls and capabilities are in `un_votes.rs` and `broken.rs`, wide tables and participants in
//! `shapes.rs`; the alliances by member, the
//! dyadic disputes, the state lists and the aid to Ukraine are held as published.)

use jiff::civil::date;
use tertius::vocabulary::Observed;
use tertius_data::datasets::contiguity::Contact;
use tertius_data::datasets::ucdp_acd::ConflictKind;
use tertius_data::datasets::{archigos, atop, contiguity, cow_trade, cow_wars, ucdp_acd};
use tertius_data::dyads::{Directed, Pair};
use tertius_data::states::{StateId, States};
use tertius_data::table::{RawFile, Reason};

fn state(key: &str) -> StateId {
    States::bundled().by_key(key).unwrap()
}

#[test]
fn atop_directed_dyad_years() {
    let text = "\
ddyad,year,stateA,stateB,atopally,defense,offense,neutral,nonagg,consul,shareob,transyr,number,atopid1
220211,1832,220,211,1,1,0,0,0,0,0,1,1,1080
211220,1832,211,220,1,0,0,0,0,0,0,1,1,1080
220211,1833,220,211,1,.,0,0,0,0,0,0,1,1080
";
    let (years, account) = atop::read(&RawFile::new("atop5_1ddyr.csv", text)).unwrap();
    let way = Directed::new(state("france"), state("belgium")).unwrap();
    assert!(years.row(way, 1832).unwrap().defense);
    assert!(!years.row(way.reversed(), 1832).unwrap().any());
    // A pledge that is not known is no pledge that was not made.
    assert_eq!(account.aside.len(), 1);
    assert_eq!(
        account.aside.first().map(|a| (a.row, a.reason)),
        Some((4, Reason::Empty))
    );
}

#[test]
fn ucdp_prio_with_numbers_for_kinds_and_several_states_on_a_side() {
    let text = "\
conflict_id,location,side_a,side_a_id,side_a_2nd,side_b,side_b_id,side_b_2nd,incompatibility,territory_name,year,intensity_level,cumulative_intensity,type_of_conflict,start_date,start_prec,start_date2,start_prec2,ep_end,ep_end_date,ep_end_prec,gwno_a,gwno_a_2nd,gwno_b,gwno_b_2nd,gwno_loc,region,version
11349,\"Egypt, United Kingdom\",\"Government of France, Government of Israel, Government of United Kingdom\",1,,Government of Egypt,2,,1,Suez,1956,2,1,2,1956-10-31,1,1956-10-31,1,1,1956-11-07,1,\"220, 666, 200\",,651,,\"651, 200\",2,25.1
333,Afghanistan,Government of Afghanistan,130,Government of Soviet Union,Jam'iyyat-i Islami-yi Afghanistan,299,,2,,1980,2,1,4,1978-04-27,1,1978-04-27,1,0,,,700,365,,,700,3,25.1
";
    let (conflicts, account) = ucdp_acd::read(&RawFile::new("acd.csv", text)).unwrap();
    assert_eq!(account.aside, []);
    let suez = conflicts.iter().find(|c| c.year == 1956).unwrap();
    assert_eq!(suez.kind, ConflictKind::Interstate);
    let side: Vec<StateId> = suez.side_a.iter().copied().collect();
    assert_eq!(side.len(), 3);
    assert!(suez.side_b.contains(&state("egypt")));
    let afghanistan = conflicts.iter().find(|c| c.year == 1980).unwrap();
    assert_eq!(afghanistan.kind, ConflictKind::Internationalised);
    assert!(afghanistan.side_b.is_empty() && afghanistan.with_a.contains(&state("russia")));
}

#[test]
fn national_trade_with_names_and_minus_nine() {
    let text = "\
ccode,statename,stateabb,year,imports,exports,alt_imports,alt_exports,source1,source2,version
740,Japan,JPN,2010,694059.2,769773.9,-9,-9,1,1,4
740,Japan,JPN,2011,-9,823184,-9,-9,1,1,4
";
    let (totals, account) =
        cow_trade::read_totals(&RawFile::new("National_COW_4.0.csv", text)).unwrap();
    assert_eq!(account.used, 2);
    assert_eq!(
        totals.value(state("japan"), 2011, |t| t.imports),
        Observed::Missing
    );
    assert_eq!(
        totals.value(state("japan"), 2010, |t| t.imports),
        Observed::Observed(694_059.2)
    );
}

#[test]
fn archigos_with_latin_1_names_and_tabs() {
    let text = b"obsid\tleadid\tccode\tidacr\tleader\tstartdate\teindate\tenddate\teoutdate\tentry\texit\n\
        NOR-2013\tx\t385\tNOR\tErna Solberg\t2013-10-16\t2013-10-16\t2015-12-31\t2015-12-31\tRegular\tStill in Office\n\
        POR-2011\tx\t235\tPOR\tPassos Coelho, Pedro \xc1\t2011-06-21\t2011-06-21\t2015-11-26\t2015-11-26\tRegular\tRegular\n\
        XXX-2011\tx\t998\tXXX\tNobody\t2011-06-21\t2011-06-21\t2015-11-26\t2015-11-26\tRegular\tRegular\n\
        POR-2015\tx\t235\tPOR\tCosta\t2015-11-26\t2015-11-26\t2014-12-31\t2015-12-31\tRegular\tRegular\n";
    let (tenures, account) = archigos::read(&RawFile::new("archigos.txt", &text[..])).unwrap();
    assert_eq!(tenures.len(), 2);
    assert!(tenures.iter().any(|t| t.leader == "Passos Coelho, Pedro Á"));
    let why: Vec<_> = account.aside.iter().map(|a| (a.row, a.reason)).collect();
    assert_eq!(why, [(4, Reason::UnknownCode), (5, Reason::Reversed)]);
}

#[test]
fn contiguity_in_months_and_each_pair_once() {
    let text = "\
dyad,statelno,statelab,statehno,statehab,conttype,begin,end,notes,version
2020,2,USA,20,CAN,1,192001,201612,,3.2
2040,2,USA,40,CUB,4,190205,201612,,3.2
2040,2,USA,40,CUB,4,190605,190513,,3.2
2070,2,USA,70,MEX,1,183101,183113,,3.2
";
    let (contacts, account) = contiguity::read(&RawFile::new("contdir.csv", text)).unwrap();
    let pair = Pair::new(state("canada"), state("united-states")).unwrap();
    let on = |day| contacts.on(pair, day);
    assert_eq!(on(date(1920, 1, 1)), Observed::Observed(Contact::Land));
    assert_eq!(on(date(2016, 12, 31)), Observed::Observed(Contact::Land));
    assert_eq!(on(date(2017, 1, 1)), Observed::OutsideCoverage);
    let why: Vec<_> = account
        .aside
        .iter()
        .map(|a| (a.row, a.column, a.reason))
        .collect();
    // No thirteenth month.
    let wrong = [(4, "to", Reason::BadDate), (5, "to", Reason::BadDate)];
    assert_eq!(why, wrong);
}

#[test]
fn wars_by_participant_on_lines_of_an_old_machine() {
    let text = "WarNum,WarName,WarType,ccode,StateName,Side,StartMonth1,StartDay1,StartYear1,EndMonth1,EndDay1,EndYear1,\
StartMonth2,StartDay2,StartYear2,EndMonth2,EndDay2,EndYear2,TransFrom,WhereFought,Initiator,Outcome,TransTo,BatDeath,Version\r\
1,Franco-Spanish War,1,230,Spain,2,4,7,1823,11,13,1823,-8,-8,-8,-8,-8,-8,503,2,2,2,-8,600,4\r\
1,Franco-Spanish War,1,220,France,1,4,7,1823,11,13,1823,-8,-8,-8,-8,-8,-8,503,2,1,1,-8,-9,4\r\
1,Franco-Spanish War,1,220,France,1,4,31,1823,11,13,1823,-8,-8,-8,-8,-8,-8,503,2,1,1,-8,400,4\r";
    let (found, account) =
        cow_wars::read_participants(&RawFile::new("Inter-StateWarData_v4.0.csv", text)).unwrap();
    assert_eq!((account.rows, account.used), (3, 2));
    assert_eq!(account.aside.first().unwrap().reason, Reason::BadDate);
    let france = found.iter().find(|p| p.state == state("france")).unwrap();
    assert_eq!(france.deaths, None, "minus nine is missing");
    assert!(france.initiator && france.again.is_none());
    let spain = found.iter().find(|p| p.state == state("spain")).unwrap();
    assert_eq!((spain.deaths, spain.side), (Some(600.0), 2));
    assert_eq!(spain.days, (date(1823, 4, 7), date(1823, 11, 13)));
}

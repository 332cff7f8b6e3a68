//! References as the manuals of the styles print them.

use tertius::findings::Findings;
use tertius_report::citations::{self, Group, Reference, Style, Work};

use crate::sample;

const BIB: &str = r#"
@article{mccauley2019,
  author = {McCauley, Stewart M. and Christiansen, Morten H.},
  title = {Language learning as language use: A cross-linguistic model of child language development},
  journaltitle = {Psychological Review}, volume = {126}, number = {1}, pages = {1--51}, date = {2019},
  doi = {10.1037/rev0000126},
}
@book{brown2018,
  author = {Brown, Laura S.}, title = {Feminist therapy}, edition = {2},
  publisher = {American Psychological Association}, date = {2018}, doi = {10.1037/0000092-000},
}
@online{cdc2018,
  organization = {{Centers for Disease Control and Prevention}},
  title = {People at high risk of developing flu-related complications}, date = {2018-01-23},
  url = {https://www.cdc.gov/flu/about/disease/high_risk.htm},
}
@article{keng2017,
  author = {Keng, Shao-Hsun and Lin, Chun-Hung and Orazem, Peter F.},
  title = {Expanding College Access in Taiwan, 1978--2014: Effects on Graduate Quality and Income Inequality},
  journal = {Journal of Human Capital}, volume = 11, number = 1, pages = {1-34}, year = 2017, doi = {10.1086/690235},
}
@book{grazer2015,
  author = {Grazer, Brian and Fishman, Charles}, title = {A Curious Mind: The Secret to a Bigger Life},
  publisher = {Simon \& Schuster}, address = {New York}, year = 2015,
}
@book{peebles2001,
  author = {Peebles, P. Z.}, title = {Probability, random variable, and random signal principles},
  edition = {4}, location = {New York}, publisher = {McGraw Hill}, date = {2001},
}
@book{xiong2014, author = {熊志勇}, title = {中国近现代外交史}, edition = {2}, location = {北京}, publisher = {北京大学出版社}, date = {2014}}
@article{yuan2012,
  author = {袁训来 and 陈哲 and 肖书海 and 万斌}, title = {蓝田生物群: 一个认识多细胞生物起源和早期演化的新窗口},
  journaltitle = {科学通报}, date = {2012}, volume = {55}, number = {34}, pages = {3219},
}
@online{xi2016, author = {习近平}, title = {习近平谈文化自信}, date = {2016-07-13}, url = {http://paper.people.com.cn/rmebhwb/html/2016-07/13/content_1694983.html}}
@article{palmer, author = {Palmer, Glenn and others}, title = {Why?}, journaltitle = {A Journal}, date = {2021}, number = {6}}
@misc{bank, author = {{World Bank}}, title = {Indicators}, howpublished = {file of a mirror}, url = {https://example.org/d}, date = {2026}}
"#;

fn said(key: &str, style: Style) -> String {
    Reference::of(&Work::read(BIB, key).unwrap(), style).to_string()
}

/// *Publication Manual of the American Psychological Association*, 7th edition, "Common references at a
/// glance": journal article (example 1), authored book (20), page of a government (111).
#[test]
fn apa_as_its_manual_prints_it() {
    for (key, printed) in [
        (
            "mccauley2019",
            "McCauley, S. M., & Christiansen, M. H. (2019). Language learning as language use: A cross-linguistic model of child language development. Psychological Review, 126(1), 1–51. https://doi.org/10.1037/rev0000126",
        ),
        (
            "brown2018",
            "Brown, L. S. (2018). Feminist therapy (2nd ed.). American Psychological Association. https://doi.org/10.1037/0000092-000",
        ),
        (
            "cdc2018",
            "Centers for Disease Control and Prevention. (2018, January 23). People at high risk of developing flu-related complications. https://www.cdc.gov/flu/about/disease/high_risk.htm",
        ),
    ] {
        assert_eq!(said(key, Style::Apa), printed);
    }
}

/// *The Chicago Manual of Style Online*, citation quick guide for author-date, 17th edition: journal article, book.
#[test]
fn chicago_as_its_quick_guide_prints_it() {
    for (key, printed) in [
        (
            "keng2017",
            "Keng, Shao-Hsun, Chun-Hung Lin, and Peter F. Orazem. 2017. “Expanding College Access in Taiwan, 1978–2014: Effects on Graduate Quality and Income Inequality.” Journal of Human Capital 11 (1): 1–34. https://doi.org/10.1086/690235.",
        ),
        (
            "grazer2015",
            "Grazer, Brian, and Charles Fishman. 2015. A Curious Mind: The Secret to a Bigger Life. New York: Simon & Schuster.",
        ),
    ] {
        assert_eq!(said(key, Style::Chicago), printed);
    }
}

/// Examples of GB/T 7714-2015 as Chinese journals hand them to authors, spaces after stops as in the standard.
#[test]
fn gb_t_7714_as_the_standard_prints_it() {
    for (key, printed) in [
        (
            "peebles2001",
            "PEEBLES P Z. Probability, random variable, and random signal principles[M]. 4th ed. New York: McGraw Hill, 2001.",
        ),
        (
            "xiong2014",
            "熊志勇. 中国近现代外交史[M]. 2版. 北京: 北京大学出版社, 2014.",
        ),
        (
            "yuan2012",
            "袁训来, 陈哲, 肖书海, 等. 蓝田生物群: 一个认识多细胞生物起源和早期演化的新窗口[J]. 科学通报, 2012, 55(34): 3219.",
        ),
        (
            "xi2016",
            "习近平. 习近平谈文化自信[EB/OL]. (2016-07-13). http://paper.people.com.cn/rmebhwb/html/2016-07/13/content_1694983.html.",
        ),
    ] {
        assert_eq!(said(key, Style::GbT7714), printed);
    }
}

/// An author list that ends in `others`, a title that ends in a question mark, an issue without a volume.
#[test]
fn what_an_entry_lacks_is_not_invented() {
    assert_eq!(
        said("palmer", Style::Apa),
        "Palmer, G., et al. (2021). Why? A Journal, (6)."
    );
    assert_eq!(
        said("palmer", Style::Chicago),
        "Palmer, Glenn, et al. 2021. “Why?” A Journal, no. 6."
    );
    assert_eq!(
        said("palmer", Style::GbT7714),
        "PALMER G, et al. Why?[J]. A Journal, 2021(6)."
    );
    assert_eq!(
        said("bank", Style::Apa),
        "World Bank. (2026). Indicators. File of a mirror. https://example.org/d"
    );
    assert!(said("bank", Style::Bibtex).starts_with("@misc{bank"));
    assert_eq!(Work::read(BIB, "nobody"), None);
    assert_eq!(Work::read("@article{broken", "broken"), None);
}

fn with_a_series() -> Findings {
    let mut f = sample::findings();
    let values = f.series.iter_mut().flat_map(|s| &mut s.values);
    for v in values {
        v.sources = vec!["bank".into(), "cdc2018".into()];
    }
    f
}

/// The framework and the program always; data sets that series cite, but not the pages they were coded from.
#[test]
fn owed_are_framework_program_data_and_methods() {
    let findings = with_a_series();
    let owed = citations::owed(&findings, BIB);
    let of = |group: Group| -> Vec<&str> {
        let works = owed.iter().filter(|o| o.group == group);
        works.map(|o| o.work.key.as_str()).collect()
    };
    assert_eq!(of(Group::Framework), ["chen2023"]);
    assert_eq!(of(Group::Program), ["tertius"]);
    assert_eq!(of(Group::Data), ["bank"]);
    let methods = of(Group::Methods);
    // A series stands between patron and rival: its model is owed; no measure of similarity was taken.
    assert!(methods.contains(&"rabiner1989") && methods.contains(&"enelowhinich1984"));
    assert!(!methods.contains(&"signorino1999") && !methods.contains(&"bailey2017"));
    assert!(owed.is_sorted_by_key(|o| o.group));
    let bank = owed.iter().find(|o| o.work.key == "bank").unwrap();
    let apa = Reference::of(&bank.work, Style::Apa).to_string();
    assert!(apa.contains("Indicators [Data set]."), "{apa}");
    let bib = citations::biblatex(&owed);
    let again = tertius::record::bibliography(&bib);
    assert_eq!(again.len(), owed.len(), "{bib}");
    for (work, (entry, text)) in owed.iter().zip(again) {
        assert_eq!((&work.work.key, &*work.work.biblatex), (&entry.key, text));
        assert!(text.starts_with('@') && text.ends_with('}'), "{text}");
    }
}

/// Every work of the methods pages can be read and written in every style.
#[test]
fn the_works_of_the_methods_are_whole() {
    for owed in citations::owed(&sample::findings(), "") {
        assert!(
            !owed.work.title.is_empty() && !owed.work.year.is_empty(),
            "{}",
            owed.work.key
        );
        for style in Style::ALL {
            let said = Reference::of(&owed.work, style).to_string();
            assert!(said.contains(&owed.work.year), "{said}");
            assert!(
                !said.contains("..") && !said.contains(" ,") && !said.contains("[S.l.]"),
                "{said}"
            );
        }
    }
}

/// Particles: APA as the library of Jönköping University prints it from the manual (*von Ahlefeld Nisser, D.*,
/// *de Beauvoir* under D); Chicago as the manual's own answer to a reader (*du Maurier, Daphne*);
/// GB/T 7714 as Chinese editors are told (*von HINDENBURG P*, *de MAUPASSANT G*).
#[test]
fn a_particle_stands_where_the_style_has_it() {
    let bib = "@book{a, author = {von Ahlefeld Nisser, Désirée}, title = {A}, publisher = {P}, date = {2001}}
        @book{m, author = {du Maurier, Daphne}, title = {The Scapegoat}, location = {Garden City, NY}, publisher = {Doubleday}, date = {1957}}
        @book{h, author = {von Hindenburg, Paul}, title = {B}, location = {Berlin}, publisher = {P}, date = {1920}}";
    let said = |key: &str, style| Reference::of(&Work::read(bib, key).unwrap(), style).to_string();
    assert!(said("a", Style::Apa).starts_with("von Ahlefeld Nisser, D. (2001)."));
    assert!(
        said("m", Style::Chicago)
            .starts_with("du Maurier, Daphne. 1957. The Scapegoat. Garden City, NY: Doubleday.")
    );
    assert!(said("h", Style::GbT7714).starts_with("von HINDENBURG P. "));
}

/// The order of a list of references: letter by letter, marks and cases aside, a particle as a part of its name
/// (APA 9.45: *de Beauvoir* under D; *Dario* before *da Rosa* in the manual of Chicago), an article passed over.
#[test]
fn works_are_ordered_letter_by_letter() {
    let names = [
        "Zur, A.",
        "de Jong, P.",
        "Dejean, B.",
        "Häge, F.",
        "Hayes, A.",
        "da Rosa, C.",
        "Dario, D.",
        "{The Center for Autism}",
    ];
    let entry = |(i, n): (usize, &&str)| {
        format!(
            "@book{{k{i}, author = {{{n}}}, title = {{T}}, publisher = {{P}}, date = {{2001}}}}\n"
        )
    };
    let bib: String = names.iter().enumerate().map(entry).collect();
    let mut findings = with_a_series();
    findings.series[0].values[0].sources = (0..names.len()).map(|i| format!("k{i}")).collect();
    let owed = citations::owed(&findings, &bib);
    let data = owed.iter().filter(|o| o.group == Group::Data);
    let order: Vec<&str> = data.map(|o| o.work.authors[0].family.as_str()).collect();
    assert_eq!(
        order,
        [
            "The Center for Autism",
            "Dario",
            "da Rosa",
            "Dejean",
            "de Jong",
            "Häge",
            "Hayes",
            "Zur"
        ]
    );
}

/// Up to twenty authors in APA and ten in Chicago stand all; a longer list is cut as the manuals cut it (APA
/// 9.8, *Chicago* 14.76), and one of GB/T 7714 after three.
#[test]
fn many_authors_are_cut_after_the_styles_own_limit() {
    let of = |n: usize| {
        let names: Vec<String> = (0..n).map(|i| format!("N{i:02}, A.")).collect();
        let bib = format!(
            "@book{{k, author = {{{}}}, title = {{T}}, publisher = {{P}}, location = {{L}}, date = {{2001}}}}",
            names.join(" and ")
        );
        Work::read(&bib, "k").unwrap()
    };
    let said = |n, style| Reference::of(&of(n), style).to_string();
    assert!(said(20, Style::Apa).contains("N18, A., & N19, A. (2001)"));
    assert!(said(21, Style::Apa).contains("N18, A., . . . N20, A. (2001)"));
    assert!(!said(21, Style::Apa).contains("N19"));
    assert!(said(10, Style::Chicago).contains("A. N08, and A. N09. 2001"));
    assert!(said(11, Style::Chicago).contains("A. N06, et al. 2001"));
    assert!(!said(11, Style::Chicago).contains("N07"));
    assert!(said(3, Style::GbT7714).starts_with("N00 A, N01 A, N02 A. T"));
    assert!(said(4, Style::GbT7714).starts_with("N00 A, N01 A, N02 A, et al. T"));
}

/// Works that stand in our own files name all their authors, so that each style cuts by its own limit; V-Dem
/// alone has another list for each version. None says twice that it is data.
#[test]
fn works_of_our_own_files_name_every_author() {
    let root = concat!(env!("CARGO_MANIFEST_DIR"), "/../../");
    for file in [
        "docs/references.bib",
        "docs/datasets.bib",
        "cases/japan-russia/sources.bib",
    ] {
        let bib = std::fs::read_to_string(format!("{root}{file}")).unwrap();
        for (entry, text) in tertius::record::bibliography(&bib) {
            let mut lines = text.lines();
            let cut = lines.any(|l| l.contains("author =") && l.contains(" and others}"));
            assert!(
                !cut || entry.key == "coppedge-vdem",
                "{file}: {}",
                entry.key
            );
        }
        assert!(!bib.contains("howpublished = {data set"), "{file}");
    }
}

/// What is called BibTeX has the fields and types of BibTeX alone.
#[test]
fn bibtex_is_bibtex() {
    let owed = citations::owed(&with_a_series(), BIB);
    let (latex, tex) = (citations::biblatex(&owed), citations::bibtex(&owed));
    for field in [
        "journaltitle =",
        "date =",
        "location =",
        "@software",
        "@online",
        "@report",
    ] {
        let has = |text: &str| text.lines().any(|l| l.trim_start().starts_with(field));
        assert!(!has(&tex), "{field}: {tex}");
    }
    assert!(latex.contains("journaltitle") && latex.contains("@software"));
    let again = tertius::record::bibliography(&tex);
    assert_eq!(again.len(), owed.len());
    assert!(tex.contains("year = {1989}") && tex.contains("journal = {Proceedings of the IEEE}"));
}

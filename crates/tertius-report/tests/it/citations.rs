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
        "World Bank. (2026). Indicators. file of a mirror. https://example.org/d"
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
    assert!(of(Group::Methods).contains(&"rabiner1989"));
    assert!(owed.is_sorted_by_key(|o| o.group));
    let bank = owed.iter().find(|o| o.work.key == "bank").unwrap();
    let apa = Reference::of(&bank.work, Style::Apa).to_string();
    assert!(apa.contains("Indicators [Data set]."), "{apa}");
    let bib = citations::bibtex(&owed);
    let again = tertius::record::bibliography(&bib);
    assert_eq!(again.len(), owed.len(), "{bib}");
    for (work, (entry, text)) in owed.iter().zip(again) {
        assert_eq!((&work.work.key, &*work.work.bibtex), (&entry.key, text));
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

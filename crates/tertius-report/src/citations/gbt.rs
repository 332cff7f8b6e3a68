//! GB/T 7714-2015, 信息与文献 参考文献著录规则, numbered.

use super::work::is_wide;
use super::{Kind, Name, Reference, Work, ordinal};

pub(super) fn reference(w: &Work) -> Reference {
    let mut r = Reference::default();
    let chinese = w.title.chars().any(is_wide);
    let who = authors(w, chinese);
    if !who.is_empty() {
        r.text(who).stop().text(" ");
    }
    r.text(&w.title);
    if !w.version.is_empty() {
        r.text(format!(": version {}", w.version));
    }
    // The standard writes a journal with a DOI, or read on the web, as one of both media.
    let online = if w.url.is_empty() { "" } else { "/OL" };
    let mark = match w.kind {
        Kind::Article => "J",
        Kind::Book => "M",
        Kind::Chapter => "M",
        Kind::Software => "CP",
        Kind::Data => "DS",
        Kind::Online | Kind::Preprint => "EB",
        Kind::Other => {
            if online.is_empty() {
                "Z"
            } else {
                "EB"
            }
        }
    };
    let online = if matches!(w.kind, Kind::Preprint) {
        "/OL"
    } else {
        online
    };
    r.text(format!("[{mark}{online}]"));
    match w.kind {
        Kind::Article => journal(w, &mut r),
        Kind::Book => {
            r.text(". ");
            if !w.edition.is_empty() {
                r.text(edition(&w.edition, chinese)).text(". ");
            }
            press(w, &mut r, chinese);
        }
        Kind::Chapter => {
            r.text("//").text(&w.container).text(". ");
            press(w, &mut r, chinese);
            if !w.pages.is_empty() {
                r.text(format!(": {}", w.pages.replace('–', "-")));
            }
        }
        _ => on_the_web(w, &mut r),
    }
    r.stop();
    let address = match w.kind {
        Kind::Preprint => format!("https://arxiv.org/abs/{}", w.arxiv),
        _ => w.url.clone(),
    };
    if !address.is_empty() {
        r.text(" ").link(address).text(".");
    }
    if !w.doi.is_empty() {
        r.text(format!(" DOI:{}.", w.doi));
    }
    r
}

/// `. 刊名, 年, 卷(期): 页`.
fn journal(w: &Work, r: &mut Reference) {
    r.text(". ").text(&w.container).text(", ").text(&w.year);
    if !w.volume.is_empty() {
        r.text(", ").text(&w.volume);
    }
    if !w.number.is_empty() {
        r.text(format!("({})", w.number));
    }
    if !w.pages.is_empty() {
        r.text(format!(": {}", w.pages.replace('–', "-")));
    }
}

/// `出版地: 出版者, 年`; a place or a publisher that the entry lacks is said to be unknown (8.8.1.3, 8.8.2.3).
fn press(w: &Work, r: &mut Reference, chinese: bool) {
    let or = |text: &str, zh: &str, en: &str| -> String {
        match (text, chinese) {
            ("", true) => zh.to_owned(),
            ("", false) => en.to_owned(),
            _ => text.to_owned(),
        }
    };
    let place = or(&w.place, "[出版地不详]", "[S.l.]");
    let publisher = or(&w.publisher, "[出版者不详]", "[s.n.]");
    r.text(format!("{place}: {publisher}, {}", w.year));
}

/// `. (发布日期)[引用日期]`; an access date that the entry lacks is not invented.
fn on_the_web(w: &Work, r: &mut Reference) {
    let two = |n: Option<u8>| n.map(|n| format!("-{n:02}")).unwrap_or_default();
    if !w.how.is_empty() {
        r.text(". ").text(&w.how);
    }
    if !w.year.is_empty() {
        r.text(format!(". ({}{}{})", w.year, two(w.month), two(w.day)));
    }
    if !w.accessed.is_empty() {
        r.text(format!("[{}]", w.accessed));
    }
}

/// `2版`, `2nd ed`.
fn edition(edition: &str, chinese: bool) -> String {
    if chinese {
        format!("{}版", edition.trim_end_matches('版'))
    } else {
        format!("{} ed", ordinal(edition))
    }
}

/// Three authors, then `等` or `et al`; family names in capitals in front of initials without stops.
fn authors(w: &Work, chinese: bool) -> String {
    let mut names: Vec<String> = w.authors.iter().take(3).map(name).collect();
    if w.authors.len() > 3 || w.more_authors {
        names.push(if chinese { "等" } else { "et al" }.to_owned());
    }
    names.join(", ")
}

fn name(n: &Name) -> String {
    if n.is_wide() || n.given.is_empty() {
        return format!("{}{}", n.family, n.given);
    }
    let suffix = if n.suffix.is_empty() {
        String::new()
    } else {
        format!(", {}", n.suffix)
    };
    // A particle stands in front as its bearer writes it: `von HINDENBURG P`.
    let (particle, name) = match n.family.strip_prefix(&n.particle) {
        Some(rest) if !n.particle.is_empty() => (format!("{} ", n.particle), rest.trim_start()),
        _ => (String::new(), n.family.as_str()),
    };
    let name = name.to_uppercase();
    format!("{particle}{name} {}{suffix}", n.initials("", " "))
}

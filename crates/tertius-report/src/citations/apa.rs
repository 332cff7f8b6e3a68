//! APA, 7th edition (*Publication Manual*, chapters 9 and 10).

use super::{Kind, Name, Reference, Work, capital, day, ordinal};

pub(super) fn reference(w: &Work) -> Reference {
    let mut r = Reference::default();
    let who = authors(w);
    if who.is_empty() {
        title(w, &mut r);
        r.stop().text(format!(" ({}).", date(w)));
    } else {
        r.text(who).stop().text(format!(" ({}). ", date(w)));
        title(w, &mut r);
        r.stop();
    }
    match w.kind {
        Kind::Article if !w.container.is_empty() => {
            r.text(" ").italic(&w.container);
            if !w.volume.is_empty() {
                r.text(", ").italic(&w.volume);
            }
            if !w.number.is_empty() {
                r.text(if w.volume.is_empty() { ", " } else { "" });
                r.text(format!("({})", w.number));
            }
            if !w.pages.is_empty() {
                r.text(format!(", {}", w.pages));
            }
            r.stop();
        }
        Kind::Chapter if !w.container.is_empty() => {
            r.text(" In ").italic(&w.container);
            if !w.pages.is_empty() {
                r.text(format!(" (pp. {})", w.pages));
            }
            r.stop();
            published(w, &mut r);
        }
        Kind::Preprint => {
            r.text(" arXiv.");
        }
        Kind::Other | Kind::Data if !w.how.is_empty() => {
            r.text(format!(" {}", capital(&w.how))).stop();
        }
        _ => published(w, &mut r),
    }
    let address = w.address();
    if !address.is_empty() {
        r.text(" ").link(address);
    }
    r
}

fn published(w: &Work, r: &mut Reference) {
    let publisher = w.publisher_beside_author();
    if !publisher.is_empty() {
        r.text(format!(" {publisher}")).stop();
    }
}

fn title(w: &Work, r: &mut Reference) {
    match w.kind {
        Kind::Article | Kind::Chapter => r.text(&w.title),
        _ => r.italic(&w.title),
    };
    if !w.edition.is_empty() {
        r.text(format!(" ({} ed.)", ordinal(&w.edition)));
    }
    if !w.version.is_empty() {
        r.text(format!(" (Version {})", w.version));
    }
    match w.kind {
        Kind::Software => r.text(" [Computer software]"),
        Kind::Data => r.text(" [Data set]"),
        _ => r,
    };
}

/// A page of the web has its day; other works have their year.
fn date(w: &Work) -> String {
    let day = day(w);
    match (w.year.as_str(), w.kind) {
        ("", _) => "n.d.".to_owned(),
        (year, Kind::Online) if !day.is_empty() => format!("{year}, {day}"),
        (year, _) => year.to_owned(),
    }
}

/// All of up to twenty authors; of more, nineteen, an ellipsis and the last.
fn authors(w: &Work) -> String {
    let mut names: Vec<String> = w.authors.iter().map(name).collect();
    if w.more_authors {
        names.push("et al.".to_owned());
        return names.join(", ");
    }
    match names.as_slice() {
        [] => String::new(),
        [one] => one.clone(),
        [first @ .., last] if names.len() <= 20 => {
            format!("{}, & {last}", first.join(", "))
        }
        [first @ .., last] => {
            let shown: Vec<&str> = first.iter().take(19).map(String::as_str).collect();
            format!("{}, . . . {last}", shown.join(", "))
        }
    }
}

fn name(n: &Name) -> String {
    if n.is_wide() {
        return format!("{}{}", n.family, n.given);
    }
    let mut said = n.family.clone();
    if !n.given.is_empty() {
        said.push_str(&format!(", {}", n.initials(".", " ")));
    }
    if !n.suffix.is_empty() {
        said.push_str(&format!(", {}", n.suffix));
    }
    said
}

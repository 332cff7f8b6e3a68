//! Chicago, 17th edition, author-date (*Manual of Style*, chapter 15).

use super::{Kind, Name, Reference, Work, capital, day, ordinal};

pub(super) fn reference(w: &Work) -> Reference {
    let mut r = Reference::default();
    let who = authors(w);
    let year = if w.year.is_empty() { "n.d." } else { &w.year };
    if who.is_empty() {
        title(w, &mut r);
        r.text(format!(" {year}")).stop();
    } else {
        r.text(who).stop().text(format!(" {year}")).stop().text(" ");
        title(w, &mut r);
    }
    match w.kind {
        Kind::Article if !w.container.is_empty() => {
            r.text(" ").italic(&w.container);
            if !w.volume.is_empty() {
                r.text(format!(" {}", w.volume));
                if !w.number.is_empty() {
                    r.text(format!(" ({})", w.number));
                }
            } else if !w.number.is_empty() {
                r.text(format!(", no. {}", w.number));
            }
            if !w.pages.is_empty() {
                r.text(format!(": {}", w.pages));
            }
            r.stop();
        }
        Kind::Chapter if !w.container.is_empty() => {
            r.text(" In ").italic(&w.container);
            if !w.pages.is_empty() {
                r.text(format!(", {}", w.pages));
            }
            r.stop();
            published(w, &mut r);
        }
        Kind::Preprint => {
            r.text(" Preprint, arXiv.");
        }
        Kind::Other | Kind::Data if !w.how.is_empty() => {
            r.text(format!(" {}", capital(&w.how))).stop();
        }
        Kind::Online => {
            published(w, &mut r);
            let day = day(w);
            if !day.is_empty() {
                r.text(format!(" {day}, {}.", w.year));
            }
        }
        _ => published(w, &mut r),
    }
    let address = w.address();
    if !address.is_empty() {
        r.text(" ").link(address).text(".");
    }
    r
}

fn published(w: &Work, r: &mut Reference) {
    let publisher = w.publisher_beside_author();
    if publisher.is_empty() {
        return;
    }
    let place = if w.place.is_empty() {
        String::new()
    } else {
        format!("{}: ", w.place)
    };
    r.text(format!(" {place}{publisher}")).stop();
}

/// Titles of books and programs in italics, all others in quotation marks, the full stop inside.
fn title(w: &Work, r: &mut Reference) {
    if matches!(w.kind, Kind::Book | Kind::Software) {
        r.italic(&w.title).stop();
    } else {
        let closed = w.title.ends_with(['.', '?', '!', '？', '！', '。']);
        r.text(format!("“{}{}”", w.title, if closed { "" } else { "." }));
    }
    if !w.edition.is_empty() {
        r.text(format!(" {} ed.", ordinal(&w.edition)));
    }
    if !w.version.is_empty() {
        r.text(format!(" V. {}.", w.version));
    }
}

/// All of up to ten authors, the first with the family name in front; of more, seven and `et al.`
fn authors(w: &Work) -> String {
    let many = w.authors.len() > 10;
    let shown = if many { 7 } else { w.authors.len() };
    let names: Vec<String> = w
        .authors
        .iter()
        .take(shown)
        .enumerate()
        .map(|(i, n)| name(n, i == 0))
        .collect();
    if many || w.more_authors {
        return format!("{}, et al.", names.join(", "));
    }
    match names.as_slice() {
        [] => String::new(),
        [one] => one.clone(),
        [first @ .., last] => format!("{}, and {last}", first.join(", ")),
    }
}

fn name(n: &Name, inverted: bool) -> String {
    let suffix = if n.suffix.is_empty() {
        String::new()
    } else {
        format!(", {}", n.suffix)
    };
    if n.is_wide() {
        format!("{}{}", n.family, n.given)
    } else if n.given.is_empty() {
        format!("{}{suffix}", n.family)
    } else if inverted {
        format!("{}, {}{suffix}", n.family, n.given)
    } else {
        format!("{} {}{suffix}", n.given, n.family)
    }
}

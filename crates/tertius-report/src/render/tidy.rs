//! Vega's SVG made small: no classes, no names of single marks, no empty frames, coordinates of a hundredth of a pixel, and names of its
//! parts that stay apart from those of other figures in one page.

use std::fmt::Write as _;

/// Attributes that say what holds anyway, or that only Vega's own scripts and styles would look at.
const NEEDLESS: [&str; 9] = [
    "class",
    "pointer-events",
    "stroke-miterlimit",
    "version",
    "target",
    "xmlns:xlink",
    // The page names each figure as a whole.
    "role",
    "aria-hidden",
    "aria-label",
];

/// What a group of marks is called is kept: it tells marks of data from axes. Of single marks it goes.
const GROUP_OF_MARKS: &str = "mark container";

/// Writes `svg`, as Vega writes it, shorter. Ids begin with `prefix`; links go without `links`.
pub(super) fn tidy(svg: &str, prefix: &str, links: bool) -> String {
    let mut out = String::with_capacity(svg.len() / 2);
    let mut rest = svg;
    while let Some(start) = rest.find('<') {
        let (text, tag_on) = rest.split_at(start);
        out.push_str(text);
        let Some(tag) = Tag::read(tag_on) else {
            rest = tag_on;
            break;
        };
        if !(tag.is_empty_frame() || (tag.name.trim_start_matches('/') == "a" && !links)) {
            tag.write(&mut out, prefix);
        }
        rest = tag_on.get(tag.length..).unwrap_or_default();
    }
    out.push_str(rest);
    one_font(unnested(well_formed(out)))
}

/// With a replacement character for each that no XML document may hold: control characters and
/// noncharacters of the record (production 2 of XML 1.0).
pub(super) fn well_formed(text: String) -> String {
    let held = |c: char| matches!(c, '\t' | '\n' | '\r' | ' '..='\u{FFFD}' | '\u{10000}'..);
    if text.chars().all(held) {
        return text;
    }
    let kept = |c| {
        if held(c) {
            c
        } else {
            char::REPLACEMENT_CHARACTER
        }
    };
    text.chars().map(kept).collect()
}

/// The family of letters said once, at the root, where every text has the same.
fn one_font(svg: String) -> String {
    const KEY: &str = " font-family=\"";
    let family = svg
        .split_once(KEY)
        .and_then(|(_, after)| after.split_once('"'))
        .map(|(family, _)| format!("{KEY}{family}\""));
    match family {
        Some(f) if svg.matches(KEY).count() == svg.matches(f.as_str()).count() => {
            let bare = svg.replace(f.as_str(), "");
            bare.replacen("<svg", &format!("<svg{f}"), 1)
        }
        _ => svg,
    }
}

/// Without groups that hold nothing. Removing one may empty the next.
fn unnested(mut svg: String) -> String {
    loop {
        let less = svg.replace("<g></g>", "").replace("<g/>", "");
        if less.len() == svg.len() {
            return svg;
        }
        svg = less;
    }
}

/// A tag: its name, its attributes as they stand, and how many bytes it takes.
struct Tag<'a> {
    name: &'a str,
    attributes: Vec<(&'a str, &'a str)>,
    closed: bool,
    length: usize,
}

impl<'a> Tag<'a> {
    /// The tag at the beginning of `text`. Vega escapes angle brackets and quotation marks in values.
    fn read(text: &'a str) -> Option<Tag<'a>> {
        let end = text.find('>')?;
        let inside = text.get(1..end)?;
        let closed = inside.ends_with('/');
        let inside = inside.strip_suffix('/').unwrap_or(inside);
        let (name, mut rest) = inside.split_once(' ').unwrap_or((inside, ""));
        let mut attributes = Vec::new();
        while let Some((key, after)) = rest.split_once("=\"") {
            let (value, next) = after.split_once('"')?;
            attributes.push((key.trim(), value));
            rest = next;
        }
        Some(Tag {
            name,
            attributes,
            closed,
            length: end + 1,
        })
    }

    fn get(&self, key: &str) -> Option<&str> {
        let found = self.attributes.iter().find(|(k, _)| *k == key);
        found.map(|(_, v)| *v)
    }

    /// The frame of a group that is not drawn: Vega writes one before and one after each group.
    fn is_empty_frame(&self) -> bool {
        let frame = matches!(self.get("class"), Some("background" | "foreground"));
        frame
            && (self.get("display") == Some("none")
                || (self.get("stroke").is_none() && self.get("fill").is_none()))
    }

    fn write(&self, out: &mut String, prefix: &str) {
        let _ = write!(out, "<{}", self.name);
        for (key, value) in &self.attributes {
            let idle = NEEDLESS.contains(key)
                || (*key == "aria-roledescription" && !value.ends_with(GROUP_OF_MARKS))
                || matches!(
                    (*key, *value),
                    ("opacity" | "fill-opacity" | "stroke-opacity", "1")
                        | ("transform", "translate(0,0)")
                        | ("stroke-dasharray", "")
                );
            if idle {
                continue;
            }
            // Readers of today know the plain name.
            let key = if *key == "xlink:href" { "href" } else { key };
            let value = match key {
                "d" => path(value),
                "transform" => rounded(value),
                "id" => format!("{prefix}{value}"),
                _ => value.replace("url(#", &format!("url(#{prefix}")),
            };
            let _ = write!(out, " {key}=\"{value}\"");
        }
        out.push_str(if self.closed { "/>" } else { ">" });
    }
}

/// Numbers of `text` to a hundredth.
fn rounded(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut number = String::new();
    let flush = |number: &mut String, out: &mut String| {
        match number.parse::<f64>() {
            Ok(x) => out.push_str(&hundredth(x)),
            Err(_) => out.push_str(number),
        }
        number.clear();
    };
    for c in text.chars() {
        let begins = c == '-' && !number.is_empty() && !number.ends_with('e');
        if begins {
            flush(&mut number, &mut out);
        }
        if c.is_ascii_digit() || matches!(c, '.' | '-') || (c == 'e' && !number.is_empty()) {
            number.push(c);
        } else {
            flush(&mut number, &mut out);
            out.push(c);
        }
    }
    flush(&mut number, &mut out);
    out
}

fn hundredth(x: f64) -> String {
    let x = (x * 100.0).round() / 100.0;
    // No minus before a zero.
    (x + 0.0).to_string()
}

/// A path of lines alone, written relative and without steps that go nowhere; any other path rounded.
fn path(d: &str) -> String {
    steps(d).unwrap_or_else(|| rounded(d))
}

/// `None` where the path has more than moves, lines and closings.
fn steps(d: &str) -> Option<String> {
    let mut out = String::new();
    let mut here: Option<(i64, i64)> = None;
    let mut begun = (0, 0);
    let mut rest = d;
    while let Some(command) = rest.chars().next() {
        rest = rest.get(1..)?;
        let end = rest
            .find(|c: char| c.is_ascii_alphabetic() && c != 'e')
            .unwrap_or(rest.len());
        let (numbers, after) = rest.split_at(end);
        rest = after;
        if command == 'Z' {
            out.push('Z');
            here = Some(begun);
            continue;
        }
        // In hundredths, so that rounding does not add up along the path.
        let (x, y) = numbers.split_once(',')?;
        let whole = |t: &str| Some((t.parse::<f64>().ok()? * 100.0).round() as i64);
        let to = (whole(x)?, whole(y)?);
        let shown = |v: i64| (v as f64 / 100.0).to_string();
        match (command, here) {
            ('M', _) => {
                let _ = write!(out, "M{},{}", shown(to.0), shown(to.1));
                begun = to;
            }
            ('L', Some(from)) => match (to.0 - from.0, to.1 - from.1) {
                (0, 0) => {}
                (0, dy) => out.push_str(&format!("v{}", shown(dy))),
                (dx, 0) => out.push_str(&format!("h{}", shown(dx))),
                (dx, dy) => out.push_str(&format!("l{},{}", shown(dx), shown(dy))),
            },
            _ => return None,
        }
        here = Some(to);
    }
    Some(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_of_steps_is_written_relative_and_ends_where_it_did() {
        let d = "M0,65.756L4.523,65.756L4.523,66L4.523,66L9.051,60.004Z";
        assert_eq!(path(d), "M0,65.76h4.52v0.24l4.53,-6Z");
        assert_eq!(path("M1.005,2A3,3,0,1,1,4.1234,2"), "M1,2A3,3,0,1,1,4.12,2");
        assert_eq!(path("M0,0h638v0h-638Z"), "M0,0h638v0h-638Z");
        assert_eq!(path(""), "");
        assert_eq!(rounded("translate(-0.001,1.5-2)"), "translate(0,1.5-2)");
    }

    #[test]
    fn frames_classes_and_links_go_and_ids_are_told_apart() {
        let svg = r##"<svg class="marks" width="9"><g class="a"><path class="background" d="M0,0h9v0h-9Z"/><a xlink:href="#row-1"><text transform="translate(0,0)">a &lt; b</text></a><g><path class="foreground" display="none" d=""/></g></g><path id="c" clip-path="url(#c)" class="background" fill="#fff" d=""/></svg>"##;
        let with = tidy(svg, "f-", true);
        assert_eq!(
            with,
            r##"<svg width="9"><g><a href="#row-1"><text>a &lt; b</text></a></g><path id="f-c" clip-path="url(#f-c)" fill="#fff" d=""/></svg>"##
        );
        assert!(!tidy(svg, "", false).contains("<a"));
        let same =
            r#"<svg><text font-family="A, B">x</text><text font-family="A, B">y</text></svg>"#;
        let once = r#"<svg font-family="A, B"><text>x</text><text>y</text></svg>"#;
        assert_eq!(tidy(same, "", true), once);
        assert_eq!(tidy(once, "", true), once);
    }
}

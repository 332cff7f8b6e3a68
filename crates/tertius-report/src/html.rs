//! Findings as one self-contained page.

use std::fmt::Write as _;

use tertius::findings::Findings;
use tertius::vocabulary::Lang;

/// The report.
pub fn report(f: &Findings, lang: Lang) -> String {
    let mut out = String::new();
    let title = escape(f.title.get(lang));
    let _ = write!(
        out,
        "<!doctype html>\n<html lang=\"{lang}\">\n<head>\n<meta charset=\"utf-8\">\n<title>{title}</title>\n</head>\n<body>\n<main>\n<h1>{title}</h1>\n<pre>{}</pre>\n",
        escape(&super::text::reading(f, lang))
    );
    out.push_str("<ul>\n");
    for row in &f.rows {
        let sources: Vec<String> = row
            .sources
            .iter()
            .map(|k| format!("<a href=\"#src-{0}\">{0}</a>", escape(k)))
            .collect();
        let _ = writeln!(
            out,
            "<li id=\"row-{}\">{} {} {}</li>",
            escape(&row.id),
            row.date,
            escape(row.description.get(lang)),
            sources.join(" ")
        );
    }
    out.push_str("</ul>\n<ul>\n");
    for s in &f.sources {
        let label = escape(&format!("{}. {}. {}", s.author, s.title, s.date));
        let link = match &s.url {
            Some(url) => format!("<a href=\"{}\">{label}</a>", escape(url)),
            None => label,
        };
        let _ = writeln!(out, "<li id=\"src-{}\">{link}</li>", escape(&s.key));
    }
    out.push_str("</ul>\n</main>\n</body>\n</html>\n");
    out
}

/// Text of a case is never markup.
fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            c => out.push(c),
        }
    }
    out
}

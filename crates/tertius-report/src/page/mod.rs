//! Pages: templates, one stylesheet, and what keeps a hostile text from being anything but text.
//!
//! Every value is escaped by the templates; JSON is embedded with its angle brackets written as escapes;
//! the content security policy lets only our own scripts run, by their hashes, and none of them uses `eval`.

mod beside;
mod cite;
mod coding;
mod context;
mod flags;
mod record;
mod sentences;
mod tables;
mod verdicts;

use std::collections::BTreeMap;
use std::sync::OnceLock;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use minijinja::value::Kwargs;
use minijinja::{Environment, Error, State, UndefinedBehavior, Value};
use sha2::{Digest, Sha256};
use tertius::findings::Findings;
use tertius::vocabulary::Lang;

use crate::assets;
use crate::figures::{Drawn, Figure};
use crate::i18n::{Arg, messages};
pub(crate) use coding::coded;
pub(crate) use sentences::{cautions, lead};
pub(crate) use tables::held;
pub(crate) use verdicts::{against_prior, each, known, pairs, sets, turns_note, verdict};

/// Why a page could not be made: a fault of a template.
#[derive(Debug, thiserror::Error)]
#[error("the page could not be made: {0}")]
pub struct PageError(#[from] Error);

/// What a page is made with besides findings.
#[derive(Clone, Debug, Default)]
pub struct PageOptions {
    /// Figures drawn already, by [`crate::figures::Figure::id`]: a page that has them all needs no script to
    /// draw, and carries none. They must come from `render::draw` or be as trusted: they are not escaped.
    pub drawn: BTreeMap<String, Drawn>,
    /// The case's `sources.bib`, out of which works owed are written in full. Without it those of the
    /// framework, the program and its methods alone can be.
    pub bibliography: String,
}

/// `report.html`: one file, no network, both for the screen and for paper.
///
/// # Errors
///
/// [`PageError`] if a template fails, which a test of ours would have shown.
pub fn report(findings: &Findings, lang: Lang, options: &PageOptions) -> Result<String, PageError> {
    report_with(
        findings,
        lang,
        options,
        &crate::figures::all(findings, lang),
    )
}

/// The same with figures that are at hand: those of [`crate::figures::all`] in the same language.
///
/// # Errors
///
/// As [`report`].
pub fn report_with(
    findings: &Findings,
    lang: Lang,
    options: &PageOptions,
    figures: &[Figure],
) -> Result<String, PageError> {
    let context = context::report(findings, lang, options, figures);
    Ok(environment().get_template("report.html")?.render(context)?)
}

/// The methods section: a paragraph fit to paste into a paper.
/// `bibliography` is the case's, out of which its data sets are named.
pub fn methods_paragraph(findings: &Findings, lang: Lang, bibliography: &str) -> String {
    sentences::methods(&crate::names::Names::new(findings, lang), bibliography)
}

fn environment() -> &'static Environment<'static> {
    static PAGES: OnceLock<Environment<'static>> = OnceLock::new();
    PAGES.get_or_init(|| {
        let mut pages = Environment::new();
        pages.set_undefined_behavior(UndefinedBehavior::Strict);
        pages.add_function("t", translate);
        for (name, source) in [
            ("macros.html", include_str!("../../templates/macros.html")),
            ("report.html", include_str!("../../templates/report.html")),
        ] {
            // A template that does not parse is missing, and rendering says so.
            let _ = pages.add_template(name, source);
        }
        pages
    })
}

/// `t("key", name=value)` in a template: the message in the page's language.
fn translate(state: &State<'_, '_>, key: &str, values: Kwargs) -> Result<String, Error> {
    let lang = match state.lookup("tag").as_ref().and_then(Value::as_str) {
        Some("zh-Hans") => Lang::Zh,
        _ => Lang::En,
    };
    let mut args: Vec<(&str, Arg<'_>)> = Vec::new();
    for name in values.args() {
        let value: Value = values.get(name)?;
        let count = usize::try_from(value.clone()).ok();
        args.push((
            name,
            count.map_or_else(|| Arg::from(value.to_string()), Arg::from),
        ));
    }
    Ok(messages(lang).with(key, &args))
}

/// The scripts of a page, in order; those that draw only where something is left to draw.
fn scripts(draws: bool) -> &'static [String] {
    static DRAWING: OnceLock<Vec<String>> = OnceLock::new();
    static OURS: OnceLock<Vec<String>> = OnceLock::new();
    let (kept, bundles): (_, &[&str]) = if draws {
        let all = &[
            assets::VEGA,
            assets::VEGA_LITE,
            assets::VEGA_EMBED,
            assets::DRAW_SCRIPT,
            assets::REPORT_SCRIPT,
        ];
        (&DRAWING, all)
    } else {
        (&OURS, &[assets::REPORT_SCRIPT])
    };
    kept.get_or_init(|| {
        // A source map would be looked for beside the page.
        let without_map = |s: &str| {
            s.split("\n//# sourceMappingURL=")
                .next()
                .unwrap_or_default()
                .to_owned()
        };
        bundles.iter().map(|s| without_map(s)).collect()
    })
}

/// Only these scripts, no network, no frames, no forms. Styles may stand in the page: Vega sets them on its elements.
fn content_security_policy(draws: bool) -> String {
    let hashes: Vec<String> = scripts(draws)
        .iter()
        .map(|s| format!("'sha256-{}'", STANDARD.encode(Sha256::digest(s.as_bytes()))))
        .collect();
    format!(
        "default-src 'none'; script-src {}; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'",
        hashes.join(" ")
    )
}

/// JSON that can stand inside a `script` element: nothing in it can end the element or begin a comment.
///
/// ```
/// use tertius_report::page::script_json;
/// assert_eq!(script_json(&serde_json::json!("</script>")), r#""\u003c/script\u003e""#);
/// ```
pub fn script_json(value: &serde_json::Value) -> String {
    let mut out = String::new();
    for c in value.to_string().chars() {
        match c {
            '<' | '>' | '&' | '\u{2028}' | '\u{2029}' => {
                out.push_str(&format!("\\u{:04x}", u32::from(c)))
            }
            _ => out.push(c),
        }
    }
    out
}

/// `url` if it leads to the web, or nothing: a `javascript:` address is not one to click on.
///
/// ```
/// use tertius_report::page::web_address;
/// assert_eq!(web_address("https://example.org/a"), Some("https://example.org/a"));
/// assert_eq!(web_address("javascript:alert(1)"), None);
/// ```
pub fn web_address(url: &str) -> Option<&str> {
    let lower = url.to_ascii_lowercase();
    (lower.starts_with("https://") || lower.starts_with("http://")).then_some(url)
}

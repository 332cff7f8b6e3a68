//! What the report's template is filled with.

use minijinja::{Value, context};
use serde::Serialize;
use serde_json::json;
use tertius::findings::Findings;
use tertius::vocabulary::Lang;

use super::sentences::{cannot, cautions, lead, methods};
use super::tables::{data, owed, penetrations, published, row, serialized, strain, turns};
use super::{PageOptions, content_security_policy, script_json, scripts, web_address};
use crate::assets;
use crate::figures::{self, Cell, Table};
use crate::names::Names;

#[derive(Serialize)]
struct Heading {
    id: String,
    title: String,
}

pub(super) fn report(findings: &Findings, lang: Lang, options: &PageOptions) -> Value {
    let names = Names::new(findings, lang);
    let words = names.words;
    let figures = figures::all(findings, lang);
    let mut contents: Vec<Heading> = Vec::new();
    let mut go_to = |id: &str, title: String| {
        contents.push(Heading {
            id: id.to_owned(),
            title,
        })
    };
    let of_kind = |kind: &str| figures.iter().find(|f| f.kind == kind);
    for kind in ["plane", "triangle", "heat"] {
        if let Some(f) = of_kind(kind) {
            go_to(&format!("h-{}", f.id), f.title.clone());
        }
    }
    go_to("turns", words.get("page-turning-points"));
    let falls = of_kind("waterfall").is_some();
    if falls {
        go_to("evidence", words.get("page-evidence"));
    }
    for kind in ["rule", "sensitivity", "prior"] {
        if let Some(f) = of_kind(kind) {
            go_to(&format!("h-{}", f.id), f.title.clone());
        }
    }
    if !findings.readings.is_empty() {
        go_to("published", words.get("page-published"));
    }
    go_to("methods", words.get("page-methods"));
    go_to("data", words.get("page-data"));
    go_to("cannot", words.get("page-cannot"));
    go_to("rows", words.get("page-rows"));
    go_to("sources", words.get("page-sources"));

    let drawn: Vec<Value> = figures
        .iter()
        .map(|f| {
            let mut single = f.single.clone();
            if single["datasets"] == f.double["datasets"]
                && let Some(spec) = single.as_object_mut()
            {
                spec.shift_remove("datasets");
            }
            let data = script_json(&json!({"double": f.double, "single": single}));
            context! {
                kind => f.kind, id => f.id.clone(), title => f.title.clone(), caption => f.caption.clone(), table => serialized(&f.table),
                json => Value::from_safe_string(data),
                svg => options.drawn.get(&f.id).map(|s| Value::from_safe_string(s.clone())),
            }
        })
        .collect();
    let p = &findings.provenance;
    let seed = p.seed.to_string();
    context! {
        tag => match lang { Lang::En => "en", Lang::Zh => "zh-Hans" },
        csp => content_security_policy(),
        css => Value::from_safe_string(assets::STYLESHEET.to_owned()),
        scripts => scripts().iter().map(|s| Value::from_safe_string(s.clone())).collect::<Vec<_>>(),
        program => p.program.clone(),
        title => findings.title.get(lang),
        triad => [&findings.triad.ally, &findings.triad.patron, &findings.triad.rival].map(|c| names.actor(c)).join(" · "),
        span => words.with("page-span", &[("from", names.month(findings.from).into()), ("to", names.month(findings.to).into())]),
        as_of => words.with("page-as-of", &[("month", names.month(findings.as_of).into())]),
        made => words.with("page-made-by", &[("program", (&p.program).into()), ("seed", seed.into())]),
        lead => lead(&names),
        cautions => cautions(&names),
        roles => findings.catalogue.roles.iter().map(|r| context! { letter => r.letter.clone(), name => r.name.get(lang), gloss => r.gloss.get(lang) }).collect::<Vec<_>>(),
        contents => serialized(&contents),
        figures => drawn,
        falls,
        turns => serialized(&turns(&names)),
        penetrations => serialized(&penetrations(&names)),
        strain => serialized(&strain(&names)),
        published => published(&names),
        methods => methods(&names),
        options => serialized(&Table { head: Vec::new(), rows: p.options.iter().map(|(k, v)| vec![Cell::text(k), Cell::text(v)]).collect() }),
        owed => owed(findings),
        data => data(&names),
        cannot => cannot(&names),
        record => findings.rows.iter().map(|r| row(&names, r)).collect::<Vec<_>>(),
        sources => findings.sources.iter().map(|s| context! {
            key => s.key.clone(), author => s.author.clone(), title => s.title.clone(), date => s.date.clone(), container => s.container.clone(),
            href => s.url.as_deref().and_then(web_address), rows => s.rows.clone(),
        }).collect::<Vec<_>>(),
    }
}

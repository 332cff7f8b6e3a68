//! What the report's template is filled with.

use minijinja::{Value, context};
use serde::Serialize;
use serde_json::json;
use tertius::findings::Findings;
use tertius::vocabulary::Lang;

use super::beside::{agreement, agreement_by_role, fragile, parting_lines, partings};
use super::cite::owed;
use super::coding::coded;
use super::flags::{flags, known};
use super::record::{carrying, data, row, series};
use super::sentences::{cannot, cautions, framework, lead, methods};
use super::tables::{penetrations, published, serialized, strain, turns};
use super::{PageOptions, content_security_policy, script_json, scripts, verdicts, web_address};
use crate::assets;
use crate::figures::{Cell, Figure, Table, acts, behind, evidence, folded};
use crate::names::Names;

#[derive(Serialize)]
struct Heading {
    id: String,
    title: String,
}

pub(super) fn report(
    findings: &Findings,
    lang: Lang,
    options: &PageOptions,
    figures: &[Figure],
) -> Value {
    let names = Names::new(findings, lang);
    let words = names.words;
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
    for kind in ["issues", "compliance", "rule"] {
        if let Some(f) = of_kind(kind) {
            go_to(&format!("h-{}", f.id), f.title.clone());
        }
    }
    go_to("partings", words.get("page-partings"));
    if !findings.readings.is_empty() {
        go_to("published", words.get("page-published"));
    }
    if !findings.article_flags.is_empty() {
        go_to("framework", words.get("page-framework"));
    }
    for kind in ["sensitivity", "prior"] {
        if let Some(f) = of_kind(kind) {
            go_to(&format!("h-{}", f.id), f.title.clone());
        }
    }
    go_to("flags", words.get("page-flags"));
    go_to("methods", words.get("page-methods"));
    go_to("cite", words.get("page-cite"));
    go_to("data", words.get("page-data"));
    go_to("cannot", words.get("page-cannot"));
    go_to("rows", words.get("page-rows"));
    go_to("sources", words.get("page-sources"));

    let drawn: Vec<Value> = figures
        .iter()
        .map(|f| {
            let (json, svg) = match options.drawn.get(&f.id) {
                None => (Some(undrawn(f)), None),
                Some(d) => (None, Some([("d", &d.double), ("s", &d.single)].map(|(width, svg)| inlined(f, width, svg)))),
            };
            context! {
                kind => f.kind, id => f.id.clone(), title => f.title.clone(), caption => f.caption.clone(), table => serialized(&f.table),
                json => json.map(Value::from_safe_string), svg => svg.map(|s| s.map(Value::from_safe_string).to_vec()),
            }
        })
        .collect();
    let carrying = carrying(&names);
    let draws = figures.iter().any(|f| !options.drawn.contains_key(&f.id));
    let p = &findings.provenance;
    let seed = p.seed.to_string();
    context! {
        tag => tag(lang),
        csp => content_security_policy(draws),
        css => Value::from_safe_string(assets::STYLESHEET.to_owned()),
        scripts => scripts(draws).iter().map(|s| Value::from_safe_string(s.clone())).collect::<Vec<_>>(),
        program => p.program.clone(),
        title => findings.title.get(lang),
        note => findings.note.get(lang),
        case => findings.case.clone(),
        // A month that the command can be asked about: of the first turn, or the last.
        explain_month => findings.turning_points.first().map_or(findings.to, |t| t.month).to_string(),
        triad => [&findings.triad.ally, &findings.triad.patron, &findings.triad.rival].map(|c| names.actor(c)).join(" · "),
        span => words.with("page-span", &[("from", names.month(findings.from).into()), ("to", names.month(findings.to).into())]),
        as_of => words.with("page-as-of", &[("month", names.month(findings.as_of).into())]),
        made => words.with("page-made-by", &[("program", (&p.program).into()), ("seed", seed.into())]),
        lead => lead(&names),
        coded => coded(&names),
        coding => findings.coding.get(lang),
        cautions => cautions(&names),
        verdicts => verdicts::lines(&names),
        roles => findings.catalogue.roles.iter().map(|r| context! { letter => r.letter.clone(), name => r.name.get(lang), gloss => r.gloss.get(lang) }).collect::<Vec<_>>(),
        contents => serialized(&contents),
        figures => drawn,
        falls,
        months_taken_apart => folded(&names).iter().map(|f| context! { id => f.id.clone(), title => f.title.clone(), table => serialized(&evidence(&names, f)) }).collect::<Vec<_>>(),
        turns => serialized(&turns(&names)),
        turns_note => verdicts::turns_note(&names),
        penetrations => serialized(&penetrations(&names)),
        acts => acts_by_issue(&names),
        agreement => serialized(&agreement_by_role(&names)),
        partings => serialized(&partings(&names)),
        parting_lines => parting_lines(&names),
        partings_agree => agreement(&names),
        fragile => serialized(&fragile(&names)),
        strain => serialized(&strain(&names)),
        behind => findings.issues.iter().map(|i| context! { id => i.id.clone(), title => i.name.get(lang), table => serialized(&behind(&names, &i.id)) }).collect::<Vec<_>>(),
        published => serialized(&published(&names)),
        framework => framework(&names),
        flags => serialized(&flags(&names)),
        known_flags => known(&names),
        methods => methods_of(findings, lang, &options.bibliography),
        options => serialized(&Table { head: Vec::new(), rows: p.options.iter().map(|(k, v)| vec![Cell::text(k), Cell::text(v)]).collect() }),
        owed => owed(&names, &options.bibliography),
        data => data(&names),
        series => series(&names),
        cannot => cannot(&names),
        record => findings.rows.iter().map(|r| row(&names, r, carrying.contains(&r.id))).collect::<Vec<_>>(),
        sources => findings.sources.iter().map(|s| context! {
            key => s.key.clone(), author => s.author.clone(), title => s.title.clone(), date => s.date.clone(), container => s.container.clone(),
            href => s.url.as_deref().and_then(web_address), rows => s.rows.clone(),
            carries => s.rows.iter().any(|r| carrying.contains(r)),
        }).collect::<Vec<_>>(),
    }
}

/// Acts on each issue that is read by itself.
fn acts_by_issue(names: &Names<'_>) -> Vec<Value> {
    let of_issue = |i: &tertius::findings::IssueRoles| {
        let table = acts(names, &i.issue);
        context! { id => i.issue.clone(), title => names.issue(&i.issue), n => table.rows.len(), table => serialized(&table) }
    };
    names.findings.issue_roles.iter().map(of_issue).collect()
}

/// The paragraph on methods, in the page's language first.
fn methods_of(findings: &Findings, lang: Lang, bib: &str) -> Vec<Value> {
    let other = match lang {
        Lang::En => Lang::Zh,
        Lang::Zh => Lang::En,
    };
    let both = [lang, other].into_iter();
    both.map(|l| context! { tag => tag(l), text => methods(&Names::new(findings, l), bib) })
        .collect()
}

/// The language as HTML names it.
fn tag(lang: Lang) -> &'static str {
    match lang {
        Lang::En => "en",
        Lang::Zh => "zh-Hans",
    }
}

/// A figure's specifications, for the script that draws them. Data that both share stand once.
fn undrawn(f: &Figure) -> String {
    let mut single = f.single.clone();
    if single["datasets"] == f.double["datasets"]
        && let Some(spec) = single.as_object_mut()
    {
        spec.shift_remove("datasets");
    }
    script_json(&json!({"double": f.double, "single": single}))
}

/// A drawn figure as a part of the page. One with links in it is a group, whose links can be reached; any
/// other is one picture.
fn inlined(f: &Figure, width: &str, svg: &str) -> String {
    let role = if svg.contains("<a ") { "group" } else { "img" };
    let root = format!(
        "<svg class=\"{width}\" role=\"{role}\" aria-labelledby=\"{}-title\" ",
        f.id
    );
    svg.replacen("<svg ", &root, 1)
}

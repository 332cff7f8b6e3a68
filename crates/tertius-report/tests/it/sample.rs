//! Findings that were never found: invented numbers for every part, so that everything has something to show.

use std::collections::BTreeMap;

use serde_json::{Value, json};
use tertius::findings::Findings;
use tertius::vocabulary::Catalogue;

const MONTHS: usize = 141;

fn month(index: usize) -> String {
    format!("{}-{:02}", 2012 + index / 12, index % 12 + 1)
}

fn logistic(x: f64) -> f64 {
    1.0 / (1.0 + (-x).exp())
}

/// A wobble without a random number.
fn wobble(t: f64, k: f64) -> f64 {
    (t * 0.37 + k).sin() * 0.5 + (t * 0.11 + 2.0 * k).sin()
}

fn probability(role: usize, t: usize) -> f64 {
    let t = t as f64;
    let base = match role {
        0 => -3.0 + 6.0 * logistic(t - 121.0),
        1 => 2.2 - 6.0 * logistic((t - 118.0) / 2.0) - 2.0 * logistic((8.0 - t) / 3.0),
        2 => -1.6 + 2.4 * logistic((t - 119.0) / 4.0),
        _ => -3.2 + 6.5 * logistic((t - 121.0) / 1.5),
    };
    logistic(base + 0.5 * wobble(t, role as f64))
}

fn by_role<T: Into<Value>>(roles: &[String], value: impl Fn(usize) -> T) -> Value {
    Value::Object(
        roles
            .iter()
            .enumerate()
            .map(|(i, r)| (r.clone(), value(i).into()))
            .collect(),
    )
}

fn band(p: f64, width: f64) -> Value {
    let w = width * (p * (1.0 - p)).sqrt() + 0.02;
    json!([(p - w).max(0.0), (p + w).min(1.0)])
}

/// Invented findings of 141 months, hostile texts included.
pub(crate) fn findings() -> Findings {
    let catalogue = Catalogue::bundled("chen-2023").unwrap();
    let roles: Vec<String> = catalogue
        .roles()
        .map(|r| catalogue.spec(r).id.clone())
        .collect();
    let role_findings: Vec<Value> = catalogue
        .roles()
        .map(|r| {
            let s = catalogue.spec(r);
            json!({"id": s.id, "letter": s.letter, "name": s.name, "gloss": s.gloss})
        })
        .collect();
    let classes: Vec<Value> = catalogue
        .classes()
        .iter()
        .map(|c| {
            let speaks: Vec<&str> = c.effects.keys().map(String::as_str).collect();
            json!({"id": c.id, "stream": c.stream, "name": c.name, "speaks_for": speaks})
        })
        .collect();
    let issues = [
        (
            "sanctions",
            "rival",
            "Sanctions on the rival",
            "对对手的制裁",
        ),
        (
            "territory",
            "rival",
            "Territory and the peace treaty",
            "领土与和约",
        ),
        ("energy", "rival", "Energy and investment", "能源与投资"),
        (
            "dialogue",
            "rival",
            "Summits and dialogue",
            "首脑会晤与对话",
        ),
        ("defence", "ally", "Defence effort", "防务投入"),
        ("status", "ally", "Rank and status", "地位与身份"),
    ];
    let months: Vec<Value> = (0..MONTHS)
        .map(|t| {
            let p: Vec<f64> = (0..4).map(|k| probability(k, t)).collect();
            let set: Vec<&String> = roles.iter().enumerate().filter(|(k, _)| p[*k] > 0.5).map(|(_, r)| r).collect();
            let divergence = 0.15 + 0.3 * logistic((t as f64 - 24.0) / 3.0) - 0.28 * logistic((t as f64 - 124.0) / 3.0) + 0.03 * wobble(t as f64, 9.0);
            let known = !(60..66).contains(&t);
            let rule: Vec<&str> = if !known { vec![] } else if divergence > 0.35 { vec!["balancer"] } else if t > 100 { vec!["follower", "exploiter", "proxy"] } else { vec!["follower"] };
            let possible = if t % 40 > 32 { json!([["balancer"], ["follower"]]) } else { json!([rule]) };
            let issue_months: Vec<Value> = issues
                .iter()
                .enumerate()
                .map(|(k, i)| {
                    let step = (t / (7 + k)) as f64;
                    let ally = (0.6 * wobble(step, k as f64)).clamp(-1.0, 1.0);
                    let patron = (-0.4 + 0.3 * wobble(step, 5.0 + k as f64) - if t > 121 { 0.4 } else { 0.0 }).clamp(-1.0, 1.0);
                    if k == 3 && t < 20 {
                        json!({"issue": i.0, "ally": null, "ally_90": null, "patron": null, "patron_90": null, "expected": null, "weight": null, "overlap": null, "overlap_in_hindsight": null, "rows": [], "series": []})
                    } else {
                        json!({"issue": i.0, "ally": ally, "ally_90": band(ally.abs(), 0.2), "patron": patron, "patron_90": null, "expected": null,
                            "weight": 0.25, "overlap": 1.0 - (ally - patron).abs() / 2.0, "overlap_in_hindsight": 0.5, "rows": [format!("p{:03}", k)], "series": ["s"]})
                    }
                })
                .collect();
            let relation = 0.1 - 0.6 * logistic((t as f64 - 26.0) / 2.0) + 0.15 * wobble(t as f64 / 3.0, 3.0) - 0.45 * logistic((t as f64 - 121.0) / 2.0);
            let d = if known { json!(divergence) } else { Value::Null };
            json!({
                "month": month(t), "roles": by_role(&roles, |k| p[k]), "filtered": by_role(&roles, |k| p[k]),
                "set": set, "sets": [{"set": set, "p": 0.62}, {"set": ["balancer"], "p": 0.2}, {"set": [], "p": 0.1}],
                "bands_50": by_role(&roles, |k| band(p[k], 0.35)), "bands_90": by_role(&roles, |k| band(p[k], 0.85)),
                "mc_error": by_role(&roles, |_| 0.004), "conflict_performed": p[0] * p[1], "compliance": if t < 26 { Value::Null } else { json!(0.3 + 0.1 * wobble(t as f64 / 9.0, 1.0)) },
                "rule": {"labels": rule, "labels_with_acts": rule, "possible": possible, "subtypes": [], "flags": [],
                    "issues": [{"issue": "territory", "divergence": 0.4, "divergence_90": null, "signed_gap": 0.8, "signed_gap_90": null, "branch": if t < 90 { "conflict" } else { "overlap" }, "labels": if t < 90 { ["balancer"] } else { ["follower"] }, "possible": [["balancer"], ["follower"]], "subtypes": [], "flags": [], "trace": if (30..60).contains(&t) { json!([{"step": "1''", "test": "holds_last_branch", "inputs": [], "threshold": null, "margin": null, "outcome": "yes", "uses_behaviour": false}]) } else { json!([]) }}],
                    "trace": [
                        {"step": "1", "test": "divergence_high", "inputs": [{"name": "D", "value": d, "interval": null}], "threshold": 0.35, "margin": null, "outcome": "yes", "uses_behaviour": false},
                        {"step": "1'", "test": "divergence_low", "inputs": [{"name": "D", "value": d, "interval": null}], "threshold": 0.2, "margin": null, "outcome": "no", "uses_behaviour": false}]},
                "interests": {"divergence": d, "divergence_90": if known { json!([divergence - 0.06, divergence + 0.08]) } else { Value::Null },
                    "overlap": if known { json!(1.0 - divergence) } else { Value::Null }, "signed_gap": null, "signed_gap_90": null, "congruence": null, "congruence_90": null, "ambition": null, "ambition_90": null},
                "issues": issue_months,
                "conditions": [{"indicator": "patron_rival_relation", "value": relation.clamp(-1.0, 1.0), "interval": null, "series": "relation", "period": month(t)}],
                "flags": if t > 130 { json!([{"id": "mode_split", "fields": {"role": "exploiter", "by": "0.31"}}]) } else { json!([]) }
            })
        })
        .collect();
    let codes = [
        "support",
        "rival_contact",
        "own_gain",
        "brokerage",
        "exemption",
        "autonomy_request",
        "patron_pressure",
    ];
    let mut rows: Vec<Value> = (0..130)
        .map(|i| {
            let t = (i * 37) % MONTHS;
            let code = match t { 0..20 => codes[1 + i % 2], 20..118 => codes[[1, 1, 4, 5, 2, 0][i % 6]], _ => codes[[0, 3, 2, 0, 3, 6][i % 6]] };
            let stream = if code == "patron_pressure" { "condition" } else { "behaviour" };
            json!({"id": format!("a{i:03}"), "table": "acts", "row": i + 2, "date": if i % 9 == 0 { month(t) } else { format!("{}-{:02}", month(t), i % 27 + 1) },
                "actors": ["JPN"], "targets": if code == "brokerage" { vec!["IDN"] } else { vec!["RUS"] }, "code": code, "stream": stream, "issue": "territory", "severity": i % 6 + 1, "episode": null,
                "description": {"en": format!("Invented act {i}: an envoy goes to the capital and says a thing of some length that runs on"), "zh": format!("虚构行为 {i}：特使前往首都并作了较长的表态")},
                "sources": [format!("src{}", i % 12)], "quote": if i % 3 == 0 { json!("words of the source") } else { Value::Null }, "locator": if i % 3 == 0 { json!("p. 4") } else { Value::Null },
                "checked": i % 3 == 0, "coder": "anna", "more": {"justification": "crisis"}})
        })
        .collect();
    rows.extend((0..6).map(|k| {
        json!({"id": format!("p{k:03}"), "table": "positions", "row": k + 2, "date": "2013-05", "actors": ["USA"], "targets": [], "code": "preference", "stream": null, "issue": issues[k].0, "severity": null, "episode": null,
            "description": {"en": "A declared position"}, "sources": ["src1", "src2"], "quote": null, "locator": null, "checked": false, "coder": "anna", "more": {"value": "-0.5"}})
    }));
    rows.extend((0..9).map(|k| {
        let answered = ["3", "1", "2"][k % 3];
        let more = if k == 8 { json!({}) } else { json!({"answer_date": "2022-03-08", "answer_grade": answered, "grade_date": "2022-03-20", "exemptions": "fish"}) };
        json!({"id": format!("m{k:03}"), "table": "measures", "row": k + 2, "date": format!("{}-05", month(26 + 12 * k)), "actors": ["USA"], "targets": ["RUS"], "code": "measure", "stream": null, "issue": null, "severity": 2, "episode": null,
            "description": {"en": format!("Invented measure {k}"), "zh": format!("虚构措施 {k}")}, "sources": ["src2"], "quote": null, "locator": null, "checked": true, "coder": "anna", "more": more})
    }));
    let of_issue = |id: &str, acts: usize, shift: usize| {
        let of = |t: usize| json!({"month": month(t), "roles": by_role(&roles, |k| probability((k + shift) % 4, t)), "follows": 0.8});
        json!({"issue": id, "acts": acts, "measures": if id == "sanctions" { 9 } else { 0 }, "months": (0..MONTHS).map(of).collect::<Vec<_>>()})
    };
    let issue_roles = [
        of_issue("sanctions", 12, 0),
        of_issue("territory", 129, 1),
        of_issue("status", 3, 0),
    ];
    let agreement = json!({"months": 135, "silent": 6, "same_set": 0.6, "shares_role": 0.7, "roles": by_role(&roles, |k| json!({"rule": 0.4, "reader": 0.5, "same": 0.7, "kappa": if k == 2 { Value::Null } else { json!(-0.1) }}))});
    rows.push(json!({"id": "hostile", "table": "acts", "row": 900, "date": "2020", "actors": ["JPN"], "targets": [], "code": "support", "stream": "behaviour", "issue": null, "severity": 1, "episode": null,
        "description": {"en": "</script><script>alert(1)</script> <img src=x onerror=alert(2)>", "zh": "{{ 7 * 7 }} \" onclick=\"alert(3)"}, "sources": ["bad"], "quote": "\u{202e}drow", "locator": "]]>", "checked": true, "coder": "<b>", "more": {}}));
    let mut sources: Vec<Value> = (0..12)
        .map(|i| json!({"key": format!("src{i}"), "author": "Ministry of Invention", "title": format!("Statement number {i}"), "date": "2014-03-18", "url": format!("https://example.org/{i}?a=1&b=2"), "container": "Archive of examples", "rows": [format!("a{i:03}")]}))
        .collect();
    sources.push(json!({"key": "bad", "author": "<script>alert(4)</script>", "title": "T", "date": "2020", "url": "javascript:alert(5)", "container": "", "rows": ["hostile"]}));
    let turns = json!([
        {"from": [], "to": ["balancer"], "month": "2012-11", "interval_90": ["2012-07", "2013-04"], "p": 0.81, "p_prior": 0.52, "bayes_factor": 3.9, "known_from": "2013-02", "p_pair": 0.8, "gained": {"follower": 0.2, "balancer": 1.0, "exploiter": 0.0, "proxy": 0.0}, "lost": {"follower": 0.0, "balancer": 0.0, "exploiter": 0.0, "proxy": 0.0}, "replacement": {"onset": 0.8, "added": 0.2}, "composition": {}},
        {"from": ["balancer"], "to": ["follower", "exploiter", "proxy"], "month": "2022-02", "interval_90": ["2022-01", "2022-04"], "p": 0.97, "p_prior": 0.55, "bayes_factor": 26.5, "known_from": "2022-02", "p_pair": 0.44, "gained": {"follower": 0.96, "balancer": 0.0, "exploiter": 0.47, "proxy": 0.94}, "lost": {"follower": 0.0, "balancer": 0.98, "exploiter": 0.0, "proxy": 0.0}, "replacement": {"replaced": 0.72, "partial": 0.18, "unresolved": 0.1}, "composition": {"merging": 0.83}}
    ]);
    let falls: Vec<Value> = ["follower", "proxy"]
        .iter()
        .map(|role| {
            let mut parts = vec![json!({"kind": "prior", "row": null, "month": null, "what": null, "nats": -1.4, "mc_error": 0.0})];
            parts.extend((0..24).map(|i| json!({"kind": "row", "row": format!("a{:03}", i * 5), "month": null, "what": null, "nats": (1.3 / (1.0 + i as f64 * 0.4)) * if i % 4 == 3 { -1.0 } else { 1.0 }, "mc_error": 0.02})));
            parts.push(json!({"kind": "silence", "row": null, "month": "2022-05", "what": "volume", "nats": -0.3, "mc_error": 0.01}));
            parts.push(json!({"kind": "parameter_uncertainty", "row": null, "month": null, "what": null, "nats": -0.5, "mc_error": 0.05}));
            parts.push(json!({"kind": "residual", "row": null, "month": null, "what": null, "nats": 1e-12, "mc_error": 0.0}));
            let total: f64 = parts.iter().map(|p| p["nats"].as_f64().unwrap()).sum();
            json!({"month": "2022-03", "role": role, "p": logistic(total), "log_odds": total, "parts": parts})
        })
        .collect();
    let mut moved = vec![
        json!({"kind": "prior", "row": null, "month": null, "what": null, "nats": 0.0, "mc_error": 0.0}),
    ];
    moved.extend((0..18).map(|i| json!({"kind": "row", "row": format!("a{:03}", i * 7), "month": null, "what": null, "nats": if i % 3 == 1 { -0.4 } else { 0.9 / (1.0 + i as f64 * 0.2) }, "mc_error": 0.02})));
    moved.push(json!({"kind": "parameter_uncertainty", "row": null, "month": null, "what": null, "nats": 0.2, "mc_error": 0.05}));
    let by: f64 = moved.iter().map(|p| p["nats"].as_f64().unwrap()).sum();
    let change = json!({"role": "proxy", "from_month": "2021-12", "to_month": "2022-04", "p_from": logistic(-2.0), "p_to": logistic(by - 2.0), "log_odds_from": -2.0, "log_odds_to": by - 2.0, "parts": moved});
    let reading = |id: &str, from: &str, to: &str, roles_read: &[&str]| {
        json!({"id": id, "name": {"en": format!("Period {id}"), "zh": format!("时期 {id}")}, "from": from, "to": to, "roles": roles_read, "source": "src3", "note": {"en": "section 4", "zh": "第四节"},
            "months_read": 30, "ours": by_role(&roles, |k| probability(k, if id == "one" { 40 } else { 130 })), "ours_sets": [{"set": ["balancer"], "p": 0.6}, {"set": ["follower", "balancer"], "p": 0.2}], "ours_pairs": {"follower+balancer": 0.21, "follower+proxy": 0.02}, "ours_bands_90": by_role(&roles, |k| band(probability(k, 40), 0.8)), "rule": [{"set": ["balancer"], "p": 0.9}], "rule_held": 0.5, "rule_decided": "2016-12"})
    };
    let sensitivity: Vec<Value> = ["pairs_every_month", "no_silence", "checked_only", "half_evidence"]
        .iter()
        .enumerate()
        .map(|(j, id)| {
            let cell = |period: &str, t: usize| json!({"period": period, "roles": by_role(&roles, |k| (probability(k, t) + 0.12 * wobble(j as f64, k as f64)).clamp(0.0, 1.0))});
            json!({"id": id, "cells": [cell("one", 40), cell("two", 130)]})
        })
        .collect();
    let options: BTreeMap<&str, &str> =
        BTreeMap::from([("rule.divergence", "0.3"), ("rule.overlap", "0.2")]);
    let mut whole = json!({
        "schema": "tertius-findings/1", "case": "invented", "title": {"en": "An invented case: Japan between the United States and Russia", "zh": "虚构案例：美俄之间的日本"},
        "triad": {"ally": "JPN", "patron": "USA", "rival": "RUS"}, "as_of": "2023-09", "from": month(0), "to": month(MONTHS - 1), "resolution": "month",
        "provenance": {"program": "tertius 0.1.0", "seed": 7, "approximate": false, "options": options, "inputs": [{"path": "acts.csv", "sha256": "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef", "bytes": 12345}], "chains": 4, "draws": 6000, "worst_mc_error": 0.011, "worst_r_hat": 1.02, "converged": true},
        "catalogue": {"id": "chen-2023", "citation": "chen2023", "name": catalogue.name(), "roles": role_findings, "classes": classes},
        "actors": {"JPN": {"en": "Japan", "zh": "日本"}, "USA": {"en": "United States", "zh": "美国"}, "RUS": {"en": "Russia", "zh": "俄罗斯"}, "IDN": {"en": "Indonesia", "zh": "印度尼西亚"}},
        "issues": issues.iter().map(|i| json!({"id": i.0, "family": i.1, "name": {"en": i.2, "zh": i.3}})).collect::<Vec<_>>(),
        "coders": [{"id": "anna", "kind": "person", "note": "first coder"}],
        "months": months, "turning_points": turns,
        "penetrations": [{"issue": "territory", "role": "balancer", "from": "2022-06", "to": "2022-11", "p": 0.55}],
        "waterfalls": falls, "strain": [{"month": "2014-12", "n_expected": 12, "n_declared": 11, "strain": 0.18, "total_variation": 0.41, "permutation_mean": 0.23}, {"month": "2015-12", "n_expected": 3, "n_declared": 2, "strain": null, "total_variation": null, "permutation_mean": null}],
        "readings": [reading("one", "2014-03", "2016-12", &["balancer"]), reading("two", "2022-02", "2023-09", &["follower", "exploiter", "proxy"])],
        "sensitivity": sensitivity,
        "prior_predictive": {"share_on": by_role(&roles, |k| json!([0.02, 0.2 + 0.02 * k as f64, 0.66])), "changes_a_year": [0.2, 0.9, 2.1], "acts_a_year": [6.0, 24.0, 80.0]},
        "article_flags": [{"id": "case-2-forms", "text": {"en": "A contradiction of the source", "zh": "出处的一处矛盾"}}],
        "rows": rows, "sources": sources,
        "coverage": [{"what": "acts", "from": "2012-01", "to": "2023-09", "exhaustive": true, "coder": "anna", "note": "ministry archive"}],
        "hidden_rows": 3,
        "left_out": [{"file": "acts.csv", "known_later": 3, "answers_later": 0, "before_span": 2, "after_span": 0}],
        "diagnostics": [{"id": "source-unused", "severity": "note", "place": {"file": "sources.bib", "row": 4}, "fields": {"value": "src11"}}]
    });
    whole["series"] = json!([{"id": "relation", "name": {"en": "Relation of patron and rival", "zh": "强势盟国与对手的关系"}, "unit": "index", "indicator": "patron_rival_relation", "stream": "condition", "method": "hand-coded", "measures": "between", "values": [{"period": "2012", "value": 0.1, "interval": null, "known_from": "2013-01", "sources": ["src4"]}]},
            {"id": "unseen", "name": {"en": "A series without a value", "zh": "没有数值的序列"}, "unit": "percent", "indicator": "unseen", "stream": "display", "method": "measured", "values": []}]);
    whole["issue_roles"] = json!(issue_roles);
    whole["note"] = json!({"en": "Names <b>as</b> in the sources", "zh": "名称从其来源"});
    whole["coding"] = json!({"en": "A second coder <i>moves</i> it", "zh": "第二编码员会改变读数"});
    whole["agreement"] = agreement;
    whole["changes"] = json!([change]);
    serde_json::from_value(whole).unwrap()
}

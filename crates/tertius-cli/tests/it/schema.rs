//! The published schema of findings against findings as they are written.

use std::fs;

use jsonschema::Validator;
use serde_json::{Value, json};
use tempfile::TempDir;

use crate::cli::{small_case, tertius, text};

const PUBLISHED: &str = include_str!("../../../../docs/findings.schema.json");

fn published() -> Value {
    serde_json::from_str(PUBLISHED).unwrap()
}

/// The schema with no room for keys that it does not name.
fn strict() -> Value {
    fn close(value: &mut Value) {
        match value {
            Value::Object(map) => {
                map.values_mut().for_each(close);
                if map.get("properties").is_some_and(Value::is_object) {
                    map.insert("additionalProperties".into(), false.into());
                }
            }
            Value::Array(all) => all.iter_mut().for_each(close),
            _ => {}
        }
    }
    let mut schema = published();
    close(&mut schema);
    schema
}

fn validator(schema: &Value) -> Validator {
    jsonschema::draft202012::new(schema).unwrap()
}

fn findings(args: &[&str]) -> Value {
    let dir = TempDir::new().unwrap();
    small_case(dir.path());
    let mut all = vec!["read"];
    all.extend(args);
    all.extend(["--quiet", "--no-report"]);
    let out = tertius(dir.path(), &all);
    assert!(out.status.success(), "{}", text(&out.stderr));
    let json = fs::read_dir(dir.path().join("tertius-out")).unwrap();
    let folder = json.map(|e| e.unwrap().path()).next().unwrap();
    serde_json::from_slice(&fs::read(folder.join("findings.json")).unwrap()).unwrap()
}

fn wrong(validator: &Validator, findings: &Value) -> Vec<String> {
    let all = validator.iter_errors(findings);
    all.map(|e| format!("{}: {e}", e.instance_path())).collect()
}

#[test]
fn findings_are_as_the_schema_says_and_have_no_key_that_it_does_not_name() {
    let (schema, strict) = (validator(&published()), validator(&strict()));
    for args in [
        &["japan-russia", "--fast"][..],
        &["c", "--fast"],
        &["c", "--set", "reader.sweeps=200"],
    ] {
        let found = findings(args);
        assert_eq!(wrong(&schema, &found), [""; 0], "{args:?}");
        assert_eq!(wrong(&strict, &found), [""; 0], "{args:?}");
    }
}

#[test]
fn findings_that_were_altered_are_told_from_true_ones() {
    let schema = validator(&published());
    let found = findings(&["japan-russia", "--fast"]);
    let alter = |at: &str, value: Value| {
        let mut altered = found.clone();
        *altered.pointer_mut(at).unwrap_or_else(|| panic!("no {at}")) = value;
        altered
    };
    let altered = [
        alter("/schema", json!("tertius-findings/2")),
        alter("/as_of", json!("2014-13")),
        alter("/months", json!({})),
        alter("/months/3/roles/follower", json!(1.2)),
        alter("/months/3/filtered/follower", json!(null)),
        alter("/months/3/bands_90/proxy", json!([0.1])),
        alter("/months/3/interests/divergence", json!("0.3")),
        alter("/months/3/rule/issues/0/trace/0/outcome", json!(true)),
        alter("/months/3/compliance", json!(-0.1)),
        alter("/agreement/months", json!(-1)),
        alter("/partings/0/from", json!("2014")),
        alter("/waterfalls/0/parts/0/kind", json!("guess")),
        alter("/rows/0/date", json!("March 2014")),
        alter("/issues/0/family", json!("patron")),
    ];
    for (k, altered) in altered.iter().enumerate() {
        assert!(!schema.is_valid(altered), "{k}");
    }
    for gone in ["/months", "/turning_points", "/provenance", "/partings"] {
        let mut altered = found.clone();
        altered.as_object_mut().unwrap().remove(&gone[1..]);
        assert!(!schema.is_valid(&altered), "{gone}");
    }
    // Keys may be added within the same form of findings.
    let mut more = found.clone();
    more["a_key_of_a_later_version"] = json!(1);
    assert!(schema.is_valid(&more));
}

/// What scripts rely on, as it was promised, a value standing for each type.
fn promised() -> Value {
    let roles = json!({"follower": 0.0, "balancer": 0.0, "exploiter": 0.0, "proxy": 0.0});
    let bands = json!({"follower": [0.0, 1.0], "balancer": [0.0, 1.0], "exploiter": [0.0, 1.0], "proxy": [0.0, 1.0]});
    json!({
        "schema": "", "case": "", "triad": {"ally": "", "patron": "", "rival": ""}, "as_of": "",
        "months": [{
            "month": "", "roles": roles, "filtered": roles, "set": [""], "bands_90": bands,
            "rule": {"labels": [""], "labels_with_acts": [""], "flags": [""]},
            "interests": {
                "divergence": 0.0, "divergence_90": [0.0, 0.0], "overlap": 0.0, "signed_gap": 0.0,
                "congruence": 0.0, "ambition": 0.0,
            },
            "flags": [],
        }],
        "turning_points": [{
            "from": [""], "to": [""], "month": "", "interval_90": ["", ""],
            "p": 0.0, "p_prior": 0.0, "known_from": "", "replacement": {}, "composition": {},
        }],
        "diagnostics": [],
    })
}

#[test]
fn every_key_that_was_promised_is_there_with_its_type() {
    fn holds(at: &str, promised: &Value, found: &Value) {
        match (promised, found) {
            (Value::Object(keys), Value::Object(map)) => {
                for (key, inside) in keys {
                    let value = map.get(key).unwrap_or_else(|| panic!("no {at}/{key}"));
                    // Interests that are not known are null, and bands on the fast path; the key stands
                    // nevertheless.
                    let may_be_null = at.ends_with("/interests") || at.ends_with("/bands_90");
                    if !(may_be_null && value.is_null()) {
                        holds(&format!("{at}/{key}"), inside, value);
                    }
                }
            }
            (Value::Array(like), Value::Array(all)) => {
                for (k, item) in all.iter().enumerate() {
                    if let Some(inside) = like.get(k).or(like.last()) {
                        holds(&format!("{at}/{k}"), inside, item);
                    }
                }
            }
            (Value::String(_), Value::String(_)) | (Value::Number(_), Value::Number(_)) => {}
            _ => panic!("{at}: {found} is not like {promised}"),
        }
    }
    let found = findings(&["japan-russia", "--fast"]);
    assert!(!found["turning_points"].as_array().unwrap().is_empty());
    holds("", &promised(), &found);
}

#[test]
fn every_key_of_the_schema_is_explained() {
    fn explained(at: &str, value: &Value) {
        if let Value::Object(map) = value {
            for (name, key) in map
                .get("properties")
                .and_then(Value::as_object)
                .into_iter()
                .flatten()
            {
                let says = key["description"].as_str().unwrap_or("");
                assert!(
                    says.ends_with('.') && says.len() > 8,
                    "{at}.{name}: {says:?}"
                );
            }
            for (name, inside) in map {
                explained(&format!("{at}.{name}"), inside);
            }
        }
    }
    explained("", &published());
}

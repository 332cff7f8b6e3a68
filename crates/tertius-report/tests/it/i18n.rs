//! Both languages say the same things.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use fluent_syntax::ast::{Entry, Expression, InlineExpression, Pattern, PatternElement};
use fluent_syntax::parser;
use tertius::vocabulary::Lang;
use tertius_report::i18n::{FILES, messages};

fn variables(pattern: &Pattern<&str>, found: &mut BTreeSet<String>) {
    fn inline(expression: &InlineExpression<&str>, found: &mut BTreeSet<String>) {
        match expression {
            InlineExpression::VariableReference { id } => {
                found.insert(id.name.to_owned());
            }
            InlineExpression::Placeable { expression } => placeable(expression, found),
            _ => {}
        }
    }
    fn placeable(expression: &Expression<&str>, found: &mut BTreeSet<String>) {
        match expression {
            Expression::Inline(e) => inline(e, found),
            Expression::Select { selector, variants } => {
                inline(selector, found);
                for variant in variants {
                    variables(&variant.value, found);
                }
            }
        }
    }
    for element in &pattern.elements {
        if let PatternElement::Placeable { expression } = element {
            placeable(expression, found);
        }
    }
}

/// Key and variables of every message of a language. A key that comes twice is a mistake.
fn keys(lang: Lang) -> BTreeMap<String, BTreeSet<String>> {
    let mut found = BTreeMap::new();
    for file in FILES.iter().filter(|f| f.0 == lang).flat_map(|f| f.1) {
        let resource = parser::parse(*file).unwrap_or_else(|(_, e)| panic!("{lang}: {e:?}"));
        for entry in resource.body {
            let Entry::Message(message) = entry else {
                continue;
            };
            let mut used = BTreeSet::new();
            variables(&message.value.expect("a message has a value"), &mut used);
            let twice = found.insert(message.id.name.to_owned(), used);
            assert_eq!(twice, None, "{lang}: {} comes twice", message.id.name);
        }
    }
    found
}

#[test]
fn both_languages_have_the_same_keys_and_variables() {
    let (en, zh) = (keys(Lang::En), keys(Lang::Zh));
    assert!(en.len() > 40);
    for (key, used) in &en {
        assert_eq!(zh.get(key), Some(used), "{key}");
    }
    let more: Vec<_> = zh.keys().filter(|k| !en.contains_key(*k)).collect();
    assert!(more.is_empty(), "only in Chinese: {more:?}");
}

#[test]
fn values_come_without_invisible_marks() {
    let said = messages(Lang::Zh).with("acts-count", &[("n", 12.into())]);
    assert_eq!(said, "12 项行为");
    let said = messages(Lang::En).with("acts-count", &[("n", 1.into())]);
    assert_eq!(said, "1 act");
}

/// Keys are written as `t("key")` in templates and `words.get("key")` or `words.with("key"` in code. A key that is
/// made at run time has a fixed beginning there, and at least one key must begin so; every key must
/// stand quoted somewhere, or begin like one that is made.
#[test]
fn every_key_used_exists_and_every_key_is_used() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let have = keys(Lang::En);
    let mut made = BTreeSet::new();
    let mut sources = String::new();
    for folder in ["src", "templates", "../tertius-cli/src"] {
        for path in files(&root.join(folder)) {
            let text = fs::read_to_string(&path).unwrap();
            let code = text.lines().filter(|l| !l.trim_start().starts_with("//"));
            let code: String = code
                .flat_map(str::chars)
                .filter(|c| !c.is_whitespace())
                .collect();
            for start in [
                "{t(\"",
                "{t('",
                "words.get(\"",
                "words.with(\"",
                "message(lang,\"",
                "args.message(\"",
                "message(common.lang,\"",
                "message(args.common.lang,\"",
                "(&format!(\"",
                "=format!(\"",
            ] {
                for (at, _) in code.match_indices(start) {
                    let rest = &code[at + start.len()..];
                    let end = rest
                        .find(|c: char| !(c.is_ascii_alphanumeric() || c == '-'))
                        .unwrap();
                    let key = rest[..end].to_owned();
                    if start.contains("format") {
                        if key.ends_with('-') && rest[end..].starts_with('{') && key != "h-" {
                            made.insert(key);
                        }
                    } else {
                        assert!(
                            have.contains_key(&key),
                            "{}: `{key}` is no message",
                            path.display()
                        );
                    }
                }
            }
            sources.push_str(&code);
        }
    }
    let anchors = [
        "row-",
        "src-",
        "waterfall-",
        "series-",
        "behind-",
        "tertius-",
    ];
    made.retain(|start| !anchors.contains(&start.as_str()));
    for start in &made {
        assert!(
            // What is said of public datasets: `data::word` and `data::sentence` put the beginning before it.
            have.keys()
                .any(|k| k.strip_prefix("data-").unwrap_or(k).starts_with(start)
                    || k.starts_with(start)),
            "no key starts with `{start}`"
        );
    }
    assert!(
        made.contains("diagnostic-") && made.contains("choice-"),
        "{made:?}"
    );
    let quoted = |key: &str| {
        sources.contains(&format!("\"{key}\"")) || sources.contains(&format!("'{key}'"))
    };
    let begins = |key: &str| {
        made.iter()
            .any(|m| key.starts_with(m.as_str()) && m != "word-")
    };
    let bare = |key: &str| key.strip_prefix("word-").is_some_and(quoted);
    // Words of kinds that findings bring stand in no source.
    let brought = |key: &str| key.starts_with("replacement-") || key.starts_with("composition-");
    let idle: Vec<_> = have
        .keys()
        .filter(|k| !quoted(k) && !begins(k) && !bare(k) && !brought(k))
        .collect();
    assert!(idle.is_empty(), "messages that nothing uses: {idle:?}");
}

fn files(folder: &Path) -> Vec<std::path::PathBuf> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            found.extend(files(&path));
        } else if path.extension().is_some_and(|e| e == "rs" || e == "html") {
            found.push(path);
        }
    }
    found.sort();
    found
}

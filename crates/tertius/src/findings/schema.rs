//! The JSON Schema of findings, made from their types and doc comments.

use std::borrow::Cow;

use schemars::generate::SchemaSettings;
use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde_json::Value;

use super::Findings;
use crate::vocabulary::{Month, When};

/// The schema of [`Findings`] as they are written, of draft 2020-12. Keys are added within
/// [`SCHEMA`](super::SCHEMA), so that keys it does not name are allowed.
pub fn schema() -> Value {
    let settings = SchemaSettings::draft2020_12().for_serialize();
    let schema = settings.into_generator().into_root_schema_for::<Findings>();
    let mut value = schema.to_value();
    if let Some(top) = value.as_object_mut() {
        top.insert("title".to_owned(), "Findings of Tertius".into());
    }
    one_line(&mut value);
    value
}

/// Doc comments are broken into lines by width, not by sense.
fn one_line(value: &mut Value) {
    match value {
        Value::Object(map) => {
            if let Some(Value::String(text)) = map.get_mut("description") {
                *text = text.split_whitespace().collect::<Vec<_>>().join(" ");
            }
            map.values_mut().for_each(one_line);
        }
        Value::Array(all) => all.iter_mut().for_each(one_line),
        _ => {}
    }
}

/// A number from 0 to 1, for tables of them.
pub(super) struct Share;

impl JsonSchema for Share {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> Cow<'static, str> {
        "Share".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({"type": "number", "minimum": 0, "maximum": 1})
    }
}

impl JsonSchema for Month {
    fn schema_name() -> Cow<'static, str> {
        "Month".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({
            "description": "A calendar month, YYYY-MM.",
            "type": "string",
            "pattern": "^[0-9]{4}-(0[1-9]|1[0-2])$",
        })
    }
}

impl JsonSchema for When {
    fn schema_name() -> Cow<'static, str> {
        "When".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({
            "description": "A date with the precision of its source: a year, a month, a day, or an interval of one of these, `from/to`, both included.",
            "type": "string",
            "pattern": "^[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?(/[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?)?$",
        })
    }
}

#[cfg(test)]
mod tests {
    const PUBLISHED: &str = include_str!("../../../../docs/findings.schema.json");

    #[test]
    fn the_published_schema_is_the_one_of_the_types() {
        let published: serde_json::Value = serde_json::from_str(PUBLISHED).unwrap();
        assert!(
            published == super::schema(),
            "docs/findings.schema.json is stale: run `cargo xtask schema`"
        );
    }
}

//! Examples without the properties that don't travel this way.

use serde_json::Value;

use super::scalar::Schema;
use super::value::{DEEPEST, Maker};
use crate::schemas::WITHHELD;

impl Maker<'_> {
    /// A value that the document gives, without what doesn't travel this way.
    pub(super) fn without_withheld(&self, schema: &Value, mut value: Value) -> Value {
        self.withhold(schema, &mut value, 0);
        value
    }

    fn withhold(&self, schema: &Value, value: &mut Value, depth: usize) {
        if depth > DEEPEST || !(value.is_object() || value.is_array()) {
            return;
        }
        let mut flat = Schema::new();
        self.flatten(schema, &mut flat, 0);
        match value {
            Value::Object(entries) => {
                let withheld = flat.get(WITHHELD).and_then(Value::as_array);
                for name in withheld.into_iter().flatten().filter_map(Value::as_str) {
                    entries.remove(name);
                }
                for (name, value) in entries {
                    let property = flat.get("properties").and_then(|all| all.get(name));
                    if let Some(schema) = property.or_else(|| flat.get("additionalProperties")) {
                        self.withhold(schema, value, depth + 1);
                    }
                }
            }
            Value::Array(items) => {
                let Some(schema) = flat.get("items") else { return };
                items.iter_mut().for_each(|item| self.withhold(schema, item, depth + 1));
            }
            _ => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn what_is_withheld_is_taken_out_at_every_level() {
        let part = json!({"x-withheld": ["id"], "properties": {"name": {"type": "string"}}});
        let document = json!({"$defs": {"part": part}});
        let maker = Maker { document: &document, full: true, examples: true, attempt: 0 };
        let own = json!({"x-withheld": ["at"], "properties": {
            "parts": {"items": {"allOf": [{"$ref": "#/$defs/part"}, {"x-withheld": ["made"]}]}},
        }});
        let given = json!({"at": 1, "id": 2, "parts": [{"id": 3, "made": 4, "name": "a"}]});
        assert_eq!(maker.without_withheld(&own, given), json!({"id": 2, "parts": [{"name": "a"}]}));
    }
}

//! Texts and numbers that satisfy the rules of a schema.

use serde_json::{Map, Value};

use super::pattern;

/// A schema whose parts are in one place.
pub(super) type Schema = Map<String, Value>;

/// A text; different seeds give different ones where the schema leaves a choice.
pub(super) fn text(schema: &Schema, seed: usize) -> Option<String> {
    let bound = |key, other| schema.get(key).and_then(Value::as_u64).map_or(other, size);
    let (least, most) = (bound("minLength", 0), bound("maxLength", usize::MAX));
    if let Some(pattern) = schema.get("pattern").and_then(Value::as_str) {
        let formatted =
            schema.get("format").and_then(Value::as_str).and_then(|it| of_format(it, seed));
        return pattern::text(pattern, least, most).or(formatted);
    }
    let format =
        ["format", "contentEncoding"].into_iter().find_map(|key| schema.get(key)?.as_str());
    if let Some(text) = format.and_then(|format| of_format(format, seed)) {
        return Some(text);
    }
    let mut text = if seed == 0 { "tenon".to_owned() } else { format!("tenon{seed}") };
    while text.len() < least {
        text.insert(0, 'a');
    }
    // What tells texts apart stands at the end.
    let start = text.len().saturating_sub(most);
    Some(text.split_off(start))
}

fn size(length: u64) -> usize {
    usize::try_from(length).unwrap_or(usize::MAX)
}

/// A text of a format that stands for a syntax.
fn of_format(format: &str, seed: usize) -> Option<String> {
    let day = seed % 28 + 1;
    Some(match format {
        "date-time" | "datetime" | "iso-8601" => format!("2024-05-{day:02}T10:20:30Z"),
        "date" => format!("2024-05-{day:02}"),
        "time" => format!("10:20:{:02}Z", seed % 60),
        "duration" => format!("P{day}D"),
        "uuid" | "guid" => {
            format!("6e1a6f0c-4b5f-4f7e-9f5d-{:012x}", 0x3b1d_2c4a_5e6f_usize + seed)
        }
        "uri" | "url" | "iri" | "uri-reference" | "iri-reference" => {
            format!("https://example.com/{seed}")
        }
        "email" | "idn-email" => format!("user{seed}@example.com"),
        "hostname" | "idn-hostname" => format!("host{seed}.example.com"),
        "ipv4" | "ip" | "ip-address" => format!("192.0.2.{day}"),
        "ipv6" => format!("2001:db8::{day}"),
        "byte" | "base64" | "base64url" => "dGVub24h".to_owned(),
        "json-pointer" => "/a".to_owned(),
        "regex" => "^a$".to_owned(),
        "int32" | "int64" | "decimal" => (seed + 1).to_string(),
        _ => return None,
    })
}

/// A number; different seeds give different ones where the schema leaves a choice.
pub(super) fn number(schema: &Schema, whole: bool, seed: usize) -> Option<Value> {
    let get = |key: &str| schema.get(key).and_then(Value::as_f64);
    let flag = |key: &str| schema.get(key) == Some(&Value::Bool(true));
    let step = get("multipleOf").filter(|step| *step > 0.0);
    let unit = step.unwrap_or(1.0);
    let (mut least, mut most) = (get("minimum"), get("maximum"));
    let (mut open_least, mut open_most) = (flag("exclusiveMinimum"), flag("exclusiveMaximum"));
    if let Some(bound) = get("exclusiveMinimum").filter(|bound| least.is_none_or(|it| it <= *bound))
    {
        (least, open_least) = (Some(bound), true);
    }
    if let Some(bound) = get("exclusiveMaximum").filter(|bound| most.is_none_or(|it| it >= *bound))
    {
        (most, open_most) = (Some(bound), true);
    }
    let fits = |value: f64| {
        least.is_none_or(|bound| if open_least { value > bound } else { value >= bound })
            && most.is_none_or(|bound| if open_most { value < bound } else { value <= bound })
    };
    let start = least.map_or(unit, |least| least.max(most.map_or(unit, |most| most.min(unit))));
    let start = match (least, most) {
        (None, Some(most)) if most < start => most,
        _ => start,
    };
    let whole_start = (start / unit).ceil() * unit;
    let middle = least.zip(most).map(|(least, most)| f64::midpoint(least, most));
    let steps = [0.0, 1.0, -1.0].map(|offset| whole_start + (seed as f64 + offset) * unit);
    let candidates = steps.into_iter().chain([whole_start]).chain(middle.filter(|_| !whole));
    let chosen =
        candidates.into_iter().find(|value| fits(*value) && (!whole || value.fract() == 0.0))?;
    if chosen.fract() == 0.0 && chosen.abs() < 9e15 {
        return Some(Value::from(chosen as i64));
    }
    serde_json::Number::from_f64(chosen).map(Value::Number)
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn of(schema: &Value) -> Schema {
        schema.as_object().cloned().unwrap_or_default()
    }

    #[test]
    fn texts_keep_their_lengths() {
        for (schema, seed, expected) in [
            (json!({}), 0, "tenon"),
            (json!({"minLength": 8}), 0, "aaatenon"),
            (json!({"maxLength": 2}), 0, "on"),
            (json!({"maxLength": 2}), 7, "n7"),
            (json!({"format": "date"}), 1, "2024-05-02"),
            (json!({"pattern": "^x+$", "minLength": 3}), 0, "xxx"),
            (json!({"format": "anything"}), 0, "tenon"),
            (json!({"contentEncoding": "base64"}), 0, "dGVub24h"),
        ] {
            assert_eq!(text(&of(&schema), seed).as_deref(), Some(expected), "{schema}");
        }
    }

    #[test]
    fn numbers_keep_their_bounds() {
        for (schema, whole, seed, expected) in [
            (json!({}), true, 0, json!(1)),
            (json!({}), true, 2, json!(3)),
            (json!({"minimum": 5}), true, 0, json!(5)),
            (json!({"minimum": 5, "exclusiveMinimum": true}), true, 0, json!(6)),
            (json!({"exclusiveMinimum": 5}), true, 0, json!(6)),
            (json!({"maximum": -3}), true, 0, json!(-3)),
            (json!({"minimum": 0, "maximum": 0}), true, 4, json!(0)),
            (json!({"multipleOf": 10, "minimum": 15}), true, 0, json!(20)),
            (json!({"minimum": 0.1, "maximum": 0.5}), false, 0, json!(0.3)),
            (json!({"exclusiveMinimum": 0, "exclusiveMaximum": 1}), false, 0, json!(0.5)),
        ] {
            assert_eq!(number(&of(&schema), whole, seed), Some(expected), "{schema}");
        }
        assert_eq!(number(&of(&json!({"minimum": 3, "maximum": 2})), true, 0), None);
    }
}

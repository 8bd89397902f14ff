//! A document written in another way, with the same meaning.

use tenon::diag::Sink;
use tenon::ir::Value;
use tenon::source;

/// The most nodes of a document whose references are resolved.
const MOST: usize = 400_000;

/// Reads a document of OpenAPI 3; absent where it is another or can't be read.
pub(crate) fn read(text: &[u8], path: &str) -> Option<Value> {
    let mut sink = Sink::new();
    let tree = source::parse(path, text.to_vec(), &mut sink);
    let version = tree.get(tree.root(), "openapi").and_then(|at| tree.text(at))?;
    (!sink.has_errors() && version.starts_with('3')).then(|| tree.to_value(tree.root()))
}

/// The document as JSON.
pub(crate) fn json(value: &Value) -> Vec<u8> {
    let mut out = String::new();
    write(value, &mut out);
    out.into_bytes()
}

fn write(value: &Value, out: &mut String) {
    let text = |text: &str| serde_json::Value::from(text).to_string();
    match value {
        Value::Null => out.push_str("null"),
        Value::Bool(value) => out.push_str(&value.to_string()),
        Value::Number(number) => out.push_str(number),
        Value::Text(value) => out.push_str(&text(value)),
        Value::List(items) => {
            out.push('[');
            for (at, item) in items.iter().enumerate() {
                out.push_str(if at > 0 { ",\n" } else { "" });
                write(item, out);
            }
            out.push(']');
        }
        Value::Object(entries) => {
            out.push('{');
            for (at, (key, value)) in entries.iter().enumerate() {
                out.push_str(if at > 0 { ",\n" } else { "" });
                out.push_str(&text(key));
                out.push(':');
                write(value, out);
            }
            out.push('}');
        }
    }
}

/// The keys of every map the other way round.
pub(super) fn reordered(value: &Value) -> Value {
    match value {
        Value::List(items) => Value::List(items.iter().map(reordered).collect()),
        Value::Object(entries) => {
            let entries = entries.iter().rev();
            Value::Object(entries.map(|(key, value)| (key.clone(), reordered(value))).collect())
        }
        other => other.clone(),
    }
}

/// The document with what its references lead to in their place, but for what leads to itself.
/// Absent where that would be too large.
pub(super) fn inlined(root: &Value) -> Option<Value> {
    let mut left = MOST;
    let value = resolve(root, root, &mut Vec::new(), &mut left);
    (left > 0).then_some(value)
}

fn resolve(value: &Value, root: &Value, open: &mut Vec<String>, left: &mut usize) -> Value {
    *left = left.saturating_sub(1);
    if *left == 0 {
        return Value::Null;
    }
    match value {
        Value::List(items) => {
            Value::List(items.iter().map(|item| resolve(item, root, open, left)).collect())
        }
        Value::Object(entries) => {
            if let Some((reference, target)) = target(entries, root)
                && !open.contains(&reference)
                && !leads_back(target, &reference, root)
            {
                open.push(reference);
                let resolved = resolve(target, root, open, left);
                open.pop();
                return resolved;
            }
            let inner = entries.iter().map(|(key, value)| {
                let kept = matches!(key.as_str(), "mapping" | "example" | "examples" | "default");
                let value = if kept { value.clone() } else { resolve(value, root, open, left) };
                (key.clone(), value)
            });
            Value::Object(inner.collect())
        }
        other => other.clone(),
    }
}

/// What a reference without siblings leads to, in the document.
fn target<'v>(entries: &[(String, Value)], root: &'v Value) -> Option<(String, &'v Value)> {
    let [(key, Value::Text(reference))] = entries else { return None };
    if key != "$ref" {
        return None;
    }
    let mut at = root;
    for step in source::segments(reference.strip_prefix('#')?)? {
        at = match at {
            Value::Object(entries) => {
                entries.iter().find(|(key, _)| key.as_str() == step).map(|(_, value)| value)?
            }
            _ => return None,
        };
    }
    Some((reference.clone(), at))
}

/// The target refers to itself, by whatever way.
fn leads_back(target: &Value, reference: &str, root: &Value) -> bool {
    let mut open = vec![target];
    let mut seen: Vec<String> = Vec::new();
    while let Some(value) = open.pop() {
        match value {
            Value::List(items) => open.extend(items),
            Value::Object(entries) => {
                if let Some((other, next)) = self::target(entries, root) {
                    if other == reference {
                        return true;
                    }
                    if !seen.contains(&other) {
                        seen.push(other);
                        open.push(next);
                    }
                } else {
                    let text = entries.iter().any(|(key, value)| {
                        key == "$ref" && matches!(value, Value::Text(text) if text == reference)
                    });
                    if text {
                        return true;
                    }
                    open.extend(entries.iter().map(|(_, value)| value));
                }
            }
            _ => {}
        }
    }
    false
}

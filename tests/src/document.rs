//! The documents in `specs/`, read as plain JSON: what tests compare the generated crate with.
//!
//! Nothing here shares code with the generator, which reads the same documents.

use std::path::Path;

use serde_json::Value;

/// A document.
pub struct Document {
    root: Value,
}

/// An operation of a document, by its own name: overloads stand beside each other.
#[derive(Debug)]
pub struct Operation {
    /// `operationId`.
    pub id: String,
    /// HTTP method, in lower case.
    pub method: String,
    /// Path template.
    pub path: String,
    /// The request body, if there is one.
    pub request: Option<Content>,
    /// Every documented reply.
    pub replies: Vec<Reply>,
}

/// A documented reply.
#[derive(Debug)]
pub struct Reply {
    /// Status.
    pub status: u16,
    /// Its body, if it has one.
    pub content: Option<Content>,
}

/// The content of a body.
#[derive(Debug)]
pub struct Content {
    /// Media type, as written.
    pub media: String,
    /// Examples.
    pub examples: Vec<Example>,
}

/// An example.
#[derive(Debug)]
pub struct Example {
    /// Name; empty for the only one.
    pub name: String,
    /// The component that it stands in, if any.
    pub component: Option<String>,
    /// Value.
    pub value: Value,
}

impl Document {
    /// Reads the document of an API.
    ///
    /// # Panics
    ///
    /// There is none, or it isn't YAML.
    pub fn of(api: &str) -> Self {
        let path =
            Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("../specs/{api}/openapi.yaml"));
        let text = std::fs::read_to_string(&path).expect("a document");
        Self { root: serde_yaml::from_str(&text).expect("YAML") }
    }

    /// The value at a JSON pointer.
    ///
    /// # Panics
    ///
    /// There is none.
    pub fn at(&self, pointer: &str) -> &Value {
        self.root.pointer(pointer).unwrap_or_else(|| panic!("no `{pointer}`"))
    }

    /// Every operation, overloads in place of the operation that they overload.
    pub fn operations(&self) -> Vec<Operation> {
        let mut operations = Vec::new();
        for (path, item) in entries(self.at("/paths")) {
            for (method, operation) in
                entries(item).filter(|(_, operation)| operation.get("operationId").is_some())
            {
                let overloads = operation.get("x-overloads").and_then(Value::as_array);
                let own = overloads.is_none().then_some(operation);
                for overload in overloads.into_iter().flatten().chain(own) {
                    operations.push(self.operation_of(path, method, operation, overload));
                }
            }
        }
        operations
    }

    /// The operation of this name.
    ///
    /// # Panics
    ///
    /// There is none.
    pub fn operation(&self, id: &str) -> Operation {
        let mut operations = self.operations().into_iter();
        operations.find(|operation| operation.id == id).unwrap_or_else(|| panic!("no `{id}`"))
    }

    /// What a reference points to; anything else as it is.
    pub fn resolve<'a>(&'a self, mut value: &'a Value) -> &'a Value {
        while let Some(reference) = value.get("$ref").and_then(Value::as_str) {
            value = self.at(reference.trim_start_matches('#'));
        }
        value
    }

    fn operation_of(&self, path: &str, method: &str, base: &Value, own: &Value) -> Operation {
        let id = own["operationId"].as_str().expect("an operationId").to_owned();
        let body = own.get("requestBody").or(base.get("requestBody"));
        let replies = own.get("responses").unwrap_or(&base["responses"]);
        let replies = entries(replies).map(|(status, reply)| Reply {
            status: status.parse().expect("a status"),
            content: self.content(reply),
        });
        Operation {
            id,
            method: method.to_owned(),
            path: path.to_owned(),
            request: body.and_then(|body| self.content(body)),
            replies: replies.collect(),
        }
    }

    /// The content of a request body or reply: the documents have one media type each.
    fn content(&self, owner: &Value) -> Option<Content> {
        let content = self.resolve(owner).get("content")?;
        let mut content = entries(content);
        let (media, stated) = content.next()?;
        assert!(content.next().is_none(), "several media types");
        Some(Content { media: media.to_owned(), examples: self.examples(stated) })
    }

    /// The examples that stand in an object: `example`, or `examples` by name.
    pub fn examples(&self, owner: &Value) -> Vec<Example> {
        let only = owner.get("example").map(|value| Example {
            name: String::new(),
            component: None,
            value: value.clone(),
        });
        let named = owner.get("examples").map(entries).into_iter().flatten();
        let named = named.map(|(name, example)| Example {
            name: name.to_owned(),
            component: component(example),
            value: self.resolve(example)["value"].clone(),
        });
        only.into_iter().chain(named).collect()
    }
}

impl Operation {
    /// The first example of the reply with this status, as JSON text.
    ///
    /// # Panics
    ///
    /// There is none.
    pub fn reply(&self, status: u16) -> String {
        let reply = self.replies.iter().find(|reply| reply.status == status);
        let content = reply.and_then(|reply| reply.content.as_ref());
        let example = content.and_then(|content| content.examples.first());
        example
            .unwrap_or_else(|| panic!("`{}` has no example of {status}", self.id))
            .value
            .to_string()
    }

    /// The documented errors: replies whose status is 400 or more.
    pub fn errors(&self) -> impl Iterator<Item = &Reply> {
        self.replies.iter().filter(|reply| reply.status >= 400)
    }
}

/// The entries of an object; none of anything else.
pub fn entries(value: &Value) -> impl Iterator<Item = (&str, &Value)> {
    value.as_object().into_iter().flatten().map(|(key, value)| (key.as_str(), value))
}

fn component(example: &Value) -> Option<String> {
    let reference = example.get("$ref")?.as_str()?;
    reference.strip_prefix("#/components/examples/").map(str::to_owned)
}

/// Whether two JSON values are equal. Numbers are compared by value: `128` is `128.0`.
pub fn same(left: &Value, right: &Value) -> bool {
    match (left, right) {
        (Value::Array(left), Value::Array(right)) => {
            left.len() == right.len()
                && left.iter().zip(right).all(|(left, right)| same(left, right))
        }
        (Value::Object(left), Value::Object(right)) => {
            let in_right =
                |(key, value)| right.get::<String>(key).is_some_and(|other| same(value, other));
            left.len() == right.len() && left.iter().all(in_right)
        }
        (Value::Number(left), Value::Number(right)) => left == right || is_same_float(left, right),
        _ => left == right,
    }
}

/// Whole numbers are compared exactly: as floats, large ones would run together.
fn is_same_float(left: &serde_json::Number, right: &serde_json::Number) -> bool {
    (left.is_f64() || right.is_f64()) && left.as_f64() == right.as_f64()
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn numbers_are_the_same_by_value_and_large_ones_exactly() {
        assert!(same(&json!({"a": [128]}), &json!({"a": [128.0]})));
        assert!(!same(&json!(9007199254740993_i64), &json!(9007199254740992_i64)));
        assert!(!same(&json!({"a": 1}), &json!({"a": 1, "b": 2})));
        assert!(!same(&json!(1), &json!("1")));
    }

    #[test]
    fn overloads_stand_in_place_of_what_they_overload() {
        let operations = Document::of("manageengine").operations();
        let names: Vec<&str> = operations.iter().map(|operation| operation.id.as_str()).collect();
        assert!(names.contains(&"addApp") && names.contains(&"updateApp"));
        assert!(!names.contains(&"addOrUpdateApp"));
        assert_eq!(names.len(), 25);
    }
}

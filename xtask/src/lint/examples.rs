//! Examples against their schemas, as a validator that isn't ours judges.
//!
//! An example of a request or reply need not show what travels the other way only, and may: it is
//! wrong when the schema refuses it either way.

use std::collections::HashSet;

use serde_json::{Value, json};
use tenon::diag::{At, Code, Diagnostic, Severity, Sink};
use tenon::source::{NodeId, Tree, segments};
use tenon::spec::{Media, Parameter, Schema, SchemaId, Spec, Types};

use crate::schemas::{Direction, Schemas, json_of};
use crate::validator;

/// The longest account of the validator that is repeated.
const LONGEST: usize = 160;

/// What the validator has against the examples of a document.
pub(super) fn check(tree: &Tree, severity: Severity) -> anyhow::Result<Vec<Diagnostic>> {
    let spec = tenon::spec::read(tree, &mut Sink::lenient());
    let mut examples = Examples {
        spec: &spec,
        schemas: Schemas::new(&spec),
        seen: HashSet::new(),
        checks: Vec::new(),
        places: Vec::new(),
    };
    examples.collect();
    if examples.checks.is_empty() {
        return Ok(Vec::new());
    }
    let input = json!({
        "draft": examples.schemas.draft(),
        "document": examples.schemas.document(),
        "checks": examples.checks,
    });
    validator::build()?;
    let verdicts = validator::judge(&input)?;
    Ok(told(tree, &examples.places, &verdicts, severity))
}

struct Examples<'s, 't> {
    spec: &'s Spec<'t>,
    schemas: Schemas<'t>,
    seen: HashSet<(NodeId, SchemaId)>,
    checks: Vec<Value>,
    /// The example of each check: those that follow each other are the same one, several ways.
    places: Vec<(NodeId, SchemaId)>,
}

impl Examples<'_, '_> {
    fn collect(&mut self) {
        let spec = self.spec;
        for body in &spec.bodies {
            self.content(&body.content, Direction::Request);
        }
        for reply in &spec.responses {
            self.content(&reply.content, Direction::Reply);
        }
        for parameter in &spec.parameters {
            self.parameter(parameter);
        }
        for (index, schema) in spec.schemas.iter().enumerate() {
            let id = SchemaId(u32::try_from(index).unwrap_or(u32::MAX));
            for example in &schema.examples {
                let both = [Direction::Both, Direction::Request, Direction::Reply];
                let is_map = spec.tree.is_map(*example);
                self.example(*example, id, if is_map { &both } else { &both[..1] }, None);
            }
        }
    }

    fn content(&mut self, content: &[Media<'_>], direction: Direction) {
        for media in content.iter().filter(|media| is_json(media.name)) {
            let Some(schema) = media.schema else { continue };
            for example in &media.examples {
                self.example(*example, schema, &[direction, Direction::Both], None);
            }
        }
    }

    fn parameter(&mut self, parameter: &Parameter<'_>) {
        self.content(&parameter.content, Direction::Request);
        let Some(schema) = parameter.schema else { return };
        for example in &parameter.examples {
            // It may be written as it is sent (OpenAPI 3.0.3, section 4.7.12.2.2).
            let Some(value) = as_sent(self.spec, schema, *example) else { continue };
            self.example(*example, schema, &[Direction::Both], Some(value));
        }
    }

    fn example(&mut self, at: NodeId, id: SchemaId, ways: &[Direction], value: Option<Value>) {
        if !self.seen.insert((at, id)) {
            return;
        }
        let tree = self.spec.tree;
        let value = value.unwrap_or_else(|| json_of(&tree.to_value(at)));
        // Null says that there is no example; one that is put together from others isn't whole.
        if value.is_null() || has_reference(&value) {
            return;
        }
        for way in ways {
            let schema = self.schemas.address(self.spec.schema(id).at, *way);
            self.checks.push(json!({"schema": schema, "value": value}));
            self.places.push((at, id));
        }
    }
}

/// `$ref` in a value, as some documents write it for their own tools.
fn has_reference(value: &Value) -> bool {
    match value {
        Value::Object(entries) => {
            entries.iter().any(|(key, value)| key == "$ref" || has_reference(value))
        }
        Value::Array(items) => items.iter().any(has_reference),
        _ => false,
    }
}

/// The value that an example of a parameter stands for; none when only a reader of its style could
/// tell.
fn as_sent(spec: &Spec<'_>, id: SchemaId, example: NodeId) -> Option<Value> {
    let value = json_of(&spec.tree.to_value(example));
    let Value::String(text) = &value else { return Some(value) };
    let schema = target(spec, id);
    let takes = |types| schema.types.contains(types);
    if takes(Types::STRING) {
        return Some(value);
    }
    if schema.types.is_empty() || takes(Types::ARRAY) || takes(Types::OBJECT) {
        return None;
    }
    Some(serde_json::from_str(text).unwrap_or(value))
}

fn target<'s, 't>(spec: &'s Spec<'t>, id: SchemaId) -> &'s Schema<'t> {
    let mut schema = spec.schema(id);
    for _ in 0..16 {
        match schema.reference {
            Some(id) => schema = spec.schema(id),
            None => break,
        }
    }
    schema
}

fn is_json(media: &str) -> bool {
    let essence = media.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
    essence == "application/json" || essence.ends_with("+json")
}

/// A finding for each example that no way accepts. A schema that can't be used judges nothing.
fn told(
    tree: &Tree,
    places: &[(NodeId, SchemaId)],
    verdicts: &[Value],
    severity: Severity,
) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    let mut start = 0;
    while let Some(place) = places.get(start) {
        let len = places[start..].iter().take_while(|other| *other == place).count();
        let ways = verdicts.get(start..start + len).unwrap_or_default();
        start += len;
        if let (Some(first), true) = (ways.first(), ways.iter().all(Value::is_string)) {
            found.push(finding(tree, place.0, first.as_str().unwrap_or_default(), severity));
        }
    }
    found
}

fn finding(tree: &Tree, example: NodeId, account: &str, severity: Severity) -> Diagnostic {
    let (path, problem) = account.split_once(": ").unwrap_or(("", account));
    let mut at = example;
    for step in segments(path).into_iter().flatten() {
        match tree.step(at, &step) {
            Some(inner) => at = inner,
            None => break,
        }
    }
    let problem = problem.replace('\n', " ");
    let problem = match problem.char_indices().nth(LONGEST) {
        Some((end, _)) => format!("{}…", &problem[..end]),
        None => problem,
    };
    let message = format!("the example isn't what its schema describes: {problem}");
    let mut diagnostic = Diagnostic::new(Code::InvalidExample, severity, At::Node(at), message);
    diagnostic.help("correct the example, or the schema if the vendor sends what it shows");
    diagnostic
}

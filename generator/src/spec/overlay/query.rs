//! Targets: from a JSONPath (RFC 9535) to the nodes of the main document that it matches.
//!
//! The evaluator is `serde_json_path`, which works on values without positions. It tells the
//! location of each match, and that leads back to the node.

use serde_json::{Map, Number, Value as Json};
use serde_json_path::{JsonPath, PathElement};

use super::super::similar::similar;
use crate::source::{NodeId, Tree, Value};

/// One match.
pub(super) struct Found {
    /// What matches.
    pub(super) node: NodeId,
    /// The list or map that holds it, and where in it; none for the root.
    pub(super) holder: Option<(NodeId, Step)>,
    /// How many lists and maps hold it.
    pub(super) depth: usize,
}

/// A place in a list or map.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Step {
    /// Under a key.
    Key(String),
    /// At an index.
    Item(usize),
}

/// The main document as it is before an action.
pub(super) struct Document(Json);

impl Document {
    /// Copies the document into a value.
    pub(super) fn of(tree: &Tree) -> Document {
        Document(json(tree, tree.root()))
    }

    /// Every match, each once.
    pub(super) fn find(&self, tree: &Tree, path: &JsonPath) -> Vec<Found> {
        let mut locations = path.query_located(&self.0);
        locations.dedup_in_place();
        locations.locations().filter_map(|location| found(tree, location.iter())).collect()
    }
}

/// The path that a text is; or why it is none.
pub(super) fn parse(text: &str) -> Result<JsonPath, String> {
    JsonPath::parse(text).map_err(|error| match text.get(error.position()..) {
        Some(rest) if !rest.is_empty() => {
            format!("this isn't a JSONPath: it can't be read from `{rest}` on")
        }
        _ => "this isn't a JSONPath: it ends too early".to_owned(),
    })
}

/// What to do about a target without a match: how far it leads, and what stands there.
pub(super) fn help(tree: &Tree, document: &Document, text: &str) -> String {
    let ends = text.char_indices().filter(|(_, c)| matches!(c, '.' | '['));
    let (known, rest, last) = ends
        .filter_map(|(end, _)| {
            let found = document.find(tree, &JsonPath::parse(&text[..end]).ok()?);
            found.first().map(|first| (&text[..end], &text[end..], first.node))
        })
        .next_back()
        .unwrap_or(("$", "", tree.root()));
    let name = rest.trim_start_matches(['.', '[', '\'', '"']);
    let name = match rest.starts_with('[') {
        true => name.split(['\'', '"']).next(),
        false => name.split(['.', '[']).next(),
    };
    let near = name.and_then(|name| similar(name, tree.entries(last).map(|(key, _)| key)));
    match near {
        Some(near) => format!("`{known}` is there, and has `{near}`"),
        None => format!("`{known}` is there, and has nothing that the rest matches"),
    }
}

fn found<'p>(tree: &Tree, steps: impl Iterator<Item = &'p PathElement<'p>>) -> Option<Found> {
    let mut found = Found { node: tree.root(), holder: None, depth: 0 };
    for step in steps {
        let holder = found.node;
        let (node, step) = match step {
            PathElement::Name(name) => (tree.get(holder, name)?, Step::Key((*name).to_owned())),
            PathElement::Index(index) => (*tree.items(holder).get(*index)?, Step::Item(*index)),
        };
        found = Found { node, holder: Some((holder, step)), depth: found.depth + 1 };
    }
    Some(found)
}

/// A node as the value that it is to JSON. Parsing bounds the depth.
fn json(tree: &Tree, node: NodeId) -> Json {
    match tree.value(node) {
        Value::List(items) => items.iter().map(|item| json(tree, *item)).collect(),
        Value::Map(entries) => {
            let mut map = Map::new();
            for (key, value) in entries {
                map.entry(key).or_insert_with(|| json(tree, value));
            }
            Json::Object(map)
        }
        Value::Scalar(scalar) if scalar.plain => {
            if tree.is_null(node) {
                return Json::Null;
            }
            let number = || serde_json::from_str::<Number>(tree.number(node)?).ok();
            let value = tree.bool(node).map(Json::Bool);
            value.or_else(|| number().map(Json::Number)).unwrap_or_else(|| scalar.text.into())
        }
        Value::Scalar(scalar) => scalar.text.into(),
    }
}

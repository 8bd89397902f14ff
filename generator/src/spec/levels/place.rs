//! Places where an object belongs that holds a schema, and what stands there in its stead.

use super::super::section::{SCHEMA_KEYWORDS, SCHEMAS, Section, schema_keyword, section};
use super::make;
use super::rewrite::Rewrite;
use crate::diag::{At, Code};
use crate::source::{NodeId, Tree};

/// A place for a kind of object.
pub(super) struct Place {
    /// What belongs there.
    pub(super) name: &'static str,
    /// Its section of `components`.
    section: &'static str,
    /// Sections whose entries say the same of it.
    akin: &'static [&'static str],
    /// Fields by which it is known.
    fields: &'static [&'static str],
    /// What to do about a schema there.
    help: &'static str,
}

const AS_CONTENT: &str = "it is read as JSON; write `content: {application/json: {schema: …}}`";
const AS_SCHEMA: &str = "it is read as its schema; put it under `schema`";

pub(super) static BODY: Place = Place {
    name: "a request body",
    section: "requestBodies",
    akin: &["responses"],
    fields: &["content", "schema"],
    help: AS_CONTENT,
};

pub(super) static RESPONSE: Place = Place {
    name: "a response",
    section: "responses",
    akin: &["requestBodies"],
    fields: &["content", "schema", "headers", "links"],
    help: AS_CONTENT,
};

/// A response of Swagger 2.0.
pub(super) static RESPONSE_OF_V2: Place = Place {
    name: "a response",
    section: "responses",
    akin: &[],
    fields: &["content", "schema", "headers"],
    help: AS_SCHEMA,
};

pub(super) static MEDIA: Place = Place {
    name: "a media type",
    section: "mediaTypes",
    akin: &[],
    fields: &["schema", "itemSchema", "encoding", "prefixEncoding", "itemEncoding"],
    help: AS_SCHEMA,
};

pub(super) static HEADER: Place = Place {
    name: "a header",
    section: "headers",
    akin: &["parameters"],
    fields: &SCHEMA_KEYWORDS,
    help: AS_SCHEMA,
};

pub(super) static PARAMETER: Place = Place {
    name: "a parameter",
    section: "parameters",
    akin: &[],
    fields: &SCHEMA_KEYWORDS,
    help: "let the reference name a parameter, which says what it is called and where it goes",
};

/// What stands in a place.
pub(super) enum Found {
    /// The object that belongs there, here or behind a reference.
    Right(NodeId),
    /// A schema, or a reference to one.
    Schema(NodeId),
    /// A reference to something else.
    Other(NodeId),
}

/// Looks at a place. What doesn't belong there is told of.
pub(super) fn find(rewrite: &mut Rewrite<'_>, node: NodeId, place: &Place) -> Option<Found> {
    let at = make::follow(rewrite.tree, node).filter(|at| rewrite.tree.is_map(*at))?;
    let reference = rewrite.tree.get(node, "$ref");
    let section = reference.and_then(|_| section(rewrite.tree, at));
    if let Some(other) = section.filter(|it| it.key != place.section) {
        misled(rewrite, reference, other, place);
        return Some(match other.key {
            "schemas" => Found::Schema(node),
            key if place.akin.contains(&key) => Found::Right(at),
            _ => Found::Other(node),
        });
    }
    let is_known = place.fields.iter().any(|field| rewrite.tree.get(at, field).is_some());
    let Some(keyword) = schema_keyword(rewrite.tree, at).filter(|_| !is_known) else {
        return Some(Found::Right(at));
    };
    if reference.is_some() && section.is_none() {
        misled(rewrite, reference, &SCHEMAS, place);
        return Some(Found::Schema(node));
    }
    let message = format!("a schema stands where {} belongs", place.name);
    rewrite.sink.warning(Code::UnknownField, At::Key(keyword), message).help(place.help);
    Some(Found::Schema(at))
}

impl Place {
    /// Whether a reference leads to a component of another kind.
    pub(super) fn is_missed(&self, tree: &Tree, node: NodeId) -> bool {
        let target = tree.get(node, "$ref").and_then(|_| make::follow(tree, node));
        let section = target.and_then(|at| section(tree, at));
        section.is_some_and(|it| it.key != self.section)
    }
}

fn misled(rewrite: &mut Rewrite<'_>, reference: Option<NodeId>, section: &Section, place: &Place) {
    let message = format!("the reference leads to {}, not to {}", section.entry, place.name);
    let help = match section.key {
        "schemas" => place.help.to_owned(),
        key if place.akin.contains(&key) => {
            format!("it is read all the same; let the reference name {}", place.name)
        }
        _ => format!("let the reference name {}", place.name),
    };
    rewrite.sink.error(Code::WrongTarget, reference.map(At::Node), message).help(help);
}

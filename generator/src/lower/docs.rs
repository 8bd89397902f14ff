//! Documentation: what the document says of a thing, and where that comes from.

use super::cx::Cx;
use super::merge::LONGEST_CHAIN;
use super::value;
use crate::source::NodeId;
use crate::spec::{ExternalDocs, SchemaId};
use tenon_ir as ir;

/// Documentation of the whole document.
pub(super) fn of_document(cx: &mut Cx<'_, '_>) -> ir::Docs {
    let spec = cx.spec;
    let info = &spec.info;
    ir::Docs {
        description: info.description.map(str::to_owned),
        link: spec.docs.as_ref().map(link),
        ..of_node(cx, info.at)
    }
}

/// Source and assumptions that stand at a node.
pub(super) fn of_node(cx: &mut Cx<'_, '_>, at: NodeId) -> ir::Docs {
    let source = value::stated(cx, at, "x-source").and_then(|id| source(cx, id));
    ir::Docs { source, assumed: value::texts(cx, at, "x-assumed"), ..ir::Docs::default() }
}

/// `x-source`: a document, or a document and a heading in it.
fn source(cx: &mut Cx<'_, '_>, at: NodeId) -> Option<ir::Source> {
    let tree = cx.spec.tree;
    if let Some(document) = tree.text(at) {
        return Some(ir::Source { document: document.to_owned(), heading: None });
    }
    let Some(document) = value::text(cx, at, "document") else {
        value::invalid(cx, at, "x-source", "a text, or a map with a `document`");
        return None;
    };
    let heading = value::text(cx, at, "heading").map(str::to_owned);
    Some(ir::Source { document: document.to_owned(), heading })
}

/// Documentation of a node with a description.
pub(super) fn described(cx: &mut Cx<'_, '_>, at: NodeId, description: Option<&str>) -> ir::Docs {
    ir::Docs { description: description.map(str::to_owned), ..of_node(cx, at) }
}

/// Documentation of a schema that becomes an item.
pub(super) fn of_schema(cx: &mut Cx<'_, '_>, id: SchemaId) -> ir::Docs {
    let spec = cx.spec;
    let schema = spec.schema(id);
    // A component that another file describes is documented there.
    let described = schema.description.is_some() || schema.title.is_some();
    let there = schema.reference.filter(|target| {
        !described && cx.component_items.get(target) == cx.component_items.get(&id)
    });
    let described = there.map_or(schema, |target| spec.schema(target));
    ir::Docs {
        summary: described.title.map(str::to_owned),
        description: described.description.map(str::to_owned),
        deprecated: schema.deprecated || described.deprecated,
        ..of_node(cx, schema.at)
    }
}

/// Documentation of a place that holds a value of these schemas: the outermost description.
pub(super) fn of_use(cx: &mut Cx<'_, '_>, schemas: &[SchemaId]) -> ir::Docs {
    let spec = cx.spec;
    let mut docs = match schemas.first() {
        Some(id) => of_node(cx, spec.schema(*id).at),
        None => ir::Docs::default(),
    };
    let title = schemas.iter().find_map(|id| spec.schema(*id).title);
    docs.description =
        layers(cx, schemas).find_map(|id| spec.schema(id).description).map(str::to_owned);
    docs.summary = match docs.description {
        Some(_) => None,
        None => title.map(str::to_owned),
    };
    docs.deprecated = layers(cx, schemas).any(|id| spec.schema(id).deprecated);
    docs
}

/// Documentation of a property: where the document says nothing of it, its format does.
pub(super) fn of_property(cx: &mut Cx<'_, '_>, schemas: &[SchemaId]) -> ir::Docs {
    let mut docs = of_use(cx, schemas);
    if docs.description.is_none() && docs.summary.is_none() {
        let format = layers(cx, schemas).find_map(|id| cx.spec.schema(id).format);
        docs.summary = format.and_then(format_words).map(str::to_owned);
    }
    docs
}

/// What strings of a format without a type of its own are (JSON Schema Validation, section 7.3).
fn format_words(format: &str) -> Option<&'static str> {
    Some(match format {
        "time" => "A time (RFC 3339).",
        "duration" => "A duration (ISO 8601).",
        "email" => "An email address.",
        "idn-email" => "An internationalized email address.",
        "hostname" => "A host name.",
        "idn-hostname" => "An internationalized host name.",
        "uri" | "url" => "A URI.",
        "uri-reference" => "A URI or a relative reference.",
        "iri" => "An IRI.",
        "iri-reference" => "An IRI or a relative reference.",
        "uri-template" => "A URI template (RFC 6570).",
        "json-pointer" => "A JSON pointer (RFC 6901).",
        "relative-json-pointer" => "A relative JSON pointer.",
        "regex" => "A regular expression (ECMA-262).",
        _ => return None,
    })
}

/// The schemas and what they wrap, outermost first.
pub(super) fn layers<'a>(
    cx: &'a Cx<'_, '_>,
    schemas: &'a [SchemaId],
) -> impl Iterator<Item = SchemaId> + 'a {
    schemas.iter().flat_map(|id| {
        let mut chain = vec![*id];
        let mut current = *id;
        while let Some(next) = wrapped(cx, current) {
            if chain.contains(&next) || chain.len() == LONGEST_CHAIN {
                break;
            }
            chain.push(next);
            current = next;
        }
        chain
    })
}

fn wrapped(cx: &Cx<'_, '_>, id: SchemaId) -> Option<SchemaId> {
    let schema = cx.spec.schema(id);
    match (schema.reference, schema.all_of.as_slice()) {
        (Some(target), _) => Some(target),
        (None, [one]) => Some(*one),
        _ => None,
    }
}

/// A link to documentation.
pub(super) fn link(docs: &ExternalDocs<'_>) -> ir::Link {
    ir::Link { url: docs.url.to_owned(), description: docs.description.map(str::to_owned) }
}

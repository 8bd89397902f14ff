//! Texts that hold JSON which the document describes (`contentSchema`, JSON Schema Validation, section
//! 8.5), where the client reads it: the data of server-sent events (OpenAPI 3.2, section 4.14.4).
//!
//! Elsewhere such a text stays a text, and that its content is not checked is told.

use std::borrow::Cow;
use std::collections::HashSet;

use super::cx::Cx;
use super::{media, stream};
use crate::spec::{Schema, SchemaId, Spec};

/// Finds the texts among the data of events.
pub(super) fn find(cx: &mut Cx<'_, '_>) {
    let spec = cx.spec;
    let contents = spec.responses.iter().flat_map(|response| &response.content);
    let events = contents.filter(|media| stream::is_events(media.name));
    let mut items: Vec<SchemaId> = Vec::new();
    items.extend(events.flat_map(|media| media.item_schema.or(media.schema)));
    let mut seen = HashSet::new();
    while let Some(id) = items.pop() {
        if seen.insert(id) {
            let schema = spec.schema(id);
            items.extend(same_value(schema).chain(schema.items));
            for (_, data) in schema.properties.iter().filter(|(name, _)| *name == "data") {
                of_data(cx, *data);
            }
        }
    }
}

/// The schemas that describe the same value.
fn same_value<'s>(schema: &'s Schema<'_>) -> impl Iterator<Item = SchemaId> + 's {
    let lists = [&schema.all_of, &schema.any_of, &schema.one_of];
    schema.reference.into_iter().chain(lists.into_iter().flatten().copied())
}

/// Notes what data holds, as far as the schema or one that it has to be says it.
fn of_data(cx: &mut Cx<'_, '_>, data: SchemaId) {
    let (mut open, mut seen) = (vec![data], HashSet::new());
    while let Some(id) = open.pop() {
        if let Some(held) = content(cx.spec, id) {
            cx.held.insert(data, held);
            return;
        }
        let schema = cx.spec.schema(id);
        if seen.insert(id) {
            open.extend(schema.reference.iter().chain(&schema.all_of));
        }
    }
}

/// The schema of what a text holds, where that is JSON.
fn content(spec: &Spec<'_>, id: SchemaId) -> Option<SchemaId> {
    let rare = spec.schema(id).rare.as_deref()?;
    rare.content_schema.filter(|_| rare.content_media_type.is_none_or(media::is_json))
}

/// Some of the schemas describe a text by what it holds.
pub(super) fn is_held(cx: &Cx<'_, '_>, schemas: &[SchemaId]) -> bool {
    schemas.iter().any(|id| cx.held.contains_key(id))
}

/// The parts of an intersection: where one says what the text holds, those that say so, in the words
/// of what is held.
pub(super) fn parts<'k>(cx: &Cx<'_, '_>, parts: &'k [SchemaId]) -> Cow<'k, [SchemaId]> {
    if cx.held.is_empty() || !is_held(cx, parts) {
        return Cow::Borrowed(parts);
    }
    Cow::Owned(parts.iter().filter_map(|id| cx.held.get(id).copied()).collect())
}

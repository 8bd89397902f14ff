//! Multipart bodies: a model whose properties are parts, or parts with a type of their own.
//!
//! Files don't go through JSON: a body that has any gets a type that holds them as they are, beside
//! the model that the same schema may be elsewhere.

use super::cx::{Cx, Hint};
use super::merge::{Additional, Key, Merged, merge};
use super::{body, docs, encoding, media, object, origin, part_header, rules, schema, value};
use crate::diag::{At, Code};
use crate::spec::{Media, SchemaId, Types};
use tenon_ir as ir;

/// Nesting of lists and alternatives in which a file is looked for.
const DEPTH: usize = 4;

/// The body that a multipart media type describes.
pub(super) fn lower(
    cx: &mut Cx<'_, '_>,
    media: &Media<'_>,
    hint: &Hint,
    operation: &str,
) -> ir::Multipart {
    let Some(id) = media.schema else { return ir::Multipart::Open };
    let merged = merge(cx, &Key::one(id));
    let types = merged.solid_types();
    let is_object = types.is_empty() || types == Types::OBJECT;
    let is_own = files(cx, media, &merged) || has_markup(cx, media, &merged);
    if is_object && merged.unions.is_empty() && is_own {
        return ir::Multipart::Parts(Box::new(parts(cx, media, &merged, operation, id)));
    }
    if holds_files(cx, &Key::one(id), DEPTH) || !is_object {
        if !merged.unions.is_empty() {
            cx.sink
                .warning(
                    Code::Degraded,
                    At::Node(media.at),
                    "files in the alternatives of a multipart body are left to the caller, as parts",
                )
                .help("describe the parts as the properties of one object");
        }
        return ir::Multipart::Open;
    }
    if merged.properties.is_empty() && merged.unions.is_empty() {
        return ir::Multipart::Open;
    }
    let ty = body::not_null(schema::type_of(cx, id, hint));
    ir::Multipart::Value(ir::Form { ty, encoding: encoding::all(cx, media) })
}

/// A multipart media type describes a file in some place.
pub(super) fn has_files(cx: &mut Cx<'_, '_>, media: &Media<'_>) -> bool {
    let Some(id) = media.schema else { return false };
    let merged = merge(cx, &Key::one(id));
    let mut properties = merged.properties.iter();
    properties.any(|(name, schemas)| stated_file(cx, media, name, schemas).is_some())
        || holds_files(cx, &Key::one(id), DEPTH)
}

/// The first property of an object in another media type that is a file, or several.
pub(super) fn upload<'t>(cx: &mut Cx<'t, '_>, media: &Media<'t>) -> Option<&'t str> {
    let merged = merge(cx, &Key::one(media.schema?));
    let is_file = |cx: &mut Cx<'t, '_>, schemas: &[SchemaId]| {
        let key = Key::all(schemas);
        let items = merge(cx, &key).items;
        let key = if items.is_empty() { key } else { Key::all(&items) };
        let merged = merge(cx, &key);
        merged.solid_types() == Types::STRING && merged.format == Some("binary")
    };
    let mut properties = merged.properties.iter().filter(|_| merged.unions.is_empty());
    properties.find(|(_, schemas)| is_file(cx, schemas)).map(|(name, _)| *name)
}

/// Some property is XML, which the client doesn't write.
fn has_markup(cx: &mut Cx<'_, '_>, media: &Media<'_>, merged: &Merged<'_>) -> bool {
    let mut properties = merged.properties.iter();
    properties.any(|(name, schemas)| encoding::is_markup(cx, media, name, &Key::all(schemas)))
}

/// Some property is a file.
fn files(cx: &mut Cx<'_, '_>, media: &Media<'_>, merged: &Merged<'_>) -> bool {
    merged.properties.iter().any(|(name, schemas)| file_value(cx, media, name, schemas).is_some())
}

/// A file stands among the properties or items of the schema, or of one of its alternatives.
fn holds_files(cx: &mut Cx<'_, '_>, key: &Key, depth: usize) -> bool {
    let Some(depth) = depth.checked_sub(1) else { return false };
    let merged = merge(cx, key);
    let typed = match &merged.additional {
        Additional::Typed(schemas) => schemas.clone(),
        Additional::Unstated | Additional::Closed => Vec::new(),
    };
    let properties = merged.properties.iter().map(|(_, schemas)| Key::all(schemas));
    let within: Vec<Key> =
        properties.chain([Key::all(&merged.items)]).chain([Key::all(&typed)]).collect();
    let arms = merged.unions.iter().flat_map(|union| &union.schemas).map(|id| Key::one(*id));
    let arms: Vec<Key> = arms.collect();
    is_file(cx, key)
        || within.iter().any(|key| !key.parts.is_empty() && is_file(cx, key))
        || arms.iter().any(|arm| holds_files(cx, arm, depth))
}

/// What a property that holds files is; absent when it holds none. Several files are described as
/// items of which nothing is said, too (OpenAPI 3.1, section 4.8.14.3).
fn file_value(
    cx: &mut Cx<'_, '_>,
    media: &Media<'_>,
    name: &str,
    schemas: &[SchemaId],
) -> Option<ir::PartValue> {
    let stated = stated_file(cx, media, name, schemas);
    stated.or_else(|| {
        let items = merge(cx, &Key::all(schemas)).items;
        let is_open = !items.is_empty() && is_anything(cx, &Key::all(&items));
        (is_open && !is_json(media, name)).then_some(ir::PartValue::Files)
    })
}

/// The encoding of a property says that it is JSON.
fn is_json(media: &Media<'_>, name: &str) -> bool {
    let mut stated = media.encoding.iter().filter(|it| it.property == name);
    stated.any(|it| it.content_type.is_some_and(media::is_json))
}

/// What a property is that is described as files.
fn stated_file(
    cx: &mut Cx<'_, '_>,
    media: &Media<'_>,
    name: &str,
    schemas: &[SchemaId],
) -> Option<ir::PartValue> {
    let key = Key::all(schemas);
    let stated = media.encoding.iter().find(|it| it.property == name);
    let stated = stated.and_then(|it| it.content_type);
    if is_anything(cx, &key) && stated.is_some_and(|name| !media::is_json(name)) {
        return Some(ir::PartValue::File);
    }
    file_of(cx, &key, DEPTH)
}

fn file_of(cx: &mut Cx<'_, '_>, key: &Key, depth: usize) -> Option<ir::PartValue> {
    let depth = depth.checked_sub(1)?;
    if is_file(cx, key) {
        return Some(ir::PartValue::File);
    }
    let merged = merge(cx, key);
    if !merged.items.is_empty() && merged.solid_types() == Types::ARRAY {
        return is_file(cx, &Key::all(&merged.items)).then_some(ir::PartValue::Files);
    }
    let arms = merged.unions.iter().flat_map(|union| union.schemas.clone());
    let arms: Vec<SchemaId> = arms.collect();
    let found: Vec<_> = arms.iter().filter_map(|id| file_of(cx, &Key::one(*id), depth)).collect();
    let files = found.iter().find(|value| **value == ir::PartValue::Files);
    files.or(found.first()).cloned()
}

/// The schema describes bytes: `format: binary`, or text of a media type without an encoding
/// (OpenAPI 3.1, section 4.8.15.1).
pub(super) fn is_file(cx: &mut Cx<'_, '_>, key: &Key) -> bool {
    let merged = merge(cx, key);
    let types = merged.solid_types();
    if !(types.is_empty() || types == Types::STRING) || merged.encoding.is_some() {
        return false;
    }
    matches!(merged.format, Some("binary" | "file")) || media_of(cx, &merged).is_some()
}

/// `contentMediaType` of a text that isn't JSON.
fn media_of(cx: &Cx<'_, '_>, merged: &Merged<'_>) -> Option<String> {
    let rare = merged.sources.iter().filter_map(|id| cx.spec.schema(*id).rare.as_ref());
    let name = rare.into_iter().find_map(|rare| rare.content_media_type)?;
    (!media::is_json(name)).then(|| name.to_owned())
}

/// The schema says nothing.
fn is_anything(cx: &mut Cx<'_, '_>, key: &Key) -> bool {
    let merged = merge(cx, key);
    merged.types.is_empty()
        && merged.format.is_none()
        && merged.values.is_none()
        && merged.properties.is_empty()
        && merged.items.is_empty()
        && merged.unions.is_empty()
        && merged.additional == Additional::Unstated
}

fn parts(
    cx: &mut Cx<'_, '_>,
    media: &Media<'_>,
    merged: &Merged<'_>,
    operation: &str,
    id: SchemaId,
) -> ir::Parts {
    let mut fields = Vec::new();
    for (name, schemas) in &merged.properties {
        fields.extend(field(cx, media, merged, operation, name, schemas));
    }
    for name in &merged.required {
        if !merged.describes(name) {
            object::report_undeclared(cx, merged, name);
            fields.push(undeclared(name));
        }
    }
    ir::Parts {
        name: ir::Ident(format!("{operation} parts")),
        fields,
        open: matches!(merged.additional, Additional::Typed(_)),
        origin: origin::described(cx, id),
        docs: docs::of_use(cx, &[id]),
    }
}

fn field(
    cx: &mut Cx<'_, '_>,
    media: &Media<'_>,
    merged: &Merged<'_>,
    operation: &str,
    name: &str,
    schemas: &[SchemaId],
) -> Option<ir::PartField> {
    let spec = cx.spec;
    let is = |cx: &Cx<'_, '_>, test: fn(&crate::spec::Schema<'_>) -> bool| {
        docs::layers(cx, schemas).any(|id| test(spec.schema(id)))
    };
    if is(cx, |schema| schema.always == Some(false)) || is(cx, |schema| schema.read_only) {
        return None;
    }
    let key = Key::all(schemas);
    let (value, rules) = match file_value(cx, media, name, schemas) {
        Some(ir::PartValue::Files) => {
            let counts =
                |rule: &ir::Rule| matches!(rule, ir::Rule::MinItems(_) | ir::Rule::MaxItems(_));
            let rules = rules::of(cx, &key).into_iter().filter(counts);
            (ir::PartValue::Files, rules.collect())
        }
        Some(value) => (value, Vec::new()),
        None if encoding::is_markup(cx, media, name, &key) => {
            encoding::report_markup(cx, media, name, "text that the caller writes");
            (ir::PartValue::Value(ir::Type::Text(ir::Text::Plain)), Vec::new())
        }
        None => {
            let hint = Hint::of_operation(operation, name);
            let ty = body::not_null(schema::type_of_all(cx, &key, &hint));
            (ir::PartValue::Value(ty), rules::of(cx, &key))
        }
    };
    let stated = media.encoding.iter().find(|stated| stated.property == name);
    // What is a value only becomes a part when it is sent.
    let is_file = matches!(value, ir::PartValue::File | ir::PartValue::Files);
    let mut encoding = match stated {
        Some(stated) => encoding::of_part(cx, media, stated, is_file),
        None => usual(name),
    };
    if encoding.content_type.is_none() && value == ir::PartValue::File {
        let merged = merge(cx, &key);
        encoding.content_type = media_of(cx, &merged);
    }
    let headers = stated.filter(|_| is_file).map(|stated| part_header::names(cx, stated));
    let default = docs::layers(cx, schemas).find_map(|id| spec.schema(id).default);
    Some(ir::PartField {
        name: ir::Ident(name.to_owned()),
        value,
        presence: object::presence(merged.requires(name)),
        encoding,
        headers: headers.unwrap_or_default(),
        default: default.map(|at| value::of(cx, at)),
        rules,
        docs: docs::of_use(cx, schemas),
    })
}

fn usual(property: &str) -> ir::PropertyEncoding {
    ir::PropertyEncoding {
        property: property.to_owned(),
        style: None,
        allow_reserved: false,
        content_type: None,
        headers: Vec::new(),
    }
}

/// A part that is required without being described: it has to be there, whatever it is.
fn undeclared(name: &str) -> ir::PartField {
    ir::PartField {
        name: ir::Ident(name.to_owned()),
        value: ir::PartValue::File,
        presence: ir::Presence::Required,
        encoding: usual(name),
        headers: Vec::new(),
        default: None,
        rules: Vec::new(),
        docs: ir::Docs::default(),
    }
}

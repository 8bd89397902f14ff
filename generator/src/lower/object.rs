//! Structs: objects with known properties.

use super::cx::{Cx, Hint};
use super::merge::{Additional, Key, Merged};
use super::{docs, evidence, origin, quoted, rules, schema, value};
use crate::config::Unknown;
use crate::diag::{At, Code};
use crate::spec::SchemaId;
use tenon_ir as ir;

/// The struct of an object schema.
pub(super) fn lower(cx: &mut Cx<'_, '_>, item: ir::ItemId, merged: &Merged<'_>) -> ir::Kind {
    let mut fields = Vec::with_capacity(merged.properties.len());
    for (name, schemas) in &merged.properties {
        if let Some(field) = field(cx, item, merged, name, schemas) {
            fields.push(field);
        }
    }
    let rest = rest(cx, item, merged);
    for name in &merged.required {
        if !merged.describes(name) {
            fields.push(undeclared(cx, item, merged, name));
        }
    }
    ir::Kind::Struct(ir::Struct { fields, rest, rules: rules::of_object(cx, merged) })
}

fn field(
    cx: &mut Cx<'_, '_>,
    item: ir::ItemId,
    merged: &Merged<'_>,
    name: &str,
    schemas: &[SchemaId],
) -> Option<ir::Field> {
    let spec = cx.spec;
    if schemas.iter().any(|id| spec.schema(*id).always == Some(false)) {
        return None;
    }
    let declaring = match schemas {
        [one] => origin::declaring(cx, merged, *one),
        _ => None,
    };
    let hint = Hint::below(declaring.unwrap_or(item), name);
    let mut ty = schema::type_of_all(cx, &Key::all(schemas), &hint);
    let layers: Vec<SchemaId> = docs::layers(cx, schemas).collect();
    evidence::mend_by(cx, &mut ty, &layers);
    let any = |test: fn(&crate::spec::Schema<'_>) -> bool| {
        docs::layers(cx, schemas).any(|id| test(spec.schema(id)))
    };
    let (read_only, write_only) = (any(|s| s.read_only), any(|s| s.write_only));
    let default = docs::layers(cx, schemas).find_map(|id| spec.schema(id).default);
    let is_shown = cx.config.mock;
    let example = docs::layers(cx, schemas)
        .filter(|_| is_shown)
        .find_map(|id| spec.schema(id).examples.first().copied());
    Some(ir::Field {
        name: ir::Ident(name.to_owned()),
        wire: name.to_owned(),
        ty,
        presence: presence(merged.requires(name)),
        read_only,
        write_only,
        quoted: quoted::holds(cx, schemas),
        constant: None,
        default: default.map(|at| value::of(cx, at)),
        example: example.map(|at| value::of(cx, at)),
        rules: rules::of(cx, &Key::all(schemas)),
        docs: docs::of_property(cx, schemas),
    })
}

/// Reports a name in `required` that `properties` doesn't describe.
pub(super) fn report_undeclared(cx: &mut Cx<'_, '_>, merged: &Merged<'_>, name: &str) {
    let tree = cx.spec.tree;
    let lists = merged.sources.iter().filter_map(|id| tree.get(cx.spec.schema(*id).at, "required"));
    let entry = lists.flat_map(|list| tree.items(list)).find(|id| tree.text(**id) == Some(name));
    cx.sink
        .warning(
            Code::UndeclaredRequired,
            At::Node(entry.copied().unwrap_or(merged.at)),
            format!("`{name}` is required, but `properties` doesn't describe it"),
        )
        .help("describe the property, or take its name out of `required`; it is read as any JSON value");
}

/// A property that is required without being listed: it is what properties that aren't listed are.
/// Where nothing says what they are, it has to be there, whatever it is.
fn undeclared(cx: &mut Cx<'_, '_>, item: ir::ItemId, merged: &Merged<'_>, name: &str) -> ir::Field {
    if let Additional::Typed(schemas) = &merged.additional
        && !has_patterns(cx, merged)
        && let Some(field) = field(cx, item, merged, name, schemas)
        && field.ty != ir::Type::Json
    {
        return field;
    }
    report_undeclared(cx, merged, name);
    ir::Field {
        name: ir::Ident(name.to_owned()),
        wire: name.to_owned(),
        ty: ir::Type::Json,
        presence: ir::Presence::Required,
        read_only: false,
        write_only: false,
        quoted: false,
        constant: None,
        default: None,
        example: None,
        rules: Vec::new(),
        docs: ir::Docs::default(),
    }
}

/// What a property that isn't listed has to be depends on its name.
fn has_patterns(cx: &Cx<'_, '_>, merged: &Merged<'_>) -> bool {
    let rare = merged.sources.iter().filter_map(|id| cx.spec.schema(*id).rare.as_ref());
    rare.into_iter().any(|rare| !rare.pattern_properties.is_empty())
}

fn rest(cx: &mut Cx<'_, '_>, item: ir::ItemId, merged: &Merged<'_>) -> ir::Rest {
    match &merged.additional {
        Additional::Unstated => match cx.config.unknown {
            Unknown::Keep => ir::Rest::Unknown { name: ir::Ident("extra".to_owned()) },
            Unknown::Ignore => ir::Rest::Ignore,
        },
        Additional::Closed => ir::Rest::Deny,
        Additional::Typed(schemas) => {
            let rules = match schemas.as_slice() {
                [one] => rules::of(cx, &Key::one(*one)),
                _ => Vec::new(),
            };
            ir::Rest::Keep {
                name: ir::Ident("additional properties".to_owned()),
                ty: schema::rest_type(cx, merged, &Hint::below(item, "additional property")),
                rules,
            }
        }
    }
}

/// `required` as the presence of a field.
pub(super) fn presence(required: bool) -> ir::Presence {
    if required { ir::Presence::Required } else { ir::Presence::Optional }
}

//! The type of a schema.

mod bounds;
mod texts;

use super::cx::{Cx, Evidence, Hint};
use super::merge::{Additional, Key, Merged, merge, sole_target, unwrap};
use super::{array, docs, enums, evidence, held, object, origin, union, value};
use crate::spec::{SchemaId, Types, children};
use tenon_ir as ir;

/// Gives every component schema an item, then decides what each is.
pub(super) fn components(cx: &mut Cx<'_, '_>) {
    let spec = cx.spec;
    for (name, id) in &spec.components {
        let item = cx.reserve(spec.schema(*id).at, Evidence::Component((*name).to_owned()));
        cx.component_items.entry(*id).or_insert(item);
    }
    cx.children = children(spec);
    for (index, (_, id)) in spec.components.iter().enumerate() {
        if let Some(target) = described_elsewhere(cx, *id) {
            cx.component_items.entry(target).or_insert(ir::ItemId(index as u32));
        }
    }
    for (index, (_, id)) in spec.components.iter().enumerate() {
        component(cx, ir::ItemId(index as u32), *id);
    }
}

/// What a component refers to, when that is no component: the component is its name.
fn described_elsewhere(cx: &Cx<'_, '_>, component: SchemaId) -> Option<SchemaId> {
    let schema = cx.spec.schema(component);
    let reference = schema.reference?;
    // What extends a component with a discriminator is a kind of its own, whatever it adds.
    let is_child = cx.children.values().flatten().any(|child| *child == reference);
    let (target, or_null) = if is_child { (reference, false) } else { unwrap(cx, reference) };
    let plain = !or_null && sole_target(cx, schema).is_some();
    (plain && !cx.component_items.contains_key(&target)).then_some(target)
}

/// Decides the kind of a component's item.
fn component(cx: &mut Cx<'_, '_>, item: ir::ItemId, id: SchemaId) {
    let spec = cx.spec;
    cx.item_mut(item).docs = docs::of_schema(cx, id);
    let elsewhere = spec.schema(id).reference.map(|target| unwrap(cx, target).0);
    let id = elsewhere.filter(|id| cx.component_items.get(id) == Some(&item)).unwrap_or(id);
    let schema = spec.schema(id);
    cx.item_mut(item).examples = schema.examples.iter().map(|at| value::of(cx, *at)).collect();
    evidence::of_item(cx, item, &[id]);
    if let Some(kind) = union::polymorphic(cx, item, id) {
        cx.item_mut(item).kind = kind;
        return;
    }
    let kind = match sole_alias(cx, id) {
        Some(ty) => ir::Kind::Alias(ty),
        None => {
            let key = Key::one(id);
            let merged = merge(cx, &key);
            evidence::of_item(cx, item, &merged.sources);
            kind_of(cx, &key, &merged, Some(item), &Hint::below(item, ""))
        }
    };
    cx.item_mut(item).kind = kind;
}

/// A component that only wraps another schema is another name for it, but for one that extends a
/// component with a discriminator: it is one of the kinds of that.
fn sole_alias(cx: &mut Cx<'_, '_>, id: SchemaId) -> Option<ir::Type> {
    let item = cx.component_items.remove(&id)?;
    let (target, _) = unwrap(cx, id);
    cx.component_items.insert(id, item);
    if cx.children.get(&target).is_some_and(|children| children.contains(&id)) {
        return None;
    }
    let other = cx.component_items.get(&target).copied()?;
    (target != id && other != item).then_some(ir::Type::Item(other))
}

/// The type of a schema, with `null` where the schema admits it.
pub(super) fn type_of(cx: &mut Cx<'_, '_>, id: SchemaId, hint: &Hint) -> ir::Type {
    type_of_all(cx, &Key::one(id), hint)
}

/// The type of an intersection, with `null` where it admits it.
pub(super) fn type_of_all(cx: &mut Cx<'_, '_>, key: &Key, hint: &Hint) -> ir::Type {
    let (key, or_null) = canonical(cx, key);
    if let ([id], []) = (key.parts.as_slice(), key.chosen.as_slice())
        && let Some(item) = cx.component_items.get(id).copied()
    {
        let or_null = or_null || union::admits_null(cx, &key);
        return nullable(ir::Type::Item(item), or_null);
    }
    if let Some(known) = cx.types.get(&key) {
        return nullable(known.clone(), or_null);
    }
    if let Some(item) = inside_itself(cx, &key) {
        let or_null = or_null || union::admits_null(cx, &key);
        return nullable(ir::Type::Item(item), or_null);
    }
    let merged = merge(cx, &key);
    let or_null = or_null || union::admits_null_by(cx, &key, &merged);
    let mut ty = inline(cx, &key, &merged, hint);
    evidence::mend_by(cx, &mut ty, &merged.sources);
    if !matches!(ty, ir::Type::Item(_)) {
        cx.types.insert(key, nullable(ty.clone(), or_null));
    } else if or_null {
        cx.types.insert(key, nullable(ty.clone(), true));
    }
    nullable(ty, or_null)
}

/// The intersection with each mere wrapper replaced by what it wraps.
fn canonical(cx: &Cx<'_, '_>, key: &Key) -> (Key, bool) {
    let mut all_null = !key.parts.is_empty();
    let mut parts = Vec::with_capacity(key.parts.len());
    for part in held::parts(cx, &key.parts).iter() {
        let (target, or_null) = unwrap(cx, *part);
        all_null &= or_null;
        if !parts.contains(&target) {
            parts.push(target);
        }
    }
    (Key { parts, chosen: key.chosen.clone() }, all_null)
}

fn inline(cx: &mut Cx<'_, '_>, key: &Key, merged: &Merged<'_>, hint: &Hint) -> ir::Type {
    let title = key.parts.first().and_then(|id| {
        let schema = cx.spec.schema(*id);
        origin::defined_name(cx.spec.tree, schema.at).or(schema.title)
    });
    if !needs_item(cx, merged) {
        return unnamed(cx, key, merged, hint);
    }
    let item = cx.reserve(merged.at, hint.evidence(title));
    cx.types.insert(key.clone(), ir::Type::Item(item));
    if let Some(id) = key.parts.first() {
        cx.item_mut(item).docs = docs::of_schema(cx, *id);
    }
    // What is found again inside of an item holds that one, and not itself.
    let open = std::mem::take(&mut cx.open);
    let kind = kind_of(cx, key, merged, Some(item), &Hint::below(item, ""));
    cx.open = open;
    cx.item_mut(item).kind = kind;
    ir::Type::Item(item)
}

/// The type of an intersection that is written without a name, unless it holds itself.
fn unnamed(cx: &mut Cx<'_, '_>, key: &Key, merged: &Merged<'_>, hint: &Hint) -> ir::Type {
    let holds = !merged.items.is_empty()
        || !merged.prefix.is_empty()
        || matches!(merged.additional, Additional::Typed(_));
    if holds {
        cx.open.insert(key.clone(), (hint.clone(), None));
    }
    let ty = match kind_of(cx, key, merged, None, hint) {
        ir::Kind::Alias(ty) => ty,
        _ => ir::Type::Json,
    };
    let Some((_, Some(item))) = cx.open.remove(key) else { return ty };
    cx.item_mut(item).kind = ir::Kind::Alias(ty);
    cx.types.insert(key.clone(), ir::Type::Item(item));
    ir::Type::Item(item)
}

/// The item of a list or map that is being lowered: where it holds itself, it takes a name.
fn inside_itself(cx: &mut Cx<'_, '_>, key: &Key) -> Option<ir::ItemId> {
    let (hint, named) = cx.open.get(key)?;
    if named.is_some() {
        return *named;
    }
    let (hint, at) = (hint.clone(), cx.spec.schema(*key.parts.first()?).at);
    let item = cx.reserve(at, hint.evidence(None));
    cx.open.insert(key.clone(), (hint, Some(item)));
    Some(item)
}

/// The shape of a type that can only be written with a name.
fn needs_item(cx: &Cx<'_, '_>, merged: &Merged<'_>) -> bool {
    if merged.never {
        return false;
    }
    enums::is_enum(cx, merged)
        || union::is_union(cx, merged)
        || (merged.values.is_none() && is_object(merged) && !merged.properties.is_empty())
        || (merged.values.is_none() && union::scalar_types(merged).len() > 1)
}

fn is_object(merged: &Merged<'_>) -> bool {
    let types = merged.solid_types();
    types == Types::OBJECT || (types.is_empty() && inferred(merged) == Types::OBJECT)
}

/// What a merged schema is; `item` is the item that it becomes, if it becomes one.
fn kind_of(
    cx: &mut Cx<'_, '_>,
    key: &Key,
    merged: &Merged<'_>,
    item: Option<ir::ItemId>,
    hint: &Hint,
) -> ir::Kind {
    if merged.never {
        return ir::Kind::Alias(ir::Type::Json);
    }
    if let Some(item) = item {
        if enums::is_enum(cx, merged) {
            return enums::lower(cx, merged);
        }
        if union::is_union(cx, merged) {
            return union::lower(cx, item, key, merged);
        }
        if merged.values.is_none() && union::scalar_types(merged).len() > 1 {
            return union::of_types(cx, item, key, merged);
        }
        if is_object(merged) && !merged.properties.is_empty() {
            return object::lower(cx, item, merged);
        }
    }
    ir::Kind::Alias(plain(cx, merged, hint))
}

/// The type of a schema that needs no name.
pub(super) fn plain(cx: &mut Cx<'_, '_>, merged: &Merged<'_>, hint: &Hint) -> ir::Type {
    let types = [merged.solid_types(), inferred(merged), of_values(cx, merged)];
    let types = types.into_iter().find(|types| !types.is_empty()).unwrap_or_default();
    match types {
        Types::BOOLEAN => ir::Type::Bool,
        Types::INTEGER => integer(cx, merged),
        types if types == Types::NUMBER || types == Types::NUMBER.with(Types::INTEGER) => {
            number(cx, merged)
        }
        Types::STRING => text(cx, merged),
        Types::ARRAY => array::lower(cx, merged, hint),
        Types::OBJECT => map(cx, merged, hint),
        _ => ir::Type::Json,
    }
}

/// The formats of whole numbers.
const INTEGERS: [&str; 9] =
    ["int8", "int16", "int32", "int64", "uint8", "uint16", "uint32", "uint64", "uint"];

/// The type that the other keywords speak of when `type` is left out, unless the document shows
/// other values there.
pub(super) fn inferred(merged: &Merged<'_>) -> Types {
    if merged.any_kind {
        return Types::default();
    }
    let is_object = !merged.properties.is_empty() || merged.additional != Additional::Unstated;
    let is_array = !merged.items.is_empty() || !merged.prefix.is_empty();
    if merged.types == Types::NULL && !is_object && !is_array {
        return Types::default();
    }
    let rule = merged.rules.first().map(|(keyword, _)| *keyword);
    implied(is_object, is_array, rule, merged.format)
}

/// The type that keywords speak of: those of objects, those of arrays, a format of numbers, the first
/// rule, the format.
pub(super) fn implied(
    is_object: bool,
    is_array: bool,
    rule: Option<&str>,
    format: Option<&str>,
) -> Types {
    match (rule, format) {
        _ if is_object => Types::OBJECT,
        _ if is_array => Types::ARRAY,
        // Rules of texts are beside it where a number may be written as text, too.
        (_, Some(format)) if INTEGERS.contains(&format) => Types::INTEGER,
        (_, Some("float" | "double")) => Types::NUMBER,
        (Some("minLength" | "maxLength" | "pattern"), _) => Types::STRING,
        (Some("minItems" | "maxItems" | "uniqueItems"), _) => Types::ARRAY,
        (Some("minProperties" | "maxProperties"), _) => Types::OBJECT,
        (Some(_), _) => Types::NUMBER,
        (None, Some(_)) => Types::STRING,
        (None, None) => Types::default(),
    }
}

/// The type of the listed values, when they have one and `type` is left out.
fn of_values(cx: &Cx<'_, '_>, merged: &Merged<'_>) -> Types {
    let Some((_, values)) = &merged.values else { return Types::default() };
    let tree = cx.spec.tree;
    let mut solid = values.iter().filter(|id| !tree.is_null(**id)).peekable();
    if solid.peek().is_none() {
        Types::default()
    } else if solid.clone().all(|id| tree.bool(*id).is_some()) {
        Types::BOOLEAN
    } else if solid.all(|id| tree.number(*id).is_some()) {
        Types::NUMBER
    } else {
        Types::default()
    }
}

fn integer(cx: &mut Cx<'_, '_>, merged: &Merged<'_>) -> ir::Type {
    let values = merged.values.iter().flat_map(|(_, values)| values);
    if values.filter_map(|id| cx.spec.tree.integer(*id)).any(|value| i64::try_from(value).is_err())
    {
        // No width holds every listed value.
        return ir::Type::Json;
    }
    let width = match merged.format {
        Some("int8") => ir::Int::I8,
        Some("int16") => ir::Int::I16,
        Some("int32") => ir::Int::I32,
        Some("int64") => ir::Int::I64,
        Some("uint8") => ir::Int::U8,
        Some("uint16") => ir::Int::U16,
        Some("uint32") => ir::Int::U32,
        Some("uint64" | "uint") => ir::Int::U64,
        _ => return bounds::integer(cx, merged),
    };
    bounds::of_format(cx, merged, width)
}

fn number(cx: &mut Cx<'_, '_>, merged: &Merged<'_>) -> ir::Type {
    match merged.format {
        Some("decimal") => ir::Type::Float(ir::Float::Decimal),
        Some(format) if INTEGERS.contains(&format) => integer(cx, merged),
        // `float` too: a reply may well have more digits than that holds.
        _ => ir::Type::Float(ir::Float::F64),
    }
}

fn text(cx: &mut Cx<'_, '_>, merged: &Merged<'_>) -> ir::Type {
    let text = match (merged.encoding, merged.format) {
        (Some("base64"), _) | (None, Some("byte")) => {
            return ir::Type::Bytes(ir::Encoding::Base64);
        }
        (Some("base64url"), _) | (None, Some("base64url")) => {
            return ir::Type::Bytes(ir::Encoding::Base64Url);
        }
        (_, Some("date-time")) => ir::Text::DateTime,
        (_, Some("date")) => ir::Text::Date,
        (_, Some("uuid" | "guid")) => ir::Text::Uuid,
        (_, Some("ipv4")) => ir::Text::Ipv4,
        (_, Some("ipv6")) => ir::Text::Ipv6,
        (_, Some("password")) => ir::Text::Secret,
        _ => ir::Text::Plain,
    };
    ir::Type::Text(texts::within_rules(cx, merged, text))
}

fn map(cx: &mut Cx<'_, '_>, merged: &Merged<'_>, hint: &Hint) -> ir::Type {
    let value = rest_type(cx, merged, &hint.inner("value"));
    for name in merged.required.iter().filter(|_| value == ir::Type::Json) {
        object::report_undeclared(cx, merged, name);
    }
    ir::Type::Map(Box::new(value))
}

/// The type of properties that aren't listed.
pub(super) fn rest_type(cx: &mut Cx<'_, '_>, merged: &Merged<'_>, hint: &Hint) -> ir::Type {
    match &merged.additional {
        Additional::Typed(schemas) => match schemas.as_slice() {
            [one, others @ ..]
                if others.iter().all(|other| unwrap(cx, *other) == unwrap(cx, *one)) =>
            {
                let ty = type_of(cx, *one, hint);
                if is_any(cx, *one, &ty) { ir::Type::Json } else { ty }
            }
            _ => ir::Type::Json,
        },
        Additional::Unstated | Additional::Closed => ir::Type::Json,
    }
}

/// The schema is `type: object` and says no more. As the values of a map, that is how tools write the
/// `Object` of Java and the `object` of C#, which are values of any kind.
fn is_any(cx: &Cx<'_, '_>, id: SchemaId, ty: &ir::Type) -> bool {
    let ty = if let ir::Type::Nullable(inner) = ty { inner } else { ty };
    let any_object = ir::Type::Map(Box::new(ir::Type::Json));
    let schema = cx.spec.schema(id);
    let is_closed = |id: SchemaId| cx.spec.schema(id).always == Some(false);
    *ty == any_object
        && schema.reference.is_none()
        && schema.values.is_empty()
        && schema.additional.is_none_or(is_closed)
        && schema.rare.as_ref().is_none_or(|rare| rare.rules.is_empty())
}

/// The type, or `null` as well.
pub(super) fn nullable(ty: ir::Type, or_null: bool) -> ir::Type {
    match ty {
        ir::Type::Nullable(_) | ir::Type::Json => ty,
        ty if or_null => ir::Type::Nullable(Box::new(ty)),
        ty => ty,
    }
}

//! Unions: `oneOf`, `anyOf`, discriminators, and schemas of several JSON types.

use std::collections::HashSet;

use super::cx::{Cx, Hint};
use super::merge::{Alternatives, Key, Merged, is_impossible, merge, unwrap};
use super::{docs, enums, rules, schema};
use crate::diag::{At, Code};
use crate::spec::{SchemaId, Types};
use kinds::Kinds;
use pick::{Arm, picks};
use tenon_ir as ir;

/// The most alternatives that combinations of unions are spelt out in.
const COMBINED: usize = 10_000;

mod cycle;
mod kinds;
mod label;
mod order;
mod pick;
mod tag;

/// The union of a component that others extend and whose discriminator tells them apart.
pub(super) fn polymorphic(cx: &mut Cx<'_, '_>, item: ir::ItemId, id: SchemaId) -> Option<ir::Kind> {
    let schemas = cx.children.get(&id)?.clone();
    let arms = arms(cx, item, id, &Key::one(id), &schemas, true);
    Some(undecided(cx, Undecided { item, holder: id, arms, extends: true }))
}

/// The schema has alternatives that differ in more than what they require.
pub(super) fn is_union(cx: &Cx<'_, '_>, merged: &Merged<'_>) -> bool {
    structural(cx, merged).is_some()
}

fn structural(cx: &Cx<'_, '_>, merged: &Merged<'_>) -> Option<Alternatives> {
    // Beside properties of its own, an alternative that repeats that it is an object adds nothing.
    let known = if merged.properties.is_empty() { Types::default() } else { Types::OBJECT };
    let is_structural =
        |union: &&Alternatives| union.schemas.iter().any(|id| has_shape(cx, *id, known));
    merged.unions.iter().find(is_structural).cloned()
}

/// The schema says what a value looks like, not only which rule it satisfies; that it has the
/// `known` types is no news. An alternative may lead back to where it stands.
fn has_shape(cx: &Cx<'_, '_>, id: SchemaId, known: Types) -> bool {
    let (mut open, mut seen) = (vec![id], HashSet::new());
    while let Some(id) = open.pop() {
        let (id, _) = unwrap(cx, id);
        if !seen.insert(id) {
            continue;
        }
        let schema = cx.spec.schema(id);
        let has_shape = cx.component_items.contains_key(&id)
            || schema.reference.is_some()
            || !schema.types.without(known).is_empty()
            || !schema.properties.is_empty()
            || !schema.values.is_empty()
            || schema.constant.is_some()
            || schema.items.is_some()
            || schema.additional.is_some();
        if has_shape {
            return true;
        }
        open.extend(schema.all_of.iter().chain(&schema.one_of).chain(&schema.any_of));
    }
    false
}

/// [`admits_null`] where the keywords are gathered already: few intersections have alternatives to look at.
pub(super) fn admits_null_by(cx: &mut Cx<'_, '_>, key: &Key, merged: &Merged<'_>) -> bool {
    if !merged.types.is_empty() || merged.unions.is_empty() {
        return null_is_stated(cx, merged);
    }
    admits_null(cx, key)
}

/// `null` satisfies the intersection, or one of its alternatives.
pub(super) fn admits_null(cx: &mut Cx<'_, '_>, key: &Key) -> bool {
    let (mut open, mut seen) = (vec![key.clone()], HashSet::new());
    while let Some(key) = open.pop() {
        let known = cx.nulls.get(&key).copied();
        if known == Some(false) || !seen.insert(key.clone()) {
            continue;
        }
        let merged = merge(cx, &key);
        if known == Some(true) || null_is_stated(cx, &merged) {
            cx.nulls.insert(key, true);
            return true;
        }
        if merged.types.is_empty() {
            let arms = merged.unions.iter().flat_map(|union| &union.schemas);
            open.extend(arms.map(|arm| Key::one(*arm)));
        }
    }
    // Nothing that was looked at admits it.
    cx.nulls.extend(seen.into_iter().map(|key| (key, false)));
    false
}

fn null_is_stated(cx: &Cx<'_, '_>, merged: &Merged<'_>) -> bool {
    let listed = merged.values.as_ref().is_some_and(|(_, values)| {
        merged.types.is_empty() && values.iter().any(|at| cx.spec.tree.is_null(*at))
    });
    listed || merged.nullable()
}

/// The union of a schema for which [`is_union`] holds.
pub(super) fn lower(
    cx: &mut Cx<'_, '_>,
    item: ir::ItemId,
    key: &Key,
    merged: &Merged<'_>,
) -> ir::Kind {
    let Some(union) = structural(cx, merged) else { return ir::Kind::Alias(ir::Type::Json) };
    if !key.chosen.is_empty() && too_many(cx, merged, union.schemas.len()) {
        return ir::Kind::Alias(ir::Type::Json);
    }
    let bare = is_bare(cx, merged, &union);
    let mut schemas = possible(cx, key, merged, &union);
    if bare {
        without_children(cx, &mut schemas);
    }
    let arms = arms(cx, item, union.holder, key, &schemas, bare);
    undecided(cx, Undecided { item, holder: union.holder, arms, extends: false })
}

/// The union of schemas that `holder` lists, though not as its alternatives.
pub(super) fn of_schemas(
    cx: &mut Cx<'_, '_>,
    item: ir::ItemId,
    holder: SchemaId,
    schemas: &[SchemaId],
) -> ir::Kind {
    let arms = arms(cx, item, holder, &Key::default(), schemas, true);
    undecided(cx, Undecided { item, holder, arms, extends: false })
}

/// Alternatives of alternatives multiply: eight times twelve are millions of types. Reports where it
/// is given up, once by place.
fn too_many(cx: &mut Cx<'_, '_>, merged: &Merged<'_>, more: usize) -> bool {
    cx.combined += more;
    if cx.combined <= COMBINED {
        return false;
    }
    let message = format!("alternatives are combined in more than {COMBINED} ways");
    cx.sink.warning(Code::Degraded, At::Node(merged.at), message).help(
        "any JSON value is taken from here on; list the alternatives that are meant in one place",
    );
    true
}

/// The alternatives that go with those which are chosen of other unions; all, when none does.
fn possible(
    cx: &mut Cx<'_, '_>,
    key: &Key,
    merged: &Merged<'_>,
    union: &Alternatives,
) -> Vec<SchemaId> {
    let mut schemas = union.schemas.clone();
    if !key.chosen.is_empty() || merged.unions.len() > 1 {
        schemas.retain(|arm| !is_impossible(cx, &key.choose(union.holder, *arm)));
    }
    if schemas.is_empty() { union.schemas.clone() } else { schemas }
}

/// Takes out the alternatives that extend another one, which is the union of those that extend it.
fn without_children(cx: &Cx<'_, '_>, schemas: &mut Vec<SchemaId>) {
    let listed: Vec<SchemaId> = schemas.iter().map(|id| unwrap(cx, *id).0).collect();
    let extended = listed.iter().filter_map(|id| cx.children.get(id));
    let extending: HashSet<SchemaId> = extended.flatten().copied().collect();
    schemas.retain(|id| !extending.contains(&unwrap(cx, *id).0));
}

/// The alternatives say everything; what stands beside them adds nothing.
fn is_bare(cx: &mut Cx<'_, '_>, merged: &Merged<'_>, union: &Alternatives) -> bool {
    if merged.unions.iter().filter(|other| other.holder != union.holder).count() > 0 {
        return false;
    }
    let repeated = union.schemas.iter().all(|arm| {
        let arm = merge(cx, &Key::one(*arm));
        merged.properties.iter().all(|(name, _)| arm.describes(name))
            && merged.required.iter().all(|name| arm.requires(name))
    });
    repeated && merged.items.is_empty()
}

fn arms(
    cx: &mut Cx<'_, '_>,
    item: ir::ItemId,
    holder: SchemaId,
    key: &Key,
    schemas: &[SchemaId],
    bare: bool,
) -> Vec<Arm> {
    let mut arms: Vec<Arm> = Vec::new();
    // An enum for each list would leave a value that none has to the first.
    let lists = if bare { enums::lists(cx, schemas) } else { Vec::new() };
    for schema in schemas {
        let arm = match lists.iter().find(|list| list.contains(schema)) {
            Some(list) if list.first() == Some(schema) => list_arm(cx, item, *schema, list),
            Some(_) => continue,
            None => arm(cx, item, holder, key, *schema, bare, arms.len()),
        };
        if arm.ty == ir::Type::Item(item) {
            // A union that lists itself says nothing by it.
            continue;
        }
        match arms.iter_mut().find(|known| known.ty == arm.ty) {
            Some(known) => known.also(arm),
            None => arms.push(arm),
        }
    }
    arms
}

fn undecided(cx: &mut Cx<'_, '_>, union: Undecided) -> ir::Kind {
    let kind = kind_of_arms(&union.arms, union.extends);
    cx.undecided.push(union);
    kind
}

/// The union of these alternatives; of one, that one, unless it only extends what else there is.
fn kind_of_arms(arms: &[Arm], extends: bool) -> ir::Kind {
    match arms {
        [] => ir::Kind::Alias(ir::Type::Json),
        [only] if !extends => ir::Kind::Alias(only.ty.clone()),
        _ => {
            let variants = arms.iter().map(variant).collect();
            ir::Kind::Union(ir::Union { variants, picks: Vec::new(), unknown: None })
        }
    }
}

/// A union whose alternatives are not told apart yet: that takes the shapes of all of them.
pub(super) struct Undecided {
    item: ir::ItemId,
    holder: SchemaId,
    arms: Vec<Arm>,
    /// The alternatives extend the holder, which may have values that are none of them.
    extends: bool,
}

/// Decides for each union how its alternatives are told apart, when every item has its shape.
pub(super) fn decide(cx: &mut Cx<'_, '_>) {
    let mut undecided = std::mem::take(&mut cx.undecided);
    cycle::flatten(cx, &mut undecided);
    let kinds = Kinds::of(&cx.items);
    for Undecided { item, holder, arms, extends } in undecided {
        if arms.len() < 2 && !extends {
            continue;
        }
        let arms = order::narrow_first(cx, holder, arms);
        let picks = picks(cx, &kinds, holder, &arms);
        let tags = tag::written(cx, &arms, &picks);
        let item = cx.item_mut(item);
        if !matches!(item.kind, ir::Kind::Union(_)) {
            continue;
        }
        item.kind = kind_of_arms(&arms, extends);
        let ir::Kind::Union(union) = &mut item.kind else { continue };
        for (variant, tag) in union.variants.iter_mut().zip(tags) {
            variant.tag = tag;
        }
        let open = picks.iter().any(|pick| matches!(pick, ir::Pick::Tag { .. }));
        union.unknown = open.then(|| ir::Ident("Unknown".to_owned()));
        union.picks = picks;
    }
}

fn arm(
    cx: &mut Cx<'_, '_>,
    item: ir::ItemId,
    holder: SchemaId,
    key: &Key,
    alternative: SchemaId,
    bare: bool,
    index: usize,
) -> Arm {
    let own = Key::one(alternative);
    let key = if bare { own } else { key.choose(holder, alternative) };
    let merged = merge(cx, &key);
    let hint = Hint::below(item, &label::place(cx, holder, alternative, &merged, index));
    let ty = match schema::type_of_all(cx, &key, &hint) {
        ir::Type::Nullable(inner) => *inner,
        ty => ty,
    };
    let name = label::variant(cx, holder, alternative, &merged, &ty, index);
    Arm {
        schema: unwrap(cx, alternative).0,
        rules: rules::of(cx, &key),
        docs: docs::of_use(cx, &[alternative]),
        properties: merged
            .properties
            .iter()
            .map(|(name, ids)| ((*name).to_owned(), ids.clone()))
            .collect(),
        required: merged.required.iter().map(|name| (*name).to_owned()).collect(),
        ty,
        name,
    }
}

/// The alternative that is one of the values which several list, the first of them being `schema`.
fn list_arm(cx: &mut Cx<'_, '_>, item: ir::ItemId, schema: SchemaId, list: &[SchemaId]) -> Arm {
    let at = cx.spec.schema(schema).at;
    let listed = cx.reserve(at, Hint::below(item, "listed").evidence(None));
    cx.item_mut(listed).kind = enums::of_lists(cx, list);
    Arm {
        schema,
        ty: ir::Type::Item(listed),
        name: "Listed".to_owned(),
        rules: Vec::new(),
        docs: ir::Docs::default(),
        properties: Vec::new(),
        required: Vec::new(),
    }
}

fn variant(arm: &Arm) -> ir::UnionVariant {
    ir::UnionVariant {
        name: ir::Ident(arm.name.clone()),
        ty: arm.ty.clone(),
        tag: None,
        rules: arm.rules.clone(),
        docs: arm.docs.clone(),
        from: false,
    }
}

/// The JSON types of a schema that admits several; a whole number is a number.
pub(super) fn scalar_types(merged: &Merged<'_>) -> Vec<Types> {
    let types = merged.solid_types();
    types.iter().filter(|one| *one != Types::INTEGER || !types.contains(Types::NUMBER)).collect()
}

/// The union of a schema that admits several JSON types.
pub(super) fn of_types(
    cx: &mut Cx<'_, '_>,
    item: ir::ItemId,
    key: &Key,
    merged: &Merged<'_>,
) -> ir::Kind {
    let mut variants = Vec::new();
    let mut kinds = Vec::new();
    for (index, types) in scalar_types(merged).into_iter().enumerate() {
        let mut one = merge(cx, key);
        one.types = types;
        let ty = if types == Types::OBJECT && !one.properties.is_empty() {
            object_arm(cx, item, &one)
        } else {
            schema::plain(cx, &one, &Hint::below(item, "value"))
        };
        kinds.push((pick::json_type(types), index));
        variants.push(ir::UnionVariant {
            name: ir::Ident(pick::type_label(types).to_owned()),
            ty,
            tag: None,
            rules: Vec::new(),
            docs: ir::Docs::default(),
            from: false,
        });
    }
    ir::Kind::Union(ir::Union { variants, picks: vec![ir::Pick::JsonType(kinds)], unknown: None })
}

fn object_arm(cx: &mut Cx<'_, '_>, item: ir::ItemId, merged: &Merged<'_>) -> ir::Type {
    let hint = Hint::below(item, "object");
    let object = cx.reserve(merged.at, hint.evidence(None));
    let kind = super::object::lower(cx, object, merged);
    cx.item_mut(object).kind = kind;
    ir::Type::Item(object)
}

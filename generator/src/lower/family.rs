//! Families: which file of models each item stands in.
//!
//! A model that the operations of one tag reach stands in the file of that tag; what several
//! reach is shared; what none reaches has a file of its own. A file that would become too long is
//! several, by the names of what its models hang on.

use std::collections::BTreeMap;

use super::cx::{Cx, Evidence, Owner as Parent};
use super::{graph, names, volume};
use tenon_ir as ir;

/// Puts every item into its family.
pub(super) fn sort(api: &mut ir::Api, cx: &Cx<'_, '_>) {
    let mut owners: Vec<Option<Owner>> = vec![None; api.items.len()];
    for (index, group) in api.groups.iter().enumerate() {
        for id in graph::reachable(api, roots(api, group)) {
            let owner = &mut owners[id.0 as usize];
            *owner = Some(match owner {
                None => Owner::Group(index),
                Some(Owner::Group(known)) if *known == index => Owner::Group(index),
                Some(_) => Owner::Shared,
            });
        }
    }
    let webhooks = api.webhooks.iter().flat_map(|webhook| graph::body_items(&webhook.content));
    for id in graph::reachable(api, webhooks.collect()) {
        owners[id.0 as usize].get_or_insert(Owner::Webhooks);
    }
    let mut order: Vec<Option<Owner>> =
        (0..api.groups.len()).map(|group| Some(Owner::Group(group))).collect();
    order.extend([Some(Owner::Shared), Some(Owner::Webhooks), None]);
    for owner in order {
        let members: Vec<usize> =
            (0..owners.len()).filter(|index| owners[*index] == owner).collect();
        if members.is_empty() {
            continue;
        }
        let entries: Vec<volume::Entry> = members.iter().map(|at| entry(api, cx, *at)).collect();
        let mut volumes: BTreeMap<String, Vec<usize>> = BTreeMap::new();
        for (member, volume) in members.into_iter().zip(volume::bind(&entries)) {
            volumes.entry(volume).or_default().push(member);
        }
        for (volume, members) in volumes {
            for member in members {
                api.items[member].family = api.families.len();
            }
            let family = family(api, owner.as_ref(), &volume);
            api.families.push(family);
        }
    }
}

/// What decides the volume of an item: the component or operation that it hangs on, so that what
/// is used together stands together.
fn entry(api: &ir::Api, cx: &Cx<'_, '_>, item: usize) -> volume::Entry {
    let mut evidence = &cx.evidence[item];
    let name = loop {
        match evidence {
            Evidence::Component(name) => break name,
            Evidence::Position { parent: Parent::Named(name), .. } => break name,
            Evidence::Position { parent: Parent::Item(parent), .. } => {
                evidence = &cx.evidence[parent.0 as usize];
            }
        }
    };
    volume::Entry { name: names::module_name(name), bytes: bytes(&api.items[item]) }
}

/// About how much code an item becomes.
fn bytes(item: &ir::Item) -> usize {
    let said = |docs: &ir::Docs| docs.description.as_deref().map_or(0, str::len);
    let inside: usize = match &item.kind {
        ir::Kind::Struct(shape) => shape.fields.iter().map(|it| 200 + said(&it.docs)).sum(),
        ir::Kind::Enum(shape) => shape.variants.iter().map(|it| 100 + said(&it.docs)).sum(),
        ir::Kind::Union(union) => union.variants.len() * 200,
        ir::Kind::Newtype(_) => 300,
        ir::Kind::Alias(_) => 0,
    };
    200 + said(&item.docs) + inside
}

/// Who reaches an item.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Owner {
    /// The operations of one tag.
    Group(usize),
    /// Those of several.
    Shared,
    /// None of them, but what the vendor sends.
    Webhooks,
}

fn roots(api: &ir::Api, group: &ir::Group) -> Vec<ir::ItemId> {
    let mut roots = Vec::new();
    for operation in &group.operations {
        roots.extend(operation.params.iter().flat_map(|param| param.ty.models()));
        let payloads = operation.body.iter().flat_map(ir::RequestBody::payloads);
        roots.extend(payloads.flat_map(ir::Payload::types).flat_map(ir::Type::models));
        roots.extend(operation.responses.iter().flat_map(graph::response_items));
        let headers = operation.headers.iter().filter_map(|index| api.headers.get(*index));
        roots.extend(headers.flat_map(|header| header.ty.models()));
    }
    roots
}

fn family(api: &ir::Api, owner: Option<&Owner>, volume: &str) -> ir::Family {
    let (name, text) = match owner {
        Some(Owner::Group(index)) => {
            let group = &api.groups[*index];
            (group.tag.clone(), format!("Models of the operations of “{}”.", group.tag))
        }
        Some(Owner::Shared) => {
            ("shared".to_owned(), "Models that operations of several tags use.".to_owned())
        }
        Some(Owner::Webhooks) => {
            ("webhooks".to_owned(), "Models of what the vendor sends.".to_owned())
        }
        None => ("unused".to_owned(), "Models that no operation uses.".to_owned()),
    };
    let (name, text) = match volume {
        "" => (name, text),
        _ => (format!("{name} {volume}"), format!("{text} Those of `{volume}…`.")),
    };
    ir::Family {
        name: ir::Ident(name),
        docs: ir::Docs { description: Some(text), ..ir::Docs::default() },
    }
}

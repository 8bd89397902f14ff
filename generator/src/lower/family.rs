//! Families: which file of models each item stands in.
//!
//! A model that the operations of one tag reach stands in the file of that tag; what several
//! reach is shared; what none reaches has a file of its own. A file that would become too long is
//! several, by the names of what its models hang on.
//!
//! Where parts of the API are compiled one by one, all models of a file are reached by the same
//! parts, so that the file as a whole is compiled or not.

use std::collections::BTreeMap;

use super::cx::{Cx, Evidence, Owner as Parent};
use super::{graph, names, volume};
use crate::config::Features;
use tenon_ir as ir;

/// Parts of an API that may share a file of models which is compiled with any of them. What more reach is
/// compiled always: a list of features is to be read at a glance.
const SHARING: usize = 8;

/// Puts every item into its family.
pub(super) fn sort(api: &mut ir::Api, cx: &Cx<'_, '_>) {
    let owners = match cx.config.features {
        Features::Api => owners(api),
        Features::Tags | Features::PrefixedTags => gated(api),
    };
    let mut members: BTreeMap<Owner, Vec<usize>> = BTreeMap::new();
    for (item, owner) in owners.into_iter().enumerate() {
        members.entry(owner).or_default().push(item);
    }
    for (owner, members) in members {
        let entries: Vec<volume::Entry> = members.iter().map(|at| entry(api, cx, *at)).collect();
        let mut volumes: BTreeMap<String, Vec<usize>> = BTreeMap::new();
        for (member, volume) in members.into_iter().zip(volume::bind(&entries)) {
            volumes.entry(volume).or_default().push(member);
        }
        for (volume, members) in volumes {
            for member in members {
                api.items[member].family = api.families.len();
            }
            let gate = gate(cx.config.features, api.groups.len(), &owner);
            let family = ir::Family { gate, ..family(api, &owner, &volume) };
            api.families.push(family);
        }
    }
}

/// The owner of each item where the API is compiled as a whole.
fn owners(api: &ir::Api) -> Vec<Owner> {
    let webhooks = api.groups.len();
    let owner = |parts: &Vec<usize>| match parts.as_slice() {
        [] => Owner::Nobody,
        [one] if *one == webhooks => Owner::Webhooks,
        [one] => Owner::Group(*one),
        [one, other] if *other == webhooks => Owner::Group(*one),
        _ => Owner::Shared,
    };
    reached(api).iter().map(owner).collect()
}

/// The owner of each item where parts are compiled one by one. What an item leads to is reached by
/// the same parts, if not by more.
fn gated(api: &ir::Api) -> Vec<Owner> {
    let webhooks = api.groups.len();
    let owner = |parts: Vec<usize>| match parts.as_slice() {
        [] => Owner::Nobody,
        [one] if *one == webhooks => Owner::Webhooks,
        [one] => Owner::Group(*one),
        _ if parts.len() > SHARING => Owner::Shared,
        _ => Owner::Several(parts),
    };
    let mut owners: Vec<Owner> = reached(api).into_iter().map(owner).collect();
    // The constants of headers are compiled always.
    let headers = api.headers.iter().flat_map(|header| header.ty.models());
    for id in graph::reachable(api, headers.collect()) {
        owners[id.0 as usize] = Owner::Shared;
    }
    owners
}

/// The parts that reach each item: groups by their numbers, and webhooks behind them.
fn reached(api: &ir::Api) -> Vec<Vec<usize>> {
    let webhooks = api.webhooks.iter().flat_map(|webhook| graph::body_items(&webhook.content));
    let roots = api.groups.iter().map(|group| roots(api, group));
    let mut parts = vec![Vec::new(); api.items.len()];
    for (part, roots) in roots.chain([webhooks.collect()]).enumerate() {
        for id in graph::reachable(api, roots) {
            parts[id.0 as usize].push(part);
        }
    }
    parts
}

fn gate(features: Features, webhooks: usize, owner: &Owner) -> ir::Gate {
    match owner {
        _ if features == Features::Api => ir::Gate::Always,
        Owner::Group(index) => ir::Gate::Any(vec![*index]),
        Owner::Several(parts) => ir::Gate::Any(parts.clone()),
        Owner::Shared => ir::Gate::Always,
        Owner::Webhooks => ir::Gate::Any(vec![webhooks]),
        // They may lead to models of any part.
        Owner::Nobody => ir::Gate::Whole,
    }
}

/// What decides the volume of an item: the component or operation that it hangs on, so that what
/// is used together stands together.
fn entry(api: &ir::Api, cx: &Cx<'_, '_>, item: usize) -> volume::Entry {
    let mut evidence = &cx.evidence[item];
    let name = loop {
        match evidence {
            Evidence::Component(name) => break cx.called.name(name),
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
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Owner {
    /// The operations of one tag.
    Group(usize),
    /// These parts of the API.
    Several(Vec<usize>),
    /// Operations of several tags.
    Shared,
    /// None of them, but what the vendor sends.
    Webhooks,
    /// Nobody.
    Nobody,
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

fn family(api: &ir::Api, owner: &Owner, volume: &str) -> ir::Family {
    let (name, text) = match owner {
        Owner::Group(index) => {
            let group = &api.groups[*index];
            (group.tag.clone(), format!("Models of the operations of “{}”.", group.tag))
        }
        Owner::Several(parts) => several(api, parts),
        Owner::Shared => {
            ("shared".to_owned(), "Models that operations of several tags use.".to_owned())
        }
        Owner::Webhooks => ("webhooks".to_owned(), "Models of what the vendor sends.".to_owned()),
        Owner::Nobody => ("unused".to_owned(), "Models that no operation uses.".to_owned()),
    };
    let (name, text) = match volume {
        "" => (name, text),
        _ => (format!("{name} {volume}"), format!("{text} Those of `{volume}…`.")),
    };
    ir::Family {
        name: ir::Ident(name),
        docs: ir::Docs { description: Some(text), ..ir::Docs::default() },
        gate: ir::Gate::Always,
    }
}

/// A file that parts share is called after them, or after the first two of many.
fn several(api: &ir::Api, parts: &[usize]) -> (String, String) {
    let tag = |part: &usize| api.groups.get(*part).map_or("webhooks", |group| group.tag.as_str());
    let tags: Vec<&str> = parts.iter().map(tag).collect();
    let name = match tags.as_slice() {
        [first, second, _, _, others @ ..] => {
            format!("{first} and {second} and {} others", others.len() + 2)
        }
        _ => tags.join(" and "),
    };
    let quoted: Vec<String> = tags.iter().map(|tag| format!("“{tag}”")).collect();
    (name, format!("Models that {} share.", quoted.join(", ")))
}

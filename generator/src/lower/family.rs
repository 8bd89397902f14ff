//! Families: which file of models each item stands in.
//!
//! A model that the operations of one tag reach stands in the file of that tag; what several
//! reach is shared; what none reaches has a file of its own.

use super::graph;
use super::operation::UNTAGGED_TEXT;
use tenon_ir as ir;

/// Puts every item into its family.
pub(super) fn sort(api: &mut ir::Api) {
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
        for member in members {
            api.items[member].family = api.families.len();
        }
        let family = family(api, owner.as_ref());
        api.families.push(family);
    }
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
        roots.extend(operation.params.iter().flat_map(|param| graph::mentioned(&param.ty)));
        if let Some(ir::RequestBody { content: ir::Body::Json(ty), .. }) = &operation.body {
            roots.extend(graph::mentioned(ty));
        }
        roots.extend(operation.responses.iter().flat_map(graph::response_items));
        let headers = operation.headers.iter().filter_map(|index| api.headers.get(*index));
        roots.extend(headers.flat_map(|header| graph::mentioned(&header.ty)));
    }
    roots
}

fn family(api: &ir::Api, owner: Option<&Owner>) -> ir::Family {
    let (name, text) = match owner {
        Some(Owner::Group(index)) => {
            let group = &api.groups[*index];
            let text = match group.docs.description.as_deref() {
                Some(UNTAGGED_TEXT) => "Models of operations without a tag.".to_owned(),
                _ => format!("Models of the operations tagged “{}”.", group.tag),
            };
            (group.tag.clone(), text)
        }
        Some(Owner::Shared) => {
            ("shared".to_owned(), "Models that operations of several tags use.".to_owned())
        }
        Some(Owner::Webhooks) => {
            ("webhooks".to_owned(), "Models of what the vendor sends.".to_owned())
        }
        None => ("unused".to_owned(), "Models that no operation uses.".to_owned()),
    };
    ir::Family {
        name: ir::Ident(name),
        docs: ir::Docs { description: Some(text), ..ir::Docs::default() },
    }
}

//! Components that describe the parts of bodies and nothing else: the types of those bodies stand for
//! them. As models nobody could use them, and their files would be texts.

use std::collections::HashSet;

use super::cx::{Cx, Evidence, Owner};
use super::{graph, places, repeated};
use tenon_ir as ir;

/// Takes the models of such components out.
pub(super) fn leave_out(api: &mut ir::Api, cx: &mut Cx<'_, '_>) {
    let bodies = api.operations().filter_map(|operation| operation.body.as_ref());
    let parts = bodies.flat_map(ir::RequestBody::payloads).filter_map(ir::Payload::parts);
    let parted: HashSet<String> = parts.map(|parts| parts.origin.clone()).collect();
    if parted.is_empty() {
        return;
    }
    let mut stays: Vec<bool> =
        api.items.iter().map(|item| !parted.contains(&item.origin)).collect();
    let mentioned = places::types_mut(api).into_iter().flat_map(graph::mentioned_mut);
    mentioned.for_each(|id| stays[id.0 as usize] = true);
    orphan(cx, &stays);
    let own: Vec<usize> = (0..stays.len()).collect();
    repeated::remove(api, cx, &own, &stays);
}

/// What stands in such a component has its name all the same.
fn orphan(cx: &mut Cx<'_, '_>, stays: &[bool]) {
    let name = |evidence: &Evidence| match evidence {
        Evidence::Component(name) => Some(cx.called.name(name).to_owned()),
        Evidence::Position { .. } => None,
    };
    let names: Vec<Option<String>> = cx.evidence.iter().map(name).collect();
    for evidence in &mut cx.evidence {
        if let Evidence::Position { parent, .. } = evidence
            && let Owner::Item(id) = *parent
            && !stays[id.0 as usize]
            && let Some(name) = &names[id.0 as usize]
        {
            *parent = Owner::Named(name.clone());
        }
    }
}

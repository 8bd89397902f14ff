//! The graph of items: who contains whom, what is recursive, what travels where.

use super::cx::Cx;
use crate::diag::{At, Code};
use tenon_ir as ir;

/// Ends every cycle: an alias in a cycle becomes a type of its own, and a model that contains
/// itself does so on the heap.
pub(super) fn break_cycles(api: &mut ir::Api, cx: &mut Cx<'_, '_>) {
    end_empty_cycles(api, cx);
    let aliases = components(api, |item| alias_of(item, ir::Type::models));
    for (index, item) in api.items.iter_mut().enumerate() {
        if let (ir::Kind::Alias(ty), true) = (&item.kind, aliases.cyclic[index]) {
            item.kind = ir::Kind::Newtype(ir::Newtype { ty: ty.clone(), rules: Vec::new() });
        }
    }
    refuse_long_chains(api, cx);
    let inline = components(api, inside);
    for (index, item) in api.items.iter_mut().enumerate() {
        if inline.cyclic[index] {
            let own = inline.number[index];
            let same = |id: ir::ItemId| inline.number[id.0 as usize] == own;
            for model in held_mut(&mut item.kind).into_iter().flat_map(inline_mut) {
                if matches!(model, ir::Type::Item(id) if same(*id)) {
                    *model = ir::Type::Boxed(Box::new(model.clone()));
                }
            }
        }
    }
}

/// An alias that leads back to itself without a list or a map on the way describes nothing.
fn end_empty_cycles(api: &mut ir::Api, cx: &mut Cx<'_, '_>) {
    let empty = components(api, |item| alias_of(item, inline));
    for (index, item) in api.items.iter_mut().enumerate().filter(|(index, _)| empty.cyclic[*index])
    {
        item.kind = ir::Kind::Alias(ir::Type::Json);
        cx.sink
            .error(Code::RefCycle, At::Node(cx.nodes[index]), "this schema leads back to itself")
            .help("let one of the schemas describe what is meant");
    }
}

/// Aliases of aliases: further than this, the compiler of the client doesn't follow them.
const LONGEST_CHAIN: usize = 100;

fn refuse_long_chains(api: &ir::Api, cx: &mut Cx<'_, '_>) {
    for (index, at) in cx.nodes.iter().enumerate() {
        let mut level = vec![ir::ItemId(index as u32)];
        for _ in 0..LONGEST_CHAIN {
            let next = |id| alias_of(api.item(id), ir::Type::models);
            level = level.into_iter().flat_map(next).take(1).collect();
        }
        if !level.is_empty() {
            let message =
                format!("this schema is another through more than {LONGEST_CHAIN} others");
            cx.sink.error(Code::TooDeep, At::Node(*at), message).help("refer to the last of them");
            return;
        }
    }
}

/// The items of the type that an alias is.
fn alias_of(item: &ir::Item, items: fn(&ir::Type) -> Vec<ir::ItemId>) -> Vec<ir::ItemId> {
    match &item.kind {
        ir::Kind::Alias(ty) => items(ty),
        ir::Kind::Struct(_) | ir::Kind::Enum(_) | ir::Kind::Union(_) | ir::Kind::Newtype(_) => {
            Vec::new()
        }
    }
}

/// The types of which a model holds values itself: not those behind a map, nor of other names.
pub(super) fn held_mut(kind: &mut ir::Kind) -> Vec<&mut ir::Type> {
    match kind {
        ir::Kind::Struct(shape) => shape.fields.iter_mut().map(|field| &mut field.ty).collect(),
        ir::Kind::Union(_) | ir::Kind::Newtype(_) => parts_mut(kind),
        ir::Kind::Alias(_) | ir::Kind::Enum(_) => Vec::new(),
    }
}

/// The types inside an item; those of an alias belong to whoever uses it.
fn parts(item: &ir::Item) -> Vec<&ir::Type> {
    match &item.kind {
        ir::Kind::Struct(shape) => {
            let rest = match &shape.rest {
                ir::Rest::Keep { ty, .. } => Some(ty),
                ir::Rest::Ignore | ir::Rest::Deny | ir::Rest::Unknown { .. } => None,
            };
            shape.fields.iter().map(|field| &field.ty).chain(rest).collect()
        }
        ir::Kind::Union(union) => union.variants.iter().map(|variant| &variant.ty).collect(),
        ir::Kind::Newtype(newtype) => vec![&newtype.ty],
        ir::Kind::Alias(ty) => vec![ty],
        ir::Kind::Enum(_) => Vec::new(),
    }
}

/// The types inside a model, to be changed.
pub(super) fn parts_mut(kind: &mut ir::Kind) -> Vec<&mut ir::Type> {
    match kind {
        ir::Kind::Struct(shape) => {
            let rest = match &mut shape.rest {
                ir::Rest::Keep { ty, .. } => Some(ty),
                ir::Rest::Ignore | ir::Rest::Deny | ir::Rest::Unknown { .. } => None,
            };
            shape.fields.iter_mut().map(|field| &mut field.ty).chain(rest).collect()
        }
        ir::Kind::Union(union) => {
            union.variants.iter_mut().map(|variant| &mut variant.ty).collect()
        }
        ir::Kind::Newtype(newtype) => vec![&mut newtype.ty],
        ir::Kind::Alias(ty) => vec![ty],
        ir::Kind::Enum(_) => Vec::new(),
    }
}

/// Every item that a type mentions, to be changed.
pub(super) fn mentioned_mut(ty: &mut ir::Type) -> Vec<&mut ir::ItemId> {
    match ty {
        ir::Type::Item(id) => vec![id],
        ir::Type::List(inner)
        | ir::Type::Map(inner)
        | ir::Type::Nullable(inner)
        | ir::Type::Boxed(inner) => mentioned_mut(inner),
        ir::Type::Tuple(places) => places.iter_mut().flat_map(mentioned_mut).collect(),
        ir::Type::Bool
        | ir::Type::Int(_)
        | ir::Type::Float(_)
        | ir::Type::Text(_)
        | ir::Type::Bytes(_)
        | ir::Type::Json
        | ir::Type::Unit => Vec::new(),
    }
}

/// The items that lie within a value of the type itself, not behind a pointer.
fn inline(ty: &ir::Type) -> Vec<ir::ItemId> {
    match ty {
        ir::Type::Item(id) => vec![*id],
        ir::Type::Nullable(inner) => inline(inner),
        ir::Type::Tuple(places) => places.iter().flat_map(inline).collect(),
        ir::Type::List(_)
        | ir::Type::Map(_)
        | ir::Type::Boxed(_)
        | ir::Type::Bool
        | ir::Type::Int(_)
        | ir::Type::Float(_)
        | ir::Type::Text(_)
        | ir::Type::Bytes(_)
        | ir::Type::Json
        | ir::Type::Unit => Vec::new(),
    }
}

/// The same as the types that name them, to be changed.
pub(super) fn inline_mut(ty: &mut ir::Type) -> Vec<&mut ir::Type> {
    match ty {
        ir::Type::Item(_) => vec![ty],
        ir::Type::Nullable(inner) => inline_mut(inner),
        ir::Type::Tuple(places) => places.iter_mut().flat_map(inline_mut).collect(),
        ir::Type::List(_)
        | ir::Type::Map(_)
        | ir::Type::Boxed(_)
        | ir::Type::Bool
        | ir::Type::Int(_)
        | ir::Type::Float(_)
        | ir::Type::Text(_)
        | ir::Type::Bytes(_)
        | ir::Type::Json
        | ir::Type::Unit => Vec::new(),
    }
}

/// The items that lie within a value of an item itself.
pub(super) fn inside(item: &ir::Item) -> Vec<ir::ItemId> {
    parts(item).into_iter().flat_map(inline).collect()
}

/// Strongly connected components of a graph.
pub(super) struct Components {
    /// Component of each node.
    pub(super) number: Vec<usize>,
    /// The node is on a cycle.
    pub(super) cyclic: Vec<bool>,
}

/// The components of the items, by the items that each leads to.
fn components(api: &ir::Api, edges: impl Fn(&ir::Item) -> Vec<ir::ItemId>) -> Components {
    let edges =
        api.items.iter().map(|item| edges(item).into_iter().map(|id| id.0 as usize).collect());
    of_edges(&edges.collect::<Vec<_>>())
}

/// Tarjan's algorithm, without recursion.
pub(super) fn of_edges(edges: &[Vec<usize>]) -> Components {
    let count = edges.len();
    let mut found = Components { number: vec![usize::MAX; count], cyclic: vec![false; count] };
    let mut order = vec![usize::MAX; count];
    let mut low = vec![0; count];
    let (mut next, mut stack, mut on_stack) = (0, Vec::new(), vec![false; count]);
    for start in 0..count {
        if order[start] != usize::MAX {
            continue;
        }
        let mut calls = vec![(start, 0)];
        while let Some((node, edge)) = calls.pop() {
            if edge == 0 {
                order[node] = next;
                low[node] = next;
                next += 1;
                stack.push(node);
                on_stack[node] = true;
            } else {
                low[node] = low[node].min(low[edges[node][edge - 1]]);
            }
            let unvisited = (edge..edges[node].len()).find(|at| {
                let target = edges[node][*at];
                if order[target] != usize::MAX && on_stack[target] {
                    low[node] = low[node].min(order[target]);
                }
                order[target] == usize::MAX
            });
            if let Some(at) = unvisited {
                calls.push((node, at + 1));
                calls.push((edges[node][at], 0));
            } else if low[node] == order[node] {
                close(node, edges, &mut stack, &mut on_stack, &mut found);
            }
        }
    }
    found
}

/// Takes the component that ends at `root` off the stack.
fn close(
    root: usize,
    edges: &[Vec<usize>],
    stack: &mut Vec<usize>,
    on_stack: &mut [bool],
    found: &mut Components,
) {
    let start = stack.iter().rposition(|node| *node == root).unwrap_or(0);
    let members = stack.split_off(start);
    for member in &members {
        on_stack[*member] = false;
        found.number[*member] = root;
        found.cyclic[*member] = members.len() > 1 || edges[*member].contains(member);
    }
}

/// Marks each item with the directions in which operations send it.
pub(super) fn mark_usage(api: &mut ir::Api) {
    let (mut request, mut reply) = (Vec::new(), Vec::new());
    for operation in api.operations() {
        request.extend(operation.params.iter().flat_map(|param| param.ty.models()));
        let payloads = operation.body.iter().flat_map(ir::RequestBody::payloads);
        request.extend(payloads.flat_map(ir::Payload::types).flat_map(ir::Type::models));
        reply.extend(operation.responses.iter().flat_map(response_items));
    }
    reply.extend(api.headers.iter().flat_map(|header| header.ty.models()));
    reply.extend(api.webhooks.iter().flat_map(|webhook| body_items(&webhook.content)));
    for id in reachable(api, request) {
        api.items[id.0 as usize].usage.request = true;
    }
    for id in reachable(api, reply) {
        api.items[id.0 as usize].usage.reply = true;
    }
}

/// The items that a response's body mentions.
pub(super) fn response_items(response: &ir::Response) -> Vec<ir::ItemId> {
    body_items(&response.content)
}

/// The items that a body mentions.
pub(super) fn body_items(body: &ir::Body) -> Vec<ir::ItemId> {
    match body {
        ir::Body::Json(ty) | ir::Body::Events(ty, _) | ir::Body::Lines(ty) => ty.models(),
        ir::Body::Empty | ir::Body::Text | ir::Body::Bytes => Vec::new(),
    }
}

/// Everything that these items lead to, themselves included.
pub(crate) fn reachable(api: &ir::Api, start: Vec<ir::ItemId>) -> Vec<ir::ItemId> {
    let mut seen = vec![false; api.items.len()];
    let mut open = start;
    let mut found = Vec::new();
    while let Some(id) = open.pop() {
        if std::mem::replace(&mut seen[id.0 as usize], true) {
            continue;
        }
        found.push(id);
        open.extend(parts(api.item(id)).into_iter().flat_map(ir::Type::models));
    }
    found
}

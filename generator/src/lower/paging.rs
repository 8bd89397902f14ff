//! How lists are read page by page: as an operation states it, as the document states it for all that
//! it fits, or as their parameters and replies leave no doubt.

mod fit;
mod read;

use std::collections::HashMap;

use super::cx::Cx;
use super::value;
use crate::config::Pagination;
use crate::diag::{At, Code};
use crate::paging;
use crate::source::NodeId;
use fit::fit;
use read::{Stated, read};
use tenon_ir as ir;

/// The extension.
const KEY: &str = "x-pagination";

/// What a place says of pages.
enum Says {
    /// Nothing.
    Nothing,
    /// There are none, or what it says was refused.
    None,
    /// This.
    This(Box<Stated>),
}

/// Decides for every operation.
pub(super) fn decide(api: &mut ir::Api, cx: &mut Cx<'_, '_>) {
    let bases: HashMap<NodeId, NodeId> = {
        let overloads = cx.spec.operations.iter();
        overloads.filter_map(|it| Some((it.at, it.overload_of?))).collect()
    };
    let usual = says(cx, cx.spec.tree.root());
    let mut fits = 0;
    let nodes: Vec<NodeId> = cx.calls.iter().map(|call| call.at).collect();
    let mut decided = Vec::with_capacity(nodes.len());
    for (operation, at) in api.operations().zip(nodes) {
        let own = match (says(cx, at), bases.get(&at)) {
            (Says::Nothing, Some(base)) => says(cx, *base),
            (own, _) => own,
        };
        decided.push(match (own, &usual) {
            (Says::This(stated), _) => stated_by(cx, api, operation, &stated),
            (Says::None, _) => None,
            (Says::Nothing, Says::This(usual)) => {
                let fitting = fit(api, operation, usual).ok();
                fits += usize::from(fitting.is_some());
                fitting.or_else(|| inferred(cx, api, operation))
            }
            (Says::Nothing, Says::Nothing | Says::None) => inferred(cx, api, operation),
        });
    }
    if let (Says::This(usual), 0) = (&usual, fits) {
        let message = format!("no operation has what `{KEY}` of the document names");
        cx.sink
            .warning(Code::InvalidExtension, At::Node(usual.at), message)
            .help("state it where it holds, on the operation: there, it is told what doesn't fit");
    }
    let operations = api.groups.iter_mut().flat_map(|group| &mut group.operations);
    for (operation, paging) in operations.zip(decided) {
        operation.paging = paging;
    }
}

fn says(cx: &mut Cx<'_, '_>, at: NodeId) -> Says {
    let Some(stated) = value::stated(cx, at, KEY) else { return Says::Nothing };
    if cx.spec.tree.text(stated) == Some("none") {
        return Says::None;
    }
    read(cx, stated).map_or(Says::None, |stated| Says::This(Box::new(stated)))
}

/// What an operation states itself; what doesn't fit it is reported.
fn stated_by(
    cx: &mut Cx<'_, '_>,
    api: &ir::Api,
    operation: &ir::Operation,
    stated: &Stated,
) -> Option<ir::Paging> {
    match fit(api, operation, stated) {
        Ok(paging) => Some(paging),
        Err(problems) => {
            for problem in problems {
                cx.sink
                    .warning(Code::InvalidExtension, At::Node(problem.at), problem.message)
                    .help(problem.help);
            }
            None
        }
    }
}

fn inferred(cx: &Cx<'_, '_>, api: &ir::Api, operation: &ir::Operation) -> Option<ir::Paging> {
    match cx.config.pagination {
        Pagination::Stated => None,
        Pagination::Inferred => paging::propose(api, operation),
    }
}

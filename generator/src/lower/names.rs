//! Names: the one place where anything gets its Rust identifier.
//!
//! Evidence is of differing strength: a line of the configuration, the key of a component, a
//! title, a position. Names are made unique on words before casing; a clash is reported with the
//! configuration that settles it.

mod client;
mod docs;
mod features;
mod items;
mod operations;
mod payloads;
pub(super) mod qualified;
mod replies;
mod scope;
mod words;

use super::cx::{Cx, Evidence};
use crate::diag::Code;
use tenon_ir as ir;

/// Gives everything its final name.
pub(super) fn assign(api: &mut ir::Api, cx: &mut Cx<'_, '_>) {
    items::assign(api, cx);
    docs::assign(api, cx);
    client::assign(api);
    features::assign(api, cx.config.features);
    replies::assign(api);
    operations::assign(api, cx);
    report_unused(api, cx);
}

/// A name of the configuration that names nothing was meant for something.
fn report_unused(api: &ir::Api, cx: &mut Cx<'_, '_>) {
    for key in cx.config.names.keys() {
        let component =
            |evidence: &Evidence| matches!(evidence, Evidence::Component(name) if name == key);
        let used = api.items.iter().any(|item| item.origin == *key)
            || cx.evidence.iter().any(component)
            || api.operations().any(|operation| operation.id == *key);
        if !used {
            cx.sink
                .warning(
                    Code::ProjectFile,
                    None,
                    format!("`names` has an entry for `{key}`, which nothing is called"),
                )
                .help("keys are a component, an operationId, or a pointer as `xtask explain` shows it");
        }
    }
}

/// The module name for an API that is called `text`.
pub fn module_name(text: &str) -> String {
    words::escape(&words::module(&words::words(text)))
}

/// The words that an operation's method is named by: two ids of the same words are one name.
pub(crate) fn method_words(id: &str) -> String {
    words::snake(&words::words(id))
}

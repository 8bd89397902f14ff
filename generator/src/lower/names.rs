//! Names: the one place where anything gets its Rust identifier.
//!
//! Evidence is of differing strength: a line of the configuration, the key of a component, a
//! title, a position. Names are made unique on words before casing; a clash is reported with the
//! configuration that settles it.

mod client;
mod items;
mod operations;
mod scope;
mod words;

use super::cx::Cx;
use tenon_ir as ir;

/// Gives everything its final name.
pub(super) fn assign(api: &mut ir::Api, cx: &mut Cx<'_, '_>) {
    items::assign(api, cx);
    client::assign(api);
    operations::assign(api, cx);
}

/// The module name for an API that is called `text`.
pub fn module_name(text: &str) -> String {
    words::escape(&words::snake(&words::words(text)))
}

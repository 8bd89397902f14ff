//! Lints of Clippy that the shape of an API sets off, allowed where they strike and nowhere else.
//!
//! They are allowed, not expected: an expectation is itself a warning where a project sets another
//! threshold for the lint.

use proc_macro2::{Ident, TokenStream};
use quote::quote;
use tenon_ir::Type;

use crate::scope::Scope;
use crate::types;

/// Most arguments of a function, `self` among them (`clippy::too_many_arguments`).
const ARGUMENTS: usize = 7;
/// Greatest complexity of a type (`clippy::type_complexity`).
const COMPLEXITY: usize = 250;
/// Bytes by which a variant may be larger than the next one. Clippy says 200; the sizes here are
/// estimates.
const SPREAD: usize = 96;

/// For a function with this many arguments.
pub(crate) fn arguments(count: usize) -> Option<TokenStream> {
    (count > ARGUMENTS).then(
        || quote!(#[allow(clippy::too_many_arguments, reason = "the document requires each")]),
    )
}

/// For a place that names this type, wrapped in so many others.
pub(crate) fn complexity(ty: &Type, wraps: usize) -> Option<TokenStream> {
    let outer: usize = (1..=wraps).map(|nest| 10 * nest).sum();
    (outer + types::complexity(ty, wraps + 1) > COMPLEXITY)
        .then(|| quote!(#[allow(clippy::type_complexity, reason = "the document nests it so")]))
}

/// For an enum with variants of these types.
pub(crate) fn variants<'t>(
    scope: &Scope<'_>,
    types: impl Iterator<Item = &'t Type>,
) -> Option<TokenStream> {
    let mut sizes: Vec<usize> = types.map(|ty| types::size(scope, ty)).collect();
    sizes.sort_unstable();
    let largest = sizes.pop()?;
    (largest.saturating_sub(sizes.pop()?) > SPREAD).then(
        || quote!(#[allow(clippy::large_enum_variant, reason = "matched on at once, not stored")]),
    )
}

/// For a setter that is called like an operator: `add`, `not`.
pub(crate) fn operator(method: &Ident) -> Option<TokenStream> {
    const OPERATORS: &[&str] =
        &["add", "bitand", "bitor", "bitxor", "div", "mul", "rem", "shl", "shr", "sub"];
    OPERATORS
        .iter()
        .any(|name| method == name)
        .then(|| quote!(#[allow(clippy::should_implement_trait, reason = "named by the document")]))
}

/// For an operation that is called like a method of a trait that its handle has.
pub(crate) fn handle_method(method: &Ident, arguments: usize) -> Option<TokenStream> {
    let named = match arguments {
        0 => ["as_ref", "borrow", "clone", "deref"].iter().any(|name| method == name),
        1 => ["cmp", "eq", "hash", "index"].iter().any(|name| method == name),
        _ => false,
    };
    named
        .then(|| quote!(#[allow(clippy::should_implement_trait, reason = "named by the document")]))
}

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

/// Names of methods that are operators.
const OPERATORS: &[&str] =
    &["add", "bitand", "bitor", "bitxor", "div", "mul", "rem", "shl", "shr", "sub"];

/// For a function of a model with this many arguments.
pub(crate) fn arguments_text(count: usize) -> Option<&'static str> {
    const LINT: &str =
        "#[allow(clippy::too_many_arguments, reason = \"the document requires each\")]";
    (count > ARGUMENTS).then_some(LINT)
}

/// For a place of a model that names this type, wrapped in so many others.
pub(crate) fn complexity_text(ty: &Type, wraps: usize) -> Option<&'static str> {
    const LINT: &str = "#[allow(clippy::type_complexity, reason = \"the document nests it so\")]";
    is_complex(ty, wraps).then_some(LINT)
}

/// For a union with variants of these types.
pub(crate) fn variants_text<'t>(
    scope: &Scope<'_>,
    types: impl Iterator<Item = &'t Type>,
) -> Option<&'static str> {
    const LINT: &str =
        "#[allow(clippy::large_enum_variant, reason = \"matched on at once, not stored\")]";
    is_spread(scope, types).then_some(LINT)
}

/// For a setter of a model that is called like an operator: `add`, `not`.
pub(crate) fn operator_text(method: &str) -> Option<&'static str> {
    const LINT: &str =
        "#[allow(clippy::should_implement_trait, reason = \"named by the document\")]";
    OPERATORS.contains(&method).then_some(LINT)
}

/// For a function with this many arguments.
pub(crate) fn arguments(count: usize) -> Option<TokenStream> {
    (count > ARGUMENTS).then(
        || quote!(#[allow(clippy::too_many_arguments, reason = "the document requires each")]),
    )
}

/// For a place that names this type, wrapped in so many others.
pub(crate) fn complexity(ty: &Type, wraps: usize) -> Option<TokenStream> {
    is_complex(ty, wraps)
        .then(|| quote!(#[allow(clippy::type_complexity, reason = "the document nests it so")]))
}

/// For an enum with variants of these types.
pub(crate) fn variants<'t>(
    scope: &Scope<'_>,
    types: impl Iterator<Item = &'t Type>,
) -> Option<TokenStream> {
    is_spread(scope, types).then(
        || quote!(#[allow(clippy::large_enum_variant, reason = "matched on at once, not stored")]),
    )
}

/// For a setter that is called like an operator: `add`, `not`.
pub(crate) fn operator(method: &Ident) -> Option<TokenStream> {
    OPERATORS
        .iter()
        .any(|name| method == name)
        .then(|| quote!(#[allow(clippy::should_implement_trait, reason = "named by the document")]))
}

/// For an operation that is called like a method of a trait that its handle has.
pub(crate) fn handle_method(method: &str, arguments: usize) -> Option<&'static str> {
    const LINT: &str =
        "#[allow(clippy::should_implement_trait, reason = \"named by the document\")]";
    let named = match arguments {
        0 => ["as_ref", "borrow", "clone", "deref"].contains(&method),
        1 => ["cmp", "eq", "hash", "index"].contains(&method),
        _ => false,
    };
    named.then_some(LINT)
}

fn is_complex(ty: &Type, wraps: usize) -> bool {
    let outer: usize = (1..=wraps).map(|nest| 10 * nest).sum();
    outer + types::complexity(ty, wraps + 1) > COMPLEXITY
}

fn is_spread<'t>(scope: &Scope<'_>, types: impl Iterator<Item = &'t Type>) -> bool {
    let mut sizes: Vec<usize> = types.map(|ty| types::size(scope, ty)).collect();
    sizes.sort_unstable();
    let (largest, next) = (sizes.pop(), sizes.pop());
    largest.zip(next).is_some_and(|(largest, next)| largest.saturating_sub(next) > SPREAD)
}

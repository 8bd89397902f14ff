//! Lints of Clippy that the shape of an API sets off, allowed where they strike and nowhere else.
//!
//! They are allowed, not expected: an expectation is itself a warning where a project sets another
//! threshold for the lint.

use proc_macro2::TokenStream;
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

const MANY_ARGUMENTS: &str =
    "#[allow(clippy::too_many_arguments, reason = \"the document requires each\")]";
const COMPLEX_TYPE: &str =
    "#[allow(clippy::type_complexity, reason = \"the document nests it so\")]";
const LARGE_VARIANT: &str =
    "#[allow(clippy::large_enum_variant, reason = \"matched on at once, not stored\")]";
const NAMED_LIKE_TRAIT: &str =
    "#[allow(clippy::should_implement_trait, reason = \"named by the document\")]";
const NAMED_LIKE_TYPE: &str =
    "#[allow(clippy::self_named_constructors, reason = \"the document names the type so\")]";

/// For a function with this many arguments.
pub(crate) fn arguments_text(count: usize) -> Option<&'static str> {
    (count > ARGUMENTS).then_some(MANY_ARGUMENTS)
}

/// For a place that names this type, wrapped in so many others.
pub(crate) fn complexity_text(ty: &Type, wraps: usize) -> Option<&'static str> {
    is_complex(ty, wraps).then_some(COMPLEX_TYPE)
}

/// For an enum with variants of these types.
pub(crate) fn variants_text<'t>(
    scope: &Scope<'_>,
    types: impl Iterator<Item = &'t Type>,
) -> Option<&'static str> {
    is_spread(scope, types).then_some(LARGE_VARIANT)
}

/// For a setter that is called like an operator: `add`, `not`.
pub(crate) fn operator_text(method: &str) -> Option<&'static str> {
    OPERATORS.contains(&method).then_some(NAMED_LIKE_TRAIT)
}

/// For `new` of a type of this name: Clippy takes it for the type's own where that is called `New`.
pub(crate) fn constructor_text(name: &str) -> Option<&'static str> {
    name.eq_ignore_ascii_case("new").then_some(NAMED_LIKE_TYPE)
}

/// For an operation that is called like a method of a trait that its handle has.
pub(crate) fn handle_method(method: &str, arguments: usize) -> Option<&'static str> {
    let named = match arguments {
        0 => ["as_ref", "borrow", "clone", "deref"].contains(&method),
        1 => ["cmp", "eq", "hash", "index"].contains(&method),
        _ => false,
    };
    named.then_some(NAMED_LIKE_TRAIT)
}

/// One of these lints, for code that is built as syntax.
pub(crate) fn tokens(lint: Option<&'static str>) -> Option<TokenStream> {
    lint?.parse().ok()
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

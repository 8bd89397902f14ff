//! Gates: what is compiled only with a Cargo feature, as attributes.

use proc_macro2::TokenStream;
use quote::quote;
use tenon_ir::{Api, Gate};

/// The predicate of a gate: `feature = "devices"`, or `any(…)` of several.
fn predicate(api: &Api, gate: &Gate) -> Option<TokenStream> {
    let features = api.features.as_ref()?;
    let feature = |name: &String| quote!(feature = #name);
    match gate {
        Gate::Always => None,
        Gate::Whole => Some(feature(&features.whole)),
        Gate::Any(parts) => {
            let named: Vec<TokenStream> =
                parts.iter().filter_map(|part| features.parts.get(*part)).map(feature).collect();
            match named.as_slice() {
                [] => None,
                [one] => Some(one.clone()),
                several => Some(quote!(any(#(#several),*))),
            }
        }
    }
}

/// `#[cfg(…)]`; nothing for what is compiled always.
pub(crate) fn cfg(api: &Api, gate: &Gate) -> Option<TokenStream> {
    predicate(api, gate).map(|predicate| quote!(#[cfg(#predicate)]))
}

/// `#[cfg(…)]` of the group with this number.
pub(crate) fn of_group(api: &Api, index: usize) -> Option<TokenStream> {
    cfg(api, &Gate::Any(vec![index]))
}

/// `#[cfg(…)]` of the webhooks.
pub(crate) fn of_webhooks(api: &Api) -> Option<TokenStream> {
    of_group(api, api.groups.len())
}

/// `#[cfg(…)]` of an API as a module of a crate: any of its features brings it.
pub(crate) fn of_module(api: &Api) -> TokenStream {
    let whole = crate::package::feature(api);
    let parts = api.features.iter().flat_map(|features| &features.parts);
    let features: Vec<&str> = std::iter::once(whole).chain(parts.map(String::as_str)).collect();
    match features.as_slice() {
        [one] => quote!(#[cfg(feature = #one)]),
        several => quote!(#[cfg(any(#(feature = #several),*))]),
    }
}

/// Lines of inner documentation that are there with the group only.
pub(crate) fn inner_docs(api: &Api, index: usize, lines: &[String]) -> TokenStream {
    let Some(predicate) = predicate(api, &Gate::Any(vec![index])) else {
        return quote!(#(#![doc = #lines])*);
    };
    quote!(#(#![cfg_attr(#predicate, doc = #lines)])*)
}

/// The sentence that tells which feature a group is compiled with.
pub(crate) fn note(api: &Api, index: usize) -> Option<String> {
    let feature = api.features.as_ref()?.parts.get(index)?;
    Some(format!("Compiled with the feature `{feature}`."))
}

//! How a driver reads the inputs of a call, and hands them over.

use proc_macro2::TokenStream;
use quote::quote;
use tenon_ir::{Input, Operation, Presence, Type};

use super::body;
use crate::literal::{ident, index};
use crate::scope::Scope;
use crate::types;

/// An argument of the method.
pub(super) fn argument(
    scope: &Scope<'_>,
    operation: &Operation,
    module: &TokenStream,
    input: Input,
) -> Option<TokenStream> {
    match input {
        Input::Param(at) => {
            let (ty, borrow) = taken(scope, &operation.params.get(at)?.ty);
            let at = index(at);
            Some(quote!(#borrow inputs.required::<#ty>(#at)?))
        }
        Input::Body => body::body(scope, operation.body.as_ref()?, module, Presence::Required),
    }
}

/// The call of a setter, where the input is given.
pub(super) fn setter(
    scope: &Scope<'_>,
    operation: &Operation,
    module: &TokenStream,
    input: Input,
) -> Option<TokenStream> {
    match input {
        Input::Param(at) => {
            let param = operation.params.get(at)?;
            let (ty, borrow) = taken(scope, &param.ty);
            let (at, name) = (index(at), ident(&param.name));
            Some(quote! {
                if let Some(value) = inputs.optional::<#ty>(#at)? {
                    call = call.#name(#borrow value);
                }
            })
        }
        Input::Body => {
            let body = operation.body.as_ref()?;
            let (name, of) = (ident(&body.name), body::of(scope, body)?);
            let value = body::body(scope, body, module, Presence::Optional)?;
            Some(quote! {
                if let Some(value) = inputs.optional_body::<#of>()? {
                    call = call.#name(#value);
                }
            })
        }
    }
}

/// The type of a value, and how it is handed over.
pub(super) fn taken(scope: &Scope<'_>, ty: &Type) -> (syn::Type, Option<TokenStream>) {
    let borrow = matches!(scope.resolve(ty), Type::List(_)).then(|| quote!(&));
    (types::rust(scope, unboxed(ty)), borrow)
}

fn unboxed(ty: &Type) -> &Type {
    match ty {
        Type::Boxed(inner) => inner,
        other => other,
    }
}

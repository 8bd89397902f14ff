//! How a driver makes a request's body of JSON: of several media types the preferred one.

use proc_macro2::TokenStream;
use quote::quote;
use tenon_ir::{
    Content, Form, Media, Multipart, PartField, PartValue, Parts, Presence, RequestBody, Sent,
};

use super::input::taken;
use crate::ast;
use crate::literal::{ident, named};
use crate::scope::Scope;
use crate::types;

/// The type that the body is read as.
pub(super) fn of(scope: &Scope<'_>, body: &RequestBody) -> Option<syn::Type> {
    Some(match &body.payloads().first()?.content {
        Content::Json(ty)
        | Content::Form(Form { ty, .. })
        | Content::Multipart(Multipart::Value(Form { ty, .. })) => taken(scope, ty).0,
        Content::Lines(ty) => ast::generic(scope.vec(), [types::rust(scope, ty)]),
        Content::Text | Content::Bytes => ast::ty(ast::path(named("String"))),
        Content::Multipart(Multipart::Parts(_) | Multipart::Open) => {
            ast::other_type(quote!(tenon_drive::Parts))
        }
    })
}

/// The arguments for a body; an optional one has been read as `value`.
pub(super) fn body(
    scope: &Scope<'_>,
    body: &RequestBody,
    module: &TokenStream,
    presence: Presence,
) -> Option<TokenStream> {
    let payload = *body.payloads().first()?;
    let of = of(scope, body)?;
    let read = match presence {
        Presence::Required => quote!(inputs.body::<#of>()?),
        Presence::Optional => quote!(value),
    };
    let borrow = match &payload.content {
        Content::Json(ty)
        | Content::Form(Form { ty, .. })
        | Content::Multipart(Multipart::Value(Form { ty, .. })) => taken(scope, ty).1,
        Content::Lines(_) => Some(quote!(&)),
        Content::Text | Content::Bytes | Content::Multipart(_) => None,
    };
    let value = match &payload.content {
        Content::Bytes => quote!(tenon_runtime::Body::from(#read)),
        Content::Multipart(Multipart::Parts(shape)) => parts(scope, shape, module, &read),
        Content::Multipart(Multipart::Open) => quote!(#read.open()),
        Content::Json(_)
        | Content::Text
        | Content::Lines(_)
        | Content::Form(_)
        | Content::Multipart(Multipart::Value(_)) => read,
    };
    Some(match &body.sent {
        Sent::One(_) => {
            let media = match &payload.media {
                Media::Exact(_) => None,
                Media::Range(range) => {
                    let kind = range.split('/').next().filter(|kind| !kind.contains('*'));
                    let media = format!("{}/octet-stream", kind.unwrap_or("application"));
                    Some(quote!(#media,))
                }
            };
            quote!(#media #borrow #value)
        }
        Sent::Choice { name, cases } => {
            let (name, case) = (ident(name), ident(&cases.first()?.name));
            quote!(#module::#name::#case(#value))
        }
    })
}

/// A body of parts, made of the properties of an object.
fn parts(
    scope: &Scope<'_>,
    shape: &Parts,
    module: &TokenStream,
    read: &TokenStream,
) -> TokenStream {
    let name = ident(&shape.name);
    let is_argument = |field: &&PartField| field.presence == Presence::Required;
    let arguments = shape.fields.iter().filter(is_argument).map(|field| {
        let (property, (read, borrow)) = (&field.encoding.property, part(scope, field));
        quote!(#borrow parts.required(#property, #read)?)
    });
    let setters = shape.fields.iter().filter(|field| !is_argument(field)).map(|field| {
        let (property, (read, borrow)) = (&field.encoding.property, part(scope, field));
        let setter = ident(&field.name);
        quote! {
            if let Some(part) = parts.optional(#property, #read)? {
                body = body.#setter(#borrow part);
            }
        }
    });
    quote!({
        let parts = #read;
        let mut body = #module::#name::new(#(#arguments),*);
        #(#setters)*
        body
    })
}

/// What reads a part, and how it is handed over.
fn part(scope: &Scope<'_>, field: &PartField) -> (TokenStream, Option<TokenStream>) {
    match &field.value {
        PartValue::File => (quote!(tenon_drive::file), None),
        PartValue::Files => (quote!(tenon_drive::files), None),
        PartValue::Value(ty) => {
            let (ty, borrow) = taken(scope, ty);
            (quote!(tenon_drive::value::<#ty>), borrow)
        }
    }
}

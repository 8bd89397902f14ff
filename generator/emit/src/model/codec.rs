//! How a struct is read and written: its fields as slots and values, in the order of its table.

use proc_macro2::{Ident, TokenStream};
use quote::quote;
use tenon_ir::{Field, Item, Presence, Rest, Struct};

use crate::ast;
use crate::literal::{ident, named};
use crate::scope::Scope;
use crate::types;

pub(super) fn items(
    scope: &Scope<'_>,
    item: &Item,
    shape: &Struct,
    table: &Ident,
) -> Vec<syn::Item> {
    let name = ident(&item.name);
    let (decode, encode) = (decode(scope, item, shape, table), encode(scope, &name, shape, table));
    ast::items(quote! {
        #decode
        #encode
        tenon_runtime::serde_bridge!(#name);
    })
}

fn decode(scope: &Scope<'_>, item: &Item, shape: &Struct, table: &Ident) -> TokenStream {
    let (name, json) = (ident(&item.name), free("json", shape));
    let required = shape.fields.iter().any(|field| field.presence == Presence::Required);
    let body = if item.derives.default && !required {
        in_place(scope, shape, &json, table)
    } else {
        by_locals(scope, shape, &json, table)
    };
    let (decode, decoder) = (scope.codec("Decode"), scope.codec("Decoder"));
    let (result, fault) = (scope.result(), scope.codec("Fault"));
    quote! {
        impl #decode for #name {
            fn decode(#json: &mut #decoder<'_>) -> #result<Self, #fault> {
                #body
            }
        }
    }
}

/// Without required properties, the value is filled where it is.
fn in_place(scope: &Scope<'_>, shape: &Struct, json: &Ident, table: &Ident) -> TokenStream {
    let fields = shape.fields.iter().map(|field| ident(&field.name));
    let (slots, ok) = (quote!(&mut [#(&mut value.#fields),*]), scope.ok());
    match &shape.rest {
        Rest::Ignore | Rest::Deny if shape.fields.is_empty() => {
            quote!(#json.object(&#table, &mut [])?; #ok(Self::default()))
        }
        Rest::Ignore | Rest::Deny => {
            quote!(let mut value = Self::default(); #json.object(&#table, #slots)?; #ok(value))
        }
        Rest::Keep { name, .. } => {
            let name = ident(name);
            let read = quote!(#json.object_with(&#table, #slots, &mut value.#name)?;);
            quote!(let mut value = Self::default(); #read #ok(value))
        }
    }
}

/// Required properties have no value before they are read: each property is a local first.
fn by_locals(scope: &Scope<'_>, shape: &Struct, json: &Ident, table: &Ident) -> TokenStream {
    let (some, ok) = (scope.some(), scope.ok());
    let locals = shape.fields.iter().map(|field| local(scope, field));
    let names: Vec<Ident> = shape.fields.iter().map(|field| ident(&field.name)).collect();
    let required = shape.fields.iter().filter(|field| field.presence == Presence::Required);
    let required: Vec<Ident> = required.map(|field| ident(&field.name)).collect();
    let slots = quote!(&mut [#(&mut #names),*]);
    let (rest, read) = match &shape.rest {
        Rest::Ignore | Rest::Deny => (None, quote!(#json.object(&#table, #slots)?;)),
        Rest::Keep { name, .. } => {
            let name = ident(name);
            let read = quote!(#json.object_with(&#table, #slots, &mut #name)?;);
            (Some(name), read)
        }
    };
    let map = rest.as_ref().map(|name| {
        let map = scope.map();
        quote!(let mut #name = #map::new();)
    });
    let incomplete = quote!(else { return Err(#json.incomplete(&#table)) });
    let complete = match required.as_slice() {
        [] => TokenStream::new(),
        [name] => quote!(let #some(#name) = #name #incomplete;),
        _ => quote!(let (#(#some(#required)),*) = (#(#required),*) #incomplete;),
    };
    let (names, rest) = (names.iter(), rest.iter());
    quote!(#(#locals)* #map #read #complete #ok(Self { #(#names,)* #(#rest)* }))
}

fn local(scope: &Scope<'_>, field: &Field) -> TokenStream {
    let (name, none) = (ident(&field.name), scope.none());
    let ty = types::optional(scope, types::rust(scope, &field.ty));
    quote!(let mut #name: #ty = #none;)
}

fn encode(scope: &Scope<'_>, name: &Ident, shape: &Struct, table: &Ident) -> TokenStream {
    let fields = shape.fields.iter().map(|field| ident(&field.name));
    let values = quote!(&[#(&self.#fields),*]);
    let write = match &shape.rest {
        Rest::Ignore | Rest::Deny => quote!(json.object(&#table, #values);),
        Rest::Keep { name, .. } => {
            let rest = ident(name);
            quote!(json.object_with(&#table, #values, &self.#rest);)
        }
    };
    let (encode, encoder) = (scope.codec("Encode"), scope.codec("Encoder"));
    quote! {
        impl #encode for #name {
            fn encode(&self, json: &mut #encoder) {
                #write
            }
        }
    }
}

/// A name for a local that no field has.
fn free(wanted: &str, shape: &Struct) -> Ident {
    let rest = match &shape.rest {
        Rest::Ignore | Rest::Deny => None,
        Rest::Keep { name, .. } => Some(name.as_str()),
    };
    let mut name = wanted.to_owned();
    while rest == Some(&name) || shape.fields.iter().any(|field| field.name.as_str() == name) {
        name.push('_');
    }
    named(&name)
}

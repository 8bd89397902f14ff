//! How a struct is read and written: by the runtime's `object!`, told the names of its fields.

use proc_macro2::{Ident, TokenStream};
use quote::quote;
use tenon_ir::{Field, Item, Presence, Rest, Struct};

use crate::ast;
use crate::literal::ident;

/// `tenon_runtime::object!(Pet, PET, [id, message], required { id });`
pub(super) fn items(item: &Item, shape: &Struct, table: &Ident) -> Vec<syn::Item> {
    vec![ast::invocation(ast::runtime("object"), arguments(item, shape, table))]
}

/// The type, its table, its fields in the order of the table, and those that are required.
fn arguments(item: &Item, shape: &Struct, table: &Ident) -> TokenStream {
    let name = ident(&item.name);
    let fields = shape.fields.iter().map(|field| ident(&field.name));
    let rest = match &shape.rest {
        Rest::Ignore | Rest::Deny => None,
        Rest::Keep { name, .. } => {
            let name = ident(name);
            Some(quote!(, rest #name))
        }
    };
    let is_required = |field: &&Field| field.presence == Presence::Required;
    let required: Vec<Ident> =
        shape.fields.iter().filter(is_required).map(|field| ident(&field.name)).collect();
    if required.is_empty() && item.derives.default {
        return quote!(#name, #table, [#(#fields),*] #rest);
    }
    quote!(#name, #table, [#(#fields),*], required { #(#required),* } #rest)
}

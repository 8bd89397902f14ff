//! Types of their own around another type: recursive lists and maps.

use proc_macro2::TokenStream;
use quote::quote;
use tenon_ir::{Item, Newtype};

use crate::literal::ident;
use crate::scope::Scope;
use crate::{lints, rules, types};

pub(super) fn items(scope: &Scope<'_>, item: &Item, shape: &Newtype) -> TokenStream {
    let mut docs = super::docs(item);
    docs.facts(&rules::words(&shape.rules));
    let (name, docs, derives) = (ident(&item.name), docs.outer(), super::derives(item.derives));
    let (ty, lint) = (types::rust(scope, &shape.ty), lints::complexity(&shape.ty, 0));
    let (decode, decoder) = (scope.codec("Decode"), scope.codec("Decoder"));
    let (encode, encoder) = (scope.codec("Encode"), scope.codec("Encoder"));
    let (result, fault, from) = (scope.result(), scope.codec("Fault"), scope.from());
    let write = if shape.rules.is_empty() {
        quote!(self.0.encode(json))
    } else {
        let rules = rules::table(scope, &shape.rules);
        quote!(json.checked(#rules, &self.0))
    };
    quote! {
        #docs
        #derives
        pub struct #name(
            /// The content.
            #lint
            pub #ty,
        );
        impl #from<#ty> for #name {
            fn from(value: #ty) -> Self {
                Self(value)
            }
        }
        impl #decode for #name {
            fn decode(json: &mut #decoder<'_>) -> #result<Self, #fault> {
                json.value().map(Self)
            }
        }
        impl #encode for #name {
            fn encode(&self, json: &mut #encoder) {
                #write;
            }
        }
        tenon_runtime::serde_bridge!(#name);
    }
}

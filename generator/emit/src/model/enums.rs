//! Enums of known values, open to values that the document doesn't list.

use proc_macro2::TokenStream;
use quote::quote;
use tenon_ir::{Enum, EnumBase, EnumVariant, Item};

use crate::ast;
use crate::docs::Text;
use crate::literal::{ident, named, number};
use crate::markdown::code;
use crate::scope::Scope;

pub(super) fn items(scope: &Scope<'_>, item: &Item, shape: &Enum) -> Vec<syn::Item> {
    let mut items = vec![definition(scope, item, shape)];
    items.extend(ast::items(match shape.base {
        EnumBase::Text => text(scope, item, shape),
        EnumBase::Int => int(scope, item, shape),
    }));
    items
}

fn definition(scope: &Scope<'_>, item: &Item, shape: &Enum) -> syn::Item {
    let derives = super::derives(item.derives);
    let attributes =
        ast::attributes(super::docs(item).lines(), Some(quote!(#derives #[non_exhaustive])));
    let variants = shape.variants.iter().map(|variant| {
        ast::variant(
            ast::attributes(variant_docs(variant).lines(), None),
            ident(&variant.name),
            None,
        )
    });
    let content = match shape.base {
        EnumBase::Text => scope.string(),
        EnumBase::Int => ast::path(named("i64")),
    };
    let docs = match shape.open {
        true => " Any other value: the document names the common ones only.",
        false => " A value that the document doesn't list.",
    };
    let docs = vec![docs.to_owned()];
    let unknown = ast::attributes(docs, None);
    let unknown = ast::variant(unknown, ident(&shape.unknown), Some(ast::ty(content)));
    ast::enumeration(attributes, ident(&item.name), variants.chain([unknown]))
}

/// Documentation of a listed value.
pub(crate) fn variant_docs(variant: &EnumVariant) -> Text {
    let mut text = Text::of(&variant.docs, || format!("{}.", code(&variant.wire)));
    if variant.docs.deprecated {
        text.sentence("Deprecated.");
    }
    text.origin(&variant.docs);
    text
}

fn text(scope: &Scope<'_>, item: &Item, shape: &Enum) -> TokenStream {
    let (name, unknown) = (ident(&item.name), ident(&shape.unknown));
    let bridge = bridge(item, shape);
    let names: Vec<_> = shape.variants.iter().map(|it| ident(&it.name)).collect();
    let wires: Vec<_> = shape.variants.iter().map(|it| it.wire.as_str()).collect();
    let (from, string) = (scope.from(), scope.string());
    let made = if names.is_empty() {
        quote!(Self::#unknown(value))
    } else {
        quote!(match value.as_str() { #(#wires => Self::#names,)* _ => Self::#unknown(value) })
    };
    quote! {
        impl #name {
            /// The documented values, as they are on the wire.
            pub const VALUES: &'static [&'static str] = &[#(#wires),*];
            /// The value as it is on the wire.
            pub fn as_str(&self) -> &str {
                match self {
                    #(Self::#names => #wires,)*
                    Self::#unknown(value) => value,
                }
            }
        }
        impl #from<#string> for #name {
            fn from(value: #string) -> Self {
                #made
            }
        }
        tenon_runtime::text_enum!(#bridge);
    }
}

fn int(scope: &Scope<'_>, item: &Item, shape: &Enum) -> TokenStream {
    let (name, unknown) = (ident(&item.name), ident(&shape.unknown));
    let bridge = bridge(item, shape);
    let names: Vec<_> = shape.variants.iter().map(|it| ident(&it.name)).collect();
    let wires: Vec<_> = shape.variants.iter().map(|it| number(&it.wire)).collect();
    let from = scope.from();
    let made = if names.is_empty() {
        quote!(Self::#unknown(value))
    } else {
        quote!(match value { #(#wires => Self::#names,)* _ => Self::#unknown(value) })
    };
    quote! {
        impl #name {
            /// The documented values, as they are on the wire.
            pub const VALUES: &'static [i64] = &[#(#wires),*];
            /// The value as it is on the wire.
            pub fn as_i64(&self) -> i64 {
                match self {
                    #(Self::#names => #wires,)*
                    Self::#unknown(value) => *value,
                }
            }
        }
        impl #from<i64> for #name {
            fn from(value: i64) -> Self {
                #made
            }
        }
        tenon_runtime::int_enum!(#bridge);
    }
}

/// What the macro is told: the type, the variant for other values unless it has its usual name, and
/// whether those may be sent.
fn bridge(item: &Item, shape: &Enum) -> TokenStream {
    let (name, unknown) = (ident(&item.name), ident(&shape.unknown));
    match (shape.open, unknown == "Unknown") {
        (true, _) => quote!(#name(#unknown) open),
        (false, true) => quote!(#name),
        (false, false) => quote!(#name(#unknown)),
    }
}

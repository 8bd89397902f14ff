//! Unions: an enum of alternatives, the table that tells how they are picked, and `From` for each.

use proc_macro2::TokenStream;
use quote::quote;
use tenon_ir::{Item, Pick, Text as Format, Type, Union, UnionVariant};

use crate::docs::Text;
use crate::literal::{Plain, ident, index, named};
use crate::scope::Scope;
use crate::{argument, casing, lints, rules, types};

pub(super) fn items(scope: &Scope<'_>, item: &Item, shape: &Union) -> TokenStream {
    let definition = definition(scope, item, shape);
    let table = table(scope, item, shape);
    let decode = decode(scope, item, shape);
    let encode = encode(scope, item, shape);
    let conversions = shape.variants.iter().filter(|variant| variant.from);
    let conversions = conversions.map(|variant| conversion(scope, item, variant));
    let name = ident(&item.name);
    quote! {
        #definition
        #(#conversions)*
        #table
        #decode
        #encode
        tenon_runtime::serde_bridge!(#name);
    }
}

fn definition(scope: &Scope<'_>, item: &Item, shape: &Union) -> TokenStream {
    let (name, docs) = (ident(&item.name), super::docs(item).outer());
    let derives = super::derives(item.derives);
    let lint = lints::variants(scope, shape.variants.iter().map(|variant| &variant.ty));
    let variants = shape.variants.iter().map(|variant| {
        let (name, ty) = (ident(&variant.name), types::rust(scope, &variant.ty));
        let (docs, lint) =
            (variant_docs(scope, variant).outer(), lints::complexity(&variant.ty, 0));
        quote!(#docs #lint #name(#ty))
    });
    let unknown = shape.unknown.as_ref().map(|unknown| {
        let (unknown, json) = (ident(unknown), scope.runtime("", "Json"));
        quote! {
            /// A kind of value that the document doesn't list.
            #unknown(#json),
        }
    });
    quote! {
        #docs
        #derives
        #lint
        #[non_exhaustive]
        pub enum #name {
            #(#variants,)*
            #unknown
        }
    }
}

fn variant_docs(scope: &Scope<'_>, variant: &UnionVariant) -> Text {
    let mut text = Text::of(&variant.docs, || sentence(scope, &variant.ty));
    let mut facts = rules::words(&variant.rules);
    if variant.docs.deprecated {
        facts.push("Deprecated.".to_owned());
    }
    text.facts(&facts);
    text.origin(&variant.docs);
    text
}

/// What a variant holds, when the document doesn't say.
fn sentence(scope: &Scope<'_>, ty: &Type) -> String {
    let phrase = match ty {
        Type::Bool => "`true` or `false`",
        Type::Int(_) => "A whole number",
        Type::Float(_) => "A number",
        Type::Text(Format::Plain) => "A string",
        Type::Text(Format::DateTime) => "A date and time",
        Type::Text(Format::Date) => "A date",
        Type::Text(Format::Uuid) => "A UUID",
        Type::Text(Format::Ipv4) => "An IPv4 address",
        Type::Text(Format::Ipv6) => "An IPv6 address",
        Type::Text(Format::Secret) => "A secret",
        Type::Bytes(_) => "Bytes",
        Type::Json => "Any JSON value",
        Type::Unit => "`null`",
        Type::List(_) | Type::Tuple(_) => "An array",
        Type::Map(_) => "An object",
        Type::Nullable(inner) | Type::Boxed(inner) => return sentence(scope, inner),
        Type::Item(id) => {
            let name = scope.api.item(*id).name.as_str();
            return format!("See [`{name}`].");
        }
    };
    format!("{phrase}.")
}

fn conversion(scope: &Scope<'_>, item: &Item, variant: &UnionVariant) -> TokenStream {
    let (name, variant_name, from) = (ident(&item.name), ident(&variant.name), scope.from());
    let (ty, value) = match &variant.ty {
        Type::Boxed(inner) => {
            let boxed = scope.boxed();
            (types::rust(scope, inner), quote!(#boxed::new(value)))
        }
        ty => (types::rust(scope, ty), quote!(value)),
    };
    let text = argument::is_plain_text(scope, &variant.ty).then(|| {
        quote! {
            impl #from<&str> for #name {
                fn from(value: &str) -> Self {
                    Self::#variant_name(value.to_owned())
                }
            }
        }
    });
    quote! {
        impl #from<#ty> for #name {
            fn from(value: #ty) -> Self {
                Self::#variant_name(#value)
            }
        }
        #text
    }
}

fn table(scope: &Scope<'_>, item: &Item, shape: &Union) -> TokenStream {
    let (union, constant) = (scope.codec("Union"), named(&casing::constant(item.name.as_str())));
    let name = item.name.as_str();
    let variants = shape.variants.iter().map(|it| it.name.plain());
    let picks = (!shape.picks.is_empty()).then(|| {
        let picks = shape.picks.iter().map(|it| pick(scope, it));
        quote!(.picks(&[#(#picks),*]))
    });
    let open = shape.unknown.as_ref().map(|_| quote!(.open()));
    quote!(static #constant: #union = #union::new(#name, &[#(#variants),*]) #picks #open;)
}

fn pick(scope: &Scope<'_>, pick: &Pick) -> TokenStream {
    let name = scope.codec("Pick");
    match pick {
        Pick::Tag { property, values } => {
            let values = values.iter().map(|(text, at)| pair(text, *at));
            quote!(#name::Tag { property: #property, values: &[#(#values),*] })
        }
        Pick::JsonType(types) => {
            let types = types.iter().map(|(ty, at)| pair(ty, *at));
            quote!(#name::JsonType(&[#(#types),*]))
        }
        Pick::Property(properties) => {
            let properties = properties.iter().map(|(property, at)| pair(property, *at));
            quote!(#name::Property(&[#(#properties),*]))
        }
        Pick::Constant(constants) => {
            let constants = constants.iter().map(|(property, value, at)| {
                let at = index(*at);
                quote!((#property, #value, #at))
            });
            quote!(#name::Constant(&[#(#constants),*]))
        }
        Pick::Names(known) => {
            let known = known.iter().map(|(names, at)| {
                let at = index(*at);
                quote!((&[#(#names),*], #at))
            });
            quote!(#name::Names(&[#(#known),*]))
        }
    }
}

fn pair(text: &str, at: usize) -> TokenStream {
    let at = index(at);
    quote!((#text, #at))
}

fn decode(scope: &Scope<'_>, item: &Item, shape: &Union) -> TokenStream {
    let (name, table) = (ident(&item.name), named(&casing::constant(item.name.as_str())));
    let variants =
        shape.variants.iter().map(|variant| &variant.name).chain(&shape.unknown).map(ident);
    let (decode, decoder) = (scope.codec("Decode"), scope.codec("Decoder"));
    let (result, fault) = (scope.result(), scope.codec("Fault"));
    quote! {
        impl #decode for #name {
            fn decode(json: &mut #decoder<'_>) -> #result<Self, #fault> {
                json.union(&#table, &[#(|json| json.value().map(Self::#variants)),*])
            }
        }
    }
}

fn encode(scope: &Scope<'_>, item: &Item, shape: &Union) -> TokenStream {
    let name = ident(&item.name);
    let arms = shape.variants.iter().map(|variant| {
        let (name, write) = (ident(&variant.name), write(scope, variant));
        quote!(Self::#name(value) => #write)
    });
    let unknown = shape.unknown.as_ref().map(|unknown| {
        let unknown = ident(unknown);
        quote!(Self::#unknown(value) => value.encode(json),)
    });
    let (encode, encoder) = (scope.codec("Encode"), scope.codec("Encoder"));
    quote! {
        impl #encode for #name {
            fn encode(&self, json: &mut #encoder) {
                match self { #(#arms,)* #unknown }
            }
        }
    }
}

fn write(scope: &Scope<'_>, variant: &UnionVariant) -> TokenStream {
    match (&variant.tag, variant.rules.as_slice()) {
        (None, []) => quote!(value.encode(json)),
        (None, rules) => {
            let rules = rules::table(scope, rules);
            quote!(json.checked(#rules, value))
        }
        (Some((property, tag)), []) => quote!(json.tagged(#property, #tag, value)),
        (Some((property, tag)), rules) => {
            let rules = rules::table(scope, rules);
            quote!(json.tagged_checked(#property, #tag, #rules, value))
        }
    }
}

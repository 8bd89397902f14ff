//! Structs: fields, constructor and setters, the table of their properties, the codec's two functions.

use proc_macro2::{Ident, TokenStream};
use quote::quote;
use tenon_ir::{Field, Item, Presence, Rest, Struct, Type};

use crate::docs::{Text, json};
use crate::literal::{ident, index, named};
use crate::markdown::code;
use crate::scope::Scope;
use crate::{argument, casing, expr, lints, rules, types};

/// Longest default that is shown in documentation, in bytes.
const LONGEST_DEFAULT: usize = 200;

pub(super) fn items(scope: &Scope<'_>, item: &Item, shape: &Struct) -> TokenStream {
    let definition = definition(scope, item, shape);
    let construction = item.usage.request.then(|| construction(scope, item, shape));
    let table = table(scope, item, shape);
    let decode = decode(scope, item, shape);
    let encode = encode(scope, item, shape);
    let name = ident(&item.name);
    quote! {
        #definition
        #construction
        #table
        #decode
        #encode
        tenon_runtime::serde_bridge!(#name);
    }
}

fn definition(scope: &Scope<'_>, item: &Item, shape: &Struct) -> TokenStream {
    let (name, docs) = (ident(&item.name), super::docs(item).outer());
    let derives = super::derives(item.derives);
    let fields = shape.fields.iter().map(|field| {
        let (name, docs, ty) = (ident(&field.name), field_docs(field).outer(), field_type(scope, field));
        let wraps = usize::from(field.presence == Presence::Optional);
        let lint = lints::complexity(&field.ty, wraps);
        quote!(#docs #lint pub #name: #ty)
    });
    let rest = rest_field(scope, &shape.rest);
    quote! {
        #docs
        #derives
        #[non_exhaustive]
        pub struct #name {
            #(#fields,)*
            #rest
        }
    }
}

fn rest_field(scope: &Scope<'_>, rest: &Rest) -> Option<TokenStream> {
    match rest {
        Rest::Ignore | Rest::Deny => None,
        Rest::Keep { name, ty, rules } => {
            let mut docs = Text::new("Properties that the document doesn't list, by name.");
            docs.facts(&rules::words(rules));
            let (docs, name) = (docs.outer(), ident(name));
            let (map, string, ty) = (scope.map(), scope.string(), types::rust(scope, ty));
            Some(quote!(#docs pub #name: #map<#string, #ty>))
        }
    }
}

fn field_docs(field: &Field) -> Text {
    let mut text = Text::of(&field.docs, || format!("Property {}.", code(&field.wire)));
    let mut facts = rules::words(&field.rules);
    let default = field.default.as_ref().map(json).filter(|it| it.len() <= LONGEST_DEFAULT);
    facts.extend(default.map(|value| format!("Default: {}.", code(&value))));
    if field.read_only {
        facts.push("Read-only.".to_owned());
    }
    if field.write_only {
        facts.push("Write-only.".to_owned());
    }
    if field.docs.deprecated {
        facts.push("Deprecated.".to_owned());
    }
    text.facts(&facts);
    text.origin(&field.docs);
    text
}

fn field_type(scope: &Scope<'_>, field: &Field) -> TokenStream {
    let ty = types::rust(scope, &field.ty);
    match field.presence {
        Presence::Required => ty,
        Presence::Optional => {
            let option = scope.option();
            quote!(#option<#ty>)
        }
    }
}

fn is_required(field: &&Field) -> bool {
    field.presence == Presence::Required
}

fn construction(scope: &Scope<'_>, item: &Item, shape: &Struct) -> TokenStream {
    let name = ident(&item.name);
    let new = constructor(scope, item, shape);
    let settable = shape.fields.iter().filter(|it| !is_required(it) && !it.read_only);
    let setters = settable.map(|field| setters(scope, field));
    let rest = rest_setter(scope, &shape.rest);
    quote! {
        impl #name {
            #new
            #(#setters)*
            #rest
        }
    }
}

fn constructor(scope: &Scope<'_>, item: &Item, shape: &Struct) -> TokenStream {
    let required: Vec<&Field> = shape.fields.iter().filter(is_required).collect();
    if required.is_empty() && item.derives.default {
        return quote! {
            /// Creates the value with every optional property left out.
            pub fn new() -> Self {
                Self::default()
            }
        };
    }
    let arguments = required.iter().map(|field| {
        let name = ident(&field.name);
        let ty = argument::owned(scope, &field.ty, &name).ty;
        quote!(#name: #ty)
    });
    let none = scope.none();
    let values = shape.fields.iter().map(|field| {
        let name = ident(&field.name);
        let value = match field.presence {
            Presence::Required => argument::owned(scope, &field.ty, &name).value,
            Presence::Optional => none.clone(),
        };
        initializer(&name, &value)
    });
    let rest = match &shape.rest {
        Rest::Ignore | Rest::Deny => None,
        Rest::Keep { name, .. } => {
            let (name, map) = (ident(name), scope.map());
            Some(quote!(#name: #map::new(),))
        }
    };
    let lint = lints::arguments(required.len());
    let complex = required.iter().find_map(|field| lints::complexity(&field.ty, 0));
    quote! {
        /// Creates the value from its required properties.
        #lint
        #complex
        pub fn new(#(#arguments),*) -> Self {
            Self { #(#values,)* #rest }
        }
    }
}

/// `name` where the value is the local of that name, `name: value` otherwise.
fn initializer(name: &Ident, value: &TokenStream) -> TokenStream {
    if value.to_string() == name.to_string() {
        quote!(#name)
    } else {
        quote!(#name: #value)
    }
}

fn setters(scope: &Scope<'_>, field: &Field) -> TokenStream {
    let (name, some) = (ident(&field.name), scope.some());
    let plain = field.name.as_str().trim_start_matches("r#");
    let docs = format!(" Sets [`{plain}`](field@Self::{plain}).");
    let deprecated = field.docs.deprecated.then(|| quote!(#[deprecated]));
    let Type::Nullable(inner) = scope.resolve(&field.ty) else {
        let argument = argument::owned(scope, &field.ty, &name);
        let value = argument.value;
        let body = quote!(#some(#value));
        return setter(&docs, &deprecated, &name, Some((&argument.ty, &field.ty)), &name, &body);
    };
    let argument = argument::owned(scope, inner, &name);
    let (value, none) = (argument.value, scope.none());
    let body = quote!(#some(#some(#value)));
    let set = setter(&docs, &deprecated, &name, Some((&argument.ty, inner)), &name, &body);
    let null_docs = format!(" Sets [`{plain}`](field@Self::{plain}) to `null`.");
    let null = expr::null_setter(&field.name);
    let clear = setter(&null_docs, &deprecated, &null, None, &name, &quote!(#some(#none)));
    quote!(#set #clear)
}

fn setter(
    docs: &str,
    deprecated: &Option<TokenStream>,
    method: &Ident,
    argument: Option<(&TokenStream, &Type)>,
    field: &Ident,
    value: &TokenStream,
) -> TokenStream {
    let lint = argument.and_then(|(_, ty)| lints::complexity(ty, 0));
    let operator = lints::operator(method);
    let argument = argument.map(|(ty, _)| quote!(, #field: #ty));
    quote! {
        #[doc = #docs]
        #deprecated
        #lint
        #operator
        pub fn #method(mut self #argument) -> Self {
            self.#field = #value;
            self
        }
    }
}

fn rest_setter(scope: &Scope<'_>, rest: &Rest) -> Option<TokenStream> {
    match rest {
        Rest::Ignore | Rest::Deny => None,
        Rest::Keep { name, ty, .. } => {
            let plain = name.as_str().trim_start_matches("r#");
            let docs = format!(" Sets [`{plain}`](field@Self::{plain}).");
            let name = ident(name);
            let (map, string, ty) = (scope.map(), scope.string(), types::rust(scope, ty));
            let argument = quote!(#map<#string, #ty>);
            Some(quote! {
                #[doc = #docs]
                pub fn #name(mut self, #name: #argument) -> Self {
                    self.#name = #name;
                    self
                }
            })
        }
    }
}

fn table(scope: &Scope<'_>, item: &Item, shape: &Struct) -> TokenStream {
    let (object, constant) = (scope.codec("Object"), named(&casing::constant(item.name.as_str())));
    let name = item.name.as_str();
    let fields = shape.fields.iter().map(|field| entry(scope, field));
    let rules = rules::method(scope, &shape.rules);
    let rest = match &shape.rest {
        Rest::Ignore => TokenStream::new(),
        Rest::Deny => quote!(.closed()),
        Rest::Keep { rules, .. } if rules.is_empty() => quote!(.rest()),
        Rest::Keep { rules, .. } => {
            let rules = rules::table(scope, rules);
            quote!(.rest().rest_rules(#rules))
        }
    };
    quote!(static #constant: #object = #object::new(#name, &[#(#fields),*]) #rest #rules;)
}

fn entry(scope: &Scope<'_>, field: &Field) -> TokenStream {
    let (object, wire) = (scope.codec("Field"), &field.wire);
    let presence = match field.presence {
        Presence::Required => quote!(required),
        Presence::Optional => quote!(optional),
    };
    let nullable = types::accepts_null(scope, &field.ty).then(|| quote!(.nullable()));
    let rules = rules::method(scope, &field.rules);
    let read_only = field.read_only.then(|| quote!(.read_only()));
    let write_only = field.write_only.then(|| quote!(.write_only()));
    quote!(#object::#presence(#wire) #nullable #rules #read_only #write_only)
}

fn decode(scope: &Scope<'_>, item: &Item, shape: &Struct) -> TokenStream {
    let (name, table) = (ident(&item.name), named(&casing::constant(item.name.as_str())));
    let json = free("json", shape);
    let in_place = item.derives.default && shape.fields.iter().all(|field| !is_required(&field));
    let body = if in_place {
        decode_in_place(scope, shape, &json, &table)
    } else {
        decode_locals(scope, shape, &json, &table)
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
fn decode_in_place(scope: &Scope<'_>, shape: &Struct, json: &Ident, table: &Ident) -> TokenStream {
    let fields = shape.fields.iter().map(|field| ident(&field.name));
    let (slots, ok) = (quote!(&mut [#(&mut value.#fields),*]), scope.ok());
    let read = match &shape.rest {
        Rest::Ignore | Rest::Deny => quote!(#json.object(&#table, #slots)?;),
        Rest::Keep { name, .. } => {
            let name = ident(name);
            quote!(#json.object_with(&#table, #slots, &mut value.#name)?;)
        }
    };
    let rest = matches!(shape.rest, Rest::Keep { .. });
    if shape.fields.is_empty() && !rest {
        return quote!(#read #ok(Self::default()));
    }
    quote!(let mut value = Self::default(); #read #ok(value))
}

/// Required properties have no value before they are read: each property is a local first.
fn decode_locals(scope: &Scope<'_>, shape: &Struct, json: &Ident, table: &Ident) -> TokenStream {
    let names: Vec<Ident> = shape.fields.iter().map(|field| ident(&field.name)).collect();
    let (none, ok) = (scope.none(), scope.ok());
    let nones = names.iter().map(|_| &none);
    let locals = match names.as_slice() {
        [] => TokenStream::new(),
        [name] => quote!(let mut #name = #none;),
        _ => quote!(let (#(mut #names),*) = (#(#nones),*);),
    };
    let values = shape.fields.iter().enumerate().map(|(at, field)| {
        let (name, at) = (ident(&field.name), index(at));
        match field.presence {
            Presence::Required => quote!(#name: #json.required(#name, &#table, #at)?),
            Presence::Optional => quote!(#name),
        }
    });
    let slots = quote!(&mut [#(&mut #names),*]);
    let (local, read, rest) = match &shape.rest {
        Rest::Ignore | Rest::Deny => (None, quote!(#json.object(&#table, #slots)?;), None),
        Rest::Keep { name, .. } => {
            let (name, map) = (ident(name), scope.map());
            (
                Some(quote!(let mut #name = #map::new();)),
                quote!(#json.object_with(&#table, #slots, &mut #name)?;),
                Some(quote!(#name,)),
            )
        }
    };
    quote!(#locals #local #read #ok(Self { #(#values,)* #rest }))
}

fn encode(scope: &Scope<'_>, item: &Item, shape: &Struct) -> TokenStream {
    let (name, table) = (ident(&item.name), named(&casing::constant(item.name.as_str())));
    let fields = shape.fields.iter().map(|field| ident(&field.name));
    let values = quote!(&[#(&self.#fields),*]);
    let write = match &shape.rest {
        Rest::Ignore | Rest::Deny => quote!(json.object(&#table, #values);),
        Rest::Keep { name, .. } => {
            let name = ident(name);
            quote!(json.object_with(&#table, #values, &self.#name);)
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

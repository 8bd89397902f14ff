//! Types of request bodies: the parts of a multipart body, and the enum of several media types.

use proc_macro2::TokenStream;
use quote::quote;
use syn::{Expr, FnArg, ImplItem, Type as Rust};
use tenon_ir::{
    Content, Form, Ident, Multipart, Operation, PartField, PartValue, Parts, PayloadCase, Presence,
    Sent, Type,
};

use crate::argument::borrowed;
use crate::ast::{self, Function, Receiver};
use crate::docs::{self, Text, json};
use crate::layout::word;
use crate::literal::{ident, index, named};
use crate::markdown::code;
use crate::scope::Scope;
use crate::{body, expr, lints, rules, types};

/// The types of an operation's body.
pub(crate) fn items(scope: &Scope<'_>, operation: &Operation) -> Vec<syn::Item> {
    let Some(request) = &operation.body else { return Vec::new() };
    let mut items = match &request.sent {
        Sent::One(_) => Vec::new(),
        Sent::Choice { name, cases } => choice(scope, operation, name, cases),
    };
    for shape in body::all_parts(request) {
        items.extend(parts(scope, operation, shape));
    }
    items
}

fn choice(
    scope: &Scope<'_>,
    operation: &Operation,
    name: &Ident,
    cases: &[PayloadCase],
) -> Vec<syn::Item> {
    let method = operation.type_name.as_str();
    let lint = lints::tokens(lints::variants_text(
        scope,
        cases.iter().map(|case| sized(&case.payload.content)),
    ));
    let attributes = ast::attributes(
        vec![format!(" Bodies of [`{method}`], by media type.")],
        Some(quote!(#[derive(Debug)] #lint #[non_exhaustive])),
    );
    let variants = cases.iter().map(|case| {
        let docs = format!(" Sent as {}.", code(case.payload.media.name()));
        let content = content(scope, &case.payload.content);
        ast::variant(ast::attributes(vec![docs], None), ident(&case.name), Some(content))
    });
    let mut items = vec![ast::enumeration(attributes, ident(name), variants)];
    items.push(put(scope, name, cases));
    for case in cases.iter().filter(|case| case.from) {
        let ty = content(scope, &case.payload.content);
        items.extend(conversion(scope, name, case, &quote!(#ty), &quote!(content)));
        if case.payload.content == Content::Text {
            items.extend(conversion(scope, name, case, &quote!(&str), &quote!(content.to_owned())));
        }
    }
    items
}

fn conversion(
    scope: &Scope<'_>,
    name: &Ident,
    case: &PayloadCase,
    ty: &TokenStream,
    value: &TokenStream,
) -> Vec<syn::Item> {
    let (from, name, variant) = (scope.from(), ident(name), ident(&case.name));
    ast::items(quote! {
        impl #from<#ty> for #name {
            fn from(content: #ty) -> Self {
                Self::#variant(#value)
            }
        }
    })
}

/// Puts the content into a call.
fn put(scope: &Scope<'_>, name: &Ident, cases: &[PayloadCase]) -> syn::Item {
    let arms = cases.iter().enumerate().map(|(at, case)| {
        let (variant, method) = (ident(&case.name), named(body::method(&case.payload.content)));
        let value = match &case.payload.content {
            Content::Json(_)
            | Content::Lines(_)
            | Content::Form(_)
            | Content::Multipart(Multipart::Value(_)) => quote!(&content),
            Content::Multipart(Multipart::Parts(_)) => quote!(content.0),
            Content::Text | Content::Bytes | Content::Multipart(Multipart::Open) => quote!(content),
        };
        // The preferred one is what a call has from the start.
        let chosen = (at > 0).then(|| index(at)).map(|at| quote!(.alternative(#at)));
        quote!(Self::#variant(content) => call #chosen.#method(#value))
    });
    let call = scope.op("Call");
    let members = ast::members(quote! {
        fn put(self, call: #call) -> #call {
            match self { #(#arms,)* }
        }
    });
    ast::inherent(ident(name), members)
}

/// The type that holds a content.
fn content(scope: &Scope<'_>, content: &Content) -> Rust {
    match content {
        Content::Json(ty)
        | Content::Form(Form { ty, .. })
        | Content::Multipart(Multipart::Value(Form { ty, .. })) => types::rust(scope, ty),
        Content::Lines(ty) => ast::generic(scope.vec(), [types::rust(scope, ty)]),
        Content::Text => ast::ty(scope.string()),
        Content::Bytes => ast::ty(scope.runtime("", "Body")),
        Content::Multipart(Multipart::Parts(parts)) => ast::ty(ast::path(ident(&parts.name))),
        Content::Multipart(Multipart::Open) => ast::ty(scope.runtime("", "Multipart")),
    }
}

/// A type about as large as the content.
fn sized(content: &Content) -> &Type {
    match content {
        Content::Json(ty)
        | Content::Form(Form { ty, .. })
        | Content::Multipart(Multipart::Value(Form { ty, .. })) => ty,
        Content::Lines(_) | Content::Text | Content::Bytes | Content::Multipart(_) => &Type::Json,
    }
}

fn parts(scope: &Scope<'_>, operation: &Operation, shape: &Parts) -> Vec<syn::Item> {
    let name = ident(&shape.name);
    let method = operation.type_name.as_str();
    let mut docs = Text::of(&shape.docs, || format!("The parts of a body of [`{method}`]."));
    docs.origin(&shape.docs);
    let attributes = ast::attributes(docs.lines(), Some(quote!(#[derive(Debug)])));
    let ty = ast::ty(scope.runtime("", "Multipart"));
    let mut items = vec![ast::newtype(attributes, name.clone(), ty)];
    let mut members = vec![table(shape), constructor(scope, shape)];
    let optional = |field: &&(usize, &PartField)| field.1.presence == Presence::Optional;
    let fields: Vec<(usize, &PartField)> = shape.fields.iter().enumerate().collect();
    members.extend(fields.iter().filter(optional).map(|(at, field)| setter(scope, *at, field)));
    if shape.open {
        members.extend(open(scope));
    }
    items.push(ast::inherent(name.clone(), members));
    if fields.iter().all(|field| optional(&field)) {
        items.extend(ast::items(quote! {
            impl Default for #name {
                fn default() -> Self {
                    Self::new()
                }
            }
        }));
    }
    items
}

/// How each part is written.
fn table(shape: &Parts) -> ImplItem {
    let entries = shape
        .fields
        .iter()
        .map(|field| format!("{}{}", body::encoding(&field.encoding), rules::list(&field.rules)));
    let table = parsed(&entries.collect::<Vec<_>>().join(", "));
    let mut members = ast::members(quote! {
        const TABLE: &'static str = tenon_runtime::encodings![#table];
    });
    members.remove(0)
}

fn constructor(scope: &Scope<'_>, shape: &Parts) -> ImplItem {
    let described = ast::within(scope.runtime("", "Multipart"), named("described"));
    let own = ast::expr(ast::within(ast::path(named("Self")), named("TABLE")));
    let mut value = ast::call(described, [own]);
    let mut inputs = Vec::new();
    let mut arguments = Vec::new();
    for (at, field) in shape.fields.iter().enumerate() {
        if field.presence == Presence::Required {
            value = input(scope, at, field, value, &mut inputs);
            arguments.extend(docs::item(&field.name, &field.docs, facts(field)));
        }
    }
    let mut docs = Text::new(match inputs.is_empty() {
        true => "Creates the body without parts.",
        false => "Creates the body from its required parts.",
    });
    docs.list(arguments);
    let function = Function {
        attrs: ast::attributes(docs.lines(), lints::tokens(lints::arguments_text(inputs.len()))),
        public: true,
        name: named("new"),
        receiver: Receiver::None,
        inputs,
        output: ast::ty(ast::path(named("Self"))),
        body: vec![ast::result(ast::call(ast::path(named("Self")), [value]))],
    };
    function.into()
}

fn facts(field: &PartField) -> Vec<String> {
    let mut facts = rules::words(&field.rules);
    if let (PartValue::File | PartValue::Files, Some(media)) =
        (&field.value, &field.encoding.content_type)
    {
        facts.push(format!("Media type: {}.", code(media)));
    }
    if let (PartValue::Value(_), Some(media)) = (&field.value, &field.encoding.content_type)
        && media.contains("xml")
    {
        facts.push("XML, as text.".to_owned());
    }
    if !field.headers.is_empty() {
        let names: Vec<String> = field.headers.iter().map(|name| code(name)).collect();
        facts.push(format!("Headers of the part: {}.", names.join(", ")));
    }
    facts.extend(field.default.as_ref().map(|value| format!("Default: {}.", code(&json(value)))));
    if field.docs.deprecated {
        facts.push("Deprecated.".to_owned());
    }
    facts
}

/// Takes one part: adds it to the signature, and passes it on to the body.
fn input(
    scope: &Scope<'_>,
    at: usize,
    field: &PartField,
    body: Expr,
    signature: &mut Vec<FnArg>,
) -> Expr {
    let name = ident(&field.name);
    let part = || {
        let (into, part) = (scope.into(), scope.runtime("", "Part"));
        quote!(impl #into<#part>)
    };
    let (ty, method, value) = match &field.value {
        PartValue::File => (ast::other_type(part()), "file", ast::local(&name)),
        PartValue::Files => {
            let (iterator, part) = (scope.iterator_trait(), part());
            let ty = ast::other_type(quote!(impl #iterator<Item = #part>));
            (ty, "files", ast::local(&name))
        }
        PartValue::Value(ty) => {
            let argument = borrowed(scope, ty, &word(&field.name));
            (ast::other_type(parsed(&argument.ty)), "value", ast::other(parsed(&argument.value)))
        }
    };
    signature.push(ast::input(Vec::new(), &name, ty));
    ast::method(body, method, [ast::index(at), value])
}

/// The tokens of text that this crate wrote.
fn parsed(text: &str) -> TokenStream {
    text.parse().unwrap_or_default()
}

fn setter(scope: &Scope<'_>, at: usize, field: &PartField) -> ImplItem {
    let name = ident(&field.name);
    let mut docs =
        Text::of(&field.docs, || format!("Sets the part {}.", code(&field.encoding.property)));
    docs.facts(&facts(field));
    docs.origin(&field.docs);
    let mut others = TokenStream::new();
    others.extend(field.docs.deprecated.then(|| quote!(#[deprecated])));
    others.extend(lints::tokens(lints::operator_text(&name.to_string())));
    let mut inputs = Vec::new();
    let body = ast::first(ast::local(&named("self")));
    let value = input(scope, at, field, body, &mut inputs);
    let this = ast::path(named("Self"));
    let function = Function {
        attrs: ast::attributes(docs.lines(), Some(others)),
        public: true,
        name,
        receiver: Receiver::Value,
        inputs,
        output: ast::ty(this.clone()),
        body: vec![ast::result(ast::call(this, [value]))],
    };
    function.into()
}

/// The method for parts that the document doesn't list.
fn open(scope: &Scope<'_>) -> Vec<ImplItem> {
    let (into, string, part) = (scope.into(), scope.string(), scope.runtime("", "Part"));
    ast::members(quote! {
        /// Adds a part that the document doesn't list.
        pub fn part(self, name: impl #into<#string>, part: impl #into<#part>) -> Self {
            Self(self.0.part(name, part))
        }
    })
}

/// A content that isn't encoded from a value, as an example writes it.
pub(crate) fn example(
    scope: &Scope<'_>,
    content: &Content,
    given: &tenon_ir::Expr,
    group: &Ident,
) -> TokenStream {
    match content {
        Content::Text => expr::text(given),
        Content::Bytes => expr::bytes(given),
        Content::Multipart(Multipart::Parts(shape)) => parts_example(scope, shape, given, group),
        Content::Multipart(Multipart::Open) => {
            let multipart = scope.example_runtime("Multipart");
            quote!(#multipart::new().text("name", "value"))
        }
        Content::Json(_)
        | Content::Lines(_)
        | Content::Form(_)
        | Content::Multipart(Multipart::Value(_)) => TokenStream::new(),
    }
}

fn parts_example(
    scope: &Scope<'_>,
    shape: &Parts,
    given: &tenon_ir::Expr,
    group: &Ident,
) -> TokenStream {
    let tenon_ir::Expr::Parts { required, optional } = given else { return TokenStream::new() };
    let name = ident(&shape.name);
    let needed = shape.fields.iter().filter(|field| field.presence == Presence::Required);
    let arguments = needed.zip(required).map(|(field, given)| part_example(scope, field, given));
    let setters = optional.iter().filter_map(|(name, given)| {
        let field = shape.fields.iter().find(|field| field.name == *name)?;
        let (method, value) = (ident(name), part_example(scope, field, given));
        Some(quote!(.#method(#value)))
    });
    let module = scope.example_group(group);
    quote!(#module::#name::new(#(#arguments),*) #(#setters)*)
}

fn part_example(scope: &Scope<'_>, field: &PartField, given: &tenon_ir::Expr) -> TokenStream {
    match (&field.value, given) {
        (PartValue::Value(ty), _) => expr::borrowed(scope, ty, given),
        (PartValue::Files, tenon_ir::Expr::List(files)) => {
            let files = files.iter().map(expr::bytes);
            quote!([#(#files),*])
        }
        (PartValue::File | PartValue::Files, _) => expr::bytes(given),
    }
}

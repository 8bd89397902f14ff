//! `headers.rs`: a constant for each documented header of replies.

use proc_macro2::TokenStream;
use quote::quote;
use tenon_ir::{Api, Kind, ReplyHeader, Type};

use crate::ast;
use crate::docs::Text;
use crate::file::{File, rust};
use crate::literal::{Plain, ident};
use crate::markdown::code;
use crate::package::Package;
use crate::scope::Scope;
use crate::types;

/// Most operations that a header lists.
const LISTED: usize = 3;

/// `headers.rs`
pub(crate) fn file(api: &Api, package: &Package) -> Option<File> {
    let scope = Scope::module(api, []);
    let constants: Vec<TokenStream> =
        api.headers.iter().enumerate().map(|(index, it)| constant(&scope, index, it)).collect();
    let imports = scope.imports();
    let mut docs = Text::new("Headers of replies, typed as the document describes them.");
    docs.sentence("Read them with `header` of a reply or of an error.");
    let path = package.path(api, &format!("{}.rs", api.headers_module.plain()));
    (!constants.is_empty())
        .then(|| rust(path, &package.source, &docs, ast::items(quote!(#imports #(#constants)*))))
}

fn constant(scope: &Scope<'_>, index: usize, header: &ReplyHeader) -> TokenStream {
    let (name, wire) = (ident(&header.name), &header.wire);
    let (header_type, ty) = (scope.runtime("", "ReplyHeader"), types::rust(scope, &header.ty));
    let value = match form(scope, &header.ty, 16) {
        _ if header.json => quote!(#header_type::json(#wire)),
        Form::Scalar => quote!(#header_type::new(#wire)),
        Form::List => quote!(#header_type::list(#wire)),
        Form::Object => {
            let explode = header.explode;
            quote!(#header_type::object(#wire, #explode))
        }
    };
    let docs = docs(scope.api, index, header).outer();
    let deprecated = header.docs.deprecated.then(|| quote!(#[deprecated]));
    quote!(#docs #deprecated pub const #name: #header_type<#ty> = #value;)
}

fn docs(api: &Api, index: usize, header: &ReplyHeader) -> Text {
    let wire = code(&header.wire);
    let mut text = Text::of(&header.docs, || format!("The header {wire}."));
    let mut facts = Vec::new();
    if !text.says(&wire) {
        facts.push(format!("The header {wire}."));
    }
    let senders = api.groups.iter().flat_map(|group| {
        let operations = group.operations.iter().filter(|it| it.headers.contains(&index));
        operations.map(|operation| {
            let (module, handle) = (group.name.as_str(), group.type_name.as_str());
            let (name, method) = (operation.name.plain(), operation.name.as_str());
            // A link would lead nowhere where the group isn't compiled.
            match api.features {
                None => format!("[`{name}`](super::{module}::{handle}::{method})"),
                Some(_) => code(name),
            }
        })
    });
    let senders: Vec<String> = senders.take(LISTED + 1).collect();
    if !senders.is_empty() && senders.len() <= LISTED {
        facts.push(format!("Sent by {}.", senders.join(", ")));
    }
    text.facts(&facts);
    text.origin(&header.docs);
    text
}

/// How a value is written in the style `simple`.
enum Form {
    Scalar,
    List,
    Object,
}

fn form(scope: &Scope<'_>, ty: &Type, depth: usize) -> Form {
    if depth == 0 {
        return Form::Scalar;
    }
    match scope.resolve(ty) {
        Type::List(_) | Type::Tuple(_) => Form::List,
        Type::Map(_) => Form::Object,
        Type::Nullable(inner) | Type::Boxed(inner) => form(scope, inner, depth - 1),
        Type::Item(id) => match &scope.api.item(*id).kind {
            Kind::Struct(_) => Form::Object,
            Kind::Newtype(newtype) => form(scope, &newtype.ty, depth - 1),
            Kind::Alias(ty) => form(scope, ty, depth - 1),
            Kind::Enum(_) | Kind::Union(_) => Form::Scalar,
        },
        Type::Bool
        | Type::Int(_)
        | Type::Float(_)
        | Type::Text(_)
        | Type::Bytes(_)
        | Type::Json
        | Type::Unit => Form::Scalar,
    }
}

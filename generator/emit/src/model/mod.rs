//! Models: `models/mod.rs` and one file per family.

mod codec;
mod enums;
mod newtypes;
mod structs;
mod unions;

pub(crate) use enums::variant_docs;

use proc_macro2::TokenStream;
use quote::quote;
use tenon_ir::{Api, Derives, Item, Kind, Type};

use crate::ast;
use crate::docs::Text;
use crate::file::{File, rust};
use crate::literal::{Plain, ident};
use crate::module;
use crate::package::Package;
use crate::scope::Scope;
use crate::types;

/// `models/mod.rs`
pub(crate) fn index(api: &Api, package: &Package) -> File {
    let mut names: Vec<_> = api.families.iter().map(|family| &family.name).collect();
    names.sort();
    let modules = names.iter().map(|name| {
        let inception = (name.as_str() == "models")
            .then(|| quote!(#[allow(clippy::module_inception, reason = "named by the document")]));
        let path = module::module_path(name.plain());
        let name = ident(name);
        quote!(#inception #path mod #name;)
    });
    let exports = names.iter().map(|name| {
        let name = ident(name);
        quote!(pub use #name::*;)
    });
    let docs = Text::new(format!(
        "Types that the requests and replies of {} are made of.",
        package.title(api)
    ));
    rust(
        package.path(api, "models/mod.rs"),
        &package.source,
        &docs,
        ast::items(quote!(#(#modules)* #(#exports)*)),
    )
}

/// `models/<family>.rs`
pub(crate) fn family(api: &Api, package: &Package, index: usize) -> Option<File> {
    let family = api.families.get(index)?;
    let scope = Scope::family(api, index);
    let members = api.items.iter().filter(|item| item.family == index);
    let mut items: Vec<syn::Item> = members.flat_map(|item| self::item(&scope, item)).collect();
    let mut all = ast::items(scope.imports());
    all.append(&mut items);
    let title = || format!("Models of `{}`.", family.name.plain());
    let mut docs = Text::of(&family.docs, title);
    docs.origin(&family.docs);
    let name = family.name.plain();
    let path = package.path(api, &format!("models/{name}.rs"));
    Some(rust(path, &package.source, &docs, all))
}

fn item(scope: &Scope<'_>, item: &Item) -> Vec<syn::Item> {
    match &item.kind {
        Kind::Struct(shape) => structs::items(scope, item, shape),
        Kind::Enum(shape) => enums::items(scope, item, shape),
        Kind::Union(shape) => ast::items(unions::items(scope, item, shape)),
        Kind::Newtype(shape) => ast::items(newtypes::items(scope, item, shape)),
        Kind::Alias(ty) => ast::items(alias(scope, item, ty)),
    }
}

fn alias(scope: &Scope<'_>, item: &Item, ty: &Type) -> TokenStream {
    let (name, docs, ty) = (ident(&item.name), docs(item).outer(), types::rust(scope, ty));
    quote!(#docs pub type #name = #ty;)
}

/// Documentation of a model.
fn docs(item: &Item) -> Text {
    let name = item.name.as_str();
    let mut text = Text::of(&item.docs, || format!("The schema `{name}`."));
    if item.docs.deprecated {
        text.sentence("Deprecated.");
    }
    text.origin(&item.docs);
    text
}

/// `#[derive(…)]`
fn derives(derives: Derives) -> TokenStream {
    let copy = derives.copy.then(|| quote!(Copy,));
    let eq = derives.eq.then(|| quote!(, Eq, Hash));
    let default = derives.default.then(|| quote!(, Default));
    quote!(#[derive(Clone, #copy Debug, PartialEq #eq #default)])
}

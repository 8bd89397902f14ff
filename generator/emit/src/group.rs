//! The operations of one tag: a handle with a method for each.

use proc_macro2::TokenStream;
use quote::quote;
use tenon_ir::{Api, Group, Operation, Outcome};

use crate::ast;
use crate::body;
use crate::docs::Text;
use crate::file::{File, rust};
use crate::literal::{Plain, ident};
use crate::markdown::literal;
use crate::module;
use crate::operation;
use crate::package::Package;
use crate::scope::Scope;

/// `<group>.rs`
pub(crate) fn file(api: &Api, package: &Package, index: usize) -> Option<File> {
    let group = api.groups.get(index)?;
    let own: Vec<&Operation> = group.operations.iter().filter(|it| it.part.is_none()).collect();
    let scope = Scope::module(api, names(group, &own));
    let mut items = handle(&scope, package, group, &own);
    items.extend(own.iter().flat_map(|operation| operation::items(&scope, group, operation)));
    let mut all = ast::items(parts(group));
    all.extend(ast::items(scope.imports()));
    all.append(&mut items);
    let mut docs = docs(group);
    docs.origin(&group.docs);
    let name = group.name.plain();
    let path = package.path(api, &format!("{name}.rs"));
    Some(rust(path, &package.source, &docs, all))
}

/// `<group>/<part>.rs`
pub(crate) fn part(api: &Api, package: &Package, index: usize, part: usize) -> Option<File> {
    let group = api.groups.get(index)?;
    let name = group.parts.get(part)?;
    let own: Vec<&Operation> = group.operations.iter().filter(|it| it.part == Some(part)).collect();
    let scope = Scope::part(api, names(group, &own));
    let handle = ident(&group.type_name);
    let methods = own.iter().map(|it| operation::method(&scope, package, group, it)).collect();
    let mut items = vec![ast::inherent(handle.clone(), methods)];
    items.extend(own.iter().flat_map(|operation| operation::items(&scope, group, operation)));
    let mut all = ast::items(scope.imports());
    all.extend(ast::items(quote!(use super::#handle;)));
    all.append(&mut items);
    let docs = Text::new(format!("Operations of “{}”: a part of them.", literal(&group.tag)));
    let path = package.path(api, &format!("{}/{}.rs", group.name.plain(), name.plain()));
    Some(rust(path, &package.source, &docs, all))
}

/// The modules of a group that is divided; their calls are found in the group itself.
fn parts(group: &Group) -> TokenStream {
    let mut names: Vec<_> = group.parts.iter().collect();
    names.sort();
    let modules = names.iter().map(|name| {
        let path = module::module_path(name.plain());
        let name = ident(name);
        quote!(#path mod #name;)
    });
    let exports = names.iter().map(|name| {
        let name = ident(name);
        quote!(pub use #name::*;)
    });
    quote!(#(#modules)* #(#exports)*)
}

fn docs(group: &Group) -> Text {
    Text::of(&group.docs, || format!("Operations of “{}”.", literal(&group.tag)))
}

/// Types that the file defines, and the handle.
fn names<'a>(group: &'a Group, own: &[&'a Operation]) -> impl Iterator<Item = &'a str> {
    let types = own.iter().copied().flat_map(operation_names);
    std::iter::once(group.type_name.as_str()).chain(types)
}

fn operation_names(operation: &Operation) -> impl Iterator<Item = &str> {
    let outcomes = [&operation.success, &operation.failure].into_iter().chain(&operation.stream);
    let outcomes = outcomes.filter_map(|it| match it {
        Outcome::None | Outcome::One(_) => None,
        Outcome::Many { name, .. } => Some(name.as_str()),
    });
    let bodies = body::names(operation);
    std::iter::once(operation.type_name.as_str()).chain(bodies).chain(outcomes)
}

fn handle(
    scope: &Scope<'_>,
    package: &Package,
    group: &Group,
    own: &[&Operation],
) -> Vec<syn::Item> {
    let (name, core) = (ident(&group.type_name), scope.op("Core"));
    let tag = format!(" Operations of “{}”.", literal(&group.tag));
    let mut items = ast::items(quote! {
        #[doc = #tag]
        #[derive(Clone, Debug)]
        pub struct #name { core: #core }
    });
    let mut members = ast::members(quote! {
        pub(super) fn new(core: &#core) -> Self {
            Self { core: core.clone() }
        }
    });
    members.extend(own.iter().map(|it| operation::method(scope, package, group, it)));
    items.push(ast::inherent(name, members));
    items
}

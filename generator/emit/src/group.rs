//! The operations of one tag: a handle with a method for each.

use quote::quote;
use tenon_ir::{Api, Group, Operation, Outcome};

use crate::ast;
use crate::docs::Text;
use crate::file::{File, rust};
use crate::literal::{Plain, ident};
use crate::markdown::literal;
use crate::operation;
use crate::package::Package;
use crate::scope::Scope;

/// `<group>.rs`
pub(crate) fn file(api: &Api, package: &Package, index: usize) -> Option<File> {
    let group = api.groups.get(index)?;
    let scope = Scope::module(api, names(group));
    let mut items = handle(&scope, package, group);
    for operation in &group.operations {
        items.extend(operation::items(&scope, group, operation));
    }
    let mut all = ast::items(scope.imports());
    all.append(&mut items);
    let mut docs = docs(group);
    docs.origin(&group.docs);
    let name = group.name.plain();
    let path = package.path(api, &format!("{name}.rs"));
    Some(rust(path, &package.source, &docs, all))
}

fn docs(group: &Group) -> Text {
    Text::of(&group.docs, || format!("Operations of “{}”.", literal(&group.tag)))
}

/// Types that the file defines.
fn names(group: &Group) -> impl Iterator<Item = &str> {
    let types = group.operations.iter().flat_map(operation_names);
    std::iter::once(group.type_name.as_str()).chain(types)
}

fn operation_names(operation: &Operation) -> impl Iterator<Item = &str> {
    let outcomes = [&operation.success, &operation.failure].into_iter().chain(&operation.stream);
    let outcomes = outcomes.filter_map(|it| match it {
        Outcome::None | Outcome::One(_) => None,
        Outcome::Many { name, .. } => Some(name.as_str()),
    });
    std::iter::once(operation.type_name.as_str()).chain(outcomes)
}

fn handle(scope: &Scope<'_>, package: &Package, group: &Group) -> Vec<syn::Item> {
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
    members.extend(group.operations.iter().map(|it| operation::method(scope, package, group, it)));
    items.push(ast::inherent(name, members));
    items
}

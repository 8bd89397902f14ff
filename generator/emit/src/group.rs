//! The operations of one tag: a handle with a method for each.

use proc_macro2::TokenStream;
use quote::quote;
use tenon_ir::{Api, Group, Operation, Outcome};

use crate::docs::Text;
use crate::file::{File, rust};
use crate::literal::ident;
use crate::markdown::literal;
use crate::operation;
use crate::package::Package;
use crate::scope::Scope;

/// `<group>.rs`
pub(crate) fn file(api: &Api, package: &Package, index: usize) -> Option<File> {
    let group = api.groups.get(index)?;
    let scope = Scope::module(api, names(group));
    let handle = handle(&scope, package, group);
    let calls = group.operations.iter().map(|it| operation::items(&scope, group, it));
    let calls: TokenStream = calls.collect();
    let imports = scope.imports();
    let mut docs = docs(group);
    docs.origin(&group.docs);
    let name = group.name.as_str().trim_start_matches("r#");
    let path = package.path(api, &format!("{name}.rs"));
    Some(rust(path, &package.source, &docs, quote!(#imports #handle #calls)))
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
    let outcomes = [&operation.success, &operation.failure].into_iter().filter_map(|it| match it {
        Outcome::None | Outcome::One(_) => None,
        Outcome::Many { name, .. } => Some(name.as_str()),
    });
    std::iter::once(operation.type_name.as_str()).chain(outcomes)
}

fn handle(scope: &Scope<'_>, package: &Package, group: &Group) -> TokenStream {
    let (name, core) = (ident(&group.type_name), scope.op("Core"));
    let tag = format!(" Operations of “{}”.", literal(&group.tag));
    let methods = group.operations.iter().map(|it| operation::method(scope, package, group, it));
    quote! {
        #[doc = #tag]
        #[derive(Clone, Debug)]
        pub struct #name { core: #core }
        impl #name {
            pub(super) fn new(core: &#core) -> Self {
                Self { core: core.clone() }
            }
            #(#methods)*
        }
    }
}

//! `mod.rs`: the modules of an API, and what it is.

use proc_macro2::{Ident, TokenStream};
use quote::quote;
use tenon_ir::{Api, RateLimit};

use crate::ast;
use crate::docs::Text;
use crate::file::{File, rust_root};
use crate::literal::{Plain, ident, named};
use crate::markdown::{code, literal};
use crate::package::{self, Layout, Package};
use crate::{gate, index, oauth};

/// `mod.rs`, or `lib.rs` of a crate of its own.
pub(crate) fn file(api: &Api, package: &Package) -> File {
    let (name, runtime, limit) = match package.layout {
        Layout::Module => ("mod.rs", None, None),
        Layout::Crate => ("lib.rs", Some(package::runtime()), package::recursion_limit([api])),
    };
    let (modules, exports) = (modules(api), exports(api));
    let items = ast::items(quote!(#modules pub use client::{#(#exports),*}; #runtime));
    let index = index::of(api);
    let rest = quote!(#index #limit);
    rust_root(package.path(api, name), &package.source, &docs(api, package), Some(rest), items)
}

/// Declarations of the modules, by name.
fn modules(api: &Api) -> TokenStream {
    let mut names: Vec<&str> = api.groups.iter().map(|group| group.name.plain()).collect();
    names.extend(["client", "models"]);
    names.extend(oauth::has_endpoints(api).then_some("oauth"));
    names.extend(oauth::has_scopes(api).then_some("scopes"));
    names.extend((!api.headers.is_empty()).then(|| api.headers_module.plain()));
    names.extend((!api.webhooks.is_empty()).then(|| api.webhooks_module.plain()));
    names.extend(api.mock.as_ref().map(Plain::plain));
    names.sort_unstable();
    let declaration = |name: &str| {
        let inception = (name == api.name.plain())
            .then(|| quote!(#[allow(clippy::module_inception, reason = "named by the document")]));
        let visible = (name != "client").then(|| quote!(pub));
        let group = api.groups.iter().position(|group| group.name.plain() == name);
        let path = module_path(name);
        let is_mock = api.mock.as_ref().is_some_and(|mock| mock.plain() == name);
        let is_webhooks = !api.webhooks.is_empty() && api.webhooks_module.plain() == name;
        let gate = match group {
            Some(index) => gate::of_group(api, index),
            None if is_mock => Some(quote!(#[cfg(feature = "mock")])),
            None if is_webhooks => gate::of_webhooks(api),
            None => None,
        };
        let group = group.and_then(|index| api.groups.get(index));
        let name = group.map_or_else(|| named(name), |group| ident(&group.name));
        quote!(#gate #inception #path #visible mod #name;)
    };
    names.into_iter().map(declaration).collect()
}

/// The compiler looks for the file of a module by itself only where the name is ASCII.
pub(crate) fn module_path(name: &str) -> Option<TokenStream> {
    let path = format!("{name}.rs");
    (!name.is_ascii()).then(|| quote!(#[path = #path]))
}

/// Types of the client's module, by name.
fn exports(api: &Api) -> Vec<Ident> {
    let choices = api.variables.iter().filter_map(|variable| variable.choices.as_ref());
    let mut names: Vec<&str> = choices.map(|choices| choices.name.as_str()).collect();
    names.extend(["Client", "ClientBuilder"]);
    names.extend((api.servers.len() > 1).then_some("Server"));
    names.sort_unstable();
    names.into_iter().map(named).collect()
}

fn docs(api: &Api, package: &Package) -> Text {
    let mut text = Text::of(&api.docs, || format!("{}.", sentence_case(&package.title(api))));
    text.sentence(&format!("{}, version {}.", literal(&api.title), code(&api.version)));
    if !api.limits.is_empty() {
        text.sentence("The vendor limits how often it may be called:");
        text.list(api.limits.iter().map(limit).collect());
        let plans = api.limits.iter().filter(|limit| limit.plan.is_some()).count();
        text.sentence(match api.limits.len() - plans {
            0 => "The client keeps those of the plan that `rate_limits` names.",
            _ if plans == 0 => "The client keeps to that, unless `rate_limits` says otherwise.",
            _ => {
                "The client keeps those that hold for every plan, and those of the plan that \
                 `rate_limits` names."
            }
        });
    }
    text.origin(&api.docs);
    text
}

fn sentence_case(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().into_iter().flat_map(char::to_uppercase).chain(letters).collect()
}

fn limit(limit: &RateLimit) -> String {
    let plan = limit.plan.as_deref().map(|plan| format!("{}: ", literal(plan)));
    let noun =
        |n: u64, noun: &str| if n == 1 { format!("1 {noun}") } else { format!("{n} {noun}s") };
    let window = match limit.seconds {
        1 => "a second".to_owned(),
        60 => "a minute".to_owned(),
        3_600 => "an hour".to_owned(),
        86_400 => "a day".to_owned(),
        seconds => format!("in {}", noun(seconds, "second")),
    };
    format!("- {}{} {window}", plan.unwrap_or_default(), noun(limit.requests, "request"))
}

/// The modules of a file that is divided; what they define is found in the file's own module.
pub(crate) fn parts(names: &[tenon_ir::Ident]) -> TokenStream {
    let mut names: Vec<&tenon_ir::Ident> = names.iter().collect();
    names.sort();
    let modules = names.iter().map(|name| {
        let path = module_path(name.plain());
        let name = ident(name);
        quote!(#path mod #name;)
    });
    let exports = names.iter().map(|name| {
        let name = ident(name);
        quote!(pub use #name::*;)
    });
    quote!(#(#modules)* #(#exports)*)
}

//! `mod.rs`: the modules of an API, and what it is.

use proc_macro2::TokenStream;
use quote::quote;
use tenon_ir::{Api, RateLimit};

use crate::ast;
use crate::docs::Text;
use crate::file::{File, rust};
use crate::literal::{ident, named};
use crate::markdown::{code, literal};
use crate::oauth;
use crate::package::{self, Layout, Package};

/// `mod.rs`, or `lib.rs` of a crate of its own.
pub(crate) fn file(api: &Api, package: &Package) -> File {
    let name = match package.layout {
        Layout::Module => "mod.rs",
        Layout::Crate => "lib.rs",
    };
    let mut modules: Vec<(String, TokenStream)> =
        api.groups.iter().map(|group| module(api, group)).collect();
    modules.push((
        "client".to_owned(),
        quote!(
            mod client;
        ),
    ));
    modules.push((
        "models".to_owned(),
        quote!(
            pub mod models;
        ),
    ));
    if oauth::has_endpoints(api) {
        modules.push((
            "oauth".to_owned(),
            quote!(
                pub mod oauth;
            ),
        ));
    }
    if oauth::has_scopes(api) {
        modules.push((
            "scopes".to_owned(),
            quote!(
                pub mod scopes;
            ),
        ));
    }
    modules.sort_by(|a, b| a.0.cmp(&b.0));
    let modules = modules.into_iter().map(|(_, module)| module);
    let mut exports: Vec<&str> = vec!["Client", "ClientBuilder"];
    if api.servers.len() > 1 {
        exports.push("Server");
    }
    let choices = api.variables.iter().filter_map(|variable| variable.choices.as_ref());
    exports.extend(choices.map(|choices| choices.name.as_str()));
    exports.sort_unstable();
    let exports = exports.into_iter().map(named);
    let runtime = match package.layout {
        Layout::Module => None,
        Layout::Crate => Some(package::runtime()),
    };
    let items = quote!(#(#modules)* pub use client::{#(#exports),*}; #runtime);
    rust(package.path(api, name), &package.source, &docs(api, package), ast::items(items))
}

fn module(api: &Api, group: &tenon_ir::Group) -> (String, TokenStream) {
    let name = ident(&group.name);
    let inception = (group.name == api.name)
        .then(|| quote!(#[allow(clippy::module_inception, reason = "named by the document")]));
    (group.name.as_str().trim_start_matches("r#").to_owned(), quote!(#inception pub mod #name;))
}

fn docs(api: &Api, package: &Package) -> Text {
    let mut text = Text::of(&api.docs, || format!("{}.", package.title(api)));
    text.sentence(&format!("{}, version {}.", literal(&api.title), code(&api.version)));
    if !api.limits.is_empty() {
        text.sentence("The vendor limits how often it may be called:");
        text.list(api.limits.iter().map(limit).collect());
    }
    text.origin(&api.docs);
    text
}

fn limit(limit: &RateLimit) -> String {
    let plan = limit.plan.as_deref().map(|plan| format!("{}: ", literal(plan)));
    let noun =
        |n: u64, noun: &str| if n == 1 { format!("1 {noun}") } else { format!("{n} {noun}s") };
    let (requests, seconds) = (noun(limit.requests, "request"), noun(limit.seconds, "second"));
    format!("- {}{requests} in {seconds}", plan.unwrap_or_default())
}

//! `webhooks.rs`: a function for each webhook and callback, which reads its body.

use proc_macro2::TokenStream;
use quote::quote;
use tenon_ir::{Api, Body, Docs, Place, Presence, StatusPattern, Webhook, WebhookParam};

use crate::ast;
use crate::docs::Text;
use crate::file::{File, rust};
use crate::literal::{Plain, ident};
use crate::markdown::{self, code};
use crate::outcome::status_words;
use crate::package::Package;
use crate::scope::Scope;
use crate::{gate, lints, module, types};

/// `webhooks.rs`
pub(crate) fn file(api: &Api, package: &Package) -> Option<File> {
    if api.webhooks.is_empty() {
        return None;
    }
    let scope = Scope::module(api, []);
    let functions = functions(&scope, None);
    let imports = scope.imports();
    let parts = module::parts(&api.webhook_parts);
    let path = package.path(api, &format!("{}.rs", api.webhooks_module.plain()));
    let items = ast::items(quote!(#parts #imports #functions));
    let mut docs = head(api);
    gate::note(api, api.groups.len()).iter().for_each(|note| docs.sentence(note));
    Some(rust(path, &package.source, &docs, items))
}

/// `webhooks/<part>.rs`
pub(crate) fn part(api: &Api, package: &Package, part: usize) -> Option<File> {
    let name = api.webhook_parts.get(part)?;
    let scope = Scope::part(api, []);
    let functions = functions(&scope, Some(part));
    let imports = scope.imports();
    let docs = Text::new("What the vendor sends: a part of it.");
    let path = format!("{}/{}.rs", api.webhooks_module.plain(), name.plain());
    let items = ast::items(quote!(#imports #functions));
    Some(rust(package.path(api, &path), &package.source, &docs, items))
}

fn functions(scope: &Scope<'_>, part: Option<usize>) -> TokenStream {
    let common = Common::of(scope.api);
    let own = scope.api.webhooks.iter().filter(|webhook| webhook.part == part);
    own.filter_map(|webhook| function(scope, &common, webhook)).collect()
}

/// What the file says of all of them.
fn head(api: &Api) -> Text {
    let mut docs = Text::new("What the vendor sends: webhooks, and callbacks of operations.");
    docs.sentence(
        "Receive them with a server of your own, check that they come from the vendor, and read \
         their bodies with these functions.",
    );
    let common = Common::of(api);
    let params: Vec<String> = common.params.iter().map(|it| param(it)).collect();
    if !params.is_empty() {
        docs.sentence("Each of them comes with:");
        docs.list(params);
    }
    let answers: Vec<String> = common.answers.iter().map(|it| answer(it)).collect();
    if !answers.is_empty() {
        docs.sentence("Answer each of them with:");
        docs.list(answers);
    }
    let others: Vec<String> =
        api.webhooks.iter().filter(|it| reader(&it.content).is_none()).map(without).collect();
    if !others.is_empty() {
        docs.sentence("These have no body to read:");
        docs.list(others);
    }
    docs
}

/// What is the same for all webhooks of an API, and is said once.
struct Common<'a> {
    params: Vec<&'a WebhookParam>,
    answers: Vec<&'a (StatusPattern, Docs)>,
}

impl<'a> Common<'a> {
    fn of(api: &'a Api) -> Self {
        let Some((first, others @ [_, ..])) = api.webhooks.split_first() else {
            return Self { params: Vec::new(), answers: Vec::new() };
        };
        let everywhere = |param: &&WebhookParam| others.iter().all(|it| it.params.contains(param));
        let is_same = others.iter().all(|it| it.answers == first.answers);
        Self {
            params: first.params.iter().filter(everywhere).collect(),
            answers: if is_same { first.answers.iter().collect() } else { Vec::new() },
        }
    }
}

/// A webhook whose body isn't read by a function.
fn without(webhook: &Webhook) -> String {
    let media = if webhook.media.is_empty() {
        String::new()
    } else {
        format!(", {}", code(&webhook.media))
    };
    let said = webhook.docs.summary.as_deref().or(webhook.docs.description.as_deref());
    let said = said.map(markdown::inline).unwrap_or_default();
    let colon = if said.is_empty() { "" } else { ": " };
    format!("- {} ({}{media}){colon}{said}", code(&webhook.wire), code(&webhook.method))
}

fn reader(content: &Body) -> Option<&'static str> {
    match content {
        Body::Json(_) => Some("json"),
        Body::Text => Some("text"),
        Body::Empty | Body::Bytes | Body::Events(..) | Body::Lines(_) => None,
    }
}

fn function(scope: &Scope<'_>, common: &Common<'_>, webhook: &Webhook) -> Option<TokenStream> {
    let form = webhook.media.starts_with("application/x-www-form-urlencoded");
    let reader = crate::literal::named(match reader(&webhook.content)? {
        "json" if form => "form",
        other => other,
    });
    let (ty, lint) = match &webhook.content {
        Body::Json(ty) => (types::rust(scope, ty), lints::tokens(lints::complexity_text(ty, 1))),
        Body::Text | Body::Empty | Body::Bytes | Body::Events(..) | Body::Lines(_) => {
            (ast::ty(scope.string()), None)
        }
    };
    let (name, docs) = (ident(&webhook.name), docs(common, webhook).outer());
    let deprecated = webhook.docs.deprecated.then(|| quote!(#[deprecated]));
    let (result, fault) = (scope.result(), scope.codec("Fault"));
    Some(quote! {
        #docs
        #deprecated
        #lint
        pub fn #name(body: &[u8]) -> #result<#ty, #fault> {
            tenon_runtime::webhook::#reader(body)
        }
    })
}

fn docs(common: &Common<'_>, webhook: &Webhook) -> Text {
    let mut text =
        Text::of(&webhook.docs, || format!("Reads the body of {}.", code(&webhook.wire)));
    text.sentence(&sent(webhook));
    let own = webhook.params.iter().filter(|it| !common.params.contains(it));
    let params: Vec<String> = own.map(param).collect();
    if !params.is_empty() {
        text.sentence(if common.params.is_empty() {
            "It comes with:"
        } else {
            "It comes with, too:"
        });
        text.list(params);
    }
    let own = webhook.answers.iter().filter(|it| !common.answers.contains(it));
    let answers: Vec<String> = own.map(answer).collect();
    if !answers.is_empty() {
        text.sentence("Answer with:");
        text.list(answers);
    }
    text.origin(&webhook.docs);
    text.block(vec!["# Errors".to_owned()]);
    text.sentence("The body isn't what the document says.");
    text
}

/// How it comes.
fn sent(webhook: &Webhook) -> String {
    let (method, wire) = (code(&webhook.method), code(&webhook.wire));
    match &webhook.callback {
        None => format!("The webhook {wire}: a {method} request of {}.", code(&webhook.media)),
        Some(callback) => format!(
            "The callback {wire} of {}: a {method} request of {} to {}.",
            code(&callback.operation),
            code(&webhook.media),
            code(&callback.expression),
        ),
    }
}

fn answer((status, docs): &(StatusPattern, Docs)) -> String {
    let said = docs.description.as_deref().map(markdown::inline).unwrap_or_default();
    let colon = if said.is_empty() { "" } else { ": " };
    format!("- {}{colon}{said}", status_words(*status))
}

fn param(param: &WebhookParam) -> String {
    let place = match param.place {
        Place::Path => "path parameter",
        Place::Query => "query parameter",
        Place::Header => "header",
        Place::Cookie => "cookie",
    };
    let optional = match param.presence {
        Presence::Required => "",
        Presence::Optional => ", optional",
    };
    let said = param.docs.description.as_deref().map(markdown::inline).unwrap_or_default();
    let colon = if said.is_empty() { "" } else { ": " };
    format!("- {} ({place}{optional}){colon}{said}", code(&param.wire))
}

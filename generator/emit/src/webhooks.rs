//! `webhooks.rs`: a function for each webhook and callback, which reads its body.

use proc_macro2::TokenStream;
use quote::quote;
use tenon_ir::{Api, Body, Place, Presence, Webhook, WebhookParam};

use crate::ast;
use crate::docs::Text;
use crate::file::{File, rust};
use crate::literal::{Plain, ident};
use crate::markdown::{self, code};
use crate::outcome::status_words;
use crate::package::Package;
use crate::scope::Scope;
use crate::{lints, types};

/// `webhooks.rs`
pub(crate) fn file(api: &Api, package: &Package) -> Option<File> {
    let scope = Scope::module(api, []);
    let functions: Vec<TokenStream> =
        api.webhooks.iter().filter_map(|webhook| function(&scope, webhook)).collect();
    let imports = scope.imports();
    let mut docs = Text::new("What the vendor sends: webhooks, and callbacks of operations.");
    docs.sentence(
        "Receive them with a server of your own, check that they come from the vendor, and read \
         their bodies with these functions.",
    );
    let others: Vec<String> =
        api.webhooks.iter().filter(|it| reader(&it.content).is_none()).map(without).collect();
    if !others.is_empty() {
        docs.sentence("These have no body to read:");
        docs.list(others);
    }
    let path = package.path(api, &format!("{}.rs", api.webhooks_module.plain()));
    (!api.webhooks.is_empty())
        .then(|| rust(path, &package.source, &docs, ast::items(quote!(#imports #(#functions)*))))
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

fn function(scope: &Scope<'_>, webhook: &Webhook) -> Option<TokenStream> {
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
    let (name, docs) = (ident(&webhook.name), docs(webhook).outer());
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

fn docs(webhook: &Webhook) -> Text {
    let mut text =
        Text::of(&webhook.docs, || format!("Reads the body of {}.", code(&webhook.wire)));
    text.sentence(&sent(webhook));
    let params: Vec<String> = webhook.params.iter().map(param).collect();
    if !params.is_empty() {
        text.sentence("It comes with:");
        text.list(params);
    }
    let answers: Vec<String> = webhook
        .answers
        .iter()
        .map(|(status, docs)| {
            let said = docs.description.as_deref().map(markdown::inline).unwrap_or_default();
            let colon = if said.is_empty() { "" } else { ": " };
            format!("- {}{colon}{said}", status_words(*status))
        })
        .collect();
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

//! An operation: the method of its group's handle, and the call that the method begins.

use proc_macro2::{Ident, TokenStream};
use quote::quote;
use tenon_ir::{Body, Docs, Group, Input, Media, Operation, Parameter, RequestBody, Response};

use crate::docs::{Text, json};
use crate::literal::{ident, index, named};
use crate::markdown::{self, code};
use crate::outcome::status_words;
use crate::package::Package;
use crate::scope::Scope;
use crate::{argument, descriptor, example, lints, outcome, rules};

/// The method of the group's handle.
pub(crate) fn method(
    scope: &Scope<'_>,
    package: &Package,
    group: &Group,
    operation: &Operation,
) -> TokenStream {
    let (name, ty) = (ident(&operation.name), ident(&operation.type_name));
    let constant = ident(&operation.constant);
    let mut docs = method_docs(scope, operation);
    if let Some(lines) = example::lines(scope.api, package, group, operation) {
        docs.block(vec!["# Examples".to_owned()]);
        docs.block(lines);
    }
    let inputs: Vec<Parameters> = operation.arguments.iter().map(|it| input(scope, operation, *it)).collect();
    let count = inputs.iter().map(|it| it.count).sum::<usize>();
    let arguments = inputs.iter().map(|it| &it.signature);
    let calls = inputs.iter().map(|it| &it.call);
    let docs = docs.outer();
    let deprecated = operation.docs.deprecated.then(|| quote!(#[deprecated]));
    let (lint, shadow) = (lints::arguments(count + 1), lints::handle_method(&name, count));
    quote! {
        #docs
        #deprecated
        #lint
        #shadow
        pub fn #name(&self #(#arguments)*) -> #ty {
            #ty(self.core.call(&#constant) #(#calls)*)
        }
    }
}

/// The call, its setters, its descriptor, and the enums of what comes back.
pub(crate) fn items(scope: &Scope<'_>, group: &Group, operation: &Operation) -> TokenStream {
    let ty = ident(&operation.type_name);
    let docs = call_docs(group, operation).outer();
    let call = scope.op("Call");
    let setters = operation.setters.iter().map(|it| setter(scope, operation, *it));
    let setters = (!operation.setters.is_empty()).then(|| quote!(impl #ty { #(#setters)* }));
    let (endpoint, success) = (scope.op("Endpoint"), outcome::success(scope, operation));
    let failure = outcome::failure(scope, operation);
    let descriptor = descriptor::item(scope, operation);
    let outcomes = outcome::items(scope, operation);
    quote! {
        #docs
        #[derive(Debug)]
        #[must_use = "a call does nothing until it is awaited"]
        pub struct #ty(#call);
        #setters
        impl #endpoint for #ty {
            type Success = #success;
            type Failure = #failure;
            fn into_call(self) -> #call {
                self.0
            }
        }
        tenon_runtime::endpoint!(#ty);
        #descriptor
        #outcomes
    }
}

fn call_docs(group: &Group, operation: &Operation) -> Text {
    let (name, handle) = (operation.name.as_str(), group.type_name.as_str());
    let name = name.trim_start_matches("r#");
    Text::new(format!("A call of [`{name}`]({handle}::{name})."))
}

/// How one input is taken and passed on.
struct Parameters {
    signature: TokenStream,
    call: TokenStream,
    count: usize,
}

fn input(scope: &Scope<'_>, operation: &Operation, input: Input) -> Parameters {
    match input {
        Input::Param(at) => match operation.params.get(at) {
            Some(param) => param_input(scope, at, param),
            None => Parameters { signature: TokenStream::new(), call: TokenStream::new(), count: 0 },
        },
        Input::Body => match &operation.body {
            Some(body) => body_input(scope, operation, body),
            None => Parameters { signature: TokenStream::new(), call: TokenStream::new(), count: 0 },
        },
    }
}

fn param_input(scope: &Scope<'_>, at: usize, param: &Parameter) -> Parameters {
    let (name, at) = (ident(&param.name), index(at));
    let argument = argument::borrowed(scope, &param.ty, &name);
    let (ty, value) = (argument.ty, argument.value);
    let lint = lints::complexity(&param.ty, 1);
    Parameters { signature: quote!(, #lint #name: #ty), call: quote!(.param(#at, #value)), count: 1 }
}

fn body_input(scope: &Scope<'_>, operation: &Operation, body: &RequestBody) -> Parameters {
    let name = ident(&body.name);
    let into = scope.into();
    let (mut signature, mut call) = match &body.content {
        Body::Empty => {
            return Parameters { signature: TokenStream::new(), call: TokenStream::new(), count: 0 };
        }
        Body::Json(ty) => {
            let argument = argument::borrowed(scope, ty, &name);
            let (ty, value) = (argument.ty, argument.value);
            (quote!(, #name: #ty), quote!(.json(#value)))
        }
        Body::Text => {
            let string = scope.string();
            (quote!(, #name: impl #into<#string>), quote!(.text(#name)))
        }
        Body::Bytes => {
            let bytes = scope.runtime("", "Body");
            (quote!(, #name: impl #into<#bytes>), quote!(.bytes(#name)))
        }
    };
    let mut count = 1;
    if let Media::Range(_) = &body.media {
        let (media, as_ref) = (media_argument(operation), scope.as_ref());
        signature = quote!(, #media: impl #as_ref<str> #signature);
        call = quote!(.content_type(#media.as_ref()) #call);
        count = 2;
    }
    Parameters { signature, call, count }
}

/// The argument that names the media type of a body: a name that no parameter has.
fn media_argument(operation: &Operation) -> Ident {
    let taken = operation.params.iter().any(|param| param.name.as_str() == "content_type");
    named(if taken { "media_type" } else { "content_type" })
}

fn setter(scope: &Scope<'_>, operation: &Operation, input: Input) -> TokenStream {
    let parameters = self::input(scope, operation, input);
    let (signature, call) = (&parameters.signature, &parameters.call);
    let (name, docs, deprecated) = match input {
        Input::Param(at) => match operation.params.get(at) {
            Some(param) => (&param.name, param_docs(param), param.docs.deprecated),
            None => return TokenStream::new(),
        },
        Input::Body => match &operation.body {
            Some(body) => (&body.name, body_docs(body), body.docs.deprecated),
            None => return TokenStream::new(),
        },
    };
    let (name, docs) = (ident(name), docs.outer());
    let deprecated = deprecated.then(|| quote!(#[deprecated]));
    let operator = lints::operator(&name);
    quote! {
        #docs
        #deprecated
        #operator
        pub fn #name(self #signature) -> Self {
            Self(self.0 #call)
        }
    }
}

fn param_docs(param: &Parameter) -> Text {
    let mut text = Text::of(&param.docs, || format!("Sets the parameter {}.", code(&param.wire)));
    text.facts(&param_facts(param));
    text.origin(&param.docs);
    text
}

fn param_facts(param: &Parameter) -> Vec<String> {
    let mut facts = rules::words(&param.rules);
    let default = param.default.as_ref().map(json);
    facts.extend(default.map(|value| format!("Default: {}.", code(&value))));
    if param.docs.deprecated {
        facts.push("Deprecated.".to_owned());
    }
    facts
}

fn body_docs(body: &RequestBody) -> Text {
    let mut text = Text::of(&body.docs, || "Sets the body.".to_owned());
    text.facts(&rules::words(&body.rules));
    text.origin(&body.docs);
    text
}

fn method_docs(scope: &Scope<'_>, operation: &Operation) -> Text {
    let request = code(&format!("{} {}", operation.method, descriptor::path(operation)));
    let mut text = Text::of(&operation.docs, || format!("Sends {request}."));
    let mut facts = Vec::new();
    if !text.says(&request) {
        facts.push(format!("{request}."));
    }
    facts.extend(needs(scope, operation));
    if operation.docs.deprecated {
        facts.push("Deprecated.".to_owned());
    }
    text.facts(&facts);
    arguments_docs(&mut text, operation);
    text.origin(&operation.docs);
    let errors: Vec<String> = operation.responses.iter().filter(|it| !it.success).map(error).collect();
    if !errors.is_empty() {
        text.block(vec!["# Errors".to_owned()]);
        text.list(errors);
    }
    text
}

/// What the required inputs are: a list with a line for each that has something to say.
fn arguments_docs(text: &mut Text, operation: &Operation) {
    let line = |name: &str, docs: &Docs, facts: Vec<String>| {
        let said = docs.summary.as_deref().or(docs.description.as_deref()).map(markdown::inline);
        let said: Vec<String> = said.into_iter().filter(|it| !it.is_empty()).chain(facts).collect();
        (!said.is_empty()).then(|| format!("- `{}`: {}", name.trim_start_matches("r#"), said.join(" ")))
    };
    let lines = operation.arguments.iter().filter_map(|input| match input {
        Input::Param(at) => {
            let param = operation.params.get(*at)?;
            line(param.name.as_str(), &param.docs, param_facts(param))
        }
        Input::Body => {
            let body = operation.body.as_ref()?;
            line(body.name.as_str(), &body.docs, rules::words(&body.rules))
        }
    });
    text.list(lines.collect());
}

/// Permissions and OAuth scopes.
fn needs(scope: &Scope<'_>, operation: &Operation) -> Vec<String> {
    let mut facts = Vec::new();
    if let [permissions @ .., last] = operation.permissions.as_slice() {
        let permissions: Vec<String> = permissions.iter().chain([last]).map(|it| code(it)).collect();
        let noun = if permissions.len() == 1 { "permission" } else { "permissions" };
        facts.push(format!("Requires the {noun} {}.", permissions.join(", ")));
    }
    let mut scopes: Vec<(&str, String)> = Vec::new();
    for requirement in operation.security.iter().flatten() {
        let Some(scheme) = scope.api.schemes.get(requirement.scheme) else { continue };
        if !requirement.scopes.is_empty() {
            let names: Vec<String> = requirement.scopes.iter().map(|it| code(it)).collect();
            scopes.push((&scheme.key, names.join(", ")));
        }
    }
    scopes.dedup();
    let sentence = |(key, scopes): (&str, String)| format!("Scopes for {}: {scopes}.", code(key));
    facts.extend(scopes.into_iter().map(sentence));
    facts
}

fn error(response: &Response) -> String {
    let said = response.docs.summary.as_deref().or(response.docs.description.as_deref());
    let said = said.map(markdown::inline).unwrap_or_default();
    let codes: Vec<String> = response.error_codes.iter().map(|it| code(it)).collect();
    let codes = match codes.len() {
        0 => String::new(),
        1 => format!(" (code {})", codes.concat()),
        _ => format!(" (codes {})", codes.join(", ")),
    };
    let colon = if said.is_empty() { "" } else { ": " };
    format!("- {}{colon}{said}{codes}", status_words(response.status))
}

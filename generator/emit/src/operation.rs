//! An operation: the method of its group's handle, and the call that the method begins.

use proc_macro2::{Ident, TokenStream};
use quote::quote;
use syn::{Expr, FnArg, ImplItem};
use tenon_ir::{Docs, Group, Input, Operation, Parameter, Response};

use crate::argument::borrowed;
use crate::ast::{self, Function, Receiver};
use crate::docs::{Text, json};
use crate::literal::{ident, named};
use crate::markdown::{self, code};
use crate::outcome::status_words;
use crate::package::Package;
use crate::scope::Scope;
use crate::{body, descriptor, example, lints, outcome, payload, policy, reply, rules};

/// The method of the group's handle.
pub(crate) fn method(
    scope: &Scope<'_>,
    package: &Package,
    group: &Group,
    operation: &Operation,
) -> ImplItem {
    let mut docs = method_docs(scope, operation);
    if let Some(lines) = example::lines(scope.api, package, group, operation) {
        docs.block(vec!["# Examples".to_owned()]);
        docs.block(lines);
    }
    let core = ast::field(ast::local(&named("self")), &named("core"));
    let constant = ast::reference(ast::local(&ident(&operation.constant)));
    let mut call = ast::method(core, "call", [constant]);
    let mut inputs = Vec::new();
    for argument in &operation.arguments {
        call = input(scope, operation, *argument, call, &mut inputs);
    }
    let (name, ty) = (ident(&operation.name), ast::path(ident(&operation.type_name)));
    let mut others = TokenStream::new();
    others.extend(operation.docs.deprecated.then(|| quote!(#[deprecated])));
    others.extend(lints::arguments(inputs.len() + 1));
    others.extend(lints::handle_method(&name, inputs.len()));
    let function = Function {
        attrs: ast::attributes(docs.lines(), Some(others)),
        public: true,
        name,
        receiver: Receiver::Reference,
        inputs,
        output: ast::ty(ty.clone()),
        body: vec![ast::result(ast::call(ty, [call]))],
    };
    function.into()
}

/// The call, its setters, its descriptor, and the enums of what comes back.
pub(crate) fn items(scope: &Scope<'_>, group: &Group, operation: &Operation) -> Vec<syn::Item> {
    let name = ident(&operation.type_name);
    let attributes =
        quote!(#[derive(Debug)] #[must_use = "a call does nothing until it is awaited"]);
    let attributes = ast::attributes(call_docs(group, operation).lines(), Some(attributes));
    let mut items = vec![ast::newtype(attributes, name.clone(), ast::ty(scope.op("Call")))];
    if !operation.setters.is_empty() {
        let setters = operation.setters.iter().filter_map(|it| setter(scope, operation, *it));
        items.push(ast::inherent(name.clone(), setters.collect()));
    }
    items.push(endpoint(scope, operation, &name));
    items.push(ast::invocation(ast::runtime("endpoint"), quote!(#name)));
    items.extend(reply::streaming(scope, operation, &name));
    items.push(descriptor::item(scope, operation));
    items.extend(payload::items(scope, operation));
    items.extend(outcome::items(scope, operation));
    items
}

/// `impl Endpoint for LockDevice { … }`
fn endpoint(scope: &Scope<'_>, operation: &Operation, name: &Ident) -> syn::Item {
    let function = Function {
        attrs: Vec::new(),
        public: false,
        name: named("into_call"),
        receiver: Receiver::Value,
        inputs: Vec::new(),
        output: ast::ty(scope.op("Call")),
        body: vec![ast::result(ast::first(ast::local(&named("self"))))],
    };
    let members = vec![
        ast::associated("Success", outcome::success(scope, operation)),
        ast::associated("Failure", outcome::failure(scope, operation)),
        function.into(),
    ];
    ast::implementation(scope.op("Endpoint"), name.clone(), members)
}

fn call_docs(group: &Group, operation: &Operation) -> Text {
    let (name, handle) = (operation.name.as_str(), group.type_name.as_str());
    let name = name.trim_start_matches("r#");
    Text::new(format!("A call of [`{name}`]({handle}::{name})."))
}

/// Takes one input: adds it to the signature, and passes it on to the call.
fn input(
    scope: &Scope<'_>,
    operation: &Operation,
    input: Input,
    call: Expr,
    signature: &mut Vec<FnArg>,
) -> Expr {
    match input {
        Input::Param(at) => match operation.params.get(at) {
            Some(param) => param_input(scope, at, param, call, signature),
            None => call,
        },
        Input::Body => match &operation.body {
            Some(body) => body::input(scope, operation, body, call, signature),
            None => call,
        },
    }
}

fn param_input(
    scope: &Scope<'_>,
    at: usize,
    param: &Parameter,
    call: Expr,
    signature: &mut Vec<FnArg>,
) -> Expr {
    let name = ident(&param.name);
    let argument = borrowed(scope, &param.ty, &name);
    let lint = ast::attributes(Vec::new(), lints::complexity(&param.ty, 1));
    signature.push(ast::input(lint, &name, argument.ty));
    ast::method(call, "param", [ast::index(at), argument.value])
}

fn setter(scope: &Scope<'_>, operation: &Operation, optional: Input) -> Option<ImplItem> {
    let (name, docs, deprecated) = match optional {
        Input::Param(at) => {
            let param = operation.params.get(at)?;
            (&param.name, param_docs(param), param.docs.deprecated)
        }
        Input::Body => {
            let body = operation.body.as_ref()?;
            (&body.name, body::docs(body), body.docs.deprecated)
        }
    };
    let name = ident(name);
    let mut others = TokenStream::new();
    others.extend(deprecated.then(|| quote!(#[deprecated])));
    others.extend(lints::operator(&name));
    let mut inputs = Vec::new();
    let call = ast::first(ast::local(&named("self")));
    let call = input(scope, operation, optional, call, &mut inputs);
    let this = ast::path(named("Self"));
    let function = Function {
        attrs: ast::attributes(docs.lines(), Some(others)),
        public: true,
        name,
        receiver: Receiver::Value,
        inputs,
        output: ast::ty(this.clone()),
        body: vec![ast::result(ast::call(this, [call]))],
    };
    Some(function.into())
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

fn method_docs(scope: &Scope<'_>, operation: &Operation) -> Text {
    let request = code(&format!("{} {}", operation.method, descriptor::path(operation)));
    let mut text = Text::of(&operation.docs, || format!("Sends {request}."));
    let mut facts = Vec::new();
    if !text.says(&request) {
        facts.push(format!("{request}."));
    }
    facts.extend(needs(scope, operation));
    facts.extend(policy::facts(operation));
    if operation.docs.deprecated {
        facts.push("Deprecated.".to_owned());
    }
    text.facts(&facts);
    arguments_docs(&mut text, operation);
    reply::docs(scope, operation, &mut text);
    text.origin(&operation.docs);
    let mut errors: Vec<String> =
        operation.responses.iter().filter(|it| !it.success).map(error).collect();
    // A status is told once, whatever number of media types it has.
    errors.dedup();
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
        (!said.is_empty())
            .then(|| format!("- `{}`: {}", name.trim_start_matches("r#"), said.join(" ")))
    };
    let lines = operation.arguments.iter().filter_map(|input| match input {
        Input::Param(at) => {
            let param = operation.params.get(*at)?;
            line(param.name.as_str(), &param.docs, param_facts(param))
        }
        Input::Body => {
            let body = operation.body.as_ref()?;
            line(body.name.as_str(), &body.docs, body::facts(body))
        }
    });
    text.list(lines.collect());
}

/// Permissions and OAuth scopes.
fn needs(scope: &Scope<'_>, operation: &Operation) -> Vec<String> {
    let mut facts = Vec::new();
    if let [permissions @ .., last] = operation.permissions.as_slice() {
        let permissions: Vec<String> =
            permissions.iter().chain([last]).map(|it| code(it)).collect();
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
    let said = if codes.is_empty() { said.as_str() } else { said.trim_end_matches('.') };
    let colon = if said.is_empty() { "" } else { ": " };
    format!("- {}{colon}{said}{codes}", status_words(response.status))
}

//! Request bodies: how an operation takes one, what its descriptor says of it, and its example.

use proc_macro2::{Ident, TokenStream};
use quote::quote;
use syn::{Expr, FnArg};
use tenon_ir::{
    Content, Form, Media, Multipart, Operation, Parts, Payload, Presence, PropertyEncoding,
    RequestBody, Sent, Type,
};

use crate::argument::{Argument, borrowed, into_type, text_reference};
use crate::ast;
use crate::docs::Text;
use crate::literal::{ident, named};
use crate::scope::Scope;
use crate::{descriptor, expr, payload, rules};

/// Names of the types that an operation's body needs, in the group's module.
pub(crate) fn names(operation: &Operation) -> Vec<&str> {
    let Some(body) = &operation.body else { return Vec::new() };
    let choice = match &body.sent {
        Sent::One(_) => None,
        Sent::Choice { name, .. } => Some(name.as_str()),
    };
    choice.into_iter().chain(all_parts(body).map(|parts| parts.name.as_str())).collect()
}

/// The types of parts among the contents of a body.
pub(crate) fn all_parts(body: &RequestBody) -> impl Iterator<Item = &Parts> {
    body.payloads().into_iter().filter_map(|payload| match &payload.content {
        Content::Multipart(Multipart::Parts(parts)) => Some(parts.as_ref()),
        Content::Json(_)
        | Content::Text
        | Content::Bytes
        | Content::Lines(_)
        | Content::Form(_)
        | Content::Multipart(Multipart::Value(_) | Multipart::Open) => None,
    })
}

/// Takes the body: adds it to the signature, and passes it on to the call.
pub(crate) fn input(
    scope: &Scope<'_>,
    operation: &Operation,
    body: &RequestBody,
    mut call: Expr,
    signature: &mut Vec<FnArg>,
) -> Expr {
    let name = ident(&body.name);
    let payload = match &body.sent {
        Sent::One(payload) => payload,
        Sent::Choice { name: choice, .. } => {
            let ty = ast::impl_type(scope.into(), vec![ast::ty(ast::path(ident(choice)))]);
            signature.push(ast::input(Vec::new(), &name, ty));
            return ast::method(ast::method(ast::local(&name), "into", []), "put", [call]);
        }
    };
    if let Media::Range(_) = &payload.media {
        let media = media_argument(operation);
        signature.push(ast::input(Vec::new(), &media, text_reference(scope)));
        let media = ast::method(ast::local(&media), "as_ref", []);
        call = ast::method(call, "content_type", [media]);
    }
    let argument = argument(scope, &payload.content, &name);
    signature.push(ast::input(Vec::new(), &name, argument.ty));
    ast::method(call, method(&payload.content), [argument.value])
}

fn argument(scope: &Scope<'_>, content: &Content, name: &Ident) -> Argument {
    let local = || ast::local(name);
    match content {
        Content::Json(ty)
        | Content::Form(Form { ty, .. })
        | Content::Multipart(Multipart::Value(Form { ty, .. })) => borrowed(scope, ty, name),
        Content::Lines(ty) => borrowed(scope, &Type::List(Box::new(ty.clone())), name),
        Content::Text => Argument { ty: into_type(scope, scope.string()), value: local() },
        Content::Bytes => {
            Argument { ty: into_type(scope, scope.runtime("", "Body")), value: local() }
        }
        Content::Multipart(Multipart::Parts(parts)) => {
            Argument { ty: ast::ty(ast::path(ident(&parts.name))), value: ast::first(local()) }
        }
        Content::Multipart(Multipart::Open) => {
            Argument { ty: ast::ty(scope.runtime("", "Multipart")), value: local() }
        }
    }
}

/// The method of a call that takes the content.
pub(crate) fn method(content: &Content) -> &'static str {
    match content {
        Content::Json(_) => "json",
        Content::Text => "text",
        Content::Bytes => "bytes",
        Content::Lines(_) => "lines",
        Content::Form(_) => "form",
        Content::Multipart(Multipart::Value(_)) => "parts",
        Content::Multipart(Multipart::Parts(_) | Multipart::Open) => "multipart",
    }
}

/// The argument that names the media type of a body: a name that no parameter has.
fn media_argument(operation: &Operation) -> Ident {
    let taken = operation.params.iter().any(|param| param.name.as_str() == "content_type");
    named(if taken { "media_type" } else { "content_type" })
}

/// What documentation says of a body: its rules, and what isn't told by its type.
pub(crate) fn facts(body: &RequestBody) -> Vec<String> {
    let Sent::One(payload) = &body.sent else { return Vec::new() };
    let mut facts = rules::words(&payload.rules);
    if payload.content == Content::Text && payload.media.name().contains("xml") {
        facts.push("XML, as text.".to_owned());
    }
    facts
}

/// Documentation of the setter of a body.
pub(crate) fn docs(body: &RequestBody) -> Text {
    let mut text = Text::of(&body.docs, || "Sets the body.".to_owned());
    text.facts(&facts(body));
    text.origin(&body.docs);
    text
}

/// The descriptor's entry of a body.
pub(crate) fn described(scope: &Scope<'_>, body: &RequestBody) -> Option<Expr> {
    let payloads = body.payloads();
    let (first, others) = payloads.split_first()?;
    let mut value = entry(scope, first, body.presence);
    if !others.is_empty() {
        let others = others.iter().map(|payload| entry(scope, payload, Presence::Optional));
        value = ast::method(value, "or", [ast::slice(others)]);
    }
    Some(value)
}

fn entry(scope: &Scope<'_>, payload: &Payload, presence: Presence) -> Expr {
    let kind = match (&payload.content, &payload.media) {
        (Content::Json(_), _) => "json",
        (Content::Text, _) => "text",
        (Content::Bytes, Media::Exact(_)) => "bytes",
        (Content::Bytes, Media::Range(_)) => "any_bytes",
        (Content::Lines(_), _) => "lines",
        (Content::Form(_), _) => "form",
        (Content::Multipart(_), _) => "multipart",
    };
    let new = ast::within(scope.op("RequestBody"), named(kind));
    let mut value = ast::call(new, [ast::text(payload.media.name())]);
    if presence == Presence::Required {
        value = ast::method(value, "required", []);
    }
    value = rules::method(scope, value, &payload.rules);
    match &payload.content {
        Content::Form(form) | Content::Multipart(Multipart::Value(form))
            if !form.encoding.is_empty() =>
        {
            let table = form.encoding.iter().map(|it| encoding(scope, it));
            ast::method(value, "encoding", [ast::slice(table)])
        }
        Content::Json(_)
        | Content::Text
        | Content::Bytes
        | Content::Lines(_)
        | Content::Form(_)
        | Content::Multipart(_) => value,
    }
}

/// The table's entry of a property.
pub(crate) fn encoding(scope: &Scope<'_>, encoding: &PropertyEncoding) -> Expr {
    let (ty, name) = (scope.op("Encoding"), ast::text(&encoding.property));
    let mut value = match encoding.style {
        Some((style, explode)) => {
            let explode = ast::local(&named(if explode { "true" } else { "false" }));
            let arguments = [name, descriptor::style(scope, style), explode];
            ast::call(ast::within(ty, named("styled")), arguments)
        }
        None => ast::call(ast::within(ty, named("new")), [name]),
    };
    if encoding.allow_reserved {
        value = ast::method(value, "allow_reserved", []);
    }
    if let Some(media) = &encoding.content_type {
        value = ast::method(value, "content_type", [ast::text(media)]);
    }
    value
}

/// A media type to name with the body, where the operation takes one.
pub(crate) fn media(body: &RequestBody) -> Option<&'static str> {
    match &body.sent {
        Sent::One(Payload { media: Media::Range(_), .. }) => Some("application/octet-stream"),
        Sent::One(_) | Sent::Choice { .. } => None,
    }
}

/// The body as an example writes it; `module` is where the types of the group are.
pub(crate) fn example(
    scope: &Scope<'_>,
    body: &RequestBody,
    given: &tenon_ir::Expr,
    module: &TokenStream,
) -> TokenStream {
    match &body.sent {
        Sent::One(payload) => match value_type(&payload.content) {
            Some(ty) => expr::borrowed(scope, &ty, given),
            None => payload::example(scope, &payload.content, given, module),
        },
        Sent::Choice { name, cases } => {
            let Some(case) = cases.first() else { return TokenStream::new() };
            let content = match value_type(&case.payload.content) {
                Some(ty) => expr::exact(scope, &ty, given),
                None => {
                    let content = payload::example(scope, &case.payload.content, given, module);
                    match case.payload.content {
                        Content::Text => quote!(#content.to_owned()),
                        Content::Bytes => quote!(#content.into()),
                        _ => content,
                    }
                }
            };
            if case.from {
                return content;
            }
            let (name, case) = (ident(name), ident(&case.name));
            quote!(#module::#name::#case(#content))
        }
    }
}

/// Whether an example of the body names a type of the group's module.
pub(crate) fn example_names_group(body: &RequestBody) -> bool {
    let is_parts =
        |payload: &Payload| matches!(payload.content, Content::Multipart(Multipart::Parts(_)));
    match &body.sent {
        Sent::One(payload) => is_parts(payload),
        Sent::Choice { cases, .. } => {
            cases.first().is_some_and(|case| !case.from || is_parts(&case.payload))
        }
    }
}

/// The type of a content that is encoded from a value.
fn value_type(content: &Content) -> Option<Type> {
    match content {
        Content::Json(ty)
        | Content::Form(Form { ty, .. })
        | Content::Multipart(Multipart::Value(Form { ty, .. })) => Some(ty.clone()),
        Content::Lines(ty) => Some(Type::List(Box::new(ty.clone()))),
        Content::Text
        | Content::Bytes
        | Content::Multipart(Multipart::Parts(_) | Multipart::Open) => None,
    }
}

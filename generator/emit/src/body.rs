//! Request bodies: how an operation takes one, what its descriptor says of it, and its example.

use proc_macro2::TokenStream;
use quote::quote;
use tenon_ir::{
    Content, Form, Ident, Media, MediaLabel, Multipart, Operation, Parts, Payload, Presence,
    PropertyEncoding, RequestBody, Sent, Type,
};

use crate::argument::{Argument, borrowed, into_type, text_reference};
use crate::docs::Text;
use crate::layout::{self, Code, quoted, word};
use crate::literal::ident;
use crate::scope::Scope;
use crate::{descriptor, expr, markdown, payload, rules};

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
    body.payloads().into_iter().filter_map(Payload::parts)
}

/// Takes the body: adds it to the signature, and gives the steps that pass it on to the call.
pub(crate) fn input(
    scope: &Scope<'_>,
    operation: &Operation,
    body: &RequestBody,
    signature: &mut Vec<String>,
    steps: &mut Vec<String>,
) {
    let name = word(&body.name);
    let payload = match &body.sent {
        Sent::One(payload) => payload,
        Sent::Choice { name: choice, .. } => {
            let into = layout::path(&scope.into());
            signature.push(format!("{name}: impl {into}<{}>", word(choice)));
            steps.push(format!("with(|call| {name}.into().put(call))"));
            return;
        }
    };
    if let Media::Range(_) = &payload.media {
        let media = media_argument(operation);
        signature.push(format!("{media}: {}", text_reference(scope)));
        steps.push(format!("content_type({media}.as_ref())"));
    }
    let argument = argument(scope, &payload.content, &name);
    signature.push(format!("{name}: {}", argument.ty));
    steps.push(format!("{}({})", method(&payload.content), argument.value));
}

fn argument(scope: &Scope<'_>, content: &Content, name: &str) -> Argument {
    let value = || name.to_owned();
    match content {
        Content::Json(ty)
        | Content::Form(Form { ty, .. })
        | Content::Multipart(Multipart::Value(Form { ty, .. })) => borrowed(scope, ty, name),
        Content::Lines(ty) => borrowed(scope, &Type::List(Box::new(ty.clone())), name),
        Content::Text => Argument { ty: into_type(scope, &scope.string()), value: value() },
        Content::Bytes => {
            Argument { ty: into_type(scope, &scope.runtime("", "Body")), value: value() }
        }
        Content::Multipart(Multipart::Parts(parts)) => {
            Argument { ty: word(&parts.name), value: format!("{name}.0") }
        }
        Content::Multipart(Multipart::Open) => {
            Argument { ty: layout::path(&scope.runtime("", "Multipart")), value: value() }
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

/// What the method that names another media type of the body does, and the step that it is.
pub(crate) fn label(body: &RequestBody, label: &MediaLabel) -> (String, String) {
    let payload = body.payloads().get(label.payload).map(|it| it.media.name().to_owned());
    let usual = markdown::code(&payload.unwrap_or_default());
    let docs = format!("Sends the body as {} in place of {usual}.", markdown::code(&label.media));
    (docs, format!("sent_as({})", quoted(&label.media)))
}

/// The argument that names the media type of a body: a name that no parameter has.
fn media_argument(operation: &Operation) -> &'static str {
    let taken = operation.params.iter().any(|param| param.name.as_str() == "content_type");
    if taken { "media_type" } else { "content_type" }
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

/// The descriptor's entries of a body: one for each media type, the preferred one first.
pub(crate) fn described(body: &RequestBody) -> Vec<String> {
    let payloads = body.payloads();
    let entries = payloads.iter().enumerate().map(|(at, payload)| {
        let mut words = String::new();
        if at == 0 && body.presence == Presence::Required {
            words.push_str(" required");
        }
        let labels = body.labels.iter().filter(|label| label.payload == at);
        let labels: Vec<String> = labels.map(|label| label.media.clone()).collect();
        if !labels.is_empty() {
            words.push_str(&format!(" also{}", rules::quoted_list(&labels)));
        }
        entry(payload, &words)
    });
    entries.collect()
}

/// `form("application/x-www-form-urlencoded") required {"tags"(DeepObject true)} [MaxProperties(9)]`
fn entry(payload: &Payload, words: &str) -> String {
    let kind = match (&payload.content, &payload.media) {
        (Content::Json(_), _) => "json",
        (Content::Text, _) => "text",
        (Content::Bytes, Media::Exact(_)) => "bytes",
        (Content::Bytes, Media::Range(_)) => "any_bytes",
        (Content::Lines(_), _) => "lines",
        (Content::Form(_), _) => "form",
        (Content::Multipart(_), _) => "multipart",
    };
    let text = format!("{kind}({}){words}", quoted(payload.media.name()));
    let rules = rules::list(&payload.rules);
    match &payload.content {
        Content::Form(form) | Content::Multipart(Multipart::Value(form))
            if !form.encoding.is_empty() =>
        {
            let table: Vec<String> = form.encoding.iter().map(encoding).collect();
            let mut entry = Code::default();
            entry.packed(2, &format!("{text} {{"), &table, &format!("}}{rules}"));
            entry.finish().trim().to_owned()
        }
        Content::Json(_)
        | Content::Text
        | Content::Bytes
        | Content::Lines(_)
        | Content::Form(_)
        | Content::Multipart(_) => text + &rules,
    }
}

/// The table's entry of a property: `"tags"(DeepObject true) content_type("text/plain")`.
pub(crate) fn encoding(encoding: &PropertyEncoding) -> String {
    let mut text = quoted(&encoding.property);
    if let Some((style, explode)) = encoding.style {
        text.push_str(&format!("({} {explode})", descriptor::style(style)));
    }
    if encoding.allow_reserved {
        text.push_str(" allow_reserved");
    }
    if let Some(media) = &encoding.content_type {
        text.push_str(&format!(" content_type({})", quoted(media)));
    }
    if !encoding.headers.is_empty() {
        let pair = |(name, value): &(String, String)| format!("{} {}", quoted(name), quoted(value));
        let headers: Vec<String> = encoding.headers.iter().map(pair).collect();
        text.push_str(&format!(" headers[{}]", headers.join(", ")));
    }
    text
}

/// A media type to name with the body, where the operation takes one.
pub(crate) fn media(body: &RequestBody) -> Option<&'static str> {
    match &body.sent {
        Sent::One(Payload { media: Media::Range(_), .. }) => Some("application/octet-stream"),
        Sent::One(_) | Sent::Choice { .. } => None,
    }
}

/// The body as an example writes it, of an operation of this group.
pub(crate) fn example(
    scope: &Scope<'_>,
    body: &RequestBody,
    given: &tenon_ir::Expr,
    group: &Ident,
) -> TokenStream {
    match &body.sent {
        Sent::One(payload) => match value_type(&payload.content) {
            Some(ty) => expr::borrowed(scope, &ty, given),
            None => payload::example(scope, &payload.content, given, group),
        },
        Sent::Choice { name, cases } => {
            let Some(case) = cases.first() else { return TokenStream::new() };
            let (content, is_typed) = match value_type(&case.payload.content) {
                Some(ty) => (expr::exact(scope, &ty, given), expr::is_typed(scope, &ty, given)),
                None => {
                    let content = payload::example(scope, &case.payload.content, given, group);
                    match case.payload.content {
                        Content::Text => (quote!(#content.to_owned()), true),
                        Content::Bytes => (quote!(#content.into()), false),
                        _ => (content, true),
                    }
                }
            };
            if case.from && is_typed {
                return content;
            }
            let (module, name, case) = (scope.example_group(group), ident(name), ident(&case.name));
            quote!(#module::#name::#case(#content))
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

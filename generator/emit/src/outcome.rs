//! What an operation gives back: the types of its replies, and enums where there are several.

use quote::quote;
use syn::Type as Rust;
use tenon_ir::{Body, Case, EventData, Ident, Operation, Outcome, StatusPattern, Type};

use crate::ast;
use crate::docs::Text;
use crate::literal::{ident, index};
use crate::markdown::code;
use crate::scope::Scope;
use crate::{lints, types};

/// The outcome type of a successful reply.
pub(crate) fn success(scope: &Scope<'_>, operation: &Operation) -> Rust {
    outcome(scope, &operation.success, "Empty")
}

/// The outcome type of a documented error.
pub(crate) fn failure(scope: &Scope<'_>, operation: &Operation) -> Rust {
    outcome(scope, &operation.failure, "Undocumented")
}

/// The outcome type of a reply that is read while it comes.
pub(crate) fn stream(scope: &Scope<'_>, outcome: &Outcome) -> Rust {
    match outcome {
        Outcome::One(Body::Bytes) => ast::ty(scope.op("StreamBody")),
        Outcome::None | Outcome::One(_) | Outcome::Many { .. } => {
            self::outcome(scope, outcome, "Empty")
        }
    }
}

fn outcome(scope: &Scope<'_>, outcome: &Outcome, none: &'static str) -> Rust {
    match outcome {
        Outcome::None => ast::ty(scope.op(none)),
        Outcome::One(Body::Empty) => ast::ty(scope.op("Empty")),
        Outcome::One(Body::Json(ty)) => ast::generic(scope.op("Json"), [types::rust(scope, ty)]),
        Outcome::One(Body::Text) => ast::ty(scope.op("TextBody")),
        Outcome::One(Body::Bytes) => ast::ty(scope.op("BytesBody")),
        Outcome::One(Body::Events(ty, data)) => {
            let adapter = match data {
                EventData::Json => "EventsBody",
                EventData::Text => "TextEventsBody",
                EventData::Whole => "WholeEventsBody",
            };
            ast::generic(scope.op(adapter), [types::rust(scope, ty)])
        }
        Outcome::One(Body::Lines(ty)) => {
            ast::generic(scope.op("LinesBody"), [types::rust(scope, ty)])
        }
        Outcome::Many { name, .. } => ast::ty(ast::path(ident(name))),
    }
}

/// The enums of an operation's replies and errors.
pub(crate) fn items(scope: &Scope<'_>, operation: &Operation) -> Vec<syn::Item> {
    let mut items = enumeration(scope, operation, &operation.success, "replies");
    items.extend(enumeration(scope, operation, &operation.failure, "documented errors"));
    if let Some(stream) = &operation.stream {
        items.extend(enumeration(scope, operation, stream, "streams"));
    }
    items
}

fn enumeration(
    scope: &Scope<'_>,
    operation: &Operation,
    outcome: &Outcome,
    noun: &str,
) -> Vec<syn::Item> {
    match outcome {
        Outcome::None | Outcome::One(_) => Vec::new(),
        Outcome::Many { name, cases } => {
            let method = operation.type_name.as_str();
            let docs = format!(" The {noun} of [`{method}`], by status.");
            vec![definition(scope, name, cases, docs), read(scope, name, cases)]
        }
    }
}

fn definition(scope: &Scope<'_>, name: &Ident, cases: &[Case], docs: String) -> syn::Item {
    let lint = lints::variants(scope, cases.iter().map(|case| content_type(&case.content)));
    // A stream is read once, so that there can't be two of it.
    let is_stream = |case: &Case| matches!(case.content, Body::Events(..) | Body::Lines(_));
    let derives = if cases.iter().any(is_stream) {
        quote!(#[derive(Debug)])
    } else {
        quote!(#[derive(Clone, Debug, PartialEq)])
    };
    let others = quote!(#derives #lint #[non_exhaustive]);
    let attributes = ast::attributes(vec![docs], Some(others));
    let variants = cases.iter().map(|case| {
        let content = match &case.content {
            Body::Empty => None,
            Body::Json(ty) => Some(types::rust(scope, ty)),
            Body::Text => Some(ast::ty(scope.string())),
            Body::Bytes => Some(ast::ty(scope.runtime("", "Bytes"))),
            Body::Events(ty, _) => {
                let stream = scope.runtime("", "EventStream");
                Some(ast::generic(stream, [types::rust(scope, ty)]))
            }
            Body::Lines(ty) => {
                let stream = scope.runtime("", "LineStream");
                Some(ast::generic(stream, [types::rust(scope, ty)]))
            }
        };
        ast::variant(ast::attributes(case_docs(case).lines(), None), ident(&case.name), content)
    });
    ast::enumeration(attributes, ident(name), variants)
}

/// A type as large as the content.
fn content_type(content: &Body) -> &Type {
    match content {
        Body::Empty => &Type::Unit,
        Body::Json(ty) => ty,
        Body::Text | Body::Bytes | Body::Events(..) | Body::Lines(_) => &Type::Json,
    }
}

fn case_docs(case: &Case) -> Text {
    let mut status = status_words(case.status);
    if let Some(media) = &case.media {
        status.push_str(&format!(" as {}", code(media)));
    }
    let silent = case.docs.summary.is_none() && case.docs.description.is_none();
    let mut text = match case.status {
        _ if !silent => Text::of(&case.docs, || "No description.".to_owned()),
        StatusPattern::Code(_) | StatusPattern::Range(_) => Text::new(format!("Status {status}.")),
        StatusPattern::Default => Text::new(format!("{status}.")),
    };
    if !silent {
        text.lead(&status);
    }
    text.origin(&case.docs);
    text
}

/// A status in documentation.
pub(crate) fn status_words(status: StatusPattern) -> String {
    match status {
        StatusPattern::Code(code) => code.to_string(),
        StatusPattern::Range(digit) => format!("{digit}XX"),
        StatusPattern::Default => "Any other status".to_owned(),
    }
}

fn read(scope: &Scope<'_>, name: &Ident, cases: &[Case]) -> syn::Item {
    let body = cases.iter().any(|case| case.content != Body::Empty);
    let body = if body { quote!(body) } else { quote!(_) };
    let (case, read) = match cases {
        [only] => (quote!(_), decode(scope, only)),
        _ => (quote!(case), by_case(scope, cases)),
    };
    let (raw, result, fault) = (scope.op("RawBody"), scope.result(), scope.codec("Fault"));
    let members = ast::members(quote! {
        type Value = Self;
        fn read(#case: usize, #body: &#raw<'_>) -> #result<Self, #fault> {
            #read
        }
    });
    ast::implementation(scope.op("Outcome"), ident(name), members)
}

fn by_case(scope: &Scope<'_>, cases: &[Case]) -> proc_macro2::TokenStream {
    let arms = cases.iter().enumerate().map(|(at, case)| {
        let read = decode(scope, case);
        // The last one stands for every number beyond: the table has no other.
        let at = if at + 1 == cases.len() { quote!(_) } else { index(at) };
        quote!(#at => #read)
    });
    quote!(match case { #(#arms,)* })
}

fn decode(scope: &Scope<'_>, case: &Case) -> proc_macro2::TokenStream {
    let (name, ok) = (ident(&case.name), scope.ok());
    match &case.content {
        Body::Empty => quote!(#ok(Self::#name)),
        Body::Json(_) => quote!(body.json().map(Self::#name)),
        Body::Text => quote!(body.text().map(Self::#name)),
        Body::Bytes => quote!(#ok(Self::#name(body.bytes()))),
        Body::Events(_, EventData::Json) => quote!(#ok(Self::#name(body.events()))),
        Body::Events(_, EventData::Text) => quote!(#ok(Self::#name(body.text_events()))),
        Body::Events(_, EventData::Whole) => quote!(#ok(Self::#name(body.whole_events()))),
        Body::Lines(_) => quote!(#ok(Self::#name(body.lines()))),
    }
}

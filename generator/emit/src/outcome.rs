//! What an operation gives back: the types of its replies, and enums where there are several.

use proc_macro2::TokenStream;
use quote::quote;
use tenon_ir::{Body, Case, Ident, Operation, Outcome, StatusPattern, Type};

use crate::docs::Text;
use crate::literal::{ident, index};
use crate::scope::Scope;
use crate::{lints, types};

/// The outcome type of a successful reply.
pub(crate) fn success(scope: &Scope<'_>, operation: &Operation) -> TokenStream {
    outcome(scope, &operation.success, "Empty")
}

/// The outcome type of a documented error.
pub(crate) fn failure(scope: &Scope<'_>, operation: &Operation) -> TokenStream {
    outcome(scope, &operation.failure, "Undocumented")
}

fn outcome(scope: &Scope<'_>, outcome: &Outcome, none: &'static str) -> TokenStream {
    match outcome {
        Outcome::None => scope.op(none),
        Outcome::One(Body::Empty) => scope.op("Empty"),
        Outcome::One(Body::Json(ty)) => {
            let (json, ty) = (scope.op("Json"), types::rust(scope, ty));
            quote!(#json<#ty>)
        }
        Outcome::One(Body::Text) => scope.op("TextBody"),
        Outcome::One(Body::Bytes) => scope.op("BytesBody"),
        Outcome::Many { name, .. } => {
            let name = ident(name);
            quote!(#name)
        }
    }
}

/// The enums of an operation's replies and errors.
pub(crate) fn items(scope: &Scope<'_>, operation: &Operation) -> TokenStream {
    let success = enumeration(scope, operation, &operation.success, "replies");
    let failure = enumeration(scope, operation, &operation.failure, "documented errors");
    quote!(#success #failure)
}

fn enumeration(
    scope: &Scope<'_>,
    operation: &Operation,
    outcome: &Outcome,
    noun: &str,
) -> Option<TokenStream> {
    match outcome {
        Outcome::None | Outcome::One(_) => None,
        Outcome::Many { name, cases } => {
            let method = operation.type_name.as_str();
            let docs = Text::new(format!("The {noun} of [`{method}`], by status.")).outer();
            let definition = definition(scope, name, cases);
            let read = read(scope, name, cases);
            Some(quote!(#docs #definition #read))
        }
    }
}

fn definition(scope: &Scope<'_>, name: &Ident, cases: &[Case]) -> TokenStream {
    let name = ident(name);
    let contents = cases.iter().map(|case| content_type(&case.content));
    let lint = lints::variants(scope, contents);
    let variants = cases.iter().map(|case| {
        let (name, docs) = (ident(&case.name), case_docs(case).outer());
        let content = match &case.content {
            Body::Empty => None,
            Body::Json(ty) => Some(types::rust(scope, ty)),
            Body::Text => Some(scope.string()),
            Body::Bytes => Some(scope.runtime("", "Bytes")),
        };
        let content = content.map(|content| quote!((#content)));
        quote!(#docs #name #content)
    });
    quote! {
        #[derive(Clone, Debug, PartialEq)]
        #lint
        #[non_exhaustive]
        pub enum #name { #(#variants),* }
    }
}

/// A type as large as the content.
fn content_type(content: &Body) -> &Type {
    match content {
        Body::Empty => &Type::Unit,
        Body::Json(ty) => ty,
        Body::Text | Body::Bytes => &Type::Json,
    }
}

fn case_docs(case: &Case) -> Text {
    let status = status_words(case.status);
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

fn read(scope: &Scope<'_>, name: &Ident, cases: &[Case]) -> TokenStream {
    let name = ident(name);
    let (outcome, body_type) = (scope.op("Outcome"), scope.op("RawBody"));
    let (result, fault) = (scope.result(), scope.codec("Fault"));
    let body = cases.iter().any(|case| case.content != Body::Empty);
    let body = if body { quote!(body) } else { quote!(_) };
    let (case, read) = match cases {
        [only] => (quote!(_), decode(scope, only)),
        _ => (quote!(case), by_case(scope, cases)),
    };
    quote! {
        impl #outcome for #name {
            type Value = Self;
            fn read(#case: usize, #body: &#body_type<'_>) -> #result<Self, #fault> {
                #read
            }
        }
    }
}

fn by_case(scope: &Scope<'_>, cases: &[Case]) -> TokenStream {
    let arms = cases.iter().enumerate().map(|(at, case)| {
        let read = decode(scope, case);
        // The last one stands for every number beyond: the table has no other.
        let at = if at + 1 == cases.len() { quote!(_) } else { index(at) };
        quote!(#at => #read)
    });
    quote!(match case { #(#arms,)* })
}

fn decode(scope: &Scope<'_>, case: &Case) -> TokenStream {
    let (name, ok) = (ident(&case.name), scope.ok());
    match &case.content {
        Body::Empty => quote!(#ok(Self::#name)),
        Body::Json(_) => quote!(body.json().map(Self::#name)),
        Body::Text => quote!(body.text().map(Self::#name)),
        Body::Bytes => quote!(#ok(Self::#name(body.bytes()))),
    }
}

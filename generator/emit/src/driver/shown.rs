//! The functions by which a driver shows what comes back.

use proc_macro2::TokenStream;
use quote::quote;
use tenon_ir::{Body, Outcome};

use crate::literal::ident;

/// A case of the outcome is a stream, which has to be read to its end.
pub(super) fn is_read(outcome: &Outcome) -> bool {
    match outcome {
        Outcome::None => false,
        Outcome::One(body) => is_stream(body),
        Outcome::Many { cases, .. } => cases.iter().any(|case| is_stream(&case.content)),
    }
}

fn is_stream(body: &Body) -> bool {
    match body {
        Body::Events(..) | Body::Lines(_) => true,
        Body::Empty | Body::Json(_) | Body::Text | Body::Bytes => false,
    }
}

/// A function that shows a reference to what is decoded. A stream is not read.
pub(super) fn by_reference(module: &TokenStream, outcome: &Outcome) -> TokenStream {
    match outcome {
        Outcome::None => quote!(tenon_drive::nothing),
        Outcome::One(body) => shows(body),
        Outcome::Many { name, cases, .. } => {
            let outcome = ident(name);
            let arms = cases.iter().map(|case| {
                let (name, shows) = (ident(&case.name), shows(&case.content));
                match &case.content {
                    Body::Empty => quote!(#module::#outcome::#name => #shows(&())),
                    Body::Json(_)
                    | Body::Text
                    | Body::Bytes
                    | Body::Events(..)
                    | Body::Lines(_) => quote!(#module::#outcome::#name(value) => #shows(value)),
                }
            });
            quote!(|value| match value { #(#arms,)* _ => tenon_drive::nothing(&()) })
        }
    }
}

fn shows(body: &Body) -> TokenStream {
    match body {
        Body::Empty => quote!(tenon_drive::nothing),
        Body::Json(_) => quote!(tenon_drive::json),
        Body::Text => quote!(tenon_drive::text),
        Body::Bytes => quote!(tenon_drive::bytes),
        Body::Events(..) | Body::Lines(_) => quote!(tenon_drive::unread),
    }
}

/// A function that shows what is decoded when it has read it to its end; of a call's second method
/// (`is_second`) bytes are a stream too.
pub(super) fn by_value(module: &TokenStream, outcome: &Outcome, is_second: bool) -> TokenStream {
    match outcome {
        Outcome::None => quote!(|value| tenon_drive::at_once(tenon_drive::nothing(&value))),
        Outcome::One(body) => reads(body, is_second),
        Outcome::Many { name, cases, .. } => {
            let outcome = ident(name);
            let arms = cases.iter().map(|case| {
                let (name, reads) = (ident(&case.name), reads(&case.content, is_second));
                match &case.content {
                    Body::Empty => quote! {
                        #module::#outcome::#name => tenon_drive::at_once(tenon_drive::nothing(&()))
                    },
                    Body::Json(_)
                    | Body::Text
                    | Body::Bytes
                    | Body::Events(..)
                    | Body::Lines(_) => {
                        quote!(#module::#outcome::#name(value) => (#reads)(value))
                    }
                }
            });
            quote! {
                |value| match value {
                    #(#arms,)*
                    _ => tenon_drive::at_once(tenon_drive::nothing(&()))
                }
            }
        }
    }
}

fn reads(body: &Body, is_second: bool) -> TokenStream {
    let shows = shows(body);
    match body {
        Body::Events(..) | Body::Lines(_) => quote!(tenon_drive::counted),
        Body::Bytes if is_second => quote!(tenon_drive::counted_bytes),
        Body::Empty | Body::Json(_) | Body::Text | Body::Bytes => {
            quote!(|value| tenon_drive::at_once(#shows(&value)))
        }
    }
}

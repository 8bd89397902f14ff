//! What a reply brings beside its body: the second way to read it, its headers, its links.

use proc_macro2::Ident;
use quote::quote;
use tenon_ir::{Body, Operation, Outcome, ReplyLink, Response};

use crate::ast;
use crate::docs::Text;
use crate::literal::Plain;
use crate::markdown::{self, code};
use crate::outcome;
use crate::scope::Scope;

/// `impl Streaming for Chat { … }` and its method, where the caller may read a stream.
pub(crate) fn streaming(scope: &Scope<'_>, operation: &Operation, name: &Ident) -> Vec<syn::Item> {
    let Some(stream) = &operation.stream else { return Vec::new() };
    let members = vec![ast::associated("Stream", outcome::stream(scope, stream))];
    vec![
        ast::implementation(scope.op("Streaming"), name.clone(), members),
        ast::invocation(ast::runtime("streaming"), quote!(#name)),
    ]
}

/// What the documentation of the method says of replies.
pub(crate) fn docs(scope: &Scope<'_>, operation: &Operation, text: &mut Text) {
    if let Some(stream) = &operation.stream {
        let method = format!("[`stream`]({}::stream)", operation.type_name.as_str());
        text.sentence(&format!("{method} reads {} as they come.", streamed(stream)));
    }
    if operation.responses.iter().any(is_xml) {
        text.sentence("A reply in XML is given as text.");
    }
    headers(scope, operation, text);
    let links: Vec<String> = operation.links.iter().map(link).collect();
    if !links.is_empty() {
        text.sentence("Links:");
        text.list(links);
    }
}

fn streamed(stream: &Outcome) -> &'static str {
    match stream {
        Outcome::One(Body::Bytes) => "the bytes",
        Outcome::One(Body::Events(..)) => "server-sent events",
        Outcome::One(Body::Lines(_)) => "JSON lines",
        Outcome::None | Outcome::One(_) | Outcome::Many { .. } => "its items",
    }
}

fn is_xml(response: &Response) -> bool {
    response.content == Body::Text && response.media.contains("xml")
}

fn headers(scope: &Scope<'_>, operation: &Operation, text: &mut Text) {
    let module = scope.api.headers_module.as_str();
    // A part of a group lies one level deeper.
    let root = if operation.part.is_some() { "super::super" } else { "super" };
    let headers = operation.headers.iter().filter_map(|index| scope.api.headers.get(*index));
    let headers = headers.map(|header| {
        let (name, constant) = (code(&header.wire), header.name.plain());
        // A name with a backtick can't be the text of a link.
        match header.wire.contains(['`', '[', ']', '\\']) {
            true => name,
            false => format!("[{name}]({root}::{module}::{constant})"),
        }
    });
    let headers: Vec<String> = headers.collect();
    if !headers.is_empty() {
        text.sentence(&format!("Reply headers: {}.", headers.join(", ")));
    }
}

fn link(link: &ReplyLink) -> String {
    let takes: Vec<String> = link
        .parameters
        .iter()
        .map(|(name, value)| format!("{} from {}", code(name), code(value)))
        .collect();
    let takes =
        if takes.is_empty() { String::new() } else { format!(" takes {}", takes.join(", ")) };
    let said = link.description.as_deref().map(markdown::inline).unwrap_or_default();
    let colon = if said.is_empty() { "" } else { ": " };
    format!("- {}{takes}{colon}{said}", code(&link.operation))
}

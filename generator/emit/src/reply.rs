//! What a reply brings beside its body: the second way to read it, its headers, its links.

use tenon_ir::{Body, Operation, Outcome, ReplyLink, Response};

use crate::docs::Text;
use crate::literal::Plain;
use crate::markdown::{self, code};
use crate::scope::Scope;

/// What the documentation of the method says of replies.
pub(crate) fn facts(scope: &Scope<'_>, operation: &Operation) -> Vec<String> {
    let mut facts = Vec::new();
    if let Some(stream) = &operation.stream {
        let method = format!("[`stream`]({}::stream)", operation.type_name.as_str());
        facts.push(format!("{method} reads {} as they come.", streamed(stream)));
    }
    if operation.responses.iter().any(is_xml) {
        facts.push("A reply in XML is given as text.".to_owned());
    }
    facts.extend(headers(scope, operation));
    facts
}

/// The links of its replies.
pub(crate) fn links(operation: &Operation, text: &mut Text) {
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

fn headers(scope: &Scope<'_>, operation: &Operation) -> Option<String> {
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
    (!headers.is_empty()).then(|| format!("Reply headers: {}.", headers.join(", ")))
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

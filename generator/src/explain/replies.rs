//! Headers of replies, links, and webhooks.

use tenon_ir::{Api, Operation, Presence, ReplyHeader, Webhook};

use super::types::{body, ty};

/// The line of a header.
pub(super) fn header(api: &Api, header: &ReplyHeader) -> String {
    let mut line =
        format!("  header {}: {}  {:?}", header.name.as_str(), ty(api, &header.ty), header.wire);
    if header.explode {
        line += "  exploded";
    }
    if header.json {
        line += "  as JSON";
    }
    line + "\n"
}

/// The lines of an operation for what its replies bring beside their bodies.
pub(super) fn lines(api: &Api, operation: &Operation) -> String {
    let headers = operation.headers.iter().filter_map(|index| api.headers.get(*index));
    let names: Vec<&str> = headers.map(|header| header.name.as_str()).collect();
    let mut text = String::new();
    if !names.is_empty() {
        text += &format!("  reply headers {}\n", names.join(", "));
    }
    for link in &operation.links {
        let takes = link.parameters.iter().map(|(name, value)| format!("  {name} = {value}"));
        text += &format!("  link to {:?}{}\n", link.operation, takes.collect::<String>());
    }
    text
}

/// The block of a webhook.
pub(super) fn webhook(api: &Api, webhook: &Webhook) -> String {
    let mut text = format!(
        "webhook {}  {} {:?}  {}",
        webhook.name.as_str(),
        webhook.method,
        webhook.wire,
        body(api, &webhook.content)
    );
    if !webhook.media.is_empty() {
        text += &format!("  {}", webhook.media);
    }
    text += &format!("\n  at {}\n", webhook.origin);
    if let Some(callback) = &webhook.callback {
        text += &format!("  sent to {}  of {:?}\n", callback.expression, callback.operation);
    }
    for param in &webhook.params {
        let presence = match param.presence {
            Presence::Required => "",
            Presence::Optional => "  optional",
        };
        let place = format!("{:?}", param.place).to_lowercase();
        text += &format!("  {place} {:?}{presence}\n", param.wire);
    }
    let answers = webhook.answers.iter().map(|(status, _)| super::status(*status));
    let answers: Vec<String> = answers.collect();
    if !answers.is_empty() {
        text += &format!("  answers {}\n", answers.join(", "));
    }
    text
}

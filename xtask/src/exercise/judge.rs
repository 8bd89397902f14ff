//! Whether a call went well: what the server says of the request, and what became of the reply.

use serde_json::{Value, json};

use super::plan::{Call, Plan, is_valid};
use crate::examples::{difference, short};
use crate::report::counted;

/// Why a call failed; nothing when it went well.
pub(super) fn failure(plan: &Plan, call: &Call, line: &Value) -> anyhow::Result<Option<String>> {
    if let Some(fault) = line["fault"].as_str() {
        return Ok(Some(format!("an input isn't taken: {fault}")));
    }
    let (request, reply) = (&line["request"], &line["reply"]);
    if request.is_null() {
        let error = line["error"]["text"].as_str().unwrap_or("no error either");
        return Ok(Some(format!("nothing is sent: {error}")));
    }
    if let Some(violation) = violation(reply) {
        return Ok(Some(format!("{violation}; sent: {}", sent(request))));
    }
    if let Some(difference) = lost(call, request) {
        return Ok(Some(format!("the body isn't what was given: {difference}")));
    }
    let kind = line["error"]["kind"].as_str().unwrap_or_default();
    if let Some(fault) = line["decoded"]["fault"].as_str().filter(|_| is_stream(line)) {
        return Ok(Some(format!("the stream doesn't decode: {fault}")));
    }
    if line.get("decoded").is_some() || line.get("documented").is_some() {
        return Ok(None);
    }
    let text = line["error"]["text"].as_str().unwrap_or_default();
    if !["Decode", "Documented"].contains(&kind) {
        return Ok(Some(format!("{kind}: {text}")));
    }
    let status = reply["status"].as_u64().unwrap_or_default();
    let body = reply["body"].as_str().map(serde_json::from_str::<Value>);
    let (Some(Ok(body)), Some(schema)) = (body, call.reply(status)) else {
        return Ok(Some(format!("the reply doesn't decode: {text}")));
    };
    Ok(match is_valid(plan, schema, &body)? {
        // The document's own example breaks the document's own rules.
        Some(false) | None => None,
        Some(true) => Some(format!("a valid reply doesn't decode: {text}: {}", short(&body))),
    })
}

/// What Prism has against a request. It tells in a header, also where the document has a reply for
/// it, or in a body of its own.
fn violation(reply: &Value) -> Option<String> {
    let body = reply["body"].as_str().and_then(|body| serde_json::from_str::<Value>(body).ok());
    let is_own = |body: &&Value| {
        let kind = body["type"].as_str().unwrap_or_default();
        kind.starts_with("https://stoplight.io/prism/errors#")
    };
    let own = body.as_ref().filter(is_own);
    let header = reply["headers"]["sl-violations"].as_str();
    let listed = header.and_then(|header| serde_json::from_str::<Value>(header).ok());
    let listed = listed.as_ref().and_then(Value::as_array).into_iter().flatten();
    let listed: Vec<String> = listed
        .filter(|it| it["location"][0] == "request" && it["severity"] == "Error")
        .map(told)
        .collect();
    if let Some(own) = own {
        let all: Vec<String> =
            own["validation"].as_array().into_iter().flatten().map(told).collect();
        let title = own["title"].as_str().unwrap_or("an error");
        let detail = own["detail"].as_str().unwrap_or_default();
        let why = if all.is_empty() { detail.to_owned() } else { all.join("; ") };
        return Some(format!("Prism: {title}: {why}"));
    }
    (!listed.is_empty()).then(|| format!("Prism: {}", listed.join("; ")))
}

fn told(violation: &Value) -> String {
    let steps = violation["location"].as_array().into_iter().flatten();
    let steps: Vec<String> = steps.map(|step| step.to_string().replace('"', "")).collect();
    format!("{}: {}", steps.join("."), violation["message"].as_str().unwrap_or_default())
}

/// What of a JSON body isn't sent as it was given.
fn lost(call: &Call, request: &Value) -> Option<String> {
    let given = call.order.as_ref().ok()?.get("body")?.as_str()?;
    let given: Value = serde_json::from_str(given).ok()?;
    let media = request["headers"]["content-type"].as_str().unwrap_or_default();
    if !media.contains("json") {
        return None;
    }
    let sent = request["body"].as_str().unwrap_or_default();
    if let (Value::Array(given), true) = (&given, is_lines(media)) {
        let lines = sent.split(['\n', '\u{1e}']).filter(|line| !line.trim().is_empty());
        let sent: Result<Vec<Value>, _> = lines.map(serde_json::from_str).collect();
        let sent = sent.unwrap_or_default();
        return difference(&json!(given), &json!(sent), "");
    }
    match serde_json::from_str::<Value>(sent) {
        Ok(sent) => difference(&given, &sent, ""),
        Err(error) => Some(format!("it is no JSON: {error}")),
    }
}

/// The media type is one of JSON texts in a row.
fn is_lines(media: &str) -> bool {
    ["ndjson", "jsonl", "json-seq", "stream+json"].iter().any(|name| media.contains(name))
}

/// The reply was read as a stream.
fn is_stream(line: &Value) -> bool {
    let decoded = &line["decoded"];
    decoded["items"].is_u64() || decoded["bytes"].is_u64()
}

/// How much was read of a reply that is a stream.
pub(super) fn count(line: &Value) -> String {
    match line["decoded"]["items"].as_u64() {
        Some(items) if line["decoded"].as_object().is_some_and(|it| it.len() == 1) => {
            format!(": {}", counted(usize::try_from(items).unwrap_or(usize::MAX), "item"))
        }
        _ => String::new(),
    }
}

fn sent(request: &Value) -> String {
    let text = |key: &str| request[key].as_str().unwrap_or_default();
    let mut line = format!("{} {}", text("method"), text("path"));
    if let Some(query) = request["query"].as_str() {
        line.push_str(&format!("?{query}"));
    }
    if let Some(body) = request["body"].as_str() {
        line.push(' ');
        line.extend(body.chars().take(300));
    }
    line
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn violations_are_found_in_header_and_body() {
        let header = r#"[{"location":["request","query","a"],"severity":"Error","message":"must be integer"}]"#;
        let other = r#"[{"location":["response","body"],"severity":"Error","message":"x"}]"#;
        let own = r#"{"type":"https://stoplight.io/prism/errors#NO_PATH_MATCHED_ERROR","title":"Route not resolved","detail":"no path"}"#;
        for (reply, expected) in [
            (
                json!({"headers": {"sl-violations": header}, "body": "{}"}),
                Some("Prism: request.query.a: must be integer"),
            ),
            (json!({"headers": {"sl-violations": other}, "body": "{}"}), None),
            (json!({"headers": {}, "body": own}), Some("Prism: Route not resolved: no path")),
            (json!({"headers": {}, "body": "text"}), None),
        ] {
            assert_eq!(violation(&reply).as_deref(), expected, "{reply}");
        }
    }
}

//! The IR as text for people: one line per field, parameter, reply and value.
//!
//! In: an [`Api`]. Out: its dump, in the order of the IR. It prints everything that lowering
//! decided and nothing that the emitter decides, so that the text answers "what did the generator
//! make of my document?". Documentation and examples are left out.

mod body;
mod features;
mod items;
mod policy;
mod replies;
mod types;

use tenon_ir::{
    Api, Case, Credential, Group, Input, Operation, Outcome, Response, Segment, StatusPattern,
    Style, Variable,
};

use types::rules;

/// Dumps `api`, or only the operations and items whose origin is `at` or lies below it.
///
/// `at` is a JSON pointer, with or without the `#` of a fragment; the empty pointer is the whole
/// document. The text is empty when nothing stands there.
pub fn explain(api: &Api, at: &str) -> String {
    let at = at.trim_start_matches('#').trim_end_matches('/');
    let mut blocks = Vec::new();
    if at.is_empty() {
        blocks.push(head(api));
    }
    for group in &api.groups {
        let operations =
            group.operations.iter().filter(|operation| is_below(&operation.origin, at));
        blocks.extend(operations.map(|found| operation(api, group, found)));
    }
    let webhooks = api.webhooks.iter().filter(|webhook| is_below(&webhook.origin, at));
    blocks.extend(webhooks.map(|found| replies::webhook(api, found)));
    let items = api.items.iter().filter(|item| is_below(&item.origin, at));
    blocks.extend(items.map(|found| items::item(api, found)));
    blocks.join("\n")
}

/// Whether a pointer is another one or lies below it.
fn is_below(pointer: &str, at: &str) -> bool {
    // An expression of a callback has a `#` of its own.
    let file = if pointer.starts_with('/') { None } else { pointer.split_once('#') };
    let pointer = file.map_or(pointer, |(_, pointer)| pointer);
    pointer.strip_prefix(at).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
}

fn head(api: &Api) -> String {
    let mut text = format!("api {}  {:?}  version {}\n", api.name.as_str(), api.title, api.version);
    for server in &api.servers {
        let names: Vec<_> = api.variables.iter().map(|variable| variable.wire.as_str()).collect();
        text += &format!("  server {}  {}\n", server.name.as_str(), template(&server.url, &names));
    }
    for variable in &api.variables {
        text += &format!("  variable {}\n", server_variable(variable));
    }
    for scheme in &api.schemes {
        text += &format!(
            "  scheme {}  {:?}  {}\n",
            scheme.name.as_str(),
            scheme.key,
            credential(&scheme.credential)
        );
    }
    for limit in &api.limits {
        let plan = limit.plan.as_deref().map(|plan| format!("  plan {plan:?}")).unwrap_or_default();
        text += &format!("  limit {} calls in {} s{plan}\n", limit.requests, limit.seconds);
    }
    text += &policy::of_api(api);
    text += &features::of_api(api);
    api.headers.iter().for_each(|it| text += &replies::header(api, it));
    text
}

fn server_variable(variable: &Variable) -> String {
    let choices = variable.choices.as_ref().map_or_else(
        || "String".to_owned(),
        |choices| {
            let values: Vec<_> = choices
                .variants
                .iter()
                .map(|variant| format!("{} = {:?}", variant.name.as_str(), variant.wire))
                .collect();
            format!("{} {{ {} }}", choices.name.as_str(), values.join(", "))
        },
    );
    let default = match &variable.default {
        Some(default) => format!("default {default:?}"),
        None => "required".to_owned(),
    };
    format!("{}: {choices}  {:?}  {default}", variable.name.as_str(), variable.wire)
}

fn credential(credential: &Credential) -> String {
    match credential {
        Credential::Bearer => "bearer token".to_owned(),
        Credential::Basic => "basic".to_owned(),
        Credential::Header { name, prefix } if prefix.is_empty() => format!("header {name}"),
        Credential::Header { name, prefix } => format!("header {name}  prefix {prefix:?}"),
        Credential::Query { name } => format!("query {name}"),
        Credential::Cookie { name } => format!("cookie {name}"),
        Credential::OAuth2(oauth) => {
            format!("oauth2  prefix {:?}  {} scopes", oauth.prefix, oauth.scopes.len())
        }
        Credential::MutualTls => "mutual TLS".to_owned(),
        Credential::Transport => "left to the transport".to_owned(),
    }
}

fn operation(api: &Api, group: &Group, operation: &Operation) -> String {
    let names: Vec<_> = operation.params.iter().map(|param| param.wire.as_str()).collect();
    let variables: Vec<_> = api.variables.iter().map(|it| it.wire.as_str()).collect();
    let path = template(&operation.path, &names);
    let addresses = operation.servers.iter().map(|it| template(it, &variables) + &path);
    let addresses: Vec<String> = addresses.collect();
    let mut text = format!(
        "operation {}.{}  {} {}\n",
        group.name.as_str(),
        operation.name.as_str(),
        operation.method,
        if addresses.is_empty() { path } else { addresses.join(" or ") },
    );
    text += &format!(
        "  id {:?}  builder {}  at {}\n",
        operation.id,
        operation.type_name.as_str(),
        operation.origin
    );
    let inputs = operation.arguments.iter().chain(&operation.setters);
    inputs.for_each(|input| text += &input_line(api, operation, *input));
    operation
        .responses
        .iter()
        .for_each(|response| text += &response_line(api, operation, response));
    text += &replies::lines(api, operation);
    text += &security_line(api, operation);
    if operation.idempotent {
        text += "  idempotent\n";
    }
    text += &policy::of_operation(api, operation);
    if !operation.permissions.is_empty() {
        text += &format!("  permissions {}\n", operation.permissions.join(", "));
    }
    text
}

/// A template with the wire names of its variables in braces.
fn template(segments: &[Segment], names: &[&str]) -> String {
    let piece = |segment: &Segment| match segment {
        Segment::Text(text) => text.clone(),
        Segment::Param(index) => format!("{{{}}}", names.get(*index).unwrap_or(&"?")),
    };
    segments.iter().map(piece).collect()
}

fn input_line(api: &Api, operation: &Operation, input: Input) -> String {
    match input {
        Input::Param(index) => {
            operation.params.get(index).map(|param| param_line(api, param)).unwrap_or_default()
        }
        Input::Body => {
            operation.body.as_ref().map(|body| body::lines(api, body)).unwrap_or_default()
        }
    }
}

fn param_line(api: &Api, param: &tenon_ir::Parameter) -> String {
    let place = format!("{:?}", param.place).to_lowercase();
    let mut line = format!(
        "  {place} {}: {}  {:?}{}",
        param.name.as_str(),
        types::present(api, &param.ty, param.presence),
        param.wire,
        rules(&param.rules),
    );
    if param.style != usual_style(param.place)
        || param.explode != matches!(param.style, Style::Form | Style::Cookie)
    {
        line +=
            &format!("  style {:?}{}", param.style, if param.explode { " exploded" } else { "" });
    }
    if param.allow_reserved {
        line += "  allow reserved";
    }
    line += &types::default(param.default.as_ref());
    line += &param.constant.iter().map(|it| format!("  sent {it:?}")).collect::<String>();
    line + "\n"
}

/// The style that OpenAPI takes where none is stated (OpenAPI 3.1, section 4.8.12.2.1).
fn usual_style(place: tenon_ir::Place) -> Style {
    match place {
        tenon_ir::Place::Path | tenon_ir::Place::Header => Style::Simple,
        tenon_ir::Place::Query | tenon_ir::Place::Cookie => Style::Form,
    }
}

fn response_line(api: &Api, operation: &Operation, response: &Response) -> String {
    let (kind, outcome) = if response.only_stream {
        ("stream", operation.stream.as_ref().unwrap_or(&operation.success))
    } else if response.success {
        ("reply", &operation.success)
    } else {
        ("error", &operation.failure)
    };
    let case = match outcome {
        Outcome::Many { name, cases, .. } => {
            let case =
                cases.get(response.case).map(|case: &Case| case.name.as_str()).unwrap_or("?");
            format!("{}::{case} ", name.as_str())
        }
        Outcome::None | Outcome::One(_) => String::new(),
    };
    let mut line = format!(
        "  {kind} {}  {case}{}",
        status(response.status),
        types::body(api, &response.content)
    );
    if !response.media.is_empty() {
        line += &format!("  {}", response.media);
    }
    if !response.error_codes.is_empty() {
        line += &format!("  codes {}", response.error_codes.join(", "));
    }
    line += &response.fields.as_ref().map(policy::fields).unwrap_or_default();
    line + "\n"
}

fn status(pattern: StatusPattern) -> String {
    match pattern {
        StatusPattern::Code(code) => code.to_string(),
        StatusPattern::Range(digit) => format!("{digit}XX"),
        StatusPattern::Default => "default".to_owned(),
    }
}

fn security_line(api: &Api, operation: &Operation) -> String {
    if operation.security.is_empty() {
        return String::new();
    }
    let requirement = |need: &tenon_ir::Requirement| {
        let name = api.schemes.get(need.scheme).map_or("?", |scheme| scheme.name.as_str());
        match need.scopes.is_empty() {
            true => name.to_owned(),
            false => format!("{name}({})", need.scopes.join(", ")),
        }
    };
    let alternatives: Vec<_> = operation
        .security
        .iter()
        .map(|needs| match needs.is_empty() {
            true => "nothing".to_owned(),
            false => needs.iter().map(requirement).collect::<Vec<_>>().join(" and "),
        })
        .collect();
    format!("  needs {}\n", alternatives.join(", or "))
}

/// The name of an item, and of the types in the sources of this module.
fn name(api: &Api, id: tenon_ir::ItemId) -> &str {
    api.items.get(id.0 as usize).map_or("?", |item| item.name.as_str())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pointer_is_matched_by_whole_segments() {
        assert!(is_below("/paths/~1a/get", "/paths/~1a"));
        assert!(is_below("/paths/~1a", "/paths/~1a"));
        assert!(is_below("/paths/~1a", ""));
        assert!(is_below("other.yaml#/paths/~1a", "/paths"));
        assert!(!is_below("/paths/~1ab", "/paths/~1a"));
        assert!(is_below("/paths/~1a/post/callbacks/b/{$request.body#~1url}", "/paths/~1a"));
    }
}

//! Calls: each by the types of its arguments, with every setter, to its reply and its error.

use super::{resolve, ty};
use tenon::ir::{
    Api, Body, Content, Form, Group, Input, Kind, Media, Multipart, Operation, Outcome,
    RequestBody, Sent, Text, Type,
};

/// Adds a function for each operation.
pub(super) fn add(api: &Api, out: &mut String) {
    for (at, group) in api.groups.iter().enumerate() {
        for (index, operation) in group.operations.iter().enumerate() {
            out.push_str(&format!("mod g{at}_{index} {{ use super::*;\n"));
            call(api, group, operation, out);
            out.push_str("}\n");
        }
    }
}

fn call(api: &Api, group: &Group, operation: &Operation, out: &mut String) {
    let module = format!("api::{}", group.name.as_str());
    let (mut inputs, mut values) = (Vec::new(), Vec::new());
    for input in &operation.arguments {
        add_input(api, &module, operation, *input, &mut inputs, &mut values);
    }
    let call = format!("{module}::{}", operation.type_name.as_str());
    let client = "client: &api::Client".to_owned();
    let all: Vec<String> = std::iter::once(client).chain(inputs.iter().cloned()).collect();
    out.push_str(&format!(
        "fn begin({}) -> {call} {{ client.{}().{}({}) }}\n",
        all.join(", "),
        group.name.as_str(),
        operation.name.as_str(),
        values.join(", ")
    ));
    for (at, input) in operation.setters.iter().enumerate() {
        let (mut inputs, mut values) = (Vec::new(), Vec::new());
        add_input(api, &module, operation, *input, &mut inputs, &mut values);
        let name = match input {
            Input::Body => operation.body.as_ref().map(|body| body.name.as_str()),
            Input::Param(at) => operation.params.get(*at).map(|param| param.name.as_str()),
        };
        out.push_str(&format!(
            "fn set{at}(call: {call}, {}) -> {call} {{ call.{}({}) }}\n",
            inputs.join(", "),
            name.unwrap_or_default(),
            values.join(", ")
        ));
    }
    outcomes(api, &module, &call, operation, out);
}

fn add_input(
    api: &Api,
    module: &str,
    operation: &Operation,
    input: Input,
    inputs: &mut Vec<String>,
    values: &mut Vec<String>,
) {
    let given = match input {
        Input::Param(at) => borrowed(api, &operation.params[at].ty),
        Input::Body => {
            let body = operation.body.as_ref().expect("an input is there");
            if is_range(body) {
                let name = format!("a{}", inputs.len());
                inputs.push(format!("{name}: &str"));
                values.push(name);
            }
            self::body(api, module, body)
        }
    };
    let name = format!("a{}", inputs.len());
    inputs.push(format!("{name}: {given}"));
    values.push(name);
}

fn is_range(body: &RequestBody) -> bool {
    matches!(&body.sent, Sent::One(payload) if matches!(payload.media, Media::Range(_)))
}

/// The type of what is only written.
fn borrowed(api: &Api, it: &Type) -> String {
    match resolve(api, it) {
        Type::Text(Text::Plain) => "&str".to_owned(),
        Type::List(item) => format!("&[{}]", ty(api, item)),
        Type::Boxed(inner) => borrowed(api, inner),
        Type::Item(id) => match &api.item(*id).kind {
            Kind::Struct(_)
            | Kind::Enum(_)
            | Kind::Union(_)
            | Kind::Newtype(_)
            | Kind::Alias(_) => ty(api, it),
        },
        _ => ty(api, it),
    }
}

fn body(api: &Api, module: &str, body: &RequestBody) -> String {
    let payload = match &body.sent {
        Sent::One(payload) => payload,
        Sent::Choice { name, .. } => return format!("{module}::{}", name.as_str()),
    };
    match &payload.content {
        Content::Json(it)
        | Content::Form(Form { ty: it, .. })
        | Content::Multipart(Multipart::Value(Form { ty: it, .. })) => borrowed(api, it),
        Content::Lines(it) => format!("&[{}]", ty(api, it)),
        Content::Text => "&str".to_owned(),
        Content::Bytes => "tenon_runtime::Body".to_owned(),
        Content::Multipart(Multipart::Parts(parts)) => format!("{module}::{}", parts.name.as_str()),
        Content::Multipart(Multipart::Open) => "tenon_runtime::Multipart".to_owned(),
    }
}

/// The type of a reply that is read whole.
fn reply(api: &Api, body: &Body) -> Option<String> {
    match body {
        Body::Json(it) => Some(ty(api, it)),
        Body::Text => Some("String".to_owned()),
        Body::Bytes => Some("tenon_runtime::Bytes".to_owned()),
        Body::Empty => Some("()".to_owned()),
        Body::Events(..) | Body::Lines(_) => None,
    }
}

fn outcomes(api: &Api, module: &str, call: &str, operation: &Operation, out: &mut String) {
    let success = match &operation.success {
        Outcome::None => Some("()".to_owned()),
        Outcome::One(body) => reply(api, body),
        Outcome::Many { name, .. } => Some(format!("{module}::{}", name.as_str())),
    };
    let check =
        success.map(|it| format!("if let Ok(reply) = &result {{ let _: &{it} = &**reply; }}"));
    let failure = match &operation.failure {
        Outcome::Many { name, .. } => Some(format!("{module}::{}", name.as_str())),
        Outcome::One(body) => reply(api, body),
        Outcome::None => None,
    };
    let documented = failure.map(|it| {
        format!("if let Err(error) = &result {{ let _: Option<&{it}> = error.documented(); }}")
    });
    out.push_str(&format!(
        "async fn send(call: {call}) {{ let result = call.await; {} {} }}\n",
        check.unwrap_or_default(),
        documented.unwrap_or_default()
    ));
    for (which, outcome) in [("success", &operation.success), ("failure", &operation.failure)] {
        let Outcome::Many { name, cases, .. } = outcome else { continue };
        let name = format!("{module}::{}", name.as_str());
        for (at, case) in cases.iter().enumerate() {
            let it = case.name.as_str();
            let arm = match (&case.content, reply(api, &case.content)) {
                (Body::Empty, _) => format!("{name}::{it} => {{}}"),
                (_, Some(content)) => format!("{name}::{it}(x) => {{ let _: &{content} = x; }}"),
                (_, None) => format!("{name}::{it}(_) => {{}}"),
            };
            out.push_str(&format!(
                "fn {which}{at}(x: &{name}) {{ match x {{ {arm} _ => {{}} }} }}\n"
            ));
        }
    }
}

//! An operation: the method of its group's handle, and the call that the method begins.

use tenon_ir::{Group, Input, Operation, Parameter, Response};

use crate::argument::{borrowed, is_plain_text};
use crate::docs::{self, Text, json};
use crate::layout::{self, Code, word};
use crate::markdown::{self, code};
use crate::outcome::status_words;
use crate::package::Package;
use crate::scope::Scope;
use crate::{
    body, descriptor, example, file, lints, outcome, paging, payload, policy, reply, rules,
};

/// The method of the group's handle.
pub(crate) fn method(
    scope: &Scope<'_>,
    package: &Package,
    group: &Group,
    operation: &Operation,
    out: &mut Code,
) {
    let mut docs = method_docs(scope, operation);
    if let Some(lines) = example::lines(scope.api, package, group, operation) {
        docs.block(vec!["# Examples".to_owned()]);
        docs.block(lines);
    }
    out.docs(1, &docs.lines());
    let taken = Taken::of(scope, operation, &operation.arguments);
    let name = word(&operation.name);
    let lints = [
        operation.docs.deprecated.then_some("#[deprecated]"),
        lints::arguments_text(taken.inputs.len() + 1),
        taken.lint,
        lints::handle_method(&name, taken.inputs.len()),
    ];
    for lint in lints.into_iter().flatten() {
        out.line(1, lint);
    }
    let begun = format!(" -> {}", word(&operation.type_name));
    taken.write(&name, &begun, &format!("= {}", word(&operation.constant)), out);
}

/// The call, its setters, its descriptor, and the enums of what comes back.
pub(crate) fn items(scope: &Scope<'_>, group: &Group, operation: &Operation, out: &mut Code) {
    out.line(0, "tenon_runtime::operation! {");
    out.docs(1, &call_docs(group, operation).lines());
    let stream = operation.stream.as_ref().map(|it| outcome::stream(scope, it));
    let stream = stream.map(|it| format!("stream {it}"));
    let outcomes = [outcome::success(scope, operation), outcome::failure(scope, operation)];
    let outcomes: Vec<String> = outcomes.into_iter().chain(stream).collect();
    let (constant, name) = (word(&operation.constant), word(&operation.type_name));
    let head = format!("{constant}: {name} -> {}", outcomes.join(", "));
    match paging::item(scope, operation) {
        Some(item) => out.broken(1, &format!("{head},"), &format!("{item};")),
        None => out.line(1, &format!("{head};")),
    }
    descriptor::write(scope, operation, out);
    outcome::write(scope, operation, out);
    out.line(0, "}");
    let body = operation.body.iter();
    let labels: Vec<_> =
        body.flat_map(|body| body.labels.iter().map(move |label| (body, label))).collect();
    if !operation.setters.is_empty() || !labels.is_empty() {
        out.blank();
        out.line(0, &format!("tenon_runtime::options! {{ {name};"));
        for input in &operation.setters {
            setter(scope, operation, *input, out);
        }
        for (body, label) in labels {
            let (docs, step) = body::label(body, label);
            out.docs(1, &Text::new(docs).lines());
            let taken = Taken { steps: vec![step], ..Taken::default() };
            taken.write(&word(&label.name), "", "=>", out);
        }
        out.line(0, "}");
    }
    let types = file::print_spaced(payload::items(scope, operation));
    if !types.is_empty() {
        out.blank();
        out.text(types.trim_start_matches('\n'));
    }
}

fn call_docs(group: &Group, operation: &Operation) -> Text {
    let (name, handle) = (operation.name.as_str(), group.type_name.as_str());
    let name = name.trim_start_matches("r#");
    Text::new(format!("A call of [`{name}`]({handle}::{name})."))
}

/// Inputs of a function, and what they do to the call.
#[derive(Default)]
struct Taken {
    /// The signature.
    inputs: Vec<String>,
    /// Methods of the call.
    steps: Vec<String>,
    /// Allowed where a type is complex.
    lint: Option<&'static str>,
}

impl Taken {
    fn of(scope: &Scope<'_>, operation: &Operation, inputs: &[Input]) -> Self {
        let mut taken = Self::default();
        for input in inputs {
            match input {
                Input::Param(at) => {
                    let Some(param) = operation.params.get(*at) else { continue };
                    let name = word(&param.name);
                    let argument = borrowed(scope, &param.ty, &name);
                    taken.lint = taken.lint.or(lints::complexity_text(&param.ty, 1));
                    taken.inputs.push(format!("{name}: {}", argument.ty));
                    taken.steps.push(if is_plain_text(scope, &param.ty) {
                        format!("text_param({at}, {name})")
                    } else {
                        format!("param({at}, {})", argument.value)
                    });
                }
                Input::Body => {
                    let Some(body) = &operation.body else { continue };
                    body::input(scope, operation, body, &mut taken.inputs, &mut taken.steps);
                }
            }
        }
        taken
    }

    /// `name(inputs) -> Call = CONSTANT.steps;`, broken where it is too long.
    fn write(&self, name: &str, output: &str, start: &str, out: &mut Code) {
        let head = format!("{name}({}){output}", self.inputs.join(", "));
        let dot = if start.ends_with('>') { " " } else { "." };
        let dot = if self.steps.is_empty() { "" } else { dot };
        let steps = format!("{start}{dot}{};", self.steps.join("."));
        let width = |text: &str| text.chars().count();
        if 4 + width(&head) + 1 + width(&steps) <= layout::WIDTH {
            out.line(1, &format!("{head} {steps}"));
            return;
        }
        if 4 + width(&head) <= layout::WIDTH {
            out.line(1, &head);
        } else {
            out.packed(1, &format!("{name}("), &self.inputs, &format!("){output}"));
        }
        if 8 + width(&steps) <= layout::WIDTH {
            out.line(2, &steps);
            return;
        }
        out.line(2, start);
        let last = self.steps.len().saturating_sub(1);
        for (at, step) in self.steps.iter().enumerate() {
            let dot = if at == 0 && dot == " " { "" } else { "." };
            out.line(3, &format!("{dot}{step}{}", if at == last { ";" } else { "" }));
        }
    }
}

fn setter(scope: &Scope<'_>, operation: &Operation, optional: Input, out: &mut Code) {
    let said = match optional {
        Input::Param(at) => operation.params.get(at).map(|it| (&it.name, param_docs(it), &it.docs)),
        Input::Body => operation.body.as_ref().map(|it| (&it.name, body::docs(it), &it.docs)),
    };
    let Some((name, text, docs)) = said else { return };
    out.docs(1, &text.lines());
    let name = word(name);
    let taken = Taken::of(scope, operation, &[optional]);
    let deprecated = docs.deprecated.then_some("#[deprecated]");
    for lint in [deprecated, taken.lint, lints::operator_text(&name)].into_iter().flatten() {
        out.line(1, lint);
    }
    taken.write(&name, "", "=>", out);
}

fn param_docs(param: &Parameter) -> Text {
    let mut text = Text::of(&param.docs, || format!("Sets the parameter {}.", code(&param.wire)));
    text.facts(&param_facts(param));
    text.origin(&param.docs);
    text
}

fn param_facts(param: &Parameter) -> Vec<String> {
    let mut facts = rules::words(&param.rules);
    let default = param.default.as_ref().map(json);
    match &param.constant {
        Some(sent) => facts.push(format!("Sent as {} unless it is set.", code(sent))),
        None => facts.extend(default.map(|value| format!("Default: {}.", code(&value)))),
    }
    if param.docs.deprecated {
        facts.push("Deprecated.".to_owned());
    }
    facts
}

fn method_docs(scope: &Scope<'_>, operation: &Operation) -> Text {
    let request = code(&format!("{} {}", operation.method, descriptor::path(operation)));
    let mut text = Text::of(&operation.docs, || format!("Sends {request}."));
    let mut facts = Vec::new();
    if !text.says(&request) {
        facts.push(format!("{request}."));
    }
    facts.extend(needs(scope, operation));
    facts.extend(policy::facts(operation));
    if operation.docs.deprecated {
        facts.push("Deprecated.".to_owned());
    }
    facts.extend(reply::facts(scope, operation));
    text.facts(&facts);
    text.facts(&paging::facts(operation));
    arguments_docs(&mut text, operation);
    reply::links(operation, &mut text);
    text.origin(&operation.docs);
    let mut errors: Vec<String> =
        operation.responses.iter().filter(|it| !it.success).map(error).collect();
    // A status is told once, whatever number of media types it has.
    errors.dedup();
    if !errors.is_empty() {
        text.block(vec!["# Errors".to_owned()]);
        text.list(errors);
    }
    text
}

/// What the required inputs are: a list with a line for each that has something to say.
fn arguments_docs(text: &mut Text, operation: &Operation) {
    let lines = operation.arguments.iter().filter_map(|input| match input {
        Input::Param(at) => {
            let param = operation.params.get(*at)?;
            docs::item(&param.name, &param.docs, param_facts(param))
        }
        Input::Body => {
            let body = operation.body.as_ref()?;
            docs::item(&body.name, &body.docs, body::facts(body))
        }
    });
    text.list(lines.collect());
}

/// Permissions and OAuth scopes.
fn needs(scope: &Scope<'_>, operation: &Operation) -> Vec<String> {
    let mut facts = Vec::new();
    if let [permissions @ .., last] = operation.permissions.as_slice() {
        let permissions: Vec<String> =
            permissions.iter().chain([last]).map(|it| code(it)).collect();
        let noun = if permissions.len() == 1 { "permission" } else { "permissions" };
        facts.push(format!("Requires the {noun} {}.", permissions.join(", ")));
    }
    let mut scopes: Vec<(&str, String)> = Vec::new();
    for requirement in operation.security.iter().flatten() {
        let Some(scheme) = scope.api.schemes.get(requirement.scheme) else { continue };
        if !requirement.scopes.is_empty() {
            let names: Vec<String> = requirement.scopes.iter().map(|it| code(it)).collect();
            scopes.push((&scheme.key, names.join(", ")));
        }
    }
    scopes.dedup();
    let sentence = |(key, scopes): (&str, String)| format!("Scopes for {}: {scopes}.", code(key));
    facts.extend(scopes.into_iter().map(sentence));
    facts
}

fn error(response: &Response) -> String {
    let said = response.docs.summary.as_deref().or(response.docs.description.as_deref());
    let said = said.map(markdown::inline).unwrap_or_default();
    let codes: Vec<String> = response.error_codes.iter().map(|it| code(it)).collect();
    let codes = match codes.len() {
        0 => String::new(),
        1 => format!(" (code {})", codes.concat()),
        _ => format!(" (codes {})", codes.join(", ")),
    };
    let said = if codes.is_empty() { said.as_str() } else { said.trim_end_matches('.') };
    let colon = if said.is_empty() { "" } else { ": " };
    format!("- {}{colon}{said}{codes}", status_words(response.status))
}

//! Where a node stands, by names instead of positions.
//!
//! In: a node. Out: a path for people (`Device.name`), and one for fingerprints, in which the items
//! of lists go by what they say: a parameter by its place and name, an alternative by what it refers
//! to, a value by itself.

use crate::source::{FileId, NodeId, Tree, segments};

/// The steps to a node, each with the node that it leads to.
fn steps(tree: &Tree, at: NodeId) -> Vec<(String, NodeId)> {
    let file = tree.file(tree.origin(at));
    let pointer = tree.pointer(at);
    let Some(keys) = segments(&pointer) else { return Vec::new() };
    let mut node = tree.file_root(file);
    let mut steps = Vec::new();
    for key in keys {
        let parent = node;
        node = tree.step(parent, &key).unwrap_or(node);
        let name =
            if tree.is_list(parent) { item_name(tree, node, &key) } else { key.into_owned() };
        steps.push((name, node));
    }
    steps
}

/// What an item of a list goes by.
fn item_name(tree: &Tree, item: NodeId, index: &str) -> String {
    let text = |key: &str| tree.get(item, key).and_then(|at| tree.text(at));
    if let (Some(name), Some(place)) = (text("name"), text("in")) {
        return format!("{place} {name}");
    }
    if let Some(target) = text("$ref") {
        return target.rsplit('/').next().unwrap_or(target).to_owned();
    }
    let named = text("title").or_else(|| text("operationId")).or_else(|| text("url"));
    named.or_else(|| text("name")).or_else(|| tree.text(item)).unwrap_or(index).to_owned()
}

/// The path by names, for fingerprints.
pub(super) fn stable(tree: &Tree, at: NodeId) -> String {
    let steps: Vec<String> = steps(tree, at).into_iter().map(|(name, _)| name).collect();
    steps.join("\u{1f}")
}

/// What the node is, for people.
pub(super) fn shown(tree: &Tree, at: NodeId) -> String {
    let steps = told(tree, steps(tree, at));
    let file = tree.file(tree.origin(at));
    if file != FileId::MAIN
        && let Some(source) = tree.source(file).filter(|source| !source.overlay)
    {
        return in_file(&source.path, &steps);
    }
    let steps: Vec<&str> = steps.iter().map(String::as_str).collect();
    match steps.as_slice() {
        ["components", "schemas", name, rest @ ..] | ["definitions", name, rest @ ..] => {
            format!("`{name}{}`", below(rest))
        }
        ["components", kind, name, rest @ ..] => inside(rest, component(tree, at, kind, name)),
        ["paths", path, "parameters", name, rest @ ..] => {
            inside(rest, format!("{} of `{path}`", parameter(name)))
        }
        ["paths", path, method, rest @ ..] => {
            operation(rest, &format!("`{} {path}`", method.to_uppercase()))
        }
        ["webhooks" | "x-webhooks", name, _, rest @ ..] => {
            operation(rest, &format!("webhook `{name}`"))
        }
        [] => "the document".to_owned(),
        other => format!("`{}`", other.join(".")),
    }
}

/// The steps as people tell them: an alternative without a name goes by its type, and the only one
/// beside `null` is the schema itself.
fn told(tree: &Tree, steps: Vec<(String, NodeId)>) -> Vec<String> {
    let ty = |at: NodeId| tree.get(at, "type").and_then(|ty| tree.text(ty));
    let mut told = Vec::with_capacity(steps.len());
    let mut steps = steps.into_iter().peekable();
    while let Some((name, node)) = steps.next() {
        let alternatives = match name.as_str() {
            "oneOf" | "anyOf" => tree.items(node),
            _ => &[],
        };
        let Some((arm, at)) = steps.next_if(|_| !alternatives.is_empty()) else {
            told.push(name);
            continue;
        };
        if alternatives.iter().filter(|arm| ty(**arm) != Some("null")).count() > 1 {
            let is_index = arm.bytes().all(|byte| byte.is_ascii_digit());
            let arm = ty(at).filter(|_| is_index).map_or(arm, str::to_owned);
            told.extend([name, arm]);
        }
    }
    told
}

fn operation(rest: &[&str], name: &str) -> String {
    match rest {
        [] => name.to_owned(),
        ["parameters", parameter_name, rest @ ..] => {
            inside(rest, format!("{} of {name}", parameter(parameter_name)))
        }
        ["requestBody", rest @ ..] => inside(rest, format!("request body of {name}")),
        ["responses", status, "headers", header, rest @ ..] => {
            inside(rest, format!("header `{header}` of the {status} reply of {name}"))
        }
        ["responses", status, rest @ ..] => inside(rest, format!("{status} reply of {name}")),
        other => format!("`{}` of {name}", other.join(".")),
    }
}

/// What a component is. A parameter goes by its own name, which needn't be that of the component.
fn component(tree: &Tree, at: NodeId, kind: &str, name: &str) -> String {
    let declared = match kind {
        "parameters" => declared(tree, at, kind, name),
        _ => None,
    };
    match declared {
        Some((place, own)) if own == name => format!("{place} parameter `{own}`"),
        Some((place, own)) => format!("{place} parameter `{own}` (`{name}`)"),
        None => format!("{} `{name}`", one_of(kind)),
    }
}

/// The place and the name of a parameter that is a component.
fn declared<'t>(tree: &'t Tree, at: NodeId, kind: &str, name: &str) -> Option<(&'t str, &'t str)> {
    let root = tree.file_root(tree.file(tree.origin(at)));
    let it = tree.get(tree.get(tree.get(root, "components")?, kind)?, name)?;
    let text = |key: &str| tree.get(it, key).and_then(|at| tree.text(at));
    Some((text("in")?, text("name")?))
}

/// What stands in a file that the document refers to goes by the name of the file.
fn in_file(path: &str, steps: &[String]) -> String {
    let name = path.rsplit(['/', '\\']).next().unwrap_or(path);
    let name = name.split('.').next().unwrap_or(name);
    let steps: Vec<&str> = steps.iter().map(String::as_str).collect();
    let steps = match steps.as_slice() {
        ["components", "schemas", rest @ ..] | ["definitions", rest @ ..] => rest,
        other => other,
    };
    format!("`{name}{}`", below(steps))
}

fn one_of(kind: &str) -> &str {
    match kind {
        "parameters" => "parameter",
        "responses" => "response",
        "requestBodies" => "request body",
        "headers" => "header",
        "securitySchemes" => "security scheme",
        other => other,
    }
}

fn parameter(name: &str) -> String {
    match name.split_once(' ') {
        Some((place, name)) => format!("{place} parameter `{name}`"),
        None => format!("parameter `{name}`"),
    }
}

/// A place in a body, parameter or header, if it isn't the whole of it.
fn inside(steps: &[&str], whole: String) -> String {
    let steps = match steps {
        ["content", _, "schema", rest @ ..] | ["schema", rest @ ..] => rest,
        ["content", _] => &[],
        other => other,
    };
    let text = below(steps);
    let text = text.strip_prefix('.').unwrap_or(&text);
    match whole {
        whole if text.is_empty() => whole,
        whole => format!("`{text}` in the {whole}"),
    }
}

/// `.a[].b`: a place in a schema. The parts of an `allOf` are one schema.
fn below(steps: &[&str]) -> String {
    match steps {
        [] => String::new(),
        ["properties", name, rest @ ..] => format!(".{name}{}", below(rest)),
        ["items", rest @ ..] => format!("[]{}", below(rest)),
        ["additionalProperties", rest @ ..] => format!("{{}}{}", below(rest)),
        ["allOf", _, rest @ ..] => below(rest),
        ["oneOf" | "anyOf", name, rest @ ..] => format!("|{name}{}", below(rest)),
        [name, rest @ ..] => format!(".{name}{}", below(rest)),
    }
}

/// A hash of texts that is the same everywhere (FNV-1a, 64 bits), in sixteen digits.
pub(super) fn fingerprint(parts: &[&str]) -> String {
    let mut hash = 0xcbf2_9ce4_8422_2325_u64;
    for byte in parts.iter().flat_map(|part| part.bytes().chain([0x1e])) {
        hash = (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
    }
    format!("{hash:016x}")
}

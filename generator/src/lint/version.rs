//! Keywords of schemas that the document's version of OpenAPI doesn't have. They are read here as the
//! version means them that has them; other tools pass over them, or refuse the document.

use super::cx::Cx;
use crate::diag::At;
use crate::source::NodeId;

/// Keywords of JSON Schema 2020-12 that OpenAPI 3.0 doesn't have (3.0.3, section 4.7.24), and what
/// says the same there.
const OF_3_1: [(&str, &str); 17] = [
    ("const", "`enum` with one value says the same"),
    ("examples", "`example` holds one example"),
    ("prefixItems", ""),
    ("contains", ""),
    ("minContains", ""),
    ("maxContains", ""),
    ("patternProperties", ""),
    ("propertyNames", ""),
    ("unevaluatedProperties", ""),
    ("unevaluatedItems", ""),
    ("dependentRequired", ""),
    ("dependentSchemas", ""),
    ("if", ""),
    ("contentEncoding", "`format: byte` is base64"),
    ("contentMediaType", ""),
    ("contentSchema", ""),
    ("$defs", "`components.schemas` holds what is referred to"),
];

/// Each keyword is one of the stated version.
pub(super) fn check(cx: &mut Cx<'_, '_>) {
    if cx.is_swagger() {
        return;
    }
    let spec = cx.spec;
    for schema in &spec.schemas {
        if cx.is_old(schema.at) {
            of_3_1(cx, schema.at);
        } else {
            of_3_0(cx, schema.at);
        }
    }
}

fn of_3_1(cx: &mut Cx<'_, '_>, at: NodeId) {
    for (keyword, instead) in OF_3_1 {
        if let Some(node) = cx.tree.get(at, keyword) {
            let message = format!("`{keyword}` is no keyword of OpenAPI 3.0");
            newer(cx, At::Key(node), message, instead);
        }
    }
    for keyword in ["exclusiveMinimum", "exclusiveMaximum"] {
        let limit = cx.tree.get(at, keyword).filter(|node| cx.tree.number(*node).is_some());
        if let Some(node) = limit {
            let bound = if keyword.ends_with("Minimum") { "minimum" } else { "maximum" };
            let instead = format!("`{bound}` with `{keyword}: true` says the same");
            newer(
                cx,
                node.into(),
                format!("`{keyword}` is true or false in OpenAPI 3.0"),
                &instead,
            );
        }
    }
    let Some(node) = cx.tree.get(at, "type") else { return };
    if !cx.tree.items(node).is_empty() {
        let instead = "`nullable: true` beside one type allows null";
        newer(cx, node.into(), "`type` is one type in OpenAPI 3.0".to_owned(), instead);
    } else if cx.tree.text(node) == Some("null") {
        let instead = "`nullable: true` beside another type allows null";
        newer(cx, node.into(), "`null` is no type of OpenAPI 3.0".to_owned(), instead);
    }
}

fn newer(cx: &mut Cx<'_, '_>, at: At, message: String, instead: &str) {
    let help = match instead {
        "" => "state `openapi: 3.1.0`, or leave it out".to_owned(),
        instead => format!("{instead}; or state `openapi: 3.1.0`"),
    };
    cx.say(at, message).help(help);
}

/// Keywords of OpenAPI 3.0 that JSON Schema 2020-12 doesn't have, or has with another meaning.
fn of_3_0(cx: &mut Cx<'_, '_>, at: NodeId) {
    let flag = |key: &str| cx.tree.get(at, key).filter(|node| cx.tree.bool(*node).is_some());
    let limits = ["exclusiveMinimum", "exclusiveMaximum"].map(|key| (key, flag(key)));
    if let Some(node) = flag("nullable") {
        cx.say(At::Key(node), "`nullable` is no keyword since OpenAPI 3.1")
            .help("add `null` to `type`: `type: [string, 'null']`");
    }
    for (keyword, node) in limits {
        if let Some(node) = node {
            cx.say(node, format!("`{keyword}` is a number since OpenAPI 3.1"))
                .help(format!("write the limit as `{keyword}`, in place of the inclusive one"));
        }
    }
}

//! What the document says of the API as a whole.

use super::cx::Cx;
use crate::diag::At;

/// The API is described.
pub(super) fn description(cx: &mut Cx<'_, '_>) {
    let help = "say what the API is for: the text heads the documentation of the client";
    without(cx, "description", "no description", help);
}

/// There is someone to ask.
pub(super) fn contact(cx: &mut Cx<'_, '_>) {
    without(cx, "contact", "no contact", "add `contact` with the vendor's support address");
}

/// There is a licence.
pub(super) fn license(cx: &mut Cx<'_, '_>) {
    without(cx, "license", "no licence", "add `license`, if the vendor names one for the API");
}

fn without(cx: &mut Cx<'_, '_>, key: &str, what: &str, help: &str) {
    let at = cx.spec.info.at;
    if cx.tree.get(at, key).is_none_or(|node| cx.tree.is_null(node)) {
        cx.say(At::Key(at), format!("the API has {what}")).help(help);
    }
}

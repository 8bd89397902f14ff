//! What models say of themselves where the document doesn't: where they stand.

use super::super::cx::{Cx, Evidence, Owner, Shared};
use tenon_ir as ir;

/// Gives inline models without a description the sentence that tells their place. Those of operations have
/// none that says more than their name.
pub(super) fn assign(api: &mut ir::Api, cx: &Cx<'_, '_>) {
    for (id, evidence) in cx.evidence.iter().enumerate() {
        let Evidence::Position { parent: Owner::Item(parent), place, shared, .. } = evidence else {
            continue;
        };
        let docs = &api.items[id].docs;
        if docs.summary.is_none() && docs.description.is_none() {
            let sentence = sentence(api.item(*parent), place, *shared);
            api.items[id].docs.summary = Some(sentence);
        }
    }
}

fn sentence(parent: &ir::Item, place: &str, shared: Shared) -> String {
    let others = if shared == Shared::Alone { "" } else { " and others" };
    let name = parent.name.as_str();
    let place = place.trim();
    let what = match (&parent.kind, place.rsplit_once(' ')) {
        (ir::Kind::Union(_), _) => "A form".to_owned(),
        (_, None) if place.is_empty() => "The value".to_owned(),
        (_, None) if matches!(place, "item" | "value") => article(place),
        (_, Some((outer, inner @ ("item" | "value")))) => {
            format!("{} of `{outer}`", article(inner))
        }
        (_, Some(("additional", "property"))) => "An additional property".to_owned(),
        _ => format!("The `{place}`"),
    };
    format!("{what} of `{name}`{others}.")
}

fn article(noun: &str) -> String {
    let article = if noun == "item" { "An" } else { "A" };
    format!("{article} {noun}")
}

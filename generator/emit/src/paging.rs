//! Lists that are read page by page: the descriptor, the type of an item, and what the documentation says.

use tenon_ir::{Operation, PageInput, PageStep, Paging};

use crate::layout::quoted;
use crate::markdown::code;
use crate::scope::Scope;
use crate::types;

/// `pages models::Device`: what stands behind the outcomes.
pub(crate) fn item(scope: &Scope<'_>, operation: &Operation) -> Option<String> {
    let paging = operation.paging.as_ref()?;
    Some(format!("pages {}", types::text(scope, &paging.item)))
}

/// `paging(offset(2, 0) items("/results"))`
pub(crate) fn described(paging: &Paging) -> String {
    let sent = |sent: &PageInput| match sent {
        PageInput::Param(at) => at.to_string(),
        PageInput::Member(at, pointer) => format!("[{at}, {}]", quoted(pointer)),
        PageInput::Body(pointer) => quoted(pointer),
    };
    let mut text = match &paging.step {
        PageStep::Offset { input, first } => format!("offset({}, {first})", sent(input)),
        PageStep::Number { input, first } => format!("number({}, {first})", sent(input)),
        PageStep::Cursor { input, next } => format!("cursor({}, {})", sent(input), quoted(next)),
        PageStep::LastItem { input, id } => format!("last_item({}, {})", sent(input), quoted(id)),
        PageStep::Address { next } => format!("address({})", quoted(next)),
        PageStep::Link { relation } => format!("link({})", quoted(relation)),
    };
    let items = (!paging.items.is_empty()).then_some(&paging.items);
    for (name, place) in
        [("items", items), ("total", paging.total.as_ref()), ("more", paging.more.as_ref())]
    {
        if let Some(place) = place {
            text.push_str(&format!(" {name}({})", quoted(place)));
        }
    }
    format!("paging({text})")
}

/// What the documentation of the method says.
pub(crate) fn facts(operation: &Operation) -> Vec<String> {
    let Some(paging) = &operation.paging else { return Vec::new() };
    let name = operation.type_name.as_str();
    let mut facts = vec![format!(
        "Replies with a page of a list: [`items`]({name}::items) reads it whole, item by item, and \
         [`pages`]({name}::pages) page by page."
    )];
    let size = paging.size.as_ref().and_then(|size| match size {
        PageInput::Param(at) => operation.params.get(*at).map(|param| param.wire.as_str()),
        PageInput::Member(_, pointer) => Some(pointer.trim_start_matches('/')),
        PageInput::Body(pointer) => Some(pointer.as_str()),
    });
    facts.extend(size.map(|size| format!("{} sets the size of a page.", code(size))));
    facts
}

//! The parts of a multipart body that holds files: they have no model, but a type of their own.

use super::walk::{Holder, Source, Subject, Walk};
use crate::ir;

/// The part that a property of the body became, and its type.
pub(super) fn field(
    walk: &Walk<'_, '_>,
    pair: usize,
    is_new: bool,
    name: &str,
) -> (Option<Subject>, Option<ir::Type>) {
    let is_body = |subject: &Option<Subject>| matches!(subject, Some(Subject::Input(_, input)) if input == "body");
    let call = walk.pairs[pair].above.iter().find_map(|(source, holder)| match (source, holder) {
        (Source::Call(call, _), Holder::Items(old, new))
            if is_body(if is_new { new } else { old }) =>
        {
            Some(*call)
        }
        _ => None,
    });
    let Some(call) = call else { return (None, None) };
    let found = part(walk, call, is_new, name);
    let subject = found.is_some().then(|| Subject::Input(call, format!("part {name}")));
    let ty = found.and_then(|field| match &field.value {
        ir::PartValue::Value(ty) => Some(ty.clone()),
        ir::PartValue::File | ir::PartValue::Files => None,
    });
    (subject, ty)
}

fn part<'w>(
    walk: &'w Walk<'_, '_>,
    call: usize,
    is_new: bool,
    name: &str,
) -> Option<&'w ir::PartField> {
    let side = if is_new { walk.new } else { walk.old };
    let at = if is_new { walk.calls[call].new } else { walk.calls[call].old }?;
    let (_, operation) = side.call(super::operations::operation(side, at).at)?;
    let payloads = operation.body.as_ref()?.payloads();
    let parts = payloads.into_iter().find_map(|payload| match &payload.content {
        ir::Content::Multipart(ir::Multipart::Parts(parts)) => Some(parts),
        _ => None,
    })?;
    parts.fields.iter().find(|field| field.encoding.property == name)
}

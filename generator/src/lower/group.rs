//! Groups: operations by tag, and by path where there is no tag.

use super::auth::Scheme;
use super::cx::Cx;
use super::example::Call;
use super::{address, docs, names, operation, volume};
use crate::spec::Operation;
use tenon_ir as ir;

/// Group of operations that nothing tells apart: neither a tag nor their path.
const ALL: &str = "operations";

/// Every operation, by its first tag: declared tags in their order, then others as they come. One
/// without a tag belongs with those whose path begins alike.
pub(super) fn groups(cx: &mut Cx<'_, '_>, schemes: &[Scheme]) -> Vec<ir::Group> {
    let spec = cx.spec;
    let mut groups: Vec<(ir::Group, Vec<Call>)> =
        spec.tags.iter().map(|tag| (tagged(cx, tag.name), Vec::new())).collect();
    for operation in &spec.operations {
        let tag = tag(cx, operation);
        let name = tag.unwrap_or_else(|| subject(operation));
        let known = groups.iter().position(|(group, _)| group.tag == name);
        let index = known.unwrap_or_else(|| {
            let group = tag.map_or_else(|| untagged(name), |tag| tagged(cx, tag));
            groups.push((group, Vec::new()));
            groups.len() - 1
        });
        let (lowered, call) = operation::lower(cx, schemes, operation);
        groups[index].0.operations.push(lowered);
        groups[index].1.push(call);
    }
    groups.retain(|(group, _)| !group.operations.is_empty());
    let (mut groups, calls): (Vec<_>, Vec<_>) = groups.into_iter().unzip();
    groups.iter_mut().for_each(divide);
    cx.calls = calls.into_iter().flatten().collect();
    groups
}

/// The tag of an operation; none if a framework took it from where the API lies.
fn tag<'t>(cx: &Cx<'_, 't>, operation: &Operation<'t>) -> Option<&'t str> {
    let tag = operation.tags.first().copied().filter(|tag| !tag.is_empty())?;
    let is_declared = || cx.spec.tags.iter().any(|known| known.name == tag);
    let segments = address::segments(operation);
    let is_address =
        address::is_usual(tag) && segments[..address::length(&segments)].contains(&tag);
    (!is_address || is_declared()).then_some(tag)
}

/// What the path is about: its first segment that is neither an address, a version nor a parameter.
pub(super) fn subject<'t>(operation: &Operation<'t>) -> &'t str {
    let segments = address::segments(operation);
    let says = |segment: &&str| address::is_text(segment) && !address::is_usual(segment);
    segments.into_iter().find(says).map_or(ALL, address::without_format)
}

fn tagged(cx: &mut Cx<'_, '_>, tag: &str) -> ir::Group {
    let declared = cx.spec.tags.iter().find(|known| known.name == tag);
    let docs = declared.map(|tag| ir::Docs {
        link: tag.docs.as_ref().map(docs::link),
        ..docs::described(cx, tag.at, tag.description)
    });
    group(tag, docs.unwrap_or_default())
}

fn untagged(name: &str) -> ir::Group {
    let text = match name {
        ALL => "Operations without a tag.".to_owned(),
        _ => format!("Operations without a tag, on `{name}`."),
    };
    group(name, ir::Docs { description: Some(text), ..ir::Docs::default() })
}

fn group(tag: &str, docs: ir::Docs) -> ir::Group {
    ir::Group {
        name: ir::Ident(tag.to_owned()),
        type_name: ir::Ident(tag.to_owned()),
        tag: tag.to_owned(),
        docs,
        operations: Vec::new(),
        parts: Vec::new(),
    }
}

/// Divides a group that would be too long a file, by the paths of its operations.
fn divide(group: &mut ir::Group) {
    let own = names::module_name(&group.tag);
    let entry = |operation: &ir::Operation| {
        let text = |segment: &ir::Segment| match segment {
            ir::Segment::Text(text) => text.clone(),
            ir::Segment::Param(_) => String::new(),
        };
        let path: String = operation.path.iter().map(text).collect();
        let path: Vec<String> = path
            .split('/')
            .filter(|segment| !segment.is_empty())
            .map(names::module_name)
            .skip_while(|segment| *segment == own)
            .collect();
        volume::Entry { name: path.join("_"), bytes: bytes(operation) }
    };
    let entries: Vec<volume::Entry> = group.operations.iter().map(entry).collect();
    for (operation, part) in group.operations.iter_mut().zip(volume::bind(&entries)) {
        if !part.is_empty() {
            let known = group.parts.iter().position(|known| known.0 == part);
            operation.part = known.or(Some(group.parts.len()));
            if known.is_none() {
                group.parts.push(ir::Ident(part));
            }
        }
    }
}

/// About how much code an operation becomes.
fn bytes(operation: &ir::Operation) -> usize {
    let said = |docs: &ir::Docs| docs.description.as_deref().map_or(0, str::len);
    let params: usize = operation.params.iter().map(|it| 500 + said(&it.docs)).sum();
    let replies: usize = operation.responses.iter().map(|it| 250 + said(&it.docs)).sum();
    1_500 + said(&operation.docs) + params + replies
}

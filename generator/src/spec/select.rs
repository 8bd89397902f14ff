//! Selection: the operations that are asked for, and the schemas that they reach.
//!
//! A document of a thousand operations is often needed for ten. What no chosen operation reaches is
//! taken out of the [`Spec`] before anything is decided.

mod pattern;
mod reach;

use super::model::{Operation, Spec};
use crate::diag::{Code, Sink};
use crate::source::NodeId;
use pattern::Pattern;
use std::collections::HashSet;

/// Which operations are generated: each that a pattern of `include` names, or every one when there
/// is none, other than those that a pattern of `exclude` names.
///
/// A callback comes with the operations that bring it about, unless a pattern of `exclude` names it;
/// a webhook is chosen as an operation is, by its name in place of the path. A link chooses nothing:
/// one to an operation that is left out isn't told.
///
/// A pattern is `tag:NAME`, `path:GLOB`, `id:NAME`, or an operation's id by itself. In a glob, `*`
/// stands for anything but `/`, and `**` for anything.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Selection {
    /// What is generated.
    pub include: Vec<String>,
    /// What isn't.
    pub exclude: Vec<String>,
}

impl Selection {
    /// Nothing is selected: everything is generated.
    pub fn is_empty(&self) -> bool {
        self.include.is_empty() && self.exclude.is_empty()
    }
}

/// Takes out of the document what the selection leaves out.
///
/// A pattern that matches nothing is an error: what it once selected has gone, or is named
/// otherwise.
pub fn select(spec: &mut Spec<'_>, selection: &Selection, sink: &mut Sink) {
    if selection.is_empty() {
        return;
    }
    let include = patterns(spec, &selection.include, sink);
    let exclude = patterns(spec, &selection.exclude, sink);
    let matches = |patterns: &[Pattern<'_>], operation: &_| {
        patterns.iter().any(|pattern| pattern.matches(operation))
    };
    let is_selected = |operation: &_| {
        (include.is_empty() || matches(&include, operation)) && !matches(&exclude, operation)
    };
    let all: Vec<Named<'_>> =
        spec.all_operations().map(|operation| named(spec, operation)).collect();
    let (mut chosen, mut waiting) = (HashSet::new(), Vec::new());
    waiting.extend(spec.all_operations().filter(|it| is_selected(it)).map(|it| it.at));
    while let Some(at) = waiting.pop() {
        if chosen.insert(at) {
            let caused = spec.webhooks.iter().filter(|webhook| webhook.causes.contains(&at));
            let caused = caused.filter(|webhook| !matches(&exclude, &webhook.operation));
            waiting.extend(caused.map(|webhook| webhook.operation.at));
        }
    }
    spec.operations.retain(|operation| chosen.contains(&operation.at));
    spec.webhooks.retain(|webhook| chosen.contains(&webhook.operation.at));
    unlink(spec, &all, &chosen);
    if spec.operations.is_empty() && spec.webhooks.is_empty() && !sink.has_errors() {
        sink.error(Code::Selection, None, "the selection leaves no operation")
            .help("let a pattern of `include` name what no pattern of `exclude` does");
    }
    let reached = reach::schemas(spec);
    spec.components.retain(|(_, id)| reached.contains(id));
}

/// An operation, and what a link may call it.
struct Named<'t> {
    at: NodeId,
    id: Option<&'t str>,
    pointer: String,
}

fn named<'t>(spec: &Spec<'t>, operation: &Operation<'t>) -> Named<'t> {
    let pointer = format!("#{}", spec.tree.pointer(operation.at));
    Named { at: operation.at, id: operation.id, pointer }
}

/// Takes out the links to operations that aren't chosen.
fn unlink(spec: &mut Spec<'_>, all: &[Named<'_>], chosen: &HashSet<NodeId>) {
    let is_meant =
        |operation: &Named<'_>, name: &str| operation.id == Some(name) || operation.pointer == name;
    for response in &mut spec.responses {
        response.links.retain(|link| {
            let Some(name) = link.operation else { return true };
            let mut meant = all.iter().filter(|operation| is_meant(operation, name)).peekable();
            meant.peek().is_none() || meant.any(|operation| chosen.contains(&operation.at))
        });
    }
}

fn patterns<'p>(spec: &Spec<'_>, texts: &'p [String], sink: &mut Sink) -> Vec<Pattern<'p>> {
    let patterns: Vec<Pattern<'_>> = texts.iter().map(|text| Pattern::of(text)).collect();
    for (pattern, text) in patterns.iter().zip(texts) {
        let all = || spec.all_operations();
        if !all().any(|operation| pattern.matches(operation)) {
            let message = format!("the pattern `{text}` selects no operation");
            sink.error(Code::Selection, None, message).help(pattern.help(all()));
        }
    }
    patterns
}

//! Selection: the operations that are asked for, and the schemas that they reach.
//!
//! A document of a thousand operations is often needed for ten. What no chosen operation reaches is
//! taken out of the [`Spec`] before anything is decided.

mod pattern;
mod reach;

use super::model::Spec;
use crate::diag::{Code, Sink};
use pattern::Pattern;

/// Which operations are generated: each that a pattern of `include` names, or every one when there
/// is none, other than those that a pattern of `exclude` names.
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
    spec.operations.retain(|operation| is_selected(operation));
    spec.webhooks.retain(|webhook| is_selected(&webhook.operation));
    if spec.operations.is_empty() && spec.webhooks.is_empty() && !sink.has_errors() {
        sink.error(Code::Selection, None, "the selection leaves no operation")
            .help("let a pattern of `include` name what no pattern of `exclude` does");
    }
    let reached = reach::schemas(spec);
    spec.components.retain(|(_, id)| reached.contains(id));
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

//! Lints: what a document says that it shouldn't, or leaves out that matters.
//!
//! [`Spec`] in, diagnostics out. Each rule is a function in the file of its noun and a row in
//! [`RULES`]. What reading and lowering report anyway (an unknown reference, a value listed twice, a
//! pattern that isn't one) isn't said again: their codes are configured by the same [`Lints`].
//!
//! A rule reports what is wrong, not what is unusual: a vendor's API is as it is, and the document
//! has to say so.

mod body;
mod component;
mod cx;
mod date;
mod default;
mod deprecated;
mod discriminator;
mod enumeration;
mod example;
mod fix;
mod idempotency;
mod info;
mod keyword;
mod level;
mod limit;
mod link;
mod list;
mod nullable;
mod operation;
mod overlap;
mod parameter;
mod path;
mod pattern;
mod reply;
mod rules;
mod scope;
mod security;
mod server;
mod settle;
mod source;
mod tag;
mod text;
mod value;

pub use fix::{Edit, apply, fixes};
pub use level::{Level, Lints};
pub use rules::{RULES, Rule, named, rule_of};
pub use settle::{Allow, Settled, Where, settle};

use crate::diag::Sink;
use crate::spec::Spec;
use cx::Cx;

/// Runs the rules that are on.
pub fn run(spec: &Spec<'_>, lints: &Lints, sink: &mut Sink) {
    for rule in RULES {
        if let Some(severity) = lints.level(rule).severity() {
            (rule.check)(&mut Cx { spec, tree: spec.tree, sink, code: rule.code, severity });
        }
    }
}

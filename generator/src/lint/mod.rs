//! Lints: what a document says that it shouldn't, or leaves out that matters.
//!
//! [`Spec`] in, diagnostics out. Each rule is a function in the file of its noun and a row in
//! [`RULES`]. What reading and lowering report anyway (an unknown reference, a value listed twice, a
//! pattern that isn't one) isn't said again: their codes are configured by the same [`Lints`].
//!
//! A rule reports what is wrong, not what is unusual: a vendor's API is as it is, and the document
//! has to say so. `comparison.md` beside this file has each rule of Redocly CLI and Spectral. These of
//! their findings are left out therefore:
//!
//! - descriptions, titles and the like beside `$ref` (`no-$ref-siblings`, `spec-ref-siblings`): they
//!   are honoured here; what isn't is reported as `T0216`;
//! - an `allOf` of one schema (`no-illogical-composition-keywords`): OpenAPI 3.0 has no other way to
//!   say something of a reference;
//! - characters of an operationId that a URL would escape (`operation-operationId-url-safe`): names
//!   are made of its words, and `operation-id-case` compares those;
//! - keys such as `200` without quotes (`parser`): YAML's number is read as the text that it is;
//! - each operation of a document that says nothing of credentials, and each use of an undeclared tag
//!   (`security-defined`, `operation-tag-defined`): one finding says it;
//! - what the shape of the document breaks (`struct`, `oas3-schema`), as far as it can be read on
//!   from: documents of the project are held to a strict model, which refuses it (`T0219`);
//! - `null` as an example or default of what can't be null: many tools write it for "none";
//! - formats of examples other than those that a type of the client has to read (`T0421`): `format`
//!   is an annotation.

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
mod pagination;
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
mod version;

pub use fix::{Edit, apply, fixes};
pub use level::{Level, Lints};
pub use rules::{RULES, Rule, named, rule_of};
pub use settle::{Allow, Settled, Where, settle};

use crate::diag::{Code, Sink};
use crate::spec::Spec;
use cx::Cx;
use tenon_ir as ir;

/// Runs the rules that are on.
pub fn run(spec: &Spec<'_>, lints: &Lints, sink: &mut Sink) {
    for rule in RULES {
        if let Some(severity) = lints.level(rule).severity() {
            (rule.check)(&mut Cx { spec, tree: spec.tree, sink, code: rule.code, severity });
        }
    }
}

/// Runs the rules that look at the decided client, if they are on.
pub fn run_decided(api: &ir::Api, spec: &Spec<'_>, lints: &Lints, sink: &mut Sink) {
    let rule = rule_of(Code::UndeclaredPages);
    if let Some(severity) = rule.and_then(|rule| lints.level(rule).severity()) {
        let code = Code::UndeclaredPages;
        pagination::decided(&mut Cx { spec, tree: spec.tree, sink, code, severity }, api);
    }
}

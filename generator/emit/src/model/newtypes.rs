//! Types of their own around another type: recursive lists and maps.

use tenon_ir::{Item, Newtype};

use crate::layout::{Code, word};
use crate::scope::Scope;
use crate::{lints, rules, types};

/// `tenon_runtime::newtype!(Tree(Vec<Tree>) [MaxItems(3)]);` behind its definition.
pub(super) fn write(scope: &Scope<'_>, item: &Item, shape: &Newtype, out: &mut Code) {
    let mut docs = super::docs(item);
    docs.facts(&rules::words(&shape.rules));
    let (name, ty) = (word(&item.name), types::text(scope, &shape.ty));
    out.docs(0, &docs.lines());
    out.line(0, &super::derives(item.derives));
    out.line(0, &format!("pub struct {name}("));
    out.docs(1, &[" The content.".to_owned()]);
    if let Some(lint) = lints::complexity_text(&shape.ty, 0) {
        out.line(1, lint);
    }
    out.line(1, &format!("pub {ty},"));
    out.line(0, ");");
    out.blank();
    let rules = rules::list(&shape.rules);
    out.line(0, &format!("tenon_runtime::newtype!({name}({ty}){rules});"));
}

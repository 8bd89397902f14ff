//! The operations of one tag: a handle with a method for each.

use quote::quote;
use tenon_ir::{Api, Group, Operation, Outcome};

use crate::ast;
use crate::body;
use crate::docs::Text;
use crate::file::{File, rust_text};
use crate::gate;
use crate::layout::{self, Code, word};
use crate::literal::{Plain, ident};
use crate::markdown::literal;
use crate::module;
use crate::operation;
use crate::package::Package;
use crate::scope::Scope;

/// `<group>.rs`
pub(crate) fn file(api: &Api, package: &Package, index: usize) -> Option<File> {
    let group = api.groups.get(index)?;
    let own: Vec<&Operation> = group.operations.iter().filter(|it| it.part.is_none()).collect();
    let scope = Scope::module(api, names(group, &own));
    let mut out = Code::default();
    handle(&scope, package, group, &own, &mut out);
    calls(&scope, group, &own, &mut out);
    let mut head = ast::items(module::parts(&group.parts));
    head.extend(ast::items(scope.imports()));
    let mut docs = docs(group);
    docs.origin(&group.docs);
    gate::note(api, index).iter().for_each(|note| docs.sentence(note));
    let name = group.name.plain();
    let path = package.path(api, &format!("{name}.rs"));
    Some(rust_text(path, &package.source, &docs, head, &out.finish()))
}

/// `<group>/<part>.rs`
pub(crate) fn part(api: &Api, package: &Package, index: usize, part: usize) -> Option<File> {
    let group = api.groups.get(index)?;
    let name = group.parts.get(part)?;
    let own: Vec<&Operation> = group.operations.iter().filter(|it| it.part == Some(part)).collect();
    let scope = Scope::part(api, names(group, &own));
    let handle = ident(&group.type_name);
    let mut out = Code::default();
    methods(&scope, package, group, &own, &mut out);
    calls(&scope, group, &own, &mut out);
    let mut head = ast::items(scope.imports());
    head.extend(ast::items(quote!(use super::#handle;)));
    let docs = Text::new(format!("Operations of “{}”: a part of them.", literal(&group.tag)));
    let path = package.path(api, &format!("{}/{}.rs", group.name.plain(), name.plain()));
    Some(rust_text(path, &package.source, &docs, head, &out.finish()))
}

fn docs(group: &Group) -> Text {
    Text::of(&group.docs, || format!("Operations of “{}”.", literal(&group.tag)))
}

/// Types that the file defines, and the handle.
fn names<'a>(group: &'a Group, own: &[&'a Operation]) -> impl Iterator<Item = &'a str> {
    let types = own.iter().copied().flat_map(operation_names);
    std::iter::once(group.type_name.as_str()).chain(types)
}

fn operation_names(operation: &Operation) -> impl Iterator<Item = &str> {
    let outcomes = [&operation.success, &operation.failure].into_iter().chain(&operation.stream);
    let outcomes = outcomes.filter_map(|it| match it {
        Outcome::None | Outcome::One(_) => None,
        Outcome::Many { name, .. } => Some(name.as_str()),
    });
    let bodies = body::names(operation);
    std::iter::once(operation.type_name.as_str()).chain(bodies).chain(outcomes)
}

fn handle(scope: &Scope<'_>, package: &Package, group: &Group, own: &[&Operation], out: &mut Code) {
    let (name, core) = (word(&group.type_name), layout::path(&scope.op("Core")));
    out.docs(0, &[format!(" Operations of “{}”.", literal(&group.tag))]);
    out.line(0, "#[derive(Clone, Debug)]");
    out.line(0, &format!("pub struct {name} {{"));
    out.line(1, &format!("core: {core},"));
    out.line(0, "}");
    out.blank();
    out.line(0, &format!("impl {name} {{"));
    out.line(1, &format!("pub(super) fn new(core: &{core}) -> Self {{"));
    out.line(2, "Self { core: core.clone() }");
    out.line(1, "}");
    out.line(0, "}");
    if !own.is_empty() {
        out.blank();
        methods(scope, package, group, own, out);
    }
}

/// The methods of the handle, in a macro.
fn methods(
    scope: &Scope<'_>,
    package: &Package,
    group: &Group,
    own: &[&Operation],
    out: &mut Code,
) {
    out.line(0, &format!("tenon_runtime::methods! {{ {};", word(&group.type_name)));
    for (at, operation) in own.iter().enumerate() {
        if at > 0 {
            out.blank();
        }
        operation::method(scope, package, group, operation, out);
    }
    out.line(0, "}");
}

fn calls(scope: &Scope<'_>, group: &Group, own: &[&Operation], out: &mut Code) {
    for operation in own {
        out.blank();
        operation::items(scope, group, operation, out);
    }
}

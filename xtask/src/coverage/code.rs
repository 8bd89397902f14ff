//! What the committed code of an API holds: its operation descriptors and its methods.

use std::collections::BTreeSet;
use std::path::Path;

use anyhow::Context;
use syn::{Expr, ImplItem, Item, Lit, ReturnType, Type};

/// Descriptors and methods of one module of the generated crate.
#[derive(Debug, Default)]
pub(super) struct Module {
    /// First arguments of `Operation::new`.
    descriptors: BTreeSet<String>,
    /// Names and reply types of methods.
    methods: BTreeSet<(String, String)>,
}

impl Module {
    /// Reads the Rust files right in a folder; a folder that isn't there holds nothing.
    pub(super) fn read(folder: &Path) -> anyhow::Result<Self> {
        let mut module = Self::default();
        for (path, file) in super::wire::rust_files(folder)? {
            let file = syn::parse_file(&file)
                .with_context(|| format!("cannot parse `{}`", path.display()))?;
            file.items.iter().for_each(|item| module.add(item));
        }
        Ok(module)
    }

    /// Whether the operation has a descriptor, and a method that begins a call of it.
    pub(super) fn has(&self, id: &str, method: &str, builder: &str) -> bool {
        self.descriptors.contains(id)
            && self.methods.contains(&(method.to_owned(), builder.to_owned()))
    }

    fn add(&mut self, item: &Item) {
        match item {
            Item::Static(item) => self.descriptors.extend(descriptor(&item.expr)),
            Item::Impl(block) => self.methods.extend(block.items.iter().filter_map(method)),
            _ => {}
        }
    }
}

/// The id in `Operation::new("id", …).….…`.
fn descriptor(expr: &Expr) -> Option<String> {
    match expr {
        Expr::MethodCall(call) => descriptor(&call.receiver),
        Expr::Call(call) => {
            let Expr::Path(function) = &*call.func else { return None };
            let names: Vec<_> = function
                .path
                .segments
                .iter()
                .rev()
                .take(2)
                .map(|segment| segment.ident.to_string())
                .collect();
            match call.args.first() {
                Some(Expr::Lit(id)) if names == ["new", "Operation"] => text(&id.lit),
                _ => None,
            }
        }
        _ => None,
    }
}

fn text(literal: &Lit) -> Option<String> {
    match literal {
        Lit::Str(text) => Some(text.value()),
        _ => None,
    }
}

/// The name of a method and the name of the type that it returns.
fn method(item: &ImplItem) -> Option<(String, String)> {
    let ImplItem::Fn(method) = item else { return None };
    let ReturnType::Type(_, returned) = &method.sig.output else { return None };
    let Type::Path(returned) = &**returned else { return None };
    Some((method.sig.ident.to_string(), returned.path.segments.last()?.ident.to_string()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_operation_is_there_with_its_descriptor_and_its_method() {
        let file = syn::parse_file(
            r#"
            impl Devices { pub fn lock(&self, id: &str) -> Lock { todo!() } }
            static LOCK: Operation = Operation::new("lockDevice", "POST", "/").idempotent();
            static OTHER: Other = Other::new("unlockDevice");
            "#,
        )
        .unwrap();
        let mut module = Module::default();
        file.items.iter().for_each(|item| module.add(item));
        assert!(module.has("lockDevice", "lock", "Lock"));
        assert!(!module.has("lockDevice", "unlock", "Lock"));
        assert!(!module.has("unlockDevice", "lock", "Lock"));
    }
}

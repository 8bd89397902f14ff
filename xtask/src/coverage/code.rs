//! What the committed code of an API holds: its operations and the methods that call them.

use std::collections::BTreeSet;
use std::path::Path;

use anyhow::Context;
use proc_macro2::{Delimiter, TokenStream, TokenTree};
use syn::{Item, LitStr};

/// Operations and methods of one module of the generated crate.
#[derive(Debug, Default)]
pub(super) struct Module {
    /// Ids in `operation!`.
    operations: BTreeSet<String>,
    /// Names and calls of `methods!`.
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
        self.operations.contains(id)
            && self.methods.contains(&(method.to_owned(), builder.to_owned()))
    }

    fn add(&mut self, item: &Item) {
        let Item::Macro(item) = item else { return };
        let name = item.mac.path.segments.last().map(|segment| segment.ident.to_string());
        match name.as_deref() {
            Some("operation") => self.operations.extend(id(&item.mac.tokens)),
            Some("methods") => self.methods.extend(methods(&item.mac.tokens)),
            _ => {}
        }
    }
}

/// The id in `operation! { CONSTANT: Call -> Success, Failure; "id" "METHOD" "path" … }`.
fn id(tokens: &TokenStream) -> Option<String> {
    let mut tokens = tokens.clone().into_iter();
    tokens.find(|token| is_punct(token, ';'))?;
    let id: LitStr = syn::parse2(tokens.next()?.into()).ok()?;
    Some(id.value())
}

/// Names and calls in `methods! { Handle; name(inputs) -> Call = …; … }`.
fn methods(tokens: &TokenStream) -> Vec<(String, String)> {
    let tokens: Vec<TokenTree> = tokens.clone().into_iter().collect();
    let method = |window: &[TokenTree]| match window {
        [TokenTree::Ident(name), TokenTree::Group(inputs), dash, tip, TokenTree::Ident(call)]
            if inputs.delimiter() == Delimiter::Parenthesis
                && is_punct(dash, '-')
                && is_punct(tip, '>') =>
        {
            Some((name.to_string(), call.to_string()))
        }
        _ => None,
    };
    tokens.windows(5).filter_map(method).collect()
}

fn is_punct(token: &TokenTree, wanted: char) -> bool {
    matches!(token, TokenTree::Punct(punct) if punct.as_char() == wanted)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_operation_is_there_with_its_descriptor_and_its_method() {
        let file = syn::parse_file(
            r#"
            tenon_runtime::methods! { Devices;
                /// Locks a device.
                lock(id: &str) -> Lock = LOCK.param(0, &id);
                /// Its descriptor is missing.
                unlock(id: &str) -> Unlock = UNLOCK.param(0, &id);
            }
            tenon_runtime::operation! {
                /// A call.
                LOCK: Lock -> Empty, Undocumented;
                "lockDevice" "POST" "/";
            }
            tenon_runtime::other! { OTHER: Unlock; "unlockDevice" }
            "#,
        )
        .unwrap();
        let mut module = Module::default();
        file.items.iter().for_each(|item| module.add(item));
        assert!(module.has("lockDevice", "lock", "Lock"));
        assert!(!module.has("lockDevice", "relock", "Lock"));
        assert!(!module.has("unlockDevice", "unlock", "Unlock"));
    }
}

//! What the wire tests of an API call.
//!
//! A test counts for an operation when it calls the method of that name, itself or in a function
//! of the same file that it calls, and the file reaches for the operation's group. Calls inside of
//! macros such as `assert!` count too: the tokens are looked at, not the syntax tree.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use anyhow::Context;
use proc_macro2::{Delimiter, TokenStream, TokenTree};
use quote::ToTokens;
use syn::{Item, ItemFn};

/// Methods that the tests of an API call.
#[derive(Debug, Default)]
pub(super) struct Calls {
    methods: BTreeSet<String>,
}

impl Calls {
    /// Reads `wire_<api>*.rs` in a folder; without any, nothing is called.
    pub(super) fn read(folder: &Path, api: &str) -> anyhow::Result<Self> {
        let prefix = format!("wire_{api}");
        let mut calls = Self::default();
        for (path, text) in rust_files(folder)? {
            let name = path.file_stem().and_then(|name| name.to_str()).unwrap_or_default();
            if name
                .strip_prefix(&prefix)
                .is_some_and(|rest| rest.is_empty() || rest.starts_with('_'))
            {
                calls.add(&text).with_context(|| format!("cannot parse `{}`", path.display()))?;
            }
        }
        Ok(calls)
    }

    /// Whether a test calls the method of an operation, and the one that leads to its group.
    pub(super) fn contain(&self, group: &str, method: &str) -> bool {
        self.methods.contains(group) && self.methods.contains(method)
    }

    fn add(&mut self, text: &str) -> syn::Result<()> {
        let mut functions = BTreeMap::new();
        collect(&syn::parse_file(text)?.items, &mut functions);
        let mut open: Vec<_> = functions
            .iter()
            .filter(|(_, body)| body.is_test)
            .map(|(name, _)| name.clone())
            .collect();
        let mut reached = BTreeSet::new();
        while let Some(name) = open.pop() {
            let Some(body) = functions.get(&name) else { continue };
            if reached.insert(name) {
                self.methods.extend(body.methods.iter().cloned());
                open.extend(body.functions.iter().cloned());
            }
        }
        Ok(())
    }
}

/// What a function calls.
#[derive(Debug, Default)]
struct Body {
    is_test: bool,
    methods: BTreeSet<String>,
    functions: BTreeSet<String>,
}

fn collect(items: &[Item], functions: &mut BTreeMap<String, Body>) {
    for item in items {
        match item {
            Item::Fn(function) => {
                let mut body = Body { is_test: is_test(function), ..Body::default() };
                calls(function.block.to_token_stream(), &mut body);
                functions.insert(function.sig.ident.to_string(), body);
            }
            Item::Mod(module) => {
                collect(
                    module.content.as_ref().map_or(&[], |(_, items)| items.as_slice()),
                    functions,
                );
            }
            _ => {}
        }
    }
}

/// Whether the last segment of an attribute's path is `test`: `#[test]`, `#[tokio::test]`.
fn is_test(function: &ItemFn) -> bool {
    let mut names = function.attrs.iter().filter_map(|attribute| attribute.path().segments.last());
    names.any(|segment| segment.ident == "test")
}

/// Adds every `.name(…)` and every `name` of a token stream.
fn calls(tokens: TokenStream, body: &mut Body) {
    let tokens: Vec<_> = tokens.into_iter().collect();
    for (index, token) in tokens.iter().enumerate() {
        match token {
            TokenTree::Group(group) => calls(group.stream(), body),
            TokenTree::Ident(name) => {
                let name = name.to_string();
                let before = index.checked_sub(1).and_then(|before| tokens.get(before));
                if matches!(before, Some(TokenTree::Punct(dot)) if dot.as_char() == '.') {
                    if is_called(&tokens[index + 1..]) {
                        body.methods.insert(name);
                    }
                } else {
                    // A function may also be passed on instead of called.
                    body.functions.insert(name);
                }
            }
            TokenTree::Punct(_) | TokenTree::Literal(_) => {}
        }
    }
}

/// Whether arguments follow a name.
fn is_called(rest: &[TokenTree]) -> bool {
    matches!(rest.first(), Some(TokenTree::Group(group)) if group.delimiter() == Delimiter::Parenthesis)
}

/// The Rust files right in a folder, by name; nothing when there is no such folder.
pub(super) fn rust_files(folder: &Path) -> anyhow::Result<Vec<(PathBuf, String)>> {
    let Ok(entries) = folder.read_dir() else { return Ok(Vec::new()) };
    let mut paths: Vec<_> = entries.flatten().map(|entry| entry.path()).collect();
    paths.retain(|path| path.extension().is_some_and(|extension| extension == "rs"));
    paths.sort();
    let text = |path: PathBuf| {
        let text = std::fs::read_to_string(&path)
            .with_context(|| format!("cannot read `{}`", path.display()))?;
        Ok((path, text))
    };
    paths.into_iter().map(text).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn calls_of(text: &str) -> Calls {
        let mut calls = Calls::default();
        calls.add(text).unwrap();
        calls
    }

    #[test]
    fn calls_of_tests_count_even_inside_macros_and_helpers() {
        let calls = calls_of(
            r#"
            #[tokio::test]
            async fn lock() { assert_eq!(client().devices().lock("x").await, helper().await); }
            async fn helper() { client().devices().erase("x").await }
            "#,
        );
        assert!(calls.contain("devices", "lock"));
        assert!(calls.contain("devices", "erase"));
    }

    #[test]
    fn calls_outside_of_tests_do_not_count() {
        let calls = calls_of(
            r#"
            async fn unused() { client().devices().erase("x").await }
            #[tokio::test]
            async fn lock() { let erase = "erase()"; client().devices(); }
            "#,
        );
        assert!(!calls.contain("devices", "erase"));
    }
}

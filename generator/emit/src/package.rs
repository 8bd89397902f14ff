//! Where an API's files belong, and the crate around them.

use std::borrow::Cow;

use proc_macro2::TokenStream;
use quote::quote;
use tenon_ir::{Api, Condition, CrateFeature, Dates};

use crate::ast;
use crate::docs::Text;
use crate::emit::emit;
use crate::file::{File, rust_root};
use crate::gate;
use crate::layout::WIDTH;
use crate::literal::{Plain, ident};
use crate::markdown::literal;
use crate::oauth;

/// How the module of an API is packaged.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Package {
    /// Rust path of the module that holds the API, as a user writes it: `mdm_clients::kandji`.
    pub module_path: String,
    /// Where the API was read from, for the note at the head of each file: `specs/kandji`.
    pub source: String,
    /// What the module is.
    pub layout: Layout,
}

/// What the module of an API is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Layout {
    /// A module of a crate with several APIs: `src/kandji/mod.rs`.
    Module,
    /// The root of a crate of its own: `src/lib.rs`.
    Crate,
}

/// The head of a `Cargo.toml`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Manifest {
    /// Package name: `mdm-clients`.
    pub name: String,
    /// One line that says what the crate is.
    pub description: String,
    /// Version; absent where it is that of the workspace.
    pub version: Option<String>,
    /// Where the runtime is found. A package that finds it in its workspace takes what packages share,
    /// and the lints, from there.
    pub runtime: Runtime,
    /// What the crate was made from, for the note at the head of its root: `specs`.
    pub source: String,
}

/// Where the generated crate finds `tenon-runtime`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Runtime {
    /// In the workspace's dependencies.
    Workspace,
    /// In a folder.
    Path(String),
    /// In the registry, by version.
    Version(String),
}

impl Package {
    /// Path of a file of the API.
    pub(crate) fn path(&self, api: &Api, name: &str) -> String {
        match self.layout {
            Layout::Module => format!("src/{}/{name}", api.name.plain()),
            Layout::Crate => format!("src/{name}"),
        }
    }

    /// What documentation calls the API: `the Kandji API`.
    pub(crate) fn title(&self, api: &Api) -> String {
        let title = literal(&api.title);
        let title = if title.is_empty() { "API".to_owned() } else { title };
        let lower = title.to_lowercase();
        let article = if lower.starts_with("the ") { "" } else { "the " };
        let noun = if lower.ends_with("api") || lower.contains("api ") { "" } else { " API" };
        format!("{article}{title}{noun}")
    }
}

/// Writes the files around the modules of several APIs: `Cargo.toml`, `rustfmt.toml`, `src/lib.rs`.
pub fn emit_root(apis: &[&Api], manifest: &Manifest) -> Vec<File> {
    let mut apis = apis.to_vec();
    apis.sort_by(|a, b| a.name.cmp(&b.name));
    let modules = apis.iter().map(|api| {
        let (name, gate) = (ident(&api.name), gate::of_module(api));
        quote!(#gate pub mod #name;)
    });
    let mut docs = Text::new(literal(&manifest.description));
    docs.sentence("Each API is a module behind a feature of its name; all are on by default.");
    let lines = apis.iter().map(|api| {
        let name = api.name.plain();
        format!("- `{name}`: {}, version {}", literal(&api.title), literal(&api.version))
    });
    docs.list(lines.collect());
    for api in apis.iter().filter(|api| api.features.is_some()) {
        docs.sentence(&format!("Each tag of `{}` can be had alone:", api.name.plain()));
        let parts = api.features.iter().flat_map(|features| &features.parts);
        docs.list(parts.map(|part| format!("- `{part}`")).collect());
    }
    let runtime = runtime();
    docs.sentence("Features that are off by default:");
    let lines = own_features(&apis);
    let lines = lines.iter().map(|it| format!("- `{}`: {}", it.name, it.purpose));
    docs.list(lines.collect());
    let limit = recursion_limit(apis.iter().copied());
    let items = ast::items(quote!(#(#modules)* #runtime));
    let root = rust_root("src/lib.rs".to_owned(), &manifest.source, &docs, limit, items);
    vec![cargo_toml(manifest, &apis, Layout::Module), rustfmt_toml(), root]
}

/// Writes a crate of its own for one API.
pub fn emit_crate(api: &Api, package: &Package, manifest: &Manifest) -> Vec<File> {
    let package = Package { layout: Layout::Crate, ..package.clone() };
    let mut files = vec![cargo_toml(manifest, &[api], Layout::Crate), rustfmt_toml()];
    files.extend(emit(api, &package));
    files
}

/// `#![recursion_limit = …]` for as many models: a chain of types, each a field of the one before,
/// takes the compiler two steps a link where it looks for what is dropped.
pub(crate) fn recursion_limit<'a>(apis: impl IntoIterator<Item = &'a Api>) -> Option<TokenStream> {
    let models = apis.into_iter().map(|api| api.items.len()).max().unwrap_or(0);
    // The limit that every crate has is enough for 64 links.
    let limit = (models > 60).then(|| (4 * models).next_power_of_two().to_string());
    limit.map(|limit| quote!(#![recursion_limit = #limit]))
}

/// A user of the crate names errors, tokens and retry policies without a dependency of their own on the runtime.
pub(crate) fn runtime() -> TokenStream {
    quote!(
        pub use tenon_runtime;
    )
}

fn rustfmt_toml() -> File {
    let text =
        "# @generated by tenon, which formats what it writes.\ndisable_all_formatting = true\n";
    File { path: "rustfmt.toml".to_owned(), text: text.to_owned() }
}

/// Features of the runtime that these APIs need beyond its own defaults.
fn runtime_features<'a>(apis: impl IntoIterator<Item = &'a Api>) -> Vec<&'static str> {
    let mut features: Vec<&str> = apis
        .into_iter()
        .filter_map(|api| match api.dates {
            Dates::Chrono => None,
            Dates::Jiff => Some("jiff"),
            Dates::Time => Some("time"),
        })
        .collect();
    features.sort_unstable();
    features.dedup();
    features
}

fn cargo_toml(manifest: &Manifest, apis: &[&Api], layout: Layout) -> File {
    let runtime = &runtime_features(apis.iter().copied());
    let mut text = format!("# @generated by tenon from {}; do not edit.\n\n", manifest.source);
    text.push_str("[package]\n");
    text.push_str(&format!("name = {}\n", quoted(&manifest.name)));
    text.push_str(&format!("description = {}\n", quoted(&manifest.description)));
    text.push_str(&match &manifest.version {
        Some(version) => format!("version = {}\n", quoted(version)),
        None => "version.workspace = true\n".to_owned(),
    });
    match &manifest.runtime {
        Runtime::Workspace => {
            for key in ["edition", "rust-version", "license", "publish"] {
                text.push_str(&format!("{key}.workspace = true\n"));
            }
            text.push_str("\n[lints]\nworkspace = true\n");
            // Without its sources, cargo would not load the workspace that holds the generator.
            text.push_str("\n[lib]\npath = \"src/lib.rs\"\n");
        }
        Runtime::Path(_) | Runtime::Version(_) => {
            text.push_str("edition = \"2024\"\nrust-version = \"1.89\"\n");
        }
    }
    text.push_str(&feature_table(apis, layout, &own_features(apis)));
    text.push_str("\n[dependencies]\n");
    text.push_str(&match &manifest.runtime {
        Runtime::Workspace => dependency("workspace = true".to_owned(), runtime),
        Runtime::Path(path) => dependency(format!("path = {}", quoted(path)), runtime),
        Runtime::Version(version) => dependency(format!("version = {}", quoted(version)), runtime),
    });
    if manifest.runtime != Runtime::Workspace {
        text.push_str("\n# A crate of its own, wherever its folder lies.\n[workspace]\n");
    }
    File { path: "Cargo.toml".to_owned(), text }
}

/// Features beside those of the APIs: what costs dependencies, or is for tests only.
fn own_features(apis: &[&Api]) -> Vec<CrateFeature> {
    let has = |feature: &&CrateFeature| match feature.condition {
        Condition::Always => true,
        Condition::Mocked => apis.iter().any(|api| api.mock.is_some()),
        Condition::Fetching => apis.iter().any(|api| oauth::has_endpoints(api)),
    };
    CrateFeature::ALL.iter().filter(has).copied().collect()
}

/// The feature that brings all of an API.
pub(crate) fn feature(api: &Api) -> &str {
    api.features.as_ref().map_or(api.name.plain(), |features| &features.whole)
}

/// A feature for each API, for its parts, and those of the crate. An API of the same name shares the feature.
fn feature_table(apis: &[&Api], layout: Layout, own: &[CrateFeature]) -> String {
    let has_feature = |api: &&&Api| layout == Layout::Module || api.features.is_some();
    let gated: Vec<&Api> = apis.iter().filter(has_feature).copied().collect();
    let wholes: Vec<&str> = gated.iter().map(|api| feature(api)).collect();
    let mut text = String::new();
    if !wholes.is_empty() {
        text.push_str(&format!("default = [{}]\n", list(&wholes)));
    }
    for api in &gated {
        let parts = api.features.as_ref().map_or(&[][..], |features| &features.parts);
        let parts: Vec<&str> = parts.iter().map(String::as_str).collect();
        let whole = feature(api);
        if own.iter().all(|feature| feature.name != whole) {
            text.push_str(&entry(whole, &parts));
        }
        text.extend(parts.iter().map(|part| entry(part, &[])));
    }
    for CrateFeature { name, purpose, .. } in own {
        let api = gated.iter().find(|api| feature(api) == *name);
        let parts = api.and_then(|api| api.features.as_ref());
        let parts = parts.iter().flat_map(|features| &features.parts).map(String::as_str);
        let runtime = format!("tenon-runtime/{name}");
        let turned_on: Vec<&str> = parts.chain([runtime.as_str()]).collect();
        text.push_str(&format!("# {purpose}\n{}", entry(name, &turned_on)));
    }
    if text.is_empty() { text } else { format!("\n[features]\n{text}") }
}

/// What a feature turns on: on one line, or a line for each of many.
fn entry(name: &str, turned_on: &[&str]) -> String {
    let name = key(name);
    let line = format!("{name} = [{}]\n", list(turned_on));
    if line.chars().count() <= WIDTH {
        return line;
    }
    let lines: String = turned_on.iter().map(|one| format!("    {},\n", quoted(one))).collect();
    format!("{name} = [\n{lines}]\n")
}

fn dependency(place: String, features: &[&str]) -> String {
    let features = match features {
        [] => String::new(),
        features => format!(", features = [{}]", list(features)),
    };
    format!("tenon-runtime = {{ {place}{features} }}\n")
}

fn list(features: &[&str]) -> String {
    let features: Vec<String> = features.iter().map(|feature| quoted(feature)).collect();
    features.join(", ")
}

/// A key of TOML: bare where its characters allow it. Names of features may hold any letters, bare
/// keys only those of ASCII.
fn key(name: &str) -> Cow<'_, str> {
    let is_bare = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_');
    if !name.is_empty() && name.chars().all(is_bare) {
        Cow::Borrowed(name)
    } else {
        Cow::Owned(quoted(name))
    }
}

/// A basic string of TOML.
fn quoted(text: &str) -> String {
    let escaped = text.chars().flat_map(|c| match c {
        '"' | '\\' => vec!['\\', c],
        c if c.is_control() => vec![' '],
        c => vec![c],
    });
    format!("\"{}\"", escaped.collect::<String>())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_feature_with_other_letters_than_ascii_is_a_quoted_key() {
        assert_eq!(entry("devices", &[]), "devices = []\n");
        assert_eq!(entry("mdm-geräte", &["дом"]), "\"mdm-geräte\" = [\"дом\"]\n");
    }
}

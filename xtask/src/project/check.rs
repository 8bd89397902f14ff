//! What a project file can't say.

use std::collections::BTreeSet;
use std::path::Path;

use tenon::diag::{At, Code, Sink};
use tenon::source::{self, Tree};

use super::file::File;
use super::{is_crate_name, is_lower_case};
use crate::choice::is_rule;
use crate::lint::settings;

/// Refuses names that can't be a crate or a module, and two APIs of one name.
pub(super) fn check(file: &File, folder: &Path, tree: &Tree, sink: &mut Sink) {
    let at = |pointer: String| {
        tree.find(tree.file(tree.root()), &pointer)
            .map_or(At::File(tree.file(tree.root())), At::Node)
    };
    if !is_crate_name(&file.name) {
        let message = format!("`{}` can't be the name of a crate", file.name);
        sink.error(Code::ProjectFile, at("/crate".to_owned()), message)
            .help("use lower-case letters, digits and `-`, and no word that Rust reserves");
    }
    for code in file.diff.levels.keys().filter(|code| !is_rule(code)) {
        let node = at(format!("/diff/levels/{}", source::escape(code)));
        sink.error(Code::ProjectFile, node, format!("there is no rule `{code}`"))
            .help("`generator/src/diff/rules.tsv` lists the rules");
    }
    let mut names = BTreeSet::new();
    settings::check_levels(&file.lints, "/lints", &at, sink);
    for (index, api) in file.apis.iter().enumerate() {
        settings::check_levels(&api.lints, &format!("/apis/{index}/lints"), &at, sink);
        settings::check_allows(&api.allow, &format!("/apis/{index}/allow"), &at, sink);
        let name = at(format!("/apis/{index}/name"));
        if !is_module_name(&api.name) {
            let message = format!("`{}` can't be the name of a module", api.name);
            sink.error(Code::ProjectFile, name, message)
                .help("use lower-case letters, digits and `_`");
        }
        if !names.insert(&api.name) {
            sink.error(Code::ProjectFile, name, format!("two APIs are named `{}`", api.name));
        }
        let overlays = api.overlays.iter().enumerate();
        let overlays =
            overlays.map(|(number, path)| (format!("/apis/{index}/overlays/{number}"), path));
        for (pointer, path) in
            std::iter::once((format!("/apis/{index}/spec"), &api.spec)).chain(overlays)
        {
            if !folder.join(path).is_file() {
                let message = format!("there is no file `{path}`");
                sink.error(Code::ProjectFile, at(pointer), message)
                    .help("paths are relative to the project file");
            }
        }
    }
}

/// Lower-case words that Rust takes, other than keywords.
fn is_module_name(name: &str) -> bool {
    is_lower_case(name) && syn::parse_str::<syn::Ident>(name).is_ok()
}

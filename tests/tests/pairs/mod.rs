//! The cases of `tests/cases/diff`, generated: a crate of all old clients, and one of all new ones.

use std::fs;
use std::path::{Path, PathBuf};

use tenon::{Config, File, Input, Outcome};

/// A case, generated.
pub(crate) struct Case {
    /// Its folder.
    pub(crate) name: String,
    /// What it says of the crate's release: `patch`, `minor` or `major`.
    pub(crate) rust: String,
    /// What became of the old document.
    pub(crate) old: Outcome,
    /// What became of the new document.
    pub(crate) new: Outcome,
}

impl Case {
    /// Files of the old client.
    pub(crate) fn old_files(&self) -> &[File] {
        self.old.files.as_deref().unwrap()
    }

    /// Files of the new client.
    pub(crate) fn new_files(&self) -> &[File] {
        self.new.files.as_deref().unwrap()
    }
}

/// The folder of the workspace.
pub(crate) fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..").canonicalize().unwrap()
}

/// Every case, by name.
pub(crate) fn cases() -> Vec<Case> {
    let mut cases = Vec::new();
    for entry in fs::read_dir(root().join("tests/cases/diff")).unwrap() {
        let folder = entry.unwrap().path();
        let name = folder.file_name().unwrap().to_str().unwrap().to_owned();
        let read = |file: &str| fs::read_to_string(folder.join(file)).unwrap();
        let (old, new) = (read("old.yaml"), read("new.yaml"));
        let rust = new.lines().find_map(|line| line.strip_prefix("# Rust: ")).map(str::to_owned);
        let rust = rust.unwrap_or_else(|| panic!("{name}: no verdict"));
        let (old, new) = (generate(old), generate(new));
        cases.push(Case { name, rust, old, new });
    }
    cases.sort_by(|a, b| a.name.cmp(&b.name));
    cases
}

fn generate(text: String) -> Outcome {
    let config = Config {
        name: "api".to_owned(),
        module_path: "api".to_owned(),
        source: "case".to_owned(),
        ..Config::default()
    };
    let input = Input {
        path: "case.yaml".to_owned(),
        text: text.into_bytes(),
        overlays: Vec::new(),
        loader: None,
    };
    tenon::generate(input, &config)
}

/// A folder below the target folder, emptied.
pub(crate) fn folder(path: &str) -> PathBuf {
    let target = std::env::current_exe().unwrap();
    let folder = target.ancestors().nth(3).unwrap().join(path);
    let _ = fs::remove_dir_all(&folder);
    fs::create_dir_all(folder.join("src")).unwrap();
    folder
}

/// Writes a crate with a module `c0`, `c1` … for each case, which has the client as `api`; all but
/// `src/lib.rs`.
pub(crate) fn write(folder: &Path, name: &str, cases: &[Case], files: fn(&Case) -> &[File]) {
    let runtime = root().join("runtime");
    let manifest = format!(
        "[package]\nname = \"{name}\"\nversion = \"0.1.0\"\nedition = \"2024\"\n\n\
         [dependencies]\ntenon-runtime = {{ path = {runtime:?} }}\n\n[workspace]\n"
    );
    fs::write(folder.join("Cargo.toml"), manifest).unwrap();
    fs::copy(root().join("Cargo.lock"), folder.join("Cargo.lock")).unwrap();
    for (index, case) in cases.iter().enumerate() {
        for File { path, text } in files(case) {
            let below = path.strip_prefix("src/").unwrap();
            let path = folder.join("src").join(format!("c{index}")).join(below);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, text).unwrap();
        }
    }
}

/// Writes `src/lib.rs`: the clients, and what else each module has.
pub(crate) fn write_root(folder: &Path, cases: &[Case], more: impl Fn(&Case) -> &'static str) {
    let mut text = String::from("#![allow(warnings)]\n#![recursion_limit = \"512\"]\n");
    for (index, case) in cases.iter().enumerate() {
        text.push_str(&format!("pub mod c{index} {{ pub mod api; {} }}\n", more(case)));
    }
    fs::write(folder.join("src/lib.rs"), text).unwrap();
}

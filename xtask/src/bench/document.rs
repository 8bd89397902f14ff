//! The documents that are measured, each as it is, and one in YAML as JSON too.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::Context;
use tenon::diag::Sink;
use tenon::source;

use crate::{project, schemas};

/// Documents that are measured when none is named, where they are there.
const LARGE: &[&str] = &["github/api.github.com.json", "stripe/stripe-2022.yaml"];

/// A document to generate code from.
pub(super) struct Document {
    pub(super) name: String,
    /// `json` or `yaml`.
    pub(super) format: &'static str,
    pub(super) path: PathBuf,
    /// The same in JSON: some peers refuse a YAML text that states a key twice.
    pub(super) plain: PathBuf,
    /// It was made from one in YAML.
    pub(super) is_converted: bool,
}

impl Document {
    /// How it is called in the table.
    pub(super) fn label(&self) -> String {
        format!("{} ({})", self.name, self.format)
    }
}

/// The documents that are named, or the specs and the large ones.
pub(super) fn chosen(named: &[PathBuf], corpus: &Path) -> Vec<PathBuf> {
    if !named.is_empty() {
        return named.to_vec();
    }
    let specs = ["applivery", "kandji", "manageengine"];
    let specs =
        specs.map(|name| project::workspace().join("specs").join(name).join("openapi.yaml"));
    let large = LARGE.iter().map(|name| corpus.join(name));
    specs.into_iter().chain(large).filter(|path| path.is_file()).collect()
}

/// The document, and what it is in JSON if it is in YAML, written below `folder`.
///
/// # Errors
///
/// When it can't be read.
pub(super) fn read(path: &Path, folder: &Path) -> anyhow::Result<Vec<Document>> {
    let name = named(path);
    let path = fs::canonicalize(path).with_context(|| format!("cannot read {}", path.display()))?;
    if path.extension().is_some_and(|it| it == "json") {
        let plain = path.clone();
        return Ok(vec![Document { name, format: "json", path, plain, is_converted: false }]);
    }
    let tree = source::parse(&path.to_string_lossy(), fs::read(&path)?, &mut Sink::lenient());
    let plain = folder.join(format!("{name}.json"));
    let json = schemas::json_of(&tree.to_value(tree.root()));
    fs::write(&plain, serde_json::to_vec(&json)?)?;
    let converted = Document {
        name: name.clone(),
        format: "json",
        path: plain.clone(),
        plain: plain.clone(),
        is_converted: true,
    };
    Ok(vec![Document { name, format: "yaml", path, plain, is_converted: false }, converted])
}

/// A document by its file's name, or its folder's where files are called alike.
pub(super) fn named(document: &Path) -> String {
    let stem = document.file_stem().unwrap_or_default().to_string_lossy();
    let folder = document.parent().and_then(Path::file_name).unwrap_or_default().to_string_lossy();
    if stem == "openapi" { folder.into_owned() } else { stem.into_owned() }
}

//! Code that tests compile and use: the documents in `tests/samples/`, generated beside them.
//!
//! A sample is `tests/samples/<name>.yaml` and the folder `<name>` of what is generated from it.
//! Wire tests include the folder as a module. After a change that is meant,
//! `INSTA_UPDATE=always cargo test -p tenon-tests --test samples` writes the folders anew.

// Helpers of tests panic as the tests themselves do.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use tenon::{Config, Input};

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("samples")
}

/// The generated files, by their path below the folder of the sample.
fn generated(name: &str) -> BTreeMap<String, String> {
    let path = format!("{name}.yaml");
    let text = fs::read(folder().join(&path)).unwrap();
    let config = Config {
        name: name.to_owned(),
        module_path: format!("crate::{name}"),
        source: format!("tests/samples/{path}"),
        ..Config::default()
    };
    let outcome =
        tenon::generate(Input { path, text, overlays: Vec::new(), loader: None }, &config);
    let prefix = format!("src/{name}/");
    let files = outcome.files.expect("the document is refused").into_iter();
    files.map(|file| (file.path.strip_prefix(&prefix).unwrap().to_owned(), file.text)).collect()
}

/// The files of a folder, by their path below it.
fn committed(folder: &Path) -> BTreeMap<String, String> {
    let mut files = BTreeMap::new();
    let mut open = vec![folder.to_owned()];
    while let Some(next) = open.pop() {
        for entry in fs::read_dir(next).into_iter().flatten() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                open.push(path);
            } else {
                let below = path.strip_prefix(folder).unwrap().to_str().unwrap().to_owned();
                files.insert(below, fs::read_to_string(&path).unwrap());
            }
        }
    }
    files
}

fn write(folder: &Path, files: &BTreeMap<String, String>) {
    let _ = fs::remove_dir_all(folder);
    for (path, text) in files {
        let path = folder.join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }
}

#[test]
fn each_sample_is_what_its_document_gives() {
    let is_update = std::env::var("INSTA_UPDATE").is_ok_and(|update| update == "always");
    for name in ["replies"] {
        let (folder, wanted) = (folder().join(name), generated(name));
        if is_update {
            write(&folder, &wanted);
        }
        let found = committed(&folder);
        assert!(found.keys().eq(wanted.keys()), "{name}: other files than {:?}", wanted.keys());
        for (path, text) in &wanted {
            assert!(found[path] == *text, "{name}/{path} is not what is generated");
        }
    }
}

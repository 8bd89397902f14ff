//! The clients in `tests/src/` that tests compile and call are what the generator makes of the
//! documents in `tests/documents/`.
//!
//! After a change that is meant, `INSTA_UPDATE=always cargo test -p tenon --test samples` writes
//! them anew. It stands here, so that it can be when a client no longer compiles; the wire tests of
//! `tests/` call the clients.
#![allow(clippy::unwrap_used, reason = "an expectation that fails is a test that fails")]

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use tenon::{Config, Input};

#[test]
fn payloads_are_what_the_document_gives() {
    compare("payloads");
}

#[test]
fn replies_are_what_the_document_gives() {
    compare("replies");
}

fn compare(name: &str) {
    let (wanted, folder) = (generated(name), root().join("src").join(name));
    if std::env::var("INSTA_UPDATE").is_ok_and(|update| update == "always") {
        write(&folder, &wanted);
    }
    let found = committed(&folder);
    assert!(found.keys().eq(wanted.keys()), "{name}: other files than {:?}", wanted.keys());
    for (path, text) in &wanted {
        assert!(found[path] == *text, "{name}/{path} is not what is generated");
    }
}

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../tests")
}

/// The generated files, by their path below the folder of the client.
fn generated(name: &str) -> BTreeMap<String, String> {
    let config = Config {
        name: name.to_owned(),
        module_path: format!("tenon_tests::{name}"),
        source: format!("documents/{name}.yaml"),
        mock: true,
        ..Config::default()
    };
    let text = fs::read(root().join(&config.source)).unwrap();
    let input = Input { path: format!("{name}.yaml"), text, overlays: Vec::new(), loader: None };
    let prefix = format!("src/{name}/");
    let files = tenon::generate(input, &config).files.unwrap().into_iter();
    files.map(|file| (file.path.strip_prefix(&prefix).unwrap().to_owned(), file.text)).collect()
}

/// The files of a folder, by their path below it.
fn committed(folder: &Path) -> BTreeMap<String, String> {
    let mut files = BTreeMap::new();
    let mut open = vec![folder.to_owned()];
    while let Some(next) = open.pop() {
        for entry in fs::read_dir(next).unwrap() {
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
    // There may be none yet; the comparison tells if this failed.
    let _ = fs::remove_dir_all(folder);
    for (path, text) in files {
        let path = folder.join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }
}

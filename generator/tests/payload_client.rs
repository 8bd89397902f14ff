//! The client in `tests/src/payloads` is what the generator makes of `tests/documents/payloads.yaml`.
//!
//! After a change that is meant, `INSTA_UPDATE=always cargo test -p tenon --test payload_client`
//! writes it anew. It stands here, so that it can be when the client no longer compiles;
//! `tests/tests/wire_payloads.rs` calls the client.
#![allow(clippy::unwrap_used, reason = "an expectation that fails is a test that fails")]

use std::fs;
use std::path::Path;

use tenon::{Config, Input};

#[test]
fn the_client_is_what_the_generator_makes_of_the_document() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../tests");
    let config = Config {
        name: "payloads".to_owned(),
        module_path: "tenon_tests::payloads".to_owned(),
        source: "documents/payloads.yaml".to_owned(),
        ..Config::default()
    };
    let (path, text) = ("payloads.yaml".to_owned(), fs::read(root.join(&config.source)).unwrap());
    let input = Input { path, text, overlays: Vec::new(), loader: None };
    let outcome = tenon::generate(input, &config);
    assert!(outcome.diagnostics.is_empty(), "{:?}", outcome.diagnostics);
    let update = std::env::var("INSTA_UPDATE").is_ok_and(|it| it == "always");
    for file in outcome.files.unwrap() {
        let path = root.join(&file.path);
        if update {
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(&path, &file.text).unwrap();
        }
        assert_eq!(fs::read_to_string(&path).unwrap(), file.text, "{}", file.path);
    }
}

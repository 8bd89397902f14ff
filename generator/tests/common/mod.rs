//! Versions of a document that are compared.

use tenon::diff::Version;
use tenon::{Config, Input};

/// A document of this text.
pub(crate) fn version<'a>(path: &str, text: &str) -> Version<'a> {
    let input = Input {
        path: path.to_owned(),
        text: text.as_bytes().to_vec(),
        overlays: Vec::new(),
        loader: None,
    };
    Version { input, config: Config { name: "api".to_owned(), ..Config::default() } }
}

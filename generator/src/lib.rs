//! Tenon: OpenAPI documents to Rust clients.
//!
//! Text goes in, files come out; the steps between are on one screen in [`generate`].
//! The library touches no terminal, no clock and no environment. Problems are collected as
//! [`diag::Diagnostic`]s, each with the place it is about; the disk is touched in [`output`] only.

mod backtrack;
pub mod config;
pub mod diag;
pub mod diff;
pub mod explain;
pub mod extensions {
    #![doc = include_str!("extensions.md")]
}
mod input;
pub mod lint;
mod lower;
pub mod output;
pub mod paging;
pub mod source;
pub mod spec;

pub use config::{Config, Features, Pagination, Repeated, Unknown};
pub use input::Input;
pub use lower::module_name;
pub use tenon_emit::File;
pub use tenon_ir as ir;

use diag::{Diagnostic, Sink};
use source::Tree;
use tenon_emit::{Layout, Package};

/// What became of a document.
#[derive(Debug)]
pub struct Outcome {
    /// The document, to render the diagnostics against.
    pub tree: Tree,
    /// Everything there is to say, in the order found.
    pub diagnostics: Vec<Diagnostic>,
    /// The client, decided; absent when there are errors.
    pub api: Option<ir::Api>,
    /// The client's files; absent when there are errors.
    pub files: Option<Vec<File>>,
}

/// Generates the client of one API.
pub fn generate(input: Input<'_>, config: &Config) -> Outcome {
    let (tree, diagnostics, api) = read(input, config);
    let package = Package {
        module_path: config.module_path.clone(),
        source: config.source.clone(),
        layout: Layout::Module,
    };
    let files = api.as_ref().map(|api| tenon_emit::emit(api, &package));
    Outcome { tree, diagnostics, api, files }
}

/// Decides the shape of the client without emitting it.
pub fn decide(input: Input<'_>, config: &Config) -> Outcome {
    let (tree, diagnostics, api) = read(input, config);
    Outcome { tree, diagnostics, api, files: None }
}

fn read(input: Input<'_>, config: &Config) -> (Tree, Vec<Diagnostic>, Option<ir::Api>) {
    // What is written here is held to the letter; documents of others are lived with.
    let mut sink = if config.strict { Sink::new() } else { Sink::lenient() };
    let mut tree = input.parse(&mut sink);
    // What levelling has against a document stands in the way of nothing else that is to be said.
    let is_whole = !sink.has_errors();
    spec::level(&mut tree, &mut sink);
    let api = is_whole.then(|| {
        let mut spec = spec::read(&tree, &mut sink);
        lint::run(&spec, &config.lints, &mut sink);
        spec::select(&mut spec, &config.selection, &mut sink);
        let api = lower::lower(&spec, config, &mut sink);
        lint::run_decided(&api, &spec, &config.lints, &mut sink);
        api
    });
    // Last: what the reader has against a document, it says better.
    if config.strict && !sink.has_errors() {
        spec::strict_document(&tree, &mut sink);
    }
    let api = api.filter(|_| !sink.has_errors());
    (tree, sink.into_diagnostics(), api)
}

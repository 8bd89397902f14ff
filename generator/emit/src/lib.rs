//! Rust files from the intermediate representation of an API.
//!
//! An [`ir::Api`](tenon_ir::Api) comes in, [`File`]s go out. Everything is decided when this crate
//! is called: it sees no OpenAPI document, gives no name to anything public, and cannot fail. Equal input
//! gives equal bytes.
//!
//! | file of the API's module | written by |
//! |---|---|
//! | `mod.rs` (or `lib.rs` of a crate of its own) | `module` |
//! | `client.rs` | `client` |
//! | `oauth.rs`, `scopes.rs` | `oauth` |
//! | `headers.rs` | `headers` |
//! | `webhooks.rs` | `webhooks` |
//! | `mock/mod.rs`, `mock/<group>.rs`, `mock/models.rs` | `mock`, `sample` |
//! | `models/mod.rs`, `models/<family>.rs` | `model` |
//! | `<group>.rs` | `group`, `operation`, `descriptor`, `outcome`, `paging`, `reply` |
//!
//! A program that calls a crate's operations, for tests of the generator, is written by `driver`.

mod argument;
mod ast;
mod body;
mod client;
mod descriptor;
mod docs;
mod driver;
mod emit;
mod example;
mod expr;
mod file;
mod gate;
mod group;
mod headers;
mod html;
mod index;
mod layout;
mod lints;
mod literal;
mod markdown;
mod mock;
mod model;
mod module;
mod oauth;
mod operation;
mod outcome;
mod package;
mod paging;
mod payload;
mod policy;
mod reply;
mod rules;
mod sample;
mod scope;
mod types;
mod uses;
mod webhooks;
mod wrap;

pub use driver::{Does, Driver, driver_name, emit_driver};
pub use emit::emit;
pub use file::File;
pub use package::{Layout, Manifest, Package, Runtime, emit_crate, emit_root};

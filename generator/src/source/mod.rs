//! Text to [`Tree`].
//!
//! JSON and YAML are read into one arena; scalars stay text until a schema says what they are.
//! Nothing here knows what an API description is.

mod build;
mod comments;
mod copy;
mod edit;
mod file;
mod indent;
mod index;
mod json;
mod keys;
mod lines;
mod load;
mod locate;
mod offsets;
mod parse;
mod pointer;
mod scalar;
mod text;
mod tree;
mod value;
mod yaml;
mod yaml_error;

pub use edit::Key;
pub use file::{Format, MAX_DEPTH, MAX_FILE_BYTES, SourceFile};
pub use lines::{Lines, Position};
pub use load::{LoadError, Loaded, Loader, from_openapiv3, resolve_path};
pub(crate) use load::{is_network, looks_like_file};
pub use locate::{Located, locate, locate_all};
pub use parse::parse;
pub use pointer::{escape, segments};
pub(crate) use scalar::is_json_number;
pub use tree::{Entries, FileId, NodeId, Scalar, Tree, Value};
pub(crate) use value::to_json;

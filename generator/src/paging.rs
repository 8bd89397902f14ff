//! How lists are read page by page: what a document lets one propose, and how a proposal is written.
//!
//! In goes a decided client, which says of each operation what it takes and what it replies with. What
//! an operation states itself is read in `lower/paging`.

mod find;
mod names;
mod propose;
mod text;

pub(crate) use find::{Found, at, items, page_type, resolved};
pub(crate) use propose::default;
pub use propose::propose;
pub use text::extension;

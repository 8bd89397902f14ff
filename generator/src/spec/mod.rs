//! Tree to [`Spec`]: versions levelled up to 3.1, references resolved, everything typed.
//!
//! There is one reader. Swagger 2.0 trees are rewritten before it ([`level`]); what OpenAPI 3.0
//! says otherwise is a few keywords, settled while schemas are read.

mod children;
pub(crate) mod http;
mod kind;
mod levels;
mod model;
mod overlay;
mod reader;
mod refs;
mod section;
mod select;
mod similar;
mod strict;
pub(crate) mod template;
mod version;

pub(crate) use children::{children, extends};
pub use levels::level;
pub use model::*;
pub use overlay::overlay;
pub use reader::read;
pub use select::{Selection, select};
pub(crate) use similar::similar;
pub use strict::{strict, strict_document};
pub use version::{Version, version};

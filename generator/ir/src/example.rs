//! Values in documentation: raw as JSON, and typed as an expression of the generated API.

use crate::{Ident, ItemId};

/// A JSON value whose numbers keep the text they were written with.
#[derive(Clone, Debug, PartialEq)]
pub enum Value {
    /// `null`.
    Null,
    /// `true` or `false`.
    Bool(bool),
    /// A number, as written.
    Number(String),
    /// A string.
    Text(String),
    /// An array.
    List(Vec<Value>),
    /// An object, in the order written.
    Object(Vec<(String, Value)>),
}

/// How a user of the generated crate writes a value.
#[derive(Clone, Debug, PartialEq)]
pub enum Expr {
    /// `true` or `false`.
    Bool(bool),
    /// A number literal, valid for its type; whole or with a fraction.
    Number(String),
    /// A string literal where the API takes `impl Into<String>` or `impl AsRef<str>`.
    Text(String),
    /// Text that is parsed into the type of its format (`"…".parse()?`).
    Parsed(String),
    /// A byte string literal.
    Bytes(Vec<u8>),
    /// `None` of a nullable place.
    Null,
    /// `Some(…)` of a nullable place that takes an `Option`.
    Some(Box<Expr>),
    /// `vec![…]`.
    List(Vec<Expr>),
    /// A map from text keys.
    Map(Vec<(String, Expr)>),
    /// `json!(…)`.
    Json(Value),
    /// `Item::new(required…).setter(…)…`; an empty setter argument is a call without one.
    Struct {
        /// The struct.
        item: ItemId,
        /// Arguments of `new`, in field order.
        required: Vec<Expr>,
        /// Setters called after it.
        optional: Vec<(Ident, Expr)>,
    },
    /// `Item::Variant`.
    Enum {
        /// The enum.
        item: ItemId,
        /// Index of the variant.
        variant: usize,
    },
    /// The value of a union: written bare, as `From` makes the union of it.
    Union {
        /// The union.
        item: ItemId,
        /// Index of the variant.
        variant: usize,
        /// Its content.
        value: Box<Expr>,
    },
    /// `UploadParts::new(required…).setter(…)…`: the parts of the operation's body.
    Parts {
        /// Arguments of `new`, in field order.
        required: Vec<Expr>,
        /// Setters called after it.
        optional: Vec<(Ident, Expr)>,
    },
}

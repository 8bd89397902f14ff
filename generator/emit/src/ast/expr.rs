//! Expressions and statements.

use proc_macro2::{Ident, Literal, TokenStream};
use syn::{Expr, Lit, Path, Stmt};

use super::{path, text_literal};
use crate::literal::named;

/// An expression that is written as tokens.
pub(crate) fn other(tokens: TokenStream) -> Expr {
    syn::parse2(tokens).unwrap_or_else(|error| Expr::Verbatim(error.to_compile_error()))
}

/// A path as an expression.
pub(crate) fn expr(path: Path) -> Expr {
    Expr::Path(syn::ExprPath { attrs: Vec::new(), qself: None, path })
}

/// A local, or `self`.
pub(crate) fn local(name: &Ident) -> Expr {
    expr(path(name.clone()))
}

/// `"text"`
pub(crate) fn text(text: &str) -> Expr {
    Expr::Lit(syn::ExprLit { attrs: Vec::new(), lit: text_literal(text) })
}

/// A whole number without a suffix.
pub(crate) fn whole(value: u64) -> Expr {
    let lit = Lit::new(Literal::u64_unsuffixed(value));
    Expr::Lit(syn::ExprLit { attrs: Vec::new(), lit })
}

/// An index, without a suffix.
pub(crate) fn index(value: usize) -> Expr {
    whole(value as u64)
}

/// `path(args)`
pub(crate) fn call(path: Path, args: impl IntoIterator<Item = Expr>) -> Expr {
    Expr::Call(syn::ExprCall {
        attrs: Vec::new(),
        func: Box::new(expr(path)),
        paren_token: Default::default(),
        args: args.into_iter().collect(),
    })
}

/// `receiver.name(args)`
pub(crate) fn method(receiver: Expr, name: &str, args: impl IntoIterator<Item = Expr>) -> Expr {
    Expr::MethodCall(syn::ExprMethodCall {
        attrs: Vec::new(),
        receiver: Box::new(receiver),
        dot_token: Default::default(),
        method: named(name),
        turbofish: None,
        paren_token: Default::default(),
        args: args.into_iter().collect(),
    })
}

/// `&value`
pub(crate) fn reference(value: Expr) -> Expr {
    Expr::Reference(syn::ExprReference {
        attrs: Vec::new(),
        and_token: Default::default(),
        mutability: None,
        expr: Box::new(value),
    })
}

/// `&[a, b]`
pub(crate) fn slice(items: impl IntoIterator<Item = Expr>) -> Expr {
    reference(Expr::Array(syn::ExprArray {
        attrs: Vec::new(),
        bracket_token: Default::default(),
        elems: items.into_iter().collect(),
    }))
}

/// `base.0`
pub(crate) fn first(base: Expr) -> Expr {
    Expr::Field(syn::ExprField {
        attrs: Vec::new(),
        base: Box::new(base),
        dot_token: Default::default(),
        member: syn::Member::Unnamed(0.into()),
    })
}

/// An expression that a block ends with.
pub(crate) fn result(value: Expr) -> Stmt {
    Stmt::Expr(value, None)
}

//! Syntax trees of the constructs that a large API has by the ten thousand.
//!
//! Everything else is written with `quote!` and parsed; parsing these would take most of the time
//! of a run. Only what generated code is made of is here.

mod expr;
mod function;
mod item;

pub(crate) use expr::*;
pub(crate) use function::*;
pub(crate) use item::*;

use proc_macro2::{Ident, Span, TokenStream};
use syn::punctuated::Punctuated;
use syn::{
    AngleBracketedGenericArguments, Attribute, Expr, GenericArgument, Lit, LitStr, Meta, Path,
    PathArguments, PathSegment, Type,
};

use crate::literal::named;

/// One line of documentation: `/// line`.
fn doc(line: String) -> Attribute {
    let value = Expr::Lit(syn::ExprLit { attrs: Vec::new(), lit: text_literal(&line) });
    let meta = syn::MetaNameValue { path: path(named("doc")), eq_token: Default::default(), value };
    Attribute {
        pound_token: Default::default(),
        style: syn::AttrStyle::Outer,
        bracket_token: Default::default(),
        meta: Meta::NameValue(meta),
    }
}

/// Lines of documentation, then other attributes.
pub(crate) fn attributes(docs: Vec<String>, others: Option<TokenStream>) -> Vec<Attribute> {
    let mut attributes: Vec<Attribute> = docs.into_iter().map(doc).collect();
    let others = others.map(|tokens| syn::parse::Parser::parse2(Attribute::parse_outer, tokens));
    attributes.extend(others.and_then(Result::ok).into_iter().flatten());
    attributes
}

fn text_literal(text: &str) -> Lit {
    Lit::Str(LitStr::new(text, Span::call_site()))
}

/// A path of one word.
pub(crate) fn path(word: Ident) -> Path {
    let mut segments = Punctuated::new();
    segments.push_value(PathSegment { ident: word, arguments: PathArguments::None });
    Path { leading_colon: None, segments }
}

/// `path::word`
pub(crate) fn within(mut path: Path, word: Ident) -> Path {
    path.segments.push(PathSegment { ident: word, arguments: PathArguments::None });
    path
}

/// `path<types>`
pub(crate) fn generic(mut path: Path, types: impl IntoIterator<Item = Type>) -> Type {
    let args = types.into_iter().map(GenericArgument::Type).collect();
    let arguments = AngleBracketedGenericArguments {
        colon2_token: None,
        lt_token: Default::default(),
        args,
        gt_token: Default::default(),
    };
    if let Some(last) = path.segments.last_mut() {
        last.arguments = PathArguments::AngleBracketed(arguments);
    }
    ty(path)
}

/// A type by its path.
pub(crate) fn ty(path: Path) -> Type {
    Type::Path(syn::TypePath { attrs: Vec::new(), qself: None, path })
}

/// `(a, b)`
pub(crate) fn tuple_type(types: Vec<Type>) -> Type {
    let mut elems: Punctuated<Type, syn::Token![,]> = types.into_iter().collect();
    if elems.len() == 1 {
        elems.push_punct(Default::default());
    }
    Type::Tuple(syn::TypeTuple { attrs: Vec::new(), paren_token: Default::default(), elems })
}

/// A type that is written as tokens.
pub(crate) fn other_type(tokens: TokenStream) -> Type {
    syn::parse2(tokens).unwrap_or_else(|error| Type::Verbatim(error.to_compile_error()))
}

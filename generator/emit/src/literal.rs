//! Identifiers and literals that are safe whatever text they are made of.

use proc_macro2::{Ident, Literal, Span, TokenStream};
use quote::ToTokens;

/// The identifier, raw where it says so.
///
/// Lowering hands over valid ones. Any other text becomes a valid identifier too: characters that
/// can't stand in one are left out.
pub(crate) fn ident(name: &tenon_ir::Ident) -> Ident {
    named(name.as_str())
}

/// The word of an identifier, without the mark of a raw one.
pub(crate) trait Plain {
    /// `type` for `r#type`.
    fn plain(&self) -> &str;
}

impl Plain for tenon_ir::Ident {
    fn plain(&self) -> &str {
        self.as_str().trim_start_matches("r#")
    }
}

/// The identifier of a text.
pub(crate) fn named(name: &str) -> Ident {
    if let Some(word) = name.strip_prefix("r#") {
        return match word {
            "self" | "Self" | "super" | "crate" | "_" => plain(&format!("{word}_")),
            _ if is_identifier(word) => Ident::new_raw(word, Span::call_site()),
            _ => plain(word),
        };
    }
    plain(name)
}

fn plain(name: &str) -> Ident {
    if is_identifier(name) {
        return Ident::new(name, Span::call_site());
    }
    let kept: String = name.chars().filter(|c| c.is_ascii_alphanumeric() || *c == '_').collect();
    Ident::new(&format!("_{kept}_"), Span::call_site())
}

fn is_identifier(name: &str) -> bool {
    let mut letters = name.chars();
    let Some(first) = letters.next() else { return false };
    if name.is_ascii() {
        let rest = letters.all(|c| c.is_ascii_alphanumeric() || c == '_');
        return (first.is_ascii_alphabetic() || first == '_') && rest;
    }
    matches!(
        name.parse::<TokenStream>().map(|tokens| {
            let mut tokens = tokens.into_iter();
            matches!((tokens.next(), tokens.next()), (Some(proc_macro2::TokenTree::Ident(_)), None))
        }),
        Ok(true)
    )
}

/// A number as the document writes it: `-1`, `1.5`, `1e3`.
///
/// Text that is no Rust number is written as zero, so that the file stays readable to the compiler.
pub(crate) fn number(text: &str) -> TokenStream {
    let digits = text.strip_prefix('-').unwrap_or(text);
    let starts = digits.starts_with(|c: char| c.is_ascii_digit());
    let literal = text.parse::<Literal>().ok().filter(|_| starts);
    literal.unwrap_or_else(|| Literal::u8_unsuffixed(0)).into_token_stream()
}

/// A whole number, without a suffix.
pub(crate) fn index(value: usize) -> TokenStream {
    Literal::usize_unsuffixed(value).into_token_stream()
}

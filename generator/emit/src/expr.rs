//! Values of documented examples, as a user of the generated crate writes them.
//!
//! An expression is written for the type that takes it: text is a bare literal where `impl
//! Into<String>` is taken, and an owned string inside of a list.

use proc_macro2::{Literal, Punct, Spacing, TokenStream};
use quote::quote;
use tenon_ir::{Expr, Field, Float, Ident, ItemId, Kind, Text, Type, Value};

use crate::argument::is_plain_text;
use crate::literal::{Plain, ident, named, number};
use crate::scope::Scope;

/// How the place takes its value.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Mode {
    /// A setter or `new` of a model (`argument::owned`).
    Owned,
    /// An input of an operation (`argument::borrowed`).
    Borrowed,
    /// Exactly the type.
    Exact,
}

/// A value given to a setter of a model.
pub(crate) fn owned(scope: &Scope<'_>, ty: &Type, expr: &Expr) -> TokenStream {
    value(scope, ty, expr, Mode::Owned)
}

/// A value given to an operation.
pub(crate) fn borrowed(scope: &Scope<'_>, ty: &Type, expr: &Expr) -> TokenStream {
    value(scope, ty, expr, Mode::Borrowed)
}

/// A value of exactly the type.
pub(crate) fn exact(scope: &Scope<'_>, ty: &Type, expr: &Expr) -> TokenStream {
    value(scope, ty, expr, Mode::Exact)
}

fn value(scope: &Scope<'_>, ty: &Type, expr: &Expr, mode: Mode) -> TokenStream {
    match (scope.resolve(ty), expr) {
        (Type::Boxed(inner), _) if mode == Mode::Exact => {
            let inner = value(scope, inner, expr, Mode::Exact);
            let boxed = scope.boxed();
            quote!(#boxed::new(#inner))
        }
        (Type::Boxed(inner), _) => value(scope, inner, expr, mode),
        (Type::Nullable(_), Expr::Null) => quote!(None),
        (Type::Nullable(inner), Expr::Some(expr)) => some(scope, inner, expr),
        (Type::Nullable(inner), _) => some(scope, inner, expr),
        (Type::List(item), Expr::List(items)) => list(scope, item, items, mode),
        (Type::Tuple(types), Expr::List(items)) => {
            let items = types.iter().zip(items).map(|(ty, it)| value(scope, ty, it, Mode::Exact));
            quote!((#(#items,)*))
        }
        (Type::Map(ty), Expr::Map(members)) => map(scope, ty, members),
        (Type::Item(id), _) => item(scope, *id, expr, mode),
        (ty, _) => scalar(scope, ty, expr, mode),
    }
}

fn some(scope: &Scope<'_>, ty: &Type, expr: &Expr) -> TokenStream {
    let value = value(scope, ty, expr, Mode::Exact);
    quote!(Some(#value))
}

fn scalar(scope: &Scope<'_>, ty: &Type, expr: &Expr, mode: Mode) -> TokenStream {
    match expr {
        Expr::Bool(value) => quote!(#value),
        Expr::Number(text) => number(text),
        Expr::Text(text) | Expr::Parsed(text) => match ty {
            Type::Text(Text::Plain) if mode == Mode::Exact => quote!(#text.to_owned()),
            Type::Text(Text::Secret) if mode == Mode::Exact => quote!(#text.into()),
            Type::Text(Text::DateTime | Text::Date | Text::Uuid | Text::Ipv4 | Text::Ipv6)
            | Type::Float(Float::Decimal) => quote!(#text.parse()?),
            Type::Json if mode == Mode::Exact => quote!(#text.into()),
            _ => quote!(#text),
        },
        Expr::Bytes(bytes) => {
            let bytes = Literal::byte_string(bytes);
            match mode {
                Mode::Exact => quote!(#bytes.to_vec().into()),
                Mode::Owned | Mode::Borrowed => quote!(#bytes.to_vec()),
            }
        }
        Expr::Null if *ty == Type::Unit => quote!(()),
        Expr::Null => quote!(None),
        Expr::Json(value) => json(scope, value),
        Expr::Some(inner) => some(scope, ty, inner),
        Expr::List(items) => list(scope, ty, items, mode),
        Expr::Map(members) => map(scope, ty, members),
        Expr::Struct { item: id, .. }
        | Expr::Enum { item: id, .. }
        | Expr::Union { item: id, .. } => item(scope, *id, expr, mode),
        // Parts are no value of a type: `payload` writes them.
        Expr::Parts { .. } => TokenStream::new(),
    }
}

fn list(scope: &Scope<'_>, ty: &Type, items: &[Expr], mode: Mode) -> TokenStream {
    let bare = is_plain_text(scope, ty) && mode != Mode::Exact;
    let inner = if bare { Mode::Owned } else { Mode::Exact };
    let values = items.iter().map(|item| value(scope, ty, item, inner));
    match mode {
        Mode::Borrowed if items.is_empty() && bare => quote!(&[""; 0]),
        Mode::Borrowed => quote!(&[#(#values),*]),
        Mode::Owned if items.is_empty() && bare => quote!([""; 0]),
        Mode::Owned if bare => quote!([#(#values),*]),
        Mode::Owned | Mode::Exact => quote!(vec![#(#values),*]),
    }
}

fn map(scope: &Scope<'_>, ty: &Type, members: &[(String, Expr)]) -> TokenStream {
    let members = members.iter().map(|(key, expr)| {
        let value = value(scope, ty, expr, Mode::Exact);
        quote!((#key.to_owned(), #value))
    });
    quote!(std::collections::BTreeMap::from([#(#members),*]))
}

fn item(scope: &Scope<'_>, id: ItemId, expr: &Expr, mode: Mode) -> TokenStream {
    match (&scope.api.item(id).kind, expr) {
        (Kind::Struct(shape), Expr::Struct { item, required, optional }) if *item == id => {
            structure(scope, id, &shape.fields, required, optional)
        }
        (Kind::Enum(shape), Expr::Enum { item, variant }) if *item == id => {
            let name = scope.model(id);
            let variant = shape.variants.get(*variant).map_or(&shape.unknown, |it| &it.name);
            let variant = ident(variant);
            quote!(#name::#variant)
        }
        (Kind::Union(shape), Expr::Union { item, variant, value: content }) if *item == id => {
            let Some(variant) = shape.variants.get(*variant) else { return TokenStream::new() };
            if variant.from && mode != Mode::Exact && is_typed(scope, &variant.ty, content) {
                return bare(scope, &variant.ty, content);
            }
            let (union, name) = (scope.model(id), ident(&variant.name));
            let content = value(scope, &variant.ty, content, Mode::Exact);
            quote!(#union::#name(#content))
        }
        (Kind::Newtype(shape), _) => {
            let name = scope.model(id);
            let content = value(scope, &shape.ty, expr, Mode::Exact);
            quote!(#name(#content))
        }
        (Kind::Alias(ty), _) => value(scope, ty, expr, mode),
        // An expression of another type: it stands as it says itself.
        (
            _,
            Expr::Struct { item: other, .. }
            | Expr::Enum { item: other, .. }
            | Expr::Union { item: other, .. },
        ) if *other != id => item(scope, *other, expr, mode),
        (Kind::Struct(_) | Kind::Enum(_) | Kind::Union(_), _) => {
            scalar(scope, &Type::Json, expr, Mode::Owned)
        }
    }
}

/// Whether the value says by itself of which type it is, as it has to where `From` makes something of
/// it. What is parsed or converted itself doesn't, nor does a list without items.
pub(crate) fn is_typed(scope: &Scope<'_>, ty: &Type, expr: &Expr) -> bool {
    match (scope.resolve(ty), expr) {
        (Type::Boxed(inner), _) => is_typed(scope, inner, expr),
        (Type::Bool | Type::Int(_) | Type::Float(Float::F64) | Type::Unit, _)
        | (Type::Text(Text::Plain) | Type::Item(_), _)
        | (Type::Json, Expr::Json(_)) => true,
        (Type::List(item), Expr::List(items)) => {
            !items.is_empty() && items.iter().all(|it| is_typed(scope, item, it))
        }
        (Type::Tuple(types), Expr::List(items)) => {
            types.iter().zip(items).all(|(ty, it)| is_typed(scope, ty, it))
        }
        (Type::Map(value), Expr::Map(members)) => {
            !members.is_empty() && members.iter().all(|(_, it)| is_typed(scope, value, it))
        }
        (
            Type::Float(Float::Decimal)
            | Type::Text(
                Text::DateTime | Text::Date | Text::Uuid | Text::Ipv4 | Text::Ipv6 | Text::Secret,
            )
            | Type::Bytes(_)
            | Type::Json
            | Type::List(_)
            | Type::Tuple(_)
            | Type::Map(_)
            | Type::Nullable(_),
            _,
        ) => false,
    }
}

/// A value that `From` makes a union of.
fn bare(scope: &Scope<'_>, ty: &Type, content: &Expr) -> TokenStream {
    match scope.resolve(ty) {
        Type::Boxed(inner) => bare(scope, inner, content),
        Type::Text(Text::Plain) => value(scope, ty, content, Mode::Owned),
        _ => value(scope, ty, content, Mode::Exact),
    }
}

fn structure(
    scope: &Scope<'_>,
    id: ItemId,
    fields: &[Field],
    required: &[Expr],
    optional: &[(Ident, Expr)],
) -> TokenStream {
    let name = scope.model(id);
    let needed = fields.iter().filter(|field| field.is_argument());
    let arguments = needed.zip(required).map(|(field, expr)| owned(scope, &field.ty, expr));
    let setters = optional.iter().map(|(name, expr)| setter(scope, fields, name, expr));
    quote!(#name::new(#(#arguments),*) #(#setters)*)
}

fn setter(scope: &Scope<'_>, fields: &[Field], name: &Ident, expr: &Expr) -> TokenStream {
    let method = ident(name);
    let Some(field) = fields.iter().find(|field| field.name == *name) else {
        // `field_null()`, and anything else that is no field, is called without an argument.
        return quote!(.#method());
    };
    match (scope.resolve(&field.ty), expr) {
        (Type::Nullable(_), Expr::Null) => {
            let null = null_setter(&field.name);
            quote!(.#null())
        }
        (Type::Nullable(inner), Expr::Some(expr)) => {
            let value = owned(scope, inner, expr);
            quote!(.#method(#value))
        }
        (Type::Nullable(inner), _) => {
            let value = owned(scope, inner, expr);
            quote!(.#method(#value))
        }
        _ => {
            let value = owned(scope, &field.ty, expr);
            quote!(.#method(#value))
        }
    }
}

/// Name of the setter that sends `null`.
pub(crate) fn null_setter(field: &Ident) -> proc_macro2::Ident {
    // `self_` has its underscore only because `self` is no name for a field.
    let word = field.plain().trim_end_matches('_');
    named(&format!("{word}_null"))
}

/// The body of an operation that is no JSON.
pub(crate) fn bytes(expr: &Expr) -> TokenStream {
    match expr {
        Expr::Bytes(bytes) => {
            let bytes = Literal::byte_string(bytes);
            quote!(#bytes.to_vec())
        }
        Expr::Text(text) | Expr::Parsed(text) => quote!(#text),
        _ => quote!(""),
    }
}

/// The name of a type, for a value without one of its own.
pub(crate) fn text(expr: &Expr) -> TokenStream {
    match expr {
        Expr::Text(text) | Expr::Parsed(text) => quote!(#text),
        _ => quote!(""),
    }
}

fn json(scope: &Scope<'_>, value: &Value) -> TokenStream {
    let (json, tokens) = (scope.json_macro(), json_tokens(value));
    quote!(#json!(#tokens))
}

fn json_tokens(value: &Value) -> TokenStream {
    match value {
        Value::Null => quote!(null),
        Value::Bool(value) => quote!(#value),
        Value::Number(text) => number(text),
        Value::Text(text) => quote!(#text),
        Value::List(items) => {
            let items = items.iter().map(json_tokens);
            quote!([#(#items),*])
        }
        Value::Object(members) => {
            let members = members.iter().map(|(key, value)| {
                let value = json_tokens(value);
                // Joint, so that it is printed without a space before it.
                let colon = Punct::new(':', Spacing::Joint);
                quote!(#key #colon #value)
            });
            quote!({#(#members),*})
        }
    }
}

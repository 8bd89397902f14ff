//! Types as Rust writes them, and what lints want to know of them.

use std::collections::HashSet;

use tenon_ir::{Dates, Encoding, Float, Int, ItemId, Kind, Text, Type};

use crate::literal::named;
use crate::scope::Scope;
use crate::{ast, layout};

/// The Rust type of a value.
pub(crate) fn rust(scope: &Scope<'_>, ty: &Type) -> syn::Type {
    let word = |word: &str| ast::ty(ast::path(named(word)));
    match ty {
        Type::Bool => word("bool"),
        Type::Int(Int::I8) => word("i8"),
        Type::Int(Int::I16) => word("i16"),
        Type::Int(Int::U8) => word("u8"),
        Type::Int(Int::U16) => word("u16"),
        Type::Int(Int::I32) => word("i32"),
        Type::Int(Int::I64) => word("i64"),
        Type::Int(Int::U32) => word("u32"),
        Type::Int(Int::U64) => word("u64"),
        Type::Float(Float::F64) => word("f64"),
        Type::Float(Float::Decimal) => ast::ty(scope.runtime("", "Decimal")),
        Type::Text(text) => ast::ty(text_type(scope, *text)),
        Type::Bytes(Encoding::Base64) => ast::ty(scope.runtime("", "Base64")),
        Type::Bytes(Encoding::Base64Url) => ast::ty(scope.runtime("", "Base64Url")),
        Type::Json => ast::ty(scope.runtime("", "Json")),
        Type::Unit => ast::tuple_type(Vec::new()),
        Type::List(item) => ast::generic(scope.vec(), [rust(scope, item)]),
        Type::Tuple(items) => ast::tuple_type(items.iter().map(|item| rust(scope, item)).collect()),
        Type::Map(value) => map(scope, value),
        Type::Nullable(value) => optional(scope, rust(scope, value)),
        Type::Boxed(value) => ast::generic(scope.boxed(), [rust(scope, value)]),
        Type::Item(id) => ast::ty(scope.model(*id)),
    }
}

/// The Rust type of a value as text.
pub(crate) fn text(scope: &Scope<'_>, ty: &Type) -> String {
    let generic = |path: syn::Path, inner: &str| format!("{}<{inner}>", layout::path(&path));
    match ty {
        Type::Bool => "bool".to_owned(),
        Type::Int(Int::I8) => "i8".to_owned(),
        Type::Int(Int::I16) => "i16".to_owned(),
        Type::Int(Int::U8) => "u8".to_owned(),
        Type::Int(Int::U16) => "u16".to_owned(),
        Type::Int(Int::I32) => "i32".to_owned(),
        Type::Int(Int::I64) => "i64".to_owned(),
        Type::Int(Int::U32) => "u32".to_owned(),
        Type::Int(Int::U64) => "u64".to_owned(),
        Type::Float(Float::F64) => "f64".to_owned(),
        Type::Float(Float::Decimal) => layout::path(&scope.runtime("", "Decimal")),
        Type::Text(text) => layout::path(&text_type(scope, *text)),
        Type::Bytes(Encoding::Base64) => layout::path(&scope.runtime("", "Base64")),
        Type::Bytes(Encoding::Base64Url) => layout::path(&scope.runtime("", "Base64Url")),
        Type::Json => layout::path(&scope.runtime("", "Json")),
        Type::Unit => "()".to_owned(),
        Type::List(item) => generic(scope.vec(), &text(scope, item)),
        Type::Tuple(items) => match items.as_slice() {
            [only] => format!("({},)", text(scope, only)),
            _ => {
                let items: Vec<String> = items.iter().map(|item| text(scope, item)).collect();
                format!("({})", items.join(", "))
            }
        },
        Type::Map(value) => map_text(scope, value),
        Type::Nullable(value) => generic(scope.option(), &text(scope, value)),
        Type::Boxed(value) => generic(scope.boxed(), &text(scope, value)),
        Type::Item(id) => layout::path(&scope.model(*id)),
    }
}

/// `BTreeMap<String, ty>` as text.
pub(crate) fn map_text(scope: &Scope<'_>, value: &Type) -> String {
    let (map, string) = (layout::path(&scope.map()), layout::path(&scope.string()));
    format!("{map}<{string}, {}>", text(scope, value))
}

/// `Option<ty>`
pub(crate) fn optional(scope: &Scope<'_>, ty: syn::Type) -> syn::Type {
    ast::generic(scope.option(), [ty])
}

/// `BTreeMap<String, ty>`
pub(crate) fn map(scope: &Scope<'_>, value: &Type) -> syn::Type {
    ast::generic(scope.map(), [ast::ty(scope.string()), rust(scope, value)])
}

fn text_type(scope: &Scope<'_>, text: Text) -> syn::Path {
    match text {
        Text::Plain => scope.string(),
        Text::DateTime => scope.runtime(dates(scope.api.dates), "DateTime"),
        Text::Date => scope.runtime(dates(scope.api.dates), "Date"),
        Text::Uuid => scope.runtime("", "Uuid"),
        Text::Ipv4 => scope.runtime("", "Ipv4"),
        Text::Ipv6 => scope.runtime("", "Ipv6"),
        Text::Secret => scope.runtime("", "Secret"),
    }
}

/// The module of the runtime with the types of a crate for dates and times.
fn dates(dates: Dates) -> &'static str {
    match dates {
        Dates::Chrono => "",
        Dates::Jiff => "datetime::jiff",
        Dates::Time => "datetime::time",
    }
}

/// Whether `null` is a value of the type, so that it must not be read as an absent one.
pub(crate) fn accepts_null(scope: &Scope<'_>, ty: &Type) -> bool {
    accepts_null_anew(scope, ty, &mut HashSet::new())
}

/// Items that were `seen` don't accept it.
fn accepts_null_anew(scope: &Scope<'_>, ty: &Type, seen: &mut HashSet<ItemId>) -> bool {
    match scope.resolve(ty) {
        Type::Nullable(_) | Type::Json | Type::Unit => true,
        Type::Boxed(inner) => accepts_null_anew(scope, inner, seen),
        Type::Item(id) if !seen.insert(*id) => false,
        Type::Item(id) => match &scope.api.item(*id).kind {
            Kind::Union(union) => {
                union.variants.iter().any(|it| accepts_null_anew(scope, &it.ty, seen))
            }
            Kind::Newtype(newtype) => accepts_null_anew(scope, &newtype.ty, seen),
            Kind::Alias(ty) => accepts_null_anew(scope, ty, seen),
            Kind::Struct(_) | Kind::Enum(_) => false,
        },
        Type::Bool
        | Type::Int(_)
        | Type::Float(_)
        | Type::Text(_)
        | Type::Bytes(_)
        | Type::List(_)
        | Type::Tuple(_)
        | Type::Map(_) => false,
    }
}

/// How many bytes a value takes in place, roughly: what Clippy compares the variants of an enum by.
pub(crate) fn size(scope: &Scope<'_>, ty: &Type) -> usize {
    ty.size(&|id| scope.size_of(id, |kind| kind_size(scope, kind)))
}

fn kind_size(scope: &Scope<'_>, kind: &Kind) -> usize {
    kind.size(&|id| scope.size_of(id, |kind| kind_size(scope, kind)))
}

/// Clippy's measure of how hard a type is to read (`clippy::type_complexity`), for a type that
/// stands `nest` levels deep.
pub(crate) fn complexity(ty: &Type, nest: usize) -> usize {
    10 * nest
        + match ty {
            Type::Bool
            | Type::Int(_)
            | Type::Float(_)
            | Type::Text(_)
            | Type::Bytes(_)
            | Type::Json
            | Type::Unit
            | Type::Item(_) => 0,
            Type::List(inner) | Type::Nullable(inner) | Type::Boxed(inner) => {
                complexity(inner, nest + 1)
            }
            Type::Tuple(items) => items.iter().map(|item| complexity(item, nest + 1)).sum(),
            Type::Map(value) => 10 * (nest + 1) + complexity(value, nest + 1),
        }
}

//! Inputs of functions: the type a user passes, and the expression that makes the stored value of it.

use proc_macro2::Ident;
use quote::quote;
use syn::{Expr, Path};
use tenon_ir::{Kind, Text, Type};

use crate::ast;
use crate::scope::Scope;
use crate::{layout, types};

/// An input of a function.
pub(crate) struct Argument {
    /// Its type in the signature.
    pub(crate) ty: syn::Type,
    /// The value made of it.
    pub(crate) value: Expr,
}

/// An input that is kept, as text: of `new` and of a setter of a model.
pub(crate) struct Owned {
    /// Its type in the signature.
    pub(crate) ty: String,
    /// The value made of it.
    pub(crate) value: String,
}

/// An input that is kept: of `new` and of a setter of a model.
pub(crate) fn owned(scope: &Scope<'_>, ty: &Type, name: &str) -> Owned {
    match scope.resolve(ty) {
        Type::Text(Text::Plain | Text::Secret) | Type::Bytes(_) | Type::Json => {
            into(scope, ty, name)
        }
        Type::List(item) if is_plain_text(scope, item) => texts(scope, name),
        Type::Boxed(inner) => {
            let inner = owned(scope, inner, name);
            let boxed = layout::path(&scope.boxed());
            Owned { ty: inner.ty, value: format!("{boxed}::new({})", inner.value) }
        }
        Type::Item(id) => match &scope.api.item(*id).kind {
            Kind::Union(_) | Kind::Newtype(_) => into(scope, ty, name),
            Kind::Struct(_) | Kind::Enum(_) | Kind::Alias(_) => by_value(scope, ty, name),
        },
        Type::Bool
        | Type::Int(_)
        | Type::Float(_)
        | Type::Text(Text::DateTime | Text::Date | Text::Uuid | Text::Ipv4 | Text::Ipv6)
        | Type::Unit
        | Type::List(_)
        | Type::Tuple(_)
        | Type::Map(_)
        | Type::Nullable(_) => by_value(scope, ty, name),
    }
}

/// An input that is only written: a parameter or body. The value is a reference to what is encoded.
pub(crate) fn borrowed(scope: &Scope<'_>, ty: &Type, name: &Ident) -> Argument {
    match scope.resolve(ty) {
        Type::Text(Text::Plain) => Argument {
            ty: text_reference(scope),
            value: ast::reference(ast::method(ast::local(name), "as_ref", [])),
        },
        Type::List(item) if is_plain_text(scope, item) => {
            let (as_ref, vec) = (scope.as_ref(), scope.vec());
            Argument {
                ty: ast::other_type(quote!(&[impl #as_ref<str>])),
                value: ast::other(
                    quote!(&#name.iter().map(#as_ref::as_ref).collect::<#vec<&str>>()),
                ),
            }
        }
        Type::List(item) => {
            let item = types::rust(scope, item);
            let value = ast::reference(ast::local(name));
            Argument { ty: ast::other_type(quote!(&[#item])), value }
        }
        Type::Text(Text::Secret) | Type::Bytes(_) | Type::Json => into_reference(scope, ty, name),
        Type::Boxed(inner) => borrowed(scope, inner, name),
        Type::Item(id) => match &scope.api.item(*id).kind {
            Kind::Union(_) | Kind::Newtype(_) => into_reference(scope, ty, name),
            Kind::Struct(_) | Kind::Enum(_) | Kind::Alias(_) => reference(scope, ty, name),
        },
        Type::Bool
        | Type::Int(_)
        | Type::Float(_)
        | Type::Text(Text::DateTime | Text::Date | Text::Uuid | Text::Ipv4 | Text::Ipv6)
        | Type::Unit
        | Type::Tuple(_)
        | Type::Map(_)
        | Type::Nullable(_) => reference(scope, ty, name),
    }
}

/// `impl AsRef<str>`
pub(crate) fn text_reference(scope: &Scope<'_>) -> syn::Type {
    let text = ast::ty(ast::path(crate::literal::named("str")));
    ast::impl_type(scope.as_ref(), vec![text])
}

/// `impl Into<path>`
pub(crate) fn into_type(scope: &Scope<'_>, path: Path) -> syn::Type {
    ast::impl_type(scope.into(), vec![ast::ty(path)])
}

/// Whether the type is a string without a format.
pub(crate) fn is_plain_text(scope: &Scope<'_>, ty: &Type) -> bool {
    matches!(scope.resolve(ty), Type::Text(Text::Plain))
}

fn texts(scope: &Scope<'_>, name: &str) -> Owned {
    let (string, into) = (layout::path(&scope.string()), layout::path(&scope.into()));
    let iterator = layout::path(&scope.iterator_trait());
    Owned {
        ty: format!("impl {iterator}<Item = impl {into}<{string}>>"),
        value: format!("{name}.into_iter().map({into}::into).collect()"),
    }
}

fn by_value(scope: &Scope<'_>, ty: &Type, name: &str) -> Owned {
    Owned { ty: types::text(scope, ty), value: name.to_owned() }
}

fn into(scope: &Scope<'_>, ty: &Type, name: &str) -> Owned {
    let into = layout::path(&scope.into());
    Owned {
        ty: format!("impl {into}<{}>", types::text(scope, ty)),
        value: format!("{name}.into()"),
    }
}

fn reference(scope: &Scope<'_>, ty: &Type, name: &Ident) -> Argument {
    Argument { ty: types::rust(scope, ty), value: ast::reference(ast::local(name)) }
}

fn into_reference(scope: &Scope<'_>, ty: &Type, name: &Ident) -> Argument {
    let (into, ty) = (scope.into(), types::rust(scope, ty));
    let value = ast::other(quote!(&#into::<#ty>::into(#name)));
    Argument { ty: ast::other_type(quote!(impl #into<#ty>)), value }
}

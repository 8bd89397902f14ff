//! Inputs of functions: the type a user passes, and the expression that makes the stored value of it.

use proc_macro2::{Ident, TokenStream};
use quote::quote;
use tenon_ir::{Kind, Text, Type};

use crate::scope::Scope;
use crate::types;

/// An input of a function.
pub(crate) struct Argument {
    /// Its type in the signature.
    pub(crate) ty: TokenStream,
    /// The value made of it.
    pub(crate) value: TokenStream,
}

/// An input that is kept: of `new` and of a setter of a model.
pub(crate) fn owned(scope: &Scope<'_>, ty: &Type, name: &Ident) -> Argument {
    let resolved = scope.resolve(ty);
    match resolved {
        Type::Text(Text::Plain | Text::Secret) | Type::Bytes(_) | Type::Json => {
            into(scope, ty, &quote!(#name.into()))
        }
        Type::List(item) if is_plain_text(scope, item) => {
            let (string, into) = (scope.string(), scope.into());
            let iterator = scope.std("iter", "IntoIterator");
            Argument {
                ty: quote!(impl #iterator<Item = impl #into<#string>>),
                value: quote!(#name.into_iter().map(#into::into).collect()),
            }
        }
        Type::Boxed(inner) => {
            let inner = owned(scope, inner, name);
            let (boxed, value) = (scope.boxed(), inner.value);
            Argument { ty: inner.ty, value: quote!(#boxed::new(#value)) }
        }
        Type::Item(id) => match &scope.api.item(*id).kind {
            Kind::Union(_) | Kind::Newtype(_) => into(scope, ty, &quote!(#name.into())),
            Kind::Struct(_) | Kind::Enum(_) | Kind::Alias(_) => by_value(scope, ty, name),
        },
        Type::Bool
        | Type::Int(_)
        | Type::Float(_)
        | Type::Text(Text::DateTime | Text::Date | Text::Uuid)
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
        Type::Text(Text::Plain) => {
            let as_ref = scope.as_ref();
            Argument { ty: quote!(impl #as_ref<str>), value: quote!(&#name.as_ref()) }
        }
        Type::List(item) if is_plain_text(scope, item) => {
            let (as_ref, vec) = (scope.as_ref(), scope.vec());
            Argument {
                ty: quote!(&[impl #as_ref<str>]),
                value: quote!(&#name.iter().map(#as_ref::as_ref).collect::<#vec<&str>>()),
            }
        }
        Type::List(item) => {
            let item = types::rust(scope, item);
            Argument { ty: quote!(&[#item]), value: quote!(&#name) }
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
        | Type::Text(Text::DateTime | Text::Date | Text::Uuid)
        | Type::Unit
        | Type::Tuple(_)
        | Type::Map(_)
        | Type::Nullable(_) => reference(scope, ty, name),
    }
}

/// Whether the type is a string without a format.
pub(crate) fn is_plain_text(scope: &Scope<'_>, ty: &Type) -> bool {
    matches!(scope.resolve(ty), Type::Text(Text::Plain))
}

fn by_value(scope: &Scope<'_>, ty: &Type, name: &Ident) -> Argument {
    Argument { ty: types::rust(scope, ty), value: quote!(#name) }
}

fn reference(scope: &Scope<'_>, ty: &Type, name: &Ident) -> Argument {
    Argument { ty: types::rust(scope, ty), value: quote!(&#name) }
}

fn into(scope: &Scope<'_>, ty: &Type, value: &TokenStream) -> Argument {
    let (into, ty) = (scope.into(), types::rust(scope, ty));
    Argument { ty: quote!(impl #into<#ty>), value: value.clone() }
}

fn into_reference(scope: &Scope<'_>, ty: &Type, name: &Ident) -> Argument {
    let (into, ty) = (scope.into(), types::rust(scope, ty));
    Argument { ty: quote!(impl #into<#ty>), value: quote!(&#into::<#ty>::into(#name)) }
}

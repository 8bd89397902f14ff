//! Inputs of functions: the type a user passes, and the expression that makes the stored value of it.

use syn::Path;
use tenon_ir::{Kind, Text, Type};

use crate::scope::Scope;
use crate::{layout, types};

/// An input of a function, as text.
pub(crate) struct Argument {
    /// Its type in the signature.
    pub(crate) ty: String,
    /// The value made of it.
    pub(crate) value: String,
}

/// An input that is kept: of `new` and of a setter of a model.
pub(crate) fn owned(scope: &Scope<'_>, ty: &Type, name: &str) -> Argument {
    match scope.resolve(ty) {
        Type::Text(Text::Plain | Text::Secret) | Type::Bytes(_) | Type::Json => {
            into(scope, ty, name)
        }
        Type::List(item) if is_plain_text(scope, item) => texts(scope, name),
        Type::Boxed(inner) => {
            let inner = owned(scope, inner, name);
            let boxed = layout::path(&scope.boxed());
            Argument { ty: inner.ty, value: format!("{boxed}::new({})", inner.value) }
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
pub(crate) fn borrowed(scope: &Scope<'_>, ty: &Type, name: &str) -> Argument {
    match scope.resolve(ty) {
        Type::Text(Text::Plain) => {
            Argument { ty: text_reference(scope), value: format!("&{name}.as_ref()") }
        }
        Type::List(item) if is_plain_text(scope, item) => {
            let texts = layout::path(&scope.op("Texts"));
            Argument {
                ty: format!("&[{}]", text_reference(scope)),
                value: format!("&{texts}({name})"),
            }
        }
        Type::List(item) => {
            Argument { ty: format!("&[{}]", types::text(scope, item)), value: format!("&{name}") }
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
pub(crate) fn text_reference(scope: &Scope<'_>) -> String {
    format!("impl {}<str>", layout::path(&scope.as_ref()))
}

/// `impl Into<path>`
pub(crate) fn into_type(scope: &Scope<'_>, path: &Path) -> String {
    format!("impl {}<{}>", layout::path(&scope.into()), layout::path(path))
}

/// Whether the type is a string without a format.
pub(crate) fn is_plain_text(scope: &Scope<'_>, ty: &Type) -> bool {
    matches!(scope.resolve(ty), Type::Text(Text::Plain))
}

fn texts(scope: &Scope<'_>, name: &str) -> Argument {
    let (string, into) = (layout::path(&scope.string()), layout::path(&scope.into()));
    let iterator = layout::path(&scope.iterator_trait());
    Argument {
        ty: format!("impl {iterator}<Item = impl {into}<{string}>>"),
        value: format!("{name}.into_iter().map({into}::into).collect()"),
    }
}

fn by_value(scope: &Scope<'_>, ty: &Type, name: &str) -> Argument {
    Argument { ty: types::text(scope, ty), value: name.to_owned() }
}

fn into(scope: &Scope<'_>, ty: &Type, name: &str) -> Argument {
    let into = layout::path(&scope.into());
    Argument {
        ty: format!("impl {into}<{}>", types::text(scope, ty)),
        value: format!("{name}.into()"),
    }
}

fn reference(scope: &Scope<'_>, ty: &Type, name: &str) -> Argument {
    Argument { ty: types::text(scope, ty), value: format!("&{name}") }
}

fn into_reference(scope: &Scope<'_>, ty: &Type, name: &str) -> Argument {
    let (into, ty) = (layout::path(&scope.into()), types::text(scope, ty));
    Argument { ty: format!("impl {into}<{ty}>"), value: format!("&{into}::<{ty}>::into({name})") }
}

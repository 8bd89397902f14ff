//! Items: structs, enums, statics, implementations.

use proc_macro2::{Ident, TokenStream};
use syn::{Attribute, Generics, ImplItem, Item, ItemImpl, Type, Visibility};

use super::{path, ty};

/// The items that the tokens are.
pub(crate) fn items(tokens: TokenStream) -> Vec<Item> {
    match syn::parse2::<syn::File>(tokens) {
        Ok(file) => file.items,
        // Only a defect of this crate leads here: the compiler of the generated code shows it.
        Err(error) => vec![Item::Verbatim(error.to_compile_error())],
    }
}

/// `impl name { members }`
pub(crate) fn inherent(name: Ident, members: Vec<ImplItem>) -> Item {
    Item::Impl(ItemImpl {
        attrs: Vec::new(),
        modifiers: Default::default(),
        unsafety: None,
        impl_token: Default::default(),
        generics: Generics::default(),
        trait_: None,
        self_ty: Box::new(ty(path(name))),
        brace_token: Default::default(),
        items: members,
    })
}

pub(super) fn public() -> Visibility {
    Visibility::Public(Default::default())
}

/// `pub struct name(ty);`
pub(crate) fn newtype(attrs: Vec<Attribute>, name: Ident, ty: Type) -> Item {
    let content = syn::Field {
        attrs: Vec::new(),
        vis: Visibility::Inherited,
        modifiers: Default::default(),
        ident: None,
        colon_token: None,
        ty,
        default: None,
    };
    let unnamed = std::iter::once(content).collect();
    let fields = syn::FieldsUnnamed { paren_token: Default::default(), unnamed };
    Item::Struct(syn::ItemStruct {
        attrs,
        vis: public(),
        struct_token: Default::default(),
        ident: name,
        generics: Generics::default(),
        fields: syn::Fields::Unnamed(fields),
        semi_token: Some(Default::default()),
    })
}

/// `name` or `name(content)`
pub(crate) fn variant(attrs: Vec<Attribute>, name: Ident, content: Option<Type>) -> syn::Variant {
    let content = content.map(|ty| match newtype(Vec::new(), name.clone(), ty) {
        Item::Struct(item) => item.fields,
        _ => syn::Fields::Unit,
    });
    let fields = content.unwrap_or(syn::Fields::Unit);
    syn::Variant { attrs, ident: name, fields, discriminant: None }
}

/// `pub enum name { variants }`
pub(crate) fn enumeration(
    attrs: Vec<Attribute>,
    name: Ident,
    variants: impl IntoIterator<Item = syn::Variant>,
) -> Item {
    Item::Enum(syn::ItemEnum {
        attrs,
        vis: public(),
        enum_token: Default::default(),
        ident: name,
        generics: Generics::default(),
        brace_token: Default::default(),
        variants: variants.into_iter().collect(),
    })
}

/// Members of an implementation that are written as tokens.
pub(crate) fn members(tokens: TokenStream) -> Vec<ImplItem> {
    match syn::parse2::<ItemImpl>(quote::quote!(impl X { #tokens })) {
        Ok(block) => block.items,
        Err(error) => vec![ImplItem::Verbatim(error.to_compile_error())],
    }
}

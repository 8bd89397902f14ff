//! Syntax trees of the constructs that a large API has by the ten thousand.
//!
//! Everything else is written with `quote!` and parsed; parsing these would take most of the time
//! of a run. Only what generated code is made of is here.

use proc_macro2::{Ident, Literal, Span, TokenStream};
use syn::punctuated::Punctuated;
use syn::{
    AngleBracketedGenericArguments, Attribute, Block, Expr, FnArg, GenericArgument, Generics,
    ImplItem, ImplItemFn, Item, ItemImpl, ItemStatic, Lit, LitStr, Meta, Pat, Path, PathArguments,
    PathSegment, ReturnType, Signature, Stmt, Type, Visibility,
};

use crate::literal::named;

/// The items that the tokens are.
pub(crate) fn items(tokens: TokenStream) -> Vec<Item> {
    match syn::parse2::<syn::File>(tokens) {
        Ok(file) => file.items,
        // Only a defect of this crate leads here: the compiler of the generated code shows it.
        Err(error) => vec![Item::Verbatim(error.to_compile_error())],
    }
}

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

/// `impl path<types>`
pub(crate) fn impl_type(path: Path, types: Vec<Type>) -> Type {
    let Type::Path(bound) = (if types.is_empty() { ty(path) } else { generic(path, types) }) else {
        return Type::Verbatim(TokenStream::new());
    };
    let bound = syn::TraitBound {
        paren_token: None,
        lifetimes: None,
        modifiers: Default::default(),
        maybe: None,
        path: bound.path,
    };
    let bounds = std::iter::once(syn::TypeParamBound::Trait(bound)).collect();
    Type::ImplTrait(syn::TypeImplTrait {
        attrs: Vec::new(),
        impl_token: Default::default(),
        bounds,
    })
}

/// A type that is written as tokens.
pub(crate) fn other_type(tokens: TokenStream) -> Type {
    syn::parse2(tokens).unwrap_or_else(|error| Type::Verbatim(error.to_compile_error()))
}

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

/// `base.name`
pub(crate) fn field(base: Expr, name: &Ident) -> Expr {
    Expr::Field(syn::ExprField {
        attrs: Vec::new(),
        base: Box::new(base),
        dot_token: Default::default(),
        member: syn::Member::Named(name.clone()),
    })
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

/// `left = right;`
pub(crate) fn assignment(left: Expr, right: Expr) -> Stmt {
    let assign = Expr::Assign(syn::ExprAssign {
        attrs: Vec::new(),
        left: Box::new(left),
        eq_token: Default::default(),
        right: Box::new(right),
    });
    Stmt::Expr(assign, Some(Default::default()))
}

/// An expression that a block ends with.
pub(crate) fn result(value: Expr) -> Stmt {
    Stmt::Expr(value, None)
}

/// `Self { fields }`
pub(crate) fn self_literal(fields: impl IntoIterator<Item = (Ident, Expr)>) -> Expr {
    let fields = fields.into_iter().map(|(name, expr)| {
        let same = matches!(&expr, Expr::Path(value) if value.path.is_ident(&name));
        syn::FieldValue {
            attrs: Vec::new(),
            member: syn::Member::Named(name),
            colon_token: (!same).then(Default::default),
            expr,
        }
    });
    Expr::Struct(syn::ExprStruct {
        attrs: Vec::new(),
        qself: None,
        path: path(named("Self")),
        brace_token: Default::default(),
        fields: fields.collect(),
        dot2_token: None,
        rest: None,
    })
}

/// `pub name: ty`
pub(crate) fn public_field(attrs: Vec<Attribute>, name: Ident, ty: Type) -> syn::Field {
    syn::Field {
        attrs,
        vis: public(),
        modifiers: Default::default(),
        ident: Some(name),
        colon_token: Some(Default::default()),
        ty,
        default: None,
    }
}

/// `pub struct name { fields }`
pub(crate) fn structure(attrs: Vec<Attribute>, name: Ident, fields: Vec<syn::Field>) -> Item {
    let named = fields.into_iter().collect();
    let fields = syn::FieldsNamed { brace_token: Default::default(), named };
    Item::Struct(syn::ItemStruct {
        attrs,
        vis: public(),
        struct_token: Default::default(),
        ident: name,
        generics: Generics::default(),
        fields: syn::Fields::Named(fields),
        semi_token: None,
    })
}

/// `static name: ty = value;`
pub(crate) fn static_item(name: Ident, ty: Path, value: Expr) -> Item {
    Item::Static(ItemStatic {
        attrs: Vec::new(),
        vis: Visibility::Inherited,
        static_token: Default::default(),
        mutability: syn::StaticMutability::None,
        ident: name,
        colon_token: Default::default(),
        ty: Box::new(self::ty(ty)),
        eq_token: Default::default(),
        expr: Box::new(value),
        semi_token: Default::default(),
    })
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

/// `impl path for name { members }`
pub(crate) fn implementation(path: Path, name: Ident, members: Vec<ImplItem>) -> Item {
    match inherent(name, members) {
        Item::Impl(item) => {
            Item::Impl(ItemImpl { trait_: Some((path, Default::default())), ..item })
        }
        other => other,
    }
}

/// `path!(tokens);`
pub(crate) fn invocation(path: Path, tokens: TokenStream) -> Item {
    Item::Macro(syn::ItemMacro {
        attrs: Vec::new(),
        ident: None,
        mac: syn::Macro {
            path,
            bang_token: Default::default(),
            delimiter: syn::MacroDelimiter::Paren(Default::default()),
            tokens,
        },
        semi_token: Some(Default::default()),
    })
}

/// How a method takes `self`.
#[derive(Clone, Copy)]
pub(crate) enum Receiver {
    /// Not at all.
    None,
    /// `self`
    Value,
    /// `mut self`
    Mutable,
    /// `&self`
    Reference,
}

/// A method: everything but its attributes has its usual form.
pub(crate) struct Function {
    pub(crate) attrs: Vec<Attribute>,
    pub(crate) public: bool,
    pub(crate) name: Ident,
    pub(crate) receiver: Receiver,
    pub(crate) inputs: Vec<FnArg>,
    pub(crate) output: Type,
    pub(crate) body: Vec<Stmt>,
}

impl From<Function> for ImplItem {
    fn from(function: Function) -> Self {
        let inputs = receiver(function.receiver).into_iter().chain(function.inputs);
        let sig = Signature {
            constness: None,
            asyncness: None,
            safety: syn::Safety::Default,
            abi: None,
            fn_token: Default::default(),
            ident: function.name,
            generics: Generics::default(),
            paren_token: Default::default(),
            inputs: inputs.collect(),
            variadic: None,
            output: ReturnType::Type(Default::default(), Box::new(function.output)),
        };
        Self::Fn(ImplItemFn {
            attrs: function.attrs,
            vis: if function.public { public() } else { Visibility::Inherited },
            modifiers: Default::default(),
            sig,
            block: Block { brace_token: Default::default(), stmts: function.body },
        })
    }
}

fn receiver(receiver: Receiver) -> Option<FnArg> {
    let (mutability, kind) = match receiver {
        Receiver::None => return None,
        Receiver::Value => (None, syn::ReceiverKind::Value),
        Receiver::Mutable => (Some(Default::default()), syn::ReceiverKind::Value),
        Receiver::Reference => (None, syn::ReceiverKind::Reference(Default::default(), None, None)),
    };
    let receiver =
        syn::Receiver { attrs: Vec::new(), mutability, self_token: Default::default(), kind };
    Some(FnArg::Receiver(receiver))
}

/// `name: ty`
pub(crate) fn input(attrs: Vec<Attribute>, name: &Ident, ty: Type) -> FnArg {
    let pattern = syn::PatIdent {
        attrs: Vec::new(),
        by_ref: None,
        mutability: None,
        ident: name.clone(),
        subpat: None,
    };
    FnArg::Typed(syn::PatType {
        attrs,
        pat: Box::new(Pat::Ident(pattern)),
        colon_token: Default::default(),
        ty: Box::new(ty),
    })
}

fn public() -> Visibility {
    Visibility::Public(Default::default())
}

/// `tenon_runtime::name`
pub(crate) fn runtime(name: &str) -> Path {
    within(path(named("tenon_runtime")), named(name))
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

/// `type name = ty;`
pub(crate) fn associated(name: &str, ty: Type) -> ImplItem {
    ImplItem::Type(syn::ImplItemType {
        attrs: Vec::new(),
        vis: Visibility::Inherited,
        modifiers: Default::default(),
        type_token: Default::default(),
        ident: named(name),
        generics: Generics::default(),
        eq_token: Default::default(),
        ty,
        semi_token: Default::default(),
    })
}

/// Members of an implementation that are written as tokens.
pub(crate) fn members(tokens: TokenStream) -> Vec<ImplItem> {
    match syn::parse2::<ItemImpl>(quote::quote!(impl X { #tokens })) {
        Ok(block) => block.items,
        Err(error) => vec![ImplItem::Verbatim(error.to_compile_error())],
    }
}

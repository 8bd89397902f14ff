//! Methods.

use proc_macro2::Ident;
use syn::{
    Attribute, Block, FnArg, Generics, ImplItem, ImplItemFn, Pat, ReturnType, Signature, Stmt,
    Type, Visibility,
};

use super::item::public;

/// How a method takes `self`.
#[derive(Clone, Copy)]
pub(crate) enum Receiver {
    /// Not at all.
    None,
    /// `self`
    Value,
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
    if matches!(receiver, Receiver::None) {
        return None;
    }
    Some(FnArg::Receiver(syn::Receiver {
        attrs: Vec::new(),
        mutability: None,
        self_token: Default::default(),
        kind: syn::ReceiverKind::Value,
    }))
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

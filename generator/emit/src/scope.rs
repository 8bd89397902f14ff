//! Names that a file uses without a path: which of them it imports, and which it has to write out.
//!
//! A model may be called `Field`, `Option` or `String`. Where it is, the type of the runtime or of
//! the standard library is written with its path.

use std::cell::{Cell, RefCell};
use std::collections::{BTreeMap, BTreeSet, HashSet};

use proc_macro2::TokenStream;
use quote::quote;
use tenon_ir::{Api, ItemId, Kind, Type};

use crate::literal::{ident, named};
use crate::uses;

/// Where a file stands in the API's module.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Place {
    /// A family of models, by its index.
    Family(usize),
    /// Beside the module `models`.
    Module,
    /// A doctest, which imports the models it uses.
    Doctest,
}

/// Names in scope of one file.
pub(crate) struct Scope<'a> {
    pub(crate) api: &'a Api,
    place: Place,
    taken: HashSet<&'a str>,
    runtime: RefCell<BTreeMap<&'static str, BTreeSet<&'static str>>>,
    models: RefCell<BTreeSet<&'a str>>,
    map: Cell<bool>,
}

impl<'a> Scope<'a> {
    /// The scope of a file of models: those of the family, and those that it refers to.
    pub(crate) fn family(api: &'a Api, family: usize) -> Self {
        let mut taken = HashSet::new();
        for item in api.items.iter().filter(|item| item.family == family) {
            taken.insert(item.name.as_str());
            uses::of_kind(&item.kind, &mut |id| {
                taken.insert(api.item(id).name.as_str());
            });
        }
        Self::new(api, Place::Family(family), taken)
    }

    /// The scope of a file beside `models`, which defines types of these names.
    pub(crate) fn module(api: &'a Api, taken: impl IntoIterator<Item = &'a str>) -> Self {
        Self::new(api, Place::Module, taken.into_iter().collect())
    }

    /// The scope of an example: it imports models as it uses them.
    pub(crate) fn doctest(api: &'a Api) -> Self {
        let taken = api.items.iter().map(|item| item.name.as_str()).collect();
        Self::new(api, Place::Doctest, taken)
    }

    fn new(api: &'a Api, place: Place, taken: HashSet<&'a str>) -> Self {
        Self {
            api,
            place,
            taken,
            runtime: RefCell::default(),
            models: RefCell::default(),
            map: Cell::new(false),
        }
    }

    /// Path of a model as this file writes it.
    pub(crate) fn model(&self, id: ItemId) -> TokenStream {
        let item = self.api.item(id);
        let name = ident(&item.name);
        match self.place {
            Place::Family(family) => {
                if item.family != family {
                    self.models.borrow_mut().insert(item.name.as_str());
                }
                quote!(#name)
            }
            Place::Module => {
                self.models.borrow_mut().insert("models");
                quote!(models::#name)
            }
            Place::Doctest => {
                self.models.borrow_mut().insert(item.name.as_str());
                quote!(#name)
            }
        }
    }

    /// A name of `tenon_runtime::<module>`, imported unless it is taken.
    pub(crate) fn runtime(&self, module: &'static str, name: &'static str) -> TokenStream {
        let word = named(name);
        let path = match module {
            "" => quote!(tenon_runtime),
            _ => {
                let module = named(module);
                quote!(tenon_runtime::#module)
            }
        };
        // Beside the models, `Json` is the outcome of that name.
        let other = self.place == Place::Module && module.is_empty() && name == "Json";
        if other || self.taken.contains(name) || self.place == Place::Doctest {
            return quote!(#path::#word);
        }
        self.runtime.borrow_mut().entry(module).or_default().insert(name);
        quote!(#word)
    }

    /// A name of `tenon_runtime::codec`.
    pub(crate) fn codec(&self, name: &'static str) -> TokenStream {
        self.runtime("codec", name)
    }

    /// A name of `tenon_runtime::op`.
    pub(crate) fn op(&self, name: &'static str) -> TokenStream {
        self.runtime("op", name)
    }

    /// `BTreeMap`.
    pub(crate) fn map(&self) -> TokenStream {
        if self.taken.contains("BTreeMap") {
            return quote!(std::collections::BTreeMap);
        }
        self.map.set(true);
        quote!(BTreeMap)
    }

    /// A name of the prelude, with its path where the file has another meaning for it.
    pub(crate) fn std(&self, module: &'static str, name: &'static str) -> TokenStream {
        let word = named(name);
        if !self.taken.contains(name) {
            return quote!(#word);
        }
        let module = named(module);
        quote!(::std::#module::#word)
    }

    /// `Option`.
    pub(crate) fn option(&self) -> TokenStream {
        self.std("option", "Option")
    }

    /// `Some`.
    pub(crate) fn some(&self) -> TokenStream {
        self.value("option", "Some")
    }

    /// `None`.
    pub(crate) fn none(&self) -> TokenStream {
        self.value("option", "None")
    }

    /// `Ok`.
    pub(crate) fn ok(&self) -> TokenStream {
        self.value("result", "Ok")
    }

    fn value(&self, module: &'static str, name: &'static str) -> TokenStream {
        if !self.taken.contains(name) {
            let word = named(name);
            return quote!(#word);
        }
        let enumeration = named(if module == "option" { "Option" } else { "Result" });
        let (module, word) = (named(module), named(name));
        quote!(::std::#module::#enumeration::#word)
    }

    /// `String`.
    pub(crate) fn string(&self) -> TokenStream {
        self.std("string", "String")
    }

    /// `Vec`.
    pub(crate) fn vec(&self) -> TokenStream {
        self.std("vec", "Vec")
    }

    /// `Box`.
    pub(crate) fn boxed(&self) -> TokenStream {
        self.std("boxed", "Box")
    }

    /// `Result`.
    pub(crate) fn result(&self) -> TokenStream {
        self.std("result", "Result")
    }

    /// `Into`.
    pub(crate) fn into(&self) -> TokenStream {
        self.std("convert", "Into")
    }

    /// `From`.
    pub(crate) fn from(&self) -> TokenStream {
        self.std("convert", "From")
    }

    /// `AsRef`.
    pub(crate) fn as_ref(&self) -> TokenStream {
        self.std("convert", "AsRef")
    }

    /// The type behind any number of aliases.
    pub(crate) fn resolve<'t>(&self, ty: &'t Type) -> &'t Type
    where
        'a: 't,
    {
        let mut ty = ty;
        // An alias of itself can't be written in Rust either; the bound only keeps this finite.
        for _ in 0..64 {
            match ty {
                Type::Item(id) => match &self.api.item(*id).kind {
                    Kind::Alias(target) => ty = target,
                    Kind::Struct(_) | Kind::Enum(_) | Kind::Union(_) | Kind::Newtype(_) => break,
                },
                _ => break,
            }
        }
        ty
    }

    /// The imports that everything written so far needs.
    pub(crate) fn imports(&self) -> TokenStream {
        let std = self.map.get().then(|| quote!(use std::collections::BTreeMap;));
        let runtime = self.runtime.borrow();
        // The root of the crate comes behind its modules.
        let (root, modules): (Vec<_>, Vec<_>) = runtime.iter().partition(|it| it.0.is_empty());
        let runtime = modules.into_iter().chain(root).map(|(module, names)| {
            let names = names.iter().map(|name| named(name));
            match *module {
                "" => quote!(use tenon_runtime::{#(#names),*};),
                _ => {
                    let module = named(module);
                    quote!(use tenon_runtime::#module::{#(#names),*};)
                }
            }
        });
        let models = self.models.borrow();
        let models = (!models.is_empty()).then(|| {
            let names = models.iter().map(|name| named(name));
            quote!(use super::{#(#names),*};)
        });
        quote! { #std #(#runtime)* #models }
    }

    /// Names of the models that an example imports.
    pub(crate) fn imported_models(&self) -> Vec<&'a str> {
        self.models.borrow().iter().copied().collect()
    }
}

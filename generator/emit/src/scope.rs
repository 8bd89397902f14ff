//! Names that a file uses without a path: which of them it imports, and which it has to write out.
//!
//! A model may be called `Field`, `Option` or `String`. Where it is, the type of the runtime or of
//! the standard library is written with its path.

use std::cell::{Cell, RefCell};
use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

use proc_macro2::TokenStream;
use quote::quote;
use syn::Path;
use tenon_ir::{Api, Ident, ItemId, Kind, Type};

use crate::ast::{path, within};
use crate::literal::{ident, named};
use crate::uses;

/// Where a file stands in the API's module.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Place {
    /// A family of models, by its index.
    Family(usize),
    /// Beside the module `models`.
    Module,
    /// One module further in.
    Part,
    /// Two modules further in.
    InnerPart,
    /// A doctest, which imports the models it uses.
    Doctest,
}

/// Names in scope of one file.
pub(crate) struct Scope<'a> {
    pub(crate) api: &'a Api,
    place: Place,
    /// Names with a meaning of their own here; absent where any model's name may be one.
    taken: Option<HashSet<&'a str>>,
    runtime: RefCell<BTreeMap<&'static str, BTreeSet<&'static str>>>,
    models: RefCell<BTreeSet<&'a str>>,
    sizes: RefCell<HashMap<ItemId, usize>>,
    map: Cell<bool>,
    json: Cell<bool>,
    group: Cell<bool>,
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
        Self::new(api, Place::Family(family), Some(taken))
    }

    /// The scope of a file beside `models`, which defines types of these names.
    pub(crate) fn module(api: &'a Api, taken: impl IntoIterator<Item = &'a str>) -> Self {
        Self::new(api, Place::Module, Some(taken.into_iter().collect()))
    }

    /// The scope of a part of such a file.
    pub(crate) fn part(api: &'a Api, taken: impl IntoIterator<Item = &'a str>) -> Self {
        Self::new(api, Place::Part, Some(taken.into_iter().collect()))
    }

    /// The scope of a part of a part.
    pub(crate) fn inner_part(api: &'a Api) -> Self {
        Self::new(api, Place::InnerPart, Some(HashSet::new()))
    }

    /// The scope of an example: it imports models as it uses them.
    pub(crate) fn doctest(api: &'a Api) -> Self {
        Self::new(api, Place::Doctest, None)
    }

    fn new(api: &'a Api, place: Place, taken: Option<HashSet<&'a str>>) -> Self {
        Self {
            api,
            place,
            taken,
            runtime: RefCell::default(),
            models: RefCell::default(),
            sizes: RefCell::default(),
            map: Cell::new(false),
            json: Cell::new(false),
            group: Cell::new(false),
        }
    }

    /// The size of a model, which is computed once: there are as many ways to one as types that hold
    /// each other allow. Inside of itself a model has none.
    pub(crate) fn size_of(&self, id: ItemId, compute: impl FnOnce(&'a Kind) -> usize) -> usize {
        if let Some(known) = self.sizes.borrow().get(&id) {
            return *known;
        }
        self.sizes.borrow_mut().insert(id, 0);
        let size = compute(&self.api.item(id).kind);
        self.sizes.borrow_mut().insert(id, size);
        size
    }

    /// Path of a model as this file writes it.
    pub(crate) fn model(&self, id: ItemId) -> Path {
        let item = self.api.item(id);
        let name = ident(&item.name);
        match self.place {
            Place::Family(family) => {
                if item.family != family {
                    self.models.borrow_mut().insert(item.name.as_str());
                }
                path(name)
            }
            Place::Module | Place::Part | Place::InnerPart => {
                self.models.borrow_mut().insert("models");
                within(path(named("models")), name)
            }
            Place::Doctest => {
                self.models.borrow_mut().insert(item.name.as_str());
                path(name)
            }
        }
    }

    /// A name of `tenon_runtime::<module>`, imported unless it is taken.
    pub(crate) fn runtime(&self, module: &'static str, name: &'static str) -> Path {
        let word = named(name);
        // Beside the models, `Json` is the outcome of that name.
        let beside = matches!(self.place, Place::Module | Place::Part | Place::InnerPart);
        let other = beside && module.is_empty() && name == "Json";
        if !(other || self.is_taken(name) || self.place == Place::Doctest) {
            self.runtime.borrow_mut().entry(module).or_default().insert(name);
            return path(word);
        }
        let root = path(named("tenon_runtime"));
        let modules = module.split("::").filter(|module| !module.is_empty());
        within(modules.fold(root, |root, module| within(root, named(module))), word)
    }

    /// A name of the runtime's root, which an example imports.
    pub(crate) fn example_runtime(&self, name: &'static str) -> Path {
        self.runtime.borrow_mut().entry("").or_default().insert(name);
        path(named(name))
    }

    /// A name of `tenon_runtime::codec`.
    pub(crate) fn codec(&self, name: &'static str) -> Path {
        self.runtime("codec", name)
    }

    /// A name of `tenon_runtime::op`.
    pub(crate) fn op(&self, name: &'static str) -> Path {
        self.runtime("op", name)
    }

    /// `BTreeMap`.
    pub(crate) fn map(&self) -> Path {
        if self.is_taken("BTreeMap") {
            return self.std("collections", "BTreeMap");
        }
        self.map.set(true);
        path(named("BTreeMap"))
    }

    /// The macro `json!` of the runtime.
    pub(crate) fn json_macro(&self) -> Path {
        self.json.set(true);
        path(named("json"))
    }

    /// Whether an example has to import `json!`.
    pub(crate) fn imports_json(&self) -> bool {
        self.json.get()
    }

    /// The module of the types of a group, which an example imports.
    pub(crate) fn example_group(&self, name: &Ident) -> proc_macro2::Ident {
        self.group.set(true);
        ident(name)
    }

    /// Whether an example has to import the module of its group.
    pub(crate) fn imports_group(&self) -> bool {
        self.group.get()
    }

    /// A name of the prelude, with its path where the file has another meaning for it.
    fn std(&self, module: &str, name: &str) -> Path {
        let word = named(name);
        if !self.is_taken(name) {
            return path(word);
        }
        let mut root = path(named("std"));
        root.leading_colon = Some(Default::default());
        match module {
            "Option" | "Result" => {
                let lower = module.to_lowercase();
                within(within(within(root, named(&lower)), named(module)), word)
            }
            _ => within(within(root, named(module)), word),
        }
    }

    fn is_taken(&self, name: &str) -> bool {
        match &self.taken {
            Some(taken) => taken.contains(name),
            // An example imports few models; the name is rare enough to be looked for.
            None => self.api.items.iter().any(|item| item.name.as_str() == name),
        }
    }

    /// `Option`.
    pub(crate) fn option(&self) -> Path {
        self.std("option", "Option")
    }

    /// `Some`.
    pub(crate) fn some(&self) -> Path {
        self.std("Option", "Some")
    }

    /// `None`.
    pub(crate) fn none(&self) -> Path {
        self.std("Option", "None")
    }

    /// `String`.
    pub(crate) fn string(&self) -> Path {
        self.std("string", "String")
    }

    /// `Vec`.
    pub(crate) fn vec(&self) -> Path {
        self.std("vec", "Vec")
    }

    /// `Box`.
    pub(crate) fn boxed(&self) -> Path {
        self.std("boxed", "Box")
    }

    /// `Result`.
    pub(crate) fn result(&self) -> Path {
        self.std("result", "Result")
    }

    /// `Into`.
    pub(crate) fn into(&self) -> Path {
        self.std("convert", "Into")
    }

    /// `From`.
    pub(crate) fn from(&self) -> Path {
        self.std("convert", "From")
    }

    /// `AsRef`.
    pub(crate) fn as_ref(&self) -> Path {
        self.std("convert", "AsRef")
    }

    /// `IntoIterator`.
    pub(crate) fn iterator_trait(&self) -> Path {
        self.std("iter", "IntoIterator")
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
        let outside = self.outside_imports();
        let models = self.models.borrow();
        let models = (!models.is_empty()).then(|| {
            let names = models.iter().map(|name| named(name));
            let further = match self.place {
                Place::Family(_) | Place::Module | Place::Doctest => None,
                Place::Part => Some(quote!(super::)),
                Place::InnerPart => Some(quote!(super::super::)),
            };
            quote!(use super::#further{#(#names),*};)
        });
        quote! { #outside #models }
    }

    /// The same without the models: for a program outside of the crate.
    pub(crate) fn outside_imports(&self) -> TokenStream {
        let std = self.map.get().then(|| {
            quote!(
                use std::collections::BTreeMap;
            )
        });
        let runtime = self.runtime.borrow();
        // The root of the crate comes behind its modules.
        let (root, modules): (Vec<_>, Vec<_>) = runtime.iter().partition(|it| it.0.is_empty());
        let runtime = modules.into_iter().chain(root).map(|(module, names)| {
            let names = names.iter().map(|name| named(name));
            match *module {
                "" => quote!(use tenon_runtime::{#(#names),*};),
                _ => {
                    let modules = module.split("::").map(named);
                    quote!(use tenon_runtime::#(#modules::)*{#(#names),*};)
                }
            }
        });
        quote! { #std #(#runtime)* }
    }

    /// Names of the runtime's root that an example imports.
    pub(crate) fn imported_runtime(&self) -> Vec<&'static str> {
        self.runtime.borrow().get("").into_iter().flatten().copied().collect()
    }

    /// Names of the models that an example imports.
    pub(crate) fn imported_models(&self) -> Vec<&'a str> {
        self.models.borrow().iter().copied().collect()
    }
}

//! Models: `models/mod.rs` and one file per family.

mod enums;
mod newtypes;
mod structs;
mod unions;

pub(crate) use enums::variant_docs;

use quote::quote;
use tenon_ir::{Api, Derives, Family, Item, ItemId, Kind};

use crate::ast;
use crate::docs::Text;
use crate::file::{File, rust, rust_text};
use crate::gate;
use crate::layout::{self, Code, word};
use crate::literal::{Plain, ident};
use crate::module;
use crate::package::Package;
use crate::scope::Scope;
use crate::types;

/// `models/mod.rs`
pub(crate) fn index(api: &Api, package: &Package) -> File {
    let mut families: Vec<&Family> = api.families.iter().collect();
    families.sort_by(|a, b| a.name.cmp(&b.name));
    let modules = families.iter().map(|Family { name, gate, .. }| {
        let gate = gate::cfg(api, gate);
        let inception = (name.as_str() == "models")
            .then(|| quote!(#[allow(clippy::module_inception, reason = "named by the document")]));
        let path = module::module_path(name.plain());
        let name = ident(name);
        quote!(#gate #inception #path mod #name;)
    });
    let exports = families.iter().map(|Family { name, gate, .. }| {
        let (name, gate) = (ident(name), gate::cfg(api, gate));
        quote!(#gate pub use #name::*;)
    });
    let docs = Text::new(format!(
        "Types that the requests and replies of {} are made of.",
        package.title(api)
    ));
    rust(
        package.path(api, "models/mod.rs"),
        &package.source,
        &docs,
        ast::items(quote!(#(#modules)* #(#exports)*)),
    )
}

/// `models/<family>.rs`
pub(crate) fn family(api: &Api, package: &Package, index: usize) -> Option<File> {
    let family = api.families.get(index)?;
    let scope = Scope::family(api, index);
    let mut out = Code::default();
    for item in api.items.iter().filter(|item| item.family == index) {
        out.blank();
        write(&scope, item, &mut out);
    }
    let title = || format!("Models of `{}`.", family.name.plain());
    let mut docs = Text::of(&family.docs, title);
    docs.origin(&family.docs);
    let path = package.path(api, &format!("models/{}.rs", family.name.plain()));
    let imports = ast::items(scope.imports());
    Some(rust_text(path, &package.source, &docs, imports, &out.finish()))
}

fn write(scope: &Scope<'_>, item: &Item, out: &mut Code) {
    match &item.kind {
        Kind::Struct(shape) => structs::write(scope, item, shape, out),
        Kind::Enum(shape) => enums::write(item, shape, out),
        Kind::Union(shape) => unions::write(scope, item, shape, out),
        Kind::Newtype(shape) => newtypes::write(scope, item, shape, out),
        Kind::Alias(ty) => {
            out.docs(0, &docs(item).lines());
            out.line(0, &format!("pub type {} = {};", word(&item.name), types::text(scope, ty)));
        }
    }
}

/// Whether tests need more of a model than those who send requests.
pub(crate) fn is_given(item: &Item) -> bool {
    matches!(item.kind, Kind::Struct(_)) && item.usage.reply && !item.usage.request
}

/// The constructor and the setters of a model that only replies have.
pub(crate) fn given(scope: &Scope<'_>, index: usize, item: &Item, out: &mut Code) {
    let Kind::Struct(shape) = &item.kind else { return };
    let Ok(index) = u32::try_from(index) else { return };
    if is_given(item) {
        let name = layout::path(&scope.model(ItemId(index)));
        structs::given(scope, &name, shape, out);
    }
}

/// Documentation of a model.
fn docs(item: &Item) -> Text {
    let name = item.name.as_str();
    let mut text = Text::of(&item.docs, || format!("The schema `{name}`."));
    if item.docs.deprecated {
        text.sentence("Deprecated.");
    }
    text.origin(&item.docs);
    text
}

/// `#[derive(…)]` of a newtype.
fn derives(derives: Derives) -> String {
    let eq = if derives.eq { ", Eq, Hash" } else { "" };
    derived(derives, &format!(", Debug, PartialEq{eq}"))
}

/// The same for a struct or a union: `tenon_runtime::object!` and `tenon_runtime::union!` write what looks at all that is
/// in it, from the list of fields or variants that they have anyway.
fn derives_of_listed(derives: Derives) -> String {
    derived(derives, "")
}

fn derived(derives: Derives, others: &str) -> String {
    let copy = if derives.copy { ", Copy" } else { "" };
    let default = if derives.default { ", Default" } else { "" };
    format!("#[derive(Clone{copy}{others}{default})]")
}

/// The most fields or variants that the runtime takes as a tuple (`runtime/src/codec/arity.rs`).
const LONGEST_TUPLE: usize = 64;

/// `Pet: Hash wide`: the name of a type that lists so many fields or variants, and how its macro goes about them.
fn listed(item: &Item, count: usize) -> String {
    let hash = if item.derives.eq { ": Hash" } else { "" };
    let wide = if count > LONGEST_TUPLE { " wide" } else { "" };
    format!("{}{hash}{wide}", word(&item.name))
}

//! Names of models, their fields and variants.

use std::collections::{HashMap, HashSet};

use super::super::cx::{Cx, Evidence, Owner, Shared};
use super::scope::Scope;
use super::words::{begin_a_name, camel, is_type_name, snake, spelled_out, words};
use crate::diag::{At, Code};
use tenon_ir as ir;

/// Types that generated code writes without a path.
pub(super) const TAKEN: [&str; 34] = [
    "Option",
    "Some",
    "None",
    "Vec",
    "String",
    "Box",
    "Result",
    "Ok",
    "Err",
    "Default",
    "Clone",
    "Copy",
    "Debug",
    "PartialEq",
    "Eq",
    "Hash",
    "From",
    "Into",
    "TryFrom",
    "TryInto",
    "AsRef",
    "AsMut",
    "Iterator",
    "IntoIterator",
    "Send",
    "Sync",
    "Sized",
    "Drop",
    "Fn",
    "FnMut",
    "FnOnce",
    "ToString",
    "ToOwned",
    "Extend",
];

/// Longest title, in words, that makes a good name.
const TITLE_WORDS: usize = 5;

/// The most words of a name that lists alternatives.
const CONTENT_WORDS: usize = 6;

/// What the content of requests and replies is called.
const BODIES: [&str; 2] = ["request", "response"];

/// The first word of an alternative that is called by its number.
const UNNAMED: &str = "variant";

/// Names every item, then what is inside it: names of the configuration first, then components
/// that are called exactly so, other components, and positions.
pub(super) fn assign(api: &mut ir::Api, cx: &mut Cx<'_, '_>) {
    let short = short_names(cx, api);
    let mut scope = Scope::with(&TAKEN);
    let mut named = vec![Vec::new(); api.items.len()];
    for id in order(cx, api) {
        let wanted = wanted(cx, &short, &named, id);
        api.items[id].name = match configured(cx, api, id) {
            Some(name) => take_configured(cx, &mut scope, id, &name),
            None => take(cx, api, &mut scope, id, &wanted),
        };
        named[id] = wanted;
    }
    api.items.iter_mut().for_each(inside);
}

/// Items in the order in which they choose their names. A position comes after what it stands in.
fn order(cx: &Cx<'_, '_>, api: &ir::Api) -> Vec<usize> {
    let strength = |id: &usize| match (&cx.evidence[*id], configured(cx, api, *id)) {
        (Evidence::Component(_), Some(_)) => 0,
        (Evidence::Component(name), None) if camel(&words(name)) == *name => 1,
        (Evidence::Component(_), None) => 2,
        (Evidence::Position { .. }, _) => 3,
    };
    let mut order: Vec<usize> = (0..api.items.len()).collect();
    order.sort_by_cached_key(strength);
    order
}

fn configured(cx: &Cx<'_, '_>, api: &ir::Api, id: usize) -> Option<String> {
    let by_pointer = cx.config.names.get(&api.items[id].origin);
    let by_name = match &cx.evidence[id] {
        Evidence::Component(name) => cx.config.names.get(name),
        Evidence::Position { .. } => None,
    };
    by_pointer.or(by_name).cloned()
}

/// The name that the configuration gives, made into one of the language if it isn't.
fn take_configured(cx: &mut Cx<'_, '_>, scope: &mut Scope, id: usize, name: &str) -> ir::Ident {
    if is_type_name(name) && scope.is_free(name) {
        return scope.take(&[name.to_owned()]);
    }
    let taken = scope.take(&[camel(&words(name))]);
    cx.sink
        .warning(
            Code::ProjectFile,
            At::Node(cx.nodes[id]),
            format!(
                "the name `{name}` of the configuration can't be had; this is called `{}`",
                taken.as_str()
            ),
        )
        .help("give it a name that is an identifier of Rust, and not taken");
    taken
}

/// Names that don't tell where a model stands.
struct Short {
    /// Those of each model, the best first: its title; the place that it has in every model it stands in; what it
    /// consists of.
    names: Vec<Vec<Vec<String>>>,
    /// How often each is wanted, for a component too.
    times: HashMap<String, usize>,
    /// What operations are called.
    operations: HashSet<String>,
}

fn short_names(cx: &Cx<'_, '_>, api: &ir::Api) -> Short {
    let names: Vec<_> =
        cx.evidence.iter().zip(&api.items).map(|it| names_of(cx, it.0, &it.1.kind)).collect();
    let mut times = HashMap::new();
    for (evidence, names) in cx.evidence.iter().zip(&names) {
        if let Evidence::Component(name) = evidence {
            *times.entry(camel(&component(cx, name))).or_insert(0) += 1;
        }
        for name in names {
            *times.entry(camel(name)).or_insert(0) += 1;
        }
    }
    let operations = api.operations().flat_map(|it| [&it.id, &it.name.0]);
    let operations = operations.map(|name| camel(&words(name))).collect();
    Short { names, times, operations }
}

fn names_of(cx: &Cx<'_, '_>, evidence: &Evidence, kind: &ir::Kind) -> Vec<Vec<String>> {
    let Evidence::Position { place, title, shared, .. } = evidence else { return Vec::new() };
    let title = title.as_deref().filter(|title| !cx.handlers.is_of_reply(title));
    let title = title.map(|title| words(cx.called.name(title)));
    let title = title.filter(|title| title.len() <= TITLE_WORDS);
    let common = || (*shared == Shared::SamePlace).then(|| common_name(kind, place));
    let content = content_name(kind).filter(|_| *shared != Shared::Alone);
    title.or_else(common).into_iter().chain(content).collect()
}

/// What a constant is, and where it stands: `list` at `object` is a list object, 200 at `status` the
/// status 200.
fn common_name(kind: &ir::Kind, place: &str) -> Vec<String> {
    let value = match kind {
        ir::Kind::Enum(ir::Enum { variants, .. }) if variants.len() == 1 => {
            words(&variants[0].name.0)
        }
        _ => Vec::new(),
    };
    let value = if value.len() <= TITLE_WORDS { value } else { Vec::new() };
    let place = words(place);
    match begin_a_name(&value) {
        _ if value.ends_with(&place) => value,
        true => [value, place].concat(),
        false => [place, value].concat(),
    }
}

/// The few alternatives of a union, if each has a name of its own.
fn content_name(kind: &ir::Kind) -> Option<Vec<String>> {
    let ir::Kind::Union(union) = kind else { return None };
    let names: Vec<Vec<String>> = union.variants.iter().map(|it| words(&it.name.0)).collect();
    let is_named = |name: &Vec<String>| name.first().is_some_and(|word| word != UNNAMED);
    let name = names.join(&"or".to_owned());
    (names.iter().all(is_named) && name.len() <= CONTENT_WORDS).then_some(name)
}

/// The words of a component's name. One that FastAPI makes of the id of an operation is called after the
/// operation, as that is.
fn component(cx: &Cx<'_, '_>, name: &str) -> Vec<String> {
    match name.strip_prefix("Body_").and_then(|id| cx.handlers.unique(id)) {
        Some(handler) => words(&format!("{handler} body")),
        None => words(cx.called.name(name)),
    }
}

fn wanted(cx: &Cx<'_, '_>, short: &Short, named: &[Vec<String>], id: usize) -> Vec<String> {
    let is_own = |name: &&Vec<String>| short.times.get(&camel(name)) == Some(&1);
    match (&cx.evidence[id], short.names[id].iter().find(is_own)) {
        (Evidence::Component(name), _) => component(cx, name),
        (Evidence::Position { .. }, Some(name)) => name.clone(),
        (Evidence::Position { parent, place, .. }, None) => {
            let place = if place.trim().is_empty() { Vec::new() } else { words(place) };
            match parent {
                Owner::Item(parent) => [named[parent.0 as usize].as_slice(), &place].concat(),
                Owner::Named(name) => of_owner(short, &words(name), &place),
            }
        }
    }
}

/// The place in what has a name: the model of a response that several operations share isn't called
/// `PetResponseResponse`. What an operation is called is its call already.
fn of_owner(short: &Short, owner: &[String], place: &[String]) -> Vec<String> {
    let is_shared = || !short.operations.contains(&camel(owner));
    let is_told = match (owner, place) {
        ([_, .., last], [first, ..]) => BODIES.contains(&first.as_str()) && last == first,
        _ => false,
    };
    let told = [owner, place.get(1..).unwrap_or_default()].concat();
    let is_free = || !short.times.contains_key(&camel(&told));
    if is_told && is_shared() && is_free() { told } else { [owner, place].concat() }
}

fn take(
    cx: &mut Cx<'_, '_>,
    api: &ir::Api,
    scope: &mut Scope,
    id: usize,
    wanted: &[String],
) -> ir::Ident {
    let name = camel(wanted);
    let candidates = [name.clone(), format!("{name}Model")];
    let reserved = TAKEN.contains(&name.as_str());
    let free = scope.is_free(&name);
    let taken = match reserved {
        true => scope.take(&candidates),
        false => scope.take(&candidates[..1]),
    };
    if !free && !reserved {
        let origin = &api.items[id].origin;
        cx.sink
            .note(
                Code::NameClash,
                At::Node(cx.nodes[id]),
                format!("`{name}` is taken; this type is called `{}`", taken.as_str()),
            )
            .help(format!("name it in the configuration: `names: {{ \"{origin}\": … }}`"));
    }
    taken
}

fn inside(item: &mut ir::Item) {
    match &mut item.kind {
        ir::Kind::Struct(shape) => fields(shape),
        ir::Kind::Enum(shape) => {
            let mut scope = Scope::default();
            for variant in &mut shape.variants {
                let value = &variant.name.0;
                variant.name = scope.take(&[camel(&words(value)), camel(&spelled_out(value))]);
            }
            shape.unknown = catch_all(&mut scope);
        }
        ir::Kind::Union(union) => {
            let mut scope = Scope::default();
            let whole = words(&item.name.0);
            for variant in &mut union.variants {
                let own = words(&variant.name.0);
                variant.name = scope.take(&[camel(within(&whole, &own)), camel(&own)]);
            }
            if union.unknown.is_some() {
                union.unknown = Some(catch_all(&mut scope));
            }
        }
        ir::Kind::Newtype(_) | ir::Kind::Alias(_) => {}
    }
}

/// What tells a variant from the union it belongs to: `developer` of `ChatDeveloperMessage` in
/// `ChatMessage`. It depends on no other variant, so that one more changes none.
fn within<'a>(whole: &[String], own: &'a [String]) -> &'a [String] {
    let start = whole.iter().zip(own).take_while(|(a, b)| a == b).count();
    let rest = &own[start..];
    let end = whole[start..].iter().rev().zip(rest.iter().rev()).take_while(|(a, b)| a == b);
    let rest = &rest[..rest.len() - end.count()];
    if begin_a_name(rest) { rest } else { own }
}

/// The variant for whatever isn't listed.
pub(super) fn catch_all(scope: &mut Scope) -> ir::Ident {
    scope.take(&["Unknown".to_owned(), "Other".to_owned(), "Unlisted".to_owned()])
}

/// Methods that a model has, or that its values are expected to have.
const METHODS: [&str; 2] = ["new", "clone"];

/// Fields are setters as well: none may be called like a method. Those called exactly as on the
/// wire have the first choice.
fn fields(shape: &mut ir::Struct) {
    let mut scope = Scope::with(&METHODS);
    let names: Vec<String> = shape.fields.iter().map(|field| snake(&words(&field.wire))).collect();
    let has_null = |field: &ir::Field| {
        matches!(field.ty, ir::Type::Nullable(_)) && field.presence == ir::Presence::Optional
    };
    let nullable = shape.fields.iter().zip(&names).filter(|(field, _)| has_null(field));
    nullable.for_each(|(_, name)| scope.insert(&format!("{name}_null")));
    let mut order: Vec<usize> = (0..names.len()).collect();
    order.sort_by_key(|at| shape.fields[*at].wire != names[*at]);
    for at in order {
        let name = &names[at];
        let field = &mut shape.fields[at];
        let other = match METHODS.contains(&name.as_str()) {
            true => format!("{name}_"),
            false => snake(&spelled_out(&field.wire)),
        };
        field.name = scope.take(&[name.clone(), other]);
        if has_null(field) {
            scope.insert(&format!("{}_null", field.name.as_str().trim_start_matches("r#")));
        }
    }
    if let ir::Rest::Keep { name, .. } | ir::Rest::Unknown { name } = &mut shape.rest {
        *name = scope.take(&[snake(&words(&name.0))]);
    }
}

//! Code that uses everything which a generated client offers, each thing by its exact type.

mod calls;

use tenon::ir::{
    Api, Credential, Encoding, Enum, EnumBase, Field, Float, Item, Kind, Newtype, Presence, Rest,
    Struct, Text, Type, Union,
};

/// A module that stands beside the client's module `api`.
pub(crate) fn of(api: &Api) -> String {
    let mut out = String::from("use super::api;\nuse std::option::Option;\n");
    out.push_str("fn is_eq<T: Eq + std::hash::Hash>() {}\nfn is_copy<T: Copy>() {}\n");
    for (index, item) in api.items.iter().enumerate() {
        out.push_str(&format!("mod m{index} {{ use super::*;\n"));
        model(api, item, &mut out);
        out.push_str("}\n");
    }
    calls::add(api, &mut out);
    settings(api, &mut out);
    out
}

/// The type as Rust writes it, from anywhere.
pub(crate) fn ty(api: &Api, it: &Type) -> String {
    let inner = |it: &Type| ty(api, it);
    let runtime = |name: &str| format!("tenon_runtime::{name}");
    match it {
        Type::Bool => "bool".to_owned(),
        Type::Int(int) => format!("{int:?}").to_lowercase(),
        Type::Float(Float::F64) => "f64".to_owned(),
        Type::Float(Float::Decimal) => runtime("Decimal"),
        Type::Text(Text::Plain) => "String".to_owned(),
        Type::Text(text) => runtime(&format!("{text:?}")),
        Type::Bytes(Encoding::Base64) => runtime("Base64"),
        Type::Bytes(Encoding::Base64Url) => runtime("Base64Url"),
        Type::Json => runtime("Json"),
        Type::Unit => "()".to_owned(),
        Type::List(item) => format!("Vec<{}>", inner(item)),
        Type::Tuple(items) => {
            format!("({},)", items.iter().map(inner).collect::<Vec<_>>().join(", "))
        }
        Type::Map(value) => format!("std::collections::BTreeMap<String, {}>", inner(value)),
        Type::Nullable(value) => format!("Option<{}>", inner(value)),
        Type::Boxed(value) => format!("Box<{}>", inner(value)),
        Type::Item(id) => format!("api::models::{}", api.item(*id).name.as_str()),
    }
}

/// The type behind other names.
pub(crate) fn resolve<'a>(api: &'a Api, it: &'a Type) -> &'a Type {
    match it {
        Type::Item(id) => match &api.item(*id).kind {
            Kind::Alias(other) => resolve(api, other),
            _ => it,
        },
        _ => it,
    }
}

/// The type that is given for a value which is kept: boxes are made by the callee.
fn given(api: &Api, it: &Type) -> String {
    match resolve(api, it) {
        Type::Boxed(inner) => given(api, inner),
        _ => ty(api, it),
    }
}

fn model(api: &Api, item: &Item, out: &mut String) {
    let name = format!("api::models::{}", item.name.as_str());
    if !matches!(item.kind, Kind::Alias(_)) {
        if item.derives.eq {
            out.push_str(&format!("fn eq() {{ is_eq::<{name}>() }}\n"));
        }
        if item.derives.copy {
            out.push_str(&format!("fn copy() {{ is_copy::<{name}>() }}\n"));
        }
    }
    match &item.kind {
        Kind::Struct(shape) => structure(api, item, shape, &name, out),
        Kind::Enum(shape) => values(shape, &name, out),
        Kind::Union(shape) => alternatives(api, shape, &name, out),
        Kind::Newtype(Newtype { ty: content, .. }) => {
            out.push_str(&format!("fn content(x: {name}) -> {} {{ x.0 }}\n", ty(api, content)));
        }
        Kind::Alias(other) => {
            out.push_str(&format!("fn alias(x: {name}) -> {} {{ x }}\n", ty(api, other)));
        }
    }
}

fn structure(api: &Api, item: &Item, shape: &Struct, name: &str, out: &mut String) {
    let optional = |field: &Field| match field.presence {
        Presence::Required => ty(api, &field.ty),
        Presence::Optional => format!("Option<{}>", ty(api, &field.ty)),
    };
    for (at, field) in shape.fields.iter().enumerate() {
        let it = field.name.as_str();
        out.push_str(&format!("fn field{at}(x: &{name}) -> &{} {{ &x.{it} }}\n", optional(field)));
    }
    match &shape.rest {
        Rest::Ignore | Rest::Deny => {}
        Rest::Unknown { name: rest } => out.push_str(&format!(
            "fn rest(x: &{name}) -> &tenon_runtime::Extra {{ &x.{} }}\n",
            rest.as_str()
        )),
        Rest::Keep { name: rest, ty: value, .. } => out.push_str(&format!(
            "fn rest(x: &{name}) -> &std::collections::BTreeMap<String, {}> {{ &x.{} }}\n",
            ty(api, value),
            rest.as_str()
        )),
    }
    if item.derives.default {
        out.push_str(&format!("fn default() -> {name} {{ Default::default() }}\n"));
    }
    if !item.usage.request {
        return;
    }
    let arguments: Vec<&Field> = shape.fields.iter().filter(|field| field.is_argument()).collect();
    let inputs = arguments.iter().enumerate();
    let inputs: Vec<String> =
        inputs.map(|(at, it)| format!("a{at}: {}", given(api, &it.ty))).collect();
    let values: Vec<String> = (0..arguments.len()).map(|at| format!("a{at}")).collect();
    out.push_str(&format!(
        "fn new({}) -> {name} {{ {name}::new({}) }}\n",
        inputs.join(", "),
        values.join(", ")
    ));
    let settable = shape.fields.iter().enumerate();
    for (at, field) in settable.filter(|(_, it)| it.presence == Presence::Optional && !it.read_only)
    {
        let inner = match resolve(api, &field.ty) {
            Type::Nullable(inner) => inner,
            _ => &field.ty,
        };
        out.push_str(&format!(
            "fn set{at}(x: {name}, a: {}) -> {name} {{ x.{}(a) }}\n",
            given(api, inner),
            field.name.as_str()
        ));
    }
}

fn values(shape: &Enum, name: &str, out: &mut String) {
    for (at, variant) in shape.variants.iter().enumerate() {
        out.push_str(&format!(
            "fn value{at}() -> {name} {{ {name}::{} }}\n",
            variant.name.as_str()
        ));
    }
    let base = match shape.base {
        EnumBase::Text => "String",
        EnumBase::Int => "i64",
    };
    let unknown = shape.unknown.as_str();
    out.push_str(&format!("fn unknown(x: {base}) -> {name} {{ {name}::{unknown}(x) }}\n"));
}

fn alternatives(api: &Api, shape: &Union, name: &str, out: &mut String) {
    for (at, variant) in shape.variants.iter().enumerate() {
        let (it, content) = (variant.name.as_str(), ty(api, &variant.ty));
        out.push_str(&format!("fn make{at}(x: {content}) -> {name} {{ {name}::{it}(x) }}\n"));
        out.push_str(&format!(
            "fn take{at}(x: {name}) -> Option<{content}> {{ match x {{ {name}::{it}(x) => Some(x), _ => None }} }}\n"
        ));
        if variant.from {
            out.push_str(&format!("fn from{at}(x: {content}) -> {name} {{ x.into() }}\n"));
        }
    }
    if let Some(unknown) = &shape.unknown {
        out.push_str(&format!(
            "fn unknown(x: tenon_runtime::Json) -> {name} {{ {name}::{}(x) }}\n",
            unknown.as_str()
        ));
    }
}

/// The builder of the client, and constants.
fn settings(api: &Api, out: &mut String) {
    let builder = "api::ClientBuilder";
    for (at, scheme) in api.schemes.iter().enumerate() {
        let given = match &scheme.credential {
            Credential::Transport => continue,
            Credential::Basic | Credential::MutualTls => "\"a\", \"b\"",
            Credential::Bearer
            | Credential::Header { .. }
            | Credential::Query { .. }
            | Credential::Cookie { .. }
            | Credential::OAuth2(_) => "\"a\"",
        };
        let name = scheme.name.as_str();
        out.push_str(&format!(
            "fn scheme{at}(x: {builder}) -> {builder} {{ x.{name}({given}) }}\n"
        ));
        if let Credential::OAuth2(oauth) = &scheme.credential {
            for (index, scope) in oauth.scopes.iter().enumerate() {
                let name = scope.name.as_str();
                out.push_str(&format!("const SCOPE{at}_{index}: &str = api::scopes::{name};\n"));
            }
        }
    }
    for (at, variable) in api.variables.iter().enumerate() {
        let name = variable.name.as_str();
        let given = match &variable.choices {
            None => "\"a\"".to_owned(),
            Some(choices) => {
                let variant = choices.variants[0].name.as_str();
                format!("api::{}::{variant}", choices.name.as_str())
            }
        };
        out.push_str(&format!(
            "fn variable{at}(x: {builder}) -> {builder} {{ x.{name}({given}) }}\n"
        ));
    }
    if api.servers.len() > 1 {
        for (at, server) in api.servers.iter().enumerate() {
            let name = server.name.as_str();
            out.push_str(&format!("const SERVER{at}: api::Server = api::Server::{name};\n"));
        }
    }
    for (at, header) in api.headers.iter().enumerate() {
        let (module, name) = (api.headers_module.as_str(), header.name.as_str());
        out.push_str(&format!("fn header{at}() {{ let _ = &api::{module}::{name}; }}\n"));
    }
    for (at, webhook) in api.webhooks.iter().enumerate() {
        let (module, name) = (api.webhooks_module.as_str(), webhook.name.as_str());
        out.push_str(&format!("fn webhook{at}() {{ let _ = api::{module}::{name}; }}\n"));
    }
}

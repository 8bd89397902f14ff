//! `mock/`: the mock server of an API, behind the feature `mock` of the generated crate.
//!
//! A line per operation says what the runtime can't take from its descriptor: the types of its
//! parameters and bodies, and what the document shows of its replies. Models that only replies have
//! get their constructors and setters here, as nobody but a test makes them.

use std::collections::BTreeSet;

use tenon_ir::{
    Api, Body, Content, Family, Gate, Group, Item, Kind, Multipart, Operation, PartField,
    PartValue, Payload, Presence, PropertyEncoding, Response, StatusPattern, Text as TextFormat,
    Type,
};

use crate::ast;
use crate::body;
use crate::docs::{Text, json};
use crate::file::{File, rust_text};
use crate::gate;
use crate::layout::{Code, quoted, word};
use crate::literal::{Plain, ident};
use crate::markdown::literal;
use crate::model;
use crate::module;
use crate::package::Package;
use crate::sample::sample;
use crate::scope::Scope;
use crate::types;

/// `mock/mod.rs`
pub(crate) fn index(api: &Api, package: &Package) -> Option<File> {
    let mock = api.mock.as_ref()?;
    let mut out = Code::default();
    let secrets: Vec<String> = secrets(api).into_iter().map(quoted).collect();
    out.packed(0, "tenon_runtime::mock! { super::Client; secrets [", &secrets, "];");
    let mut groups: Vec<(usize, &Group)> = api.groups.iter().enumerate().collect();
    groups.sort_by(|(_, a), (_, b)| a.name.cmp(&b.name));
    for (index, group) in &groups {
        let feature = api.features.as_ref().and_then(|features| features.parts.get(*index));
        feature.iter().for_each(|it| out.line(1, &format!("#[cfg(feature = {})]", quoted(it))));
        out.line(1, &format!("{}: {},", word(&group.name), word(&group.type_name)));
    }
    out.line(0, "}");
    let modules = groups.iter().map(|(index, group)| {
        let path = module::module_path(group.name.plain());
        let (name, gate) = (ident(&group.name), gate::of_group(api, *index));
        quote::quote!(#gate #path pub mod #name;)
    });
    let models = has_models(api).then(|| {
        quote::quote!(
            mod models;
        )
    });
    let head = ast::items(quote::quote!(#(#modules)* #models));
    let mut docs = Text::new(format!(
        "A mock server of {}, for tests of what uses its client.",
        package.title(api)
    ));
    docs.sentence("Records of real traffic and their replay are here, too. All of it needs the feature `mock` of this crate.");
    let path = package.path(api, &format!("{}/mod.rs", mock.plain()));
    Some(rust_text(path, &package.source, &docs, head, &out.finish()))
}

/// `mock/<group>.rs`
pub(crate) fn group(api: &Api, package: &Package, index: usize) -> Option<File> {
    let (mock, group) = (api.mock.as_ref()?, api.groups.get(index)?);
    let scope = Scope::part(api, [group.type_name.as_str(), "calls"]);
    let mut out = Code::default();
    out.line(0, &format!("tenon_runtime::mock_group! {{ {};", word(&group.type_name)));
    for operation in &group.operations {
        line(&scope, operation, &mut out);
    }
    out.line(0, "}");
    let imports = scope.imports();
    let calls = ident(&group.name);
    let head = ast::items(quote::quote!(#imports use super::super::#calls as calls;));
    let docs = Text::new(format!("What a test expects of “{}”.", literal(&group.tag)));
    let path = format!("{}/{}.rs", mock.plain(), group.name.plain());
    Some(rust_text(package.path(api, &path), &package.source, &docs, head, &out.finish()))
}

/// `lock_device LockDevice(String) [Value(models::Lock)] {200 "application/json" r#"{}"#};`
fn line(scope: &Scope<'_>, operation: &Operation, out: &mut Code) {
    let params: Vec<String> =
        operation.params.iter().map(|it| types::text(scope, &it.ty)).collect();
    let bodies = operation.body.iter().flat_map(|body| body.payloads());
    let bodies: Vec<String> = bodies.map(|payload| checked(scope, payload)).collect();
    let head = format!(
        "{} {}({}) [{}]",
        word(&operation.name),
        word(&operation.type_name),
        params.join(", "),
        bodies.join(", ")
    );
    let mut examples: Vec<String> =
        operation.responses.iter().filter_map(|it| example(scope.api, operation, it)).collect();
    // A range is named once more where JSON is preferred in it.
    examples.dedup();
    if examples.is_empty() {
        out.line(1, &format!("{head} {{}};"));
        return;
    }
    out.line(1, &format!("{head} {{"));
    for example in examples {
        out.line(2, &format!("{example},"));
    }
    out.line(1, "};");
}

fn checked(scope: &Scope<'_>, payload: &Payload) -> String {
    match &payload.content {
        Content::Json(ty) => format!("Value({})", types::text(scope, ty)),
        Content::Form(form) | Content::Multipart(Multipart::Value(form)) => {
            format!("Value({})", types::text(scope, &form.ty))
        }
        Content::Lines(ty) => format!("Lines({})", types::text(scope, ty)),
        Content::Text | Content::Bytes | Content::Multipart(Multipart::Open) => "Any()".to_owned(),
        Content::Multipart(Multipart::Parts(parts)) => {
            let parts: Vec<String> = parts.fields.iter().map(|field| part(scope, field)).collect();
            format!("Parts({})", parts.join(", "))
        }
    }
}

fn part(scope: &Scope<'_>, field: &PartField) -> String {
    let presence = match field.presence {
        Presence::Required => "required",
        Presence::Optional => "optional",
    };
    let kind = match &field.value {
        PartValue::File | PartValue::Files => "file".to_owned(),
        PartValue::Value(ty) => format!("value({})", types::text(scope, ty)),
    };
    // What else there is to say of a part concerns its writing only.
    let (content_type, headers) = (None, Vec::new());
    let style =
        PropertyEncoding { allow_reserved: false, content_type, headers, ..field.encoding.clone() };
    format!("{} {presence} {kind}", body::encoding(&style))
}

/// What the document shows of a success: its example, or one made of those of its parts.
fn example(api: &Api, operation: &Operation, response: &Response) -> Option<String> {
    if !response.success || response.only_stream {
        return None;
    }
    let shown = response.examples.first().cloned();
    let text = match &response.content {
        Body::Empty => return None,
        Body::Json(ty) => json(&shown.or_else(|| sample(api, ty))?),
        Body::Text | Body::Bytes | Body::Events(..) | Body::Lines(_) => match shown? {
            tenon_ir::Value::Text(text) => text,
            _ => return None,
        },
    };
    let status = match response.status {
        StatusPattern::Code(code) => code,
        StatusPattern::Range(digit) => u16::from(digit) * 100,
        StatusPattern::Default => free(operation),
    };
    let media = match &response.content {
        Body::Json(_) if response.media.contains('*') => "application/json",
        _ => &response.media,
    };
    Some(format!("{status} {} {}", quoted(media), raw(&text)))
}

/// A success that no other response stands for.
fn free(operation: &Operation) -> u16 {
    let is_taken = |code: &u16| {
        let mut responses = operation.responses.iter();
        responses.any(|it| it.status == StatusPattern::Code(*code))
    };
    (200..300).find(|code| !is_taken(code)).unwrap_or(200)
}

/// A string literal in which quotes stand as they are.
fn raw(text: &str) -> String {
    if !text.contains(['"', '\\']) || text.contains('\r') {
        return quoted(text);
    }
    let fence = (1..).map(|length| "#".repeat(length));
    let fence = fence.take(16).find(|fence| !text.contains(&format!("\"{fence}")));
    fence.map_or_else(|| quoted(text), |fence| format!("r{fence}\"{text}\"{fence}"))
}

/// `mock/models.rs`: models that are compiled always; the others are in files of their own.
pub(crate) fn models(api: &Api, package: &Package) -> Option<File> {
    let mock = api.mock.as_ref()?;
    if !has_models(api) {
        return None;
    }
    let is_plain = |family: &Family| family.gate == Gate::Always;
    let is_own = |item: &Item| api.families.get(item.family).is_none_or(is_plain);
    let (imports, text) = constructors(api, Scope::part(api, []), is_own);
    let parts = gated_families(api).map(|(_, family)| {
        let path = module::module_path(family.name.plain());
        let (name, gate) = (ident(&family.name), gate::cfg(api, &family.gate));
        quote::quote!(#gate #path mod #name;)
    });
    let mut head = ast::items(quote::quote!(#(#parts)*));
    head.extend(imports);
    let docs = Text::new("Constructors and setters of what only replies have.");
    let path = package.path(api, &format!("{}/models.rs", mock.plain()));
    Some(rust_text(path, &package.source, &docs, head, &text))
}

/// `mock/models/<family>.rs`, for a family that isn't compiled always.
pub(crate) fn family(api: &Api, package: &Package, index: usize) -> Option<File> {
    let mock = api.mock.as_ref()?;
    let (_, family) = gated_families(api).find(|(at, _)| *at == index)?;
    let is_own = |item: &Item| item.family == index;
    let (imports, text) = constructors(api, Scope::inner_part(api), is_own);
    let docs = Text::new("Constructors and setters of what only replies have: a part of them.");
    let name = format!("{}/models/{}.rs", mock.plain(), family.name.plain());
    Some(rust_text(package.path(api, &name), &package.source, &docs, imports, &text))
}

/// The constructors and setters of these models, and what they need to be imported.
fn constructors(
    api: &Api,
    scope: Scope<'_>,
    is_own: impl Fn(&Item) -> bool,
) -> (Vec<syn::Item>, String) {
    let mut out = Code::default();
    for (index, item) in api.items.iter().enumerate().filter(|(_, item)| is_own(item)) {
        model::given(&scope, index, item, &mut out);
    }
    (ast::items(scope.imports()), out.finish())
}

/// Families that aren't compiled always, and have something for tests.
fn gated_families(api: &Api) -> impl Iterator<Item = (usize, &Family)> {
    let is_gated = |(at, family): &(usize, &Family)| {
        let mut own = api.items.iter().filter(|item| item.family == *at);
        family.gate != Gate::Always && own.any(model::is_given)
    };
    api.families.iter().enumerate().filter(is_gated)
}

fn has_models(api: &Api) -> bool {
    api.items.iter().any(model::is_given)
}

/// Names of the properties that hold secrets.
fn secrets(api: &Api) -> BTreeSet<&str> {
    let structs = api.items.iter().filter_map(|item| match &item.kind {
        Kind::Struct(shape) => Some(shape),
        Kind::Enum(_) | Kind::Union(_) | Kind::Newtype(_) | Kind::Alias(_) => None,
    });
    let fields = structs.flat_map(|shape| &shape.fields);
    let params = api.operations().flat_map(|operation| &operation.params);
    let secret = fields.filter(|it| is_secret(api, &it.ty, 16)).map(|it| it.wire.as_str());
    let params = params.filter(|it| is_secret(api, &it.ty, 16)).map(|it| it.wire.as_str());
    secret.chain(params).collect()
}

fn is_secret(api: &Api, ty: &Type, depth: usize) -> bool {
    let Some(depth) = depth.checked_sub(1) else { return false };
    match ty {
        Type::Text(TextFormat::Secret) => true,
        Type::Nullable(inner) | Type::Boxed(inner) | Type::List(inner) | Type::Map(inner) => {
            is_secret(api, inner, depth)
        }
        Type::Item(id) => match &api.item(*id).kind {
            Kind::Alias(ty) => is_secret(api, ty, depth),
            Kind::Newtype(newtype) => is_secret(api, &newtype.ty, depth),
            Kind::Struct(_) | Kind::Enum(_) | Kind::Union(_) => false,
        },
        Type::Bool
        | Type::Int(_)
        | Type::Float(_)
        | Type::Text(_)
        | Type::Bytes(_)
        | Type::Json
        | Type::Unit
        | Type::Tuple(_) => false,
    }
}

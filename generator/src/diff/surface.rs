//! The public API of a generated client: its names and signatures, one entry each.
//!
//! In: a lowered client. Out: [`Surface`], in which each entry has a key that is the same on both
//! sides of a comparison, a text that is compared, and a line that is shown. Models go by numbers
//! that both sides share, so that a renamed model is one entry, not one for each of its uses. What
//! isn't part of the API has no entry: names of arguments, documentation, rules.
//!
//! It is made in [`Part`]s, each a model or a call, so that of a large client only what is compared
//! at the moment is there as text.

mod calls;
mod models;

use super::walk::{Aspect, Subject};
use crate::ir;
use std::collections::{BTreeMap, HashMap};

/// Key of an entry: the item, what of it, and which where there are several.
pub(super) type Key = (Subject, Aspect, String);

/// An entry.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Entry {
    /// What is compared.
    pub(super) text: String,
    /// What is shown.
    pub(super) shown: String,
    /// Whoever calls this has to give it.
    pub(super) demanded_by: Option<Key>,
    /// What it belongs to; when that comes or goes, the entry comes or goes with it.
    pub(super) owner: Option<Key>,
}

/// Every entry of a part.
pub(super) type Surface = BTreeMap<Key, Entry>;

/// A part that is compared by itself: no entry of it belongs to one elsewhere.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Part {
    /// A model, by its number.
    Model(u32),
    /// A call, by its number.
    Call(usize),
    /// Servers, credentials, headers, webhooks.
    Others,
}

/// Where a client has a part.
#[derive(Clone, Copy)]
pub(super) enum Place<'a> {
    /// This model is it.
    Model(&'a ir::Item),
    /// This call of the group is it.
    Call(&'a ir::Group, &'a ir::Operation),
    /// It isn't in one place.
    Others,
}

/// How one side's items are called on both sides.
pub(super) struct Shared<'a> {
    /// The client.
    pub(super) api: &'a ir::Api,
    /// Numbers of models.
    pub(super) models: &'a [u32],
    /// Numbers of calls by the pointer of their operation.
    pub(super) calls: HashMap<String, usize>,
}

/// The parts of a client.
pub(super) fn parts<'a>(shared: &Shared<'a>) -> BTreeMap<Part, Place<'a>> {
    let api = shared.api;
    let models = shared.models.iter().zip(&api.items);
    let models = models.map(|(number, item)| (Part::Model(*number), Place::Model(item)));
    let calls =
        api.groups.iter().flat_map(|group| group.operations.iter().map(move |it| (group, it)));
    let calls = calls.filter_map(|(group, operation)| {
        let number = shared.calls.get(&operation.origin)?;
        Some((Part::Call(*number), Place::Call(group, operation)))
    });
    models.chain(calls).chain([(Part::Others, Place::Others)]).collect()
}

/// The surface of a part.
pub(super) fn of(shared: &Shared<'_>, part: Part, place: Place<'_>) -> Surface {
    let mut surface = Surface::new();
    match (part, place) {
        (Part::Model(number), Place::Model(item)) => {
            models::add(shared, number, item, &mut surface);
        }
        (Part::Call(number), Place::Call(group, operation)) => {
            calls::add(shared, number, (group, operation), &mut surface);
        }
        _ => others(shared, &mut surface),
    }
    surface
}

impl Shared<'_> {
    /// The number of a model.
    fn model(&self, id: ir::ItemId) -> u32 {
        self.models.get(id.0 as usize).copied().unwrap_or(u32::MAX)
    }

    /// The type as it is compared: other names seen through, models by number.
    fn compared(&self, ty: &ir::Type) -> String {
        self.write(ty, false, 0)
    }

    /// The type as Rust writes it.
    fn shown(&self, ty: &ir::Type) -> String {
        self.write(ty, true, 0)
    }

    fn write(&self, ty: &ir::Type, shown: bool, depth: usize) -> String {
        let inner = |ty: &ir::Type| self.write(ty, shown, depth + 1);
        match ty {
            ir::Type::List(item) => format!("Vec<{}>", inner(item)),
            ir::Type::Map(value) => format!("BTreeMap<String, {}>", inner(value)),
            ir::Type::Nullable(value) => format!("Option<{}>", inner(value)),
            ir::Type::Boxed(value) => format!("Box<{}>", inner(value)),
            ir::Type::Tuple(places) => {
                format!("({})", places.iter().map(inner).collect::<Vec<_>>().join(", "))
            }
            ir::Type::Item(id) => match &self.api.item(*id).kind {
                ir::Kind::Alias(other) if !shown && depth < 200 => inner(other),
                _ if shown => self.api.item(*id).name.as_str().to_owned(),
                _ => format!("#{}", self.model(*id)),
            },
            plain => self.scalar(plain),
        }
    }

    fn scalar(&self, ty: &ir::Type) -> String {
        let dates = match self.api.dates {
            ir::Dates::Chrono => "",
            ir::Dates::Jiff => "jiff::",
            ir::Dates::Time => "time::",
        };
        match ty {
            ir::Type::Bool => "bool".to_owned(),
            ir::Type::Int(int) => format!("{int:?}").to_lowercase(),
            ir::Type::Float(ir::Float::F64) => "f64".to_owned(),
            ir::Type::Float(ir::Float::Decimal) => "Decimal".to_owned(),
            ir::Type::Text(ir::Text::Plain) => "String".to_owned(),
            ir::Type::Text(text @ (ir::Text::DateTime | ir::Text::Date)) => {
                format!("{dates}{text:?}")
            }
            ir::Type::Text(text) => format!("{text:?}"),
            ir::Type::Bytes(encoding) => format!("{encoding:?}"),
            ir::Type::Unit => "()".to_owned(),
            _ => "Json".to_owned(),
        }
    }
}

/// An entry without an owner.
fn entry(text: impl Into<String>, shown: impl Into<String>) -> Entry {
    Entry { text: text.into(), shown: shown.into(), demanded_by: None, owner: None }
}

/// The key of an item's existence.
fn existence(subject: &Subject) -> Key {
    (subject.clone(), Aspect::Exists, String::new())
}

/// Servers, their variables, credentials, scopes, headers, webhooks.
fn others(shared: &Shared<'_>, surface: &mut Surface) {
    let api = shared.api;
    let mut add = |name: String, text: String, shown: String| {
        let key = (Subject::Other(name), Aspect::Name, shown.clone());
        surface.insert(key, entry(text, shown));
    };
    if api.servers.len() > 1 {
        add("servers".to_owned(), String::new(), "ClientBuilder::server(Server)".to_owned());
        for server in &api.servers {
            let name = server.name.as_str();
            add("servers".to_owned(), String::new(), format!("Server::{name}"));
        }
    }
    for variable in &api.variables {
        let subject = format!("variable {}", variable.wire);
        let ty = variable.choices.as_ref().map_or("impl Into<String>", |it| it.name.as_str());
        let shown = format!("ClientBuilder::{}({ty})", variable.name.as_str());
        add(subject.clone(), String::new(), shown);
        if let Some(choices) = &variable.choices {
            for variant in &choices.variants {
                let shown = format!("{}::{}", choices.name.as_str(), variant.name.as_str());
                add(subject.clone(), String::new(), shown);
            }
        }
    }
    for scheme in &api.schemes {
        let subject = format!("scheme {}", scheme.key);
        let name = scheme.name.as_str();
        let taken = match &scheme.credential {
            ir::Credential::Transport => continue,
            ir::Credential::Basic | ir::Credential::MutualTls => {
                "impl Into<String>, impl Into<Secret>"
            }
            ir::Credential::Bearer
            | ir::Credential::Header { .. }
            | ir::Credential::Query { .. }
            | ir::Credential::Cookie { .. }
            | ir::Credential::OAuth2(_) => "impl Into<Token>",
        };
        add(subject.clone(), String::new(), format!("ClientBuilder::{name}({taken})"));
        if let ir::Credential::OAuth2(oauth) = &scheme.credential {
            add(subject.clone(), String::new(), format!("oauth::{}", name.to_uppercase()));
            for scope in &oauth.scopes {
                let subject = format!("scope {}", scope.value);
                add(subject, String::new(), format!("scopes::{}", scope.name.as_str()));
            }
        }
    }
    for header in &api.headers {
        let module = api.headers_module.as_str();
        let shown =
            format!("{module}::{}: Header<{}>", header.name.as_str(), shared.shown(&header.ty));
        let key = format!("header {}", header.wire);
        let at = (Subject::Other(key), Aspect::Type, header.name.as_str().to_owned());
        let text = shared.compared(&header.ty);
        surface.insert(at, entry(text, shown));
    }
    webhooks(shared, surface);
}

fn webhooks(shared: &Shared<'_>, surface: &mut Surface) {
    let api = shared.api;
    for webhook in &api.webhooks {
        let Some(ty) = super::operation::body_type(&webhook.content) else { continue };
        let module = api.webhooks_module.as_str();
        let shown = format!("{module}::{}(…) -> {}", webhook.name.as_str(), shared.shown(ty));
        let call = shared.calls.get(&webhook.origin).copied().unwrap_or(usize::MAX);
        // What a webhook brings is its request body.
        let subject = Subject::Input(call, "body".to_owned());
        let key = (subject, Aspect::Type, webhook.method.clone());
        surface.insert(key, entry(shared.compared(ty), shown.clone()));
        let key = (Subject::Call(call), Aspect::Name, webhook.method.clone());
        surface.insert(key, entry(webhook.name.as_str(), shown));
    }
}

//! Models: structs with their fields, constructors and setters; enums and their variants.

use super::{Entry, Key, Shared, Surface, entry, existence};
use crate::diff::walk::{Aspect, Subject};
use crate::ir;

/// Adds a model.
pub(super) fn add(shared: &Shared<'_>, number: u32, item: &ir::Item, surface: &mut Surface) {
    Model { shared, item, number, name: item.name.as_str() }.add(surface);
}

struct Model<'a> {
    shared: &'a Shared<'a>,
    item: &'a ir::Item,
    number: u32,
    name: &'a str,
}

impl Model<'_> {
    fn subject(&self) -> Subject {
        Subject::Item(self.number)
    }

    fn owned(&self, text: impl Into<String>, shown: impl Into<String>) -> Entry {
        Entry { owner: Some(existence(&self.subject())), ..entry(text, shown) }
    }

    fn add(&self, surface: &mut Surface) {
        let name = self.name;
        let content = |ty: &ir::Type| (self.shared.compared(ty), self.shared.shown(ty));
        let (kind, shown) = match &self.item.kind {
            ir::Kind::Struct(_) => ("struct".to_owned(), format!("pub struct {name}")),
            ir::Kind::Enum(shape) => match shape.base {
                ir::EnumBase::Text => ("enum of texts".to_owned(), format!("pub enum {name}")),
                ir::EnumBase::Int => ("enum of numbers".to_owned(), format!("pub enum {name}")),
            },
            ir::Kind::Union(_) => ("union".to_owned(), format!("pub enum {name}")),
            ir::Kind::Newtype(newtype) => {
                let (text, shown) = content(&newtype.ty);
                (format!("newtype {text}"), format!("pub struct {name}({shown})"))
            }
            ir::Kind::Alias(ty) => {
                let (text, shown) = content(ty);
                (format!("alias {text}"), format!("pub type {name} = {shown}"))
            }
        };
        surface.insert(existence(&self.subject()), entry("", format!("models::{name}")));
        self.put(surface, Aspect::Name, "", self.owned(name, format!("models::{name}")));
        self.put(surface, Aspect::Type, "kind", self.owned(kind, shown));
        self.traits(surface);
        match &self.item.kind {
            ir::Kind::Struct(shape) => self.structure(shape, surface),
            ir::Kind::Enum(shape) => self.values(shape, surface),
            ir::Kind::Union(shape) => self.alternatives(shape, surface),
            ir::Kind::Newtype(_) | ir::Kind::Alias(_) => {}
        }
    }

    fn put(&self, surface: &mut Surface, aspect: Aspect, which: &str, entry: Entry) {
        let key: Key = (self.subject(), aspect, which.to_owned());
        surface.insert(key, entry);
    }

    fn traits(&self, surface: &mut Surface) {
        if matches!(self.item.kind, ir::Kind::Alias(_)) {
            return;
        }
        let derives = self.item.derives;
        let constants = match &self.item.kind {
            ir::Kind::Struct(shape) => {
                self.item.usage.request && !shape.fields.iter().any(ir::Field::is_argument)
            }
            _ => false,
        };
        let traits = [
            (derives.copy, "Copy"),
            (derives.eq, "Eq + Hash"),
            (derives.default || constants, "Default"),
        ];
        for (_, name) in traits.into_iter().filter(|(holds, _)| *holds) {
            let shown = format!("impl {name} for {}", self.name);
            self.put(surface, Aspect::Trait, name, self.owned("", shown));
        }
    }

    fn structure(&self, shape: &ir::Struct, surface: &mut Surface) {
        let is_made = self.item.usage.request;
        if is_made {
            let arguments: Vec<&ir::Field> =
                shape.fields.iter().filter(|field| field.is_argument()).collect();
            let order: Vec<&str> = arguments.iter().map(|field| field.wire.as_str()).collect();
            let types: Vec<String> = arguments
                .iter()
                .map(|field| format!("{}: {}", field.name.as_str(), self.shared.shown(&field.ty)))
                .collect();
            let shown = format!("{}::new({})", self.name, types.join(", "));
            self.put(surface, Aspect::Presence, "new", self.owned("", shown.clone()));
            let constructor: Key = (self.subject(), Aspect::Presence, "new".to_owned());
            let order = Entry { owner: Some(constructor), ..entry(order.join("\n"), shown) };
            self.put(surface, Aspect::Order, "new", order);
        }
        for field in &shape.fields {
            self.field(field, is_made, surface);
        }
        let rest = match &shape.rest {
            ir::Rest::Ignore | ir::Rest::Deny => return,
            ir::Rest::Unknown { name } => (name, "Extra".to_owned(), "Extra".to_owned()),
            ir::Rest::Keep { name, ty, .. } => (
                name,
                self.shared.compared(ty),
                format!("BTreeMap<String, {}>", self.shared.shown(ty)),
            ),
        };
        let shown = format!("{}.{}: {}", self.name, rest.0.as_str(), rest.2);
        let text = format!("{} {}", rest.0.as_str(), rest.1);
        self.put(surface, Aspect::Type, "rest", self.owned(text, shown));
    }

    fn field(&self, field: &ir::Field, is_made: bool, surface: &mut Surface) {
        let subject = Subject::Field(self.number, field.wire.clone());
        let own = |text: String, shown: String| Entry {
            owner: Some(existence(&subject)),
            ..entry(text, shown)
        };
        let (name, ty) = (field.name.as_str(), self.shared.shown(&field.ty));
        let is_optional = field.presence == ir::Presence::Optional;
        let ty = if is_optional { format!("Option<{ty}>") } else { ty };
        let shown = format!("{}.{name}: {ty}", self.name);
        let is_argument = is_made && field.is_argument();
        let constructor: Key = (self.subject(), Aspect::Presence, "new".to_owned());
        let demanded_by = is_argument.then(|| constructor.clone());
        let there = Entry { demanded_by, ..self.owned("", shown.clone()) };
        surface.insert(existence(&subject), there);
        let mut put = |aspect, which: &str, entry| {
            surface.insert((subject.clone(), aspect, which.to_owned()), entry);
        };
        put(Aspect::Name, "", own(name.to_owned(), shown.clone()));
        put(Aspect::Type, "", own(self.shared.compared(&field.ty), shown.clone()));
        put(Aspect::Presence, "", own(format!("{:?}", field.presence), shown));
        if is_argument {
            let shown =
                format!("{}::new(…, {name}: {}, …)", self.name, self.shared.shown(&field.ty));
            let demanded_by = Some(constructor);
            let argument = Entry { demanded_by, ..own(String::new(), shown) };
            put(Aspect::Presence, "argument", argument);
        }
        if is_made && is_optional && !field.read_only {
            let shown = format!("{}::{name}({})", self.name, self.shared.shown(&field.ty));
            put(Aspect::Presence, "setter", own(String::new(), shown));
            if let ir::Type::Nullable(_) = &field.ty {
                put(
                    Aspect::Type,
                    "null",
                    own(String::new(), format!("{}::{name}_null()", self.name)),
                );
            }
        }
    }

    fn values(&self, shape: &ir::Enum, surface: &mut Surface) {
        for variant in &shape.variants {
            let subject = Subject::Variant(self.number, variant.wire.clone());
            let shown = format!("{}::{}", self.name, variant.name.as_str());
            surface.insert(existence(&subject), self.owned("", shown.clone()));
            let owner = Some(existence(&subject));
            let entry = Entry { owner, ..entry(variant.name.as_str(), shown) };
            surface.insert((subject, Aspect::Name, String::new()), entry);
        }
        let unknown = format!("{}::{}", self.name, shape.unknown.as_str());
        self.put(surface, Aspect::Name, "unknown", self.owned(shape.unknown.as_str(), unknown));
    }

    fn alternatives(&self, shape: &ir::Union, surface: &mut Surface) {
        for variant in &shape.variants {
            let subject = Subject::Variant(self.number, variant.name.as_str().to_owned());
            let ty = self.shared.shown(&variant.ty);
            let shown = format!("{}::{}({ty})", self.name, variant.name.as_str());
            surface.insert(existence(&subject), self.owned("", shown.clone()));
            let owner = Some(existence(&subject));
            let text = self.shared.compared(&variant.ty);
            let content = Entry { owner: owner.clone(), ..entry(text, shown) };
            surface.insert((subject.clone(), Aspect::Type, String::new()), content);
            if variant.from {
                let shown = format!("impl From<{ty}> for {}", self.name);
                let conversion = Entry { owner, ..entry("", shown) };
                surface.insert((subject, Aspect::Trait, "From".to_owned()), conversion);
            }
        }
        if let Some(unknown) = &shape.unknown {
            let shown = format!("{}::{}(Json)", self.name, unknown.as_str());
            self.put(surface, Aspect::Name, "unknown", self.owned(unknown.as_str(), shown));
        }
    }
}

//! Fields of objects: looked up, checked for their kind, wrong ones reported.

use super::super::model::ExternalDocs;
use super::cx::Cx;
use super::known;
use crate::diag::Code;
use crate::source::{Entries, NodeId, Tree};

/// An object, perhaps over another one that has what it doesn't state: an overload over its
/// operation, a path item over the one that it refers to.
#[derive(Clone, Copy, Debug)]
pub(super) struct Object {
    pub(super) at: NodeId,
    pub(super) base: Option<NodeId>,
}

impl From<NodeId> for Object {
    fn from(at: NodeId) -> Object {
        Object { at, base: None }
    }
}

/// True or false in quotes, or as YAML 1.1 has them.
pub(in super::super) fn meant_flag(tree: &Tree, node: NodeId) -> Option<bool> {
    match tree.text(node)?.trim().to_ascii_lowercase().as_str() {
        "true" | "yes" | "on" => Some(true),
        "false" | "no" | "off" => Some(false),
        _ => None,
    }
}

impl<'t> Cx<'t, '_> {
    /// The value of a field, unless it is absent or null.
    pub(super) fn field(&self, object: impl Into<Object>, name: &str) -> Option<NodeId> {
        let object = object.into();
        let stated = self.tree.get(object.at, name);
        let node = stated.or_else(|| self.tree.get(object.base?, name))?;
        (!self.tree.is_null(node)).then_some(node)
    }

    /// The value of a field that is kept here, or where a reference leads.
    pub(super) fn part(&mut self, object: impl Into<Object>, name: &str) -> Option<NodeId> {
        let node = self.field(object, name)?;
        self.elsewhere(node)
    }

    /// A field that is text; numbers and the like count by their text.
    pub(super) fn text(&mut self, object: impl Into<Object>, name: &str) -> Option<&'t str> {
        let node = self.part(object, name)?;
        let text = self.tree.text(node);
        if text.is_none() {
            self.wrong_kind(node, name, "a text");
        }
        text
    }

    /// A field that is true or false.
    pub(super) fn flag(&mut self, object: impl Into<Object>, name: &str) -> Option<bool> {
        let node = self.field(object, name)?;
        self.flag_at(node, name)
    }

    /// A value that is true or false, perhaps in other words.
    pub(super) fn flag_at(&mut self, node: NodeId, name: &str) -> Option<bool> {
        let flag = self.tree.bool(node);
        if flag.is_some() {
            return flag;
        }
        let meant = meant_flag(self.tree, node);
        match meant {
            Some(flag) => self.read_as(node, name, "true or false", &format!("`{flag}`")),
            None => self.wrong_kind(node, name, "true or false"),
        }
        meant
    }

    /// The entries of a field that is a map.
    pub(super) fn map(&mut self, object: impl Into<Object>, name: &str) -> Entries<'t> {
        let node = self.part(object, name);
        if let Some(node) = node.filter(|node| !self.tree.is_map(*node)) {
            self.wrong_kind(node, name, "a map");
        }
        self.tree.entries(node.unwrap_or(NodeId::NULL))
    }

    /// The items of a field that is a list.
    pub(super) fn list(&mut self, object: impl Into<Object>, name: &str) -> &'t [NodeId] {
        let node = self.part(object, name);
        if let Some(node) = node.filter(|node| !self.tree.is_list(*node)) {
            self.wrong_kind(node, name, "a list");
        }
        self.tree.items(node.unwrap_or(NodeId::NULL))
    }

    /// The items of a field that is a list of texts. A text by itself is the one item.
    pub(super) fn texts(&mut self, object: impl Into<Object>, name: &str) -> Vec<&'t str> {
        let object = object.into();
        let single = self.field(object, name).filter(|node| self.tree.text(*node).is_some());
        if let Some(node) = single {
            self.read_as(node, name, "a list", "a list of one");
            return self.tree.text(node).into_iter().collect();
        }
        let items = self.list(object, name);
        items.iter().filter_map(|item| self.text_at(*item, name)).collect()
    }

    /// A value that is text.
    pub(super) fn text_at(&mut self, node: NodeId, name: &str) -> Option<&'t str> {
        let text = self.tree.text(node);
        if text.is_none() {
            self.wrong_kind(node, name, "a text");
        }
        text
    }

    /// A field that has to be there: reported and empty when it isn't.
    pub(super) fn required_text(&mut self, object: NodeId, name: &str) -> &'t str {
        if self.field(object, name).is_none() {
            self.missing(object, name);
            return "";
        }
        self.text(object, name).unwrap_or_default()
    }

    /// Says that a field isn't there.
    pub(super) fn missing(&mut self, object: NodeId, name: &str) {
        self.sink
            .warning(Code::MissingField, object, format!("`{name}` isn't stated here"))
            .help(format!("state `{name}`: the specification requires it"));
    }

    /// `externalDocs`.
    pub(super) fn docs(&mut self, object: impl Into<Object>) -> Option<ExternalDocs<'t>> {
        let node = self.part(object, "externalDocs")?;
        if !self.tree.is_map(node) {
            self.wrong_kind(node, "externalDocs", "a map");
            return None;
        }
        self.known(node, &known::DOCS);
        let url = self.text(node, "url").filter(|url| !url.is_empty())?;
        Some(ExternalDocs { url, description: self.text(node, "description") })
    }

    /// The values of `example` and `examples` of a parameter, header or media type.
    pub(super) fn examples(&mut self, object: NodeId) -> Vec<NodeId> {
        // An example may be null, so that `field` would overlook it.
        let example = self.tree.get(object, "example").map(|node| self.kept_elsewhere(node));
        let mut values: Vec<NodeId> = example.into_iter().collect();
        if let Some(node) = self.part(object, "examples") {
            values.extend(self.tree.items(node));
            for (_, example) in self.tree.entries(node) {
                values.extend(self.example(example));
            }
        }
        values
    }

    /// What an example consists of. Nothing but a reference that leads somewhere is one: bundlers put
    /// what it leads to in its place.
    fn kept_elsewhere(&self, node: NodeId) -> NodeId {
        let reference = self.tree.get(node, "$ref").filter(|_| self.tree.entries(node).len() == 1);
        reference.and_then(|reference| self.find(reference)).unwrap_or(node)
    }

    /// The value of an Example Object; what lies in another document isn't looked for.
    fn example(&mut self, node: NodeId) -> Option<NodeId> {
        let object = self.follow(node)?;
        let value = self.tree.get(object, "value");
        let value = value.or_else(|| self.tree.get(object, "dataValue"));
        let is_object = ["externalValue", "serializedValue", "summary", "description"]
            .iter()
            .any(|key| self.tree.get(object, key).is_some());
        // Many documents write the value where the object that holds it belongs.
        value.or((!is_object).then_some(object))
    }
}

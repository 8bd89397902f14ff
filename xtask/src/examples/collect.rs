//! The examples of a document: where each stands, the schema it belongs to, and the decided type.
//!
//! The schema is what an independent validator judges by, the type is what the example has to come
//! back from unchanged.

use std::collections::{HashMap, HashSet};

use serde_json::{Value, json};
use tenon::ir::{self, Api, ItemId, Type};
use tenon::source::NodeId;
use tenon::spec::{Media, Operation, Place, SchemaId, Spec, StatusKey};

use crate::schemas::{Direction, Schemas, json_of, pointer};

/// The examples of a document.
#[derive(Debug)]
pub(super) struct Collected {
    /// The types that they are read as.
    pub(super) types: Vec<Type>,
    /// What the validator is given: draft, document, checks.
    pub(super) checks: Value,
    /// For each check, where the example stands and the number of its type.
    pub(super) places: Vec<(String, usize)>,
}

/// Collects the examples of a document.
pub(super) fn collect(spec: &Spec<'_>, api: &Api) -> Collected {
    let mut cx = Cx {
        spec,
        api,
        schemas: Schemas::new(spec),
        items: api.items.iter().enumerate().map(|(at, it)| (it.origin.as_str(), at)).collect(),
        types: Vec::new(),
        numbers: HashMap::new(),
        seen: HashSet::new(),
        examples: HashSet::new(),
        checks: Vec::new(),
        places: Vec::new(),
    };
    let operations: HashMap<String, &Operation<'_>> =
        spec.operations.iter().map(|it| (pointer(spec.tree, it.at), it)).collect();
    for decided in api.operations() {
        if let Some(stated) = operations.get(&decided.origin) {
            cx.operation(stated, decided);
        }
    }
    for index in 0..spec.schemas.len() {
        let id = SchemaId(u32::try_from(index).unwrap_or(u32::MAX));
        let origin = pointer(spec.tree, spec.schema(id).at);
        if let Some(item) = cx.items.get(origin.as_str()) {
            cx.schema(id, &Type::Item(ItemId(u32::try_from(*item).unwrap_or(u32::MAX))));
        }
    }
    let checks = json!({
        "draft": cx.schemas.draft(),
        "document": cx.schemas.document(),
        "checks": cx.checks,
    });
    Collected { types: cx.types, checks, places: cx.places }
}

struct Cx<'a, 't> {
    spec: &'a Spec<'t>,
    api: &'a Api,
    schemas: Schemas<'t>,
    /// Models by where they come from.
    items: HashMap<&'a str, usize>,
    types: Vec<Type>,
    numbers: HashMap<String, usize>,
    seen: HashSet<SchemaId>,
    /// Examples that were taken: a component's stands behind many references.
    examples: HashSet<(NodeId, usize)>,
    checks: Vec<Value>,
    places: Vec<(String, usize)>,
}

impl Cx<'_, '_> {
    fn operation(&mut self, stated: &Operation<'_>, decided: &ir::Operation) {
        let spec = self.spec;
        for id in &stated.parameters {
            let parameter = spec.parameter(*id);
            let is_same = |param: &&ir::Parameter| {
                param.wire == parameter.name && is_place(param.place, parameter.place)
            };
            let Some(param) = decided.params.iter().find(is_same) else { continue };
            let content = parameter.content.first().and_then(|media| media.schema);
            if let Some(schema) = parameter.schema.or(content) {
                self.value(&parameter.examples, schema, &param.ty);
            }
        }
        for payload in decided.body.iter().flat_map(|body| body.payloads()) {
            if let (ir::Content::Json(ty), Some(id)) = (&payload.content, stated.body) {
                self.media(&spec.body(id).content, payload.media.name(), ty);
            }
        }
        for response in &decided.responses {
            let is_same = |key: StatusKey| is_status(response.status, key);
            let id = stated.responses.iter().find(|(key, _)| is_same(*key)).map(|(_, id)| *id);
            if let (Some(id), ir::Body::Json(ty)) = (id, &response.content) {
                self.media(&spec.response(id).content, &response.media, ty);
            }
        }
    }

    fn media(&mut self, content: &[Media<'_>], name: &str, ty: &Type) {
        let named = content.iter().find(|media| media.name == name);
        let Some(media) = named.or(content.first()) else { return };
        if let Some(schema) = media.schema {
            self.value(&media.examples, schema, ty);
        }
    }

    /// Examples beside a schema, then those in it.
    fn value(&mut self, examples: &[NodeId], schema: SchemaId, ty: &Type) {
        for example in examples {
            self.example(*example, schema, ty);
        }
        self.schema(schema, ty);
    }

    fn example(&mut self, node: NodeId, schema: SchemaId, ty: &Type) {
        let tree = self.spec.tree;
        let next = self.types.len();
        let number = *self.numbers.entry(format!("{ty:?}")).or_insert(next);
        if number == next {
            self.types.push(ty.clone());
        }
        if self.examples.insert((node, number)) {
            let address = self.schemas.address(self.spec.schema(schema).at, Direction::Both);
            let value = json_of(&tree.to_value(node));
            self.checks.push(json!({"schema": address, "value": value}));
            self.places.push((pointer(tree, node), number));
        }
    }

    /// Examples in a schema and in the schemas of its parts, as far as the type tells what they are.
    fn schema(&mut self, id: SchemaId, ty: &Type) {
        if !self.seen.insert(id) {
            return;
        }
        let spec = self.spec;
        let schema = spec.schema(id);
        for example in &schema.examples {
            self.example(*example, id, ty);
        }
        // What a reference leads to is a model of its own, or has none of its own.
        if schema.reference.is_some() {
            return;
        }
        for part in &schema.all_of {
            if spec.schema(*part).reference.is_none() {
                self.parts(*part, ty);
            }
        }
        self.parts(id, ty);
    }

    fn parts(&mut self, id: SchemaId, ty: &Type) {
        let (spec, api) = (self.spec, self.api);
        let schema = spec.schema(id);
        match plain(api, ty) {
            Type::List(item) => {
                if let Some(items) = schema.items {
                    self.schema(items, item);
                }
            }
            Type::Map(value) => {
                if let Some(additional) = schema.additional {
                    self.schema(additional, value);
                }
            }
            Type::Item(item) => match &api.item(*item).kind {
                ir::Kind::Struct(shape) => {
                    for (name, property) in &schema.properties {
                        let field = shape.fields.iter().find(|field| field.wire == *name);
                        if let Some(field) = field {
                            self.schema(*property, &field.ty);
                        }
                    }
                }
                ir::Kind::Enum(_)
                | ir::Kind::Union(_)
                | ir::Kind::Newtype(_)
                | ir::Kind::Alias(_) => {}
            },
            Type::Bool
            | Type::Int(_)
            | Type::Float(_)
            | Type::Text(_)
            | Type::Bytes(_)
            | Type::Json
            | Type::Unit
            | Type::Tuple(_)
            | Type::Nullable(_)
            | Type::Boxed(_) => {}
        }
    }
}

/// The type without what lies around it: a name, `null`, a box.
fn plain<'a>(api: &'a Api, ty: &'a Type) -> &'a Type {
    let mut at = ty;
    for _ in 0..16 {
        at = match at {
            Type::Nullable(inner) | Type::Boxed(inner) => inner,
            Type::Item(id) => match &api.item(*id).kind {
                ir::Kind::Alias(inner) => inner,
                ir::Kind::Newtype(newtype) => &newtype.ty,
                ir::Kind::Struct(_) | ir::Kind::Enum(_) | ir::Kind::Union(_) => return at,
            },
            _ => return at,
        };
    }
    at
}

/// The decided status is the stated one.
pub(crate) fn is_status(decided: ir::StatusPattern, stated: StatusKey) -> bool {
    match decided {
        ir::StatusPattern::Code(code) => stated == StatusKey::Code(code),
        ir::StatusPattern::Range(digit) => stated == StatusKey::Range(digit),
        ir::StatusPattern::Default => stated == StatusKey::Default,
    }
}

/// The decided place is the stated one.
pub(crate) fn is_place(decided: ir::Place, stated: Place) -> bool {
    match decided {
        ir::Place::Path => stated == Place::Path,
        ir::Place::Query => [Place::Query, Place::QueryString].contains(&stated),
        ir::Place::Header => stated == Place::Header,
        ir::Place::Cookie => stated == Place::Cookie,
    }
}

//! What lowering carries from decision to decision.

use std::collections::{HashMap, HashSet};

use super::handler::Handlers;
use super::merge::Key;
use super::names::qualified::Called;
use super::origin;
use super::rules::Matchers;
use crate::config::Config;
use crate::diag::Sink;
use crate::source::NodeId;
use crate::spec::{ParameterId, SchemaId, Spec};
use tenon_ir as ir;

/// State of one lowering.
pub(super) struct Cx<'s, 't> {
    /// The document.
    pub(super) spec: &'s Spec<'t>,
    /// The caller's choices.
    pub(super) config: &'s Config,
    /// Where diagnostics go.
    pub(super) sink: &'s mut Sink,
    /// Items so far; names in them are provisional.
    pub(super) items: Vec<ir::Item>,
    /// Where the name of each item comes from.
    pub(super) evidence: Vec<Evidence>,
    /// Where each item stands.
    pub(super) nodes: Vec<NodeId>,
    /// Items of `components.schemas`.
    pub(super) component_items: HashMap<SchemaId, ir::ItemId>,
    /// Types of intersections lowered before.
    pub(super) types: HashMap<Key, ir::Type>,
    /// Lists and maps that are being lowered: where each stands, and its item if it holds itself.
    pub(super) open: HashMap<Key, (Hint, Option<ir::ItemId>)>,
    /// Whether intersections that were asked before admit `null`.
    pub(super) nulls: HashMap<Key, bool>,
    /// Components that extend a component with a discriminator, by the extended one.
    pub(super) children: HashMap<SchemaId, Vec<SchemaId>>,
    /// Examples of operations, by operation in the order of the groups.
    pub(super) calls: Vec<super::example::Call>,
    /// Headers of replies so far, each with the first place that documents it.
    pub(super) headers: Vec<(ParameterId, ir::ReplyHeader)>,
    /// Descriptions of parameters and arrays, by the schema of the parameter or of the items.
    pub(super) users: HashMap<SchemaId, &'t str>,
    /// Variables of servers so far.
    pub(super) variables: Vec<ir::Variable>,
    /// Some reply is in XML, which has been told.
    pub(super) has_xml: bool,
    /// Unions whose alternatives are told apart when every item has its shape.
    pub(super) undecided: Vec<super::union::Undecided>,
    /// Contradictions are looked for, and not reported.
    pub(super) is_quiet: bool,
    /// Examples of models, looked at when every item has its shape.
    pub(super) shown: Vec<(ir::ItemId, NodeId)>,
    /// Schemas without `type` that the document gives values of several kinds.
    pub(super) any_kind: HashSet<SchemaId>,
    /// Alternatives of alternatives that have been spelt out.
    pub(super) combined: usize,
    /// Texts that are read as the JSON which they hold, and the schemas of that.
    pub(super) held: HashMap<SchemaId, SchemaId>,
    /// Schemas without `type` that the document gives `null`.
    pub(super) or_null: HashSet<SchemaId>,
    /// Patterns that texts of the document were matched with.
    pub(super) patterns: Matchers,
    /// What the functions behind operations are called.
    pub(super) handlers: Handlers,
    /// What components are called.
    pub(super) called: Called,
}

impl<'s, 't> Cx<'s, 't> {
    /// Lowering of `spec`, with nothing decided.
    pub(super) fn new(spec: &'s Spec<'t>, config: &'s Config, sink: &'s mut Sink) -> Self {
        Cx {
            spec,
            config,
            sink,
            items: Vec::new(),
            evidence: Vec::new(),
            nodes: Vec::new(),
            component_items: HashMap::new(),
            types: HashMap::new(),
            open: HashMap::new(),
            nulls: HashMap::new(),
            children: HashMap::new(),
            calls: Vec::new(),
            headers: Vec::new(),
            users: users(spec),
            variables: Vec::new(),
            has_xml: false,
            undecided: Vec::new(),
            is_quiet: false,
            shown: Vec::new(),
            any_kind: HashSet::new(),
            held: HashMap::new(),
            combined: 0,
            or_null: HashSet::new(),
            patterns: Matchers::default(),
            handlers: Handlers::of(&spec.operations),
            called: Called::of(&spec.components.iter().map(|(name, _)| *name).collect::<Vec<_>>()),
        }
    }

    /// Adds an item whose kind is decided later.
    pub(super) fn reserve(&mut self, at: NodeId, evidence: Evidence) -> ir::ItemId {
        let id = ir::ItemId(self.items.len() as u32);
        self.items.push(ir::Item {
            name: ir::Ident(String::new()),
            docs: ir::Docs::default(),
            family: 0,
            origin: origin::pointer(self.spec.tree, at),
            usage: ir::Usage::default(),
            derives: ir::Derives::default(),
            kind: ir::Kind::Alias(ir::Type::Json),
            examples: Vec::new(),
        });
        self.evidence.push(evidence);
        self.nodes.push(at);
        id
    }

    /// The item with this id.
    pub(super) fn item_mut(&mut self, id: ir::ItemId) -> &mut ir::Item {
        &mut self.items[id.0 as usize]
    }
}

/// What is said of schemas where they are used: parameters and arrays are described rather than what
/// they hold.
fn users<'t>(spec: &Spec<'t>) -> HashMap<SchemaId, &'t str> {
    let arrays = spec.schemas.iter().map(|it| (it.items, it.description));
    let parameters = spec.parameters.iter().map(|it| (it.schema, it.description));
    let mut users: HashMap<SchemaId, &'t str> =
        arrays.chain(parameters).filter_map(|(held, text)| Some((held?, text?))).collect();
    for parameter in &spec.parameters {
        let items = parameter.schema.and_then(|id| spec.schema(id).items);
        if let (Some(items), Some(text)) = (items, parameter.description) {
            users.entry(items).or_insert(text);
        }
    }
    users
}

/// Where the name of an item comes from.
#[derive(Clone, Debug)]
pub(super) enum Evidence {
    /// Key of `components.schemas`.
    Component(String),
    /// Position below something named; the title is preferred where it is unique.
    Position {
        /// What it stands in.
        parent: Owner,
        /// Words of the place below it.
        place: String,
        /// `title`.
        title: Option<String>,
        /// Where else it stands.
        shared: Shared,
    },
}

/// Where a model stands beside its first place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Shared {
    /// Nowhere.
    Alone,
    /// In others, and in each at the same place.
    SamePlace,
    /// At other places.
    Places,
}

/// What an inline schema stands in.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) enum Owner {
    /// A model.
    Item(ir::ItemId),
    /// Something with a name of its own: an operation.
    Named(String),
}

/// Evidence for the name of whatever is lowered next.
#[derive(Clone, Debug)]
pub(super) struct Hint {
    /// What it stands in.
    pub(super) parent: Owner,
    /// Words of the place below it.
    pub(super) place: String,
}

impl Hint {
    /// A place below an item.
    pub(super) fn below(parent: ir::ItemId, place: &str) -> Hint {
        Hint { parent: Owner::Item(parent), place: place.to_owned() }
    }

    /// A place below an operation.
    pub(super) fn of_operation(operation: &str, place: &str) -> Hint {
        Hint { parent: Owner::Named(operation.to_owned()), place: place.to_owned() }
    }

    /// The same place, one word further in.
    pub(super) fn inner(&self, place: &str) -> Hint {
        Hint { parent: self.parent.clone(), place: format!("{} {place}", self.place) }
    }

    /// The evidence that this place is.
    pub(super) fn evidence(&self, title: Option<&str>) -> Evidence {
        Evidence::Position {
            parent: self.parent.clone(),
            place: self.place.clone(),
            title: title.map(str::to_owned),
            shared: Shared::Alone,
        }
    }
}

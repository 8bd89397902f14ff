//! Components that nothing refers to, or only what nothing refers to either.

use std::collections::HashSet;

use super::cx::Cx;
use crate::diag::At;
use crate::source::{NodeId, Tree, Value};
use crate::spec::{SchemaId, Spec, children};

/// Components that are found by `$ref`.
const SECTIONS: [&str; 9] = [
    "schemas",
    "responses",
    "parameters",
    "examples",
    "requestBodies",
    "headers",
    "links",
    "callbacks",
    "pathItems",
];

/// Components are used.
pub(super) fn unused(cx: &mut Cx<'_, '_>) {
    let tree = cx.tree;
    let root = tree.root();
    let components = tree.get(root, "components");
    // Swagger 2.0 is rewritten before it is read: what refers to what isn't there any more.
    let Some(components) = components.filter(|_| !cx.is_swagger()) else { return };
    let used = used(cx, root, components);
    for section in SECTIONS {
        let entries = tree.get(components, section).into_iter().flat_map(|it| tree.entries(it));
        for (name, node) in entries.filter(|(name, _)| !name.starts_with("x-")) {
            if !used.contains(&tree.origin(node)) {
                cx.say(At::Key(node), format!("nothing uses `{name}`"))
                    .help("remove it, or refer to it where it belongs");
            }
        }
    }
    schemes(cx, components);
}

/// Security schemes that no operation asks for.
fn schemes(cx: &mut Cx<'_, '_>, components: NodeId) {
    let spec = cx.spec;
    let own = spec.all_operations().filter_map(|operation| operation.security.as_ref());
    let asked = spec.security.iter().chain(own).flatten().flatten();
    let asked: HashSet<&str> = asked.map(|requirement| requirement.scheme).collect();
    let declared = cx.tree.get(components, "securitySchemes");
    for (name, node) in declared.into_iter().flat_map(|map| cx.tree.entries(map)) {
        if !asked.contains(name) && !name.starts_with("x-") {
            cx.say(At::Key(node), format!("no operation asks for `{name}`"))
                .help("name it in `security`, or remove it");
        }
    }
}

/// Every node that the document reaches from outside of its components.
fn used(cx: &Cx<'_, '_>, root: NodeId, components: NodeId) -> HashSet<NodeId> {
    let tree = cx.tree;
    let mut walk = Walk { tree, components, used: HashSet::new(), waiting: Vec::new() };
    let start = tree.entries(root).filter(|(key, _)| *key != "components");
    walk.waiting.extend(start.map(|(_, node)| node));
    walk.drain();
    // A discriminator leads to what extends its schema.
    let families = children(cx.spec);
    loop {
        let mut found = false;
        for (parent, children) in &families {
            let is_used = |node: NodeId| walk.used.contains(&tree.origin(node));
            if is_used(cx.spec.schema(*parent).at) {
                let family = children.iter().chain([parent]);
                let at = family.flat_map(|member| components_of(cx.spec, *member));
                let fresh: Vec<NodeId> = at.filter(|at| !is_used(*at)).collect();
                found |= !fresh.is_empty();
                walk.waiting.extend(fresh);
            }
        }
        if !found {
            return walk.used;
        }
        walk.drain();
    }
}

/// Where the components stand that a schema describes: it is one, or they refer to it.
fn components_of(spec: &Spec<'_>, schema: SchemaId) -> impl Iterator<Item = NodeId> {
    let components = spec.components.iter().map(|(_, id)| (*id, spec.schema(*id)));
    let described = components
        .filter(move |(id, component)| *id == schema || component.reference == Some(schema));
    described.map(|(_, component)| component.at)
}

struct Walk<'t> {
    tree: &'t Tree,
    components: NodeId,
    used: HashSet<NodeId>,
    waiting: Vec<NodeId>,
}

impl Walk<'_> {
    fn drain(&mut self) {
        let tree = self.tree;
        while let Some(node) = self.waiting.pop() {
            if !self.used.insert(tree.origin(node)) {
                continue;
            }
            match tree.value(node) {
                Value::Scalar(_) => {}
                Value::List(items) => self.waiting.extend(items),
                Value::Map(entries) => {
                    for (key, value) in entries {
                        self.entry(key, value);
                    }
                }
            }
        }
    }

    fn entry(&mut self, key: &str, value: NodeId) {
        let tree = self.tree;
        let target = match key {
            "$ref" | "$dynamicRef" | "operationRef" => tree.target(value),
            "mapping" if tree.is_map(value) => {
                let named = tree.entries(value).filter_map(|(_, it)| self.mapped(it));
                let named: Vec<NodeId> = named.collect();
                self.waiting.extend(named);
                None
            }
            _ => None,
        };
        self.waiting.extend(target);
        self.waiting.push(value);
    }

    /// What an entry of a `mapping` means: a reference, or the name of a schema.
    fn mapped(&self, node: NodeId) -> Option<NodeId> {
        let tree = self.tree;
        let schemas = tree.get(self.components, "schemas")?;
        tree.get(schemas, tree.text(node)?).or_else(|| tree.target(node))
    }
}

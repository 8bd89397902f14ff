//! The schemas that operations reach.

use std::collections::{HashMap, HashSet};

use super::super::children::children;
use super::super::model::{Media, Operation, ParameterId, SchemaId, Spec};

/// Every schema that an operation of the document reaches: named by its parameters, bodies and
/// replies, by schemas that those name, or as one that a reached discriminator chooses from.
pub(super) fn schemas(spec: &Spec<'_>) -> HashSet<SchemaId> {
    let children = children(spec);
    let mut walk = Walk { spec, children, reached: HashSet::new(), waiting: Vec::new() };
    for operation in spec.all_operations() {
        walk.operation(operation);
    }
    walk.drain();
    walk.reached
}

struct Walk<'s, 't> {
    spec: &'s Spec<'t>,
    children: HashMap<SchemaId, Vec<SchemaId>>,
    reached: HashSet<SchemaId>,
    waiting: Vec<SchemaId>,
}

impl Walk<'_, '_> {
    fn operation(&mut self, operation: &Operation<'_>) {
        let spec = self.spec;
        self.parameters(&operation.parameters);
        if let Some(body) = operation.body {
            self.content(&spec.body(body).content);
        }
        for (_, response) in &operation.responses {
            let response = spec.response(*response);
            self.parameters(&response.headers);
            self.content(&response.content);
        }
    }

    fn parameters(&mut self, ids: &[ParameterId]) {
        for id in ids {
            let parameter = self.spec.parameter(*id);
            self.waiting.extend(parameter.schema);
            self.content(&parameter.content);
        }
    }

    fn content(&mut self, content: &[Media<'_>]) {
        for media in content {
            self.waiting.extend(media.schema);
            self.waiting.extend(media.item_schema);
            for part in &media.encoding {
                self.parameters(&part.headers);
            }
        }
    }

    fn drain(&mut self) {
        while let Some(id) = self.waiting.pop() {
            if self.reached.insert(id) {
                self.waiting.extend(self.spec.schema(id).parts());
                self.waiting.extend(self.children.get(&id).into_iter().flatten());
            }
        }
    }
}

//! The pairs of schemas that are compared, and the changes found so far.
//!
//! A pair is compared once, whatever leads to it. It remembers what does: pairs above it, and
//! operations; from these the operations and directions of a change are gathered at the end. It also
//! knows the Rust types that its schemas became, found by walking the lowered client in step, so
//! that a change can name the public items that it explains.

use super::rules::Rule;
use super::side::Side;
use super::told::{Says, Told};
use super::{names, schema};
use crate::ir;
use crate::source::NodeId;
use crate::spec::SchemaId;
use std::collections::{HashMap, HashSet};

/// Sent by the caller.
pub(super) const REQUEST: u8 = 1;
/// Received by the caller.
pub(super) const REPLY: u8 = 2;
/// Both.
pub(super) const ANY: u8 = 3;

/// A public item of the generated client; numbers of models are those of one side.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) enum Subject {
    /// A model.
    Item(u32),
    /// A property of a model, by its name on the wire.
    Field(u32, String),
    /// A value of an enum, by its text; an alternative of a union, by its name.
    Variant(u32, String),
    /// An operation, by its number in [`Walk::calls`].
    Call(usize),
    /// A parameter (`query limit`), the body (`body`) or a part of it (`part file`).
    Input(usize, String),
    /// A reply by status and media type, as a case of an outcome.
    Case(usize, String),
    /// Anything else: `scheme bearer`, `server https://…`, `header x-total`, `webhook paid`.
    Other(String),
}

/// What of a public item is meant.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) enum Aspect {
    /// That it is there.
    Exists,
    /// Its name.
    Name,
    /// Its type.
    Type,
    /// Whether it may be left out.
    Presence,
    /// Traits that it implements.
    Trait,
    /// The order of arguments.
    Order,
    /// All of these.
    Any,
}

/// A public item that a change explains, on one side.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) struct Link {
    /// It is one of the new document's client.
    pub(super) is_new: bool,
    /// The item.
    pub(super) subject: Subject,
    /// What of it.
    pub(super) aspect: Aspect,
}

/// What leads to a pair, or to a change.
#[derive(Clone, Debug)]
pub(super) enum Source {
    /// Another pair, in these directions.
    Pair(usize, u8),
    /// An operation of [`Walk::calls`], in these directions.
    Call(usize, u8),
    /// An operation that it is about, without travelling.
    About(usize),
}

/// What holds a schema of a pair, in the generated client.
#[derive(Clone, Debug)]
pub(super) enum Holder {
    /// The model that the pair above is, or else what holds that.
    Above,
    /// These items of the old and of the new client.
    Items(Option<Subject>, Option<Subject>),
}

/// Two schemas, each an intersection.
#[derive(Debug)]
pub(super) struct Pair {
    pub(super) old: Vec<SchemaId>,
    pub(super) new: Vec<SchemaId>,
    pub(super) old_type: Option<ir::Type>,
    pub(super) new_type: Option<ir::Type>,
    pub(super) above: Vec<(Source, Holder)>,
}

/// A change, before its consequences are known.
#[derive(Debug)]
pub(super) struct Change {
    pub(super) rule: &'static Rule,
    pub(super) sources: Vec<Source>,
    pub(super) old: Option<NodeId>,
    pub(super) new: Option<NodeId>,
    /// What happened, after the subject: `became required`.
    pub(super) verb: String,
    pub(super) subject: String,
    /// What tells it from other changes of the rule at the same place.
    pub(super) detail: String,
    pub(super) old_text: Option<String>,
    pub(super) new_text: Option<String>,
    pub(super) links: Vec<Link>,
    /// What holds the schemas of the pairs that it was found in is explained too.
    pub(super) holders: bool,
    /// Models that may be gone with it.
    pub(super) gone: Vec<ir::ItemId>,
    /// What it says of a property as a whole.
    pub(super) told: Option<Told>,
}

/// Two versions of an operation; one of them may be missing.
#[derive(Clone, Copy, Debug)]
pub(super) struct Call {
    pub(super) old: Option<(usize, bool)>,
    pub(super) new: Option<(usize, bool)>,
}

/// A comparison under way.
pub(super) struct Walk<'w, 't> {
    pub(super) old: &'w Side<'t>,
    pub(super) new: &'w Side<'t>,
    /// The date of today.
    pub(super) today: Option<&'w str>,
    /// Operations, paired; each an index into the operations, or into the webhooks, of its side.
    pub(super) calls: Vec<Call>,
    pub(super) pairs: Vec<Pair>,
    /// Pairs whose values are written as text, as parameters are, so that their types don't show.
    pub(super) texts: HashSet<usize>,
    pub(super) changes: Vec<Change>,
    index: HashMap<(Vec<SchemaId>, Vec<SchemaId>), usize>,
    known: HashMap<Known, usize>,
    compared: usize,
}

/// What makes a change the same as one that was found elsewhere: rule, place, detail, texts.
type Known = (&'static str, Option<NodeId>, String, Option<String>, Option<String>);

impl<'w, 't> Walk<'w, 't> {
    /// A comparison with nothing compared.
    pub(super) fn new(old: &'w Side<'t>, new: &'w Side<'t>, today: Option<&'w str>) -> Self {
        Walk {
            old,
            new,
            today,
            calls: Vec::new(),
            pairs: Vec::new(),
            texts: HashSet::new(),
            changes: Vec::new(),
            index: HashMap::new(),
            known: HashMap::new(),
            compared: 0,
        }
    }

    /// Asks for two schemas to be compared.
    pub(super) fn pair(
        &mut self,
        old: (&[SchemaId], Option<&ir::Type>),
        new: (&[SchemaId], Option<&ir::Type>),
        above: Option<(Source, Holder)>,
    ) -> usize {
        let key = (bare(self.old, old.0), bare(self.new, new.0));
        let at = match self.index.get(&key) {
            Some(at) => *at,
            None => {
                let (old, new) = key.clone();
                let pair = Pair { old, new, old_type: None, new_type: None, above: Vec::new() };
                self.pairs.push(pair);
                self.index.insert(key, self.pairs.len() - 1);
                self.pairs.len() - 1
            }
        };
        let pair = &mut self.pairs[at];
        if pair.old_type.is_none() && pair.new_type.is_none() {
            (pair.old_type, pair.new_type) = (old.1.cloned(), new.1.cloned());
        }
        pair.above.extend(above);
        at
    }

    /// Compares what was asked for, and what that asks for.
    pub(super) fn drain(&mut self) {
        while self.compared < self.pairs.len() {
            self.compared += 1;
            schema::compare(self, self.compared - 1);
        }
    }

    /// These schemas have been paired with each other.
    pub(super) fn has_pair(&self, old: SchemaId, new: SchemaId) -> bool {
        self.index.contains_key(&(bare(self.old, &[old]), bare(self.new, &[new])))
    }

    /// Adds a change; one that was found before gets another source.
    pub(super) fn push(&mut self, change: Change) {
        let (old, new) = (change.old_text.clone(), change.new_text.clone());
        let place = change.new.or(change.old);
        let key = (change.rule.name, place, change.detail.clone(), old, new);
        match self.known.get(&key) {
            Some(at) => {
                let known = &mut self.changes[*at];
                known.sources.extend(change.sources);
                known.links.extend(change.links);
                known.gone.extend(change.gone);
            }
            None => {
                self.known.insert(key, self.changes.len());
                self.changes.push(change);
            }
        }
    }

    /// The models behind a type of the old client, and those that they lead to.
    pub(super) fn gone(&self, ty: Option<&ir::Type>) -> Vec<ir::ItemId> {
        ty.map(|ty| crate::lower::reachable(&self.old.api, ty.models())).unwrap_or_default()
    }
}

impl Change {
    /// A change at two nodes; what is new has no old one.
    pub(super) fn new(
        walk: &Walk<'_, '_>,
        rule: &'static Rule,
        old: Option<NodeId>,
        new: Option<NodeId>,
        verb: impl Into<String>,
    ) -> Change {
        let subject = match (old, new) {
            (_, Some(at)) => names::shown(walk.new.tree, at),
            (Some(at), None) => names::shown(walk.old.tree, at),
            (None, None) => "the document".to_owned(),
        };
        Change {
            rule,
            sources: Vec::new(),
            old,
            new,
            verb: verb.into(),
            subject,
            detail: String::new(),
            old_text: None,
            new_text: None,
            links: Vec::new(),
            holders: false,
            gone: Vec::new(),
            told: None,
        }
    }

    /// Found in this pair.
    pub(super) fn of_pair(mut self, pair: usize) -> Change {
        self.sources.push(Source::Pair(pair, ANY));
        self
    }

    /// Found in this pair, in these directions.
    pub(super) fn within(mut self, pair: usize, directions: u8) -> Change {
        self.sources.push(Source::Pair(pair, directions));
        self
    }

    /// Travels with this operation.
    pub(super) fn of_call(mut self, call: usize, directions: u8) -> Change {
        self.sources.push(Source::Call(call, directions));
        self
    }

    /// Is about this operation.
    pub(super) fn about(mut self, call: usize) -> Change {
        self.sources.push(Source::About(call));
        self
    }

    /// The values before and after.
    pub(super) fn texts(mut self, old: Option<String>, new: Option<String>) -> Change {
        (self.old_text, self.new_text) = (old, new);
        self
    }

    /// What tells it from others of the rule at the place.
    pub(super) fn detail(mut self, detail: impl Into<String>) -> Change {
        self.detail = detail.into();
        self
    }

    /// What it is about, by name.
    pub(super) fn subject(mut self, subject: impl Into<String>) -> Change {
        self.subject = subject.into();
        self
    }

    /// Explains this item of the old and of the new client.
    pub(super) fn explains(
        mut self,
        old: Option<Subject>,
        new: Option<Subject>,
        aspect: Aspect,
    ) -> Change {
        let link = |is_new, subject| Link { is_new, subject, aspect };
        self.links.extend(old.map(|subject| link(false, subject)));
        self.links.extend(new.map(|subject| link(true, subject)));
        self
    }

    /// Explains what holds the schemas.
    pub(super) fn explains_holders(mut self) -> Change {
        self.holders = true;
        self
    }

    /// Says this of the property that these nodes describe.
    pub(super) fn says(mut self, says: Says, old: Option<NodeId>, new: Option<NodeId>) -> Change {
        self.told = Some((says, old, new));
        self
    }

    /// Explains that these models are gone.
    pub(super) fn taking(mut self, gone: Vec<ir::ItemId>) -> Change {
        self.gone.extend(gone);
        self
    }
}

/// The schemas with each mere reference replaced by what it refers to.
pub(super) fn bare(side: &Side<'_>, key: &[SchemaId]) -> Vec<SchemaId> {
    let mut found = Vec::with_capacity(key.len());
    for id in key {
        let mut id = *id;
        for _ in 0..100 {
            match side.schema(id).reference {
                Some(target) if is_mere(side, id) => id = target,
                _ => break,
            }
        }
        if !found.contains(&id) {
            found.push(id);
        }
    }
    found
}

/// A reference without anything beside it.
fn is_mere(side: &Side<'_>, id: SchemaId) -> bool {
    side.tree.entries(side.schema(id).at).len() == 1
}

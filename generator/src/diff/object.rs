//! Objects and arrays: properties and items.

use super::flat::{Flat, flatten};
use super::rules::{self, Rule};
use super::schema::Both;
use super::side::Side;
use super::told::Says;
use super::walk::{ANY, Aspect, Change, Holder, REPLY, REQUEST, Source, Subject, Walk};
use super::{further, life, part, rename};
use crate::ir;
use crate::source::NodeId;
use crate::spec::SchemaId;

/// A property of one of the two schemas.
pub(super) struct Property<'t> {
    /// Its name.
    pub(super) name: &'t str,
    /// Its schemas; none where it is only listed in `required`.
    pub(super) schemas: Vec<SchemaId>,
    /// It is listed in `required`.
    pub(super) required: bool,
    /// Where it stands among the properties.
    pub(super) position: usize,
}

/// Compares what two objects or arrays hold.
pub(super) fn compare(walk: &mut Walk<'_, '_>, both: &Both<'_>) {
    properties(walk, both);
    further::compare(walk, both);
    items(walk, both);
    places(walk, both);
}

fn list<'t>(flat: &Flat<'t>) -> Vec<Property<'t>> {
    let stated = flat.properties.iter().enumerate().map(|(position, (name, schemas))| Property {
        name,
        schemas: schemas.clone(),
        required: flat.required.contains(name),
        position,
    });
    let is_stated = |name: &str| flat.properties.iter().any(|(known, _)| *known == name);
    let others = flat.required.iter().filter(|name| !is_stated(name)).map(|name| Property {
        name,
        schemas: Vec::new(),
        required: true,
        position: usize::MAX,
    });
    stated.chain(others).collect()
}

fn properties(walk: &mut Walk<'_, '_>, both: &Both<'_>) {
    let (old, new) = (list(&both.old), list(&both.new));
    if old.is_empty() && new.is_empty() {
        return;
    }
    let (mut gone, mut come) = (Vec::new(), Vec::new());
    let by_name: std::collections::HashMap<&str, &Property<'_>> =
        new.iter().map(|it| (it.name, it)).collect();
    let old_names: std::collections::HashSet<&str> = old.iter().map(|it| it.name).collect();
    for property in &old {
        match by_name.get(property.name) {
            Some(other) => kept(walk, both, property, other),
            None => gone.push(property),
        }
    }
    come.extend(new.iter().filter(|it| !old_names.contains(it.name)));
    // What only became a property of alternatives, or was one, is neither gone nor new.
    if both.old.unions.is_empty() {
        gone.retain(|it| !has_alternative_with(walk.new, &both.new, it.name));
    }
    if both.new.unions.is_empty() {
        come.retain(|it| !has_alternative_with(walk.old, &both.old, it.name));
    }
    for (before, after) in rename::properties(walk, both, &mut gone, &mut come) {
        renamed(walk, both, before, after);
    }
    gone.into_iter().for_each(|property| removed(walk, both, property));
    come.into_iter().for_each(|property| added(walk, both, property));
}

/// One of the alternatives has this property.
fn has_alternative_with(side: &Side<'_>, flat: &Flat<'_>, name: &str) -> bool {
    let mut arms = flat.unions.iter().flat_map(|union| &union.arms);
    arms.any(|arm| flatten(side, &[*arm]).properties.iter().any(|(known, _)| *known == name))
}

/// The directions in which a property travels.
fn directions(flat: &Flat<'_>) -> u8 {
    match (flat.read_only, flat.write_only) {
        (true, false) => REPLY,
        (false, true) => REQUEST,
        _ => ANY,
    }
}

/// The subject of a property in the generated client, and its type.
fn field(
    walk: &Walk<'_, '_>,
    both: &Both<'_>,
    is_new: bool,
    name: &str,
) -> (Option<Subject>, Option<ir::Type>) {
    let side: &Side<'_> = if is_new { walk.new } else { walk.old };
    let item = if is_new { both.new_item(side) } else { both.old_item(side) };
    let Some(item) = item else { return part::field(walk, both.pair, is_new, name) };
    let ty = match &side.api.items[item as usize].kind {
        ir::Kind::Struct(shape) => {
            let field = shape.fields.iter().find(|field| field.wire == name);
            field.map(|field| field.ty.clone())
        }
        _ => None,
    };
    (Some(Subject::Field(item, name.to_owned())), ty)
}

fn kept(walk: &mut Walk<'_, '_>, both: &Both<'_>, old: &Property<'_>, new: &Property<'_>) {
    let (was, is) = (flatten(walk.old, &old.schemas), flatten(walk.new, &new.schemas));
    let (before, after) = (directions(&was), directions(&is));
    let (old_field, old_type) = field(walk, both, false, old.name);
    let (new_field, new_type) = field(walk, both, true, new.name);
    let place = Ends {
        old: old_field.clone(),
        new: new_field.clone(),
        old_at: node(walk.old, old, &both.old),
        new_at: node(walk.new, new, &both.new),
    };
    if old.required != new.required {
        let (rule, verb) = match new.required {
            true => (&rules::PROPERTY_BECAME_REQUIRED, "became required"),
            false => (&rules::PROPERTY_BECAME_OPTIONAL, "became optional"),
        };
        let word = |required: bool| if required { "required" } else { "optional" }.to_owned();
        let change = place.change(walk, both, rule, verb, after & before);
        let change = change.texts(Some(word(old.required)), Some(word(new.required)));
        walk.push(change.explains(old_field.clone(), new_field.clone(), Aspect::Presence));
    }
    mutability(walk, both, &place, &was, &is);
    if !old.schemas.is_empty() && !new.schemas.is_empty() {
        let directions = if before == after { before } else { ANY };
        let above = (Source::Pair(both.pair, directions), Holder::Items(old_field, new_field));
        let (old, new) = ((&*old.schemas, old_type.as_ref()), (&*new.schemas, new_type.as_ref()));
        walk.pair(old, new, Some(above));
    } else if old.schemas.is_empty() != new.schemas.is_empty() {
        undeclared(walk, both, &place, new.schemas.is_empty());
    }
}

/// A required property is described on one side only.
fn undeclared(walk: &mut Walk<'_, '_>, both: &Both<'_>, place: &Ends, is_gone: bool) {
    let (rule, verb, old, new) = match is_gone {
        true => (&rules::TYPE_WIDENED, "isn't described any more", Some(place.old_at), None),
        false => (&rules::TYPE_NARROWED, "is described", None, Some(place.new_at)),
    };
    let change = place.change(walk, both, rule, verb, ANY).says(Says::Described, old, new);
    walk.push(change.explains(place.old.clone(), place.new.clone(), Aspect::Any));
}

/// Where a property stands on both sides, and what it became.
struct Ends {
    old: Option<Subject>,
    new: Option<Subject>,
    old_at: NodeId,
    new_at: NodeId,
}

impl Ends {
    fn change(
        &self,
        walk: &Walk<'_, '_>,
        both: &Both<'_>,
        rule: &'static Rule,
        verb: &str,
        directions: u8,
    ) -> Change {
        let change = Change::new(walk, rule, Some(self.old_at), Some(self.new_at), verb);
        change.within(both.pair, directions)
    }
}

/// The node of a property, or of its name in `required`.
fn node(side: &Side<'_>, property: &Property<'_>, owner: &Flat<'_>) -> NodeId {
    match property.schemas.first() {
        Some(id) => side.schema(*id).at,
        None => super::schema::stated(side, owner, "required").unwrap_or(owner.at),
    }
}

fn mutability(
    walk: &mut Walk<'_, '_>,
    both: &Both<'_>,
    place: &Ends,
    was: &Flat<'_>,
    is: &Flat<'_>,
) {
    let changes = [
        (
            was.read_only,
            is.read_only,
            &rules::BECAME_READ_ONLY,
            &rules::BECAME_NOT_READ_ONLY,
            "read-only",
        ),
        (
            was.write_only,
            is.write_only,
            &rules::BECAME_WRITE_ONLY,
            &rules::BECAME_NOT_WRITE_ONLY,
            "write-only",
        ),
    ];
    for (old, new, rule, inverse, word) in changes {
        let (rule, verb) = match (old, new) {
            (false, true) => (rule, format!("became {word}")),
            (true, false) => (inverse, format!("isn't {word} any more")),
            _ => continue,
        };
        let change = place.change(walk, both, rule, &verb, ANY);
        let change = change.texts(Some(old.to_string()), Some(new.to_string()));
        walk.push(change.explains(place.old.clone(), place.new.clone(), Aspect::Presence));
    }
}

fn renamed(walk: &mut Walk<'_, '_>, both: &Both<'_>, old: &Property<'_>, new: &Property<'_>) {
    let (old_field, old_type) = field(walk, both, false, old.name);
    let (new_field, new_type) = field(walk, both, true, new.name);
    let is = flatten(walk.new, &new.schemas);
    let place = Ends {
        old: old_field.clone(),
        new: new_field.clone(),
        old_at: node(walk.old, old, &both.old),
        new_at: node(walk.new, new, &both.new),
    };
    let verb = format!("was called `{}`", old.name);
    let change = place
        .change(walk, both, &rules::PROPERTY_RENAMED, &verb, directions(&is))
        .texts(Some(old.name.to_owned()), Some(new.name.to_owned()))
        .says(Says::Renamed, Some(place.old_at), Some(place.new_at))
        .explains(old_field.clone(), new_field.clone(), Aspect::Any)
        .taking(walk.gone(old_type.as_ref()));
    walk.push(change);
    if !old.schemas.is_empty() && !new.schemas.is_empty() {
        let above = (Source::Pair(both.pair, directions(&is)), Holder::Items(old_field, new_field));
        let (old, new) = ((&*old.schemas, old_type.as_ref()), (&*new.schemas, new_type.as_ref()));
        walk.pair(old, new, Some(above));
    }
}

fn removed(walk: &mut Walk<'_, '_>, both: &Both<'_>, property: &Property<'_>) {
    let was = flatten(walk.old, &property.schemas);
    let (subject, ty) = field(walk, both, false, property.name);
    let sunset = life::has_ended(walk, &was);
    let rule = match (sunset, property.required) {
        (true, _) => &rules::PROPERTY_REMOVED_AFTER_SUNSET,
        (false, true) => &rules::REQUIRED_PROPERTY_REMOVED,
        (false, false) => &rules::PROPERTY_REMOVED,
    };
    let at = node(walk.old, property, &both.old);
    let change = Change::new(walk, rule, Some(at), None, "was removed")
        .within(both.pair, directions(&was))
        .detail(property.name)
        .says(Says::There, Some(at), None)
        .explains(subject, None, Aspect::Any)
        .taking(walk.gone(ty.as_ref()));
    let change = beside(walk, both, change, property.schemas.is_empty(), property.name);
    walk.push(change);
}

fn added(walk: &mut Walk<'_, '_>, both: &Both<'_>, property: &Property<'_>) {
    let is = flatten(walk.new, &property.schemas);
    let (subject, _) = field(walk, both, true, property.name);
    let rule = match property.required {
        true => &rules::REQUIRED_PROPERTY_ADDED,
        false => &rules::OPTIONAL_PROPERTY_ADDED,
    };
    let at = node(walk.new, property, &both.new);
    let change = Change::new(walk, rule, None, Some(at), "was added")
        .within(both.pair, directions(&is))
        .detail(property.name)
        .says(Says::There, None, Some(at))
        .explains(None, subject, Aspect::Any);
    let change = beside(walk, both, change, property.schemas.is_empty(), property.name);
    walk.push(change);
}

/// A property that is only listed in `required` is told by its name.
fn beside(
    walk: &Walk<'_, '_>,
    both: &Both<'_>,
    change: Change,
    is_undeclared: bool,
    name: &str,
) -> Change {
    if !is_undeclared {
        return change;
    }
    let owner = super::names::shown(walk.new.tree, both.new.at);
    change.subject(format!("property `{name}` of {owner}"))
}

/// The type of the items of a list.
fn elements(side: &Side<'_>, ty: Option<&ir::Type>) -> Option<ir::Type> {
    match side.peel(ty?) {
        ir::Type::List(item) => Some((**item).clone()),
        ir::Type::Item(id) => match &side.api.item(*id).kind {
            ir::Kind::Newtype(newtype) => elements(side, Some(&newtype.ty)),
            _ => None,
        },
        _ => None,
    }
}

fn items(walk: &mut Walk<'_, '_>, both: &Both<'_>) {
    let (old, new) = (both.old.items.clone(), both.new.items.clone());
    let (rule, verb) = match (old.is_empty(), new.is_empty()) {
        (true, true) => return,
        (false, false) => {
            let old_type = elements(walk.old, both.old_type.as_ref());
            let new_type = elements(walk.new, both.new_type.as_ref());
            let above = (Source::Pair(both.pair, ANY), Holder::Above);
            let items = (&old[..], old_type.as_ref());
            let items = walk.pair(items, (&new[..], new_type.as_ref()), Some(above));
            if walk.texts.contains(&both.pair) {
                walk.texts.insert(items);
            }
            return;
        }
        (true, false) => (&rules::TYPE_NARROWED, "says what its items are"),
        (false, true) => (&rules::TYPE_WIDENED, "doesn't say any more what its items are"),
    };
    let gone = walk.gone(both.old_type.as_ref());
    let change = both.change(walk, rule, "items", verb).detail("items").explains_holders();
    walk.push(change.taking(gone));
}

/// `prefixItems`.
fn places(walk: &mut Walk<'_, '_>, both: &Both<'_>) {
    let (old, new) = (both.old.prefix.clone(), both.new.prefix.clone());
    for (a, b) in old.iter().zip(&new) {
        let above = (Source::Pair(both.pair, ANY), Holder::Above);
        walk.pair((&[*a], None), (&[*b], None), Some(above));
    }
    let (rule, count, verb) = match old.len().cmp(&new.len()) {
        std::cmp::Ordering::Equal => return,
        std::cmp::Ordering::Less => (&rules::PLACE_ADDED, new.len() - old.len(), "got"),
        std::cmp::Ordering::Greater => (&rules::PLACE_REMOVED, old.len() - new.len(), "lost"),
    };
    let verb = format!("{verb} {count} more of its places").replace("lost 1 more", "lost 1");
    let gone = walk.gone(both.old_type.as_ref());
    let change = both.change(walk, rule, "prefixItems", verb);
    let change = change.texts(Some(old.len().to_string()), Some(new.len().to_string()));
    walk.push(change.explains_holders().taking(gone));
}

//! Two schemas, keyword by keyword.

use super::flat::{Flat, flatten};
use super::rules::{self, Rule};
use super::side::Side;
use super::walk::{Aspect, Change, Source, Subject, Walk};
use super::{bounds, docs, life, object, types, union, value};
use crate::ir;
use crate::source::NodeId;

/// Two schemas that are compared.
pub(super) struct Both<'t> {
    /// Their pair.
    pub(super) pair: usize,
    /// What the old one demands.
    pub(super) old: Flat<'t>,
    /// What the new one demands.
    pub(super) new: Flat<'t>,
    /// The type that the old one became.
    pub(super) old_type: Option<ir::Type>,
    /// The type that the new one became.
    pub(super) new_type: Option<ir::Type>,
}

/// Compares the schemas of a pair.
pub(super) fn compare(walk: &mut Walk<'_, '_>, pair: usize) {
    let it = &walk.pairs[pair];
    let both = Both {
        pair,
        old: flatten(walk.old, &it.old),
        new: flatten(walk.new, &it.new),
        old_type: it.old_type.clone(),
        new_type: it.new_type.clone(),
    };
    let is_same_kind = types::compare(walk, &both);
    format(walk, &both);
    null(walk, &both);
    values(walk, &both);
    constant(walk, &both);
    default(walk, &both);
    bounds::compare(walk, &both);
    encodings(walk, &both);
    docs::schema(walk, &both);
    life::schema(walk, &both);
    if is_same_kind {
        object::compare(walk, &both);
        union::compare(walk, &both);
    }
}

impl Both<'_> {
    /// A change of the pair, at the nodes that state it.
    pub(super) fn change(
        &self,
        walk: &Walk<'_, '_>,
        rule: &'static Rule,
        keyword: &str,
        verb: impl Into<String>,
    ) -> Change {
        let old = stated(walk.old, &self.old, keyword);
        let new = stated(walk.new, &self.new, keyword);
        let (old, new) = match (old, new) {
            (Some(old), Some(new)) => (Some(old), Some(new)),
            // What one side doesn't state is missing where the other side states it.
            (old, new) => (old.or(Some(self.old.at)), new.or(Some(self.new.at))),
        };
        Change::new(walk, rule, old, new, verb)
            .of_pair(self.pair)
            .subject(self.subject(walk, keyword))
    }

    /// What the schemas are, by the new one's place.
    fn subject(&self, walk: &Walk<'_, '_>, keyword: &str) -> String {
        let holder = self.new.sources.iter().map(|id| walk.new.schema(*id).at);
        let stating = holder.clone().find(|at| walk.new.tree.get(*at, keyword).is_some());
        super::names::shown(walk.new.tree, stating.unwrap_or(self.new.at))
    }

    /// The model that the old schema became.
    pub(super) fn old_item(&self, side: &Side<'_>) -> Option<u32> {
        item(side, self.old_type.as_ref())
    }

    /// The model that the new schema became.
    pub(super) fn new_item(&self, side: &Side<'_>) -> Option<u32> {
        item(side, self.new_type.as_ref())
    }
}

/// The model behind a type.
pub(super) fn item(side: &Side<'_>, ty: Option<&ir::Type>) -> Option<u32> {
    match side.peel(ty?) {
        ir::Type::Item(id) => Some(id.0),
        _ => None,
    }
}

/// The node of a keyword, in the first part that states it.
pub(super) fn stated(side: &Side<'_>, flat: &Flat<'_>, keyword: &str) -> Option<NodeId> {
    flat.sources.iter().find_map(|id| side.tree.get(side.schema(*id).at, keyword))
}

/// Formats that say how a number is stored, from the narrowest.
const WIDTHS: [&[&str]; 2] = [&["int8", "int16", "int32", "int64"], &["float", "double"]];

fn format(walk: &mut Walk<'_, '_>, both: &Both<'_>) {
    let (old, new) = (both.old.format, both.new.format);
    if old == new || both.old.types != both.new.types {
        return;
    }
    let width = |format: Option<&str>| {
        WIDTHS.iter().find_map(|list| {
            let at = list.iter().position(|known| Some(*known) == format)?;
            Some((list.len(), at))
        })
    };
    let rule = match (old, new) {
        (None, _) => &rules::FORMAT_ADDED,
        (_, None) => &rules::FORMAT_REMOVED,
        _ => match (width(old), width(new)) {
            (Some((a, was)), Some((b, is))) if a == b && is > was => &rules::TYPE_WIDENED,
            (Some((a, was)), Some((b, is))) if a == b && is < was => &rules::TYPE_NARROWED,
            _ => &rules::FORMAT_CHANGED,
        },
    };
    let word = |format: Option<&str>| format.map(str::to_owned);
    let verb = match (old, new) {
        (None, Some(new)) => format!("got the format `{new}`"),
        (Some(old), None) => format!("lost the format `{old}`"),
        (old, new) => format!(
            "had the format `{}`, has `{}`",
            old.unwrap_or_default(),
            new.unwrap_or_default()
        ),
    };
    let change = both.change(walk, rule, "format", verb).detail("format");
    walk.push(change.texts(word(old), word(new)).explains_holders());
}

fn null(walk: &mut Walk<'_, '_>, both: &Both<'_>) {
    let (old, new) = (both.old.nullable, both.new.nullable);
    // Of what takes any value, `null` was one all along.
    let any = |flat: &Flat<'_>| flat.types.is_empty() && flat.unions.is_empty();
    if old == new || any(&both.old) || any(&both.new) {
        return;
    }
    let (rule, verb) = match new {
        true => (&rules::BECAME_NULLABLE, "may be null"),
        false => (&rules::BECAME_NOT_NULLABLE, "may not be null any more"),
    };
    let keyword = if stated(walk.new, &both.new, "nullable").is_some()
        || stated(walk.old, &both.old, "nullable").is_some()
    {
        "nullable"
    } else {
        "type"
    };
    let change = both.change(walk, rule, keyword, verb).explains_holders();
    let change = change.texts(Some(old.to_string()), Some(new.to_string()));
    walk.push(change);
}

fn values(walk: &mut Walk<'_, '_>, both: &Both<'_>) {
    let (old, new) = match (&both.old.values, &both.new.values) {
        (None, None) => return,
        (Some(old), Some(new)) => (old, new),
        (old, _) => return enumerated(walk, both, old.is_none()),
    };
    let (before, after) = (walk.old, walk.new);
    let removed = value::missing(before.tree, old, after.tree, new);
    let added = value::missing(after.tree, new, before.tree, old);
    let (old_item, new_item) = (both.old_item(before), both.new_item(after));
    // The only value is a constant, which nobody has to give.
    let is_fixed = |values: &[NodeId]| values.len() == 1;
    let holders = is_fixed(old) != is_fixed(new);
    for at in removed {
        let text = value::text(before.tree, at);
        let verb = format!("lost the value {}", quoted(&text));
        let variant = old_item.map(|item| Subject::Variant(item, plain(before, at)));
        let mut change = both.change(walk, &rules::ENUM_VALUE_REMOVED, "enum", verb);
        (change.old, change.holders) = (Some(at), holders);
        walk.push(change.detail(&text).texts(Some(text), None).explains(
            variant,
            None,
            Aspect::Any,
        ));
    }
    for at in added {
        let text = value::text(after.tree, at);
        let verb = format!("got the value {}", quoted(&text));
        let variant = new_item.map(|item| Subject::Variant(item, plain(after, at)));
        let mut change = both.change(walk, &rules::ENUM_VALUE_ADDED, "enum", verb);
        (change.new, change.holders) = (Some(at), holders);
        walk.push(change.detail(&text).texts(None, Some(text)).explains(
            None,
            variant,
            Aspect::Any,
        ));
    }
}

/// The value as the variant of an enum has it.
fn plain(side: &Side<'_>, at: NodeId) -> String {
    let whole = side.tree.integer(at).map(|number| number.to_string());
    whole.or_else(|| side.tree.text(at).map(str::to_owned)).unwrap_or_default()
}

fn quoted(text: &str) -> String {
    format!("`{}`", text.trim_matches('"'))
}

/// Values are listed on one side only.
fn enumerated(walk: &mut Walk<'_, '_>, both: &Both<'_>, is_added: bool) {
    if both.old.types != both.new.types && !both.new.types.is_empty() && !both.old.types.is_empty()
    {
        return;
    }
    let (rule, verb) = match is_added {
        true => (&rules::BECAME_ENUM, "takes listed values only"),
        false => (&rules::ENUM_REMOVED, "takes any value, not listed ones only"),
    };
    let text = |side: &Side<'_>, flat: &Flat<'_>| {
        stated(side, flat, "enum").map(|at| value::text(side.tree, at))
    };
    let texts = (text(walk.old, &both.old), text(walk.new, &both.new));
    let gone = walk.gone(both.old_type.as_ref());
    let (old_item, new_item) = (both.old_item(walk.old), both.new_item(walk.new));
    let change = both
        .change(walk, rule, "enum", verb)
        .texts(texts.0, texts.1)
        .explains(old_item.map(Subject::Item), new_item.map(Subject::Item), Aspect::Any)
        .explains_holders()
        .taking(gone);
    walk.push(change);
}

/// A keyword with a value: what became of it.
fn stated_value(
    walk: &mut Walk<'_, '_>,
    both: &Both<'_>,
    keyword: &'static str,
    nodes: (Option<NodeId>, Option<NodeId>),
    rules: [&'static Rule; 3],
) {
    let (old, new) = (walk.old.tree, walk.new.tree);
    let (rule, verb) = match nodes {
        (None, None) => return,
        (Some(a), Some(b)) if value::same(old, a, new, b) => return,
        (None, Some(at)) => (rules[0], format!("got {} `{}`", keyword, value::text(new, at))),
        (Some(at), None) => (rules[1], format!("lost {} `{}`", keyword, value::text(old, at))),
        (Some(a), Some(b)) => (
            rules[2],
            format!("had {keyword} `{}`, has `{}`", value::text(old, a), value::text(new, b)),
        ),
    };
    let texts = (nodes.0.map(|at| value::text(old, at)), nodes.1.map(|at| value::text(new, at)));
    let change = both.change(walk, rule, keyword, verb).texts(texts.0, texts.1);
    let change = if keyword == "const" { change.explains_holders() } else { change };
    let (old_item, new_item) = (both.old_item(walk.old), both.new_item(walk.new));
    let change = if keyword == "const" {
        let gone = walk.gone(both.old_type.as_ref());
        change
            .explains(old_item.map(Subject::Item), new_item.map(Subject::Item), Aspect::Any)
            .taking(gone)
    } else {
        change
    };
    walk.push(change);
}

fn constant(walk: &mut Walk<'_, '_>, both: &Both<'_>) {
    let rules = [&rules::CONST_ADDED, &rules::CONST_REMOVED, &rules::CONST_CHANGED];
    stated_value(walk, both, "const", (both.old.constant, both.new.constant), rules);
}

fn default(walk: &mut Walk<'_, '_>, both: &Both<'_>) {
    let above = &walk.pairs[both.pair].above;
    let of_parameter = above.iter().any(|(source, holder)| {
        let input = |subject: &Option<Subject>| {
            matches!(subject, Some(Subject::Input(_, name)) if name != "body")
        };
        matches!(source, Source::Call(..))
            && matches!(holder, super::walk::Holder::Items(a, b) if input(a) || input(b))
    });
    let rules = match of_parameter {
        true => [
            &rules::PARAMETER_DEFAULT_ADDED,
            &rules::PARAMETER_DEFAULT_REMOVED,
            &rules::PARAMETER_DEFAULT_CHANGED,
        ],
        false => [&rules::DEFAULT_ADDED, &rules::DEFAULT_REMOVED, &rules::DEFAULT_CHANGED],
    };
    stated_value(walk, both, "default", (both.old.default, both.new.default), rules);
}

fn encodings(walk: &mut Walk<'_, '_>, both: &Both<'_>) {
    let pairs = [
        ("contentEncoding", both.old.encoding, both.new.encoding, &rules::ENCODING_CHANGED),
        (
            "contentMediaType",
            both.old.media_type,
            both.new.media_type,
            &rules::CONTENT_TYPE_CHANGED,
        ),
    ];
    for (keyword, old, new, rule) in pairs {
        if old != new {
            let word = |text: Option<&str>| text.unwrap_or("nothing").to_owned();
            let verb = format!("had {keyword} `{}`, has `{}`", word(old), word(new));
            let change = both.change(walk, rule, keyword, verb);
            let change = change.texts(old.map(str::to_owned), new.map(str::to_owned));
            walk.push(change.explains_holders());
        }
    }
}

//! Reads `x-pagination`: which keys it has, each with a text.

use super::KEY;
use crate::diag::{At, Code};
use crate::lower::cx::Cx;
use crate::lower::value;
use crate::source::NodeId;

/// `x-pagination` as it is written.
pub(super) struct Stated {
    /// Where it stands.
    pub(super) at: NodeId,
    /// What leads from a page to the next one.
    pub(super) step: Step,
    /// `limit`.
    pub(super) limit: Option<Place>,
    /// `items`.
    pub(super) items: Option<Place>,
    /// `total`.
    pub(super) total: Option<Place>,
    /// `more`.
    pub(super) more: Option<Place>,
}

/// The key that says how, with those that belong to it.
pub(super) enum Step {
    /// `offset`, with the number that the first item has, if it is stated.
    Offset(Place, Option<u64>),
    /// `page`, with the number of the first page, if it is stated.
    Page(Place, Option<u64>),
    /// `cursor` with `next`.
    Cursor(Place, Place),
    /// `cursor` with `last`.
    LastItem(Place, Place),
    /// `url`.
    Address(Place),
    /// `link`.
    Link(String),
}

/// A text, and where it stands.
#[derive(Clone)]
pub(super) struct Place {
    /// The key it stands under.
    pub(super) key: &'static str,
    /// Where it stands.
    pub(super) at: NodeId,
    /// What it says.
    pub(super) text: String,
}

/// Every key that there is.
const KEYS: [&str; 12] = [
    "offset", "page", "cursor", "url", "link", "next", "last", "first", "limit", "items", "total",
    "more",
];

/// The keys of which there is one.
const STEPS: [&str; 5] = ["offset", "page", "cursor", "url", "link"];

/// Reads a value of the extension; what is wrong with it is reported.
pub(super) fn read(cx: &mut Cx<'_, '_>, at: NodeId) -> Option<Stated> {
    let tree = cx.spec.tree;
    if !tree.is_map(at) {
        value::invalid(cx, at, KEY, "a map, or `none`");
        return None;
    }
    let unknown = tree.entries(at).find(|(key, _)| !KEYS.contains(key) && !key.starts_with("x-"));
    if let Some((key, at)) = unknown {
        report(cx, at, format!("`{KEY}` has no key `{key}`"));
        return None;
    }
    let steps: Vec<&str> =
        STEPS.into_iter().filter(|key| value::stated(cx, at, key).is_some()).collect();
    let [step] = steps.as_slice() else {
        let said = if steps.is_empty() { "none" } else { "several" };
        report(cx, at, format!("`{KEY}` has to say one way to the next page, and says {said}"));
        return None;
    };
    let main = place(cx, at, step)?;
    let first = number(cx, at, "first")?;
    let step = match *step {
        "offset" => Step::Offset(main, first),
        "page" => Step::Page(main, first),
        "url" => Step::Address(main),
        "link" => Step::Link(main.text),
        _ => cursor(cx, at, main)?,
    };
    let mut optional = |key| match value::stated(cx, at, key) {
        Some(_) => place(cx, at, key).map(Some),
        None => Some(None),
    };
    Some(Stated {
        at,
        step,
        limit: optional("limit")?,
        items: optional("items")?,
        total: optional("total")?,
        more: optional("more")?,
    })
}

/// What a cursor is: a value of the reply, or of its last item.
fn cursor(cx: &mut Cx<'_, '_>, at: NodeId, main: Place) -> Option<Step> {
    let has = |key| value::stated(cx, at, key).is_some();
    match (has("next"), has("last")) {
        (true, false) => Some(Step::Cursor(main, place(cx, at, "next")?)),
        (false, true) => Some(Step::LastItem(main, place(cx, at, "last")?)),
        _ => {
            let message = "a cursor stands in the reply (`next`), or in the last item (`last`)";
            report(cx, at, message.to_owned());
            None
        }
    }
}

fn place(cx: &mut Cx<'_, '_>, map: NodeId, key: &str) -> Option<Place> {
    let key = KEYS.into_iter().find(|known| *known == key)?;
    let at = value::stated(cx, map, key)?;
    let text = value::text(cx, map, key)?.to_owned();
    Some(Place { key, at, text })
}

/// A number, if there is one; absent where it is something else.
fn number(cx: &mut Cx<'_, '_>, map: NodeId, key: &str) -> Option<Option<u64>> {
    let Some(at) = value::stated(cx, map, key) else { return Some(None) };
    let number = cx.spec.tree.integer(at).and_then(|number| u64::try_from(number).ok());
    if number.is_none() {
        value::invalid(cx, at, key, "a number from 0 on");
    }
    number.map(Some)
}

fn report(cx: &mut Cx<'_, '_>, at: NodeId, message: String) {
    cx.sink.warning(Code::InvalidExtension, At::Node(at), message).help(
        "state `offset`, `page`, `cursor` with `next` or `last`, `url`, or `link`; and beside it, \
         where they are, `limit`, `items`, `total`, `more`, `first`",
    );
}

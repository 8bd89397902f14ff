//! Texts of a path, query, header, cookie or form, as the JSON that they stand for.
//!
//! What is sent doesn't say whether `a=1` is a list of one item, a text or a number. The type does:
//! a [`Tree`] is offered to it as JSON, and where it finds another thing than it expects, the text
//! in that place is written another way.

use std::collections::BTreeMap;

use super::route::Check;
use crate::codec::{self, Rule, Violation};

/// Texts in their places.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Tree {
    Text(String),
    /// JSON text as it was sent, which is read in no other way.
    Json(String),
    List(Vec<Tree>),
    Object(Vec<(String, Tree)>),
}

/// A way to write a text, where it can be written so.
type Way = fn(&str) -> Option<Vec<u8>>;

/// Ways to write a text, by the order in which they are tried. Numbers are among the texts.
const WAYS: [Way; 4] = [
    |text| Some(codec::to_vec(&text)),
    |text| Some([b"[", &*codec::to_vec(&text), b"]"].concat()),
    |text| is_json(text).then(|| text.as_bytes().to_vec()),
    |text| is_json(text).then(|| [b"[", text.as_bytes(), b"]"].concat()),
];

fn is_json(text: &str) -> bool {
    codec::from_slice::<codec::Json>(text.as_bytes()).is_ok()
}

impl Tree {
    /// Texts that are the items of a list, or one value.
    pub(super) fn of_texts(texts: Vec<String>) -> Self {
        match <[String; 1]>::try_from(texts) {
            Ok([only]) => Self::Text(only),
            Err(several) => Self::List(several.into_iter().map(Self::Text).collect()),
        }
    }

    /// Texts that are names and values in turn.
    pub(super) fn of_turns(texts: &[String]) -> Option<Self> {
        let (pairs, rest) = texts.as_chunks::<2>();
        let pairs = pairs.iter().map(|[name, value]| (name.clone(), Self::Text(value.clone())));
        (rest.is_empty() && !texts.is_empty()).then(|| Self::Object(pairs.collect()))
    }

    /// Texts that are `name=value` each.
    pub(super) fn of_assignments(texts: &[String]) -> Option<Self> {
        let pairs = texts.iter().map(|text| {
            let (name, value) = text.split_once('=')?;
            Some((name.to_owned(), Self::Text(value.to_owned())))
        });
        let pairs: Option<Vec<_>> = pairs.collect();
        pairs.filter(|pairs| !pairs.is_empty()).map(Self::Object)
    }

    /// Puts a text where the steps lead: names, or `0`, `1`, … for items.
    pub(super) fn put(&mut self, steps: &[String], text: String) {
        let [step, rest @ ..] = steps else {
            *self = Self::Text(text);
            return;
        };
        if !matches!(self, Self::Object(_)) {
            *self = Self::Object(Vec::new());
        }
        let Self::Object(members) = self else { return };
        let at = members.iter().position(|(name, _)| name == step).unwrap_or_else(|| {
            members.push((step.clone(), Self::Object(Vec::new())));
            members.len() - 1
        });
        if let Some((_, member)) = members.get_mut(at) {
            member.put(rest, text);
        }
    }

    /// Makes lists of objects whose names are `0`, `1`, ….
    pub(super) fn indexed(self) -> Self {
        let Self::Object(members) = self else { return self };
        let mut each = members.iter().enumerate();
        let is_list = !members.is_empty() && each.all(|(at, (name, _))| *name == at.to_string());
        let members = members.into_iter().map(|(name, member)| (name, member.indexed()));
        match is_list {
            true => Self::List(members.map(|(_, member)| member).collect()),
            false => Self::Object(members.collect()),
        }
    }

    /// Reads it as a type; the broken rules come back.
    ///
    /// # Errors
    ///
    /// However its texts are written, the type isn't that.
    pub(super) fn read(
        &self,
        check: Check,
        rules: &[Rule],
    ) -> Result<Vec<Violation>, codec::Fault> {
        let mut ways: BTreeMap<String, usize> = BTreeMap::new();
        let mut first: Option<codec::Fault> = None;
        loop {
            let mut json = Vec::new();
            self.write("$", &ways, &mut json);
            let fault = match check(&json, true, rules) {
                Ok(broken) => return Ok(broken),
                Err(fault) => fault,
            };
            let leaf = self.leaf("$", &fault.path);
            let first = first.get_or_insert(fault);
            let next = leaf.and_then(|(path, text)| {
                let now = ways.get(&path).copied().unwrap_or(0);
                let next = (now + 1..WAYS.len()).find(|way| WAYS[*way](text).is_some())?;
                Some((path, next))
            });
            let Some((path, next)) = next else { return Err(first.clone()) };
            ways.insert(path, next);
        }
    }

    fn write(&self, path: &str, ways: &BTreeMap<String, usize>, json: &mut Vec<u8>) {
        match self {
            Self::Text(text) => {
                let way = ways.get(path).and_then(|way| WAYS.get(*way)).unwrap_or(&WAYS[0]);
                json.extend(way(text).unwrap_or_default());
            }
            Self::Json(text) => json.extend(text.as_bytes()),
            Self::List(items) => {
                json.push(b'[');
                for (index, item) in items.iter().enumerate() {
                    if index > 0 {
                        json.push(b',');
                    }
                    item.write(&format!("{path}[{index}]"), ways, json);
                }
                json.push(b']');
            }
            Self::Object(members) => {
                json.push(b'{');
                for (index, (name, member)) in members.iter().enumerate() {
                    if index > 0 {
                        json.push(b',');
                    }
                    json.extend(codec::to_vec(name));
                    json.push(b':');
                    member.write(&key(path, name), ways, json);
                }
                json.push(b'}');
            }
        }
    }

    /// The text at or around a path.
    fn leaf(&self, path: &str, wanted: &str) -> Option<(String, &str)> {
        let rest = wanted.strip_prefix(path)?;
        if !(rest.is_empty() || rest.starts_with(['.', '['])) {
            return None;
        }
        match self {
            Self::Text(text) => Some((path.to_owned(), text)),
            Self::Json(_) => None,
            Self::List(items) => {
                let mut items = items.iter().enumerate();
                items.find_map(|(index, item)| item.leaf(&format!("{path}[{index}]"), wanted))
            }
            Self::Object(members) => {
                members.iter().find_map(|(name, member)| member.leaf(&key(path, name), wanted))
            }
        }
    }
}

/// The path of a member, as faults write it.
fn key(path: &str, name: &str) -> String {
    let fault = codec::Fault::new("$", "", "", 0).in_key(name);
    format!("{path}{}", fault.path.strip_prefix('$').unwrap_or_default())
}

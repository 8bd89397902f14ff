//! Patterns that name operations.

use std::collections::BTreeSet;

use super::super::model::Operation;
use super::super::similar::similar;

/// What operations are chosen by.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Pattern<'p> {
    /// One of the tags.
    Tag(&'p str),
    /// The path, or the name of a webhook.
    Path(&'p str),
    /// `operationId`.
    Id(&'p str),
}

/// How many names a message lists.
const LISTED: usize = 8;

impl<'p> Pattern<'p> {
    /// The pattern that a text is.
    pub(super) fn of(text: &'p str) -> Pattern<'p> {
        match text.split_once(':') {
            Some(("tag", name)) => Pattern::Tag(name),
            Some(("path", glob)) => Pattern::Path(glob),
            Some(("id", name)) => Pattern::Id(name),
            _ => Pattern::Id(text),
        }
    }

    /// The pattern names the operation.
    pub(super) fn matches(self, operation: &Operation<'_>) -> bool {
        match self {
            Pattern::Tag(name) => operation.tags.contains(&name),
            Pattern::Path(pattern) => glob(pattern.as_bytes(), operation.path.as_bytes()),
            Pattern::Id(name) => operation.id == Some(name),
        }
    }

    /// What the pattern might have meant.
    pub(super) fn help<'o, 't: 'o>(
        self,
        operations: impl Iterator<Item = &'o Operation<'t>>,
    ) -> String {
        let (wanted, what) = match self {
            Pattern::Tag(name) => (name, "tag"),
            Pattern::Path(glob) => (glob, "path"),
            Pattern::Id(name) => (name, "operationId"),
        };
        let names: BTreeSet<&str> = operations
            .flat_map(|operation| match self {
                Pattern::Tag(_) => operation.tags.clone(),
                Pattern::Path(_) => vec![operation.path],
                Pattern::Id(_) => operation.id.into_iter().collect(),
            })
            .collect();
        let near = near(wanted, &names);
        match near.as_slice() {
            [] if names.is_empty() => format!("no operation has a {what}"),
            [] => format!("{what}s are {}", listed(names.into_iter().collect())),
            _ => format!("there is {} with a similar name", listed(near)),
        }
    }
}

/// The closest name, and those that hold the wanted one or are held by it.
fn near<'n>(wanted: &str, names: &BTreeSet<&'n str>) -> Vec<&'n str> {
    let lower = wanted.trim_matches('*').to_lowercase();
    let closest = similar(wanted, names.iter().copied());
    let holds = |name: &&&str| {
        let name = name.to_lowercase();
        lower.len() > 2 && (name.contains(&lower) || (name.len() > 2 && lower.contains(&name)))
    };
    let others = names.iter().filter(holds).copied().filter(|name| Some(*name) != closest);
    closest.into_iter().chain(others).collect()
}

fn listed(names: Vec<&str>) -> String {
    let rest = names.len().saturating_sub(LISTED);
    let shown: Vec<String> = names.iter().take(LISTED).map(|name| format!("`{name}`")).collect();
    let more = if rest == 0 { String::new() } else { format!(" and {rest} more") };
    format!("{}{more}", shown.join(", "))
}

/// `*` stands for anything but `/`, `**` for anything. What is kept is every place of the text that
/// the pattern may have reached, so that no number of stars makes it try one twice.
fn glob(pattern: &[u8], text: &[u8]) -> bool {
    let mut reached: BTreeSet<usize> = BTreeSet::from([0]);
    let mut rest = pattern;
    while let Some((&first, tail)) = rest.split_first() {
        let is_deep = rest.starts_with(b"**");
        rest = if is_deep { &rest[2..] } else { tail };
        reached = match first {
            b'*' => reached.iter().flat_map(|at| stretch(text, *at, is_deep)).collect(),
            _ => {
                let next = reached.iter().filter(|at| text.get(**at) == Some(&first));
                next.map(|at| at + 1).collect()
            }
        };
    }
    reached.contains(&text.len())
}

/// The places that a star beginning at `at` may end at.
fn stretch(text: &[u8], at: usize, is_deep: bool) -> std::ops::RangeInclusive<usize> {
    let rest = text.get(at..).unwrap_or_default();
    let len = rest.iter().position(|byte| *byte == b'/' && !is_deep).unwrap_or(rest.len());
    at..=at + len
}

#[cfg(test)]
mod tests {
    use super::{Pattern, glob};

    #[test]
    fn stars_stand_for_parts_of_a_path() {
        for (pattern, path, matches) in [
            ("/a", "/a", true),
            ("/a", "/a/b", false),
            ("/a/*", "/a/b", true),
            ("/a/*", "/a/", true),
            ("/a/*", "/a/b/c", false),
            ("/a/*/c", "/a/{id}/c", true),
            ("/a/**", "/a/b/c", true),
            ("**/c", "/a/b/c", true),
            ("/a*", "/abc", true),
            ("**", "/any/thing", true),
            ("*", "/any", false),
            ("/*b*/c", "/abbb/c", true),
        ] {
            assert_eq!(glob(pattern.as_bytes(), path.as_bytes()), matches, "{pattern} {path}");
        }
    }

    #[test]
    fn a_text_without_a_prefix_is_an_id() {
        assert_eq!(Pattern::of("listThings"), Pattern::Id("listThings"));
        assert_eq!(Pattern::of("id:tag:x"), Pattern::Id("tag:x"));
        assert_eq!(Pattern::of("things:list"), Pattern::Id("things:list"));
        assert_eq!(Pattern::of("tag:a:b"), Pattern::Tag("a:b"));
    }
}

//! Which files of a folder are documents.
//!
//! Texts are only scanned, so that a file which no parser takes is found as well.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use anyhow::Context;
use tenon::source::resolve_path;

/// A file of the folder.
struct Candidate {
    /// It states `openapi` or `swagger` at the top.
    is_root: bool,
    /// Files that its references name.
    names: BTreeSet<String>,
}

/// The documents below a folder, by path, other than those that only serve another.
pub(super) fn find(folder: &Path) -> anyhow::Result<Vec<String>> {
    let mut files = BTreeMap::new();
    let mut folders = vec![(folder.to_owned(), String::new())];
    while let Some((folder, prefix)) = folders.pop() {
        let entries = std::fs::read_dir(&folder)
            .with_context(|| format!("cannot read `{}`", folder.display()))?;
        for entry in entries {
            let entry = entry?;
            let Ok(name) = entry.file_name().into_string() else { continue };
            let path = format!("{prefix}{name}");
            if entry.file_type()?.is_dir() {
                folders.push((entry.path(), format!("{path}/")));
            } else if [".yaml", ".yml", ".json"].iter().any(|end| name.ends_with(end)) {
                let text = std::fs::read(entry.path())?;
                files.insert(path.clone(), candidate(&path, &String::from_utf8_lossy(&text)));
            }
        }
    }
    Ok(roots(&files))
}

fn candidate(path: &str, text: &str) -> Candidate {
    let names = references(text).filter(|name| !name.contains("://"));
    Candidate {
        is_root: is_root(text),
        names: names.map(|name| resolve_path(path, name)).collect(),
    }
}

fn roots(files: &BTreeMap<String, Candidate>) -> Vec<String> {
    let roots: Vec<&String> =
        files.iter().filter(|(_, file)| file.is_root).map(|(path, _)| path).collect();
    let reached: BTreeMap<&str, BTreeSet<&str>> =
        roots.iter().map(|path| (path.as_str(), reachable(files, path))).collect();
    let serves = |path: &str| {
        reached.iter().any(|(other, reach)| {
            *other != path && reach.contains(path) && !reached[path].contains(other)
        })
    };
    roots.into_iter().filter(|path| !serves(path)).cloned().collect()
}

/// The files that a file refers to, and those that they refer to.
fn reachable<'f>(files: &'f BTreeMap<String, Candidate>, path: &str) -> BTreeSet<&'f str> {
    let mut reached = BTreeSet::new();
    let mut open: Vec<&Candidate> = files.get(path).into_iter().collect();
    while let Some(file) = open.pop() {
        for name in &file.names {
            if let Some((name, next)) = files.get_key_value(name)
                && reached.insert(name.as_str())
            {
                open.push(next);
            }
        }
    }
    reached
}

/// What the references of a text name, up to the `#`; nothing for those within the file.
fn references(text: &str) -> impl Iterator<Item = &str> {
    text.split("$ref").skip(1).filter_map(|after| {
        let value = after.trim_start_matches(['"', '\'']).trim_start().strip_prefix(':')?;
        let value = value.trim_start_matches(' ');
        let end = |c: char| c == '#' || c == '\n' || c == '\r';
        let value = match value.chars().next()? {
            quote @ ('"' | '\'') => value[1..].split(quote).next()?,
            _ => value.split([' ', ',', '}', '\t']).next()?,
        };
        Some(value.split(end).next()?.trim()).filter(|name| !name.is_empty())
    })
}

/// States `openapi` or `swagger` at the top.
fn is_root(text: &str) -> bool {
    let text = text.trim_start_matches('\u{feff}');
    let is_said = |line: &&str| {
        let line = line.trim();
        !line.is_empty() && !line.starts_with(['#', '%']) && line != "---"
    };
    let first = text.lines().find(is_said).unwrap_or_default();
    if first.trim_start().starts_with('{') {
        let start = text.find('{').unwrap_or_default();
        return states_in_braces(&text[start..]);
    }
    let indent = &first[..first.len() - first.trim_start().len()];
    let states = |line: &str| {
        let rest = line.strip_prefix(indent).map(|line| line.trim_start_matches(['"', '\'']));
        let rest = rest
            .and_then(|line| line.strip_prefix("openapi").or_else(|| line.strip_prefix("swagger")));
        rest.is_some_and(|rest| rest.trim_start_matches(['"', '\'', ' ']).starts_with(':'))
    };
    text.lines().any(states)
}

/// The same for JSON: a key in the outermost braces.
fn states_in_braces(text: &str) -> bool {
    let mut depth = 0usize;
    let mut rest = text;
    while let Some(at) = rest.find(['{', '[', '}', ']', '"']) {
        let found = rest.as_bytes()[at];
        rest = &rest[at + 1..];
        match found {
            b'{' | b'[' => depth += 1,
            b'}' | b']' => depth = depth.saturating_sub(1),
            _ => {
                let Some(end) = end_of_text(rest) else { return false };
                let is_key = rest[end + 1..].trim_start().starts_with(':');
                if depth == 1 && is_key && ["openapi", "swagger"].contains(&&rest[..end]) {
                    return true;
                }
                rest = &rest[end + 1..];
            }
        }
    }
    false
}

fn end_of_text(text: &str) -> Option<usize> {
    let mut escaped = false;
    text.bytes().position(|byte| {
        let ends = byte == b'"' && !escaped;
        escaped = byte == b'\\' && !escaped;
        ends
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn roots_state_a_version_at_the_top() {
        for (text, expected) in [
            ("openapi: 3.0.0\n", true),
            ("# x\n---\ninfo: {}\n\"swagger\": '2.0'\n", true),
            ("\u{feff}{\"info\": {\"openapi\": 1}, \"openapi\" : \"3.1.0\"}", true),
            ("{\"info\": {\"openapi\": 1}}", false),
            ("{\"a\\\"\": \"openapi\", \"b\": [\"openapi\"]}", false),
            ("info:\n  openapi: 3.0.0\n", false),
            ("", false),
        ] {
            assert_eq!(is_root(text), expected, "{text}");
        }
    }

    #[test]
    fn what_only_serves_another_is_no_root() {
        let file = |path: &str, text: &str| (path.to_owned(), candidate(path, text));
        let files = BTreeMap::from([
            file("a/main.yaml", "openapi: 3.0.0\nx: {$ref: './parts/b.yaml#/c'}\n"),
            file("a/parts/b.yaml", "openapi: 3.0.0\nx:\n  $ref: ../c.json\n"),
            file("a/c.json", "{\"$ref\": \"main.yaml#/x\"}"),
            file("d.yaml", "openapi: 3.0.0\nx:\n  $ref: \"a/main.yaml#/x\"\n"),
            file("e.yaml", "openapi: 3.0.0\nx:\n  $ref: '#/y'\n"),
        ]);
        // `main` and `b` name each other, but `d` names them both.
        assert_eq!(roots(&files), ["d.yaml", "e.yaml"]);
    }
}

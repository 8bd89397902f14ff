//! `CHANGELOG.md` of the generated crate, in the form of Keep a Changelog 1.1.0.
//!
//! In: the file as it is, and what a release says. Out: the file with a section of the release. The
//! sections of what was released, and what stands above them, stay byte for byte.

use super::Number;

const HEAD: &str = "\
# Changelog

What changes for users of this crate, by release, made from what changed in the documents of the APIs.
The form is that of [Keep a Changelog](https://keepachangelog.com/en/1.1.0/); versions are counted as
[Cargo does](https://doc.rust-lang.org/cargo/reference/semver.html).
";

/// The groups of a release, in the order in which they are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Group {
    /// Code that compiled may not compile any more.
    Breaking,
    /// What there wasn't before.
    Added,
    /// What is otherwise than before, and compiles as it did.
    Changed,
    /// Comments.
    Documentation,
}

/// A line of a release.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Entry {
    /// Where it belongs.
    pub(super) group: Group,
    /// Name of the API.
    pub(super) api: String,
    /// A sentence without a full stop, in Markdown.
    pub(super) text: String,
}

/// Most lines of documentation that are listed of an API.
const MOST: usize = 20;

/// The section of a release.
pub(super) fn section(version: Number, date: &str, entries: &[Entry]) -> String {
    let mut out = format!("## [{version}] - {date}\n");
    if entries.is_empty() {
        out.push_str("\nThe API is as it was.\n");
    }
    for group in [Group::Breaking, Group::Added, Group::Changed, Group::Documentation] {
        let of_group: Vec<&Entry> = entries.iter().filter(|entry| entry.group == group).collect();
        if of_group.is_empty() {
            continue;
        }
        out.push_str(&format!("\n### {group:?}\n"));
        for lines in of_group.chunk_by(|a, b| a.api == b.api) {
            out.push_str(&list(group, lines));
        }
    }
    out
}

/// The lines of one API; a sentence that comes twice is written once.
fn list(group: Group, lines: &[&Entry]) -> String {
    let mut texts: Vec<&str> = Vec::new();
    for line in lines {
        if !texts.contains(&line.text.as_str()) {
            texts.push(&line.text);
        }
    }
    let most = if group == Group::Documentation { MOST } else { usize::MAX };
    let api = lines.first().map_or("", |line| line.api.as_str());
    let mut out = format!("\n#### {api}\n\n");
    texts.iter().take(most).for_each(|text| out.push_str(&format!("- {text}.\n")));
    if texts.len() > most {
        out.push_str(&format!("- And {} more.\n", texts.len() - most));
    }
    out
}

/// The file with this section. It takes the place of a section of the same version, and of versions
/// that were never released: those after `last`.
pub(super) fn with(
    file: Option<&str>,
    section: &str,
    version: Number,
    last: Option<Number>,
) -> String {
    let Some(file) = file else { return format!("{HEAD}\n{section}") };
    let parts = split(file);
    let is_own = |other: Number| other == version || last.is_some_and(|last| other > last);
    let is_older = |part: &str| number(part).is_some_and(|other| !is_own(other));
    let at = parts.iter().position(|part| is_older(part)).unwrap_or(parts.len());
    let keep = |part: &&str| !number(part).is_some_and(is_own);
    let above: String = parts.iter().take(at).copied().filter(keep).collect();
    let below: String = parts.iter().skip(at).copied().filter(keep).collect();
    let gap = if below.is_empty() { "" } else { "\n" };
    let above = above.trim_end_matches('\n');
    format!("{above}\n\n{section}{gap}{below}")
}

/// What stands above the sections, and each section with all its lines.
fn split(file: &str) -> Vec<&str> {
    let mut parts = Vec::new();
    let (mut start, mut at) = (0, 0);
    for line in file.split_inclusive('\n') {
        if line.starts_with("## ") && at > start {
            parts.push(file.get(start..at).unwrap_or_default());
            start = at;
        }
        at += line.len();
    }
    parts.push(file.get(start..).unwrap_or_default());
    parts
}

/// The version that a section is about.
fn number(part: &str) -> Option<Number> {
    let title = part.lines().next()?.strip_prefix("## ")?;
    let name = title.split_whitespace().next()?;
    Number::parse(name.trim_start_matches('[').trim_end_matches(']').trim_start_matches('v'))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn version(text: &str) -> Number {
        Number::parse(text).unwrap()
    }

    #[test]
    fn what_was_released_stays_byte_for_byte() {
        let released = "## [0.1.0] - 2026-01-02\n\nBy hand  \n\n\n- odd\r\n## 0.0.1\nx";
        let head = "# Changelog\n\n## [Unreleased]\n\n- soon\n";
        let file = format!("{head}\n{released}");
        let one = section(version("0.1.1"), "2026-02-03", &[]);
        let first = with(Some(&file), &one, version("0.1.1"), Some(version("0.1.0")));
        assert_eq!(first, format!("{head}\n{one}\n{released}"));
        // The same again, and a version that goes further before the first was released.
        let again = with(Some(&first), &one, version("0.1.1"), Some(version("0.1.0")));
        assert_eq!(again, first);
        let two = section(version("0.2.0"), "2026-02-04", &[]);
        let second = with(Some(&first), &two, version("0.2.0"), Some(version("0.1.0")));
        assert_eq!(second, format!("{head}\n{two}\n{released}"));
        // Where no release is known, other sections stay.
        let unknown = with(Some(&first), &two, version("0.2.0"), None);
        assert_eq!(unknown, format!("{head}\n{two}\n{one}\n{released}"));
    }

    #[test]
    fn entries_are_grouped_and_told_once() {
        let entry = |group, api: &str, text: &str| Entry {
            group,
            api: api.to_owned(),
            text: text.to_owned(),
        };
        let entries = [
            entry(Group::Documentation, "pets", "b"),
            entry(Group::Added, "pets", "a"),
            entry(Group::Added, "pets", "a"),
            entry(Group::Added, "tools", "a"),
        ];
        let text = section(version("1.0.0"), "2026-02-03", &entries);
        assert_eq!(
            text,
            "## [1.0.0] - 2026-02-03\n\n### Added\n\n#### pets\n\n- a.\n\n#### tools\n\n- a.\n\n\
             ### Documentation\n\n#### pets\n\n- b.\n"
        );
    }
}

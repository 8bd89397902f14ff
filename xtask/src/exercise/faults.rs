//! What the mock server has wrong: a committed list, and nothing on it may be out of date.

use std::path::Path;

use anyhow::Context;

/// What stands for any document or operation.
const ANY: &str = "*";

/// Failures that are the mock server's own.
#[derive(Debug, Default)]
pub(super) struct Faults {
    entries: Vec<Entry>,
}

#[derive(Debug)]
struct Entry {
    /// End of the document's path; `*` is any.
    document: String,
    /// Id of the operation; `*` is any.
    operation: String,
    /// Part of the failure.
    says: String,
    fired: bool,
}

impl Faults {
    /// Reads lines of document, operation, part of the failure, and reason, by tabs.
    pub(super) fn read(path: &Path) -> anyhow::Result<Self> {
        let text = std::fs::read_to_string(path)
            .with_context(|| format!("cannot read `{}`", path.display()))?;
        let lines = text.lines().filter(|line| !line.is_empty() && !line.starts_with('#'));
        let entries = lines.map(|line| {
            let mut cells = line.split('\t').map(str::to_owned);
            let entry = (cells.next(), cells.next(), cells.next(), cells.next());
            let (Some(document), Some(operation), Some(says), Some(_)) = entry else {
                anyhow::bail!("`{}` has a line without four cells: {line}", path.display());
            };
            Ok(Entry { document, operation, says, fired: false })
        });
        Ok(Self { entries: entries.collect::<anyhow::Result<_>>()? })
    }

    /// Whether a failure is on the list.
    pub(super) fn covers(&mut self, document: &str, operation: &str, failure: &str) -> bool {
        let mut found = false;
        for entry in &mut self.entries {
            let is_here = entry.document == ANY || document.ends_with(&entry.document);
            let is_it = is_here
                && [operation, ANY].contains(&entry.operation.as_str())
                && failure.contains(&entry.says);
            entry.fired |= is_it;
            found |= is_it;
        }
        found
    }

    /// Entries of a document that didn't happen.
    pub(super) fn stale(&self, document: &str) -> Vec<String> {
        self.silent(|entry| entry.document != ANY && document.ends_with(&entry.document))
    }

    /// Entries of any document that happened in none: to be asked after a whole list.
    pub(super) fn stale_everywhere(&self) -> Vec<String> {
        self.silent(|entry| entry.document == ANY)
    }

    fn silent(&self, is_asked: impl Fn(&Entry) -> bool) -> Vec<String> {
        let asked = self.entries.iter().filter(|entry| is_asked(entry));
        asked
            .filter(|entry| !entry.fired)
            .map(|entry| format!("{}: {}", entry.operation, entry.says))
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn entries_that_do_not_happen_are_told() -> anyhow::Result<()> {
        let file = tempfile::NamedTempFile::new()?;
        let lines =
            "# note\na.yaml\tget\tmust be\twhy\na.yaml\t*\tnever\twhy\n*\t*\tno reply\twhy\n";
        std::fs::write(file.path(), lines)?;
        let mut faults = Faults::read(file.path())?;
        assert!(faults.covers("x/a.yaml", "get", "it must be so"));
        assert!(!faults.covers("x/a.yaml", "put", "it must be so"));
        assert!(!faults.covers("x/b.yaml", "get", "it must be so"));
        assert_eq!(faults.stale("x/a.yaml"), ["*: never"]);
        assert_eq!(faults.stale_everywhere(), ["*: no reply"]);
        assert!(faults.covers("x/b.yaml", "get", "no reply"));
        assert!(faults.stale_everywhere().is_empty());
        Ok(())
    }
}

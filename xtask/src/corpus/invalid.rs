//! The documents that are held for invalid, with the code that says why.

use std::collections::BTreeMap;
use std::path::Path;

use anyhow::Context;

/// A list of invalid documents.
#[derive(Debug)]
pub(super) struct Invalid {
    /// Code by path below the folder of the corpus.
    codes: BTreeMap<String, String>,
}

impl Invalid {
    /// Reads a list: a line per document with its path, the code, and the reason in words.
    pub(super) fn read(file: &Path) -> anyhow::Result<Self> {
        let text = std::fs::read_to_string(file)
            .with_context(|| format!("cannot read `{}`", file.display()))?;
        Self::parse(&text).with_context(|| format!("in `{}`", file.display()))
    }

    fn parse(text: &str) -> anyhow::Result<Self> {
        let mut codes = BTreeMap::new();
        for (index, line) in text.lines().enumerate() {
            if line.is_empty() || line.starts_with('#') {
                continue;
            }
            let [path, code, reason] = line.split('\t').collect::<Vec<_>>()[..] else {
                anyhow::bail!("line {}: not a path, a code and a reason", index + 1);
            };
            anyhow::ensure!(!reason.is_empty(), "line {}: no reason", index + 1);
            anyhow::ensure!(
                codes.insert(path.to_owned(), code.to_owned()).is_none(),
                "line {}: `{path}` is listed twice",
                index + 1
            );
        }
        Ok(Self { codes })
    }

    /// The code by which a document is held for invalid.
    pub(super) fn code(&self, path: &str) -> Option<&str> {
        self.codes.get(path).map(String::as_str)
    }

    /// Entries for which there is no document.
    pub(super) fn without_document(&self, folder: &Path) -> Vec<String> {
        self.codes.keys().filter(|path| !folder.join(path).is_file()).cloned().collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_list_is_paths_codes_and_reasons() {
        let list = Invalid::parse("# Comment\na/b.yaml\tT0201\tno version\n").unwrap();
        assert_eq!(list.code("a/b.yaml"), Some("T0201"));
        assert_eq!(list.code("a/c.yaml"), None);
        assert_eq!(list.without_document(Path::new("/nowhere")), ["a/b.yaml"]);
        for wrong in ["a.yaml\tT0201", "a.yaml\tT0201\t", "a\tT0201\tx\na\tT0201\tx"] {
            Invalid::parse(wrong).unwrap_err();
        }
    }
}

//! `--fix`: edits of the documents on disk, through positions; what isn't edited stays as it is.

use std::collections::BTreeMap;

use anyhow::Context;
use tenon::diag::{Diagnostic, Sink};
use tenon::lint::{self, Edit};
use tenon::source::{self, FileId, Tree};

use crate::input;
use crate::project::Job;
use crate::report::Look;

/// One edit may uncover or keep back another; more passes than this are a mistake of ours.
const PASSES: usize = 20;

/// Bytes that a file may begin with, and that positions don't count.
const MARK: &[u8] = b"\xef\xbb\xbf";

/// Mends what can be mended, and tells how many places that were.
pub(super) fn mend(job: &Job, look: &Look) -> anyhow::Result<usize> {
    let mut mended = 0;
    for _ in 0..PASSES {
        let outcome = job.lint()?;
        let allows: Vec<_> = job.allowed_findings.iter().map(|one| one.allow.clone()).collect();
        let tree = outcome.tree;
        let settled = lint::settle(outcome.diagnostics, &tree, job.lints(), &allows);
        let edits = edits(&tree, &settled.diagnostics);
        if edits.is_empty() {
            break;
        }
        for (file, edits) in edits {
            write(job, &tree, file, &edits)?;
            let path = tree.source(file).map_or("", |source| source.path.as_str());
            for edit in &edits {
                look.line(&format!("{path}: {}", edit.what));
            }
            mended += edits.len();
        }
    }
    Ok(mended)
}

fn edits(tree: &Tree, diagnostics: &[Diagnostic]) -> BTreeMap<FileId, Vec<Edit>> {
    let mut by_file: BTreeMap<FileId, Vec<Edit>> = BTreeMap::new();
    for edit in lint::fixes(tree, diagnostics) {
        by_file.entry(edit.file).or_default().push(edit);
    }
    by_file
}

/// Writes the file, unless it couldn't be read any more.
fn write(job: &Job, tree: &Tree, file: FileId, edits: &[Edit]) -> anyhow::Result<()> {
    let shown = &tree.source(file).context("no such file")?.path;
    let text = lint::apply(tree.file_text(file), edits);
    let mut sink = Sink::new();
    source::parse(shown, text.clone().into_bytes(), &mut sink);
    anyhow::ensure!(!sink.has_errors(), "mending `{shown}` would break it; nothing was changed");
    let path = job.path_of(shown);
    let mut bytes = Vec::new();
    if input::read(&path)?.starts_with(MARK) {
        bytes.extend_from_slice(MARK);
    }
    bytes.extend_from_slice(text.as_bytes());
    std::fs::write(&path, bytes).with_context(|| format!("cannot write `{}`", path.display()))
}

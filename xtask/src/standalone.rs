//! `cargo xtask generate --spec`: a crate of its own from any document.

use std::mem::ManuallyDrop;
use std::path::Path;
use std::time::Instant;

use anyhow::Context;
use tenon::Outcome;
use tenon::ir::Api;
use tenon::output::{Folder, Output};
use tenon_emit::{File, Layout, Manifest, Package, Runtime};

use crate::generate::{changed, deliver, made};
use crate::project::{self, Job};
use crate::report::Look;

/// Generates the crate; without a name, it is called after the document's title.
pub(crate) fn run(
    job: &Job,
    out: &Path,
    name: Option<&str>,
    check: bool,
    look: &Look,
) -> anyhow::Result<bool> {
    let start = Instant::now();
    let outcome = job.decide()?;
    look.diagnostics(&outcome.diagnostics, &outcome.tree);
    // The process ends with this command: to take a large document and its client apart would be work for nothing.
    let outcome = ManuallyDrop::new(outcome);
    let Outcome { api: Some(api), .. } = &*outcome else { return Ok(false) };
    let name = name.map_or_else(|| crate_name(&api.title), str::to_owned);
    let files = crate_files(api, &job.document, &name)?;
    let made = made(api, &files, start.elapsed());
    let output = ManuallyDrop::new(output(files));
    let shown = out.display().to_string();
    deliver(out, &shown, &output, check, look, |changes| {
        vec![format!("{name}  {made}, {}", changed(changes.len()))]
    })
}

/// The files of a crate of its own.
pub(crate) fn crate_files(api: &Api, document: &str, name: &str) -> anyhow::Result<Vec<File>> {
    // Where the document lies is the user's business; its name tells enough.
    let source = Path::new(document).file_name();
    let source = source.map_or_else(String::new, |name| name.to_string_lossy().into_owned());
    let runtime = project::workspace().join("runtime");
    let runtime =
        runtime.canonicalize().with_context(|| format!("cannot find `{}`", runtime.display()))?;
    let module_path = name.replace('-', "_");
    let package = Package { module_path, source: source.clone(), layout: Layout::Crate };
    let manifest = Manifest {
        name: name.to_owned(),
        description: format!("Client of {}", api.title),
        version: Some("0.1.0".to_owned()),
        runtime: Runtime::Path(runtime.display().to_string()),
        source,
    };
    Ok(tenon_emit::emit_crate(api, &package, &manifest))
}

/// Writes a crate as a member of the workspace around it.
pub(crate) fn write_member(out: &Path, files: &[File]) -> anyhow::Result<()> {
    for File { path, text } in files {
        let file = out.join(path);
        if let Some(folder) = file.parent() {
            std::fs::create_dir_all(folder)?;
        }
        let member = text.split("\n[workspace]\n").next().unwrap_or_default();
        std::fs::write(&file, if path == "Cargo.toml" { member } else { text })?;
    }
    Ok(())
}

/// Everything below `src` is one folder, replaced at once.
fn output(files: Vec<File>) -> Output {
    let mut sources = Folder { path: "src".to_owned(), files: Vec::new() };
    let mut output = Output::default();
    for File { path, text } in files {
        match path.strip_prefix("src/") {
            Some(path) => sources.files.push((path.to_owned(), text)),
            None => output.files.push((path, text)),
        }
    }
    output.folders.push(sources);
    output
}

/// A title as the name of a crate.
fn crate_name(title: &str) -> String {
    let words: Vec<_> =
        title.split(|c: char| !c.is_ascii_alphanumeric()).filter(|word| !word.is_empty()).collect();
    let name = words.join("-").to_lowercase();
    if project::is_crate_name(&name) {
        name
    } else {
        format!("api-{name}").trim_end_matches('-').to_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_title_becomes_the_name_of_a_crate() {
        for (title, name) in [
            ("Kandji Device Actions API", "kandji-device-actions-api"),
            ("3scale", "api-3scale"),
            ("日本", "api"),
            ("Match", "api-match"),
            ("Self", "api-self"),
            ("Gen", "api-gen"),
            ("Core", "api-core"),
            ("Tenon Runtime", "api-tenon-runtime"),
        ] {
            assert_eq!(crate_name(title), name);
            assert!(project::is_crate_name(name));
        }
    }
}

//! Generated crates in the compiler: members of one workspace, their dependencies built once.

use std::collections::BTreeMap;
use std::fs::File;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::Duration;

use anyhow::Context;
use serde::Serialize;
use serde_json::Value;

use super::child;
use crate::project;

/// How many crates are given to cargo at once.
pub(super) const BATCH: usize = 12;

/// What the compiler says of a crate.
#[derive(Debug, Default, Serialize)]
pub(super) struct Compiled {
    /// It compiles.
    pub(super) passed: bool,
    /// How many errors there are.
    errors: usize,
    /// How many warnings there are.
    pub(super) warnings: usize,
    /// The first warning.
    pub(super) first_warning: Option<String>,
    /// The first error, or what else kept it from compiling.
    pub(super) first_error: Option<String>,
}

/// The workspace. It lies in the target folder, so one run at a time can use it.
#[derive(Debug)]
pub(super) struct Crates {
    root: PathBuf,
    target: PathBuf,
}

impl Crates {
    /// An empty workspace.
    pub(super) fn new() -> anyhow::Result<Self> {
        let program = std::env::current_exe()?;
        // The program is `target/<profile>/xtask`.
        let target = program.ancestors().nth(2).context("no target folder")?.join("corpus");
        let root = target.join("crates");
        if root.exists() {
            std::fs::remove_dir_all(&root)?;
        }
        std::fs::create_dir_all(&root)?;
        let lock = project::workspace().join("Cargo.lock");
        if lock.is_file() {
            std::fs::copy(lock, root.join("Cargo.lock"))?;
        }
        Ok(Self { root, target })
    }

    /// The folder of the crate of a document.
    pub(super) fn folder(&self, index: usize) -> PathBuf {
        self.root.join(member(index))
    }

    /// Has some of the crates checked, within a time for all of them.
    pub(super) fn check(
        &self,
        batch: &[usize],
        jobs: usize,
        limit: Duration,
    ) -> anyhow::Result<Vec<(usize, Compiled)>> {
        let members: Vec<String> =
            batch.iter().map(|index| format!("{:?}", member(*index))).collect();
        let manifest = format!(
            "[workspace]\nresolver = \"3\"\nmembers = [{}]\n\n[profile.dev]\ndebug = false\n",
            members.join(", ")
        );
        std::fs::write(self.root.join("Cargo.toml"), manifest)?;
        let (messages, said) = (self.target.join("messages.json"), self.target.join("said.txt"));
        let mut child = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()))
            .args(["check", "--workspace", "--keep-going", "--offline", "--message-format=json"])
            .args(["--jobs", &jobs.to_string()])
            .current_dir(&self.root)
            .env("CARGO_TARGET_DIR", self.target.join("target"))
            .env("CARGO_INCREMENTAL", "0")
            .env_remove("CARGO_MANIFEST_DIR")
            .stdin(Stdio::null())
            .stdout(File::create(&messages)?)
            .stderr(File::create(&said)?)
            .spawn()
            .context("cannot start cargo")?;
        let status = child::wait(&mut child, limit)?;
        let mut compiled = read(&std::fs::read_to_string(&messages)?);
        let otherwise = match status {
            None => format!("not compiled within {} s", limit.as_secs()),
            Some(_) => last_line(&std::fs::read_to_string(&said).unwrap_or_default()),
        };
        let of = |index: &usize| {
            let mut one = compiled.remove(&member(*index)).unwrap_or_default();
            if !one.passed && one.first_error.is_none() {
                one.first_error = Some(otherwise.clone());
            }
            (*index, one)
        };
        Ok(batch.iter().map(of).collect())
    }
}

/// Folder and name of a crate.
fn member(index: usize) -> String {
    format!("document-{index:04}")
}

fn last_line(text: &str) -> String {
    text.lines()
        .rev()
        .find(|line| !line.trim().is_empty())
        .unwrap_or("cargo said nothing")
        .to_owned()
}

/// What cargo's messages say, by folder.
fn read(messages: &str) -> BTreeMap<String, Compiled> {
    let mut compiled: BTreeMap<String, Compiled> = BTreeMap::new();
    for message in messages.lines().filter_map(|line| serde_json::from_str::<Value>(line).ok()) {
        let manifest = message["manifest_path"].as_str().map(Path::new).and_then(Path::parent);
        let Some(folder) = manifest.and_then(Path::file_name) else { continue };
        let one = compiled.entry(folder.to_string_lossy().into_owned()).or_default();
        match message["reason"].as_str() {
            Some("compiler-artifact") => one.passed = true,
            Some("compiler-message") => said(one, &message["message"]),
            _ => {}
        }
    }
    compiled
}

fn said(one: &mut Compiled, message: &Value) {
    let place = &message["spans"][0];
    let (count, first) = match message["level"].as_str() {
        Some("error") => (&mut one.errors, &mut one.first_error),
        Some("warning") => (&mut one.warnings, &mut one.first_warning),
        _ => return,
    };
    *count += 1;
    let code = message["code"]["code"].as_str().unwrap_or("error");
    let text = message["message"].as_str().unwrap_or_default();
    let file = place["file_name"].as_str().unwrap_or_default();
    let line = &place["line_start"];
    first.get_or_insert_with(|| format!("{file}:{line}: {code}: {text}"));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn messages_are_read_by_crate() {
        let messages = [
            r#"{"reason":"compiler-artifact","manifest_path":"/x/document-0001/Cargo.toml"}"#,
            r#"{"reason":"compiler-message","manifest_path":"/x/document-0002/Cargo.toml","message":{"level":"error","message":"no such type","code":{"code":"E0412"},"spans":[{"file_name":"src/lib.rs","line_start":7}]}}"#,
            r#"{"reason":"compiler-message","manifest_path":"/x/document-0001/Cargo.toml","message":{"level":"warning","message":"unused","spans":[]}}"#,
            "not JSON",
        ];
        let compiled = read(&messages.join("\n"));
        assert!(compiled["document-0001"].passed);
        assert_eq!(compiled["document-0001"].warnings, 1);
        assert!(!compiled["document-0002"].passed);
        let error = compiled["document-0002"].first_error.as_deref();
        assert_eq!(error, Some("src/lib.rs:7: E0412: no such type"));
    }
}

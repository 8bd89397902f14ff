//! Generated crates in the compiler: members of one workspace, their dependencies built once.

use std::collections::BTreeMap;
use std::fs::File;
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::mpsc::{RecvTimeoutError, channel};
use std::time::{Duration, Instant};

use anyhow::Context;
use serde::Serialize;
use serde_json::Value;
use tenon_emit::driver_name;

use crate::{process, project};

/// How many crates are given to cargo at once.
pub(crate) const BATCH: usize = 12;

/// What the compiler says of a crate.
#[derive(Clone, Debug, Default, Serialize)]
pub(crate) struct Compiled {
    /// It compiles.
    pub(crate) passed: bool,
    /// How many errors there are.
    pub(crate) errors: usize,
    /// How many warnings there are.
    pub(crate) warnings: usize,
    /// The first warning.
    pub(crate) first_warning: Option<String>,
    /// The first error, or what else kept it from compiling.
    pub(crate) first_error: Option<String>,
    /// The program of its driver, where that was built.
    #[serde(skip)]
    pub(crate) program: Option<PathBuf>,
}

/// What the compiler is asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Work {
    /// To check the crates.
    Check,
    /// To build a driver for each.
    Drivers,
}

/// The workspace. It lies in the target folder, so one run at a time can use it.
#[derive(Debug)]
pub(crate) struct Crates {
    root: PathBuf,
    target: PathBuf,
    work: Work,
}

impl Crates {
    /// An empty workspace in a folder of this name.
    pub(crate) fn new(folder: &str, work: Work) -> anyhow::Result<Self> {
        let target = target()?.join("corpus");
        let root = target.join(folder);
        if root.exists() {
            std::fs::remove_dir_all(&root)?;
        }
        std::fs::create_dir_all(&root)?;
        let lock = project::workspace().join("Cargo.lock");
        if lock.is_file() {
            std::fs::copy(lock, root.join("Cargo.lock"))?;
        }
        Ok(Self { root, target, work })
    }

    /// The folder of the crate of a document. That of its driver lies beside it.
    pub(crate) fn folder(&self, index: usize) -> PathBuf {
        self.root.join(member(index))
    }

    /// The folder of the driver of a document's crate.
    pub(crate) fn driver(&self, index: usize) -> PathBuf {
        self.root.join(driver_name(&member(index)))
    }

    /// Deletes what was built for some of the crates: programs are large.
    pub(crate) fn forget(&self, batch: &[usize]) -> anyhow::Result<()> {
        let built = self.target.join("target").join("debug");
        let names: Vec<String> =
            batch.iter().map(|index| member(*index).replace('-', "_")).collect();
        let folders = [built.clone(), built.join("deps")];
        for entry in folders.iter().flat_map(std::fs::read_dir).flatten() {
            let path = entry?.path();
            let name = path.file_name().unwrap_or_default().to_string_lossy().replace('-', "_");
            let name = name.strip_prefix("lib").unwrap_or(&name);
            if path.is_file() && names.iter().any(|crate_name| name.starts_with(crate_name)) {
                std::fs::remove_file(path)?;
            }
        }
        Ok(())
    }

    /// Has some of the crates compiled, within a time for all of them. Each is told of as soon as
    /// it has passed, and those that haven't at the end.
    pub(crate) fn compile(
        &self,
        batch: &[usize],
        jobs: usize,
        limit: Duration,
        mut told: impl FnMut(usize, Compiled),
    ) -> anyhow::Result<()> {
        self.write_manifest(batch)?;
        let said = self.root.join("said.txt");
        let mut command = self.command(jobs);
        let stderr = File::create(&said)?;
        let child =
            process::grouped(command.stderr(stderr)).spawn().context("cannot start cargo")?;
        let mut child = process::Owned(child);
        let messages = child.0.stdout.take().context("no messages")?;
        let (sender, lines) = channel();
        std::thread::spawn(move || {
            let lines = BufReader::new(messages).lines().map_while(Result::ok);
            // Nobody listens any more when the time is up.
            let _ = lines.map(|line| sender.send(line)).find(Result::is_err);
        });
        let end = Instant::now() + limit;
        let mut open: BTreeMap<String, usize> =
            batch.iter().map(|index| (member(*index), *index)).collect();
        let mut compiled = BTreeMap::new();
        let late = loop {
            match lines.recv_timeout(end.saturating_duration_since(Instant::now())) {
                Err(RecvTimeoutError::Timeout) => break true,
                Err(RecvTimeoutError::Disconnected) => break false,
                Ok(line) => {
                    let Some(name) = read(&line, self.work, &mut compiled) else { continue };
                    if let Some(index) = open.remove(&name) {
                        told(index, compiled.remove(&name).unwrap_or_default());
                    }
                }
            }
        };
        let otherwise = match late {
            true => format!("not compiled within {} s", limit.as_secs()),
            false => last_line(&std::fs::read_to_string(&said).unwrap_or_default()),
        };
        for (name, index) in open {
            let mut one: Compiled = compiled.remove(&name).unwrap_or_default();
            one.first_error.get_or_insert_with(|| otherwise.clone());
            told(index, one);
        }
        Ok(())
    }

    fn write_manifest(&self, batch: &[usize]) -> anyhow::Result<()> {
        let crates = batch.iter().map(|index| member(*index));
        let drivers = batch.iter().map(|index| driver_name(&member(*index)));
        let drivers = drivers.filter(|_| self.work == Work::Drivers);
        let members: Vec<String> = crates.chain(drivers).map(|name| format!("{name:?}")).collect();
        let manifest = format!(
            "[workspace]\nresolver = \"3\"\nmembers = [{}]\n\n[profile.dev]\ndebug = false\n",
            members.join(", ")
        );
        Ok(std::fs::write(self.root.join("Cargo.toml"), manifest)?)
    }

    fn command(&self, jobs: usize) -> Command {
        let mut command = cargo();
        command
            .arg(match self.work {
                Work::Check => "check",
                Work::Drivers => "build",
            })
            .args(["--workspace", "--keep-going", "--offline", "--message-format=json"])
            .args(["--jobs", &jobs.to_string()])
            .current_dir(&self.root)
            .env("CARGO_TARGET_DIR", self.target.join("target"))
            .env("CARGO_INCREMENTAL", "0")
            .env_remove("CARGO_MANIFEST_DIR")
            .stdin(Stdio::null())
            .stdout(Stdio::piped());
        command
    }
}

/// The cargo that runs this.
pub(crate) fn cargo() -> Command {
    Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()))
}

/// The target folder: this program is `<target>/<profile>/xtask`.
pub(crate) fn target() -> anyhow::Result<PathBuf> {
    let program = std::env::current_exe()?;
    Ok(program.ancestors().nth(2).context("no target folder")?.to_owned())
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

/// Reads one of cargo's messages. The name of a crate comes back when all of it has passed.
fn read(line: &str, work: Work, compiled: &mut BTreeMap<String, Compiled>) -> Option<String> {
    let message: Value = serde_json::from_str(line).ok()?;
    let folder = message["manifest_path"].as_str().map(Path::new)?.parent()?.file_name()?;
    let folder = folder.to_string_lossy();
    let driven = folder.strip_suffix("-driver");
    let name = driven.unwrap_or(&folder).to_owned();
    let one = compiled.entry(name.clone()).or_default();
    match message["reason"].as_str() {
        Some("compiler-message") => said(one, &message["message"]),
        Some("compiler-artifact") if driven.is_some() || work == Work::Check => {
            one.passed = true;
            one.program = message["executable"].as_str().map(PathBuf::from);
            return Some(name);
        }
        _ => {}
    }
    None
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
        let mut compiled = BTreeMap::new();
        let passed = messages.map(|line| read(line, Work::Check, &mut compiled));
        assert_eq!(passed, [Some("document-0001".to_owned()), None, None, None]);
        assert!(compiled["document-0001"].passed);
        assert_eq!(compiled["document-0001"].warnings, 1);
        assert!(!compiled["document-0002"].passed);
        let error = compiled["document-0002"].first_error.as_deref();
        assert_eq!(error, Some("src/lib.rs:7: E0412: no such type"));
    }
}

//! Other generators, to compare with: installed by cargo in a folder of their own, at one version each.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::Context;

/// A generator from crates.io.
#[derive(Clone, Copy, Debug)]
pub(super) struct Peer {
    /// Package and program.
    pub(super) name: &'static str,
    version: &'static str,
    /// Its arguments, with `{spec}` and `{out}` in them.
    arguments: &'static [&'static str],
}

/// Those that generate Rust, are still worked on, and come from crates.io.
pub(super) const PEERS: &[Peer] = &[
    Peer {
        name: "openapi-to-rust",
        version: "0.23.0",
        arguments: &["generate", "{spec}", "--output-dir", "{out}"],
    },
    Peer {
        name: "ploidy",
        version: "0.15.0",
        arguments: &["generate", "rust", "{spec}", "--output", "{out}", "--name", "bench-ploidy"],
    },
    Peer {
        name: "cargo-progenitor",
        version: "0.15.1",
        arguments: &["progenitor", "-i", "{spec}", "-o", "{out}", "-n", "bench", "-v", "0.1.0"],
    },
];

impl Peer {
    /// Its program below `root`, installed unless it is there.
    ///
    /// # Errors
    ///
    /// When cargo can't install it.
    pub(super) fn install(&self, root: &Path) -> anyhow::Result<PathBuf> {
        let program = root.join("bin").join(self.name);
        if !program.is_file() {
            let mut cargo = Command::new("cargo");
            cargo.args(["install", "--quiet", "--locked", "--root"]).arg(root);
            cargo.args([self.name, "--version", &format!("={}", self.version)]);
            cargo.arg("--target-dir").arg(root.join("target"));
            let status = cargo.status().context("cannot start cargo")?;
            anyhow::ensure!(status.success(), "cannot install {} {}", self.name, self.version);
        }
        Ok(program)
    }

    /// The command that generates a client.
    pub(super) fn command(&self, program: &Path, spec: &Path, out: &Path) -> Command {
        let mut command = Command::new(program);
        for argument in self.arguments {
            match *argument {
                "{spec}" => command.arg(spec),
                "{out}" => command.arg(out),
                other => command.arg(other),
            };
        }
        command
    }

    /// Makes a crate of what was generated, where the peer leaves that to its user. Returns the root of the crate.
    ///
    /// # Errors
    ///
    /// When a file can't be written.
    pub(super) fn complete(&self, out: &Path) -> anyhow::Result<&'static str> {
        let manifest = out.join("Cargo.toml");
        // A crate of its own, wherever its folder lies.
        const ALONE: &str = "\n[workspace]\n";
        // The manifest may be there of a run before, which wrote it as this one does.
        let dependencies = out.join("REQUIRED_DEPS.toml");
        if !dependencies.is_file() {
            let text = fs::read_to_string(&manifest)?;
            if !text.contains("[workspace]") {
                fs::write(&manifest, text + ALONE)?;
            }
            return Ok("src/lib.rs");
        }
        let package = format!(
            "[package]\nname = \"bench-{}\"\nversion = \"0.1.0\"\nedition = \"2024\"\n\n[lib]\npath = \"mod.rs\"\n\n",
            self.name
        );
        fs::write(manifest, package + &fs::read_to_string(dependencies)? + ALONE)?;
        Ok("mod.rs")
    }
}

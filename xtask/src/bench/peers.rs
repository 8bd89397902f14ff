//! Other generators, to compare with: installed by cargo in a folder of their own, at one version each.

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

/// Those that generate Rust and are still worked on.
pub(super) const PEERS: &[Peer] = &[
    Peer {
        name: "openapi-to-rust",
        version: "0.23.0",
        arguments: &["generate", "{spec}", "--output-dir", "{out}"],
    },
    Peer { name: "ploidy", version: "0.15.0", arguments: &["codegen", "{spec}", "{out}", "rust"] },
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
}

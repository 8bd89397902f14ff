//! The validator that is not ours: a program of this workspace, built when it is first needed.

use std::io::Write;
use std::path::PathBuf;
use std::process::Stdio;

use anyhow::Context;
use serde_json::Value;

use crate::{crates, project};

/// Builds the program, so that [`judge`] finds it.
pub(crate) fn build() -> anyhow::Result<()> {
    let mut command = crates::cargo();
    command.args(["build", "--quiet", "--package", "tenon-validate", "--manifest-path"]);
    command.arg(project::workspace().join("Cargo.toml"));
    if folder()?.ends_with("release") {
        command.arg("--release");
    }
    let status = command.env("CARGO_TARGET_DIR", crates::target()?).status()?;
    anyhow::ensure!(status.success(), "the validator can't be built");
    Ok(())
}

/// What the validator says of each check: `true`, what is wrong, or `null` where the schema can't
/// be used.
pub(crate) fn judge(checks: &Value) -> anyhow::Result<Vec<Value>> {
    let mut child = std::process::Command::new(folder()?.join("tenon-validate"))
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .context("cannot start the validator")?;
    let mut input = child.stdin.take().context("no input")?;
    // It answers after it has read everything.
    input.write_all(checks.to_string().as_bytes())?;
    drop(input);
    let output = child.wait_with_output()?;
    anyhow::ensure!(output.status.success(), "the validator broke down");
    Ok(serde_json::from_slice(&output.stdout)?)
}

/// The folder of this program, which is that of the validator.
fn folder() -> anyhow::Result<PathBuf> {
    Ok(std::env::current_exe()?.parent().context("no folder")?.to_owned())
}

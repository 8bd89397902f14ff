//! Drivers: programs beside generated crates that are told what to do in lines of JSON.

use std::io::{BufRead, BufReader, Write};
use std::path::Path;
use std::process::{Command, Stdio};

use anyhow::Context;
use serde_json::Value;

use crate::{process, project};

/// The folder of what drivers stand on.
pub(crate) fn folder() -> anyhow::Result<String> {
    let folder = project::workspace().join("xtask").join("drive");
    let folder =
        folder.canonicalize().with_context(|| format!("cannot find `{}`", folder.display()))?;
    Ok(folder.display().to_string())
}

/// What a driver answers to each order.
pub(crate) fn answers(
    program: &Path,
    arguments: &[&str],
    orders: &[Value],
) -> anyhow::Result<Vec<Value>> {
    let mut command = Command::new(program);
    command.args(arguments).stdin(Stdio::piped()).stdout(Stdio::piped());
    let mut child = process::Owned(command.spawn().context("cannot start the driver")?);
    let mut input = child.0.stdin.take().context("no input")?;
    let mut output = BufReader::new(child.0.stdout.take().context("no output")?);
    let mut answers = Vec::with_capacity(orders.len());
    let mut line = String::new();
    for order in orders {
        line.clear();
        let asked = writeln!(input, "{order}").and_then(|()| output.read_line(&mut line));
        if asked.is_err() || line.is_empty() {
            let order = crate::examples::short(order);
            anyhow::bail!("the driver broke down after {} answers, at {order}", answers.len());
        }
        answers.push(serde_json::from_str(&line)?);
    }
    Ok(answers)
}

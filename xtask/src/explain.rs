//! `cargo xtask explain`: what the generator makes of a document.

use std::path::PathBuf;

use clap::Args;

use crate::project::Job;
use crate::report::Look;

const EXAMPLES: &str = "\
Examples:
  cargo xtask explain specs/kandji/openapi.yaml
  cargo xtask explain specs/kandji/openapi.yaml --at /components/schemas/LockDeviceRequest
  cargo xtask explain specs/kandji/openapi.yaml --at '#/paths/~1api~1v1~1devices~1{device_id}'";

/// Shows what the generator makes of a document.
///
/// Prints each operation and model with its final names, types and rules, in the order of the
/// document.
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct Arguments {
    /// The OpenAPI document
    spec: PathBuf,
    /// Show only what was written at this JSON pointer, or below it
    #[arg(long, value_name = "POINTER", default_value = "", hide_default_value = true)]
    at: String,
}

/// Runs the command.
pub(crate) fn run(arguments: &Arguments, look: &Look) -> anyhow::Result<bool> {
    let outcome = Job::of_document(&arguments.spec)?.decide()?;
    look.diagnostics(&outcome.diagnostics, &outcome.tree);
    let Some(api) = &outcome.api else { return Ok(false) };
    let text = tenon::explain::explain(api, &arguments.at);
    anyhow::ensure!(
        !text.is_empty(),
        "no operation and no model comes from `{}`; pointers look like `/components/schemas/Name` or \
         `/paths/~1devices/get`",
        arguments.at
    );
    look.result(&text);
    Ok(true)
}

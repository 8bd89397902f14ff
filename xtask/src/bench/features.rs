//! What each feature of a generated crate costs: crates, time of the compiler, bytes of a program.
//!
//! A small program is compiled with the defaults, and with each feature beside them. What is checked starts with a copy of
//! what the defaults left, so that no feature finds what another one has compiled.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;
use std::process::Command;

use anyhow::Context;

use super::measure;
use crate::project;
use crate::report::Look;

const FEATURES: [&str; 10] = [
    "tower", "tracing", "blocking", "gzip", "brotli", "zstd", "http2", "reqwest", "oauth2", "mock",
];

const NAME: &str = "bench-features";

/// What a build costs.
struct Cost {
    crates: usize,
    /// Seconds of processors in `cargo check`.
    check: f64,
    /// Bytes of the stripped program, built for release.
    size: u64,
}

/// Measures below `folder`, and shows the table.
pub(super) fn run(folder: &Path, look: &Look) -> anyhow::Result<bool> {
    let folder = folder.join("features");
    let _ = fs::remove_dir_all(&folder);
    write(&folder)?;
    look.line(&format!("{:<10} {:>7} {:>8} {:>9}", "feature", "crates", "check s", "KiB"));
    let base = cost(&folder, None)?;
    row(look, "defaults", "", base.crates, base.check, base.size);
    for feature in FEATURES {
        let cost = cost(&folder, Some(feature))?;
        let crates = cost.crates.saturating_sub(base.crates);
        row(look, feature, "+", crates, cost.check, cost.size.saturating_sub(base.size));
    }
    Ok(true)
}

/// A line of the table: it takes minutes to the next.
fn row(look: &Look, name: &str, sign: &str, crates: usize, check: f64, size: u64) {
    let (crates, size) = (format!("{sign}{crates}"), format!("{sign}{}", size / 1024));
    look.line(&format!("{name:<10} {crates:>7} {check:>8.1} {size:>9}"));
}

/// Writes the program as a crate of its own, with the versions of this workspace.
fn write(folder: &Path) -> anyhow::Result<()> {
    let workspace = project::workspace();
    let workspace = workspace.canonicalize().context("cannot find the workspace")?;
    let features = FEATURES.map(|name| format!("{name} = [\"mdm-clients/{name}\"]\n")).concat();
    let manifest = format!(
        "[package]\nname = \"{NAME}\"\nversion = \"0.1.0\"\nedition = \"2024\"\n\n\
         [features]\n{features}\n[dependencies]\n\
         mdm-clients = {{ path = {:?}, default-features = false, features = [\"kandji\"] }}\n\
         tokio = {{ version = \"1\", default-features = false, features = [\"net\", \"rt\", \"time\"] }}\n\n\
         [profile.release]\nstrip = true\n\n[workspace]\n",
        workspace.join("generated")
    );
    fs::create_dir_all(folder.join("src"))?;
    fs::write(folder.join("Cargo.toml"), manifest)?;
    fs::write(folder.join("src/main.rs"), include_str!("program/main.rs"))?;
    fs::copy(workspace.join("Cargo.lock"), folder.join("Cargo.lock"))?;
    Ok(())
}

fn cost(folder: &Path, feature: Option<&str>) -> anyhow::Result<Cost> {
    let base = folder.join("target-base");
    let target = match feature {
        Some(name) => folder.join(format!("target-{name}")),
        None => base.clone(),
    };
    if feature.is_some() {
        // Times of files tell cargo what is fresh.
        measure::run(Command::new("cp").arg("-a").arg(&base).arg(&target))?;
    }
    let crates = crates(folder, feature)?;
    let check = measure::run(&mut cargo("check", folder, &target, feature))?.user;
    let _ = feature.map(|_| fs::remove_dir_all(&target));
    // Nobody looks at the clock here.
    let target = folder.join("target-release");
    measure::run(cargo("build", folder, &target, feature).arg("--release"))?;
    let size = fs::metadata(target.join("release").join(NAME))?.len();
    Ok(Cost { crates, check, size })
}

/// Crates below the program's dependency on the clients and on tokio, with those that build scripts and macros need.
fn crates(folder: &Path, feature: Option<&str>) -> anyhow::Result<usize> {
    let mut command = cargo("tree", folder, &folder.join("target-base"), feature);
    command.args(["--edges", "normal,build", "--prefix", "none", "--no-dedupe"]);
    let output = command.output()?;
    anyhow::ensure!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let text = String::from_utf8_lossy(&output.stdout);
    let crates: BTreeSet<&str> = text.lines().filter(|line| !line.is_empty()).collect();
    // The program, the clients and the runtime are no dependencies that somebody adds.
    Ok(crates.len().saturating_sub(3))
}

fn cargo(verb: &str, folder: &Path, target: &Path, feature: Option<&str>) -> Command {
    let mut command = Command::new("cargo");
    command.args([verb, "--quiet", "--offline"]).current_dir(folder);
    command.env("CARGO_TARGET_DIR", target).env("CARGO_INCREMENTAL", "0");
    command.env_remove("CARGO_MANIFEST_DIR");
    command.args(feature.iter().flat_map(|name| ["--features", name]));
    command
}

//! `cargo xtask bench`: what a run of the generator costs, and what its code costs the compiler.
//!
//! Every command is a process of its own. The commands take turns, so that a machine that gets slower in the middle
//! is slower for all of them; what is shown are medians.

mod comparison;
mod document;
mod features;
mod measure;
mod peers;
mod table;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::Context;
use clap::Args;

use crate::progress::Progress;
use crate::report::Look;
use document::Document;
use measure::Cost;
use peers::{PEERS, Peer};

const EXAMPLES: &str = "\
Examples:
  cargo xtask bench                        The specs, and GitHub's and Stripe's documents if they are there
  cargo xtask bench --check large.yaml     `cargo check` and `cargo build` of the generated crate too
  cargo xtask bench --diff large.yaml      Comparing the document with itself after many changes
  cargo xtask bench --peers large.json     Other generators on the same document, and how they compare
  cargo xtask bench --features             What each feature costs: crates, seconds of `cargo check`, bytes

Figures of a debug build say little: use `cargo run --release --package xtask -- bench`.
With `--check --peers`, the compiler takes the code of the others too, once: that is minutes, and gigabytes.";

/// Measures the generator: time, memory, and lines of what it makes.
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct Arguments {
    /// Documents to generate clients from
    #[arg(value_name = "FILE")]
    documents: Vec<PathBuf>,
    /// Folder with the large documents that are measured when none is named
    #[arg(long, value_name = "DIR", default_value = "../shared/corpus")]
    corpus: PathBuf,
    /// How often each command is run
    #[arg(long, value_name = "N", default_value_t = 5, value_parser = clap::value_parser!(u32).range(1..))]
    runs: u32,
    /// Give the generated crates to the compiler as well
    #[arg(long)]
    check: bool,
    /// Compare with other generators, which are installed below `target/bench`
    #[arg(long)]
    peers: bool,
    /// Measure `cargo xtask diff` instead: each document against itself after many changes
    #[arg(long, conflicts_with_all = ["check", "peers"])]
    diff: bool,
    /// Measure what each feature of the generated crate costs, and nothing else
    #[arg(long, conflicts_with_all = ["documents", "check", "peers", "diff"])]
    features: bool,
}

/// What a command does; commands that do the same are compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Work {
    Generate,
    Check,
    Build,
}

/// A command that is run again and again.
struct Case {
    /// The document.
    document: String,
    /// Who does the work.
    who: &'static str,
    work: Work,
    command: Command,
    /// A file that is touched before each run, so that there is something to do.
    touched: Option<PathBuf>,
    /// Folder of what it makes, whose lines are counted.
    out: Option<PathBuf>,
    /// How often it is run.
    runs: u32,
    costs: Vec<Cost>,
}

/// Runs the command.
pub(crate) fn run(arguments: &Arguments, look: &Look) -> anyhow::Result<bool> {
    let documents = document::chosen(&arguments.documents, &arguments.corpus);
    if arguments.diff {
        comparison::run(&documents, arguments.runs, look)?;
        return Ok(true);
    }
    let folder = folder()?;
    if arguments.features {
        return features::run(&folder, look);
    }
    let mut cases = Vec::new();
    for (index, path) in documents.iter().enumerate() {
        let folder = folder.join(index.to_string());
        fs::create_dir_all(&folder)?;
        for document in document::read(path, &folder)? {
            cases.extend(of_document(&document, &folder, arguments)?);
        }
    }
    let progress = Progress::new(cases.iter().map(|case| case.runs as usize).sum());
    for round in 0..arguments.runs {
        for case in cases.iter_mut().filter(|case| round < case.runs) {
            progress.begin(&format!("{} {}", case.document, case.who));
            if let Some(touched) = &case.touched {
                let text = fs::read(touched)?;
                fs::write(touched, text)?;
            }
            case.costs.push(measure::run(&mut case.command)?);
            progress.advance();
        }
    }
    drop(progress);
    table::show(&cases, look);
    Ok(true)
}

/// `target/bench`, where the peers are, too.
fn folder() -> anyhow::Result<PathBuf> {
    let program = std::env::current_exe()?;
    let target = program.ancestors().nth(2).context("no target folder")?;
    let folder = target.join("bench");
    fs::create_dir_all(&folder)?;
    Ok(folder)
}

/// What is measured of one document.
fn of_document(
    document: &Document,
    folder: &Path,
    arguments: &Arguments,
) -> anyhow::Result<Vec<Case>> {
    let out = folder.join(format!("tenon-{}", document.format));
    let mut own = Command::new(std::env::current_exe()?);
    own.args(["generate", "--name", "bench", "--spec"]).arg(&document.path).arg("--out").arg(&out);
    let mut cases = vec![generation(document, "tenon", own, &out, arguments.runs)];
    if document.is_converted {
        // The same crate as that of the original.
        return Ok(cases);
    }
    if arguments.check {
        measure::run(&mut cases[0].command)?;
        cases.extend(compilation(document, "tenon", &out, "src/lib.rs", arguments.runs)?);
    }
    if arguments.peers {
        for peer in PEERS {
            // A peer that can't be had, or refuses the document, is left out, and said so.
            match of_peer(peer, document, folder, arguments) {
                Ok(more) => cases.extend(more),
                Err(error) => eprintln!("{}: {}: {error:#}", document.name, peer.name),
            }
        }
    }
    Ok(cases)
}

fn of_peer(
    peer: &Peer,
    document: &Document,
    folder: &Path,
    arguments: &Arguments,
) -> anyhow::Result<Vec<Case>> {
    let program = peer.install(&self::folder()?.join("peers"))?;
    let out = folder.join(peer.name);
    let mut command = peer.command(&program, &document.plain, &out);
    measure::run(&mut command)?;
    let mut cases = vec![generation(document, peer.name, command, &out, arguments.runs)];
    if arguments.check {
        let root = peer.complete(&out)?;
        match compilation(document, peer.name, &out, root, 1) {
            Ok(more) => cases.extend(more),
            Err(error) => eprintln!("{}: {}: {error:#}", document.name, peer.name),
        }
    }
    Ok(cases)
}

fn generation(
    document: &Document,
    who: &'static str,
    command: Command,
    out: &Path,
    runs: u32,
) -> Case {
    Case {
        document: document.label(),
        who,
        work: Work::Generate,
        command,
        touched: None,
        out: Some(out.to_owned()),
        runs,
        costs: Vec::new(),
    }
}

/// `cargo check` and `cargo build` of the crate below `out`. Its dependencies are built before.
fn compilation(
    document: &Document,
    who: &'static str,
    out: &Path,
    root: &str,
    runs: u32,
) -> anyhow::Result<Vec<Case>> {
    let target = folder()?.join("target");
    let mut cases = Vec::new();
    for (work, verb) in [(Work::Check, "check"), (Work::Build, "build")] {
        let mut command = Command::new("cargo");
        command.arg(verb).arg("--quiet").current_dir(out);
        command.env("CARGO_INCREMENTAL", "0").env("CARGO_TARGET_DIR", &target);
        let root = out.join(root);
        // Without the crate's own code only the dependencies are built.
        let code = fs::read(&root)?;
        fs::write(&root, "")?;
        let built = measure::run(&mut command);
        fs::write(&root, code)?;
        built?;
        cases.push(Case {
            document: document.label(),
            who,
            work,
            command,
            touched: Some(root),
            out: None,
            runs,
            costs: Vec::new(),
        });
    }
    Ok(cases)
}

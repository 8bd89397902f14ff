//! `cargo xtask bench`: what a run of the generator costs, and what its code costs the compiler.
//!
//! Every command is a process of its own. The commands take turns, so that a machine that gets slower in the middle
//! is slower for all of them; what is shown are medians.

mod measure;
mod peers;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::Context;
use clap::Args;

use crate::progress::Progress;
use crate::project;
use crate::report::Look;
use measure::Cost;
use peers::PEERS;

/// Documents that are measured when none is named, where they are there.
const LARGE: &[&str] = &["github/api.github.com.json", "stripe/stripe-2022.yaml"];

const EXAMPLES: &str = "\
Examples:
  cargo xtask bench                        The specs, and GitHub's and Stripe's documents if they are there
  cargo xtask bench --check large.yaml     `cargo check` and `cargo build` of the generated crate too
  cargo xtask bench --peers large.json     Other generators on the same document, and how they compare

Figures of a debug build say little: use `cargo run --release --package xtask -- bench`.";

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
}

/// A command that is run again and again.
struct Case {
    /// The document.
    document: String,
    /// What is done with it.
    what: String,
    command: Command,
    /// A file that is touched before each run, so that there is something to do.
    touched: Option<PathBuf>,
    /// Folder of what it makes, whose lines are counted.
    out: Option<PathBuf>,
    costs: Vec<Cost>,
}

/// Runs the command.
pub(crate) fn run(arguments: &Arguments, look: &Look) -> anyhow::Result<bool> {
    let folder = folder()?;
    let mut cases = Vec::new();
    for (index, document) in documents(arguments).iter().enumerate() {
        cases.extend(generation(document, &folder.join(index.to_string()), arguments)?);
    }
    let progress = Progress::new(cases.len() * arguments.runs as usize);
    for _ in 0..arguments.runs {
        for case in &mut cases {
            progress.begin(&format!("{} {}", case.document, case.what));
            if let Some(touched) = &case.touched {
                let text = fs::read(touched)?;
                fs::write(touched, text)?;
            }
            case.costs.push(measure::run(&mut case.command)?);
            progress.advance();
        }
    }
    drop(progress);
    show(&cases, look);
    Ok(true)
}

/// `target/bench`, empty but for the peers.
fn folder() -> anyhow::Result<PathBuf> {
    let program = std::env::current_exe()?;
    let target = program.ancestors().nth(2).context("no target folder")?;
    let folder = target.join("bench");
    fs::create_dir_all(&folder)?;
    Ok(folder)
}

/// The documents that are named, or the specs and the large ones.
fn documents(arguments: &Arguments) -> Vec<PathBuf> {
    if !arguments.documents.is_empty() {
        return arguments.documents.clone();
    }
    let specs = ["applivery", "kandji", "manageengine"];
    let specs =
        specs.map(|name| project::workspace().join("specs").join(name).join("openapi.yaml"));
    let large = LARGE.iter().map(|name| arguments.corpus.join(name));
    specs.into_iter().chain(large).filter(|path| path.is_file()).collect()
}

/// What is measured of one document.
fn generation(document: &Path, out: &Path, arguments: &Arguments) -> anyhow::Result<Vec<Case>> {
    let name = named(document);
    let case = |what: &str, command: Command| Case {
        document: name.clone(),
        what: what.to_owned(),
        command,
        touched: None,
        out: None,
        costs: Vec::new(),
    };
    let mut own = Command::new(std::env::current_exe()?);
    let crate_folder = out.join("tenon");
    own.args(["generate", "--name", "bench", "--spec"]).arg(document);
    own.arg("--out").arg(&crate_folder);
    let mut cases = vec![Case { out: Some(crate_folder.clone()), ..case("generate", own) }];
    if arguments.check {
        // The crate has to be there, and its dependencies built.
        measure::run(&mut cases[0].command)?;
        for (what, verb) in [("cargo check", "check"), ("cargo build", "build")] {
            let mut cargo = Command::new("cargo");
            cargo.arg(verb).arg("--quiet").current_dir(&crate_folder);
            cargo.env("CARGO_INCREMENTAL", "0").env("CARGO_TARGET_DIR", folder()?.join("target"));
            measure::run(&mut cargo)?;
            let touched = Some(crate_folder.join("src/lib.rs"));
            cases.push(Case { touched, ..case(what, cargo) });
        }
    }
    if arguments.peers {
        for peer in PEERS {
            let program = peer.install(&folder()?.join("peers"))?;
            let folder = out.join(peer.name);
            let mut command = peer.command(&program, document, &folder);
            // A peer that refuses the document is left out, and said so.
            match measure::run(&mut command) {
                Ok(_) => cases.push(Case { out: Some(folder), ..case(peer.name, command) }),
                Err(error) => eprintln!("{name}: {error}"),
            }
        }
    }
    Ok(cases)
}

/// A document by its file's name, or its folder's where files are called alike.
fn named(document: &Path) -> String {
    let stem = document.file_stem().unwrap_or_default().to_string_lossy();
    let folder = document.parent().and_then(Path::file_name).unwrap_or_default().to_string_lossy();
    if stem == "openapi" { folder.into_owned() } else { stem.into_owned() }
}

fn show(cases: &[Case], look: &Look) {
    look.line(&format!(
        "{:<24} {:<18} {:>8} {:>8} {:>9} {:>9} {:>7}",
        "document", "command", "wall s", "user s", "peak MiB", "lines", "ratio"
    ));
    let mut first: Option<(&str, f64)> = None;
    for case in cases {
        let median = |part: fn(&Cost) -> f64| median(case.costs.iter().map(part).collect());
        let (wall, user, peak) = (median(|it| it.wall), median(|it| it.user), median(|it| it.peak));
        let lines = case.out.as_deref().map_or(String::new(), |out| lines(out).to_string());
        // Peers stand below the run of this generator on the same document.
        let ratio = match first {
            Some((document, own)) if document == case.document && case.out.is_some() => {
                format!("{:.1}", wall / own)
            }
            _ => String::new(),
        };
        if case.what == "generate" {
            first = Some((&case.document, wall));
        }
        look.line(&format!(
            "{:<24} {:<18} {wall:>8.2} {user:>8.2} {peak:>9.0} {lines:>9} {ratio:>7}",
            case.document, case.what
        ));
    }
}

fn median(mut values: Vec<f64>) -> f64 {
    values.sort_by(f64::total_cmp);
    values.get(values.len() / 2).copied().unwrap_or_default()
}

/// Lines of the Rust files below a folder.
fn lines(folder: &Path) -> usize {
    let mut count = 0;
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        let path = entry.path();
        if path.is_dir() {
            count += lines(&path);
        } else if path.extension().is_some_and(|it| it == "rs") {
            count += fs::read_to_string(&path).map_or(0, |text| text.lines().count());
        }
    }
    count
}

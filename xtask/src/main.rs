//! The commands of the project.
//!
//! Each command is a file: its arguments, and a function from them to an exit code. What a command
//! finds out, it finds out through the generator library; here are files, terminals and clocks.

mod bench;
mod choice;
mod corpus;
mod coverage;
mod crates;
mod diff;
mod drive;
mod examples;
mod exercise;
mod explain;
mod generate;
mod input;
mod lint;
mod process;
mod progress;
mod project;
mod report;
mod schemas;
mod standalone;
mod store;
mod validator;
mod version;

use std::process::ExitCode;

use clap::{Parser, Subcommand};

use report::Look;

/// A generator makes many small values and keeps most of them: with this allocator it takes a fifth less time.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

const EXAMPLES: &str = "\
Examples:
  cargo xtask generate                        Generate every API of specs/tenon.yaml
  cargo xtask generate --check                Show what is stale, write nothing
  cargo xtask explain specs/kandji/openapi.yaml
                                              Show what the generator makes of a document
  cargo xtask lint                            Look for what the documents should say otherwise
  cargo xtask coverage                        Compare the documented operations with the code
  cargo xtask diff                            Tell what a change does to the wire and the Rust API
  cargo xtask version                         Tell which version the generated crate takes next
  cargo xtask corpus ../documents             Run every document of a folder through the generator
  cargo xtask exercise specs/kandji/openapi.yaml
                                              Call every operation of a mock server
  cargo xtask bench                           Measure the generator on large documents

Exit codes:
  0  done, nothing to complain about
  1  the document, the generated code or the disk is not as it should be
  2  the command line is wrong";

/// Turns the OpenAPI documents in specs/ into the Rust crate in generated/.
#[derive(Debug, Parser)]
#[command(name = "cargo xtask", bin_name = "cargo xtask", after_help = EXAMPLES, max_term_width = 100)]
struct Arguments {
    #[command(subcommand)]
    command: Command,
    #[command(flatten)]
    look: Look,
}

#[derive(Debug, Subcommand)]
enum Command {
    Generate(generate::Arguments),
    Explain(explain::Arguments),
    Lint(lint::Arguments),
    Coverage(coverage::Arguments),
    Diff(diff::Arguments),
    Version(version::Arguments),
    Corpus(corpus::Arguments),
    Exercise(exercise::Arguments),
    Bench(bench::Arguments),
    #[command(hide = true)]
    CorpusOne(corpus::one::Arguments),
    #[command(hide = true)]
    CorpusExamples(examples::Arguments),
}

fn main() -> ExitCode {
    let Arguments { command, look } = Arguments::parse();
    let result = match command {
        Command::Generate(arguments) => generate::run(&arguments, &look),
        Command::Explain(arguments) => explain::run(&arguments, &look),
        Command::Lint(arguments) => lint::run(&arguments, &look),
        Command::Coverage(arguments) => coverage::run(&arguments, &look),
        Command::Diff(arguments) => diff::run(&arguments, &look),
        Command::Version(arguments) => version::run(&arguments, &look),
        Command::Corpus(arguments) => corpus::run(&arguments, &look),
        Command::Exercise(arguments) => exercise::run(&arguments, &look),
        Command::Bench(arguments) => bench::run(&arguments, &look),
        Command::CorpusOne(arguments) => corpus::one::run(&arguments),
        Command::CorpusExamples(arguments) => examples::run(&arguments),
    };
    match result {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        Err(error) => {
            look.failure(&error);
            ExitCode::FAILURE
        }
    }
}

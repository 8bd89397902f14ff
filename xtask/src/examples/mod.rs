//! Examples of a document, there and back: each that an independent validator calls valid is read
//! as the generated type, written again, and compared.
//!
//! [`write()`] puts a driver beside a generated crate and notes what to try; once that is compiled,
//! [`run`] tries it, in a process whose memory is bounded.

mod collect;

pub(crate) use collect::{is_place, is_status};

use std::path::{Path, PathBuf};

use anyhow::Context;
use clap::Args;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use tenon::Outcome;
use tenon::diag::Sink;
use tenon_emit::{Does, Driver, File, emit_driver};

use crate::{drive, process, validator};

/// What there is to try.
#[derive(Debug, Serialize, Deserialize)]
struct Plan {
    /// For the validator.
    checks: Value,
    /// For each check, where the example stands and the number of its type.
    places: Vec<(String, usize)>,
}

/// Tries the examples of one document.
#[derive(Debug, Args)]
pub(crate) struct Arguments {
    /// What to try
    plan: PathBuf,
    /// The driver
    program: PathBuf,
    /// Mebibytes of address space
    #[arg(long)]
    memory_limit: u64,
}

/// What became of the examples of a document.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub(crate) struct Tried {
    /// Examples in the document.
    pub(crate) stated: usize,
    /// Those that the validator calls valid.
    pub(crate) valid: usize,
    /// Those that come back equal.
    pub(crate) equal: usize,
    /// Those that don't: where they stand, and why.
    pub(crate) failures: Vec<String>,
}

/// The name of the file that notes what to try, in the folder of the driver.
const PLAN: &str = "plan.json";

/// The files of a driver for the examples of a document.
pub(crate) fn write(outcome: &Outcome, client: &str) -> anyhow::Result<Vec<File>> {
    let api = outcome.api.as_ref().context("there is no client")?;
    let spec = tenon::spec::read(&outcome.tree, &mut Sink::lenient());
    let collected = collect::collect(&spec, api);
    let drive = drive::folder()?;
    let driver = Driver { client, drive: &drive, does: Does::Values(&collected.types) };
    let mut files = emit_driver(api, &driver);
    let plan = Plan { checks: collected.checks, places: collected.places };
    files.push(File { path: PLAN.to_owned(), text: serde_json::to_string(&plan)? });
    Ok(files)
}

/// Where what to try is noted, below the folder of a driver.
pub(crate) fn plan(driver: &Path) -> PathBuf {
    driver.join(PLAN)
}

/// Tries the examples, and reports as JSON.
pub(crate) fn run(arguments: &Arguments) -> anyhow::Result<bool> {
    process::limit_memory(arguments.memory_limit)?;
    let plan: Plan = serde_json::from_slice(&std::fs::read(&arguments.plan)?)?;
    println!("{}", serde_json::to_string(&tried(&plan, &arguments.program)?)?);
    Ok(true)
}

fn tried(plan: &Plan, program: &Path) -> anyhow::Result<Tried> {
    let verdicts = validator::judge(&plan.checks)?;
    let checks = plan.checks["checks"].as_array().context("no checks")?;
    let valid: Vec<(&Value, &(String, usize))> = verdicts
        .iter()
        .zip(checks.iter().zip(&plan.places))
        .filter(|(verdict, _)| **verdict == Value::Bool(true))
        .map(|(_, (check, place))| (&check["value"], place))
        .collect();
    let orders: Vec<Value> = valid
        .iter()
        .map(|(value, (_, number))| json!({"type": number, "value": value.to_string()}))
        .collect();
    let answers = drive::answers(program, &[], &orders)?;
    let mut tried = Tried { stated: plan.places.len(), valid: valid.len(), ..Tried::default() };
    for ((value, (place, _)), answer) in valid.iter().zip(&answers) {
        let difference = match (answer["fault"].as_str(), answer["value"].as_str()) {
            (Some(fault), _) => Some(fault.to_owned()),
            (_, Some(text)) => match serde_json::from_str(text) {
                Ok(back) => difference(value, &back, ""),
                Err(error) => Some(format!("what is written is no JSON: {error}")),
            },
            (_, None) => Some("no answer".to_owned()),
        };
        match difference {
            None => tried.equal += 1,
            Some(difference) => tried.failures.push(format!("{place}: {difference}")),
        }
    }
    Ok(tried)
}

/// The first difference between two values; numbers are compared by value.
pub(crate) fn difference(given: &Value, back: &Value, at: &str) -> Option<String> {
    match (given, back) {
        (Value::Object(given), Value::Object(back)) => {
            let lost = given.iter().find_map(|(key, value)| match back.get(key) {
                Some(back) => difference(value, back, &format!("{at}/{key}")),
                None => Some(format!("{at}/{key} is lost: {}", short(value))),
            });
            let added = back.iter().find(|(key, _)| !given.contains_key(*key));
            lost.or_else(|| {
                added.map(|(key, value)| format!("{at}/{key} is new: {}", short(value)))
            })
        }
        (Value::Array(given), Value::Array(back)) if given.len() == back.len() => {
            let mut pairs = given.iter().zip(back).enumerate();
            pairs.find_map(|(index, (given, back))| {
                difference(given, back, &format!("{at}/{index}"))
            })
        }
        (Value::Number(a), Value::Number(b)) if a == b || a.as_f64() == b.as_f64() => None,
        _ if given == back => None,
        _ => Some(format!("{at} was {}, is {}", short(given), short(back))),
    }
}

/// A value in a message.
pub(crate) fn short(value: &Value) -> String {
    let text = value.to_string();
    match text.char_indices().nth(80) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn differences_are_told_by_place() {
        for (given, back, expected) in [
            (json!({"a": 1}), json!({"a": 1.0}), None),
            (json!({"a": [1, 2]}), json!({"a": [1, 3]}), Some("/a/1 was 2, is 3")),
            (json!({"a": 1}), json!({}), Some("/a is lost: 1")),
            (json!({}), json!({"b": null}), Some("/b is new: null")),
            (json!("a"), json!(1), Some(" was \"a\", is 1")),
        ] {
            assert_eq!(difference(&given, &back, "").as_deref(), expected);
        }
    }
}

//! Runs the steps of a job as GitHub Actions does, as far as the workflow here needs it: `run:` blocks
//! in bash, environments, outputs, and the two conditions that it uses.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use serde_yaml::Value;

/// A job of a workflow, and where its steps run.
pub(crate) struct Job {
    job: Value,
    /// Values of expressions, by their text.
    pub(crate) context: BTreeMap<String, String>,
    /// Where the repository is checked out.
    pub(crate) checkout: PathBuf,
    /// Folder of files between steps.
    pub(crate) temp: PathBuf,
    /// Environment beside that of the workflow.
    pub(crate) environment: Vec<(String, String)>,
}

/// What became of the steps, by name.
#[derive(Debug, Default)]
pub(crate) struct Run {
    /// Whether a step went well; a step that was left out has no entry.
    pub(crate) steps: BTreeMap<String, bool>,
    /// What all of them wrote.
    pub(crate) log: String,
}

impl Run {
    /// Whether the job is green.
    pub(crate) fn passed(&self) -> bool {
        self.steps.values().all(|passed| *passed)
    }
}

impl Job {
    /// A job of the workflow in this file.
    pub(crate) fn read(path: &Path, name: &str, checkout: PathBuf, temp: PathBuf) -> Self {
        let workflow: Value = serde_yaml::from_slice(&fs::read(path).unwrap()).unwrap();
        assert_eq!(workflow["defaults"]["run"]["shell"], "bash");
        let (context, environment) = (BTreeMap::new(), Vec::new());
        Self { job: workflow["jobs"][name].clone(), context, checkout, temp, environment }
    }

    /// Runs all steps that have a `run:`.
    pub(crate) fn run(&mut self) -> Run {
        let mut run = Run::default();
        let steps = self.job["steps"].as_sequence().unwrap().clone();
        for step in steps.iter().filter(|step| step.get("run").is_some()) {
            if self.applies(step, &run) {
                self.step(step, &mut run);
            }
        }
        run
    }

    fn applies(&self, step: &Value, run: &Run) -> bool {
        let Some(condition) = step.get("if") else { return run.passed() };
        let condition = condition.as_str().unwrap();
        let inside = condition.strip_prefix("${{ ").and_then(|it| it.strip_suffix(" }}")).unwrap();
        inside.split(" && ").all(|part| match part.split_once(" == ") {
            None => part == "!cancelled()" || panic!("{part}"),
            Some((value, text)) => self.context.get(value).unwrap() == text.trim_matches('\''),
        })
    }

    fn step(&mut self, step: &Value, run: &mut Run) {
        let name = step["name"].as_str().unwrap();
        let output = self.temp.join("output");
        fs::write(&output, "").unwrap();
        let mut command = Command::new("bash");
        // What `shell: bash` stands for.
        command.args(["--noprofile", "--norc", "-eo", "pipefail", "-c"]);
        command.arg(step["run"].as_str().unwrap()).current_dir(&self.checkout);
        command.envs(self.environment.iter().map(|(name, value)| (name, value)));
        command.env("GITHUB_OUTPUT", &output).env("RUNNER_TEMP", &self.temp);
        for values in [&self.job["env"], &step["env"]] {
            for (name, value) in values.as_mapping().into_iter().flatten() {
                command.env(name.as_str().unwrap(), self.value(value.as_str().unwrap()));
            }
        }
        let done = command.output().unwrap();
        run.log.push_str(&String::from_utf8_lossy(&done.stdout));
        run.log.push_str(&String::from_utf8_lossy(&done.stderr));
        run.steps.insert(name.to_owned(), done.status.success());
        let Some(id) = step["id"].as_str() else { return };
        let outcome = if done.status.success() { "success" } else { "failure" };
        self.context.insert(format!("steps.{id}.outcome"), outcome.to_owned());
        for line in fs::read_to_string(output).unwrap().lines() {
            let (name, value) = line.split_once('=').unwrap();
            self.context.insert(format!("steps.{id}.outputs.{name}"), value.to_owned());
        }
    }

    /// A value of an environment: one expression, or a text.
    fn value(&self, text: &str) -> String {
        match text.strip_prefix("${{ ").and_then(|it| it.strip_suffix(" }}")) {
            Some(inside) => self.context.get(inside).unwrap_or_else(|| panic!("{inside}")).clone(),
            None => text.to_owned(),
        }
    }
}

//! The workflow for pull requests: each `run:` of it is run in a clone, with a stub of `gh`.

#![cfg(unix)]
#![allow(
    missing_docs,
    clippy::panic,
    clippy::unwrap_used,
    reason = "tests: names say what they show"
)]

#[path = "../common/mod.rs"]
mod common;
mod runner;
mod stubs;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use common::{Project, text};
use runner::{Job, Run};

const MARKER: &str = "<!-- tenon: what this change does -->";

/// A pull request: a project, a clone of it with a branch, and what the steps have written.
struct Request {
    project: Project,
    label: bool,
    fork: bool,
    lint_ends: &'static str,
}

impl Request {
    /// A branch on which nothing has changed yet.
    fn new() -> Self {
        let project = Project::generated();
        project
            .write("origin/specs/tenon.yaml", fs::read(project.path("specs/tenon.yaml")).unwrap());
        for folder in ["specs", "generated"] {
            for (path, text) in project.files(folder) {
                project.write(&format!("origin/{folder}/{path}"), text);
            }
        }
        let origin = project.path("origin");
        git(&origin, &["init", "--quiet", "--initial-branch=main"]);
        commit(&origin);
        let clone = project.path("clone");
        git(&origin, &["clone", "--quiet", ".", clone.to_str().unwrap()]);
        git(&clone, &["switch", "--quiet", "--create", "branch"]);
        fs::create_dir_all(project.path("stubs")).unwrap();
        fs::create_dir_all(project.path("temp")).unwrap();
        stubs::write(&project.path("stubs"));
        let request = Self { project, label: false, fork: false, lint_ends: "0" };
        request.comments(None);
        request
    }

    /// The comments that the pull request has: one of somebody else, and perhaps one of the workflow.
    fn comments(&self, own: Option<u64>) {
        let theirs = format!(
            r#"{{"id": 7, "user": {{"login": "somebody"}}, "body": "{MARKER} is what I saw"}}"#
        );
        let bot =
            r#"{"id": 8, "user": {"login": "github-actions[bot]"}, "body": "something else"}"#;
        let mut all = vec![theirs, bot.to_owned()];
        all.extend(own.map(|id| {
            format!(r#"{{"id": {id}, "user": {{"login": "github-actions[bot]"}}, "body": "{MARKER}\nold"}}"#)
        }));
        self.project.write("stubs/comments.json", format!("[{}]", all.join(", ")));
        self.project.write("stubs/id", own.map_or_else(String::new, |id| format!("{id}\n")));
    }

    /// Changes the document of the branch, generates and commits.
    fn changes(&self, from: &str, to: &str) {
        let clone = self.project.path("clone");
        let path = clone.join("specs/pets/openapi.yaml");
        let before = fs::read_to_string(&path).unwrap();
        assert!(before.contains(from));
        fs::write(path, before.replacen(from, to, 1)).unwrap();
        let file = clone.join("specs/tenon.yaml");
        let run = Command::new(env!("CARGO_BIN_EXE_xtask"))
            .args(["generate", "--project", file.to_str().unwrap()])
            .output()
            .unwrap();
        assert!(run.status.success(), "{}", text(&run.stderr));
        commit(&clone);
    }

    /// Runs the job of the workflow.
    fn run(&self) -> Run {
        let path = workflow("specs.yml");
        let (clone, temp) = (self.project.path("clone"), self.project.path("temp"));
        let mut job = Job::read(&path, "review", clone.clone(), temp.clone());
        let base = text(&git(&clone, &["rev-parse", "origin/main"])).trim().to_owned();
        let head = if self.fork { "somebody/clients" } else { "acme/clients" };
        let labels = "contains(github.event.pull_request.labels.*.name, 'accepts-breaking')";
        for (expression, value) in [
            ("github.event.pull_request.base.sha", base.as_str()),
            ("github.event.pull_request.number", "12"),
            ("github.event.pull_request.head.repo.full_name", head),
            (labels, if self.label { "true" } else { "false" }),
            ("github.token", "secret"),
        ] {
            job.context.insert(expression.to_owned(), value.to_owned());
        }
        let stubs = self.project.path("stubs");
        let path = format!("{}:{}", stubs.display(), std::env::var("PATH").unwrap());
        for (name, value) in [
            ("PATH", path.as_str()),
            ("STUBS", stubs.to_str().unwrap()),
            ("XTASK", env!("CARGO_BIN_EXE_xtask")),
            ("LINT_ENDS", self.lint_ends),
            ("GITHUB_REPOSITORY", "acme/clients"),
            ("GITHUB_STEP_SUMMARY", temp.join("summary").to_str().unwrap()),
        ] {
            job.environment.push((name.to_owned(), value.to_owned()));
        }
        job.run()
    }

    /// The calls of `gh`, a line each.
    fn calls(&self) -> Vec<String> {
        let log = fs::read_to_string(self.project.path("stubs/gh.log")).unwrap_or_default();
        log.lines().map(str::to_owned).collect()
    }

    /// The last body that was sent.
    fn body(&self) -> String {
        fs::read_to_string(self.project.path("stubs/body.md")).unwrap()
    }
}

fn workflow(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../.github/workflows").join(name)
}

fn git(folder: &Path, arguments: &[&str]) -> Vec<u8> {
    let run = Command::new("git")
        .arg("-C")
        .arg(folder)
        .args(["-c", "user.name=t", "-c", "user.email=t@example.com"])
        .args(arguments)
        .output()
        .unwrap();
    assert!(run.status.success(), "{}", text(&run.stderr));
    run.stdout
}

fn commit(folder: &Path) {
    git(folder, &["add", "--all"]);
    git(folder, &["commit", "--quiet", "--message", "a change"]);
}

/// The call that looks for the comment, up to its filter.
const LOOKS: &str = "api --paginate repos/acme/clients/issues/12/comments --jq ";

#[test]
fn without_a_change_nothing_is_told() {
    let request = Request::new();
    let run = request.run();
    assert!(run.passed(), "{}", run.log);
    assert_eq!(run.steps.len(), 5);
    let calls = request.calls();
    assert!(calls.len() == 1 && calls[0].starts_with(LOOKS), "{calls:?}");
    assert!(!run.log.contains("::"), "{}", run.log);
}

#[test]
fn a_minor_change_is_told_in_a_comment() {
    let request = Request::new();
    request.changes("properties:", "properties:\n        flags: {type: string}");
    let run = request.run();
    assert!(run.passed(), "{}", run.log);
    let calls = request.calls();
    assert_eq!(calls.len(), 2, "{calls:?}");
    let post = "api --silent --method POST repos/acme/clients/issues/12/comments -F body=@";
    assert!(calls[1].starts_with(post), "{calls:?}");
    let body = request.body();
    assert!(body.starts_with(&format!("{MARKER}\n## API changes\n")), "{body}");
    assert!(body.contains("takes a minor release") && !body.contains("accepts-breaking"), "{body}");
    let annotation = "::notice file=specs/pets/openapi.yaml,line=";
    assert!(run.log.contains(annotation), "{}", run.log);
    let summary = fs::read_to_string(request.project.path("temp/summary")).unwrap();
    assert!(body.ends_with(&summary), "{summary}");
}

#[test]
fn a_breaking_change_fails_until_the_label_accepts_it() {
    let mut request = Request::new();
    request.changes("getThing", "readThing");
    let run = request.run();
    let failed: Vec<_> = run.steps.iter().filter(|(_, passed)| !**passed).collect();
    assert_eq!(failed, [(&"What breaks is accepted".to_owned(), &false)], "{}", run.log);
    assert!(run.log.contains("::error title=breaking change::"), "{}", run.log);
    let body = request.body();
    assert!(body.contains("The label `accepts-breaking` accepts it.**"), "{body}");

    request.label = true;
    request.comments(Some(41));
    let run = request.run();
    assert!(run.passed(), "{}", run.log);
    assert!(request.body().contains("which the label `accepts-breaking` accepts.**"));
}

#[test]
fn the_comment_is_updated_rather_than_repeated() {
    let request = Request::new();
    request.comments(Some(41));
    request.changes("maxLength: 10", "maxLength: 5");
    assert!(request.run().passed());
    let calls = request.calls();
    let patch = "api --silent --method PATCH repos/acme/clients/issues/comments/41 -F body=@";
    assert!(calls.len() == 2 && calls[1].starts_with(patch), "{calls:?}");
    // Once it is taken back, the comment says so.
    request.changes("maxLength: 5", "maxLength: 10");
    assert!(request.run().passed());
    let calls = request.calls();
    assert!(calls.len() == 4 && calls[3].starts_with(patch), "{calls:?}");
    assert_eq!(request.body(), format!("{MARKER}\n## API changes\n\nNothing changed.\n"));
}

#[test]
fn a_fork_gets_the_summary_only() {
    let mut request = Request::new();
    request.fork = true;
    request.changes("maxLength: 10", "maxLength: 5");
    assert!(request.run().passed());
    assert!(request.calls().is_empty());
    let summary = fs::read_to_string(request.project.path("temp/summary")).unwrap();
    assert!(summary.contains("maxLength"), "{summary}");
}

#[test]
fn a_long_comment_is_cut_at_a_line() {
    let request = Request::new();
    let many: String =
        (0..700).map(|at| format!("\n        field_{at}: {{type: string}}")).collect();
    request.changes("properties:", &format!("properties:{many}"));
    let run = request.run();
    assert!(run.passed(), "{}", run.log);
    let body = request.body();
    assert!((50_000..65_000).contains(&body.len()), "{}", body.len());
    assert!(body.contains("the summary of the run has all of it.") && body.ends_with('\n'));
    let summary = fs::read_to_string(request.project.path("temp/summary")).unwrap();
    assert!(summary.len() > body.len() && summary.contains("field_699"));
}

#[test]
fn stale_code_and_lints_fail_and_the_rest_is_told_all_the_same() {
    let mut request = Request::new();
    request.lint_ends = "1";
    request.changes("maxLength: 10", "maxLength: 5");
    let clone = request.project.path("clone");
    git(&clone, &["checkout", "--quiet", "HEAD~1", "--", "generated"]);
    git(&clone, &["commit", "--quiet", "--message", "code of before"]);
    let run = request.run();
    let failed: Vec<&str> =
        run.steps.iter().filter(|(_, passed)| !**passed).map(|(name, _)| name.as_str()).collect();
    assert_eq!(failed, ["The documents have no warnings", "The generated code is up to date"]);
    assert!(run.log.contains("::error file=generated/src/pets/"), "{}", run.log);
    assert_eq!(request.calls().len(), 2);
    let calls = fs::read_to_string(request.project.path("stubs/cargo.log")).unwrap();
    assert!(calls.contains("\nlint --deny warnings --message-format github\n"), "{calls}");
}

#[test]
fn a_document_that_cannot_be_read_is_no_breaking_change() {
    let request = Request::new();
    request.project.write("clone/specs/tenon.yaml", "crate: [");
    commit(&request.project.path("clone"));
    let run = request.run();
    assert_eq!(run.steps.get("What the change does"), Some(&false), "{}", run.log);
    assert!(!run.steps.contains_key("What breaks is accepted"));
    assert!(request.calls().is_empty());
}

#[test]
fn actions_are_pinned_and_permissions_least() {
    for name in ["ci.yml", "specs.yml"] {
        let text = fs::read_to_string(workflow(name)).unwrap();
        let yaml: serde_yaml::Value = serde_yaml::from_str(&text).unwrap();
        assert_eq!(yaml["permissions"]["contents"], "read");
        assert_eq!(yaml["permissions"].as_mapping().unwrap().len(), 1);
        assert!(yaml["concurrency"]["group"].is_string());
        for line in text.lines().filter(|line| line.contains("uses:")) {
            let (_, pin) = line.split_once('@').unwrap();
            let (commit, version) = pin.split_once(" # v").unwrap();
            assert!(commit.len() == 40 && commit.bytes().all(|c| c.is_ascii_hexdigit()), "{line}");
            assert!(!version.is_empty());
        }
        for (_, job) in yaml["jobs"].as_mapping().unwrap() {
            for step in job["steps"].as_sequence().unwrap() {
                // An expression in a script would be a way to run what a title says.
                assert!(step["run"].as_str().is_none_or(|run| !run.contains("${{")));
            }
        }
    }
}

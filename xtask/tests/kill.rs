//! Kills `cargo xtask generate` at many moments and looks at what is left.
//!
//! The steps between which a kill can fall are each tried in the tests of the output stage; here
//! the whole program runs, and the moments are what the clock gives.

#![cfg(unix)]
#![allow(
    missing_docs,
    clippy::expect_used,
    clippy::unwrap_used,
    reason = "tests: names say what they show"
)]

mod common;

use std::collections::BTreeMap;
use std::process::Stdio;
use std::thread::sleep;
use std::time::Instant;

use common::{Project, document, text};

type Files = BTreeMap<String, String>;

/// Both documents in one of two versions that differ in the file names and texts of their code.
fn write_documents(project: &Project, version: usize) {
    for name in ["pets", "tools"] {
        let text = document(name);
        let text = if version == 0 {
            text
        } else {
            text.replace("[Things]", "[Objects]").replace("getThing", "getObject")
        };
        project.write(&format!("specs/{name}/openapi.yaml"), text);
    }
}

/// What a finished run leaves of each version.
fn finished(project: &Project) -> [Files; 2] {
    [0, 1].map(|version| {
        write_documents(project, version);
        let run = project.xtask(&["generate"]);
        assert!(run.status.success(), "{}", text(&run.stderr));
        project.files("generated")
    })
}

fn below(files: &Files, prefix: &str) -> Files {
    files
        .iter()
        .filter(|(path, _)| path.starts_with(prefix))
        .map(|(path, text)| (path.clone(), text.clone()))
        .collect()
}

#[test]
fn each_folder_is_as_before_or_complete_whenever_the_program_is_killed() {
    let project = Project::new();
    let complete = finished(&project);
    assert_ne!(complete[0].keys().collect::<Vec<_>>(), complete[1].keys().collect::<Vec<_>>());
    let start = Instant::now();
    write_documents(&project, 0);
    assert!(project.xtask(&["generate"]).status.success());
    let whole = start.elapsed();

    let mut killed = 0;
    for turn in 0..40 {
        let version = (turn + 1) % 2;
        write_documents(&project, version);
        let mut child = project
            .command(&["generate"])
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        // Most turns fall on the later part, in which the program writes.
        sleep(whole.mul_f64(f64::from(turn as u32 % 20) / 20.0 * 0.7 + 0.35));
        child.kill().unwrap();
        killed += usize::from(!child.wait().unwrap().success());

        let now = project.files("generated");
        for folder in ["src/pets/", "src/tools/"] {
            let now = below(&now, folder);
            assert!(
                complete.iter().any(|complete| now == below(complete, folder)),
                "turn {turn} left {folder} mixed: {:?}",
                now.keys()
            );
        }
        assert!(project.xtask(&["generate"]).status.success());
        assert_eq!(project.files("generated"), complete[version], "turn {turn} was not tidied");
    }
    assert!(killed >= 10, "only {killed} runs were killed before they ended");
}

#[test]
fn runs_at_the_same_time_wait_for_each_other() {
    let project = Project::new();
    let complete = finished(&project);
    let children: Vec<_> = (0..4)
        .map(|_| project.command(&["generate"]).stdout(Stdio::null()).spawn().unwrap())
        .collect();
    for mut child in children {
        assert!(child.wait().unwrap().success());
    }
    assert_eq!(project.files("generated"), complete[1]);
}

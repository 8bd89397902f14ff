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

/// Runs that are killed before they end.
const KILLS: usize = 25;

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

    // A busy machine makes any one measurement wrong: a run that ended before it was killed
    // shortens the next waits, one that was killed lengthens them.
    let (mut killed, mut turn, mut pace) = (0, 0_usize, 1.0);
    while killed < KILLS {
        let version = (turn + 1) % 2;
        write_documents(&project, version);
        let mut child = project
            .command(&["generate"])
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        // Most turns fall on the later part, in which the program writes.
        sleep(whole.mul_f64(pace * (0.35 + 0.035 * f64::from(turn as u32 % 20))));
        child.kill().unwrap();
        let ended = child.wait().unwrap().success();
        killed += usize::from(!ended);
        pace *= if ended { 0.7 } else { 1.05 };

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
        turn += 1;
    }
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

//! Reports as text, in the form that was asked for.
//!
//! In: reports, each under the name of its API. Out: one text. A form is a file beside this one and a
//! line in [`render`]. Everything that is shown is in the report; lines are looked up here.

mod github;
mod json;
mod markdown;
mod sarif;
mod text;

use super::finding::{Finding, Report, Rust, Wire};
use super::places::{Place, Places};

/// Form of the rendered text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// For a terminal.
    Text {
        /// With the colours of a terminal.
        color: bool,
    },
    /// For a comment on a pull request.
    Markdown,
    /// One JSON document.
    Json,
    /// Annotations of GitHub Actions.
    Github,
    /// SARIF 2.1.0.
    Sarif,
}

/// A report, and what it is about.
#[derive(Debug)]
pub struct Compared {
    /// Name of the API.
    pub name: String,
    /// What was found.
    pub report: Report,
}

/// All reports as one text.
pub fn render(all: &[Compared], form: Form) -> String {
    let all: Vec<Placed<'_>> = all.iter().map(Placed::new).collect();
    match form {
        Form::Text { color } => text::render(&all, color),
        Form::Markdown => markdown::render(&all),
        Form::Json => json::render(&all),
        Form::Github => github::render(&all),
        Form::Sarif => sarif::render(&all),
    }
}

/// A report with the places of its findings.
struct Placed<'r> {
    name: &'r str,
    report: &'r Report,
    places: Places,
}

impl<'r> Placed<'r> {
    fn new(compared: &'r Compared) -> Placed<'r> {
        let Compared { name, report } = compared;
        Placed { name, report, places: Places::of(report) }
    }

    fn old(&self, finding: &Finding) -> Option<&Place> {
        self.places.before(finding.old)
    }

    fn new_place(&self, finding: &Finding) -> Option<&Place> {
        self.places.after(finding.new)
    }
}

/// Findings under what they are about.
struct Group<'r> {
    title: String,
    findings: Vec<&'r Finding>,
}

/// Findings by operation: those of one under it, those of several and of none under headings of
/// their own; the group with the worst finding first.
fn groups(report: &Report) -> Vec<Group<'_>> {
    let mut groups: Vec<Group<'_>> = Vec::new();
    for finding in &report.findings {
        let title = match finding.operations.as_slice() {
            [] => "The document".to_owned(),
            [one] => match &one.id {
                Some(id) => format!("{} {} ({id})", one.method, one.path),
                None => format!("{} {}", one.method, one.path),
            },
            _ => "Several operations".to_owned(),
        };
        match groups.iter_mut().find(|group| group.title == title) {
            Some(group) => group.findings.push(finding),
            None => groups.push(Group { title, findings: vec![finding] }),
        }
    }
    groups
}

/// The worst of all.
fn totals(all: &[Placed<'_>]) -> (Wire, Rust) {
    let wire = all.iter().map(|it| it.report.wire()).max().unwrap_or(Wire::Safe);
    let rust = all.iter().map(|it| it.report.rust()).max().unwrap_or(Rust::Patch);
    (wire, rust)
}

/// A sentence that says what all of it amounts to.
fn summary(all: &[Placed<'_>]) -> String {
    let findings = || all.iter().flat_map(|it| &it.report.findings);
    let count = findings().count();
    let moves: usize = all.iter().map(|it| it.report.moves.len()).sum();
    let (wire, rust) = totals(all);
    if count == 0 && moves == 0 {
        return "Nothing changed.".to_owned();
    }
    if count == 0 {
        let rust = rust.name();
        return format!("Nothing changed its meaning; what moved asks for a {rust} release.");
    }
    if moves == 0 && findings().all(|finding| finding.docs_only) {
        return format!("{}: documentation only.", counted(count, "change"));
    }
    let wire = match wire {
        Wire::Breaks => "callers break",
        Wire::MayBreak => "callers may break",
        Wire::Safe => "callers go on as before",
    };
    format!(
        "{}: {wire}; the generated crate takes a {} release.",
        counted(count, "change"),
        rust.name()
    )
}

fn counted(count: usize, noun: &str) -> String {
    format!("{count} {noun}{}", if count == 1 { "" } else { "s" })
}

//! Small documents that each show one fact, and what the generator makes of them.
//!
//! A case is a file `tests/cases/<topic>/<case>.yaml` or `.json`, written by hand. Its first line
//! says what it shows: `# Shows: …`, or in JSON `{ "x-shows": "…",`. Comments below it set it up:
//!
//! ```yaml
//! # Code: models/books.rs      generated files that the snapshot has too; `all` is every file
//! # Name: user_name = Nickname a line of the configuration's `names`
//! # Overlay: overlays/parts/a.yaml   an overlay, below the folder of all cases
//! # Include: tag:books       a pattern that selects operations; `# Exclude:` leaves them out
//! # Apart                    equal inline schemas are models of their own
//! # Infer                    pages are inferred where operations don't state them
//! # Lint: array-items        the rule that runs, and no other, or `all`; the snapshot has what it
//!                              finds, and the text as it is mended, in place of the IR
//! # Mock                       a mock server is generated
//! # Tags                       each tag has a Cargo feature
//! # Strict                     the document is hand-written: every error stands, and
//!                              it is held to the strict model of OpenAPI 3.0
//! ```
//!
//! The snapshot beside the case holds its diagnostics, the IR, and those files. After a change that
//! is meant, `INSTA_UPDATE=always cargo test -p tenon-tests --test cases` writes them anew; the diff
//! is what there is to review.

// Helpers of tests panic as the tests themselves do.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::panic::catch_unwind;
use std::path::{Path, PathBuf};

use tenon::diag::{self, Code, Style};
use tenon::lint::{self, Level, Lints};
use tenon::source::{FileId, LoadError, Loader};
use tenon::spec::Selection;
use tenon::{Config, Features, File, Input, Outcome, Pagination, Repeated};

/// A test for each topic, which is a folder of cases.
macro_rules! topics {
    ($($topic:ident,)*) => {
        const TOPICS: &[&str] = &[$(stringify!($topic)),*];

        $(
            #[test]
            fn $topic() {
                compare_topic(stringify!($topic));
            }
        )*
    };
}

topics! {
    all_of, arrays, bodies, constraints, defaults, deprecation, diagnostics, docs, enums, extensions,
    features, formats, leniency, lint, maps, mock, names, nullable, objects, overlays, overloads, pagination, parameters,
    read_write, recursion,
    refs, replies, security, selection, servers, unions, versions, webhooks,
}

/// A document, and how to look at it.
struct Case {
    topic: String,
    name: String,
    file: PathBuf,
    bytes: Vec<u8>,
    shows: String,
    code: Vec<String>,
    names: BTreeMap<String, String>,
    strict: bool,
    apart: bool,
    infer: bool,
    lint: Option<String>,
    mock: bool,
    tags: bool,
    overlays: Vec<String>,
    selection: Selection,
}

impl Case {
    fn read(topic: &str, file: &Path) -> Case {
        let bytes = fs::read(file).unwrap();
        let text = String::from_utf8_lossy(&bytes).into_owned();
        let value = |word: &str| {
            let comments = text.lines().take_while(|line| line.starts_with('#'));
            let values = comments.filter_map(|line| line.strip_prefix("# ")?.strip_prefix(word));
            values.map(|value| value.trim().to_owned()).collect::<Vec<String>>()
        };
        let in_json = |line: &str| {
            let value = line.strip_prefix("{ \"x-shows\": \"")?;
            let end = value.find("\",")?;
            Some(value[..end].to_owned())
        };
        let first = text.lines().next().unwrap_or_default();
        let shows = first.strip_prefix("# Shows: ").map(str::to_owned).or_else(|| in_json(first));
        let name = |line: String| {
            let (of, name) = line.split_once(" = ").expect("`# Name: what = RustName`");
            (of.to_owned(), name.to_owned())
        };
        Case {
            topic: topic.to_owned(),
            name: file.file_stem().unwrap().to_str().unwrap().to_owned(),
            file: file.to_owned(),
            bytes,
            shows: shows.unwrap_or_default(),
            code: value("Code:")
                .iter()
                .flat_map(|line| line.split(' '))
                .map(str::to_owned)
                .collect(),
            names: value("Name:").into_iter().map(name).collect(),
            strict: !value("Strict").is_empty(),
            apart: !value("Apart").is_empty(),
            infer: !value("Infer").is_empty(),
            lint: value("Lint:").pop().or_else(|| lint_of_json(first)),
            mock: !value("Mock").is_empty(),
            tags: !value("Tags").is_empty(),
            overlays: value("Overlay:"),
            selection: Selection { include: value("Include:"), exclude: value("Exclude:") },
        }
    }

    fn generate(&self) -> Outcome {
        let path = self.file.strip_prefix(folder()).unwrap().to_str().unwrap().to_owned();
        let config = Config {
            names: self.names.clone(),
            strict: self.strict,
            repeated: if self.apart { Repeated::Apart } else { Repeated::Shared },
            pagination: if self.infer { Pagination::Inferred } else { Pagination::Stated },
            selection: self.selection.clone(),
            lints: self.lint.as_deref().map(lints).unwrap_or_default(),
            mock: self.mock,
            features: if self.tags { Features::PrefixedTags } else { Features::Api },
            ..config()
        };
        let text = self.bytes.clone();
        let parts = |path: &String| (path.clone(), fs::read(folder().join(path)).unwrap());
        let overlays = self.overlays.iter().map(parts).collect();
        tenon::generate(Input { path, text, overlays, loader: Some(&mut Parts) }, &config)
    }

    fn compare(&self) {
        let mut settings = insta::Settings::clone_current();
        settings.set_snapshot_path(self.file.parent().unwrap());
        settings.set_prepend_module_to_snapshot(false);
        settings.set_omit_expression(true);
        settings.set_description(self.shows.as_str());
        settings.bind(|| insta::assert_snapshot!(self.name.as_str(), self.report()));
    }

    /// Everything that the snapshot holds.
    fn report(&self) -> String {
        let mut outcome = self.generate();
        if self.lint.is_some() {
            let found = std::mem::take(&mut outcome.diagnostics);
            let settled = lint::settle(found, &outcome.tree, &Lints::default(), &[]);
            outcome.diagnostics = settled.diagnostics;
        }
        let mut sections = Vec::new();
        let diagnostics = diag::render_all(&outcome.diagnostics, &outcome.tree, TEXT);
        if !diagnostics.is_empty() {
            sections.push(("diagnostics", diagnostics));
        }
        if self.lint.is_some() {
            sections.extend(self.mended(&outcome).map(|text| ("mended", text)));
            return joined(&sections);
        }
        let ir = outcome.api.as_ref().map(|api| tenon::explain::explain(api, ""));
        sections.push(("IR", ir.unwrap_or_else(|| "none: the document is refused\n".to_owned())));
        let files = outcome.files.as_deref().unwrap_or_default();
        sections.extend(self.chosen(files).into_iter().map(|(path, text)| (path, text.to_owned())));
        joined(&sections)
    }

    /// The text with what can be mended mended; none when nothing can.
    fn mended(&self, outcome: &Outcome) -> Option<String> {
        let edits = lint::fixes(&outcome.tree, &outcome.diagnostics);
        let text = outcome.tree.file_text(FileId::MAIN);
        (!edits.is_empty()).then(|| lint::apply(text, &edits))
    }

    /// The generated files that the case names, by path.
    fn chosen<'f>(&self, files: &'f [File]) -> Vec<(&'f str, &'f str)> {
        let files = files.iter().map(|file| (below_module(&file.path), file.text.as_str()));
        let files: Vec<(&str, &str)> = files.collect();
        let is_wanted = |path: &str| self.code.iter().any(|wanted| wanted == path);
        for wanted in self.code.iter().filter(|path| *path != "all") {
            assert!(files.iter().any(|(path, _)| path == wanted), "{wanted} is not generated");
        }
        files.into_iter().filter(|(path, _)| is_wanted("all") || is_wanted(path)).collect()
    }
}

fn joined(sections: &[(&str, String)]) -> String {
    let section = |(title, text): &(&str, String)| format!("──── {title}\n\n{}\n", text.trim_end());
    sections.iter().map(section).collect::<Vec<_>>().join("\n")
}

/// The rule of this name and no other, or all of them.
fn lints(rule: &str) -> Lints {
    if rule == "all" {
        let levels = lint::RULES.iter().map(|rule| (rule.code, rule.level.max(Level::Warn)));
        return Lints { enabled: true, levels: levels.collect() };
    }
    let rule = lint::RULES.iter().find(|known| known.name == rule);
    Lints::only(rule.expect("a rule has this name"))
}

fn lint_of_json(first: &str) -> Option<String> {
    let (_, rest) = first.split_once("\"x-lint\": \"")?;
    rest.split('"').next().map(str::to_owned)
}

/// The path of a generated file, without the folder that every file of the API is in.
fn below_module(path: &str) -> &str {
    path.strip_prefix("src/sample/").unwrap_or(path)
}

const TEXT: Style = Style::Text { color: false };

/// Gives the other files of a case, by their path below the folder of all cases.
struct Parts;

impl Loader for Parts {
    fn load(&mut self, path: &str) -> Result<Vec<u8>, LoadError> {
        fs::read(folder().join(path)).map_err(|_| LoadError::NotFound)
    }
}

fn config() -> Config {
    Config {
        name: "sample".to_owned(),
        module_path: "clients::sample".to_owned(),
        source: "specs/sample.yaml".to_owned(),
        ..Config::default()
    }
}

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("cases")
}

/// What is in a folder, in the order of names.
fn list(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).unwrap();
    let mut paths: Vec<PathBuf> = entries.map(|entry| entry.unwrap().path()).collect();
    paths.sort();
    paths
}

fn has_extension(path: &Path, extensions: &[&str]) -> bool {
    path.extension().is_some_and(|extension| extensions.iter().any(|one| extension == *one))
}

fn cases_of(topic: &str) -> Vec<Case> {
    let files = list(&folder().join(topic));
    let documents = files.iter().filter(|file| has_extension(file, &["yaml", "json"]));
    documents.map(|file| Case::read(topic, file)).collect()
}

fn cases() -> Vec<Case> {
    TOPICS.iter().flat_map(|topic| cases_of(topic)).collect()
}

/// Compares every case of a topic, and names those that differ together.
fn compare_topic(topic: &str) {
    let cases = cases_of(topic);
    let differs = |case: &&Case| catch_unwind(|| case.compare()).is_err();
    let different: Vec<&str> =
        cases.iter().filter(differs).map(|case| case.name.as_str()).collect();
    assert!(different.is_empty(), "cases of `{topic}` that differ: {}", different.join(", "));
}

#[test]
fn there_are_many_cases() {
    assert!(cases().len() >= 100);
}

#[test]
fn every_case_says_what_it_shows() {
    for case in cases() {
        let says = case.shows.len() > 20 && case.shows.ends_with('.');
        assert!(says, "{}/{}: the first line is not `# Shows: …`", case.topic, case.name);
    }
}

#[test]
fn every_folder_is_a_topic_and_every_snapshot_has_its_case() {
    let folders = list(&folder());
    let names = folders.iter().map(|folder| folder.file_name().unwrap().to_str().unwrap());
    // Pairs of documents are no cases of this kind: they show what the diff finds.
    let names = names.filter(|name| *name != "diff");
    assert_eq!(names.collect::<Vec<_>>(), TOPICS);
    for topic in TOPICS {
        let cases: BTreeSet<String> = cases_of(topic).into_iter().map(|case| case.name).collect();
        let files = list(&folder().join(topic));
        for snapshot in files.iter().filter(|file| has_extension(file, &["snap"])) {
            let name = snapshot.file_stem().unwrap().to_str().unwrap();
            assert!(cases.contains(name), "{} has no case", snapshot.display());
        }
    }
}

#[test]
fn every_rule_has_a_case_that_it_fires_in_and_mends_for_good() {
    // Whether examples are valid is judged by a program; its tests are those of `cargo xtask lint`.
    for rule in lint::RULES.iter().filter(|rule| rule.code != Code::InvalidExample) {
        let case = cases_of("lint").into_iter().find(|case| case.name == rule.name);
        let mut case = case.unwrap_or_else(|| panic!("no case shows {}", rule.name));
        let found = |outcome: &Outcome| {
            let findings = outcome.diagnostics.iter();
            findings.filter(|diagnostic| diagnostic.code == rule.code).count()
        };
        let before = case.generate();
        assert!(found(&before) > 0, "{} finds nothing in its case", rule.name);
        let edits = lint::fixes(&before.tree, &before.diagnostics);
        assert!(edits.is_empty() || rule.is_fixable(), "{} isn't marked as fixable", rule.name);
        assert!(!rule.is_fixable() || !edits.is_empty(), "{} mends nothing", rule.name);
        let text = String::from_utf8(case.bytes.clone()).unwrap();
        let mended = lint::apply(&text, &edits);
        assert_eq!(outside(&text, &edits), unedited(&mended, &edits), "{}", rule.name);
        case.bytes = mended.clone().into_bytes();
        let after = case.generate();
        assert!(lint::fixes(&after.tree, &after.diagnostics).is_empty(), "{}", rule.name);
        assert!(edits.is_empty() || found(&after) < found(&before), "{}", rule.name);
    }
}

/// What stands outside of the edits, before and after.
fn outside(text: &str, edits: &[lint::Edit]) -> Vec<String> {
    let starts = std::iter::once(0).chain(edits.iter().map(|edit| edit.end));
    let ends = edits.iter().map(|edit| edit.start).chain([text.len()]);
    starts.zip(ends).map(|(start, end)| text[start..end].to_owned()).collect()
}

/// The same of the edited text, found by the lengths of what was put in.
fn unedited(mended: &str, edits: &[lint::Edit]) -> Vec<String> {
    let (mut parts, mut at, mut read) = (Vec::new(), 0, 0);
    for edit in edits {
        let len = edit.start - read;
        parts.push(mended[at..at + len].to_owned());
        assert!(mended[at + len..].starts_with(&edit.text));
        at += len + edit.text.len();
        read = edit.end;
    }
    parts.push(mended[at..].to_owned());
    parts
}

#[test]
fn every_diagnostic_of_lowering_and_configuration_has_a_case() {
    let found: BTreeSet<Code> = cases()
        .iter()
        .flat_map(|case| case.generate().diagnostics)
        .map(|diagnostic| diagnostic.code)
        .collect();
    let stages = ["T04", "T05"];
    let lowering = Code::ALL.iter().filter(|code| stages.iter().any(|s| code.id().starts_with(s)));
    let missing: Vec<&str> =
        lowering.filter(|code| !found.contains(code)).map(|code| code.id()).collect();
    assert!(missing.is_empty(), "no case shows {}", missing.join(", "));
}
